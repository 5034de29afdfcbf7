/* test_attacks_lost.c -- somebody takes the disk out of a locked tablet, changes what they
 * like, puts it back and waits until its people have written on.
 *
 * needs: store base
 *
 * What is put into the file: tables, views, triggers, generated columns and indexes that would
 * copy what is written; tables that bear the names of those in memory; rows of before.
 * Exchanged records, values, blobs and slots: test_rest.c, test_vault_damage.c. */
#include "vault_help.h"

#include "base/file.h"

#define SAID "Quendelbrook said so"

static struct arena life;

static char *made(const char *name, row_id *person) {
    char *path = arena_strdup(&life, scratch(name));
    struct journal *j = sealed_for(path, person);
    OK(local_put(j, "service", "4711"));
    OK(local_put(j, "theme", "night"));
    OK(draft_put(j, "note/1", "before", 6));
    journal_close(j);
    return path;
}

static bool lies_open(const char *path, const char *word) {
    static const char *const beside[] = {"", "-wal", "-shm", "-journal", ".key"};
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        struct buf b = {0};
        enum status s = file_read(arena_printf(&life, "%s%s", path, beside[i]), 1 << 28, &b);
        bool has = !s && b.size && memmem(b.data, b.size, word, strlen(word));
        buf_release(&b);
        if (has) return true;
    }
    return false;
}

/* What a night writes, or as much of it as the file lets it. */
static int write_on(struct journal *j, row_id person) {
    int kept = 0;
    struct row r = row_new(&kind_service);
    row_text(&r, "code", "OAK");
    row_text(&r, "name", SAID);
    kept += journal_put_alone(j, &r) == STATUS_OK;
    kept += draft_put(j, "note/2", SAID, sizeof SAID - 1) == STATUS_OK;
    kept += draft_put(j, "note/2", SAID " ", sizeof SAID) == STATUS_OK;
    kept += draft_put(j, "note/2", NULL, 0) == STATUS_OK;
    kept += local_put(j, "said", SAID) == STATUS_OK;
    kept += union_keep(j, "kept/1", SAID, sizeof SAID - 1) == STATUS_OK;
    kept += vault_set(j, person, "AB", OTHER, false) == STATUS_OK;
    kept += vault_set(j, person, "AB", PIN, false) == STATUS_OK;
    return kept;
}
#define WRITES 8

static int opened, shut, written;

/* Puts `text` into a copy of the file; then somebody is let in and writes on. */
static void attack(const char *whole, row_id person, const char *text) {
    struct journal *j = NULL;
    char *path = arena_strdup(&life, scratch("taken.db"));
    char key[600], whole_key[600];
    snprintf(key, sizeof key, "%s.key", path);
    snprintf(whole_key, sizeof whole_key, "%s.key", whole);
    remove(arena_printf(&life, "%s-wal", path));
    copy_file(whole, path);
    copy_file(whole_key, key);
    sql(path, text);
    enum status s = open_under(&j, path, rest_key);
    if (s) {
        shut++;
    } else {
        opened++;
        written += write_on(j, person);
        if (journal_rebuild(j)) written--;
        if (lies_open(path, SAID)) fail_msg("lies open: %s", text);
        journal_close(j);
    }
    if (lies_open(path, SAID)) fail_msg("lies open when closed: %s", text);
}

/* ---- things that listen ---- */

