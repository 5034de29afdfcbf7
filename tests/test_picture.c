/* test_picture.c -- photos from files and cameras become upright pixels of the right size, and
 * JPEG in which nothing but these pixels is. needs: media base
 *
 * The pictures are made here, each with a pattern that no turning leaves as it was
 * (picture_help.h). */
#include "picture_help.h"
#include "support.h"

static struct picture *read_made(const struct jpeg_made *m, int side_most) {
    struct buf b = {0};
    struct picture *p = NULL;
    jpeg_make(m, &b);
    assert_int_equal(picture_read(&p, b.data, b.size, side_most), STATUS_OK);
    buf_release(&b);
    return p;
}

/* ---- the eight ways to hold a camera ---- */

/* What is stored at column x and row y when the upright picture of w × h is held that way: EXIF
 * says which side of the picture the first row and the first column are. */
static uint32_t held(int turn, int x, int y, int w, int h) {
    switch (turn) {
    case 2: /* top, right */
        return pattern(w - 1 - x, y, w, h);
    case 3: /* bottom, right */
        return pattern(w - 1 - x, h - 1 - y, w, h);
    case 4: /* bottom, left */
        return pattern(x, h - 1 - y, w, h);
    case 5: /* left, top */
        return pattern(y, x, w, h);
    case 6: /* right, top */
        return pattern(w - 1 - y, x, w, h);
    case 7: /* right, bottom */
        return pattern(w - 1 - y, h - 1 - x, w, h);
    case 8: /* left, bottom */
        return pattern(y, h - 1 - x, w, h);
    default:
        return pattern(x, y, w, h);
    }
}

static void make_held(int turn, int w, int h, bool little, bool progressive, struct buf *out) {
    bool swap = turn >= 5;
    struct jpeg_made m = {.w = swap ? h : w,
                          .h = swap ? w : h,
                          .turn = turn,
                          .little = little,
                          .progressive = progressive,
                          .sharp = true,
                          .finest = true};
    uint32_t *pixels = malloc((size_t)w * (size_t)h * sizeof *pixels);
    assert_non_null(pixels);
    for (int y = 0; y < m.h; y++)
        for (int x = 0; x < m.w; x++)
            pixels[y * m.w + x] = held(turn, x, y, w, h);
    m.pixels = pixels;
    jpeg_make(&m, out);
    free(pixels);
}

static void every_turn_becomes_upright(void **state) {
    enum { W = 200, H = 120 };
    static const int sides[] = {2048, 200, 100, 61};
    double most = 0, least_wrong = 255;
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct picture *upright = read_made(
            &(struct jpeg_made){.w = W, .h = H, .sharp = true, .finest = true}, sides[i]);
        struct picture *first = NULL;
        for (int turn = 1; turn <= 8; turn++) {
            struct buf b = {0};
            struct picture *p = NULL;
            struct picture_kind kind;
            make_held(turn, W, H, turn % 2 == 0, turn % 3 == 0, &b);
            assert_int_equal(picture_look(b.data, b.size, &kind), STATUS_OK);
            assert_int_equal(kind.width, W);
            assert_int_equal(kind.height, H);
            assert_int_equal(picture_read(&p, b.data, b.size, sides[i]), STATUS_OK);
            double d = distance_of(p, upright);
            if (d > most) most = d;
            if (i == 0 && first && turn <= 4) {
                /* The same file with its word about turning taken out is far off. */
                uint8_t *at =
                    memmem(b.data, b.size, turn % 2 ? "\x01\x12\0\x03" : "\x12\x01\x03",
                           turn % 2 ? 4 : 3);
                struct picture *wrong = NULL;
                assert_non_null(at);
                at[turn % 2 ? 9 : 8] = 1;
                assert_int_equal(picture_read(&wrong, b.data, b.size, sides[i]), STATUS_OK);
                double off = distance_of(wrong, upright);
                if (off < least_wrong) least_wrong = off;
                picture_free(wrong);
            }
            if (!first) first = picture_copy(p);
            picture_free(p);
            buf_release(&b);
        }
        picture_free(first);
        picture_free(upright);
    }
    printf("figure: 8 ways of holding × 4 sizes: at most %.2f of 255 from the upright picture, "
           "unturned at least %.0f\n",
           most, least_wrong);
    assert_true(most < 3);
    assert_true(least_wrong > 40);
}

