/* kind_unanswered.c -- Why the rest of a section was not answered, in one tap. */
#include "store/kind.h"

const struct kind kind_unanswered = {
    .name = "unanswered",
    .number = KIND_unanswered,
    .about = "Why the rest of a section was not answered, in one tap.",
    .sealed_by = "visit",
    .bulk = true,
    .columns =
        (const struct column[]){
            {.name = "visit",
             .type = COL_REF,
             .about = "the check",
             .to = "visit",
             .index = true},
            {.name = "section", .type = COL_TEXT, .about = "id of the section"},
            {.name = "reason",
             .type = COL_WORD,
             .about = "why",
             .words = "no_time|not_safe|staff_busy|would_disturb|not_here|refused|other"},
            {.name = "text", .type = COL_TEXT, .about = "in words"},
            {.name = "items", .type = COL_INT, .about = "how many items that covers"},
            {.name = NULL},
        },
};
