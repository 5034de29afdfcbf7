/* people_model.h -- who can unlock this tablet. */
#ifndef MODEL_PEOPLE_MODEL_H
#define MODEL_PEOPLE_MODEL_H

#include "model/pin_model.h"

struct people_model {
    const struct pin_person *with; /* who has a PIN or passphrase here */
    size_t with_count;
    const struct pin_person *without; /* people of the office's list who have none */
    size_t without_count;
    int64_t holder;
    bool sealed, office;
    int lock_minutes; /* the office's rule; 0 none */
};
#endif
