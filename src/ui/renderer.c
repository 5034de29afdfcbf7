/* renderer.c -- the draw list as pixels.
 *
 * Dimming multiplies the colours of what lies below before anything is drawn: the same picture
 * as a black veil over the whole window, without touching a million pixels twice.
 *
 * Everything round is nine pieces: plain rectangles and the corners of a disc or ring that was
 * made once. Edges are snapped to whole pixels, so that lines are crisp and rows of one list
 * look alike. */
#include <math.h>

#include "ui/cache.h"
#include "ui/font.h"
#include "ui/image.h"
#include "ui/raster.h"

#define DIM_PERCENT 49u

struct brush { /* what is drawn on, and what it is set to */
    struct ui *u;
    SDL_Renderer *r;
    rect clip;
    bool clipped;
};

static int px(const struct brush *b, float dp) {
    return (int)floorf(dp * b->u->scale + 0.5f);
}

static SDL_Rect box_of(const struct brush *b, rect r) {
    int x = px(b, r.x), y = px(b, r.y);
    return (SDL_Rect){x, y, px(b, r.x + r.w) - x, px(b, r.y + r.h) - y};
}

static uint64_t key_of(uint64_t a, uint64_t b, uint64_t c, uint64_t d) {
    uint64_t h = 0x9E3779B97F4A7C15u;
    const uint64_t parts[] = {a, b, c, d};
    for (int i = 0; i < 4; i++) {
        h = (h ^ parts[i]) * 0xFF51AFD7ED558CCDu;
        h ^= h >> 31;
    }
    return h | 1;
}

static void color(const struct brush *b, uint32_t rgb, uint8_t alpha) {
    SDL_SetRenderDrawBlendMode(b->r, alpha < 255 ? SDL_BLENDMODE_BLEND : SDL_BLENDMODE_NONE);
    SDL_SetRenderDrawColor(b->r, (Uint8)(rgb >> 16), (Uint8)(rgb >> 8), (Uint8)rgb, alpha);
}

static void fill(const struct brush *b, int x, int y, int w, int h) {
    if (w > 0 && h > 0) SDL_RenderFillRect(b->r, &(SDL_Rect){x, y, w, h});
}

static const struct picture *corner(const struct brush *b, int r, int width, uint32_t rgb) {
    uint64_t key = key_of(1, (uint64_t)r, (uint64_t)width, rgb);
    const struct picture *p = texture_find(b->u, key);
    if (p) return p;
    SDL_Surface *s = raster_ring(r, width, rgb);
    p = texture_keep(b->u, key, s);
    SDL_FreeSurface(s);
    return p;
}

/* The four quarters of a disc or ring at the corners of a box. */
static void corners(const struct brush *b, SDL_Rect o, int r, int width, uint32_t rgb) {
    const struct picture *p = r > 0 ? corner(b, r, width, rgb) : NULL;
    if (!p) return;
    for (int i = 0; i < 4; i++) {
        int right = i & 1, low = i >> 1;
        SDL_Rect from = {right * r, low * r, r, r};
        SDL_Rect to = {right ? o.x + o.w - r : o.x, low ? o.y + o.h - r : o.y, r, r};
        SDL_RenderCopy(b->r, p->texture, &from, &to);
    }
}

static int radius_of(const struct brush *b, const struct draw *d, SDL_Rect o) {
    int r = px(b, d->radius), most = SDL_min(o.w, o.h) / 2;
    return SDL_max(0, SDL_min(r, most));
}

static void draw_box(const struct brush *b, const struct draw *d) {
    SDL_Rect o = box_of(b, d->r);
    int r = d->alpha < 255 ? 0 : radius_of(b, d, o);
    color(b, d->rgb, d->alpha);
    fill(b, o.x + r, o.y, o.w - 2 * r, r);
    fill(b, o.x, o.y + r, o.w, o.h - 2 * r);
    fill(b, o.x + r, o.y + o.h - r, o.w - 2 * r, r);
    corners(b, o, r, 0, d->rgb);
}

static void draw_frame(const struct brush *b, const struct draw *d) {
    SDL_Rect o = box_of(b, d->r);
    int r = radius_of(b, d, o), w = SDL_max(1, px(b, d->width));
    if (d->width <= 0 || o.w <= 0 || o.h <= 0) return;
    color(b, d->rgb, 255);
    fill(b, o.x + r, o.y, o.w - 2 * r, w);
    fill(b, o.x + r, o.y + o.h - w, o.w - 2 * r, w);
    int top = SDL_max(r, w);
    fill(b, o.x, o.y + top, w, o.h - 2 * top);
    fill(b, o.x + o.w - w, o.y + top, w, o.h - 2 * top);
    corners(b, o, r, w, d->rgb);
}

