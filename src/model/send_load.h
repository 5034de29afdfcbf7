/* send_load.h -- see send_model.h. */
#ifndef MODEL_SEND_LOAD_H
#define MODEL_SEND_LOAD_H

#include "model/context.h"

enum status send_load(const struct load_context *c, struct arena *a, const void **out);

#endif
