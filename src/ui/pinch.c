/* pinch.c -- looking closer at a picture: two fingers about their middle, one finger to move
 * it, two taps, the wheel, the keys. What lies under the fingers stays under them; the picture
 * never leaves its rectangle.
 *
 * At zoom 1 one finger does nothing, not even scroll: a screen may read a swipe from it
 * (ui_pinch_swipe). */
#include <math.h>

#include "ui/image.h"
#include "ui/look.h"

#define PINCHES_MAX   4
#define APART_LEAST   12.0F /* closer fingers say nothing about size */
#define TAP_MS        350
#define TAPS_APART_MS 400
#define TAPS_APART_DP 40.0F
#define KEY_STEP      1.25F
#define MOVE_STEP     0.15F /* of what is seen */
#define WHEEL_STEP    0.0025F
#define SWIPE_DP      72.0F

struct tip { /* a finger on the picture */
    int64_t id;
    bool down;
    float x, y;
};
struct pinch {
    ui_id_t id;
    int64_t frame;
    struct tip tips[2];
    bool moved, two; /* past the slop; two fingers were on it since the first came down */
    float x0, y0;    /* where the first came down */
    uint32_t down_ms;
    float tap_x, tap_y;    /* the last tap, and when: the next one beside it soon makes two */
    int64_t tap_at, up_at; /* boot clock */
    int swipe;
};
struct pinches {
    struct pinch all[PINCHES_MAX];
};
struct view { /* what is looked at, and through which window */
    rect r, whole;
    int w, h;
    struct ui_zoom z;
};

static struct pinch *pinch_of(struct ui *u, ui_id_t id) {
    if (!u->pinches) u->pinches = arena_take(&u->life, sizeof *u->pinches);
    struct pinch *p = NULL, *oldest = &u->pinches->all[0];
    for (int i = 0; i < PINCHES_MAX && !p; i++) {
        struct pinch *one = &u->pinches->all[i];
        if (one->id == id) p = one;
        if (one->frame < oldest->frame) oldest = one;
    }
    if (!p) {
        p = oldest;
        *p = (struct pinch){.id = id};
    } else if (p->frame < u->frame_no - 1) { /* it was away: covered, or another screen */
        *p = (struct pinch){.id = id};
    }
    p->frame = u->frame_no;
    return p;
}

static void keep_within(struct view *v) {
    v->z = zoom_within(v->r, v->w, v->h, v->z);
}

static void move_by(struct view *v, float dx, float dy) {
    v->z.x -= dx / (v->whole.w * v->z.zoom);
    v->z.y -= dy / (v->whole.h * v->z.zoom);
    keep_within(v);
}

/* What lies at (x, y) stays there. */
static void zoom_about(struct view *v, float x, float y, float zoom) {
    float dx = x - (v->r.x + v->r.w / 2), dy = y - (v->r.y + v->r.h / 2);
    zoom = SDL_min(SDL_max(zoom, 1), ZOOM_MOST);
    v->z.x += dx / v->whole.w * (1 / v->z.zoom - 1 / zoom);
    v->z.y += dy / v->whole.h * (1 / v->z.zoom - 1 / zoom);
    v->z.zoom = zoom;
    keep_within(v);
}

static void in_or_out(struct view *v, float x, float y) {
    zoom_about(v, x, y, v->z.zoom > 1.01F ? 1 : ZOOM_TWICE);
}

/* ---- fingers
 * --------------------------------------------------------------------------------------- */

static struct tip *tip_of(struct pinch *p, int64_t id) {
    for (int i = 0; i < 2; i++)
        if (p->tips[i].down && p->tips[i].id == id) return &p->tips[i];
    return NULL;
}

static void came(struct pinch *p, const struct touch_point *t) {
    bool first = !p->tips[0].down && !p->tips[1].down;
    struct tip *tip = !p->tips[0].down ? &p->tips[0] : !p->tips[1].down ? &p->tips[1] : NULL;
    if (!tip) return;
    *tip = (struct tip){t->finger, true, t->x, t->y};
    if (!first) {
        p->two = true;
        return;
    }
    p->moved = p->two = false;
    p->x0 = t->x;
    p->y0 = t->y;
    p->down_ms = t->ms;
}

static void pinched(struct view *v, const struct tip *from, const struct tip *other,
                    const struct touch_point *to) {
    float x = (from->x + other->x) / 2, y = (from->y + other->y) / 2;
    float before = hypotf(from->x - other->x, from->y - other->y);
    float after = hypotf(to->x - other->x, to->y - other->y);
    if (before > APART_LEAST && after > APART_LEAST)
        zoom_about(v, x, y, v->z.zoom * after / before);
    move_by(v, (to->x - from->x) / 2, (to->y - from->y) / 2);
}

static void moved(struct pinch *p, const struct touch_point *t, struct view *v) {
    struct tip *tip = tip_of(p, t->finger);
    if (!tip) return;
    const struct tip *other = tip == &p->tips[0] ? &p->tips[1] : &p->tips[0];
    if (other->down) {
        pinched(v, tip, other, t);
    } else {
        float dx = t->x - p->x0, dy = t->y - p->y0;
        bool began = p->moved || p->two || hypotf(dx, dy) > SLOP_DP;
        if (began) move_by(v, t->x - tip->x, t->y - tip->y);
        p->moved = p->moved || began;
    }
    tip->x = t->x;
    tip->y = t->y;
}

