/* test_many_photos.c -- a check with hundreds of photos, from a tablet that is sealed at rest
 * to the office.
 *
 * needs: sync store base
 *
 * How it is proved: the master that got the bundle in one go is what every other way must lead
 * to, by content hash, by tables, and photo by photo. The ways: a copy that was cut off at many
 * places (refused, nothing changed), then whole; an office that is killed at many steps of the
 * merge, and merges again; the same bundle once more. SQLite's memory is held against its
 * cache: photos go through in pieces. A usual run takes 80 photos, LANTERN_TEST_ALL=1 five
 * hundred. */
#include "merge_help.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <time.h>

#define CACHE_KIB 2048
#define SLACK     (3 * 1024 * 1024) /* statements, the write-ahead log's index, two pieces */
#define BUNDLE    "many.lantern"

static const uint8_t rest[32] = "the key of a tablet with a PIN";
static int photos;      /* small ones; some large ones come on top */
static int64_t bundled; /* bytes of all of them */
static int64_t file_bytes;
static hash256 whole, whole_tables;
static int64_t whole_rows;

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct journal *device(const char *name, const char *role, const uint8_t *key) {
    struct journal *j = NULL;
    struct journal_options o = {.path = scratch(name),
                                .clock = clock_manual(&now),
                                .device_name = name,
                                .device_role = role,
                                .cache_kib = CACHE_KIB,
                                .rest_key = key};
    enum status s = journal_open(&j, &o);
    if (s) fail_msg("%s: %s", name, status_detail());
    return j;
}

/* ---- photos that can be told from each other ---- */

static size_t size_of(int n) {
    draw d = {(uint64_t)n * 977 + 3};
    if (n >= photos) return (1u << 20) + draw_below(&d, 3 << 20); /* a large one */
    return 5000 + draw_below(&d, 40000);
}

static void bytes_of(int n, size_t size, struct buf *out) {
    draw d = {(uint64_t)n + 1};
    buf_clear(out);
    while (out->size < size)
        buf_u64(out, draw_next(&d));
}

static int all_photos(void) {
    return photos + photos / 20;
}

static void take(struct journal *t, row_id visit, int n, struct buf *bytes) {
    hash256 large, small;
    struct row r = row_new(&kind_attachment);
    bytes_of(n, size_of(n), bytes);
    bundled += (int64_t)bytes->size;
    assert_int_equal(blob_put(t, bytes->data, bytes->size, &large), STATUS_OK);
    bytes_of(-n - 2, 4000, bytes);
    bundled += (int64_t)bytes->size;
    assert_int_equal(blob_put(t, bytes->data, bytes->size, &small), STATUS_OK);
    row_ref(&r, "visit", visit);
    row_text(&r, "sort", "photo");
    row_text(&r, "item", "N41");
    row_text(&r, "type", "image/jpeg");
    row_hash(&r, "hash", &large);
    row_hash(&r, "thumb", &small);
    row_int(&r, "size", (int64_t)size_of(n));
    assert_int_equal(journal_put(t, &r), STATUS_OK);
}

static void same_photos(struct journal *m) {
    struct buf want = {0}, got = {0};
    for (int n = 0; n < all_photos(); n++) {
        bytes_of(n, size_of(n), &want);
        hash256 name = hash_of(want.data, want.size);
        buf_clear(&got);
        assert_int_equal(blob_get(m, &name, &got), STATUS_OK);
        assert_int_equal(got.size, want.size);
        assert_memory_equal(got.data, want.data, want.size);
        bytes_of(-n - 2, 4000, &want);
        name = hash_of(want.data, want.size);
        assert_true(blob_have(m, &name));
    }
    buf_release(&want);
    buf_release(&got);
}

/* As the one that got it in one go. */
static void same_as_whole(struct journal *m) {
    int64_t rows;
    hash256 h = content(m);
    assert_memory_equal(h.b, whole.b, 32);
    h = tables_of(m, false, &rows);
    assert_memory_equal(h.b, whole_tables.b, 32);
    assert_int_equal(rows, whole_rows);
}

