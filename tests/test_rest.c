/* test_rest.c -- a database that is sealed at rest: the same history as an open one, nothing of
 * it to be read in the file, and nothing in it can be put in another's place.
 *
 * needs: store base
 *
 * Sealing one that was open: test_sealing.c. */
#include "union_hand.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include "base/keys.h"

static const uint8_t key[32] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17};
static const uint8_t other_key[32] = {9, 9, 9};
static struct clock_manual now = {.wall_ms = NOON, .boot_ms = 1};

static enum status try_open(struct journal **j, const char *path, const uint8_t *rest_key,
                            bool read_only) {
    struct journal_options o = {.path = path,
                                .clock = clock_manual(&now),
                                .device_name = "night tablet",
                                .device_role = "tablet",
                                .rest_key = rest_key,
                                .read_only = read_only};
    return journal_open(j, &o);
}

static struct journal *open_with(const char *path, const uint8_t *rest_key) {
    struct journal *j = NULL;
    OK(try_open(&j, path, rest_key, false));
    return j;
}

static struct journal *open_sealed(const char *path) {
    struct journal *j = open_with(path, key);
    assert_true(journal_at_rest_sealed(j));
    return j;
}

/* ---- looking into the files from outside ---- */

static bool file_has(const char *path, const void *p, size_t n) {
    struct buf b = {0};
    enum status s = file_read(path, 512 << 20, &b);
    if (s == STATUS_NOT_FOUND) return false;
    OK(s);
    bool has = memmem(b.data, b.size, p, n) != NULL;
    buf_release(&b);
    return has;
}

static bool anywhere(const char *path, const char *word) {
    static const char *const beside[] = {"", "-wal", "-shm", ".key"};
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        char name[600];
        snprintf(name, sizeof name, "%s%s", path, beside[i]);
        if (file_has(name, word, strlen(word))) return true;
    }
    return false;
}

/* Somebody with the disk in another machine. */
static void tamper(const char *path, const char *sql) {
    sqlite3 *db = NULL;
    char *error = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) fail_msg("%s", error);
    assert_true(sqlite3_changes(db) > 0);
    sqlite3_close(db);
}

static row_id put_service(struct journal *j, const char *code, const char *name) {
    struct row r = row_new(&kind_service);
    row_text(&r, "code", code);
    row_text(&r, "name", name);
    return put_alone(j, &r);
}

static char *name_of_service(struct journal *j, row_id id, struct arena *a) {
    struct row r;
    if (journal_row(j, &kind_service, id, a, &r)) return arena_strdup(a, "(none)");
    return arena_strdup(a, row_get_text(&r, "name"));
}

/* ---- opening ---- */

