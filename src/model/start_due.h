/* start_due.h -- the parts of the start model that say what is due, inside model only. */
#ifndef MODEL_START_DUE_H
#define MODEL_START_DUE_H

#include "model/context.h"
#include "model/start_model.h"

/* Actions to be looked at again and those said to be done that nobody has seen: into the facts.
 */
MUST_CHECK enum status start_actions(const struct load_context *c, struct arena *a,
                                     struct propose_facts *out);
/* Forms by groups (assets/choosing.json), places to stand in. */
MUST_CHECK enum status start_groups(const struct load_context *c, struct arena *a,
                                    struct start_model *m);
MUST_CHECK enum status start_places(const struct load_context *c, struct arena *a,
                                    struct start_model *m);

#endif
