/* said.h -- the small answers beside somebody's words ("Do they come soon? Yes", two ticks, a
 * choice) as one line of text: part=word by comma, several ticks of one part by plus. So they
 * stand in a feedback record and in the box of what was said in confidence. */
#ifndef CARE_SAID_H
#define CARE_SAID_H

#include <stdbool.h>

#include "base/arena.h"

#define SAID_WORD_MOST 200 /* bytes of one part's word */

/* The word of a part, "" none said. NULL is read as "". */
const char *said_get(struct arena *a, const char *list, const char *part);
/* The same line with that part's word; "" takes it out. What would break the line (comma, equals sign) is left out of
 * the word. */
const char *said_put(struct arena *a, const char *list, const char *part, const char *word);
/* Among several ticks "a+b". */
bool said_has(const char *word, const char *id);
const char *said_toggle(struct arena *a, const char *word, const char *id);
/* Both lines, one after the other; either may be "". */
const char *said_join(struct arena *a, const char *x, const char *y, const char *between);

#endif
