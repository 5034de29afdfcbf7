/* identity_model.h -- the card that a visitor shows when staff ask who is there. */
#ifndef MODEL_IDENTITY_MODEL_H
#define MODEL_IDENTITY_MODEL_H

#include <stdbool.h>

#include "model/ring_model.h"

struct identity_model {
    bool named;                           /* somebody holds the tablet */
    const char *label, *role, *telephone; /* telephone: to ring to check who the visitor is */
    const char *provider, *service;
    const struct ring_line *ring; /* other numbers for the same purpose */
    int ring_count;
};

#endif
