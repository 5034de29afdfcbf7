/* image_draw.c -- pictures as textures: in the size of the screen when they are at rest, as
 * they are when they change.
 *
 * Both kinds lie in the cache of cache.c: what is not seen any more goes, the least recently
 * used first, so a long list of photos takes no more than the cache may. Pixels of the caller's
 * are read only during the frame; a picture of the screen that is made later shows what is in
 * the cache. */
#include <math.h>

#include "ui/cache.h"
#include "ui/image.h"
#include "ui/resample.h"

#define AS_IT_IS_PX (256 * 256) /* up to here there is nothing to gain by drawing quickly */

static uint64_t mix(uint64_t h, uint64_t v) {
    h = (h ^ v) * 0xFF51AFD7ED558CCDu;
    return h ^ h >> 31;
}

static uint64_t key_of(const struct image_part *p, const struct image_paint *o, uint64_t kind) {
    uint64_t h = mix(kind, (uint64_t)(uintptr_t)p->argb);
    h = mix(h, (uint64_t)p->w << 32 | (uint64_t)p->h);
    return mix(h, (uint64_t)o->level << 8 | o->alpha) | 1;
}

static uint64_t part_key(const struct image_part *p, const struct image_paint *o) {
    uint64_t h = mix(key_of(p, o, 5), p->version), from[2];
    memcpy(from, &p->from, sizeof from);
    h = mix(mix(h, from[0]), from[1]);
    h = mix(h, (uint64_t)o->to.w << 32 | (uint64_t)o->to.h);
    return mix(h, (uint64_t)o->radius) | 1;
}

/* 0 to 256: a multiplication instead of a division for each channel. */
static uint32_t shaded(uint32_t argb, uint32_t times, uint32_t alpha) {
    uint32_t red_blue = (argb & 0x00FF00FFu) * times >> 8 & 0x00FF00FFu;
    uint32_t green = (argb & 0x0000FF00u) * times >> 8 & 0x0000FF00u;
    return alpha << 24 | red_blue | green;
}

static void shade_row(uint32_t *to, const uint32_t *from, int n, const struct image_paint *o) {
    uint32_t times = o->level == 255 ? 256 : o->level;
    if (times == 256 && o->alpha == 255) {
        for (int i = 0; i < n; i++)
            to[i] = from[i] | 0xFF000000u;
        return;
    }
    for (int i = 0; i < n; i++)
        to[i] = shaded(from[i], times, o->alpha);
}

/* How much of a pixel lies inside a corner's quarter of a disc. */
static uint32_t corner_share(int x, int y, int radius) {
    float dx = (float)(radius - x) - 0.5F, dy = (float)(radius - y) - 0.5F;
    float in = (float)radius - sqrtf(dx * dx + dy * dy) + 0.5F;
    return (uint32_t)((in < 0 ? 0 : in > 1 ? 1 : in) * 255);
}

static void round_corners(uint32_t *px, size_t pitch, int w, int h, int radius) {
    int r = SDL_min(radius, SDL_min(w, h) / 2);
    for (int y = 0; y < r; y++) {
        for (int x = 0; x < r; x++) {
            uint32_t share = corner_share(x, y, r);
            uint32_t *const four[] = {px + (size_t)y * pitch + x,
                                      px + (size_t)y * pitch + (w - 1 - x),
                                      px + (size_t)(h - 1 - y) * pitch + x,
                                      px + (size_t)(h - 1 - y) * pitch + (w - 1 - x)};
            for (int i = 0; i < 4; i++)
                *four[i] = ((*four[i] >> 24) * share / 255) << 24 | (*four[i] & 0xFFFFFFu);
        }
    }
}

struct canvas {
    uint32_t *px;
    size_t pitch;
};

static bool lock(SDL_Texture *t, struct canvas *c) {
    void *px = NULL;
    int bytes = 0;
    if (SDL_LockTexture(t, NULL, &px, &bytes)) return false;
    *c = (struct canvas){px, (size_t)bytes / 4};
    return true;
}

