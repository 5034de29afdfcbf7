/* pin_load.c -- being written. */
#include "model/pin_load.h"

enum status pin_load(const struct load_context *c, struct arena *a, const void **out) {
    (void)c;
    *out = ARENA_NEW(a, struct pin_model);
    return STATUS_OK;
}
