/* known.h -- what only sync knows of the devices, put together for the findings. */
#ifndef OFFICE_KNOWN_H
#define OFFICE_KNOWN_H

#include "model/findings_model.h"
#include "office/office.h"

/* What enrolments call the tablets, and whose clock was noticed to be wrong. Lives in `a`. */
MUST_CHECK enum status office_known(struct journal *j, struct arena *a,
                                    struct findings_known *out);
/* The findings of a master, with that. Live in `a`. */
MUST_CHECK enum status office_findings(struct office *o, struct journal *j, struct arena *a,
                                       const struct findings_model **out);

#endif
