/* input.c -- fingers: what a tap is, who loses a press, how a drag becomes scrolling.
 *
 * States of a finger: pressing a control → (past the slop over a scroll area) scrolling
 *                                        → (outside the control) nothing, for good
 *                                        → (lifted inside) tap
 * A finger whose end is never seen cannot hold anything: the next finger on the same control or
 * the same scroll area takes it over, and losing the window or the same finger coming down
 * again ends it. */
#include "ui/input.h"

#include <math.h>

#include "base/keys.h"

#define FORGOTTEN_MS 4000

void input_push(struct ui *u, const struct raw *r) {
    buf_add(&u->queue, r, sizeof *r);
}

static void note_point(struct ui *u, const struct finger *f, enum touch_phase phase,
                       uint32_t ms) {
    if (!f->owner) return;
    struct touch_point p = {f->owner, f->id, phase, f->x, f->y, f->pressure, ms};
    buf_add(&u->points, &p, sizeof p);
}

static void lose(struct ui *u, struct finger *f) {
    note_point(u, f, TOUCH_CANCEL, 0);
    f->owner = 0;
    f->kept = false;
}

static void let_go(struct ui *u, struct finger *f, bool glide) {
    struct scroll *s = f->scrolling ? scroll_find(u, f->scrolling) : NULL;
    f->scrolling = 0;
    if (!s) return;
    if (!glide) s->seen = 0;
    scroll_let_go(u, s);
}

static void end(struct ui *u, struct finger *f) {
    if (f->down) lose(u, f);
    let_go(u, f, false);
    *f = (struct finger){0};
}

void input_cancel_all(struct ui *u) {
    for (int i = 0; i < FINGERS_MAX; i++)
        end(u, &u->fingers[i]);
}

static struct finger *find(struct ui *u, const struct raw *r) {
    for (int i = 0; i < FINGERS_MAX; i++) {
        struct finger *f = &u->fingers[i];
        if (f->down && f->id == r->finger && f->device == r->device) return f;
    }
    return NULL;
}

static struct finger *free_finger(struct ui *u) {
    struct finger *oldest = &u->fingers[0];
    for (int i = 0; i < FINGERS_MAX; i++) {
        if (!u->fingers[i].down) return &u->fingers[i];
        if (u->fingers[i].down_ms < oldest->down_ms) oldest = &u->fingers[i];
    }
    end(u, oldest);
    return oldest;
}

/* A finger on something that moves by itself only stops it. */
static bool stops(struct ui *u, ui_id_t id) {
    struct scroll *s = id ? scroll_find(u, id) : NULL;
    bool moved = s && (fabsf(s->speed) > 0 || s->aiming);
    if (moved) s->speed = 0, s->aiming = false;
    return moved;
}

static void take_over(struct ui *u, const struct finger *by) {
    for (int i = 0; i < FINGERS_MAX; i++) {
        struct finger *f = &u->fingers[i];
        if (f != by && f->down && f->owner == by->owner) lose(u, f);
    }
}

/* Two fingers pinch; a third, or one beside a finger that has not been heard of for a while and
 * whose end may have been missed, begins anew. */
static void join(struct ui *u, struct finger *by) {
    int others = 0;
    bool lost = false;
    for (int i = 0; i < FINGERS_MAX; i++) {
        const struct finger *f = &u->fingers[i];
        if (f == by || !f->down || f->owner != by->owner) continue;
        others++;
        lost = lost || u->now_ms - f->seen_ms > FORGOTTEN_MS;
    }
    if (others > 1 || lost) take_over(u, by);
}

static void down(struct ui *u, const struct raw *r) {
    struct finger *f = find(u, r);
    if (f) end(u, f);
    f = free_finger(u);
    *f = (struct finger){
        .id = r->finger, .device = r->device, .down = true, .pressure = r->pressure};
    f->x = f->x0 = r->x;
    f->y = f->y0 = r->y;
    f->down_ms = f->seen_ms = u->now_ms;
    const struct control *c = control_at(&u->controls_last, r->x, r->y);
    uint8_t layer = c ? c->layer : LAYER_PAGE;
    const struct scroll *sy = scroll_at(u, r->x, r->y, false, layer);
    const struct scroll *sx = scroll_at(u, r->x, r->y, true, layer);
    f->scroll_y = sy ? sy->id : 0;
    f->scroll_x = sx ? sx->id : 0;
    bool stopped = stops(u, f->scroll_y);
    stopped = stops(u, f->scroll_x) || stopped;
    if (stopped) f->moved = true; /* lifting it is no tap on the empty page either */
    if (!c || stopped) return;
    f->owner = c->id;
    f->kept = (c->flags & CONTROL_KEEPS) != 0;
    if (c->flags & CONTROL_PINCH)
        join(u, f);
    else
        take_over(u, f);
    note_point(u, f, TOUCH_DOWN, r->ms);
}

