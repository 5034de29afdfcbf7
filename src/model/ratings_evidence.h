/* ratings_evidence.h -- what was found at a service about one statement, or one key question. Nothing restricted is in it,
 * and of workers' own answers only what the question was and how it went, never their words. */
#ifndef MODEL_RATINGS_EVIDENCE_H
#define MODEL_RATINGS_EVIDENCE_H

#include "model/context.h"
#include "model/ratings_model.h"

/* `about`: "SAF-S6", or the beginning of all that is meant, "SAF-". `score`: whose links are told in `basis`, 0 none. */
MUST_CHECK enum status ratings_evidence_read(const struct load_context *c, struct arena *a, row_id service,
                                             const char *about, row_id score, struct ratings_evidence_list *out);

/* The same of all statements at once, newest first and every piece of it (no photos, no links),
 * without what the check `but` says itself: what a rehearsal shows beside each score. */
MUST_CHECK enum status ratings_evidence_all(const struct load_context *c, struct arena *a, row_id service, row_id but,
                                            struct ratings_evidence_list *out);

#endif
