/* text.c -- UTF-8, strictly: no overlong forms, no surrogates, nothing past U+10FFFF. */
#include "base/text.h"

#define REPLACEMENT 0xFFFDu

/* Length of the well-formed sequence at p, 0 when there is none; *cp gets the code point. */
static size_t decode(const uint8_t *p, size_t n, uint32_t *cp) {
    if (n == 0) return 0;
    uint8_t b = p[0];
    if (b < 0x80) {
        *cp = b;
        return 1;
    }
    size_t len = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
    if (b < 0xC2 || b > 0xF4 || n < len) return 0;
    uint32_t v = b & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80) return 0;
        v = (v << 6) | (p[i] & 0x3Fu);
    }
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (v < least[len] || v > 0x10FFFF || (v >= 0xD800 && v <= 0xDFFF)) return 0;
    *cp = v;
    return len;
}

bool text_valid(const char *s, size_t n) {
    const uint8_t *p = (const uint8_t *)s, *end = n ? p + n : p;
    while (p < end) {
        uint32_t cp;
        size_t len = decode(p, (size_t)(end - p), &cp);
        if (len == 0 || cp == 0) return false;
        p += len;
    }
    return true;
}

uint32_t text_next(const char **p, const char *end) {
    uint32_t cp;
    if (*p >= end) return 0;
    size_t len = decode((const uint8_t *)*p, (size_t)(end - *p), &cp);
    *p += len ? len : 1;
    return len ? cp : REPLACEMENT;
}

size_t text_put(char out[4], uint32_t cp) {
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) cp = REPLACEMENT;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (cp & 0x3F));
        cp >>= 6;
    }
    out[0] = (char)((0xF00u >> len) | cp);
    return len;
}

size_t text_count(const char *s) {
    if (!s) return 0;
    size_t n = 0;
    const char *end = s + strlen(s);
    while (s < end) {
        text_next(&s, end);
        n++;
    }
    return n;
}

bool text_equal(const char *a, const char *b) {
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool is_space(uint32_t cp) {
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0xA0 ||
           (cp >= 0x2000 && cp <= 0x200B) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
           cp == 0x3000 || cp == 0xFEFF;
}

bool text_blank(const char *s) {
    if (!s) return true;
    const char *end = s + strlen(s);
    while (s < end)
        if (!is_space(text_next(&s, end))) return false;
    return true;
}

bool text_listed(const char *list, char between, const char *word) {
    size_t n = word ? strlen(word) : 0;
    for (const char *p = list; n && p;) {
        const char *end = strchr(p, between);
        size_t length = end ? (size_t)(end - p) : strlen(p);
        if (length == n && memcmp(p, word, n) == 0) return true;
        p = end ? end + 1 : NULL;
    }
    return false;
}

bool text_starts(const char *s, const char *prefix) {
    return strncmp(s ? s : "", prefix, strlen(prefix)) == 0;
}

/* Letters and digits of any script; punctuation of Latin-1 and the general block divides. */
static bool in_word(uint32_t cp) {
    if (cp < 0x80) return (cp >= '0' && cp <= '9') || ((cp | 32) >= 'a' && (cp | 32) <= 'z');
    if (cp <= 0xBF) return cp == 0xAA || cp == 0xB5 || cp == 0xBA;
    return cp != 0xD7 && cp != 0xF7 && !(cp >= 0x2000 && cp <= 0x206F) && cp != 0x3000;
}

static bool word_before(const char *start, const char *at) {
    if (at == start) return false;
    const char *p = at - 1;
    while (p > start && ((uint8_t)*p & 0xC0) == 0x80)
        p--;
    return in_word(text_next(&p, at));
}

static char fold(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

static bool same_nocase(const char *a, const char *b, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (a[i] == '\0' || fold(a[i]) != fold(b[i])) return false;
    return true;
}

bool text_has_word_nocase(const char *haystack, const char *word) {
    if (!haystack || !word || !*word) return false;
    size_t n = strlen(word);
    const char *end = haystack + strlen(haystack);
    for (const char *at = haystack; at + n <= end; at++) {
        if (((uint8_t)*at & 0xC0) == 0x80 || !same_nocase(at, word, n)) continue;
        const char *after = at + n;
        bool open_end = after < end && in_word(text_next(&after, end));
        if (!open_end && !word_before(haystack, at)) return true;
    }
    return false;
}

void text_copy(char *out, size_t room, const char *s) {
    if (room == 0) return;
    size_t n = s ? strlen(s) : 0;
    if (n >= room) {
        n = room - 1;
        /* Step back over the bytes of a sequence that would be cut. */
        while (n > 0 && ((uint8_t)s[n] & 0xC0) == 0x80)
            n--;
    }
    if (n) memmove(out, s, n);
    out[n] = '\0';
}

char *text_trim(struct arena *a, const char *s) {
    if (!s) return arena_strdup(a, "");
    const char *end = s + strlen(s), *first = NULL, *last = s;
    while (s < end) {
        const char *at = s;
        if (is_space(text_next(&s, end))) continue;
        if (!first) first = at;
        last = s;
    }
    return first ? arena_strndup(a, first, (size_t)(last - first)) : arena_strdup(a, "");
}

uint64_t text_hash(const char *s) {
    uint64_t h = 14695981039346656037u;
    for (; s && *s; s++)
        h = (h ^ (uint8_t)*s) * 1099511628211u;
    return h;
}

/* C1 controls too, which some terminals obey: U+0080 to U+009F, in UTF-8 C2 80 to C2 9F. */
void text_one_line(char *s) {
    for (uint8_t *p = (uint8_t *)s; *p; p++) {
        bool c1 = p[0] == 0xC2 && p[1] >= 0x80 && p[1] <= 0x9F;
        if (*p < 0x20 || *p == 0x7F || c1) *p = ' ';
        if (c1) *++p = ' ';
    }
}