static void tapped(struct ui *u, struct pinch *p, const struct touch_point *t, struct view *v) {
    bool second = p->tap_at && u->now_ms - p->tap_at < TAPS_APART_MS &&
                  hypotf(t->x - p->tap_x, t->y - p->tap_y) < TAPS_APART_DP;
    if (second) in_or_out(v, t->x, t->y);
    p->tap_at = second ? 0 : u->now_ms;
    p->tap_x = t->x;
    p->tap_y = t->y;
}

static void lifted(struct ui *u, struct pinch *p, const struct touch_point *t, struct view *v) {
    struct tip *tip = tip_of(p, t->finger);
    if (!tip) return;
    *tip = (struct tip){0};
    p->up_at = u->now_ms;
    if (t->phase == TOUCH_CANCEL || p->two) return;
    float dx = t->x - p->x0, dy = t->y - p->y0;
    if (!p->moved && t->ms - p->down_ms < TAP_MS) tapped(u, p, t, v);
    if (p->moved && v->z.zoom <= 1 && fabsf(dx) > SWIPE_DP && fabsf(dx) > 2 * fabsf(dy))
        p->swipe = dx < 0 ? 1 : -1;
}

static void fingers(struct ui *u, struct pinch *p, struct view *v) {
    size_t i = 0;
    p->swipe = 0;
    for (const struct touch_point *t; (t = ui_point_of(u, p->id, &i));) {
        if (t->phase == TOUCH_DOWN)
            came(p, t);
        else if (t->phase == TOUCH_MOVE)
            moved(p, t, v);
        else
            lifted(u, p, t, v);
    }
}

/* ---- wheel and keys
 * --------------------------------------------------------------------------------- */

static bool key(struct view *v, const struct input_event *e) {
    float x = v->r.x + v->r.w / 2, y = v->r.y + v->r.h / 2;
    const struct ui_zoom before = v->z;
    switch (e->key) {
    case SDLK_PLUS:
    case SDLK_EQUALS:
    case SDLK_KP_PLUS:
        zoom_about(v, x, y, v->z.zoom * KEY_STEP);
        return true;
    case SDLK_MINUS:
    case SDLK_KP_MINUS:
        zoom_about(v, x, y, v->z.zoom / KEY_STEP);
        return true;
    case SDLK_0:
    case SDLK_KP_0:
        zoom_about(v, x, y, 1);
        return true;
    case SDLK_LEFT:
        move_by(v, v->r.w * MOVE_STEP, 0);
        break;
    case SDLK_RIGHT:
        move_by(v, -v->r.w * MOVE_STEP, 0);
        break;
    case SDLK_UP:
        move_by(v, 0, v->r.h * MOVE_STEP);
        break;
    case SDLK_DOWN:
        move_by(v, 0, -v->r.h * MOVE_STEP);
        break;
    default:
        return false;
    }
    /* At its edge, or whole: the arrows go to the next control. */
    return fabsf(before.x - v->z.x) > 0 || fabsf(before.y - v->z.y) > 0;
}

static void keys(struct ui *u, struct view *v) {
    size_t i = 0;
    for (struct input_event *e; (e = ui_next_input(u, &i));)
        if (e->kind == INPUT_KEY && !(e->mod & (KMOD_ALT | KMOD_GUI)) && key(v, e))
            e->taken = true;
}

/* Enter and Space, which the toolkit also calls a tap; a finger's tap was counted above, in
 * this frame or the last. */
static bool by_key(const struct ui *u, const struct pinch *p, const struct beat *b) {
    return b->tapped && (!p->up_at || u->now_ms - p->up_at > TAPS_APART_MS);
}

bool ui_pinch(struct ui *u, rect r, const char *name, int w, int h, struct ui_zoom *z) {
    ui_id_t id = widget_id(u, name);
    struct beat b = ui_control(u, id, r, CONTROL_KEEPS | CONTROL_EXACT | CONTROL_PINCH);
    struct pinch *p = pinch_of(u, id);
    struct view v = {.r = r, .whole = ui_image_place(r, w, h), .w = w, .h = h, .z = *z};
    const struct ui_zoom before = zoom_within(r, w, h, *z);
    if (v.whole.w > 0 && v.whole.h > 0) {
        keep_within(&v);
        fingers(u, p, &v);
        if (u->wheel_zoom.id == id)
            zoom_about(&v, u->wheel_zoom.x, u->wheel_zoom.y,
                       v.z.zoom * expf(u->wheel_zoom.by * WHEEL_STEP));
        if (b.focused) keys(u, &v);
        if (by_key(u, p, &b)) in_or_out(&v, r.x + r.w / 2, r.y + r.h / 2);
    }
    if (b.ring) draw_outline(u, rect_inset(r, 2, 2), ui_rgb(u, COLOR_PRIMARY), 0, 3);
    struct thing *t = look_thing(u, "pinch", name, id, r, &b);
    t->zoom = v.z.zoom;
    t->pressed = false;
    *z = v.z;
    return fabsf(before.zoom - v.z.zoom) > 0 || fabsf(before.x - v.z.x) > 0 ||
           fabsf(before.y - v.z.y) > 0;
}

int ui_pinch_swipe(struct ui *u) {
    for (int i = 0; u->pinches && i < PINCHES_MAX; i++)
        if (u->pinches->all[i].id == u->last_control) return u->pinches->all[i].swipe;
    return 0;
}

void pinches_forget(struct ui *u) {
    if (u->pinches) memset(u->pinches, 0, sizeof *u->pinches);
}
