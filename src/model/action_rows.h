/* action_rows.h -- the actions of a service as lists show them: state by rule, dates after
 * moving, by urgency. Journey: tables action and step → care/rules.h → here → home_load,
 * actions_load, action_load. */
#ifndef MODEL_ACTION_ROWS_H
#define MODEL_ACTION_ROWS_H

#include "model/action_row_model.h"
#include "store/journal.h"

struct action_reader {
    struct journal *j;
    row_id service, holder, visit; /* visit: the check under way, 0 none */
    int64_t wall_ms;
    bool night, outside, unannounced;
};
struct action_reader action_reader(struct journal *j, row_id service, int64_t wall_ms,
                                   bool night);

/* What the rules need of one action; steps oldest first, in `a`. STATUS_NOT_FOUND when there is
 * none. */
MUST_CHECK enum status action_facts_read(struct journal *j, row_id action, struct arena *a,
                                         struct action_facts *out);
/* All actions of the service that are not restricted, most urgent first. */
MUST_CHECK enum status action_rows_read(const struct action_reader *r, struct arena *a,
                                        struct action_row **out, int *count);

#endif
