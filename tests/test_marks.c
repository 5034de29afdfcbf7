/* test_marks.c -- arrow, circle and pen are seen on anything and look alike at any size; what
 * is covered is gone. needs: media base
 *
 * Gone means: two pictures whose secrets differ in all but their coarse colours give the same
 * pixels, the same JPEG and the same thumbnail; so nothing can be worked back from any of them,
 * whatever somebody knows of how it is done. */
#include "picture_help.h"
#include "support.h"

#include <math.h>

#include "base/hash.h"

enum { W = 1024, H = 768 };

/* A picture of that size in one colour, or in the pattern. */
static struct picture *made(int w, int h, int64_t one) {
    struct buf b = {0};
    struct picture *p = NULL;
    jpeg_make(&(struct jpeg_made){.w = w, .h = h, .finest = true}, &b);
    assert_int_equal(picture_read(&p, b.data, b.size, 4000), STATUS_OK);
    buf_release(&b);
    for (int i = 0; one >= 0 && i < w * h; i++)
        picture_argb(p)[i] = 0xFFU << 24 | (uint32_t)one;
    return p;
}

static uint32_t at(struct picture *p, double x, double y) {
    int w = picture_width(p), h = picture_height(p);
    return picture_argb(p)[(int)(y * h) * w + (int)(x * w)];
}

static bool is_red(uint32_t v) {
    return (v >> 16 & 0xFF) > 190 && (v >> 8 & 0xFF) < 60 && (v & 0xFF) < 60;
}

static bool is_white(uint32_t v) {
    return apart(v, 0xFFFFFF) < 20;
}

/* ---- arrow, circle, pen ---- */

static const float arrow[] = {0.2F, 0.8F, 0.6F, 0.4F}, circle[] = {0.3F, 0.2F, 0.7F, 0.8F},
                   pen[] = {0.1F, 0.1F, 0.5F, 0.1F, 0.5F, 0.9F};

static void marks_are_seen_on_anything(void **state) {
    static const int64_t grounds[] = {0x000000, 0xFFFFFF, 0xD4141C, 0x808080, 0x00FF00};
    (void)state;
    for (size_t i = 0; i < 5; i++) {
        struct picture *p = made(W, H, grounds[i]);
        picture_mark(p, PICTURE_ARROW, arrow, 2);
        picture_mark(p, PICTURE_CIRCLE, circle, 2);
        picture_mark(p, PICTURE_PEN, pen, 3);
        assert_true(is_red(at(p, 0.4, 0.6)));  /* the shaft's middle */
        assert_true(is_red(at(p, 0.5, 0.2)));  /* the circle's top */
        assert_true(is_red(at(p, 0.3, 0.5)));  /* and left */
        assert_true(is_red(at(p, 0.3, 0.1)));  /* the pen's way across */
        assert_true(is_red(at(p, 0.5, 0.85))); /* and down */
        assert_true(apart(at(p, 0.05, 0.5), (uint32_t)grounds[i]) == 0);
        /* Out of the line: first red, then white, then what was there. */
        double whites = 0, reds = 0;
        for (int y = 0; y < H; y++) {
            uint32_t v = picture_argb(p)[y * W + 256];
            if (y > 60 && y < 100) {
                reds += is_red(v) && !(grounds[i] == 0xD4141C);
                whites += is_white(v) && grounds[i] != 0xFFFFFF;
            }
            assert_int_equal(v >> 24, 0xFF);
        }
        if (grounds[i] != 0xD4141C) assert_true(reds >= 5 && reds <= 12);
        if (grounds[i] != 0xFFFFFF) assert_true(whites >= 2 && whites <= 8);
        picture_free(p);
    }
}

static void edges_are_soft(void **state) {
    struct picture *p = made(W, H, 0);
    int between = 0, red = 0;
    (void)state;
    picture_mark(p, PICTURE_ARROW, arrow, 2);
    for (int i = 0; i < W * H; i++) {
        uint32_t v = picture_argb(p)[i] & 0xFFFFFF;
        red += is_red(v);
        between += v && !is_red(v) && !is_white(v);
    }
    assert_true(red > 2000 && between > red / 10);
    picture_free(p);
}

