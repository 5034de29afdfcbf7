/* test_picture_bad.c -- pictures that are cut off, damaged, enormous, hostile or none at all:
 * each refused with the right reason, within bounds of memory, and nothing is left behind.
 * needs: media base
 *
 * Memory is counted by the sanitizer's own hooks, so libraries' is in it. Without a sanitizer
 * that part says so. */
#include "picture_help.h"
#include "support.h"

#include <zlib.h>

#include "base/clock.h"
#include "base/hash.h"

#if defined(__SANITIZE_ADDRESS__)
/* As in sanitizer/allocator_interface.h, which Debian's gcc comes without. */
int __sanitizer_install_malloc_and_free_hooks(void (*took)(const volatile void *, size_t),
                                              void (*gave)(const volatile void *));
size_t __sanitizer_get_allocated_size(const volatile void *p);
#define COUNTED 1
#else
#define COUNTED 0
#endif

static int64_t held_now, held_most; /* bytes, by the hooks below */

#if COUNTED
static void took(const volatile void *p, size_t n) {
    (void)p;
    held_now += (int64_t)n;
    if (held_now > held_most) held_most = held_now;
}

static void gave(const volatile void *p) {
    if (p) held_now -= (int64_t)__sanitizer_get_allocated_size(p);
}
#endif

static enum status read_at_most(const void *bytes, size_t n, int side_most) {
    struct picture *p = NULL;
    /* In a block of exactly its size, so that one byte too far is seen. */
    uint8_t *exact = malloc(n ? n : 1);
    assert_non_null(exact);
    if (n) memcpy(exact, bytes, n);
    status_clear();
    enum status s = picture_read(&p, exact, n, side_most);
    if (s) {
        assert_null(p);
        assert_true(status_detail()[0]);
    }
    picture_free(p);
    free(exact);
    return s;
}

static enum status read_of(const struct buf *b) {
    return read_at_most(b->data, b->size, 2048);
}

/* ---- cut off ---- */

static void every_truncation_is_refused(void **state) {
    struct buf b[4] = {{0}};
    int cut = 0, said[STATUS_COUNT] = {0};
    (void)state;
    jpeg_make(&(struct jpeg_made){.w = 40, .h = 30, .turn = 6}, &b[0]);
    jpeg_make(&(struct jpeg_made){.w = 40, .h = 30, .turn = 3, .progressive = true}, &b[1]);
    png_make(&(struct png_made){.w = 40, .h = 30, .depth = 8, .type = PNG_COLOR_TYPE_RGB},
             &b[2]);
    png_make(
        &(struct png_made){
            .w = 40, .h = 30, .depth = 8, .type = PNG_COLOR_TYPE_RGB_ALPHA, .woven = true},
        &b[3]);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(read_of(&b[i]), STATUS_OK);
        for (size_t n = 0; n < b[i].size; n++, cut++) {
            enum status s = read_at_most(b[i].data, n, 2048);
            said[s]++;
            if (s != (n < (i < 2 ? 3U : 8U) ? STATUS_INVALID : STATUS_TRUNCATED))
                fail_msg("picture %d cut at %zu of %zu: %s", i, n, b[i].size, status_key(s));
        }
        /* What a telephone adds behind the picture is left alone. */
        buf_text(&b[i], "MotionPhoto and more");
        assert_int_equal(read_of(&b[i]), STATUS_OK);
        buf_release(&b[i]);
    }
    printf("figure: %d cut off pictures, %d refused\n", cut, cut - said[STATUS_OK]);
}

/* ---- damaged ---- */

