/* erased.c -- words that were erased, where they stood: "erased on DATE: why", not an older
 * answer and not a silent hole.
 *
 * The row says nothing any more, not even on which check it was. But a salt key is for one
 * check (store/append.c), so the check is that of any other row of the same key; when there is
 * none, only the list on the first page tells of it. What may have been said in confidence is
 * never shown beside a check. */
#include "base/text.h"
#include "office/report/report.h"

/* Rows made under the key ?1, up to ?2. */
#define OF_VISIT(table, visit)                              \
    "SELECT x.id AS id, x." visit " AS visit FROM \"" table \
    "\" x WHERE x.id BETWEEN ?1 AND ?2 AND x." visit " IS NOT NULL"
#define PEERS                                                                                                                                                       \
    OF_VISIT("visit", "id")                                                                                                                                         \
    " UNION ALL " OF_VISIT("answer", "visit") " UNION ALL " OF_VISIT(                                                                                               \
        "room",                                                                                                                                                     \
        "visit") " UNION ALL " OF_VISIT("timing",                                                                                                                   \
                                        "visit") " UNION ALL " OF_VISIT("event",                                                                                    \
                                                                        "visit") " UNION "                                                                          \
                                                                                 "ALL"                                                                              \
                                                                                 " " OF_VISIT("told", "visit") " UNION ALL " OF_VISIT(                              \
                                                                                     "signatu"                                                                      \
                                                                                     "re",                                                                          \
                                                                                     "visit") " UNION ALL " OF_VISIT("unanswered",                                  \
                                                                                                                     "visit") " UNION ALL " OF_VISIT("observation", \
                                                                                                                                                     "visit")

static row_id visit_of(struct report *r, row_id row) {
    row_id epoch = query_one_int(r->j, 0, "SELECT epoch FROM journal WHERE id = ?1", 1, row);
    if (!epoch || ROW_LOG(epoch) != ROW_LOG(row)) return 0;
    row_id end =
        query_one_int(r->j, ROW_ID(ROW_LOG(row) + 1, 0),
                      "SELECT min(id) FROM journal WHERE id > ?1 AND id < ?2 AND kind = ?3", 3,
                      epoch, ROW_ID(ROW_LOG(row) + 1, 0), (int64_t)KIND_salt);
    return query_one_int(r->j, 0, "SELECT visit FROM (" PEERS ") ORDER BY id LIMIT 1", 2, epoch,
                         end - 1);
}

enum status report_erased_find(struct report *r) {
    const struct findings_model *m = r->trouble;
    r->erased = ARENA_ARRAY(&r->arena, struct report_erased, m->count + 1);
    for (size_t i = 0; i < m->count; i++) {
        if (m->all[i].sort != FINDING_ERASED) continue;
        struct report_erased *e = &r->erased[r->erased_count++];
        e->finding = &m->all[i];
        e->visit = visit_of(r, m->all[i].row);
    }
    return STATUS_OK;
}

bool check_has_erased(const struct report *r, row_id visit) {
    for (int i = 0; i < r->erased_count; i++)
        if (r->erased[i].visit == visit) return true;
    return false;
}

void check_erased(struct check_part *p) {
    struct report *r = p->r;
    bool any = false;
    for (int i = 0; i < r->erased_count; i++) {
        const struct finding *f = r->erased[i].finding;
        if (r->erased[i].visit != p->visit || f->shy) continue;
        if (!any) html_raw(p->h, "<ul class=\"erased\">\n");
        any = true;
        const char *why = audience_text(r, p->check->service, f->why);
        html_say(p->h, "li", NULL,
                 REPORT_SAY(r, "erased_here", report_word_of(r, "kind", f->kind),
                            says_when(r, f->from),
                            says_day(r, (day_no)(f->until / REPORT_DAY_MS)), why));
    }
    if (any) html_raw(p->h, "</ul>\n");
}
