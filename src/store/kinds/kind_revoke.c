/* kind_revoke.c -- A device that is not trusted beyond a named record. */
#include "store/kind.h"

const struct kind kind_revoke = {
    .name = "revoke",
    .number = KIND_revoke,
    .about = "A device that is not trusted beyond a named record.",
    .columns =
        (const struct column[]){
            {.name = "key",
             .type = COL_BYTES,
             .about = "its public key",
             .most = 32,
             .required = true},
            {.name = "incarnation",
             .type = COL_BYTES,
             .about = "which installation",
             .most = 8},
            {.name = "seq", .type = COL_INT, .about = "last accepted record"},
            {.name = "hash", .type = COL_BYTES, .about = "its hash", .most = 32},
            {.name = "why", .type = COL_TEXT, .about = "why"},
            {.name = NULL},
        },
};
