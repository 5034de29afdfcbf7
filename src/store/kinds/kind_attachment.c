/* kind_attachment.c -- A photo, voice note or file that belongs to something. */
#include "store/kind.h"

const struct kind kind_attachment = {
    .name = "attachment",
    .number = KIND_attachment,
    .about = "A photo, voice note or file that belongs to something.",
    .sealed_by = "visit",
    .bulk = true,
    .columns =
        (const struct column[]){
            {.name = "visit",
             .type = COL_REF,
             .about = "the check",
             .to = "visit",
             .index = true},
            {.name = "to",
             .type = COL_REF,
             .about = "what it belongs to",
             .to = NULL,
             .index = true},
            {.name = "hash", .type = COL_HASH, .about = "its bytes", .bulky = true},
            {.name = "sort", .type = COL_WORD, .about = "what", .words = "photo|voice|file"},
            {.name = "caption", .type = COL_TEXT, .about = "in words"},
            {.name = "type", .type = COL_TEXT, .about = "media type"},
            {.name = "size", .type = COL_INT, .about = "bytes"},
            {.name = "nobody", .type = COL_BOOL, .about = "bedroom: nobody was in the room"},
            {.name = NULL},
        },
};
