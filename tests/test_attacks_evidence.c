/* test_attacks_evidence.c -- photos and voice notes, attacked by somebody who wants to see what
 * was put away: the memory of a locked tablet, a bundle made in haste, a check that is sealed
 * over what still waits.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * What is looked for in memory is noise, so that it is found nowhere by chance; the test keeps
 * its own copies in disguise, so that the search does not find itself. As in the program, freed
 * memory is overwritten. */
#include "freed.h"
#include "recorder_hand.h"
#include "shot_hand.h"

#include <fcntl.h>
#include <unistd.h>

#include "sync/bundle.h"

#define PIECE 24
#define MASK  0xC7
#define MOST  64

/* ---- noise that is spoken ---- */

static int16_t noise_at(int64_t i) {
    uint64_t x = (uint64_t)i * 0x9E3779B97F4A7C15u + 0x1234567;
    x ^= x >> 31;
    x *= 0xBF58476D1CE4E5B9u;
    return (int16_t)((int16_t)(x >> 40) / 2);
}

static size_t noise_read(void *ctx, int16_t *to, size_t most, bool *lost) {
    (void)ctx;
    int64_t due = (hand_time.boot_ms - mic.opened_at) * (VOICE_RATE / 1000) - mic.given;
    size_t n = due < 0 ? 0 : (size_t)due < most ? (size_t)due : most;
    for (size_t i = 0; i < n; i++)
        to[i] = noise_at(mic_ever++);
    mic.given += (int64_t)n;
    *lost = false;
    return n;
}

static void noisy(struct platform *p) {
    fake_sound(p);
    p->microphone_read = noise_read;
}

/* ---- needles ---- */

static struct needle {
    uint8_t bytes[PIECE]; /* in disguise */
    const char *what;
    int found;
} needles[MOST];
static int needles_count;

static void note(const char *what, const void *p, size_t n) {
    const uint8_t *b = p;
    for (int k = 1; k <= 4 && needles_count < MOST; k++) {
        size_t at = (n - PIECE) * (size_t)k / 5;
        struct needle *one = &needles[needles_count++];
        for (size_t i = 0; i < PIECE; i++)
            one->bytes[i] = b[at + i] ^ MASK;
        one->what = what;
    }
}

static void note_picture(const char *what, struct picture *p) {
    note(what, picture_argb(p),
         (size_t)picture_width(p) * (size_t)picture_height(p) * sizeof(uint32_t));
}

static void note_heard(void) {
    int16_t said[400];
    for (int i = 0; i < 400; i++)
        said[i] = noise_at(16000 + i);
    note("what was said", said, sizeof said);
    key_wipe(said, sizeof said);
}

static bool is_at(const struct needle *k, const uint8_t *p) {
    for (int i = 0; i < PIECE; i++)
        if ((p[i] ^ MASK) != k->bytes[i]) return false;
    return true;
}

/* By their first byte, so that memory is gone through once. */
static void look_at(void *ctx, const uint8_t *p, size_t n) {
    (void)ctx;
    static int16_t first[256], next[MOST];
    memset(first, -1, sizeof first);
    for (int k = 0; k < needles_count; k++) {
        uint8_t b = needles[k].bytes[0] ^ MASK;
        next[k] = first[b];
        first[b] = (int16_t)k;
    }
    for (size_t i = 0; i + PIECE <= n; i++)
        for (int k = first[p[i]]; k >= 0; k = next[k])
            if (is_at(&needles[k], p + i)) needles[k].found++;
}

static int in_memory(void) {
    int found = 0;
    for (int k = 0; k < needles_count; k++)
        needles[k].found = 0;
    memory_show(PIECE, look_at, NULL);
    for (int k = 0; k < needles_count; k++)
        found += needles[k].found;
    return found;
}

static void say_found(const char *when) {
    for (int k = 0; k < needles_count; k++)
        if (needles[k].found)
            print_error("%s: %s, %d times\n", when, needles[k].what, needles[k].found);
}

/* ---- a night with everything in it ---- */

static char *night(const char *name) {
    sound_works();
    hand_device = noisy;
    return shot_check(name);
}

