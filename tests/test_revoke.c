/* test_revoke.c -- tablets that are not trusted any more.
 *
 * needs: store base
 *
 * A revoked device's records beyond the last accepted one are parked: kept, hashed, counted,
 * carried on, never shown, until the office admits them. First as stories; then many random
 * orders of records, revocations, admissions, seals and erasures, which must all come to the
 * same tables. */
#include "device_hand.h"

static row_id revoke(struct device *office, const struct log_info *log, int64_t seq) {
    struct row r = row_new(&kind_revoke);
    hash256 hash = {0};
    row_bytes(&r, "key", log->key, 32);
    row_bytes(&r, "incarnation", log->incarnation, 8);
    row_int(&r, "seq", seq);
    if (seq) OK(journal_record_hash(office->j, ROW_ID(log->no, seq), &hash));
    if (seq) row_bytes(&r, "hash", hash.b, 32);
    row_text(&r, "why", "lost on the bus");
    return put_alone(office->j, &r);
}

/* The office accepts more of that log. */
static void admit_to(struct device *office, row_id revocation, const struct log_info *log,
                     int64_t seq) {
    struct arena a = {0};
    struct row r;
    hash256 hash;
    OK(journal_row(office->j, &kind_revoke, revocation, &a, &r));
    OK(journal_record_hash(office->j, ROW_ID(log->no, seq), &hash));
    row_int(&r, "seq", seq);
    row_bytes(&r, "hash", hash.b, 32);
    put_alone(office->j, &r);
    arena_release(&a);
}

static void admit_all(struct device *office, row_id revocation) {
    OK(journal_begin(office->j));
    OK(journal_withdraw(office->j, &kind_revoke, revocation));
    OK(journal_commit(office->j));
}

static void seal(struct device *d, row_id visit) {
    struct row r = row_new(&kind_seal);
    row_ref(&r, "visit", visit);
    d->clock.wall_ms += 60000;
    put_alone(d->j, &r);
    d->clock.wall_ms += 60000;
}

/* The log of `of` as `j` knows it. */
static struct log_info log_in(struct journal *j, struct journal *of) {
    struct journal_self self;
    struct log_info log;
    journal_self(of, &self);
    OK(union_log_by_id(j, &self.log_id, &log));
    return log;
}

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

/* ---- stories ---- */

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
    journal_close(tablet.j);
    journal_close(office.j);
    journal_close(second.j);
    arena_release(&a);
}

/* The key is copied into a new installation: a log that no revocation names. */
static void a_new_installation_does_not_help(void **state) {
    (void)state;
    struct device tablet, office, again;
    char from[320], to[320];
    device_open(&tablet, "nt.db", "tablet");
    office_open(&office, "no.db");
    row_id visit = new_visit(&tablet);
    answer(&tablet, visit, "before");
    carry_all(tablet.j, office.j);
    struct log_info log = log_in(office.j, tablet.j);
    row_id revocation = revoke(&office, &log, log.last_seq);
    snprintf(from, sizeof from, "%s.key", tablet.path);
    snprintf(to, sizeof to, "%s.key", scratch("na.db"));
    copy_file(from, to);
    device_open(&again, "na.db", "tablet");
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
    journal_close(tablet.j);
    journal_close(office.j);
    journal_close(again.j);
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
    journal_close(lost.j);
    journal_close(tablet.j);
    journal_close(office.j);
}

/* The tablet was copied: of its two histories the office accepts one up to a record. */
static void the_branch_that_is_named_counts(void **state) {
    (void)state;
    struct device one, two, office;
    char from[320], to[320];
    device_open(&one, "f1.db", "tablet");
    office_open(&office, "fo.db");
    row_id visit = new_visit(&one);
    answer(&one, visit, "shared");
    journal_close(one.j);
    snprintf(two.path, sizeof two.path, "%s", scratch("f2.db"));
    copy_file(one.path, two.path);
    snprintf(from, sizeof from, "%s.key", one.path);
    snprintf(to, sizeof to, "%s.key", two.path);
    copy_file(from, to);
    one.j = open_device(one.path, &one.clock, "tablet");
    two.clock = one.clock;
    two.j = open_device(two.path, &two.clock, "tablet");
    for (int i = 0; i < 3; i++) {
        answer(&one, visit, "the checker's");
        answer(&two, visit, "the finder's");
    }
    carry_all(one.j, office.j);
    struct log_info log = log_in(office.j, one.j);
    revoke(&office, &log, log.last_seq - 1);
    carry_all(two.j, office.j);
    struct arena a = {0};
    struct log_info *logs;
    size_t n;
    int64_t parked = 0;
    OK(union_logs(office.j, &a, &logs, &n));
    for (size_t i = 0; i < n; i++)
        parked += logs[i].parked;
    assert_int_equal(parked, 1 + 3);
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
    journal_close(one.j);
    journal_close(two.j);
    journal_close(office.j);
    journal_close(other.j);
    arena_release(&a);
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
    OK(journal_begin(lost.j));
    OK(journal_withdraw(lost.j, &kind_revoke, its));
    OK(journal_commit(lost.j));
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
    journal_close(tablet.j);
    journal_close(office.j);
    journal_close(lost.j);
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
    journal_close(tablet.j);
    journal_close(office.j);
    journal_close(lost.j);
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
    journal_close(tablet.j);
    journal_close(other.j);
    journal_close(office.j);
    arena_release(&a);
}

