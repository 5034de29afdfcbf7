/* test_kill.c -- killed at any moment, nothing that was acknowledged is lost.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * How the proof works: a child process does what a tablet or an office does, and after each
 * piece says on a pipe what is safe now: after a touch, once the frame is drawn that shows
 * "Saved", the number and hash of the newest record; after an export, the bundle's name; after
 * a merge, which bundle. At a moment drawn uniformly over time the parent kills it (SIGKILL, no
 * chance to tidy up), opens the database as the next start would, verifies all of it, and looks
 * for everything that was acknowledged. A record's hash stands for its log up to there.
 *
 * A kill proves transactions and renames; that a sync reaches the disk is proved in test_power.
 * The child is this same process, forked: no program start, so the kills fall where the work
 * is. The real app runs in it (app_open, the script's fingers, frames), drawn without a window.
 */
#include "support.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/support.h"
#include "base/assets.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/keys.h"
#include "base/log.h"
#include "care/template.h"
#include "kill_lives.h"
#include "model/reference.h"
#include "model/season.h"
#include "store_help.h"

#define section section_of_bundle /* a form has sections too */
#include "sync/enrol.h"
#undef section

#define STARTS      1795315260000LL /* 22 November 2026, 02:41 */
#define LIFE_MS     (10LL * 60 * 1000)
#define FRESH_EVERY 20 /* lives of the app on one database */
#define SEED        20261122
#define ACKS_MOST   512

struct ack {
    char sort;
    int64_t number;
    hash256 hash;
};
struct tally {
    int kills, acknowledged, lost, early;
};
static struct tally all;
static draw luck = {.s = SEED};
static struct arena life;

/* ---- the parent's side
 * ------------------------------------------------------------------------ */

static void sleep_ms(int64_t ms) {
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

static bool read_ack(const char *line, struct ack *out) {
    char hex[65];
    long long number;
    if (sscanf(line, "%c %lld %64s", &out->sort, &number, hex) != 3) return false;
    out->number = number;
    return hex_read(hex, out->hash.b, HASH_BYTES);
}

/* Whole lines only: what was killed in the middle of saying was not said. */
static int read_acks(int fd, struct buf *so_far, struct ack *out) {
    char block[4096];
    ssize_t got;
    int n = 0;
    while ((got = read(fd, block, sizeof block)) > 0)
        buf_add(so_far, block, (size_t)got);
    char *text = (char *)so_far->data, *end;
    buf_str(so_far);
    text = (char *)so_far->data;
    for (; n < ACKS_MOST && text && (end = strchr(text, '\n')); text = end + 1) {
        *end = '\0';
        n += read_ack(text, &out[n]);
    }
    return n;
}

static void wait_ready(int fd, struct buf *so_far) {
    char c;
    while (read(fd, &c, 1) == 1) {
        buf_byte(so_far, (uint8_t)c);
        if (c == '\n') return;
    }
}

/* One life and its end: forks, lets it work for a random while, kills it. Every sixth is killed
 * without waiting until it is ready, so that starting (and recovering from the last kill) is
 * hit too. */
static int one_life(void (*live)(const char *, int, uint64_t), const char *where, uint32_t ms,
                    struct ack *acks) {
    int fds[2], status;
    assert_int_equal(pipe(fds), 0);
    uint64_t seed = draw_next(&luck);
    bool at_once = draw_below(&luck, 6) == 0;
    struct buf said = {0};
    now.wall_ms += LIFE_MS;
    now.boot_ms += LIFE_MS;
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(fds[0]);
        live(where, fds[1], seed);
        _exit(0);
    }
    close(fds[1]);
    if (!at_once) wait_ready(fds[0], &said);
    sleep_ms(draw_below(&luck, ms));
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    int n = read_acks(fds[0], &said, acks);
    close(fds[0]);
    buf_release(&said);
    if (WIFEXITED(status)) fail_msg("the child ended by itself: %d", WEXITSTATUS(status));
    all.kills++;
    all.early += n == 0;
    return n;
}

