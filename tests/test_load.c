/* test_load.c -- tables in memory that fill while somebody works.
 *
 * needs: store base
 *
 * Tablets, a copy of one of them, and an office write by lot, see each other's records now and
 * then, seal checks early and late, erase and revoke. Each of their databases is then opened
 * with load_later beside one that is opened whole. At every moment a row is either not there or
 * exactly right; whatever is asked or written meanwhile, the end is what a rebuild gives. */
#include "pieces.h"
#include "rest_env.h"
#include "revoke_hand.h"

enum { TABLET, OTHER, OFFICE, COPY, DEVICES };
static struct device cast[DEVICES];
static hash256 tables_of[DEVICES]; /* as they were on the disk */
static bool took_part[DEVICES];
static const struct kind *const bulk[] = {&kind_answer, &kind_timing, &kind_room,
                                          &kind_attachment, &kind_told};
#define BULK (int)(sizeof bulk / sizeof bulk[0])

/* ---- what they write ---- */

static row_id nth(struct journal *j, const char *table, int64_t n) {
    char sql[120];
    snprintf(sql, sizeof sql,
             "SELECT id FROM \"%s\" ORDER BY lantern_order(id) LIMIT 1 OFFSET ?1", table);
    return query_one_int(j, 0, sql, 1, n);
}

static int64_t rows_of(struct journal *j, const char *table) {
    char sql[80];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\"", table);
    return query_one_int(j, 0, sql, 0);
}

static row_id any(struct journal *j, const char *table) {
    int64_t n = rows_of(j, table);
    return n ? nth(j, table, below((int)n)) : 0;
}

/* One that has its words. */
static row_id an_answer(struct journal *j) {
    static const char count[] = "SELECT count(*) FROM answer WHERE visit IS NOT NULL";
    int64_t n = query_one_int(j, 0, count, 0);
    return n ? query_one_int(j, 0,
                             "SELECT id FROM answer WHERE visit IS NOT NULL ORDER BY "
                             "lantern_order(id) LIMIT 1 OFFSET ?1",
                             1, (int64_t)below((int)n))
             : 0;
}

/* Mostly the check that is under way. */
static row_id a_visit(struct journal *j) {
    if (below(4) == 0) return any(j, "visit");
    return query_one_int(j, 0, "SELECT id FROM visit ORDER BY hlc DESC LIMIT 1", 0);
}

static bool try_put(struct journal *j, struct row *r) {
    enum status s = journal_put_alone(j, r);
    if (s != STATUS_SEALED) OK(s);
    return s == STATUS_OK;
}

static void add_visit(struct journal *j) {
    struct row s = row_new(&kind_service), v = row_new(&kind_visit);
    row_text(&s, "code", below(5) ? "S1" : "S2");
    row_text(&s, "name", "a home");
    put_alone(j, &s);
    row_ref(&v, "service", s.id);
    row_text(&v, "template", "NIGHT");
    row_int(&v, "started", NOON + below(100000));
    put_alone(j, &v);
}

static void add_bulk(struct journal *j, row_id visit) {
    static const char *const words[] = {"met", "partly", "not_met", "not_seen"};
    char note[40];
    int which = below(8);
    struct row r = row_new(bulk[which < BULK ? which : 0]);
    snprintf(note, sizeof note, "seen %d times", below(1000));
    if (r.kind == &kind_told) {
        row_text(&r, "text", note);
    } else {
        row_ref(&r, "visit", visit);
    }
    if (r.kind == &kind_answer) {
        row_text(&r, "item", words[below(4)]);
        row_text(&r, "note", note);
    }
    if (r.kind == &kind_timing) row_text(&r, "item", "N1");
    if (r.kind == &kind_room) row_text(&r, "section", "N");
    if (r.kind == &kind_attachment) row_text(&r, "sort", "photo");
    try_put(j, &r);
}

static void change(struct journal *j, row_id id) {
    struct arena a = {0};
    struct row r;
    char note[40];
    snprintf(note, sizeof note, "seen %d times", below(1000));
    OK(journal_row(j, &kind_answer, id, &a, &r));
    row_text(&r, "note", note);
    if (below(6) == 0) row_ref(&r, "visit", any(j, "visit")); /* moved to another check */
    try_put(j, &r);
    arena_release(&a);
}

