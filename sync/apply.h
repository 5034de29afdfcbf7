/* apply.h -- the second pass: blocks of a checked bundle into the open transaction of union.h.
 *
 * Journey: merge.c opens the transaction and hands block after block; the caller commits or
 * rolls back. */
#ifndef SYNC_APPLY_H
#define SYNC_APPLY_H

#include "sync/blobs.h"
#include "sync/frame.h"
#include "sync/reader.h"

struct apply {
    struct journal *j;
    struct bundle_reader *reader;
    bool tablet;
    struct merge_summary *summary;
    struct packer packer;
    struct frame_state frames;
    struct buf raw, blob;
    uint32_t section; /* the one that is open, or comes next */
    struct union_section *open;
    int64_t next_seq;
    struct hash_set names; /* blobs that the records name */
    struct arena arena;    /* keys of kept values; emptied as we go */
};
void apply_init(struct apply *a, struct journal *j, struct bundle_reader *r, bool tablet,
                struct merge_summary *summary);
MUST_CHECK enum status apply_block(struct apply *a, const struct block *b);
/* After the last block: what the bundle leaves to be remembered besides its records. */
MUST_CHECK enum status apply_finish(struct apply *a, struct arena *arena);
/* Ends a section that was left in its middle, before the transaction is rolled back. */
void apply_abandon(struct apply *a);
void apply_release(struct apply *a);

/* `at` of the newest record of our log that the newest receipt covers; 0 none. */
MUST_CHECK enum status apply_covered_until(struct journal *j, int64_t *at);

#endif
