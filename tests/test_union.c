/* test_union.c -- putting journals together: what two devices said about one row, what came
 * after a seal, what is missing, what was erased, what is only a copy.
 *
 * needs: store base
 *
 * Everything in any order: test_union_orders.c. */
#include "union_hand.h"

static void two_people_changed_this(void **state) {
    (void)state;
    dice.s = 9;
    struct arena a = {0};
    struct device x, y;
    struct version *v;
    size_t n;
    start(&x, "x.db", "tablet");
    start(&y, "y.db", "tablet");
    first_things(&x);
    row_id visit = any_row(x.j, "visit");
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", "lights");
    put_alone(x.j, &r);
    carry_all(x.j, y.j);
    row_id there = any_row(y.j, "answer");
    y.clock.wall_ms -= 20LL * 365 * 86400000; /* its clock is wrong: no matter */
    struct row rx, ry;
    OK(journal_row(x.j, &kind_answer, r.id, &a, &rx));
    OK(journal_row(y.j, &kind_answer, there, &a, &ry));
    row_text(&rx, "word", "met");
    row_text(&ry, "word", "not_met");
    put_alone(x.j, &rx);
    put_alone(y.j, &ry);
    carry_all(x.j, y.j);
    carry_all(y.j, x.j);
    assert_int_not_equal(query_one_int(x.j, 0, "SELECT rival FROM answer", 0), 0);
    hash256 tx = tables_hash(x.j), ty = tables_hash(y.j);
    assert_memory_equal(&tx, &ty, 32);
    OK(journal_history(x.j, r.id, &a, &v, &n));
    assert_int_equal(n, 3);
    assert_int_equal(v[0].concurrent + v[1].concurrent + v[2].concurrent, 1);
    /* A change made after seeing both beats both, whatever the clock says. */
    OK(journal_row(y.j, &kind_answer, there, &a, &ry));
    row_text(&ry, "word", "partly");
    put_alone(y.j, &ry);
    carry_all(y.j, x.j);
    OK(journal_row(x.j, &kind_answer, r.id, &a, &rx));
    assert_string_equal(row_get_text(&rx, "word"), "partly");
    laws(x.j);
    laws(y.j);
    CLOSE(x.j, y.j);
    arena_release(&a);
}

static void a_change_after_the_seal_stays_outside(void **state) {
    (void)state;
    dice.s = 11;
    struct arena a = {0};
    struct device x, y;
    struct version *v;
    size_t n;
    start(&x, "sx.db", "tablet");
    start(&y, "sy.db", "tablet");
    first_things(&x);
    row_id visit = any_row(x.j, "visit");
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", "lights");
    row_text(&r, "word", "met");
    put_alone(x.j, &r);
    carry_all(x.j, y.j);
    new_seal(x.j, visit);
    y.clock.wall_ms = x.clock.wall_ms + 60000;
    struct row late;
    OK(journal_row(y.j, &kind_answer, any_row(y.j, "answer"), &a, &late));
    row_text(&late, "word", "not_met");
    put_alone(y.j, &late); /* it has not heard of the seal */
    assert_int_equal(query_one_int(y.j, 0, "SELECT count(*) FROM late", 0), 0);
    carry_all(x.j, y.j);
    carry_all(y.j, x.j);
    for (int i = 0; i < 2; i++) {
        struct journal *j = i ? y.j : x.j;
        struct row now;
        OK(journal_row(j, &kind_answer, any_row(j, "answer"), &a, &now));
        assert_string_equal(row_get_text(&now, "word"), "met");
        OK(journal_history(j, now.id, &a, &v, &n));
        assert_true(v[0].present && v[1].after_seal && !v[1].present);
        assert_int_equal(query_one_int(j, 0, "SELECT count(*) FROM late", 0), 1);
        laws(j);
    }
    CLOSE(x.j, y.j);
    arena_release(&a);
}

