/* ratings_load.h -- the loader of the ratings page: place.word which framework ("ID" or "ID@EDITION", "" the one in
 * force), place.word2 what of it: "" all, a key question ("SAF"), a statement ("SAF-S6"), with kinds of evidence one of
 * those ("SAF-S6/people"). */
#ifndef MODEL_RATINGS_LOAD_H
#define MODEL_RATINGS_LOAD_H

#include "model/context.h"
#include "model/ratings_model.h"

MUST_CHECK enum status ratings_load(const struct load_context *c, struct arena *a, const void **out);
/* The same for whoever has a service and a framework: the report. Not what is looked at, no evidence. `until`: what was
 * given after that moment is left out; 0: all. */
MUST_CHECK enum status ratings_of(const struct load_context *c, struct arena *a, row_id service,
                                  const struct framework *f, int64_t until, struct ratings_model *out);
/* Frameworks under which somebody gave a score or rating here; at most `most`, in the set's order. */
int ratings_used(const struct load_context *c, const struct frameworks *set, row_id service, const struct framework **out,
                 int most);

#endif
