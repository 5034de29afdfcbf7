/* actions_load.h -- the loader of Actions: place.word is the filter, place.other the first row
 * of the window. */
#ifndef MODEL_ACTIONS_LOAD_H
#define MODEL_ACTIONS_LOAD_H

#include "model/context.h"

MUST_CHECK enum status actions_load(const struct load_context *c, struct arena *a,
                                    const void **out);

#endif
