/* identity_load.h -- the loader of Show who I am. */
#ifndef MODEL_IDENTITY_LOAD_H
#define MODEL_IDENTITY_LOAD_H

#include "model/context.h"

MUST_CHECK enum status identity_load(const struct load_context *c, struct arena *a,
                                     const void **out);

#endif
