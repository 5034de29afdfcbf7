/* toast.c -- a line at the bottom for six seconds, with a way back when a tap removed
 * something.
 *
 * It must not lie on the buttons that the next tap is for: it looks for controls that stand
 * fixed at the bottom and takes its place above them, on every page that it outlives, and above
 * a sheet that comes up from the bottom. */
#include "base/text.h"
#include "ui/look.h"

#define TOAST_MS    6000
#define TOAST_W_MAX 560.0f
#define EDGE_DP     16.0f
#define BAR_DP      150.0f /* so high the bar of a page may be, the round shutter in it too */
#define CORNER_DP   72.0f
#define OVER_DP     12.0f

void ui_toast(struct ui *u, int64_t id, const char *text, const char *undo) {
    struct toast *t = &u->toast;
    bool undone = t->undone && t->undone_id;
    *t = (struct toast){.id = id,
                        .until_ms = u->now_ms + TOAST_MS,
                        .on = true,
                        .undone = undone,
                        .undone_id = t->undone_id};
    text_copy(t->text, sizeof t->text, text);
    text_copy(t->undo, sizeof t->undo, undo ? undo : "");
}

bool ui_toast_undone(struct ui *u, int64_t *id) {
    if (!u->toast.undone) return false;
    u->toast.undone = false;
    *id = u->toast.undone_id;
    return true;
}

static float fixed_bar(const struct ui *u, rect r) {
    const struct control *c = (const struct control *)(const void *)u->controls.data;
    float bottom = ui_area(u).h, top = bottom;
    float least = bottom - SDL_min(BAR_DP * u->text_scale, bottom / 3);
    for (size_t i = 0, n = u->controls.size / sizeof *c; i < n; i++) {
        bool fixed = c[i].layer < LAYER_KEYBOARD && !c[i].scroll &&
                     !(c[i].flags & (CONTROL_SHIELD | CONTROL_UNDER));
        rect v = c[i].visible;
        if (!fixed || v.y < least || rect_overlap(v, r).w <= 0) continue;
        if (v.y < top) top = v.y;
    }
    return top < bottom ? bottom - top + 4 : 0;
}

static rect place(struct ui *u, rect r) {
    r.y -= fixed_bar(u, r);
    if (u->sheets < 1) return r;
    rect sheet = u->sheet_panel, hidden = rect_overlap(sheet, r);
    float above = sheet.y - OVER_DP - r.h;
    if (hidden.w > 0 && hidden.h > 0 && above >= ui_area(u).y + CORNER_DP) r.y = above;
    return r;
}

static void draw_toast(struct ui *u, struct toast *t) {
    struct button undo = {.label = t->undo, .key = "toast.undo", .role = BUTTON_QUIET};
    bool night = u->night, can_undo = t->undo[0] != 0;
    rect area = ui_area(u);
    float w = SDL_min(TOAST_W_MAX, area.w - 2 * EDGE_DP), pad = 18;
    float undo_w = can_undo ? SDL_min(ui_button_width(u, &undo), w / 2) : 0;
    float words_w = w - 2 * pad - undo_w;
    float h = SDL_max(64, ui_text_height(u, FONT_BODY, t->text, words_w) + 2 * 14);
    rect r = {area.x + (area.w - w) / 2, area.y + area.h - EDGE_DP - h, w, h};
    r = place(u, r);
    struct look l = {.fill = night ? COLOR_SOFT : COLOR_CARD,
                     .border = COLOR_PRIMARY,
                     .ink = COLOR_INK,
                     .width = 2,
                     .radius = ui_theme(u)->radius_button};
    ui_control(u, ui_id(u, "toast"), r, CONTROL_SHIELD | CONTROL_NO_FOCUS | CONTROL_EXACT);
    look_box(u, r, &l, false);
    thing_add(u, "toast", t->text, r);
    rect in = rect_inset(r, pad, 0);
    rect right = rect_cut_right(&in, undo_w);
    struct label words = {.font = FONT_BODY, .ground = l.fill, .middle = true};
    ui_label(u, in, t->text, &words);
    right.x += pad - 6;
    if (can_undo && ui_button(u, rect_center(right, right.w, SDL_min(h - 8, 56)), &undo)) {
        t->undone = true;
        t->undone_id = t->id;
        t->on = false;
        ui_wake_in(u, 0);
    }
}

void toast_draw(struct ui *u) {
    struct toast *t = &u->toast;
    if (t->on && u->now_ms >= t->until_ms) t->on = false;
    if (t->on) draw_toast(u, t);
}
