/* picture_jpeg.h -- libjpeg-turbo, made safe for bytes from outside: it never ends the program,
 * never prints, never writes a temporary file, and waits for more bytes when told to, so that
 * reading can be done in steps. */
#ifndef MEDIA_PICTURE_JPEG_H
#define MEDIA_PICTURE_JPEG_H

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include "media/picture_inside.h"

/* Stands first, libjpeg's error manager first in it: libjpeg hands that back. */
struct jpeg_guard {
    struct jpeg_error_mgr mgr;
    jmp_buf jump;
    enum status failed;
};
void jpeg_guard_start(struct jpeg_guard *g);

struct jpeg_in {
    struct jpeg_guard guard;
    struct jpeg_source_mgr source;
    struct jpeg_progress_mgr progress;
    struct jpeg_decompress_struct c;
    const uint8_t *end, *fence; /* of the bytes; of those that may be read already */
    bool frame;                 /* a camera's: an end that is missing is put there */
    bool past_end;              /* that was done */
};

/* Always to be ended, after a failure too. `frame`: a camera's picture, not a file. */
void jpeg_in_start(struct jpeg_in *j, const void *bytes, size_t n, bool frame);
void jpeg_in_end(struct jpeg_in *j);
/* Everything before the pixels; within the limits afterwards. `turn` of EXIF. */
MUST_CHECK enum status jpeg_in_head(struct jpeg_in *j, int *turn);
/* Says how large at least the longer side is to be, and gives the size that comes. */
struct picture_size jpeg_in_scale(struct jpeg_in *j, int side_least);
/* One piece of work each: *done when that part is finished. */
MUST_CHECK enum status jpeg_in_begin(struct jpeg_in *j, bool *done);
MUST_CHECK enum status jpeg_in_row(struct jpeg_in *j, uint32_t *row, bool *done);
MUST_CHECK enum status jpeg_in_finish(struct jpeg_in *j, bool *done);
/* How much of the bytes has been read, 0 to 1. */
double jpeg_in_part(const struct jpeg_in *j, const void *bytes);

#endif
