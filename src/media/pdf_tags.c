/* pdf_tags.c -- the order in which a paper is read aloud, and what each thing in it is.
 *
 * Each piece of text or picture on a page is marked in the page's stream with a number; the
 * structure tree in the catalog says what it is. What is mere looks is marked as such. libharu
 * has no call for this, but its dictionaries are open. */
#include "media/pdf_inside.h"

#include "base/text.h"

HPDF_Binary pdf_words(struct pdf *p, const char *text) {
    size_t n = strlen(text), at = 2;
    uint8_t *b = arena_take(&p->line, n * 2 + 4);
    b[0] = 0xFE;
    b[1] = 0xFF;
    for (const char *c = text, *end = text + n; c < end;) {
        uint32_t cp = text_next(&c, end), low = 0;
        if (cp >= 0x10000) {
            low = 0xDC00 + ((cp - 0x10000) & 0x3FF);
            cp = 0xD800 + ((cp - 0x10000) >> 10);
        }
        b[at++] = (uint8_t)(cp >> 8);
        b[at++] = (uint8_t)cp;
        if (!low) continue;
        b[at++] = (uint8_t)(low >> 8);
        b[at++] = (uint8_t)low;
    }
    return HPDF_Binary_New(p->doc->mmgr, b, (HPDF_UINT)at);
}

static const char *const names[] = {"Figure", "P", "H1", "H2", "H3"};

static void write(struct pdf *p, const char *s) {
    HPDF_PageAttr page = p->pages[p->current]->attr;
    HPDF_Stream_WriteStr(page->stream, s);
}

static struct pdf_mark *new_mark(struct pdf *p) {
    if (p->marks_count == p->marks_room) {
        int room = p->marks_room ? p->marks_room * 2 : 256;
        struct pdf_mark *more = ARENA_ARRAY(&p->own, struct pdf_mark, room);
        if (p->marks_count) memcpy(more, p->marks, sizeof *more * (size_t)p->marks_count);
        p->marks = more;
        p->marks_room = room;
    }
    return &p->marks[p->marks_count++];
}

bool tag_begin(struct pdf *p, enum pdf_tag tag, const char *figure) {
    char line[64];
    if (!pdf_page(p)) return false;
    if (tag == PDF_NOTHING && !figure) {
        write(p, "/Artifact BMC\n");
        return true;
    }
    struct pdf_mark *m = new_mark(p);
    *m = (struct pdf_mark){.page = p->current, .tag = tag, .number = p->marks_on[p->current]++};
    if (figure) m->says = arena_strdup(&p->own, figure);
    snprintf(line, sizeof line, "/%s <</MCID %d>> BDC\n", names[tag], m->number);
    write(p, line);
    return true;
}

void tag_end(struct pdf *p) {
    if (pdf_page(p)) write(p, "EMC\n");
}

/* ---- the tree ---- */

static HPDF_Dict object(struct pdf *p, const char *type, const char *what) {
    HPDF_Dict d = HPDF_Dict_New(p->doc->mmgr);
    if (!d || HPDF_Xref_Add(p->doc->xref, d)) return NULL;
    HPDF_Dict_AddName(d, "Type", type);
    if (what) HPDF_Dict_AddName(d, "S", what);
    return d;
}

static HPDF_Dict element(struct pdf *p, const struct pdf_mark *m, HPDF_Dict parent) {
    HPDF_Dict d = object(p, "StructElem", names[m->tag]);
    if (!d) return NULL;
    HPDF_Dict_Add(d, "P", parent);
    HPDF_Dict_Add(d, "Pg", p->pages[m->page]);
    HPDF_Dict_AddNumber(d, "K", m->number);
    if (m->says) HPDF_Dict_Add(d, "Alt", pdf_words(p, m->says));
    return d;
}

/* For each page the elements of its marks, by number. */
static void add_parents(struct pdf *p, HPDF_Dict root, HPDF_Dict *all) {
    HPDF_Dict tree = HPDF_Dict_New(p->doc->mmgr);
    HPDF_Array nums = HPDF_Array_New(p->doc->mmgr);
    HPDF_Array *of = ARENA_ARRAY(&p->own, HPDF_Array, p->count);
    for (int i = 0; i < p->count; i++) {
        of[i] = HPDF_Array_New(p->doc->mmgr);
        HPDF_Array_AddNumber(nums, i);
        HPDF_Array_Add(nums, of[i]);
        HPDF_Dict_AddNumber(p->pages[i], "StructParents", i);
    }
    for (int i = 0; i < p->marks_count; i++)
        HPDF_Array_Add(of[p->marks[i].page], all[i]);
    HPDF_Dict_Add(tree, "Nums", nums);
    HPDF_Dict_Add(root, "ParentTree", tree);
    HPDF_Dict_AddNumber(root, "ParentTreeNextKey", p->count);
}

void tag_finish(struct pdf *p) {
    HPDF_Dict catalog = p->doc->catalog, info = HPDF_Dict_New(p->doc->mmgr);
    HPDF_Dict root = object(p, "StructTreeRoot", NULL);
    HPDF_Dict whole = object(p, "StructElem", "Document");
    HPDF_Dict *all = ARENA_ARRAY(&p->own, HPDF_Dict, p->marks_count + 1);
    HPDF_Array kids = HPDF_Array_New(p->doc->mmgr);
    bool made = root && whole && kids && info;
    for (int i = 0; i < p->marks_count && made; i++) {
        all[i] = element(p, &p->marks[i], whole);
        made = all[i] && !HPDF_Array_Add(kids, all[i]);
    }
    arena_reset(&p->line);
    if (!made) {
        pdf_failed(p, status_fail(STATUS_INVALID, "pdf structure"));
        return;
    }
    HPDF_Dict_Add(whole, "P", root);
    HPDF_Dict_Add(whole, "K", kids);
    HPDF_Dict_Add(root, "K", whole);
    add_parents(p, root, all);
    HPDF_Dict_AddBoolean(info, "Marked", HPDF_TRUE);
    HPDF_Dict_Add(catalog, "MarkInfo", info);
    HPDF_Dict_Add(catalog, "StructTreeRoot", root);
}
