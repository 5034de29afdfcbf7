/* heard_staff.c -- a worker speaks: who may read this comes before any text box. Until this
 * tablet can lock what it keeps, the only route that works keeps nothing and shows whom to ring
 * (PEOPLE.md, Someone who is afraid). */
#include "screen/heard_pieces.h"

#include "base/text.h"
#include "screen/ring_list.h"

static void routes(struct heard *v, rect *in) {
    static const char *const keys[3] = {"heard.route_provider", "heard.route_named",
                                        "heard.route_no_record"};
    for (int i = 0; i < 3; i++) {
        bool works = i == 2, now = v->state->route == i + 1;
        struct button b = {.label = WORD(v->s, keys[i]),
                           .sub = works ? NULL : WORD(v->s, "heard.route_not_yet"),
                           .key = keys[i],
                           .icon = works ? ICON_PHONE : ICON_LOCK,
                           .role = now ? BUTTON_MAIN : BUTTON_PLAIN,
                           .selected = now,
                           .disabled = !works,
                           .align = ALIGN_LEFT};
        float h = ui_button_height(v->u, &b, in->w, ui_theme(v->u)->touch_answer);
        if (ui_button(v->u, rect_cut_top(in, h), &b)) v->state->route = i + 1;
        rect_cut_top(in, ui_theme(v->u)->touch_between);
    }
}

struct intent heard_staff(struct heard *v, rect *area) {
    struct ui *u = v->u;
    struct card card;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(v->s, "heard.staff_promise"));
    rect_cut_top(&in, 8);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(v->s, "heard.staff_outside"));
    rect_cut_top(&in, 20);
    part_text(u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "heard.who_may_read"));
    rect_cut_top(&in, 12);
    routes(v, &in);
    if (v->state->route)
        part_text(u, &in, FONT_BODY, COLOR_MET, COLOR_CARD,
                  WORD(v->s, "heard.route_kept_nothing"));
    part_card_end(u, area, &card, in);
    in = part_card_begin(u, area, &card, v->state->route ? COLOR_PRIMARY : COLOR_LINE);
    part_text(u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "heard.speak_up"));
    rect_cut_top(&in, 12);
    if (!text_blank(v->m->speak_up)) {
        part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD,
                  SAY(u, v->s, "heard.speak_up_line", v->m->speak_up));
        rect_cut_top(&in, 12);
    }
    ring_list(u, v->s, &in, v->m->ring, v->m->ring_count, COLOR_CARD);
    if (!v->m->ring_count && text_blank(v->m->speak_up))
        part_text(u, &in, FONT_BODY, COLOR_PARTLY, COLOR_CARD, WORD(v->s, "saw.no_contacts"));
    part_card_end(u, area, &card, in);
    return heard_risk(v, area);
}
