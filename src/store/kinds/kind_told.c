/* kind_told.c -- Who was told what, and what they said. */
#include "store/kind.h"

const struct kind kind_told = {
    .name = "told",
    .number = KIND_told,
    .about = "Who was told what, and what they said.",
    .columns =
        (const struct column[]){
            {.name = "visit",
             .type = COL_REF,
             .about = "the check",
             .to = "visit",
             .index = true},
            {.name = "service",
             .type = COL_REF,
             .about = "where",
             .to = "service",
             .index = true},
            {.name = "whom", .type = COL_TEXT, .about = "role or body"},
            {.name = "person",
             .type = COL_REF,
             .about = "the same from the list",
             .to = "person"},
            {.name = "when_told", .type = COL_TIME, .about = "when"},
            {.name = "how",
             .type = COL_WORD,
             .about = "in which way",
             .words = "in_person|telephone|shown|paper"},
            {.name = "said", .type = COL_TEXT, .about = "what they said"},
            {.name = "text", .type = COL_TEXT, .about = "what they were told"},
            {.name = "sort",
             .type = COL_WORD,
             .about = "which telling",
             .words = "person_in_charge|manager|provider|other|nobody_suitable|prefers_not"},
            {.name = "why", .type = COL_TEXT, .about = "why nobody suitable, and so on"},
            {.name = NULL},
        },
};
