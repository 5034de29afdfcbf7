/* kind_score.c -- The 1 to 4 that a person gave a quality statement, and why. */
#include "store/kind.h"

const struct kind kind_score = {
    .name = "score",
    .number = KIND_score,
    .about = "The 1 to 4 that a person gave a quality statement, and why.",
    .sealed_by = "visit",
    .columns =
        (const struct column[]){
            {.name = "service",
             .type = COL_REF,
             .about = "where",
             .to = "service",
             .index = true},
            {.name = "visit",
             .type = COL_REF,
             .about = "the check it was given on, when it was",
             .to = "visit",
             .index = true},
            {.name = "framework",
             .type = COL_TEXT,
             .about = "framework id it was given under",
             .required = true},
            {.name = "framework_version", .type = COL_INT, .about = "… and its version"},
            {.name = "statement",
             .type = COL_TEXT,
             .about = "quality statement, such as SAF-S6",
             .required = true},
            {.name = "category",
             .type = COL_TEXT,
             .about = "kind of evidence it is for, where the framework scores each kind"},
            {.name = "score", .type = COL_INT, .about = "1 to 4"},
            {.name = "reason", .type = COL_TEXT, .about = "why, in own words"},
            {.name = "day", .type = COL_DAY, .about = "the date it stands for"},
            {.name = NULL},
        },
};
