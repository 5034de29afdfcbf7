/* union_hand.h -- what the tests of putting journals together share: a device that writes
 * through the same functions the app uses, what it writes drawn by lot. */
#ifndef TESTS_UNION_HAND_H
#define TESTS_UNION_HAND_H

#include "pieces.h"

/* Its clock is anywhere in the next quarter of an hour. */
static inline void start(struct device *d, const char *name, const char *role) {
    device_open_at(d, name, role, NOON + below(1000000));
}

static inline row_id any_row(struct journal *j, const char *table) {
    char sql[120];
    snprintf(sql, sizeof sql,
             "SELECT id FROM \"%s\" ORDER BY lantern_order(id) LIMIT 1 OFFSET ?1", table);
    char count[80];
    snprintf(count, sizeof count, "SELECT count(*) FROM \"%s\"", table);
    int64_t n = query_one_int(j, 0, count, 0);
    return n ? query_one_int(j, 0, sql, 1, (int64_t)below((int)n)) : 0;
}

static inline bool sealed_or_ok(struct journal *j, enum status s) {
    if (s == STATUS_SEALED) {
        journal_rollback(j);
        return false;
    }
    OK(s);
    OK(journal_commit(j));
    return true;
}

static inline void fill_answer(struct row *r) {
    static const char *const words[] = {"met", "partly", "not_met", "not_seen"};
    char note[40];
    row_text(r, "item", words[below(4)]);
    row_text(r, "word", words[below(4)]);
    snprintf(note, sizeof note, "seen %d times", below(1000));
    if (below(2)) row_text(r, "note", strdup(note));
    if (below(3) == 0) row_int(r, "number", below(100000) - 50000);
    if (below(4) == 0) row_int(r, "after_leaving", below(2));
}

static inline void free_note(struct row *r) {
    const char *note = row_get_text(r, "note");
    if (note[0]) free((void *)(uintptr_t)note);
    row_unsay(r, "note");
}

static inline void new_answer(struct journal *j, row_id visit) {
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    fill_answer(&r);
    OK(journal_begin(j));
    sealed_or_ok(j, journal_put(j, &r));
    free_note(&r);
}

/* At any of the services. */
static inline void any_visit(struct journal *j) {
    struct row r = row_new(&kind_visit);
    row_ref(&r, "service", any_row(j, "service"));
    row_text(&r, "template", "NIGHT");
    put_alone(j, &r);
}

static inline void new_seal(struct journal *j, row_id visit) {
    struct row r = row_new(&kind_seal);
    row_ref(&r, "visit", visit);
    row_int(&r, "minutes", below(300));
    put_alone(j, &r);
}

static inline void first_things(struct device *d) {
    struct row r = row_new(&kind_service);
    row_text(&r, "code", "S0");
    row_text(&r, "name", "a home");
    put_alone(d->j, &r);
    any_visit(d->j);
}
#endif
