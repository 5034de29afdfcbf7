/* show_load.h -- the model of the show screen is struct found (found_model.h). */
#ifndef MODEL_SHOW_LOAD_H
#define MODEL_SHOW_LOAD_H

#include "model/context.h"

enum status show_load(const struct load_context *c, struct arena *a, const void **out);

#endif
