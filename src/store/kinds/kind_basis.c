/* kind_basis.c -- What a score or a rating rests on: one link to something found. */
#include "store/kind.h"

const struct kind kind_basis = {
    .name = "basis",
    .number = KIND_basis,
    .about = "What a score or a rating rests on: one link to something found.",
    .columns =
        (const struct column[]){
            {.name = "score",
             .type = COL_REF,
             .about = "the score or rating",
             .to = NULL,
             .index = true,
             .required = true},
            {.name = "evidence",
             .type = COL_REF,
             .about = "the answer, observation, feedback, action or photo",
             .to = NULL,
             .index = true},
            {.name = "note", .type = COL_TEXT, .about = "what it shows, in own words"},
            {.name = "service", .type = COL_REF, .about = "where", .to = "service"},
            {.name = NULL},
        },
};
