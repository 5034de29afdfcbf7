/* start_model.h -- what one needs to know to begin a check: which forms there are, when each
 * was last done here, which to propose, who may be in charge, and which modules were looked at
 * least recently. */
#ifndef MODEL_START_MODEL_H
#define MODEL_START_MODEL_H

#include "base/clock.h"
#include "care/propose.h"
#include "care/rules.h"
#include "care/template.h"

#define START_PROPOSED_MAX 8

struct start_form {
    const struct template *form; /* its head; the questions are not read here */
    bool done;                   /* here, at least once */
    day_no last;                 /* the night or day of the last one */
    day_no due;                  /* by its rhythm, 0 none */
    bool own;                    /* made on a tablet */
    const char *last_length;
    const day_no *module_last; /* of each module: newest night it was looked at, 0 never */
    int proposed[START_PROPOSED_MAX]; /* modules by rule: least recently looked at first */
    int proposed_count;
};
struct start_service {
    int64_t row;
    const char *name;
};
struct start_person {
    int64_t row;
    const char *label, *role;
};
/* Forms that stand together. `name`: words key. */
struct start_group {
    const char *id, *name;
    const int *forms; /* indexes, as they are to be shown */
    int count, due;   /* due: how many of them are */
};
struct start_model {
    int64_t service, holder;
    const char *service_name, *setting, *holder_label;
    const struct start_service *services;
    int services_count;
    const struct start_form *forms; /* those for this service; guides are left out */
    int forms_count;
    int suggested; /* index of the first one proposed when no place is said, -1 none */
    const struct propose_form *known; /* the same forms, as propose wants them */
    struct propose_facts facts;       /* without a place: that is said on the screen */
    const struct start_group *groups;
    int groups_count;
    const char *const *places; /* sorts of area this service has and a form is made for */
    int places_count;
    const struct start_person *people;
    int people_count;
    bool night;
    int64_t unfinished; /* a check of this service not sealed yet, newest; 0 none */
    const char *unfinished_form;
    int64_t unfinished_at;
};

#endif
