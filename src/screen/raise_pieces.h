/* raise_pieces.h -- the pieces of Raise an action. Seen by raise*.c only. */
#ifndef SCREEN_RAISE_PIECES_H
#define SCREEN_RAISE_PIECES_H

#include "model/raise_model.h"
#include "screen/action_line.h"
#include "screen/part.h"

enum raise_must { RAISE_UNSAID, RAISE_MUST, RAISE_SHOULD };
#define OWNER_UNSAID 0
#define OWNER_ROLE   (-1) /* the item's usual owner, in words */
#define OWNER_ELSE   (-2) /* someone else, typed */
struct raise_state {
    int64_t owner;  /* a person, or one of the above */
    int32_t filled; /* the item's usual choices were taken over */
    int32_t must, lane, sheet, weeks_on;
    int32_t day; /* LANE_DATE */
    int32_t more_people;
};
struct raise {
    struct ui *u;
    const struct scene *s;
    const struct raise_model *m;
    struct raise_state *state;
    const char *prefix;
};
const char *raise_key(struct raise *v, const char *part);
const char *raise_text(struct raise *v, const char *part); /* present content of a field, "" */
void raise_different(struct raise *v, rect *area);
void raise_must(struct raise *v, rect *area);
void raise_lane(struct raise *v, rect *area);
void raise_owner(struct raise *v, rect *area);
void raise_know(struct raise *v, rect *area);
void raise_why(struct raise *v, rect *area);
void raise_next(struct raise *v, rect *area);

#endif
