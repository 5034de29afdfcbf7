/* test_orders.c -- random orders, repeats and splits of what eight tablets send and of what the
 * office sends back: one result.
 *
 * needs: sync store base
 *
 * Eight enrolled tablets work three rounds. After each, every one sends a sealed bundle; some
 * are lost on the way, so later ones overlap them; the office answers with sealed packs that
 * hold copies of the others' open actions, which some tablets read and work on, and some do
 * not. Two more offices (copies of the first) get a part of it and carry it on in bundles of
 * their own, so that sections are split and joined elsewhere. All that is the heap. Then, again
 * and again: a master as the office was at the beginning reads the whole heap in random order
 * with repeats; a tablet reads all its packs in random order with repeats, now and then mixed
 * with the others' own bundles, so that a copy comes before or after the section it was taken
 * from. Masters end with one content hash and equal tables; a tablet with what its first order
 * gave, equal to the master restricted to the records it holds; and tables are what a rebuild
 * gives.
 *
 * Databases live in memory below SQLite (vfs_shim.c): a thousand orders need no disk. */
#include "merge_help.h"

#include "vfs_shim.c"

#define TABLETS      8
#define ROUNDS       3
#define HEAP_MAX     80
#define PACKS_MAX    8
#define FILE_OF(...) arena_printf(&test_arena, __VA_ARGS__)
#define OTHERS       2 /* tablets whose own bundles a tablet reads in the mixed orders */

/* A database and its key file at one moment. */
struct kept_device {
    struct buf database;
    char key[300];
    const char *role;
};

/* Made once for all tests. */
static struct {
    uint8_t recovery[32];
    struct kept_device master, tablets[TABLETS];
    char *heap[HEAP_MAX];
    size_t heap_count;
    char *own[TABLETS][ROUNDS];
    char *packs[TABLETS][PACKS_MAX];
    size_t packs_count[TABLETS];
    hash256 content, tables; /* of every master */
    int64_t records, lost, sealed, merges, reads, mixed;
} all;

/* ---- devices that come back ---- */

static struct kept_device keep_device(const char *name, const char *role) {
    struct kept_device k = {.role = role};
    assert_int_equal(file_read(scratch(name), 64 << 20, &k.database), STATUS_OK);
    snprintf(k.key, sizeof k.key, "%s.key", scratch(name));
    assert_true(file_exists(k.key));
    return k;
}

/* The same device at that moment, in memory, under that name. */
static struct journal *revive(const struct kept_device *k, const char *name) {
    char path[64];
    struct journal *j = NULL;
    snprintf(path, sizeof path, "/memory/%s", name);
    int at = shim_find(path, true);
    assert_true(at >= 0);
    file_put(&shim.files[at], 0, k->database.data, (int64_t)k->database.size);
    shim.files[at].there = true;
    struct journal_options o = {.path = path,
                                .key_path = k->key,
                                .clock = clock_manual(&now),
                                .device_name = name,
                                .device_role = k->role,
                                .vfs = "shim",
                                .rest_key = test_rest_key()};
    enum status s = journal_open(&j, &o);
    if (s) print_error("revive: %s\n", status_detail());
    assert_int_equal(s, STATUS_OK);
    return j;
}

/* ---- the heap ---- */

static size_t open_actions(struct journal *m, row_id *out, size_t most) {
    struct query q;
    size_t n = 0;
    for (query_open(&q, m, "SELECT id FROM action WHERE withdrawn = 0 ORDER BY id", 0);
         query_next(&q) && n < most;)
        out[n++] = query_int(&q, 0);
    assert_int_equal(query_close(&q), STATUS_OK);
    return n;
}

/* A sealed pack for tablet i, with copies of every open action. */
static void answer_tablet(struct journal *m, struct journal *t, int i) {
    struct journal_self self;
    uint8_t box[32];
    row_id actions[256];
    size_t n = open_actions(m, actions, 256);
    assert_true(all.packs_count[i] < PACKS_MAX);
    char *name = FILE_OF("or-p%d-%d.lantern", i, (int)all.packs_count[i]);
    journal_self(t, &self);
    assert_true(key_of_signer(self.key, box));
    struct export_summary sum = export_to(m, name,
                                          (struct export_options){.purpose = BUNDLE_PACK,
                                                                  .everything = true,
                                                                  .copies = actions,
                                                                  .copies_count = n,
                                                                  .seal_to = box});
    assert_true(sum.sealed);
    all.packs[i][all.packs_count[i]++] = name;
}

/* Another tablet's action, which came as a copy: a step of its own, and a change now and then.
 */
