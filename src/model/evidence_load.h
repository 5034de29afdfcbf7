/* evidence_load.h -- loads the photos and voice notes of a check, a row or a form that is being filled. */
#ifndef MODEL_EVIDENCE_LOAD_H
#define MODEL_EVIDENCE_LOAD_H

#include "model/context.h"
#include "model/evidence_model.h"

/* Everything of a visit; everything of one row (observation, feedback, action, step). Not taken back, nothing erased. */
MUST_CHECK enum status evidence_of_visit(struct journal *j, struct arena *a, row_id visit, struct evidence_list *out);
/* The same for whoever reads it: without what was taken in a worker's talk (talk_kept.h). */
MUST_CHECK enum status evidence_told_of_visit(struct journal *j, struct arena *a, row_id visit,
                                              struct evidence_list *out);
MUST_CHECK enum status evidence_of_row(struct journal *j, struct arena *a, row_id row, struct evidence_list *out);

/* What waits for a form: a draft each, "evidence/FORM/VISIT/ITEM/NUMBER", NUMBER 1, 2, 3 …, the value one JSON object.
 * `form` is "saw" or "heard". Written by app/evidence.c alone. */
#define EVIDENCE_DRAFT "evidence/"
char *evidence_draft_prefix(struct arena *a, const char *form, row_id visit, const char *item);
MUST_CHECK enum status evidence_waiting(struct journal *j, struct arena *a, const char *form, row_id visit, const char *item,
                                        struct evidence_list *out);

#endif
