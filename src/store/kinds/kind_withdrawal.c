/* kind_withdrawal.c -- Why words were taken back before the first export. */
#include "store/kind.h"

const struct kind kind_withdrawal = {
    .name = "withdrawal",
    .number = KIND_withdrawal,
    .about = "Why words were taken back before the first export.",
    .columns =
        (const struct column[]){
            {.name = "row",
             .type = COL_REF,
             .about = "what was withdrawn",
             .to = NULL,
             .required = true},
            {.name = "what", .type = COL_TEXT, .about = "its kind"},
            {.name = "why", .type = COL_TEXT, .about = "the reason", .required = true},
            {.name = "visit",
             .type = COL_REF,
             .about = "the check",
             .to = "visit",
             .index = true},
            {.name = NULL},
        },
};
