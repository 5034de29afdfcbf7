/* picture_help.h -- pictures made for the tests on photos: JPEG by libjpeg, with any EXIF; PNG
 * of every sort by libpng.
 *
 * Every picture shows the same pattern, in which no two places look alike and no turning or
 * mirroring leaves it as it was. */
#ifndef TESTS_PICTURE_HELP_H
#define TESTS_PICTURE_HELP_H

#include <jpeglib.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "media/picture.h"

#define HIDDEN_MAKE  "Kettle camera 9"
#define HIDDEN_PLACE 0x5EC2E7A1U /* a number in the position */

/* Place x, y of a picture of w × h. */
static inline uint32_t pattern(int x, int y, int w, int h) {
    uint32_t red = (uint32_t)(x * 255 / (w > 1 ? w - 1 : 1));
    uint32_t green = (uint32_t)(y * 255 / (h > 1 ? h - 1 : 1));
    uint32_t blue = (x < w / 2) == (y < h / 3) ? 210 : 40;
    return 0xFFU << 24 | red << 16 | green << 8 | blue;
}

/* ---- EXIF ---- */

static inline void exif_u16(struct buf *b, bool little, unsigned v) {
    buf_byte(b, (uint8_t)(little ? v : v >> 8));
    buf_byte(b, (uint8_t)(little ? v >> 8 : v));
}

static inline void exif_u32(struct buf *b, bool little, uint32_t v) {
    exif_u16(b, little, little ? v & 0xFFFF : v >> 16);
    exif_u16(b, little, little ? v >> 16 : v & 0xFFFF);
}

static inline void exif_entry(struct buf *b, bool little, unsigned tag, unsigned type,
                              uint32_t count, uint32_t value) {
    exif_u16(b, little, tag);
    exif_u16(b, little, type);
    exif_u32(b, little, count);
    if (type == 3) {
        exif_u16(b, little, value);
        exif_u16(b, little, 0);
    } else {
        exif_u32(b, little, value);
    }
}

/* Maker, orientation, and a position of two entries. */
static inline void exif_make(struct buf *b, bool little, int turn) {
    const uint32_t make_at = 8 + 2 + 3 * 12 + 4, gps_at = make_at + sizeof HIDDEN_MAKE,
                   place_at = gps_at + 2 + 2 * 12 + 4;
    buf_add(b, "Exif\0\0", 6);
    buf_text(b, little ? "II" : "MM");
    exif_u16(b, little, 42);
    exif_u32(b, little, 8);
    exif_u16(b, little, 3);
    exif_entry(b, little, 0x010F, 2, sizeof HIDDEN_MAKE, make_at);
    exif_entry(b, little, 0x0112, 3, 1, (uint32_t)turn);
    exif_entry(b, little, 0x8825, 4, 1, gps_at);
    exif_u32(b, little, 0);
    buf_add(b, HIDDEN_MAKE, sizeof HIDDEN_MAKE);
    exif_u16(b, little, 2);
    exif_entry(b, little, 1, 2, 2, little ? 'N' : (uint32_t)'N' << 24);
    exif_entry(b, little, 2, 5, 3, place_at);
    exif_u32(b, little, 0);
    for (int i = 0; i < 3; i++) {
        exif_u32(b, little, HIDDEN_PLACE);
        exif_u32(b, little, 1);
    }
}

/* ---- JPEG ---- */

struct jpeg_made {
    int w, h;                                                    /* as stored */
    int turn;                                                    /* 0: no EXIF */
    bool little, progressive, grey, inks, sharp, finest, parted; /* a scan for each color */
    int restart;            /* rows between restart markers */
    const uint32_t *pixels; /* as stored; NULL: the pattern */
};

static inline void made_row(const struct jpeg_made *m, int y, uint8_t *to) {
    for (int x = 0; x < m->w; x++) {
        uint32_t v = m->pixels ? m->pixels[(size_t)y * (size_t)m->w + (size_t)x]
                               : pattern(x, y, m->w, m->h);
        uint8_t rgb[3] = {(uint8_t)(v >> 16), (uint8_t)(v >> 8), (uint8_t)v};
        if (m->grey) {
            *to++ = rgb[1];
        } else if (m->inks) { /* as Adobe's programs do: 255 is no ink */
            for (int i = 0; i < 3; i++)
                *to++ = rgb[i];
            *to++ = 255;
        } else {
            memcpy(to, rgb, 3);
            to += 3;
        }
    }
}

static inline void jpeg_make(const struct jpeg_made *m, struct buf *out) {
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr err;
    unsigned char *bytes = NULL;
    unsigned long size = 0;
    struct buf exif = {0};
    uint8_t *row = malloc((size_t)m->w * 4);
    BELIEVE(row);
    c.err = jpeg_std_error(&err);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &bytes, &size);
    c.image_width = (JDIMENSION)m->w;
    c.image_height = (JDIMENSION)m->h;
    c.input_components = m->grey ? 1 : m->inks ? 4 : 3;
    c.in_color_space = m->grey ? JCS_GRAYSCALE : m->inks ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(&c);
    if (m->inks) jpeg_set_colorspace(&c, JCS_YCCK);
    jpeg_set_quality(&c, m->finest ? 100 : 90, TRUE);
    if (m->sharp) c.comp_info[0].h_samp_factor = c.comp_info[0].v_samp_factor = 1;
    if (m->progressive) jpeg_simple_progression(&c);
    static const jpeg_scan_info parts[3] = {
        {1, {0}, 0, 63, 0, 0}, {1, {1}, 0, 63, 0, 0}, {1, {2}, 0, 63, 0, 0}};
    if (m->parted) {
        c.scan_info = parts;
        c.num_scans = 3;
    }
    c.restart_in_rows = m->restart;
    jpeg_start_compress(&c, TRUE);
    if (m->turn) {
        exif_make(&exif, m->little, m->turn);
        jpeg_write_marker(&c, JPEG_APP0 + 1, exif.data, (unsigned)exif.size);
    }
    while (c.next_scanline < c.image_height) {
        JSAMPROW rows[1] = {row};
        made_row(m, (int)c.next_scanline, row);
        jpeg_write_scanlines(&c, rows, 1);
    }
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    buf_add(out, bytes, size);
    free(bytes);
    free(row);
    buf_release(&exif);
}

