/* kind_same_as.c -- Two rows that are the same thing. */
#include "store/kind.h"

const struct kind kind_same_as = {
    .name = "same_as",
    .number = KIND_same_as,
    .about = "Two rows that are the same thing.",
    .program = true,
    .columns =
        (const struct column[]){
            {.name = "row", .type = COL_REF, .about = "the double", .to = NULL, .required = true},
            {.name = "same",
             .type = COL_REF,
             .about = "the one to keep",
             .to = NULL,
             .required = true},
            {.name = NULL},
        },
};
