/* kind_event.c -- Something that happened to the check itself. */
#include "store/kind.h"

const struct kind kind_event = {
    .name = "event",
    .number = KIND_event,
    .about = "Something that happened to the check itself.",
    .sealed_by = "visit",
    .bulk = true,
    .columns =
        (const struct column[]){
            {.name = "visit",
             .type = COL_REF,
             .about = "the check",
             .to = "visit",
             .index = true},
            {.name = "sort",
             .type = COL_WORD,
             .about = "what",
             .words = "cover|resume|left|arrived|clock_step|handed_over|joined|opened|skipped_"
                      "section|shown|rang|resumed_app|back_safe|copy"},
            {.name = "ms",
             .type = COL_INT,
             .about = "how long it lasted, or how far the clock stepped"},
            {.name = "why",
             .type = COL_WORD,
             .about = "why it was covered",
             .words = "needed_help|interrupted|gave_care|other"},
            {.name = "text", .type = COL_TEXT, .about = "in words"},
            {.name = "person", .type = COL_REF, .about = "to or from whom", .to = "person"},
            {.name = "started", .type = COL_TIME, .about = "when it began"},
            {.name = "place", .type = COL_TEXT, .about = "where in the app, to come back to"},
            {.name = NULL},
        },
};