static void dashes(const struct brush *b, int x, int y, int length, int w, bool across) {
    int on = SDL_max(2, px(b, 5)), off = SDL_max(2, px(b, 4));
    for (int at = off / 2; at < length; at += on + off) {
        int part = SDL_min(on, length - at);
        if (across)
            fill(b, x + at, y, part, w);
        else
            fill(b, x, y + at, w, part);
    }
}

static void draw_dashes(const struct brush *b, const struct draw *d) {
    SDL_Rect o = box_of(b, d->r);
    int r = radius_of(b, d, o), w = SDL_max(1, px(b, d->width));
    color(b, d->rgb, 255);
    dashes(b, o.x + r, o.y, o.w - 2 * r, w, true);
    dashes(b, o.x + r, o.y + o.h - w, o.w - 2 * r, w, true);
    dashes(b, o.x, o.y + r, o.h - 2 * r, w, false);
    dashes(b, o.x + o.w - w, o.y + r, o.h - 2 * r, w, false);
    corners(b, o, r, w, d->rgb);
}

static uint64_t points_hash(const struct draw *d, const float *xy, size_t n) {
    uint64_t h = d->rgb;
    for (size_t i = 0; i < 2 * n; i++) {
        uint32_t v;
        memcpy(&v, &xy[i], sizeof v);
        h = (h ^ v) * 0x100000001B3u;
        h ^= h >> 29;
    }
    return h;
}

static void draw_path(const struct brush *b, const struct draw *d, const float *xy, size_t n) {
    rect out = rect_inset(d->r, 0, 0);
    float width = d->width * b->u->scale, pad = d->width / 2 + 2;
    out = (rect){out.x - pad, out.y - pad, out.w + 2 * pad, out.h + 2 * pad};
    SDL_Rect o = box_of(b, out);
    uint64_t key =
        key_of(2, points_hash(d, xy, n), (uint64_t)(width * 16), (uint64_t)b->u->scale);
    struct picture *p = texture_find(b->u, key);
    if (!p) {
        SDL_Surface *s =
            raster_stroke(xy, n, b->u->scale, (float)o.x, (float)o.y, width, o.w, o.h, d->rgb);
        p = texture_keep(b->u, key, s);
        SDL_FreeSurface(s);
    }
    if (p) SDL_RenderCopy(b->r, p->texture, NULL, &(SDL_Rect){o.x, o.y, p->w, p->h});
}

static void draw_line(const struct brush *b, const struct draw *d) {
    int w = SDL_max(1, px(b, d->width));
    int x = px(b, d->r.x), y = px(b, d->r.y);
    color(b, d->rgb, 255);
    if (d->r.h > -0.01f && d->r.h < 0.01f) {
        int to = px(b, d->r.x + d->r.w);
        fill(b, SDL_min(x, to), y - w / 2, abs(to - x), w);
    } else if (d->r.w > -0.01f && d->r.w < 0.01f) {
        int to = px(b, d->r.y + d->r.h);
        fill(b, x - w / 2, SDL_min(y, to), w, abs(to - y));
    } else {
        const float xy[] = {d->r.x, d->r.y, d->r.x + d->r.w, d->r.y + d->r.h};
        struct draw path = *d;
        path.r =
            (rect){SDL_min(xy[0], xy[2]), SDL_min(xy[1], xy[3]), fabsf(d->r.w), fabsf(d->r.h)};
        draw_path(b, &path, xy, 2);
    }
}

static uint64_t text_key(const struct draw *d, int size) {
    uint64_t h = 0xCBF29CE484222325u;
    for (size_t i = 0; i < d->n; i++)
        h = (h ^ (uint8_t)d->text[i]) * 0x100000001B3u;
    return key_of(3, h, (uint64_t)size << 8 | d->font, d->rgb);
}

