/* test_attacks.c -- what an enrolled tablet can do with its place, and what it cannot.
 *
 * needs: sync store base
 *
 * Each test says who holds what, what they try, and what must hold (DESIGN.md "Who might hold
 * what"). The attackers are devices like any other: they write through the journal, seal to the
 * office and sign with keys that are rightly theirs, so each bundle is whole and well-formed.
 * What a person at the keyboard could not do, they do to their own database with SQL. */
#include "attack_help.h"

#define LAST_STAMP (JOURNAL_YEAR_MAX_MS * 65536 - 1)

/* Their clock stands at `stamp` from now on: the next record is the one after it. */
static struct journal *set_stamp(struct journal *j, const char *file, int64_t stamp) {
    return change_own(j, file, "tablet",
                      arena_printf(&test_arena,
                                   "UPDATE mark SET value = %lld WHERE key = 'hlc'",
                                   (long long)stamp));
}

/* ---- an enrolled tablet, with its key ---- */

/* It calls itself an office, makes a provider, and writes what only an office may: that another
 * tablet is revoked, words erased, its own enrolment and somebody else's. */
static void an_office_by_its_own_word(void **state) {
    (void)state;
    struct journal *m = open_office("aw-m.db", NULL), *y = open_device("aw-y.db", "tablet");
    struct journal *x = open_device("aw-x.db", "tablet");
    struct journal_self ys;
    struct arena a = {0};
    enrol_tablet(m, y, "awy");
    row_id visit = add_visit(y, "NIGHT"), words = add_answer(y, visit, "met");
    send(y, "aw-1.lantern");
    merge_sealed(m, "aw-1.lantern");
    row_id service = one(m, "SELECT id FROM service");
    pack_for(m, y, "aw-p.lantern");
    read_sealed(y, "aw-p.lantern");

    learn(x, y, "aw-2.lantern"); /* with the office's log, which y carries */
    enrol_tablet(m, x, "awx");
    work(x, 3, 1);
    struct row d;
    ok(journal_row(x, &kind_device, one(x, "SELECT max(id) FROM device WHERE id >> 40 = 1"), &a,
                   &d));
    row_text(&d, "role", "office");
    put(x, &d);
    add_provider(x, "MINE");
    journal_self(y, &ys);
    struct row r = row_new(&kind_revoke);
    row_bytes(&r, "key", ys.key, 32);
    row_bytes(&r, "incarnation", ys.incarnation, 8);
    put(x, &r);
    struct row e = row_new(&kind_erase);
    row_ref(&e, "row", there(y, words, x));
    row_text(&e, "why", "because");
    put(x, &e);
    e = row_new(&kind_erase);
    row_ref(&e, "row", there(m, service, x));
    row_text(&e, "why", "because");
    put(x, &e);
    struct row n = row_new(&kind_enrolment);
    row_text(&n, "name", "one more");
    row_bytes(&n, "token", "12345678", 8);
    put(x, &n);
    withdraw(x, &kind_enrolment, one(x, "SELECT min(id) FROM enrolment"));
    send(x, "aw-3.lantern");
    assert_true(merge_sealed(m, "aw-3.lantern").added > 0);
    journal_self(x, &ys);
    assert_false(union_is_office(m, ys.key));
    assert_int_equal(one(m, "SELECT count(*) FROM revoke"), 0);
    assert_int_equal(one(m, "SELECT count(*) FROM erase"), 0);
    assert_int_equal(one(m, "SELECT count(*) FROM enrolment WHERE withdrawn = 0"), 2);
    assert_int_equal(one(m, "SELECT count(*) FROM answer WHERE note IS NOT NULL"), 1);
    assert_int_equal(one(m, "SELECT count(*) FROM service WHERE name IS NOT NULL"), 1);
    work(y, 1, 10);
    send(y, "aw-4.lantern");
    assert_int_equal(merge_sealed(m, "aw-4.lantern").parked, 0);
    /* Nor do the tablets that the office packs for come to believe it. */
    pack_for(m, y, "aw-p2.lantern");
    read_sealed(y, "aw-p2.lantern");
    assert_int_equal(one(y, "SELECT count(*) FROM erase"), 0);
    laws(m);
    laws(y);
    tried += 8;
    arena_release(&a);
    journal_close(m);
    journal_close(y);
    journal_close(x);
}

/* A seal for somebody else's check, dated before everything in it, would make each answer one
 * "after the seal". */