/* ---- PNG ---- */

struct png_made {
    int w, h, depth, type; /* PNG_COLOR_TYPE_… */
    bool woven;            /* interlaced */
    bool clear;            /* a palette with a colour that shines through */
    int level;             /* of compression, 0: the usual */
};

static inline void png_to_buf(png_structp png, png_bytep p, size_t n) {
    buf_add(png_get_io_ptr(png), p, n);
}

static inline void png_no_flush(png_structp png) {
    (void)png;
}

/* How much of a pixel shows where there is alpha. */
static inline uint32_t alpha_at(int x, int w) {
    return (uint32_t)(255 - x * 255 / (w > 1 ? w - 1 : 1));
}

static inline void put_sample(uint8_t *row, int depth, size_t at, uint32_t v) {
    if (depth == 16) {
        row[2 * at] = row[2 * at + 1] = (uint8_t)v;
    } else if (depth == 8) {
        row[at] = (uint8_t)v;
    } else {
        size_t bit = at * (size_t)depth;
        row[bit / 8] |= (uint8_t)(v >> (8 - depth) << (8 - (size_t)depth - bit % 8));
    }
}

/* Palette: 16 steps of grey, the first two bits of red and green. */
static inline uint32_t palette_at(uint32_t v) {
    return (v >> 22 & 3) | (v >> 14 & 3) << 2;
}

static inline void png_row(const struct png_made *m, int y, uint8_t *row) {
    size_t at = 0;
    memset(row, 0, (size_t)m->w * 8);
    for (int x = 0; x < m->w; x++) {
        uint32_t v = pattern(x, y, m->w, m->h);
        if (m->type == PNG_COLOR_TYPE_PALETTE) {
            uint32_t which = palette_at(v) & ((1U << m->depth) - 1);
            put_sample(row, m->depth, at++, which << (8 - m->depth));
            continue;
        }
        if (m->type & PNG_COLOR_MASK_COLOR)
            for (int shift = 16; shift >= 0; shift -= 8)
                put_sample(row, m->depth, at++, v >> shift & 0xFF);
        else
            put_sample(row, m->depth, at++, v >> 8 & 0xFF);
        if (m->type & PNG_COLOR_MASK_ALPHA) put_sample(row, m->depth, at++, alpha_at(x, m->w));
    }
}

static inline void png_make(const struct png_made *m, struct buf *out) {
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    uint8_t *row = calloc((size_t)m->w, 8);
    BELIEVE(png && info && row);
    png_set_write_fn(png, out, png_to_buf, png_no_flush);
    if (m->level) png_set_compression_level(png, m->level);
    if (m->level) png_set_filter(png, 0, PNG_FILTER_NONE);
    png_set_IHDR(png, info, (png_uint_32)m->w, (png_uint_32)m->h, m->depth, m->type,
                 m->woven ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (m->type == PNG_COLOR_TYPE_PALETTE) {
        png_color colors[16];
        png_byte clear[16] = {0};
        for (int i = 0; i < 16; i++)
            colors[i] = (png_color){(png_byte)((i & 3) << 6), (png_byte)((i >> 2) << 6), 77};
        png_set_PLTE(png, info, colors, 1 << (m->depth < 4 ? m->depth : 4));
        if (m->clear) png_set_tRNS(png, info, clear, 1, NULL);
    }
    png_text text = {.compression = PNG_TEXT_COMPRESSION_NONE,
                     .key = (png_charp)(uintptr_t) "Make",
                     .text = (png_charp)(uintptr_t)HIDDEN_MAKE,
                     .text_length = strlen(HIDDEN_MAKE)};
    png_set_text(png, info, &text, 1);
    png_write_info(png, info);
    for (int pass = png_set_interlace_handling(png); pass > 0; pass--)
        for (int y = 0; y < m->h; y++) {
            png_row(m, y, row);
            png_write_row(png, row);
        }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    free(row);
}

/* ---- comparing ---- */

static inline int apart(uint32_t a, uint32_t b) {
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int d = abs((int)(a >> shift & 0xFF) - (int)(b >> shift & 0xFF));
        if (d > most) most = d;
    }
    return most;
}

/* Mean distance of two pictures of one size; 255 when the sizes differ. */
static inline double distance_of(struct picture *a, struct picture *b) {
    int w = picture_width(a), h = picture_height(a);
    double sum = 0;
    if (w != picture_width(b) || h != picture_height(b)) return 255;
    for (int i = 0; i < w * h; i++)
        sum += apart(picture_argb(a)[i], picture_argb(b)[i]);
    return sum / (w * h);
}

static inline bool same_picture(struct picture *a, struct picture *b) {
    return picture_width(a) == picture_width(b) && picture_height(a) == picture_height(b) &&
           memcmp(picture_argb(a), picture_argb(b),
                  (size_t)picture_width(a) * (size_t)picture_height(a) * 4) == 0;
}

static inline bool holds(const struct buf *b, const void *what, size_t n) {
    return memmem(b->data, b->size, what, n) != NULL;
}

#endif