static void keep_for_item(const char *caption) {
    struct evidence_to to = shot_to(EVIDENCE_ITEM, 0, "N07");
    shot_page(&to);
    shot_take();
    shot_keep_it(&to, caption);
    shot_frame(4);
}

static void note_blobs(void) {
    struct query q;
    hash256 all[8];
    int count = 0;
    query_open(&q, app_journal(hand_app),
               "SELECT hash FROM attachment WHERE hash IS NOT NULL UNION SELECT thumb FROM "
               "attachment WHERE thumb IS NOT NULL",
               0);
    while (query_next(&q) && count < 8) {
        size_t n;
        const void *p = query_bytes(&q, 0, &n);
        memcpy(&all[count++], p, sizeof all[0]);
    }
    OK(query_close(&q));
    for (int i = 0; i < count; i++) {
        struct buf b = {0};
        OK(blob_get(app_journal(hand_app), &all[i], &b));
        note("a kept one's bytes", b.data, b.size);
        key_wipe(b.data, b.room);
        buf_release(&b);
    }
}

static void hear_it_again(void) {
    struct evidence_list l = shot_list();
    for (int i = 0; i < l.count; i++)
        if (l.all[i].sort == EVIDENCE_VOICE) ask(INTENT_voice_play, &l.all[i], 0);
    seconds(1);
    assert_true(voice()->playing);
}

static void nothing_of_it_is_in_a_locked_tablets_memory(void **state) {
    (void)state;
    needles_count = 0;
    (void)night("memory");
    keep_for_item("kept");
    struct evidence_to to = shot_to(EVIDENCE_ITEM, 0, "N07");
    ask(INTENT_voice_start, &to, 0);
    seconds(4);
    ASK(keep);
    note_heard();
    note_blobs();
    shot_frame(10); /* its thumbnail is shown */
    hear_it_again();
    shot_ask(&(struct intent){.kind = INTENT_go,
                              .to = {.screen = SCREEN_picture, .row = shot_list().all[0].row}});
    shot_frame(30);
    shot_page(&to);
    shot_frame(10);
    assert_int_equal(shot_now()->camera.state, CAMERA_LIVE);
    note_picture("the preview", shot_now()->camera.live);
    note("the camera's frame", shot_now()->camera.frame.data, shot_now()->camera.frame.size);
    shot_take();
    note_picture("the shot", shot_now()->shown);
    static const float line[] = {0, 0.02F, 1, 0.02F, 1, 0.06F, 0, 0.06F};
    shot_mark(MARK_COVER, line, 4);
    shot_frame(6);
    int before = in_memory();
    assert_true(before > 4);
    shot_ask(&(struct intent){.kind = INTENT_lock});
    shot_frame(4);
    assert_string_equal(app_screen_name(hand_app), "lock");
    int after = in_memory();
    say_found("locked with a shot in hand");
    printf("figure: pieces of photos and voices in memory: %d while it is open, %d when the "
           "tablet is locked\n",
           before, after);
    assert_int_equal(after, 0);
    PLAY(LET_IN);
    /* … and locked in the middle of a word, with the preview of a camera before it */
    shot_ask(&(struct intent){.kind = INTENT_home});
    needles_count = 0;
    note_heard();
    mic_ever = 0;
    ask(INTENT_voice_start, &to, 0);
    seconds(4);
    assert_int_equal(voice()->state, VOICE_RECORDING);
    assert_true(in_memory() >= 0);
    shot_ask(&(struct intent){.kind = INTENT_lock});
    assert_false(mic.open);
    shot_frame(4);
    after = in_memory();
    say_found("locked while somebody spoke");
    assert_int_equal(after, 0);
    PLAY(LET_IN);
    frames(2, 100);
    assert_int_equal(voice()->state, VOICE_STOPPED);
    NEAR(voice()->ms, 4000);
    ASK(discard);
    shot_page(&to);
    shot_frame(8);
    assert_true(camera_on());
    shot_ask(&(struct intent){.kind = INTENT_lock});
    shot_frame(1);
    assert_false(camera_on());
    PLAY(LET_IN);
    shot_end();
}

