/* shot_camera.c -- the preview: the camera's newest frame, about fifteen times a second, no
 * larger than the screen needs. The frame's own bytes stay beside it, so that a tap takes what
 * was seen and at its full size.
 *
 * A camera that is lost is not looked for by itself: the page says so and offers to try again.
 */
#include "app/shot_inside.h"

#include "base/keys.h"
#include "base/log.h"
#include "base/text.h"

#define LIVE_SIDE   1024
#define LIVE_MS     70   /* between two frames */
#define SILENT_MS   6000 /* open, and no good picture for so long */
#define CAMERA_NAME "camera"

static void live_forget(struct shot_camera *c) {
    picture_free(c->live);
    c->live = NULL;
    buf_wipe(&c->frame);
}

void preview_off(struct app *a, struct shot *h) {
    struct shot_camera *c = &h->camera;
    if (c->open && a->platform->camera_close) a->platform->camera_close(a->platform->ctx);
    c->open = false;
    live_forget(c);
    if (c->state == CAMERA_STARTING || c->state == CAMERA_LIVE) c->state = CAMERA_CLOSED;
}

void preview_left(struct app *a, struct shot *h) {
    struct shot_camera *c = &h->camera;
    preview_off(a, h);
    c->known = false;
    c->count = 0;
    c->names = NULL;
    c->state = CAMERA_NONE;
    c->problem[0] = '\0';
    arena_wipe(&c->names_arena);
}

static const char *why(enum status s) {
    switch (s) {
    case STATUS_NOT_FOUND:
        return "shot.camera_gone";
    case STATUS_BUSY:
        return "shot.camera_busy";
    case STATUS_READ_ONLY:
        return "shot.camera_denied";
    case STATUS_INVALID:
        return "shot.camera_strange";
    default:
        return "shot.camera_failed";
    }
}

static void lost(struct app *a, struct shot *h, const char *key) {
    struct shot_camera *c = &h->camera;
    preview_off(a, h);
    c->state = CAMERA_LOST;
    text_copy(c->problem, sizeof c->problem, word(a->words, key));
    log_line("camera: %s", key);
}

/* The one that was chosen last on this tablet, by its name; else the first. */
static void read_names(struct app *a, struct shot_camera *c) {
    const struct platform *p = a->platform;
    arena_reset(&c->names_arena);
    c->known = true;
    c->names = NULL;
    c->count = p->cameras ? p->cameras(p->ctx, &c->names_arena, &c->names) : 0;
    c->current = 0;
    c->state = c->count ? CAMERA_CLOSED : CAMERA_NONE;
    char *last = local_get(a->j, CAMERA_NAME, &a->act_arena);
    for (size_t i = 0; last && i < c->count; i++)
        if (text_equal(c->names[i], last)) c->current = i;
}

static void turn_on(struct app *a, struct shot *h) {
    struct shot_camera *c = &h->camera;
    enum status s = a->platform->camera_open(a->platform->ctx, c->current);
    if (s) {
        log_line("camera not opened: %s", status_detail());
        lost(a, h, why(s));
        return;
    }
    c->open = true;
    c->state = CAMERA_STARTING;
    c->looked = c->fresh = clock_boot(&a->clock);
}

/* Broken frames happen when a camera starts and when its cable is poor: the next is awaited. */
static void show(struct app *a, struct shot_camera *c, const struct camera_frame *f) {
    struct picture *p = NULL;
    if (picture_of_frame(&p, f, LIVE_SIDE)) return;
    picture_free(c->live);
    c->live = p;
    c->image = shot_image(a, p);
    buf_clear(&c->frame);
    buf_add(&c->frame, f->bytes, f->size);
    c->is = *f;
    c->is.bytes = c->frame.data;
    c->state = CAMERA_LIVE;
    c->fresh = clock_boot(&a->clock);
}

static void look(struct app *a, struct shot *h) {
    struct shot_camera *c = &h->camera;
    struct camera_frame f;
    bool fresh = false;
    int64_t now = clock_boot(&a->clock);
    ui_wake_in(a->ui, LIVE_MS);
    if (c->live && now - c->looked < LIVE_MS - 10) return;
    c->looked = now;
    enum status s = a->platform->camera_frame(a->platform->ctx, &f, &fresh);
    if (s) {
        log_line("camera lost: %s", status_detail());
        lost(a, h, why(s));
    } else if (fresh) {
        show(a, c, &f);
    }
    if (c->open && now - c->fresh > SILENT_MS) lost(a, h, "shot.camera_silent");
}

void preview_step(struct app *a, struct shot *h, bool wanted) {
    struct shot_camera *c = &h->camera;
    if (!wanted) {
        if (c->open) preview_off(a, h);
        return;
    }
    if (!c->known) read_names(a, c);
    if (c->state == CAMERA_CLOSED) turn_on(a, h);
    if (c->open) look(a, h);
}

/* What was on the screen, at its full size. */
void preview_take(struct app *a, struct shot *h) {
    struct shot_camera *c = &h->camera;
    struct picture *p = NULL;
    if (!c->live || c->frame.overflow) return;
    c->is.bytes = c->frame.data;
    enum status s = picture_of_frame(&p, &c->is, PICTURE_SIDE_MOST);
    if (s) {
        log_line("frame not taken: %s", status_key(s));
        shot_refuse(a, h, "shot.not_taken");
        return;
    }
    shot_take_picture(a, h, p, "camera", clock_wall(&a->clock));
}

void preview_pick(struct app *a, struct shot *h, int64_t which) {
    struct shot_camera *c = &h->camera;
    if (which < 0 || (size_t)which >= c->count) return;
    preview_off(a, h);
    c->current = (size_t)which;
    c->state = CAMERA_CLOSED;
    c->problem[0] = '\0';
    enum status s = local_put(a->j, CAMERA_NAME, c->names[c->current]);
    if (s) log_line("choice of camera not kept: %s", status_key(s));
}

void preview_retry(struct app *a, struct shot *h) {
    preview_off(a, h);
    h->camera.problem[0] = '\0';
    read_names(a, &h->camera);
}

void preview_scene(const struct shot *h, struct camera_scene *out) {
    const struct shot_camera *c = &h->camera;
    *out = (struct camera_scene){.state = c->known ? c->state : CAMERA_CLOSED,
                                 .live = c->live ? &c->image : NULL,
                                 .names = c->names,
                                 .count = (int)c->count,
                                 .current = (int)c->current,
                                 .problem = c->problem};
}
