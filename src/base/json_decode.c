/* json_decode.c -- JSON into nodes, in one pass over the bytes: RFC 8259, with UTF-8 checked,
 * no key twice, no NUL in a text, no number that 64 bits cannot hold.
 *
 * jansson decodes the same, and tells why when this does not (json.c); a test holds the two to
 * one opinion over thousands of damaged texts. It is not used for what is right because it
 * takes each byte by itself and each value from the heap: a form of five thousand questions
 * took five times as long. A text without escapes is not copied: its closing mark becomes its
 * end. */
#include "base/json_decode.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define FEW_KEYS    12
#define STACK_LEAST 64

struct decoding {
    struct arena *memory;
    char *at, *end, *begin;
    struct json_node *stack; /* kids of the lists and maps that are open */
    size_t used, room;
    size_t deep;
};

static void skip_space(struct decoding *d) {
    while (*d->at == ' ' || *d->at == '\n' || *d->at == '\r' || *d->at == '\t')
        d->at++;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* ---- texts ---- */

static int hex4(const char *p) {
    int v = 0;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        int digit = is_digit(c)            ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0) return -1;
        v = v * 16 + digit;
    }
    return v;
}

static char *put_char(char *to, int c) {
    if (c < 0x80) {
        *to++ = (char)c;
    } else if (c < 0x800) {
        *to++ = (char)(0xC0 | c >> 6);
        *to++ = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        *to++ = (char)(0xE0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (char)(0x80 | (c & 0x3F));
    } else {
        *to++ = (char)(0xF0 | c >> 18);
        *to++ = (char)(0x80 | (c >> 12 & 0x3F));
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (char)(0x80 | (c & 0x3F));
    }
    return to;
}

/* Past "uXXXX", and its other half when it is one of two; -1: none, or a zero. */
static int unicode(const char **p) {
    int c = hex4(*p + 1);
    *p += 5;
    if (c < 1 || (c >= 0xDC00 && c <= 0xDFFF)) return -1;
    if (c < 0xD800 || c > 0xDBFF) return c;
    int low = **p == '\\' && (*p)[1] == 'u' ? hex4(*p + 2) : -1;
    if (low < 0xDC00 || low > 0xDFFF) return -1;
    *p += 6;
    return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
}

/* From `from` to the closing mark at `to`, without its escapes. */
static char *unescaped(struct decoding *d, const char *from, const char *to) {
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    char *text = arena_take(d->memory, (size_t)(to - from) + 1), *out = text;
    for (const char *p = from; p < to;) {
        if (*p != '\\') {
            *out++ = *p++;
            continue;
        }
        p++;
        if (*p == 'u') {
            int c = unicode(&p);
            if (c < 0) return NULL;
            out = put_char(out, c);
            continue;
        }
        const char *name = *p ? strchr(names, *p) : NULL;
        if (!name) return NULL;
        *out++ = values[name - names];
        p++;
    }
    return text;
}

/* At a quotation mark; moves behind the closing one. */
static char *take_text(struct decoding *d) {
    char *from = ++d->at, *p = from;
    bool escapes = false;
    unsigned char high = 0;
    for (;; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '"') break;
        if (c < 0x20) return NULL; /* also the 0 behind everything */
        high |= c;
        if (c != '\\') continue;
        escapes = true;
        if ((unsigned char)*++p < 0x20) return NULL;
        high |= (unsigned char)*p;
    }
    d->at = p + 1;
    if (high >= 0x80 && !text_valid(from, (size_t)(p - from))) return NULL;
    if (escapes) return unescaped(d, from, p);
    *p = 0;
    return from;
}

/* ---- numbers ---- */

/* strtod reads the point of the locale. */
static bool real_of(struct decoding *d, const char *from, size_t n, double *out) {
    char *copy = arena_strndup(d->memory, from, n), *point = strchr(copy, '.'), *end;
    const char *local = localeconv()->decimal_point;
    if (point && local && *local && !local[1]) *point = *local;
    errno = 0;
    *out = strtod(copy, &end);
    bool over = errno == ERANGE && (*out > 1 || *out < -1);
    return !*end && !over;
}

static bool take_number(struct decoding *d, struct json_node *node) {
    char *from = d->at, *p = from;
    bool real = false;
    if (*p == '-') p++;
    if (!is_digit(*p) || (*p == '0' && is_digit(p[1]))) return false;
    while (is_digit(*p))
        p++;
    if (*p == '.') {
        real = true;
        if (!is_digit(*++p)) return false;
        while (is_digit(*p))
            p++;
    }
    if (*p == 'e' || *p == 'E') {
        real = true;
        p++;
        if (*p == '+' || *p == '-') p++;
        if (!is_digit(*p)) return false;
        while (is_digit(*p))
            p++;
    }
    d->at = p;
    node->type = real ? JSON_T_REAL : JSON_T_INT;
    if (real) return real_of(d, from, (size_t)(p - from), &node->number);
    errno = 0;
    node->whole = strtoll(from, NULL, 10);
    node->number = (double)node->whole;
    return errno == 0;
}

