/* frame.h -- one record as bytes inside a chunk, and the packing of chunks.
 *
 * Journey: export → frame_put … → pack → file → unpack → frame_get … → union. FORMAT.md
 * sections 7 and 8. */
#ifndef SYNC_FRAME_H
#define SYNC_FRAME_H

#include "sync/wire.h"

/* What a frame leaves out because the one before it said so. Zeroed: the start of a section. */
struct frame_state {
    uint64_t hlc;   /* of the frame before in this chunk; 0 at its start */
    uint64_t floor; /* of the record before in this section */
    struct global_ref by;
    int16_t offset_min;
    struct buf logs; /* hash256 each: the chunk's list of logs */
};
void frame_chunk_start(struct frame_state *s); /* keeps the floor */
void frame_section_start(struct frame_state *s);
void frame_state_release(struct frame_state *s);

/* `log` is the log that the record stands in. STATUS_INVALID when the format cannot say this
 * record. */
MUST_CHECK enum status frame_put(struct buf *out, struct frame_state *s, const hash256 *log,
                                 const struct record_wire *r);
/* The record's body points into the cursor's bytes; hash, and commitment unless erased, are
 * left zero. */
MUST_CHECK enum status frame_get(struct cursor *c, struct frame_state *s, const hash256 *log,
                                 int64_t seq, struct record_wire *out);

/* A copy: log and seq before the frame, the record's hash after it. */
MUST_CHECK enum status copy_put(struct buf *out, struct frame_state *s, const hash256 *log,
                                const struct record_wire *r);
MUST_CHECK enum status copy_get(struct cursor *c, struct frame_state *s, hash256 *log,
                                struct record_wire *out);

/* The two zlib streams, kept from chunk to chunk. Zeroed is valid; made at first use. */
struct packer {
    struct arena arena;
    struct z_stream_s *in, *out;
};
/* Appends the packed bytes (zlib level 6). */
void pack(struct packer *p, struct buf *out, const void *raw, size_t n);
/* Fills `out` with exactly raw_size bytes, or refuses. raw_size has been checked by the caller.
 */
MUST_CHECK enum status unpack(struct packer *p, struct buf *out, const uint8_t *packed,
                              size_t n, size_t raw_size);
void packer_release(struct packer *p);

/* A chunk's payload: count, raw size, packed frames. */
void chunk_put(struct packer *p, struct buf *out, uint16_t count, const struct buf *raw);
/* Checks count and raw size without unpacking. */
MUST_CHECK enum status chunk_peek(const uint8_t *p, size_t n, uint16_t *count,
                                  uint32_t *raw_size);
MUST_CHECK enum status chunk_get(struct packer *p, struct buf *raw, const uint8_t *payload,
                                 size_t n, uint16_t *count);

#endif
