/* test_baddays.c -- a full disk, a stick pulled out, another instance, a clock that jumps, a
 * folder that vanishes: the person is told, nothing on the screen is lost, and the app goes on
 * as soon as it can.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * How the disk fails: SQLite's files lie in memory (vfs_shim.c), which is made its default file
 * system for a while and refuses writes on demand. Everything else is the real app under the
 * script's finger.
 */
#include "app_hand.h"

#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/backup.h"
#include "app/trouble.h"
/* The part of the shim that builds a disk after a power cut is not needed here. */
#pragma GCC diagnostic ignored "-Wunused-function"
#include "vfs_shim.c"

static char *dir_named(const char *name) {
    char *dir = arena_strdup(&hand_life, scratch(name));
    OK(file_make_dirs(dir));
    return dir;
}

static void start_night(const char *name) {
    char *dir = dir_named(name);
    shim_for_all(true);
    hand_new_tablet(dir);
    hand_open(dir);
    PLAY(hand_start_check);
}

static void end_night(void) {
    laws(app_journal(hand_app));
    hand_close();
    shim_for_all(false);
}

static void disk_fails(int code) {
    shim_arm(1, code, false);
}

static void disk_works(void) {
    shim_arm(0, SQLITE_OK, false);
}

/* ---- a disk that takes nothing ---- */

static const struct failure {
    int code;
    const char *says;
} failures[] = {
    {SQLITE_FULL, "no space left"},
    {SQLITE_IOERR_WRITE, "did not answer"},
    {SQLITE_READONLY, "cannot be written to"},
};

/* A tapped answer is not kept, and says so; the same touch works once the disk does. */
static void tap_on_a_full_disk(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        start_night("tap");
        PLAY("reach \"From outside, then ring the bell\"\n");
        int64_t before = hand_count("SELECT count(*) FROM answer");
        disk_fails(failures[i].code);
        PLAY("tap \"Dark and quiet\"\nexpect \"Something did not work\"\n");
        assert_true(hand_shows(failures[i].says));
        assert_int_equal(hand_count("SELECT count(*) FROM answer"), before);
        PLAY("tap \"I understand\"\nscreen walk\nwait 3s\nexpect \"Not saved yet\"\n");
        disk_works();
        PLAY("wait 2s\nexpect \"Everything is saved again\"\nwait 7s\n"
             "tap \"Dark and quiet\"\n");
        assert_int_equal(hand_count("SELECT count(*) FROM answer"), before + 1);
        end_night();
    }
}

/* What is typed stays on the screen, and becomes the record by itself when the disk is back. */
static void typing_on_a_full_disk(void **state) {
    (void)state;
    start_night("type");
    PLAY("press \"Not met\" in \"Every worker who is paid to be awake\"\n"
         "press \"What did you see?\"\ntype \"Asleep in\"\n");
    disk_fails(SQLITE_FULL);
    PLAY("type \" a chair\"\nexpect \"Asleep in a chair\"\nexpect \"Not saved yet\"\n"
         "wait 5s\nexpect \"Something did not work\"\ntap \"I understand\"\n"
         "expect \"Asleep in a chair\"\nwait 8s\nexpect \"Asleep in a chair\"\n");
    assert_int_equal(hand_count("SELECT count(*) FROM answer WHERE note LIKE '%chair%'"), 0);
    while (hand_shows("I understand"))
        PLAY("tap \"I understand\"\n");
    disk_works();
    PLAY("wait 10s\nexpect \"Asleep in a chair\"\nwait 2s\n");
    assert_int_equal(hand_count("SELECT count(*) FROM answer WHERE note = 'Asleep in a chair'"),
                     1);
    end_night();
}

