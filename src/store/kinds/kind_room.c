/* kind_room.c -- A room or person's place looked at during a check, or a record, a worker, a
 * call of a section that is asked for each. */
#include "store/kind.h"

const struct kind kind_room = {
    .name = "room",
    .number = KIND_room,
    .about = "A room or person's place looked at during a check.",
    .sealed_by = "visit",
    .bulk = true,
    .columns =
        (const struct column[]){
            {.name = "visit",
             .type = COL_REF,
             .about = "the check",
             .to = "visit",
             .index = true},
            {.name = "section", .type = COL_TEXT, .about = "id of the repeating section"},
            {.name = "area", .type = COL_REF, .about = "which place", .to = "area"},
            {.name = "label",
             .type = COL_TEXT,
             .about = "how it is shown, never with a health fact"},
            {.name = "seen",
             .type = COL_WORD,
             .about = "how it was seen",
             .words = "invited|with_worker|from_door|not_entered"},
            {.name = "why", .type = COL_TEXT, .about = "why not entered"},
            {.name = "position", .type = COL_INT, .about = "order on the check"},
            {.name = "empty", .type = COL_BOOL, .about = "nobody was in the room"},
            {.name = "repeat_of",
             .type = COL_WORD,
             .about = "what it stands for where that is no room",
             .words = "records|staff|people|calls|shifts|talks"},
            {.name = "number",
             .type = COL_INT,
             .about = "its number on the list it was drawn from"},
            {.name = NULL},
        },
};
