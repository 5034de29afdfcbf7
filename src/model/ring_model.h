/* ring_model.h -- whom to ring: a label, a number, where the number comes from and when it was
 * looked up. */
#ifndef MODEL_RING_MODEL_H
#define MODEL_RING_MODEL_H

#include "base/clock.h"

struct ring_line {
    int64_t id;
    const char *label, *telephone, *hours, *source, *purpose;
    day_no source_day; /* 0 not known */
};

#endif
