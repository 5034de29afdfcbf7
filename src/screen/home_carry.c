/* home_carry.c -- what was begun and is not sealed, what waits for this person's eyes, what
 * must not be forgotten. */
#include "screen/home_pieces.h"

#include "base/text.h"

#define ICON_DP 52.0F
#define BAR_DP  160.0F

struct carry {
    int64_t id;
    enum icon icon;
    const char *title, *sub, *button, *bar_says;
    float part; /* of the bar; below 0: no bar */
    enum color ground, border, ink;
    struct intent intent;
};

/* One card: icon, words, bar, button; on a phone the button goes below the words. */
static struct intent carry_card(struct home *h, rect *area, const struct carry *c) {
    struct ui *u = h->u;
    const struct theme *t = ui_theme(u);
    struct button b = {.label = c->button, .key = "do"};
    float pad = 22, button_w = ui_button_width(u, &b) + 8;
    bool below = h->width == WIDTH_PHONE || ui_text_scale(u) > 1.4F;
    bool bar = c->part >= 0 && !below && h->width == WIDTH_WIDE;
    float width =
        area->w - 2 * pad - ICON_DP - (below ? 0 : button_w + 18) - (bar ? BAR_DP + 18 : 0);
    float text_h = ui_text_height(u, FONT_H3, c->title, width) +
                   ui_text_height(u, FONT_SMALL, c->sub, width);
    float button_h = ui_button_height(u, &b, below ? area->w - 2 * pad : button_w, 52);
    float inner = below ? text_h + t->gap + button_h : text_h > button_h ? text_h : button_h;
    rect r = rect_cut_top(area, inner + 36 < 92 ? 92 : inner + 36), in = rect_inset(r, pad, 18);
    rect_cut_top(area, 20);
    ui_push(u, c->id);
    if (c->ground == COLOR_CARD) {
        ui_card(u, r, COLOR_LINE, 1);
    } else {
        ui_fill(u, r, c->ground, t->radius_card);
        ui_outline(u, r, c->border, t->radius_card, 1);
    }
    rect button = below ? rect_cut_bottom(&in, button_h) : rect_cut_right(&in, button_w);
    if (below) {
        rect_cut_bottom(&in, t->gap);
    } else {
        rect_cut_right(&in, 18);
        button = rect_center(button, button_w, button_h);
    }
    rect icon = rect_cut_left(&in, ICON_DP);
    ui_icon(u, rect_make(icon.x, icon.y, 32, icon.h), c->icon,
            c->ground == COLOR_CARD ? COLOR_AMBER : c->ink, false, 30);
    if (bar) {
        struct segment seg = {.part = c->part, .color = COLOR_AMBER};
        ui_bar(u, rect_center(rect_cut_right(&in, BAR_DP), BAR_DP, 10), &seg, 1, COLOR_NA_SOFT,
               c->bar_says);
        rect_cut_right(&in, 18);
    }
    rect words = rect_center(in, in.w, text_h);
    rect_cut_top(&words, ui_label(u, words, c->title,
                                  &(struct label){
                                      .font = FONT_H3, .color = c->ink, .ground = c->ground}));
    ui_label(u, words, c->sub,
             &(struct label){.font = FONT_SMALL,
                             .color = c->ground == COLOR_CARD ? COLOR_MUTE : COLOR_INK,
                             .ground = c->ground});
    struct intent out = ui_button(u, button, &b) ? c->intent : (struct intent){0};
    ui_pop(u);
    return out;
}

static struct carry check_card(struct home *h, const struct home_check *c) {
    struct arena *f = ui_arena(h->u);
    struct carry k = {.id = c->visit,
                      .icon = c->left_at ? ICON_SIGN_OUT : ICON_HOURGLASS,
                      .title = c->title,
                      .part = -1,
                      .ground = COLOR_CARD,
                      .ink = COLOR_INK};
    const char *count =
        SAY(h->u, h->s, "home.answered", int_text(f, c->answered), int_text(f, c->asked));
    if (c->left_at) {
        k.sub = SAY(h->u, h->s, c->late ? "home.left_late" : "home.left",
                    time_day_hm(f, c->left_at), count);
        k.button = WORD(h->s, "home.seal");
        k.intent = part_go(SCREEN_finish, c->visit, 0, NULL);
        return k;
    }
    k.sub = SAY(h->u, h->s, "home.started", time_day_hm(f, c->started), count);
    k.button = WORD(h->s, "home.resume");
    k.intent = part_go(SCREEN_walk, c->visit, 0, c->section);
    if (c->asked > 0) {
        k.part = (float)c->answered / (float)c->asked;
        k.bar_says = count;
    }
    return k;
}

