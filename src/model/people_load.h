/* people_load.h -- fills struct people_model. */
#ifndef MODEL_PEOPLE_LOAD_H
#define MODEL_PEOPLE_LOAD_H

#include "model/context.h"
#include "model/people_model.h"

enum status people_load(const struct load_context *c, struct arena *a, const void **out);

#endif