static void take_back(struct journal *j, row_id id) {
    struct arena a = {0};
    struct version *v;
    size_t n;
    OK(journal_history(j, id, &a, &v, &n));
    OK(journal_begin(j));
    enum status s = journal_revert(j, &kind_answer, id, n ? v[below((int)n)].record : 0);
    if (s == STATUS_SEALED || s == STATUS_NOT_FOUND) {
        journal_rollback(j);
    } else {
        OK(s);
        OK(journal_commit(j));
    }
    arena_release(&a);
}

static void add_words(struct journal *j, row_id visit) {
    struct row r = row_new(below(2) ? &kind_observation : &kind_feedback);
    row_ref(&r, "visit", visit);
    row_text(&r, "text", "words");
    try_put(j, &r);
}

static void write_something(struct device *d) {
    struct journal *j = d->j;
    d->clock.wall_ms += below(5000);
    row_id visit = a_visit(j), id = an_answer(j);
    int lot = below(40);
    if (!visit || lot < 3) {
        add_visit(j);
    } else if (lot < 7) {
        struct row r = row_new(&kind_seal);
        row_ref(&r, "visit", visit);
        try_put(j, &r);
    } else if (lot < 9) {
        add_words(j, visit);
    } else if (id && lot < 13) {
        change(j, id);
    } else if (id && lot < 15) {
        take_back(j, id);
    } else {
        add_bulk(j, visit);
    }
}

/* ---- what happens to them ---- */

static void office_acts(struct device *office) {
    row_id id = any(office->j, "answer");
    if (id && below(2)) {
        enum status s = journal_erase(office->j, id, "asked for", 20800, NULL);
        if (s != STATUS_EXISTS) OK(s);
    } else {
        struct arena a = {0};
        struct log_info *logs;
        size_t n;
        OK(union_logs(office->j, &a, &logs, &n));
        struct log_info *log = &logs[below((int)n)];
        struct journal_self self;
        journal_self(office->j, &self);
        if (log->no != self.log && log->last_seq >= log->first_seq + 4)
            revoke(office, log,
                   log->first_seq + below((int)(log->last_seq - log->first_seq) + 1));
        arena_release(&a);
    }
}

static void make_world(uint64_t seed, int steps) {
    char name[4][40];
    static const char *const roles[] = {"tablet", "other", "office", "copy"};
    dice.s = seed;
    for (int i = 0; i < DEVICES; i++)
        snprintf(name[i], sizeof name[i], "w%d-%s.db", (int)seed, roles[i]);
    device_open(&cast[TABLET], name[TABLET], "tablet");
    device_open(&cast[OTHER], name[OTHER], "tablet");
    office_open(&cast[OFFICE], name[OFFICE]);
    int devices = 3, copied = below(2) ? steps / 2 : -1;
    for (int i = 0; i < steps; i++) {
        if (i == copied) {
            copy_of(&cast[COPY], name[COPY], &cast[TABLET]);
            devices = 4;
        }
        int d = below(devices);
        if (d == OFFICE && below(12) == 0)
            office_acts(&cast[OFFICE]);
        else
            write_something(&cast[d]);
        int x = below(devices), y = below(devices);
        if (below(30) == 0 && x != y) carry_all(cast[x].j, cast[y].j);
    }
    for (int i = 0; i < devices; i++)
        if (i != OFFICE) carry_all(cast[i].j, cast[OFFICE].j);
    carry_all(cast[OFFICE].j, cast[OTHER].j);
    for (int i = 0; i < DEVICES; i++) {
        took_part[i] = i < devices;
        if (!took_part[i]) continue;
        tables_of[i] = tables_hash(cast[i].j);
        journal_close(cast[i].j);
    }
}

/* ---- opened so and so ---- */

static struct journal *open_copy(const struct device *of, const char *name, bool later,
                                 struct clock_manual *clock) {
    struct journal *j = NULL;
    char path[300];
    snprintf(path, sizeof path, "%s", scratch(name));
    copy_file(of->path, path);
    copy_key(of->path, path);
    *clock = of->clock;
    OK(journal_open(
        &j, &(struct journal_options){.path = path,
                                      .clock = clock_manual(clock),
                                      .device_name = "a device",
                                      .device_role = of == &cast[OFFICE] ? "office" : "tablet",
                                      .memory_tables = true,
                                      .rest_key = test_rest_key(),
                                      .load_later = later,
                                      .load_newest = 1}));
    believe_sealed(j);
    return j;
}

