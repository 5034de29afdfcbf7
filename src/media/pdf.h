/* pdf.h -- a paper as PDF: pages of text, rules, boxes, photos and signatures.
 *
 * Journey: model → app/papers.c lays it out here → bytes → a file on a stick. libharu stays
 * behind this header. Lengths are points (1/72 inch), y grows downwards from the top of an A4
 * page. Text is UTF-8 and stays text: it can be selected, searched and read aloud (language,
 * title, headings and reading order are in the file). Every font is embedded, only the letters
 * that are used. The same calls give the same bytes. Errors stick: after the first one every
 * call does nothing, and pdf_end says it. */
#ifndef MEDIA_PDF_H
#define MEDIA_PDF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"

#define PDF_PAGE_W     595.276F
#define PDF_PAGE_H     841.89F
#define PDF_PAGES_MOST 2000

struct pdf;
enum pdf_font { PDF_REGULAR, PDF_SEMIBOLD, PDF_BOLD };
/* What a text is, for whoever has it read aloud. PDF_NOTHING: repeated on every page, or mere
 * looks. */
enum pdf_tag { PDF_NOTHING, PDF_P, PDF_H1, PDF_H2, PDF_H3 };
struct pdf_style {
    enum pdf_font font;
    float size, line; /* line: distance from line to line as a multiple of the size; 0: 1.38 */
    uint32_t color;   /* 0xRRGGBB */
    enum pdf_tag tag;
    bool right, center; /* text lines up there; a text that begins in Arabic letters always
                           stands at the right */
    int lines_most;     /* ends in … after a whole word; 0: as many as it takes */
};
struct pdf_box {
    float x, y, w, h;
};
struct pdf_options {
    const char *fonts;            /* folder of the font files */
    const char *title, *language; /* such as en-GB */
    int64_t made_ms;              /* wall time that stands in the file */
    struct pdf_box margin;        /* x left, y top, w right, h bottom */
    /* Called for every page at the end, when their number is known: what stands on each of
     * them. */
    void (*dress)(void *ctx, struct pdf *p, int page, int pages);
    void *ctx;
};

MUST_CHECK enum status pdf_start(
    struct pdf **out, const struct pdf_options *o); /* STATUS_NOT_FOUND: a font is missing */
/* Dresses the pages and writes all of it. STATUS_TOO_LARGE: beyond `out`'s limit or
 * PDF_PAGES_MOST. */
MUST_CHECK enum status pdf_end(struct pdf *p, struct buf *out);
void pdf_free(struct pdf *p); /* NULL is allowed */

/* ---- where one is: text flows down the page and goes on on the next one ---- */
struct pdf_box pdf_area(const struct pdf *p); /* the part of each page between the margins */
float pdf_y(const struct pdf *p);
void pdf_go(struct pdf *p, float y);   /* on this page */
void pdf_skip(struct pdf *p, float h); /* nothing at the top of a page */
float pdf_room(const struct pdf *p);   /* what is left of this page */
void pdf_keep(struct pdf *p, float h); /* goes to a new page when less than that is left */
void pdf_break(struct pdf *p);         /* a new page, unless this one is empty */
int pdf_pages(const struct pdf *p);

/* ---- text. A character that no font has stands there as U+XXXX; control characters are
 * blanks. ---- */
float pdf_text_width(struct pdf *p, const struct pdf_style *s,
                     const char *text); /* widest line, not wrapped */
float pdf_text_height(struct pdf *p, const struct pdf_style *s, const char *text, float w);
/* At a place of this page, wrapped; returns its height. Does not move on. */
float pdf_text_at(struct pdf *p, const struct pdf_style *s, float x, float y, float w,
                  const char *text);
/* From where one is, over as many pages as it takes; never a single line alone at the end or
 * top of a page. */
void pdf_flow(struct pdf *p, const struct pdf_style *s, float x, float w, const char *text);
/* A heading, in the outline too (level 1 or 2); `with` is what must stand on the same page
 * below it. */
void pdf_heading(struct pdf *p, const struct pdf_style *s, int level, const char *text,
                 float with);

/* ---- shapes, on this page ---- */
void pdf_fill(struct pdf *p, struct pdf_box r, uint32_t color, float radius);
void pdf_outline(struct pdf *p, struct pdf_box r, uint32_t color, float radius, float width);
void pdf_rule(struct pdf *p, float x1, float y1, float x2, float y2, uint32_t color,
              float width);
/* Points x, y by turns as parts of r; widths as many as points, of the line that ends there. */
void pdf_stroke(struct pdf *p, struct pdf_box r, const float *points, const float *widths,
                int count, uint32_t color);

/* ---- pictures: a JPEG as it is. `says` is read out in its place. ---- */
struct pdf_picture;
/* STATUS_DAMAGED: no picture that can be shown; nothing sticks. The bytes are copied. */
MUST_CHECK enum status pdf_picture_load(struct pdf *p, const void *jpeg, size_t n,
                                        const struct pdf_picture **out);
struct pdf_box pdf_picture_fit(const struct pdf_picture *i,
                               struct pdf_box r); /* whole within r, at its top left */
void pdf_picture_at(struct pdf *p, const struct pdf_picture *i, struct pdf_box r,
                    const char *says);

#endif
