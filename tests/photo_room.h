/* photo_room.h -- a room as a camera sees it: wall, floor, a bed, a cord, a window. For
 * pictures in tests, and as a frame that a recorded camera plays (LANTERN_CAMERA). */
#ifndef TESTS_PHOTO_ROOM_H
#define TESTS_PHOTO_ROOM_H

#include <stdint.h>
#include <stdlib.h>

#include "base/file.h"

#define ROOM_W 640
#define ROOM_H 480

static inline void room_box(uint32_t *px, int x0, int y0, int x1, int y1, uint32_t c) {
    for (int y = y0 < 0 ? 0 : y0; y < y1 && y < ROOM_H; y++)
        for (int x = x0 < 0 ? 0 : x0; x < x1 && x < ROOM_W; x++)
            px[y * ROOM_W + x] = 0xFF000000u | c;
}

/* `shift`: how far to the side the camera stood. */
static inline void room_paint(uint32_t *px, int shift, uint32_t wall) {
    for (int y = 0; y < ROOM_H; y++)
        for (int x = 0; x < ROOM_W; x++) {
            uint32_t shade = (uint32_t)(x * 24 / ROOM_W);
            px[y * ROOM_W + x] = 0xFF000000u | (wall - (shade << 16 | shade << 8 | shade));
        }
    room_box(px, 0, 340, ROOM_W, ROOM_H, 0x6B5A48);
    room_box(px, 60 + shift, 230, 360 + shift, 400, 0xC8C2B4);
    room_box(px, 60 + shift, 200, 130 + shift, 250, 0xD6D2CA);
    room_box(px, 40 + shift, 150, 60 + shift, 420, 0x8A6A44);
    room_box(px, 440 + shift, 90, 560 + shift, 260, 0x7D97A6);
    room_box(px, 300 + shift, 60, 306 + shift, 232, 0xC03A2B);
}

static inline uint8_t room_byte(double v) {
    return (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v + 0.5);
}

/* As a camera gives it: two pixels share their colour (BT.601). */
static inline enum status room_write_yuyv(const char *path, const uint32_t *px) {
    uint8_t *out = malloc((size_t)ROOM_W * ROOM_H * 2), *to = out;
    for (int i = 0; i < ROOM_W * ROOM_H; i += 2, to += 4) {
        double r = px[i] >> 16 & 255, g = px[i] >> 8 & 255, b = px[i] & 255;
        double y = 16 + 0.257 * r + 0.504 * g + 0.098 * b;
        double r2 = px[i + 1] >> 16 & 255, g2 = px[i + 1] >> 8 & 255, b2 = px[i + 1] & 255;
        to[0] = room_byte(y);
        to[1] = room_byte(128 - 0.148 * r - 0.291 * g + 0.439 * b);
        to[2] = room_byte(16 + 0.257 * r2 + 0.504 * g2 + 0.098 * b2);
        to[3] = room_byte(128 + 0.439 * r - 0.368 * g - 0.071 * b);
    }
    enum status s = file_write(path, out, (size_t)ROOM_W * ROOM_H * 2, 0600);
    free(out);
    return s;
}

/* A folder with one camera in it that looks at that room. */
static inline enum status room_camera(const char *dir) {
    static uint32_t px[ROOM_W * ROOM_H];
    char path[1200];
    enum status s = file_make_dirs(dir);
    for (int i = 0; !s && i < 3; i++) {
        room_paint(px, i, 0xA9A294);
        snprintf(path, sizeof path, "%s/frame%d-%dx%d.yuyv", dir, i, ROOM_W, ROOM_H);
        s = room_write_yuyv(path, px);
    }
    return s;
}

#endif
