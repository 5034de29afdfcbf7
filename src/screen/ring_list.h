/* ring_list.h -- telephone numbers to be read and rung: who, number, when it is answered, where
 * the number is from. */
#ifndef SCREEN_RING_LIST_H
#define SCREEN_RING_LIST_H

#include "model/ring_model.h"
#include "screen/part.h"

void ring_list(struct ui *u, const struct scene *s, rect *area, const struct ring_line *lines,
               int n, enum color ground);

#endif
