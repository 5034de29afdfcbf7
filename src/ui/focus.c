/* focus.c -- everything works with keys: the focus walks in drawing order (Tab) or to the
 * nearest control in a direction (arrows), Enter and Space tap (control.c), Page keys scroll,
 * Esc goes back. A field that has the focus sees every key first; what nobody took by the end
 * of the frame moves the focus. */
#include <math.h>

#include "ui/ui_internal.h"

#define ARROW_SCROLL_DP 80.0f

void ui_focus(struct ui *u, ui_id_t id) {
    u->focus_next = id;
    u->focus_asked = true;
}

bool ui_has_focus(const struct ui *u, ui_id_t id) {
    return id && u->focus == id;
}

struct input_event *ui_next_input(struct ui *u, size_t *i) {
    struct input_event *e = (struct input_event *)(void *)u->events.data;
    for (size_t n = u->events.size / sizeof *e; *i < n;) {
        struct input_event *one = &e[(*i)++];
        if (!one->taken) return one;
    }
    return NULL;
}

static void type(struct ui *u, const struct input_event *e) {
    buf_add(&u->events_next, e, sizeof *e);
}

void ui_type_text(struct ui *u, const char *utf8) {
    struct input_event e = {.kind = INPUT_TEXT};
    snprintf(e.text, sizeof e.text, "%s", utf8);
    type(u, &e);
}

void ui_type_key(struct ui *u, int sdl_keycode, uint16_t mod) {
    struct input_event e = {.kind = INPUT_KEY, .key = sdl_keycode, .mod = mod};
    type(u, &e);
}

void focus_begin(struct ui *u) {
    if (!u->focus_asked) return;
    u->focus = u->focus_next;
    u->focus_asked = false;
    u->focus_moved = u->focus != 0;
}

/* A plain letter belongs to the field that has the focus; Esc too: it leaves the field first.
 */
static bool field_wants(const struct ui *u, const struct input_event *e) {
    if (!u->text_focus_last) return false;
    if (e->mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) return false;
    return !(e->key >= SDLK_F1 && e->key <= SDLK_F12);
}

static bool take_key(struct ui *u, int key) {
    size_t i = 0;
    for (struct input_event *e; (e = ui_next_input(u, &i));) {
        if (e->kind != INPUT_KEY || e->key != key || field_wants(u, e)) continue;
        e->taken = true;
        return true;
    }
    return false;
}

bool ui_key_pressed(struct ui *u, int sdl_keycode) {
    return take_key(u, sdl_keycode);
}

bool ui_function_key(struct ui *u, int n) {
    return take_key(u, SDLK_F1 + n - 1);
}

bool ui_back_pressed(struct ui *u) {
    bool sheet_above = u->sheets_last > 0 && u->layer < LAYER_SHEET + u->sheets_last - 1;
    if (sheet_above || (u->sheets_last > 0 && u->layer == LAYER_PAGE)) return false;
    return take_key(u, SDLK_ESCAPE) || take_key(u, SDLK_AC_BACK);
}

/* ---- moving
 * ----------------------------------------------------------------------------------------------
 */

static bool reachable(const struct ui *u, const struct control *c) {
    if (c->flags & (CONTROL_DISABLED | CONTROL_NO_FOCUS | CONTROL_SHIELD)) return false;
    if (c->layer >= LAYER_KEYBOARD) return c->layer != LAYER_KEYBOARD;
    return u->sheets == 0 || c->layer == LAYER_SHEET + u->sheets - 1;
}

static void put(struct ui *u, const struct control *c) {
    u->focus = c->id;
    u->ring = true;
    u->focus_moved = true;
    ui_wake_in(u, 0);
}

static void walk(struct ui *u, int step) {
    const struct control *c = (const struct control *)(const void *)u->controls.data;
    int n = (int)(u->controls.size / sizeof *c), at = -1;
    for (int i = 0; i < n; i++)
        if (c[i].id == u->focus) at = i;
    if (at < 0 && step < 0) at = n;
    for (int tried = 0; tried < n; tried++) {
        at = (at + step + n) % n;
        if (!reachable(u, &c[at])) continue;
        put(u, &c[at]);
        return;
    }
}

/* How far b lies from a in a direction; sideways counts double. Negative: not in that
 * direction. */
static float reach(rect a, rect b, int dx, int dy) {
    float ax = a.x + a.w / 2, ay = a.y + a.h / 2, bx = b.x + b.w / 2, by = b.y + b.h / 2;
    float along = dx ? (bx - ax) * (float)dx : (by - ay) * (float)dy;
    float gap = dx ? (dx > 0 ? b.x - (a.x + a.w) : a.x - (b.x + b.w))
                   : (dy > 0 ? b.y - (a.y + a.h) : a.y - (b.y + b.h));
    float side = dx ? fabsf(by - ay) : fabsf(bx - ax);
    if (along <= 1 || gap < -8) return -1;
    return SDL_max(0, gap) + 2 * side;
}

