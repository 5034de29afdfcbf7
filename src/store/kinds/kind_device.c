/* kind_device.c -- A tablet or an office machine, in its own words. */
#include "store/kind.h"

const struct kind kind_device = {
    .name = "device",
    .number = KIND_device,
    .about = "A tablet or an office machine, in its own words.",
    .columns =
        (const struct column[]){
            {.name = "name",
             .type = COL_TEXT,
             .about = "what people call it",
             .required = true},
            {.name = "key",
             .type = COL_BYTES,
             .about = "Ed25519 public key",
             .most = 32,
             .required = true},
            {.name = "incarnation",
             .type = COL_BYTES,
             .about = "8 random bytes of this installation",
             .most = 8,
             .required = true},
            {.name = "letters",
             .type = COL_TEXT,
             .about = "letters before its action numbers, such as B"},
            {.name = "role",
             .type = COL_WORD,
             .about = "what it does",
             .words = "tablet|office"},
            {.name = "program",
             .type = COL_TEXT,
             .about = "version of Lantern that wrote this"},
            {.name = "model", .type = COL_TEXT, .about = "kind of machine"},
            {.name = NULL},
        },
};
