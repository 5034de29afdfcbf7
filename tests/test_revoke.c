/* test_revoke.c -- tablets that are not trusted any more.
 *
 * needs: store base
 *
 * A revoked device's records beyond the last accepted one are parked: kept, hashed, counted,
 * carried on, never shown, until the office admits them. Told as stories; in whatever order:
 * test_revoke_orders.c. */
#include "revoke_hand.h"

static int64_t late(struct journal *j) {
    return query_one_int(j, -1, "SELECT count(*) FROM late", 0);
}

static bool note_is(struct journal *j, row_id id, const char *want) {
    struct arena a = {0};
    struct row r;
    bool same = journal_row(j, &kind_answer, id, &a, &r) == STATUS_OK &&
                strcmp(row_get_text(&r, "note"), want) == 0;
    arena_release(&a);
    return same;
}

static void what_a_lost_tablet_writes_is_parked(void **state) {
    (void)state;
    struct arena a = {0};
    struct device tablet, office, second;
    struct version *v;
    size_t n;
    device_open(&tablet, "lt.db", "tablet");
    office_open(&office, "lo.db");
    device_open(&second, "ls.db", "tablet");
    row_id visit = new_visit(&tablet);
    row_id before = answer(&tablet, visit, "before"), changed = answer(&tablet, visit, "true");
    carry_all(tablet.j, office.j);
    struct log_info log = log_in(office.j, tablet.j);
    assert_false(log.revoked || log.office);
    assert_true(log.accepted_seq == INT64_MAX && log.parked == 0);
    row_id revocation = revoke(&office, &log, log.last_seq);
    int64_t accepted = log.last_seq;
    /* Whoever found it goes on writing. */
    answer(&tablet, visit, "not to be believed");
    change_note(&tablet, changed, "false");
    carry_all(tablet.j, office.j);

    log = log_in(office.j, tablet.j);
    assert_true(log.revoked);
    assert_int_equal(log.accepted_seq, accepted);
    assert_int_equal(log.parked, 2);
    assert_int_equal(log.last_seq, accepted + 2); /* it is all there */
    assert_int_equal(notes(office.j), 2);
    row_id there = same_row(tablet.j, changed, office.j);
    assert_true(note_is(office.j, there, "true"));
    OK(journal_history(office.j, there, &a, &v, &n));
    assert_int_equal(n, 1);
    laws(office.j);
    /* Reopened, and rebuilt, it is the same. */
    hash256 t = tables_hash(office.j), again;
    journal_close(office.j);
    office.j = open_device(office.path, &office.clock, "office");
    again = tables_hash(office.j);
    assert_memory_equal(&t, &again, 32);
    OK(journal_rebuild(office.j));
    again = tables_hash(office.j);
    assert_memory_equal(&t, &again, 32);
    /* Another tablet that hears of it in any order sees the same. */
    carry_all(tablet.j, second.j);
    assert_int_equal(notes(second.j), 3);
    carry_all(office.j, second.j);
    same_tables(office.j, second.j);
    /* The tablet itself keeps showing what its holder wrote. */
    carry_all(office.j, tablet.j);
    assert_int_equal(notes(tablet.j), 3);
    assert_true(log_in(tablet.j, tablet.j).revoked);
    answer(&tablet, visit, "still writing");
    assert_int_equal(notes(tablet.j), 4);
    laws(tablet.j);

    /* It was only in the other pocket: one more record, then all. */
    log = log_in(office.j, tablet.j);
    admit_to(&office, revocation, &log, accepted + 1);
    assert_int_equal(notes(office.j), 3);
    assert_true(note_is(office.j, there, "true"));
    assert_int_equal(log_in(office.j, tablet.j).parked, 1);
    laws(office.j);
    admit_all(&office, revocation);
    assert_true(note_is(office.j, there, "false"));
    log = log_in(office.j, tablet.j);
    assert_false(log.revoked);
    assert_int_equal(log.parked, 0);
    laws(office.j);
    carry_all(tablet.j, office.j);
    carry_all(office.j, tablet.j);
    carry_all(office.j, second.j);
    same_tables(office.j, second.j);
    same_tables(office.j, tablet.j);
    assert_true(note_is(office.j, same_row(tablet.j, before, office.j), "before"));
    CLOSE(tablet.j, office.j, second.j);
    arena_release(&a);
}

