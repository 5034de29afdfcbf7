/* test_sealing.c -- an open database becomes a sealed one: the same history, nothing left to be
 * read, and whatever goes wrong on the way, one of the two.
 *
 * needs: store base
 *
 * Crashes and power cuts on the way: test_power_sealing.c. */
#include "union_hand.h"

#include <sqlite3.h>

#include "base/keys.h"
#include "store/vault.h"
#include "vfs_shim.c"

#define PIN "840273"

static struct clock_manual now = {.wall_ms = NOON, .boot_ms = 1};
static row_id person;

static struct journal *open_with(const char *path, const char *vfs, const uint8_t *key) {
    struct journal *j = NULL;
    struct journal_options o = {.path = path,
                                .clock = clock_manual(&now),
                                .device_name = "night tablet",
                                .device_role = "tablet",
                                .vfs = vfs,
                                .rest_key = key};
    OK(journal_open(&j, &o));
    return j;
}

/* ---- a database that has seen everything ---- */

static const uint32_t sizes[] = {0, 1, 65535, 65536, 65537, 131072, 700001};
#define SIZES (sizeof sizes / sizeof sizes[0])

static uint8_t *photo(size_t i) {
    uint8_t *p = malloc(sizes[i] + 1);
    draw d = {.s = i};
    for (uint32_t at = 0; at < sizes[i]; at++)
        p[at] = (uint8_t)draw_next(&d);
    memcpy(p, "Plimbrook", sizes[i] < 9 ? 0 : 9);
    return p;
}

static hash256 name_of_photo(size_t i) {
    uint8_t *p = photo(i);
    hash256 h = hash_of(p, sizes[i]);
    free(p);
    return h;
}

static void put_photos(struct journal *j) {
    for (size_t i = 0; i < SIZES; i++) {
        hash256 name;
        uint8_t *p = photo(i);
        OK(blob_put(j, p, sizes[i], &name));
        free(p);
    }
}

static void photos_are_there(struct journal *j) {
    for (size_t i = 0; i < SIZES; i++) {
        hash256 name = name_of_photo(i);
        struct buf b = {0};
        uint8_t *p = photo(i);
        OK(blob_get(j, &name, &b));
        assert_int_equal(b.size, sizes[i]);
        if (b.size) assert_memory_equal(b.data, p, b.size);
        free(p);
        buf_release(&b);
    }
}

/* Answers, seals, changes after a seal, erased words, another tablet's log with a gap in it. */
static void a_season(struct journal *j, int visits) {
    struct device other;
    struct log_info log;
    dice.s = 17;
    struct row p = row_new(&kind_person), s = row_new(&kind_service);
    row_text(&p, "label", "night lead Quendel");
    person = put_alone(j, &p);
    journal_hold(j, person);
    row_text(&s, "code", "OAK");
    row_text(&s, "name", "Quendelbrook House");
    put_alone(j, &s);
    for (int v = 0; v < visits; v++) {
        any_visit(j);
        row_id visit = any_row(j, "visit");
        for (int i = 0; i < 12; i++)
            new_answer(j, visit);
        if (v % 3 == 0) new_seal(j, visit);
    }
    struct row note = row_new(&kind_answer);
    row_ref(&note, "visit", any_row(j, "visit"));
    row_text(&note, "item", "lights");
    row_text(&note, "note", "Hesperwick said so");
    OK(journal_begin(j));
    sealed_or_ok(j, journal_put(j, &note));
    OK(draft_put(j, "note/1/words", "Draumwerk", 9));
    OK(local_put(j, "service", "Lokalzahl"));
    OK(local_put(j, "theme", "night"));
    OK(union_keep(j, "checkpoint/one", "Behaltnis", 9));
    put_photos(j);
    start(&other, "other.db", "tablet");
    first_things(&other);
    for (int i = 0; i < 10; i++)
        new_answer(other.j, any_row(other.j, "visit"));
    own_log(other.j, &log);
    carry(other.j, j, &log, 1, 4);
    carry(other.j, j, &log, 8, log.highest_seq);
    journal_close(other.j);
}

