/* json.h -- reading and writing JSON (jansson behind it), with line and column in every complaint.
 *
 * Foreign input: at most `limit` bytes, depth at most 64, duplicate keys refused.
 * A node is borrowed from its document and lives as long as it. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

struct json_doc;
typedef struct json_node json; /* a value and its place in the text; only json.c looks inside */

/* Parses text that the doc keeps a copy of. `name` (a file name) is used in messages. On failure
 * status_detail() reads "NAME: line 12, column 7: WHAT". */
MUST_CHECK enum status json_parse(struct json_doc **out, const char *name, const char *text, size_t n);
MUST_CHECK enum status json_load(struct json_doc **out, const char *path, size_t limit);
void json_close(struct json_doc *d);
const json *json_root(const struct json_doc *d);

enum json_type { JSON_T_NONE, JSON_T_NULL, JSON_T_BOOL, JSON_T_INT, JSON_T_REAL, JSON_T_TEXT, JSON_T_LIST, JSON_T_MAP };
enum json_type json_type_of(const json *v); /* NULL gives JSON_T_NONE */
const json *json_get(const json *map, const char *key); /* NULL when absent */
size_t json_count(const json *list_or_map);
const json *json_at(const json *list, size_t i);
const char *json_key_at(const json *map, size_t i, const json **value);
const char *json_text(const json *v, const char *fallback);
int64_t json_int(const json *v, int64_t fallback);
double json_number(const json *v, double fallback); /* whole or not */
#define json_real json_number /* jansson has another function of that name */
bool json_bool(const json *v, bool fallback);
/* Where a node stands in the text: fails with "NAME: line L, column C: message". The node must be of this doc. */
enum status json_complain(const struct json_doc *d, const json *node, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* Writing: a streaming writer onto a buf; strings are escaped, commas handled. `key` NULL inside lists. */
struct json_out {
    struct buf *to;
    int depth;
    bool first[66];
    bool pretty;
};
void json_open_map(struct json_out *o, const char *key);
void json_close_map(struct json_out *o);
void json_open_list(struct json_out *o, const char *key);
void json_close_list(struct json_out *o);
void json_put_text(struct json_out *o, const char *key, const char *s);
void json_put_int(struct json_out *o, const char *key, int64_t v);
void json_put_real(struct json_out *o, const char *key, double v); /* finite; whole numbers without a point */
void json_put_bool(struct json_out *o, const char *key, bool v);
void json_put_null(struct json_out *o, const char *key);

#endif
