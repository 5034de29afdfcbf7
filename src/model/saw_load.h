/* saw_load.h -- the loader of Saw something: place.row visit (0: outside a check), place.word
 * item id, place.word2 statement codes by comma. */
#ifndef MODEL_SAW_LOAD_H
#define MODEL_SAW_LOAD_H

#include "model/context.h"

MUST_CHECK enum status saw_load(const struct load_context *c, struct arena *a,
                                const void **out);

#endif
