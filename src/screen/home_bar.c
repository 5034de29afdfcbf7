/* home_bar.c -- the top of Home: lamp, service, time, what is not sent, who holds the tablet.
 * On narrow windows the chips flow on below, and say less until they take two rows: what fits
 * the hour is to be seen without scrolling. The corner of Cover stays free. */
#include "screen/home_pieces.h"

#include "base/text.h"

#define BAR_DP   72.0F
#define CHIP_DP  40.0F
#define LAMP_DP  28.0F
#define COVER_DP 76.0F /* room for Cover, which the app draws above everything */
#define GAP_DP   16.0F
#define CARET_DP 24.0F
#define CHIP_GAP 8.0F
#define ROWS     2 /* so many rows of chips a narrow window gives away */

enum { CHIP_SERVICE, CHIP_CLOCK, CHIP_SEND, CHIP_HOLDER, CHIPS };
struct bar_chip {
    const char *key, *label;
    enum icon icon;
    float w;
    bool caret, sign; /* sign: the icon alone, its words are its name */
};

/* How much the bar says, from all to little. */
enum says { SAYS_ALL, SAYS_NO_NAME, SAYS_HOUR, SAYS_SIGNS, SAYS_LEAST };

static void say_sending(struct home *h, struct bar_chip *c) {
    struct arena *f = ui_arena(h->u);
    *c = (struct bar_chip){.key = "send"};
    if (h->s->sample) { /* made-up records wait for nobody */
        c->label = WORD(h->s, "home.sample_chip");
        c->icon = ICON_CLOUD_SLASH;
    } else if (h->m->unsent) {
        c->label = SAY(h->u, h->s, "home.unsent", int_text(f, h->m->unsent));
        c->icon = ICON_CLOUD_ARROW_UP;
    } else if (h->m->sent_at) {
        c->label = SAY(h->u, h->s, "home.all_sent", time_day_hm(f, h->m->sent_at));
        c->icon = ICON_CLOUD_CHECK;
    } else {
        c->label = WORD(h->s, h->m->exported ? "home.all_sent_plain" : "home.nothing_to_send");
        c->icon = ICON_CLOUD_CHECK;
    }
}

static int make_chips(struct home *h, struct bar_chip c[CHIPS]) {
    struct ui *u = h->u;
    const char *none = WORD(h->s, "home.no_holder");
    int n = 0;
    if (h->m->service)
        c[n++] = (struct bar_chip){
            .key = "service", .label = h->m->service_name, .icon = ICON_HOUSE, .caret = true};
    c[n++] = (struct bar_chip){.key = "clock",
                               .label = arena_printf(ui_arena(u), "%s · %s",
                                                     time_day(ui_arena(u), h->s->wall_ms),
                                                     time_hm(ui_arena(u), h->s->wall_ms)),
                               .icon = ui_theme(u)->night ? ICON_MOON_STARS : ICON_SUN};
    say_sending(h, &c[n++]);
    c[n++] = (struct bar_chip){.key = "holder",
                               .label = h->m->holder ? h->m->holder_label : none,
                               .icon = ICON_USER_CIRCLE};
    for (int i = 0; i < n; i++)
        c[i].w = c[i].caret ? ui_text_width(u, FONT_TAG, c[i].label) +
                                  2 * CARET_DP * ui_text_scale(u) + 32
                            : ui_chip_width(u, c[i].label, c[i].icon);
    return n;
}

static struct intent chip_intent(struct home *h, const char *key) {
    if (text_equal(key, "service")) h->state->sheet = HOME_SHEET_SERVICE;
    if (text_equal(key, "holder")) h->state->sheet = HOME_SHEET_HOLDER;
    if (text_equal(key, "clock"))
        return (struct intent){.kind = INTENT_theme,
                               .word = ui_theme(h->u)->night ? "day" : "night"};
    if (text_equal(key, "send")) return part_go(SCREEN_send, 0, 0, NULL);
    return (struct intent){0};
}

/* The service's chip is a chip like the others, in ink and with a caret: it opens a list. */
static bool caret_chip(struct home *h, rect r, const struct bar_chip *c) {
    struct ui *u = h->u;
    float scale = ui_text_scale(u), room = CARET_DP * scale;
    rect in = rect_inset(r, 14, 0), caret = rect_cut_right(&in, room);
    ui_fill(u, r, COLOR_CARD, r.h / 2);
    ui_outline(u, r, COLOR_LINE, r.h / 2, 1);
    ui_icon(u, rect_cut_left(&in, room), c->icon, COLOR_INK, false, 18 * scale);
    ui_icon(u, caret, ICON_CARET_DOWN, COLOR_INK, false, 16 * scale);
    ui_label(u, in, c->label,
             &(struct label){
                 .font = FONT_TAG, .ground = COLOR_CARD, .middle = true, .lines_max = 1});
    return ui_tap_area(u, r, c->label);
}

/* A chip of its icon alone; whoever cannot see it hears its words. */
static bool sign_chip(struct home *h, rect r, const struct bar_chip *c) {
    float side = 18 * ui_text_scale(h->u);
    ui_fill(h->u, r, COLOR_CARD, r.h / 2);
    ui_outline(h->u, r, COLOR_LINE, r.h / 2, 1);
    ui_icon(h->u, rect_center(r, side, side), c->icon, COLOR_MUTE, false, side);
    return ui_tap_area(h->u, r, c->label);
}

static struct intent one_chip(struct home *h, rect r, const struct bar_chip *c) {
    struct intent in = {0};
    ui_push_text(h->u, c->key);
    bool tapped = c->caret  ? caret_chip(h, r, c)
                  : c->sign ? sign_chip(h, r, c)
                            : ui_chip(h->u, r, c->label, c->icon, false);
    if (tapped) in = chip_intent(h, c->key);
    ui_pop(h->u);
    return in;
}

