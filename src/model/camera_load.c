/* camera_load.c -- not built yet. */
#include "model/camera_load.h"

enum status camera_load(const struct load_context *c, struct arena *a, const void **out) {
    struct camera_model *m = ARENA_NEW(a, struct camera_model);
    m->row = c->row;
    *out = m;
    return STATUS_OK;
}
