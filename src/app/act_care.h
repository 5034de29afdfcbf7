/* act_care.h -- what the handlers of a check share. Each works inside the transaction of
 * app_act. */
#ifndef APP_ACT_CARE_H
#define APP_ACT_CARE_H

#include "app/app.h"
#include "base/buf.h"

/* The present row of that kind, ready to be changed. */
MUST_CHECK enum status act_row(struct act *t, const struct kind *k, row_id id, struct row *out);
row_id act_visit_service(struct act *t, row_id visit);
/* The answer to one part: the one kept already, else a new one that names visit, item, room and
 * part. */
MUST_CHECK enum status act_answer_row(struct act *t, row_id visit, const char *item,
                                      const char *part, row_id room, struct row *out);
/* Sets `result` against the service's own limit, and takes back what belonged to a worse
 * answer. */
void act_answer_judge(struct act *t, struct row *answer);
/* A stopwatch's time becomes the answer of its part. */
MUST_CHECK enum status act_answer_time(struct act *t, row_id visit, const char *item,
                                       const char *part, row_id room, int64_t ms);
/* Opens a danger card for `source` (or finds the open one) and goes there. All duties wait for
 * a decision. */
MUST_CHECK enum status act_danger_for(struct act *t, row_id visit, row_id service,
                                      row_id source, row_id area, const char *text);
MUST_CHECK enum status act_event_put(struct act *t, row_id visit, const char *sort, int64_t ms,
                                     const char *text);
/* The writer's own copies of words in confidence, of all or of one; in a transaction of their
 * own unless inside one. */
MUST_CHECK enum status confided_forget(struct app *a);
/* Also what that person had only typed so far. */
MUST_CHECK enum status confided_forget_of(struct app *a, row_id person);
/* Forms about one action (act_about.c). The form with the card that first failed, into an empty
 * buffer, which stays empty when the form is taken as it is; what was promised and claimed,
 * copied into the check; and the step that its verdict writes when it is closed. */
MUST_CHECK enum status act_about_form(struct act *t, const struct template *form, row_id action,
                                      struct buf *out);
MUST_CHECK enum status act_about_copy(struct act *t, const struct template *form, row_id visit,
                                      row_id action);
MUST_CHECK enum status act_about_close(struct act *t, row_id visit);
/* What a person wrote for nobody else (act_private.c). */
MUST_CHECK enum status private_forget_of(struct app *a, row_id person);
MUST_CHECK enum status confided_forget_one(struct app *a, row_id row);

#endif
