/* findings_rows.c -- files that a record names and nobody has brought, actions that bear one
 * number, and words that were erased. */
#include <string.h>

#include "base/text.h"
#include "model/findings_inside.h"

/* ---- files ---- */

/* Every column that names a file, see store/kinds: one line each. ?1 to ?2 is one log. */
#define LACKS(table, column)                                                     \
    "SELECT x.\"" column "\" AS h, coalesce(x.made_at, x.at) AS t FROM \"" table \
    "\" x WHERE x.id BETWEEN ?1 AND ?2 AND x.withdrawn = 0 AND x.\"" column      \
    "\" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM blob b WHERE b.hash = x.\"" column "\")"
#define ALL_LACKS                                                                       \
    LACKS("attachment", "hash")                                                         \
    " UNION ALL " LACKS("attachment", "thumb") " UNION ALL " LACKS(                     \
        "signature",                                                                    \
        "strokes") " UNION ALL " LACKS("visit",                                         \
                                       "template_hash") " UNION ALL " LACKS("template", \
                                                                            "hash")

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
        f.says = FINDINGS_SAY(w, "findings.files", f.device, findings_int(w, files),
                              findings_when(w, from));
        f.cure = FINDINGS_WORD(w, "findings.files_cure");
        findings_add(w, &f);
    }
    return s;
}

/* ---- numbers of actions ---- */

#define NUMBERS_NAMED 12

/* Tablets that were copied go on counting from the same number, each by itself. */
enum status findings_numbers(struct findings_work *w) {
    struct query q;
    struct finding f = findings_about(w, FINDING_NUMBER, NULL);
    const char *named = "";
    query_open(&q, w->j,
               "SELECT reference FROM action WHERE withdrawn = 0 AND reference <> '' GROUP BY "
               "reference HAVING count(*) > 1 ORDER BY reference",
               0);
    while (query_next(&q)) {
        if (f.count++ >= NUMBERS_NAMED) continue;
        const char *one = query_text(&q, 0, w->a);
        named = *named ? arena_printf(w->a, "%s, %s", named, one) : one;
    }
    enum status s = query_close(&q);
    if (s || !f.count) return s;
    if (f.count > NUMBERS_NAMED) named = arena_printf(w->a, "%s …", named);
    f.says = FINDINGS_SAY(w, "findings.number", findings_int(w, f.count), named);
    f.cure = FINDINGS_WORD(w, "findings.number_cure");
    findings_add(w, &f);
    return STATUS_OK;
}

/* ---- erased ---- */

static const char *kind_says(struct findings_work *w, const struct kind *k) {
    if (!k) return FINDINGS_WORD(w, "findings.kind_other");
    const char *key = arena_printf(w->a, "findings.kind_%s", k->name);
    return words_have(w->c->words, key) ? word(w->c->words, key)
                                        : FINDINGS_WORD(w, "findings.kind_other");
}

/* Words in confidence, and what may hang on them, must not be found by the hour on which
 * somebody was there. With the words gone nobody can tell any more whether they were. */
static bool is_shy(const struct kind *k) {
    static const int plain[] = {KIND_answer, KIND_timing, KIND_room,       KIND_event,
                                KIND_told,   KIND_visit,  KIND_unanswered, KIND_signature};
    for (size_t i = 0; k && i < sizeof plain / sizeof plain[0]; i++)
        if (k->number == plain[i]) return false;
    return true;
}

static const char *day_says(struct findings_work *w, day_no day) {
    return arena_printf(w->a, "%s %d", day_text(w->a, day), day_civil(day).year);
}

static const struct log_info *log_no(const struct findings_work *w, int32_t no) {
    for (size_t i = 0; i < w->logs_count; i++)
        if (w->logs[i].no == no) return &w->logs[i];
    return NULL;
}

static enum status read_erased(struct findings_work *w, struct finding *f,
                               const struct kind **kind) {
    struct query q;
    query_open(
        &q, w->j,
        "SELECT x.kind, x.at, (SELECT count(*) FROM journal v WHERE v.id = ?1 AND v.body "
        "IS NULL) + (SELECT count(*) FROM journal v WHERE v.\"row\" = ?1 AND v.op <> 0 "
        "AND v.body IS NULL) FROM journal x WHERE x.id = ?1",
        1, f->row);
    if (query_next(&q)) {
        *kind = kind_by_number((uint32_t)query_int(&q, 0));
        f->from = query_int(&q, 1);
        f->count = query_int(&q, 2);
    }
    return query_close(&q);
}

static enum status tell_erased(struct findings_work *w, row_id row, day_no day,
                               const char *why) {
    struct finding f = findings_about(w, FINDING_ERASED, log_no(w, ROW_LOG(row)));
    const struct kind *kind = NULL;
    f.row = row;
    enum status s = read_erased(w, &f, &kind);
    if (s) return s;
    f.kind = kind ? kind->name : "";
    f.shy = is_shy(kind);
    f.first = f.last = ROW_SEQ(row);
    f.until = (int64_t)day * 24 * 3600 * 1000;
    f.why = why;
    const char *on = day_says(w, day);
    const char *when = f.shy ? day_says(w, london_day(f.from)) : findings_when(w, f.from);
    f.says = f.count ? FINDINGS_SAY(w, "findings.erased", kind_says(w, kind), f.device, when,
                                    on, why, findings_int(w, f.count))
                     : FINDINGS_SAY(w, "findings.erased_ahead", on, why);
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