/* Past the slop the movement's direction says which scroll area, if any, takes the finger. */
static void maybe_steal(struct ui *u, struct finger *f) {
    float dx = f->x - f->x0, dy = f->y - f->y0;
    if (f->moved || dx * dx + dy * dy <= SLOP_DP * SLOP_DP) return;
    f->moved = true;
    if (f->kept) return;
    ui_id_t id = fabsf(dy) >= fabsf(dx) ? f->scroll_y : f->scroll_x;
    struct scroll *s = id ? scroll_find(u, id) : NULL;
    if (!s || s->max <= 0) return;
    for (int i = 0; i < FINGERS_MAX; i++)
        if (u->fingers[i].scrolling == id) u->fingers[i].scrolling = 0;
    lose(u, f);
    f->scrolling = id;
    s->seen = 0;
}

static void leave_outside(struct ui *u, struct finger *f) {
    const struct control *c = f->owner ? control_find(&u->controls_last, f->owner) : NULL;
    if (!c || f->kept) return;
    if (!rect_has(rect_inset(c->r, -SLOP_DP, -SLOP_DP), f->x, f->y)) lose(u, f);
}

static void move(struct ui *u, const struct raw *r) {
    struct finger *f = find(u, r);
    if (!f) return;
    float by_x = r->x - f->x, by_y = r->y - f->y;
    f->x = r->x;
    f->y = r->y;
    f->pressure = r->pressure;
    f->seen_ms = u->now_ms;
    bool was = f->scrolling != 0;
    maybe_steal(u, f);
    struct scroll *s = f->scrolling ? scroll_find(u, f->scrolling) : NULL;
    if (s) {
        /* The slop itself is not scrolled: the content does not jump when it starts. */
        float by = !was ? 0 : s->horizontal ? by_x : by_y;
        s->touched_ms = r->ms ? (int64_t)r->ms : u->now_ms;
        scroll_drag(u, s, -by, s->horizontal ? f->x : f->y);
        return;
    }
    leave_outside(u, f);
    note_point(u, f, TOUCH_MOVE, r->ms);
}

static void tap(struct ui *u, const struct control *c) {
    size_t most = sizeof u->taps / sizeof *u->taps;
    size_t most_late = sizeof u->taps_late / sizeof *u->taps_late;
    bool leaves = u->text_focus_last && u->focus != c->id && !(c->flags & CONTROL_NO_FOCUS);
    if (!(c->flags & CONTROL_DISABLED) && leaves && (size_t)u->tap_late_count < most_late)
        u->taps_late[u->tap_late_count++] = c->id;
    else if (!(c->flags & CONTROL_DISABLED) && (size_t)u->tap_count < most)
        u->taps[u->tap_count++] = c->id;
    if (c->flags & CONTROL_NO_FOCUS) return;
    bool takes = !(c->flags & (CONTROL_DISABLED | CONTROL_SHIELD));
    u->focus = takes ? c->id : 0;
    u->ring = false;
    u->focus_moved = takes && (c->flags & CONTROL_TEXT);
}

static void up(struct ui *u, const struct raw *r) {
    struct finger *f = find(u, r);
    if (!f) return;
    f->x = r->x;
    f->y = r->y;
    const struct control *c = f->owner ? control_find(&u->controls_last, f->owner) : NULL;
    note_point(u, f, TOUCH_UP, r->ms);
    if (f->scrolling) {
        struct scroll *s = scroll_find(u, f->scrolling);
        if (s) s->touched_ms = r->ms ? (int64_t)r->ms : u->now_ms;
        let_go(u, f, true);
    } else if (c && !f->long_told && rect_has(c->visible, f->x, f->y)) {
        tap(u, c);
    } else if (!c && !f->moved) {
        u->focus = 0; /* a tap beside everything leaves the field */
    }
    *f = (struct finger){0};
}

