/* trial_model.h -- something tried out at a service. */
#ifndef MODEL_TRIAL_MODEL_H
#define MODEL_TRIAL_MODEL_H

#include "base/clock.h"

struct trial {
    int64_t visit;
    const char *aim;      /* "it has worked when …", "" not said */
    const char *decision; /* open | adopt | adapt | stop, "" not said */
    const char *reason;
    const char *item;           /* of the form: where it is decided, "" the form has none */
    day_no start, end, decided; /* 0 not said */
    bool stopped;               /* had to be stopped on the way */
    bool due;                   /* its end has come and nothing is decided */
};
#define TRIALS_MOST 40

#endif
