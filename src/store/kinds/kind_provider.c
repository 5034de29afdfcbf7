/* kind_provider.c -- Who runs the services. */
#include "store/kind.h"

const struct kind kind_provider = {
    .name = "provider",
    .number = KIND_provider,
    .about = "Who runs the services.",
    .code = "code",
    .columns =
        (const struct column[]){
            {.name = "code", .type = COL_TEXT, .about = "short code", .required = true},
            {.name = "name", .type = COL_TEXT, .about = "name in full", .required = true},
            {.name = "zone", .type = COL_TEXT, .about = "time zone of its services"},
            {.name = "speak_up",
             .type = COL_TEXT,
             .about = "who a worker may ring outside the home"},
            {.name = "sample", .type = COL_BOOL, .about = "made-up data for trying the app"},
            {.name = "lock_minutes",
             .type = COL_INT,
             .about = "a tablet that nobody touches locks after so many minutes"},
            {.name = NULL},
        },
};
