/* field_touch.c -- fingers in a field: a tap places the caret, two taps or a long press take a
 * word, handles widen it, a small menu cuts, copies, pastes. A mouse drags over text; a finger
 * that drags scrolls the page, as everywhere. */
#include "ui/field.h"

#define DOUBLE_MS 400
#define DOUBLE_DP 24.0F
#define HANDLE_DP 48.0F
#define KNOB_DP   14.0F

static void place_caret(struct field_view *v, float x, float y, bool select) {
    text_edit_move(&v->e->edit, field_at(v, x, y), select);
    v->e->wish_x = -1;
    v->u->fields->caret_from = v->u->now_ms;
}

static void tapped_at(struct field_view *v, float x, float y) {
    struct entry *e = v->e;
    bool twice = v->u->now_ms - e->tap_ms < DOUBLE_MS && SDL_fabsf(x - e->tap_x) < DOUBLE_DP &&
                 SDL_fabsf(y - e->tap_y) < DOUBLE_DP;
    e->tap_ms = v->u->now_ms;
    e->tap_x = x;
    e->tap_y = y;
    if (twice) {
        text_edit_select_word(&e->edit, field_at(v, x, y));
        e->touch_selection = true;
    } else {
        place_caret(v, x, y, false);
        e->touch_selection = false;
    }
}

void field_touch(struct field_view *v, const struct beat *b) {
    size_t i = 0;
    for (const struct touch_point *p; (p = ui_point_of(v->u, v->id, &i));) {
        bool mouse = p->finger == MOUSE_FINGER;
        if (p->phase == TOUCH_DOWN && mouse) {
            ui_finger_keep(v->u, v->id);
            place_caret(v, p->x, p->y, SDL_GetModState() & KMOD_SHIFT);
        }
        if (p->phase == TOUCH_MOVE && mouse) place_caret(v, p->x, p->y, true);
        if (p->phase == TOUCH_UP && !mouse && b->tapped) tapped_at(v, p->x, p->y);
        if (p->phase == TOUCH_UP && mouse && b->tapped && v->e->edit.caret == v->e->edit.anchor)
            tapped_at(v, p->x, p->y);
    }
    const struct finger *f = ui_finger_of(v->u, v->id);
    if (f && ui_long_pressed(v->u, v->id)) {
        text_edit_select_word(&v->e->edit, field_at(v, f->x, f->y));
        v->e->touch_selection = true;
        ui_focus(v->u, v->id);
    }
}

static void handle(struct field_view *v, const char *key, bool start) {
    struct text_edit *e = &v->e->edit;
    size_t from, to, i = 0;
    text_edit_selected(e, &from, &to);
    size_t at = start ? from : to;
    float x = v->inside.x + field_x_of(v, at);
    float y = v->inside.y + (float)(field_line_of(v, at) + 1) * v->line_h - v->e->scroll;
    if (y < v->r.y || y > v->r.y + v->r.h + v->line_h) return;
    ui_id_t id = ui_id(v->u, key);
    rect touch = rect_make(x - HANDLE_DP / 2, y - KNOB_DP / 2, HANDLE_DP, HANDLE_DP);
    ui_control(v->u, id, touch, CONTROL_KEEPS | CONTROL_NO_FOCUS);
    for (const struct touch_point *p; (p = ui_point_of(v->u, id, &i));) {
        if (p->phase != TOUCH_MOVE) continue;
        size_t moved =
            field_at(v, p->x, p->y - v->line_h); /* the finger is below the line it means */
        size_t other = start ? to : from;
        e->anchor = other;
        e->caret = moved;
    }
    draw_fill(v->u, rect_make(x - KNOB_DP / 2, y, KNOB_DP, KNOB_DP),
              ui_rgb(v->u, COLOR_PRIMARY), KNOB_DP / 2, 255);
}

static void menu(struct field_view *v) {
    static const char *const keys[] = {"keyboard.cut", "keyboard.copy", "keyboard.paste",
                                       "keyboard.all"};
    size_t from, to;
    bool selected = text_edit_selected(&v->e->edit, &from, &to);
    float w = 0, h = ui_theme(v->u)->touch_min, x, y = v->r.y - h - 8;
    for (int i = 0; i < 4; i++)
        w += ui_chip_width(v->u, ui_word(v->u, keys[i]), ICON_NONE) + 6;
    x = SDL_min(v->r.x, v->u->width - w - 8);
    if (x < 4) x = 4;
    if (y < 4) y = v->r.y + v->r.h + 8;
    for (int i = 0; i < 4; i++) {
        const char *word = ui_word(v->u, keys[i]);
        float chip = ui_chip_width(v->u, word, ICON_NONE);
        if (selected || i > 1) {
            if (ui_chip(v->u, rect_make(x, y, chip, h), word, ICON_NONE, false)) {
                if (i == 0) field_copy(v, true);
                if (i == 1) field_copy(v, false);
                if (i == 2) field_paste(v);
                if (i == 3) text_edit_select_all(&v->e->edit);
                v->e->touch_selection = i == 3;
                ui_focus(v->u, v->id);
            }
            x += chip + 6;
        }
    }
}

void field_handles(struct field_view *v) {
    ui_above_begin(v->u);
    ui_push_text(v->u, v->f->key);
    handle(v, "handle-start", true);
    handle(v, "handle-end", false);
    menu(v);
    ui_pop(v->u);
    ui_above_end(v->u);
}