static void lose(const char *what, int64_t number) {
    print_error("lost: %s %lld\n", what, (long long)number);
    all.lost++;
}

static void look_for_records(struct journal *j, const struct ack *acks, int n) {
    struct journal_self self;
    journal_self(j, &self);
    for (int i = 0; i < n; i++) {
        hash256 h = {0};
        if (acks[i].sort != ACK_RECORD) continue;
        all.acknowledged++;
        if (journal_record_hash(j, ROW_ID(self.log, acks[i].number), &h) ||
            !hash_equal(&h, &acks[i].hash))
            lose("record", acks[i].number);
    }
}

static void fill(struct journal *j, int checks, uint64_t seed) {
    static const char *const forms[] = {"templates/NIGHT.json", "templates/WALK.json"};
    struct template *t[2];
    struct reference_summary added;
    struct season_summary made;
    OK(reference_add_file(j, path_join(&life, assets, "sample/sample.json"), &added));
    for (int i = 0; i < 2; i++) {
        OK(reference_add_file(j, path_join(&life, assets, forms[i]), &added));
        OK(template_load(&t[i], path_join(&life, assets, forms[i])));
    }
    if (checks)
        OK(season_make(
            j,
            &(struct season_options){.seed = seed,
                                     .clock = &now,
                                     .from_ms = now.wall_ms,
                                     .until_ms = now.wall_ms + 30 * 86400000LL,
                                     .checks = checks,
                                     .phrases = path_join(&life, assets, "sample/season.json"),
                                     .templates = (const struct template *const *)t,
                                     .templates_count = 2},
            &made));
    for (int i = 0; i < 2; i++)
        template_close(t[i]);
}

static void write_script(const char *name, const char *text) {
    OK(file_write(scratch(name), text, strlen(text), 0600));
}

static int rounds(int usual) {
    const char *more = getenv("LANTERN_TEST_ALL");
    return more && *more ? usual * 12 : usual;
}

/* ---- the app under a finger
 * ------------------------------------------------------------------- */

/* A check is under way on a tablet whose reference data came by hand. The script is played by a
 * process that ends well. */
static void start_check(const char *dir) {
    int status;
    struct journal *j = open_journal(path_join(&life, dir, "lantern.db"), "tablet");
    fill(j, 0, 0);
    journal_close(j);
    write_script("start", "tap \"Who holds this?\"\ntap \"Quality lead\"\n"
                          "tap \"Start a night spot check\"\nscreen pin\n"
                          "pin 274936\ntap \"Next\"\npin 274936\ntap \"Keep it\"\nsend\n"
                          "screen start\ntap \"Core\"\n"
                          "tap \"Start\" #1\nreach \"Yes, \"\ntap \"Yes, \"\nwait 2s\n"
                          "screen walk\n");
    write_script("let-in", "screen lock\npin 274936\ntap \"Open\"\nsend\n");
    OK(file_write(scratch("pin"), "274936", 6, 0600));
    key_lock_weakly_for_tests();
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct app *app = start_app(dir);
        int result = play(app, scratch("start"));
        app_close(app);
        _exit(result);
    }
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* A tablet that has a PIN since its first check. */
static struct journal *open_tablet(const char *db) {
    const struct support_who who = {.pin_file = scratch("pin")};
    struct journal *j = NULL;
    uint8_t *key = NULL;
    OK(support_unlock(db, &who, &key));
    assert_non_null(key);
    OK(journal_open(&j, &(struct journal_options){.path = db,
                                                  .clock = clock_manual(&now),
                                                  .device_name = "night tablet",
                                                  .device_role = "tablet",
                                                  .rest_key = key}));
    key_room_free(key);
    return j;
}

static void fresh_copy(const char *from, const char *to) {
    static const char *const endings[] = {"", ".key"};
    static const char *const aside[] = {"-wal", "-shm"};
    for (int i = 0; i < 2; i++) {
        remove(arena_printf(&life, "%s%s", to, aside[i]));
        copy_file(arena_printf(&life, "%s%s", from, endings[i]),
                  arena_printf(&life, "%s%s", to, endings[i]));
    }
}

