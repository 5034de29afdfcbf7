/* findings_load.h -- see findings_model.h. */
#ifndef MODEL_FINDINGS_LOAD_H
#define MODEL_FINDINGS_LOAD_H

#include "model/context.h"
#include "model/findings_model.h"

/* Of the context it reads j, words and known (may be NULL). *out is a struct findings_model. */
MUST_CHECK enum status findings_load(const struct load_context *c, struct arena *a,
                                     const void **out);
/* Was that moment told by a clock that was wrong then? By the records alone, whatever was
 * merged first. Ahead: beyond the newest moment that can be believed; behind: the hybrid clock
 * of the row's first record knew better. */
bool findings_date_wrong(struct journal *j, const struct findings_model *m, row_id row,
                         int64_t at);

#endif
