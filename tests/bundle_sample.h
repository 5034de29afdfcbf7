/* bundle_sample.h -- a small bundle that holds every construct of sync/FORMAT.md, made without
 * a journal.
 *
 * test_bundle.c damages it, fuzz_bundle.c starts from it, and tests/golden/small.lantern is it.
 * The keys are fixed, so it is the same bytes every time (as long as zlib is the same). */
#ifndef TESTS_BUNDLE_SAMPLE_H
#define TESTS_BUNDLE_SAMPLE_H

#include "sync/frame.h"
#include "sync/reader.h"
#include "sync/writer.h"

struct sample_log {
    uint8_t key[32], secret[64], incarnation[8];
    hash256 id;
};
struct sample_log sample_log(uint8_t number);

/* Bytes of a bundle as blocks, to be changed one by one and sealed again. */
#define SAMPLE_BLOCKS_MAX 32
struct sample_block {
    uint8_t type;
    struct buf bytes;
};
struct sample_bundle {
    struct buf header; /* the whole clear header */
    struct sample_block blocks[SAMPLE_BLOCKS_MAX];
    size_t count; /* without the trailer */
    struct sample_log carrier;
};
void sample_make(struct sample_bundle *b);
/* Takes a bundle apart; false when its outermost form does not hold. */
bool sample_split(struct sample_bundle *b, const uint8_t *p, size_t n);
void sample_header_hash(struct sample_bundle *b); /* makes the header's hash fit again */
/* Header, blocks, and a trailer with a fitting length, digest and signature. */
void sample_seal(struct sample_bundle *b, struct buf *out);
void sample_release(struct sample_bundle *b);
struct sample_block *sample_find(struct sample_bundle *b, uint8_t type, size_t nth);
/* Replaces a block's bytes by one chunk of `count` records in `raw`. */
void sample_chunk(struct buf *out, uint16_t count, const struct buf *raw);
/* The record as one JSON line: what tests/golden/small.jsonl holds and tests/reader.py prints.
 */
void sample_json(struct buf *out, const hash256 *log, const struct record_wire *r);

#endif
