/* cbor.h -- the deterministic part of CBOR (RFC 8949 section 4.2) that record bodies use:
 * unsigned and negative integers, byte and text strings, arrays, false, true, null. Nothing else. */
#ifndef BASE_CBOR_H
#define BASE_CBOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

void cbor_array(struct buf *b, uint64_t count);
void cbor_int(struct buf *b, int64_t v);
void cbor_bytes(struct buf *b, const void *p, size_t n);
void cbor_text(struct buf *b, const char *s, size_t n);
void cbor_bool(struct buf *b, bool v);
void cbor_null(struct buf *b);

enum cbor_type { CBOR_INT, CBOR_BYTES, CBOR_TEXT, CBOR_ARRAY, CBOR_BOOL, CBOR_NULL, CBOR_BAD };
struct cbor_item {
    enum cbor_type type;
    int64_t i;          /* the integer, bool 0/1, or the array's count */
    const uint8_t *p;   /* bytes or text, inside the source */
    size_t n;
};
/* Next item; refuses non-shortest lengths, invalid UTF-8, indefinite lengths and every other type. */
struct cbor_item cbor_next(struct cursor *c);

#endif
