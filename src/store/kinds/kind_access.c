/* kind_access.c -- Who was let in, who was not, and who read what was said in confidence. */
#include "store/kind.h"

const struct kind kind_access = {
    .name = "access",
    .number = KIND_access,
    .about = "Who was let in, who was not, and who read what was said in confidence.",
    .columns =
        (const struct column[]){
            {.name = "what",
             .type = COL_WORD,
             .about = "what was done",
             .words = "pin_set|pin_changed|pin_reset|removed|wrong_tries|code_made|code_told|"
                      "read",
             .required = true},
            {.name = "person", .type = COL_REF, .about = "whose PIN", .to = "person"},
            {.name = "row", .type = COL_REF, .about = "what was read", .index = true},
            {.name = "tries", .type = COL_INT, .about = "how many wrong tries"},
            {.name = "since", .type = COL_TIME, .about = "when the first of them was"},
            {.name = "who",
             .type = COL_TEXT,
             .about = "at the office: which reader, or for which tablet"},
            {.name = "box",
             .type = COL_BYTES,
             .about = "code_made: the code that opens the tablet, sealed to the office's key",
             .most = 200},
            {.name = NULL},
        },
};