static void touches_survive(void **state) {
    static const char *const words[] = {"Dark and quiet", "Lights on in many bedrooms",
                                        "People up and about", "Raised voices",
                                        "A door or low window left open"};
    struct ack *acks = ARENA_ARRAY(&life, struct ack, ACKS_MOST);
    char *dir = arena_strdup(&life, scratch("kill-app"));
    (void)state;
    if (test_rest_key()) skip(); /* the app would ask for a PIN: test_at_rest.c */
    OK(file_make_dirs(dir));
    now = (struct clock_manual){.wall_ms = STARTS, .boot_ms = 1000000};
    for (int i = 0; i < 5; i++)
        write_script(arena_printf(&life, "tap-%d", i),
                     arena_printf(&life, "tap \"%s\"\n", words[i]));
    start_check(dir);
    char *db = path_join(&life, dir, "lantern.db"), *keep = path_join(&life, dir, "kept.db");
    fresh_copy(db, keep);
    for (int i = 0; i < rounds(60); i++) {
        if (i % FRESH_EVERY == FRESH_EVERY - 1) fresh_copy(keep, db);
        int n = one_life(touch_for_ever, dir, 350, acks);
        struct journal *j = open_tablet(db);
        laws(j);
        look_for_records(j, acks, n);
        journal_close(j);
    }
    assert_int_equal(all.lost, 0);
}

/* ---- export, rebuild, merge
 * ------------------------------------------------------------------- */

static bool no_stop(void *ctx, const hash256 *log, const struct record_wire *r) {
    (void)ctx, (void)log, (void)r;
    return true;
}

/* The first pack of a tablet of that name, and what the tablet makes of it. */
static void enrol(struct journal *office, struct journal *tablet, const char *name) {
    struct enrol_made made;
    struct export_summary sum;
    struct merge_summary read = {0};
    char *pack = arena_strdup(&life, scratch(arena_printf(&life, "%s.first", name)));
    OK(enrol_new(office, name, NULL, NULL, &made));
    OK(export_all(office,
                  &(struct export_options){.path = pack,
                                           .purpose = BUNDLE_PACK,
                                           .everything = true,
                                           .code = made.code,
                                           .token = made.token},
                  &sum));
    OK(merge_file(tablet,
                  &(struct merge_options){.path = pack, .tablet = true, .code = made.code},
                  &read));
    assert_true(read.enrolled);
}

static struct journal *new_office(const char *path) {
    struct journal *m = open_journal(path, "office");
    struct row provider = row_new(&kind_provider);
    row_text(&provider, "code", "P1");
    row_text(&provider, "name", "Night Homes");
    put_alone(m, &provider);
    return m;
}

static bool opens(const void *office, const uint8_t wrapped[80], uint8_t key[32]) {
    return journal_unwrap(office, wrapped, key);
}

/* Whatever has its final name is whole; what was acknowledged has it. And the log goes on: a
 * marker that did not fit would have started a new incarnation. The bundles are sealed. */
static void exports_survive(void **state) {
    struct ack *acks = ARENA_ARRAY(&life, struct ack, ACKS_MOST);
    struct journal_self first, self;
    char *dir = arena_strdup(&life, scratch("kill-out"));
    char *db = arena_strdup(&life, scratch("kill-export.db"));
    (void)state;
    OK(file_make_dirs(dir));
    struct journal *office = new_office(arena_strdup(&life, scratch("kill-office.db")));
    const struct bundle_opener opener = {.unwrap = opens, .ctx = office};
    struct journal *j = open_journal(db, "tablet");
    enrol(office, j, "kill-export");
    fill(j, 6, 11);
    journal_self(j, &first);
    journal_close(j);
    for (int i = 0; i < rounds(25); i++) {
        int n = one_life(export_for_ever, dir, 120, acks);
        char **names;
        size_t count;
        OK(dir_list(&life, dir, ".lantern", &names, &count));
        for (size_t k = 0; k < count; k++) {
            struct bundle_head head;
            OK(bundle_show_sealed(path_join(&life, dir, names[k]), &opener, &head, no_stop,
                                  NULL));
            assert_true(head.sealed);
        }
        for (int k = 0; k < n; k++) {
            if (acks[k].sort != ACK_BUNDLE) continue;
            all.acknowledged++;
            if (!file_exists(bundle_path(dir, acks[k].number))) lose("bundle", acks[k].number);
        }
        j = open_journal(db, "tablet");
        laws(j);
        journal_self(j, &self);
        assert_memory_equal(&self.log_id, &first.log_id, sizeof self.log_id);
        journal_close(j);
    }
    journal_close(office);
    assert_int_equal(all.lost, 0);
}

