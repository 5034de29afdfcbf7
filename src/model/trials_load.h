/* trials_load.h -- things tried out at a service: until when each runs, and what was decided.
 *
 * Journey: checks of use "pilot" → here → the actions page, which reminds of a trial whose end
 * has come; the pages of the check itself. */
#ifndef MODEL_TRIALS_LOAD_H
#define MODEL_TRIALS_LOAD_H

#include "model/context.h"
#include "model/trial_model.h"

/* Newest first; those decided more than a quarter of a year ago are over. */
MUST_CHECK enum status trials_read(const struct load_context *c, struct arena *a,
                                   row_id service, struct trial **out, int *count);
MUST_CHECK enum status trial_of_visit(const struct load_context *c, struct arena *a,
                                      row_id visit, struct trial *out);

#endif