static bool fill_whole(SDL_Texture *t, const struct image_part *p,
                       const struct image_paint *o) {
    struct canvas c;
    if (!lock(t, &c)) return false;
    for (int y = 0; y < p->h; y++)
        shade_row(c.px + (size_t)y * c.pitch, p->argb + (size_t)y * (size_t)p->w, p->w, o);
    SDL_UnlockTexture(t);
    return true;
}

static bool fill_part(struct ui *u, SDL_Texture *t, const struct image_part *p,
                      const struct image_paint *o) {
    struct canvas c;
    if (!lock(t, &c)) return false;
    const struct resample r = {.from = p->argb,
                               .from_w = p->w,
                               .from_h = p->h,
                               .x = p->from.x,
                               .y = p->from.y,
                               .w = p->from.w,
                               .h = p->from.h,
                               .to_w = o->to.w,
                               .to_h = o->to.h};
    resample(&r, c.px, c.pitch, ui_arena(u));
    for (int y = 0; y < o->to.h && (o->level != 255 || o->alpha != 255); y++)
        shade_row(c.px + (size_t)y * c.pitch, c.px + (size_t)y * c.pitch, o->to.w, o);
    if (o->radius > 0) round_corners(c.px, c.pitch, o->to.w, o->to.h, o->radius);
    SDL_UnlockTexture(t);
    return true;
}

static struct picture *make(struct ui *u, uint64_t key, int w, int h, bool opaque) {
    struct picture *p = texture_make(u, key, w, h);
    if (!p) return NULL;
    SDL_SetTextureBlendMode(p->texture, opaque ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
    SDL_SetTextureScaleMode(p->texture, SDL_ScaleModeLinear);
    return p;
}

/* In the screen's own pixels: a plain blit from now on. */
static struct picture *careful(struct ui *u, const struct image_part *p,
                               const struct image_paint *o) {
    uint64_t key = part_key(p, o);
    struct picture *t = texture_find(u, key);
    if (t || !u->in_frame) return t;
    t = make(u, key, o->to.w, o->to.h, o->alpha == 255 && o->radius <= 0);
    if (t && !fill_part(u, t->texture, p, o)) texture_drop(u, t), t = NULL;
    return t;
}

/* The whole picture; the next one of a camera goes into the same texture. */
static struct picture *quick(struct ui *u, const struct image_part *p,
                             const struct image_paint *o) {
    uint64_t key = key_of(p, o, 6);
    struct picture *t = texture_find(u, key);
    if (!u->in_frame) return t;
    bool is_new = !t;
    if (is_new) t = make(u, key, p->w, p->h, o->alpha == 255);
    if (!t || (!is_new && t->version == p->version)) return t;
    if (!fill_whole(t->texture, p, o)) {
        texture_drop(u, t);
        return NULL;
    }
    t->version = p->version;
    return t;
}

void image_draw(struct ui *u, const struct image_part *p, const struct image_paint *o) {
    SDL_Renderer *r = window_renderer(u);
    if (o->to.w <= 0 || o->to.h <= 0 || p->from.w <= 0 || p->from.h <= 0) return;
    bool small =
        p->from.w * p->from.h <= AS_IT_IS_PX && (int64_t)o->to.w * o->to.h <= AS_IT_IS_PX;
    struct picture *t = p->rest || small ? careful(u, p, o) : NULL;
    if (t) {
        SDL_RenderCopy(r, t->texture, NULL, &o->to);
        return;
    }
    t = quick(u, p, o);
    if (!t) return;
    SDL_Rect from = {(int)p->from.x, (int)p->from.y, SDL_max(1, (int)(p->from.w + 0.5F)),
                     SDL_max(1, (int)(p->from.h + 0.5F))};
    from.w = SDL_min(from.w, p->w - from.x);
    from.h = SDL_min(from.h, p->h - from.y);
    SDL_RenderCopy(r, t->texture, &from, &o->to);
}
