/* test_blob.c -- bytes named by their hash, in pieces: constant memory, nothing left of a half
 * one.
 *
 * needs: store base */
#include "store_help.h"

#include <sqlite3.h>

#include "vfs_shim.c"

#define PIECE     (256 * 1024)
#define CACHE_KIB 2048
#define SLACK     (1024 * 1024) /* statements, the write-ahead log's index, one piece */

static struct clock_manual now = {.wall_ms = NOON, .boot_ms = 1};

static struct journal *fresh(const char *name) {
    struct journal *j = NULL;
    struct journal_options o = {.path = scratch(name),
                                .clock = clock_manual(&now),
                                .device_name = "a device",
                                .device_role = "tablet",
                                .cache_kib = CACHE_KIB};
    OK(journal_open(&j, &o));
    return j;
}

/* Piece `n` of an endless photo; no two alike, nothing that zeros could be taken for. */
static const uint8_t *piece(uint64_t n, size_t bytes) {
    static uint64_t words[PIECE / 8];
    draw d = {.s = n};
    for (size_t i = 0; i < (bytes + 7) / 8; i++)
        words[i] = draw_next(&d) | 1;
    return (const uint8_t *)words;
}

static size_t piece_size(uint32_t size, uint32_t at) {
    return size - at < PIECE ? size - at : PIECE;
}

static hash256 name_of(uint64_t seed, uint32_t size) {
    struct hash_state h;
    hash_start(&h);
    for (uint32_t at = 0; at < size; at += PIECE)
        hash_add(&h, piece(seed + at, piece_size(size, at)), piece_size(size, at));
    return hash_end(&h);
}

/* The first `upto` bytes of it. */
static enum status add_pieces(struct blob_writer *w, uint64_t seed, uint32_t size,
                              uint32_t upto) {
    enum status s = STATUS_OK;
    for (uint32_t at = 0; at < upto && !s; at += PIECE)
        s = blob_write_add(w, piece(seed + at, piece_size(size, at)), piece_size(size, at));
    return s;
}

static void write_whole(struct journal *j, uint64_t seed, uint32_t size, const hash256 *name) {
    struct blob_writer *w = NULL;
    OK(blob_write_start(&w, j, name, size));
    OK(add_pieces(w, seed, size, size));
    OK(blob_write_end(w));
}

static void reads_back(struct journal *j, uint64_t seed, uint32_t size, const hash256 *name) {
    static uint8_t got[PIECE];
    uint32_t said = 0;
    OK(blob_size(j, name, &said));
    assert_int_equal(said, size);
    for (uint32_t at = 0; at < size; at += PIECE) {
        size_t n = piece_size(size, at);
        OK(blob_read_at(j, name, at, got, n));
        assert_memory_equal(got, piece(seed + at, n), n);
    }
}

static int64_t blobs(struct journal *j) {
    return query_one_int(j, -1, "SELECT count(*) FROM blob", 0);
}

static bool file_holds(const char *path, const void *what, size_t n) {
    struct buf b = {0};
    bool found = false;
    if (!file_exists(path)) return false;
    OK(file_read(path, 256 << 20, &b));
    for (const uint8_t *p = b.data; p && !found;) {
        p = memchr(p, *(const uint8_t *)what, b.size - (size_t)(p - b.data));
        if (!p) break;
        found = b.size - (size_t)(p - b.data) >= n && memcmp(p, what, n) == 0;
        p++;
    }
    buf_release(&b);
    return found;
}

/* ---- memory ---- */

static void the_largest_blob_needs_no_more_memory_than_the_smallest(void **state) {
    (void)state;
    uint32_t size = BLOB_BYTES_MAX;
    struct clock clock = clock_system();
    hash256 name = name_of(1, size), small = name_of(2, 1000);
    struct journal *j = fresh("large.db");
    OK(journal_begin(j));
    write_whole(j, 2, 1000, &small);
    OK(journal_commit(j));

    (void)sqlite3_memory_highwater(1);
    int64_t started = clock_boot(&clock);
    OK(journal_begin(j));
    write_whole(j, 1, size, &name);
    OK(journal_commit(j));
    int64_t wrote = clock_boot(&clock) - started, high = sqlite3_memory_highwater(1);
    started = clock_boot(&clock);
    reads_back(j, 1, size, &name);
    int64_t read = clock_boot(&clock) - started, high_read = sqlite3_memory_highwater(1);
    printf("figure: 64 MiB in pieces of 256 KiB: SQLite held at most %lld KiB while writing "
           "(%lld ms), %lld KiB while reading (%lld ms), its cache being %d KiB\n",
           (long long)high / 1024, (long long)wrote, (long long)high_read / 1024,
           (long long)read, CACHE_KIB);
    assert_true(high > 0); /* it does count */
    assert_true(high < CACHE_KIB * 1024 + SLACK);
    assert_true(high_read < CACHE_KIB * 1024 + SLACK);

    (void)sqlite3_memory_highwater(1);
    OK(blob_drop(j, &name));
    assert_true(sqlite3_memory_highwater(1) < CACHE_KIB * 1024 + SLACK);
    assert_false(blob_have(j, &name));
    assert_true(blob_have(j, &small));
    laws(j);
    journal_close(j);
    assert_false(file_holds(scratch("large.db"), piece(1, PIECE), 64));
}

