/* danger_load.h -- reads one danger card (place.row: the card; 0: the newest open one of
 * place.other, the visit). */
#ifndef MODEL_DANGER_LOAD_H
#define MODEL_DANGER_LOAD_H

#include "model/context.h"
#include "model/danger_model.h"

MUST_CHECK enum status danger_load(const struct load_context *c, struct arena *a,
                                   const void **out);
#endif