static bool step_to(struct ui *u, int dx, int dy) {
    const struct control *c = (const struct control *)(const void *)u->controls.data;
    size_t n = u->controls.size / sizeof *c;
    const struct control *from = control_find(&u->controls, u->focus), *best = NULL;
    if (!from) return false;
    float least = 0;
    for (size_t i = 0; i < n; i++) {
        if (c[i].id == from->id || !reachable(u, &c[i])) continue;
        float far = reach(from->r, c[i].r, dx, dy);
        if (far < 0 || (best && far >= least)) continue;
        least = far;
        best = &c[i];
    }
    if (best) put(u, best);
    return best != NULL;
}

/* The area that holds the focus, else the largest on top. */
static struct scroll *main_scroll(struct ui *u) {
    const struct control *c = control_find(&u->controls, u->focus);
    struct scroll *best = c && c->scroll ? scroll_find(u, c->scroll) : NULL;
    if (best && best->max > 0) return best;
    best = NULL;
    for (int i = 0; i < SCROLLS_MAX; i++) {
        struct scroll *s = &u->scrolls[i];
        if (!s->id || s->used != u->frame_no || s->horizontal || s->max <= 0) continue;
        if (u->sheets > 0 && s->layer != LAYER_SHEET + u->sheets - 1) continue;
        if (!best || s->view.w * s->view.h > best->view.w * best->view.h) best = s;
    }
    return best;
}

static void scroll_keys(struct ui *u, float by) {
    struct scroll *s = main_scroll(u);
    if (!s) return;
    s->aim = (s->aiming ? s->aim : s->offset) + by;
    s->aim = s->aim < 0 ? 0 : s->aim > s->max ? s->max : s->aim;
    s->aiming = true;
    s->speed = 0;
    ui_wake_in(u, 0);
}

static void arrow(struct ui *u, int dx, int dy) {
    bool walks = u->ring && u->focus && !u->text_focus;
    if (walks && step_to(u, dx, dy)) return;
    if (dy && !u->text_focus) scroll_keys(u, (float)dy * ARROW_SCROLL_DP);
}

static float page(struct ui *u) {
    const struct scroll *s = main_scroll(u);
    return s ? SDL_max(ARROW_SCROLL_DP, s->view.h - ARROW_SCROLL_DP) : 0;
}

static bool move_by_key(struct ui *u, const struct input_event *e) {
    switch (e->key) {
    case SDLK_TAB:
        walk(u, e->mod & KMOD_SHIFT ? -1 : 1);
        return true;
    case SDLK_UP:
        arrow(u, 0, -1);
        return true;
    case SDLK_DOWN:
        arrow(u, 0, 1);
        return true;
    case SDLK_LEFT:
        arrow(u, -1, 0);
        return true;
    case SDLK_RIGHT:
        arrow(u, 1, 0);
        return true;
    case SDLK_PAGEUP:
        scroll_keys(u, -page(u));
        return true;
    case SDLK_PAGEDOWN:
        scroll_keys(u, page(u));
        return true;
    case SDLK_HOME:
        scroll_keys(u, -UNBOUNDED);
        return true;
    case SDLK_END:
        scroll_keys(u, UNBOUNDED);
        return true;
    case SDLK_ESCAPE:
    case SDLK_AC_BACK:
        if (!u->text_focus) return false;
        u->focus = 0; /* the field is left; the next Esc goes back */
        ui_wake_in(u, 0);
        return true;
    default:
        return false;
    }
}

/* Closing a sheet puts the focus back to what opened it. */
static void follow_sheets(struct ui *u) {
    for (int i = u->sheets_last; i < u->sheets; i++)
        u->focus_below[i] = u->focus;
    bool lost = u->focus && !control_find(&u->controls, u->focus);
    if (u->sheets < u->sheets_last && (!u->focus || lost)) u->focus = u->focus_below[u->sheets];
}

/* Nothing may keep the focus that is gone, or that lies under a sheet. */
static void drop_lost(struct ui *u) {
    const struct control *c = u->focus ? control_find(&u->controls, u->focus) : NULL;
    if (u->focus && (!c || !reachable(u, c))) u->focus = 0;
}

void focus_end(struct ui *u) {
    follow_sheets(u);
    drop_lost(u);
    size_t i = 0;
    for (struct input_event *e; (e = ui_next_input(u, &i));)
        if (e->kind == INPUT_KEY && move_by_key(u, e)) e->taken = true;
    float keyboard = keyboard_dp(u);
    bool covered = keyboard > u->keyboard_last && u->text_focus;
    u->keyboard_last = keyboard;
    if (!u->focus_moved && !covered) return;
    const struct control *c = control_find(&u->controls, u->focus);
    if (c) ui_show_rect(u, c->scroll, c->r);
    /* The page's areas shrink in the frame after the keyboard came up. */
    u->focus_moved = covered;
    if (covered) ui_wake_in(u, 0);
}
