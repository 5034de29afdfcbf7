/* recorder_hand.h -- a microphone and a loudspeaker that go by the test's clock, and the
 * recorder's intents without a screen. Shared by the tests of the recorder. */
#ifndef TESTS_RECORDER_HAND_H
#define TESTS_RECORDER_HAND_H

#include "app_hand.h"
#include "voice_hand.h"

#include "app/app_state.h"
#include "app/recorder.h"
#include "base/log.h"
#include "model/evidence_model.h"

#define ITEM     "C1"
#define ATTACHED "SELECT count(*) FROM attachment WHERE withdrawn = 0"

static struct {
    struct sound says;
    bool there, busy, open, lost;
    int64_t opened_at, given; /* samples since */
    int opens;
} mic;
static struct {
    bool there, open;
    int64_t written, heard_at, left; /* samples */
    int opens;
} loud;
static bool awake_now;

static inline bool mic_there(void *ctx) {
    (void)ctx;
    return mic.there;
}
static inline enum status mic_open(void *ctx) {
    (void)ctx;
    if (!mic.there) return status_fail(STATUS_NOT_FOUND, "no microphone");
    if (mic.busy) return status_fail(STATUS_BUSY, "another program has it");
    assert_false(mic.open);
    mic.open = true;
    mic.lost = false;
    mic.opens++;
    mic.opened_at = hand_time.boot_ms;
    mic.given = 0;
    return STATUS_OK;
}
static int64_t mic_ever; /* samples since the test began: where in the speech one is */
static inline size_t mic_read(void *ctx, int16_t *to, size_t most, bool *lost) {
    (void)ctx;
    assert_true(mic.open);
    int64_t due = (hand_time.boot_ms - mic.opened_at) * (VOICE_RATE / 1000) - mic.given;
    size_t n = due < 0 ? 0 : (size_t)due < most ? (size_t)due : most;
    for (size_t i = 0; i < n; i++)
        to[i] = mic.says.n ? mic.says.samples[(size_t)mic_ever++ % mic.says.n] : 0;
    mic.given += (int64_t)n;
    *lost = mic.lost && n == 0;
    return n;
}
static inline void mic_close(void *ctx) {
    (void)ctx;
    mic.open = false;
}

static inline bool loud_there(void *ctx) {
    (void)ctx;
    return loud.there;
}
static inline enum status loud_open(void *ctx) {
    (void)ctx;
    if (!loud.there) return status_fail(STATUS_NOT_FOUND, "no loudspeaker");
    assert_false(loud.open);
    loud.open = true;
    loud.opens++;
    loud.left = 0;
    loud.heard_at = hand_time.boot_ms;
    return STATUS_OK;
}
static inline size_t loud_left(void *ctx) {
    (void)ctx;
    loud.left -= (hand_time.boot_ms - loud.heard_at) * 48;
    loud.heard_at = hand_time.boot_ms;
    if (loud.left < 0) loud.left = 0;
    return (size_t)loud.left;
}
static inline void loud_write(void *ctx, const int16_t *samples, size_t n) {
    assert_true(loud.open && samples && !hand_app->covered);
    (void)loud_left(ctx);
    loud.left += (int64_t)n;
    loud.written += (int64_t)n;
}
static inline void loud_hush(void *ctx) {
    (void)ctx;
    loud.left = 0;
}
static inline void loud_close(void *ctx) {
    (void)ctx;
    loud.open = false;
}

static inline void note_awake(void *ctx, bool on) {
    (void)ctx;
    awake_now = on;
}

static inline void fake_sound(struct platform *p) {
    p->microphone_there = mic_there;
    p->microphone_open = mic_open;
    p->microphone_read = mic_read;
    p->microphone_close = mic_close;
    p->speaker_there = loud_there;
    p->speaker_open = loud_open;
    p->speaker_write = loud_write;
    p->speaker_left = loud_left;
    p->speaker_hush = loud_hush;
    p->speaker_close = loud_close;
    p->keep_awake = note_awake;
}