static bool step(struct journal *j) {
    bool done = false;
    double part = -1;
    OK(journal_load_step(j, 0, &done, &part));
    assert_true(part >= 0 && part <= 1);
    assert_int_equal(done, !journal_loading(j));
    return !done;
}

static void load_all(struct journal *j) {
    while (step(j))
        ;
}

/* Every column of every row as one text, without those that `other` has not got. */
static hash256 rows_hash(struct journal *j, const struct kind *k, struct journal *other,
                         int64_t *count) {
    struct hash_state h;
    struct buf sql = {0};
    struct query q;
    char there[80];
    snprintf(there, sizeof there, "SELECT count(*) FROM \"%s\" WHERE id = ?1", k->name);
    hash_start(&h);
    buf_text(&sql, "SELECT id, quote(version) || quote(hlc) || quote(at) || quote(\"by\") || "
                   "quote(made_at) || quote(made_by) || quote(withdrawn) || quote(rival)");
    for (const struct column *c = k->columns; c->name; c++)
        buf_printf(&sql, " || quote(\"%s\")", c->name);
    buf_printf(&sql, " FROM \"%s\" ORDER BY id", k->name);
    struct arena a = {0};
    for (query_open(&q, j, buf_str(&sql), 0); query_next(&q);) {
        row_id id = query_int(&q, 0);
        if (other && !query_one_int(other, 0, there, 1, id)) continue;
        const char *text = query_text(&q, 1, &a);
        hash_add(&h, &id, sizeof id);
        hash_add(&h, text, strlen(text));
        ++*count;
    }
    OK(query_close(&q));
    arena_release(&a);
    buf_release(&sql);
    return hash_end(&h);
}

/* Nothing half: what is there is right, and what a check under way needs is there. */
static void absent_or_right(struct journal *j, struct journal *whole) {
    for (size_t i = 0; i < kinds_count; i++) {
        const struct kind *k = kind_at(i);
        int64_t here = 0, there = 0;
        hash256 a = rows_hash(j, k, NULL, &here), b = rows_hash(whole, k, j, &there);
        if (memcmp(&a, &b, 32) != 0 || here != there)
            fail_msg("%s: rows that are not right", k->name);
        if (!k->bulk) assert_int_equal(here, rows_of(whole, k->name));
    }
    static const char open_checks[] =
        "SELECT count(*) FROM answer WHERE visit NOT IN (SELECT visit FROM sealed)";
    assert_int_equal(query_one_int(j, -1, open_checks, 0),
                     query_one_int(whole, -2, open_checks, 0));
}

static void same_end(struct journal *j, struct journal *whole) {
    hash256 a = tables_hash(j), b = tables_hash(whole);
    assert_memory_equal(&a, &b, 32);
}

/* What a rebuild gives, whatever has been written. */
static void right_end(struct journal *j) {
    assert_false(journal_loading(j));
    hash256 a = tables_hash(j), b;
    laws(j);
    OK(journal_rebuild(j));
    b = tables_hash(j);
    assert_memory_equal(&a, &b, 32);
}

/* ---- the tests ---- */

static int worlds(void) {
    return more(3, 30);
}

static void in_steps_as_at_once(void **state) {
    (void)state;
    int64_t later = 0, all = 0, steps = 0;
    for (int w = 0; w < worlds(); w++) {
        make_world(100 + (uint64_t)w, more(220, 1500));
        for (int i = 0; i < DEVICES; i++) {
            struct clock_manual ca, cb;
            if (!took_part[i]) continue;
            struct journal *whole = open_copy(&cast[i], "whole.db", false, &ca);
            struct journal *j = open_copy(&cast[i], "later.db", true, &cb);
            hash256 h = tables_hash(whole);
            assert_memory_equal(&h, &tables_of[i], 32);
            all += rows_of(whole, "answer");
            later += rows_of(whole, "answer") - rows_of(j, "answer");
            do {
                absent_or_right(j, whole);
                steps++;
            } while (step(j));
            same_end(j, whole);
            laws(j);
            journal_close(j);
            journal_close(whole);
        }
    }
    assert_true(later > all / 4);
    printf("figure: %lld of %lld answers came later, in %lld steps\n", (long long)later,
           (long long)all, (long long)steps);
}

