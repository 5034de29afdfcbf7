/* morning_load.h -- the model of the morning screen is struct found (found_model.h). */
#ifndef MODEL_MORNING_LOAD_H
#define MODEL_MORNING_LOAD_H

#include "model/context.h"

enum status morning_load(const struct load_context *c, struct arena *a, const void **out);

#endif
