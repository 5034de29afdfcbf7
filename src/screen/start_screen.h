/* start_screen.h -- what the files of the start screen share: choices made so far and the frame
 * being drawn. */
#ifndef SCREEN_START_SCREEN_H
#define SCREEN_START_SCREEN_H

#include "model/start_model.h"
#include "screen/part.h"

struct start_state {
    char code[16], length[16];
    uint32_t modules;
    int32_t modules_chosen; /* by hand; else as proposed */
    int32_t told;           /* 0 by the form's default, 1 unannounced, 2 they know */
    int32_t reason, all_forms, group, join; /* group: the one unfolded, from 1; 0 none */
    int32_t entered;                        /* drawn once: began at its top */
    int64_t in_charge;
    char place[16]; /* sort of the area one stands in, "" not said */
};
struct start_draw {
    struct ui *u;
    const struct scene *s;
    const struct start_model *m;
    struct start_state *st;
    struct proposal proposed[PROPOSALS_MOST];
    int proposed_count;
    struct intent out;
};

const struct start_form *start_chosen(const struct start_draw *w); /* NULL: no forms */
const struct form_length *start_length(
    const struct start_draw *w); /* NULL: the form has none */
uint32_t start_modules(const struct start_draw *w);
bool start_unannounced(const struct start_draw *w);
/* Everything chosen so far, ready to begin; in_charge_text from the field. */
struct start_intent *start_what(struct start_draw *w);
void start_section(struct start_draw *w, rect *area, const char *key);
void start_propose(struct start_draw *w); /* first of all in a frame: start_chosen goes by it */
void start_forms(struct start_draw *w, rect *area);
void start_more(struct start_draw *w,
                rect *area); /* places, search, groups, a form of one's own */
void start_choose(struct start_draw *w, const struct start_form *f);
bool start_form_button(struct start_draw *w, rect *area, const struct start_form *f,
                       const char *says, bool on);
void start_lengths(struct start_draw *w, rect *area);
void start_join(struct start_draw *w, rect *area);

#endif
