/* blobs.h -- which blobs a run of records names, without knowing any kind by name.
 *
 * Journey: export sends the blobs of what it sends; merge lists those that did not come along.
 */
#ifndef SYNC_BLOBS_H
#define SYNC_BLOBS_H

#include "store/journal.h"
#include "store/union.h"

/* A set of hashes; zeroed is empty. */
struct hash_set {
    struct buf slots; /* hash256, open addressing, zeros for free */
    size_t count;
};
bool hash_set_add(struct hash_set *s, const hash256 *h); /* false: was there already */
bool hash_set_has(const struct hash_set *s, const hash256 *h);
/* All, bytewise ascending, in `a`. */
hash256 *hash_set_sorted(const struct hash_set *s, struct arena *a, size_t *n);
void hash_set_release(struct hash_set *s);

/* Each blob that the record's columns name; `bulky` as the column's descriptor says. */
void blob_names(const struct record_wire *r,
                void (*each)(void *ctx, const hash256 *name, bool bulky), void *ctx);
/* Adds the blobs that the record's columns name. A kind that this Lantern does not know names
 * none. */
void blobs_of_record(struct hash_set *to, const struct record_wire *r);

#endif