/* The key is copied into a new installation: a log that no revocation names. */
static void a_new_installation_does_not_help(void **state) {
    (void)state;
    struct device tablet, office, again;
    device_open(&tablet, "nt.db", "tablet");
    office_open(&office, "no.db");
    row_id visit = new_visit(&tablet);
    answer(&tablet, visit, "before");
    carry_all(tablet.j, office.j);
    struct log_info log = log_in(office.j, tablet.j);
    row_id revocation = revoke(&office, &log, log.last_seq);
    with_key_of(&again, "na.db", &tablet);
    row_id other = new_visit(&again);
    answer(&again, other, "by the same key");
    log = log_in(again.j, again.j);
    assert_memory_equal(log.key, log_in(tablet.j, tablet.j).key, 32);
    hash256 first = log_in(tablet.j, tablet.j).id;
    assert_memory_not_equal(&log.id, &first, 32);
    carry_all(again.j, office.j);
    log = log_in(office.j, again.j);
    assert_true(log.revoked);
    assert_int_equal(log.accepted_seq, 0);
    assert_int_equal(log.parked, log.last_seq);
    assert_int_equal(notes(office.j), 1);
    laws(office.j);
    /* This one is named too, up to its visit; then both are admitted. */
    row_id second = revoke(&office, &log, ROW_SEQ(other));
    assert_int_equal(query_one_int(office.j, 0, "SELECT count(*) FROM visit", 0), 2);
    assert_int_equal(notes(office.j), 1);
    admit_all(&office, revocation);
    assert_int_equal(notes(office.j), 1);
    assert_false(log_in(office.j, tablet.j).accepted_seq < INT64_MAX);
    admit_all(&office, second);
    assert_int_equal(notes(office.j), 2);
    laws(office.j);
    CLOSE(tablet.j, office.j, again.j);
}

static void a_parked_seal_seals_nothing(void **state) {
    (void)state;
    struct device lost, tablet, office;
    device_open(&lost, "st.db", "tablet");
    device_open(&tablet, "ss.db", "tablet");
    office_open(&office, "so.db");
    row_id visit = new_visit(&lost);
    row_id id = answer(&lost, visit, "before");
    carry_all(lost.j, office.j);
    carry_all(lost.j, tablet.j);
    struct log_info log = log_in(office.j, lost.j);
    seal(&lost, visit);
    tablet.clock.wall_ms = lost.clock.wall_ms + 60000;
    change_note(&tablet, same_row(lost.j, id, tablet.j), "after that seal");
    carry_all(lost.j, office.j);
    carry_all(tablet.j, office.j);
    row_id there = same_row(lost.j, id, office.j);
    assert_int_equal(late(office.j), 1);
    assert_true(note_is(office.j, there, "before"));
    row_id revocation = revoke(&office, &log, log.last_seq);
    assert_int_equal(late(office.j), 0);
    assert_int_equal(query_one_int(office.j, -1, "SELECT count(*) FROM sealed", 0), 0);
    assert_true(note_is(office.j, there, "after that seal"));
    laws(office.j);
    /* Another seal, later, that counts. */
    tablet.clock.wall_ms += 60000;
    seal(&tablet, same_row(lost.j, visit, tablet.j));
    carry_all(tablet.j, office.j);
    assert_int_equal(query_one_int(office.j, -1, "SELECT count(*) FROM sealed", 0), 1);
    assert_true(note_is(office.j, there, "after that seal"));
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", same_row(lost.j, visit, office.j));
    row_text(&r, "item", "lights");
    must_be(STATUS_SEALED, journal_put_alone(office.j, &r), "the other seal");
    laws(office.j);
    admit_all(&office, revocation);
    assert_int_equal(late(office.j), 1);
    assert_true(note_is(office.j, there, "before"));
    laws(office.j);
    CLOSE(lost.j, tablet.j, office.j);
}

