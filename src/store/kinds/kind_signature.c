/* kind_signature.c -- A signature as strokes. */
#include "store/kind.h"

const struct kind kind_signature = {
    .name = "signature",
    .number = KIND_signature,
    .about = "A signature as strokes.",
    .sealed_by = "visit",
    .bulk = true,
    .columns =
        (const struct column[]){
            {.name = "visit",
             .type = COL_REF,
             .about = "the check",
             .to = "visit",
             .index = true},
            {.name = "who", .type = COL_TEXT, .about = "role of the signer"},
            {.name = "person",
             .type = COL_REF,
             .about = "the same from the list",
             .to = "person"},
            {.name = "side", .type = COL_WORD, .about = "which", .words = "checker|in_charge"},
            {.name = "choice",
             .type = COL_WORD,
             .about = "what they chose",
             .words = "signed|prefers_not|nobody_suitable"},
            {.name = "strokes",
             .type = COL_HASH,
             .about = "blob of strokes: x, y, pressure, ms"},
            {.name = "text", .type = COL_TEXT, .about = "what they wanted to add"},
            {.name = "meaning", .type = COL_TEXT, .about = "the sentence they signed under"},
            {.name = NULL},
        },
};
