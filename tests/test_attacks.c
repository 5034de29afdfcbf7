/* test_attacks.c -- what somebody who holds something of ours can do with it.
 *
 * needs: sync store base
 *
 * Each test says who holds what, what they try, and what must hold (DESIGN.md "Who might hold
 * what"). The attackers are devices like any other: they write through the journal, seal to the
 * office and sign with keys that are rightly theirs, so each bundle is whole and well-formed.
 * What a person at the keyboard could not do, they do to their own database with SQL. */
#include "merge_help.h"

#include <sqlite3.h>

#define ON_TABLET            \
    (struct merge_options) { \
        .tablet = true       \
    }
#define AT_THE_DOOR          \
    (struct merge_options) { \
        0                    \
    }
#define LAST_STAMP (JOURNAL_YEAR_MAX_MS * 65536 - 1)

static int tried;

static void ok(enum status s) {
    if (s) print_error("%s: %s\n", status_key(s), status_detail());
    assert_int_equal(s, STATUS_OK);
}

static int64_t one(struct journal *j, const char *sql) {
    return query_one_int(j, -1, sql, 0);
}

static void plant(struct journal *j, const char *key, const void *p, size_t n) {
    ok(union_keep(j, key, p, n));
}

/* An attacker's own database is theirs to change. */
static struct journal *change_own(struct journal *j, const char *file, const char *role,
                                  const char *sql) {
    sqlite3 *db = NULL;
    journal_close(j);
    assert_int_equal(sqlite3_open(scratch(file), &db), SQLITE_OK);
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) print_error("%s\n", why);
    assert_null(why);
    sqlite3_close(db);
    return open_device(file, role);
}

/* Their clock stands at `stamp` from now on: the next record is the one after it. */
static struct journal *set_stamp(struct journal *j, const char *file, int64_t stamp) {
    return change_own(j, file, "tablet",
                      arena_printf(&test_arena,
                                   "UPDATE mark SET value = %lld WHERE key = 'hlc'",
                                   (long long)stamp));
}

/* Everything of a device, its key too. */
static void copy_device(const char *from, const char *to) {
    static const char *const ends[] = {"", "-wal", ".key"};
    for (size_t i = 0; i < 3; i++)
        copy_file(arena_printf(&test_arena, "%s%s", from, ends[i]),
                  arena_printf(&test_arena, "%s%s", to, ends[i]));
}

/* The same row in another database. */
static row_id there(struct journal *from, row_id id, struct journal *to) {
    struct arena a = {0};
    struct log_info *logs, log;
    size_t n;
    row_id found = 0;
    ok(union_logs(from, &a, &logs, &n));
    for (size_t i = 0; i < n; i++)
        if (logs[i].no == ROW_LOG(id) && !union_log_by_id(to, &logs[i].id, &log))
            found = ROW_ID(log.no, ROW_SEQ(id));
    arena_release(&a);
    assert_true(found != 0);
    return found;
}

/* What y wrote comes into x's hands, and x can point at it. */
static void learn(struct journal *x, struct journal *y, const char *file) {
    struct merge_summary sum;
    export_to(y, file, (struct export_options){.open = true, .everything = true});
    ok(try_merge(x, file, (struct merge_options){.trust = true}, &sum));
}

static void withdraw(struct journal *j, const struct kind *k, row_id id) {
    now.wall_ms += 1000;
    ok(journal_begin(j));
    ok(journal_withdraw(j, k, id));
    ok(journal_commit(j));
}

static bool file_holds(const char *file, const char *words) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal", ".spool"};
    bool found = false;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct buf b = {0};
        const char *path = scratch(arena_printf(&test_arena, "%s%s", file, ends[i]));
        if (!file_exists(path)) continue;
        ok(file_read(path, 64 << 20, &b));
        found |= memmem(b.data, b.size, words, strlen(words)) != NULL;
        buf_release(&b);
    }
    return found;
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

