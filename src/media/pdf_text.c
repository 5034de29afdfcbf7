/* pdf_text.c -- text on measured widths: letters with their fonts, lines, pages.
 *
 * A line ends at a blank, or after a hyphen or slash; in the middle of a word only when the
 * word alone is wider than its place. Nobody's words are ever left out because of what they are
 * made of: what cannot be drawn is written as U+XXXX. */
#include "media/pdf_inside.h"

#include <math.h>

#include "base/text.h"

#define LINE_USUAL 1.38F
#define ELLIPSIS   0x2026

struct line {
    size_t from, to;
    float width; /* at size 1 */
};
struct lines {
    struct glyph *g;
    size_t n;
    struct line *all;
    size_t count;
    bool from_right;
    float size, high;
};

/* ---- letters ---- */

static bool unseen(uint32_t cp) {
    return cp == 0xAD || (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2060 && cp <= 0x206F) || (cp >= 0xFE00 && cp <= 0xFE0F) || cp == 0xFEFF ||
           cp == '\r';
}

static bool control(uint32_t cp) {
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0);
}

static bool digit(uint32_t cp) {
    return (cp >= '0' && cp <= '9') || (cp >= 0x660 && cp <= 0x669) ||
           (cp >= 0x6F0 && cp <= 0x6F9);
}

static bool blank(uint32_t cp) {
    return cp == ' ' || (cp >= 0x2000 && cp <= 0x2006) || cp == 0x3000 || cp == 0x1680;
}

static uint8_t kind_of(uint32_t cp) {
    if (blank(cp)) return GLYPH_BLANK;
    if (digit(cp)) return GLYPH_DIGIT;
    if (cp == '-' || cp == '/' || cp == 0x2013 || cp == 0x2014) return GLYPH_AFTER;
    return GLYPH_LETTER;
}

static void add(struct pdf *p, enum pdf_font font, struct lines *l, uint32_t cp);

static void add_as_code(struct pdf *p, enum pdf_font font, struct lines *l, uint32_t cp) {
    char said[16];
    snprintf(said, sizeof said, "U+%04X", (unsigned)cp);
    for (const char *c = said; *c; c++)
        add(p, font, l, (uint8_t)*c);
}

/* Special blanks and the hyphen that does not break have a usual one in their place. */
static uint32_t usual(uint32_t cp) {
    if (cp == 0x2011 || cp == 0x2010 || cp == 0x2212) return '-';
    if (cp == 0xA0 || cp == 0x202F || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x3000)
        return ' ';
    return 0;
}

static void add(struct pdf *p, enum pdf_font font, struct lines *l, uint32_t cp) {
    struct glyph *g = &l->g[l->n];
    *g = (struct glyph){.kind = kind_of(cp)};
    if (fonts_glyph(p, font, cp, g)) {
        l->n++;
    } else if (usual(cp) && fonts_glyph(p, font, usual(cp), g)) {
        l->n++;
    } else if (cp > ' ' && cp != 'U' && cp != '+') {
        add_as_code(p, font, l, cp);
    }
}

#define GLYPHS_EACH 10 /* at most, of one character: U+10FFFF */

