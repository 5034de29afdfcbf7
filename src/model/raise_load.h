/* raise_load.h -- the loader of Raise an action: place.row visit, place.word item id,
 * place.other the answer, observation or feedback it comes from. */
#ifndef MODEL_RAISE_LOAD_H
#define MODEL_RAISE_LOAD_H

#include "model/context.h"

MUST_CHECK enum status raise_load(const struct load_context *c, struct arena *a,
                                  const void **out);

#endif
