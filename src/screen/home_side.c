/* home_side.c -- the actions of this service by urgency, and the ways to what is not done every
 * day. */
#include "screen/home_pieces.h"

#include "base/text.h"

static struct intent list(struct home *h, rect *in) {
    struct intent out = {0};
    for (int i = 0; i < h->m->actions_shown; i++) {
        rect_cut_top(in, 8);
        if (action_line(h->u, h->s, in, &h->m->actions[i], COLOR_CARD))
            out = part_go(SCREEN_action, h->m->actions[i].id, 0, NULL);
    }
    if (!h->m->actions_shown)
        part_text(h->u, in, FONT_BODY, COLOR_MUTE, COLOR_CARD, WORD(h->s, "home.no_actions"));
    return out;
}

static void heading(struct home *h, rect *in) {
    struct ui *u = h->u;
    float high = ui_line_height(u, FONT_H2) + 8;
    rect row = rect_cut_top(in, high), right = row;
    const char *title = WORD(h->s, "home.actions");
    rect_cut_left(&right, ui_text_width(u, FONT_H2, title) + 12);
    ui_label(
        u, row, title,
        &(struct label){.font = FONT_H2, .ground = COLOR_CARD, .middle = true, .lines_max = 1});
    if (ui_text_width(u, FONT_SMALL, h->m->service_name) <= right.w)
        ui_label(u, right, h->m->service_name,
                 &(struct label){.font = FONT_SMALL,
                                 .color = COLOR_MUTE,
                                 .ground = COLOR_CARD,
                                 .align = ALIGN_RIGHT,
                                 .middle = true,
                                 .lines_max = 1});
}

static struct intent see_all(struct home *h, rect *in, bool at_bottom) {
    struct arena *f = ui_arena(h->u);
    const char *label = h->m->actions_alive
                            ? SAY(h->u, h->s, "home.see_all", int_text(f, h->m->actions_alive))
                            : WORD(h->s, "home.see_actions");
    struct button b = {
        .label = label, .key = "see_all", .icon = ICON_ARROW_RIGHT, .icon_after = true};
    float high = ui_button_height(h->u, &b, in->w, ui_theme(h->u)->touch_primary);
    rect r = at_bottom ? rect_cut_bottom(in, high) : rect_cut_top(in, high);
    return ui_button(h->u, r, &b) ? part_go(SCREEN_actions, 0, 0, "all") : (struct intent){0};
}

struct intent home_actions(struct home *h, rect *area, bool whole_height) {
    struct ui *u = h->u;
    struct intent in = {0};
    if (!whole_height) {
        struct card card;
        rect inside = part_card_begin(u, area, &card, COLOR_LINE);
        heading(h, &inside);
        in = list(h, &inside);
        rect_cut_top(&inside, 20);
        in = either(in, see_all(h, &inside, false));
        part_card_end(u, area, &card, inside);
        return in;
    }
    ui_card(u, *area, COLOR_LINE, 1);
    rect inside = rect_inset(*area, 22, 22);
    heading(h, &inside);
    in = see_all(h, &inside, true);
    rect_cut_bottom(&inside, 12);
    rect column = ui_scroll_begin(u, inside, "actions");
    float top = column.y;
    in = either(in, list(h, &column));
    ui_scroll_end(u, column.y - top);
    return in;
}

struct intent home_links(struct home *h, rect *area) {
    const struct home_model *m = h->m;
    struct option o[5];
    struct intent to[5];
    int n = 0;
    if (m->last_visit) {
        o[n] = (struct option){
            .label = WORD(h->s, "home.morning"), .icon = ICON_SUN, .small = true};
        to[n++] = part_go(SCREEN_morning, m->last_visit, 0, NULL);
    }
    o[n] =
        (struct option){.label = WORD(h->s, "home.past"), .icon = ICON_ARCHIVE, .small = true};
    to[n++] = part_go(SCREEN_past, 0, 0, NULL);
    o[n] =
        (struct option){.label = WORD(h->s, "ratings.link"), .icon = ICON_STAR, .small = true};
    to[n++] = part_go(SCREEN_ratings, 0, 0, NULL);
    o[n] = (struct option){
        .label = WORD(h->s, "home.identity"), .icon = ICON_IDENTIFICATION_CARD, .small = true};
    to[n++] = part_go(SCREEN_identity, 0, 0, NULL);
    o[n] =
        (struct option){.label = WORD(h->s, "home.settings"), .icon = ICON_GEAR, .small = true};
    to[n++] = part_go(SCREEN_settings, 0, 0, NULL);
    int tapped = part_options(h->u, area, "links", o, n, -1, ui_theme(h->u)->touch_primary);
    return tapped >= 0 ? to[tapped] : (struct intent){0};
}
