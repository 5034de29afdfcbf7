/* pdf_rtl.c -- Arabic letters joined as they are written, and lines from right to left.
 *
 * libharu draws letter after letter from left to right. So Arabic, Persian and Urdu letters are
 * replaced by their joined forms (Unicode's presentation forms, which the font has), and each
 * run of them is turned round within its line; numbers in it stay as they are. Copied text has
 * the letters themselves again (pdf_fonts.c). */
#include "media/pdf_inside.h"

struct joining {
    uint16_t letter, form; /* forms stand in the order alone, end, begin, middle */
    uint8_t forms;         /* 1, 2 (does not join to the left) or 4 */
};
static const struct joining joinings[] = {
    {0x0621, 0xFE80, 1}, {0x0622, 0xFE81, 2}, {0x0623, 0xFE83, 2}, {0x0624, 0xFE85, 2},
    {0x0625, 0xFE87, 2}, {0x0626, 0xFE89, 4}, {0x0627, 0xFE8D, 2}, {0x0628, 0xFE8F, 4},
    {0x0629, 0xFE93, 2}, {0x062A, 0xFE95, 4}, {0x062B, 0xFE99, 4}, {0x062C, 0xFE9D, 4},
    {0x062D, 0xFEA1, 4}, {0x062E, 0xFEA5, 4}, {0x062F, 0xFEA9, 2}, {0x0630, 0xFEAB, 2},
    {0x0631, 0xFEAD, 2}, {0x0632, 0xFEAF, 2}, {0x0633, 0xFEB1, 4}, {0x0634, 0xFEB5, 4},
    {0x0635, 0xFEB9, 4}, {0x0636, 0xFEBD, 4}, {0x0637, 0xFEC1, 4}, {0x0638, 0xFEC5, 4},
    {0x0639, 0xFEC9, 4}, {0x063A, 0xFECD, 4}, {0x0641, 0xFED1, 4}, {0x0642, 0xFED5, 4},
    {0x0643, 0xFED9, 4}, {0x0644, 0xFEDD, 4}, {0x0645, 0xFEE1, 4}, {0x0646, 0xFEE5, 4},
    {0x0647, 0xFEE9, 4}, {0x0648, 0xFEED, 2}, {0x0649, 0xFEEF, 2}, {0x064A, 0xFEF1, 4},
    {0x0679, 0xFB66, 4}, {0x067E, 0xFB56, 4}, {0x0686, 0xFB7A, 4}, {0x0688, 0xFB88, 2},
    {0x0691, 0xFB8C, 2}, {0x0698, 0xFB8A, 2}, {0x06A9, 0xFB8E, 4}, {0x06AF, 0xFB92, 4},
    {0x06BA, 0xFB9E, 2}, {0x06BE, 0xFBAA, 4}, {0x06C1, 0xFBA6, 4}, {0x06CC, 0xFBFC, 4},
    {0x06D2, 0xFBAE, 2}};
#define JOININGS (sizeof joinings / sizeof joinings[0])
bool rtl_letter(uint32_t cp) {
    return (cp >= 0x0590 && cp < 0x0900) || (cp >= 0xFB1D && cp < 0xFE00) ||
           (cp >= 0xFE70 && cp < 0xFEFF);
}

static bool mark(uint32_t cp) {
    return (cp >= 0x064B && cp <= 0x065F) || cp == 0x0670;
}

static const struct joining *joining_of(uint32_t cp) {
    for (size_t i = 0; i < JOININGS; i++)
        if (joinings[i].letter == cp) return &joinings[i];
    return NULL;
}

static bool joins_before(const uint32_t *cps, size_t at) {
    while (at && mark(cps[at - 1]))
        at--;
    const struct joining *j = at ? joining_of(cps[at - 1]) : NULL;
    return j && j->forms == 4;
}

static bool joins_after(const uint32_t *cps, size_t n, size_t at) {
    while (at < n && mark(cps[at]))
        at++;
    const struct joining *j = at < n ? joining_of(cps[at]) : NULL;
    return j && j->forms > 1;
}

uint32_t rtl_join(const uint32_t *cps, size_t n, size_t at) {
    const struct joining *j = joining_of(cps[at]);
    if (!j || j->forms == 1) return j ? j->form : cps[at];
    bool after = j->forms == 4 && joins_after(cps, n, at + 1);
    return (uint32_t)j->form + joins_before(cps, at) + 2U * after;
}

uint16_t rtl_means(uint16_t code) {
    for (size_t i = 0; i < JOININGS; i++)
        if (code >= joinings[i].form && code < joinings[i].form + joinings[i].forms)
            return joinings[i].letter;
    return code;
}

/* ---- the order within a line ---- */

static void turn(struct glyph *g, size_t n) {
    for (size_t i = 0; i < n / 2; i++) {
        struct glyph t = g[i];
        g[i] = g[n - 1 - i];
        g[n - 1 - i] = t;
    }
}

static bool from_right(const struct glyph *g) {
    return rtl_letter(g->code);
}

/* What reads from left to right although the line does not: Latin letters and numbers. */
static bool from_left(const struct glyph *g) {
    bool latin = (g->code >= 'A' && g->code <= 'Z') || (g->code >= 'a' && g->code <= 'z');
    if (from_right(g)) return false;
    return g->kind == GLYPH_DIGIT || (g->kind == GLYPH_LETTER && (latin || g->code > 0xBF));
}

static void turn_back(struct glyph *g, size_t n) {
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        if (!from_left(&g[i])) {
            i++;
            continue;
        }
        for (size_t k = i + 1; k < n && !from_right(&g[k]); k++)
            if (from_left(&g[k])) end = k + 1;
        turn(g + i, end - i);
        i = end;
    }
}

/* `whole`: the text is one from right to left; else only the runs in it are. */
void rtl_order(struct glyph *line, size_t n, bool whole) {
    if (whole) {
        turn(line, n);
        turn_back(line, n);
        return;
    }
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        if (!from_right(&line[i])) {
            i++;
            continue;
        }
        for (size_t k = i + 1; k < n && !(line[k].kind == GLYPH_LETTER && from_left(&line[k]));
             k++)
            if (from_right(&line[k])) end = k + 1;
        turn(line + i, end - i);
        turn_back(line + i, end - i);
        i = end;
    }
}
