/* kind_erase.c -- Words erased by the office, for a reason. */
#include "store/kind.h"

const struct kind kind_erase = {
    .name = "erase",
    .number = KIND_erase,
    .about = "Words erased by the office, for a reason.",
    .columns =
        (const struct column[]){
            {.name = "row",
             .type = COL_REF,
             .about = "which row",
             .to = NULL,
             .index = true,
             .required = true},
            {.name = "why", .type = COL_TEXT, .about = "why", .required = true},
            {.name = "day", .type = COL_DAY, .about = "when"},
            {.name = "restricted",
             .type = COL_BOOL,
             .about = "the words had been said in confidence: what hangs on them stays so"},
            {.name = NULL},
        },
};