/* The tablet was copied: of its two histories the office accepts one up to a record. */
static void the_branch_that_is_named_counts(void **state) {
    (void)state;
    struct device one, two, office;
    device_open(&one, "f1.db", "tablet");
    office_open(&office, "fo.db");
    row_id visit = new_visit(&one);
    answer(&one, visit, "shared");
    copy_of(&two, "f2.db", &one);
    for (int i = 0; i < 3; i++) {
        answer(&one, visit, "the checker's");
        answer(&two, visit, "the finder's");
    }
    carry_all(one.j, office.j);
    struct log_info log = log_in(office.j, one.j);
    revoke(&office, &log, log.last_seq - 1);
    carry_all(two.j, office.j);
    assert_int_equal(parked_in(office.j), 1 + 3);
    assert_int_equal(notes(office.j), 3); /* shared, and two of the checker's */
    assert_int_equal(query_one_int(office.j, -1,
                                   "SELECT count(*) FROM answer WHERE note LIKE '%finder%'", 0),
                     0);
    laws(office.j);
    /* With the finder's branch first nothing shows where it left; that heals. */
    struct device other;
    device_open(&other, "fx.db", "tablet");
    struct log_info offices = log_in(office.j, office.j);
    carry(office.j, other.j, &offices, 1, offices.last_seq);
    carry_all(two.j, other.j);
    assert_int_equal(notes(other.j), 0);
    laws(other.j);
    carry_all(one.j, other.j);
    assert_int_equal(notes(other.j), 3);
    same_tables(office.j, other.j);
    laws(other.j);
    CLOSE(one.j, two.j, office.j, other.j);
}

/* A second office, trusted once; what it erases and revokes beyond its last accepted record
 * counts no more. */
static void an_office_is_revoked(void **state) {
    (void)state;
    struct device tablet, office, lost;
    device_open(&tablet, "ot.db", "tablet");
    office_open(&office, "oo.db");
    device_open(&lost, "ol.db", "office");
    row_id visit = new_visit(&tablet);
    row_id one = answer(&tablet, visit, "one"), two = answer(&tablet, visit, "two");
    carry_all(tablet.j, lost.j);
    carry_all(tablet.j, office.j);
    struct row r = row_new(&kind_service);
    row_text(&r, "code", "S2");
    row_text(&r, "name", "another home");
    put_alone(lost.j, &r);
    OK(journal_erase(lost.j, same_row(tablet.j, one, lost.j), "asked for", 1, NULL));
    struct journal_self self;
    journal_self(lost.j, &self);
    assert_false(union_is_office(office.j, self.key));
    carry_all(lost.j, office.j);
    assert_int_equal(notes(office.j), 2); /* its own word for it is not enough */
    laws(office.j);
    OK(union_trust_office(office.j, self.key));
    assert_true(union_is_office(office.j, self.key));
    assert_int_equal(notes(office.j), 1);
    laws(office.j);
    struct log_info log = log_in(office.j, lost.j);
    assert_true(log.office);
    revoke(&office, &log, log.last_seq);
    /* In the wrong hands it erases, revokes the tablet and takes its own revocation back. */
    OK(journal_erase(lost.j, same_row(tablet.j, two, lost.j), "to hide it", 1, NULL));
    struct log_info theirs = log_in(lost.j, tablet.j);
    revoke(&lost, &theirs, 0);
    carry_all(office.j, lost.j);
    row_id its = query_one_int(lost.j, 0,
                               "SELECT id FROM revoke WHERE why LIKE 'lost%' AND "
                               "seq > 0",
                               0);
    withdraw(&lost, &kind_revoke, its);
    carry_all(lost.j, office.j);
    assert_int_equal(notes(office.j), 1);
    assert_true(note_is(office.j, same_row(tablet.j, two, office.j), "two"));
    assert_true(log_in(office.j, lost.j).revoked);
    assert_false(log_in(office.j, tablet.j).revoked);
    assert_int_equal(log_in(office.j, lost.j).parked, 3);
    assert_int_equal(query_one_int(office.j, 0, "SELECT count(*) FROM service", 0), 2);
    laws(office.j);
    /* Nor does it silence the office on the office's own machine, nor on a tablet of its own.
     */
    struct log_info good = log_in(lost.j, office.j);
    revoke(&lost, &good, 0);
    carry_all(lost.j, office.j);
    assert_true(note_is(office.j, same_row(tablet.j, two, office.j), "two"));
    assert_int_equal(log_in(office.j, office.j).parked, 0);
    laws(office.j);
    journal_self(office.j, &self);
    OK(union_keep(tablet.j, "office/key", self.key, 32));
    journal_self(lost.j, &self);
    OK(union_trust_office(tablet.j, self.key));
    carry_all(office.j, tablet.j);
    assert_true(note_is(tablet.j, two, "two"));
    same_tables(tablet.j, office.j);
    laws(tablet.j);
    CLOSE(tablet.j, office.j, lost.j);
}

