/* name_note.h -- "Looks like a name. Replace it?" below a field: people are written about by
 * role or place. */
#ifndef SCREEN_NAME_NOTE_H
#define SCREEN_NAME_NOTE_H

#include "screen/part.h"

/* Looks at the field's present words; draws nothing when no name is likely. The tap replaces it
 * in the field. */
void name_note(struct ui *u, const struct scene *s, rect *area, const char *key,
               enum color ground);

#endif
