/* kind_confidence.c -- Something said or seen in confidence, sealed to one reader.
 *
 * Which service, who spoke, what about and the words stand in the box: JSON as
 * care/confidence.h says, sealed to the reader's key (key_seal). */
#include "store/kind.h"

const struct kind kind_confidence = {
    .name = "confidence",
    .number = KIND_confidence,
    .about = "Something said or seen in confidence, sealed to one reader.",
    .confidential = true,
    .columns =
        (const struct column[]){
            {.name = "day",
             .type = COL_DAY,
             .about = "the date, and no time",
             .required = true},
            {.name = "reader",
             .type = COL_REF,
             .about = "who can open it",
             .to = "reader",
             .required = true},
            {.name = "key",
             .type = COL_BYTES,
             .about = "the reader's public key that it was sealed to",
             .most = 32,
             .required = true},
            {.name = "box",
             .type = COL_BYTES,
             .about = "what was said, sealed",
             .most = 60000,
             .required = true},
            {.name = NULL},
        },
};
