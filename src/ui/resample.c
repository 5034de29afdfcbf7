/* resample.c -- shrinking by shares, growing by lines between pixels; rows first, then columns.
 *
 * Weights are whole numbers that add up to 256, so the sum of a channel fits 16 bits: a photo
 * of three megapixels costs some milliseconds. */
#include "ui/resample.h"

#include <math.h>
#include <string.h>

#include "base/log.h"

#define BLOCK 64
#define PAIR  0x00FF00FFu
#define HALF  0x00800080u

struct span { /* which pixels of the source make one pixel, and how much of each: 256 in all */
    int from, count;
    uint16_t *weights;
};

static int bounded(int v, int most) {
    return v < 0 ? 0 : v > most ? most : v;
}

/* Each source pixel's share of [low, high): the running sum is rounded, so the shares add up.
 */
static void span_shrink(struct span *s, double low, double high, int size) {
    int first = bounded((int)floor(low), size - 1), end = bounded((int)ceil(high), size);
    int before = 0;
    s->from = first;
    s->count = end > first ? end - first : 1;
    for (int i = 0; i < s->count; i++) {
        double to = fmin((double)(first + i + 1), high);
        int sum = i == s->count - 1 ? 256 : (int)(256 * (to - low) / (high - low) + 0.5);
        sum = sum < before ? before : sum > 256 ? 256 : sum;
        s->weights[i] = (uint16_t)(sum - before);
        before = sum;
    }
}

static void span_grow(struct span *s, double middle, int size) {
    double at = middle - 0.5;
    int first = (int)floor(at), share = (int)((at - floor(at)) * 256);
    s->from = bounded(first, size - 1);
    s->count = first >= 0 && first + 1 < size ? 2 : 1;
    s->weights[0] = (uint16_t)(s->count == 2 ? 256 - share : 256);
    if (s->count == 2) s->weights[1] = (uint16_t)share;
}

static struct span *spans(struct arena *a, double start, double length, int size, int n) {
    struct span *all = ARENA_ARRAY(a, struct span, (size_t)n);
    double step = length / n;
    size_t each = (size_t)ceil(step) + 2;
    uint16_t *weights = ARENA_ARRAY(a, uint16_t, each * (size_t)n);
    for (int i = 0; i < n; i++) {
        double low = start + step * i;
        all[i].weights = weights + each * (size_t)i;
        if (step > 1)
            span_shrink(&all[i], low, low + step, size);
        else
            span_grow(&all[i], low + step / 2, size);
        BELIEVE((size_t)all[i].count <= each);
    }
    return all;
}

/* A fixed number at a time: compilers make eight channels of it in one step. */
static void start_block(uint16_t *sums) {
    for (int i = 0; i < BLOCK; i++)
        sums[i] = 128;
}

static void add_block(uint16_t *restrict sums, const uint8_t *restrict from, uint16_t weight) {
    for (int i = 0; i < BLOCK; i++)
        sums[i] = (uint16_t)(sums[i] + from[i] * weight);
}

static void end_block(const uint16_t *restrict sums, uint8_t *restrict to) {
    for (int i = 0; i < BLOCK; i++)
        to[i] = (uint8_t)(sums[i] >> 8);
}

static void add_row(uint16_t *sums, const uint8_t *from, size_t n, uint16_t weight) {
    size_t i = 0;
    for (; i + BLOCK <= n; i += BLOCK)
        add_block(sums + i, from + i, weight);
    for (; i < n; i++)
        sums[i] = (uint16_t)(sums[i] + from[i] * weight);
}

static size_t whole_blocks(int pixels) {
    return (4 * (size_t)pixels + BLOCK - 1) / BLOCK * BLOCK;
}

/* One row of the result's height, still as wide as the source: `count` pixels from `first` on.
 * `sums` and `row` have room for whole blocks. */
static void rows_sum(const struct resample *r, const struct span *s, int first, int count,
                     uint16_t *sums, uint32_t *row) {
    size_t n = 4 * (size_t)count, room = whole_blocks(count);
    for (size_t i = 0; i < room; i += BLOCK)
        start_block(sums + i);
    for (int k = 0; k < s->count; k++) {
        const uint32_t *from =
            r->from + (size_t)(s->from + k) * (size_t)r->from_w + (size_t)first;
        if (s->weights[k]) add_row(sums, (const uint8_t *)from, n, s->weights[k]);
    }
    for (size_t i = 0; i < room; i += BLOCK)
        end_block(sums + i, (uint8_t *)row + i);
}

static void columns_sum(const struct span *all, int n, int first, const uint32_t *row,
                        uint32_t *to) {
    for (int i = 0; i < n; i++) {
        const uint32_t *from = row + (all[i].from - first);
        uint32_t red_blue = HALF, green = HALF;
        for (int k = 0; k < all[i].count; k++) {
            red_blue += (from[k] & PAIR) * all[i].weights[k];
            green += (from[k] >> 8 & 0xFF) * all[i].weights[k];
        }
        to[i] = 0xFF000000u | (red_blue >> 8 & PAIR) | (green & 0xFF00);
    }
}

void resample(const struct resample *r, uint32_t *to, size_t pitch, struct arena *a) {
    BELIEVE(r->to_w > 0 && r->to_h > 0 && r->from_w > 0 && r->from_h > 0);
    BELIEVE(r->w > 0 && r->h > 0);
    struct span *across = spans(a, (double)r->x, (double)r->w, r->from_w, r->to_w);
    struct span *down = spans(a, (double)r->y, (double)r->h, r->from_h, r->to_h);
    const struct span *last = &across[r->to_w - 1];
    int first = across[0].from, count = last->from + last->count - first;
    BELIEVE(first >= 0 && count > 0 && first + count <= r->from_w);
    size_t room = whole_blocks(count);
    uint16_t *sums = ARENA_ARRAY(a, uint16_t, room);
    uint32_t *row = ARENA_ARRAY(a, uint32_t, room / 4);
    for (int y = 0; y < r->to_h; y++) {
        BELIEVE(down[y].from + down[y].count <= r->from_h);
        rows_sum(r, &down[y], first, count, sums, row);
        columns_sum(across, r->to_w, first, row, to + (size_t)y * pitch);
    }
}