/* The blank comes whatever the disk says, the pause is written as soon as it can be. */
static void cover_on_a_full_disk(void **state) {
    (void)state;
    start_night("cover");
    disk_fails(SQLITE_FULL);
    PLAY("tap \"Cover\"\nscreen cover\nabsent \"Every worker\"\nwait 2m\nscreen cover\n");
    disk_works();
    /* It locks as soon as the disk has taken what it was given. */
    PLAY("wait 3s\nscreen lock\n" LET_IN "screen walk\nexpect \"You stopped for 2 min\"\n"
         "wait 1s\n");
    assert_int_equal(hand_count("SELECT count(*) FROM event WHERE sort = 'resume'"), 1);
    assert_true(hand_count("SELECT ms FROM event WHERE sort = 'resume'") >= 120000);
    end_night();
}

static void seal_on_a_full_disk(void **state) {
    (void)state;
    start_night("seal");
    PLAY("tap \"Finish\"\nscreen finish\npress \"I'm leaving\"\nwait 7s\npress \"Seal\"\n");
    disk_fails(SQLITE_FULL);
    PLAY("tap \"Seal now\"\nexpect \"no space left\"\n");
    assert_int_equal(hand_count("SELECT count(*) FROM seal"), 0);
    disk_works();
    PLAY("wait 3s\n");
    if (hand_shows("I understand")) PLAY("tap \"I understand\"\n");
    if (!hand_shows("Seal now")) PLAY("press \"Seal\"\n");
    PLAY("tap \"Seal now\"\nscreen morning\n");
    assert_int_equal(hand_count("SELECT count(*) FROM seal"), 1);
    end_night();
}

/* ---- the folder goes ---- */

static void the_data_folder_vanishes(void **state) {
    char *dir = dir_named("vanish"), *away = arena_strdup(&hand_life, scratch("vanished"));
    char *stick = dir_named("stick");
    (void)state;
    setenv("LANTERN_STICKS", stick, 1);
    hand_new_tablet(dir);
    hand_open(dir);
    PLAY(hand_start_check);
    PLAY("reach \"From outside, then ring the bell\"\n");
    assert_int_equal(rename(dir, away), 0);
    PLAY("tap \"Dark and quiet\"\nexpect \"is gone\"\nabsent \"Saved again\"\n");
    assert_int_equal(hand_count("SELECT count(*) FROM answer"), 0);
    PLAY("tap \"Save everything on a stick\"\nscreen send\ntap \"Save a bundle\"\n"
         "tap \"stick\"\nsend\nexpect \"records saved as\"\n");
    hand_close();
}

/* ---- sticks ---- */

static void a_stick_pulled_out(void **state) {
    char *dir = dir_named("pulled"), *stick = dir_named("pulled-stick");
    (void)state;
    setenv("LANTERN_STICKS", stick, 1);
    hand_new_tablet(dir);
    hand_open(dir);
    PLAY("tap \"Who holds this?\"\ntap \"Quality lead\"\n");
    PLAY("press \"not sent\"\nscreen send\ntap \"Save a bundle\"\n");
    assert_int_equal(rmdir(stick), 0);
    PLAY("tap \"pulled-stick\"\nsend\nexpect \"not there any more\"\n");
    assert_false(file_exists(stick)); /* no folder of that name is made on the tablet */
    PLAY("wait 2s\n");
    laws(app_journal(hand_app));
    hand_close();
}

/* ---- starting ---- */

static void starting_beside_another(void **state) {
    char *dir = dir_named("twice");
    int fds[2], status;
    char c;
    (void)state;
    hand_new_tablet(dir);
    assert_int_equal(pipe(fds), 0);
    pid_t child = fork();
    if (child == 0) {
        struct journal *j =
            open_device(path_join(&hand_life, dir, "lantern.db"), &hand_time, "tablet");
        if (write(fds[1], "x", 1) != 1 || !j) _exit(1);
        pause();
    }
    assert_int_equal(read(fds[0], &c, 1), 1);
    must_be(STATUS_BUSY, hand_try(dir), "a second instance");
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    hand_open(dir);
    hand_close();
}

