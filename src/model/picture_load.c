/* picture_load.c -- not built yet. */
#include "model/picture_load.h"

enum status picture_load(const struct load_context *c, struct arena *a, const void **out) {
    struct picture_model *m = ARENA_NEW(a, struct picture_model);
    m->row = c->row;
    *out = m;
    return STATUS_OK;
}
