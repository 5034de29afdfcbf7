/* pin_model.h -- whose PIN is to be chosen, and why now. */
#ifndef MODEL_PIN_MODEL_H
#define MODEL_PIN_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pin_person {
    int64_t row;
    const char *label, *role;
    const char *initials; /* what the lock page calls them; "" while they have no PIN */
    bool has; /* a PIN on this tablet */
    bool pin; /* it has digits only */
};
struct pin_model {
    const struct pin_person *people; /* who may hold the tablet: provider's and manager's side */
    size_t people_count;
    int64_t person;     /* the place's row, else the holder; 0: nobody chosen yet ("add", "reset") */
    const char *label;  /* of that person, "" */
    bool has;           /* has one already: this changes it */
    bool sealed;        /* the tablet can lock already; false: this is the first PIN */
    bool office;        /* an office can give a code when a PIN is forgotten */
    int64_t wait_ms;    /* nobody is heard until then (handing over) */
    const char *why;    /* the place's word: "start" before the first check, "confide", "hold" somebody takes over, "reset" let in by
                           the office's code, "add" somebody else, "let_in" the holder's own before any PIN is given or taken, "" from Settings */
};
#endif
