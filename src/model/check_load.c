/* check_load.c -- what one check found, for the check screen. */
#include "model/check_load.h"

#include "model/found.h"

enum status check_load(const struct load_context *c, struct arena *a, const void **out) {
    struct found *f = NULL;
    enum status s = found_read(c, a, &f);
    if (!s) *out = f;
    return s;
}
