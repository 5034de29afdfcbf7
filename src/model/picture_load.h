/* picture_load.h -- loads picture_model.h. */
#ifndef MODEL_PICTURE_LOAD_H
#define MODEL_PICTURE_LOAD_H

#include "model/picture_model.h"
#include "model/context.h"

MUST_CHECK enum status picture_load(const struct load_context *c, struct arena *a, const void **out);

#endif