/* ---- sizes ---- */

static void sizes_are_exact(void **state) {
    static const struct {
        int w, h, most, to_w, to_h;
    } cases[] = {
        {4000, 3000, 2048, 2048, 1536}, {3000, 4000, 2048, 1536, 2048},
        {2049, 100, 2048, 2048, 100},   {2048, 2048, 2048, 2048, 2048},
        {640, 480, 2048, 640, 480},     {1, 1, 2048, 1, 1},
        {1, 30000, 2048, 1, 2048},      {30000, 1, 320, 320, 1},
        {2047, 5, 320, 320, 1},         {4097, 33, 320, 320, 3},
        {641, 479, 320, 320, 239},      {300, 320, 320, 300, 320},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct picture *jpeg =
            read_made(&(struct jpeg_made){.w = cases[i].w, .h = cases[i].h}, cases[i].most);
        assert_int_equal(picture_width(jpeg), cases[i].to_w);
        assert_int_equal(picture_height(jpeg), cases[i].to_h);
        struct buf b = {0};
        struct picture *png = NULL;
        png_make(&(struct png_made){.w = cases[i].w,
                                    .h = cases[i].h,
                                    .depth = 8,
                                    .type = PNG_COLOR_TYPE_RGB,
                                    .level = 1},
                 &b);
        assert_int_equal(picture_read(&png, b.data, b.size, cases[i].most), STATUS_OK);
        assert_int_equal(picture_width(png), cases[i].to_w);
        assert_int_equal(picture_height(png), cases[i].to_h);
        if (cases[i].to_w > 100 && cases[i].to_h > 100) assert_true(distance_of(jpeg, png) < 6);
        struct picture *thumb = picture_smaller(jpeg, THUMB_SIDE);
        int side = cases[i].to_w > cases[i].to_h ? cases[i].to_w : cases[i].to_h;
        int got = picture_width(thumb) > picture_height(thumb) ? picture_width(thumb)
                                                               : picture_height(thumb);
        assert_int_equal(got, side < THUMB_SIDE ? side : THUMB_SIDE);
        picture_free(thumb);
        picture_free(jpeg);
        picture_free(png);
        buf_release(&b);
    }
}

/* ---- sorts of JPEG ---- */

static void every_sort_of_jpeg_is_read(void **state) {
    (void)state;
    struct picture *plain =
        read_made(&(struct jpeg_made){.w = 160, .h = 120, .sharp = true, .finest = true}, 160);
    const struct jpeg_made sorts[] = {
        {.w = 160, .h = 120},
        {.w = 160, .h = 120, .progressive = true},
        {.w = 160, .h = 120, .inks = true},
        {.w = 160, .h = 120, .inks = true, .progressive = true},
        {.w = 160, .h = 120, .restart = 1},
        {.w = 160, .h = 120, .parted = true},
    };
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        struct picture *p = read_made(&sorts[i], 160);
        assert_true(distance_of(p, plain) < 6);
        picture_free(p);
    }
    struct picture *grey =
        read_made(&(struct jpeg_made){.w = 160, .h = 120, .grey = true}, 160);
    for (int i = 0; i < 160 * 120; i++) {
        uint32_t v = picture_argb(grey)[i], g = pattern(i % 160, i / 160, 160, 120) >> 8 & 0xFF;
        assert_true(apart(v, 0x010101 * g) < 12 && v >> 24 == 0xFF);
    }
    picture_free(grey);
    picture_free(plain);
}

/* ---- sorts of PNG ---- */

static uint32_t over_white(uint32_t v, uint32_t alpha) {
    uint32_t out = 0;
    for (int shift = 16; shift >= 0; shift -= 8)
        out |= ((v >> shift & 0xFF) * alpha + 255 * (255 - alpha) + 127) / 255 << shift;
    return out;
}

