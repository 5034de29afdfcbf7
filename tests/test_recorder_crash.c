/* test_recorder_crash.c -- a voice note on bad days: killed while it is recorded, a full disk,
 * a stolen tablet's disk.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * Killed: a child records, keeps, records again, and says on a pipe how much was said so far
 * and how many notes were kept; at a random moment it is killed (SIGKILL). The next start must
 * find every note that was kept, and of the one under way all but the last second. */
#include "recorder_hand.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#pragma GCC diagnostic ignored "-Wunused-function"
#include "vfs_shim.c"

#define LIVES 12

static int start(void **state) {
    (void)state;
    mic.says = speak(spoken_words);
    sound_works();
    return 0;
}

static void start_night(const char *dir) {
    sound_works();
    hand_new_tablet(dir);
    hand_open(dir);
    PLAY(hand_start_check);
}

/* ---- killed ---- */

static void nap(long ms) {
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

static void tell(int fd, char sort, int64_t n) {
    char line[40];
    int size = snprintf(line, sizeof line, "%c %lld\n", sort, (long long)n);
    if (write(fd, line, (size_t)size) != size) _exit(9);
}

static void live(const char *dir, int fd) {
    hand_open(dir);
    frames(2, 100);
    if (voice()->state) ASK(discard);
    tell(fd, 'R', 0);
    for (int64_t kept = 1;; kept++) {
        speak_for(0);
        for (int i = 0; i < 25; i++) {
            frames(1, 100);
            tell(fd, 'M', voice()->ms);
            nap(2);
        }
        ASK(keep);
        tell(fd, 'K', kept);
    }
}

struct said {
    int64_t kept, ms; /* of the note after the last one kept */
};
static struct said listen_to(int fd) {
    struct buf b = {0};
    char block[4096];
    ssize_t got;
    struct said out = {0};
    while ((got = read(fd, block, sizeof block)) > 0)
        buf_add(&b, block, (size_t)got);
    const char *p = buf_str(&b), *end;
    for (; p && (end = strchr(p, '\n')); p = end + 1) {
        long long n = strtoll(p + 2, NULL, 10);
        if (p[0] == 'M') out.ms = n;
        if (p[0] == 'K') out = (struct said){.kept = n};
    }
    buf_release(&b);
    return out;
}

static struct said one_life(const char *dir, long ms) {
    int fds[2], status;
    char c = 0;
    assert_int_equal(pipe(fds), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(fds[0]);
        live(dir, fds[1]);
        _exit(0);
    }
    close(fds[1]);
    while (read(fds[0], &c, 1) == 1 && c != '\n') {
    }
    nap(ms);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status)) fail_msg("the child ended by itself: %d", WEXITSTATUS(status));
    struct said s = listen_to(fds[0]);
    close(fds[0]);
    return s;
}

static void killed_while_speaking(void **state) {
    char *dir = dir_named("recorder-kill");
    draw luck = {.s = 20261122};
    int64_t kept = 0, worst = 0;
    int under_way = 0;
    (void)state;
    start_night(dir);
    hand_close();
    for (int i = 0; i < LIVES; i++) {
        struct said s = one_life(dir, 30 + (long)draw_below(&luck, 700));
        hand_time.wall_ms += 600000;
        hand_time.boot_ms += 600000;
        hand_open(dir);
        frames(2, 100);
        int64_t now = hand_count(ATTACHED);
        assert_in_range(now, kept + s.kept, kept + s.kept + 1);
        bool cut = now == kept + s.kept; /* else it was kept, and only not said */
        kept = now;
        if (cut && s.ms > 1000) assert_int_equal(voice()->state, VOICE_STOPPED);
        if (cut && voice()->state) {
            assert_string_equal(voice()->cut_off, "crash");
            if (s.ms - voice()->ms > worst) worst = s.ms - voice()->ms;
            int64_t ms = voice()->ms;
            ASK(keep);
            kept++;
            assert_int_equal(hand_count(ATTACHED), kept);
            assert_true(llabs(plays_ms() - ms) <= 1);
            under_way++;
        }
        laws(app_journal(hand_app));
        hand_close();
    }
    printf("figure: %d kills, %d while a note was under way, %lld notes kept, none lost; at "
           "most %lld ms of what was said\n",
           LIVES, under_way, (long long)kept, (long long)worst);
    assert_true(under_way >= LIVES / 2);
    assert_true(worst <= 1000);
}

/* ---- a full disk ---- */

