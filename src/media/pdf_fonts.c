/* pdf_fonts.c -- which font has a letter, how wide it is, and what it means when it is copied.
 *
 * A font is read when a letter needs it and goes into the file when a letter of it is drawn;
 * libharu then keeps only the outlines that are used. Only what lies in Unicode's first 65,536
 * places can be drawn (libharu's fonts know no more); Bengali and Gurmukhi stand letter by
 * letter, without their joined forms. */
#include "media/pdf_inside.h"

static const char *const files[FONT_SLOTS] = {
    "AtkinsonHyperlegibleNext-Regular.ttf", "AtkinsonHyperlegibleNext-SemiBold.ttf",
    "AtkinsonHyperlegibleNext-Bold.ttf",    "NotoSans-Regular.ttf",
    "NotoSansArabic-Regular.ttf",           "NotoSansBengali-Regular.ttf",
    "NotoSansGurmukhi-Regular.ttf",         "NotoEmoji-Regular.ttf"};
enum { SLOT_SANS = 3, SLOT_ARABIC, SLOT_BENGALI, SLOT_GURMUKHI, SLOT_EMOJI };

#define MAP_LINES 100 /* a block of a map holds no more */

static bool open_slot(struct pdf *p, int i) {
    struct font_slot *s = &p->slots[i];
    if (s->tried || p->status) return s->def != NULL;
    s->tried = true;
    char *path = arena_printf(&p->own, "%s/%s", p->fonts, files[i]);
    const char *name = HPDF_LoadTTFontFromFile(p->doc, path, HPDF_TRUE);
    if (name) s->def = HPDF_GetFontDef(p->doc, name);
    if (!s->def) {
        HPDF_ResetError(p->doc);
        return false;
    }
    s->widths = ARENA_ARRAY(&p->own, uint16_t, CODES);
    s->used = ARENA_ARRAY(&p->own, uint8_t, CODES / 8);
    return true;
}

static bool has(struct pdf *p, int i, uint16_t code, struct glyph *out) {
    struct font_slot *s = &p->slots[i];
    if (!open_slot(p, i)) return false;
    if (!s->widths[code]) {
        HPDF_UINT16 id = HPDF_TTFontDef_GetGlyphid(s->def, code);
        int w = id ? HPDF_TTFontDef_GetGidWidth(s->def, id) : 0;
        s->widths[code] = (uint16_t)(WIDTH_KNOWN | (w > 0 && w < WIDTH_KNOWN ? w : 0));
        if (!id) s->widths[code] = WIDTH_KNOWN - 1;
    }
    if (s->widths[code] == WIDTH_KNOWN - 1) return false;
    out->code = code;
    out->slot = (uint8_t)i;
    out->width = (float)(s->widths[code] & ~WIDTH_KNOWN) / 1000.0F;
    return true;
}

bool fonts_glyph(struct pdf *p, enum pdf_font font, uint32_t cp, struct glyph *out) {
    if (cp >= 0xD800) {
        if (cp >= CODES || cp < 0xE000) return false;
    }
    uint16_t code = (uint16_t)cp;
    if (has(p, (int)font, code, out)) return true;
    if (rtl_letter(cp)) return has(p, SLOT_ARABIC, code, out);
    if (cp >= 0x0980 && cp < 0x0A00) return has(p, SLOT_BENGALI, code, out);
    if (cp >= 0x0A00 && cp < 0x0A80) return has(p, SLOT_GURMUKHI, code, out);
    if (cp < 0x80) return false;
    return has(p, SLOT_SANS, code, out) || has(p, SLOT_EMOJI, code, out);
}

HPDF_Font fonts_use(struct pdf *p, const struct glyph *g) {
    struct font_slot *s = &p->slots[g->slot];
    s->used[g->code / 8] |= (uint8_t)(1U << (g->code % 8));
    if (!s->font) s->font = HPDF_GetFont(p->doc, s->def->base_font, "UTF-8");
    return s->font;
}

/* ---- what the letters mean ---- */

static void map_lines(struct font_slot *s, HPDF_Stream to, struct arena *a) {
    uint16_t block[MAP_LINES];
    int n = 0;
    for (int code = 0; code <= CODES; code++) {
        if (code < CODES && (s->used[code / 8] & (1U << (code % 8))))
            block[n++] = (uint16_t)code;
        if (!n || (code < CODES && n < MAP_LINES)) continue;
        HPDF_Stream_WriteStr(to, arena_printf(a, "%d beginbfchar\n", n));
        for (int i = 0; i < n; i++)
            HPDF_Stream_WriteStr(
                to, arena_printf(a, "<%04X> <%04X>\n", block[i], rtl_means(block[i])));
        HPDF_Stream_WriteStr(to, "endbfchar\n");
        n = 0;
    }
}

static void map_font(struct pdf *p, struct font_slot *s) {
    HPDF_FontAttr attr = s->font->attr;
    HPDF_Stream to = attr->cmap_stream ? attr->cmap_stream->stream : NULL;
    if (!to) {
        pdf_failed(p, status_fail(STATUS_INVALID, "pdf font map"));
        return;
    }
    HPDF_MemStream_FreeData(to);
    HPDF_Stream_WriteStr(to, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                             "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) "
                             "/Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n"
                             "/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\n"
                             "endcodespacerange\n");
    map_lines(s, to, &p->line);
    HPDF_Stream_WriteStr(to, "endcmap\nCMapName currentdict /CMap defineresource pop\n"
                             "end\nend\n");
    /* These belong to the stream that libharu had made. */
    HPDF_Dict_RemoveElement(attr->cmap_stream, "Type");
    HPDF_Dict_RemoveElement(attr->cmap_stream, "CMapName");
    HPDF_Dict_RemoveElement(attr->cmap_stream, "CIDSystemInfo");
    HPDF_Dict_RemoveElement(attr->cmap_stream, "WMode");
    HPDF_Dict_RemoveElement(attr->cmap_stream, "UseCMap");
    attr->cmap_stream->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
}

void fonts_finish(struct pdf *p) {
    for (int i = 0; i < FONT_SLOTS; i++)
        if (p->slots[i].font) map_font(p, &p->slots[i]);
    arena_reset(&p->line);
    if (HPDF_GetError(p->doc) == HPDF_DICT_ITEM_NOT_FOUND) HPDF_ResetError(p->doc);
}