/* What must come out, worked out from the pattern alone. */
static uint32_t expected(const struct png_made *m, int x, int y) {
    uint32_t v = pattern(x, y, m->w, m->h) & 0xFFFFFF;
    if (m->type == PNG_COLOR_TYPE_PALETTE) {
        uint32_t i = palette_at(v) & ((1U << m->depth) - 1);
        return m->clear && i == 0 ? 0xFFFFFF : (i & 3) << 22 | (i >> 2) << 14 | 77;
    }
    if (!(m->type & PNG_COLOR_MASK_COLOR)) {
        uint32_t g = v >> 8 & 0xFF;
        if (m->depth < 8) g = (g >> (8 - m->depth)) * 255 / ((1U << m->depth) - 1);
        v = 0x010101 * g;
    }
    return m->type & PNG_COLOR_MASK_ALPHA ? over_white(v, alpha_at(x, m->w)) : v;
}

static void check_png(const struct png_made *m) {
    struct buf b = {0};
    struct picture *p = NULL;
    struct picture_kind kind;
    png_make(m, &b);
    assert_int_equal(picture_look(b.data, b.size, &kind), STATUS_OK);
    assert_string_equal(kind.media_type, "image/png");
    assert_int_equal(picture_read(&p, b.data, b.size, 2048), STATUS_OK);
    assert_int_equal(picture_width(p), m->w);
    for (int y = 0; y < m->h; y++)
        for (int x = 0; x < m->w; x++) {
            uint32_t v = picture_argb(p)[y * m->w + x];
            assert_int_equal(v >> 24, 0xFF);
            if (apart(v, expected(m, x, y)) > 2)
                fail_msg("type %d depth %d at %d,%d: %06x, not %06x", m->type, m->depth, x, y,
                         v & 0xFFFFFF, expected(m, x, y));
        }
    picture_free(p);
    buf_release(&b);
}

static void every_sort_of_png_is_read(void **state) {
    static const struct {
        int type, depth;
        bool clear;
    } sorts[] = {
        {PNG_COLOR_TYPE_GRAY, 1, false},        {PNG_COLOR_TYPE_GRAY, 2, false},
        {PNG_COLOR_TYPE_GRAY, 4, false},        {PNG_COLOR_TYPE_GRAY, 8, false},
        {PNG_COLOR_TYPE_GRAY, 16, false},       {PNG_COLOR_TYPE_GRAY_ALPHA, 8, false},
        {PNG_COLOR_TYPE_GRAY_ALPHA, 16, false}, {PNG_COLOR_TYPE_RGB, 8, false},
        {PNG_COLOR_TYPE_RGB, 16, false},        {PNG_COLOR_TYPE_RGB_ALPHA, 8, false},
        {PNG_COLOR_TYPE_RGB_ALPHA, 16, false},  {PNG_COLOR_TYPE_PALETTE, 4, false},
        {PNG_COLOR_TYPE_PALETTE, 4, true},      {PNG_COLOR_TYPE_PALETTE, 8, true},
        {PNG_COLOR_TYPE_PALETTE, 2, false},
    };
    static const int sizes[][2] = {{61, 37}, {1, 1}, {2, 1}, {1, 2}, {5, 9}};
    (void)state;
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
        for (size_t s = 0; s < 5; s++)
            for (int woven = 0; woven < 2; woven++) {
                if (sorts[i].type == PNG_COLOR_TYPE_PALETTE && sorts[i].depth == 8 && s)
                    continue;
                check_png(&(struct png_made){.w = sizes[s][0],
                                             .h = sizes[s][1],
                                             .depth = sorts[i].depth,
                                             .type = sorts[i].type,
                                             .clear = sorts[i].clear,
                                             .woven = woven});
            }
}

/* ---- what is written ---- */

/* Of each segment its marker; of what may be in a JPEG that says nothing about its making only
 * the needful. */