static void a_sealed_journal_comes_back(void **state) {
    (void)state;
    struct arena a = {0};
    struct stat st;
    const char *path = scratch("back.db");
    struct journal *j = open_sealed(path);
    row_id oak = put_service(j, "OAK", "Quendelbrook");
    OK(draft_put(j, "note/1", "Draumwerk", 9));
    OK(local_put(j, "service", "Lokalzahl"));
    OK(local_put(j, "theme", "night"));
    OK(union_keep(j, "checkpoint/one", "Behaltnis", 9));
    journal_hold(j, oak);
    OK(stat(path, &st) == 0 ? STATUS_OK : STATUS_IO);
    static const char *const words[] = {"Quendelbrook", "Draumwerk",    "Lokalzahl",
                                        "Behaltnis",    "night tablet", "secret"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_false(anywhere(path, words[i]));
    laws(j);
    hash256 before = content(j), tables = tables_hash(j);
    journal_close(j);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_false(anywhere(path, words[i]));
    assert_true(anywhere(path, "night")); /* how the lock page should look */

    j = open_sealed(path);
    void *draft;
    size_t n = 0;
    struct buf kept;
    OK(draft_get(j, "note/1", &a, &draft, &n));
    assert_memory_equal(draft, "Draumwerk", 9);
    assert_string_equal(local_get(j, "service", &a), "Lokalzahl");
    assert_string_equal(local_get(j, "theme", &a), "night");
    OK(union_kept_one(j, "checkpoint/one", &a, &kept));
    assert_int_equal(kept.size, 9);
    assert_int_equal(journal_holder(j), oak);
    assert_string_equal(name_of_service(j, oak, &a), "Quendelbrook");
    hash256 after = content(j), tables_after = tables_hash(j);
    assert_memory_equal(&before, &after, 32);
    assert_memory_equal(&tables, &tables_after, 32);
    struct journal_self self;
    journal_self(j, &self);
    assert_int_equal(self.log, 1); /* the key file was read again: the same device */
    laws(j);
    OK(journal_rebuild(j));
    tables_after = tables_hash(j);
    assert_memory_equal(&tables, &tables_after, 32);
    journal_close(j);
    arena_release(&a);
}

static void without_its_key_it_stays_shut(void **state) {
    (void)state;
    struct arena a = {0};
    const char *path = scratch("shut.db");
    struct journal *j = open_sealed(path);
    row_id oak = put_service(j, "OAK", "Oak House");
    journal_close(j);
    for (int read_only = 0; read_only < 2; read_only++) {
        must_be(STATUS_LOCKED, try_open(&j, path, NULL, read_only), "no key");
        must_be(STATUS_WRONG_CODE, try_open(&j, path, other_key, read_only), "another key");
    }
    OK(try_open(&j, path, key, true));
    assert_true(journal_at_rest_sealed(j));
    assert_string_equal(name_of_service(j, oak, &a), "Oak House");
    laws(j);
    journal_close(j);
    tamper(path, "DELETE FROM mark WHERE key = 'rest'");
    must_be(STATUS_DAMAGED, try_open(&j, path, key, false), "no mark");
    arena_release(&a);
}

static void an_open_one_stays_open(void **state) {
    (void)state;
    struct arena a = {0};
    const char *path = scratch("open.db");
    struct journal *j = open_with(path, NULL);
    assert_false(journal_at_rest_sealed(j));
    row_id oak = put_service(j, "OAK", "Oak House");
    journal_close(j);
    j = open_with(path, key); /* has content: the key is ignored */
    assert_false(journal_at_rest_sealed(j));
    assert_string_equal(name_of_service(j, oak, &a), "Oak House");
    journal_close(j);
    assert_true(anywhere(path, "Oak House"));
    arena_release(&a);
}

/* Whoever says of a sealed one that it is open would have the next words written in the open.
 */
static void it_cannot_be_called_open(void **state) {
    (void)state;
    const char *path = scratch("called.db");
    struct journal *j = open_sealed(path);
    put_service(j, "OAK", "Oak House");
    journal_close(j);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 1", 0, 0, 0), SQLITE_OK);
    sqlite3_close(db);
    must_be(STATUS_DAMAGED, try_open(&j, path, key, false), "called open");
    must_be(STATUS_DAMAGED, try_open(&j, path, NULL, false), "called open");
}

/* ---- the key file ---- */

static void the_key_file_lies_under_the_key_too(void **state) {
    (void)state;
    const char *path = scratch("self.db"), *keys = scratch("self.db.key");
    struct journal_self before, after;
    struct journal *j = open_with(scratch("donor.db"), NULL); /* a plain key file */
    put_service(j, "OAK", "Oak House");
    journal_close(j);
    assert_true(file_has(scratch("donor.db.key"), "secret ", 7));
    copy_file(scratch("donor.db.key"), keys);

    j = open_sealed(path); /* met by a sealed database: a log of the same key, under its own */
    put_service(j, "OAK", "Oak House");
    journal_self(j, &before);
    assert_false(file_has(keys, "secret ", 7));
    assert_true(file_has(keys, "resting ", 8));
    hash256 head = before.head_hash;
    OK(union_mark_exported(j, before.head_seq, &head)); /* the marker is written under it */
    assert_true(file_has(keys, "resting ", 8));
    journal_close(j);

    j = open_sealed(path);
    journal_self(j, &after);
    assert_memory_equal(before.log_id.b, after.log_id.b, 32);
    assert_int_equal(union_exported_seq(j), before.head_seq);
    journal_close(j);

    /* One of another database says nothing: set aside, and the tablet begins again. */
    j = open_with(scratch("elsewhere.db"), other_key);
    journal_close(j);
    copy_file(scratch("elsewhere.db.key"), keys);
    j = open_sealed(path);
    journal_self(j, &after);
    assert_memory_not_equal(before.log_id.b, after.log_id.b, 32);
    assert_true(file_exists(scratch("self.db.key.damaged")));
    put_service(j, "ELM", "Elm House");
    laws(j);
    journal_close(j);

    /* Nor does it to a database that is open. */
    copy_file(keys, scratch("plain.db.key"));
    j = open_with(scratch("plain.db"), NULL);
    assert_true(file_exists(scratch("plain.db.key.damaged")));
    journal_close(j);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sealed_journal_comes_back),
        cmocka_unit_test(without_its_key_it_stays_shut),
        cmocka_unit_test(an_open_one_stays_open),
        cmocka_unit_test(it_cannot_be_called_open),
        cmocka_unit_test(the_key_file_lies_under_the_key_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
