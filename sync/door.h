/* door.h -- who is let in: one decision a bundle, after the first pass and before anything is
 * written.
 *
 * Journey: merge.c has checked every byte and every signature; here it is decided whether those
 * who signed are ours. Each refusal is one sentence. What is learned from an accepted bundle (a
 * token proved, a new office key) is written by door_note, in the second pass's transaction, so
 * that a bundle that fails later leaves nothing behind. */
#ifndef SYNC_DOOR_H
#define SYNC_DOOR_H

#include "sync/enrol.h"
#include "sync/reader.h"

struct door {
    struct journal *j;
    const struct bundle_reader *reader; /* at the end of its pass */
    bool tablet, trust;
    bool by_code; /* it was a typed code that opened it … */
    bool to_us;   /* … or a key of this device */
    /* Filled by door_decide: */
    struct arena arena;
    bool enrolled;               /* see merge_summary */
    const struct proof **claims; /* master: proved by this bundle for the first time */
    size_t claims_count;
    int64_t clock_ms; /* how far the carrier's clock is off; 0 within a day */
};

MUST_CHECK enum status door_decide(struct door *d);
/* Inside the transaction, before the first record. */
MUST_CHECK enum status door_note(struct door *d);
void door_release(struct door *d);

/* Whether a revocation that counts names this key. */
MUST_CHECK enum status door_revoked(struct journal *j, const uint8_t key[32], bool *revoked);

/* door_tablet.c: the tablet's half. */
MUST_CHECK enum status door_tablet(struct door *d);
MUST_CHECK enum status door_tablet_note(struct door *d);

#endif