struct intent home_carry_on(struct home *h, rect *area) {
    const struct home_model *m = h->m;
    struct intent in = {0};
    if (!m->checks_count && !m->to_verify) return in;
    part_heading(h->u, area, WORD(h->s, "home.carry_on"));
    for (int i = 0; i < m->checks_count; i++) {
        struct carry k = check_card(h, &m->checks[i]);
        in = either(in, carry_card(h, area, &k));
    }
    if (m->to_verify) {
        struct carry k = {
            .id = -1,
            .icon = ICON_ARROWS_CLOCKWISE,
            .title = SAY(h->u, h->s, "home.to_verify", int_text(ui_arena(h->u), m->to_verify)),
            .sub = WORD(h->s, "home.to_verify_sub"),
            .button = WORD(h->s, "home.verify"),
            .part = -1,
            .ground = COLOR_CARD,
            .ink = COLOR_INK,
            .intent = part_go(SCREEN_actions, 0, 0, "verify")};
        in = either(in, carry_card(h, area, &k));
    }
    return in;
}

/* ---- what must not be forgotten ---- */

static struct carry sample_card(struct home *h) {
    return (struct carry){.id = -2,
                          .icon = ICON_INFO,
                          .title = WORD(h->s, "home.sample"),
                          .sub = WORD(h->s, "home.sample_sub"),
                          .button = WORD(h->s, "home.sample_leave"),
                          .part = -1,
                          .ground = COLOR_PARTLY_SOFT,
                          .border = COLOR_PARTLY,
                          .ink = COLOR_PARTLY,
                          .intent = {.kind = INTENT_sample, .number = 0}};
}

static struct carry room_card(struct home *h) {
    bool none = h->s->room_state == ROOM_NONE;
    const char *left = int_text(ui_arena(h->u), h->s->room_bytes / 1000000);
    return (struct carry){.id = -5,
                          .icon = ICON_HARD_DRIVES,
                          .title = SAY(h->u, h->s, "home.room", left),
                          .sub = WORD(h->s, none ? "home.room_none" : "home.room_low"),
                          .button = WORD(h->s, "home.room_free"),
                          .part = -1,
                          .ground = COLOR_PARTLY_SOFT,
                          .border = COLOR_PARTLY,
                          .ink = COLOR_PARTLY,
                          .intent = part_go(SCREEN_settings, 0, 0, NULL)};
}

static struct carry danger_card(struct home *h) {
    const char *open = int_text(ui_arena(h->u), h->m->dangers_open);
    return (struct carry){.id = -3,
                          .icon = ICON_WARNING_OCTAGON,
                          .title = SAY(h->u, h->s, "home.danger", open),
                          .sub = WORD(h->s, "home.danger_sub"),
                          .button = WORD(h->s, "home.danger_open"),
                          .part = -1,
                          .ground = COLOR_NOT_MET_SOFT,
                          .border = COLOR_NOT_MET,
                          .ink = COLOR_NOT_MET,
                          .intent = part_go(SCREEN_danger, h->m->danger, 0, NULL)};
}

static struct carry duties_card(struct home *h) {
    const char *open = int_text(ui_arena(h->u), h->m->duties_open);
    int64_t visit = h->m->duty_visit ? h->m->duty_visit : h->m->last_visit;
    return (struct carry){.id = -4,
                          .icon = ICON_WARNING_CIRCLE,
                          .title = SAY(h->u, h->s, "home.duties", open),
                          .sub = WORD(h->s, "home.duties_sub"),
                          .button = WORD(h->s, "home.duties_open"),
                          .part = -1,
                          .ground = COLOR_NOT_MET_SOFT,
                          .border = COLOR_NOT_MET,
                          .ink = COLOR_NOT_MET,
                          .intent = part_go(SCREEN_morning, visit, 0, NULL)};
}

struct intent home_alerts(struct home *h, rect *area) {
    struct carry cards[4];
    struct intent in = {0};
    int n = 0;
    if (h->s->sample) cards[n++] = sample_card(h);
    if (h->s->room_state != ROOM_ENOUGH) cards[n++] = room_card(h);
    if (h->m->dangers_open) cards[n++] = danger_card(h);
    if (h->m->duties_open) cards[n++] = duties_card(h);
    for (int i = 0; i < n; i++)
        in = either(in, carry_card(h, area, &cards[i]));
    return in;
}