static void sizes_around_pieces_and_pages(void **state) {
    (void)state;
    static const uint32_t sizes[] = {0,    1,         31,    4095,          4096,
                                     4097, PIECE - 1, PIECE, 2 * PIECE + 1, 700000};
    struct journal *j = fresh("sizes.db");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        hash256 name = name_of(100 * i, sizes[i]), again;
        struct buf whole = {0};
        OK(journal_begin(j));
        write_whole(j, 100 * i, sizes[i], &name);
        OK(journal_commit(j));
        reads_back(j, 100 * i, sizes[i], &name);
        OK(blob_get(j, &name, &whole));
        assert_int_equal(whole.size, sizes[i]);
        OK(blob_put(j, whole.data ? whole.data : (const uint8_t *)"", whole.size, &again));
        assert_true(hash_equal(&name, &again));
        buf_release(&whole);
    }
    assert_int_equal(blobs(j), sizeof sizes / sizeof sizes[0]);
    laws(j);
    journal_close(j);
}

/* ---- what must leave nothing ---- */

static void a_wrong_hash_leaves_nothing(void **state) {
    (void)state;
    uint32_t size = 3 * PIECE + 17;
    struct journal *j = fresh("wrong.db");
    struct blob_writer *w = NULL;
    hash256 right = name_of(7, size), wrong = right;
    wrong.b[31] ^= 1;
    OK(journal_begin(j));
    OK(local_put(j, "beside", "kept"));
    OK(blob_write_start(&w, j, &wrong, size));
    OK(add_pieces(w, 7, size, size));
    assert_int_equal(blob_write_end(w), STATUS_DAMAGED);
    assert_false(blob_have(j, &wrong));
    /* Too few, too many. */
    OK(blob_write_start(&w, j, &right, size));
    OK(add_pieces(w, 7, size, 2 * PIECE));
    assert_int_equal(blob_write_end(w), STATUS_DAMAGED);
    OK(blob_write_start(&w, j, &right, PIECE));
    OK(blob_write_add(w, piece(7, PIECE), PIECE));
    assert_int_equal(blob_write_add(w, "x", 1), STATUS_DAMAGED);
    blob_write_abandon(w);
    assert_int_equal(blob_write_start(&w, j, &right, BLOB_BYTES_MAX + 1), STATUS_TOO_LARGE);
    assert_int_equal(blobs(j), 0);
    OK(journal_commit(j)); /* what else the transaction did stands */
    assert_int_equal(blobs(j), 0);
    struct arena a = {0};
    assert_string_equal(local_get(j, "beside", &a), "kept");
    arena_release(&a);
    laws(j);
    journal_close(j);
    assert_false(file_holds(scratch("wrong.db"), piece(7, PIECE), 64));
    assert_false(file_holds(scratch("wrong.db-wal"), piece(7, PIECE), 64));
}

