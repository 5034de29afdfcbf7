/* settings_load.h -- see settings_model.h. */
#ifndef MODEL_SETTINGS_LOAD_H
#define MODEL_SETTINGS_LOAD_H

#include "model/context.h"

enum status settings_load(const struct load_context *c, struct arena *a, const void **out);

#endif