static void work_on_copies(struct journal *t, draw *d) {
    struct arena a = {0};
    row_id actions[256];
    size_t n = open_actions(t, actions, 256);
    for (int i = 0; i < 2 && n; i++) {
        row_id action = actions[draw_below(d, (uint32_t)n)];
        struct row step = row_new(&kind_step), r;
        row_ref(&step, "action", action);
        row_text(&step, "sort", "seen_working");
        put(t, &step);
        if (draw_below(d, 2)) continue;
        assert_int_equal(journal_row(t, &kind_action, action, &a, &r), STATUS_OK);
        row_text(&r, "different", i ? "The cord hangs free" : "People in bed can call");
        put(t, &r);
    }
    arena_release(&a);
}

static void one_round(struct journal *m, struct journal **t, int round, draw *d) {
    for (int i = 0; i < TABLETS; i++) {
        work(t[i], (uint64_t)(100 * i + round + 1), 12);
        add_action(t[i], add_visit(t[i], "NIGHT"), FILE_OF("M-%d%d", i, round));
        if (round) work_on_copies(t[i], d);
        char *name = FILE_OF("or-%d-%d.lantern", i, round);
        struct export_summary sum = send(t[i], name);
        assert_true(sum.sealed);
        all.own[i][round] = all.heap[all.heap_count++] = name;
        all.sealed++;
        if (draw_below(d, 4) == 0)
            all.lost++; /* on its way */
        else
            merge_sealed(m, name);
    }
    for (int i = 0; i < TABLETS; i++) {
        answer_tablet(m, t[i], i);
        if (i < TABLETS / 2) read_sealed(t[i], all.packs[i][all.packs_count[i] - 1]);
    }
}

/* An office that got some of it and carries it on. */
static void carry_on(int number, draw *d) {
    struct journal *r = revive(&all.master, number ? "carrier-1" : "carrier-0");
    size_t sent = all.heap_count;
    for (int i = 0; i < 10; i++)
        merge(r, all.heap[draw_below(d, (uint32_t)sent)]);
    char *name = FILE_OF("or-carried-%d.lantern", number);
    struct export_summary sum = export_to(
        r, name, (struct export_options){.purpose = BUNDLE_TO_OFFICE, .everything = true});
    assert_true(sum.records > 50);
    all.heap[all.heap_count++] = name;
    journal_close(r);
}

static int64_t journal_records(struct journal *j) {
    return query_one_int(j, -1, "SELECT count(*) FROM journal WHERE coalesce(copy, 0) = 0", 0);
}

static int make_heap(void **state) {
    draw d = {.s = 8};
    struct journal *t[TABLETS];
    begin(state);
    shim_register();
    struct journal *m = open_office("or-m.db", all.recovery);
    for (int i = 0; i < TABLETS; i++) {
        t[i] = open_device(FILE_OF("or-t%d.db", i), "tablet");
        enrol_tablet(m, t[i], FILE_OF("tablet-%d", i));
    }
    journal_close(m);
    all.master = keep_device("or-m.db", "office"); /* enrolled, and nothing has come yet */
    m = open_device("or-m.db", "office");
    for (int round = 0; round < ROUNDS; round++)
        one_round(m, t, round, &d);
    for (int number = 0; number < 2; number++)
        carry_on(number, &d);
    for (size_t i = 0; i < all.heap_count; i++)
        merge(m, all.heap[i]);
    for (int i = 0; i < TABLETS; i++)
        answer_tablet(m, t[i], i); /* the last word */
    int64_t rows;
    all.content = content(m);
    all.tables = tables_of(m, false, &rows);
    all.records = journal_records(m);
    laws(m);
    journal_close(m);
    for (int i = 0; i < TABLETS; i++) {
        journal_close(t[i]);
        all.tablets[i] = keep_device(FILE_OF("or-t%d.db", i), "tablet");
    }
    return 0;
}

static int forget_heap(void **state) {
    buf_release(&all.master.database);
    for (int i = 0; i < TABLETS; i++)
        buf_release(&all.tablets[i].database);
    shim_forget_files();
    return end(state);
}

/* ---- orders ---- */

static int orders_wanted(void) {
    return getenv("LANTERN_TEST_ALL") ? 1000 : 40;
}

/* All of 0 … n-1 at least once, some again, in random order. Returns how many. */
static size_t random_order(draw *d, size_t n, size_t *out, size_t most) {
    size_t count = 0, again = draw_below(d, 8);
    for (size_t i = 0; i < n; i++)
        out[count++] = i;
    for (size_t i = 0; i < again && count < most; i++)
        out[count++] = draw_below(d, (uint32_t)n);
    for (size_t i = count - 1; i > 0; i--) {
        size_t k = draw_below(d, (uint32_t)i + 1), t = out[i];
        out[i] = out[k];
        out[k] = t;
    }
    return count;
}

