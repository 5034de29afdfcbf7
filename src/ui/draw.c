/* draw.c -- the draw list: what a frame looks like, before any pixel.
 *
 * Widgets append; ui_end sorts by layer, hashes the whole and hands it to the renderer only
 * when the hash is new. That is how an immediate-mode program leaves the battery alone without
 * any widget knowing. */
#include "ui/ui_internal.h"

#include "base/text.h"
#include "ui/image.h"

uint32_t ui_rgb(const struct ui *u, enum color c) {
    return (unsigned)c < COLOR_END ? ui_theme(u)->colors[c] : 0;
}

rect clip_push(struct ui *u, rect r) {
    rect before = u->clip;
    u->clip = rect_overlap(u->clip, r);
    return before;
}

void clip_pop(struct ui *u, rect before) {
    u->clip = before;
}

struct draw *draw_add(struct ui *u, enum draw_kind kind, rect r) {
    BELIEVE(u->in_frame);
    struct draw d;
    memset(&d, 0, sizeof d); /* also the padding: the list is hashed as bytes */
    d.kind = (uint8_t)kind;
    d.layer = u->layer;
    d.alpha = 255;
    d.r = r;
    d.clip = u->clip;
    buf_add(&u->draws, &d, sizeof d);
    return (struct draw *)(void *)(u->draws.data + u->draws.size - sizeof d);
}

/* What cannot be seen is not even listed: a long list costs its visible rows. */
static bool unseen(const struct ui *u, rect r) {
    rect o = rect_overlap(r, u->clip);
    return o.w <= 0 || o.h <= 0;
}

void draw_fill(struct ui *u, rect r, uint32_t rgb, float radius, uint8_t alpha) {
    if (unseen(u, r)) return;
    struct draw *d = draw_add(u, DRAW_FILL, r);
    d->rgb = rgb;
    d->radius = radius;
    d->alpha = alpha;
}

void draw_outline(struct ui *u, rect r, uint32_t rgb, float radius, float width) {
    if (unseen(u, r)) return;
    struct draw *d = draw_add(u, DRAW_OUTLINE, r);
    d->rgb = rgb;
    d->radius = radius;
    d->width = width;
}

void draw_text(struct ui *u, enum font f, uint32_t rgb, float x, float y, const char *s,
               size_t n) {
    rect r = {x, y, text_width(u, f, s, n), ui_line_height(u, f)};
    rect grown = {r.x - 4, r.y - 4, r.w + 8, r.h + 8};
    if (!n || unseen(u, grown)) return;
    char *copy = arena_strndup(ui_arena(u), s, n);
    struct draw *d = draw_add(u, DRAW_TEXT, r);
    d->rgb = rgb;
    d->font = (uint8_t)f;
    d->text = copy;
    d->n = n;
}

void draw_stroke(struct ui *u, const float *xy, size_t points, uint32_t rgb, float width) {
    if (!points) return;
    rect r = {xy[0], xy[1], 0, 0};
    for (size_t i = 1; i < points; i++) {
        float right = SDL_max(r.x + r.w, xy[2 * i]), bottom = SDL_max(r.y + r.h, xy[2 * i + 1]);
        r.x = SDL_min(r.x, xy[2 * i]);
        r.y = SDL_min(r.y, xy[2 * i + 1]);
        r.w = right - r.x;
        r.h = bottom - r.y;
    }
    float *copy = arena_copy(ui_arena(u), xy, 2 * points * sizeof *xy);
    struct draw *d = draw_add(u, DRAW_STROKE, r);
    d->rgb = rgb;
    d->width = width;
    d->points = copy;
    d->n = points;
}

void ui_fill(struct ui *u, rect r, enum color c, float radius) {
    if (c == COLOR_NONE) return;
    draw_fill(u, r, ui_rgb(u, c), radius, 255);
}

