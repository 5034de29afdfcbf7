/* kind_enrolment.c -- A tablet let in by the office. */
#include "store/kind.h"

const struct kind kind_enrolment = {
    .name = "enrolment",
    .number = KIND_enrolment,
    .about = "A tablet let in by the office.",
    .columns =
        (const struct column[]){
            {.name = "name",
             .type = COL_TEXT,
             .about = "what the office calls the tablet",
             .required = true,
             .most = 79},
            {.name = "letters",
             .type = COL_TEXT,
             .about = "letters before its action numbers, such as B",
             .most = 8},
            {.name = "token",
             .type = COL_BYTES,
             .about = "8 bytes that name the one-time token, without telling it",
             .most = 8},
            {.name = "services",
             .type = COL_TEXT,
             .about = "codes of its services with a space between; none: all services"},
            {.name = "day", .type = COL_DAY, .about = "when"},
            {.name = NULL},
        },
};
