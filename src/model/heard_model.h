/* heard_model.h -- Heard something: prompts for each kind of speaker, and the numbers for
 * somebody who is afraid. */
#ifndef MODEL_HEARD_MODEL_H
#define MODEL_HEARD_MODEL_H

#include "model/confide_model.h"
#include "model/evidence_model.h"
#include "model/ring_model.h"

/* As in the record kind `feedback`. */
enum speaker {
    SPEAKER_NONE,
    SPEAKER_LIVES_HERE,
    SPEAKER_FAMILY,
    SPEAKER_STAFF,
    SPEAKER_PROFESSIONAL,
    SPEAKER_VISITOR,
    SPEAKER_NOT_SAID,
    SPEAKER_SHOWED_US,
    SPEAKERS
};
extern const char *const speaker_words[SPEAKERS];

#define PROMPTS_MOST 64
struct heard_prompt {
    const char *id, *text, *help;
    const char *probe; /* shown when the talk turns that way; "" a prompt like any other */
    const char *statement;
};
struct heard_guide {
    const struct heard_prompt *prompts;
    int count;
};
struct heard_model {
    int64_t visit, service;
    const char *service_name;
    int64_t now_ms;
    day_no answer_by; /* five days from now */
    struct heard_guide guides[SPEAKERS];
    const struct ring_line
        *ring; /* speak-up, regulator, council: usable with nothing recorded */
    int ring_count;
    const char *speak_up;
    struct evidence_list notes;   /* voice notes that wait for this form */
    struct confide_model confide; /* a worker speaks: who may read it */
};

#endif