static void a_seal_for_somebody_elses_check(void **state) {
    (void)state;
    struct journal *m = open_office("es-m.db", NULL), *y = open_device("es-y.db", "tablet");
    struct journal *x = open_device("es-x.db", "tablet");
    enrol_tablet(m, y, "esy");
    enrol_tablet(m, x, "esx");
    row_id visit = add_visit(y, "NIGHT");
    add_answer(y, visit, "met");
    add_answer(y, visit, "not_met");
    struct row s = row_new(&kind_seal);
    row_ref(&s, "visit", visit);
    put(y, &s);
    send(y, "es-1.lantern");
    learn(x, y, "es-0.lantern");
    x = set_stamp(x, "es-x.db", 1000 * 65536LL);
    int64_t wall = now.wall_ms;
    now.wall_ms = 2000;
    s = row_new(&kind_seal);
    row_ref(&s, "visit", there(y, visit, x));
    /* Their own tables know the check as sealed; the record is written all the same. */
    x = change_own(x, "es-x.db", "tablet", "DELETE FROM sealed");
    put(x, &s);
    now.wall_ms = wall;
    export_to(x, "es-2.lantern", (struct export_options){.everything = true});
    struct journal *first = m;
    merge_sealed(m, "es-1.lantern");
    merge_sealed(m, "es-2.lantern");
    assert_int_equal(one(m, "SELECT count(*) FROM answer"), 2);
    assert_int_equal(one(m, "SELECT count(*) FROM late"), 0);
    laws(m);
    /* Another master, where the attacker comes first. */
    m = open_device("es-n.db", "office");
    struct merge_summary sum;
    export_to(x, "es-3.lantern", (struct export_options){.open = true, .everything = true});
    export_to(y, "es-4.lantern", (struct export_options){.open = true, .everything = true});
    ok(try_merge(m, "es-3.lantern", (struct merge_options){.trust = true}, &sum));
    ok(try_merge(m, "es-4.lantern", (struct merge_options){.trust = true}, &sum));
    assert_int_equal(one(m, "SELECT count(*) FROM answer"), 2);
    assert_int_equal(one(m, "SELECT count(*) FROM late"), 0);
    laws(m);
    journal_close(first);
    tried += 1;
    journal_close(m);
    journal_close(y);
    journal_close(x);
}

/* The last stamp there is: whatever comes after it would lie beyond the year 2200, and no
 * reader takes that. An office that followed it could never write again. */
static void the_last_stamp_there_is(void **state) {
    (void)state;
    struct journal *m = open_office("ls-m.db", NULL), *y = open_device("ls-y.db", "tablet");
    struct journal *x = open_device("ls-x.db", "tablet");
    enrol_tablet(m, y, "lsy");
    enrol_tablet(m, x, "lsx");
    row_id service = one(x, "SELECT id FROM service");
    add_visit(x, "NIGHT");
    x = set_stamp(x, "ls-x.db", LAST_STAMP - 2); /* a salt record comes before it */
    struct arena a = {0};
    struct row r;
    ok(journal_row(x, &kind_service, service, &a, &r));
    row_text(&r, "name", "Nobody can change this any more");
    put(x, &r);
    arena_release(&a);
    assert_int_equal(one(x, "SELECT max(hlc) FROM service"), LAST_STAMP);
    send(x, "ls-1.lantern");
    merge_sealed(m, "ls-1.lantern");
    /* The office writes on, revokes, and packs; the tablets read it and write on as well. */
    add_service(m, "ELM");
    row_id mine = one(m, "SELECT min(id) FROM service");
    ok(journal_row(m, &kind_service, mine, &a, &r));
    row_text(&r, "name", "A home");
    row_text(&r, "code", "OAK");
    put(m, &r);
    arena_release(&a);
    laws(m);
    pack_for(m, y, "ls-p.lantern");
    read_sealed(y, "ls-p.lantern");
    work(y, 2, 20);
    send(y, "ls-2.lantern");
    assert_true(merge_sealed(m, "ls-2.lantern").added > 0);
    laws(m);
    laws(y);
    /* What the office said about that row holds once the tablet is revoked. */
    assert_int_equal(one(m, "SELECT count(*) FROM service WHERE name LIKE 'Nobody%'"), 1);
    struct journal_self xs;
    journal_self(x, &xs);
    r = row_new(&kind_revoke);
    row_bytes(&r, "key", xs.key, 32);
    row_bytes(&r, "incarnation", xs.incarnation, 8);
    put(m, &r);
    assert_int_equal(one(m, "SELECT count(*) FROM service WHERE name = 'A home'"), 2);
    laws(m);
    tried += 1;
    journal_close(m);
    journal_close(y);
    journal_close(x);
}

/* A version of somebody else's words is a version under the writer's own name: the words that
 * were there stay, and a kind of record that cannot be erased does not shield them. */