static void every_master_is_one(void **state) {
    (void)state;
    int orders = orders_wanted();
    int64_t rows, gaps = 0;
    for (int i = 0; i < orders; i++) {
        draw d = {(uint64_t)i * 104729 + 3};
        size_t order[HEAP_MAX + 8];
        size_t n = random_order(&d, all.heap_count, order, HEAP_MAX + 8);
        struct journal *m = revive(&all.master, "master");
        for (size_t k = 0; k < n; k++, all.merges++) {
            struct merge_summary sum = merge(m, all.heap[order[k]]);
            if (sum.forks) fail_msg("order %d: a fork", i);
            gaps += sum.gaps;
        }
        hash256 h = content(m);
        assert_memory_equal(h.b, all.content.b, 32);
        h = tables_of(m, false, &rows);
        assert_memory_equal(h.b, all.tables.b, 32);
        assert_int_equal(journal_records(m), all.records);
        if (i % 10 == 0) laws(m); /* a rebuild gives these tables */
        journal_close(m);
        shim_forget_files();
    }
    printf(
        "figure: %d random orders of %zu bundles of %d enrolled tablets (%lld sealed, %lld of "
        "them lost at first, 2 carried on by other offices), %lld merges, %lld gaps on the "
        "way: %lld records, one content hash, equal tables\n",
        orders, all.heap_count, TABLETS, (long long)all.sealed, (long long)all.lost,
        (long long)all.merges, (long long)gaps, (long long)all.records);
}

/* ---- a tablet and the master restricted to what it holds ---- */

static void put_copy(struct journal *m, struct journal *to, const hash256 *log, int64_t seq,
                     const hash256 *hash) {
    struct log_info info;
    struct union_reader *u = NULL;
    struct record_wire r;
    assert_int_equal(union_log_by_id(m, log, &info), STATUS_OK);
    assert_int_equal(union_read_open(&u, m, info.no, seq, seq), STATUS_OK);
    assert_true(union_read_next(u, &r));
    assert_memory_equal(&r.hash, hash, 32); /* the record that the tablet holds */
    assert_int_equal(union_add_copy(to, log, &r), STATUS_OK);
    assert_int_equal(union_read_close(u), STATUS_OK);
}

static void put_section(struct journal *m, struct journal *to, const struct log_info *have) {
    struct log_info info;
    struct union_section *section = NULL;
    struct union_outcome out;
    struct union_reader *u = NULL;
    struct record_wire r;
    hash256 previous;
    uint8_t key[32];
    assert_int_equal(have->first_seq, 1);
    assert_int_equal(have->last_seq, have->highest_seq);
    assert_int_equal(union_log_by_id(m, &have->id, &info), STATUS_OK);
    assert_int_equal(union_read_base(m, info.no, 1, &previous, key), STATUS_OK);
    assert_int_equal(union_section_start(&section, to, &info.id, info.key, info.incarnation, 1,
                                         &previous, key),
                     STATUS_OK);
    assert_int_equal(union_read_open(&u, m, info.no, 1, have->last_seq), STATUS_OK);
    while (union_read_next(u, &r))
        assert_int_equal(union_section_add(section, &r), STATUS_OK);
    assert_int_equal(union_read_close(u), STATUS_OK);
    assert_int_equal(union_section_end(section, &out), STATUS_OK);
    assert_memory_equal(&out.head, &have->last_hash, 32);
}

/* A new journal gets from the master just the records that the tablet holds: equal tables. */
static void equals_restricted(struct journal *t, struct journal *m, int64_t *copies) {
    struct arena a = {0};
    struct log_info *logs;
    struct query q;
    size_t n;
    int64_t rows, rows_here;
    struct journal *r = NULL;
    struct journal_options o = {.path = ":memory:",
                                .key_path = scratch("or-restricted.key"),
                                .clock = clock_manual(&now),
                                .device_name = "restricted",
                                .device_role = "tablet",
                                .rest_key = test_rest_key()};
    assert_int_equal(journal_open(&r, &o), STATUS_OK);
    assert_int_equal(union_begin(r), STATUS_OK);
    assert_int_equal(union_logs(t, &a, &logs, &n), STATUS_OK);
    for (size_t i = 0; i < n; i++)
        if (logs[i].last_seq > 0) put_section(m, r, &logs[i]);
    for (query_open(&q, t, "SELECT lantern_order(id), hash FROM journal WHERE copy = 1", 0);
         query_next(&q); ++*copies) {
        size_t size;
        hash256 log, hash;
        const uint8_t *p = query_bytes(&q, 0, &size);
        assert_int_equal(size, 48);
        memcpy(log.b, p, 32);
        struct cursor c = cursor_of(p + 40, 8);
        int64_t seq = 0;
        for (int i = 0; i < 8; i++)
            seq = seq << 8 | cursor_byte(&c);
        p = query_bytes(&q, 1, &size);
        memcpy(hash.b, p, 32);
        put_copy(m, r, &log, seq, &hash);
    }
    assert_int_equal(query_close(&q), STATUS_OK);
    assert_int_equal(union_commit(r), STATUS_OK);
    hash256 want = tables_of(r, true, &rows), have = tables_of(t, true, &rows_here);
    assert_int_equal(rows, rows_here);
    assert_memory_equal(want.b, have.b, 32);
    arena_release(&a);
    journal_close(r);
}

