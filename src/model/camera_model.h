/* camera_model.h -- not built yet. */
#ifndef MODEL_CAMERA_MODEL_H
#define MODEL_CAMERA_MODEL_H

#include "model/evidence_model.h"

struct camera_model {
    int64_t row;
};

#endif