static void full_disk(void **state) {
    const struct evidence_to to = {.what = EVIDENCE_SAW};
    (void)state;
    shim_for_all(true);
    start_night(dir_named("recorder-full"));
    speak_for(2);
    ASK(keep);
    speak_for(4);
    shim_arm(1, SQLITE_FULL, false);
    seconds(2);
    assert_int_equal(voice()->state, VOICE_STOPPED);
    assert_string_equal(voice()->cut_off, "disk");
    assert_int_equal(hand_app->problem.status, STATUS_DISK_FULL);
    assert_true(strlen(voice()->problem) > 10);
    assert_false(mic.open);
    int64_t ms = voice()->ms;
    assert_in_range(ms, 4000, 5000);
    hand_app->problem = (struct problem){0};
    seconds(5);
    assert_int_equal(hand_app->problem.status, STATUS_OK); /* told once */
    ASK(keep);
    assert_int_equal(voice()->state, VOICE_STOPPED);
    assert_int_equal(hand_count(ATTACHED), 1);
    shim_arm(0, SQLITE_OK, false);
    seconds(3);
    assert_true(recorder_saved(hand_app));
    ASK(keep);
    assert_int_equal(hand_count(ATTACHED), 2);
    assert_true(llabs(plays_ms() - ms) <= 1);
    shim_arm(1, SQLITE_FULL, false);
    ask(INTENT_voice_start, &to, 0);
    assert_false(mic.open);
    seconds(1);
    assert_int_equal(voice()->state, VOICE_NONE);
    shim_arm(0, SQLITE_OK, false);
    seconds(2);
    assert_int_equal(drafts_left(), 0);
    laws(app_journal(hand_app));
    hand_close();
    shim_for_all(false);
}

/* ---- what lies on the disk ---- */

static int on_disk(const char *dir, const void *what, size_t n) {
    static const char *const names[] = {"lantern.db", "lantern.db-wal"};
    int found = 0;
    for (size_t i = 0; i < 2; i++) {
        struct buf b = {0};
        char *path = path_join(&hand_life, dir, names[i]);
        if (!file_exists(path)) continue;
        OK(file_read(path, 1 << 28, &b));
        for (const uint8_t *p = b.data;
             p && (p = memmem(p, b.size - (size_t)(p - b.data), what, n)); p++)
            found++;
        buf_release(&b);
    }
    return found;
}

static void nothing_readable_on_the_disk(void **state) {
    char *dir = dir_named("recorder-sealed");
    struct buf b = {0};
    (void)state;
    start_night(dir);
    speak_for(5);
    assert_int_equal(on_disk(dir, "OggS", 4), 0);
    assert_int_equal(on_disk(dir, "OpusHead", 8), 0);
    ASK(keep);
    kept_bytes(&b);
    hand_close();
    assert_int_equal(on_disk(dir, "OggS", 4), 0);
    for (size_t at = 100; at + 16 < b.size; at += 97)
        assert_int_equal(on_disk(dir, b.data + at, 16), 0);
    buf_release(&b);
}

/* The same search finds a note on a tablet without a PIN, and nothing of it once it is
 * discarded. */
static void discarded_means_gone(void **state) {
    const struct evidence_to to = {.what = EVIDENCE_SAW};
    char *dir = dir_named("recorder-open");
    (void)state;
    sound_works();
    hand_new_tablet(dir);
    hand_open(dir);
    ask(INTENT_voice_start, &to, 0);
    seconds(3);
    assert_int_equal(voice()->state, VOICE_RECORDING);
    ASK(stop);
    assert_true(on_disk(dir, "OggS", 4) > 5);
    ASK(discard);
    frames(70, 1000); /* at rest the rest of it is overwritten */
    hand_close();
    assert_int_equal(on_disk(dir, "OggS", 4), 0);
}

static bool none_is(struct app *a, row_id row) {
    (void)a, (void)row;
    return false;
}

static bool the_check_is(struct app *a, row_id row) {
    (void)a;
    return row == hand_count("SELECT id FROM visit");
}

/* An office's erasure reaches what only waits to be kept, too. */
static void an_erased_check_takes_its_note(void **state) {
    (void)state;
    start_night(dir_named("recorder-erased"));
    speak_for(3);
    ASK(stop);
    frames(1, 100);
    assert_int_equal(voice()->state, VOICE_STOPPED);
    assert_true(hand_count("SELECT count(*) FROM draft WHERE key LIKE 'voice/%'") > 1);
    recorder_erased(hand_app, none_is);
    assert_true(hand_count("SELECT count(*) FROM draft WHERE key LIKE 'voice/%'") > 1);
    recorder_erased(hand_app, the_check_is);
    frames(1, 100);
    assert_int_equal(voice()->state, VOICE_NONE);
    assert_int_equal(hand_count("SELECT count(*) FROM draft WHERE key LIKE 'voice/%'"), 0);
    hand_close();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_erased_check_takes_its_note),
        cmocka_unit_test(killed_while_speaking),
        cmocka_unit_test(full_disk),
        cmocka_unit_test(nothing_readable_on_the_disk),
        cmocka_unit_test(discarded_means_gone),
    };
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    log_open("/dev/null");
    int failed = cmocka_run_group_tests(tests, start, NULL);
    free(mic.says.samples);
    arena_release(&hand_life);
    return failed;
}
