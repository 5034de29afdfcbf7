/* action_pieces.h -- the pieces of one action's screen. Seen by action*.c only. */
#ifndef SCREEN_ACTION_PIECES_H
#define SCREEN_ACTION_PIECES_H

#include "model/action_model.h"
#include "screen/action_line.h"
#include "screen/evidence_part.h"

struct action_state_of_screen {
    int32_t sheet; /* 1: choosing a new date */
    int32_t weeks_on;
};
struct action_view {
    struct ui *u;
    const struct scene *s;
    const struct action_model *m;
    struct action_state_of_screen *state;
};
/* The one main thing to do next, by its state: the top bar has it. NULL: none. */
const char *action_next_step(const struct action_model *m);
struct intent action_facts_card(struct action_view *v, rect *area);
/* The place as it was found and as it is, and the way to one more photo of it. */
struct intent action_place_card(struct action_view *v, rect *area);
void action_why_card(struct action_view *v, rect *area);
void action_timeline(struct action_view *v, rect *area);
/* What can be said about it now: field and buttons. */
struct intent action_says(struct action_view *v, rect *area);
/* A check of this action alone: an independent one, or another look weeks later. */
struct intent action_checks(struct action_view *v, rect *area);
/* One step; its words come from the field, which becomes part of the record. */
struct intent action_step_intent(struct action_view *v, const char *sort, int64_t due);
/* A tag and words beside it. */
void action_tag_line(struct ui *u, rect *area, const char *tag, enum color ink,
                     enum color ground, const char *text);

#endif
