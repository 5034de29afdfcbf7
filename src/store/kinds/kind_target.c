/* kind_target.c -- A limit the service has chosen for itself; never a law. */
#include "store/kind.h"

const struct kind kind_target = {
    .name = "target",
    .number = KIND_target,
    .about = "A limit the service has chosen for itself; never a law.",
    .columns =
        (const struct column[]){
            {.name = "service",
             .type = COL_REF,
             .about = "whose",
             .to = "service",
             .index = true},
            {.name = "name",
             .type = COL_TEXT,
             .about = "which, such as bell_seconds",
             .required = true},
            {.name = "value", .type = COL_INT, .about = "in thousandths of the unit"},
            {.name = "high", .type = COL_INT, .about = "upper end for a range, in thousandths"},
            {.name = "unit", .type = COL_TEXT, .about = "seconds, minutes, degrees, people"},
            {.name = "source",
             .type = COL_TEXT,
             .about = "who decided, and where it is written"},
            {.name = "own_choice",
             .type = COL_BOOL,
             .about = "a default of the provider's own choosing"},
            {.name = NULL},
        },
};
