/* test_at_rest.c -- a lost tablet shows nothing: 200 planted words, looked for in every byte of
 * every file that a used tablet leaves behind.
 *
 * needs: sync store base
 *
 * See planted.h for the search and used_tablet.h for the life. The tablet is searched while it
 * is open, after a normal close, after a kill, after the power went (every write it ever made,
 * and disks built of a seeded share of them), on a full disk, and when it was used open and
 * sealed afterwards, also when that failed at first. How sealing itself is cut short:
 * test_power_sealing.c. */
#include "used_tablet.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "vfs_shim.c"

#include "file_shim.c"
#include "planted_disk.h"

static draw luck;
static struct sought all; /* of one test */

static int setup(void **state) {
    all = (struct sought){0};
    luck.s = 4;
    return begin(state);
}

static int teardown(void **state) {
    disk_forget();
    return end(state);
}

static void tell(const char *when) {
    printf("figure: %s: %zu files, %zu bytes searched for %d words in 3 encodings, %zu found\n",
           when, all.files, all.bytes, planted.count, all.found);
}

/* A tablet that was sealed before anything was said on it. */
static void sealed_home(struct home *h) {
    *h = (struct home){.sealed = true, .cache_kib = 64};
    random_bytes(h->key, sizeof h->key);
}

/* planted_start forgets the secrets of another test. */
static void keys_are_secret(const struct home *h) {
    plant_secret("the database's key", h->key, sizeof h->key);
    plant_secret("the PIN", HOME_PIN, strlen(HOME_PIN));
}

static void key_file_is_sealed(const struct home *h) {
    struct buf b = {0};
    assert_int_equal(file_read(path_join(&test_arena, h->dir, "lantern.db.key"), 1 << 20, &b),
                     STATUS_OK);
    assert_null(strstr(buf_str(&b), "\nsecret "));
    assert_null(strstr(buf_str(&b), "\nformer "));
    buf_release(&b);
}

/* ---- that the search finds ---- */

/* The same tablet, not sealed: the search finds everything there is. */
static void the_search_finds_what_lies_open(void **state) {
    (void)state;
    struct home h = {0};
    struct sought s = {.quiet = true}, erased = {.quiet = true};
    struct journal *office = used_tablet(&h, "open", 1);
    device_key_is_secret(&h);
    home_close(&h);
    seek_folder(&s, h.dir);
    for (int i = 0; i < PLANTED_WORDS; i++)
        if (!s.word[i]) print_error("not found: %s\n", planted.where[i]);
    assert_int_equal(s.words, PLANTED_WORDS);
    assert_int_equal(s.secrets, 1);
    home_open(&h);
    there_and_back(&h, office);
    home_close(&h);
    seek_folder(&erased, h.dir);
    assert_int_equal(erased.words, PLANTED_WORDS - HOME_ERASED);
    printf("figure: a tablet that is not sealed: %zu files, %zu bytes searched for %d words in "
           "3 encodings, %d found (%d after erasing)\n",
           s.files, s.bytes, PLANTED_WORDS, s.words, erased.words);
    journal_close(office);
}

/* ---- sealed from the first day ---- */

/* So much in one transaction that its pages do not stay in memory. */
static void a_large_transaction(struct home *h, bool keep) {
    assert_int_equal(journal_begin(h->j), STATUS_OK);
    for (int i = 0; i < 400; i++) {
        struct row r = row_new(&kind_observation);
        row_text(&r, "text", planted.words[i % PLANTED_WORDS]);
        row_text(&r, "said", planted.words[(i + 7) % PLANTED_WORDS]);
        assert_int_equal(journal_put(h->j, &r), STATUS_OK);
    }
    if (keep)
        assert_int_equal(journal_commit(h->j), STATUS_OK);
    else
        journal_rollback(h->j);
}

static void everything_else(struct home *h) {
    bool done = false;
    laws(h->j);
    assert_int_equal(journal_rebuild(h->j), STATUS_OK);
    while (!done)
        assert_int_equal(journal_verify_step(h->j, 50, &done), STATUS_OK);
    assert_int_equal(journal_new_key(h->j, (uint8_t[32]){0}), STATUS_OK);
    for (int i = 0; i < 5; i++)
        assert_int_equal(
            draft_put(h->j, arena_printf(&test_arena, "field/answer/%d/note", i), NULL, 0),
            STATUS_OK);
}

/* What it sent and was sent is sealed too. */
static void none_in_bundles(const char *folder) {
    static const char *const names[] = {"out", "back"};
    for (int i = 0; i < 2; i++)
        seek_file(&all, scratch(arena_printf(&test_arena, "%s-%s.lantern", names[i], folder)));
    assert_int_equal(all.found, 0);
}