/* Words that a parked erasure took before it was parked: the row waits for them. */
static void words_taken_by_a_parked_erasure_come_back(void **state) {
    (void)state;
    struct device tablet, office, lost;
    device_open(&tablet, "wt.db", "tablet");
    office_open(&office, "wo.db");
    device_open(&lost, "wl.db", "office");
    row_id visit = new_visit(&tablet), id = answer(&tablet, visit, "one");
    carry_all(tablet.j, lost.j);
    carry_all(tablet.j, office.j);
    struct row r = row_new(&kind_service);
    row_text(&r, "code", "S2");
    row_text(&r, "name", "another home");
    put_alone(lost.j, &r);
    carry_all(lost.j, office.j);
    struct log_info log = log_in(office.j, lost.j);
    OK(union_trust_office(office.j, log.key));
    OK(journal_erase(lost.j, same_row(tablet.j, id, lost.j), "to hide it", 1, NULL));
    carry_all(lost.j, office.j);
    assert_int_equal(notes(office.j), 0);
    assert_int_equal(query_one_int(office.j, 0, "SELECT count(*) FROM answer", 0), 1);
    revoke(&office, &log, log.last_seq);
    assert_int_equal(query_one_int(office.j, 0, "SELECT count(*) FROM answer", 0), 0);
    laws(office.j);
    carry_all(tablet.j, office.j);
    assert_true(note_is(office.j, same_row(tablet.j, id, office.j), "one"));
    laws(office.j);
    CLOSE(tablet.j, office.j, lost.j);
}

/* A tablet cannot revoke, nor turn the office's revocation on somebody else. */
static void only_an_office_revokes(void **state) {
    (void)state;
    struct arena a = {0};
    struct device tablet, other, office;
    struct row r;
    device_open(&tablet, "tt.db", "tablet");
    device_open(&other, "tx.db", "tablet");
    office_open(&office, "to.db");
    row_id visit = new_visit(&tablet);
    answer(&tablet, visit, "one");
    carry_all(tablet.j, other.j);
    struct log_info log = log_in(other.j, tablet.j);
    revoke(&other, &log, 0);
    assert_int_equal(notes(other.j), 1);
    assert_int_equal(query_one_int(other.j, 0, "SELECT count(*) FROM revoke", 0), 0);
    carry_all(other.j, office.j);
    assert_int_equal(notes(office.j), 1);
    laws(office.j);
    log = log_in(office.j, tablet.j);
    revoke(&office, &log, ROW_SEQ(visit));
    carry_all(office.j, tablet.j);
    row_id its = query_one_int(tablet.j, 0, "SELECT id FROM revoke", 0);
    OK(journal_row(tablet.j, &kind_revoke, its, &a, &r));
    row_bytes(&r, "key", log_in(tablet.j, other.j).key, 32);
    row_unsay(&r, "incarnation");
    put_alone(tablet.j, &r);
    carry_all(tablet.j, office.j);
    assert_false(log_in(office.j, other.j).revoked);
    assert_int_equal(notes(office.j), 0);
    laws(office.j);
    CLOSE(tablet.j, other.j, office.j);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_lost_tablet_writes_is_parked),
        cmocka_unit_test(a_new_installation_does_not_help),
        cmocka_unit_test(a_parked_seal_seals_nothing),
        cmocka_unit_test(the_branch_that_is_named_counts),
        cmocka_unit_test(only_an_office_revokes),
        cmocka_unit_test(an_office_is_revoked),
        cmocka_unit_test(words_taken_by_a_parked_erasure_come_back),
    };
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
