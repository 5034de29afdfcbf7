/* people_load.c -- being written. */
#include "model/people_load.h"

enum status people_load(const struct load_context *c, struct arena *a, const void **out) {
    (void)c;
    *out = ARENA_NEW(a, struct people_model);
    return STATUS_OK;
}