/* A friend's device, under the attacker's own token or with a proof that is nobody's. */
static void proofs_for_a_friend(void **state) {
    (void)state;
    struct journal *m = open_office("pf-m.db", NULL), *x = open_device("pf-x.db", "tablet");
    struct journal *z = open_device("pf-z.db", "tablet");
    struct journal_self zs;
    struct arena a = {0};
    struct buf token, kept;
    hash256 provider;
    enrol_tablet(m, x, "pfx");
    send(x, "pf-0.lantern");
    merge_sealed(m, "pf-0.lantern");
    work(z, 6, 10);
    learn(x, z, "pf-z.lantern");
    journal_self(z, &zs);
    ok(kept_value(x, KEPT_TOKEN, &a, &token));
    ok(provider_id(x, &provider));
    struct proof p = {.mac = proof_mac(token.data, &provider, zs.key)};
    memcpy(p.key, zs.key, 32);
    token_id(token.data, p.token_id);
    ok(enrol_proof_keep(x, &p));
    send(x, "pf-1.lantern");
    refused(m, "pf-1.lantern", AT_THE_DOOR, STATUS_NOT_TRUSTED, "used by another tablet");
    p.mac.b[0] ^= 1;
    ok(enrol_proof_keep(x, &p));
    send(x, "pf-2.lantern");
    refused(m, "pf-2.lantern", AT_THE_DOOR, STATUS_NOT_TRUSTED, "carries on");
    ok(kept_value(m, arena_printf(&a, "enrolled/%s", hex_of(&a, zs.key, 32)), &a, &kept));
    assert_int_equal(kept.size, 0);
    tried += 2;
    arena_release(&a);
    journal_close(m);
    journal_close(x);
    journal_close(z);
}

/* Part of another's log, with the words taken out and a salt key that is not its own: there are
 * no words by which the key could be proved wrong. The true ones must find in. */
