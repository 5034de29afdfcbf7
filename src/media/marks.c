/* marks.c -- what a finger draws on a photo: arrow, circle, pen; burnt into its pixels.
 *
 * Widths are parts of the longer side, so a mark looks the same on a picture of any size. A
 * mark is first gathered as the share of each pixel that it takes, the greatest share winning,
 * so that joints and crossings show no seams; then it is laid on once: a white edge, that it be
 * seen on anything, and red within. Covering is in marks_cover.c. */
#include <math.h>

#include "media/marks.h"

#define HALF_PART  0.0035F /* half the width of the red line */
#define EDGE_PART  0.0018F /* the white around it */
#define HALF_LEAST 0.8F
#define BARB_PART  0.035F
#define BARB_TURN  0.5F /* radians off the shaft */
#define ROUND      96   /* corners of a circle */
#define RED        0xD4141C
#define WHITE      0xFFFFFF

/* Shares 0 to 255 over the box that the mark can reach. */
struct shares {
    int x0, y0, w, h;
    float half, edge;
    uint8_t *red, *white;
};

static float within(float v) {
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

static float far_from(float x, float y, struct spot a, struct spot b) {
    float vx = b.x - a.x, vy = b.y - a.y, wx = x - a.x, wy = y - a.y;
    float along = vx * vx + vy * vy;
    float t = along > 0 ? within((wx * vx + wy * vy) / along) : 0;
    return hypotf(wx - t * vx, wy - t * vy);
}

static void share(uint8_t *most, float part) {
    uint8_t v = (uint8_t)(within(part) * 255.0F + 0.5F);
    if (v > *most) *most = v;
}

/* A short line; only the pixels around it are looked at. */
static void short_line(struct shares *s, struct spot a, struct spot b) {
    float reach = s->half + s->edge + 1;
    int x0 = (int)floorf(fminf(a.x, b.x) - reach) - s->x0,
        x1 = (int)ceilf(fmaxf(a.x, b.x) + reach) - s->x0,
        y0 = (int)floorf(fminf(a.y, b.y) - reach) - s->y0,
        y1 = (int)ceilf(fmaxf(a.y, b.y) + reach) - s->y0;
    x0 = x0 < 0 ? 0 : x0, y0 = y0 < 0 ? 0 : y0;
    x1 = x1 > s->w ? s->w : x1, y1 = y1 > s->h ? s->h : y1;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) {
            float far = far_from((float)(x + s->x0) + 0.5F, (float)(y + s->y0) + 0.5F, a, b);
            size_t at = (size_t)y * (size_t)s->w + (size_t)x;
            share(&s->red[at], s->half + 0.5F - far);
            share(&s->white[at], s->half + s->edge + 0.5F - far);
        }
}

static void line(struct shares *s, struct spot a, struct spot b) {
    float long_ = hypotf(b.x - a.x, b.y - a.y);
    int pieces = 1 + (int)(long_ / (6 * s->half));
    struct spot from = a;
    for (int i = 1; i <= pieces; i++) {
        float t = (float)i / (float)pieces;
        struct spot to = {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
        short_line(s, from, to);
        from = to;
    }
}

static uint32_t mix(uint32_t under, uint32_t over, uint32_t part) {
    uint32_t out = 0xFF;
    for (int shift = 16; shift >= 0; shift -= 8) {
        uint32_t u = under >> shift & 0xFF, o = over >> shift & 0xFF;
        out = out << 8 | (u * (255 - part) + o * part + 127) / 255;
    }
    return out;
}

static void lay_on(struct picture *p, const struct shares *s) {
    for (int y = 0; y < s->h; y++) {
        uint32_t *row = picture_row(p, s->y0 + y) + s->x0;
        const uint8_t *red = s->red + (size_t)y * (size_t)s->w,
                      *white = s->white + (size_t)y * (size_t)s->w;
        for (int x = 0; x < s->w; x++)
            if (white[x]) row[x] = mix(mix(row[x], WHITE, white[x]), RED, red[x]);
    }
}

/* The part of the picture that lines through these spots can touch; empty: w or h is not above
 * 0. */
static struct shares shares_for(const struct picture *p, const struct spot *spots, size_t n) {
    float side = picture_side(p);
    struct shares s = {.half = fmaxf(side * HALF_PART, HALF_LEAST), .edge = side * EDGE_PART};
    if (s.edge < HALF_LEAST) s.edge = HALF_LEAST;
    float reach = s.half + s.edge + 2, x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY,
          y1 = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        x0 = fminf(x0, spots[i].x), y0 = fminf(y0, spots[i].y);
        x1 = fmaxf(x1, spots[i].x), y1 = fmaxf(y1, spots[i].y);
    }
    s.x0 = (int)fmaxf(floorf(x0 - reach), 0);
    s.y0 = (int)fmaxf(floorf(y0 - reach), 0);
    s.w = (int)fminf(ceilf(x1 + reach), (float)picture_width(p)) - s.x0;
    s.h = (int)fminf(ceilf(y1 + reach), (float)picture_height(p)) - s.y0;
    return s;
}

