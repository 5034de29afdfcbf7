/* kind_salt.c -- Key of the salts of the records that follow in this log, so that an erased
 * text cannot be guessed from its hash. */
#include "store/kind.h"

const struct kind kind_salt = {
    .name = "salt",
    .number = KIND_salt,
    .about = "Key of the salts of the records that follow in this log, so that an erased text "
             "cannot be guessed from its hash.",
    .program = true,
    .columns =
        (const struct column[]){
            {.name = "key",
             .type = COL_BYTES,
             .about = "32 random bytes",
             .most = 32,
             .required = true},
            {.name = "visit",
             .type = COL_REF,
             .about = "the visit whose records it salts; none: a day's records outside visits",
             .to = "visit"},
            {.name = NULL},
        },
};
