/* scroll.c -- areas that a finger, the wheel or the keys move.
 *
 * After the finger left, the speed decays with a time constant of GLIDE_MS, as a thing that is
 * pushed; a finger stops it. ui_scroll_to goes softly, with AIM_MS. What is kept about an area
 * lives in a pool by id; the one not used for longest is given up. */
#include <math.h>

#include "ui/ui_internal.h"

#define FRAME_MS    16
#define GLIDE_MS    325.0f
#define AIM_MS      90.0f
#define STOP_SPEED  18.0f
#define SPEED_MAX   6000.0f
#define SAMPLE_MS   90
#define REST_MS     60
#define OVERSCAN_DP 240.0f
#define SAMPLES     6

struct scroll *scroll_find(struct ui *u, ui_id_t id) {
    for (int i = 0; i < SCROLLS_MAX; i++)
        if (u->scrolls[i].id == id) return &u->scrolls[i];
    return NULL;
}

struct scroll *scroll_of(struct ui *u, ui_id_t id) {
    struct scroll *s = scroll_find(u, id);
    if (s) return s;
    s = &u->scrolls[0];
    for (int i = 1; i < SCROLLS_MAX; i++)
        if (u->scrolls[i].used < s->used) s = &u->scrolls[i];
    *s = (struct scroll){.id = id, .used = u->frame_no};
    return s;
}

static float bounded(const struct scroll *s, float offset) {
    return offset < 0 || s->max <= 0 ? 0 : offset > s->max ? s->max : offset;
}

/* Innermost: the smallest of those that were on the screen in the last frame. */
const struct scroll *scroll_at(const struct ui *u, float x, float y, bool horizontal,
                               uint8_t layer) {
    const struct scroll *best = NULL;
    for (int i = 0; i < SCROLLS_MAX; i++) {
        const struct scroll *s = &u->scrolls[i];
        if (!s->id || s->used < u->frame_no - 1 || s->horizontal != horizontal) continue;
        if (s->layer != layer || s->max <= 0 || !rect_has(s->view, x, y)) continue;
        if (!best || s->view.w * s->view.h < best->view.w * best->view.h) best = s;
    }
    return best;
}

void scroll_drag(struct ui *u, struct scroll *s, float by, float at) {
    (void)u;
    s->offset = bounded(s, s->offset + by);
    s->speed = 0;
    s->aiming = false;
    s->moving = true;
    if (s->seen == SAMPLES) {
        memmove(s->seen_at, s->seen_at + 1, sizeof(float) * (SAMPLES - 1));
        memmove(s->seen_ms, s->seen_ms + 1, sizeof(int64_t) * (SAMPLES - 1));
        s->seen--;
    }
    s->seen_at[s->seen] = at;
    s->seen_ms[s->seen++] = s->touched_ms;
}

void scroll_let_go(struct ui *u, struct scroll *s) {
    (void)u;
    s->speed = 0;
    int last = s->seen - 1, first = last;
    if (last < 1 || s->touched_ms - s->seen_ms[last] > REST_MS) return;
    while (first > 0 && s->seen_ms[last] - s->seen_ms[first - 1] <= SAMPLE_MS)
        first--;
    int64_t ms = s->seen_ms[last] - s->seen_ms[first];
    if (ms <= 0) return;
    float speed = -(s->seen_at[last] - s->seen_at[first]) * 1000.0f / (float)ms;
    if (fabsf(speed) < 2 * STOP_SPEED) return;
    s->speed = SDL_max(-SPEED_MAX, SDL_min(SPEED_MAX, speed));
}

void scroll_by(struct ui *u, struct scroll *s, float by) {
    (void)u;
    s->speed = 0;
    s->aiming = false;
    s->moving = true;
    s->offset = bounded(s, s->offset + by);
}

static void glide(struct scroll *s, float ms) {
    float left = expf(-ms / GLIDE_MS);
    float before = s->offset;
    s->offset = bounded(s, s->offset + s->speed * (GLIDE_MS / 1000.0f) * (1 - left));
    s->speed *= left;
    bool at_end = s->sized && (s->offset <= 0 || s->offset >= s->max) && s->offset == before;
    if (fabsf(s->speed) < STOP_SPEED || at_end) s->speed = 0;
    s->moving = true;
}

static void aim(struct scroll *s, float ms) {
    if (!s->sized) return;
    float to = bounded(s, s->aim);
    s->offset += (to - s->offset) * (1 - expf(-ms / AIM_MS));
    s->moving = true;
    if (fabsf(to - s->offset) > 0.5f) return;
    s->offset = to;
    s->aiming = false;
}

static bool held(const struct ui *u, ui_id_t id) {
    for (int i = 0; i < FINGERS_MAX; i++)
        if (u->fingers[i].down && u->fingers[i].scrolling == id) return true;
    return false;
}

void scrolls_begin(struct ui *u) {
    int64_t step = u->now_ms - u->before_ms;
    float ms = step < 0 ? 0 : step > 100 ? 100 : (float)step;
    for (int i = 0; i < SCROLLS_MAX; i++) {
        struct scroll *s = &u->scrolls[i];
        if (!s->id || s->used < u->frame_no - 1) continue;
        s->moving = held(u, s->id);
        if (s->aiming)
            aim(s, ms);
        else if (fabsf(s->speed) > 0)
            glide(s, ms);
    }
}

/* Presenting may have waited for the display already. */
static int pace_ms(const struct ui *u) {
    uint64_t spent = SDL_GetTicks64() - u->began_ticks;
    return spent >= FRAME_MS ? 0 : FRAME_MS - (int)spent;
}