static void sealed_from_the_first_day(void **state) {
    (void)state;
    struct home h;
    sealed_home(&h);
    struct journal *office = used_tablet(&h, "sealed", 2);
    keys_are_secret(&h);
    none_in(h.dir, "open, its log full", &all);
    there_and_back(&h, office);
    none_in(h.dir, "after a bundle and a pack", &all);
    none_in_bundles("sealed");
    a_large_transaction(&h, false);
    none_in(h.dir, "after a transaction that was taken back", &all);
    a_large_transaction(&h, true);
    none_in(h.dir, "after a large transaction", &all);
    everything_else(&h);
    none_in(h.dir, "after verifying, rebuilding, a new key", &all);
    hash256 before = content(h.j), after;
    home_close(&h);
    none_in(h.dir, "closed", &all);
    key_file_is_sealed(&h);
    home_open(&h);
    after = content(h.j);
    assert_memory_equal(&before, &after, sizeof before);
    laws(h.j);
    home_close(&h);
    none_in(h.dir, "opened and closed", &all);
    tell("sealed from the first day, open and closed");
    journal_close(office);
}

/* ---- killed ---- */

/* Until it is killed: typing, answering, changing, undoing, photographing, settings. */
static void live_for_ever(struct home *h, uint64_t seed) {
    draw d = {.s = seed};
    for (;;) {
        const char *word = planted.words[draw_below(&d, PLANTED_WORDS)];
        struct row r = row_new(&kind_observation);
        hash256 name;
        row_text(&r, "text", word);
        row_text(&r, "said", word);
        if (journal_put_alone(h->j, &r)) _exit(1);
        if (draw_below(&d, 2) && journal_withdraw_alone(h->j, r.kind, r.id)) _exit(1);
        for (size_t n = 4; n <= PLANTED_LETTERS; n += 2)
            if (draft_put(h->j, "field/answer/1/note", word, n)) _exit(1);
        if (local_put(h->j, HOME_SETTING "-0", word)) _exit(1);
        if (draw_below(&d, 4) == 0) {
            struct buf b = {0};
            while (b.size < 30000)
                buf_printf(&b, "%s %d ", word, (int)draw_below(&d, 1000));
            if (blob_put(h->j, b.data, b.size, &name)) _exit(1);
            buf_release(&b);
        }
        if (draw_below(&d, 8) == 0 && journal_rebuild(h->j)) _exit(1);
    }
}

static void kill_after(pid_t child, uint32_t ms) {
    int status;
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    nanosleep(&t, NULL);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status)) fail_msg("the child ended by itself: %d", WEXITSTATUS(status));
}

static void sealed_and_killed(void **state) {
    (void)state;
    struct home h;
    int kills = getenv("LANTERN_TEST_ALL") ? 200 : 20;
    sealed_home(&h);
    struct journal *office = used_tablet(&h, "killed", 3);
    keys_are_secret(&h);
    home_close(&h);
    for (int i = 0; i < kills; i++) {
        uint64_t seed = draw_next(&luck);
        fflush(NULL);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            if (home_try(&h)) _exit(1);
            live_for_ever(&h, seed);
        }
        kill_after(child, 5 + draw_below(&luck, 120));
        none_in(h.dir, "killed", &all);
        home_open(&h);
        if (i % 8 == 0) laws(h.j);
        home_close(&h);
        none_in(h.dir, "opened again after a kill", &all);
    }
    printf("figure: sealed and killed %d times, searched after the kill and after the next "
           "start: %zu files, %zu bytes, %zu found\n",
           kills, all.files, all.bytes, all.found);
    journal_close(office);
}

/* ---- the power goes, the disk is full ---- */

/* Everything that it writes is recorded, from the first byte on. */
static void recorded_home(struct home *h, const char *folder) {
    h->vfs = "shim";
    snprintf(h->shim_db, sizeof h->shim_db, "%s/%s/lantern.db", scratch_dir(), folder);
    snprintf(files.folder, sizeof files.folder, "%s/%s/", scratch_dir(), folder);
    shim_register();
    shim.recording = shim.keep_nameless = true;
}

static void cut(struct home *h, const char *key_as_it_is, size_t ops, enum shim_cut how,
                uint64_t seed, bool open) {
    draw d = {.s = seed};
    shim_build(ops, how, &d);
    none_on_disk(NULL, "the power is gone", &all);
    if (!open) return;
    copy_file(key_as_it_is, arena_printf(&test_arena, "%s/lantern.db.key", path_name(h->dir)));
    enum status s = home_try(h);
    if (s) fail_msg("after %zu operations it does not open: %s", ops, status_detail());
    laws(h->j);
    home_close(h);
    none_on_disk(h->dir, "after the next start", &all);
}

