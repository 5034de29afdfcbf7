/* answer_choice.c -- one of the form's own choices; one that is a finding looks like one when
 * it is chosen. */
#include "screen/answer.h"

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const struct part *p = at->part->part;
    struct answer_word w[CHOICES_MAX];
    for (int i = 0; i < p->choices_count; i++) {
        const struct choice *c = &p->choices[i];
        w[i] = (struct answer_word){.word = c->id,
                                    .label = c->text,
                                    .role = c->bad ? BUTTON_NOT_MET : BUTTON_MAIN,
                                    .plain = true};
    }
    return answer_words(u, at, area, w, p->choices_count);
}

const struct answer_kind answer_CHOICE = {.draw = draw};