/* Marked and made smaller, or made smaller and marked: the same to the eye. */
static void marks_look_alike_at_any_size(void **state) {
    static const float *const points[] = {arrow, circle, pen};
    static const int counts[] = {2, 2, 3};
    double most = 0;
    (void)state;
    for (int sort = PICTURE_ARROW; sort <= PICTURE_PEN; sort++) {
        struct picture *large = made(2048, 1536, 0x406080), *small = made(512, 384, 0x406080);
        picture_mark(large, (enum picture_mark)sort, points[sort], counts[sort]);
        picture_mark(small, (enum picture_mark)sort, points[sort], counts[sort]);
        struct picture *from_large = picture_smaller(large, 512);
        double off = 0, drawn = 0;
        for (int i = 0; i < 512 * 384; i++) {
            off += apart(picture_argb(from_large)[i], picture_argb(small)[i]);
            drawn += apart(picture_argb(small)[i], 0x406080);
        }
        if (off / drawn > most) most = off / drawn;
        picture_free(large);
        picture_free(small);
        picture_free(from_large);
    }
    printf(
        "figure: a mark on a picture four times as large differs by %.0f %% of what it draws\n",
        most * 100);
    assert_true(most < 0.2);
}

static void odd_fingers_do_no_harm(void **state) {
    static const float odd[] = {NAN, 0.5F,  0.5F,   INFINITY, -900,
                                900, 1e30F, -1e30F, 0.5F,     0.5F};
    static const float dot[] = {0.5F, 0.5F};
    static const int sizes[][2] = {{1, 1}, {1, 300}, {300, 1}, {7, 5}, {160, 120}};
    (void)state;
    for (int sort = PICTURE_ARROW; sort <= PICTURE_COVER; sort++)
        for (size_t i = 0; i < 5; i++) {
            struct picture *p = made(sizes[i][0], sizes[i][1], 0x123456);
            picture_mark(p, (enum picture_mark)sort, odd, 0);
            picture_mark(p, (enum picture_mark)sort, odd, 1);
            assert_int_equal(picture_argb(p)[0], 0xFF123456);
            picture_mark(p, (enum picture_mark)sort, odd, 5);
            picture_mark(p, (enum picture_mark)sort, dot, 1);
            assert_true(at(p, 0.5, 0.5) != 0xFF123456);
            picture_free(p);
        }
}

/* ---- cover ---- */

static const float brush[] = {0.3F, 0.3F, 0.7F, 0.35F, 0.4F, 0.6F};

/* The pixels that the brush changes. */
static void find_covered(bool *covered) {
    struct picture *p = made(W, H, 0x7F7F01);
    picture_mark(p, PICTURE_COVER, brush, 3);
    for (int i = 0; i < W * H; i++)
        covered[i] = picture_argb(p)[i] != 0xFF7F7F01;
    picture_free(p);
}

/* Of every covered pixel one of two values whose mean over any place is alike: a secret of the
 * finest detail. */
static void put_secret(struct picture *p, const bool *covered, uint64_t seed) {
    draw d = {seed};
    for (int i = 0; i < W * H; i++)
        if (covered[i]) picture_argb(p)[i] = draw_below(&d, 2) ? 0xFFA0A0A0 : 0xFF909090;
}

/* Strokes as of large letters, other ones for each seed, with as much ink everywhere. */
static void put_letters(struct picture *p, const bool *covered, uint64_t seed) {
    draw d = {seed};
    bool ink[H / 8 + 1][W / 8 + 1];
    for (int y = 0; y < H / 8; y += 2)
        for (int x = 0; x < W / 8; x += 2) {
            bool one = draw_below(&d, 2), across = draw_below(&d, 2);
            ink[y][x] = one;
            ink[y][x + 1] = across ? one : !one;
            ink[y + 1][x] = across ? !one : one;
            ink[y + 1][x + 1] = !one;
        }
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            if (covered[y * W + x])
                picture_argb(p)[y * W + x] = ink[y / 8][x / 8] ? 0xFF404040 : 0xFFFFFFFF;
}

