/* cbor.c -- the part of CBOR that record bodies are made of, in its one shortest form.
 *
 * Bodies are hashed as they stand, so a second spelling of the same value must not exist: the
 * reader refuses whatever the writer would not have written. */
#include "base/cbor.h"

#include "base/text.h"

enum major {
    MAJOR_UINT = 0,
    MAJOR_NEGATIVE = 1,
    MAJOR_BYTES = 2,
    MAJOR_TEXT = 3,
    MAJOR_ARRAY = 4
};
enum { SIMPLE_FALSE = 0xF4, SIMPLE_TRUE = 0xF5, SIMPLE_NULL = 0xF6 };

static void head(struct buf *b, enum major major, uint64_t v) {
    uint8_t out[9];
    size_t n = 1;
    unsigned low = 0, bytes = v > UINT32_MAX ? 8 : v > UINT16_MAX ? 4 : v > UINT8_MAX ? 2 : 1;
    if (v < 24) {
        low = (unsigned)v;
    } else {
        low = bytes == 8 ? 27 : bytes == 4 ? 26 : bytes == 2 ? 25 : 24;
        for (unsigned i = 0; i < bytes; i++)
            out[n++] = (uint8_t)(v >> (8 * (bytes - 1 - i)));
    }
    out[0] = (uint8_t)((unsigned)major << 5 | low);
    buf_add(b, out, n);
}

void cbor_array(struct buf *b, uint64_t count) {
    head(b, MAJOR_ARRAY, count);
}

void cbor_int(struct buf *b, int64_t v) {
    if (v >= 0)
        head(b, MAJOR_UINT, (uint64_t)v);
    else
        head(b, MAJOR_NEGATIVE, (uint64_t)(-1 - v));
}

void cbor_bytes(struct buf *b, const void *p, size_t n) {
    head(b, MAJOR_BYTES, n);
    buf_add(b, p, n);
}

void cbor_text(struct buf *b, const char *s, size_t n) {
    head(b, MAJOR_TEXT, n);
    buf_add(b, s, n);
}

void cbor_bool(struct buf *b, bool v) {
    buf_byte(b, v ? SIMPLE_TRUE : SIMPLE_FALSE);
}

void cbor_null(struct buf *b) {
    buf_byte(b, SIMPLE_NULL);
}

/* The argument of a head, refusing every longer spelling; sets c->bad. */
static uint64_t argument(struct cursor *c, unsigned low) {
    if (low < 24) return low;
    if (low > 27) { /* reserved, or of indefinite length */
        c->bad = true;
        return 0;
    }
    size_t bytes = (size_t)1 << (low - 24);
    const uint8_t *p = cursor_take(c, bytes);
    uint64_t v = 0;
    for (size_t i = 0; p && i < bytes; i++)
        v = v << 8 | p[i];
    static const uint64_t least[4] = {24, 0x100, 0x10000, 0x100000000};
    if (v < least[low - 24]) c->bad = true;
    return v;
}

static struct cbor_item bad(struct cursor *c) {
    c->bad = true;
    return (struct cbor_item){.type = CBOR_BAD};
}

static struct cbor_item string(struct cursor *c, enum cbor_type type, uint64_t n) {
    if (n > (uint64_t)(c->end - c->p)) return bad(c);
    const uint8_t *p = cursor_take(c, (size_t)n);
    if (type == CBOR_TEXT && !text_valid((const char *)p, (size_t)n)) return bad(c);
    return (struct cbor_item){.type = type, .p = p, .n = (size_t)n};
}

struct cbor_item cbor_next(struct cursor *c) {
    uint8_t first = cursor_byte(c);
    if (c->bad) return bad(c);
    switch (first) {
    case SIMPLE_FALSE:
    case SIMPLE_TRUE:
        return (struct cbor_item){.type = CBOR_BOOL, .i = first == SIMPLE_TRUE};
    case SIMPLE_NULL:
        return (struct cbor_item){.type = CBOR_NULL};
    default:
        break;
    }
    uint64_t v = argument(c, first & 31u);
    if (c->bad) return bad(c);
    switch (first >> 5) {
    case MAJOR_UINT:
        if (v > INT64_MAX) return bad(c);
        return (struct cbor_item){.type = CBOR_INT, .i = (int64_t)v};
    case MAJOR_NEGATIVE:
        if (v > INT64_MAX) return bad(c);
        return (struct cbor_item){.type = CBOR_INT, .i = -1 - (int64_t)v};
    case MAJOR_BYTES:
        return string(c, CBOR_BYTES, v);
    case MAJOR_TEXT:
        return string(c, CBOR_TEXT, v);
    case MAJOR_ARRAY:
        /* Each element takes at least a byte: a count beyond that is a lie, found before it is
         * used. */
        if (v > (uint64_t)(c->end - c->p)) return bad(c);
        return (struct cbor_item){.type = CBOR_ARRAY, .i = (int64_t)v};
    default:
        return bad(c);
    }
}