static void nothing_in_the_file_listens(void **state) {
    (void)state;
    static const char *const tables[] = {"draft", "local", "kept", "mark"};
    static const char *const texts[] = {
        "CREATE TABLE leak (x); CREATE TRIGGER t AFTER INSERT ON journal BEGIN INSERT INTO "
        "leak "
        "VALUES (new.body); END",
        "CREATE TABLE leak (x); CREATE TRIGGER t AFTER INSERT ON journal BEGIN INSERT INTO "
        "leak "
        "SELECT name FROM service; END",
        "CREATE TABLE leak (x); CREATE TABLE service (id, name); CREATE TRIGGER t AFTER INSERT "
        "ON journal BEGIN INSERT INTO leak SELECT name FROM service; END",
        "CREATE TABLE leak (x); CREATE TRIGGER t AFTER INSERT ON journal BEGIN INSERT INTO "
        "leak "
        "VALUES (rest_open_body(new.body, new.id, new.hlc, new.at, new.tz, new.\"by\", "
        "new.kind, "
        "new.op, new.\"row\", new.parent, new.hash, new.checks, new.copy)); END",
        /* the names of those in memory, with words in them */
        "CREATE TABLE service (id INTEGER PRIMARY KEY, version INTEGER, hlc INTEGER, at "
        "INTEGER, "
        "\"by\" INTEGER, made_at INTEGER, made_by INTEGER, withdrawn INTEGER, rival INTEGER, "
        "code "
        "TEXT, name TEXT); INSERT INTO service (id, name) VALUES (1, 'forged')",
        "CREATE VIEW service AS SELECT 1 AS id, 'forged' AS name",
        "CREATE VIEW person AS SELECT 1 AS id, 'forged' AS label",
        "CREATE TABLE proof_service (id, name); CREATE TABLE sealed (visit, seal, hlc)",
        "CREATE TABLE relabel_step (old, new); CREATE TABLE late (record)",
        /* an index, a column that is reckoned */
        "CREATE INDEX leak ON draft (upper(value))",
        "CREATE INDEX leak ON journal (substr(body, 1, 400))",
        "ALTER TABLE draft ADD COLUMN leak AS (upper(value))",
        "ALTER TABLE local ADD COLUMN leak AS (hex(value))",
        "DROP INDEX journal_row",
        "DROP INDEX journal_rules",
        /* virtual ones */
        "CREATE VIRTUAL TABLE leak USING fts5(x); CREATE TRIGGER t AFTER INSERT ON draft BEGIN "
        "INSERT INTO leak VALUES (new.value); END",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'value "
        "BLOB', "
        "'value BLOB CHECK (rest_open(value, ''draft'', key) IS NULL)') WHERE name = 'draft'",
        "PRAGMA auto_vacuum = INCREMENTAL; VACUUM",
        "PRAGMA page_size = 512; VACUUM",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA cache_size = 1; PRAGMA default_cache_size = 1",
        "ANALYZE; CREATE TABLE plain AS SELECT * FROM draft",
    };
    row_id person = 0;
    char *whole = made("whole.db", &person);
    struct vault *v = locked(whole);
    OK(try_as(v, "AB", PIN));
    vault_close(v);
    opened = shut = written = 0;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        attack(whole, person, texts[i]);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        const char *t = tables[i];
        attack(whole, person,
               arena_printf(&life,
                            "CREATE TABLE leak (x); CREATE TRIGGER t BEFORE INSERT ON %s BEGIN "
                            "INSERT INTO leak VALUES (new.value); END; CREATE TRIGGER u AFTER "
                            "DELETE ON %s BEGIN INSERT INTO leak VALUES (rest_open(old.value, "
                            "'%s', old.key)); END",
                            t, t, t));
        attack(
            whole, person,
            arena_printf(&life,
                         "ALTER TABLE %s RENAME TO was; CREATE VIEW %s AS SELECT * FROM was; "
                         "CREATE TABLE leak (x); CREATE TRIGGER t INSTEAD OF INSERT ON %s "
                         "BEGIN INSERT INTO leak VALUES (new.value); INSERT OR REPLACE INTO "
                         "was VALUES (new.key, new.value); END",
                         t, t, t));
        attack(whole, person,
               arena_printf(&life,
                            "ALTER TABLE %s RENAME TO was; CREATE TABLE %s (key TEXT PRIMARY "
                            "KEY, value, open AS (key || value)); INSERT INTO %s SELECT * FROM "
                            "was",
                            t, t, t));
    }
    printf("figure: %d times something that listens was put into the file: %d opened, %d of %d "
           "writes went through, nothing lies open\n",
           opened + shut, opened, written, opened * WRITES);
    assert_true(opened > 10);
}