static void check_gone(void (*put)(struct picture *, const bool *, uint64_t), uint64_t one,
                       uint64_t other) {
    bool *covered = calloc(W * H, sizeof *covered);
    assert_non_null(covered);
    find_covered(covered);
    struct picture *a = made(W, H, -1), *b = made(W, H, -1);
    struct buf jpeg_a = {0}, jpeg_b = {0};
    put(a, covered, one);
    put(b, covered, other);
    assert_false(same_picture(a, b));
    picture_mark(a, PICTURE_COVER, brush, 3);
    picture_mark(b, PICTURE_COVER, brush, 3);
    assert_true(same_picture(a, b));
    struct picture *thumb_a = picture_smaller(a, THUMB_SIDE),
                   *thumb_b = picture_smaller(b, THUMB_SIDE);
    assert_int_equal(picture_write(a, &jpeg_a), STATUS_OK);
    assert_int_equal(picture_write(b, &jpeg_b), STATUS_OK);
    assert_int_equal(jpeg_a.size, jpeg_b.size);
    assert_memory_equal(jpeg_a.data, jpeg_b.data, jpeg_a.size);
    assert_true(same_picture(thumb_a, thumb_b));
    picture_free(a);
    picture_free(b);
    picture_free(thumb_a);
    picture_free(thumb_b);
    buf_release(&jpeg_a);
    buf_release(&jpeg_b);
    free(covered);
}

static void what_is_covered_is_gone(void **state) {
    (void)state;
    for (uint64_t i = 0; i < 6; i++) {
        check_gone(put_secret, i, 100 + i);
        check_gone(put_letters, i, 100 + i);
    }
}

/* Far fewer colours than squares, far fewer squares than pixels, no square of its own inside.
 */
static void few_colours_in_coarse_squares(void **state) {
    (void)state;
    struct picture *p = made(W, H, -1);
    float all[2 * 42];
    for (int i = 0; i < 42; i++) {
        all[2 * i] = i % 4 == 1 || i % 4 == 2;
        all[2 * i + 1] = (float)(i / 2) / 20;
    }
    int changes_across = 0, changes_down = 0;
    picture_mark(p, PICTURE_COVER, all, 42);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            uint32_t v = picture_argb(p)[y * W + x];
            for (int shift = 0; shift < 24; shift += 8)
                assert_int_equal(v >> shift & 0x3F,
                                 0x20); /* of each colour two bits are left */
            if (x && y == 0) changes_across += v != picture_argb(p)[x - 1];
            if (y && x == 0) changes_down += v != picture_argb(p)[(y - 1) * W];
        }
    assert_true(changes_across <= 20 && changes_down <= 16);
    picture_free(p);
}

/* However often and in whatever pieces: as if once. */
static void strokes_that_overlap_give_no_more_away(void **state) {
    (void)state;
    struct picture *once = made(W, H, -1), *often = made(W, H, -1);
    picture_mark(once, PICTURE_COVER, brush, 3);
    picture_mark(often, PICTURE_COVER, brush + 2, 2);
    picture_mark(often, PICTURE_COVER, brush, 2);
    for (int i = 0; i < 3; i++)
        picture_mark(often, PICTURE_COVER, brush, 3);
    assert_true(same_picture(once, often));
    picture_free(once);
    picture_free(often);
}

/* Under the whole way of the brush nothing stays as it was; away from it everything does. */
static void the_brush_reaches_where_it_was_led(void **state) {
    (void)state;
    bool *covered = calloc(W * H, sizeof *covered);
    assert_non_null(covered);
    find_covered(covered);
    for (int i = 0; i < 2; i++)
        for (int step = 0; step <= 1000; step++) {
            float t = (float)step / 1000,
                  x = brush[2 * i] + t * (brush[2 * i + 2] - brush[2 * i]),
                  y = brush[2 * i + 1] + t * (brush[2 * i + 3] - brush[2 * i + 1]);
            for (int k = 0; k < 8; k++) { /* the brush's rim, and a little less */
                float a = (float)k * 0.785F, r = 0.0195F * W;
                int px = (int)(x * W + r * cosf(a)), py = (int)(y * H + r * sinf(a));
                assert_true(covered[py * W + px]);
            }
        }
    int count = 0;
    for (int i = 0; i < W * H; i++)
        count += covered[i];
    assert_true(count < W * H / 4);
    assert_false(covered[0] || covered[W - 1] || covered[W * H - 1]);
    free(covered);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_seen_on_anything),
        cmocka_unit_test(edges_are_soft),
        cmocka_unit_test(marks_look_alike_at_any_size),
        cmocka_unit_test(odd_fingers_do_no_harm),
        cmocka_unit_test(what_is_covered_is_gone),
        cmocka_unit_test(few_colours_in_coarse_squares),
        cmocka_unit_test(strokes_that_overlap_give_no_more_away),
        cmocka_unit_test(the_brush_reaches_where_it_was_led),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
