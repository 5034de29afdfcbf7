/* pdf_inside.h -- what the files of the paper share; the only header that sees libharu. */
#ifndef MEDIA_PDF_INSIDE_H
#define MEDIA_PDF_INSIDE_H

#include <hpdf.h>
#include <hpdf_consts.h>
#include <hpdf_doc.h>
#include <hpdf_font.h>
#include <hpdf_fontdef.h>
#include <hpdf_info.h>
#include <hpdf_pages.h>

#include "base/arena.h"
#include "media/pdf.h"

#define FONT_SLOTS  8
#define CODES       65536
#define WIDTH_KNOWN 0x8000 /* the rest of the entry is the width in thousandths */

/* One font file. Codes are what stands in the page's stream (UTF-16 without surrogates). */
struct font_slot {
    bool tried;
    HPDF_FontDef def; /* NULL: not to be read */
    HPDF_Font
        font; /* NULL: nothing of it is on a page yet, and nothing of it goes into the file */
    uint16_t *widths; /* by code: WIDTH_KNOWN | width; WIDTH_KNOWN alone: not in this font; 0
                         not asked yet */
    uint8_t *used;    /* a bit a code */
};

/* A character as it will stand there. */
struct glyph {
    uint16_t code;
    uint8_t slot;
    uint8_t kind; /* enum glyph_kind */
    float width;  /* at size 1 */
};
enum glyph_kind {
    GLYPH_LETTER,
    GLYPH_BLANK, /* a line may end here, and the blank is then not drawn */
    GLYPH_AFTER, /* a line may end after it: hyphen, slash */
    GLYPH_BREAK, /* a new line */
    GLYPH_DIGIT,
};

/* An element of the structure: one piece of text or a picture on one page. */
struct pdf_mark {
    int page, number;
    enum pdf_tag tag; /* PDF_NOTHING: a figure */
    const char *says;
};

struct pdf_picture {
    HPDF_Image image;
    float w, h;
};

struct pdf {
    struct arena own;  /* lives as long as this */
    struct arena line; /* a text's letters, until the text is drawn */
    HPDF_Doc doc;
    enum status status;
    char fonts[1024];
    const char *title, *language;
    int64_t made_ms;
    struct pdf_box area;
    void (*dress)(void *ctx, struct pdf *p, int page, int pages);
    void *ctx;
    struct font_slot slots[FONT_SLOTS];
    HPDF_Page *pages;
    int *marks_on; /* by page: how many marks */
    int count, current;
    float y;
    HPDF_Outline chapter;
    struct pdf_mark *marks;
    int marks_count, marks_room;
};

/* pdf_fonts.c */
bool fonts_glyph(struct pdf *p, enum pdf_font font, uint32_t cp, struct glyph *out);
HPDF_Font fonts_use(struct pdf *p,
                    const struct glyph *g); /* for drawing: notes that it is used */
void fonts_finish(struct pdf *p);           /* what the letters mean, for whoever copies text */

/* pdf_rtl.c */
bool rtl_letter(uint32_t cp);
uint32_t rtl_join(const uint32_t *cps, size_t n, size_t at); /* the form that it has there */
uint16_t rtl_means(uint16_t code); /* of a joined form: the letter itself */
void rtl_order(struct glyph *line, size_t n, bool whole);

/* pdf_tags.c */
bool tag_begin(struct pdf *p, enum pdf_tag tag,
               const char *figure); /* figure: what it says, NULL: text */
void tag_end(struct pdf *p);
void tag_finish(struct pdf *p);
HPDF_Binary pdf_words(struct pdf *p,
                      const char *text); /* a text for the file's own lists, as UTF-16 */

/* pdf.c */
void pdf_failed(struct pdf *p, enum status s);
HPDF_Page pdf_page(struct pdf *p); /* NULL after a failure */

#endif
