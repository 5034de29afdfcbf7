/* pick_day.h -- a sheet with the days of the next weeks, to choose a date with one tap. */
#ifndef SCREEN_PICK_DAY_H
#define SCREEN_PICK_DAY_H

#include "screen/part.h"

/* True when it is over: *chosen is the day, 0 when it was closed without one. `weeks_on`: how
 * far one has paged. */
bool pick_day(struct ui *u, const struct scene *s, const char *key, const char *title,
              int32_t *weeks_on, day_no *chosen);
/* The end of that day in London, as ms. */
int64_t pick_day_end(day_no d);

#endif
