/* answer_percent.c -- a share that stands in somebody's list, such as a training matrix: typed,
 * and never made from ticks. */
#include "screen/answer.h"

#define PERCENT 1000

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const struct part *p = at->part->part;
    const struct answer_value *v = answer_value_of(at);
    const char *key = answer_key(u, at, "number");
    struct stepped s =
        answer_stepper(u, at->s, area,
                       &(struct stepper){.key = key,
                                         .name = *p->text ? p->text : at->item->item->text,
                                         .unit = "%",
                                         .now = v->number,
                                         .said = v->has_number,
                                         .step = 5 * PERCENT,
                                         .scale = PERCENT,
                                         .least = 0,
                                         .most = 100 * PERCENT,
                                         .bounded = true,
                                         .decimals = true});
    if (s.wrong) {
        part_text(u, area, FONT_SMALL, COLOR_NOT_MET, COLOR_CARD,
                  SAY(u, at->s, "answer.number_between", "0", "100"));
        rect_cut_top(area, ui_theme(u)->unit);
    }
    if (!s.tapped) return (struct intent){0};
    struct intent in = answer_number(u, at, s.number);
    in.draft = key;
    return in;
}

const struct answer_kind answer_PERCENT = {.draw = draw};