/* Lines from spot to spot; a single spot is a dot. */
static void draw(struct picture *p, const struct spot *spots, size_t n) {
    struct shares s = shares_for(p, spots, n);
    struct arena a = {0};
    if (n == 0 || s.w <= 0 || s.h <= 0) return;
    s.red = arena_take(&a, (size_t)s.w * (size_t)s.h);
    s.white = arena_take(&a, (size_t)s.w * (size_t)s.h);
    if (n == 1) line(&s, spots[0], spots[0]);
    for (size_t i = 1; i < n; i++)
        line(&s, spots[i - 1], spots[i]);
    lay_on(p, &s);
    arena_release(&a);
}

static struct spot barb(struct spot tail, struct spot head, float size, float turn) {
    float back = atan2f(tail.y - head.y, tail.x - head.x) + turn;
    return (struct spot){head.x + size * cosf(back), head.y + size * sinf(back)};
}

static void draw_arrow(struct picture *p, const struct spot *spots, size_t n) {
    struct spot tail = spots[0], head = spots[n - 1];
    float shaft = hypotf(head.x - tail.x, head.y - tail.y);
    float size = fminf(picture_side(p) * BARB_PART, shaft);
    struct spot way[] = {tail, head, barb(tail, head, size, BARB_TURN), head,
                         barb(tail, head, size, -BARB_TURN)};
    draw(p, way, sizeof way / sizeof *way);
}

static void draw_circle(struct picture *p, const struct spot *spots, size_t n) {
    struct spot a = spots[0], b = spots[n - 1], way[ROUND + 1];
    for (int i = 0; i <= ROUND; i++) {
        float turn = (float)(i % ROUND) * (float)(2 * M_PI) / ROUND;
        way[i] = (struct spot){(a.x + b.x) / 2 + cosf(turn) * (b.x - a.x) / 2,
                               (a.y + b.y) / 2 + sinf(turn) * (b.y - a.y) / 2};
    }
    draw(p, way, ROUND + 1);
}

float picture_side(const struct picture *p) {
    int w = picture_width(p), h = picture_height(p);
    return (float)(w > h ? w : h);
}

/* A finger may leave the picture, not the neighbourhood. */
static float near(float part) {
    return part < -0.5F ? -0.5F : part > 1.5F ? 1.5F : part;
}

void picture_mark(struct picture *p, enum picture_mark sort, const float *points, int count) {
    struct arena a = {0};
    size_t n = 0;
    if (count <= 0) return;
    struct spot *spots = ARENA_ARRAY(&a, struct spot, count);
    for (int i = 0; i < count; i++) {
        float x = points[2 * i], y = points[2 * i + 1];
        if (!isfinite(x) || !isfinite(y)) continue;
        spots[n++] = (struct spot){near(x) * (float)picture_width(p),
                                   near(y) * (float)picture_height(p)};
    }
    if (n) {
        switch (sort) {
        case PICTURE_ARROW:
            draw_arrow(p, spots, n);
            break;
        case PICTURE_CIRCLE:
            draw_circle(p, spots, n);
            break;
        case PICTURE_PEN:
            draw(p, spots, n);
            break;
        case PICTURE_COVER:
            cover(p, spots, n);
            break;
        }
    }
    arena_release(&a);
}
