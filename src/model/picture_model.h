/* picture_model.h -- not built yet. */
#ifndef MODEL_PICTURE_MODEL_H
#define MODEL_PICTURE_MODEL_H

#include "model/evidence_model.h"

struct picture_model {
    int64_t row;
};

#endif