/* Nobody draws a hidden window: what sees and hears is closed by hiding it, not by a frame. */
static void hidden_the_camera_closes_at_once(void **state) {
    (void)state;
    (void)night("hidden");
    struct evidence_to to = shot_to(EVIDENCE_ITEM, 0, "N07");
    shot_page(&to);
    assert_true(camera_on());
    app_hidden(hand_app);
    assert_false(camera_on());
    assert_null(shot_now()->camera.live);
    shot_frame(2);
    PLAY("tap \"Covered. Touch to come back.\"\n");
    shot_end();
}

/* ---- taken back, and sent in the same breath ---- */

static bool blob_there(const hash256 *h) {
    return blob_have(app_journal(hand_app), h);
}

static void taken_back_and_sent_at_once(void **state) {
    (void)state;
    (void)night("haste");
    keep_for_item("a face in the mirror");
    struct evidence_list l = shot_list();
    assert_int_equal(l.count, 1);
    hash256 picture = l.all[0].hash, thumb = l.all[0].thumb;
    PLAY("tap \"Undo\"\n");
    assert_int_equal(shot_list().count, 0);
    const char *stick = scratch("haste-stick");
    OK(file_make_dirs(stick));
    shot_ask(&(struct intent){.kind = INTENT_export_to, .text = stick});
    for (int i = 0; i < 400 && hand_app->scene.job.state == JOB_RUNNING; i++)
        shot_frame(1);
    assert_int_equal(hand_app->scene.job.state, JOB_DONE);
    struct buf b = {0}, kept = {0};
    OK(file_read(hand_app->scene.job.path, 64 << 20, &b));
    assert_true(b.size < 40000); /* a photo of noise has hundreds of thousands */
    assert_false(blob_there(&picture));
    assert_false(blob_there(&thumb));
    buf_release(&b);
    buf_release(&kept);
    shot_end();
}

/* ---- sealed over what waits ---- */

static void seal_now(void) {
    shot_ask(&(struct intent){.kind = INTENT_visit_seal, .row = shot_visit});
    shot_frame(2);
}

static struct evidence_list waiting_in(const char *form, const char *item) {
    struct evidence_list l;
    OK(evidence_waiting(app_journal(hand_app), &shot_arena, form, shot_visit, item, &l));
    return l;
}

/* A photo in Saw something that was never kept belongs to nothing once the check is sealed. */
static void sealed_over_a_photo_that_waits(void **state) {
    (void)state;
    (void)night("waits");
    struct evidence_to saw = shot_to(EVIDENCE_SAW, 0, "");
    shot_ask(
        &(struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_saw, .row = shot_visit}});
    shot_frame(2);
    shot_page(&saw);
    shot_take();
    shot_keep_it(&saw, "the fire door");
    assert_int_equal(waiting_in("saw", "").count, 1);
    shot_ask(&(struct intent){.kind = INTENT_home});
    shot_frame(2);
    seal_now();
    bool sealed = hand_count("SELECT count(*) FROM seal") > 0;
    assert_false(sealed && waiting_in("saw", "").count); /* nobody could ever keep it */
    assert_false(sealed);                                /* nor is it thrown away unseen */
    assert_string_equal(app_screen_name(hand_app), "saw");
    shot_ask(&(struct intent){.kind = INTENT_observe,
                              .detail = &(struct observe_intent){
                                  .visit = shot_visit, .text = "It stood open.", .item = ""}});
    assert_int_equal(waiting_in("saw", "").count, 0);
    assert_int_equal(shot_list().count, 1);
    seal_now();
    assert_int_equal(hand_count("SELECT count(*) FROM seal"), 1);
    shot_end();
}

/* ---- whose words ---- */

/* One has spoken, another holds the tablet when it is kept: it stays the first one's. */
static void handed_over_in_the_middle_of_a_note(void **state) {
    (void)state;
    (void)night("hands");
    row_id first = journal_holder(app_journal(hand_app));
    struct evidence_to to = shot_to(EVIDENCE_ITEM, 0, "N07");
    ask(INTENT_voice_start, &to, 0);
    seconds(3);
    row_id second = hand_count("SELECT max(id) FROM person");
    assert_true(first != second);
    hold_person(hand_app, second);
    assert_false(mic.open);
    frames(2, 100);
    assert_int_equal(voice()->state, VOICE_STOPPED);
    ASK(keep);
    assert_int_equal(shot_list().count, 1);
    assert_int_equal(shot_list().all[0].person, first);
    assert_int_equal(journal_holder(app_journal(hand_app)), second);
    shot_end();
}