static void a_gap_is_kept_and_closes(void **state) {
    (void)state;
    dice.s = 13;
    struct device x, y;
    struct log_info log;
    struct union_outcome out;
    struct journal_self self;
    start(&x, "gx.db", "tablet");
    start(&y, "gy.db", "office");
    first_things(&x);
    row_id visit = any_row(x.j, "visit");
    for (int i = 0; i < 30; i++)
        new_answer(x.j, visit);
    journal_self(x.j, &self);
    OK(union_log_by_id(x.j, &self.log_id, &log));
    out = carry(x.j, y.j, &log, 20, 30);
    assert_true(out.gap && !out.fork);
    assert_int_equal(out.added, 11);
    OK(union_log_by_id(y.j, &self.log_id, &log));
    assert_int_equal(log.last_seq, 0);
    assert_int_equal(log.highest_seq, 30);
    assert_int_equal(query_one_int(y.j, 0, "SELECT count(*) FROM answer", 0), 11); /* shown */
    laws(y.j);
    struct journal_report r;
    OK(journal_verify(y.j, &r));
    assert_int_equal(r.gaps, 1);
    OK(union_log_by_id(x.j, &self.log_id, &log));
    out = carry(x.j, y.j, &log, 1, 19);
    assert_false(out.gap || out.fork);
    OK(journal_verify(y.j, &r));
    assert_int_equal(r.gaps, 0);
    OK(union_log_by_id(y.j, &self.log_id, &log));
    assert_int_equal(log.last_seq, 30);
    OK(union_log_by_id(x.j, &self.log_id, &log));
    out = carry(x.j, y.j, &log, 1, 33);
    assert_int_equal(out.known, 30);
    assert_int_equal(out.added, 3);
    hash256 cx = content(x.j), cy = content(y.j);
    assert_memory_not_equal(&cx, &cy, 32); /* the last records are still missing */
    carry_all(x.j, y.j);
    cx = content(x.j), cy = content(y.j);
    assert_memory_equal(&cx, &cy, 32);
    CLOSE(x.j, y.j);
}

/* ---- erasing ---- */

static void erased_words_go_everywhere(void **state) {
    (void)state;
    dice.s = 23;
    struct arena a = {0};
    struct device x, office, late;
    struct version *v;
    size_t n;
    start(&x, "ex.db", "tablet");
    start(&office, "eo.db", "office");
    start(&late, "el.db", "office");
    first_things(&x);
    row_id visit = any_row(x.j, "visit");
    for (int i = 0; i < 5; i++)
        new_answer(x.j, visit);
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", "lights");
    row_text(&r, "note", "a name that must go");
    put_alone(x.j, &r);
    row_text(&r, "note", "a name that must go too");
    put_alone(x.j, &r);
    hash256 before = content(x.j);
    carry_all(x.j, office.j);
    struct row p = row_new(&kind_provider); /* what makes it an office to the others */
    row_text(&p, "code", "P1");
    row_text(&p, "name", "who runs the homes");
    put_alone(office.j, &p);
    struct row e = row_new(&kind_erase);
    row_ref(&e, "row",
            query_one_int(office.j, 0, "SELECT id FROM answer WHERE note LIKE 'a name%'", 0));
    row_text(&e, "why", "asked for by the person");
    put_alone(office.j, &e);
    laws(office.j);
    /* A tablet may not say so: its own erase record does nothing. */
    struct row no = row_new(&kind_erase);
    row_ref(&no, "row", any_row(x.j, "service"));
    row_text(&no, "why", "not an office");
    put_alone(x.j, &no);
    assert_int_equal(
        query_one_int(x.j, 0, "SELECT count(*) FROM service WHERE name IS NULL", 0), 0);

    /* To the tablet, which has the words, and to a fresh office in both orders. */
    carry_all(office.j, x.j);
    carry_all(office.j, late.j);
    carry_all(x.j, late.j);
    struct journal *all[] = {x.j, office.j, late.j};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(query_one_int(all[i], -1,
                                       "SELECT count(*) FROM answer WHERE note LIKE 'a name%'",
                                       0),
                         0);
        assert_int_equal(
            query_one_int(all[i], -1,
                          "SELECT count(*) FROM journal WHERE body IS NULL AND kind = 12", 0),
            2);
        assert_int_equal(query_one_int(all[i], 0, "SELECT count(*) FROM answer", 0), 6);
        laws(all[i]);
    }
    assert_int_equal(journal_history(x.j, r.id, &a, &v, &n), STATUS_OK);
    assert_int_equal(n, 2);
    must_be(STATUS_NOT_FOUND, journal_version(x.j, v[0].record, &a, &r), "erased");
    /* The tablet goes on, and the chain is still one chain. */
    new_answer(x.j, visit);
    laws(x.j);
    struct device fresh;
    start(&fresh, "ef.db", "office");
    struct log_info *logs;
    struct told told = {0};
    size_t logs_n, pieces_n = 0;
    OK(union_logs(x.j, &a, &logs, &logs_n));
    for (size_t i = 0; i < logs_n; i++)
        pieces_n = cut_log(x.j, &logs[i], 25, pieces_n);
    shuffle(pieces_n);
    deliver(fresh.j, pieces_n, &told);
    laws(fresh.j);
    hash256 tx = tables_hash(x.j), tf = tables_hash(fresh.j);
    assert_memory_equal(&tx, &tf, 32);
    assert_memory_not_equal(&before, &tx, 32);
    CLOSE(x.j, office.j, late.j, fresh.j);
    arena_release(&a);
}

