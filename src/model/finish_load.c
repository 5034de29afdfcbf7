/* finish_load.c -- what one check found, for the finish screen. */
#include "model/finish_load.h"

#include "model/found.h"

enum status finish_load(const struct load_context *c, struct arena *a, const void **out) {
    struct found *f = NULL;
    enum status s = found_read(c, a, &f);
    if (!s) *out = f;
    return s;
}
