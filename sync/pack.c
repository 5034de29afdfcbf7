/* pack.c -- zlib, and the chunk around it. The only file that sees zlib.
 *
 * Level 6: level 9 costs half as much again for 2 % (DESIGN.md). Inflating never writes beyond
 * the size that the chunk states and that has been checked against a limit, so a small file
 * cannot swell. */
#include "sync/frame.h"

#define ZLIB_CONST
#include <zlib.h>

#include "base/log.h"

#define LEVEL 6

/* How hard zlib looks for a longer match: half as far as level 6 does by itself. Measured on
 * the frames of 18,500 records: 27 % less time for 0.7 % more bytes. What is packed is read by
 * any zlib, whatever these are. */
#define GOOD_LENGTH 4
#define MAX_LAZY    8
#define NICE_LENGTH 64
#define MAX_CHAIN   64

static z_stream *stream_new(struct packer *p) {
    return ARENA_NEW(&p->arena, z_stream);
}

void pack(struct packer *p, struct buf *out, const void *raw, size_t n) {
    if (!p->out) {
        p->out = stream_new(p);
        BELIEVE(deflateInit(p->out, LEVEL) == Z_OK);
    }
    BELIEVE(n <= BUNDLE_CHUNK_BYTES);
    z_stream *z = p->out;
    uint8_t window[16384];
    deflateReset(z);
    deflateTune(z, GOOD_LENGTH, MAX_LAZY, NICE_LENGTH, MAX_CHAIN); /* resetting forgets it */
    z->next_in = raw;
    z->avail_in = (uInt)n;
    int rc;
    do {
        z->next_out = window;
        z->avail_out = sizeof window;
        rc = deflate(z, Z_FINISH);
        BELIEVE(rc == Z_OK || rc == Z_STREAM_END);
        buf_add(out, window, sizeof window - z->avail_out);
    } while (rc != Z_STREAM_END);
}

enum status unpack(struct packer *p, struct buf *out, const uint8_t *packed, size_t n,
                   size_t raw_size) {
    static const uint8_t empty[1];
    if (!p->in) {
        p->in = stream_new(p);
        BELIEVE(inflateInit(p->in) == Z_OK);
    }
    BELIEVE(raw_size <= BUNDLE_CHUNK_BYTES && n <= WIRE_PACKED_MAX);
    buf_clear(out);
    while (out->room < raw_size || !out->data) { /* room once for all chunks */
        static const uint8_t zeros[4096];
        buf_add(out, zeros, sizeof zeros);
        if (out->overflow) return status_fail(STATUS_TOO_LARGE, "Out of memory.");
    }
    buf_clear(out);
    z_stream *z = p->in;
    inflateReset(z);
    z->next_in = n ? packed : empty;
    z->avail_in = (uInt)n;
    z->next_out = out->data;
    z->avail_out = (uInt)raw_size;
    int rc = inflate(z, Z_FINISH);
    if (rc != Z_STREAM_END || z->avail_in != 0 || z->avail_out != 0)
        return wire_damaged("a part of it cannot be unpacked");
    out->size = raw_size;
    return STATUS_OK;
}

void packer_release(struct packer *p) {
    if (p->in) inflateEnd(p->in);
    if (p->out) deflateEnd(p->out);
    arena_release(&p->arena);
    *p = (struct packer){0};
}

void chunk_put(struct packer *p, struct buf *out, uint16_t count, const struct buf *raw) {
    BELIEVE(count >= 1 && count <= BUNDLE_CHUNK_RECORDS && !raw->overflow && raw->size >= 1);
    buf_u16(out, count);
    buf_u32(out, (uint32_t)raw->size);
    pack(p, out, raw->data, raw->size);
}

enum status chunk_peek(const uint8_t *p, size_t n, uint16_t *count, uint32_t *raw_size) {
    struct cursor c = cursor_of(p, n);
    uint16_t records = cursor_u16(&c);
    uint32_t raw = cursor_u32(&c);
    if (c.bad || records < 1 || records > BUNDLE_CHUNK_RECORDS || raw < 1 ||
        raw > BUNDLE_CHUNK_BYTES)
        return wire_damaged("a part of it has an impossible size");
    *count = records;
    *raw_size = raw;
    return STATUS_OK;
}

enum status chunk_get(struct packer *p, struct buf *raw, const uint8_t *payload, size_t n,
                      uint16_t *count) {
    uint32_t raw_size;
    enum status s = chunk_peek(payload, n, count, &raw_size);
    if (s) return s;
    return unpack(p, raw, payload + 6, n - 6, raw_size);
}
