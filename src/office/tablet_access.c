/* tablet_access.c -- see tablet_access.h. Read in the order in which the tablet wrote. */
#include "office/tablet_access.h"

#include "base/text.h"
#include "office/tablets.h"
#include "store/query.h"

#define PEOPLE_MOST 256

struct counting {
    struct tablet_access *t;
    row_id people[PEOPLE_MOST];
};

static void add_person(struct counting *c, row_id person) {
    for (int i = 0; i < c->t->people; i++)
        if (c->people[i] == person) return;
    if (c->t->people < PEOPLE_MOST) c->people[c->t->people++] = person;
}

static void remove_person(struct counting *c, row_id person) {
    for (int i = 0; i < c->t->people; i++)
        if (c->people[i] == person) {
            c->people[i] = c->people[--c->t->people];
            return;
        }
}

static void take_code(struct counting *c, const struct query *q, struct arena *a) {
    struct tablet_access *t = c->t;
    size_t n;
    const void *p = query_bytes(q, 5, &n);
    t->code_row = query_int(q, 0);
    t->code_at = query_int(q, 6);
    t->box = n ? arena_copy(a, p, n) : NULL;
    t->box_size = n;
}

static void take(struct counting *c, const struct query *q, struct arena *a) {
    char *what = query_text(q, 1, a);
    if (text_listed("pin_set|pin_changed|pin_reset", '|', what)) {
        add_person(c, query_int(q, 2));
    } else if (text_equal(what, "removed")) {
        remove_person(c, query_int(q, 2));
    } else if (text_equal(what, "wrong_tries")) {
        c->t->tries = query_int(q, 3);
        c->t->tries_since = query_int(q, 4);
        c->t->tries_at = query_int(q, 6);
    } else if (text_equal(what, "code_made")) {
        take_code(c, q, a);
    }
}

static bool of_log(const struct log_info *logs, size_t n, row_id row) {
    for (size_t i = 0; i < n; i++)
        if (logs[i].no == ROW_LOG(row)) return true;
    return false;
}

enum status tablet_access_read(struct office *o, struct journal *j, const struct enrolment *e,
                               struct tablet_access *out) {
    struct tablet_access t = {0};
    struct counting c = {.t = &t};
    struct log_info *logs;
    struct query q;
    size_t n = 0;
    enum status s = e->claimed ? logs_of_key(j, &o->arena, e->key, &logs, &n) : STATUS_OK;
    if (s) return s;
    for (query_open(&q, j,
                    "SELECT id, what, person, tries, since, box, coalesce(made_at, at) FROM "
                    "access WHERE withdrawn "
                    "= 0 ORDER BY hlc, lantern_order(id)",
                    0);
         query_next(&q);)
        if (n && of_log(logs, n, query_int(&q, 0))) take(&c, &q, &o->arena);
    s = query_close(&q);
    if (s) return s;
    t.code_told_at = query_one_int(
        j, 0, "SELECT max(at) FROM access WHERE \"row\" = ?1 AND what = 'code_told'", 1,
        t.code_row);
    *out = t;
    return STATUS_OK;
}
