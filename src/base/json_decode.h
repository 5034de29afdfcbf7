/* json_decode.h -- what reading JSON leaves behind (inside base only). */
#ifndef BASE_JSON_DECODE_H
#define BASE_JSON_DECODE_H

#include "base/json.h"

#define JSON_DEPTH_MOST 64

struct json_node {
    enum json_type type;
    const char *key;  /* in its map; NULL elsewhere */
    const char *text; /* of a text, or the digits of a number */
    int64_t whole;    /* of an int; 0 or 1 of a bool */
    double number;
    size_t place;           /* byte offset in the text; for a member of a map that of its key */
    struct json_node *kids; /* of a list or map, in the order of the text */
    size_t count;
};

/* Decodes text[0..size), which a 0 follows; texts are ended in place, so it must be the
 * reader's own copy. NULL: it is no JSON, or *deep is where it is nested too deep (else 0). */
struct json_node *json_decode(struct arena *memory, char *text, size_t size, size_t *deep);

#endif
