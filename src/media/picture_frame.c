/* picture_frame.c -- a camera's frame as a picture: JPEG (often without its code tables, which
 * libjpeg-turbo then takes from the standard, as Motion JPEG means it) or pairs of pixels with
 * shared colours (YUYV). */
#include <SDL2/SDL_pixels.h>

#include "media/picture_inside.h"

static bool plausible(const struct camera_frame *f) {
    if (f->width <= 0 || f->height <= 0 || f->width % 2 || f->width > PICTURE_SIDE_READ ||
        f->height > PICTURE_SIDE_READ || (int64_t)f->width * f->height > PICTURE_PIXELS_MOST)
        return false;
    size_t row = (size_t)f->width * 2;
    return f->stride >= row && f->stride <= 4 * PICTURE_SIDE_READ && f->size >= row &&
           (f->size - row) / f->stride >= (size_t)f->height - 1;
}

static enum status of_yuyv(struct picture **out, const struct camera_frame *f, int side_most) {
    if (!plausible(f))
        return status_fail(STATUS_DAMAGED, "frame of %d x %d in %zu bytes", f->width, f->height,
                           f->size);
    struct picture *p = picture_new(f->width, f->height);
    if (!p) return status_fail(STATUS_TOO_LARGE, "no memory for the frame");
    if (SDL_ConvertPixels(f->width, f->height, SDL_PIXELFORMAT_YUY2, f->bytes, (int)f->stride,
                          SDL_PIXELFORMAT_ARGB8888, picture_argb(p), f->width * 4) < 0) {
        picture_free(p);
        return status_fail(STATUS_DAMAGED, "frame: %s", SDL_GetError());
    }
    if (f->width > side_most || f->height > side_most) {
        struct picture *small = picture_smaller(p, side_most);
        picture_free(p);
        if (!small) return status_fail(STATUS_TOO_LARGE, "no memory for the frame");
        p = small;
    }
    *out = p;
    return STATUS_OK;
}

enum status picture_of_frame(struct picture **out, const struct camera_frame *f,
                             int side_most) {
    BELIEVE(side_most > 0);
    if (f->format == FRAME_YUYV) return of_yuyv(out, f, side_most);
    if (f->size == 0 || f->size > PICTURE_FILE_MOST)
        return status_fail(STATUS_DAMAGED, "frame of %zu bytes", f->size);
    enum status s = picture_of_mjpeg(out, f->bytes, f->size, side_most);
    /* Whatever is wrong with it, the next one is on its way. */
    return s ? STATUS_DAMAGED : STATUS_OK;
}
