/* home_load.h -- the loader of Home. */
#ifndef MODEL_HOME_LOAD_H
#define MODEL_HOME_LOAD_H

#include "model/context.h"

MUST_CHECK enum status home_load(const struct load_context *c, struct arena *a,
                                 const void **out);

#endif