void ui_outline(struct ui *u, rect r, enum color c, float radius, float width) {
    if (c == COLOR_NONE) return;
    draw_outline(u, r, ui_rgb(u, c), radius, width);
}

void ui_dashed(struct ui *u, rect r, enum color c, float radius) {
    if (c == COLOR_NONE || unseen(u, r)) return;
    struct draw *d = draw_add(u, DRAW_DASHED, r);
    d->rgb = ui_rgb(u, c);
    d->radius = radius;
    d->width = 2;
}

void ui_line(struct ui *u, float x1, float y1, float x2, float y2, enum color c, float width) {
    if (c == COLOR_NONE) return;
    struct draw *d = draw_add(u, DRAW_LINE, (rect){x1, y1, x2 - x1, y2 - y1});
    d->rgb = ui_rgb(u, c);
    d->width = width;
}

void draw_icon(struct ui *u, rect box, enum icon icon, uint32_t rgb, bool fill) {
    if (icon == ICON_NONE || unseen(u, box)) return;
    struct draw *d = draw_add(u, DRAW_ICON, box);
    d->rgb = rgb;
    d->icon = (uint32_t)icon;
    d->fill = fill;
    d->width = box.w;
}

void ui_icon(struct ui *u, rect r, enum icon icon, enum color c, bool fill, float size) {
    rect box = rect_center(r, size, size);
    if (icon == ICON_NONE || unseen(u, box)) return;
    draw_icon(u, box, icon, ui_rgb(u, c), fill);
    thing_icon(u, icon, box, c);
}

/* A stable counting sort: within a layer the order of drawing stays. */
void draw_sort(struct ui *u) {
    struct draw *d = (struct draw *)(void *)u->draws.data;
    size_t n = u->draws.size / sizeof *d, at = 0;
    if (!n) return;
    struct draw *sorted = ARENA_ARRAY(ui_arena(u), struct draw, n);
    for (int layer = 0; layer < LAYER_COUNT; layer++)
        for (size_t i = 0; i < n; i++)
            if (d[i].layer == layer) sorted[at++] = d[i];
    BELIEVE(at == n);
    memcpy(d, sorted, n * sizeof *d);
}

bool draw_has_pictures(const struct ui *u) {
    const struct draw *d = (const struct draw *)(const void *)u->draws.data;
    size_t n = u->draws.size / sizeof *d;
    for (size_t i = 0; i < n; i++)
        if (d[i].image) return true;
    return false;
}

static uint64_t hash_bytes(uint64_t h, const void *p, size_t n) {
    const uint8_t *b = p;
    for (; n >= 8; n -= 8, b += 8) {
        uint64_t v;
        memcpy(&v, b, 8);
        h = (h ^ v) * 0x9E3779B97F4A7C15u;
        h ^= h >> 29;
    }
    for (; n; n--, b++)
        h = (h ^ *b) * 0x100000001B3u;
    return h;
}

uint64_t draw_hash(struct ui *u) {
    const struct draw *d = (const struct draw *)(const void *)u->draws.data;
    size_t n = u->draws.size / sizeof *d;
    uint64_t h = 0xCBF29CE484222325u ^ (uint64_t)n;
    const float size[4] = {u->width, u->height, u->scale, u->text_scale};
    h = hash_bytes(h, size, sizeof size);
    h = hash_bytes(h, &ui_theme(u)->colors[COLOR_BG], 4);
    for (size_t i = 0; i < n; i++) {
        struct draw copy;
        memcpy(&copy, &d[i], sizeof copy);
        copy.text = NULL; /* contents count, addresses do not */
        copy.points = NULL;
        copy.image = NULL;
        h = hash_bytes(h, &copy, sizeof copy);
        if (d[i].text) h = hash_bytes(h, d[i].text, d[i].n);
        if (d[i].points) h = hash_bytes(h, d[i].points, d[i].n * 2 * sizeof(float));
        if (d[i].image) h = hash_bytes(h, d[i].image, sizeof *d[i].image);
    }
    return h;
}