static void a_wrong_salt_for_anothers_words(void **state) {
    (void)state;
    struct journal *m = open_office("ws-m.db", NULL), *y = open_device("ws-y.db", "tablet");
    struct journal_self ys;
    struct log_info log;
    struct union_section *u = NULL;
    struct union_reader *from = NULL;
    struct union_outcome out;
    struct record_wire r;
    hash256 previous;
    uint8_t right[32], wrong[32] = {9};
    work(y, 17, 30);
    journal_self(y, &ys);
    ok(union_log_by_id(y, &ys.log_id, &log));
    ok(union_read_base(y, log.no, 8, &previous, right));
    ok(union_begin(m));
    ok(union_section_start(&u, m, &log.id, log.key, log.incarnation, 8, &previous, wrong));
    ok(union_read_open(&from, y, log.no, 8, 14));
    while (union_read_next(from, &r)) {
        if (!r.body_erased) ok(union_withhold(from, &r));
        ok(union_section_add(u, &r));
    }
    ok(union_read_close(from));
    ok(union_section_end(u, &out));
    assert_true(out.gap);
    ok(union_commit(m));
    export_to(y, "ws-1.lantern", (struct export_options){.open = true});
    merge(m, "ws-1.lantern");
    assert_int_equal(one(m, "SELECT count(*) FROM answer"),
                     one(y, "SELECT count(*) FROM answer"));
    laws(m);
    tried += 1;
    journal_close(m);
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

/* Zeros for a provider are for those who know none: they open no door, and make no claim. */
static void a_provider_of_zeros(void **state) {
    (void)state;
    struct journal *m = open_office("zp-m.db", NULL), *x = open_device("zp-x.db", "tablet");
    struct journal *z = open_device("zp-z.db", "tablet");
    struct journal_self office;
    struct arena a = {0};
    struct buf token;
    uint8_t other[32] = {1};
    journal_self(m, &office);
    struct enrol_made made = first_pack(m, "zp", "zp-first.lantern");
    read_first_pack(x, "zp-first.lantern", made.code);
    ok(kept_value(x, KEPT_TOKEN, &a, &token));
    work(z, 7, 10);
    struct journal_self zs;
    journal_self(z, &zs);
    plant(z, KEPT_OFFICE_KEY, office.key, 32);
    plant(z, KEPT_TOKEN, other, 32);
    plant(z, KEPT_TOKEN_KEY, zs.key, 32);
    assert_true(send(z, "zp-1.lantern").sealed);
    refused(m, "zp-1.lantern", AT_THE_DOOR, STATUS_NOT_TRUSTED, "not enrolled");
    /* With a token that holds, but made for no provider. */
    hash256 none = {{0}};
    struct proof p = {.mac = proof_mac(token.data, &none, zs.key)};
    memcpy(p.key, zs.key, 32);
    token_id(token.data, p.token_id);
    plant(z, KEPT_TOKEN_KEY, other, 32);
    ok(enrol_proof_keep(z, &p));
    send(z, "zp-2.lantern");
    refused(m, "zp-2.lantern", AT_THE_DOOR, STATUS_NOT_TRUSTED, "not enrolled");
    tried += 2;
    arena_release(&a);
    journal_close(m);
    journal_close(x);
    journal_close(z);
}

/* What was signed for another provider is not carried over to this one. */
static void signed_for_another_provider(void **state) {
    (void)state;
    struct journal *m = open_office("sp-m.db", NULL), *n = open_office("sp-n.db", NULL);
    struct journal *x = open_device("sp-x.db", "tablet");
    hash256 theirs, ours;
    enrol_tablet(n, x, "spn");
    work(x, 8, 10);
    send(x, "sp-0.lantern"); /* signed for n, and kept */
    ok(provider_id(n, &theirs));
    ok(provider_id(m, &ours));
    plant(x, KEPT_OFFICE_PROVIDER, ours.b, 32);
    enrol_tablet(m, x, "spm");
    send(x, "sp-1.lantern");
    merge_sealed(m, "sp-1.lantern");
    /* A carrier that is enrolled here carries it, with the other provider's checkpoint. */
    struct journal *c = open_device("sp-c.db", "tablet");
    struct merge_summary sum;
    work(x, 14, 10);
    plant(x, KEPT_OFFICE_PROVIDER, theirs.b, 32);
    export_to(x, "sp-2.lantern", (struct export_options){.open = true, .everything = true});
    ok(try_merge(c, "sp-2.lantern", (struct merge_options){.trust = true}, &sum));
    enrol_tablet(m, c, "spc");
    send(c, "sp-3.lantern");
    enum status s = try_merge(m, "sp-3.lantern", AT_THE_DOOR, &sum);
    assert_int_equal(s, STATUS_NOT_OURS);
    tried += 1;
    journal_close(m);
    journal_close(n);
    journal_close(x);
    journal_close(c);
}

/* ---- a former office key ---- */

/* Stolen, which is why it was changed: it makes no bundle that the office takes in. */
static void a_former_key_carries_nothing(void **state) {
    (void)state;
    struct journal *m = open_office("fc-m.db", NULL), *y = open_device("fc-y.db", "tablet");
    uint8_t box[32];
    struct journal_self self;
    enrol_tablet(m, y, "fcy");
    row_id visit = add_visit(y, "NIGHT");
    add_answer(y, visit, "met");
    send(y, "fc-1.lantern");
    merge_sealed(m, "fc-1.lantern");
    journal_close(m);
    copy_device("fc-m.db", "fc-x.db");
    m = open_device("fc-m.db", "office");
    struct journal *x = open_device("fc-x.db", "office");
    ok(office_rotate(m));
    add_service(m, "ELM");
    struct row e = row_new(&kind_erase);
    row_ref(&e, "row", one(x, "SELECT id FROM answer"));
    row_text(&e, "why", "because");
    put(x, &e);
    journal_self(x, &self);
    assert_true(key_of_signer(self.key, box));
    export_to(
        x, "fc-2.lantern",
        (struct export_options){.purpose = BUNDLE_PACK, .everything = true, .seal_to = box});
    refused(m, "fc-2.lantern", AT_THE_DOOR, STATUS_NOT_TRUSTED, "changed since");
    assert_int_equal(one(m, "SELECT count(*) FROM answer WHERE note IS NOT NULL"), 1);
    /* And no pack that a tablet which knows the new key reads. */
    pack_for(m, y, "fc-p.lantern");
    read_sealed(y, "fc-p.lantern");
    pack_for(x, y, "fc-3.lantern");
    refused(y, "fc-3.lantern", ON_TABLET, STATUS_NOT_OURS, "changed since");
    tried += 2;
    journal_close(m);
    journal_close(x);
    journal_close(y);
}

/* The same key, and a tablet that is enrolled and carries what it signs. */
static void a_former_key_through_a_tablet(void **state) {
    (void)state;
    struct journal *m = open_office("ft-m.db", NULL), *y = open_device("ft-y.db", "tablet");
    struct merge_summary sum;
    enrol_tablet(m, y, "fty");
    work(y, 15, 10);
    send(y, "ft-1.lantern");
    merge_sealed(m, "ft-1.lantern");
    journal_close(m);
    copy_device("ft-m.db", "ft-x.db");
    m = open_device("ft-m.db", "office");
    struct journal *x = open_device("ft-x.db", "office");
    ok(office_rotate(m));
    struct row e = row_new(&kind_erase);
    row_ref(&e, "row", one(x, "SELECT min(id) FROM answer"));
    row_text(&e, "why", "because");
    put(x, &e);
    make_pack(x, "ft-x.lantern"); /* y follows the old key still, and carries it on */
    ok(try_merge(y, "ft-x.lantern", ON_TABLET, &sum));
    export_to(y, "ft-2.lantern", (struct export_options){.everything = true});
    refused(m, "ft-2.lantern", AT_THE_DOOR, STATUS_NOT_TRUSTED, "changed since");
    assert_int_equal(one(m, "SELECT count(*) FROM erase"), 0);
    tried += 1;
    journal_close(m);
    journal_close(x);
    journal_close(y);
}

/* A chain of hashes needs no key. Somebody goes on with the office's log, unsigned, and a
 * person lets the open bundle in because the tablet that carries it is known to them. */
static void the_offices_log_without_its_key(void **state) {
    (void)state;
    struct journal *m = open_office("ok-m.db", NULL), *y = open_device("ok-y.db", "tablet");
    enrol_tablet(m, y, "oky");
    work(y, 16, 10);
    send(y, "ok-1.lantern");
    merge_sealed(m, "ok-1.lantern");
    int64_t words = one(m, "SELECT count(*) FROM answer WHERE note IS NOT NULL");
    journal_close(m);
    copy_device("ok-m.db", "ok-x.db");
    m = open_device("ok-m.db", "office");
    struct journal *x = open_device("ok-x.db", "office");
    struct row e = row_new(&kind_erase);
    row_ref(&e, "row", one(x, "SELECT min(id) FROM answer"));
    row_text(&e, "why", "because");
    put(x, &e);
    journal_close(x);
    unlink(scratch("ok-x.db.key")); /* they never had it */
    x = open_device("ok-x.db", "tablet");
    add_visit(x, "NIGHT");
    export_to(x, "ok-2.lantern", (struct export_options){.open = true, .everything = true});
    refused(m, "ok-2.lantern", (struct merge_options){.trust = true}, STATUS_NOT_TRUSTED,
            "speaks for the office");
    assert_int_equal(one(m, "SELECT count(*) FROM answer WHERE note IS NOT NULL"), words);
    tried += 1;
    journal_close(m);
    journal_close(x);
    journal_close(y);
}

/* A receipt with the greatest number there is, under the key that was then stolen: the office's
 * receipts under its new key are obeyed all the same. */
static void a_receipt_for_ever(void **state) {
    (void)state;
    struct journal *m = open_office("rf-m.db", NULL), *y = open_device("rf-y.db", "tablet");
    struct receipt_state r;
    struct arena a = {0};
    struct buf number = {0};
    enrol_tablet(m, y, "rfy");
    work(y, 9, 10);
    send(y, "rf-1.lantern");
    merge_sealed(m, "rf-1.lantern");
    buf_u64(&number, (uint64_t)INT64_MAX - 1);
    plant(m, "receipt/number", number.data, number.size);
    pack_for(m, y, "rf-p1.lantern");
    read_sealed(y, "rf-p1.lantern");
    ok(receipt_newest(y, &r));
    assert_true(r.number == INT64_MAX);
    plant(m, "receipt/number", NULL, 0);
    ok(office_rotate(m));
    work(y, 10, 10);
    send(y, "rf-2.lantern");
    merge_sealed(m, "rf-2.lantern");
    pack_for(m, y, "rf-p2.lantern");
    struct merge_summary sum = read_sealed(y, "rf-p2.lantern");
    assert_true(sum.receipt);
    ok(receipt_newest(y, &r));
    assert_true(r.number < INT64_MAX);
    int64_t records;
    ok(export_waiting(y, &records, NULL));
    assert_int_equal(records, 0);
    tried += 1;
    buf_release(&number);
    arena_release(&a);
    journal_close(m);
    journal_close(y);
}

static struct succession signed_by(struct journal *by, const uint8_t before[32],
                                   const uint8_t after[32], const hash256 *provider,
                                   int64_t at) {
    struct succession s = {.at = at};
    struct buf message = {0};
    memcpy(s.before, before, 32);
    memcpy(s.after, after, 32);
    succession_message(&message, provider, &s);
    journal_sign(by, message.data, message.size, s.signature);
    buf_release(&message);
    return s;
}

/* Chains that go in circles, stand still, were signed by the wrong one or for another provider:
 * they end, and reach nobody. */
static void chains_of_keys(void **state) {
    (void)state;
    struct journal *d[4];
    struct journal_self k[4];
    hash256 p = hash_of("ours", 4), q = hash_of("theirs", 6);
    for (int i = 0; i < 4; i++) {
        d[i] = open_device(arena_printf(&test_arena, "ck-%d.db", i), "office");
        journal_self(d[i], &k[i]);
    }
    struct succession chain[6] = {
        signed_by(d[0], k[0].key, k[1].key, &p, 5), /* 0 → 1 */
        signed_by(d[1], k[1].key, k[0].key, &p, 5), /* and back, at the same time */
        signed_by(d[1], k[1].key, k[1].key, &p, 5), /* to itself */
        signed_by(d[2], k[1].key, k[2].key, &p, 5), /* 2 says that 1 chose it */
        signed_by(d[1], k[1].key, k[3].key, &q, 5), /* for another provider */
    };
    struct credentials c = {.successions = chain, .successions_count = 5};
    assert_true(succession_reaches(&c, &p, k[0].key, k[1].key));
    assert_true(succession_reaches(&c, &p, k[1].key, k[0].key));
    assert_false(succession_reaches(&c, &p, k[0].key, k[2].key));
    assert_false(succession_reaches(&c, &p, k[0].key, k[3].key));
    assert_false(succession_reaches(&c, &p, k[2].key, k[0].key));
    assert_true(succession_reaches(&c, &q, k[1].key, k[3].key));
    /* As many as fit, all from one key, and the last one written first. */
    struct succession many[SUCCESSIONS_MAX];
    for (int i = 0; i < SUCCESSIONS_MAX; i++) {
        uint8_t to[32] = {(uint8_t)i};
        many[i] = signed_by(d[0], k[0].key, to, &p, 5);
    }
    c = (struct credentials){.successions = many, .successions_count = SUCCESSIONS_MAX};
    assert_true(succession_reaches(&c, &p, k[0].key, many[63].after));
    assert_false(succession_reaches(&c, &p, k[0].key, k[1].key));
    tried += 6;
    for (int i = 0; i < 4; i++)
        journal_close(d[i]);
}

/* ---- an old pack, and words that were erased ---- */

static void erase(struct journal *m, row_id row) {
    struct erase_summary gone;
    ok(journal_erase(m, row, "asked for", 20000, &gone));
    assert_true(gone.versions > 0);
}

/* Words of the office's own, of a tablet's action that went out as a copy, and a draft about
 * it; the packs and bundles from before come out of a drawer, in any order. */
static void old_packs_bring_no_words_back(void **state) {
    (void)state;
    struct journal *m = open_office("ow-m.db", NULL), *y = open_device("ow-y.db", "tablet");
    struct journal *z = open_device("ow-z.db", "tablet");
    uint8_t box[32];
    struct journal_self self;
    enrol_tablet(m, y, "owy");
    enrol_tablet(m, z, "owz");
    struct row c = row_new(&kind_contact);
    row_text(&c, "label", "ZZCONTACT of the office");
    put(m, &c);
    row_id visit = add_visit(y, "NIGHT");
    struct row act = row_new(&kind_action);
    row_ref(&act, "visit", visit);
    row_text(&act, "reference", "B1");
    row_text(&act, "different", "ZZACTION of a tablet");
    put(y, &act);
    send(y, "ow-1.lantern");
    merge_sealed(m, "ow-1.lantern");
    row_id action = there(y, act.id, m);
    journal_self(z, &self);
    assert_true(key_of_signer(self.key, box));
    struct export_options pack = {.purpose = BUNDLE_PACK,
                                  .everything = true,
                                  .seal_to = box,
                                  .copies = &action,
                                  .copies_count = 1};
    export_to(m, "ow-p1.lantern", pack);
    read_sealed(z, "ow-p1.lantern");
    assert_true(file_holds("ow-z.db", "ZZACTION") && file_holds("ow-z.db", "ZZCONTACT"));
    char key[64];
    snprintf(key, sizeof key, "field/%lld/different", (long long)there(m, action, z));
    ok(draft_put(z, key, "ZZACTION again", 14));
    erase(m, action);
    erase(m, c.id);
    export_to(m, "ow-p2.lantern", pack);
    read_sealed(z, "ow-p2.lantern");
    assert_false(file_holds("ow-z.db", "ZZACTION") || file_holds("ow-z.db", "ZZCONTACT"));
    /* The old one again, under a name of its own: other bytes, the same words. */
    sqlite3 *db = NULL;
    journal_close(z);
    assert_int_equal(sqlite3_open(scratch("ow-z.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "DELETE FROM local WHERE key LIKE '%bundle/%'", 0, 0, 0),
                     SQLITE_OK);
    sqlite3_close(db);
    z = open_device("ow-z.db", "tablet");
    read_sealed(z, "ow-p1.lantern");
    assert_false(file_holds("ow-z.db", "ZZACTION") || file_holds("ow-z.db", "ZZCONTACT"));
    laws(z);
    /* A tablet that reads them the other way round. */
    pack_for(m, y, "ow-p3.lantern");
    read_sealed(y, "ow-p3.lantern");
    assert_false(file_holds("ow-y.db", "ZZACTION"));
    /* And the office its old bundle. */
    merge_sealed(m, "ow-1.lantern");
    assert_false(file_holds("ow-m.db", "ZZACTION") || file_holds("ow-m.db", "ZZCONTACT"));
    laws(m);
    laws(y);
    tried += 5;
    journal_close(m);
    journal_close(y);
    journal_close(z);
}

/* Words about somebody, in kinds of records that offices may not erase: as a provider's name,
 * and as a version of an answer that says it is a provider. Made by a tablet they are a
 * tablet's words, and go. */
static void words_behind_a_shield(void **state) {
    (void)state;
    struct journal *m = open_office("wb-m.db", NULL), *y = open_device("wb-y.db", "tablet");
    struct journal *x = open_device("wb-x.db", "tablet");
    struct arena a = {0};
    struct row r = row_new(&kind_provider);
    enrol_tablet(m, y, "wby");
    enrol_tablet(m, x, "wbx");
    row_id visit = add_visit(y, "NIGHT"), words = add_answer(y, visit, "met");
    send(y, "wb-1.lantern");
    merge_sealed(m, "wb-1.lantern");
    learn(x, y, "wb-0.lantern");
    row_text(&r, "code", "X1");
    row_text(&r, "name", "ZZSHIELD one");
    row_id shield = put(x, &r);
    row_text(&r, "code", "X2");
    r.id = 0;
    row_id two = put(x, &r), answer = there(y, words, x);
    x = change_own(x, "wb-x.db", "tablet",
                   arena_printf(&test_arena, "UPDATE provider SET id = %lld WHERE id = %lld",
                                (long long)answer, (long long)two));
    r.id = answer;
    row_text(&r, "name", "ZZSHIELD two, beside the answer");
    put(x, &r);
    send(x, "wb-2.lantern");
    merge_sealed(m, "wb-2.lantern");
    assert_true(file_holds("wb-m.db", "beside the answer"));
    erase(m, there(y, words, m));
    assert_false(file_holds("wb-m.db", "beside the answer"));
    erase(m, there(x, shield, m));
    erase(m, there(x, two, m));
    assert_false(file_holds("wb-m.db", "ZZSHIELD"));
    /* The office's own provider stands. */
    struct erase_summary gone;
    assert_int_equal(journal_erase(m, one(m, "SELECT id FROM provider WHERE code = 'P1'"),
                                   "because", 20000, &gone),
                     STATUS_INVALID);
    laws(m);
    tried += 2;
    arena_release(&a);
    journal_close(m);
    journal_close(y);
    journal_close(x);
}

/* A photo that the office asked for, and whose row was erased before it came; then a photo that
 * nothing names at all. Neither lies in the office's database afterwards. */
static void photos_that_nobody_asked_for(void **state) {
    (void)state;
    struct journal *m = open_office("ph-m.db", NULL), *y = open_device("ph-y.db", "tablet");
    static const char face[] = "ZZFACE: these bytes are somebody's face";
    hash256 name, none = {{0}};
    enrol_tablet(m, y, "phy");
    row_id visit = add_visit(y, "NIGHT");
    struct row r = row_new(&kind_attachment);
    ok(blob_put(y, face, sizeof face, &name));
    row_ref(&r, "visit", visit);
    row_ref(&r, "to", visit);
    row_hash(&r, "hash", &name);
    row_text(&r, "sort", "photo");
    put(y, &r);
    /* Its bytes are lost on the way. */
    ok(blob_drop(y, &name));
    send(y, "ph-1.lantern");
    merge_sealed(m, "ph-1.lantern");
    pack_for(m, y, "ph-p.lantern");
    read_sealed(y, "ph-p.lantern"); /* "send me that photo" */
    ok(blob_put(y, face, sizeof face, &name));
    erase(m, there(y, r.id, m));
    assert_int_equal(send(y, "ph-2.lantern").blobs, 1);
    merge_sealed(m, "ph-2.lantern");
    assert_false(blob_have(m, &name));
    assert_false(file_holds("ph-m.db", "ZZFACE"));
    laws(m);
    (void)none;
    tried += 1;
    journal_close(m);
    journal_close(y);
}

/* ---- a copied database ---- */

/* The office's database without its key file: the tokens of tablets that are not enrolled yet
 * let nobody in. */
static void a_copied_office_enrols_nobody(void **state) {
    (void)state;
    struct journal *m = open_office("co-m.db", NULL), *x = open_device("co-x.db", "tablet");
    struct journal_self office, own;
    struct arena a = {0};
    char **keys;
    struct buf *values;
    size_t n;
    hash256 provider;
    struct enrol_made made = first_pack(m, "co", "co-first.lantern");
    ok(union_kept(m, "enrol/tokens/", &a, &keys, &values, &n));
    assert_int_equal(n, 1);
    assert_null(memmem(values[0].data, values[0].size, made.token, TOKEN_BYTES));
    /* What stands there is no token for whoever takes it for one. */
    journal_self(m, &office);
    journal_self(x, &own);
    ok(provider_id(m, &provider));
    plant(x, KEPT_OFFICE_KEY, office.key, 32);
    plant(x, KEPT_OFFICE_PROVIDER, provider.b, 32);
    uint8_t token[TOKEN_BYTES] = {0};
    memcpy(token, values[0].data, values[0].size < 32 ? values[0].size : 32);
    struct proof p = {.mac = proof_mac(token, &provider, own.key)};
    memcpy(p.key, own.key, 32);
    token_id(made.token, p.token_id);
    ok(enrol_proof_keep(x, &p));
    work(x, 11, 10);
    plant(x, KEPT_TOKEN, token, 32);
    send(x, "co-1.lantern");
    refused(m, "co-1.lantern", AT_THE_DOOR, STATUS_NOT_TRUSTED, "not enrolled");
    /* The true tablet is let in, now and after new keys. */
    ok(office_rotate(m));
    struct journal *t = open_device("co-t.db", "tablet");
    read_first_pack(t, "co-first.lantern", made.code);
    work(t, 12, 10);
    send(t, "co-2.lantern");
    assert_true(merge_sealed(m, "co-2.lantern").enrolled);
    tried += 2;
    arena_release(&a);
    journal_close(m);
    journal_close(x);
    journal_close(t);
}

/* ---- words for the person at the office ---- */

/* A stranger's name is shown in a refusal; it does not speak to the terminal. */
static void names_that_speak_to_the_terminal(void **state) {
    (void)state;
    struct journal *m = open_office("tt-m.db", NULL), *x = NULL;
    struct journal_options o = {.path = scratch("tt-x.db"),
                                .clock = clock_manual(&now),
                                .device_name = "kind\x1b[2J\nAll is well.\r\xC2\x9B"
                                               "31m",
                                .device_role = "tablet"};
    struct journal_self office, own;
    struct merge_summary sum;
    hash256 provider;
    uint8_t token[TOKEN_BYTES] = {3};
    ok(journal_open(&x, &o));
    journal_self(m, &office);
    journal_self(x, &own);
    ok(provider_id(m, &provider));
    plant(x, KEPT_OFFICE_KEY, office.key, 32);
    plant(x, KEPT_OFFICE_PROVIDER, provider.b, 32);
    plant(x, KEPT_TOKEN, token, 32);
    plant(x, KEPT_TOKEN_KEY, own.key, 32);
    work(x, 13, 10);
    send(x, "tt-1.lantern");
    enum status s = try_merge(m, "tt-1.lantern", AT_THE_DOOR, &sum);
    assert_true(s == STATUS_NOT_TRUSTED || s == STATUS_DAMAGED);
    for (const char *p = status_detail(); *p; p++)
        assert_false((uint8_t)*p < 0x20 || (uint8_t)*p == 0x7f);
    assert_null(strstr(status_detail(), "\xC2\x9B"));
    tried += 1;
    journal_close(m);
    journal_close(x);
}

static int say_figure(void **state) {
    printf("figure: attacks tried on master and tablet: %d\n", tried);
    return end(state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_office_by_its_own_word),
        cmocka_unit_test(a_seal_for_somebody_elses_check),
        cmocka_unit_test(the_last_stamp_there_is),
        cmocka_unit_test(versions_of_what_another_wrote),
        cmocka_unit_test(a_pack_for_the_office),
        cmocka_unit_test(proofs_for_a_friend),
        cmocka_unit_test(a_wrong_salt_for_anothers_words),
        cmocka_unit_test(a_fork_on_purpose),
        cmocka_unit_test(a_provider_of_zeros),
        cmocka_unit_test(signed_for_another_provider),
        cmocka_unit_test(a_former_key_carries_nothing),
        cmocka_unit_test(a_former_key_through_a_tablet),
        cmocka_unit_test(the_offices_log_without_its_key),
        cmocka_unit_test(a_receipt_for_ever),
        cmocka_unit_test(chains_of_keys),
        cmocka_unit_test(old_packs_bring_no_words_back),
        cmocka_unit_test(words_behind_a_shield),
        cmocka_unit_test(photos_that_nobody_asked_for),
        cmocka_unit_test(a_copied_office_enrols_nobody),
        cmocka_unit_test(names_that_speak_to_the_terminal),
    };
    return cmocka_run_group_tests(tests, begin, say_figure);
}
