/* text_edit_walk.c -- where the caret can stand: grapheme clusters and words.
 *
 * The tables are ranges, not Unicode's whole database: marks of the scripts that people here
 * write in, with room around them. A mark that is not known costs one more press of an arrow
 * key, never a byte. */
#include "base/text.h"
#include "ui/text_edit.h"

#define JOINER     0x200D
#define SYMBOLS    0x2190 /* emoji and pictures start here */
#define ARRAY_N(a) (sizeof(a) / sizeof *(a))

struct range {
    uint32_t from, to;
};

static bool in_ranges(uint32_t c, const struct range *r, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (c >= r[i].from && c <= r[i].to) return true;
    return false;
}

/* Marks that belong to the letter before them, vowel signs, and what modifies an emoji. */
static bool extends(uint32_t c) {
    static const struct range marks[] = {
        {0x0300, 0x036F},   {0x0483, 0x0489}, {0x0591, 0x05BD},   {0x05BF, 0x05BF},
        {0x05C1, 0x05C7},   {0x0610, 0x061A}, {0x064B, 0x065F},   {0x0670, 0x0670},
        {0x06D6, 0x06DC},   {0x06DF, 0x06E4}, {0x06E7, 0x06E8},   {0x06EA, 0x06ED},
        {0x0711, 0x0711},   {0x0730, 0x074A}, {0x07A6, 0x07B0},   {0x08CA, 0x08FF},
        {0x0900, 0x0903},   {0x093A, 0x093C}, {0x093E, 0x094F},   {0x0951, 0x0957},
        {0x0962, 0x0963},   {0x0981, 0x0983}, {0x09BC, 0x09BC},   {0x09BE, 0x09CD},
        {0x09D7, 0x09D7},   {0x09E2, 0x09E3}, {0x09FE, 0x09FE},   {0x0A01, 0x0A03},
        {0x0A3C, 0x0A51},   {0x0A70, 0x0A71}, {0x0A75, 0x0A75},   {0x0A81, 0x0A83},
        {0x0ABC, 0x0ABC},   {0x0ABE, 0x0ACD}, {0x0AE2, 0x0AE3},   {0x0B01, 0x0B03},
        {0x0B3C, 0x0B3C},   {0x0B3E, 0x0B57}, {0x0B82, 0x0B82},   {0x0BBE, 0x0BCD},
        {0x0BD7, 0x0BD7},   {0x0C00, 0x0C04}, {0x0C3C, 0x0C3C},   {0x0C3E, 0x0C56},
        {0x0C81, 0x0C83},   {0x0CBC, 0x0CBC}, {0x0CBE, 0x0CD6},   {0x0D00, 0x0D03},
        {0x0D3B, 0x0D3C},   {0x0D3E, 0x0D4D}, {0x0D57, 0x0D57},   {0x0D81, 0x0D83},
        {0x0DCA, 0x0DDF},   {0x0E31, 0x0E31}, {0x0E33, 0x0E3A},   {0x0E47, 0x0E4E},
        {0x0EB1, 0x0EB1},   {0x0EB3, 0x0EBC}, {0x0EC8, 0x0ECD},   {0x1AB0, 0x1AFF},
        {0x1DC0, 0x1DFF},   {0x200C, JOINER}, {0x20D0, 0x20FF},   {0x3099, 0x309A},
        {0xFE00, 0xFE0F},   {0xFE20, 0xFE2F}, {0x1F3FB, 0x1F3FF}, {0xE0020, 0xE007F},
        {0xE0100, 0xE01EF},
    };
    return c >= marks[0].from && in_ranges(c, marks, ARRAY_N(marks));
}

