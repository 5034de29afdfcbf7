/* template_paper.h -- a form on paper: to read through, to hand round, to fill in when no
 * tablet is at hand. */
#ifndef OFFICE_TEMPLATE_PAPER_H
#define OFFICE_TEMPLATE_PAPER_H

#include "care/template.h"
#include "office/office.h"

/* The pages as PDF, appended to `out`. */
MUST_CHECK enum status template_paper(struct office *o, const struct template *t,
                                      struct buf *out);

#endif
