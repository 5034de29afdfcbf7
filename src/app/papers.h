/* papers.h -- the papers to hand over: a check in full, a check for the person in charge, one
 * action's history, one piece of feedback, and what one wrote for oneself.
 *
 * Journey: paper screen → intent paper_make → here: model → media/pdf.h → one file in the
 * chosen folder, whole or not at all, never over another. A paper leaves the building: what is
 * restricted and what a worker said is on none of them. Same records and same time, same bytes.
 */
#ifndef APP_PAPERS_H
#define APP_PAPERS_H

#include "app/app.h"
#include "base/buf.h"

enum paper_copy { PAPER_CHECK, PAPER_HOME, PAPER_ACTION, PAPER_SAID, PAPER_SELF, PAPERS };
bool paper_copy_of(const char *word, enum paper_copy *out); /* check | home | action | said | self */

/* The bytes alone. STATUS_SEALED: the home's copy is held back; STATUS_NOT_FOUND;
 * STATUS_INVALID: in confidence. */
MUST_CHECK enum status paper_write(struct app *a, enum paper_copy copy, row_id row,
                                   struct buf *out, int *pages);

bool papers_navigate(struct app *a, const struct intent *in); /* true: it was one of ours */
bool papers_step(struct app *a); /* in job_step; true while a paper is being made */

#endif
