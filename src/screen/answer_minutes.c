/* answer_minutes.c -- whole minutes, typed or stepped; kept in ms like every other length of
 * time. */
#include "screen/answer.h"

#define MINUTE_MS    60000
#define MINUTES_MOST (7 * 24 * 60)

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const struct part *p = at->part->part;
    const struct answer_value *v = answer_value_of(at);
    const char *key = answer_key(u, at, "number");
    struct stepped s = answer_stepper(
        u, at->s, area,
        &(struct stepper){.key = key,
                          .name = *p->text ? p->text : at->item->item->text,
                          .unit = WORD(at->s, "answer.minutes"),
                          .now = v->number,
                          .said = v->has_number,
                          .step = 5 * MINUTE_MS,
                          .scale = MINUTE_MS,
                          .bounded = true,
                          .least = p->bounded ? p->least : 0,
                          .most = p->bounded ? p->most : MINUTES_MOST * (int64_t)MINUTE_MS});
    if (s.wrong) {
        part_text(u, area, FONT_SMALL, COLOR_NOT_MET, COLOR_CARD,
                  WORD(at->s, "answer.number_only"));
        rect_cut_top(area, ui_theme(u)->unit);
    }
    if (!s.tapped) return (struct intent){0};
    struct intent in = answer_number(u, at, s.number);
    in.draft = key;
    return in;
}

const struct answer_kind answer_MINUTES = {.draw = draw};
