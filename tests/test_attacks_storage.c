/* test_attacks_storage.c -- photos and voice notes on a disk that fails and a tablet that is
 * killed: every state is either before or after. No attachment without its bytes, no bytes that
 * nobody names, no note that waits and never comes back.
 *
 * needs: platform app screen model ui media sync care store base
 */
#include "recorder_hand.h"
#include "shot_hand.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#pragma GCC diagnostic ignored "-Wunused-function"
#include "vfs_shim.c"

#define LIVES      8
#define PLACES_MAX 400

static int64_t others; /* blobs that are not photos or voices: forms */

/* ---- whole ---- */

struct named {
    struct buf drafts;
    int count;
};

static void note_draft(void *ctx, const char *key, const void *p, size_t n) {
    struct named *d = ctx;
    (void)key;
    buf_add(&d->drafts, p, n);
    d->count++;
}

static int64_t blobs_of_nobody(void) {
    struct query q;
    struct named d = {0};
    int64_t found = 0;
    OK(draft_each(app_journal(hand_app), "evidence/", note_draft, &d));
    query_open(
        &q, app_journal(hand_app),
        "SELECT lower(hex(hash)) FROM blob WHERE hash NOT IN (SELECT hash FROM attachment "
        "WHERE hash IS NOT NULL) AND hash NOT IN (SELECT thumb FROM attachment WHERE thumb "
        "IS NOT NULL)",
        0);
    while (query_next(&q)) {
        const char *hex = query_text(&q, 0, &shot_arena);
        found += !d.drafts.size || !memmem(d.drafts.data, d.drafts.size, hex, strlen(hex));
    }
    OK(query_close(&q));
    buf_release(&d.drafts);
    return found;
}

static int drafts_waiting(void) {
    struct named d = {0};
    OK(draft_each(app_journal(hand_app), "evidence/", note_draft, &d));
    buf_release(&d.drafts);
    return d.count;
}

static void whole(void) {
    assert_int_equal(
        hand_count(
            "SELECT count(*) FROM attachment a WHERE withdrawn = 0 AND NOT EXISTS (SELECT "
            "1 FROM blob WHERE blob.hash = a.hash)"),
        0);
    assert_int_equal(blobs_of_nobody(), others);
    struct evidence_list l;
    static const char *const forms[] = {"saw", "heard"};
    int seen = 0;
    for (int f = 0; f < 2; f++) {
        OK(evidence_waiting(app_journal(hand_app), &shot_arena, forms[f], shot_visit, "", &l));
        for (int i = 0; i < l.count; i++)
            assert_true(l.all[i].here && blob_have(app_journal(hand_app), &l.all[i].hash));
        seen += l.count;
    }
    assert_int_equal(seen, drafts_waiting()); /* each one is seen by its form */
    if (!voice()->state) assert_int_equal(drafts_left(), 0);
    laws(app_journal(hand_app));
}

static char *night(const char *name) {
    sound_works();
    char *dir = shot_check(name);
    shot_frames(160, 120);
    others = blobs_of_nobody();
    return dir;
}

/* ---- a disk that is full, at each write ---- */

static struct evidence_to saw, item;

static void observe(void) {
    struct observe_intent o = {.visit = shot_visit, .text = "The door stood open.", .item = ""};
    shot_ask(&(struct intent){.kind = INTENT_observe, .detail = &o, .undo = "common.undo"});
}

static void remove_first(const char *form) {
    struct evidence_list l;
    OK(evidence_waiting(app_journal(hand_app), &shot_arena, form, shot_visit, "", &l));
    if (!l.count) return;
    struct evidence_remove_intent k = {.to = saw, .number = l.all[0].number};
    shot_ask(&(struct intent){.kind = INTENT_evidence_remove, .detail = &k});
}

