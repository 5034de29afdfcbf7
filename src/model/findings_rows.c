/* findings_rows.c -- files that a record names and nobody has brought, and words that were
 * erased. */
#include <string.h>

#include "base/text.h"
#include "model/findings_inside.h"

/* ---- files ---- */

/* Every column that names a file, see store/kinds: one line each. ?1 to ?2 is one log. */
#define LACKS(table, column)                                                             \
    "SELECT x.\"" column "\" AS h, coalesce(x.made_at, x.at) AS t FROM \"" table         \
    "\" x WHERE x.id BETWEEN ?1 AND ?2 AND x.\"" column "\" IS NOT NULL AND NOT EXISTS " \
    "(SELECT 1 FROM blob b WHERE b.hash = x.\"" column "\")"
#define ALL_LACKS                                                    \
    LACKS("attachment", "hash")                                      \
    " UNION ALL " LACKS("signature", "strokes") " UNION ALL " LACKS( \
        "visit", "template_hash") " UNION ALL " LACKS("template", "hash")

enum status findings_files(struct findings_work *w) {
    enum status s = STATUS_OK;
    for (size_t i = 0; !s && i < w->logs_count; i++) {
        const struct log_info *l = &w->logs[i];
        struct query q;
        int64_t files = 0, from = 0;
        query_open(&q, w->j, "SELECT count(DISTINCT h), min(t) FROM (" ALL_LACKS ")", 2,
                   ROW_ID(l->no, 0), ROW_ID(l->no + 1, 0) - 1);
        if (query_next(&q)) {
            files = query_int(&q, 0);
            from = query_int(&q, 1);
        }
        s = query_close(&q);
        if (s || !files) continue;
        struct finding f = findings_about(w, FINDING_FILES, l);
        f.count = files;
        f.from = from;
        f.wrong = f.heals = true;
        f.says =
            FINDINGS_SAY(w, "files", f.device, findings_int(w, files), findings_when(w, from));
        f.cure = FINDINGS_SAY(w, "files_cure", f.device);
        findings_add(w, &f);
    }
    return s;
}

/* ---- erased ---- */

static const char *kind_says(struct findings_work *w, int64_t number) {
    const struct kind *k = kind_by_number((uint32_t)number);
    if (!k) return FINDINGS_WORD(w, "kind_other");
    const char *key = arena_printf(w->a, "findings.kind_%s", k->name);
    return words_have(w->c->words, key) ? word(w->c->words, key)
                                        : FINDINGS_WORD(w, "kind_other");
}

static const struct log_info *log_no(const struct findings_work *w, int32_t no) {
    for (size_t i = 0; i < w->logs_count; i++)
        if (w->logs[i].no == no) return &w->logs[i];
    return NULL;
}

static enum status tell_erased(struct findings_work *w, row_id row, day_no day,
                               const char *why) {
    struct finding f = findings_about(w, FINDING_ERASED, log_no(w, ROW_LOG(row)));
    struct query q;
    int64_t kind = 0;
    query_open(
        &q, w->j,
        "SELECT x.kind, x.at, (SELECT count(*) FROM journal v WHERE v.id = ?1 AND v.body "
        "IS NULL) + (SELECT count(*) FROM journal v WHERE v.\"row\" = ?1 AND v.op <> 0 "
        "AND v.body IS NULL) FROM journal x WHERE x.id = ?1",
        1, row);
    if (query_next(&q)) {
        kind = query_int(&q, 0);
        f.from = query_int(&q, 1);
        f.count = query_int(&q, 2);
    }
    enum status s = query_close(&q);
    if (s) return s;
    f.first = f.last = ROW_SEQ(row);
    f.until = (int64_t)day * 24 * 3600 * 1000;
    f.why = why;
    const char *on = arena_printf(w->a, "%s %d", day_text(w->a, day), day_civil(day).year);
    f.says = f.count ? FINDINGS_SAY(w, "erased", kind_says(w, kind), f.device,
                                    findings_when(w, f.from), on, why, findings_int(w, f.count))
                     : FINDINGS_SAY(w, "erased_ahead", on, why);
    findings_add(w, &f);
    return STATUS_OK;
}

/* The first erasure that counts speaks for its row; a device's own word counts for nothing. */
enum status findings_erased(struct findings_work *w) {
    struct query q;
    enum status s = STATUS_OK;
    row_id last = 0;
    query_open(&q, w->j,
               "SELECT e.\"row\", coalesce(e.day, 0), e.why, x.\"key\" FROM erase e JOIN log x "
               "ON x.no = e.id >> 40 WHERE e.withdrawn = 0 ORDER BY lantern_order(e.\"row\"), "
               "e.hlc, lantern_order(e.id)",
               0);
    while (!s && query_next(&q)) {
        size_t n;
        const uint8_t *key = query_bytes(&q, 3, &n);
        row_id row = query_int(&q, 0);
        if (row == last || n != 32 || !union_is_office(w->j, key)) continue;
        last = row;
        s = tell_erased(w, row, (day_no)query_int(&q, 1), query_text(&q, 2, w->a));
    }
    enum status end = query_close(&q);
    return s ? s : end;
}
