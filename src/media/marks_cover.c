/* marks_cover.c -- covering for good what must not be kept: a face, a name on a chart.
 *
 * The picture is laid out in squares, about twenty along its longer side. Each square that the
 * brush touches becomes one colour, the mean of its pixels brought down to one of 4 × 4 × 4.
 * What can be known of what lay there is those six bits a square: too few for a face that fills
 * half the picture, or for letters that fill a tenth of it. (Finer squares of more colours, as
 * usual, are not enough: people recognise faces in sixteen by sixteen, and words can be found
 * by trying.)
 *
 * The squares lie where they lie whatever the stroke is, and a covered square covered again
 * stays as it is: strokes that overlap give away nothing that one alone does not. */
#include <math.h>

#include "media/marks.h"

#define SQUARES      20 /* along the longer side */
#define SQUARE_LEAST 8  /* pixels */
#define SQUARES_MOST 24
#define BRUSH_PART   0.02F
#define LEVEL_SHIFT  6 /* four levels of each colour */

/* Where square i of `squares` begins on a side; all are within a pixel of the same size, so
 * none is a sliver that would show more. */
static int edge(int i, int squares, int side) {
    return (int)((int64_t)i * side / squares);
}

static int squares_on(int side, int size) {
    int n = (side + size / 2) / size;
    return n > 0 ? n : 1;
}

static uint32_t level(uint64_t sum, uint64_t count) {
    uint32_t mean = (uint32_t)(sum / count);
    return mean >> LEVEL_SHIFT << LEVEL_SHIFT | 1U << (LEVEL_SHIFT - 1);
}

static void cover_square(struct picture *p, int x0, int y0, int x1, int y1) {
    uint64_t red = 0, green = 0, blue = 0, count = (uint64_t)(x1 - x0) * (uint64_t)(y1 - y0);
    for (int y = y0; y < y1; y++) {
        const uint32_t *row = picture_row(p, y);
        for (int x = x0; x < x1; x++) {
            red += row[x] >> 16 & 0xFF;
            green += row[x] >> 8 & 0xFF;
            blue += row[x] & 0xFF;
        }
    }
    uint32_t one =
        0xFFU << 24 | level(red, count) << 16 | level(green, count) << 8 | level(blue, count);
    for (int y = y0; y < y1; y++) {
        uint32_t *row = picture_row(p, y);
        for (int x = x0; x < x1; x++)
            row[x] = one;
    }
}

static float outside(float v, int from, int to) {
    return v < (float)from ? (float)from - v : v > (float)to ? v - (float)to : 0;
}

struct squares {
    int w, h, cols, rows;
    float brush;
    bool touched[SQUARES_MOST][SQUARES_MOST];
};

static struct squares squares_of(const struct picture *p) {
    struct squares s = {.w = picture_width(p), .h = picture_height(p)};
    int size = (int)picture_side(p) / SQUARES;
    if (size < SQUARE_LEAST) size = SQUARE_LEAST;
    s.cols = squares_on(s.w, size);
    s.rows = squares_on(s.h, size);
    s.brush = picture_side(p) * BRUSH_PART;
    BELIEVE(s.cols <= SQUARES_MOST && s.rows <= SQUARES_MOST);
    return s;
}

/* Every square that the round brush touches at one spot. */
static void dab(struct squares *s, struct spot at) {
    for (int row = 0; row < s->rows; row++) {
        float dy = outside(at.y, edge(row, s->rows, s->h), edge(row + 1, s->rows, s->h));
        if (dy > s->brush) continue;
        for (int col = 0; col < s->cols; col++) {
            float dx = outside(at.x, edge(col, s->cols, s->w), edge(col + 1, s->cols, s->w));
            if (hypotf(dx, dy) <= s->brush) s->touched[row][col] = true;
        }
    }
}

void cover(struct picture *p, const struct spot *way, size_t n) {
    struct squares s = squares_of(p);
    dab(&s, way[0]);
    for (size_t i = 1; i < n; i++) {
        struct spot a = way[i - 1], b = way[i];
        int dabs = 1 + (int)(hypotf(b.x - a.x, b.y - a.y) / (s.brush / 2));
        for (int d = 1; d <= dabs; d++) {
            float t = (float)d / (float)dabs;
            dab(&s, (struct spot){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t});
        }
    }
    for (int row = 0; row < s.rows; row++)
        for (int col = 0; col < s.cols; col++)
            if (s.touched[row][col])
                cover_square(p, edge(col, s.cols, s.w), edge(row, s.rows, s.h),
                             edge(col + 1, s.cols, s.w), edge(row + 1, s.rows, s.h));
}
