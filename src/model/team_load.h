/* team_load.h -- reads a team's form and how many have filled it in. */
#ifndef MODEL_TEAM_LOAD_H
#define MODEL_TEAM_LOAD_H

#include "model/context.h"

/* The counts so far lie under this key on this tablet alone: "4;TM01=3,1,0;TM02=…". */
#define TEAM_DRAFT "team/%lld"

MUST_CHECK enum status team_load(const struct load_context *c, struct arena *a,
                                 const void **out);

#endif