/* Each does one thing and says whether it is done. */
static bool keep_for(const struct evidence_to *to, int64_t (*count)(void)) {
    int64_t before = count();
    shot_page(to);
    if (shot_now()->state == SHOT_NONE) {
        for (int i = 0; i < 50 && shot_now()->camera.state != CAMERA_LIVE; i++)
            shot_frame(1);
        shot_ask(&(struct intent){.kind = INTENT_photo_take});
    }
    shot_ask_keep(to, "a caption");
    for (int i = 0; i < 200 && shot_now()->state == SHOT_KEEPING; i++)
        shot_frame(1);
    bool done = shot_now()->state == SHOT_NONE;
    assert_int_equal(count(), before + done);
    return done;
}

static int64_t kept_rows(void) {
    return hand_count(ATTACHED);
}
static int64_t waiting_now(void) {
    return drafts_waiting();
}

static bool photo_of_item(void) {
    return keep_for(&item, kept_rows);
}
static bool photo_in_saw(void) {
    return keep_for(&saw, waiting_now);
}
static bool claimed(void) {
    int64_t before = kept_rows(), waits = waiting_now();
    assert_true(waits > 0);
    observe();
    bool done = waiting_now() == 0;
    assert_int_equal(kept_rows(), before + (done ? waits : 0));
    return done;
}
static bool removed(void) {
    int64_t before = waiting_now();
    remove_first("saw");
    assert_true(waiting_now() == before || waiting_now() == before - 1);
    return waiting_now() < before;
}
static bool voice_kept(void) {
    int64_t before = kept_rows();
    if (!voice()->state) {
        ask(INTENT_voice_start, &item, 0);
        frames(20, 100);
    }
    ASK(keep);
    frames(1, 2000);
    bool done = kept_rows() > before;
    assert_int_equal(kept_rows(), before + done);
    return done;
}
static bool voice_dropped(void) {
    if (!voice()->state) {
        ask(INTENT_voice_start, &item, 0);
        frames(20, 100);
    }
    ASK(discard);
    frames(1, 2000);
    return voice()->state == VOICE_NONE && drafts_left() == 0;
}

static void prepare_saw(void) {
    while (waiting_now() < 2)
        assert_true(photo_in_saw());
}
static void prepare_voice(void) {
    ask(INTENT_voice_start, &item, 0);
    frames(30, 100);
    ASK(stop);
    frames(1, 100);
    assert_int_equal(voice()->state, VOICE_STOPPED);
}

static int walk_places(const char *what, bool (*act)(void), void (*prepare)(void), int code,
                       bool once) {
    bool all = getenv("LANTERN_TEST_ALL") != NULL;
    draw luck = {.s = 11};
    int tried = 0;
    for (int at = 1; at < PLACES_MAX; at += all ? 1 : 1 + (int)draw_below(&luck, 24)) {
        tried++;
        if (prepare) prepare();
        shim_arm(at, code, once);
        bool done = act();
        bool hit = shim.calls >= at;
        shim_arm(0, SQLITE_OK, false);
        hand_app->problem = (struct problem){0};
        frames(2, 1100);
        whole();
        if (!done) { /* the disk is well again: it works without being asked for anew */
            if (!act())
                fail_msg("%s: not even when the disk is well again, after write %d", what, at);
            whole();
        }
        if (done && !hit) return tried - 1;
    }
    fail_msg("%s never went through", what);
    return 0;
}

static void a_disk_that_fails_at_each_write(void **state) {
    static const struct {
        const char *what;
        bool (*act)(void);
        void (*prepare)(void);
    } all[] = {
        {"a photo", photo_of_item, NULL},       {"a photo in Saw", photo_in_saw, NULL},
        {"claiming", claimed, prepare_saw},     {"taking away", removed, prepare_saw},
        {"a voice", voice_kept, prepare_voice}, {"discarding", voice_dropped, prepare_voice}};
    int places = 0;
    (void)state;
    shim_for_all(true);
    (void)night("full");
    saw = shot_to(EVIDENCE_SAW, 0, "");
    item = shot_to(EVIDENCE_ITEM, 0, "N07");
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        for (int once = 0; once < 2; once++)
            places += walk_places(all[i].what, all[i].act, all[i].prepare,
                                  once ? SQLITE_IOERR_WRITE : SQLITE_FULL, once);
    printf("figure: photos and voices kept, claimed, taken away on a failing disk: %d places, "
           "each whole\n",
           places);
    assert_true(places > 20);
    hand_close();
    shim_for_all(false);
    arena_reset(&shot_arena);
}

