/* said.c -- see said.h. What is read may come from another device: nothing is believed of it
 * but that it is text. */
#include "care/said.h"

#include <string.h>

#include "base/text.h"

static const char *entry_end(const char *at) {
    return at + strcspn(at, ",");
}

static bool is_of(const char *entry, const char *end, const char *part) {
    size_t n = strlen(part);
    return (size_t)(end - entry) > n && memcmp(entry, part, n) == 0 && entry[n] == '=';
}

const char *said_get(struct arena *a, const char *list, const char *part) {
    for (const char *at = list ? list : ""; *at; at += *at == ',') {
        const char *end = entry_end(at);
        size_t skip = strlen(part) + 1;
        if (is_of(at, end, part)) return arena_strndup(a, at + skip, (size_t)(end - at) - skip);
        at = end;
    }
    return "";
}

static const char *harmless(struct arena *a, const char *word) {
    char copy[SAID_WORD_MOST + 1];
    text_copy(copy, sizeof copy, word);
    text_one_line(copy);
    char *to = copy;
    for (const char *from = copy; *from; from++)
        if (*from != ',' && *from != '=') *to++ = *from;
    *to = '\0';
    return arena_strdup(a, copy);
}

const char *said_join(struct arena *a, const char *x, const char *y, const char *between) {
    if (text_blank(x)) return y ? y : "";
    if (text_blank(y)) return x;
    return arena_printf(a, "%s%s%s", x, between, y);
}

const char *said_put(struct arena *a, const char *list, const char *part, const char *word) {
    const char *out = "", *clean = text_blank(word) ? "" : harmless(a, word);
    bool there = false;
    for (const char *at = list ? list : ""; *at; at += *at == ',') {
        const char *end = entry_end(at);
        bool mine = is_of(at, end, part);
        const char *entry = arena_strndup(a, at, (size_t)(end - at));
        at = end;
        if (mine && there) continue;
        if (mine) entry = *clean ? arena_printf(a, "%s=%s", part, clean) : "";
        there = there || mine;
        out = said_join(a, out, entry, ",");
    }
    if (there || !*clean) return out;
    return said_join(a, out, arena_printf(a, "%s=%s", part, clean), ",");
}

bool said_has(const char *word, const char *id) {
    return text_listed(word ? word : "", '+', id);
}

const char *said_toggle(struct arena *a, const char *word, const char *id) {
    const char *out = "", *at = word ? word : "";
    if (!said_has(at, id)) return said_join(a, at, id, "+");
    while (*at) {
        size_t n = strcspn(at, "+");
        const char *one = arena_strndup(a, at, n);
        if (!text_equal(one, id)) out = said_join(a, out, one, "+");
        at += n + (at[n] == '+');
    }
    return out;
}