static void versions_of_what_another_wrote(void **state) {
    (void)state;
    struct journal *m = open_office("vo-m.db", NULL), *y = open_device("vo-y.db", "tablet");
    struct journal *x = open_device("vo-x.db", "tablet");
    struct arena a = {0};
    struct version *v;
    struct row r;
    size_t n;
    enrol_tablet(m, y, "voy");
    enrol_tablet(m, x, "vox");
    row_id visit = add_visit(y, "NIGHT"), words = add_answer(y, visit, "not_met");
    send(y, "vo-1.lantern");
    merge_sealed(m, "vo-1.lantern");
    learn(x, y, "vo-0.lantern");
    ok(journal_row(x, &kind_answer, there(y, words, x), &a, &r));
    row_text(&r, "word", "met");
    put(x, &r);
    send(x, "vo-2.lantern");
    merge_sealed(m, "vo-2.lantern");
    row_id id = there(y, words, m);
    ok(journal_history(m, id, &a, &v, &n));
    assert_int_equal(n, 2); /* both stand, each in its writer's log */
    struct journal_self xs;
    struct log_info log;
    journal_self(x, &xs);
    ok(union_log_by_id(m, &xs.log_id, &log));
    assert_true(ROW_LOG(v[0].record) == log.no || ROW_LOG(v[1].record) == log.no);
    struct erase_summary gone;
    ok(journal_erase(m, id, "asked for", 20000, &gone));
    assert_int_equal(gone.versions, 2);
    laws(m);
    tried += 2;
    arena_release(&a);
    journal_close(m);
    journal_close(y);
    journal_close(x);
}

/* A bundle that calls itself a pack: its receipt, its copies and its keys mean nothing to a
 * master. */
static void a_pack_for_the_office(void **state) {
    (void)state;
    struct journal *m = open_office("po-m.db", NULL), *x = open_device("po-x.db", "tablet");
    struct journal *y = open_device("po-y.db", "tablet");
    struct journal_self office, xs;
    struct receipt_state state_now;
    uint8_t box[32], recovery[32] = {7};
    struct arena a = {0};
    struct buf before, after;
    enrol_tablet(m, x, "pox");
    work(y, 5, 10);
    journal_self(m, &office);
    journal_self(x, &xs);
    assert_true(key_of_signer(office.key, box));
    learn(x, y, "po-0.lantern");
    plant(x, KEPT_OFFICE_RECOVERY, recovery, 32);
    row_id action = one(x, "SELECT min(id) FROM answer");
    work(x, 4, 10);
    export_to(x, "po-1.lantern",
              (struct export_options){.purpose = BUNDLE_PACK,
                                      .everything = true,
                                      .seal_to = box,
                                      .copies = &action,
                                      .copies_count = 1});
    ok(kept_value(m, KEPT_OFFICE_RECOVERY, &a, &before));
    struct merge_summary sum;
    enum status s = try_merge(m, "po-1.lantern", AT_THE_DOOR, &sum);
    assert_true(s == STATUS_NOT_TRUSTED || s == STATUS_OK);
    send(x, "po-2.lantern");
    ok(try_merge(m, "po-2.lantern", (struct merge_options){.trust = true}, &sum));
    s = try_merge(m, "po-1.lantern", AT_THE_DOOR, &sum);
    assert_int_equal(sum.copies, 0);
    assert_false(sum.receipt);
    ok(receipt_newest(m, &state_now));
    assert_false(state_now.any);
    ok(kept_value(m, KEPT_OFFICE_RECOVERY, &a, &after));
    assert_true(after.size == 32 && memcmp(before.data, after.data, 32) == 0);
    assert_false(union_is_office(m, xs.key));
    ok(kept_value(m, KEPT_OFFICE_KEY, &a, &after));
    assert_int_equal(after.size, 0);
    laws(m);
    tried += 4;
    arena_release(&a);
    journal_close(m);
    journal_close(x);
    journal_close(y);
}

/* Two histories under one key, to hide what was said first: both stay, and are told. */
static void a_fork_on_purpose(void **state) {
    (void)state;
    struct journal *m = open_office("fk-m.db", NULL), *x = open_device("fk-x.db", "tablet");
    enrol_tablet(m, x, "fkx");
    row_id visit = add_visit(x, "NIGHT");
    send(x, "fk-0.lantern");
    journal_close(x);
    copy_device("fk-x.db", "fk-z.db");
    x = open_device("fk-x.db", "tablet");
    struct journal *z = open_device("fk-z.db", "tablet");
    for (int i = 0; i < 5; i++)
        add_answer(x, visit, "not_met");
    for (int i = 0; i < 7; i++)
        add_answer(z, visit, "met");
    send(x, "fk-1.lantern");
    send(z, "fk-2.lantern");
    merge_sealed(m, "fk-1.lantern");
    assert_int_equal(merge_sealed(m, "fk-2.lantern").forks, 1);
    assert_int_equal(one(m, "SELECT count(*) FROM answer WHERE word = 'not_met'"), 5);
    assert_int_equal(one(m, "SELECT count(*) FROM answer WHERE word = 'met'"), 7);
    laws(m);
    tried += 1;
    journal_close(m);
    journal_close(x);
    journal_close(z);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_office_by_its_own_word),
        cmocka_unit_test(a_seal_for_somebody_elses_check),
        cmocka_unit_test(the_last_stamp_there_is),
        cmocka_unit_test(versions_of_what_another_wrote),
        cmocka_unit_test(a_pack_for_the_office),
        cmocka_unit_test(a_fork_on_purpose),
    };
    return cmocka_run_group_tests(tests, begin, end_attacks);
}
