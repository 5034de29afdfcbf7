/* finish_load.h -- the model of the finish screen is struct found (found_model.h). */
#ifndef MODEL_FINISH_LOAD_H
#define MODEL_FINISH_LOAD_H

#include "model/context.h"

enum status finish_load(const struct load_context *c, struct arena *a, const void **out);

#endif
