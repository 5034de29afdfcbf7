/* paper_load.c -- not built yet. */
#include "model/paper_load.h"

enum status paper_load(const struct load_context *c, struct arena *a, const void **out) {
    struct paper_model *m = ARENA_NEW(a, struct paper_model);
    m->row = c->row;
    *out = m;
    return STATUS_OK;
}