static bool regional(uint32_t c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

/* A Hangul syllable typed in parts: leads, then vowels, then tails. */
static bool hangul_goes_on(uint32_t before, uint32_t c) {
    bool lead = before >= 0x1100 && before <= 0x115F;
    bool syllable = before >= 0xAC00 && before <= 0xD7A3;
    bool open = syllable && (before - 0xAC00) % 28 == 0;
    bool vowel = before >= 0x1160 && before <= 0x11A7;
    bool tail = before >= 0x11A8 && before <= 0x11FF;
    if (c >= 0x1100 && c <= 0x115F) return lead;
    if (c >= 0x1160 && c <= 0x11A7) return lead || open || vowel;
    if (c >= 0x11A8 && c <= 0x11FF) return syllable || vowel || tail;
    return lead && c >= 0xAC00 && c <= 0xD7A3;
}

size_t text_grapheme_next(const char *s, size_t n, size_t at) {
    if (at >= n) return n;
    const char *p = s + at, *end = s + n;
    uint32_t before = text_next(&p, end);
    bool flag_open = regional(before); /* flags are pairs of letters */
    while (p < end && before != '\n') {
        const char *next = p;
        uint32_t c = text_next(&next, end);
        bool joined = before == JOINER && c >= SYMBOLS;
        bool pair = flag_open && regional(c);
        if (!extends(c) && !joined && !pair && !hangul_goes_on(before, c)) break;
        flag_open = false;
        before = c;
        p = next;
    }
    return (size_t)(p - s);
}

/* Clusters are only known from their start; none crosses a line, and plain ASCII text, the
 * usual case, needs no walk from there. */
size_t text_grapheme_prev(const char *s, size_t n, size_t at) {
    if (at > n) at = n;
    if (!at) return 0;
    size_t start = at, before = at - 1;
    if ((unsigned char)s[before] < 0x80)
        return before; /* no ASCII letter continues a cluster */
    while (start > 0 && s[start - 1] != '\n' && (unsigned char)s[start - 1] >= 0x80)
        start--;
    if (start > 0 && s[start - 1] != '\n')
        start--; /* the plain letter that marks may stand on */
    while (start < at) {
        before = start;
        start = text_grapheme_next(s, n, start);
    }
    return before;
}

/* General punctuation and spaces of Unicode part words as ASCII's do; the apostrophe does not.
 */
static bool is_word(uint32_t c) {
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               c == '\'' || c == '_';
    static const struct range parting[] = {
        {0x80, 0xA9},     {0xAB, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},
        {0xD7, 0xD7},     {0xF7, 0xF7},     {0x0589, 0x0589}, {0x060C, 0x060C},
        {0x061B, 0x061F}, {0x06D4, 0x06D4}, {0x0964, 0x0965}, {0x2000, 0x200B},
        {0x2010, 0x2018}, {0x201A, 0x206F}, {0x20A0, 0x20CF}, {0x3000, 0x3003},
        {0x3008, 0x3011},
    };
    return !in_ranges(c, parting, ARRAY_N(parting));
}

static bool word_at(const char *s, size_t n, size_t at) {
    const char *p = s + at;
    return at < n && is_word(text_next(&p, s + n));
}

size_t text_word_next(const char *s, size_t n, size_t at) {
    while (at < n && !word_at(s, n, at))
        at = text_grapheme_next(s, n, at);
    while (at < n && word_at(s, n, at))
        at = text_grapheme_next(s, n, at);
    return at;
}

size_t text_word_prev(const char *s, size_t n, size_t at) {
    bool inside = false;
    while (at > 0) {
        size_t before = text_grapheme_prev(s, n, at);
        bool word = word_at(s, n, before);
        if (inside && !word) break;
        inside = inside || word;
        at = before;
    }
    return at;
}

/* Letters before `at` count too: a tap behind the last letter means that word. */
void text_word_around(const char *s, size_t n, size_t at, size_t *from, size_t *to) {
    size_t a = at < n ? at : n, b = a;
    while (a > 0) {
        size_t before = text_grapheme_prev(s, n, a);
        if (!word_at(s, n, before)) break;
        a = before;
    }
    while (b < n && word_at(s, n, b))
        b = text_grapheme_next(s, n, b);
    if (a == b && b < n && s[b] != '\n') b = text_grapheme_next(s, n, b);
    *from = a;
    *to = b;
}