/* ---- copies ---- */

static void copies_become_records(void **state) {
    (void)state;
    dice.s = 29;
    struct device x, y;
    struct log_info log;
    struct journal_self self;
    struct union_reader *reader;
    struct record_wire r;
    start(&x, "cx.db", "tablet");
    start(&y, "cy.db", "tablet");
    first_things(&x);
    row_id visit = any_row(x.j, "visit");
    for (int i = 0; i < 10; i++)
        new_answer(x.j, visit);
    journal_self(x.j, &self);
    OK(union_log_by_id(x.j, &self.log_id, &log));
    hash256 empty = content(y.j);
    OK(union_begin(y.j));
    OK(union_read_open(&reader, x.j, log.no, 6, 9));
    while (union_read_next(reader, &r))
        OK(union_add_copy(y.j, &log.id, &r));
    OK(union_read_close(reader));
    OK(union_commit(y.j));
    hash256 c = content(y.j);
    assert_memory_equal(&c, &empty, 32); /* they count in no hash and no vector */
    OK(union_log_by_id(y.j, &self.log_id, &log));
    assert_int_equal(log.highest_seq, 0);
    assert_int_equal(query_one_int(y.j, 0, "SELECT count(*) FROM answer", 0), 4); /* but show */
    laws(y.j);
    OK(union_log_by_id(x.j, &self.log_id, &log));
    struct union_outcome out = carry(x.j, y.j, &log, 1, log.last_seq);
    assert_int_equal(out.copies_differ, 0);
    assert_int_equal(out.added, log.last_seq);
    hash256 cx = content(x.j);
    c = content(y.j);
    assert_memory_equal(&c, &cx, 32);
    laws(y.j);
    CLOSE(x.j, y.j);
}

static void what_sync_keeps(void **state) {
    (void)state;
    struct arena a = {0};
    char **keys;
    struct buf *values;
    size_t n;
    struct device x;
    start(&x, "kx.db", "tablet");
    OK(union_keep(x.j, "receipt/2", "two", 3));
    OK(union_keep(x.j, "receipt/1", "one", 3));
    OK(union_keep(x.j, "made/1", "x", 1));
    OK(union_kept(x.j, "receipt/", &a, &keys, &values, &n));
    assert_int_equal(n, 2);
    assert_string_equal(keys[1], "receipt/2");
    assert_memory_equal(values[0].data, "one", 3);
    OK(union_keep(x.j, "receipt/1", NULL, 0));
    OK(union_kept(x.j, "receipt/", &a, &keys, &values, &n));
    assert_int_equal(n, 1);
    journal_close(x.j);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_people_changed_this),
        cmocka_unit_test(a_change_after_the_seal_stays_outside),
        cmocka_unit_test(a_gap_is_kept_and_closes),
        cmocka_unit_test(erased_words_go_everywhere),
        cmocka_unit_test(copies_become_records),
        cmocka_unit_test(what_sync_keeps),
    };
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