/* ---- somebody's words, after the event ---- */

/* A recording is not put to words that were said without agreeing to one, by whatever door. */
static void a_voice_for_words_that_were_only_written(void **state) {
    static const char *const speakers[] = {"lives_here", "staff", "family"};
    (void)state;
    (void)night("written");
    for (int i = 0; i < 3; i++) {
        struct row r = row_new(&kind_feedback);
        row_ref(&r, "visit", shot_visit);
        row_text(&r, "speaker", speakers[i]);
        row_text(&r, "text", "It takes long at night.");
        if (i == 1) row_int(&r, "recorded", 1); /* as another program might say */
        put_alone(app_journal(hand_app), &r);
        struct evidence_to to = shot_to(EVIDENCE_ROW, r.id, "");
        assert_int_equal(evidence_may(hand_app, &to), STATUS_INVALID);
        ask(INTENT_voice_start, &to, 0);
        frames(3, 100);
        assert_false(mic.open);
        assert_int_equal(voice()->state, VOICE_NONE);
        assert_true(strlen(voice()->problem) > 10);
    }
    assert_int_equal(shot_list().count, 0);
    shot_end();
}

/* ---- at rest ---- */

/* Frames that the app asks for by itself in so many minutes. */
static int frames_asked_for(int minutes) {
    int64_t end = hand_time.boot_ms + minutes * 60000LL;
    int n = 0, wait = 0;
    app_touched(hand_app);
    while (hand_time.boot_ms < end && n < 1000) {
        assert_true(app_frame(hand_app, &wait));
        n++;
        int64_t ms = wait < 0 || wait > 60000 ? 60000 : wait ? wait : 1;
        hand_time.boot_ms += ms;
        hand_time.wall_ms += ms;
    }
    return n;
}

static void settle(void) {
    shot_frame(400);
}

static void at_rest_nothing_wakes_it(void **state) {
    (void)state;
    (void)night("rest");
    settle();
    int before = frames_asked_for(3);
    /* everything was used once, and something waits everywhere */
    keep_for_item("one");
    struct evidence_to saw = shot_to(EVIDENCE_SAW, 0, ""),
                       to = shot_to(EVIDENCE_ITEM, 0, "N07");
    shot_page(&saw);
    shot_take();
    shot_keep_it(&saw, "two");
    shot_ask(&(struct intent){.kind = INTENT_home});
    ask(INTENT_voice_start, &to, 0);
    seconds(3);
    ASK(stop);
    ASK(play);
    seconds(5);
    assert_false(voice()->playing);
    shot_ask(
        &(struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_walk, .row = shot_visit}});
    settle();
    int after = frames_asked_for(3);
    assert_false(camera_on());
    shot_page(&to);
    shot_take(); /* a shot in hand, nobody touches it */
    settle();
    int held = frames_asked_for(3);
    printf("figure: frames in three minutes at rest: %d before photos and voices, %d after, %d "
           "with a "
           "shot in hand\n",
           before, after, held);
    assert_true(after <= before + 2);
    assert_true(held <= before + 4);
    shot_end();
}

int main(int argc, char **argv) {
    (void)argc;
    freed_is_overwritten(argv);
    app_keeps_private();
    hand_draws = true;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_of_it_is_in_a_locked_tablets_memory),
        cmocka_unit_test(hidden_the_camera_closes_at_once),
        cmocka_unit_test(taken_back_and_sent_at_once),
        cmocka_unit_test(sealed_over_a_photo_that_waits),
        cmocka_unit_test(handed_over_in_the_middle_of_a_note),
        cmocka_unit_test(a_voice_for_words_that_were_only_written),
        cmocka_unit_test(at_rest_nothing_wakes_it),
    };
    int failed = cmocka_run_group_tests_name("attacks_evidence", tests, NULL, NULL);
    arena_release(&shot_arena);
    arena_release(&hand_life);
    return failed;
}
