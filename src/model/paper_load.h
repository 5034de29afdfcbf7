/* paper_load.h -- loads paper_model.h. */
#ifndef MODEL_PAPER_LOAD_H
#define MODEL_PAPER_LOAD_H

#include "model/paper_model.h"
#include "model/context.h"

MUST_CHECK enum status paper_load(const struct load_context *c, struct arena *a, const void **out);

#endif
