/* home_choose.c -- which service, who holds the tablet; and the empty Home of a new tablet,
 * which makes nothing up. */
#include "screen/home_pieces.h"

#include <strings.h>

#include "base/text.h"

bool home_add_field(struct home *h, rect *area, const char *key, const char *hint,
                    const char *button, const char **text) {
    struct ui *u = h->u;
    const struct theme *t = ui_theme(u);
    struct field f = {.key = key,
                      .hint = hint,
                      .name = hint,
                      .lines = 1,
                      .bytes_max = 200,
                      .ground = COLOR_CARD};
    struct button b = {.label = button, .key = key, .icon = ICON_PLUS};
    float bw = ui_button_width(u, &b);
    bool below = bw > area->w * 0.45F;
    float fw = below ? area->w : area->w - bw - t->gap, fh = ui_field_height(u, &f, fw);
    if (fh < t->touch_primary) fh = t->touch_primary;
    rect row = rect_cut_top(area, fh);
    rect field = rect_make(row.x, row.y, fw, row.h);
    struct field_result r = ui_field(u, field, &f);
    if (below) {
        rect_cut_top(area, t->gap);
        row = rect_cut_top(area, t->touch_primary);
    } else {
        rect_cut_left(&row, fw + t->gap);
    }
    b.disabled = text_blank(r.text);
    *text = r.text;
    bool tapped = ui_button(u, row, &b);
    rect_cut_top(area, t->gap);
    return (tapped || r.entered) && !text_blank(r.text);
}

static int64_t rows(struct home *h, rect *in, const struct home_choice *c, int n,
                    int64_t present) {
    const struct theme *t = ui_theme(h->u);
    int64_t chosen = 0;
    for (int i = 0; i < n; i++) {
        bool now = c[i].id == present;
        bool same = text_blank(c[i].sub) || strcasecmp(c[i].sub, c[i].label) == 0;
        struct button b = {.label = c[i].label,
                           .sub = same ? NULL : c[i].sub,
                           .key = "row",
                           .icon = now ? ICON_CHECK_CIRCLE : ICON_CIRCLE,
                           .icon_fill = now,
                           .role = BUTTON_ROW,
                           .selected = now};
        float high = ui_button_height(h->u, &b, in->w, t->touch_primary);
        rect r = rect_cut_top(in, high);
        ui_push(h->u, c[i].id);
        if (ui_button(h->u, r, &b)) chosen = c[i].id;
        ui_pop(h->u);
    }
    return chosen;
}

static struct intent sheet_body(struct home *h, rect *in) {
    const struct theme *t = ui_theme(h->u);
    struct ui *u = h->u;
    const char *text = "";
    bool services = h->state->sheet == HOME_SHEET_SERVICE;
    struct intent out = {0};
    if (services) {
        int64_t id = rows(h, in, h->m->services, h->m->services_count, h->m->service);
        if (id) out = (struct intent){.kind = INTENT_choose_service, .row = id};
        rect_cut_top(in, t->gap);
        if (home_add_field(h, in, HOME_NEW_SERVICE, WORD(h->s, "home.service_name"),
                           WORD(h->s, "home.add"), &text))
            out = (struct intent){
                .kind = INTENT_add_service, .text = text, .draft = HOME_NEW_SERVICE};
        return out;
    }
    int64_t id = rows(h, in, h->m->people, h->m->people_count, h->m->holder);
    if (id) out = (struct intent){.kind = INTENT_hold, .row = id};
    rect_cut_top(in, t->gap);
    if (home_add_field(h, in, HOME_NEW_HOLDER, WORD(h->s, "home.role"), WORD(h->s, "home.add"),
                       &text)) {
        out = (struct intent){.kind = INTENT_hold, .text = arena_strdup(ui_arena(u), text)};
        ui_field_set(u, HOME_NEW_HOLDER, "");
    }
    part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_BG, WORD(h->s, "home.role_note"));
    return out;
}