static void rebuilds_survive(void **state) {
    struct ack *acks = ARENA_ARRAY(&life, struct ack, ACKS_MOST);
    char *db = arena_strdup(&life, scratch("kill-export.db"));
    hash256 before, after;
    (void)state;
    struct journal *j = open_journal(db, "tablet");
    before = tables_hash(j);
    journal_close(j);
    for (int i = 0; i < rounds(16); i++) {
        one_life(rebuild_for_ever, db, 150, acks);
        j = open_journal(db, "tablet");
        laws(j);
        after = tables_hash(j);
        assert_memory_equal(&before, &after, sizeof before);
        journal_close(j);
    }
}

/* Sealed to the office that is there at the beginning. */
static void make_bundles(struct journal *office) {
    OK(file_make_dirs(scratch("kill-in")));
    for (int i = 0; i < BUNDLES; i++) {
        struct export_summary sum;
        char *db = arena_strdup(&life, scratch(arena_printf(&life, "kill-tablet-%d.db", i)));
        struct journal *j = open_journal(db, "tablet");
        enrol(office, j, arena_printf(&life, "kill-%d", i));
        fill(j, 4, 100 + (uint64_t)i);
        OK(export_all(j,
                      &(struct export_options){.path = bundle_path(scratch("kill-in"), i),
                                               .everything = true},
                      &sum));
        journal_close(j);
    }
}

static void merges_survive(void **state) {
    struct ack *acks = ARENA_ARRAY(&life, struct ack, ACKS_MOST);
    char *base = arena_strdup(&life, scratch("kill-base.db"));
    char *db = arena_strdup(&life, scratch("kill-master.db"));
    hash256 whole = {0}, h;
    int64_t all_of_it[BUNDLES] = {0};
    (void)state;
    struct journal *office = new_office(base);
    make_bundles(office);
    journal_close(office);
    for (int i = 0; i < rounds(20); i++) {
        fresh_copy(base, db);
        int n = one_life(merge_all_bundles, db, 150, acks), done = 0;
        struct journal *j = open_journal(db, "office");
        laws(j);
        for (int k = 0; k < n; k++)
            done += acks[k].sort == ACK_DONE;
        for (int k = 0; k < BUNDLES; k++) {
            struct merge_summary sum = {0};
            OK(merge_file(
                j, &(struct merge_options){.path = bundle_path(scratch("kill-in"), k)}, &sum));
            assert_true(sum.sealed);
            /* A bundle is in whole or not at all (the office's own log goes along, known). */
            if (sum.added && !all_of_it[k]) all_of_it[k] = sum.added;
            assert_true(sum.added == 0 || sum.added == all_of_it[k]);
            all.acknowledged += k < done;
            if (k < done && sum.added) lose("merged bundle", k);
        }
        OK(journal_content_hash(j, false, &h));
        if (i == 0) whole = h;
        assert_memory_equal(&whole, &h, sizeof h);
        journal_close(j);
    }
    assert_int_equal(all.lost, 0);
}

int main(void) {
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    assets = assets_find(&life, NULL);
    log_open("/dev/null");
    key_lock_weakly_for_tests();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(touches_survive),
        cmocka_unit_test(exports_survive),
        cmocka_unit_test(rebuilds_survive),
        cmocka_unit_test(merges_survive),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("figure: %d kills (%d before the first word), %d acknowledged, %d lost\n", all.kills,
           all.early, all.acknowledged, all.lost);
    arena_release(&life);
    return failed;
}
