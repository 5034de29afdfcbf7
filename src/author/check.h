/* check.h -- the reader's complaints about a form, told where its author can mend them. */
#ifndef AUTHOR_CHECK_H
#define AUTHOR_CHECK_H

#include "author/author.h"
#include "author/rows.h"

/* Rows to a sound form in f->json, or STATUS_INVALID with everything in `p`. `name`: of the
 * sheet. */
MUST_CHECK enum status check_rows(struct problems *p, const char *name, struct form_rows *rows,
                                  struct authored *f);
/* A form's JSON as it was given. */
MUST_CHECK enum status check_json(struct problems *p, const char *name, const char *text,
                                  size_t n, struct authored *f);

#endif
