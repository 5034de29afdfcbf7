/* picture_png.c -- PNG in, piece by piece, through libpng's reader for streams.
 *
 * Rows are gathered in a band; a full band is halved as often as fits, and only that is kept.
 * (Where a picture's rows come seven times over, interlaced, this cannot be done, so those have
 * a lower limit.) Everything but the pixels is left unread. What shines through shows white, as
 * on paper. */
#include "media/picture_png.h"

#include <setjmp.h>

#include <png.h>

#define WINDOW          16384
#define BAND            64 /* rows; may be halved six times */
#define INTERLACED_MOST 16000000
#define LAST_PASS       6

struct png_in {
    struct arena arena;
    png_structp png;
    png_infop info;
    enum status failed;
    const uint8_t *from, *at, *end;
    int side_most, w, h, halvings;
    struct picture *band, *out;
    int rows; /* how many have come */
    bool whole, ended;
};

/* ---- before anything is decoded ---- */

bool png_is(const void *bytes, size_t n) {
    return n >= 8 && png_sig_cmp(bytes, 0, 8) == 0;
}

static uint32_t be32(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

enum status png_look(const void *bytes, size_t n, uint32_t *w, uint32_t *h) {
    const uint8_t *p = bytes;
    if (n < PNG_HEAD_SIZE) return status_fail(STATUS_TRUNCATED, "png: no whole head");
    if (be32(p + 8) != 13 || memcmp(p + 12, "IHDR", 4) != 0)
        return status_fail(STATUS_DAMAGED, "png: no head");
    *w = be32(p + 16);
    *h = be32(p + 20);
    enum status s = picture_limits(*w, *h);
    if (!s && p[28] && (uint64_t)*w * *h > INTERLACED_MOST)
        s = status_fail(STATUS_TOO_LARGE, "png: %u x %u interlaced", *w, *h);
    return s;
}

/* ---- what libpng calls ---- */

static _Noreturn void refuse(png_structp png, const char *why) {
    struct png_in *p = png_get_error_ptr(png);
    if (!p->failed) p->failed = status_fail(STATUS_DAMAGED, "png: %s", why);
    png_longjmp(png, 1);
}

static void say_nothing(png_structp png, const char *why) {
    (void)png, (void)why;
}

static _Noreturn void no_memory(struct png_in *p) {
    p->failed = status_fail(STATUS_TOO_LARGE, "png: no memory for it");
    png_longjmp(p->png, 1);
}

static void keep(struct png_in *p, struct picture **to, int w, int h) {
    *to = picture_new(w, h);
    if (!*to) no_memory(p);
}

static int halved(int side, int times) {
    for (; times > 0; times--)
        side = (side + 1) / 2;
    return side;
}

/* Whatever the file has becomes eight bits of blue, green, red and a full byte. */
static void as_argb(png_structp png, png_infop info) {
    uint16_t white = png_get_bit_depth(png, info) == 16 ? 0xFFFF : 0xFF;
    png_color_16 paper = {.red = white, .green = white, .blue = white, .gray = white};
    bool clear = (png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) ||
                 png_get_valid(png, info, PNG_INFO_tRNS);
    png_set_expand(png);
    png_set_gray_to_rgb(png);
    if (clear) png_set_background(png, &paper, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
    png_set_scale_16(png);
#if SDL_BYTEORDER == SDL_LIL_ENDIAN
    png_set_bgr(png);
    png_set_filler(png, 0xFF, PNG_FILLER_AFTER);
#else
    png_set_filler(png, 0xFF, PNG_FILLER_BEFORE);
#endif
}

static void head_came(png_structp png, png_infop info) {
    struct png_in *p = png_get_progressive_ptr(png);
    p->w = (int)png_get_image_width(png, info);
    p->h = (int)png_get_image_height(png, info);
    as_argb(png, info);
    p->whole = png_set_interlace_handling(png) > 1;
    png_read_update_info(png, info);
    if (png_get_rowbytes(png, info) != (size_t)p->w * 4) png_error(png, "unexpected pixels");
    int side = p->w > p->h ? p->w : p->h;
    while (!p->whole && BAND >> p->halvings > 1 &&
           halved(side, p->halvings + 1) >= p->side_most)
        p->halvings++;
    keep(p, &p->out, halved(p->w, p->halvings), halved(p->h, p->halvings));
    if (p->halvings) keep(p, &p->band, p->w, p->h < BAND ? p->h : BAND);
}

/* The band's first rows, smaller, to where they belong. */
static void put_band(struct png_in *p, int first, int rows) {
    struct picture *small = NULL;
    if (rows < picture_height(p->band)) { /* the last one */
        struct picture *rest = NULL;
        keep(p, &rest, p->w, rows);
        memcpy(picture_argb(rest), picture_argb(p->band), (size_t)p->w * (size_t)rows * 4);
        picture_free(p->band);
        p->band = rest;
    }
    for (int i = 0; i < p->halvings; i++) {
        struct picture *next = picture_halved(small ? small : p->band);
        picture_free(small);
        if (!next) no_memory(p);
        small = next;
    }
    for (int y = 0; y < picture_height(small); y++)
        memcpy(picture_row(p->out, (first >> p->halvings) + y), picture_row(small, y),
               (size_t)picture_width(small) * 4);
    picture_free(small);
}

static void row_came(png_structp png, png_bytep row, png_uint_32 number, int pass) {
    struct png_in *p = png_get_progressive_ptr(png);
    int y = (int)number;
    if (!p->out || y >= p->h) png_error(png, "row outside the picture");
    if (p->whole) {
        if (pass == LAST_PASS && y == p->h - 1) p->rows = p->h;
        if (row) png_progressive_combine_row(png, (png_bytep)picture_row(p->out, y), row);
        return;
    }
    if (!row || y != p->rows) png_error(png, "row out of order");
    p->rows++;
    if (!p->halvings) {
        memcpy(picture_row(p->out, y), row, (size_t)p->w * 4);
        return;
    }
    memcpy(picture_row(p->band, y % BAND), row, (size_t)p->w * 4);
    if (y % BAND == BAND - 1 || y == p->h - 1) put_band(p, y - y % BAND, y % BAND + 1);
}

static void end_came(png_structp png, png_infop info) {
    struct png_in *p = png_get_progressive_ptr(png);
    (void)info;
    if (!p->out || p->rows != p->h) png_error(png, "rows are missing");
    p->ended = true;
}

/* ---- feeding it ---- */

enum status png_in_start(struct png_in **out, const void *bytes, size_t n, int side_most) {
    struct arena own = {0};
    struct png_in *p = ARENA_NEW(&own, struct png_in);
    *p = (struct png_in){.arena = own, .from = bytes, .at = bytes, .side_most = side_most};
    p->end = p->from + n;
    *out = p;
    uint32_t w, h;
    enum status s = png_look(bytes, n, &w, &h);
    if (s) return s;
    p->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, p, refuse, say_nothing);
    p->info = p->png ? png_create_info_struct(p->png) : NULL;
    if (!p->info) return status_fail(STATUS_TOO_LARGE, "png: no memory to begin");
    png_set_user_limits(p->png, PICTURE_SIDE_READ, PICTURE_SIDE_READ);
    png_set_benign_errors(p->png, 0);
    png_set_keep_unknown_chunks(p->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_set_progressive_read_fn(p->png, p, head_came, row_came, end_came);
    return STATUS_OK;
}

void png_in_end(struct png_in *p) {
    if (!p) return;
    if (p->png) png_destroy_read_struct(&p->png, &p->info, NULL);
    picture_free(p->band);
    picture_free(p->out);
    struct arena own = p->arena;
    arena_wipe(&own);
}

/* The only way into libpng after the start: it comes back here when it refuses. */
static enum status feed(struct png_in *p, size_t n) {
    if (setjmp(png_jmpbuf(p->png))) return p->failed;
    png_process_data(p->png, p->info, (png_bytep)(uintptr_t)p->at, n);
    return STATUS_OK;
}

enum status png_in_more(struct png_in *p, bool *done) {
    size_t left = (size_t)(p->end - p->at);
    if (p->failed) return p->failed;
    if (!p->ended && !left) return status_fail(STATUS_TRUNCATED, "png: cut off");
    size_t n = left < WINDOW ? left : WINDOW;
    enum status s = p->ended ? STATUS_OK : feed(p, n);
    if (s) return s;
    p->at += n;
    *done = p->ended;
    return STATUS_OK;
}

double png_in_part(const struct png_in *p) {
    return (double)(p->at - p->from) / (double)(p->end - p->from);
}

struct picture *png_in_take(struct png_in *p) {
    struct picture *out = p->out;
    p->out = NULL;
    return out;
}