static void damage_never_harms(void **state) {
    struct buf b[4] = {{0}};
    int refused = 0, rounds = getenv("LANTERN_TEST_ALL") ? 40000 : 4000;
    draw d = {2026};
    (void)state;
    jpeg_make(&(struct jpeg_made){.w = 40, .h = 30, .turn = 6}, &b[0]);
    jpeg_make(&(struct jpeg_made){.w = 40, .h = 30, .turn = 3, .progressive = true}, &b[1]);
    png_make(&(struct png_made){.w = 40, .h = 30, .depth = 8, .type = PNG_COLOR_TYPE_RGB},
             &b[2]);
    png_make(&(struct png_made){.w = 40,
                                .h = 30,
                                .depth = 4,
                                .type = PNG_COLOR_TYPE_PALETTE,
                                .clear = true,
                                .woven = true},
             &b[3]);
    for (int i = 0; i < rounds; i++) {
        struct buf *from = &b[draw_below(&d, 4)];
        uint8_t *copy = malloc(from->size);
        struct picture *p = NULL;
        assert_non_null(copy);
        memcpy(copy, from->data, from->size);
        for (uint32_t n = draw_below(&d, 4) + 1; n > 0; n--)
            copy[draw_below(&d, (uint32_t)from->size)] = (uint8_t)draw_below(&d, 256);
        enum status s = picture_read(&p, copy, from->size, 1 + (int)draw_below(&d, 64));
        if (s) assert_null(p);
        refused += s != STATUS_OK;
        picture_free(p);
        struct camera_frame f = {.format = FRAME_MJPEG, .bytes = copy, .size = from->size};
        p = NULL;
        s = picture_of_frame(&p, &f, 64);
        assert_true(s == STATUS_OK || s == STATUS_DAMAGED);
        picture_free(p);
        free(copy);
    }
    for (int i = 0; i < 4; i++)
        buf_release(&b[i]);
    printf("figure: %d damaged pictures: %d refused, the others read as they are\n", rounds,
           refused);
    assert_true(refused > rounds / 3);
}

/* ---- not what they say ---- */

static void put_be16(uint8_t *p, unsigned v) {
    p[0] = (uint8_t)(v >> 8);
    p[1] = (uint8_t)v;
}

static void set_png_size(struct buf *b, uint32_t w, uint32_t h) {
    for (int i = 0; i < 4; i++) {
        b->data[16 + i] = (uint8_t)(w >> (24 - 8 * i));
        b->data[20 + i] = (uint8_t)(h >> (24 - 8 * i));
    }
    uint32_t crc = (uint32_t)crc32(0, b->data + 12, 17);
    for (int i = 0; i < 4; i++)
        b->data[29 + i] = (uint8_t)(crc >> (24 - 8 * i));
}

static void set_jpeg_size(struct buf *b, unsigned w, unsigned h) {
    for (size_t at = 2; at + 9 < b->size;
         at += 2 + (size_t)b->data[at + 2] * 256 + b->data[at + 3])
        if (b->data[at + 1] == 0xC0 || b->data[at + 1] == 0xC2) {
            put_be16(b->data + at + 5, h);
            put_be16(b->data + at + 7, w);
            return;
        }
    fail_msg("no frame");
}

static void what_is_no_picture_is_refused(void **state) {
    static const char *const none[] = {
        "",         "GIF89a",          "<svg xmlns=\"\">", "\xFF\xD8",
        "%PDF-1.4", "\x89PNG\r\n\x1a", "RIFF....WEBP",     "BM",
        "II*"};
    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(read_at_most(none[i], strlen(none[i]), 2048), STATUS_INVALID);
    assert_int_equal(read_at_most("\x89PNG\r\n\x1a\n", 8, 2048), STATUS_TRUNCATED);
    assert_int_equal(read_at_most("\xFF\xD8\xFF\xD9", 4, 2048), STATUS_DAMAGED);
    /* Larger than any file that is read: refused by its length alone. */
    struct picture_kind kind;
    assert_int_equal(picture_look("\xFF\xD8\xFF", PICTURE_FILE_MOST + 1, &kind),
                     STATUS_TOO_LARGE);
}