/* ---- killed ---- */

static void nap(long ms) {
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

static void tell(int fd, char sort) {
    if (write(fd, &sort, 1) != 1) _exit(9);
}

static void live(const char *dir, int fd, uint64_t seed) {
    draw luck = {.s = seed};
    shot_open_at(dir);
    frames(2, 100);
    saw = shot_to(EVIDENCE_SAW, 0, "");
    item = shot_to(EVIDENCE_ITEM, 0, "N07");
    if (voice()->state) ASK(discard);
    if (strcmp(app_screen_name(hand_app), "camera") == 0)
        shot_ask(&(struct intent){.kind = INTENT_home});
    tell(fd, 'R');
    for (;;) {
        switch (draw_below(&luck, 6)) {
        case 0:
            if (photo_of_item()) tell(fd, 'K');
            break;
        case 1:
        case 2:
            (void)photo_in_saw();
            break;
        case 3:
            if (waiting_now()) (void)claimed();
            break;
        case 4:
            (void)removed();
            break;
        case 5:
            if (voice_kept()) tell(fd, 'K');
            break;
        }
        frames(1, 100);
    }
}

static int64_t one_life(const char *dir, long ms, uint64_t seed) {
    int fds[2], status;
    char c = 0;
    int64_t kept = 0;
    assert_int_equal(pipe(fds), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(fds[0]);
        live(dir, fds[1], seed);
        _exit(0);
    }
    close(fds[1]);
    assert_int_equal(read(fds[0], &c, 1), 1);
    nap(ms);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status)) fail_msg("the child ended by itself: %d", WEXITSTATUS(status));
    while (read(fds[0], &c, 1) == 1)
        kept += c == 'K';
    close(fds[0]);
    return kept;
}

static void killed_at_any_moment(void **state) {
    draw luck = {.s = 20261123};
    int64_t sum = 0, before = 0;
    int found = 0;
    (void)state;
    char *dir = night("kill");
    hand_close();
    int lives = getenv("LANTERN_TEST_ALL") ? 3 * LIVES : LIVES;
    for (int i = 0; i < lives; i++) {
        int64_t kept = one_life(dir, 20 + (long)draw_below(&luck, 500), 77 + (uint64_t)i);
        hand_time.wall_ms += 600000;
        hand_time.boot_ms += 600000;
        shot_open_at(dir);
        frames(2, 100);
        whole();
        if (kept_rows() < before + kept)
            fail_msg("%lld kept and lost", (long long)(before + kept - kept_rows()));
        sum += kept;
        if (voice()->state) {
            found++;
            ASK(keep);
            frames(1, 100);
            assert_int_equal(voice()->state, VOICE_NONE);
            whole();
        }
        before = kept_rows();
        hand_close();
    }
    printf("figure: %d kills while photos and voices are kept, claimed and taken away: %lld "
           "kept and told, %lld there, %d notes found again\n",
           lives, (long long)sum, (long long)before, found);
    assert_true(before > 0);
    arena_reset(&shot_arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_disk_that_fails_at_each_write),
        cmocka_unit_test(killed_at_any_moment),
    };
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    log_open("/dev/null");
    mic.says = speak(spoken_words);
    int failed = cmocka_run_group_tests_name("attacks_storage", tests, NULL, NULL);
    free(mic.says.samples);
    arena_release(&shot_arena);
    arena_release(&hand_life);
    return failed;
}