static int64_t blobs(struct journal *m) {
    return query_one_int(m, -1, "SELECT count(*) FROM blob", 0);
}

/* ---- the tablet ---- */

static int setup(void **state) {
    (void)state;
    struct buf bytes = {0};
    struct export_summary sum;
    log_open("/dev/null");
    now = (struct clock_manual){.wall_ms = EVENING, .boot_ms = 1};
    const char *all = getenv("LANTERN_TEST_ALL");
    photos = all && *all == '1' ? 500 : 80;
    struct journal *t = device("many-t.db", "tablet", rest);
    assert_true(journal_at_rest_sealed(t));
    row_id visit = add_visit(t, "NIGHT");
    double from = seconds();
    for (int n = 0; n < all_photos();) {
        assert_int_equal(journal_begin(t), STATUS_OK);
        for (int k = 0; k < 10 && n < all_photos(); k++, n++)
            take(t, visit, n, &bytes);
        assert_int_equal(journal_commit(t), STATUS_OK);
    }
    double kept = seconds() - from;
    from = seconds();
    (void)sqlite3_memory_highwater(1);
    now.wall_ms += 60000;
    assert_int_equal(export_all(t, &(struct export_options){.path = scratch(BUNDLE)}, &sum),
                     STATUS_OK);
    int64_t high = sqlite3_memory_highwater(1);
    file_bytes = sum.bytes;
    assert_int_equal(sum.blobs, 2 * all_photos() + 1); /* and the form */
    assert_true(sum.bytes >= bundled && sum.bytes < bundled + bundled / 20 + 200000);
    assert_true(high > 0 && high < CACHE_KIB * 1024 + SLACK);
    printf(
        "figure: %d photos of %.1f MB kept on a sealed tablet in %.1f s, bundled in %.1f s\n",
        all_photos(), (double)bundled / 1e6, kept, seconds() - from);
    printf("figure: SQLite's memory while they are bundled %lld KB, with a cache of %d KB\n",
           (long long)high / 1024, CACHE_KIB);
    journal_close(t);
    buf_release(&bytes);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_release(&test_arena);
    return 0;
}

/* ---- the ways to the office ---- */

static void in_one_go(void **state) {
    (void)state;
    struct journal *m = device("many-m.db", "office", NULL);
    double from = seconds();
    (void)sqlite3_memory_highwater(1);
    struct merge_summary sum = merge(m, BUNDLE);
    int64_t high = sqlite3_memory_highwater(1);
    printf("figure: merged in %.1f s; SQLite's memory %lld KB\n", seconds() - from,
           (long long)high / 1024);
    assert_true(high > 0 && high < CACHE_KIB * 1024 + SLACK);
    assert_int_equal(sum.blobs, 2 * all_photos() + 1);
    same_photos(m);
    laws(m);
    whole = content(m);
    whole_tables = tables_of(m, false, &whole_rows);
    from = seconds();
    sum = merge(m, BUNDLE);
    assert_int_equal(sum.added + sum.blobs, 0);
    printf("figure: the same bundle again in %.2f s\n", seconds() - from);
    same_as_whole(m);
    journal_close(m);
}

/* What a stick holds that was pulled out after so many bytes. */
static void cut_at(int64_t size) {
    static uint8_t some[1 << 20];
    FILE *from = fopen(scratch(BUNDLE), "rb"), *to = fopen(scratch("many-cut.lantern"), "wb");
    assert_true(from && to);
    for (int64_t left = size; left > 0;) {
        size_t n = left < (int64_t)sizeof some ? (size_t)left : sizeof some;
        assert_int_equal(fread(some, 1, n, from), n);
        assert_int_equal(fwrite(some, 1, n, to), n);
        left -= (int64_t)n;
    }
    fclose(from);
    assert_int_equal(fclose(to), 0);
}

