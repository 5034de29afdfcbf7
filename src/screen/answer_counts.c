/* answer_counts.c -- several whole numbers, each with its name. */
#include "screen/answer.h"

#define COUNT_MOST 10000

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const struct part *p = at->part->part;
    const char *list = answer_value_of(at)->list;
    struct intent in = {0};
    for (int i = 0; i < p->choices_count; i++) {
        const struct choice *c = &p->choices[i];
        bool said;
        int64_t n = answer_list_number(list, c->id, &said);
        const char *key = answer_key(u, at, c->id);
        part_text(u, area, FONT_BODY, COLOR_INK, COLOR_CARD, c->text);
        rect_cut_top(area, ui_theme(u)->unit);
        struct stepped s =
            answer_stepper(u, at->s, area,
                           &(struct stepper){.key = key,
                                             .name = c->text,
                                             .now = n,
                                             .said = said,
                                             .step = 1,
                                             .scale = 1,
                                             .bounded = true,
                                             .most = p->bounded ? p->most : COUNT_MOST});
        if (!s.tapped) continue;
        in = answer_list(u, at, answer_list_set(ui_arena(u), list, c->id, s.number));
        in.draft = key;
    }
    return in;
}

const struct answer_kind answer_COUNTS = {.draw = draw};
