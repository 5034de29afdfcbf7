/* test_fuzz_bundle.c -- a seeded share of the bundle's fuzzing, and what it has found before.
 * needs: sync store base
 *
 * See fuzz/fuzz_bundle.c. LANTERN_TEST_ALL=1 runs ten times as much. Files
 * tests/corpus/bundle-* are replayed. */
#include "support.h"

#include "bundle_sample.c" /* each test is one program of one file */
#include "fuzz/fuzz_bundle.c"
#include "store/query.h"

static struct clock_manual now = {.wall_ms = 1795305600000LL, .boot_ms = 1000};

static struct journal *open_one(const char *name, const char *role) {
    struct journal *j = NULL;
    struct journal_options o = {.path = scratch(name),
                                .clock = clock_manual(&now),
                                .device_name = role,
                                .device_role = role};
    assert_int_equal(journal_open(&j, &o), STATUS_OK);
    return j;
}

static row_id put(struct journal *j, struct row *r) {
    now.wall_ms += 2000;
    assert_int_equal(journal_put_alone(j, r), STATUS_OK);
    return r->id;
}

/* A tablet's evening with most of what a record can be. */
static void real_bundle(struct buf *out) {
    struct journal *t = open_one("fuzz-t.db", "tablet");
    struct export_summary sum;
    struct export_options o = {.path = scratch("fuzz-t.lantern")};
    hash256 photo;
    for (int v = 0; v < 2; v++) {
        struct row visit = row_new(&kind_visit), answer = row_new(&kind_answer);
        row_text(&visit, "template", "NIGHT");
        row_int(&visit, "unannounced", 1);
        put(t, &visit);
        row_ref(&answer, "visit", visit.id);
        row_text(&answer, "item", "bell-reach");
        row_text(&answer, "note", "The cord was tied up.");
        put(t, &answer);
        row_text(&answer, "word", "not_met");
        put(t, &answer);
        struct row picture = row_new(&kind_attachment);
        assert_int_equal(blob_put(t, "a photo", 7, &photo), STATUS_OK);
        row_ref(&picture, "visit", visit.id);
        row_hash(&picture, "hash", &photo);
        put(t, &picture);
        assert_int_equal(journal_begin(t), STATUS_OK);
        assert_int_equal(journal_withdraw(t, &kind_attachment, picture.id), STATUS_OK);
        assert_int_equal(journal_commit(t), STATUS_OK);
        struct row seal = row_new(&kind_seal);
        row_ref(&seal, "visit", visit.id);
        put(t, &seal);
    }
    assert_int_equal(export_all(t, &o, &sum), STATUS_OK);
    assert_int_equal(file_read(o.path, 1 << 20, out), STATUS_OK);
    journal_close(t);
}

static void changed_bundles(void **state) {
    (void)state;
    struct fuzzing f = {.path = scratch("fuzz.lantern")};
    struct sample_bundle b;
    int64_t rounds = getenv("LANTERN_TEST_ALL") ? 40000 : 2500;
    sample_make(&b);
    sample_seal(&b, &f.sample);
    sample_release(&b);
    real_bundle(&f.real);
    f.master = open_one("fuzz-m.db", "office");
    for (int64_t i = 0; i < rounds; i++) {
        struct steer s = {.seeded = {(uint64_t)i * 7919 + 1}};
        one_round(&f, &s);
        if (i % 500 != 499) continue;
        /* What was let in is proved, then a new master starts empty. */
        struct journal_report report;
        enum status st = journal_verify(f.master, &report);
        if (st) print_error("round %lld: %s\n", (long long)i, status_detail());
        assert_int_equal(st, STATUS_OK);
        journal_close(f.master);
        unlink(scratch("fuzz-m.db"));
        unlink(scratch("fuzz-m.db-wal"));
        unlink(scratch("fuzz-m.db-shm"));
        unlink(scratch("fuzz-m.db.key"));
        f.master = open_one("fuzz-m.db", "office");
    }
    journal_close(f.master);
    buf_release(&f.sample);
    buf_release(&f.real);
    printf("figure: %lld changed and re-hashed bundles: %lld whole; a journal let %lld in and "
           "proved "
           "them, refused %lld\n",
           (long long)f.rounds, (long long)f.shown, (long long)f.merged, (long long)f.refused);
    assert_true(f.merged > 20);
}

static void old_finds(void **state) {
    (void)state;
    struct arena a = {0};
    char **names;
    size_t n = 0, tried = 0;
    if (dir_list(&a, "tests/corpus", NULL, &names, &n)) n = 0; /* no finds, no folder */
    for (size_t i = 0; i < n; i++) {
        struct buf bytes = {0};
        int64_t sum = 0;
        if (strncmp(names[i], "bundle-", 7) != 0) continue;
        assert_int_equal(file_read(path_join(&a, "tests/corpus", names[i]), 1 << 20, &bytes),
                         STATUS_OK);
        (void)!bundle_show_memory(bytes.data, bytes.size, NULL, look, &sum);
        buf_release(&bytes);
        tried++;
    }
    arena_release(&a);
    printf("figure: %zu earlier finds replayed\n", tried);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(changed_bundles),
                                       cmocka_unit_test(old_finds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