static void a_copy_that_was_cut_off(void **state) {
    (void)state;
    struct journal *m = device("many-c.db", "office", NULL);
    struct merge_summary sum;
    draw d = {17};
    hash256 before = content(m);
    int refused = 0;
    for (int i = 0; i < 8; i++, refused++) {
        int64_t at = i == 0   ? file_bytes - 1
                     : i == 1 ? file_bytes / 2
                              : (int64_t)draw_below(&d, (uint32_t)file_bytes);
        cut_at(at);
        enum status s =
            try_merge(m, "many-cut.lantern", (struct merge_options){.trust = true}, &sum);
        assert_true(s == STATUS_TRUNCATED || s == STATUS_DAMAGED || s == STATUS_NOT_OURS);
        assert_true(strlen(status_detail()) > 0);
        hash256 after = content(m);
        assert_memory_equal(before.b, after.b, 32);
        assert_int_equal(blobs(m), 0);
    }
    merge(m, BUNDLE);
    same_as_whole(m);
    same_photos(m);
    laws(m);
    printf("figure: cut off at %d places: refused, nothing changed; then whole, the same\n",
           refused);
    journal_close(m);
}

/* The office's program goes away at step `k`, or when it is done. Gives whether it was killed.
 */
static bool merge_killed_at(const char *db, int k) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        struct journal *m = device(db, "office", NULL);
        struct merge *g;
        bool done = false;
        double part;
        if (merge_start(&g, m, &(struct merge_options){.path = scratch(BUNDLE), .trust = true}))
            _exit(1);
        for (int i = 0; !done; i++) {
            if (i == k) raise(SIGKILL);
            if (merge_step(g, 0, &done, &part)) _exit(2);
        }
        struct merge_summary sum;
        _exit(merge_finish(g, &sum) ? 3 : 0);
    }
    int how;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFSIGNALED(how) || WEXITSTATUS(how) == 0);
    return WIFSIGNALED(how);
}

/* How many steps a merge takes, on a master that is not used again. */
static int steps_of_a_merge(void) {
    struct journal *m = device("many-s.db", "office", NULL);
    struct merge *g;
    struct merge_summary sum;
    bool done = false;
    double part;
    int n = 0;
    assert_int_equal(
        merge_start(&g, m, &(struct merge_options){.path = scratch(BUNDLE), .trust = true}),
        STATUS_OK);
    for (; !done; n++)
        assert_int_equal(merge_step(g, 0, &done, &part), STATUS_OK);
    assert_int_equal(merge_finish(g, &sum), STATUS_OK);
    journal_close(m);
    return n;
}

static void an_office_that_is_killed(void **state) {
    (void)state;
    int steps = steps_of_a_merge(), killed = 0;
    draw d = {23};
    assert_true(steps > all_photos());
    for (int i = 0; i < 6; i++) {
        int k = i == 0 ? steps - 1 : (int)draw_below(&d, (uint32_t)steps);
        killed += merge_killed_at("many-k.db", k);
        struct journal *m = device("many-k.db", "office", NULL);
        assert_int_equal(blobs(m), 0);
        assert_int_equal(query_one_int(m, -1, "SELECT count(*) FROM attachment", 0), 0);
        laws(m);
        journal_close(m);
    }
    assert_int_equal(killed, 6);
    struct journal *m = device("many-k.db", "office", NULL);
    merge(m, BUNDLE);
    same_as_whole(m);
    same_photos(m);
    laws(m);
    printf("figure: killed at %d of %d steps of the merge, and run again: the same master\n",
           killed, steps);
    journal_close(m);
}

int main(void) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 1); /* otherwise switched off by journal_open */
    sqlite3_initialize();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_one_go),
        cmocka_unit_test(a_copy_that_was_cut_off),
        cmocka_unit_test(an_office_that_is_killed),
    };
    return cmocka_run_group_tests_name("many photos", tests, setup, teardown);
}
