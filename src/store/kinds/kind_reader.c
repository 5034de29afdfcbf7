/* kind_reader.c -- Somebody to whom what is said in confidence can be sealed. */
#include "store/kind.h"

const struct kind kind_reader = {
    .name = "reader",
    .number = KIND_reader,
    .about = "Somebody to whom what is said in confidence can be sealed.",
    .code = "code",
    .columns =
        (const struct column[]){
            {.name = "code", .type = COL_TEXT, .about = "short code", .required = true},
            {.name = "label",
             .type = COL_TEXT,
             .about = "role, never a person's name",
             .required = true},
            {.name = "key",
             .type = COL_BYTES,
             .about = "public key (X25519, 32 bytes); the secret one is in a file of the "
                      "reader's own",
             .most = 32,
             .required = true},
            {.name = "provider",
             .type = COL_BOOL,
             .about = "reads what is meant for the provider only"},
            {.name = "service",
             .type = COL_REF,
             .about = "for this service only; none: all",
             .to = "service"},
            {.name = "ended", .type = COL_BOOL, .about = "no longer a reader"},
            {.name = NULL},
        },
};