static void sealed_and_without_power(void **state) {
    (void)state;
    struct home h;
    struct sought every = {0};
    bool whole = getenv("LANTERN_TEST_ALL") != NULL;
    size_t disks = 0, opened = 0;
    sealed_home(&h);
    recorded_home(&h, "power");
    struct journal *office = used_tablet(&h, "power", 5);
    keys_are_secret(&h);
    there_and_back(&h, office);
    a_large_transaction(&h, true);
    home_close(&h);
    shim.recording = false;
    size_t n = shim.n_ops, writes = seek_writes(&every, 0);
    if (every.found) fail_msg("words in the writes");
    assert_true(writes > 500);
    copy_file("power/lantern.db.key", "power-last.key");
    draw pick = {.s = 3};
    for (size_t at = n / 3; at <= n; at += whole ? 7 : 60 + draw_below(&pick, 200))
        for (enum shim_cut how = CUT_ALL; how <= CUT_SOME; how++) {
            bool open = disks++ % (whole ? 2 : 8) == 0;
            opened += open;
            cut(&h, "power-last.key", at, how, at, open);
        }
    printf("figure: sealed and without power: %zu writes of %zu bytes, 0 words in any; %zu "
           "disks built, %zu of them opened: %zu files, %zu bytes searched, %zu found; %zu "
           "bytes into files without a name\n",
           writes, every.bytes, disks, opened, all.files, all.bytes, all.found,
           shim.nameless_n);
    assert_int_equal(shim.nameless_n, 0);
    journal_close(office);
}

/* One intent after the other, each at another place; whatever of it succeeds. */
static int on_a_full_disk(struct home *h, int64_t at, bool once) {
    const char *word = planted.words[at % PLANTED_WORDS];
    struct row r = row_new(&kind_observation);
    struct buf b = {0};
    hash256 name;
    int failed = 0;
    while (b.size < 20000)
        buf_printf(&b, "%s %zu ", word, b.size);
    row_text(&r, "text", word);
    shim_arm(at, SQLITE_FULL, once);
    failed += journal_put_alone(h->j, &r) != STATUS_OK;
    failed += draft_put(h->j, "field/observation/0/text", word, PLANTED_LETTERS) != STATUS_OK;
    failed += blob_put(h->j, b.data, b.size, &name) != STATUS_OK;
    failed += local_put(h->j, HOME_SETTING "-1", word) != STATUS_OK;
    failed += journal_rebuild(h->j) != STATUS_OK;
    shim_arm(0, 0, false);
    buf_release(&b);
    return failed;
}

static void sealed_and_full(void **state) {
    (void)state;
    struct home h;
    int places = 0, refused_intents = 0;
    sealed_home(&h);
    recorded_home(&h, "full");
    shim.recording = false;
    struct journal *office = used_tablet(&h, "full", 6);
    keys_are_secret(&h);
    for (int64_t at = 1; at < 60; at++, places++) {
        refused_intents += on_a_full_disk(&h, at, at % 2);
        if (at % 4 == 0) none_on_disk(h.dir, "on a full disk", &all);
    }
    assert_true(refused_intents > 20);
    laws(h.j);
    home_close(&h);
    none_on_disk(h.dir, "closed after a full disk", &all);
    home_open(&h);
    laws(h.j);
    home_close(&h);
    assert_int_equal(shim.nameless_n, 0);
    printf("figure: sealed, on a full disk: full at %d places, %d intents refused: %zu files, "
           "%zu bytes searched, %zu found\n",
           places, refused_intents, all.files, all.bytes, all.found);
    journal_close(office);
}

/* ---- used open, then sealed ---- */

static void used_and_then_sealed(void **state) {
    (void)state;
    struct home h = {0};
    struct sought before = {.quiet = true};
    int64_t rows, rows_after;
    struct journal *office = used_tablet(&h, "later", 7);
    device_key_is_secret(&h);
    seek_folder(&before, h.dir);
    assert_true(before.words > PLANTED_WORDS / 2); /* it does lie open */
    hash256 tables = tables_of(h.j, true, &rows);
    home_seal(&h);
    keys_are_secret(&h);
    none_in(h.dir, "sealed", &all);
    hash256 after = tables_of(h.j, true, &rows_after);
    print_message("rows %lld, then %lld\n", (long long)rows, (long long)rows_after);
    if (rows == rows_after) assert_memory_equal(&tables, &after, sizeof tables);
    home_close(&h);
    none_in(h.dir, "sealed and closed", &all);
    key_file_is_sealed(&h);
    home_find(&h); /* through the lock page, by PIN */
    assert_true(h.sealed);
    home_open(&h);
    there_and_back(&h, office);
    everything_else(&h);
    laws(h.j);
    none_in(h.dir, "and used again", &all);
    home_close(&h);
    none_in(h.dir, "and closed again", &all);
    tell("used open, then sealed");
    journal_close(office);
}

