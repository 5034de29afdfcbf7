/* picture_inside.h -- what the files of picture*.c share and nobody else sees.
 *
 * A picture's pixels are an SDL surface, so that scaling and converting are the library's; the
 * struct lies in an arena of its own, which is wiped with it. */
#ifndef MEDIA_PICTURE_INSIDE_H
#define MEDIA_PICTURE_INSIDE_H

#include <SDL2/SDL_surface.h>

#include "base/arena.h"
#include "base/log.h"
#include "media/picture.h"

struct picture {
    struct arena arena;
    SDL_Surface *surface; /* ARGB8888, rows without a gap */
};

/* Opaque nothing yet; NULL when there is not that much memory. */
struct picture *picture_new(int w, int h);
uint32_t *picture_row(const struct picture *p, int y);
/* Half as wide and high, rounded up. */
struct picture *picture_halved(const struct picture *p);
/* Fills `to`, which is smaller; false when there is no memory for what lies between. */
bool picture_scale(const struct picture *p, struct picture *to);
/* Width and height after scaling so that the longer side is at most `most`; never enlarged,
 * never 0. */
struct picture_size {
    int w, h;
};
struct picture_size picture_fit(int w, int h, int most);
/* Limits on what is read, the same for every kind. */
MUST_CHECK enum status picture_limits(uint64_t w, uint64_t h);

/* How a picture lies, as EXIF counts: 1 upright, 2 mirrored … 8. */
bool turn_swaps(int turn);
/* 1 unless the segment's bytes (from "Exif") say another. */
int turn_of_exif(const void *exif, size_t n);
/* Puts some rows of `from` where they belong in `to`. */
void turn_rows(const struct picture *from, struct picture *to, int turn, int first, int count);

/* A camera's JPEG; see picture_read.c. */
MUST_CHECK enum status picture_of_mjpeg(struct picture **out, const void *bytes, size_t n,
                                        int side_most);

/* Until when a step may go on; ms 0 or less: for one piece of work. */
struct step_end {
    int64_t at;
};
struct step_end step_until(int ms);
bool step_over(const struct step_end *e);

#endif
