/* past_model.h -- every sealed check of the service, newest first, with words to search. */
#ifndef MODEL_PAST_MODEL_H
#define MODEL_PAST_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/erased_model.h"

#define PAST_MOST 300

struct past_check {
    int64_t visit, started, sealed_at;
    const char *title, *checker, *in_charge;
    bool night, other_tablet;
    int concerns, actions, additions;
    const char *words; /* lower case: notes, observations, feedback; for searching */
};
struct past_model {
    const char *service;
    const struct past_check *checks;
    int count, total;
    struct erased_list erased; /* words that stand on no check that is here */
    int open;                  /* begun and not sealed: they stand on Home */
};

#endif
