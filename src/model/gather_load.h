/* gather_load.h -- reads what a form that is no walk comes to. Called by walk_load, when the
 * sections stand. */
#ifndef MODEL_GATHER_LOAD_H
#define MODEL_GATHER_LOAD_H

#include "model/context.h"
#include "model/walk_model.h"

MUST_CHECK enum status gather_load(const struct load_context *c, struct arena *a,
                                   const struct walk_model *m, const struct gather **out);

#endif