static float rows_height(struct home *h, const struct home_choice *c, int n) {
    float high = 0;
    for (int i = 0; i < n; i++)
        high += ui_button_height(h->u,
                                 &(struct button){.label = c[i].label,
                                                  .sub = text_blank(c[i].sub) ? NULL : c[i].sub,
                                                  .role = BUTTON_ROW},
                                 300, ui_theme(h->u)->touch_primary);
    return high;
}

struct intent home_sheets(struct home *h) {
    if (h->state->sheet == HOME_SHEET_NONE) return (struct intent){0};
    struct ui *u = h->u;
    const struct theme *t = ui_theme(u);
    bool closed = false, services = h->state->sheet == HOME_SHEET_SERVICE;
    float high = services ? rows_height(h, h->m->services, h->m->services_count)
                          : rows_height(h, h->m->people, h->m->people_count);
    high += 2 * t->touch_primary + 3 * t->gap + 2 * ui_line_height(u, FONT_SMALL);
    rect in = ui_sheet_begin(u, services ? "service" : "holder",
                             WORD(h->s, services ? "home.which_service" : "home.who_holds"),
                             high, &closed);
    struct intent out = sheet_body(h, &in);
    ui_sheet_end(u);
    if (closed || out.kind) h->state->sheet = HOME_SHEET_NONE;
    return out;
}

/* ---- the empty Home
 * -------------------------------------------------------------------------------------------
 */

static bool offer(struct home *h, rect *area, enum icon icon, const char *title,
                  const char *sub, const char *button, bool main) {
    struct ui *u = h->u;
    struct card card;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    rect row = in, left = rect_cut_left(&row, 48);
    ui_icon(u, rect_make(left.x, left.y, 32, 32), icon, COLOR_AMBER, false, 30);
    float top = row.y;
    part_text(u, &row, FONT_H3, COLOR_INK, COLOR_CARD, title);
    part_text(u, &row, FONT_SMALL, COLOR_MUTE, COLOR_CARD, sub);
    rect_cut_top(&in, row.y - top + ui_theme(u)->gap);
    struct button b = {.label = button, .role = main ? BUTTON_MAIN : BUTTON_PLAIN};
    bool tapped = ui_button(
        u, rect_cut_top(&in, ui_button_height(u, &b, in.w, ui_theme(u)->touch_primary)), &b);
    part_card_end(u, area, &card, in);
    return tapped;
}

struct intent home_empty(struct home *h, rect *area) {
    struct ui *u = h->u;
    const struct scene *s = h->s;
    const char *text = "";
    struct intent out = {0};
    part_text(u, area, FONT_H1, COLOR_INK, COLOR_BG, WORD(s, "home.empty"));
    rect_cut_top(area, 8);
    part_text(u, area, FONT_BODY, COLOR_MUTE, COLOR_BG, WORD(s, "home.empty_sub"));
    rect_cut_top(area, 24);
    if (offer(h, area, ICON_PACKAGE, WORD(s, "home.pack"), WORD(s, "home.pack_sub"),
              WORD(s, "home.pack_open"), true))
        out = part_go(SCREEN_send, 0, 0, "read");
    if (offer(h, area, ICON_LAMP_PENDANT, WORD(s, "home.try"), WORD(s, "home.try_sub"),
              WORD(s, "home.try_open"), false))
        out = (struct intent){.kind = INTENT_sample, .number = 1};
    struct card card;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    part_text(u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(s, "home.add_service"));
    part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(s, "home.add_service_sub"));
    rect_cut_top(&in, 12);
    if (home_add_field(h, &in, HOME_NEW_SERVICE, WORD(s, "home.service_name"),
                       WORD(s, "home.add"), &text))
        out = (struct intent){
            .kind = INTENT_add_service, .text = text, .draft = HOME_NEW_SERVICE};
    part_card_end(u, area, &card, in);
    return out;
}