static void wheel(struct ui *u, const struct raw *r) {
    const struct control *c = control_at(&u->controls_last, r->x, r->y);
    uint8_t layer = c ? c->layer : LAYER_PAGE;
    if (c && c->flags & CONTROL_PINCH && r->input.mod & KMOD_CTRL) {
        float by = u->wheel_zoom.id == c->id ? u->wheel_zoom.by : 0;
        u->wheel_zoom = (struct wheel_zoom){c->id, r->x, r->y, by - r->by_y};
        return;
    }
    bool across = fabsf(r->by_x) > fabsf(r->by_y);
    const struct scroll *at = scroll_at(u, r->x, r->y, across, layer);
    struct scroll *s = at ? scroll_find(u, at->id) : NULL;
    if (s) scroll_by(u, s, across ? r->by_x : r->by_y);
}

static void mouse_lost(struct ui *u) {
    for (int i = 0; i < FINGERS_MAX; i++)
        if (u->fingers[i].down && u->fingers[i].id == MOUSE_FINGER &&
            u->fingers[i].device == MOUSE_FINGER)
            end(u, &u->fingers[i]);
}

static void handle(struct ui *u, const struct raw *r) {
    switch (r->kind) {
    case RAW_DOWN:
        down(u, r);
        break;
    case RAW_MOVE:
        move(u, r);
        break;
    case RAW_UP:
        up(u, r);
        break;
    case RAW_CANCEL_ALL:
        input_cancel_all(u);
        break;
    case RAW_CANCEL_MOUSE:
        mouse_lost(u);
        break;
    case RAW_WHEEL:
        wheel(u, r);
        break;
    case RAW_INPUT:
        buf_add(&u->events, &r->input, sizeof r->input);
        break;
    }
}

static void find_long_press(struct ui *u) {
    u->long_id = 0;
    for (int i = 0; i < FINGERS_MAX; i++) {
        struct finger *f = &u->fingers[i];
        if (!f->down || !f->owner || f->moved || f->long_seen) continue;
        if (u->now_ms - f->down_ms < LONG_PRESS_MS) continue;
        f->long_seen = true;
        u->long_id = f->owner;
    }
}

/* A control that is no longer there lets its finger go. */
static void drop_orphans(struct ui *u) {
    for (int i = 0; i < FINGERS_MAX; i++) {
        struct finger *f = &u->fingers[i];
        if (f->down && f->owner && !control_find(&u->controls_last, f->owner)) lose(u, f);
    }
    int kept = 0;
    for (int i = 0; i < u->tap_count; i++)
        if (control_find(&u->controls_last, u->taps[i])) u->taps[kept++] = u->taps[i];
    int most = (int)(sizeof u->taps / sizeof *u->taps);
    for (int i = 0; i < u->tap_late_count && kept < most; i++)
        u->taps[kept++] = u->taps_late[i];
    u->tap_count = kept;
    u->tap_late_count = 0;
}

/* A secret went through these in the last frame. */
static void wipe_queues(struct ui *u) {
    struct buf *const all[] = {&u->points, &u->events};
    for (size_t i = 0; u->wipe && i < sizeof all / sizeof *all; i++)
        if (all[i]->room) key_wipe(all[i]->data, all[i]->room);
    u->wipe = false;
}

void input_begin(struct ui *u) {
    bool wipe = u->wipe;
    wipe_queues(u);
    buf_clear(&u->points);
    buf_clear(&u->events);
    u->wheel_zoom = (struct wheel_zoom){0};
    if (u->events_next.size) buf_add(&u->events, u->events_next.data, u->events_next.size);
    buf_clear(&u->events_next);
    drop_orphans(u);
    const struct raw *r = (const struct raw *)(const void *)u->queue.data;
    size_t n = u->queue.size / sizeof *r;
    for (size_t i = 0; i < n; i++)
        handle(u, &r[i]);
    if (wipe && u->queue.room) key_wipe(u->queue.data, u->queue.room);
    buf_clear(&u->queue);
    find_long_press(u);
}