/* An office's database, since only there words can be erased. */
static void erase_some(struct journal *j) {
    row_id answer = any_row(j, "answer");
    OK(journal_erase(j, answer, "asked for", 20600, NULL));
}

struct seen {
    hash256 content, tables;
};

static struct seen look(struct journal *j) {
    struct arena a = {0};
    void *draft;
    size_t n = 0;
    OK(draft_get(j, "note/1/words", &a, &draft, &n));
    assert_memory_equal(draft, "Draumwerk", 9);
    assert_string_equal(local_get(j, "service", &a), "Lokalzahl");
    assert_string_equal(local_get(j, "theme", &a), "night");
    struct buf kept;
    OK(union_kept_one(j, "checkpoint/one", &a, &kept));
    assert_int_equal(kept.size, 9);
    assert_int_equal(journal_holder(j), person);
    photos_are_there(j);
    laws(j);
    arena_release(&a);
    return (struct seen){content(j), tables_hash(j)};
}

static void same(const struct seen *a, const struct seen *b) {
    assert_memory_equal(&a->content, &b->content, 32);
    assert_memory_equal(&a->tables, &b->tables, 32);
}

/* ---- looking from outside ---- */

static const char *const words[] = {"Quendel",   "Hesperwick", "Draumwerk", "Lokalzahl",
                                    "Behaltnis", "Plimbrook",  "seen ",     "night tablet"};

static size_t words_in(const void *p, size_t n) {
    size_t found = 0;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        found += n && memmem(p, n, words[i], strlen(words[i])) != NULL;
    return found;
}

static size_t words_in_files(const char *path) {
    static const char *const beside[] = {"", "-wal", "-shm", ".key"};
    size_t found = 0;
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        char name[600];
        struct buf b = {0};
        snprintf(name, sizeof name, "%s%s", path, beside[i]);
        if (file_read(name, 512 << 20, &b) == STATUS_OK) found += words_in(b.data, b.size);
        if (i == 3 && b.size) found += memmem(b.data, b.size, "secret ", 7) != NULL;
        buf_release(&b);
    }
    return found;
}

/* ---- sealing ---- */

static enum status seal_all(struct journal *j, int ms, int *steps, uint8_t key[32]) {
    struct sealing *w = NULL;
    bool done = false;
    double part = 0, before = 0;
    enum status s = sealing_start(&w, j, person, "NL", PIN);
    if (s) return s;
    for (*steps = 0; !s && !done; ++*steps) {
        s = sealing_step(w, ms, &done, &part);
        if (s) break;
        assert_true(part >= before && part <= 1);
        before = part;
    }
    if (!s) return sealing_finish(w, key);
    sealing_cancel(w);
    return s;
}

static void nothing_changes_and_nothing_shows(void **state) {
    (void)state;
    const char *path = scratch("whole.db");
    uint8_t key[32], again[32];
    int steps = 0;
    struct journal *j = open_with(path, NULL, NULL);
    a_season(j, 60);
    struct seen before = look(j);
    struct journal_self self, after_self;
    journal_self(j, &self);
    assert_true(words_in_files(path) > 0);
    OK(seal_all(j, 2, &steps, key));
    assert_true(journal_at_rest_sealed(j));
    assert_int_equal(words_in_files(path), 0); /* while it is open, its log emptied */
    journal_close(j);
    assert_int_equal(words_in_files(path), 0);

    struct vault *v = NULL;
    struct clock clock = clock_manual(&now);
    const struct vault_person *people;
    int last;
    OK(vault_open(&v, path, NULL, &clock));
    assert_int_equal(vault_people(v, &people, &last), 1);
    assert_int_equal(people[0].person, person);
    OK(vault_try(v, people[0].slot, PIN, again));
    assert_memory_equal(key, again, 32);
    vault_close(v);

    j = open_with(path, NULL, key);
    assert_true(journal_at_rest_sealed(j));
    struct seen after = look(j);
    same(&before, &after);
    journal_self(j, &after_self);
    assert_memory_equal(self.log_id.b, after_self.log_id.b, 32);
    new_answer(j, any_row(j, "visit"));
    laws(j);
    must_be(STATUS_EXISTS, seal_all(j, 2, &steps, key), "sealed twice");
    journal_close(j);
    assert_int_equal(words_in_files(path), 0);
    printf("figure: sealed in %d steps of 2 ms\n", steps);
}

