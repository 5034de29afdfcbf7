/* confide_load.h -- reads struct confide_model, and says where the writer's own copies lie. */
#ifndef MODEL_CONFIDE_LOAD_H
#define MODEL_CONFIDE_LOAD_H

#include "model/confide_model.h"
#include "model/context.h"

/* The writer's own copy of a confidence, sealed at rest like every draft: key CONFIDED and the
 * row, value {"holder": ROW, "note": JSON as care/confidence.h says}. */
#define CONFIDED "confided/"

MUST_CHECK enum status confide_load(const struct load_context *c, row_id service,
                                    struct arena *a, struct confide_model *out);

#endif
