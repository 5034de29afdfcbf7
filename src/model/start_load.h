/* start_load.h -- reads what the start screen needs (place.word: code of the wished form, "" by
 * the hour). */
#ifndef MODEL_START_LOAD_H
#define MODEL_START_LOAD_H

#include "model/context.h"
#include "model/start_model.h"

MUST_CHECK enum status start_load(const struct load_context *c, struct arena *a,
                                  const void **out);
#endif
