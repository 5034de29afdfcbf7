/* own_load.h -- reads what the page of a form of one's own needs (place.word: its code, "" a
 * new one). */
#ifndef MODEL_OWN_LOAD_H
#define MODEL_OWN_LOAD_H

#include "model/context.h"
#include "model/own_model.h"

MUST_CHECK enum status own_load(const struct load_context *c, struct arena *a,
                                const void **out);

#endif