static void brand(struct home *h, rect *row, float w) {
    rect r = rect_cut_left(row, w);
    ui_icon(h->u, rect_cut_left(&r, LAMP_DP), ICON_LAMP_PENDANT, COLOR_AMBER, true, LAMP_DP);
    rect_cut_left(&r, 10);
    if (w <= LAMP_DP) return;
    ui_label(h->u, r, WORD(h->s, "common.title"),
             &(struct label){.font = FONT_H2, .middle = true, .lines_max = 1});
}

/* Everything in one row: service and clock at the left, sending and holder at the right. */
static struct intent one_row(struct home *h, rect row, const struct bar_chip *c, int n,
                             float high) {
    struct intent in = {0};
    for (int i = 0; i < n; i++) {
        bool right = text_equal(c[i].key, "send") || text_equal(c[i].key, "holder");
        if (right) continue;
        rect_cut_left(&row, GAP_DP);
        rect r = rect_cut_left(&row, c[i].w);
        in = either(in, one_chip(h, rect_center(r, r.w, high), &c[i]));
    }
    for (int i = n; i > 0; i--) {
        const struct bar_chip *k = &c[i - 1];
        if (!text_equal(k->key, "send") && !text_equal(k->key, "holder")) continue;
        rect r = rect_cut_right(&row, k->w);
        rect_cut_right(&row, GAP_DP);
        in = either(in, one_chip(h, rect_center(r, r.w, high), k));
    }
    return in;
}

/* How many rows below the first one the chips would take. */
static int rows_below(float first, float most, const struct bar_chip *c, int n) {
    int rows = 0;
    float left = first;
    for (int i = 0; i < n; i++) {
        float w = c[i].w > most ? most : c[i].w;
        if (w > left) rows++, left = most;
        left -= w + CHIP_GAP;
    }
    return rows;
}

/* Says less: the lamp is enough of a name, the hour enough of a time, a sign enough of the
 * sending. */
static void say_less(struct home *h, struct bar_chip *c, int n, enum says says) {
    struct ui *u = h->u;
    for (int i = 0; i < n; i++) {
        if (says >= SAYS_HOUR && text_equal(c[i].key, "clock")) {
            c[i].label = time_hm(ui_arena(u), h->s->wall_ms);
            c[i].w = ui_chip_width(u, c[i].label, c[i].icon);
        }
        if (says >= SAYS_SIGNS && text_equal(c[i].key, "send") &&
            (h->s->sample || !h->m->unsent)) {
            c[i].sign = true;
            c[i].w = ui_theme(u)->touch_min;
        }
    }
    if (says == SAYS_LEAST && n == CHIPS) { /* the two short ones stand beside the lamp */
        struct bar_chip service = c[CHIP_SERVICE];
        c[0] = c[CHIP_CLOCK];
        c[1] = c[CHIP_SEND];
        c[2] = service;
    }
}

/* On narrow windows the chips begin beside the lamp and flow on below it, line by line. */
static struct intent flow(struct home *h, rect row, rect *area, struct bar_chip *c, int n,
                          float high) {
    struct intent in = {0};
    float pad = h->width == WIDTH_PHONE ? 16 : 24, most = area->w - 2 * pad;
    float name_w = ui_text_width(h->u, FONT_H2, WORD(h->s, "common.title")) + LAMP_DP + 12;
    enum says says = SAYS_ALL;
    while (says < SAYS_LEAST &&
           rows_below(row.w - GAP_DP - (says ? LAMP_DP : name_w), most, c, n) >= ROWS)
        say_less(h, c, n, ++says);
    brand(h, &row, says ? LAMP_DP : name_w);
    float x = row.x + GAP_DP, right = row.x + row.w, y = row.y + (row.h - high) / 2;
    bool below = false;
    for (int i = 0; i < n; i++) {
        float w = c[i].w > most ? most : c[i].w;
        if (x + w > right) {
            if (below) rect_cut_top(area, high + CHIP_GAP);
            below = true;
            x = area->x + pad;
            y = area->y;
            right = area->x + area->w - pad;
        }
        in = either(in, one_chip(h, rect_make(x, y, w, high), &c[i]));
        x += w + CHIP_GAP;
    }
    if (below) rect_cut_top(area, high + GAP_DP);
    return in;
}

struct intent home_bar(struct home *h, rect *area) {
    struct bar_chip c[CHIPS];
    struct ui *u = h->u;
    int n = make_chips(h, c);
    float name_w = ui_text_width(u, FONT_H2, WORD(h->s, "common.title")) + LAMP_DP + 12;
    float high = ui_line_height(u, FONT_TAG) + 18, total = name_w + 48 + COVER_DP;
    float bar_h = ui_line_height(u, FONT_H2) + 20;
    if (high < CHIP_DP) high = CHIP_DP;
    if (bar_h < BAR_DP) bar_h = BAR_DP;
    for (int i = 0; i < n; i++)
        total += c[i].w + GAP_DP;
    rect row = rect_cut_top(area, bar_h);
    struct intent in = {0};
    if (h->s->left_hand) {
        rect_cut_left(&row, COVER_DP);
    } else {
        rect_cut_right(&row, COVER_DP);
    }
    rect_cut_left(&row, h->width == WIDTH_PHONE ? 16 : 24);
    if (total <= area->w) {
        brand(h, &row, name_w);
        in = one_row(h, row, c, n, high);
    } else {
        in = flow(h, row, area, c, n, high);
    }
    ui_line(u, area->x, area->y, area->x + area->w, area->y, COLOR_LINE, 1);
    return in;
}
