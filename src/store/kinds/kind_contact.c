/* kind_contact.c -- Whom to call, in order. */
#include "store/kind.h"

const struct kind kind_contact = {
    .name = "contact",
    .number = KIND_contact,
    .about = "Whom to call, in order.",
    .columns =
        (const struct column[]){
            {.name = "service",
             .type = COL_REF,
             .about = "for which service; none: all",
             .to = "service",
             .index = true},
            {.name = "position", .type = COL_INT, .about = "order in which to call"},
            {.name = "label",
             .type = COL_TEXT,
             .about = "role or body, never a person's name",
             .required = true},
            {.name = "telephone", .type = COL_TEXT, .about = "number"},
            {.name = "purpose",
             .type = COL_WORD,
             .about = "why",
             .words = "emergency|safeguarding|on_call|manager|provider|regulator|council|"
                      "police|doctor|speak_up|fire|data|identity"},
            {.name = "outside", .type = COL_BOOL, .about = "outside the home"},
            {.name = "hours", .type = COL_TEXT, .about = "when it is answered"},
            {.name = "source", .type = COL_TEXT, .about = "where the number comes from"},
            {.name = "source_day", .type = COL_DAY, .about = "when it was looked up"},
            {.name = NULL},
        },
};