static void given_up_or_rolled_back_leaves_nothing(void **state) {
    (void)state;
    uint32_t size = 5 * PIECE;
    struct journal *j = fresh("given-up.db");
    struct blob_writer *w = NULL, *other = NULL;
    hash256 name = name_of(9, size), second = name_of(10, size);
    OK(journal_begin(j));
    OK(blob_write_start(&w, j, &name, size));
    OK(add_pieces(w, 9, size, 2 * PIECE));
    blob_write_abandon(w);
    blob_write_abandon(NULL);
    OK(journal_commit(j));
    assert_int_equal(blobs(j), 0);
    /* Ended, then rolled back. */
    OK(journal_begin(j));
    write_whole(j, 9, size, &name);
    assert_true(blob_have(j, &name));
    journal_rollback(j);
    assert_false(blob_have(j, &name));
    /* Rolled back first, given up afterwards: by then another blob has taken its place. */
    OK(journal_begin(j));
    OK(blob_write_start(&w, j, &name, size));
    OK(add_pieces(w, 9, size, PIECE));
    journal_rollback(j);
    assert_int_not_equal(blob_write_add(w, piece(9, PIECE), PIECE), STATUS_OK);
    OK(journal_begin(j));
    write_whole(j, 10, size, &second);
    blob_write_abandon(w);
    OK(journal_commit(j));
    reads_back(j, 10, size, &second);
    /* Two at once; the same one twice is refused, whoever is first goes on. */
    hash256 third = name_of(11, size);
    OK(journal_begin(j));
    OK(blob_write_start(&w, j, &name, size));
    assert_int_equal(blob_write_start(&other, j, &name, size), STATUS_INVALID);
    OK(blob_write_start(&other, j, &third, size));
    for (uint32_t at = 0; at < size; at += PIECE) {
        OK(blob_write_add(w, piece(9 + at, PIECE), PIECE));
        OK(blob_write_add(other, piece(11 + at, PIECE), PIECE));
    }
    OK(blob_write_end(w));
    OK(blob_write_end(other));
    OK(journal_commit(j));
    reads_back(j, 9, size, &name);
    reads_back(j, 11, size, &third);
    /* Closed in the middle of one. */
    hash256 fourth = name_of(12, size);
    OK(journal_begin(j));
    OK(blob_write_start(&w, j, &fourth, size));
    OK(add_pieces(w, 12, size, PIECE));
    journal_close(j);
    j = fresh("given-up.db");
    assert_int_equal(blobs(j), 3);
    laws(j);
    journal_close(j);
}

static void one_that_is_here_costs_nothing(void **state) {
    (void)state;
    uint32_t size = 8 * PIECE;
    struct journal *j = fresh("known.db");
    struct blob_writer *w = NULL;
    bool done;
    hash256 name = name_of(20, size);
    OK(journal_begin(j));
    write_whole(j, 20, size, &name);
    OK(journal_commit(j));
    OK(journal_verify_step(j, 1, &done)); /* into the database */
    int64_t generation = journal_generation(j);
    int64_t before = file_size(scratch("known.db-wal")), db = file_size(scratch("known.db"));
    OK(journal_begin(j));
    write_whole(j, 20, size, &name);
    OK(journal_commit(j));
    assert_int_equal(file_size(scratch("known.db-wal")), before);
    assert_int_equal(file_size(scratch("known.db")), db);
    assert_int_equal(journal_generation(j), generation);
    /* Giving up the second writing of it takes nothing away. */
    OK(journal_begin(j));
    OK(blob_write_start(&w, j, &name, size));
    OK(blob_write_add(w, piece(20, PIECE), PIECE));
    blob_write_abandon(w);
    OK(blob_write_start(&w, j, &name, size));
    assert_int_equal(blob_write_end(w), STATUS_DAMAGED); /* fewer than said */
    assert_int_equal(blob_write_start(&w, j, &name, size - 1), STATUS_DAMAGED);
    OK(journal_commit(j));
    reads_back(j, 20, size, &name);
    laws(j);
    journal_close(j);
}

/* ---- reading between others' transactions ---- */

static void reading_goes_on_between_transactions(void **state) {
    (void)state;
    uint32_t size = 6 * PIECE;
    static uint8_t got[PIECE];
    struct journal *j = fresh("between.db");
    hash256 name = name_of(30, size), other = name_of(31, size), photo, nothing = {{1}};
    uint32_t n;
    bool done;
    OK(journal_begin(j));
    write_whole(j, 30, size, &name);
    write_whole(j, 31, size, &other);
    OK(journal_commit(j));
    for (uint32_t at = 0; at < size; at += PIECE) {
        OK(blob_read_at(j, &name, at, got, PIECE));
        assert_memory_equal(got, piece(30 + at, PIECE), PIECE);
        OK(blob_read_at(j, &other, at, got, 100)); /* two in turns */
        assert_memory_equal(got, piece(31 + at, PIECE), 100);
        OK(blob_read_at(j, &name, at, got, 1));
        switch (at / PIECE) {
        case 0: /* somebody taps */
            OK(blob_put(j, "a photo", 7, &photo));
            break;
        case 1: /* something is undone */
            OK(journal_begin(j));
            OK(blob_read_at(j, &name, at, got, 1));
            OK(local_put(j, "x", "y"));
            journal_rollback(j);
            break;
        case 2: /* an idle moment empties the write-ahead log */
            OK(draft_put(j, "d", "abc", 3));
            OK(draft_put(j, "d", NULL, 0));
            OK(blob_read_at(j, &name, at, got, 1));
            OK(journal_verify_step(j, 1, &done));
            assert_int_equal(file_size(scratch("between.db-wal")), 0);
            break;
        default:
            break;
        }
    }
    assert_int_equal(blob_read_at(j, &name, size - 1, got, 2), STATUS_TRUNCATED);
    assert_int_equal(blob_read_at(j, &name, size + 1, got, 0), STATUS_TRUNCATED);
    OK(blob_read_at(j, &name, 0, got, 1));
    OK(blob_drop(j, &name));
    assert_int_equal(blob_read_at(j, &name, 0, got, 1), STATUS_NOT_FOUND);
    assert_int_equal(blob_size(j, &nothing, &n), STATUS_NOT_FOUND);
    assert_int_equal(blob_drop(j, &nothing), STATUS_NOT_FOUND);
    laws(j);
    journal_close(j);
}

