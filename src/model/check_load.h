/* check_load.h -- the model of the check screen is struct found (found_model.h). */
#ifndef MODEL_CHECK_LOAD_H
#define MODEL_CHECK_LOAD_H

#include "model/context.h"

enum status check_load(const struct load_context *c, struct arena *a, const void **out);

#endif
