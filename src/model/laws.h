/* laws.h -- regulation ids by comma ("RA2014-12,RA2014-18") as numbers and titles. */
#ifndef MODEL_LAWS_H
#define MODEL_LAWS_H

#include "care/framework.h"
#include "model/action_model.h"

/* Fills at most ACTION_LAWS_MOST; an id that this framework does not know shows as itself.
 * Returns how many. */
int laws_of(const struct framework *f, const char *by_comma, struct arena *a,
            struct action_law out[ACTION_LAWS_MOST]);

#endif