static void only_the_needful(const struct buf *b) {
    size_t at = 2;
    assert_memory_equal(b->data, "\xFF\xD8", 2);
    while (b->data[at + 1] != 0xDA) {
        uint8_t m = b->data[at + 1];
        assert_int_equal(b->data[at], 0xFF);
        assert_true(m == 0xE0 || m == 0xDB || m == 0xC0 || m == 0xC4);
        if (m == 0xE0) assert_int_equal(b->data[at + 3], 16); /* JFIF without a thumbnail */
        at += 2 + (size_t)b->data[at + 2] * 256 + b->data[at + 3];
        assert_true(at + 4 < b->size);
    }
    assert_memory_equal(b->data + b->size - 2, "\xFF\xD9", 2);
}

static bool tells(const struct buf *b) {
    static const uint8_t little[] = {0xA1, 0xE7, 0xC2, 0x5E}, big[] = {0x5E, 0xC2, 0xE7, 0xA1};
    return holds(b, "Exif", 4) || holds(b, HIDDEN_MAKE, strlen(HIDDEN_MAKE)) ||
           holds(b, little, 4) || holds(b, big, 4);
}

static void nothing_but_pixels_is_kept(void **state) {
    (void)state;
    for (int little = 0; little < 2; little++) {
        struct buf from = {0}, to = {0}, thumb = {0};
        struct picture *p = NULL;
        make_held(6, 200, 150, little, false, &from);
        assert_true(tells(&from));
        assert_int_equal(picture_read(&p, from.data, from.size, 2048), STATUS_OK);
        assert_int_equal(picture_write(p, &to), STATUS_OK);
        struct picture *small = picture_smaller(p, 40);
        assert_int_equal(picture_write(small, &thumb), STATUS_OK);
        assert_false(tells(&to) || tells(&thumb));
        only_the_needful(&to);
        only_the_needful(&thumb);
        picture_free(p);
        picture_free(small);
        buf_release(&from);
        buf_release(&to);
        buf_release(&thumb);
    }
}

static void what_is_written_reads_again(void **state) {
    (void)state;
    struct picture *p =
        read_made(&(struct jpeg_made){.w = 301, .h = 207, .finest = true}, 2048);
    struct picture *copy = picture_copy(p), *again = NULL;
    struct buf a = {0}, b = {0};
    buf_text(&b, "before");
    assert_int_equal(picture_write(p, &a), STATUS_OK);
    assert_int_equal(picture_write(copy, &b), STATUS_OK);
    assert_int_equal(b.size, a.size + 6);
    assert_memory_equal(a.data, b.data + 6, a.size);
    assert_int_equal(picture_read(&again, a.data, a.size, 2048), STATUS_OK);
    assert_true(distance_of(p, again) < 5);
    /* No room for it: nothing of it stays. */
    struct buf little = {.limit = 2000};
    buf_text(&little, "before");
    assert_int_equal(picture_write(p, &little), STATUS_TOO_LARGE);
    assert_int_equal(little.size, 6);
    picture_free(p);
    picture_free(copy);
    picture_free(again);
    buf_release(&a);
    buf_release(&b);
    buf_release(&little);
}

/* ---- in steps ---- */

static int step_to_end(const struct buf *b, int ms, struct picture **out) {
    struct picture_reader *r = NULL;
    bool done = false;
    double part = 0, before = 0;
    int steps = 0;
    assert_int_equal(picture_read_start(&r, b->data, b->size, 700), STATUS_OK);
    while (!done) {
        assert_int_equal(picture_read_step(r, ms, &done, &part), STATUS_OK);
        assert_true(part >= before && part <= 1);
        before = part;
        steps++;
    }
    assert_true(part == 1);
    *out = picture_read_take(r);
    picture_read_free(r);
    return steps;
}

static int write_in_steps(const struct picture *p, struct buf *to) {
    struct picture_writer *w = NULL;
    bool done = false;
    double part = 0;
    int steps = 0;
    assert_int_equal(picture_write_start(&w, p, to), STATUS_OK);
    while (!done) {
        assert_int_equal(picture_write_step(w, 0, &done, &part), STATUS_OK);
        steps++;
    }
    picture_write_free(w);
    return steps;
}

