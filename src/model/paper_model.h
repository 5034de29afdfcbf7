/* paper_model.h -- not built yet. */
#ifndef MODEL_PAPER_MODEL_H
#define MODEL_PAPER_MODEL_H

#include "model/evidence_model.h"

struct paper_model {
    int64_t row;
};

#endif