/* ---- lists and maps ---- */

static bool take_value(struct decoding *d, struct json_node *node, int depth);

static struct json_node *push(struct decoding *d) {
    if (d->used == d->room) {
        size_t room = d->room ? d->room * 2 : STACK_LEAST;
        struct json_node *more = ARENA_ARRAY(d->memory, struct json_node, room);
        if (d->used) memcpy(more, d->stack, d->used * sizeof *more);
        d->stack = more;
        d->room = room;
    }
    struct json_node *node = &d->stack[d->used++];
    *node = (struct json_node){0};
    return node;
}

static bool keys_differ(struct decoding *d, const struct json_node *kids, size_t n) {
    if (n <= FEW_KEYS) {
        for (size_t i = 1; i < n; i++)
            for (size_t k = 0; k < i; k++)
                if (*kids[i].key == *kids[k].key && strcmp(kids[i].key, kids[k].key) == 0)
                    return false;
        return true;
    }
    size_t slots = 32;
    while (slots < n * 2)
        slots *= 2;
    uint32_t *taken = ARENA_ARRAY(d->memory, uint32_t, slots); /* index + 1 */
    for (size_t i = 0; i < n; i++) {
        size_t at = (size_t)text_hash(kids[i].key) & (slots - 1);
        for (; taken[at]; at = (at + 1) & (slots - 1))
            if (strcmp(kids[taken[at] - 1].key, kids[i].key) == 0) return false;
        taken[at] = (uint32_t)i + 1;
    }
    return true;
}

static bool take_key(struct decoding *d, const char **key) {
    if (*d->at != '"') return false;
    *key = take_text(d);
    if (!*key) return false;
    skip_space(d);
    if (*d->at++ != ':') return false;
    skip_space(d);
    return true;
}

static bool take_kids(struct decoding *d, struct json_node *node, int depth) {
    bool is_map = *d->at == '{';
    char close = is_map ? '}' : ']';
    size_t first = d->used;
    node->type = is_map ? JSON_T_MAP : JSON_T_LIST;
    d->at++;
    skip_space(d);
    bool more = *d->at != close;
    while (more) {
        struct json_node kid = {0};
        const char *key = NULL;
        size_t place = (size_t)(d->at - d->begin);
        if (is_map && !take_key(d, &key)) return false;
        if (!take_value(d, &kid, depth + 1)) return false;
        kid.key = key;
        kid.place = place;
        *push(d) = kid;
        skip_space(d);
        more = *d->at == ',';
        if (!more) break;
        d->at++;
        skip_space(d);
    }
    if (*d->at != close) return false;
    d->at++;
    node->count = d->used - first;
    node->kids = ARENA_ARRAY(d->memory, struct json_node, node->count);
    if (node->count) memcpy(node->kids, d->stack + first, node->count * sizeof *node);
    d->used = first;
    return !is_map || keys_differ(d, node->kids, node->count);
}

static bool take_name(struct decoding *d, struct json_node *node) {
    static const struct {
        const char *name;
        enum json_type type;
        int64_t whole;
    } names[] = {{"true", JSON_T_BOOL, 1}, {"false", JSON_T_BOOL, 0}, {"null", JSON_T_NULL, 0}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t n = strlen(names[i].name);
        if (strncmp(d->at, names[i].name, n) != 0) continue;
        d->at += n;
        node->type = names[i].type;
        node->whole = names[i].whole;
        return true;
    }
    return false;
}

static bool take_value(struct decoding *d, struct json_node *node, int depth) {
    node->place = (size_t)(d->at - d->begin);
    switch (*d->at) {
    case '"':
        node->type = JSON_T_TEXT;
        node->text = take_text(d);
        return node->text != NULL;
    case '{':
    case '[':
        if (depth == JSON_DEPTH_MOST) {
            d->deep = node->place;
            return false;
        }
        return take_kids(d, node, depth);
    case '-':
        return take_number(d, node);
    default:
        return is_digit(*d->at) ? take_number(d, node) : take_name(d, node);
    }
}

struct json_node *json_decode(struct arena *memory, char *text, size_t size, size_t *deep) {
    struct decoding d = {.memory = memory, .at = text, .begin = text, .end = text + size};
    struct json_node *root = ARENA_NEW(memory, struct json_node);
    *deep = 0;
    skip_space(&d);
    bool good = take_value(&d, root, 0);
    if (good) skip_space(&d);
    if (good && d.at == d.end) return root;
    *deep = d.deep;
    return NULL;
}