static void a_damaged_blob_is_told_at_its_end(void **state) {
    (void)state;
    uint32_t size = 3 * PIECE + 5;
    static uint8_t got[PIECE];
    const char *path = scratch("rotten.db");
    struct journal *j = fresh("rotten.db");
    hash256 name = name_of(50, size), whole = name_of(51, size);
    OK(journal_begin(j));
    write_whole(j, 50, size, &name);
    write_whole(j, 51, size, &whole);
    OK(journal_commit(j));
    journal_close(j);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "UPDATE blob SET bytes = CAST(substr(bytes, 1, 300000) || "
                                  "x'00' || substr(bytes, 300002) AS BLOB) WHERE id = 1",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    j = fresh("rotten.db");
    enum status s = STATUS_OK;
    for (uint32_t at = 0; at < size; at += PIECE) {
        assert_int_equal(s, STATUS_OK);
        s = blob_read_at(j, &name, at, got, piece_size(size, at));
    }
    assert_int_equal(s, STATUS_DAMAGED);
    reads_back(j, 51, size, &whole); /* the other one is whole, and again the next time */
    reads_back(j, 51, size, &whole);
    journal_close(j);
}

/* ---- a full disk ---- */

static void a_full_disk_in_the_middle_leaves_nothing(void **state) {
    (void)state;
    uint32_t size = 4 * PIECE;
    int failed = 0, done = 0;
    hash256 name = name_of(40, size);
    shim_register();
    for (int64_t at = 1; done == 0; at += at < 40 ? 3 : 61) {
        struct journal *j = NULL;
        struct journal_options o = {.path = "/disk/lantern.db",
                                    .key_path = scratch("full.key"),
                                    .clock = clock_manual(&now),
                                    .device_name = "a device",
                                    .device_role = "tablet",
                                    .vfs = "shim",
                                    .cache_kib = 256};
        struct blob_writer *w = NULL;
        shim_forget_files();
        shim_forget_ops();
        OK(journal_open(&j, &o));
        OK(journal_begin(j));
        shim_arm(at, SQLITE_FULL, false);
        enum status s = blob_write_start(&w, j, &name, size);
        if (!s) {
            s = add_pieces(w, 40, size, size);
            if (s) blob_write_abandon(w);
        }
        if (!s && w) s = blob_write_end(w);
        if (!s) s = journal_commit(j);
        shim_arm(0, 0, false);
        journal_rollback(j);
        assert_true(s == STATUS_OK || s == STATUS_DISK_FULL);
        assert_int_equal(blob_have(j, &name), s == STATUS_OK);
        assert_int_equal(blobs(j), s == STATUS_OK);
        failed += s != STATUS_OK;
        done += s == STATUS_OK;
        laws(j);
        journal_close(j);
    }
    assert_true(failed > 10);
    printf("figure: disk full at %d places of a blob: nothing of it left\n", failed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_largest_blob_needs_no_more_memory_than_the_smallest),
        cmocka_unit_test(sizes_around_pieces_and_pages),
        cmocka_unit_test(a_wrong_hash_leaves_nothing),
        cmocka_unit_test(given_up_or_rolled_back_leaves_nothing),
        cmocka_unit_test(one_that_is_here_costs_nothing),
        cmocka_unit_test(reading_goes_on_between_transactions),
        cmocka_unit_test(a_damaged_blob_is_told_at_its_end),
        cmocka_unit_test(a_full_disk_in_the_middle_leaves_nothing),
    };
    /* Before any journal is opened, which would turn it off. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 1);
    sqlite3_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
