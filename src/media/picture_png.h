/* picture_png.h -- libpng, fed a piece at a time. What is much larger than wanted is made
 * smaller as its rows come, so a picture of 64 megapixels never lies in memory whole. */
#ifndef MEDIA_PICTURE_PNG_H
#define MEDIA_PICTURE_PNG_H

#include "media/picture_inside.h"

#define PNG_HEAD_SIZE 33 /* signature and first chunk */

MUST_CHECK enum status png_look(const void *bytes, size_t n, uint32_t *w, uint32_t *h);
bool png_is(const void *bytes, size_t n);

struct png_in;
/* *out is to be ended in any case. */
MUST_CHECK enum status png_in_start(struct png_in **out, const void *bytes, size_t n,
                                    int side_most);
void png_in_end(struct png_in *p);
/* One piece of work. */
MUST_CHECK enum status png_in_more(struct png_in *p, bool *done);
double png_in_part(const struct png_in *p);
/* After done; may still be larger than wanted, but less than twice. */
struct picture *png_in_take(struct png_in *p);

#endif
