/* test_revoke_orders.c -- revocations, admissions, seals and erasures in many random orders,
 * which must all come to the same tables.
 *
 * needs: store base
 */
#include "pieces.h"
#include "revoke_hand.h"

/* One night: a tablet and its copy, a new installation of its key, another tablet, the office,
 * a second office that is trusted at some time and revoked at another. */
enum { TABLET, COPY, INSTALLED, OTHER, OFFICE, SECOND, DEVICES };
static struct device cast[DEVICES];

static row_id some_answer(struct journal *j) {
    int64_t n = query_one_int(j, 0, "SELECT count(*) FROM answer WHERE note IS NOT NULL", 0);
    return n ? query_one_int(j, 0,
                             "SELECT id FROM answer WHERE note IS NOT NULL ORDER BY "
                             "lantern_order(id) LIMIT 1 OFFSET ?1",
                             1, (int64_t)below((int)n))
             : 0;
}

static row_id some_visit(struct journal *j) {
    int64_t n = query_one_int(j, 0, "SELECT count(*) FROM visit", 0);
    return query_one_int(j, 0,
                         "SELECT id FROM visit ORDER BY lantern_order(id) LIMIT 1 OFFSET ?1", 1,
                         (int64_t)below((int)n));
}

static void try_put(struct journal *j, struct row *r) {
    enum status s = journal_put_alone(j, r);
    if (s != STATUS_SEALED) OK(s);
}

static void write_something(struct device *d) {
    struct arena a = {0};
    struct row r;
    char note[40];
    d->clock.wall_ms += below(5000);
    snprintf(note, sizeof note, "seen %d times", below(1000));
    row_id id = some_answer(d->j);
    if (!query_one_int(d->j, 0, "SELECT count(*) FROM visit", 0) || below(20) == 0) {
        new_visit(d);
    } else if (below(30) == 0) {
        r = row_new(&kind_seal);
        row_ref(&r, "visit", some_visit(d->j));
        try_put(d->j, &r);
    } else if (id && below(3) == 0) {
        OK(journal_row(d->j, &kind_answer, id, &a, &r));
        row_text(&r, "note", note);
        if (below(4) == 0) row_ref(&r, "visit", some_visit(d->j));
        try_put(d->j, &r);
    } else {
        r = row_new(&kind_answer);
        row_ref(&r, "visit", some_visit(d->j));
        row_text(&r, "item", "lights");
        row_text(&r, "note", note);
        try_put(d->j, &r);
    }
    arena_release(&a);
}

static void write_some(int who, int n) {
    while (n--)
        write_something(&cast[who]);
}

/* Of what the office has by now. */
static row_id revoke_somewhere(const struct device *office, int who) {
    struct log_info log = log_in(office->j, cast[who].j);
    row_id id = revoke(&cast[OFFICE], &log, 1 + below((int)log.last_seq));
    return id;
}

