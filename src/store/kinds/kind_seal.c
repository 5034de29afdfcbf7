/* kind_seal.c -- The check is closed; from here on only additions. */
#include "store/kind.h"

const struct kind kind_seal = {
    .name = "seal",
    .number = KIND_seal,
    .about = "The check is closed; from here on only additions.",
    .columns =
        (const struct column[]){
            {.name = "visit",
             .type = COL_REF,
             .about = "the check",
             .to = "visit",
             .index = true,
             .required = true},
            {.name = "digest",
             .type = COL_BYTES,
             .about = "BLAKE2b-256 over the visit's rows",
             .most = 32},
            {.name = "rows", .type = COL_INT, .about = "how many rows that covers"},
            {.name = "head_log",
             .type = COL_BYTES,
             .about = "log id of the writer",
             .most = 32},
            {.name = "head_seq", .type = COL_INT, .about = "last record before the seal"},
            {.name = "head_hash", .type = COL_BYTES, .about = "its hash", .most = 32},
            {.name = "praise", .type = COL_TEXT, .about = "what was good, in words"},
            {.name = "minutes", .type = COL_INT, .about = "minutes on site"},
            {.name = NULL},
        },
};
