/* home.c -- Home: where one is, what fits the hour, what was begun, what is to be put right.
 * Journey: the first screen and the last; everything starts here and comes back here. */
#include "screen/home_pieces.h"

#include "base/text.h"

#define ACTIONS_DP 400.0F

/* After unlocking: what is not there yet comes by itself, and nobody has to wait for it. */
static void loading(struct home *h, rect *area) {
    if (!h->s->sealed || h->s->loading >= 1) return;
    const char *says = WORD(h->s, "home.loading");
    float line = ui_text_height(h->u, FONT_SMALL, says, area->w), part = (float)h->s->loading;
    ui_label(h->u, rect_cut_top(area, line + 6), says,
             &(struct label){.font = FONT_SMALL, .color = COLOR_MUTE});
    ui_bar(h->u, rect_cut_top(area, 4), &(struct segment){part, COLOR_AMBER}, 1, COLOR_NA_SOFT,
           says);
    rect_cut_top(area, 16);
}

static struct intent columns(struct home *h, rect area) {
    float pad = ui_theme(h->u)->screen_pad, wide = ACTIONS_DP * ui_text_scale(h->u);
    if (wide > area.w * 0.4F) wide = area.w * 0.4F;
    rect body = rect_inset(area, pad, pad), right, column;
    right = h->s->left_hand ? rect_cut_left(&body, wide) : rect_cut_right(&body, wide);
    if (h->s->left_hand) {
        rect_cut_left(&body, pad);
    } else {
        rect_cut_right(&body, pad);
    }
    rect view = rect_make(body.x, area.y, body.w, area.h);
    column = ui_scroll_begin(h->u, view, "home");
    float top = column.y;
    rect_cut_top(&column, pad);
    loading(h, &column);
    struct intent in = home_alerts(h, &column);
    in = either(in, home_cards(h, &column));
    in = either(in, home_carry_on(h, &column));
    in = either(in, home_links(h, &column));
    ui_scroll_end(h->u, column.y - top + pad);
    return either(in, home_actions(h, &right, true));
}

static struct intent one_column(struct home *h, rect area) {
    float pad = h->width == WIDTH_PHONE ? 16 : ui_theme(h->u)->screen_pad;
    rect view = rect_inset(area, pad, 0);
    rect column = ui_scroll_begin(h->u, view, "home");
    float top = column.y;
    rect_cut_top(&column, pad);
    loading(h, &column);
    struct intent in = home_alerts(h, &column);
    in = either(in, home_cards(h, &column));
    in = either(in, home_carry_on(h, &column));
    in = either(in, home_actions(h, &column, false));
    in = either(in, home_links(h, &column));
    ui_scroll_end(h->u, column.y - top + pad);
    return in;
}

static struct intent empty(struct home *h, rect area) {
    float pad = h->width == WIDTH_PHONE ? 16 : ui_theme(h->u)->screen_pad;
    rect view = rect_inset(area, pad, 0);
    rect column = ui_scroll_begin(h->u, view, "home");
    float top = column.y;
    if (column.w > 720)
        column = rect_make(column.x + (column.w - 720) / 2, column.y, 720, column.h);
    rect_cut_top(&column, pad);
    struct intent in = home_empty(h, &column);
    ui_scroll_end(h->u, column.y - top + pad);
    return in;
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    struct home h = {.u = u, .s = s, .m = model, .state = state, .width = part_width(u, area)};
    struct intent in = home_bar(&h, &area);
    if (!h.m->service) {
        in = either(in, empty(&h, area));
    } else if (h.width == WIDTH_WIDE) {
        in = either(in, columns(&h, area));
    } else {
        in = either(in, one_column(&h, area));
    }
    return either(in, home_sheets(&h));
}

const struct screen screen_home = {
    .name = "home", .state_size = sizeof(struct home_state), .draw = draw};
