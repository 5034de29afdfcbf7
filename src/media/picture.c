/* picture.c -- pixels in memory: made, copied, made smaller, wiped.
 *
 * SDL scales with two samples a direction, which is right down to half the size; what is to
 * become smaller than that is halved first, as often as needed. */
#include "media/picture.h"

#include "base/clock.h"
#include "media/picture_inside.h"

struct picture *picture_new(int w, int h) {
    BELIEVE(w > 0 && h > 0 && (int64_t)w * h <= PICTURE_PIXELS_MOST);
    SDL_Surface *s = SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_ARGB8888);
    if (!s) return NULL;
    BELIEVE(s->pitch == w * 4);
    SDL_SetSurfaceBlendMode(s, SDL_BLENDMODE_NONE);
    struct arena own = {0};
    struct picture *p = ARENA_NEW(&own, struct picture);
    *p = (struct picture){.arena = own, .surface = s};
    return p;
}

int picture_width(const struct picture *p) {
    return p->surface->w;
}

int picture_height(const struct picture *p) {
    return p->surface->h;
}

uint32_t *picture_argb(struct picture *p) {
    return p->surface->pixels;
}

uint32_t *picture_row(const struct picture *p, int y) {
    return (uint32_t *)p->surface->pixels + (size_t)y * (size_t)p->surface->w;
}

static size_t pixel_bytes(const struct picture *p) {
    return (size_t)p->surface->w * (size_t)p->surface->h * sizeof(uint32_t);
}

void picture_free(struct picture *p) {
    if (!p) return;
    explicit_bzero(p->surface->pixels, pixel_bytes(p));
    SDL_FreeSurface(p->surface);
    struct arena own = p->arena;
    arena_wipe(&own);
}

struct picture *picture_copy(const struct picture *p) {
    struct picture *to = picture_new(picture_width(p), picture_height(p));
    if (to) memcpy(to->surface->pixels, p->surface->pixels, pixel_bytes(p));
    return to;
}

struct picture_size picture_fit(int w, int h, int most) {
    int side = w > h ? w : h;
    if (side <= most) return (struct picture_size){w, h};
    int64_t fit_w = ((int64_t)w * most + side / 2) / side,
            fit_h = ((int64_t)h * most + side / 2) / side;
    return (struct picture_size){fit_w > 0 ? (int)fit_w : 1, fit_h > 0 ? (int)fit_h : 1};
}

static bool stretch(const struct picture *p, struct picture *to) {
    return SDL_SoftStretchLinear(p->surface, NULL, to->surface, NULL) == 0;
}

struct picture *picture_halved(const struct picture *p) {
    struct picture *to = picture_new((picture_width(p) + 1) / 2, (picture_height(p) + 1) / 2);
    if (to && stretch(p, to)) return to;
    picture_free(to);
    return NULL;
}

static int longer_side(const struct picture *p) {
    int w = picture_width(p), h = picture_height(p);
    return w > h ? w : h;
}

bool picture_scale(const struct picture *p, struct picture *to) {
    struct picture *half = NULL;
    bool ok = true;
    while (ok && longer_side(half ? half : p) > 2 * longer_side(to)) {
        struct picture *next = picture_halved(half ? half : p);
        picture_free(half);
        half = next;
        ok = half != NULL;
    }
    ok = ok && stretch(half ? half : p, to);
    picture_free(half);
    return ok;
}

struct picture *picture_smaller(const struct picture *p, int side_most) {
    BELIEVE(side_most > 0);
    struct picture_size size = picture_fit(picture_width(p), picture_height(p), side_most);
    if (longer_side(p) <= side_most) return picture_copy(p);
    struct picture *to = picture_new(size.w, size.h);
    if (to && picture_scale(p, to)) return to;
    picture_free(to);
    return NULL;
}

enum status picture_limits(uint64_t w, uint64_t h) {
    if (w == 0 || h == 0) return status_fail(STATUS_DAMAGED, "picture without size");
    if (w > PICTURE_SIDE_READ || h > PICTURE_SIDE_READ || w * h > PICTURE_PIXELS_MOST)
        return status_fail(STATUS_TOO_LARGE, "picture of %llu x %llu", (unsigned long long)w,
                           (unsigned long long)h);
    return STATUS_OK;
}

struct step_end step_until(int ms) {
    struct clock c = clock_system();
    return (struct step_end){ms > 0 ? clock_boot(&c) + ms : 0};
}

bool step_over(const struct step_end *e) {
    struct clock c = clock_system();
    return e->at == 0 || clock_boot(&c) >= e->at;
}
