/* pdf.c -- the document: pages, where one is on them, outline, and writing it out.
 *
 * Libharu 2.3 writes UTF-8 with TrueType fonts well but for two things, both mended here: its
 * map from letters to text is one that poppler complains about (pdf_fonts.c writes another),
 * and it has no word for the language, nor for structure (pdf_tags.c puts both into the catalog
 * through its open dictionaries). Its strings for title and outline do not take UTF-8 reliably:
 * they are written as UTF-16 bytes. */
#include "media/pdf_inside.h"

#include "base/clock.h"
#include "base/text.h"

#define READ_CHUNK 65536

void pdf_failed(struct pdf *p, enum status s) {
    if (!p->status) p->status = s;
}

/* Libharu's errors stick as ours do; what they can mean for us is little. */
static enum status haru_status(struct pdf *p) {
    HPDF_STATUS e = HPDF_GetError(p->doc);
    if (!e) return STATUS_OK;
    return status_fail(STATUS_INVALID, "pdf 0x%lx", (unsigned long)e);
}

HPDF_Page pdf_page(struct pdf *p) {
    if (p->status || !p->count) return NULL;
    return p->pages[p->current];
}

static void info_words(struct pdf *p, const char *key, const char *text) {
    HPDF_Binary b = pdf_words(p, text);
    if (b) HPDF_Dict_Add(p->doc->info, key, b);
}

static void describe(struct pdf *p) {
    struct civil c = civil_utc(p->made_ms);
    HPDF_Date d = {c.year, c.month, c.day, c.hour, c.minute, c.second, 'Z', 0, 0};
    HPDF_SetInfoDateAttr(p->doc, HPDF_INFO_CREATION_DATE, d);
    info_words(p, "Title", p->title);
    info_words(p, "Author", "Lantern");
    HPDF_Dict_Add(p->doc->catalog, "Lang", HPDF_String_New(p->doc->mmgr, p->language, NULL));
    HPDF_Dict prefs = HPDF_Dict_New(p->doc->mmgr);
    HPDF_Dict_AddBoolean(prefs, "DisplayDocTitle", HPDF_TRUE);
    HPDF_Dict_Add(p->doc->catalog, "ViewerPreferences", prefs);
    p->doc->pdf_version = HPDF_VER_14;
}

enum status pdf_start(struct pdf **out, const struct pdf_options *o) {
    struct arena first = {0};
    struct pdf *p = arena_take(&first, sizeof *p);
    p->own = first;
    text_copy(p->fonts, sizeof p->fonts, o->fonts);
    p->title = arena_strdup(&p->own, o->title);
    p->language = arena_strdup(&p->own, o->language);
    p->made_ms = o->made_ms;
    p->dress = o->dress;
    p->ctx = o->ctx;
    p->area = (struct pdf_box){.x = o->margin.x,
                               .y = o->margin.y,
                               .w = PDF_PAGE_W - o->margin.x - o->margin.w,
                               .h = PDF_PAGE_H - o->margin.y - o->margin.h};
    p->pages = ARENA_ARRAY(&p->own, HPDF_Page, PDF_PAGES_MOST);
    p->marks_on = ARENA_ARRAY(&p->own, int, PDF_PAGES_MOST);
    struct glyph any;
    p->doc = HPDF_New(NULL, NULL);
    enum status s = p->doc ? STATUS_OK : STATUS_TOO_LARGE;
    if (!s) {
        HPDF_SetCompressionMode(p->doc, HPDF_COMP_ALL);
        HPDF_UseUTFEncodings(p->doc);
        describe(p);
        pdf_break(p);
        for (int f = PDF_REGULAR; f <= PDF_BOLD; f++)
            if (!fonts_glyph(p, (enum pdf_font)f, 'a', &any) || any.slot != f)
                s = status_fail(STATUS_NOT_FOUND, "%s", o->fonts);
        if (!s) s = p->status;
        if (!s) s = haru_status(p);
    }
    if (s) {
        pdf_free(p);
        return s;
    }
    *out = p;
    return STATUS_OK;
}