/* ---- the count of tries ---- */

/* Whoever had the disk once leaves something behind that forgets wrong tries. */
static void no_trigger_forgets_tries(void **state) {
    (void)state;
    row_id person = 0;
    char *path = made("tries.db", &person);
    sql(path, "CREATE TABLE was AS SELECT * FROM vault_try; CREATE TRIGGER t AFTER INSERT ON "
              "vault_try WHEN new.wrong > 0 BEGIN UPDATE vault_try SET (wrong, boot, untold, "
              "since, last, tried, sum) = (SELECT wrong, boot, untold, since, last, tried, sum "
              "FROM was); END");
    int heard = 0;
    for (int i = 0; i < 12; i++) {
        struct vault *v = locked(path); /* each time the program is started anew */
        heard += try_as(v, "AB", "111111") == STATUS_WRONG_CODE;
        vault_close(v);
    }
    assert_int_equal(heard, VAULT_FREE_TRIES + 1);
}

/* ---- what says that it is open ---- */

/* With the vault gone as well it is another database, in which nothing reads. */
static void it_cannot_be_called_open(void **state) {
    (void)state;
    static const char *const texts[] = {
        "PRAGMA user_version = 1",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = -2",
        "PRAGMA user_version = 1; DELETE FROM mark WHERE key = 'rest'",
        "PRAGMA user_version = 1; DELETE FROM mark",
        "PRAGMA user_version = 1; DELETE FROM mark; DROP TABLE vault_try",
        "PRAGMA application_id = 7",
        "PRAGMA application_id = 0; PRAGMA user_version = 0"};
    row_id person = 0;
    char *whole = made("called.db", &person);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct journal *j = NULL;
        char *path = arena_strdup(&life, scratch("called-copy.db"));
        remove(arena_printf(&life, "%s-wal", path));
        copy_file(whole, path);
        copy_file(arena_printf(&life, "%s.key", whole), arena_printf(&life, "%s.key", path));
        sql(path, texts[i]);
        enum status s = open_under(&j, path, NULL);
        if (!s) fail_msg("opened without a key: %s", texts[i]);
        assert_false(file_exists(arena_printf(&life, "%s.key.damaged", path)));
        s = open_under(&j, path, rest_key);
        if (!s) fail_msg("opened with its key: %s", texts[i]);
    }
}

/* ---- a key file that somebody knows ---- */

static void nobody_elses_key_is_taken(void **state) {
    (void)state;
    row_id person = 0;
    for (int with_log = 0; with_log < 2; with_log++) {
        struct journal *j = NULL;
        struct journal_self theirs, self;
        char *path = made(with_log ? "named.db" : "plain-key.db", &person);
        char *other = arena_strdup(&life, scratch(with_log ? "other2.db" : "other.db"));
        char *aside = arena_printf(&life, "%s.key.damaged", path);
        OK(open_under(&j, other, NULL));
        journal_self(j, &theirs);
        journal_close(j);
        copy_file(arena_printf(&life, "%s.key", other), arena_printf(&life, "%s.key", path));
        if (with_log)
            sql(path, arena_printf(&life, "UPDATE log SET key = x'%s', incarnation = x'%s'",
                                   hex_of(&life, theirs.key, 32),
                                   hex_of(&life, theirs.incarnation, 8)));
        j = unlocked(path);
        journal_self(j, &self);
        assert_memory_not_equal(self.key, theirs.key, 32);
        assert_true(file_exists(aside));
        journal_close(j);
        j = unlocked(path); /* and it stays so */
        struct journal_self again;
        journal_self(j, &again);
        assert_memory_equal(again.key, self.key, 32);
        journal_close(j);
    }
}

/* ---- numbers nobody wrote ---- */