/* The disk is full at one place after the other until sealing goes through. */
static void sealing_fails_at_first(void **state) {
    (void)state;
    struct home h = {.cache_kib = 256};
    int failed = 0;
    recorded_home(&h, "failing");
    shim.recording = shim.keep_nameless = false;
    struct journal *office = used_tablet(&h, "failing", 8);
    device_key_is_secret(&h);
    hash256 before = content(h.j), after;
    for (int64_t at = 1;; at += 1 + at / 3, failed++) {
        shim.keep_nameless = true;
        shim_arm(at, failed % 2 ? SQLITE_FULL : SQLITE_IOERR_WRITE, failed % 3 == 0);
        enum status s = home_seal_try(&h);
        shim_arm(0, 0, false);
        if (!s) break;
        assert_true(s == STATUS_DISK_FULL || s == STATUS_IO);
        assert_true(strlen(status_detail()) > 5);
        assert_false(journal_at_rest_sealed(h.j));
        after = content(h.j);
        assert_memory_equal(&before, &after, sizeof before);
        struct sought open = {.quiet = true};
        seek_shim(&open);
        assert_true(open.words > PLANTED_WORDS / 2); /* still the open form */
        home_close(&h);
        home_find(&h);
        assert_false(h.sealed);
        home_open(&h);
        laws(h.j);
        assert_true(failed < 100);
    }
    home_close(&h);
    h.sealed = true;
    home_open(&h);
    keys_are_secret(&h);
    none_on_disk(h.dir, "after sealing that had failed", &all);
    laws(h.j);
    home_close(&h);
    none_on_disk(h.dir, "and closed", &all);
    assert_true(failed > 5);
    printf("figure: sealing that failed %d times on a full or failing disk, then went through: "
           "%zu files, %zu bytes searched, %zu found; %zu bytes into files without a name\n",
           failed, all.files, all.bytes, all.found, shim.nameless_n);
    journal_close(office);
}

/* As it was before it was sealed. */
static void open_again(struct home *h) {
    h->sealed = false;
    unlink(arena_printf(&test_arena, "%s-wal", h->db));
    copy_file("cutoff-kept.db", "cutoff/lantern.db");
    copy_file("cutoff-kept.key", "cutoff/lantern.db.key");
}

/* How long it takes, here and now; the kills fall into that time. */
static uint32_t sealing_ms(struct home *h) {
    struct clock c = clock_system();
    int64_t from = clock_boot(&c);
    int status;
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) _exit(home_try(h) || home_seal_try(h) ? 1 : 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    open_again(h);
    return (uint32_t)(clock_boot(&c) - from) + 10;
}

static void sealing_is_killed(void **state) {
    (void)state;
    int kills = getenv("LANTERN_TEST_ALL") ? 100 : 10, as_sealed = 0;
    struct home h = {0};
    struct journal *office = used_tablet(&h, "cutoff", 9);
    device_key_is_secret(&h);
    home_close(&h);
    copy_file("cutoff/lantern.db", "cutoff-kept.db");
    copy_file("cutoff/lantern.db.key", "cutoff-kept.key");
    uint32_t ms = sealing_ms(&h);
    for (int i = 0; i < kills; i++) {
        fflush(NULL);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            if (home_try(&h) || home_seal_try(&h)) _exit(1);
            home_close(&h);
            for (;;)
                pause();
        }
        kill_after(child, draw_below(&luck, ms + ms / 2));
        home_find(&h);
        as_sealed += h.sealed;
        home_open(&h);
        if (i % 4 == 0) laws(h.j);
        if (!h.sealed) home_seal(&h);
        home_close(&h);
        none_in(h.dir, "sealed after a kill", &all);
        key_file_is_sealed(&h);
        open_again(&h);
    }
    printf("figure: sealing killed %d times within %u ms (%d times it was done by then), each "
           "finished by the next start: %zu files, %zu bytes searched, %zu found\n",
           kills, ms + ms / 2, as_sealed, all.files, all.bytes, all.found);
    journal_close(office);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_search_finds_what_lies_open, setup, teardown),
        cmocka_unit_test_setup_teardown(sealed_from_the_first_day, setup, teardown),
        cmocka_unit_test_setup_teardown(sealed_and_killed, setup, teardown),
        cmocka_unit_test_setup_teardown(sealed_and_without_power, setup, teardown),
        cmocka_unit_test_setup_teardown(sealed_and_full, setup, teardown),
        cmocka_unit_test_setup_teardown(used_and_then_sealed, setup, teardown),
        cmocka_unit_test_setup_teardown(sealing_fails_at_first, setup, teardown),
        cmocka_unit_test_setup_teardown(sealing_is_killed, setup, teardown),
    };
    key_lock_weakly_for_tests();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
