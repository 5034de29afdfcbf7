/* kind_step.c -- One step in an action's history. */
#include "store/kind.h"

const struct kind kind_step = {
    .name = "step",
    .number = KIND_step,
    .about = "One step in an action's history.",
    .columns =
        (const struct column[]){
            {.name = "action",
             .type = COL_REF,
             .about = "which action",
             .to = "action",
             .index = true,
             .required = true},
            {.name = "sort",
             .type = COL_WORD,
             .about = "what",
             .words = "update|said_done|seen_working|not_working|lasted|reopened|closed|moved|"
                      "made_safe"},
            {.name = "text", .type = COL_TEXT, .about = "in words"},
            {.name = "visit", .type = COL_REF, .about = "during which check", .to = "visit"},
            {.name = "at_night", .type = COL_BOOL, .about = "looked at at night"},
            {.name = "unannounced", .type = COL_BOOL, .about = "nobody was told"},
            {.name = "due", .type = COL_TIME, .about = "new date, when moved"},
            {.name = "who", .type = COL_TEXT, .about = "who said so"},
            {.name = "weeks", .type = COL_INT, .about = "how long it had lasted"},
            {.name = NULL},
        },
};