/* A row that is not here yet, read, changed, withdrawn or taken back. */
static void ask_for_one(struct journal *j, struct journal *whole) {
    struct arena a = {0};
    struct row r, want;
    const struct kind *k = bulk[below(BULK)];
    row_id id = any(whole, k->name);
    if (!id) return;
    enum status s = journal_row(whole, k, id, &a, &want);
    OK(s);
    must_be(STATUS_OK, journal_row(j, k, id, &a, &r), "a row that comes later");
    for (int i = 0; k->columns[i].name; i++) {
        assert_int_equal(r.values[i].said, want.values[i].said);
        if (want.values[i].p)
            assert_memory_equal(r.values[i].p, want.values[i].p, want.values[i].n);
        else
            assert_int_equal(r.values[i].i, want.values[i].i);
    }
    arena_release(&a);
}

/* One older check is looked at: all of it is here. */
static void look_at_one(struct journal *j, struct journal *whole) {
    row_id visit = any(whole, "visit");
    if (!visit) return;
    OK(journal_load_visit(j, visit));
    for (int i = 0; i < BULK; i++) {
        char sql[120];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\" WHERE visit = ?1",
                 bulk[i]->name);
        assert_int_equal(query_one_int(j, -1, sql, 1, visit),
                         query_one_int(whole, -2, sql, 1, visit));
    }
    absent_or_right(j, whole);
}

static enum status write_one(struct journal *j, row_id id, int how) {
    struct arena a = {0};
    struct row r;
    struct version *v;
    size_t n;
    enum status s = STATUS_OK;
    OK(journal_begin(j));
    if (how == 0) {
        s = journal_withdraw(j, &kind_answer, id);
    } else if (how == 1) {
        OK(journal_history(j, id, &a, &v, &n));
        s = journal_revert(j, &kind_answer, id, n ? v[0].record : 0);
    } else {
        s = journal_row(j, &kind_answer, id, &a, &r);
        if (!s) row_text(&r, "note", "later");
        if (!s) s = journal_put(j, &r);
    }
    if (s || how == 3)
        journal_rollback(j);
    else
        OK(journal_commit(j));
    arena_release(&a);
    return s;
}

static void writing_meanwhile(void **state) {
    (void)state;
    int64_t asked = 0, refused = 0, written = 0;
    for (int w = 0; w < worlds(); w++) {
        make_world(200 + (uint64_t)w, more(220, 1500));
        for (int i = 0; i < DEVICES; i++) {
            struct device d, e;
            if (!took_part[i]) continue;
            e.j = open_copy(&cast[i], "whole.db", false, &e.clock);
            d.j = open_copy(&cast[i], "later.db", true, &d.clock);
            for (int n = 0; n < 12; n++, asked++) {
                ask_for_one(d.j, e.j);
                if (n % 4 == 0) look_at_one(d.j, e.j);
                if (n % 6 == 0) step(d.j);
            }
            absent_or_right(d.j, e.j);
            do {
                row_id id = an_answer(e.j);
                int how = below(4);
                if (id) {
                    enum status s = write_one(d.j, id, how);
                    enum status t = write_one(e.j, id, how);
                    if (i % 2) assert_int_equal(s, t);
                    refused += s == STATUS_SEALED;
                    written += s == STATUS_OK;
                }
                if (i % 2 == 0) write_something(&d);
                d.clock.boot_ms += 100;
            } while (step(d.j));
            right_end(d.j);
            journal_close(d.j);
            journal_close(e.j);
        }
    }
    assert_true(refused && written);
    printf("figure: %lld rows asked for, %lld written, %lld refused as sealed\n",
           (long long)asked, (long long)written, (long long)refused);
}

/* ---- whoever needs all ---- */

enum asked {
    DIGEST,
    DIGEST_THEN_ROLLBACK,
    VERIFY,
    VERIFY_STEPS,
    REBUILD,
    REBUILD_THEN_ROLLBACK,
    UNION,
    ERASE,
    NEW_KEY,
    SEAL,
    ROLLBACK,
    CLOSE,
    ASKED
};

