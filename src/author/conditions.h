/* conditions.h -- when an item is asked, as one cell of a sheet and as the form's JSON:
 *
 *     N06.sleep_in >= 1 and N07 = yes        N06 = met or N09 != no        N11 from 2 to 5
 *
 * An item, or an item and its part behind a dot; `and` throughout or `or` throughout. */
#ifndef AUTHOR_CONDITIONS_H
#define AUTHOR_CONDITIONS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"

#define SAID_MOST 9 /* one more than a form may have: the reader complains of it */

struct said_condition {
    const char *item, *part;        /* part "": the only one */
    const char *is, *is_not;        /* an answer's word; NULL: see the limits */
    const char *at_least, *at_most; /* numbers as written; NULL: open */
};
struct said_conditions {
    struct said_condition list[SAID_MOST];
    int count;
    bool any; /* one is enough */
};
/* What is wrong with the cell, NULL: nothing. */
const char *conditions_parse(struct arena *a, const char *cell, struct said_conditions *out);
/* As the cell says it. */
void conditions_say(const struct said_conditions *c, struct buf *out);
/* From "when" or "whenAny" of an item that has been read without complaint. */
void conditions_of_json(struct arena *a, const json *item, struct said_conditions *out);
/* A JSON number as people write it: "1", "0.5". */
const char *number_said(struct arena *a, const json *v);
/* A number as JSON wants it, from a cell: "1.0" → "1", "0,5" → "0.5". NULL: it is none. */
const char *number_read(struct arena *a, const char *cell);

#endif
