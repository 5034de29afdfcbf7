/* erased_part.h -- how erased words look, on a check, on an action, among past checks. */
#ifndef SCREEN_ERASED_PART_H
#define SCREEN_ERASED_PART_H

#include "model/erased_model.h"
#include "screen/part.h"

/* "Erased on Tue 24 Nov 2026: asked for by the family", cut from the area. */
void erased_line(struct ui *u, const struct scene *s, rect *area, const struct erased_words *e);
/* A card of them under a heading; nothing when there are none. */
void erased_card(struct ui *u, const struct scene *s, rect *area, const char *heading,
                 const struct erased_list *list);

#endif