static void an_offices_erased_words_stay_provable(void **state) {
    (void)state;
    const char *path = scratch("office.db");
    uint8_t key[32];
    int steps = 0;
    struct device d;
    device_open_at(&d, "office.db", "office", NOON);
    a_season(d.j, 9);
    erase_some(d.j);
    struct seen before = look(d.j);
    assert_true(query_one_int(d.j, 0, "SELECT count(*) FROM salt_apart", 0) > 0);
    assert_true(query_one_int(d.j, 0, "SELECT count(*) FROM run", 0) > 0);
    OK(seal_all(d.j, 5, &steps, key));
    journal_close(d.j);
    struct journal *j = open_with(path, NULL, key);
    struct seen after = look(j);
    same(&before, &after);
    erase_some(j);
    laws(j);
    journal_close(j);
}

/* The commit was the last that happened: the log is full, the key file as it was. */
static void what_a_crash_left_is_done_when_it_is_opened(void **state) {
    (void)state;
    char path[300], keys[300], kept[300];
    uint8_t key[32];
    int steps = 0;
    struct buf b = {0};
    snprintf(path, sizeof path, "%s", scratch("cut.db"));
    snprintf(keys, sizeof keys, "%s", scratch("cut.db.key"));
    snprintf(kept, sizeof kept, "%s", scratch("cut.kept"));
    struct journal *j = open_with(path, NULL, NULL);
    a_season(j, 6);
    struct seen before = look(j);
    struct journal_self self, after_self;
    journal_self(j, &self);
    copy_file(keys, kept);
    OK(seal_all(j, 50, &steps, key));
    journal_close(j);
    copy_file(kept, keys);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, "INSERT OR REPLACE INTO mark (key, value) VALUES ('wipe', 1)", 0, 0, 0);
    sqlite3_close(db);
    OK(file_read(keys, 1 << 16, &b));
    assert_non_null(memmem(b.data, b.size, "secret ", 7));
    buf_clear(&b);
    j = open_with(path, NULL, key);
    OK(file_read(keys, 1 << 16, &b));
    assert_null(memmem(b.data, b.size, "secret ", 7));
    assert_int_equal(query_one_int(j, -1, "SELECT count(*) FROM mark WHERE key = 'wipe'", 0),
                     0);
    struct seen after = look(j);
    same(&before, &after);
    journal_self(j, &after_self);
    assert_memory_equal(self.log_id.b, after_self.log_id.b, 32);
    assert_int_equal(words_in_files(path), 0);
    journal_close(j);
    buf_release(&b);
}

static void it_can_be_given_up_anywhere(void **state) {
    (void)state;
    const char *path = scratch("given_up.db");
    uint8_t key[32];
    int steps = 0, given_up = 0;
    struct journal *j = open_with(path, NULL, NULL);
    a_season(j, 12);
    struct seen before = look(j);
    for (int stop = 0;; stop++) {
        struct sealing *w = NULL;
        bool done = false;
        double part;
        OK(sealing_start(&w, j, person, "NL", PIN));
        for (int i = 0; i < stop && !done; i++)
            OK(sealing_step(w, 0, &done, &part)); /* the least that is done at once */
        sealing_cancel(w);
        given_up++;
        assert_false(journal_at_rest_sealed(j));
        if (stop % 16 == 0 || done) {
            struct seen now_seen = look(j);
            same(&before, &now_seen);
        }
        if (done) break;
        stop += stop / 8;
    }
    new_answer(j, any_row(j, "visit"));
    struct seen later = look(j);
    journal_close(j);
    j = open_with(path, NULL, NULL);
    struct seen again = look(j);
    same(&later, &again);
    OK(seal_all(j, 5, &steps, key));
    journal_close(j);
    j = open_with(path, NULL, key);
    again = look(j);
    same(&later, &again);
    journal_close(j);
    assert_int_equal(words_in_files(path), 0);
    printf("figure: given up at %d places, open as before each time\n", given_up);
}