static void steps_give_the_same(void **state) {
    (void)state;
    for (int sort = 0; sort < 4; sort++) {
        struct buf b = {0}, at_once = {0}, stepped = {0};
        struct picture *whole = NULL, *a = NULL, *c = NULL;
        if (sort < 2)
            make_held(6, 1600, 1200, true, sort == 1, &b);
        else
            png_make(&(struct png_made){.w = 1600,
                                        .h = 1200,
                                        .depth = 8,
                                        .type = PNG_COLOR_TYPE_RGB_ALPHA,
                                        .woven = sort == 3,
                                        .level = 1},
                     &b);
        assert_int_equal(picture_read(&whole, b.data, b.size, 700), STATUS_OK);
        step_to_end(&b, 1, &a);
        assert_true(step_to_end(&b, 0, &c) > 20);
        assert_true(same_picture(whole, a) && same_picture(whole, c));
        assert_int_equal(picture_write(whole, &at_once), STATUS_OK);
        assert_true(write_in_steps(a, &stepped) > 10);
        assert_int_equal(at_once.size, stepped.size);
        assert_memory_equal(at_once.data, stepped.data, stepped.size);
        picture_free(whole);
        picture_free(a);
        picture_free(c);
        buf_release(&b);
        buf_release(&at_once);
        buf_release(&stepped);
    }
}

/* Left at any moment, nothing leaks (the sanitizer looks) and what was half written is taken
 * back. */
static void steps_can_be_left(void **state) {
    (void)state;
    struct buf b = {0};
    make_held(8, 400, 300, true, true, &b);
    for (int stop = 0; stop < 330; stop += 7) {
        struct picture_reader *r = NULL;
        bool done = false;
        assert_int_equal(picture_read_start(&r, b.data, b.size, 200), STATUS_OK);
        for (int i = 0; i < stop && !done; i++)
            assert_int_equal(picture_read_step(r, 0, &done, NULL), STATUS_OK);
        picture_read_free(r);
    }
    struct picture *p = NULL;
    struct picture_writer *w = NULL;
    struct buf to = {0};
    bool done = false;
    assert_int_equal(picture_read(&p, b.data, b.size, 400), STATUS_OK);
    buf_text(&to, "before");
    assert_int_equal(picture_write_start(&w, p, &to), STATUS_OK);
    for (int i = 0; i < 10; i++)
        assert_int_equal(picture_write_step(w, 0, &done, NULL), STATUS_OK);
    assert_false(done);
    picture_write_free(w);
    assert_int_equal(to.size, 6);
    picture_free(p);
    buf_release(&b);
    buf_release(&to);
}

/* ---- cameras ---- */

static void drop_code_tables(const struct buf *from, struct buf *to) {
    size_t at = 2;
    buf_add(to, from->data, 2);
    while (from->data[at + 1] != 0xDA) {
        size_t n = 2 + (size_t)from->data[at + 2] * 256 + from->data[at + 3];
        if (from->data[at + 1] != 0xC4) buf_add(to, from->data + at, n);
        at += n;
    }
    buf_add(to, from->data + at, from->size - at);
}

static struct camera_frame frame_of(const struct buf *b) {
    return (struct camera_frame){
        .format = FRAME_MJPEG, .width = 320, .height = 240, .bytes = b->data, .size = b->size};
}