static void draw_words(const struct brush *b, const struct draw *d) {
    enum font f = (enum font)d->font;
    uint64_t key = text_key(d, font_px(b->u, f));
    struct picture *p = texture_find(b->u, key);
    if (!p) {
        SDL_Surface *s = line_surface(b->u, f, d->rgb, d->text, d->n);
        p = texture_keep(b->u, key, s);
        SDL_FreeSurface(s);
    }
    if (!p) return;
    int top = px(b, d->r.y) + (px(b, d->r.h) - line_height_px(b->u, f)) / 2;
    int left = px(b, d->r.x);
    SDL_RenderCopy(b->r, p->texture, NULL, &(SDL_Rect){left, top, p->w, p->h});
    if (!d->strike) return;
    color(b, d->rgb, 255);
    int ascent = line_ascent_px(b->u, f);
    fill(b, left, top + ascent - ascent * 3 / 8, p->w, SDL_max(1, px(b, 1.5f)));
}

static void draw_sign(const struct brush *b, const struct draw *d) {
    int size = px(b, d->width);
    uint64_t key = key_of(4, d->icon, (uint64_t)size << 1 | d->fill, d->rgb);
    struct picture *p = size > 0 ? texture_find(b->u, key) : NULL;
    if (!p) {
        SDL_Surface *s = size > 0 ? icon_surface(b->u, d->icon, d->fill, size, d->rgb) : NULL;
        p = texture_keep(b->u, key, s);
        SDL_FreeSurface(s);
    }
    if (!p) return;
    SDL_Rect o = box_of(b, d->r);
    SDL_Rect to = {o.x + (o.w - p->w) / 2, o.y + (o.h - p->h) / 2, p->w, p->h};
    SDL_RenderCopy(b->r, p->texture, NULL, &to);
}

static void draw_image(const struct brush *b, const struct draw *d) {
    SDL_Rect o = box_of(b, d->r);
    const struct image_paint paint = {
        .to = o, .radius = radius_of(b, d, o), .level = (uint8_t)d->rgb, .alpha = d->alpha};
    image_draw(b->u, d->image, &paint);
}

static void set_clip(struct brush *b, rect clip) {
    if (b->clipped && !memcmp(&clip, &b->clip, sizeof clip)) return;
    SDL_Rect o = box_of(b, clip);
    SDL_RenderSetClipRect(b->r, &o);
    b->clip = clip;
    b->clipped = true;
}

static void draw_one(struct brush *b, const struct draw *d) {
    set_clip(b, d->clip);
    switch ((enum draw_kind)d->kind) {
    case DRAW_FILL:
        draw_box(b, d);
        break;
    case DRAW_OUTLINE:
        draw_frame(b, d);
        break;
    case DRAW_DASHED:
        draw_dashes(b, d);
        break;
    case DRAW_LINE:
        draw_line(b, d);
        break;
    case DRAW_TEXT:
        draw_words(b, d);
        break;
    case DRAW_ICON:
        draw_sign(b, d);
        break;
    case DRAW_IMAGE:
        draw_image(b, d);
        break;
    case DRAW_DIM:
        break; /* in renderer_draw */
    case DRAW_STROKE:
        draw_path(b, d, d->points, d->n);
        break;
    }
}

static uint32_t darker(uint32_t rgb, int times) {
    for (; times > 0; times--)
        rgb = (rgb >> 16) * DIM_PERCENT / 100 << 16 |
              (rgb >> 8 & 0xFF) * DIM_PERCENT / 100 << 8 | (rgb & 0xFF) * DIM_PERCENT / 100;
    return rgb;
}

/* How many veils lie over each layer. */
static void count_dims(const struct draw *d, size_t n, int dims[LAYER_COUNT]) {
    for (size_t i = 0; i < n; i++)
        for (int layer = 0; d[i].kind == DRAW_DIM && layer < d[i].layer; layer++)
            dims[layer]++;
}

void renderer_draw(struct ui *u) {
    struct brush b = {.u = u, .r = window_renderer(u)};
    const struct draw *d = (const struct draw *)(const void *)u->draws.data;
    size_t n = u->draws.size / sizeof *d;
    int dims[LAYER_COUNT] = {0};
    count_dims(d, n, dims);
    SDL_RenderSetClipRect(b.r, NULL);
    color(&b, darker(ui_rgb(u, COLOR_BG), dims[LAYER_PAGE]), 255);
    SDL_RenderClear(b.r);
    for (size_t i = 0; i < n; i++) {
        struct draw one = d[i];
        if (one.clip.w <= 0 || one.clip.h <= 0) continue;
        one.rgb = darker(one.rgb, dims[one.layer]);
        draw_one(&b, &one);
    }
    SDL_RenderSetClipRect(b.r, NULL);
    SDL_RenderFlush(b.r);
    textures_tick(u);
}
