/* found_before.h -- was the same thing found at this service before? Counted from the answers,
 * never remembered. */
#ifndef MODEL_FOUND_BEFORE_H
#define MODEL_FOUND_BEFORE_H

#include "care/template.h"
#include "model/raise_model.h"
#include "store/journal.h"

/* `visit` itself is left out. Without a form (an unknown code) nothing can be judged, so
 * nothing is counted. */
MUST_CHECK enum status found_before(struct journal *j, const struct template *t, row_id service,
                                    const char *item, row_id visit, struct found_before *out);

#endif
