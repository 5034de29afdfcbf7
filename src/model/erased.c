/* erased.c -- see erased.h. An erased row says nothing any more, not even on which check it
 * was. But a salt key is for one check (store/append.c), so the check is that of any other row
 * of the same key. */
#include "model/erased.h"

#include "store/query.h"

/* With the words gone nobody can tell whether they were said in confidence; these never are. */
static bool never_in_confidence(int64_t kind) {
    static const int plain[] = {KIND_answer, KIND_timing, KIND_room,       KIND_event,
                                KIND_told,   KIND_visit,  KIND_unanswered, KIND_signature};
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (kind == plain[i]) return true;
    return false;
}

static row_id visit_of(struct journal *j, row_id row, row_id epoch) {
    row_id last = ROW_ID(ROW_LOG(row) + 1, 0);
    if (!epoch || ROW_LOG(epoch) != ROW_LOG(row)) return 0;
    row_id end = query_one_int(
        j, last, "SELECT min(id) FROM journal WHERE id > ?1 AND id < ?2 AND kind = ?3", 3,
        epoch, last, (int64_t)KIND_salt);
    return query_one_int(
        j, 0,
        "SELECT coalesce((SELECT max(id) FROM visit WHERE id BETWEEN ?1 AND ?2), "
        "(SELECT max(visit) FROM answer WHERE id BETWEEN ?1 AND ?2), "
        "(SELECT max(visit) FROM event WHERE id BETWEEN ?1 AND ?2), "
        "(SELECT max(visit) FROM room WHERE id BETWEEN ?1 AND ?2), "
        "(SELECT max(visit) FROM timing WHERE id BETWEEN ?1 AND ?2), 0)",
        2, epoch, end - 1);
}

/* Where it stood, when that may be told; 0: nowhere that is here. */
static row_id place_of(struct journal *j, row_id row, struct arena *a,
                       struct erased_words *out) {
    struct query q;
    row_id epoch = 0;
    int64_t kind = 0, at = 0;
    query_open(&q, j, "SELECT kind, at, epoch FROM journal WHERE id = ?1", 1, row);
    if (query_next(&q)) {
        kind = query_int(&q, 0);
        at = query_int(&q, 1);
        epoch = query_int(&q, 2);
    }
    if (query_close(&q)) return 0;
    const struct kind *k = kind_by_number((uint32_t)kind);
    out->kind = arena_strdup(a, k ? k->name : "");
    if (!never_in_confidence(kind)) return 0;
    out->at = at;
    return kind == KIND_visit ? row : visit_of(j, row, epoch);
}

/* What was said in confidence is on no screen, erased or not. */
static bool in_confidence(struct journal *j, row_id row) {
    return query_one_int(j, 1,
                         "SELECT count(*) FROM erase WHERE \"row\" = ?1 AND restricted = 1", 1,
                         row) != 0;
}

bool erased_row(struct journal *j, row_id row, struct arena *a, struct erased_words *out) {
    char *why = NULL;
    int32_t day = 0;
    if (!row || !journal_erased(j, row, a, &why, &day) || in_confidence(j, row)) return false;
    *out = (struct erased_words){.row = row, .why = why, .day = day};
    place_of(j, row, a, out);
    return true;
}

static enum status list(struct journal *j, row_id visit, struct arena *a,
                        struct erased_list *out) {
    struct erased_words *all = ARENA_ARRAY(a, struct erased_words, ERASED_MOST);
    struct query q;
    int n = 0;
    for (query_open(&q, j,
                    "SELECT DISTINCT \"row\" FROM erase WHERE withdrawn = 0 AND restricted IS "
                    "NOT 1 AND \"row\" IS NOT NULL ORDER BY lantern_order(\"row\")",
                    0);
         n < ERASED_MOST && query_next(&q);) {
        row_id row = query_int(&q, 0);
        struct erased_words *e = &all[n];
        char *why = NULL;
        int32_t day = 0;
        if (!journal_erased(j, row, a, &why, &day)) continue;
        *e = (struct erased_words){.row = row, .why = why, .day = day};
        if (place_of(j, row, a, e) == visit) n++;
    }
    *out = (struct erased_list){.all = all, .count = n};
    return query_close(&q);
}

enum status erased_of_check(struct journal *j, row_id visit, struct arena *a,
                            struct erased_list *out) {
    *out = (struct erased_list){0};
    return visit ? list(j, visit, a, out) : STATUS_OK;
}

enum status erased_elsewhere(struct journal *j, struct arena *a, struct erased_list *out) {
    return list(j, 0, a, out);
}
