/* camera_choose.c -- which size and format of those a camera offers: the largest that is of use
 * and still flows. At the same size the pixels themselves are better than a JPEG of them, but
 * only when the cable carries ten pictures a second. */
#include "platform/linux/camera_inside.h"

#define FLOWS_TENTHS 100          /* ten a second */
#define PLAIN_PIXELS (1280 * 720) /* of YUYV, when the camera does not say how fast */

static bool flows(const struct camera_mode *m) {
    if (m->tenths) return m->tenths >= FLOWS_TENTHS;
    return m->format == FRAME_MJPEG || m->width * m->height <= PLAIN_PIXELS;
}

static bool fits(const struct camera_mode *m) {
    return m->width <= CAMERA_SIDE_MOST && m->height <= CAMERA_SIDE_MOST &&
           m->width * m->height <= CAMERA_AREA_MOST;
}

const struct camera_mode *camera_better(const struct camera_mode *a,
                                        const struct camera_mode *b) {
    if (!a || !b) return a ? a : b;
    if (flows(a) != flows(b)) return flows(a) ? a : b;
    if (fits(a) != fits(b)) return fits(a) ? a : b;
    int area_a = a->width * a->height, area_b = b->width * b->height;
    bool larger = fits(a); /* of those that are too large the smallest */
    if (area_a != area_b) return (area_a > area_b) == larger ? a : b;
    if (a->format != b->format) return a->format == FRAME_YUYV ? a : b;
    return a->tenths >= b->tenths ? a : b;
}
