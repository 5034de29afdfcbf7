/* raster.c -- coverage by distance: a pixel's share of a disc, ring or stroke is how far its
 * middle lies inside. Made once for each picture, then blitted; so plain loops are quick
 * enough. */
#include "ui/raster.h"

#include <math.h>

static SDL_Surface *blank(int w, int h) {
    return w > 0 && h > 0
               ? SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_ARGB8888)
               : NULL;
}

static uint32_t *row_of(SDL_Surface *s, int y) {
    return (uint32_t *)(void *)((uint8_t *)s->pixels + (size_t)y * (size_t)s->pitch);
}

static float within(float v) {
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

SDL_Surface *raster_ring(int r, int width, uint32_t rgb) {
    SDL_Surface *s = blank(2 * r, 2 * r);
    if (!s) return NULL;
    for (int y = 0; y < 2 * r; y++) {
        uint32_t *row = row_of(s, y);
        for (int x = 0; x < 2 * r; x++) {
            float dx = (float)x + 0.5f - (float)r, dy = (float)y + 0.5f - (float)r;
            float far = sqrtf(dx * dx + dy * dy);
            float share = within((float)r - far + 0.5f);
            if (width > 0 && width < r) share -= within((float)(r - width) - far + 0.5f);
            row[x] = (uint32_t)(within(share) * 255.0f + 0.5f) << 24 | rgb;
        }
    }
    return s;
}

static float distance(float px, float py, const float *a, const float *b) {
    float vx = b[0] - a[0], vy = b[1] - a[1], wx = px - a[0], wy = py - a[1];
    float along = vx * vx + vy * vy;
    float t = along > 0 ? within((wx * vx + wy * vy) / along) : 0;
    float dx = wx - t * vx, dy = wy - t * vy;
    return sqrtf(dx * dx + dy * dy);
}

/* The greatest share wins, so that neither joints nor crossings are darker. */
static void stroke_part(SDL_Surface *s, const float *a, const float *b, float half,
                        uint32_t rgb) {
    int x0 = (int)floorf(SDL_min(a[0], b[0]) - half - 1),
        x1 = (int)ceilf(SDL_max(a[0], b[0]) + half + 1);
    int y0 = (int)floorf(SDL_min(a[1], b[1]) - half - 1),
        y1 = (int)ceilf(SDL_max(a[1], b[1]) + half + 1);
    x0 = SDL_max(x0, 0), y0 = SDL_max(y0, 0);
    x1 = SDL_min(x1, s->w), y1 = SDL_min(y1, s->h);
    for (int y = y0; y < y1; y++) {
        uint32_t *row = row_of(s, y);
        for (int x = x0; x < x1; x++) {
            float share =
                within(half + 0.5f - distance((float)x + 0.5f, (float)y + 0.5f, a, b));
            uint32_t alpha = (uint32_t)(share * 255.0f + 0.5f);
            if (alpha > row[x] >> 24) row[x] = alpha << 24 | rgb;
        }
    }
}

SDL_Surface *raster_stroke(const float *xy, size_t n, float scale, float dx, float dy,
                           float width, int w, int h, uint32_t rgb) {
    SDL_Surface *s = blank(w, h);
    if (!s) return NULL;
    SDL_FillRect(s, NULL, rgb);
    for (size_t i = 0; i < n; i++) {
        size_t k = i ? i - 1 : 0;
        const float a[2] = {xy[2 * k] * scale - dx, xy[2 * k + 1] * scale - dy};
        const float b[2] = {xy[2 * i] * scale - dx, xy[2 * i + 1] * scale - dy};
        if (i || n == 1) stroke_part(s, a, b, width / 2, rgb);
    }
    return s;
}