static inline void sound_works(void) {
    mic.there = loud.there = true;
    mic.busy = mic.open = mic.lost = loud.open = false;
    mic.opens = loud.opens = 0;
    mic_ever = loud.written = 0;
    hand_device = fake_sound;
}

/* ---- the recorder ---- */

static inline void ask(enum intent_kind kind, const void *detail, int64_t number) {
    const struct intent in = {.kind = kind, .detail = detail, .number = number};
    app_act(hand_app, &in);
}
#define ASK(name) ask(INTENT_voice_##name, NULL, 0)

static inline const struct voice_scene *voice(void) {
    return &hand_app->scene.voice;
}

static inline void frames(int n, int64_t each_ms) {
    int wait;
    for (int i = 0; i < n; i++) {
        hand_time.boot_ms += each_ms;
        hand_time.wall_ms += each_ms;
        app_frame(hand_app, &wait);
    }
}

static inline void seconds(int n) {
    frames(n * 10, 100);
}

static inline struct evidence_to for_item(void) {
    struct evidence_to to = {.what = EVIDENCE_ITEM,
                             .visit = hand_count("SELECT id FROM visit")};
    text_copy(to.item, sizeof to.item, ITEM);
    return to;
}

static inline void speak_for(int for_seconds) {
    const struct evidence_to to = for_item();
    ask(INTENT_voice_start, &to, 0);
    frames(1, 0);
    assert_int_equal(voice()->state, VOICE_RECORDING);
    assert_true(mic.open);
    seconds(for_seconds);
}

#define NEAR(ms, want) assert_true(llabs((int64_t)(ms) - (want)) <= 100)

static inline void kept_bytes(struct buf *out) {
    struct query q;
    hash256 h = {0};
    size_t n = 0;
    query_open(&q, app_journal(hand_app),
               "SELECT hash FROM attachment WHERE withdrawn = 0 ORDER BY id DESC LIMIT 1", 0);
    assert_true(query_next(&q));
    const void *p = query_bytes(&q, 0, &n);
    assert_int_equal(n, sizeof h);
    memcpy(&h, p, n);
    OK(query_close(&q));
    OK(blob_get(app_journal(hand_app), &h, out));
}

static inline int64_t plays_ms(void) {
    struct buf b = {0};
    struct voice_reader *r = NULL;
    kept_bytes(&b);
    OK(voice_read_start(&r, b.data, b.size));
    struct sound s = play_rest(r);
    int64_t ms = (int64_t)s.n / 48;
    assert_true(llabs(ms - voice_read_ms(r)) <= 1);
    free(s.samples);
    voice_read_free(r);
    buf_release(&b);
    return ms;
}

static inline int64_t drafts_left(void) {
    struct query q;
    int64_t n = 0;
    for (query_open(&q, app_journal(hand_app), "SELECT key FROM draft WHERE key GLOB 'voice/*'",
                    0);
         query_next(&q);)
        n++;
    OK(query_close(&q));
    return n;
}

/* ---- a check under way, made once and copied for each test ---- */

static char *hand_dir;

static inline char *dir_named(const char *name) {
    char *d = arena_strdup(&hand_life, scratch(name));
    OK(file_make_dirs(d));
    return d;
}

static inline int first_check(void **state) {
    (void)state;
    mic.says = speak(spoken_words);
    hand_new_tablet(dir_named("first"));
    sound_works();
    hand_open(scratch("first"));
    PLAY(hand_start_check);
    hand_close();
    return 0;
}

static inline int fresh_check(void **state) {
    static int number;
    (void)state;
    hand_time = (struct clock_manual){.wall_ms = NIGHT_0241 + 60000, .boot_ms = 2000000};
    hand_dir = dir_named(arena_printf(&hand_life, "check-%d", ++number));
    hand_copy_as_killed(scratch("first"), hand_dir);
    sound_works();
    hand_open(hand_dir);
    frames(2, 100);
    return 0;
}

#endif
