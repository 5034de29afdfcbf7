/* picture.h -- photos: read, turned upright, made smaller, marked, written as JPEG.
 *
 * Journey: camera frame or file → picture (pixels in memory) → marks burnt in → JPEG and thumbnail → blob.
 * libjpeg-turbo, SDL2_image and libexif stay behind this header. Pixels are 0xAARRGGBB, opaque, rows of `w`.
 * What comes from outside is checked before anything is allocated: the file's bytes, the kind by its first bytes (JPEG or
 * PNG, whatever it is called), its width and height. A JPEG is decoded no larger than it has to be.
 * Nothing but the pixels is carried on: no EXIF, no position, no comment, no colour profile. */
#ifndef MEDIA_PICTURE_H
#define MEDIA_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"
#include "platform/platform.h"

#define PICTURE_SIDE_MOST   2048       /* of what is kept, on the longer side */
#define PICTURE_PIXELS_MOST 64000000   /* of what is read: 64 megapixels */
#define PICTURE_SIDE_READ   30000      /* no side longer than that */
#define PICTURE_FILE_MOST   (64u << 20)
#define THUMB_SIDE          320

struct picture;
int picture_width(const struct picture *p);
int picture_height(const struct picture *p);
uint32_t *picture_argb(struct picture *p);
void picture_free(struct picture *p); /* wiped; NULL is allowed */
struct picture *picture_copy(const struct picture *p);
struct picture *picture_smaller(const struct picture *p, int side_most); /* a copy when it is small enough */

/* What the bytes say they are, without decoding: STATUS_INVALID neither JPEG nor PNG; STATUS_TOO_LARGE beyond the limits;
 * STATUS_TRUNCATED, STATUS_DAMAGED. `turned`: width and height are those after turning upright. */
struct picture_kind {
    int width, height;
    const char *media_type; /* image/jpeg | image/png */
};
MUST_CHECK enum status picture_look(const void *bytes, size_t n, struct picture_kind *out);

/* Reading in steps of a few milliseconds. The bytes are borrowed until the reader is freed. The result is upright and at
 * most `side_most` on its longer side. A picture that is cut off is refused whole (STATUS_TRUNCATED). */
struct picture_reader;
MUST_CHECK enum status picture_read_start(struct picture_reader **out, const void *bytes, size_t n, int side_most);
MUST_CHECK enum status picture_read_step(struct picture_reader *r, int ms, bool *done, double *part);
struct picture *picture_read_take(struct picture_reader *r); /* after done: the caller's */
void picture_read_free(struct picture_reader *r);
/* All at once, for thumbnails and tests. */
MUST_CHECK enum status picture_read(struct picture **out, const void *bytes, size_t n, int side_most);

/* A camera's frame, at most side_most on its longer side. A broken frame (STATUS_DAMAGED) is skipped by the caller. */
MUST_CHECK enum status picture_of_frame(struct picture **out, const struct camera_frame *f, int side_most);

/* Writing in steps; the picture stays the caller's and must not change meanwhile. The same pixels give the same bytes. */
struct picture_writer;
MUST_CHECK enum status picture_write_start(struct picture_writer **out, const struct picture *p, struct buf *to);
MUST_CHECK enum status picture_write_step(struct picture_writer *w, int ms, bool *done, double *part);
void picture_write_free(struct picture_writer *w);
MUST_CHECK enum status picture_write(const struct picture *p, struct buf *to);

/* ---- marks, burnt in for good: points are parts of width and height, x and y by turns ----
 * arrow: tail, head; circle: two opposite corners of its box; pen, cover: the finger's way. Cover puts one colour for each
 * coarse square under the brush, taken from a few colours so that nothing can be worked back from them. */
enum picture_mark { PICTURE_ARROW, PICTURE_CIRCLE, PICTURE_PEN, PICTURE_COVER };
void picture_mark(struct picture *p, enum picture_mark sort, const float *points, int count);

#endif
