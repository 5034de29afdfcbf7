/* kind_addendum.c -- Words added after sealing. */
#include "store/kind.h"

const struct kind kind_addendum = {
    .name = "addendum",
    .number = KIND_addendum,
    .about = "Words added after sealing.",
    .columns =
        (const struct column[]){
            {.name = "visit",
             .type = COL_REF,
             .about = "the check",
             .to = "visit",
             .index = true,
             .required = true},
            {.name = "text", .type = COL_TEXT, .about = "what is added", .required = true},
            {.name = "about", .type = COL_REF, .about = "the row it is about", .to = NULL},
            {.name = "why", .type = COL_TEXT, .about = "why it is added"},
            {.name = NULL},
        },
};
