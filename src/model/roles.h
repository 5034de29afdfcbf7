/* roles.h -- people by role, and where a check under way is. Shared by the loaders of Home,
 * actions and what was seen. A person is shown by the label that the office gave (a role or
 * initials), never by more. */
#ifndef MODEL_ROLES_H
#define MODEL_ROLES_H

#include "model/ring_model.h"
#include "store/journal.h"

/* "" for nobody. */
const char *role_of(struct journal *j, row_id person, struct arena *a);
/* From outside this service: the provider's side, or somebody of another service. */
bool role_outside(struct journal *j, row_id person, row_id service);

#define VISIT_OPEN_HOURS 12
/* The newest check of the service that is under way: begun in the last twelve hours, not left,
 * not sealed. 0 none. */
row_id visit_under_way(struct journal *j, row_id service, int64_t wall_ms);
/* Visit's service, or the fallback when the visit is 0 or unknown. */
row_id visit_service(struct journal *j, row_id visit, row_id fallback);
/* Did it begin in the night hours of its service? */
bool visit_at_night(struct journal *j, row_id visit);

/* Contacts of these purposes ("speak_up,regulator"), for this service and for all, in their
 * order. */
MUST_CHECK enum status contacts_for(struct journal *j, row_id service, const char *purposes,
                                    struct arena *a, struct ring_line **out, int *count);

#endif
