/* row_said.h -- a row as a person knows it again: kind, date, first words. For erase, which asks
 * before it takes words away for good. */
#ifndef OFFICE_ROW_SAID_H
#define OFFICE_ROW_SAID_H

#include "office/office.h"

struct pointed {
    const struct kind *kind;
    row_id row;
};
/* LOG/SEQ as `show` prints it, KIND:ID as in the tables and the CSV, or an action's reference such
 * as B12. STATUS_USAGE: none of these; STATUS_NOT_FOUND; STATUS_INVALID: it fits more than one. */
MUST_CHECK enum status row_pointed(struct office *o, struct journal *j, const char *text,
                                   struct pointed *out);
/* "feedback:1099511627785, Sun 22 Nov 02:41: The bell rang for …" */
MUST_CHECK enum status row_said(struct office *o, struct journal *j, const struct pointed *p,
                                char **out);
/* Rows that were written about this one (an action from an answer, a photo of a room) and may hold
 * the same words. */
MUST_CHECK enum status rows_about(struct office *o, struct journal *j, const struct pointed *p,
                                  struct pointed **out, size_t *n);

#endif