static void numbers_beyond_all_sense(void **state) {
    (void)state;
    static const char *const texts[] = {
        "UPDATE mark SET value = 9223372036854775807 WHERE key = 'hlc'",
        "INSERT OR REPLACE INTO mark VALUES ('hlc', 9223372036854775807)",
        "INSERT OR REPLACE INTO mark VALUES ('hlc', -9223372036854775807)",
        "INSERT OR REPLACE INTO mark VALUES ('hlc', 'x'), ('wipe', x'00'), ('tables', 1.5)",
        "UPDATE log SET first_seq = 9223372036854775807",
        "UPDATE log SET first_seq = -1, verified = 9223372036854775807",
        "UPDATE log SET base = 1",
        "UPDATE log SET branch = x'0102030405060708'",
        "INSERT INTO log SELECT no + 1, id, x'01', key, incarnation, own, base, 1, 0 FROM log",
        "UPDATE log SET base = 99",
        "UPDATE log SET own = 0",
        "UPDATE log SET no = -5",
        "UPDATE log SET no = 16777217",
        "DELETE FROM log",
        "INSERT INTO log SELECT no + 1, randomblob(32), branch, key, incarnation, 1, no, 1, 0 "
        "FROM log",
        "UPDATE journal SET tz = -1",
        "UPDATE journal SET tz = 9223372036854775807",
        "UPDATE journal SET kind = -1",
        "UPDATE journal SET kind = 63 WHERE id % 2",
        "UPDATE journal SET kind = 9223372036854775807",
        "UPDATE journal SET op = -1",
        "UPDATE journal SET \"row\" = -1",
        "UPDATE journal SET \"row\" = 9223372036854775807",
        "UPDATE journal SET \"by\" = -9223372036854775807",
        "UPDATE journal SET epoch = -1",
        "UPDATE journal SET at = 9223372036854775807",
        "UPDATE journal SET hlc = -1",
        "UPDATE journal SET hlc = 9223372036854775807",
        "INSERT INTO journal SELECT 9223372036854775807, hlc, at, tz, \"by\", kind, op, "
        "\"row\", parent, epoch, body, commitment, hash, checks, copy FROM journal LIMIT 1",
        "INSERT INTO journal SELECT id | 1099511627775, hlc, at, tz, \"by\", kind, op, "
        "\"row\", parent, epoch, body, commitment, hash, checks, copy FROM journal LIMIT 1",
        "INSERT INTO journal SELECT -5, hlc, at, tz, \"by\", kind, op, \"row\", parent, "
        "epoch, body, commitment, hash, checks, copy FROM journal LIMIT 1",
        "UPDATE run SET first_seq = -1",
        "UPDATE draft SET value = NULL",
        "UPDATE draft SET key = ''",
        "UPDATE local SET value = zeroblob(1000000)",
        "UPDATE journal SET body = NULL",
        "UPDATE journal SET hash = NULL",
        "UPDATE journal SET hash = x''",
        "UPDATE journal SET checks = zeroblob(100000)",
        "INSERT INTO blob (hash, bytes) VALUES (randomblob(32), zeroblob(24))",
        "INSERT INTO blob (hash, bytes) VALUES (x'', x'')"};
    row_id person = 0;
    char *whole = made("numbers.db", &person);
    opened = shut = written = 0;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char *text = arena_printf(&life, "PRAGMA ignore_check_constraints = ON; %s", texts[i]);
        if (strstr(text, "hash = NULL")) continue; /* NOT NULL holds outside too */
        attack(whole, person, text);
    }
    printf("figure: %d numbers beyond all sense: %d opened\n", opened + shut, opened);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_in_the_file_listens),
                                       cmocka_unit_test(no_trigger_forgets_tries),
                                       cmocka_unit_test(it_cannot_be_called_open),
                                       cmocka_unit_test(nobody_elses_key_is_taken),
                                       cmocka_unit_test(numbers_beyond_all_sense)};
    key_lock_weakly_for_tests();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&life);
    return failed;
}