static void letters(struct pdf *p, enum pdf_font font, const char *text, struct lines *l) {
    size_t bytes = strlen(text), n = 0;
    const char *end = text + bytes;
    uint32_t *cps = ARENA_ARRAY(&p->line, uint32_t, bytes + 1);
    for (const char *c = text; c < end;)
        cps[n++] = text_next(&c, end);
    bool strong = false;
    size_t room = n + 1;
    struct glyph dummy;
    for (size_t i = 0; i < n; i++) /* what has no font takes more room */
        if (cps[i] > 0x7F && !fonts_glyph(p, font, cps[i], &dummy)) room += GLYPHS_EACH;
    l->g = ARENA_ARRAY(&p->line, struct glyph, room);
    for (size_t i = 0; i < n; i++) {
        uint32_t cp = cps[i], form = cp;
        if (cp == '\n' || cp == 0x2028 || cp == 0x2029) {
            l->g[l->n++] = (struct glyph){.kind = GLYPH_BREAK};
        } else if (control(cp) && cp != '\r') {
            add(p, font, l, ' ');
        } else if (!unseen(cp)) {
            if (rtl_letter(cp)) {
                form = rtl_join(cps, n, i);
                if (!fonts_glyph(p, font, form, &dummy)) form = cp;
            }
            if (!strong && rtl_letter(cp)) l->from_right = true;
            if (kind_of(cp) == GLYPH_LETTER && cp >= 'A') strong = true;
            add(p, font, l, form);
        }
    }
}

/* ---- lines ---- */

static void end_line(struct lines *l, size_t from, size_t to) {
    struct line *a = &l->all[l->count++];
    while (to > from && l->g[to - 1].kind == GLYPH_BLANK)
        to--;
    *a = (struct line){.from = from, .to = to};
    for (size_t i = from; i < to; i++)
        a->width += l->g[i].width;
}

/* How far a line goes that begins at `from`; *next: where the one after it begins. */
static size_t line_end(const struct lines *l, size_t from, float most, size_t *next) {
    size_t fits = 0, fits_next = 0;
    float x = 0;
    for (size_t i = from; i < l->n; i++) {
        const struct glyph *g = &l->g[i];
        if (g->kind == GLYPH_BREAK) {
            *next = i + 1;
            return i;
        }
        x += g->width;
        if (g->kind == GLYPH_BLANK) {
            fits = i;
            fits_next = i + 1;
        } else if (x > most && i > from) {
            *next = fits_next ? fits_next : i;
            return fits_next ? fits : i;
        } else if (g->kind == GLYPH_AFTER) {
            fits = fits_next = i + 1;
        }
    }
    *next = l->n;
    return l->n;
}

static void end_in_dots(struct pdf *p, enum pdf_font font, struct lines *l, size_t most_lines,
                        float most) {
    struct line *last = &l->all[most_lines - 1];
    struct glyph dots = {0};
    if (!fonts_glyph(p, font, ELLIPSIS, &dots)) return;
    size_t to = last->to;
    float w = last->width;
    while (to > last->from && (w + dots.width > most || l->g[to - 1].kind == GLYPH_BLANK))
        w -= l->g[--to].width;
    size_t word = to;
    while (word > last->from && l->g[word].kind != GLYPH_BLANK && to < last->to)
        word--;
    if (word > last->from && to < last->to) to = word;
    l->count = most_lines;
    if (to < l->n) l->g[to] = dots; /* in place of what is not shown */
    end_line(l, last->from, to + 1);
    l->all[most_lines - 1] = l->all[--l->count];
}

static struct lines lay(struct pdf *p, const struct pdf_style *s, const char *text, float w) {
    struct lines l = {.size = s->size, .high = s->size * (s->line > 0 ? s->line : LINE_USUAL)};
    arena_reset(&p->line);
    letters(p, s->font, text, &l);
    l.all = ARENA_ARRAY(&p->line, struct line, l.n + 3);
    float most = w / s->size + 0.001F;
    for (size_t i = 0; i < l.n;) {
        size_t next, end = line_end(&l, i, most, &next);
        end_line(&l, i, end);
        i = next;
    }
    if (s->lines_most && l.count > (size_t)s->lines_most)
        end_in_dots(p, s->font, &l, (size_t)s->lines_most, most);
    return l;
}

/* ---- drawing ---- */

static void set_fill(HPDF_Page page, uint32_t c) {
    HPDF_Page_SetRGBFill(page, (float)(c >> 16 & 255) / 255, (float)(c >> 8 & 255) / 255,
                         (float)(c & 255) / 255);
}

