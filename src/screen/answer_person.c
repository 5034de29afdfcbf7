/* answer_person.c -- someone on shift, from the service's own list, by role. */
#include "screen/answer.h"

#include "base/text.h"

#define OFFERED_MAX 40

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const struct walk_model *m = at->m;
    const char *labels[OFFERED_MAX];
    bool on[OFFERED_MAX];
    int n = m->people_count < OFFERED_MAX ? m->people_count : OFFERED_MAX;
    int64_t chosen = at->part->answer ? at->part->answer->person : 0;
    for (int i = 0; i < n; i++) {
        labels[i] = m->people[i].label;
        on[i] = m->people[i].row == chosen;
    }
    if (!n) {
        part_text(u, area, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  WORD(at->s, "answer.nobody_listed"));
        rect_cut_top(area, ui_theme(u)->gap);
        return (struct intent){0};
    }
    int tapped = part_chips(u, area, "people", labels, on, n);
    if (tapped < 0) return (struct intent){0};
    struct answer_intent *a;
    struct intent in = answer_say(u, at, &a);
    a->set_person = true;
    a->person = on[tapped] ? 0 : m->people[tapped].row;
    a->set_text = true; /* the label as it was that night; the list may change */
    a->text = on[tapped] ? "" : labels[tapped];
    return in;
}

const struct answer_kind answer_PERSON = {.draw = draw};
