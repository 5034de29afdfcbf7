/* confide_model.h -- who may read what is said in confidence, and what this holder of the
 * tablet wrote so and has not sent yet. Part of the models of Heard something and Saw
 * something. */
#ifndef MODEL_CONFIDE_MODEL_H
#define MODEL_CONFIDE_MODEL_H

#include <stdbool.h>

#include "base/clock.h"
#include "care/confidence.h"

struct confide_reader {
    int64_t id;
    const char *label; /* a role */
    bool provider;     /* reads what is meant for the provider only */
};
struct confide_note {
    int64_t row;
    const char *reader; /* its label, "" when it is gone */
    const char *about, *text, *answer_how, *role;
    const char *from, *until, *break_asked, *they_said, *witness;
    day_no day;
    const struct confidence_said *said; /* prompt by prompt */
    int said_count;
};
struct confide_model {
    bool sealed; /* this tablet keeps everything sealed: words in confidence may be written */
    bool sample; /* made-up data, never sealed */
    int64_t holder;
    const struct confide_reader *readers; /* of this service, those of the provider first */
    int readers_count;
    const struct confide_note *notes; /* the holder's own, until they are sent; oldest first */
    int notes_count;
};

#endif
