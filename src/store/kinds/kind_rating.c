/* kind_rating.c -- The rating that a person gave a key question, where there are no scores
 * below.
 */
#include "store/kind.h"

const struct kind kind_rating = {
    .name = "rating",
    .number = KIND_rating,
    .about =
        "The rating that a person gave a key question, where there are no scores below it.",
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
            {.name = "question",
             .type = COL_TEXT,
             .about = "key question, such as SAF",
             .required = true},
            {.name = "rating",
             .type = COL_TEXT,
             .about = "the framework's word for it, such as good"},
            {.name = "reason", .type = COL_TEXT, .about = "why, in own words"},
            {.name = "day", .type = COL_DAY, .about = "the date it stands for"},
            {.name = NULL},
        },
};