void pdf_free(struct pdf *p) {
    if (!p) return;
    if (p->doc) HPDF_Free(p->doc);
    arena_wipe(&p->line);
    struct arena own = p->own;
    arena_wipe(&own);
}

/* ---- where one is ---- */

struct pdf_box pdf_area(const struct pdf *p) {
    return p->area;
}

float pdf_y(const struct pdf *p) {
    return p->y;
}

void pdf_go(struct pdf *p, float y) {
    p->y = y;
}

void pdf_skip(struct pdf *p, float h) {
    if (p->y > p->area.y + 0.5F) p->y += h;
}

float pdf_room(const struct pdf *p) {
    return p->area.y + p->area.h - p->y;
}

void pdf_keep(struct pdf *p, float h) {
    if (pdf_room(p) < h) pdf_break(p);
}

void pdf_break(struct pdf *p) {
    if (p->status || (p->count && p->y <= p->area.y + 0.5F)) return;
    if (p->count == PDF_PAGES_MOST) {
        pdf_failed(p, status_fail(STATUS_TOO_LARGE, "%d pages", p->count));
        return;
    }
    HPDF_Page page = HPDF_AddPage(p->doc);
    if (!page) {
        pdf_failed(p, haru_status(p));
        return;
    }
    HPDF_Page_SetWidth(page, PDF_PAGE_W);
    HPDF_Page_SetHeight(page, PDF_PAGE_H);
    p->current = p->count;
    p->pages[p->count++] = page;
    p->y = p->area.y;
}

int pdf_pages(const struct pdf *p) {
    return p->count;
}

/* ---- headings, in the outline too ---- */

static void outline(struct pdf *p, int level, const char *text) {
    HPDF_Outline above = level > 1 ? p->chapter : NULL;
    HPDF_Outline o = HPDF_CreateOutline(p->doc, above, "-", NULL);
    HPDF_Destination to = HPDF_Page_CreateDestination(p->pages[p->current]);
    HPDF_Binary b = pdf_words(p, text);
    if (!o || !to || !b) return;
    HPDF_Dict_Add(o, "Title", b);
    HPDF_Destination_SetXYZ(to, 0, PDF_PAGE_H - p->y + 8, 1);
    HPDF_Outline_SetDestination(o, to);
    if (level == 1) p->chapter = o;
}

void pdf_heading(struct pdf *p, const struct pdf_style *s, int level, const char *text,
                 float with) {
    float high = pdf_text_height(p, s, text, p->area.w);
    if (high + with < p->area.h) pdf_keep(p, high + with);
    if (!pdf_page(p)) return;
    outline(p, level, text);
    pdf_flow(p, s, p->area.x, p->area.w, text);
}

/* ---- out ---- */

static void dress(struct pdf *p) {
    for (int i = 0; p->dress && i < p->count && !p->status; i++) {
        p->current = i;
        p->dress(p->ctx, p, i + 1, p->count);
    }
    p->current = p->count - 1;
}

static enum status copy_out(struct pdf *p, struct buf *out) {
    HPDF_UINT32 left = HPDF_GetStreamSize(p->doc);
    HPDF_BYTE *chunk = arena_take(&p->own, READ_CHUNK);
    HPDF_ResetStream(p->doc);
    while (left) {
        HPDF_UINT32 n = left < READ_CHUNK ? left : READ_CHUNK;
        HPDF_ReadFromStream(p->doc, chunk, &n);
        if (!n) return status_fail(STATUS_IO, "pdf stream");
        buf_add(out, chunk, n);
        left -= n;
    }
    return out->overflow ? status_fail(STATUS_TOO_LARGE, "pdf") : STATUS_OK;
}

enum status pdf_end(struct pdf *p, struct buf *out) {
    dress(p);
    if (!p->status) {
        fonts_finish(p);
        tag_finish(p);
        HPDF_SaveToStream(p->doc);
    }
    if (!p->status) pdf_failed(p, haru_status(p));
    if (!p->status) pdf_failed(p, copy_out(p, out));
    return p->status;
}
