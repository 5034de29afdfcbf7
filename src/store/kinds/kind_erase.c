/* kind_erase.c -- Words erased by the office, for a reason. */
#include "store/kind.h"

const struct kind kind_erase = {
    .name = "erase",
    .number = KIND_erase,
    .about = "Words erased by the office, for a reason.",
    .columns =
        (const struct column[]){
            {.name = "row", .type = COL_REF, .about = "which row", .to = NULL, .required = true},
            {.name = "why", .type = COL_TEXT, .about = "why", .required = true},
            {.name = "day", .type = COL_DAY, .about = "when"},
            {.name = NULL},
        },
};