static void ask(struct device *d, struct journal *whole, enum asked what) {
    struct journal_report report;
    hash256 h, want;
    int64_t n = 0, m = 0;
    bool done = false;
    row_id visit = any(whole, "visit"), id = any(whole, "answer");
    switch (what) {
    case DIGEST:
    case DIGEST_THEN_ROLLBACK:
        OK(journal_visit_digest(whole, visit, &want, &n));
        if (what == DIGEST_THEN_ROLLBACK) OK(journal_begin(d->j));
        OK(journal_visit_digest(d->j, visit, &h, &m));
        assert_int_equal(n, m);
        assert_memory_equal(&h, &want, 32);
        if (what == DIGEST_THEN_ROLLBACK) journal_rollback(d->j);
        break;
    case VERIFY:
        OK(journal_verify(d->j, &report));
        break;
    case VERIFY_STEPS:
        while (!done)
            OK(journal_verify_step(d->j, 1, &done));
        break;
    case REBUILD:
        OK(journal_rebuild(d->j));
        break;
    case REBUILD_THEN_ROLLBACK:
        OK(journal_begin(d->j));
        OK(journal_rebuild(d->j));
        assert_false(journal_loading(d->j));
        journal_rollback(d->j);
        break;
    case UNION:
        OK(union_begin(d->j));
        assert_false(journal_loading(d->j));
        union_rollback(d->j);
        break;
    case ERASE: {
        enum status s = journal_erase(d->j, id, "asked for", 20800, NULL);
        if (s != STATUS_INVALID && s != STATUS_EXISTS) OK(s); /* a tablet may not */
        break;
    }
    case NEW_KEY: {
        uint8_t former[32];
        OK(journal_new_key(d->j, former));
        add_visit(d->j); /* what counts under the new key is looked at by the next commit */
        break;
    }
    case SEAL: {
        struct row r = row_new(&kind_seal);
        row_ref(&r, "visit", visit);
        try_put(d->j, &r);
        break;
    }
    case ROLLBACK:
        OK(journal_begin(d->j));
        add_bulk(d->j, visit);
        break;
    case CLOSE:
    case ASKED:
        break;
    }
}

static void at_every_moment(void **state) {
    (void)state;
    int64_t moments = 0;
    for (int w = 0; w < more(1, 8); w++) {
        make_world(300 + (uint64_t)w, more(220, 1500));
        for (int i = 0; i < DEVICES; i++) {
            struct device d, e;
            if (!took_part[i]) continue;
            e.j = open_copy(&cast[i], "whole.db", false, &e.clock);
            bool more_to_come = true;
            for (int before = 0; more_to_come; before += more(6, 1)) {
                for (int what = 0; what < ASKED; what++, moments++) {
                    if (what == ROLLBACK) continue;
                    d.j = open_copy(&cast[i], "later.db", true, &d.clock);
                    more_to_come = journal_loading(d.j);
                    for (int n = 0; n < before && more_to_come; n++)
                        more_to_come = step(d.j);
                    ask(&d, e.j, (enum asked)what);
                    if (what == CLOSE) {
                        journal_close(d.j);
                        continue;
                    }
                    load_all(d.j);
                    if (what < ERASE) same_end(d.j, e.j);
                    right_end(d.j);
                    journal_close(d.j);
                }
            }
            journal_close(e.j);
        }
    }
    printf("figure: %lld moments\n", (long long)moments);
}

/* ---- how it goes on ---- */

static void told_twice_a_second(void **state) {
    (void)state;
    struct clock_manual clock;
    make_world(7, 1000);
    struct journal *j = open_copy(&cast[OFFICE], "later.db", true, &clock);
    int64_t before = journal_generation(j), committed = journal_committed(j), steps = 0;
    int64_t wal = file_size(scratch("later.db-wal"));
    for (bool more_to_come = true; more_to_come; steps++) {
        clock.boot_ms += 50;
        more_to_come = step(j);
    }
    int64_t told = journal_generation(j) - before;
    assert_true(steps > 20);
    assert_true(told >= 1 && told <= steps * 50 / 500 + 1);
    assert_int_equal(journal_committed(j), committed);
    assert_int_equal(file_size(scratch("later.db-wal")), wal);
    printf("figure: %lld steps, told %lld times\n", (long long)steps, (long long)told);
    journal_close(j);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_steps_as_at_once),
        cmocka_unit_test(writing_meanwhile),
        cmocka_unit_test(at_every_moment),
        cmocka_unit_test(told_twice_a_second),
    };
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
