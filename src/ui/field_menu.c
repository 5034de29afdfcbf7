/* field_menu.c -- what a selection by touch brings: two handles that widen it, and a small menu
 * to cut, copy, paste or select all. They take no focus, so the field keeps it. */
#include "ui/field.h"
#include "ui/look.h"

#define HANDLE_DP 48.0F
#define KNOB_DP   16.0F
#define EDGE_DP   8.0F
#define PAD_DP    14.0F

/* ---- handles ---- */

static void drag_handle(struct field_view *v, ui_id_t id, rect end, size_t other) {
    struct entry *e = v->e;
    size_t i = 0;
    for (const struct touch_point *p; (p = ui_point_of(v->u, id, &i));) {
        if (p->phase == TOUCH_DOWN) {
            e->grip_x = end.x - p->x;
            e->grip_y = end.y + end.h / 2 - p->y;
            e->grip_other = other;
        }
        if (p->phase != TOUCH_MOVE) continue;
        size_t to = field_at(v, p->x + e->grip_x, p->y + e->grip_y);
        if (to == e->grip_other) continue; /* the two ends never meet */
        text_edit_select(&e->edit, e->grip_other, to);
        e->show = true;
        ui_wake_in(v->u, 0);
    }
}

/* A stem at the end of the selection and a knob below it, under the finger. */
static bool handle(struct field_view *v, const char *key, size_t at, size_t other, bool left) {
    struct ui *u = v->u;
    ui_id_t id = ui_id(u, key);
    rect end = field_caret_rect(v, at), clip = v->clip;
    float y = end.y + end.h, x = left ? end.x - HANDLE_DP + KNOB_DP : end.x - KNOB_DP;
    bool held = ui_finger_of(u, id) != NULL;
    bool seen = y > clip.y && end.y < clip.y + clip.h - 1;
    if (!seen && !held) return false;
    rect touch = rect_overlap(rect_make(x, y - 4, HANDLE_DP, HANDLE_DP), ui_area(u));
    ui_control(u, id, touch, CONTROL_KEEPS | CONTROL_NO_FOCUS | CONTROL_EXACT);
    drag_handle(v, id, end, other);
    rect knob = {left ? end.x - KNOB_DP : end.x, y, KNOB_DP, KNOB_DP};
    uint32_t rgb = ui_rgb(u, COLOR_PRIMARY);
    draw_fill(u, rect_make(end.x - 1, end.y, 2, end.h + 3), rgb, 0, 255);
    draw_fill(u, knob, rgb, KNOB_DP / 2, 255);
    struct thing *t = thing_add(u, "handle", left ? "start" : "end", touch);
    t->id = id;
    t->t.tappable = true;
    return ui_finger_of(u, id) != NULL;
}

/* ---- the menu ---- */

enum item { ITEM_CUT, ITEM_COPY, ITEM_PASTE, ITEM_ALL, ITEM_COUNT };
static const char *const item_words[ITEM_COUNT] = {
    [ITEM_CUT] = "keyboard.cut",
    [ITEM_COPY] = "keyboard.copy",
    [ITEM_PASTE] = "keyboard.paste",
    [ITEM_ALL] = "keyboard.all",
};

static bool offered(struct field_view *v, enum item i) {
    size_t from, to, n = v->e->edit.text.size;
    bool selected = text_edit_selected(&v->e->edit, &from, &to);
    switch (i) {
    case ITEM_CUT:
    case ITEM_COPY:
        return selected;
    case ITEM_PASTE:
        return SDL_HasClipboardText();
    case ITEM_ALL:
        return n > 0 && to - from < n;
    case ITEM_COUNT:
        break;
    }
    return false;
}

static void choose(struct field_view *v, enum item i) {
    v->e->touch_selection = i == ITEM_ALL;
    switch (i) {
    case ITEM_CUT:
    case ITEM_COPY:
        field_copy(v, i == ITEM_CUT);
        break;
    case ITEM_PASTE:
        field_paste(v);
        break;
    case ITEM_ALL:
        text_edit_select_all(&v->e->edit);
        break;
    case ITEM_COUNT:
        break;
    }
    v->u->fields->caret_from = v->u->now_ms;
    ui_wake_in(v->u, 0);
}

