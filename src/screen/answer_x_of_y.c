/* answer_x_of_y.c -- so many of so many. Few are tapped at once; how many were looked at can be
 * changed below. */
#include "screen/answer.h"

#define TAPPED_MOST 10

static struct intent say(struct ui *u, const struct answer_at *at, int64_t number, int64_t of,
                         bool with_number) {
    struct answer_intent *a;
    struct intent in = answer_say(u, at, &a);
    a->set_number = with_number;
    a->number = number > of ? of : number;
    a->set_of = true;
    a->of = of;
    in.draft = answer_key(u, at, "of");
    return in;
}

static struct intent tap_number(struct ui *u, const struct answer_at *at, rect *area,
                                int64_t of) {
    const struct answer_value *v = answer_value_of(at);
    struct option o[TAPPED_MOST + 1];
    for (int i = 0; i <= of; i++) {
        o[i] = (struct option){.label = arena_printf(ui_arena(u), "%d", i),
                               .role = i == of  ? BUTTON_MET
                                       : i == 0 ? BUTTON_NOT_MET
                                                : BUTTON_PARTLY};
    }
    int selected = v->has_number && v->number <= of ? (int)v->number : -1;
    int tapped =
        part_options(u, area, "number", o, (int)of + 1, selected, ui_theme(u)->touch_answer);
    return tapped < 0 ? (struct intent){0} : say(u, at, tapped, of, true);
}

static struct intent step_number(struct ui *u, const struct answer_at *at, rect *area,
                                 int64_t of) {
    const struct answer_value *v = answer_value_of(at);
    struct stepped n = answer_stepper(u, at->s, area,
                                      &(struct stepper){.key = answer_key(u, at, "number"),
                                                        .name = WORD(at->s, "answer.how_many"),
                                                        .now = v->number,
                                                        .said = v->has_number,
                                                        .step = 1,
                                                        .scale = 1,
                                                        .bounded = true,
                                                        .most = of});
    if (!n.tapped) return (struct intent){0};
    struct intent in = say(u, at, n.number, of, true);
    in.draft = answer_key(u, at, "number");
    return in;
}

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const struct answer_value *v = answer_value_of(at);
    int64_t of = v->has_of ? v->of : at->part->part->of;
    struct intent in = {0};
    if (of > 0) {
        in = of <= TAPPED_MOST ? tap_number(u, at, area, of) : step_number(u, at, area, of);
    }
    part_text(u, area, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(at->s, "answer.looked_at"));
    rect_cut_top(area, ui_theme(u)->unit);
    struct stepped y = answer_stepper(u, at->s, area,
                                      &(struct stepper){.key = answer_key(u, at, "of"),
                                                        .name = WORD(at->s, "answer.looked_at"),
                                                        .now = of,
                                                        .said = of > 0,
                                                        .step = 1,
                                                        .scale = 1,
                                                        .bounded = true,
                                                        .least = 1,
                                                        .most = 200});
    if (y.tapped && !in.kind) in = say(u, at, v->number, y.number, v->has_number);
    return in;
}

const struct answer_kind answer_X_OF_Y = {.draw = draw};
