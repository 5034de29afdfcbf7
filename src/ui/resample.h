/* resample.h -- a part of a picture in another size: every pixel that goes has had its share,
 * so that thin lines and small print stay readable in a thumbnail. For image_draw.c. */
#ifndef UI_RESAMPLE_H
#define UI_RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct resample {
    const uint32_t *from; /* 0xAARRGGBB, rows of from_w */
    int from_w, from_h;
    float x, y, w, h; /* the part of it, in its pixels */
    int to_w, to_h;
};
/* Opaque pixels, rows of `pitch` pixels. Rows of work are taken from `a`. */
void resample(const struct resample *r, uint32_t *to, size_t pitch, struct arena *a);

#endif
