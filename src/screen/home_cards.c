/* home_cards.c -- one big card for what fits the hour (the night check at night, an audit by
 * day), three smaller ones. */
#include "screen/home_pieces.h"

#include "base/text.h"

#define BIG_DP   168.0F
#define SMALL_DP 148.0F
#define ROW_DP   88.0F

struct tile {
    const char *title, *sub, *key;
    enum icon icon;
    struct intent intent;
};

static struct intent start(const struct home *h, const char *code) {
    (void)h;
    return part_go(SCREEN_start, 0, 0, code);
}

static struct tile night_tile(const struct home *h, bool big) {
    struct arena *f = ui_arena(h->u);
    const struct home_model *m = h->m;
    struct tile t = {
        .key = "night", .icon = ICON_MOON_STARS, .intent = start(h, m->night_code)};
    t.title = WORD(h->s, big ? "home.start_night" : "home.night");
    if (big) {
        t.sub = m->core_minutes
                    ? SAY(h->u, h->s, "home.night_core", int_text(f, m->core_minutes))
                    : WORD(h->s, "home.night_plain");
    } else {
        t.sub = m->night_since < 0 ? WORD(h->s, "home.night_never")
                : m->night_since == 0
                    ? WORD(h->s, "home.night_tonight")
                    : SAY(h->u, h->s, "home.night_last", int_text(f, m->night_since));
    }
    return t;
}

static struct tile audit_tile(const struct home *h, bool big) {
    struct arena *f = ui_arena(h->u);
    const struct home_model *m = h->m;
    struct tile t = {
        .key = "audit", .icon = ICON_CLIPBOARD_TEXT, .intent = start(h, m->walk_code)};
    const char *forms = int_text(f, m->templates);
    t.title = WORD(h->s, big ? "home.start_audit" : "home.audit");
    if (!big) {
        t.sub = SAY(h->u, h->s, "home.forms", forms);
    } else if (m->any_since < 0) {
        t.sub = SAY(h->u, h->s, "home.choose_forms", forms);
    } else if (m->any_since == 0) {
        t.sub = SAY(h->u, h->s, "home.choose_today", forms, m->any_title);
    } else {
        t.sub =
            SAY(h->u, h->s, "home.choose_last", int_text(f, m->any_since), forms, m->any_title);
    }
    return t;
}

static struct tile saw_tile(const struct home *h) {
    return (struct tile){.key = "saw",
                         .icon = ICON_EYE,
                         .title = WORD(h->s, "home.saw"),
                         .sub = WORD(h->s, "home.saw_sub"),
                         .intent = part_go(SCREEN_saw, h->m->visit, 0, NULL)};
}

static struct tile heard_tile(const struct home *h) {
    return (struct tile){.key = "heard",
                         .icon = ICON_CHAT_CIRCLE_TEXT,
                         .title = WORD(h->s, "home.heard"),
                         .sub = WORD(h->s, "home.heard_sub"),
                         .intent = part_go(SCREEN_heard, h->m->visit, 0, NULL)};
}

static struct intent big(struct home *h, rect *area, const struct tile *t) {
    struct ui *u = h->u;
    const struct theme *th = ui_theme(u);
    bool phone = h->width == WIDTH_PHONE;
    enum color ground = th->night ? COLOR_SOFT : COLOR_PRIMARY;
    enum color ink = th->night ? COLOR_INK : COLOR_ON_PRIMARY;
    float icon_w = phone ? 72 : 128, right = phone ? 48 : 72;
    bool stacked =
        area->w - icon_w - right < 220 * ui_text_scale(u); /* the words below the icon */
    float width = stacked ? area->w - 40 : area->w - icon_w - right;
    float text_h = ui_text_height(u, FONT_H1, t->title, width) +
                   ui_text_height(u, FONT_BODY, t->sub, width) + 8;
    float high = text_h + (stacked ? 112 : 48);
    if (high < (phone ? 120 : BIG_DP)) high = phone ? 120 : BIG_DP;
    rect r = rect_cut_top(area, high), in = r;
    rect_cut_top(area, 20);
    ui_fill(u, r, ground, th->radius_card);
    if (stacked) in = rect_inset(in, 20, 16);
    rect head = stacked ? rect_cut_top(&in, 64) : in;
    ui_icon(u, rect_cut_left(&head, stacked ? 44 : icon_w), t->icon, COLOR_AMBER, true,
            phone ? 40 : 72);
    ui_icon(u, rect_cut_right(&head, stacked ? 32 : right), ICON_ARROW_RIGHT, ink, false,
            phone ? 28 : 36);
    if (!stacked) in = head;
    in = rect_center(in, stacked ? in.w : width, text_h);
    rect_cut_top(&in,
                 ui_label(u, in, t->title,
                          &(struct label){.font = FONT_H1, .color = ink, .ground = ground}) +
                     8);
    ui_label(u, in, t->sub, &(struct label){.font = FONT_BODY, .color = ink, .ground = ground});
    return ui_tap_area(u, r, t->title) ? t->intent : (struct intent){0};
}

