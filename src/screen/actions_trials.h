/* actions_trials.h -- what is being tried out, above the actions. */
#ifndef SCREEN_ACTIONS_TRIALS_H
#define SCREEN_ACTIONS_TRIALS_H

#include "model/trial_model.h"
#include "screen/part.h"

struct intent actions_trials(struct ui *u, const struct scene *s, rect *area,
                             const struct trial *all, int count);

#endif
