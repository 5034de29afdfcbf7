/* gather_part.h -- how what a meeting, a team, talks or a trial came to looks: shared by walk,
 * finish, morning and check. */
#ifndef SCREEN_GATHER_PART_H
#define SCREEN_GATHER_PART_H

#include "model/gather_model.h"
#include "screen/part.h"

/* All blocks, cut from the area; an action that was tapped is opened through *open. */
void gather_blocks(struct ui *u, const struct scene *s, rect *area, enum color ground,
                   const struct gather *g, struct intent *open);
void gather_block(struct ui *u, const struct scene *s, rect *area, enum color ground,
                  const struct gather_block *k, struct intent *open);
/* "Close the meeting", "Close"; NULL for what is walked. */
const char *gather_close_word(const struct scene *s, enum form_use use, bool brief);

#endif