static void one_night(void) {
    struct log_info log;
    device_open(&cast[TABLET], "p0.db", "tablet");
    write_some(TABLET, 12);
    copy_of(&cast[COPY], "p1.db", &cast[TABLET]);
    with_key_of(&cast[INSTALLED], "p2.db", &cast[TABLET]);
    device_open(&cast[OTHER], "p3.db", "tablet");
    office_open(&cast[OFFICE], "p4.db");
    device_open(&cast[SECOND], "p5.db", "office");
    carry_all(cast[TABLET].j, cast[OTHER].j);
    write_some(TABLET, 10);
    write_some(COPY, 10);
    new_visit(&cast[OTHER]); /* the others may be sealed by now */
    write_some(OTHER, 15);
    write_some(INSTALLED, 8);
    carry_all(cast[TABLET].j, cast[OFFICE].j);
    carry_all(cast[OTHER].j, cast[OFFICE].j);
    carry_all(cast[INSTALLED].j, cast[OFFICE].j);
    row_id first = revoke_somewhere(&cast[OFFICE], TABLET);
    if (below(2)) revoke_somewhere(&cast[OFFICE], INSTALLED);
    row_id other = below(2) ? revoke_somewhere(&cast[OFFICE], OTHER) : 0;
    row_id erased = some_answer(cast[OFFICE].j);
    if (erased) OK(journal_erase(cast[OFFICE].j, erased, "asked for", 1, NULL));
    carry_all(cast[OFFICE].j, cast[SECOND].j);
    write_some(TABLET, 6);
    write_some(OTHER, 6);
    carry_all(cast[TABLET].j, cast[OFFICE].j);
    carry_all(cast[OTHER].j, cast[OFFICE].j);
    /* Part of it is admitted, or all, or revoked once more. */
    log = log_in(cast[OFFICE].j, cast[TABLET].j);
    if (below(2)) admit_to(&cast[OFFICE], first, &log, log.last_seq - below(4));
    if (other && below(2)) admit_all(&cast[OFFICE], other);
    if (below(3) == 0) revoke_somewhere(&cast[OFFICE], TABLET);
    write_some(OFFICE, 4);
    /* The second office erases something, and is revoked; beyond that it revokes the tablet. */
    log = log_in(cast[OFFICE].j, cast[OFFICE].j);
    OK(union_trust_office(cast[SECOND].j, log.key));
    new_visit(&cast[SECOND]);
    write_some(SECOND, 3);
    erased = some_answer(cast[SECOND].j);
    if (erased) OK(journal_erase(cast[SECOND].j, erased, "asked for", 1, NULL));
    carry_all(cast[SECOND].j, cast[OFFICE].j);
    log = log_in(cast[OFFICE].j, cast[SECOND].j);
    revoke(&cast[OFFICE], &log, log.last_seq);
    log = log_in(cast[SECOND].j, cast[OTHER].j);
    revoke(&cast[SECOND], &log, 0);
    write_some(SECOND, 3);
}

struct counts {
    struct told told;
    int merges;
    int64_t parked;
};

static void deliver_and_trust(struct journal *to, size_t n, struct counts *c) {
    struct journal_self second;
    journal_self(cast[SECOND].j, &second);
    size_t trusted = (size_t)below((int)n);
    shuffle(n);
    for (size_t i = 0; i < n; c->merges++) {
        OK(union_begin(to));
        for (int together = 1 + below(5); together > 0 && i < n; together--, i++) {
            carry_piece(to, &pieces[i], &c->told);
            if (i == trusted) OK(union_trust_office(to, second.key));
        }
        OK(union_commit(to));
        if (below(12) == 0) laws(to);
    }
}

static void close_and_remove(struct device *d) {
    char key[320];
    snprintf(key, sizeof key, "%s.key", d->path);
    journal_close(d->j);
    remove(d->path);
    remove(key);
}

static void any_order_gives_the_same(void **state) {
    (void)state;
    struct counts counts = {0};
    int nights = more(4, 40), orders = more(12, 25);
    for (int night = 0; night < nights; night++) {
        dice.s = 100 + (uint64_t)night;
        random_seed(dice.s);
        one_night();
        size_t n = 0;
        hash256 tables = {0}, all = {0};
        for (int i = 0; i < DEVICES; i++)
            n = cut_own(cast[i].j, 12, n);
        for (int i = 0; i < orders; i++) {
            struct device to;
            device_open(&to, "into.db", i % 2 ? "tablet" : "office");
            deliver_and_trust(to.j, n, &counts);
            hash256 t = tables_hash(to.j), c = content(to.j);
            if (i == 0) {
                tables = t;
                all = c;
                counts.parked += parked_in(to.j);
            }
            if (memcmp(&c, &all, 32) != 0) fail_msg("night %d, order %d: content", night, i);
            if (memcmp(&t, &tables, 32) != 0) fail_msg("night %d, order %d: tables", night, i);
            laws(to.j);
            close_and_remove(&to);
        }
        for (int i = 0; i < DEVICES; i++)
            close_and_remove(&cast[i]);
    }
    printf(
        "figure: revoking: %d nights, %d orders each, %d merges, %d gaps, %d forks told, %lld "
        "records parked at the end; equal tables\n",
        nights, orders, counts.merges, counts.told.gaps, counts.told.forks,
        (long long)counts.parked);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_gives_the_same),
    };
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
