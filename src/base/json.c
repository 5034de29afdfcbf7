/* json.c -- reading JSON: jansson decodes and checks it, and beside each of its values stands
 * the value's place in the text.
 *
 * jansson keeps no positions, and `true` is one and the same object everywhere. So the document
 * has a tree of its own, built in one walk over the text that jansson has already found valid:
 * the walk need not check, only step over strings, numbers and brackets in the same order. */
#include "base/json.h"

#undef json_real
#include <jansson.h>
#include <stdarg.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

#define DEPTH_MOST      64
#define TEXT_BYTES_MOST ((size_t)64 * 1024 * 1024)

struct json_node {
    json_t *value;
    const char *key;        /* in its map; NULL elsewhere */
    size_t place;           /* byte offset in the text; for a member of a map that of its key */
    struct json_node *kids; /* of a list or map, in the order of the text */
    size_t count;
};
struct json_doc {
    struct arena memory;
    json_t *tree;
    struct json_node *root;
    const char *name, *text;
    size_t size;
};

/* Line and column (in characters, from 1) of a byte offset. */
static void place_of(const char *text, size_t size, size_t offset, size_t *line,
                     size_t *column) {
    *line = *column = 1;
    for (size_t i = 0; i < offset && i < size; i++) {
        if (text[i] == '\n') {
            ++*line;
            *column = 1;
        } else if (((uint8_t)text[i] & 0xC0) != 0x80) {
            ++*column;
        }
    }
}

static size_t skip_space(const char *text, size_t at) {
    while (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')
        at++;
    return at;
}

/* Past the string that begins at `at`. */
static size_t skip_string(const char *text, size_t at) {
    for (at++; text[at] != '"'; at++)
        if (text[at] == '\\') at++;
    return at + 1;
}

static size_t skip_scalar(const char *text, size_t at) {
    if (text[at] == '"') return skip_string(text, at);
    while ((unsigned char)text[at] > ' ' && text[at] != ',' && text[at] != ']' &&
           text[at] != '}')
        at++;
    return at;
}

/* Fills `node` from `value`, which stands at text[*at], and moves *at behind it. False: too
 * deep. */
static bool map_out(struct json_doc *d, struct json_node *node, json_t *value, size_t *at,
                    int depth) {
    const char *text = d->text;
    *at = skip_space(text, *at);
    node->value = value;
    node->place = *at;
    bool is_map = json_is_object(value);
    if (!is_map && !json_is_array(value)) {
        *at = skip_scalar(text, *at);
        return true;
    }
    if (depth == DEPTH_MOST) return false;
    node->count = is_map ? json_object_size(value) : json_array_size(value);
    node->kids = ARENA_ARRAY(&d->memory, struct json_node, node->count);
    void *member = is_map ? json_object_iter(value) : NULL;
    *at = skip_space(text, *at + 1);
    for (size_t i = 0; i < node->count; i++) {
        struct json_node *kid = &node->kids[i];
        json_t *next = is_map ? json_object_iter_value(member) : json_array_get(value, i);
        size_t place = *at = skip_space(text, *at);
        if (is_map) {
            kid->key = json_object_iter_key(member);
            member = json_object_iter_next(value, member);
            *at = skip_space(text, skip_string(text, *at)) + 1; /* the colon */
        }
        if (!map_out(d, kid, next, at, depth + 1)) return false;
        kid->place = place;
        *at = skip_space(text, *at);
        if (text[*at] == ',') ++*at;
    }
    *at = skip_space(text, *at) + 1; /* the bracket */
    return true;
}

/* jansson asks for memory without saying what for, so where it comes from while a text is
 * decoded stands here. A tree of many small values lives and goes with its document: a form of
 * five thousand questions is read in two thirds of the time that it takes from the heap. */
static struct arena *decoding;

static void *from_arena(size_t n) {
    return arena_take(decoding, n);
}
static void stays(void *p) {
    (void)p;
}

static json_t *decode(struct json_doc *d, json_error_t *e) {
    json_malloc_t usual_malloc;
    json_free_t usual_free;
    json_get_alloc_funcs(&usual_malloc, &usual_free);
    decoding = &d->memory;
    json_set_alloc_funcs(from_arena, stays);
    json_t *tree = json_loadb(d->text, d->size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, e);
    json_set_alloc_funcs(usual_malloc, usual_free);
    decoding = NULL;
    return tree;
}

static enum status parse_tree(struct json_doc *d) {
    json_error_t e;
    d->tree = decode(d, &e);
    if (!d->tree)
        return status_fail(STATUS_INVALID, "%s: line %d, column %d: %s", d->name,
                           e.line > 0 ? e.line : 1, e.column > 0 ? e.column : 1, e.text);
    d->root = ARENA_NEW(&d->memory, struct json_node);
    size_t at = 0;
    if (map_out(d, d->root, d->tree, &at, 0)) return STATUS_OK;
    size_t line, column;
    place_of(d->text, d->size, at, &line, &column);
    return status_fail(STATUS_INVALID, "%s: line %zu, column %zu: more than %d levels deep",
                       d->name, line, column, DEPTH_MOST);
}

enum status json_parse(struct json_doc **out, const char *name, const char *text, size_t n) {
    if (n > TEXT_BYTES_MOST)
        return status_fail(STATUS_TOO_LARGE, "%s: more than %zu bytes", name, TEXT_BYTES_MOST);
    struct arena memory = {0};
    struct json_doc *d = ARENA_NEW(&memory, struct json_doc);
    d->name = arena_strdup(&memory, name);
    d->text = arena_strndup(&memory, text, n);
    d->size = n;
    d->memory = memory;
    enum status s = parse_tree(d);
    if (s)
        json_close(d);
    else
        *out = d;
    return s;
}

enum status json_load(struct json_doc **out, const char *path, size_t limit) {
    struct buf b = {0};
    enum status s = file_read(path, limit, &b);
    if (!s) s = json_parse(out, path_name(path), buf_str(&b), b.size);
    buf_release(&b);
    return s;
}

void json_close(struct json_doc *d) {
    if (!d) return;
    struct arena memory = d->memory; /* d itself lives in it */
    arena_release(&memory);
}

const json *json_root(const struct json_doc *d) {
    return d->root;
}

enum json_type json_type_of(const json *v) {
    if (!v) return JSON_T_NONE;
    switch (json_typeof(v->value)) {
    case JSON_NULL:
        return JSON_T_NULL;
    case JSON_TRUE:
    case JSON_FALSE:
        return JSON_T_BOOL;
    case JSON_INTEGER:
        return JSON_T_INT;
    case JSON_REAL:
        return JSON_T_REAL;
    case JSON_STRING:
        return JSON_T_TEXT;
    case JSON_ARRAY:
        return JSON_T_LIST;
    case JSON_OBJECT:
        return JSON_T_MAP;
    }
    return JSON_T_NONE;
}

const json *json_get(const json *map, const char *key) {
    if (json_type_of(map) != JSON_T_MAP) return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->kids[i].key, key) == 0) return &map->kids[i];
    return NULL;
}

