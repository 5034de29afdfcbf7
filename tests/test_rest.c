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
    bool has = b.size && memmem(b.data, b.size, p, n) != NULL;
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

/* @1 … @9 in a text stand for values. */
static void fill(char *out, size_t room, const char *text, char values[][80]) {
    size_t n = 0;
    for (const char *p = text; *p; p++) {
        const char *one = *p == '@' ? values[*++p - '1'] : NULL;
        n += (size_t)snprintf(out + n, room - n, one ? "%s" : "%.1s", one ? one : p);
        assert_true(n < room);
    }
}

static row_id put_service(struct journal *j, const char *code, const char *name) {
    struct row r = row_new(&kind_service);
    row_text(&r, "code", code);
    row_text(&r, "name", name);
    return put_alone(j, &r);
}

static char *name_of_service(struct journal *j, row_id id, struct arena *a) {
    struct row r;
    if (journal_row(j, &kind_service, id, a, &r)) return arena_strdup(a, "");
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

/* ---- nothing can be put in another's place ---- */

/* A tablet with two homes, two people and a visit with two answers, one of them changed; and
 * another tablet's log, so that references into it bear their checks. */
struct two {
    row_id oak, elm, lead, nurse, visit, first, second;
};

static row_id put_answer(struct journal *j, row_id visit, const char *note) {
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", "lights");
    row_text(&r, "note", note);
    return put_alone(j, &r);
}

static row_id put_person(struct journal *j, const char *label) {
    struct row r = row_new(&kind_person);
    row_text(&r, "label", label);
    return put_alone(j, &r);
}

static struct two two_of_each(struct journal *j) {
    struct arena a = {0};
    struct two t = {.oak = put_service(j, "OAK", "words of oak"),
                    .elm = put_service(j, "ELM", "words of elm"),
                    .lead = put_person(j, "night lead"),
                    .nurse = put_person(j, "night nurse")};
    journal_hold(j, t.lead);
    struct row v = row_new(&kind_visit), r;
    row_ref(&v, "service", t.oak);
    row_text(&v, "template", "NIGHT");
    t.visit = put_alone(j, &v);
    t.first = put_answer(j, t.visit, "first words");
    t.second = put_answer(j, t.visit, "second words");
    OK(journal_row(j, &kind_answer, t.first, &a, &r));
    row_text(&r, "note", "third words");
    put_alone(j, &r);
    OK(draft_put(j, "note/1", "one draft", 9));
    OK(draft_put(j, "note/2", "two draft", 9));
    OK(local_put(j, "alpha", "one local"));
    OK(local_put(j, "beta", "two local"));
    OK(union_keep(j, "kept/1", "one kept.", 9));
    OK(union_keep(j, "kept/2", "two kept.", 9));
    arena_release(&a);
    return t;
}

static char *note_of(struct journal *j, row_id id, struct arena *a) {
    struct row r;
    if (journal_row(j, &kind_answer, id, a, &r)) return arena_strdup(a, "");
    return arena_strdup(a, row_get_text(&r, "note"));
}

/* Its own words or none: never another's, and never what it said before as what it says now.
 */
static void only_its_own(const char *is, const char *own) {
    if (is[0] && strcmp(is, own) != 0) fail_msg("said \"%s\" instead of \"%s\"", is, own);
}

static void records_stay_in_their_place(void **state) {
    (void)state;
    char whole[300], path[300], keys[300], whole_keys[300];
    snprintf(whole, sizeof whole, "%s", scratch("swap_whole.db"));
    snprintf(whole_keys, sizeof whole_keys, "%s", scratch("swap_whole.db.key"));
    snprintf(path, sizeof path, "%s", scratch("swap.db"));
    snprintf(keys, sizeof keys, "%s", scratch("swap.db.key"));
    struct arena a = {0};
    struct journal *j = open_sealed(whole);
    struct two t = two_of_each(j);
    struct journal_self self;
    journal_self(j, &self);
    row_id change = ROW_ID(self.log, self.head_seq);
    journal_close(j);
    /* @1: the first answer's record, @2 the second's, @3 the change,
     * @4 and @5 the two homes, @6 and @7 the two people */
    static const char *const texts[] = {
        /* bodies */
        "UPDATE journal SET body = (SELECT body FROM journal WHERE id = @2) WHERE id = "
        "@1",
        "UPDATE journal SET body = (SELECT body FROM journal WHERE id = @1) WHERE id = "
        "@3",
        "UPDATE journal SET body = (SELECT body FROM journal WHERE id = @4) WHERE id = "
        "@5",
        /* whole records under each other's numbers */
        "UPDATE journal SET id = -@1 WHERE id = @1; UPDATE journal SET id = @1, "
        "\"row\" = @1 WHERE id = @2; UPDATE journal SET id = @2, \"row\" = @2 "
        "WHERE id = -@1",
        "UPDATE journal SET id = -@4 WHERE id = @4; UPDATE journal SET id = @4, "
        "\"row\" = @4 WHERE id = @5; UPDATE journal SET id = @5, \"row\" = @5 "
        "WHERE id = -@4",
        /* all of a record but its number */
        "UPDATE journal SET (hlc, at, tz, \"by\", kind, op, parent, epoch, body, hash, checks) "
        "= "
        "(SELECT hlc, at, tz, \"by\", kind, op, parent, epoch, body, hash, checks FROM journal "
        "WHERE id = @2) WHERE id = @1",
        /* the header */
        "UPDATE journal SET \"row\" = @2 WHERE id = @3",
        "UPDATE journal SET \"row\" = @2, parent = @2 WHERE id = @3",
        "UPDATE journal SET parent = @2 WHERE id = @3",
        "UPDATE journal SET \"by\" = @7 WHERE id = @3",
        "UPDATE journal SET \"by\" = NULL WHERE id = @3",
        "UPDATE journal SET hlc = hlc + 1 WHERE id = @3",
        "UPDATE journal SET at = at - 3600000 WHERE id = @3",
        "UPDATE journal SET tz = tz + 60 WHERE id = @3",
        "UPDATE journal SET kind = 13 WHERE id = @4",
        "UPDATE journal SET op = 2 WHERE id = @3",
        "UPDATE journal SET copy = 1 WHERE id = @3",
        "UPDATE journal SET copy = 2 WHERE id = @3", /* neither: out of sight of the office */
        "UPDATE journal SET copy = 0 WHERE id = @3",
        /* two at once, so that their sum stays */
        "UPDATE journal SET kind = kind - 1, op = op + 128 WHERE id = @3",
        "UPDATE journal SET tz = tz - 1, kind = kind + (1 << 24) WHERE id = @3",
        "UPDATE journal SET checks = randomblob(12) WHERE id = @3",
        "UPDATE journal SET hash = randomblob(32) WHERE id = @3",
        "UPDATE journal SET hash = 'no hash' WHERE id = @3",
        /* cut, lengthened, one bit, no bytes at all, and words in the open */
        "UPDATE journal SET body = substr(body, 1, 39) WHERE id = @3",
        "UPDATE journal SET body = substr(body, 1, length(body) - 1) WHERE id = @3",
        "UPDATE journal SET body = CAST(body || x'00' AS BLOB) WHERE id = @3",
        "UPDATE journal SET body = x'' WHERE id = @3",
        "UPDATE journal SET body = 'second words' WHERE id = @3",
        "UPDATE journal SET body = 17 WHERE id = @3",
        /* another log's id */
        "UPDATE log SET id = randomblob(32)",
    };
    size_t n = sizeof texts / sizeof texts[0];
    for (size_t i = 0; i < n; i++) {
        const row_id ids[] = {t.first, t.second, change, t.oak, t.elm, t.lead, t.nurse};
        char sql[1000], values[9][80];
        for (size_t k = 0; k < sizeof ids / sizeof ids[0]; k++)
            snprintf(values[k], sizeof values[k], "%lld", (long long)ids[k]);
        fill(sql, sizeof sql, texts[i], values);
        copy_file(whole, path);
        copy_file(whole_keys, keys);
        tamper(path, sql);
        j = open_sealed(path);
        struct journal_report r;
        must_be(STATUS_DAMAGED, journal_verify(j, &r), texts[i]);
        assert_true(r.bodies_damaged + r.chain_damaged > 0);
        only_its_own(name_of_service(j, t.oak, &a), "words of oak");
        only_its_own(name_of_service(j, t.elm, &a), "words of elm");
        const char *first = note_of(j, t.first, &a);
        if (strcmp(first, "first words") != 0) only_its_own(first, "third words");
        only_its_own(note_of(j, t.second, &a), "second words");
        OK(journal_rebuild(j));
        journal_close(j);
        arena_reset(&a);
    }
    printf("figure: records changed in %zu ways: none shows another's words\n", n);
    arena_release(&a);
}

/* The same record in two databases; its sealed bytes are of use in one only. */
static void another_database_is_another_place(void **state) {
    (void)state;
    struct arena a = {0};
    char from[300], to[300], sql[900];
    snprintf(from, sizeof from, "%s", scratch("there.db"));
    snprintf(to, sizeof to, "%s", scratch("here.db"));
    struct journal *x = open_sealed(from), *y = open_with(to, other_key);
    row_id oak = put_service(x, "OAK", "words of oak");
    carry_all(x, y);
    put_service(y, "ELM", "words of elm");
    struct log_info log;
    struct journal_self self;
    journal_self(x, &self);
    OK(union_log_by_id(y, &self.log_id, &log));
    row_id there = ROW_ID(log.no, ROW_SEQ(oak));
    assert_string_equal(name_of_service(y, there, &a), "words of oak");
    CLOSE(x, y);
    snprintf(sql, sizeof sql,
             "ATTACH '%s' AS x; UPDATE main.journal SET body = (SELECT body FROM x.journal f "
             "WHERE f.id = %lld) WHERE id = %lld",
             from, (long long)oak, (long long)there);
    tamper(to, sql);
    y = open_with(to, other_key);
    struct journal_report r;
    must_be(STATUS_DAMAGED, journal_verify(y, &r), "a body from elsewhere");
    assert_int_equal(r.bodies_damaged, 1);
    assert_string_equal(name_of_service(y, there, &a), "");
    journal_close(y);
    arena_release(&a);
}

static void values_stay_in_their_place(void **state) {
    (void)state;
    char whole[300], path[300], keys[300], whole_keys[300];
    snprintf(whole, sizeof whole, "%s", scratch("values_whole.db"));
    snprintf(whole_keys, sizeof whole_keys, "%s", scratch("values_whole.db.key"));
    snprintf(path, sizeof path, "%s", scratch("values.db"));
    snprintf(keys, sizeof keys, "%s", scratch("values.db.key"));
    struct arena a = {0};
    struct journal *j = open_sealed(whole);
    (void)two_of_each(j);
    journal_close(j);
    static const char *const texts[] = {
        "UPDATE draft SET value = (SELECT value FROM draft WHERE key = 'note/2') WHERE key = "
        "'note/1'",
        "UPDATE draft SET value = (SELECT value FROM kept WHERE key = 'kept/1') WHERE key = "
        "'note/1'",
        "UPDATE draft SET key = 'note/3' WHERE key = 'note/1'; UPDATE draft SET key = 'note/1' "
        "WHERE key = 'note/2'",
        "UPDATE draft SET value = 'two draft' WHERE key = 'note/1'",
        "UPDATE local SET value = (SELECT value FROM local WHERE key = 'beta') WHERE key = "
        "'alpha'",
        "UPDATE local SET value = 'two local' WHERE key = 'alpha'",
        "UPDATE local SET value = (SELECT value FROM draft WHERE key = 'note/1') WHERE key = "
        "'alpha'",
        "UPDATE kept SET value = (SELECT value FROM kept WHERE key = 'kept/2') WHERE key = "
        "'kept/1'",
        "UPDATE kept SET value = 'two kept.' WHERE key = 'kept/1'",
        "UPDATE kept SET value = substr(value, 1, 48) WHERE key = 'kept/1'",
    };
    size_t n = sizeof texts / sizeof texts[0];
    for (size_t i = 0; i < n; i++) {
        void *p = NULL;
        size_t size = 0;
        struct buf kept;
        copy_file(whole, path);
        copy_file(whole_keys, keys);
        tamper(path, texts[i]);
        j = open_sealed(path);
        enum status s = draft_get(j, "note/1", &a, &p, &size);
        if (s) must_be(strstr(texts[i], "draft SET") ? STATUS_DAMAGED : STATUS_OK, s, texts[i]);
        if (!s) assert_memory_equal(p, "one draft", 9);
        const char *local = local_get(j, "alpha", &a);
        assert_true(!local || strcmp(local, "one local") == 0);
        OK(union_kept_one(j, "kept/1", &a, &kept));
        if (kept.size) assert_memory_equal(kept.data, "one kept.", 9);
        assert_true(s || !local || !kept.size); /* what was touched says nothing */
        laws(j);
        journal_close(j);
        arena_reset(&a);
    }
    printf("figure: drafts, settings and kept data exchanged in %zu ways: none taken\n", n);
    arena_release(&a);
}

/* ---- blobs ---- */

#define PIECE 65536
static const uint32_t sizes[] = {0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 5 * PIECE + 77};
#define SIZES (sizeof sizes / sizeof sizes[0])

static uint8_t *photo(uint64_t seed, uint32_t size) {
    uint8_t *p = malloc(size + 1);
    draw d = {.s = seed};
    for (uint32_t at = 0; at < size; at++)
        p[at] = (uint8_t)draw_next(&d);
    return p;
}

static void blobs_are_written_and_read_in_pieces(void **state) {
    (void)state;
    const char *path = scratch("blobs.db");
    struct journal *j = open_sealed(path);
    dice.s = 3;
    for (size_t i = 0; i < SIZES; i++) {
        uint8_t *p = photo(i, sizes[i]), *got = malloc(sizes[i] + 1);
        hash256 name = hash_of(p, sizes[i]), put = {0};
        struct blob_writer *w = NULL;
        struct buf whole = {0};
        uint32_t size = 1;
        if (i % 2) {
            OK(blob_put(j, p, sizes[i], &put));
            assert_true(hash_equal(&put, &name));
        } else {
            OK(journal_begin(j));
            OK(blob_write_start(&w, j, &name, sizes[i]));
            for (uint32_t at = 0; at < sizes[i];) {
                uint32_t n = (uint32_t)below(90000) + 1;
                if (n > sizes[i] - at) n = sizes[i] - at;
                OK(blob_write_add(w, p + at, n));
                at += n;
            }
            OK(blob_write_end(w));
            OK(journal_commit(j));
        }
        OK(blob_put(j, p, sizes[i], &put)); /* again: nothing is written */
        buf_text(&whole, "before");
        OK(blob_get(j, &name, &whole));
        assert_int_equal(whole.size, sizes[i] + 6);
        if (sizes[i]) assert_memory_equal(whole.data + 6, p, sizes[i]);
        OK(blob_size(j, &name, &size));
        assert_int_equal(size, sizes[i]);
        for (uint32_t at = 0; at < sizes[i];) { /* from front to end */
            uint32_t n = (uint32_t)below(100000) + 1;
            if (n > sizes[i] - at) n = sizes[i] - at;
            OK(blob_read_at(j, &name, at, got + at, n));
            at += n;
        }
        if (sizes[i]) assert_memory_equal(got, p, sizes[i]);
        for (int k = 0; k < 20 && sizes[i]; k++) { /* anywhere */
            uint32_t at = (uint32_t)below((int)sizes[i]);
            uint32_t n = (uint32_t)below((int)(sizes[i] - at)) + 1;
            OK(blob_read_at(j, &name, at, got, n));
            assert_memory_equal(got, p + at, n);
        }
        must_be(STATUS_TRUNCATED, blob_read_at(j, &name, sizes[i], got, 1), "beyond its end");
        if (sizes[i] > 64) assert_false(file_has(path, p, 32));
        buf_release(&whole);
        free(p);
        free(got);
    }
    /* One that is given up, and one whose bytes are not its name's, leave nothing. */
    uint8_t *p = photo(99, 3 * PIECE);
    hash256 name = hash_of(p, 3 * PIECE);
    struct blob_writer *w = NULL;
    OK(journal_begin(j));
    OK(blob_write_start(&w, j, &name, 3 * PIECE));
    OK(blob_write_add(w, p, 2 * PIECE));
    blob_write_abandon(w);
    assert_false(blob_have(j, &name));
    OK(blob_write_start(&w, j, &name, 3 * PIECE));
    OK(blob_write_add(w, p, 2 * PIECE));
    OK(blob_write_add(w, p, PIECE));
    must_be(STATUS_DAMAGED, blob_write_end(w), "another photo's bytes");
    assert_false(blob_have(j, &name));
    OK(journal_commit(j));
    assert_int_equal(query_one_int(j, -1, "SELECT count(*) FROM blob", 0), SIZES);
    free(p);
    laws(j);
    journal_close(j);
}

#define AT(piece) (24 + (piece) * (PIECE + 16))

static void pieces_stay_in_their_place(void **state) {
    (void)state;
    char whole[300], path[300], keys[300], whole_keys[300];
    snprintf(whole, sizeof whole, "%s", scratch("pieces_whole.db"));
    snprintf(whole_keys, sizeof whole_keys, "%s", scratch("pieces_whole.db.key"));
    snprintf(path, sizeof path, "%s", scratch("pieces.db"));
    snprintf(keys, sizeof keys, "%s", scratch("pieces.db.key"));
    const uint32_t size = 3 * PIECE + 100;
    uint8_t *a = photo(1, size), *b = photo(2, size);
    static uint8_t got[4 * PIECE];
    hash256 first, second;
    struct journal *j = open_sealed(whole);
    OK(blob_put(j, a, size, &first));
    OK(blob_put(j, b, size, &second));
    journal_close(j);
    struct arena m = {0};
    static const char *const texts[] = {
        /* two pieces exchanged */
        "UPDATE blob SET bytes = CAST(substr(bytes, 1, @1) || substr(bytes, @2 + 1, @4) "
        "|| substr(bytes, @1 + 1, @4) || substr(bytes, @3 + 1) AS BLOB) WHERE id = 1",
        /* one of the other's */
        "UPDATE blob SET bytes = (SELECT CAST(substr(x.bytes, 1, @2) || substr(y.bytes, @2 "
        "+ 1, @4) || substr(x.bytes, @3 + 1) AS BLOB) FROM blob x, blob y WHERE x.id = 1 "
        "AND y.id = 2) WHERE id = 1",
        /* all of the other's */
        "UPDATE blob SET bytes = (SELECT bytes FROM blob WHERE id = 2) WHERE id = 1",
        /* a whole piece off its end, and off the front */
        "UPDATE blob SET bytes = substr(bytes, 1, @3) WHERE id = 1",
        "UPDATE blob SET bytes = CAST(substr(bytes, 1, 24) || substr(bytes, @2 + 1) AS BLOB) "
        "WHERE id = 1",
        /* cut anywhere, made longer, one bit */
        "UPDATE blob SET bytes = substr(bytes, 1, @3 - 1000) WHERE id = 1",
        "UPDATE blob SET bytes = substr(bytes, 1, @3 + 16) WHERE id = 1",
        "UPDATE blob SET bytes = substr(bytes, 1, 20) WHERE id = 1",
        "UPDATE blob SET bytes = CAST(bytes || zeroblob(50) AS BLOB) WHERE id = 1",
        "UPDATE blob SET bytes = CAST(substr(bytes, 1, 2000) || x'77' || substr(bytes, 2002) "
        "AS "
        "BLOB) WHERE id = 1",
        "UPDATE blob SET bytes = CAST(x'00' || substr(bytes, 2) AS BLOB) WHERE id = 1",
        /* names exchanged */
        "UPDATE blob SET hash = x'00' WHERE id = 1; UPDATE blob SET hash = @5 WHERE id = 2",
    };
    size_t n = sizeof texts / sizeof texts[0];
    for (size_t i = 0; i < n; i++) {
        const int places[] = {AT(1), AT(2), AT(3), PIECE + 16};
        char sql[1000], values[9][80];
        for (size_t k = 0; k < 4; k++)
            snprintf(values[k], sizeof values[k], "%d", places[k]);
        snprintf(values[4], sizeof values[4], "x'%s'", hex_of(&m, first.b, 32));
        fill(sql, sizeof sql, texts[i], values);
        copy_file(whole, path);
        copy_file(whole_keys, keys);
        tamper(path, sql);
        j = open_sealed(path);
        struct buf all = {0};
        must_be(STATUS_DAMAGED, blob_get(j, &first, &all), texts[i]);
        assert_int_equal(all.size, 0);
        enum status s = STATUS_OK;
        for (uint32_t at = 0; at < size && !s; at += 10000) {
            size_t some = size - at < 10000 ? size - at : 10000;
            s = blob_read_at(j, &first, at, got, some);
            if (!s) assert_memory_equal(got, a + at, some); /* what does come is its own */
        }
        assert_true(s == STATUS_DAMAGED || s == STATUS_TRUNCATED);
        buf_release(&all);
        journal_close(j);
    }
    printf("figure: the pieces of a blob changed in %zu ways: none taken\n", n);
    free(a);
    free(b);
    arena_release(&m);
}

/* ---- the same history, open and sealed ---- */

/* Two tablets write, an office and a sealed one take both in; a fork, a gap, a seal, words
 * erased. */
static void sealed_or_open_it_is_the_same(void **state) {
    (void)state;
    struct device office, tablet;
    dice.s = 23;
    office_open(&office, "same_office.db");
    start(&tablet, "same_tablet.db", "tablet");
    carry_all(office.j, tablet.j);
    first_things(&tablet);
    for (int v = 0; v < 12; v++) {
        any_visit(tablet.j);
        for (int i = 0; i < 10; i++)
            new_answer(tablet.j, any_row(tablet.j, "visit"));
        if (v % 3 == 0) new_seal(tablet.j, any_row(tablet.j, "visit"));
    }
    carry_all(tablet.j, office.j);
    OK(journal_erase(office.j, any_row(office.j, "answer"), "asked for", 20600, NULL));
    struct journal *open = open_with(scratch("same_open.db"), NULL),
                   *sealed = open_sealed(scratch("same_sealed.db"));
    struct journal *to[] = {open, sealed};
    for (size_t i = 0; i < 2; i++) {
        struct log_info log;
        own_log(tablet.j, &log);
        dice.s = 31;
        for (int64_t at = 1; at <= log.highest_seq;) { /* with gaps, closed later */
            int64_t last = at + below(9);
            if (last > log.highest_seq) last = log.highest_seq;
            if (below(4)) carry(tablet.j, to[i], &log, at, last);
            at = last + 1;
        }
        carry_all(office.j, to[i]);
        carry_all(tablet.j, to[i]);
        laws(to[i]);
    }
    hash256 a = content(open), b = content(sealed), at = tables_hash(open),
            bt = tables_hash(sealed), ct = tables_hash(office.j);
    assert_memory_equal(&a, &b, 32);
    assert_memory_equal(&at, &bt, 32);
    assert_memory_equal(&at, &ct, 32);
    journal_close(sealed);
    sealed = open_sealed(scratch("same_sealed.db"));
    b = content(sealed);
    bt = tables_hash(sealed);
    assert_memory_equal(&a, &b, 32);
    assert_memory_equal(&at, &bt, 32);
    assert_false(anywhere(scratch("same_sealed.db"), "seen "));
    assert_false(anywhere(scratch("same_sealed.db"), "who runs the homes"));
    laws(sealed);
    CLOSE(office.j, tablet.j, open, sealed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sealed_journal_comes_back),
        cmocka_unit_test(without_its_key_it_stays_shut),
        cmocka_unit_test(an_open_one_stays_open),
        cmocka_unit_test(it_cannot_be_called_open),
        cmocka_unit_test(the_key_file_lies_under_the_key_too),
        cmocka_unit_test(records_stay_in_their_place),
        cmocka_unit_test(another_database_is_another_place),
        cmocka_unit_test(values_stay_in_their_place),
        cmocka_unit_test(blobs_are_written_and_read_in_pieces),
        cmocka_unit_test(pieces_stay_in_their_place),
        cmocka_unit_test(sealed_or_open_it_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
