/* test_vault_damage.c -- a vault whose bytes are not what was written: by a bad disk, or by
 * somebody who can write the file.
 *
 * needs: store base */
#include "vault_disk.h"
#include "vault_help.h"

static int refused, opened;

static sqlite3_stmt *prepared(sqlite3 *db, const char *fmt, const char *column) {
    sqlite3_stmt *q = NULL;
    char *text = sqlite3_mprintf(fmt, column);
    assert_int_equal(sqlite3_prepare_v2(db, text, -1, &q, NULL), SQLITE_OK);
    sqlite3_free(text);
    return q;
}

/* One bit of one column of the first slot. */
static void spoil(const char *path, const char *column, int at, int bit, bool number) {
    uint8_t bytes[256] = {0};
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, NULL), 0);
    sqlite3_stmt *q = prepared(db, "SELECT %s FROM vault WHERE slot = 1", column);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    int64_t v = sqlite3_column_int64(q, 0) ^ (number ? 1LL << (at * 8 + bit) : 0);
    int n = number ? 0 : sqlite3_column_bytes(q, 0);
    if (n) memcpy(bytes, sqlite3_column_blob(q, 0), (size_t)n);
    bytes[at] ^= (uint8_t)(1 << bit);
    sqlite3_finalize(q);
    q = prepared(db, "UPDATE vault SET %s = ?1 WHERE slot = 1", column);
    if (number)
        sqlite3_bind_int64(q, 1, v);
    else if (strcmp(column, "label") == 0)
        sqlite3_bind_text(q, 1, (const char *)bytes, n, SQLITE_STATIC);
    else
        sqlite3_bind_blob(q, 1, bytes, n, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(q), SQLITE_DONE);
    sqlite3_finalize(q);
    sqlite3_close(db);
}

