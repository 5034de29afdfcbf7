/* test_sealed_same.c -- sealed or open is the same to everybody else: one content, equal
 * tables, the same bundles.
 *
 * needs: sync store base
 *
 * What half a dozen tablets, open ones and sealed ones, send to an office is merged in random
 * orders with repeats into masters that lie open and masters that are sealed: one content hash,
 * equal tables. And a tablet that is sealed in the middle of its life says the same before and
 * after, to the office too. (The tests of merging as they are, on sealed databases:
 * tests/run.sh runs them with LANTERN_TEST_SEALED=1.) */
#include "used_tablet.h"

#define TABLETS 6
#define ROUNDS  3
#define ORDERS  6

static draw luck = {.s = 8};

static struct journal *open_as(const char *name, const char *role, bool sealed) {
    static const uint8_t key[32] = "one key for whoever is sealed";
    struct journal *j = NULL;
    struct journal_options o = {.path = scratch(name),
                                .clock = clock_manual(&now),
                                .device_name = name,
                                .device_role = role,
                                .rest_key = sealed ? key : NULL};
    enum status s = journal_open(&j, &o);
    if (s) print_error("open: %s\n", status_detail());
    assert_int_equal(s, STATUS_OK);
    assert_true(journal_at_rest_sealed(j) == sealed);
    return j;
}

static void same(const hash256 *a, const hash256 *b) {
    assert_memory_equal(a->b, b->b, HASH_BYTES);
}

/* ---- merging ---- */

static char *bundles[TABLETS * ROUNDS];

/* Tablets with odd numbers are sealed. */
static void make_bundles(void) {
    for (int t = 0; t < TABLETS; t++) {
        char *name = arena_printf(&test_arena, "same-%d.db", t);
        for (int r = 0; r < ROUNDS; r++) {
            struct journal *j = open_as(name, "tablet", t % 2);
            work(j, draw_next(&luck), 30);
            char *to = arena_printf(&test_arena, "same-%d-%d.lantern", t, r);
            bundles[t * ROUNDS + r] = to;
            export_to(j, to, (struct export_options){.everything = r == 0});
            laws(j);
            journal_close(j);
        }
    }
}

static void merge_all(struct journal *m) {
    int order[2 * TABLETS * ROUNDS], n = TABLETS * ROUNDS;
    for (int i = 0; i < 2 * n; i++)
        order[i] = i % n; /* each twice */
    for (int i = 2 * n; i > 1; i--) {
        int k = (int)draw_below(&luck, (uint32_t)i), t = order[i - 1];
        order[i - 1] = order[k];
        order[k] = t;
    }
    for (int i = 0; i < 2 * n; i++)
        merge(m, bundles[order[i]]);
}

static void open_and_sealed_masters_agree(void **state) {
    (void)state;
    hash256 first = {0}, first_tables = {0};
    int64_t rows = 0, rows_here;
    make_bundles();
    for (int i = 0; i < ORDERS; i++) {
        char *name = arena_printf(&test_arena, "same-master-%d.db", i);
        struct journal *m = open_as(name, "office", i % 2);
        merge_all(m);
        hash256 c = content(m), t = tables_of(m, false, &rows_here);
        if (i == 0) {
            first = c;
            first_tables = t;
            rows = rows_here;
        }
        same(&first, &c);
        same(&first_tables, &t);
        assert_int_equal(rows, rows_here);
        laws(m);
        journal_close(m);
        m = open_as(name, "office", i % 2); /* and what was read from the disk */
        c = content(m);
        t = tables_of(m, false, &rows_here);
        same(&first, &c);
        same(&first_tables, &t);
        if (i < 2)
            printf("figure: master %s, %lld rows: content %.16s, tables %.16s\n",
                   i ? "sealed" : "open", (long long)rows_here,
                   hex_of(&test_arena, c.b, HASH_BYTES), hex_of(&test_arena, t.b, HASH_BYTES));
        journal_close(m);
    }
    printf("figure: %d bundles of %d tablets, half of them sealed, in %d random orders with "
           "repeats into open and sealed masters: one content hash, equal tables\n",
           TABLETS * ROUNDS, TABLETS, ORDERS);
}

/* ---- before and after ---- */

static hash256 own_content(struct journal *j) {
    hash256 h;
    assert_int_equal(journal_content_hash(j, true, &h), STATUS_OK);
    return h;
}

static void sealing_changes_nothing(void **state) {
    (void)state;
    struct home h = {0};
    struct arena a = {0};
    int64_t rows, rows_after;
    struct journal *office = used_tablet(&h, "same", 31);
    there_and_back(&h, office);
    struct sealing *s = NULL;
    bool done = false;
    double part = -1, last = 0;
    hash256 before, after;
    hash256 tables = tables_of(h.j, true, &rows);
    row_id person = any_of(h.j, &kind_person);
    before = own_content(h.j);
    assert_int_equal(sealing_start(&s, h.j, person, "NL", HOME_PIN), STATUS_OK);
    while (!done) {
        assert_int_equal(sealing_step(s, 1, &done, &part), STATUS_OK);
        assert_true(part >= last && part <= 1);
        last = part;
    }
    sealing_cancel(s); /* somebody thinks better of it at the last moment */
    assert_false(journal_at_rest_sealed(h.j));
    after = own_content(h.j);
    same(&before, &after);
    after = tables_of(h.j, true, &rows_after);
    same(&tables, &after);
    put(h.j, &(struct row){.kind = &kind_observation});
    before = own_content(h.j);
    tables = tables_of(h.j, true, &rows);

    home_seal(&h);
    after = own_content(h.j);
    hash256 tables_after = tables_of(h.j, true, &rows_after);
    int64_t told =
        query_one_int(h.j, 0, "SELECT count(*) FROM access WHERE what = 'pin_set'", 0);
    if (rows == rows_after) {
        same(&before, &after);
        same(&tables, &tables_after);
    } else {
        assert_int_equal(rows_after - rows, told); /* the first PIN is on the record */
    }
    void *p;
    size_t n;
    assert_int_equal(draft_get(h.j, "field/answer/0/note", &a, &p, &n), STATUS_OK);
    assert_int_equal(n, PLANTED_LETTERS);
    assert_non_null(local_get(h.j, HOME_SETTING "-0", &a));
    laws(h.j);
    /* The office gets the rest of it, and has one log without a gap or a fork. */
    assert_true(send(h.j, "same-after.lantern").sealed);
    struct merge_summary sum = merge_sealed(office, "same-after.lantern");
    assert_int_equal(sum.gaps + sum.forks, 0);
    laws(office);
    printf("figure: sealed in the middle of its life: %lld rows before, %lld after, %lld of "
           "them that a PIN was set; content %s\n",
           (long long)rows, (long long)rows_after, (long long)told,
           hash_equal(&before, &after) ? "equal" : "and that");
    home_close(&h);
    journal_close(office);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(open_and_sealed_masters_agree),
                                       cmocka_unit_test(sealing_changes_nothing)};
    log_open("/dev/null");
    key_lock_weakly_for_tests();
    return cmocka_run_group_tests(tests, begin, end);
}