/* What a tablet reads in one order: its packs, and in the mixed orders two others' bundles. */
struct reading {
    char *pack, *bundle;
};

static size_t to_read(int tablet, bool mixed, struct reading *out) {
    size_t n = 0;
    for (size_t i = 0; i < all.packs_count[tablet]; i++)
        out[n++].pack = all.packs[tablet][i];
    for (int k = 1; k <= OTHERS && mixed; k++)
        for (int round = 0; round < ROUNDS; round++)
            out[n++].bundle = all.own[(tablet + k) % TABLETS][round];
    return n;
}

static void read_in_order(struct journal *t, int tablet, bool mixed, draw *d) {
    struct reading list[PACKS_MAX + OTHERS * ROUNDS] = {{NULL, NULL}};
    struct merge_summary sum;
    size_t order[64], n = to_read(tablet, mixed, list);
    n = random_order(d, n, order, 64);
    for (size_t i = 0; i < n; i++, all.reads++) {
        struct reading *r = &list[order[i]];
        if (r->pack) {
            read_sealed(t, r->pack);
            continue;
        }
        struct merge_options o = {.trust = true, .recovery = all.recovery};
        enum status s = try_merge(t, r->bundle, o, &sum);
        if (s) print_error("%s: %s\n", r->bundle, status_detail());
        assert_int_equal(s, STATUS_OK);
        assert_int_equal(sum.copies_differ, 0);
        assert_int_equal(sum.forks, 0);
    }
}

static hash256 whole_content(struct journal *j) {
    hash256 h;
    assert_int_equal(journal_content_hash(j, true, &h), STATUS_OK);
    return h;
}

static void a_tablet_is_the_master_restricted(void **state) {
    (void)state;
    int orders = orders_wanted();
    static hash256 contents[TABLETS][2], tables[TABLETS][2];
    static bool known[TABLETS][2];
    int64_t rows, copies = 0, compared = 0;
    struct journal *m = revive(&all.master, "whole-master");
    for (size_t i = 0; i < all.heap_count; i++)
        merge(m, all.heap[i]);
    for (int i = 0; i < orders; i++) {
        draw d = {(uint64_t)i * 15485863 + 7};
        int tablet = i % TABLETS;
        bool mixed = i / TABLETS % 3 == 1;
        struct journal *t = revive(&all.tablets[tablet], "tablet");
        read_in_order(t, tablet, mixed, &d);
        all.mixed += mixed;
        hash256 c = whole_content(t), x = tables_of(t, true, &rows);
        if (!known[tablet][mixed]) {
            contents[tablet][mixed] = c;
            tables[tablet][mixed] = x;
            known[tablet][mixed] = true;
            equals_restricted(t, m, &copies);
            laws(t);
            compared++;
        }
        assert_memory_equal(c.b, contents[tablet][mixed].b, 32);
        assert_memory_equal(x.b, tables[tablet][mixed].b, 32);
        if (i % 10 == 9) laws(t);
        journal_close(t);
        int at = shim_find("/memory/tablet", false);
        assert_true(at >= 0);
        file_cut(&shim.files[at], 0);
    }
    journal_close(m);
    shim_forget_files();
    printf("figure: %d random orders of packs at %d tablets, %lld reads, %lld orders with the "
           "copied tablets' own bundles in between: one content and equal tables each; %lld "
           "times equal to the master restricted to what the tablet holds (%lld copies)\n",
           orders, TABLETS, (long long)all.reads, (long long)all.mixed, (long long)compared,
           (long long)copies);
    assert_true(copies > 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_master_is_one),
                                       cmocka_unit_test(a_tablet_is_the_master_restricted)};
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, make_heap, forget_heap);
}
