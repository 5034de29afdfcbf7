/* widgets.c -- the small controls: icon button, chip, toggle, tap area, tag, bar. */
#include "ui/look.h"

#define CHIP_PAD_DP 15.0f
#define TAG_PAD_DP  10.0f
#define SWITCH_W    42.0f
#define SWITCH_H    24.0f

static float scaled(const struct ui *u, float dp) {
    return dp * u->text_scale;
}

bool ui_icon_button(struct ui *u, rect r, enum icon icon, const char *name) {
    ui_id_t id = widget_id(u, name);
    struct beat b = ui_control(u, id, r, 0);
    float radius = SDL_min(r.w, r.h) / 2, size = SDL_min(scaled(u, 28), SDL_min(r.w, r.h));
    struct look l = {
        .fill = COLOR_NONE, .border = COLOR_NONE, .ink = COLOR_INK, .radius = radius};
    look_box(u, r, &l, b.pressed);
    draw_icon(u, rect_center(r, size, size), icon, ui_rgb(u, COLOR_INK), false);
    if (b.ring) look_ring(u, r, radius);
    struct thing *t = look_thing(u, "button", name, id, r, &b);
    t->t.ink = COLOR_INK;
    t->t.ground = COLOR_BG;
    return b.tapped;
}

/* A chosen chip is bolder, not wider: its place is measured for both. */
static float chip_words(struct ui *u, const char *label) {
    return SDL_max(ui_text_width(u, FONT_SMALL, label), ui_text_width(u, FONT_TAG, label));
}

static float chip_icon(const struct ui *u, enum icon icon) {
    return icon == ICON_NONE ? 0 : scaled(u, 18) + 7;
}

float ui_chip_width(struct ui *u, const char *label, enum icon icon) {
    float w = chip_words(u, label) + chip_icon(u, icon) + 2 * CHIP_PAD_DP + 1;
    return SDL_max(w, ui_theme(u)->touch_min);
}

bool ui_chip(struct ui *u, rect r, const char *label, enum icon icon, bool selected) {
    ui_id_t id = widget_id(u, label);
    struct beat b = ui_control(u, id, r, 0);
    struct look l = {.fill = COLOR_CARD,
                     .border = COLOR_LINE,
                     .ink = COLOR_MUTE,
                     .width = 1,
                     .radius = SDL_min(r.h / 2, 26)};
    if (selected) l.fill = COLOR_SOFT, l.border = l.ink = COLOR_PRIMARY, l.width = 2;
    look_box(u, r, &l, b.pressed);
    enum font f = selected ? FONT_TAG : FONT_SMALL;
    float pad = CHIP_PAD_DP, sign = chip_icon(u, icon), word = ui_text_width(u, f, label);
    if (word + sign + 2 * pad > r.w) pad = SDL_max(4, (r.w - word - sign) / 2);
    rect in = rect_inset(r, pad, 0);
    if (word + sign < in.w) in = rect_center(in, word + sign, in.h);
    if (sign > 0) {
        rect box = rect_cut_left(&in, sign - 7);
        draw_icon(u, rect_center(box, box.w, box.w), icon, ui_rgb(u, l.ink), false);
        rect_cut_left(&in, 7);
    }
    in.w += 0.02f;
    struct label o = {.font = f, .middle = true};
    struct words_drawn d = words_draw(u, in, label, &o, ui_rgb(u, l.ink));
    if (b.ring) look_ring(u, r, l.radius);
    struct thing *t = look_thing(u, "chip", label, id, r, &b);
    t->t.ink = l.ink;
    t->t.ground = l.fill;
    t->t.font_dp = font_dp(u, f);
    t->selected = selected;
    t->cut = d.cut || d.height > r.h + 1;
    return b.tapped;
}

static void draw_switch(struct ui *u, rect r, bool on) {
    uint32_t track = ui_rgb(u, on ? COLOR_PRIMARY : COLOR_CARD);
    draw_fill(u, r, track, r.h / 2, 255);
    draw_outline(u, r, ui_rgb(u, on ? COLOR_PRIMARY : COLOR_OUTLINE), r.h / 2, 2);
    float knob = r.h - 10;
    rect at = {on ? r.x + r.w - knob - 5 : r.x + 5, r.y + 5, knob, knob};
    draw_fill(u, at, ui_rgb(u, on ? COLOR_ON_PRIMARY : COLOR_OUTLINE), knob / 2, 255);
}

