/* decode.c -- which encoding it is, and out of it; see decode.h. Done by hand: a program for
 * offline machines cannot count on the C library's tables being installed. */
#include "author/decode.h"

#include "base/text.h"

/* What stands at 0x80 to 0x9F in Windows-1252; 0: nothing does. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static bool refuse(struct problems *p, const char *name, const char *why) {
    struct place at = {.file = name};
    problem_at(p, &at, "%s", why);
    return false;
}

static bool begins(const char *bytes, size_t n, const char *with, size_t m) {
    return n >= m && memcmp(bytes, with, m) == 0;
}

static bool is_workbook(const char *bytes, size_t n) {
    return begins(bytes, n, "PK\003\004", 4) || begins(bytes, n, "\xD0\xCF\x11\xE0", 4);
}

/* ---- UTF-16 ---- */

static uint32_t unit_at(const uint8_t *p, bool little) {
    return little ? (uint32_t)(p[0] | p[1] << 8) : (uint32_t)(p[1] | p[0] << 8);
}

static bool from_utf16(struct problems *p, const char *name, const uint8_t *bytes, size_t n,
                       bool little, struct decoded *out) {
    char *text = arena_take(p->memory, n / 2 * 3 + 1), *to = text;
    if (n % 2) return refuse(p, name, "it ends in the middle of a character: copy it again");
    for (size_t i = 0; i < n; i += 2) {
        uint32_t c = unit_at(bytes + i, little);
        bool high = c >= 0xD800 && c < 0xDC00;
        if (high && i + 4 <= n) {
            uint32_t low = unit_at(bytes + i + 2, little);
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        if (c == 0 || (c >= 0xD800 && c < 0xE000))
            return refuse(p, name,
                          "a character in it is broken: save it again as \"CSV UTF-8\"");
        to += text_put(to, c);
    }
    *out = (struct decoded){text, (size_t)(to - text), "UTF-16"};
    return true;
}

/* Plain English in UTF-16 without a mark has every other byte zero. */
static bool looks_utf16(const uint8_t *b, size_t n, bool little) {
    size_t zero = little ? 1 : 0;
    return n >= 4 && !b[zero] && !b[zero + 2] && b[1 - zero] && b[3 - zero];
}

/* ---- Windows-1252 ---- */

/* Length of a whole UTF-8 character of two bytes or more, 0: there is none. */
static size_t whole_character(const char *s, size_t n) {
    size_t want = (uint8_t)*s >= 0xF0 ? 4 : (uint8_t)*s >= 0xE0 ? 3 : 2;
    return n >= want && text_valid(s, want) ? want : 0;
}

/* True when no byte speaks for UTF-8 and all of them mean something in Windows-1252. *bad is
 * the first that is not UTF-8. */
static bool looks_windows(const char *s, size_t n, size_t *bad) {
    bool windows = true, found = false;
    for (size_t i = 0; i < n; i++) {
        uint8_t c = (uint8_t)s[i];
        if (c && c < 0x80) continue;
        size_t whole = c >= 0xC2 ? whole_character(s + i, n - i) : 0;
        if (!whole && !found) {
            *bad = i;
            found = true;
        }
        if (whole || !c || (c < 0xA0 && !windows_1252[c - 0x80])) windows = false;
        if (whole) i += whole - 1;
    }
    return windows;
}

static void from_windows(struct problems *p, const char *bytes, size_t n, struct decoded *out) {
    char *text = arena_take(p->memory, n * 3 + 1), *to = text;
    for (size_t i = 0; i < n; i++) {
        uint8_t c = (uint8_t)bytes[i];
        to += text_put(to, c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80] : c);
    }
    *out = (struct decoded){text, (size_t)(to - text), "Windows-1252"};
}

static bool refuse_byte(struct problems *p, const char *name, const char *bytes, size_t bad) {
    int line = 1;
    for (size_t i = 0; i < bad; i++)
        line += bytes[i] == '\n';
    struct place at = {.file = name};
    problem_at(p, &at,
               "line %d: the byte %02X is not UTF-8 text. Open the sheet and save it again as "
               "\"CSV UTF-8\"",
               line, (unsigned)(uint8_t)bytes[bad]);
    return false;
}

bool decode(struct problems *p, const char *name, const char *bytes, size_t n,
            struct decoded *out) {
    const uint8_t *b = (const uint8_t *)bytes;
    size_t bad = 0;
    if (is_workbook(bytes, n))
        return refuse(p, name,
                      "this is a whole workbook. Open it and save each sheet as \"CSV UTF-8\"");
    if (begins(bytes, n, "\xFF\xFE", 2)) return from_utf16(p, name, b + 2, n - 2, true, out);
    if (begins(bytes, n, "\xFE\xFF", 2)) return from_utf16(p, name, b + 2, n - 2, false, out);
    if (looks_utf16(b, n, true)) return from_utf16(p, name, b, n, true, out);
    if (looks_utf16(b, n, false)) return from_utf16(p, name, b, n, false, out);
    size_t mark = begins(bytes, n, "\xEF\xBB\xBF", 3) ? 3 : 0;
    *out = (struct decoded){bytes + mark, n - mark, NULL};
    if (text_valid(out->text, out->size)) return true;
    if (mark || !looks_windows(bytes, n, &bad)) {
        if (mark) looks_windows(bytes, n, &bad);
        return refuse_byte(p, name, bytes, bad);
    }
    from_windows(p, bytes, n, out);
    return true;
}
