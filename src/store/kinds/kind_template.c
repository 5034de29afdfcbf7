/* kind_template.c -- A form as it was at one version; its text is a blob. */
#include "store/kind.h"

const struct kind kind_template = {
    .name = "template",
    .number = KIND_template,
    .about = "A form as it was at one version; its text is a blob.",
    .columns =
        (const struct column[]){
            {.name = "code", .type = COL_TEXT, .about = "such as NIGHT", .required = true},
            {.name = "edition",
             .type = COL_INT,
             .about = "counted up at each change",
             .required = true},
            {.name = "title", .type = COL_TEXT, .about = "what it is called", .required = true},
            {.name = "hash", .type = COL_HASH, .about = "its JSON", .required = true},
            {.name = "retired", .type = COL_BOOL, .about = "not offered any more"},
            {.name = NULL},
        },
};
