/* apply.h -- the second pass: blocks of a checked bundle into the open transaction of union.h.
 *
 * Journey: merge.c opens the transaction and hands block after block; the caller commits or
 * rolls back. */
#ifndef SYNC_APPLY_H
#define SYNC_APPLY_H

#include "sync/blobs.h"
#include "sync/frame.h"
#include "sync/reader.h"
#include "sync/receipt.h"

/* What the second pass may need on the disk, counted in the first. */
struct apply_room {
    int64_t frames, blobs; /* bytes, unpacked */
};
MUST_CHECK enum status apply_room_count(struct apply_room *r, const struct block *b);
/* Bytes wanted beside the database; and the refusal when fewer are free (-1: not known). */
int64_t apply_room_wanted(const struct apply_room *r);
MUST_CHECK enum status apply_room_enough(int64_t wanted, int64_t free_bytes);
MUST_CHECK enum status apply_room_check(struct journal *j, const struct apply_room *r,
                                        struct arena *a);

struct apply {
    struct journal *j;
    struct bundle_reader *reader;
    bool tablet;
    struct merge_summary *summary;
    struct packer packer;
    struct frame_state frames;
    struct buf raw;
    uint32_t section; /* the one that is open, or comes next */
    struct union_section *open;
    int64_t next_seq;
    struct blob_writer *blob; /* the one whose pieces come */
    bool blob_known, blob_gone;
    struct hash_state passed_by; /* of a blob that nobody wants here */
    struct hash_set names;    /* blobs that the records name … */
    struct buf named;         /* … each with the first row that does (struct named) */
    struct hash_set gone;     /* named by nobody but rows whose words were erased here */
    struct receipt_state was; /* tablets: the receipt before this one */
    bool renew;               /* a receipt names what our log never held */
    int64_t erased_before;
    struct arena arena; /* keys of kept values; emptied as we go */
};
void apply_init(struct apply *a, struct journal *j, struct bundle_reader *r, bool tablet,
                struct merge_summary *summary);
/* First in the transaction. */
MUST_CHECK enum status apply_before(struct apply *a);
MUST_CHECK enum status apply_block(struct apply *a, const struct block *b);
/* After the last block: what the bundle leaves to be remembered besides its records. */
MUST_CHECK enum status apply_finish(struct apply *a);
/* Once all is committed: what it came to, and what follows for this device. */
MUST_CHECK enum status apply_after(struct apply *a);
/* Ends what was left in its middle, before the transaction is rolled back. */
void apply_abandon(struct apply *a);
void apply_release(struct apply *a);

#endif
