/* find_load.h -- reads every form whole and makes the index (place.word: the form of one's own
 * that is being changed, "" a new one). */
#ifndef MODEL_FIND_LOAD_H
#define MODEL_FIND_LOAD_H

#include "model/context.h"
#include "model/find_model.h"

MUST_CHECK enum status find_load(const struct load_context *c, struct arena *a,
                                 const void **out);

#endif
