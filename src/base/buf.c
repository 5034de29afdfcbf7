/* buf.c -- growing bytes, and the cursor that reads foreign ones.
 *
 * One byte more than `room` is always allocated, so that buf_str can end the text in place. */
#include "base/buf.h"

#include <stdarg.h>

#include "base/keys.h"

#define LIMIT_DEFAULT ((size_t)1024 * 1024 * 1024)

static bool make_room(struct buf *b, size_t n) {
    size_t limit = b->limit ? b->limit : LIMIT_DEFAULT;
    if (b->overflow || n > limit || b->size > limit - n) {
        b->overflow = true;
        return false;
    }
    size_t need = b->size + n;
    if (need <= b->room && b->data) return true;
    size_t room = b->room ? b->room : 64;
    while (room < need)
        room *= 2;
    uint8_t *data = realloc(b->data, room + 1);
    if (!data) {
        b->overflow = true;
        return false;
    }
    b->data = data;
    b->room = room;
    return true;
}

void buf_add(struct buf *b, const void *p, size_t n) {
    if (!make_room(b, n) || n == 0) return;
    memcpy(b->data + b->size, p, n);
    b->size += n;
}

void buf_text(struct buf *b, const char *s) {
    if (s) buf_add(b, s, strlen(s));
}

void buf_byte(struct buf *b, uint8_t v) {
    buf_add(b, &v, 1);
}

static void add_le(struct buf *b, uint64_t v, size_t bytes) {
    uint8_t le[8];
    for (size_t i = 0; i < bytes; i++)
        le[i] = (uint8_t)(v >> (8 * i));
    buf_add(b, le, bytes);
}

void buf_u16(struct buf *b, uint16_t v) {
    add_le(b, v, 2);
}

void buf_u32(struct buf *b, uint32_t v) {
    add_le(b, v, 4);
}

void buf_u64(struct buf *b, uint64_t v) {
    add_le(b, v, 8);
}

void buf_varint(struct buf *b, uint64_t v) {
    uint8_t out[10];
    size_t n = 0;
    while (v >= 0x80) {
        out[n++] = (uint8_t)(v | 0x80);
        v >>= 7;
    }
    out[n++] = (uint8_t)v;
    buf_add(b, out, n);
}

void buf_printf(struct buf *b, const char *fmt, ...) {
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (n < 0) {
        b->overflow = true;
    } else if (make_room(b, (size_t)n)) {
        /* The extra byte takes the NUL that vsnprintf insists on. */
        vsnprintf((char *)b->data + b->size, (size_t)n + 1, fmt, args);
        b->size += (size_t)n;
    }
    va_end(args);
}

const char *buf_str(struct buf *b) {
    if (!b->data) return "";
    b->data[b->size] = '\0';
    return (const char *)b->data;
}

void buf_clear(struct buf *b) {
    b->size = 0;
    b->overflow = false;
}

void buf_wipe(struct buf *b) {
    if (b->data) key_wipe(b->data, b->room);
    buf_release(b);
}

void buf_release(struct buf *b) {
    free(b->data);
    *b = (struct buf){.limit = b->limit};
}

struct cursor cursor_of(const void *p, size_t n) {
    static const uint8_t nothing[1];
    const uint8_t *start = p ? p : nothing;
    return (struct cursor){.p = start, .end = start + (p ? n : 0)};
}

const uint8_t *cursor_take(struct cursor *c, size_t n) {
    if (c->bad || (size_t)(c->end - c->p) < n) {
        c->bad = true;
        return NULL;
    }
    const uint8_t *at = c->p;
    c->p += n;
    return at;
}

static uint64_t take_le(struct cursor *c, size_t bytes) {
    const uint8_t *p = cursor_take(c, bytes);
    uint64_t v = 0;
    for (size_t i = 0; p && i < bytes; i++)
        v |= (uint64_t)p[i] << (8 * i);
    return v;
}

uint8_t cursor_byte(struct cursor *c) {
    return (uint8_t)take_le(c, 1);
}

uint16_t cursor_u16(struct cursor *c) {
    return (uint16_t)take_le(c, 2);
}

uint32_t cursor_u32(struct cursor *c) {
    return (uint32_t)take_le(c, 4);
}

uint64_t cursor_u64(struct cursor *c) {
    return take_le(c, 8);
}

uint64_t cursor_varint(struct cursor *c) {
    uint64_t v = 0;
    for (unsigned shift = 0; shift < 70; shift += 7) {
        uint8_t byte = cursor_byte(c);
        if (c->bad) return 0;
        uint64_t low = byte & 0x7f;
        if (shift == 63 && low > 1) break; /* beyond 64 bits */
        v |= low << shift;
        if (!(byte & 0x80)) {
            if (byte == 0 && shift > 0) break; /* a shorter form exists */
            return v;
        }
    }
    c->bad = true;
    return 0;
}