/* Without waiting for the disk. */
static void plain_write(const char *path, const void *p, size_t n) {
    char wal[600];
    snprintf(wal, sizeof wal, "%s-wal", path);
    remove(wal);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(p, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static void look_at_spoiled(const char *path) {
    struct vault *v = NULL;
    struct clock clock = clock_manual(&now);
    uint8_t key[32];
    enum status s = vault_open(&v, path, NULL, &clock);
    assert_int_equal(s, STATUS_OK); /* the other person's is whole */
    must_be(STATUS_DAMAGED, vault_try(v, 1, PIN, key), "a damaged slot");
    assert_int_equal(vault_wrong(v), 0);
    refused++;
    OK(vault_try(v, 2, OTHER, key));
    assert_memory_equal(key, rest_key, 32);
    opened++;
    vault_close(v);
}

static void every_byte_of_a_slot_damaged(void **state) {
    (void)state;
    static const struct {
        const char *name;
        int bytes;
        bool number;
    } columns[] = {{"sort", 4, true},     {"person", 7, true},  {"label", 2, false},
                   {"office", 32, false}, {"made_at", 7, true}, {"locked", 80, false},
                   {"proof", 32, false},  {"sum", 32, false}};
    const char *path = scratch("spoiled.db"), *whole = scratch("whole.db");
    row_id first = 0;
    struct journal *j = sealed_for(whole, &first);
    OK(vault_set(j, add_person(j, "CD"), "CD", OTHER, false));
    journal_close(j);
    for (size_t c = 0; c < sizeof columns / sizeof columns[0]; c++)
        for (int at = 0; at < columns[c].bytes; at++) {
            spoil(whole, columns[c].name, at, at % 7, columns[c].number);
            look_at_spoiled(whole);
            spoil(whole, columns[c].name, at, at % 7, columns[c].number); /* whole again */
        }
    struct vault *v = locked(whole);
    OK(try_as(v, "AB", PIN));
    vault_close(v);
    static const char *const odd[] = {
        "UPDATE vault SET label = zeroblob(1000000) WHERE slot = 1",
        "UPDATE vault SET label = '' WHERE slot = 1",
        "UPDATE vault SET locked = '' WHERE slot = 1",
        "UPDATE vault SET locked = zeroblob(80) WHERE slot = 1",
        "UPDATE vault SET sort = 'PIN' WHERE slot = 1",
        "UPDATE vault SET sort = -1 WHERE slot = 1",
        "UPDATE vault SET person = 1e300 WHERE slot = 1",
        "UPDATE vault SET proof = 7, sum = 'x' WHERE slot = 1",
    };
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        copy_file(whole, path);
        sql(path, odd[i]);
        look_at_spoiled(path);
    }
    printf("figure: a slot damaged in %d ways: refused %d times, the other person let in %d "
           "times\n",
           refused, refused, opened);
}

/* The pages of the file that hold the vault, byte by byte: whatever SQLite makes of them, the
 * program goes on, and no other key comes out. */
static void every_byte_of_its_pages_damaged(void **state) {
    (void)state;
    const char *path = sealed_one("pages.db");
    struct buf b = {0};
    int pages[4] = {1}, n = 1, ways = 0, in = 0;
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_stmt *q =
        prepared(db, "SELECT rootpage FROM sqlite_schema WHERE name LIKE %Q AND type = 'table'",
                 "vault%");
    while (sqlite3_step(q) == SQLITE_ROW && n < 4)
        pages[n++] = sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    sqlite3_close(db);
    assert_int_equal(n, 3);
    OK(file_read(path, 64 << 20, &b));
    size_t page = (size_t)(b.data[16] << 8 | b.data[17]);
    struct clock clock = clock_manual(&now);
    for (int i = 0; i < n; i++)
        for (size_t at = 0; at < page; at++) {
            struct vault *v = NULL;
            uint8_t key[32], *byte = b.data + page * (size_t)(pages[i] - 1) + at;
            uint8_t was = *byte;
            if (!was && at > 108) continue; /* nearly all of a page is empty */
            *byte ^= (uint8_t)(1 << at % 8);
            plain_write(path, b.data, b.size);
            *byte = was;
            ways++;
            if (vault_open(&v, path, WATCHED, &clock)) continue;
            (void)vault_wait_ms(v);
            now.boot_ms += 3600000;
            if (vault_try(v, 1, PIN, key) == STATUS_OK) {
                assert_memory_equal(key, rest_key, 32);
                in++;
            }
            vault_close(v);
        }
    buf_release(&b);
    assert_true(in > 0 && in < ways);
    printf("figure: a byte of the vault's pages damaged in %d ways: %d times let in with the "
           "right key, else refused\n",
           ways, in);
}

static void a_damaged_count_costs_an_hour(void **state) {
    (void)state;
    static const char *const ways[] = {
        "DELETE FROM vault_try",
        "UPDATE vault_try SET wrong = 0",
        "UPDATE vault_try SET wrong = 5",
        "UPDATE vault_try SET wrong = -5",
        "UPDATE vault_try SET wrong = 9223372036854775807",
        "UPDATE vault_try SET boot = boot - 1",
        "UPDATE vault_try SET boot = 9223372036854775807",
        "UPDATE vault_try SET boot = -9223372036854775807",
        "UPDATE vault_try SET untold = 7",
        "UPDATE vault_try SET since = since + 1",
        "UPDATE vault_try SET last = 9223372036854775807",
        "UPDATE vault_try SET tried = 'x'",
        "UPDATE vault_try SET sum = zeroblob(32)",
        "UPDATE vault_try SET sum = zeroblob(1000000)",
    };
    const char *whole = sealed_one("count.db"), *path = scratch("count2.db");
    struct vault *v = locked(whole);
    must_be(STATUS_WRONG_CODE, try_as(v, "AB", OTHER), "wrong");
    must_be(STATUS_WRONG_CODE, try_as(v, "AB", OTHER), "wrong again");
    vault_close(v);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        copy_file(whole, path);
        char wal[600], from[600];
        snprintf(wal, sizeof wal, "%s-wal", path);
        snprintf(from, sizeof from, "%s-wal", whole);
        if (file_exists(from)) copy_file(from, wal);
        sql(path, ways[i]);
        v = locked(path);
        assert_int_equal(vault_wait_ms(v), 3600000);
        must_be(STATUS_BUSY, try_as(v, "AB", PIN), "a damaged count");
        vault_close(v);
        now.boot_ms += 3600000;
        v = locked(path); /* the hour passes though the program was ended */
        assert_int_equal(vault_wait_ms(v), 0);
        OK(try_as(v, "AB", PIN));
        vault_close(v);
    }
}

/* Rows that somebody who can write the file, and has a PIN of his own elsewhere, puts there. */
static void a_copied_slot_opens_nothing(void **state) {
    (void)state;
    const char *mine = sealed_one("mine.db"), *theirs = scratch("theirs.db");
    static const uint8_t their_key[32] = {9};
    struct journal *j = NULL;
    OK(open_under(&j, theirs, their_key));
    row_id person = add_person(j, "XY");
    OK(journal_begin(j));
    OK(vault_put(j, person, "XY", OTHER, their_key));
    OK(journal_commit(j));
    journal_close(j);
    char text[900];
    snprintf(text, sizeof text,
             "ATTACH '%s' AS o; DELETE FROM vault; INSERT INTO vault SELECT * FROM o.vault;",
             theirs);
    sql(mine, text);
    struct vault *v = locked(mine);
    must_be(STATUS_DAMAGED, try_as(v, "XY", OTHER), "their PIN on my database");
    must_be(STATUS_WRONG_CODE, try_as(v, "XY", PIN), "my PIN on their slot");
    vault_close(v);
    must_be(STATUS_WRONG_CODE, open_under(&j, mine, their_key), "their key");
}

int main(void) {
    log_open("/dev/null");
    watch();
    key_lock_weakly_for_tests();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_of_a_slot_damaged),
        cmocka_unit_test(every_byte_of_its_pages_damaged),
        cmocka_unit_test(a_damaged_count_costs_an_hour),
        cmocka_unit_test(a_copied_slot_opens_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
