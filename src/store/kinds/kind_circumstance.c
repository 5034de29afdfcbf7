/* kind_circumstance.c -- Something besides scores that keeps a rating down, as a person sees
 * it.
 */
#include "store/kind.h"

const struct kind kind_circumstance = {
    .name = "circumstance",
    .number = KIND_circumstance,
    .about = "Something besides scores that keeps a rating down: is it so here, and why.",
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
             .about = "the check it was said on, when it was",
             .to = "visit",
             .index = true},
            {.name = "framework",
             .type = COL_TEXT,
             .about = "framework id it was said under",
             .required = true},
            {.name = "framework_version", .type = COL_INT, .about = "… and its version"},
            {.name = "code",
             .type = COL_TEXT,
             .about = "the framework's id of it, such as breach",
             .required = true},
            {.name = "yes", .type = COL_BOOL, .about = "it is so here"},
            {.name = "reason", .type = COL_TEXT, .about = "how one knows, in own words"},
            {.name = "day", .type = COL_DAY, .about = "the date it stands for"},
            {.name = NULL},
        },
};
