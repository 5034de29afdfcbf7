/* paper_load.h -- loads paper_model.h. */
#ifndef MODEL_PAPER_LOAD_H
#define MODEL_PAPER_LOAD_H

#include "model/context.h"
#include "model/found_model.h"
#include "model/paper_model.h"

/* c->word: "action", "feedback", else a check. */
MUST_CHECK enum status paper_load(const struct load_context *c, struct arena *a,
                                  const void **out);
/* By rule after a danger, unless the checker decided. */
bool paper_copy_held(const struct found *f);
/* Of the feedback, or of what an action came from: nobody may have a paper of it. */
bool paper_said_apart(struct journal *j, row_id feedback);
bool paper_action_apart(struct journal *j, row_id action);

#endif
