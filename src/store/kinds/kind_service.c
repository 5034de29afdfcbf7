/* kind_service.c -- A home, a small home or a home care branch. */
#include "store/kind.h"

const struct kind kind_service = {
    .name = "service",
    .number = KIND_service,
    .about = "A home, a small home or a home care branch.",
    .code = "code",
    .columns =
        (const struct column[]){
            {.name = "code",
             .type = COL_TEXT,
             .about = "short code, never reused",
             .required = true},
            {.name = "name", .type = COL_TEXT, .about = "what it is called", .required = true},
            {.name = "setting",
             .type = COL_WORD,
             .about = "what kind of service",
             .words = "care_home|nursing_home|learning_disability|home_care|supported_living|"
                      "extra_care"},
            {.name = "places", .type = COL_INT, .about = "people it can support"},
            {.name = "people", .type = COL_INT, .about = "people supported at present"},
            {.name = "day_starts",
             .type = COL_INT,
             .about = "minutes after midnight when day begins"},
            {.name = "night_starts",
             .type = COL_INT,
             .about = "minutes after midnight when night begins"},
            {.name = "telephone", .type = COL_TEXT, .about = "of the service"},
            {.name = "address", .type = COL_TEXT, .about = "street and town"},
            {.name = "closed", .type = COL_BOOL, .about = "no longer open"},
            {.name = "provider", .type = COL_REF, .about = "who runs it", .to = "provider"},
            {.name = "sample", .type = COL_BOOL, .about = "made-up data for trying the app"},
            {.name = NULL},
        },
};
