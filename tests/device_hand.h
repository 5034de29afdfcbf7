/* device_hand.h -- tablets and offices for the tests of merging, erasing and revoking: opening
 * them, a visit with answers, the same row in another database. */
#ifndef TESTS_DEVICE_HAND_H
#define TESTS_DEVICE_HAND_H

#include "store_help.h"

#include <stdlib.h>

struct device {
    struct journal *j;
    struct clock_manual clock;
    char path[300];
};

static inline int more(int usual, int all) {
    return getenv("LANTERN_TEST_ALL") ? all : usual;
}

static inline void device_open_at(struct device *d, const char *name, const char *role,
                                  int64_t wall_ms) {
    snprintf(d->path, sizeof d->path, "%s", scratch(name));
    d->clock = (struct clock_manual){.wall_ms = wall_ms};
    d->j = open_device(d->path, &d->clock, role);
}

static inline void device_open(struct device *d, const char *name, const char *role) {
    device_open_at(d, name, role, NOON);
}

/* An office is known to the others by the provider row it made. */
static inline void office_open(struct device *d, const char *name) {
    device_open(d, name, "office");
    struct row p = row_new(&kind_provider);
    row_text(&p, "code", "P1");
    row_text(&p, "name", "who runs the homes");
    put_alone(d->j, &p);
}

static inline void own_log(struct journal *j, struct log_info *log) {
    struct journal_self self;
    journal_self(j, &self);
    OK(union_log_by_id(j, &self.log_id, log));
}

/* The same row in another database, by what it means everywhere; 0: its log is not there. */
static inline row_id same_row(struct journal *from, row_id id, struct journal *to) {
    struct arena a = {0};
    struct log_info *logs, there;
    size_t n;
    row_id found = 0;
    OK(union_logs(from, &a, &logs, &n));
    for (size_t i = 0; i < n; i++)
        if (logs[i].no == ROW_LOG(id) && !union_log_by_id(to, &logs[i].id, &there))
            found = ROW_ID(there.no, ROW_SEQ(id));
    arena_release(&a);
    return found;
}

static inline row_id new_visit(struct device *d) {
    struct row s = row_new(&kind_service), v = row_new(&kind_visit);
    row_text(&s, "code", "S1");
    row_text(&s, "name", "a home");
    put_alone(d->j, &s);
    row_ref(&v, "service", s.id);
    return put_alone(d->j, &v);
}

static inline row_id answer(struct device *d, row_id visit, const char *note) {
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", "lights");
    row_text(&r, "note", note);
    return put_alone(d->j, &r);
}

static inline void change_note(struct device *d, row_id id, const char *note) {
    struct arena a = {0};
    struct row r;
    OK(journal_row(d->j, &kind_answer, id, &a, &r));
    row_text(&r, "note", note);
    put_alone(d->j, &r);
    arena_release(&a);
}

/* A minute after what came before it. */
static inline row_id seal(struct device *d, row_id visit) {
    struct row r = row_new(&kind_seal);
    row_ref(&r, "visit", visit);
    d->clock.wall_ms += 60000;
    return put_alone(d->j, &r);
}

static inline void withdraw(struct device *d, const struct kind *k, row_id id) {
    OK(journal_begin(d->j));
    OK(journal_withdraw(d->j, k, id));
    OK(journal_commit(d->j));
}

static inline int64_t notes(struct journal *j) {
    return query_one_int(j, -1, "SELECT count(*) FROM answer WHERE note IS NOT NULL", 0);
}

static inline void same_tables(struct journal *a, struct journal *b) {
    hash256 ta = tables_hash(a), tb = tables_hash(b), ca = content(a), cb = content(b);
    assert_memory_equal(&ca, &cb, 32);
    assert_memory_equal(&ta, &tb, 32);
}
#endif
