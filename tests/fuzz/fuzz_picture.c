/* fuzz_picture.c -- a picture from a camera, a stick, or a bundle: JPEG or PNG, or whatever
 * else.
 *
 * covers: src/media/picture_jpeg.c src/media/picture_png.c src/media/picture_kind.c
 * src/media/picture_read.c src/media/picture_turn.c max_len: 4096
 *
 * Each input is read as it is, as a camera's frame, and, where it is a PNG, once more with the
 * sums of its chunks made to fit. Believed: what is refused says why and gives nothing; what is
 * read is opaque, as long as it should be, and can be written and read again. A head that
 * promises much is followed for some steps only. */
#include "../picture_help.h"
#include "fuzz.h"

#include <zlib.h>

#define WHOLE_MOST (1 << 18) /* pixels */
#define STEPS      60
#define SIDE       48

static int64_t fuzz_read, fuzz_refused;

static void check_picture(struct picture *p, int long_side) {
    int w = picture_width(p), h = picture_height(p);
    BELIEVE((w > h ? w : h) == (long_side < SIDE ? long_side : SIDE));
    for (int i = 0; i < w * h; i++)
        BELIEVE(picture_argb(p)[i] >> 24 == 0xFF);
    struct buf jpeg = {0};
    struct picture *again = NULL;
    BELIEVE(picture_write(p, &jpeg) == STATUS_OK);
    BELIEVE(picture_read(&again, jpeg.data, jpeg.size, SIDE) == STATUS_OK);
    BELIEVE(picture_width(again) == w && picture_height(again) == h);
    picture_free(again);
    buf_release(&jpeg);
}

static void some_steps(const uint8_t *p, size_t n) {
    struct picture_reader *r = NULL;
    bool done = false;
    if (picture_read_start(&r, p, n, SIDE)) return;
    for (int i = 0; i < STEPS && !done; i++)
        if (picture_read_step(r, 0, &done, NULL)) break;
    picture_read_free(r);
}

static void fuzz_file(const uint8_t *p, size_t n) {
    struct picture_kind kind;
    struct picture *out = NULL;
    status_clear();
    enum status look = picture_look(p, n, &kind);
    BELIEVE(!look || status_detail()[0]);
    if (!look && (int64_t)kind.width * kind.height > WHOLE_MOST) {
        some_steps(p, n);
        return;
    }
    enum status s = picture_read(&out, p, n, SIDE);
    BELIEVE(!look || s == look);
    if (s) {
        BELIEVE(!out && status_detail()[0]);
        fuzz_refused++;
        return;
    }
    fuzz_read++;
    check_picture(out, kind.width > kind.height ? kind.width : kind.height);
    picture_free(out);
}

static void fuzz_frame(const uint8_t *p, size_t n) {
    struct camera_frame f = {.format = FRAME_MJPEG, .bytes = p, .size = n};
    struct picture_kind kind;
    struct picture *out = NULL;
    if (!picture_look(p, n, &kind) && (int64_t)kind.width * kind.height > WHOLE_MOST) return;
    enum status s = picture_of_frame(&out, &f, SIDE);
    BELIEVE(s == STATUS_OK || (s == STATUS_DAMAGED && !out));
    picture_free(out);
    f = (struct camera_frame){
        FRAME_YUYV, n ? p[0] : 0, n > 1 ? p[1] : 0, n > 2 ? p[2] * 4U : 0, p, n, 0};
    out = NULL;
    s = picture_of_frame(&out, &f, SIDE);
    BELIEVE(s == STATUS_OK || (s == STATUS_DAMAGED && !out));
    picture_free(out);
}

/* Each chunk's sum made to fit what it holds now. */
static bool fit_sums(struct buf *b) {
    if (b->size < 8 || png_sig_cmp(b->data, 0, 8) != 0) return false;
    for (size_t at = 8; b->size - at >= 12;) {
        uint8_t *p = b->data + at;
        size_t n = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
        if (n > b->size - at - 12) break;
        uint32_t sum = (uint32_t)crc32(0, p + 4, (uInt)n + 4);
        for (int i = 0; i < 4; i++)
            p[8 + n + (size_t)i] = (uint8_t)(sum >> (24 - 8 * i));
        at += n + 12;
    }
    return true;
}

static void fuzz_one(const uint8_t *p, size_t n) {
    struct buf b = {0};
    fuzz_file(p, n);
    fuzz_frame(p, n);
    buf_add(&b, p, n);
    if (fit_sums(&b)) fuzz_file(b.data, b.size);
    buf_release(&b);
}

static void fuzz_seeds(fuzz_put *put, void *ctx) {
    static const struct jpeg_made jpegs[] = {
        {.w = 37, .h = 21, .turn = 6},
        {.w = 64, .h = 8, .turn = 3, .little = true, .progressive = true},
        {.w = 24, .h = 24, .grey = true},
        {.w = 24, .h = 17, .inks = true},
        {.w = 24, .h = 17, .inks = true, .progressive = true},
        {.w = 70, .h = 50, .restart = 1, .sharp = true},
        {.w = 32, .h = 32, .parted = true},
        {.w = 1, .h = 1},
    };
    static const struct png_made pngs[] = {
        {.w = 37, .h = 21, .depth = 8, .type = PNG_COLOR_TYPE_RGB},
        {.w = 150, .h = 99, .depth = 8, .type = PNG_COLOR_TYPE_GRAY},
        {.w = 20, .h = 21, .depth = 8, .type = PNG_COLOR_TYPE_RGB_ALPHA, .woven = true},
        {.w = 20, .h = 21, .depth = 16, .type = PNG_COLOR_TYPE_GRAY_ALPHA},
        {.w = 33, .h = 9, .depth = 4, .type = PNG_COLOR_TYPE_PALETTE, .clear = true},
        {.w = 33, .h = 9, .depth = 2, .type = PNG_COLOR_TYPE_GRAY, .woven = true},
    };
    for (size_t i = 0; i < sizeof jpegs / sizeof *jpegs; i++) {
        struct buf b = {0};
        jpeg_make(&jpegs[i], &b);
        put(ctx, b.data, b.size);
        buf_release(&b);
    }
    for (size_t i = 0; i < sizeof pngs / sizeof *pngs; i++) {
        struct buf b = {0};
        png_make(&pngs[i], &b);
        put(ctx, b.data, b.size);
        buf_release(&b);
    }
}
