/* action_line.h -- one action in a list: its tag, what will be different, who and by when. Home
 * and Actions share it. */
#ifndef SCREEN_ACTION_LINE_H
#define SCREEN_ACTION_LINE_H

#include "model/action_row_model.h"
#include "screen/part.h"

/* Draws and cuts it off the area, with its line below; true when tapped. */
bool action_line(struct ui *u, const struct scene *s, rect *area, const struct action_row *r,
                 enum color ground);
/* "night lead · overdue 1 day", in the frame arena. */
const char *action_line_when(struct ui *u, const struct scene *s, const struct action_row *r);
/* "today 21:00", "tomorrow", "Thu 26 Nov". */
const char *action_day(struct ui *u, const struct scene *s, int64_t ms);

/* The first intent that is one. */
struct intent either(struct intent a, struct intent b);

#endif