size_t json_count(const json *list_or_map) {
    return list_or_map ? list_or_map->count : 0;
}

const json *json_at(const json *list, size_t i) {
    return list && i < list->count ? &list->kids[i] : NULL;
}

const char *json_key_at(const json *map, size_t i, const json **value) {
    const json *kid = json_at(map, i);
    if (!kid || !kid->key) return NULL;
    if (value) *value = kid;
    return kid->key;
}

const char *json_text(const json *v, const char *fallback) {
    return json_type_of(v) == JSON_T_TEXT ? json_string_value(v->value) : fallback;
}

int64_t json_int(const json *v, int64_t fallback) {
    return json_type_of(v) == JSON_T_INT ? json_integer_value(v->value) : fallback;
}

double json_number(const json *v, double fallback) {
    enum json_type t = json_type_of(v);
    return t == JSON_T_INT || t == JSON_T_REAL ? json_number_value(v->value) : fallback;
}

bool json_bool(const json *v, bool fallback) {
    return json_type_of(v) == JSON_T_BOOL ? json_is_true(v->value) : fallback;
}

enum status json_complain(const struct json_doc *d, const json *node, const char *fmt, ...) {
    struct arena a = {0};
    size_t line, column;
    va_list args;
    place_of(d->text, d->size, node ? node->place : 0, &line, &column);
    va_start(args, fmt);
    enum status s = status_fail(STATUS_INVALID, "%s: line %zu, column %zu: %s", d->name, line,
                                column, arena_vprintf(&a, fmt, args));
    va_end(args);
    arena_release(&a);
    return s;
}
