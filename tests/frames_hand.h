/* frames_hand.h -- made-up camera frames for tests: plain colours as YUYV, and as JPEG through
 * the product's own writer. */
#ifndef TESTS_FRAMES_HAND_H
#define TESTS_FRAMES_HAND_H

#include "store_help.h"

#include "media/picture.h"

/* Grey by `y`, with a border of another grey so that up and down can be told apart. */
static inline void frame_yuyv(struct buf *out, int w, int h, uint8_t y, size_t stride) {
    BELIEVE(stride >= (size_t)w * 2);
    buf_clear(out);
    for (int row = 0; row < h; row++) {
        uint8_t shade = row < h / 8 ? (uint8_t)(255 - y) : y;
        for (size_t at = 0; at < stride; at++)
            buf_byte(out, at % 2 ? 128 : shade);
    }
}

static inline struct picture *frame_picture(int w, int h, uint8_t y) {
    struct buf b = {0};
    struct picture *p = NULL;
    frame_yuyv(&b, w, h, y, (size_t)w * 2);
    struct camera_frame f = {.format = FRAME_YUYV,
                             .width = w,
                             .height = h,
                             .stride = (size_t)w * 2,
                             .bytes = b.data,
                             .size = b.size};
    OK(picture_of_frame(&p, &f, w > h ? w : h));
    buf_release(&b);
    return p;
}

static inline void frame_jpeg(struct buf *out, int w, int h, uint8_t y) {
    struct picture *p = frame_picture(w, h, y);
    buf_clear(out);
    OK(picture_write(p, out));
    picture_free(p);
}

/* A photo with so much in it that parts of its pixels are found nowhere by chance. */
static inline struct picture *frame_noise(int w, int h, uint64_t seed) {
    struct picture *p = frame_picture(w, h, 128);
    draw d = {.s = seed};
    for (int i = 0; i < w * h; i++)
        picture_argb(p)[i] = 0xFF000000u | (uint32_t)(draw_next(&d) & 0xFFFFFF);
    return p;
}

static inline int shade_at(struct picture *p, double x, double y) {
    int w = picture_width(p), h = picture_height(p);
    uint32_t c = picture_argb(p)[(int)(y * h) * w + (int)(x * w)];
    return (int)((c >> 16 & 255) + (c >> 8 & 255) + (c & 255)) / 3;
}

#endif
