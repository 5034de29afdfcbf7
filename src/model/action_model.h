/* action_model.h -- one action with its whole history. */
#ifndef MODEL_ACTION_MODEL_H
#define MODEL_ACTION_MODEL_H

#include "model/action_row_model.h"
#include "model/erased_model.h"
#include "model/evidence_model.h"

struct action_moment {
    const char *sort;            /* of the record kind `step`; "raised" for the first */
    const char *text, *by, *who; /* by: who held the tablet; who: who said so */
    int64_t at, due;
    bool at_night, unannounced;
    int weeks;
};
struct action_law {
    const char *number, *title;
};
#define ACTION_LAWS_MOST 8
struct action_model {
    int64_t id, service, visit; /* visit: the check under way */
    struct action_row row;
    const char *measure, *baseline, *why, *area, *item; /* item: its words */
    const char *question, *statement;                   /* "Safe", the statement's name */
    struct action_law laws[ACTION_LAWS_MOST];
    int laws_count, times_found, next_look_weeks;
    bool found_at_night, night, outside;
    const struct action_moment *moments;
    int moments_count;
    int64_t due_choices[3]; /* before tonight, this week, this month: for moving the date */
    struct erased_list erased, source_erased; /* the action itself; what it came from */
    struct evidence_list evidence;            /* photos of its place */
    const char *proof_code, *retest_code; /* forms for a check of it alone, "" none */
    int64_t check_open;                   /* such a check under way, 0 none */
    int lasted_weeks;                         /* since it was seen working, -1 not yet */
};

#endif