static float item_width(struct field_view *v, enum item i) {
    float w = ui_text_width(v->u, FONT_BUTTON, ui_word(v->u, item_words[i])) + 2 * PAD_DP;
    return SDL_max(w, ui_theme(v->u)->touch_min);
}

/* Above the selection; below it and its handles when there is no room. */
static rect menu_rect(struct field_view *v, float w, float h) {
    size_t from, to;
    text_edit_selected(&v->e->edit, &from, &to);
    rect first = field_caret_rect(v, from), last = field_caret_rect(v, to),
         area = ui_area(v->u);
    float top = SDL_max(first.y, v->clip.y), x = first.x;
    float bottom = SDL_min(last.y + last.h, v->clip.y + v->clip.h);
    float y = top - h - EDGE_DP;
    if (y < area.y + EDGE_DP) y = bottom + HANDLE_DP;
    if (y + h > area.y + area.h - EDGE_DP) y = area.y + area.h - EDGE_DP - h;
    if (x + w > area.x + area.w - EDGE_DP) x = area.x + area.w - EDGE_DP - w;
    return rect_make(SDL_max(x, EDGE_DP), SDL_max(y, EDGE_DP), w, h);
}

static void item(struct field_view *v, rect r, enum item i) {
    struct ui *u = v->u;
    const char *word = ui_word(u, item_words[i]);
    ui_id_t id = ui_id(u, item_words[i]);
    struct beat b = ui_control(u, id, r, CONTROL_NO_FOCUS | CONTROL_EXACT);
    uint32_t ink = ui_rgb(u, COLOR_INK);
    if (b.pressed) draw_fill(u, r, shade(u, ui_rgb(u, COLOR_CARD), ink, 16), 10, 255);
    float x = r.x + (r.w - ui_text_width(u, FONT_BUTTON, word)) / 2;
    float y = r.y + (r.h - ui_line_height(u, FONT_BUTTON)) / 2;
    draw_text(u, FONT_BUTTON, ink, x, y, word, strlen(word));
    struct thing *t = look_thing(u, "button", word, id, r, &b);
    t->t.ink = COLOR_INK;
    t->t.ground = COLOR_CARD;
    t->t.font_dp = font_dp(u, FONT_BUTTON);
    if (b.tapped) choose(v, i);
}

/* Large letters on a narrow telephone: the words stand in as many rows as they need. */
static void menu(struct field_view *v) {
    struct ui *u = v->u;
    float row = ui_line_height(u, FONT_BUTTON) + 2 * 10, most = u->width - 2 * EDGE_DP;
    float x = 0, w = 0, h = 0, at_x[ITEM_COUNT] = {0}, at_y[ITEM_COUNT] = {0};
    bool shown[ITEM_COUNT];
    row = SDL_max(row, ui_theme(u)->touch_min);
    for (enum item i = 0; i < ITEM_COUNT; i++) {
        shown[i] = offered(v, i);
        if (!shown[i]) continue;
        float wide = item_width(v, i);
        if (h <= 0 || x + wide > most) h += row, x = 0;
        at_x[i] = x;
        at_y[i] = h - row;
        x += wide;
        w = SDL_max(w, x);
    }
    if (h <= 0) return;
    rect r = menu_rect(v, w, h);
    ui_id_t panel = ui_id(u, "menu");
    ui_control(u, panel, r, CONTROL_SHIELD | CONTROL_NO_FOCUS | CONTROL_EXACT);
    struct look l = {
        .fill = COLOR_CARD, .border = COLOR_OUTLINE, .ink = COLOR_INK, .width = 1.5F};
    l.radius = 12;
    look_box(u, r, &l, false);
    for (enum item i = 0; i < ITEM_COUNT; i++)
        if (shown[i])
            item(v, rect_make(r.x + at_x[i], r.y + at_y[i], item_width(v, i), row), i);
}

void field_handles(struct field_view *v) {
    size_t from, to;
    bool held = v->e->press == PRESS_SELECT;
    ui_above_begin(v->u);
    ui_push_text(v->u, v->f->key);
    if (text_edit_selected(&v->e->edit, &from, &to)) {
        held = handle(v, "handle-start", from, to, true) || held;
        held = handle(v, "handle-end", to, from, false) || held;
    }
    if (!held) menu(v);
    ui_pop(v->u);
    ui_above_end(v->u);
}
