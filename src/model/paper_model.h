/* paper_model.h -- which papers can be made of a check, an action or a piece of feedback, and
 * where they can go. */
#ifndef MODEL_PAPER_MODEL_H
#define MODEL_PAPER_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum paper_of { PAPER_OF_CHECK, PAPER_OF_ACTION, PAPER_OF_SAID, PAPER_OF_SELF };
struct paper_model {
    int64_t row;
    enum paper_of of;
    const char *title, *sub;
    bool possible; /* false: in confidence, or not there */
    bool sealed;   /* check: else the paper is a draft */
    bool held;     /* check: the home's copy is held back */
    int photos;
    const char *const *sticks, *const *stick_names; /* folders, and how they are shown */
    size_t sticks_count;
};

#endif
