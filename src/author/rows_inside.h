/* rows_inside.h -- what the files of rows.h share. */
#ifndef AUTHOR_ROWS_INSIDE_H
#define AUTHOR_ROWS_INSIDE_H

#include "author/rows.h"

/* Rows out of place are told of and become ROW_NOTHING. */
void rows_order(struct problems *p, struct form_rows *rows);
/* Does the row hold an answer of its own (an item without parts, or a part)? */
bool row_is_answer(const struct form_row *r);

#endif
