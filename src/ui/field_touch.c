/* field_touch.c -- fingers in a field.
 *
 * A tap places the caret, two taps or a long press take a word; going on after a long press
 * takes more. In a field that has the focus a finger that moves sideways selects; one that
 * moves up or down scrolls, as everywhere. A mouse selects in every direction. */
#include "ui/field.h"

#define DOUBLE_MS 400
#define DOUBLE_DP 24.0F

static void caret_moved(struct field_view *v) {
    v->e->wish_x = -1;
    v->e->show = true;
    v->u->fields->caret_from = v->u->now_ms;
    v->caret = v->e->edit.caret;
}

static void place_caret(struct field_view *v, float x, float y, bool select) {
    text_edit_move(&v->e->edit, field_at(v, x, y), select);
    caret_moved(v);
}

static bool selected(struct field_view *v) {
    size_t from, to;
    return text_edit_selected(&v->e->edit, &from, &to);
}

static void take_word(struct field_view *v, float x, float y) {
    struct entry *e = v->e;
    text_word_around(text_edit_str(&e->edit), e->edit.text.size, field_at(v, x, y),
                     &e->press_at, &e->press_to);
    text_edit_select(&e->edit, e->press_at, e->press_to);
    caret_moved(v);
}

static bool second_tap(const struct field_view *v, float x, float y) {
    const struct entry *e = v->e;
    return e->tap_ms && v->u->now_ms - e->tap_ms < DOUBLE_MS &&
           SDL_fabsf(x - e->tap_x) < DOUBLE_DP && SDL_fabsf(y - e->tap_y) < DOUBLE_DP;
}

static void tapped_at(struct field_view *v, float x, float y, bool mouse) {
    struct entry *e = v->e;
    bool twice = second_tap(v, x, y);
    e->tap_ms = twice ? 0 : v->u->now_ms;
    e->tap_x = x;
    e->tap_y = y;
    if (twice) {
        take_word(v, x, y);
    } else {
        place_caret(v, x, y, false);
    }
    e->touch_selection = twice && !mouse;
}

/* From the word or place where it began to where the finger is now. */
static void select_to(struct field_view *v, float x, float y) {
    struct entry *e = v->e;
    size_t at = field_at(v, x, y);
    bool before = at < e->press_at;
    text_edit_select(&e->edit, before ? e->press_to : e->press_at,
                     before || at > e->press_to ? at : e->press_to);
    caret_moved(v);
}

static void start_selecting(struct field_view *v, size_t from, size_t to) {
    v->e->press = PRESS_SELECT;
    v->e->press_at = from;
    v->e->press_to = to;
    ui_finger_keep(v->u, v->id);
}

static void pressed(struct field_view *v, const struct touch_point *p, bool mouse) {
    struct entry *e = v->e;
    e->press = PRESS_DOWN;
    e->press_x = p->x;
    e->press_y = p->y;
    field_finish(v->u);
    field_lay_out(v);
    if (!mouse) return;
    bool more = SDL_GetModState() & KMOD_SHIFT;
    if (!second_tap(v, p->x, p->y)) place_caret(v, p->x, p->y, more);
    e->touch_selection = false;
    ui_finger_keep(v->u, v->id); /* its moves select, whatever could be scrolled here */
}

static void moved(struct field_view *v, const struct touch_point *p, const struct beat *b) {
    struct entry *e = v->e;
    float dx = SDL_fabsf(p->x - e->press_x), dy = SDL_fabsf(p->y - e->press_y);
    bool mouse = p->finger == MOUSE_FINGER, far = dx > SLOP_DP || (mouse && dy > SLOP_DP);
    if (e->press == PRESS_DOWN && far && (mouse || (b->focused && dx > dy))) {
        size_t at = field_at(v, e->press_x, e->press_y);
        start_selecting(v, at, at);
    }
    if (e->press == PRESS_SELECT) select_to(v, p->x, p->y);
}

static void lifted(struct field_view *v, const struct touch_point *p, const struct beat *b) {
    struct entry *e = v->e;
    bool mouse = p->finger == MOUSE_FINGER;
    if (e->press == PRESS_SELECT) {
        e->touch_selection = !mouse && (selected(v) || e->touch_selection);
        if (!b->focused) ui_focus(v->u, v->id);
        e->press = PRESS_NONE;
        return;
    }
    e->press = e->press == PRESS_DOWN && !(mouse && selected(v)) ? PRESS_LIFTED : PRESS_NONE;
    e->press_x = p->x;
    e->press_y = p->y;
    e->press_mouse = mouse;
}

static void held(struct field_view *v) {
    const struct finger *f = ui_finger_of(v->u, v->id);
    if (!f || v->e->press != PRESS_DOWN || f->id == MOUSE_FINGER) return;
    if (!ui_long_pressed(v->u, v->id)) return;
    take_word(v, f->x, f->y);
    start_selecting(v, v->e->press_at, v->e->press_to);
    v->e->touch_selection = true;
    ui_focus(v->u, v->id);
}

void field_touch(struct field_view *v, const struct beat *b) {
    size_t i = 0;
    for (const struct touch_point *p; (p = ui_point_of(v->u, v->id, &i));) {
        switch (p->phase) {
        case TOUCH_DOWN:
            pressed(v, p, p->finger == MOUSE_FINGER);
            break;
        case TOUCH_MOVE:
            moved(v, p, b);
            break;
        case TOUCH_UP:
            lifted(v, p, b);
            break;
        case TOUCH_CANCEL:
            v->e->press = PRESS_NONE;
            break;
        }
    }
    held(v);
    /* A tap that takes the focus from another field comes a frame after the finger was lifted.
     */
    if (!b->tapped || v->e->press != PRESS_LIFTED) return;
    v->e->press = PRESS_NONE;
    tapped_at(v, v->e->press_x, v->e->press_y, v->e->press_mouse);
}
