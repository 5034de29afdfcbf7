/* past_load.h -- see past_model.h. */
#ifndef MODEL_PAST_LOAD_H
#define MODEL_PAST_LOAD_H

#include "model/context.h"

enum status past_load(const struct load_context *c, struct arena *a, const void **out);

#endif
