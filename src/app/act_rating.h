/* act_rating.h -- scores given elsewhere than on the ratings page: answers of a rehearsal. */
#ifndef APP_ACT_RATING_H
#define APP_ACT_RATING_H

#include "app/app.h"

/* The score of a statement on one day (outside a check), or on one check: the row that is there is changed, else a new one
 * begins. Needs service or visit, framework, statement, score 1 or more, and a reason unless it comes from a check. */
MUST_CHECK enum status act_score_put(struct act *t, const struct score_intent *k);
/* What is said at an item of a rehearsal ("mock") is the score of its statement: made, changed or taken back to what the
 * answer says now. Nothing for other forms and other kinds of answer. */
MUST_CHECK enum status act_score_of_answer(struct act *t, row_id visit, const char *item);

#endif
