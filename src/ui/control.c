/* control.c -- identity and behaviour: the first and third of a widget's four beats.
 *
 * What a tap is stands in input.c; here a control of this frame learns what happened to it.
 * Controls of the last frame decide who a finger touches, since those are what the person saw.
 */
#include "ui/ui_internal.h"

static uint64_t mix(uint64_t h, uint64_t v) {
    h ^= v + 0x9E3779B97F4A7C15u + (h << 6) + (h >> 2);
    h *= 0xFF51AFD7ED558CCDu;
    return h ^ (h >> 32);
}

static uint64_t hash_text(uint64_t h, const char *s) {
    for (; *s; s++)
        h = (h ^ (uint8_t)*s) * 0x100000001B3u;
    return h;
}

ui_id_t ui_id(const struct ui *u, const char *key) {
    ui_id_t id = mix(u->id_top, hash_text(0xCBF29CE484222325u, key ? key : ""));
    return id ? id : 1;
}

ui_id_t ui_id_number(ui_id_t in, int64_t n) {
    ui_id_t id = mix(in ^ 0x5BD1E995u, (uint64_t)n);
    return id ? id : 1;
}

void ui_push(struct ui *u, int64_t id) {
    struct scope *s = scope_push(u, SCOPE_ID, 0);
    u->id_top = ui_id_number(s->id_before, id);
}

void ui_push_text(struct ui *u, const char *id) {
    struct scope *s = scope_push(u, SCOPE_ID, 0);
    (void)s;
    u->id_top = ui_id(u, id);
}

void ui_pop(struct ui *u) {
    scope_pop(u, SCOPE_ID);
}

struct scope *scope_push(struct ui *u, enum scope_kind kind, ui_id_t id) {
    BELIEVE(u->in_frame && u->scope_count < SCOPE_MAX);
    struct scope *s = &u->scopes[u->scope_count++];
    *s = (struct scope){.kind = kind,
                        .id = id,
                        .id_before = u->id_top,
                        .scroll_before = u->scroll_in,
                        .clip_before = u->clip,
                        .layer_before = u->layer};
    return s;
}

void scope_pop(struct ui *u, enum scope_kind kind) {
    BELIEVE(u->scope_count > 0);
    struct scope *s = &u->scopes[--u->scope_count];
    BELIEVE(s->kind == kind);
    u->id_top = s->id_before;
    u->scroll_in = s->scroll_before;
    u->clip = s->clip_before;
    u->layer = s->layer_before;
}

/* Controls come later in drawing order or lie in a higher layer to win; tap areas give way to
 * the controls that stand on the same card. */
const struct control *control_at(const struct buf *controls, float x, float y) {
    const struct control *c = (const struct control *)(const void *)controls->data,
                         *best = NULL;
    size_t n = controls->size / sizeof *c;
    for (size_t i = 0; i < n; i++) {
        if (!rect_has(c[i].visible, x, y)) continue;
        if (best && best->layer > c[i].layer) continue;
        bool under = c[i].flags & CONTROL_UNDER;
        if (best && best->layer == c[i].layer && under && !(best->flags & CONTROL_UNDER) &&
            !(best->flags & CONTROL_SHIELD))
            continue;
        best = &c[i];
    }
    return best;
}

const struct control *control_find(const struct buf *controls, ui_id_t id) {
    const struct control *c = (const struct control *)(const void *)controls->data;
    size_t n = controls->size / sizeof *c;
    while (n-- > 0) /* from the end: mostly asked for what was just added */
        if (c[n].id == id) return &c[n];
    return NULL;
}

/* A chip may look smaller than a finger; what answers to the finger never is. */
static rect touch_rect(const struct ui *u, rect r, unsigned flags) {
    if (flags & (CONTROL_EXACT | CONTROL_SHIELD)) return r;
    float least = ui_theme(u)->touch_min;
    float dx = r.w < least ? (least - r.w) / 2 : 0, dy = r.h < least ? (least - r.h) / 2 : 0;
    return (rect){r.x - dx, r.y - dy, r.w + 2 * dx, r.h + 2 * dy};
}

static bool take_tap(struct ui *u, ui_id_t id) {
    for (int i = 0; i < u->tap_count; i++) {
        if (u->taps[i] != id) continue;
        memmove(u->taps + i, u->taps + i + 1, sizeof *u->taps * (size_t)(u->tap_count - i - 1));
        u->tap_count--;
        return true;
    }
    return false;
}

static bool take_key_tap(struct ui *u) {
    size_t i = 0;
    for (struct input_event *e; (e = ui_next_input(u, &i));) {
        bool enter = e->key == SDLK_RETURN || e->key == SDLK_KP_ENTER || e->key == SDLK_SPACE;
        if (e->kind != INPUT_KEY || !enter || e->repeat) continue;
        e->taken = true;
        return true;
    }
    return false;
}

struct beat ui_control(struct ui *u, ui_id_t id, rect r, unsigned flags) {
    BELIEVE(u->in_frame);
    rect touch = touch_rect(u, r, flags);
    struct control c = {.id = id,
                        .scroll = u->scroll_in,
                        .r = touch,
                        .visible = rect_overlap(touch, u->clip),
                        .flags = flags,
                        .layer = u->layer};
    buf_add(&u->controls, &c, sizeof c);
    u->last_control = id;
    struct beat b = {0};
    if (flags & CONTROL_SHIELD) {
        b.tapped = take_tap(u, id);
        return b;
    }
    b.focused = u->focus == id && !(flags & (CONTROL_DISABLED | CONTROL_NO_FOCUS));
    b.ring = b.focused && u->ring;
    if (b.focused && (flags & CONTROL_TEXT)) u->text_focus = true;
    bool tapped = take_tap(u, id);
    if (b.focused && !(flags & CONTROL_TEXT) && take_key_tap(u)) tapped = true;
    if (flags & CONTROL_DISABLED) return b;
    const struct finger *f = ui_finger_of(u, id);
    b.tapped = tapped;
    if (tapped) u->after_tap = true;
    b.pressed = tapped || (f && (f->kept || rect_has(touch, f->x, f->y)));
    return b;
}

const struct finger *ui_finger_of(const struct ui *u, ui_id_t id) {
    for (int i = 0; i < FINGERS_MAX; i++)
        if (u->fingers[i].down && u->fingers[i].owner == id) return &u->fingers[i];
    return NULL;
}

void ui_finger_keep(struct ui *u, ui_id_t id) {
    for (int i = 0; i < FINGERS_MAX; i++)
        if (u->fingers[i].down && u->fingers[i].owner == id) u->fingers[i].kept = true;
}

bool ui_long_pressed(struct ui *u, ui_id_t id) {
    if (!id || u->long_id != id) return false;
    for (int i = 0; i < FINGERS_MAX; i++)
        if (u->fingers[i].down && u->fingers[i].owner == id) u->fingers[i].long_told = true;
    return true;
}

bool ui_pressed_long(struct ui *u) {
    return ui_long_pressed(u, u->last_control);
}

bool ui_held(struct ui *u) {
    return u->last_control && ui_finger_of(u, u->last_control);
}

const struct touch_point *ui_point_of(const struct ui *u, ui_id_t id, size_t *i) {
    const struct touch_point *p = (const struct touch_point *)(const void *)u->points.data;
    for (size_t n = u->points.size / sizeof *p; *i < n; ++*i)
        if (p[*i].owner == id) return &p[(*i)++];
    return NULL;
}