/* ---- the disk fails ---- */

static void the_disk_fails_anywhere(void **state) {
    (void)state;
    char path[300], keys[300], keys_kept[300]; /* scratch() gives 64 names at a time */
    static const int codes[] = {SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC};
    int failed = 0, sealed = 0, wide = getenv("LANTERN_TEST_ALL") ? 20 : 1;
    uint8_t key[32];
    int steps = 0;
    snprintf(path, sizeof path, "%s", scratch("failing.db"));
    snprintf(keys, sizeof keys, "%s", scratch("failing.db.key"));
    snprintf(keys_kept, sizeof keys_kept, "%s", scratch("key.kept"));
    shim_register();
    shim_forget_files();
    (void)remove(keys);
    struct journal *j = open_with(path, "shim", NULL);
    a_season(j, 6);
    struct seen before = look(j);
    journal_close(j);
    struct shim_file kept[SHIM_FILES];
    memcpy(kept, shim.files, sizeof kept);
    for (int i = 0; i < SHIM_FILES; i++) {
        kept[i].bytes = kept[i].size ? malloc((size_t)kept[i].size) : NULL;
        if (kept[i].size) memcpy(kept[i].bytes, shim.files[i].bytes, (size_t)kept[i].size);
    }
    copy_file(keys, keys_kept);
    for (size_t c = 0; c < sizeof codes / sizeof codes[0]; c++) {
        bool reached = true;
        for (int64_t at = 1; reached; at += 1 + at / wide) {
            shim_forget_files();
            for (int i = 0; i < SHIM_FILES; i++) {
                memcpy(shim.files[i].name, kept[i].name, sizeof kept[i].name);
                shim.files[i].there = kept[i].there;
                if (kept[i].size) file_put(&shim.files[i], 0, kept[i].bytes, kept[i].size);
            }
            copy_file(keys_kept, keys);
            j = open_with(path, "shim", NULL);
            shim_arm(at, codes[c], c > 0);
            enum status s = seal_all(j, 50, &steps, key);
            reached = shim.calls >= at;
            shim_arm(0, 0, false);
            failed += s != STATUS_OK;
            sealed += s == STATUS_OK;
            if (s) {
                assert_false(journal_at_rest_sealed(j));
                struct seen open = look(j);
                same(&before, &open);
            }
            journal_close(j);
            j = open_with(path, "shim", s ? NULL : key);
            assert_int_equal(journal_at_rest_sealed(j), s == STATUS_OK);
            struct seen after = look(j);
            same(&before, &after);
            if (!s) {
                for (int i = 0; i < SHIM_FILES; i++)
                    assert_int_equal(words_in(shim.files[i].bytes, (size_t)shim.files[i].size),
                                     0);
                assert_int_equal(words_in_files(path), 0); /* the key file */
            }
            journal_close(j);
        }
    }
    for (int i = 0; i < SHIM_FILES; i++)
        free(kept[i].bytes);
    shim_forget_files();
    shim_forget_ops();
    printf("figure: the disk failed at %d places and it stayed open; %d times it was sealed "
           "all the same\n",
           failed, sealed);
}

int main(void) {
    key_lock_weakly_for_tests();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_changes_and_nothing_shows),
        cmocka_unit_test(an_offices_erased_words_stay_provable),
        cmocka_unit_test(what_a_crash_left_is_done_when_it_is_opened),
        cmocka_unit_test(it_can_be_given_up_anywhere),
        cmocka_unit_test(the_disk_fails_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
