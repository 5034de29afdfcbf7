/* shot_hand.h -- the app with a camera of recorded frames, its camera page opened and its
 * questions answered, for the tests of photos. */
#ifndef TESTS_SHOT_HAND_H
#define TESTS_SHOT_HAND_H

#include "app_hand.h"

#include "app/app_state.h"
#include "app/evidence.h"
#include "app/pictures.h"
#include "app/shot_inside.h"
#include "frames_hand.h"
#include "model/evidence_load.h"
#include "picture_help.h"

static row_id shot_visit;
static struct arena shot_arena;
static int camera_opens, camera_closes;
static enum status camera_says, camera_opening;
static enum status (*real_open)(void *ctx, size_t which);
static enum status (*real_frame)(void *ctx, struct camera_frame *out, bool *fresh);
static void (*real_close)(void *ctx);

static enum status counted_open(void *ctx, size_t which) {
    if (camera_opening) return status_fail(camera_opening, "a test says so");
    camera_opens++;
    return real_open(ctx, which);
}

static enum status counted_frame(void *ctx, struct camera_frame *out, bool *fresh) {
    return camera_says ? status_fail(camera_says, "a test says so")
                       : real_frame(ctx, out, fresh);
}

static void counted_close(void *ctx) {
    camera_closes++;
    real_close(ctx);
}

static inline bool camera_on(void) {
    return camera_opens > camera_closes;
}

/* Frames of noise, so that their bytes are found nowhere by chance. */
static inline void shot_frames(int w, int h) {
    struct buf b = {0};
    const char *dir = scratch("frames");
    struct arena t = {0};
    OK(file_make_dirs(dir));
    struct picture *p = frame_noise(w, h, 7);
    OK(picture_write(p, &b));
    OK(file_write(path_join(&t, dir, "1.mjpeg"), b.data, b.size, 0600));
    setenv("LANTERN_CAMERA", dir, 1);
    picture_free(p);
    buf_release(&b);
    arena_release(&t);
}

static inline void shot_opened(void) {
    real_open = hand_platform.camera_open;
    real_frame = hand_platform.camera_frame;
    real_close = hand_platform.camera_close;
    hand_platform.camera_open = counted_open;
    hand_platform.camera_frame = counted_frame;
    hand_platform.camera_close = counted_close;
    camera_opens = camera_closes = 0;
    camera_says = camera_opening = STATUS_OK;
}

static inline void shot_open_at(const char *dir) {
    hand_open(dir);
    shot_opened();
}

/* A real check, sealed at rest. */
static inline char *shot_check(const char *name) {
    char *dir = arena_strdup(&hand_life, scratch(name));
    shot_frames(640, 480);
    hand_new_tablet(dir);
    shot_open_at(dir);
    PLAY(hand_start_check);
    shot_visit = hand_count("SELECT max(id) FROM visit");
    return dir;
}

static inline struct shot *shot_now(void) {
    return shot_of(hand_app);
}

static inline void shot_frame(int n) {
    int wait;
    for (int i = 0; i < n; i++) {
        assert_true(app_frame(hand_app, &wait));
        hand_time.boot_ms += 20;
        hand_time.wall_ms += 20;
    }
}

static inline void shot_ask(const struct intent *in) {
    app_act(hand_app, in);
}

static inline struct evidence_to shot_to(enum evidence_for what, row_id row, const char *item) {
    struct evidence_to to = {.what = (int32_t)what, .visit = shot_visit, .row = row};
    text_copy(to.item, sizeof to.item, item);
    return to;
}

/* To the page, and through what it asks first. */
static inline void shot_page(const struct evidence_to *to) {
    shot_ask(&(struct intent){.kind = INTENT_go, .to = evidence_place(SCREEN_camera, to)});
    shot_frame(3);
    PLAY("screen camera\n");
    if (hand_shows("Where is this?")) PLAY("tap \"Not in a bedroom\"\n");
    if (hand_shows("I understand")) PLAY("tap \"I understand\"\n");
    shot_frame(8);
}

static inline bool shot_wait_for(enum shot_status state) {
    for (int i = 0; i < 400 && shot_now()->state != state; i++)
        shot_frame(1);
    return shot_now()->state == state;
}

static inline void shot_take(void) {
    for (int i = 0; i < 50 && shot_now()->camera.state != CAMERA_LIVE; i++)
        shot_frame(1);
    shot_ask(&(struct intent){.kind = INTENT_photo_take});
    assert_int_equal(shot_now()->state, SHOT_READY);
}

static inline void shot_mark(enum mark_sort sort, const float *points, int count) {
    struct mark_intent m = {.sort = (int32_t)sort, .points = points, .count = count};
    shot_ask(&(struct intent){.kind = INTENT_photo_mark, .detail = &m});
}

static inline void shot_ask_keep(const struct evidence_to *to, const char *caption) {
    struct photo_intent p = {.to = *to, .caption = caption};
    shot_ask(&(struct intent){.kind = INTENT_photo_keep, .detail = &p, .back_after = true});
}

static inline void shot_keep_it(const struct evidence_to *to, const char *caption) {
    shot_ask_keep(to, caption);
    assert_true(shot_wait_for(SHOT_NONE));
}

static inline struct evidence_list shot_list(void) {
    struct evidence_list l;
    OK(evidence_of_visit(app_journal(hand_app), &shot_arena, shot_visit, &l));
    return l;
}

static inline void shot_end(void) {
    laws(app_journal(hand_app));
    hand_close();
    arena_reset(&shot_arena);
    assert_false(camera_on());
}

#endif