static void damage(const char *db) {
    FILE *f = fopen(db, "r+b");
    assert_non_null(f);
    fseek(f, 0, SEEK_SET);
    for (int i = 0; i < 8192; i++)
        fputc(i * 31, f);
    fclose(f);
}

/* Each trouble has a page that says what to do; a damaged file stays as it is. */
static void a_start_that_fails(void **state) {
    static const struct {
        enum status why;
        const char *says;
    } cases[] = {{STATUS_BUSY, "open already"},        {STATUS_NEWER, "newer Lantern"},
                 {STATUS_DAMAGED, "Do not delete it"}, {STATUS_READ_ONLY, "may not write"},
                 {STATUS_DISK_FULL, "no space left"},  {STATUS_NOT_FOUND, "Install Lantern"}};
    char *dir = dir_named("damaged");
    (void)state;
    hand_new_tablet(dir);
    damage(path_join(&hand_life, dir, "lantern.db"));
    must_be(STATUS_NOT_OURS, hand_try(dir), "a damaged file");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct trouble *t = NULL;
        int wait = 0;
        bool again = false, said = false;
        struct app_options o = {.width_dp = 360,
                                .height_dp = 640,
                                .scale = 1,
                                .offscreen = true,
                                .assets = hand_assets(),
                                .platform = &hand_platform};
        OK(trouble_open(&t, &o, cases[i].why, "detail"));
        assert_true(trouble_frame(t, 1000, &wait, &again));
        const struct ui_thing *things;
        size_t n = ui_things(trouble_ui(t), &things);
        for (size_t k = 0; k < n; k++)
            said |= things[k].name && strstr(things[k].name, cases[i].says) != NULL;
        if (!said) print_error("no page says \"%s\"\n", cases[i].says);
        assert_true(said);
        trouble_close(t);
    }
}

/* ---- clocks ---- */

static void clocks_that_jump(void **state) {
    static const char *const jumps[] = {"2026-11-22T09:41", "2016-11-22T02:41",
                                        "2036-11-22T02:41", "1970-01-01T00:10",
                                        "2026-11-22T02:50"};
    char *dir = dir_named("clocks");
    (void)state;
    hand_new_tablet(dir);
    hand_open(dir);
    PLAY(hand_start_check);
    PLAY("tap \"Time a bell\"\nwait 10s\n");
    for (size_t i = 0; i < sizeof jumps / sizeof jumps[0]; i++) {
        char *line = arena_printf(&hand_life, "clock %s\nwait 10s\nscreen walk\n", jumps[i]);
        PLAY(line);
        assert_int_equal(hand_count("SELECT count(*) FROM event WHERE sort = 'clock_step'"),
                         (int64_t)i + 1);
        PLAY("press \"Dark and quiet\"\n");
    }
    PLAY("reach \"Staff came\"\ntap \"Staff came\"\n");
    int64_t ms = hand_count("SELECT ms FROM timing WHERE stopped IS NOT NULL");
    assert_in_range(ms, 50000, 120000); /* by the clock that nobody can set */
    PLAY("clock 2205-01-01T00:00\npress \"Raised voices\"\nwait 2s\nscreen walk\n"
         "clock 2026-11-22T02:55\npress \"Raised voices\"\n");
    laws(app_journal(hand_app));
    hand_close();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tap_on_a_full_disk),       cmocka_unit_test(typing_on_a_full_disk),
        cmocka_unit_test(cover_on_a_full_disk),     cmocka_unit_test(seal_on_a_full_disk),
        cmocka_unit_test(the_data_folder_vanishes), cmocka_unit_test(a_stick_pulled_out),
        cmocka_unit_test(starting_beside_another),  cmocka_unit_test(a_start_that_fails),
        cmocka_unit_test(clocks_that_jump),
    };
    int failed = cmocka_run_group_tests_name("bad days", tests, NULL, NULL);
    shim_forget_ops();
    shim_forget_files();
    arena_release(&hand_life);
    return failed;
}
