/* show_copy.h -- a master's rows as a copy for others has them, one a line: what `show --for`
 * prints for a manager, a board and everyone. Each row as it stands now; no log, no number of a
 * record. */
#ifndef OFFICE_SHOW_COPY_H
#define OFFICE_SHOW_COPY_H

#include "office/roles_office.h"

/* `kind` one kind's name, NULL all. */
MUST_CHECK enum status show_copy(struct office *o, struct journal *j, struct role *role,
                                 const char *kind);

#endif
