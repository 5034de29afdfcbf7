/* action_load.h -- the loader of one action: place.row. */
#ifndef MODEL_ACTION_LOAD_H
#define MODEL_ACTION_LOAD_H

#include "model/context.h"

MUST_CHECK enum status action_load(const struct load_context *c, struct arena *a,
                                   const void **out);

#endif
