/* json.c -- reading JSON: json_decode.c makes nodes of it, each with its place in the text.
 * What it cannot read goes through jansson, which says what is wrong and where. */
#include "base/json_decode.h"

#undef json_real
#include <jansson.h>
#include <stdarg.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

#define TEXT_BYTES_MOST ((size_t)64 * 1024 * 1024)

struct json_doc {
    struct arena memory;
    struct json_node *root;
    const char *name, *text; /* text: with the ends of texts put in, as long as it was */
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

static enum status parse_tree(struct json_doc *d, char *own, const char *text) {
    size_t deep = 0, line, column;
    json_error_t e;
    d->root = json_decode(&d->memory, own, d->size, &deep);
    if (d->root) return STATUS_OK;
    json_t *tree = json_loadb(text, d->size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
    if (!tree)
        return status_fail(STATUS_INVALID, "%s: line %d, column %d: %s", d->name,
                           e.line > 0 ? e.line : 1, e.column > 0 ? e.column : 1, e.text);
    json_decref(tree);
    place_of(text, d->size, deep, &line, &column);
    return status_fail(STATUS_INVALID, "%s: line %zu, column %zu: more than %d levels deep",
                       d->name, line, column, JSON_DEPTH_MOST);
}

enum status json_parse(struct json_doc **out, const char *name, const char *text, size_t n) {
    if (n > TEXT_BYTES_MOST)
        return status_fail(STATUS_TOO_LARGE, "%s: more than %zu bytes", name, TEXT_BYTES_MOST);
    struct arena memory = {0};
    struct json_doc *d = ARENA_NEW(&memory, struct json_doc);
    d->name = arena_strdup(&memory, name);
    char *own = arena_strndup(&memory, text, n);
    d->text = own;
    d->size = n;
    d->memory = memory;
    enum status s = parse_tree(d, own, text);
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
    return v ? v->type : JSON_T_NONE;
}

const json *json_get(const json *map, const char *key) {
    if (json_type_of(map) != JSON_T_MAP) return NULL;
    for (size_t i = 0; i < map->count; i++) {
        const char *name = map->kids[i].key;
        if (*name == *key && strcmp(name, key) == 0) return &map->kids[i];
    }
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
    return json_type_of(v) == JSON_T_TEXT ? v->text : fallback;
}

int64_t json_int(const json *v, int64_t fallback) {
    return json_type_of(v) == JSON_T_INT ? v->whole : fallback;
}

double json_number(const json *v, double fallback) {
    enum json_type t = json_type_of(v);
    return t == JSON_T_INT || t == JSON_T_REAL ? v->number : fallback;
}

bool json_bool(const json *v, bool fallback) {
    return json_type_of(v) == JSON_T_BOOL ? v->whole != 0 : fallback;
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