static float small_height(struct home *h, const struct tile *t, float width) {
    struct ui *u = h->u;
    bool phone = h->width == WIDTH_PHONE;
    float inner = phone ? width - 24 * 2 - 56 - 32 : width - 44;
    float text_h = ui_text_height(u, FONT_H2, t->title, inner) +
                   ui_text_height(u, FONT_SMALL, t->sub, inner);
    float high = phone ? text_h + 32 : text_h + 92, least = phone ? ROW_DP : SMALL_DP;
    return high < least ? least : high;
}

static struct intent small(struct home *h, rect r, const struct tile *t) {
    struct ui *u = h->u;
    bool phone = h->width == WIDTH_PHONE;
    ui_card(u, r, COLOR_LINE, 1);
    rect in = rect_inset(r, phone ? 16 : 22, phone ? 16 : 22);
    if (phone) {
        ui_icon(u, rect_cut_left(&in, 48), t->icon, COLOR_AMBER, false, 36);
        rect_cut_left(&in, 8);
        ui_icon(u, rect_cut_right(&in, 32), ICON_PLUS, COLOR_MUTE, false, 24);
        in = rect_center(in, in.w,
                         ui_text_height(u, FONT_H2, t->title, in.w) +
                             ui_text_height(u, FONT_SMALL, t->sub, in.w));
    } else {
        rect top = rect_cut_top(&in, 40);
        ui_icon(u, rect_cut_left(&top, 40), t->icon, COLOR_AMBER, false, 40);
        ui_icon(u, rect_cut_right(&top, 26), ICON_PLUS, COLOR_MUTE, false, 26);
        rect_cut_top(&in, 10);
    }
    rect_cut_top(
        &in, ui_label(u, in, t->title, &(struct label){.font = FONT_H2, .ground = COLOR_CARD}));
    ui_label(u, in, t->sub,
             &(struct label){.font = FONT_SMALL, .color = COLOR_MUTE, .ground = COLOR_CARD});
    return ui_tap_area(u, r, t->title) ? t->intent : (struct intent){0};
}

struct intent home_cards(struct home *h, rect *area) {
    bool has_night = h->m->night_code[0] != 0, night_fits = h->m->night && has_night;
    struct tile first = night_fits ? night_tile(h, true) : audit_tile(h, true);
    struct tile tiles[3];
    int n = 0;
    struct intent in = big(h, area, &first);
    if (night_fits) {
        tiles[n++] = audit_tile(h, false);
    } else if (has_night) {
        tiles[n++] = night_tile(h, false);
    }
    tiles[n++] = saw_tile(h);
    tiles[n++] = heard_tile(h);
    int columns = h->width == WIDTH_PHONE ? 1 : n;
    float width = (area->w - 20 * (float)(columns - 1)) / (float)columns, high = 0;
    for (int i = 0; i < n; i++) {
        float one = small_height(h, &tiles[i], width);
        if (one > high) high = one;
    }
    rect row = {0};
    for (int i = 0; i < n; i++) {
        if (columns == 1 || i == 0) {
            row = rect_cut_top(area, high);
            rect_cut_top(area, columns == 1 ? 12 : 20);
        }
        in = either(in,
                    small(h, rect_column(row, columns == 1 ? 0 : i, columns, 20), &tiles[i]));
    }
    rect_cut_top(area, 8);
    return in;
}
