/* action_rows.c -- actions by urgency: what is overdue, then Must before Should, then by date;
 * what is said to be done waits below it for eyes; what was seen working comes last. */
#include "model/action_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/roles.h"
#include "store/query.h"

#define STEPS_MOST   200
#define ACTIONS_MOST 2000

struct action_reader action_reader(struct journal *j, row_id service, int64_t wall_ms,
                                   bool night) {
    row_id holder = journal_holder(j), visit = visit_under_way(j, service, wall_ms);
    return (struct action_reader){
        .j = j,
        .service = service,
        .holder = holder,
        .visit = visit,
        .wall_ms = wall_ms,
        .night = night,
        .outside = role_outside(j, holder, service),
        .unannounced =
            visit &&
            query_one_int(j, 0, "SELECT unannounced FROM visit WHERE id = ?1", 1, visit) == 1,
    };
}

static enum status read_steps(struct journal *j, row_id action, struct arena *a,
                              struct action_facts *f) {
    struct query q;
    struct action_step *steps = ARENA_ARRAY(a, struct action_step, STEPS_MOST);
    int n = 0;
    for (query_open(
             &q, j,
             "SELECT s.sort, COALESCE(s.made_at, s.at), COALESCE(s.made_by, s.\"by\"), "
             "s.at_night, s.unannounced, s.due, p.side = 'provider' OR (p.service IS NOT "
             "NULL AND p.service <> a.service) FROM step s JOIN action a ON a.id = s.action "
             "LEFT JOIN person p ON p.id = COALESCE(s.made_by, s.\"by\") "
             "WHERE s.action = ?1 AND s.withdrawn = 0 ORDER BY s.hlc, lantern_order(s.id)",
             1, action);
         n < STEPS_MOST && query_next(&q);) {
        steps[n++] = (struct action_step){
            .sort = query_text(&q, 0, a),
            .at = query_int(&q, 1),
            .by = query_int(&q, 2),
            .at_night = query_int(&q, 3) == 1,
            .unannounced = query_int(&q, 4) == 1,
            .outside = query_int(&q, 6) == 1,
        };
        if (!query_null(&q, 5) && text_equal(steps[n - 1].sort, "moved"))
            f->due = query_int(&q, 5);
    }
    f->steps = steps;
    f->steps_count = n;
    return query_close(&q);
}

enum status action_facts_read(struct journal *j, row_id action, struct arena *a,
                              struct action_facts *out) {
    struct query q;
    struct action_facts f = {0};
    bool found = false;
    query_open(
        &q, j,
        "SELECT must, found_at_night, COALESCE(made_at, at), COALESCE(made_by, \"by\"), due, "
        "owner FROM action WHERE id = ?1 AND withdrawn = 0",
        1, action);
    if (query_next(&q)) {
        found = true;
        f = (struct action_facts){
            .must = query_int(&q, 0) == 1,
            .found_at_night = query_int(&q, 1) == 1,
            .raised_at = query_int(&q, 2),
            .raised_by = query_int(&q, 3),
            .due = query_int(&q, 4),
            .owner = query_int(&q, 5),
        };
    }
    enum status s = query_close(&q);
    if (!s && !found) s = status_fail(STATUS_NOT_FOUND, "action not here");
    if (!s) s = read_steps(j, action, a, &f);
    if (!s) *out = f;
    return s;
}

/* Open ones on top, then those that wait for eyes, then what was seen working, then what is
 * over. */
static int rank(const struct action_row *r) {
    switch (r->state) {
    case ACTION_OPEN:
        return r->overdue ? 0 : 1;
    case ACTION_SAID_DONE:
        return 2;
    case ACTION_SEEN_WORKING:
        return 3;
    case ACTION_LASTED:
        return 4;
    case ACTION_CLOSED:
        return 5;
    }
    return 6;
}

static int by_urgency(const void *x, const void *y) {
    const struct action_row *a = x, *b = y;
    if (rank(a) != rank(b)) return rank(a) - rank(b);
    if (a->must != b->must) return a->must ? -1 : 1;
    int64_t da = a->due ? a->due : INT64_MAX, db = b->due ? b->due : INT64_MAX;
    if (da != db) return da < db ? -1 : 1;
    return strcmp(a->reference, b->reference);
}

static enum status complete(const struct action_reader *r, struct arena *a,
                            struct action_row *row) {
    struct action_facts f;
    enum status s = action_facts_read(r->j, row->id, a, &f);
    if (s) return s;
    row->state = action_state(&f);
    row->overdue = action_overdue(&f, r->wall_ms);
    row->moved = row->due != f.due;
    row->due = f.due;
    row->raised_at = f.raised_at;
    row->cannot = action_cannot_verify(&f, r->holder, r->night, r->unannounced, r->outside);
    row->may_verify = row->state == ACTION_SAID_DONE &&
                      !action_cannot_verify(&f, r->holder, true, true, r->outside);
    return STATUS_OK;
}

enum status action_rows_read(const struct action_reader *r, struct arena *a,
                             struct action_row **out, int *count) {
    struct query q;
    int64_t all = query_one_int(
        r->j, 0, "SELECT count(*) FROM action WHERE service = ?1 AND withdrawn = 0", 1,
        r->service);
    if (all > ACTIONS_MOST) all = ACTIONS_MOST;
    struct action_row *rows = ARENA_ARRAY(a, struct action_row, all + 1);
    int n = 0;
    for (query_open(
             &q, r->j,
             "SELECT x.id, x.must, x.reference, x.different, COALESCE(p.label, x.owner_text), "
             "x.due, x.owner FROM action x LEFT JOIN person p ON p.id = x.owner "
             "WHERE x.service = ?1 AND x.withdrawn = 0 AND NOT EXISTS (SELECT 1 FROM "
             "feedback f WHERE f.id = x.source AND f.restricted = 1) AND NOT EXISTS (SELECT "
             "1 FROM observation o WHERE o.id = x.source AND o.restricted = 1) "
             "ORDER BY x.hlc DESC, lantern_order(x.id)",
             1, r->service);
         n < all && query_next(&q);) {
        rows[n++] = (struct action_row){
            .id = query_int(&q, 0),
            .must = query_int(&q, 1) == 1,
            .reference = query_text(&q, 2, a),
            .different = query_text(&q, 3, a),
            .owner = query_text(&q, 4, a),
            .due = query_int(&q, 5),
            .mine = r->holder && query_int(&q, 6) == r->holder,
        };
    }
    enum status s = query_close(&q);
    for (int i = 0; !s && i < n; i++)
        s = complete(r, a, &rows[i]);
    if (s) return s;
    qsort(rows, (size_t)n, sizeof *rows, by_urgency);
    *out = rows;
    *count = n;
    return STATUS_OK;
}
