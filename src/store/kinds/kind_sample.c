/* kind_sample.c -- A fair draw, so that anybody can repeat it. */
#include "store/kind.h"

const struct kind kind_sample = {
    .name = "sample",
    .number = KIND_sample,
    .about = "A fair draw, so that anybody can repeat it.",
    .sealed_by = "visit",
    .bulk = true,
    .columns =
        (const struct column[]){
            {.name = "visit",
             .type = COL_REF,
             .about = "the check",
             .to = "visit",
             .index = true},
            {.name = "section", .type = COL_TEXT, .about = "what for"},
            {.name = "seed", .type = COL_INT, .about = "seed of the draw"},
            {.name = "pool", .type = COL_TEXT, .about = "what it was drawn from, by comma"},
            {.name = "drawn", .type = COL_TEXT, .about = "what came out, by comma"},
            {.name = "who",
             .type = COL_WORD,
             .about = "who chose",
             .words = "lantern|checker|staff"},
            {.name = NULL},
        },
};