static void draw_run(struct pdf *p, HPDF_Page page, const struct glyph *g, size_t n, float x,
                     float base, float size) {
    char *utf8 = arena_take(&p->line, n * 3 + 1);
    size_t bytes = 0;
    HPDF_Font font = NULL;
    for (size_t i = 0; i < n; i++) {
        font = fonts_use(p, &g[i]);
        bytes += text_put(utf8 + bytes, g[i].code);
    }
    utf8[bytes] = '\0';
    if (!font) return;
    HPDF_Page_BeginText(page);
    HPDF_Page_SetFontAndSize(page, font, size);
    HPDF_Page_MoveTextPos(page, x, PDF_PAGE_H - base);
    HPDF_Page_ShowText(page, utf8);
    HPDF_Page_EndText(page);
}

static void draw_line(struct pdf *p, HPDF_Page page, const struct pdf_style *s,
                      const struct lines *l, const struct line *a, float x, float y, float w) {
    size_t n = a->to - a->from;
    struct glyph *g = arena_copy(&p->line, l->g + a->from, n * sizeof *g + 1);
    float wide = a->width * s->size, base = y + l->high / 2 + s->size * 0.33F;
    rtl_order(g, n, l->from_right);
    if (s->center) x += (w - wide) / 2;
    if (s->right || (l->from_right && !s->center)) x += w - wide;
    for (size_t i = 0; i < n;) {
        size_t end = i;
        float run = 0;
        while (end < n && g[end].slot == g[i].slot)
            run += g[end++].width;
        draw_run(p, page, g + i, end - i, x, base, s->size);
        x += run * s->size;
        i = end;
    }
}

static void draw(struct pdf *p, const struct pdf_style *s, const struct lines *l, size_t from,
                 size_t to, float x, float y, float w) {
    HPDF_Page page = pdf_page(p);
    if (!page || from >= to || !tag_begin(p, s->tag, NULL)) return;
    set_fill(page, s->color);
    for (size_t i = from; i < to; i++)
        draw_line(p, page, s, l, &l->all[i], x, y + (float)(i - from) * l->high, w);
    tag_end(p);
}

float pdf_text_width(struct pdf *p, const struct pdf_style *s, const char *text) {
    struct lines l = lay(p, s, text, 1e6F);
    float most = 0;
    for (size_t i = 0; i < l.count; i++)
        if (l.all[i].width > most) most = l.all[i].width;
    return most * s->size;
}

float pdf_text_height(struct pdf *p, const struct pdf_style *s, const char *text, float w) {
    struct lines l = lay(p, s, text, w);
    return (float)l.count * l.high;
}

float pdf_text_at(struct pdf *p, const struct pdf_style *s, float x, float y, float w,
                  const char *text) {
    struct lines l = lay(p, s, text, w);
    draw(p, s, &l, 0, l.count, x, y, w);
    return (float)l.count * l.high;
}

/* How many of the `left` lines go on this page. */
static size_t that_fit(struct pdf *p, const struct lines *l, size_t left) {
    float room = pdf_room(p) + 0.5F;
    size_t fit = room > 0 ? (size_t)floorf(room / l->high) : 0;
    if (fit >= left) return left;
    if (fit && left - fit == 1) fit--; /* the last line not alone on the next page */
    if (left == 3 || fit < 2) return 0;
    return fit;
}

void pdf_flow(struct pdf *p, const struct pdf_style *s, float x, float w, const char *text) {
    struct lines l = lay(p, s, text, w);
    for (size_t i = 0; i < l.count && !p->status;) {
        size_t fit = that_fit(p, &l, l.count - i);
        bool top = p->y <= p->area.y + 0.5F;
        if (!fit && top) fit = 1; /* larger than any page: one at a time */
        if (fit) draw(p, s, &l, i, i + fit, x, p->y, w);
        p->y += (float)fit * l.high;
        i += fit;
        if (i < l.count) pdf_break(p);
    }
}
