/* heard_model.h -- Heard something: prompts for each kind of speaker, what was kept of the talk so far, and the numbers
 * for somebody who is afraid. */
#ifndef MODEL_HEARD_MODEL_H
#define MODEL_HEARD_MODEL_H

#include "care/template.h"
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

#define PROMPTS_MOST 64 /* also: bits of what was asked */
enum heard_stage { STAGE_OPEN, STAGE_ASK, STAGE_CLOSE, STAGE_PROBE, STAGES };
struct heard_prompt {
    const char *id, *text, *help;
    const char *probe; /* of a probe: how the talk turned; "" a prompt like any other */
    const char *statement;
    const char *simple, *picture; /* for a card, "" none */
    enum heard_stage stage;
    bool consent;             /* the one that asks whether one may write */
    const struct part *parts; /* copies: they outlive the form they came from */
    int parts_count;
    int words; /* how many of its parts are words */
};
struct heard_guide {
    const struct heard_prompt *prompts; /* in the order of the talk, the probes after them */
    int count, pages;                   /* pages: without the probes */
    int first[STAGES], of[STAGES];      /* of each stage: the first one, and how many */
    const char *about[STAGES];
};
/* One thing that was kept of a talk, today. */
struct heard_said {
    int64_t row, at;
    const char *speaker, *prompt, *question, *text, *marks, *sort;
    int face;
};
struct heard_model {
    int64_t visit, service;
    const char *service_name;
    int64_t now_ms;
    day_no answer_by; /* five days from now */
    struct heard_guide guides[SPEAKERS];
    const struct heard_said *said; /* of this check or, outside one, this service; the last hours, oldest first */
    int said_count;
    const struct ring_line
        *ring; /* speak-up, regulator, council: usable with nothing recorded */
    int ring_count;
    const char *speak_up;
    struct evidence_list notes;   /* voice notes that wait for this form */
    struct confide_model confide; /* a worker speaks: who may read it */
};

#endif
