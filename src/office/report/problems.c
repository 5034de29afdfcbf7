/* problems.c -- what is missing from the records and what to do about it: gaps, forks, files
 * that have not arrived, checks of an unknown service. Named by the tablet that wrote them. */
#include <stdlib.h>

#include "base/text.h"
#include "office/report/report.h"
#include "store/union.h"

static const char *device_name(struct report *r, const struct log_info *l) {
    struct query q;
    const char *name = "";
    query_open(&q, r->j,
               "SELECT d.name FROM device d WHERE substr(lantern_order(d.id), 1, 32) = (SELECT "
               "x.id FROM log x WHERE x.no = ?1) ORDER BY d.hlc DESC, lantern_order(d.id) "
               "LIMIT 1",
               1, l->no);
    if (query_next(&q)) name = query_text(&q, 0, &r->page);
    if (query_close(&q)) status_clear();
    return *name ? name : REPORT_SAY(r, "unnamed_device", hex_of(&r->page, l->id.b, 4));
}

static bool forked(const struct log_info *l) {
    static const uint8_t trunk[8] = {0};
    return memcmp(l->branch, trunk, sizeof trunk) != 0;
}

static int by_id(const void *x, const void *y) {
    const struct log_info *a = x, *b = y;
    int by = memcmp(a->id.b, b->id.b, sizeof a->id.b);
    return by ? by : memcmp(a->branch, b->branch, sizeof a->branch);
}

static enum status logs_of(struct report *r, struct log_info **out, size_t *n) {
    enum status s = union_logs(r->j, &r->page, out, n);
    if (!s && *n) qsort(*out, *n, sizeof **out, by_id);
    return s;
}

/* "9 tablets, none with records missing". */
const char *problems_line(struct report *r) {
    struct log_info *logs = NULL;
    size_t n = 0, tablets = 0, lack = 0;
    if (logs_of(r, &logs, &n)) return "";
    for (size_t i = 0; i < n; i++) {
        if (logs[i].own) continue;
        tablets += !forked(&logs[i]);
        lack += logs[i].highest_seq > logs[i].last_seq;
    }
    if (!tablets) return "";
    return lack ? REPORT_SAY(r, "some_missing", report_int(r, (int64_t)tablets),
                             report_int(r, (int64_t)lack))
                : REPORT_SAY(r, "none_missing", report_int(r, (int64_t)tablets));
}

/* Of a log with several branches one line is enough: the first of them in the list. */
static bool forked_before(const struct log_info *logs, size_t i) {
    return i > 0 && forked(&logs[i - 1]) &&
           memcmp(logs[i].id.b, logs[i - 1].id.b, sizeof logs[i].id.b) == 0;
}

static int log_problems(struct report *r, struct html *h, const struct log_info *logs,
                        size_t i) {
    const struct log_info *l = &logs[i];
    int n = 0;
    if (l->highest_seq > l->last_seq) {
        html_say(h, "li", NULL,
                 REPORT_SAY(r, "gap", device_name(r, l), report_int(r, l->last_seq + 1),
                            report_int(r, l->highest_seq)));
        n++;
    }
    if (forked(l) && !forked_before(logs, i)) {
        html_say(h, "li", NULL,
                 REPORT_SAY(r, "fork", device_name(r, l),
                            hex_of(&r->page, l->branch, sizeof l->branch)));
        n++;
    }
    return n;
}

/* Files that a record names and that are not here, counted by the tablet that wrote it. */
static enum status missing_files(struct report *r, struct html *h, const struct log_info *l,
                                 int *found) {
    struct query q;
    int64_t files = 0;
    row_id from = ROW_ID(l->no, 0), to = ROW_ID(l->no + 1, 0);
    query_open(
        &q, r->j,
        "SELECT (SELECT count(*) FROM attachment t WHERE t.id >= ?1 AND t.id < ?2 AND "
        "t.withdrawn = 0 AND t.hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM blob b WHERE "
        "b.hash = t.hash)) + (SELECT count(*) FROM signature g WHERE g.id >= ?1 AND g.id < ?2 "
        "AND g.withdrawn = 0 AND g.strokes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM blob b "
        "WHERE b.hash = g.strokes)) + (SELECT count(DISTINCT v.template_hash) FROM visit v "
        "WHERE v.id >= ?1 AND v.id < ?2 AND v.withdrawn = 0 AND v.template_hash IS NOT NULL "
        "AND "
        "NOT EXISTS (SELECT 1 FROM blob b WHERE b.hash = v.template_hash))",
        2, from, to);
    if (query_next(&q)) files = query_int(&q, 0);
    enum status s = query_close(&q);
    if (s || !files) return s;
    html_say(h, "li", NULL,
             REPORT_SAY(r, "files_missing", device_name(r, l), report_int(r, files)));
    ++*found;
    return STATUS_OK;
}

static enum status erased(struct report *r, struct html *h) {
    struct query q;
    bool any = false;
    query_open(&q, r->j,
               "SELECT coalesce(day, 0), why FROM erase WHERE withdrawn = 0 ORDER BY day, hlc, "
               "lantern_order(id)",
               0);
    while (query_next(&q)) {
        if (!any) {
            html_say(h, "h3", NULL, REPORT_WORD(r, "erased"));
            html_raw(h, "<ul>\n");
        }
        any = true;
        html_say(h, "li", NULL,
                 REPORT_SAY(r, "erased_line", says_day(r, (day_no)query_int(&q, 0)),
                            query_text(&q, 1, &r->page)));
    }
    if (any) html_raw(h, "</ul>\n");
    return query_close(&q);
}

enum status problems_part(struct report *r, struct html *h) {
    struct log_info *logs = NULL;
    size_t n = 0;
    int found = 0;
    enum status s = logs_of(r, &logs, &n);
    if (s) return s;
    html_raw(h, "<section class=\"card\">");
    html_open_id(h, "h2", NULL, "records");
    html_text(h, REPORT_WORD(r, "records"));
    html_close(h, "h2");
    html_raw(h, "<ul>\n");
    for (size_t i = 0; !s && i < n; i++) {
        found += log_problems(r, h, logs, i);
        s = missing_files(r, h, &logs[i], &found);
    }
    for (int i = 0; i < r->services_count; i++) {
        if (!r->services[i].twin) continue;
        html_say(h, "li", NULL,
                 REPORT_SAY(r, "twin", r->services[i].name, r->services[i].code));
        found++;
    }
    if (r->strangers) {
        html_say(h, "li", NULL, REPORT_SAY(r, "strangers", report_int(r, r->strangers)));
        found++;
    }
    if (!found) html_say(h, "li", NULL, REPORT_WORD(r, "all_here"));
    html_raw(h, "</ul>\n");
    if (!s && r->who.restricted) s = erased(r, h);
    html_raw(h, "</section>\n");
    return s;
}
