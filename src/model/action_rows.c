/* action_rows.c -- actions by urgency: what is overdue, then Must before Should, then by date;
 * what is said to be done waits below it for eyes; what was seen working comes last. */
#include "model/action_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/roles.h"
#include "store/query.h"

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

/* ---- facts
 * ------------------------------------------------------------------------------------ */

#define STEPS_FROM                                                                          \
    " FROM action a JOIN step s ON s.action = a.id AND s.withdrawn = 0 LEFT JOIN person p " \
    "ON p.id = COALESCE(s.made_by, s.\"by\") WHERE "
#define STEPS_SELECT                                                                       \
    "SELECT s.action, s.sort, COALESCE(s.made_at, s.at), COALESCE(s.made_by, s.\"by\"), "  \
    "s.at_night, s.unannounced, s.due, p.side = 'provider' OR (p.service IS NOT NULL AND " \
    "p.service <> a.service)" STEPS_FROM
#define STEPS_IN_ORDER " ORDER BY s.action, s.hlc, lantern_order(s.id)"

/* Facts are asked for by the action's number: in its order. */
struct known_action {
    row_id id;
    struct action_facts facts;
};

static void add_step(struct known_action *k, struct action_step *step, const struct query *q,
                     struct arena *a) {
    *step = (struct action_step){
        .sort = query_text(q, 1, a),
        .at = query_int(q, 2),
        .by = query_int(q, 3),
        .at_night = query_int(q, 4) == 1,
        .unannounced = query_int(q, 5) == 1,
        .outside = query_int(q, 7) == 1,
    };
    if (!query_null(q, 6) && text_equal(step->sort, "moved")) k->facts.due = query_int(q, 6);
    if (!k->facts.steps_count++) k->facts.steps = step;
}

/* The steps of all the known actions, by action: they lie side by side in one list. */
static enum status read_steps(struct query *q, struct arena *a, int64_t most,
                              struct known_action *all, int n) {
    struct action_step *steps = ARENA_ARRAY(a, struct action_step, most + 1);
    int64_t used = 0;
    int at = 0;
    while (used < most && query_next(q)) {
        row_id action = query_int(q, 0);
        while (at < n && all[at].id < action)
            at++;
        if (at < n && all[at].id == action) add_step(&all[at], &steps[used++], q, a);
    }
    return query_close(q);
}

static struct action_facts facts_of(const struct query *q, int first) {
    return (struct action_facts){
        .must = query_int(q, first) == 1,
        .found_at_night = query_int(q, first + 1) == 1,
        .raised_at = query_int(q, first + 2),
        .raised_by = query_int(q, first + 3),
        .due = query_int(q, first + 4),
        .owner = query_int(q, first + 5),
    };
}
#define FACTS \
    "must, found_at_night, COALESCE(made_at, at), COALESCE(made_by, \"by\"), due, owner"

enum status action_facts_read(struct journal *j, row_id action, struct arena *a,
                              struct action_facts *out) {
    struct query q;
    struct known_action k = {.id = action};
    query_open(&q, j, "SELECT " FACTS " FROM action WHERE id = ?1 AND withdrawn = 0", 1,
               action);
    bool found = query_next(&q);
    if (found) k.facts = facts_of(&q, 0);
    enum status s = query_close(&q);
    if (!s && !found) s = status_fail(STATUS_NOT_FOUND, "action not here");
    if (s) return s;
    int64_t most = query_one_int(j, 0, "SELECT count(*)" STEPS_FROM "a.id = ?1", 1, action);
    query_open(&q, j, STEPS_SELECT "a.id = ?1" STEPS_IN_ORDER, 1, action);
    s = read_steps(&q, a, most, &k, 1);
    if (!s) *out = k.facts;
    return s;
}

static int by_id(const void *x, const void *y) {
    const struct known_action *a = x, *b = y;
    return a->id < b->id ? -1 : a->id > b->id;
}

/* A service has hundreds of actions with thousands of steps: two queries for all of them. */
static enum status facts_of_service(struct journal *j, row_id service, struct arena *a,
                                    struct known_action **out, int *count) {
    struct query q;
    int64_t all = query_one_int(
        j, 0, "SELECT count(*) FROM action WHERE service = ?1 AND withdrawn = 0", 1, service);
    int64_t most = query_one_int(
        j, 0, "SELECT count(*)" STEPS_FROM "a.service = ?1 AND a.withdrawn = 0", 1, service);
    struct known_action *k = ARENA_ARRAY(a, struct known_action, all + 1);
    int n = 0;
    query_open(&q, j, "SELECT " FACTS ", id FROM action WHERE service = ?1 AND withdrawn = 0",
               1, service);
    while (n < all && query_next(&q)) {
        k[n].facts = facts_of(&q, 0);
        k[n++].id = query_int(&q, 6);
    }
    enum status s = query_close(&q);
    if (s) return s;
    qsort(k, (size_t)n, sizeof *k, by_id);
    query_open(&q, j, STEPS_SELECT "a.service = ?1 AND a.withdrawn = 0" STEPS_IN_ORDER, 1,
               service);
    s = read_steps(&q, a, most, k, n);
    if (s) return s;
    *out = k;
    *count = n;
    return STATUS_OK;
}

/* ---- rows
 * ------------------------------------------------------------------------------------- */

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

static void complete(const struct action_reader *r, const struct action_facts *f,
                     struct action_row *row) {
    row->state = action_state(f);
    row->overdue = action_overdue(f, r->wall_ms);
    row->moved = row->due != f->due;
    row->due = f->due;
    row->raised_at = f->raised_at;
    row->cannot = action_cannot_verify(f, r->holder, r->night, r->unannounced, r->outside);
    row->may_verify = row->state == ACTION_SAID_DONE &&
                      !action_cannot_verify(f, r->holder, true, true, r->outside);
}

enum status action_rows_read(const struct action_reader *r, struct arena *a,
                             struct action_row **out, int *count) {
    struct query q;
    struct known_action *known = NULL;
    int all = 0, n = 0;
    enum status s = facts_of_service(r->j, r->service, a, &known, &all);
    if (s) return s;
    int most = all < ACTIONS_MOST ? all : ACTIONS_MOST;
    struct action_row *rows = ARENA_ARRAY(a, struct action_row, most + 1);
    for (query_open(
             &q, r->j,
             "SELECT x.id, x.must, x.reference, x.different, COALESCE(p.label, x.owner_text), "
             "x.due, x.owner FROM action x LEFT JOIN person p ON p.id = x.owner "
             "WHERE x.service = ?1 AND x.withdrawn = 0 AND NOT EXISTS (SELECT 1 FROM "
             "feedback f WHERE f.id = x.source AND f.restricted = 1) AND NOT EXISTS (SELECT "
             "1 FROM observation o WHERE o.id = x.source AND o.restricted = 1) AND NOT EXISTS "
             "(SELECT 1 FROM erase e WHERE e.\"row\" = x.source AND e.restricted = 1) "
             "ORDER BY x.hlc DESC, lantern_order(x.id)",
             1, r->service);
         n < most && query_next(&q);) {
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
    s = query_close(&q);
    if (s) return s;
    for (int i = 0; i < n; i++) {
        struct known_action wanted = {.id = rows[i].id};
        const struct known_action *k =
            bsearch(&wanted, known, (size_t)all, sizeof wanted, by_id);
        if (k) complete(r, &k->facts, &rows[i]);
    }
    qsort(rows, (size_t)n, sizeof *rows, by_urgency);
    *out = rows;
    *count = n;
    return STATUS_OK;
}
