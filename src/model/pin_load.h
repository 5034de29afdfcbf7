/* pin_load.h -- fills struct pin_model. */
#ifndef MODEL_PIN_LOAD_H
#define MODEL_PIN_LOAD_H

#include "model/context.h"
#include "model/pin_model.h"

enum status pin_load(const struct load_context *c, struct arena *a, const void **out);

#endif
