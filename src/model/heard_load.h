/* heard_load.h -- the loader of Heard something: place.row visit, 0 outside a check. */
#ifndef MODEL_HEARD_LOAD_H
#define MODEL_HEARD_LOAD_H

#include "model/context.h"

MUST_CHECK enum status heard_load(const struct load_context *c, struct arena *a,
                                  const void **out);

#endif
