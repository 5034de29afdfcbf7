/* erased.h -- words that the office erased, shown where they stood: "Erased on DATE: why", not
 * an older answer and not a silent hole. */
#ifndef MODEL_ERASED_H
#define MODEL_ERASED_H

#include "model/context.h"
#include "model/erased_model.h"

/* What stood on one check. What may have been said in confidence (something seen or heard, and
 * what may hang on it) is never shown beside a check: with its words gone nobody can tell. */
MUST_CHECK enum status erased_of_check(struct journal *j, row_id visit, struct arena *a,
                                       struct erased_list *out);
/* All the rest, which stands on no check that is here. */
MUST_CHECK enum status erased_elsewhere(struct journal *j, struct arena *a,
                                        struct erased_list *out);
/* One row; false when it is not erased. */
bool erased_row(struct journal *j, row_id row, struct arena *a, struct erased_words *out);

#endif
