/* actions_model.h -- the actions of one service, filtered, most urgent first; a window of a
 * long list. */
#ifndef MODEL_ACTIONS_MODEL_H
#define MODEL_ACTIONS_MODEL_H

#include "model/action_row_model.h"
#include "model/trial_model.h"

#define ACTIONS_WINDOW 60
enum actions_filter {
    ACTIONS_ALL,
    ACTIONS_MINE,
    ACTIONS_OVERDUE,
    ACTIONS_VERIFY,
    ACTIONS_CLOSED,
    ACTIONS_FILTERS
};

struct actions_model {
    int64_t service;
    const char *service_name;
    bool holder_named;
    enum actions_filter filter;
    int counts[ACTIONS_FILTERS];
    const struct action_row *rows;
    int first, count, total; /* of the filter */
    const struct trial *trials;
    int trials_count;
};

#endif
