/* camera_load.h -- loads camera_model.h. */
#ifndef MODEL_CAMERA_LOAD_H
#define MODEL_CAMERA_LOAD_H

#include "model/camera_model.h"
#include "model/context.h"

MUST_CHECK enum status camera_load(const struct load_context *c, struct arena *a, const void **out);

#endif
