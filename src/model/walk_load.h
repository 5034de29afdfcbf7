/* walk_load.h -- reads one check for the walk screen (place.row: the visit). */
#ifndef MODEL_WALK_LOAD_H
#define MODEL_WALK_LOAD_H

#include "model/context.h"
#include "model/walk_model.h"

/* *out is a struct walk_model; one without a visit when the place names none that is known. */
MUST_CHECK enum status walk_load(const struct load_context *c, struct arena *a,
                                 const void **out);
#endif
