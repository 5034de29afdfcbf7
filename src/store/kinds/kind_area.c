/* kind_area.c -- A unit, room or other place of a service; a place, never a person. */
#include "store/kind.h"

const struct kind kind_area = {
    .name = "area",
    .number = KIND_area,
    .about = "A unit, room or other place of a service; a place, never a person.",
    .columns =
        (const struct column[]){
            {.name = "service",
             .type = COL_REF,
             .about = "where",
             .to = "service",
             .index = true,
             .required = true},
            {.name = "name",
             .type = COL_TEXT,
             .about = "what people call it",
             .required = true},
            {.name = "sort",
             .type = COL_WORD,
             .about = "what kind of place",
             .words = "unit|room|lounge|dining|kitchen|bathroom|corridor|medicines|laundry|"
                      "outside|office|stairs|other"},
            {.name = "unit", .type = COL_TEXT, .about = "the unit it belongs to"},
            {.name = "position", .type = COL_INT, .about = "order in lists"},
            {.name = "closed", .type = COL_BOOL, .about = "not used any more"},
            {.name = NULL},
        },
};