/* ---- in whatever order ---- */

static draw dice;

static int below(int n) {
    return (int)draw_below(&dice, (uint32_t)n);
}

struct piece {
    struct journal *from;
    struct log_info log;
    int64_t first, last;
};
#define PIECES_MAX 2000

/* Everything a device wrote itself, in runs of some records, now and then overlapping. */
static size_t cut(struct journal *j, struct piece *out, size_t n) {
    struct log_info log;
    own_log(j, &log);
    for (int64_t at = 1; at <= log.last_seq;) {
        int64_t last = at + below(12);
        if (last > log.last_seq) last = log.last_seq;
        assert_true(n < PIECES_MAX);
        out[n++] = (struct piece){j, log, at, last};
        at = last + 1;
        if (below(6) == 0 && at > 3) at -= below(3);
    }
    return n;
}

/* One night: a tablet and its copy, a new installation of its key, another tablet, the office,
 * a second office that is trusted at some time and revoked at another. */
enum { TABLET, COPY, INSTALLED, OTHER, OFFICE, SECOND, DEVICES };
static struct device cast[DEVICES];

static void with_key_of(struct device *d, const char *name, const struct device *of) {
    char from[320], to[320];
    snprintf(from, sizeof from, "%s.key", of->path);
    snprintf(to, sizeof to, "%s.key", scratch(name));
    copy_file(from, to);
    device_open(d, name, "tablet");
}

static void copy_of(struct device *d, const char *name, struct device *of) {
    char from[320], to[320];
    journal_close(of->j);
    snprintf(d->path, sizeof d->path, "%s", scratch(name));
    copy_file(of->path, d->path);
    snprintf(from, sizeof from, "%s.key", of->path);
    snprintf(to, sizeof to, "%s.key", d->path);
    copy_file(from, to);
    of->j = open_device(of->path, &of->clock, "tablet");
    d->clock = of->clock;
    d->j = open_device(d->path, &d->clock, "tablet");
}

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
    int merges, forks, gaps;
    int64_t parked;
};

static int64_t parked_in(struct journal *j) {
    struct arena a = {0};
    struct log_info *logs;
    size_t n;
    int64_t parked = 0;
    OK(union_logs(j, &a, &logs, &n));
    for (size_t i = 0; i < n; i++)
        parked += logs[i].parked;
    arena_release(&a);
    return parked;
}

static void deliver(struct journal *to, struct piece *p, size_t n, struct counts *c) {
    struct union_outcome out;
    struct journal_self second;
    journal_self(cast[SECOND].j, &second);
    size_t trusted = (size_t)below((int)n);
    for (size_t i = n; i > 1; i--) {
        size_t k = (size_t)below((int)i);
        struct piece t = p[i - 1];
        p[i - 1] = p[k];
        p[k] = t;
    }
    for (size_t i = 0; i < n; c->merges++) {
        OK(union_begin(to));
        for (int together = 1 + below(5); together > 0 && i < n; together--, i++) {
            OK(carry_run(p[i].from, to, &p[i].log, p[i].first, p[i].last, &out));
            c->gaps += out.gap;
            c->forks += out.fork;
            if (i == trusted) OK(union_trust_office(to, second.key));
        }
        OK(union_commit(to));
        if (below(12) == 0) laws(to);
    }
}

static void any_order_gives_the_same(void **state) {
    (void)state;
    static struct piece pieces[PIECES_MAX];
    struct counts counts = {0};
    int nights = more(4, 40), orders = more(12, 25);
    for (int night = 0; night < nights; night++) {
        dice.s = 100 + (uint64_t)night;
        random_seed(dice.s);
        one_night();
        size_t n = 0;
        hash256 tables = {0}, all = {0};
        for (int i = 0; i < DEVICES; i++)
            n = cut(cast[i].j, pieces, n);
        for (int i = 0; i < orders; i++) {
            struct device to;
            device_open(&to, "into.db", i % 2 ? "tablet" : "office");
            deliver(to.j, pieces, n, &counts);
            hash256 t = tables_hash(to.j), c = content(to.j);
            if (i == 0) {
                tables = t;
                all = c;
                counts.parked += parked_in(to.j);
            }
            if (memcmp(&c, &all, 32) != 0) fail_msg("night %d, order %d: content", night, i);
            if (memcmp(&t, &tables, 32) != 0) fail_msg("night %d, order %d: tables", night, i);
            laws(to.j);
            journal_close(to.j);
            remove(to.path);
            char key[320];
            snprintf(key, sizeof key, "%s.key", to.path);
            remove(key);
        }
        for (int i = 0; i < DEVICES; i++) {
            char key[320];
            journal_close(cast[i].j);
            remove(cast[i].path);
            snprintf(key, sizeof key, "%s.key", cast[i].path);
            remove(key);
        }
    }
    printf(
        "figure: revoking: %d nights, %d orders each, %d merges, %d gaps, %d forks told, %lld "
        "records parked at the end; equal tables\n",
        nights, orders, counts.merges, counts.gaps, counts.forks, (long long)counts.parked);
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
        cmocka_unit_test(any_order_gives_the_same),
    };
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