static void motion_jpeg_needs_no_tables(void **state) {
    (void)state;
    struct buf whole = {0}, bare = {0};
    struct picture *a = NULL, *b = NULL, *none = NULL;
    jpeg_make(&(struct jpeg_made){.w = 320, .h = 240}, &whole);
    drop_code_tables(&whole, &bare);
    assert_true(bare.size + 400 < whole.size);
    struct camera_frame f = frame_of(&whole);
    assert_int_equal(picture_of_frame(&a, &f, 2048), STATUS_OK);
    f = frame_of(&bare);
    assert_int_equal(picture_of_frame(&b, &f, 2048), STATUS_OK);
    assert_true(same_picture(a, b));
    picture_free(b);
    f.size -= 2; /* some cameras leave the end out */
    assert_int_equal(picture_of_frame(&b, &f, 160), STATUS_OK);
    assert_int_equal(picture_width(b), 160);
    for (size_t n = 0; n + 40 < bare.size; n += 13) {
        f.size = n;
        assert_int_equal(picture_of_frame(&none, &f, 2048), STATUS_DAMAGED);
    }
    assert_null(none);
    picture_free(a);
    picture_free(b);
    buf_release(&whole);
    buf_release(&bare);
}

static void pairs_of_pixels_are_read(void **state) {
    enum { W = 64, H = 33, STRIDE = 160 };
    static const uint8_t pairs[3][4] = {
        {81, 90, 81, 240}, {145, 54, 145, 34}, {235, 128, 16, 128}};
    uint8_t *bytes = calloc(H, STRIDE);
    struct picture *p = NULL;
    (void)state;
    assert_non_null(bytes);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W / 2; x++)
            memcpy(bytes + y * STRIDE + x * 4, pairs[y / 11], 4);
    struct camera_frame f = {.format = FRAME_YUYV,
                             .width = W,
                             .height = H,
                             .stride = STRIDE,
                             .bytes = bytes,
                             .size = STRIDE * (H - 1) + W * 2};
    assert_int_equal(picture_of_frame(&p, &f, 2048), STATUS_OK);
    assert_int_equal(picture_height(p), H);
    assert_true(apart(picture_argb(p)[5 * W + 7], 0xFF0000) < 6);   /* red */
    assert_true(apart(picture_argb(p)[15 * W + 40], 0x00FF00) < 6); /* green */
    assert_true(apart(picture_argb(p)[32 * W + 62], 0xFFFFFF) < 4); /* white beside black */
    assert_true(apart(picture_argb(p)[32 * W + 63], 0x000000) < 4);
    assert_int_equal(picture_argb(p)[32 * W + 63] >> 24, 0xFF);
    picture_free(p);
    p = NULL;
    assert_int_equal(picture_of_frame(&p, &f, 32), STATUS_OK);
    assert_int_equal(picture_width(p), 32);
    picture_free(p);
    p = NULL;
    const struct camera_frame wrong[] = {
        {FRAME_YUYV, W, H, STRIDE, bytes, f.size - 1, 0},
        {FRAME_YUYV, W, H + 1, STRIDE, bytes, f.size, 0},
        {FRAME_YUYV, W, H, W * 2 - 1, bytes, f.size, 0},
        {FRAME_YUYV, 0, H, STRIDE, bytes, f.size, 0},
        {FRAME_YUYV, W, 0, STRIDE, bytes, f.size, 0},
        {FRAME_YUYV, -2, -1, STRIDE, bytes, f.size, 0},
        {FRAME_YUYV, W - 1, H, STRIDE, bytes, f.size, 0},
        {FRAME_YUYV, 1 << 30, H, SIZE_MAX, bytes, f.size, 0},
        {FRAME_YUYV, W, H, STRIDE, bytes, 0, 0},
        {FRAME_MJPEG, W, H, 0, bytes, 0, 0},
        {FRAME_MJPEG, W, H, 0, bytes, f.size, 0},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(picture_of_frame(&p, &wrong[i], 2048), STATUS_DAMAGED);
    assert_null(p);
    free(bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_turn_becomes_upright),
        cmocka_unit_test(sizes_are_exact),
        cmocka_unit_test(every_sort_of_jpeg_is_read),
        cmocka_unit_test(every_sort_of_png_is_read),
        cmocka_unit_test(nothing_but_pixels_is_kept),
        cmocka_unit_test(what_is_written_reads_again),
        cmocka_unit_test(steps_give_the_same),
        cmocka_unit_test(steps_can_be_left),
        cmocka_unit_test(motion_jpeg_needs_no_tables),
        cmocka_unit_test(pairs_of_pixels_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