bool ui_toggle(struct ui *u, rect r, const char *label, const char *sub, bool on) {
    ui_id_t id = widget_id(u, label);
    struct beat b = ui_control(u, id, r, 0);
    struct look l = {.fill = COLOR_NONE, .border = COLOR_NONE, .ink = COLOR_INK, .radius = 12};
    if (b.pressed) look_box(u, r, &l, true);
    rect in = rect_inset(r, 4, 0);
    rect knob = rect_cut_left(&in, SWITCH_W);
    draw_switch(u, rect_center(knob, SWITCH_W, SWITCH_H), on);
    rect_cut_left(&in, 14);
    bool second = sub && *sub;
    float h = ui_text_height(u, FONT_H3, label, in.w);
    float sub_h = second ? ui_text_height(u, FONT_SMALL, sub, in.w) : 0;
    in.y += (in.h - h - sub_h) / 2;
    struct words_drawn d =
        words_draw(u, in, label, &(struct label){.font = FONT_H3}, ui_rgb(u, COLOR_INK));
    rect_cut_top(&in, h);
    if (second)
        words_draw(u, in, sub, &(struct label){.font = FONT_SMALL}, ui_rgb(u, COLOR_MUTE));
    if (b.ring) look_ring(u, r, l.radius);
    struct thing *t = look_thing(u, "toggle", label, id, r, &b);
    t->t.ink = COLOR_INK;
    t->t.ground = COLOR_CARD;
    t->t.font_dp = font_dp(u, FONT_H3);
    t->t.value = second ? arena_strdup(ui_arena(u), sub) : NULL;
    t->on = on;
    t->cut = d.cut || h + sub_h > r.h + 1;
    return b.tapped;
}

/* While a finger is on it, a border says so: the content was drawn by the caller already. */
bool ui_tap_area(struct ui *u, rect r, const char *name) {
    ui_id_t id = widget_id(u, name);
    struct beat b = ui_control(u, id, r, CONTROL_UNDER);
    float radius = ui_theme(u)->radius_button;
    if (b.pressed) draw_outline(u, r, ui_rgb(u, COLOR_PRIMARY), radius, 3);
    if (b.ring) look_ring(u, r, radius);
    look_thing(u, "tap", name, id, r, &b);
    return b.tapped;
}

float ui_tag_width(struct ui *u, const char *label) {
    return ui_text_width(u, FONT_TAG, label) + 2 * TAG_PAD_DP + 1;
}

void ui_tag(struct ui *u, rect r, const char *label, enum color ink, enum color ground) {
    draw_fill(u, r, ui_rgb(u, ground), ui_theme(u)->radius_tag, 255);
    rect in = rect_inset(r, 2, 0);
    struct label o = {.font = FONT_TAG, .align = ALIGN_CENTER, .middle = true};
    struct words_drawn d = words_draw(u, in, label, &o, ui_rgb(u, ink));
    struct thing *t = thing_add(u, "tag", label, r);
    t->t.ink = ink;
    t->t.ground = ground;
    t->t.font_dp = font_dp(u, FONT_TAG);
    t->cut = d.cut || d.height > r.h + 1;
}

/* Each part is the whole rounded bar, seen through its own piece: ends are round, joints are
 * straight. */
void ui_bar(struct ui *u, rect r, const struct segment *s, int n, enum color rest,
            const char *says) {
    float radius = SDL_min(ui_theme(u)->radius_bar, r.h / 2), x = r.x;
    draw_fill(u, r, ui_rgb(u, rest), radius, 255);
    for (int i = 0; i < n; i++) {
        float w = r.w * (s[i].part < 0 ? 0 : s[i].part);
        rect before = clip_push(u, (rect){x, r.y, w, r.h});
        draw_fill(u, r, ui_rgb(u, s[i].color), radius, 255);
        clip_pop(u, before);
        x += w;
    }
    thing_add(u, "bar", says ? says : "", r);
}
