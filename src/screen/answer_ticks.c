/* answer_ticks.c -- several of the form's choices, a tap each. */
#include "screen/answer.h"

#include "base/text.h"

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const struct part *p = at->part->part;
    const char *labels[CHOICES_MAX], *list = answer_value_of(at)->list;
    bool on[CHOICES_MAX];
    for (int i = 0; i < p->choices_count; i++) {
        labels[i] = p->choices[i].text;
        on[i] = answer_list_has(list, p->choices[i].id);
    }
    int tapped = part_chips(u, area, "ticks", labels, on, p->choices_count);
    if (tapped < 0) return (struct intent){0};
    return answer_list(u, at, answer_list_toggle(ui_arena(u), list, p->choices[tapped].id));
}

const struct answer_kind answer_TICKS = {.draw = draw};
