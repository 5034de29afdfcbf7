/* kind_call.c -- One call from the danger card, or to the manager. */
#include "store/kind.h"

const struct kind kind_call = {
    .name = "call",
    .number = KIND_call,
    .about = "One call from the danger card, or to the manager.",
    .columns =
        (const struct column[]){
            {.name = "visit",
             .type = COL_REF,
             .about = "the check",
             .to = "visit",
             .index = true},
            {.name = "danger",
             .type = COL_REF,
             .about = "which danger",
             .to = "danger",
             .index = true},
            {.name = "contact", .type = COL_REF, .about = "whom", .to = "contact"},
            {.name = "whom", .type = COL_TEXT, .about = "as shown"},
            {.name = "telephone", .type = COL_TEXT, .about = "number rung"},
            {.name = "started", .type = COL_TIME, .about = "when"},
            {.name = "answered",
             .type = COL_WORD,
             .about = "answered",
             .words = "yes|no_answer"},
            {.name = "said", .type = COL_TEXT, .about = "what they said"},
            {.name = "reference", .type = COL_TEXT, .about = "the number they gave"},
            {.name = "service", .type = COL_REF, .about = "where", .to = "service"},
            {.name = NULL},
        },
};
