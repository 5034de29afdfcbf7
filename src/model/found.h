/* found.h -- the loader of found_model.h, shared by the screens finish, show, morning and check. */
#ifndef MODEL_FOUND_H
#define MODEL_FOUND_H

#include "model/context.h"
#include "model/found_model.h"

/* c->row names the visit. found->walk->visit is 0 when it cannot be read. */
MUST_CHECK enum status found_read(const struct load_context *c, struct arena *a,
                                  struct found **out);

#endif