static void sizes_beyond_the_limits_are_refused(void **state) {
    static const struct {
        unsigned w, h;
        enum status is;
    } cases[] = {
        {0, 30, STATUS_DAMAGED},          {40, 0, STATUS_DAMAGED},
        {30001, 1, STATUS_TOO_LARGE},     {1, 30001, STATUS_TOO_LARGE},
        {8000, 8001, STATUS_TOO_LARGE},   {30000, 30000, STATUS_TOO_LARGE},
        {65500, 65500, STATUS_TOO_LARGE}, {8000, 8000, STATUS_TRUNCATED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf jpeg = {0}, png = {0};
        int64_t before = held_most = held_now;
        jpeg_make(&(struct jpeg_made){.w = 40, .h = 30}, &jpeg);
        png_make(&(struct png_made){.w = 40, .h = 30, .depth = 8, .type = PNG_COLOR_TYPE_RGB},
                 &png);
        set_jpeg_size(&jpeg, cases[i].w, cases[i].h);
        set_png_size(&png, cases[i].w, cases[i].h);
        /* Some data where much more should be: blocks are missing, or the stream ends. */
        enum status s = read_of(&jpeg);
        assert_true(s == cases[i].is ||
                    (cases[i].is == STATUS_TRUNCATED && s == STATUS_DAMAGED));
        s = read_of(&png);
        assert_true(s == cases[i].is ||
                    (cases[i].is == STATUS_TRUNCATED && s == STATUS_DAMAGED));
        if (cases[i].is == STATUS_TOO_LARGE) assert_true(held_most - before < 1 << 20);
        buf_release(&jpeg);
        buf_release(&png);
    }
    struct buf most = {0};
    png_make(&(struct png_made){.w = 40, .h = 30, .depth = 8, .type = PNG_COLOR_TYPE_RGB},
             &most);
    set_png_size(&most, 0xFFFFFFFF, 0x7FFFFFFF);
    assert_int_equal(read_of(&most), STATUS_TOO_LARGE);
    set_png_size(&most, 4100, 4000); /* every row seven times: may not be as large */
    most.data[28] = 1;
    set_png_size(&most, 4100, 4000);
    assert_int_equal(read_of(&most), STATUS_TOO_LARGE);
    buf_release(&most);
}

/* The last scan a thousand times over: few bytes, each time the whole picture's work. */
static enum status read_with_scans(struct jpeg_made *m) {
    struct buf b = {0}, bomb = {0};
    size_t last = 0, end;
    jpeg_make(m, &b);
    end = b.size - 2;
    for (size_t at = 0; at + 1 < end; at++)
        if (b.data[at] == 0xFF && b.data[at + 1] == 0xDA) last = at;
    buf_add(&bomb, b.data, end);
    for (int i = 0; i < 1000; i++)
        buf_add(&bomb, b.data + last, end - last);
    buf_add(&bomb, "\xFF\xD9", 2);
    enum status s = read_of(&bomb);
    buf_release(&b);
    buf_release(&bomb);
    return s;
}

static void endless_scans_are_refused(void **state) {
    (void)state;
    assert_int_equal(read_with_scans(&(struct jpeg_made){.w = 64, .h = 64, .parted = true}),
                     STATUS_TOO_LARGE);
    assert_int_equal(
        read_with_scans(&(struct jpeg_made){.w = 64, .h = 64, .progressive = true}),
        STATUS_DAMAGED);
}

/* Comments that unpack to a thousand times their size are not unpacked. */
static void packed_comments_are_left(void **state) {
    struct buf b = {0}, bomb = {0};
    uLongf size = compressBound(8 << 20);
    uint8_t *zeros = calloc(1, 8 << 20), *packed = malloc(size + 40);
    (void)state;
    assert_true(zeros && packed);
    png_make(&(struct png_made){.w = 40, .h = 30, .depth = 8, .type = PNG_COLOR_TYPE_RGB}, &b);
    memcpy(packed, "zTXtkey\0", 9);
    assert_int_equal(compress2(packed + 9, &size, zeros, 8 << 20, 9), Z_OK);
    uint32_t n = (uint32_t)size + 5, crc = (uint32_t)crc32(0, packed, n + 4);
    buf_add(&bomb, b.data, 33);
    for (int i = 0; i < 200; i++) {
        uint8_t be[8];
        for (int k = 0; k < 4; k++) {
            be[k] = (uint8_t)(n >> (24 - 8 * k));
            be[4 + k] = (uint8_t)(crc >> (24 - 8 * k));
        }
        buf_add(&bomb, be, 4);
        buf_add(&bomb, packed, n + 4);
        buf_add(&bomb, be + 4, 4);
    }
    buf_add(&bomb, b.data + 33, b.size - 33);
    free(zeros);
    free(packed);
    int64_t before = held_most = held_now;
    assert_int_equal(read_of(&bomb), STATUS_OK);
    assert_true(held_most - before < (int64_t)bomb.size + (1 << 20));
    buf_release(&b);
    buf_release(&bomb);
}

/* ---- memory ---- */

static void memory_for(const char *what, const struct buf *b, int64_t most) {
    struct picture *p = NULL;
    struct buf kept = {0};
    struct clock c = clock_system();
    int64_t before = held_most = held_now, began = clock_boot(&c);
    enum status s = picture_read(&p, b->data, b->size, PICTURE_SIDE_MOST);
    if (s) fail_msg("%s: %s", what, status_detail());
    assert_int_equal(picture_width(p), PICTURE_SIDE_MOST);
    assert_int_equal(picture_write(p, &kept), STATUS_OK);
    picture_free(p);
    int64_t peak = (held_most - before) >> 10;
    if (COUNTED)
        printf(
            "figure: %s, %zu KiB, read and written again: %lld KiB of memory at most, %lld ms "
            "under the sanitizer\n",
            what, b->size >> 10, (long long)peak, (long long)(clock_boot(&c) - began));
    else
        printf("figure: %s: memory is not counted without a sanitizer\n", what);
    assert_true(peak <= most);
    buf_release(&kept);
    assert_true(held_now == before);
}

static void memory_is_bounded(void **state) {
    struct buf b = {0};
    (void)state;
    jpeg_make(&(struct jpeg_made){.w = 4000, .h = 3000, .turn = 3}, &b);
    memory_for("JPEG of 12 megapixels", &b, 36 << 10);
    buf_clear(&b);
    jpeg_make(&(struct jpeg_made){.w = 8000, .h = 8000}, &b);
    memory_for("JPEG of 64 megapixels", &b, 60 << 10);
    buf_clear(&b);
    if (getenv("LANTERN_TEST_ALL")) {
        jpeg_make(&(struct jpeg_made){.w = 8000, .h = 8000, .progressive = true}, &b);
        memory_for("progressive JPEG of 64 megapixels", &b, 260 << 10);
        buf_clear(&b);
    }
    png_make(
        &(struct png_made){
            .w = 4000, .h = 3000, .depth = 8, .type = PNG_COLOR_TYPE_RGB, .level = 1},
        &b);
    memory_for("PNG of 12 megapixels", &b, 70 << 10);
    buf_clear(&b);
    png_make(
        &(struct png_made){
            .w = 8000, .h = 8000, .depth = 8, .type = PNG_COLOR_TYPE_RGB, .level = 1},
        &b);
    memory_for("PNG of 64 megapixels", &b, 90 << 10);
    buf_clear(&b);
    /* Kept whole as numbers, this would take 384 MB: refused before its first row. */
    jpeg_make(&(struct jpeg_made){.w = 80, .h = 80, .progressive = true, .sharp = true}, &b);
    set_jpeg_size(&b, 8000, 8000);
    int64_t before = held_most = held_now;
    assert_int_equal(read_of(&b), STATUS_TOO_LARGE);
    assert_true(held_most - before < 64 << 20);
    buf_release(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(damage_never_harms),
        cmocka_unit_test(what_is_no_picture_is_refused),
        cmocka_unit_test(sizes_beyond_the_limits_are_refused),
        cmocka_unit_test(endless_scans_are_refused),
        cmocka_unit_test(packed_comments_are_left),
        cmocka_unit_test(memory_is_bounded),
    };
    log_open("/dev/null");
#if COUNTED
    __sanitizer_install_malloc_and_free_hooks(took, gave);
#endif
    return cmocka_run_group_tests(tests, NULL, NULL);
}
