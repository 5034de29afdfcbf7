/* answer_number.c -- one number with its unit and bounds, kept in thousandths. */
#include "screen/answer.h"

#include "base/text.h"

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const struct part *p = at->part->part;
    const struct answer_value *v = answer_value_of(at);
    const char *key = answer_key(u, at, "number");
    struct stepped s =
        answer_stepper(u, at->s, area,
                       &(struct stepper){.key = key,
                                         .name = *p->text ? p->text : at->item->item->text,
                                         .unit = p->unit,
                                         .now = v->number,
                                         .said = v->has_number,
                                         .step = 1000,
                                         .scale = 1000,
                                         .least = p->least,
                                         .most = p->most,
                                         .bounded = p->bounded,
                                         .decimals = true});
    if (s.wrong) {
        const char *why = p->bounded ? SAY(u, at->s, "answer.number_between",
                                           answer_decimal(ui_arena(u), p->least),
                                           answer_decimal(ui_arena(u), p->most))
                                     : WORD(at->s, "answer.number_only");
        part_text(u, area, FONT_SMALL, COLOR_NOT_MET, COLOR_CARD, why);
        rect_cut_top(area, ui_theme(u)->unit);
    }
    if (!s.tapped) return (struct intent){0};
    struct intent in = answer_number(u, at, s.number);
    in.draft = key;
    return in;
}

const struct answer_kind answer_NUMBER = {.draw = draw};