int scrolls_wait_ms(const struct ui *u) {
    for (int i = 0; i < SCROLLS_MAX; i++) {
        const struct scroll *s = &u->scrolls[i];
        if (!s->id || s->used != u->frame_no) continue;
        if (fabsf(s->speed) > 0 || (s->aiming && s->sized)) return pace_ms(u);
        if (s->moving && !held(u, s->id))
            return pace_ms(u); /* one more frame without the handle */
    }
    return -1;
}

static rect begin(struct ui *u, rect view, const char *key, bool horizontal) {
    ui_id_t id = ui_id(u, key);
    scope_push(u, horizontal ? SCOPE_ROW : SCOPE_SCROLL, id);
    struct scroll *s = scroll_of(u, id);
    s->used = u->frame_no;
    s->view = rect_overlap(view, u->clip);
    s->horizontal = horizontal;
    s->layer = u->layer;
    s->place = view;
    if (s->sized) s->offset = bounded(s, s->offset);
    clip_push(u, view);
    u->id_top = id;
    if (!horizontal) u->scroll_in = id;
    float px = (float)(int)(s->offset * u->scale + 0.5f) / u->scale;
    return horizontal ? (rect){view.x - px, view.y, UNBOUNDED, view.h}
                      : (rect){view.x, view.y - px, view.w, UNBOUNDED};
}

/* A thin handle says where one is, only while it moves. */
static void draw_handle(struct ui *u, const struct scroll *s, float content) {
    if (!s->moving || s->max <= 1 || s->horizontal) return;
    float length = SDL_max(32, s->place.h * s->place.h / content);
    float y = s->place.y + (s->place.h - length) * (s->offset / s->max);
    draw_fill(u, (rect){s->place.x + s->place.w - 6, y, 4, length}, ui_rgb(u, COLOR_OUTLINE), 2,
              255);
}

static void finish(struct ui *u, enum scope_kind kind, float content) {
    BELIEVE(u->scope_count > 0);
    struct scroll *s = scroll_find(u, u->scopes[u->scope_count - 1].id);
    BELIEVE(s);
    float view = s->horizontal ? s->place.w : s->place.h;
    float max = SDL_max(0, content - view);
    bool first = !s->sized;
    s->max = max < 1 ? 0 : max;
    s->sized = true;
    if (s->offset > s->max || (first && s->aiming)) ui_wake_in(u, 0);
    draw_handle(u, s, content);
    scope_pop(u, kind);
}

rect ui_scroll_begin(struct ui *u, rect view, const char *key) {
    return begin(u, view, key, false);
}

void ui_scroll_end(struct ui *u, float content_height) {
    finish(u, SCOPE_SCROLL, content_height);
}

rect ui_scroll_row_begin(struct ui *u, rect view, const char *key) {
    return begin(u, view, key, true);
}

void ui_scroll_row_end(struct ui *u, float content_width) {
    finish(u, SCOPE_ROW, content_width);
}

void ui_scroll_to(struct ui *u, const char *key, float y) {
    struct scroll *s = scroll_of(u, ui_id(u, key));
    s->aim = y;
    s->aiming = true;
    s->speed = 0;
    ui_wake_in(u, 0);
}

float ui_scroll_at(struct ui *u, const char *key) {
    const struct scroll *s = scroll_find(u, ui_id(u, key));
    return s ? s->offset : 0;
}

/* ---- over a restart ---- */

void ui_scrolls_keep(const struct ui *u, struct buf *out) {
    for (int i = 0; i < SCROLLS_MAX; i++) {
        const struct scroll *s = &u->scrolls[i];
        if (!s->id || s->offset < 1) continue;
        buf_u64(out, s->id);
        buf_u32(out, (uint32_t)s->offset);
    }
}

/* The content's height is known only when it is drawn; what lies beyond is bounded then. */
void ui_scrolls_bring(struct ui *u, const void *p, size_t n) {
    struct cursor c = cursor_of(p, n);
    for (size_t i = 0; i < n / 12 && i < SCROLLS_MAX; i++) {
        ui_id_t id = cursor_u64(&c);
        uint32_t offset = cursor_u32(&c);
        if (!id || offset > 1000000) continue;
        struct scroll *s = scroll_of(u, id);
        *s = (struct scroll){.id = id, .used = u->frame_no + 1, .offset = (float)offset};
    }
}

/* More than the eye sees: the focus can walk to the next row, which then scrolls into view. */
bool ui_visible(struct ui *u, rect r) {
    rect around = rect_inset(u->clip, 0, -OVERSCAN_DP);
    return r.y < around.y + around.h && r.y + r.h > around.y && r.x < around.x + around.w &&
           r.x + r.w > around.x;
}

ui_id_t ui_scroll_inside(const struct ui *u) {
    return u->scroll_in;
}

void ui_show(struct ui *u, rect r) {
    ui_show_rect(u, u->scroll_in, r);
}

void ui_show_rect(struct ui *u, ui_id_t id, rect r) {
    struct scroll *s = id ? scroll_find(u, id) : NULL;
    if (!s) return;
    float margin = 12, top = s->place.y + margin, bottom = s->place.y + s->place.h - margin;
    float by = 0;
    if (r.y + r.h > bottom) by = r.y + r.h - bottom;
    if (r.y - by < top) by = r.y - top;
    if (fabsf(by) < 0.5f) return;
    s->speed = 0;
    s->aim = s->offset + by;
    s->aiming = true;
    ui_wake_in(u, 0);
}
