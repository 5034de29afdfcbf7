/* tight_row.h -- three or four choices in one row where their words fit, else as part_options
 * lays them out. */
#ifndef SCREEN_TIGHT_ROW_H
#define SCREEN_TIGHT_ROW_H

#include "screen/part.h"

int tight_row(struct ui *u, rect *area, const char *key, const struct option *o, int n,
              int selected, float height);

#endif
