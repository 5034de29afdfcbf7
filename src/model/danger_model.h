/* danger_model.h -- one danger card: whom to ring, in order, which calls were made, which
 * duties somebody must decide. */
#ifndef MODEL_DANGER_MODEL_H
#define MODEL_DANGER_MODEL_H

#include "base/clock.h"

struct danger_contact {
    int64_t row;
    const char *label, *telephone, *purpose, *hours, *source;
    day_no source_day;
    bool outside, skipped;
    int calls; /* made from this card */
    bool answered;
};
struct danger_call {
    int64_t row, contact, started;
    const char *whom, *telephone, *answered, *said, *reference;
};
struct danger_duty {
    int64_t row; /* 0: nothing kept yet */
    const char *name, *decision, *who, *why, *reference;
    int64_t decide_by, decided;
};
struct danger_model {
    int64_t row, visit, service, source;
    const char *text, *item_text, *note, *service_name, *telephone, *holder, *in_charge;
    int64_t opened, safe_at, closed;
    const char *listed, *skip, *safe, *safe_by;
    const struct danger_contact *emergency; /* from the service's own list, NULL: none in it */
    const struct danger_contact *contacts;  /* in the order to ring, without emergency */
    int contacts_count;
    int next;                        /* index of the one to ring next, -1 none left */
    const struct danger_call *calls; /* oldest first */
    int calls_count;
    const struct danger_duty *duties; /* all seven, in their order */
    int duties_count, undecided;
};

#endif
