/* had.h -- blobs that the office is known to have, so that a form is not sent again with every
 * check made on it.
 *
 * Journey: pack and receipt → had → export.c leaves them out. A wrong guess costs one round:
 * the office lists what it lacks in its next receipt, and that is sent whatever stands here. */
#ifndef SYNC_HAD_H
#define SYNC_HAD_H

#include "sync/blobs.h"
#include "sync/receipt.h"

MUST_CHECK enum status had_load(struct journal *j, struct hash_set *out);
/* A blob that came in a pack. */
MUST_CHECK enum status had_note(struct journal *j, const hash256 *name);
/* A new receipt was kept; the one before covered our log up to `before`. */
MUST_CHECK enum status had_receipt(struct journal *j, const struct receipt *r, int64_t before);

#endif
