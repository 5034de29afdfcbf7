/* revoked.h -- revocations as records, and what they leave parked: what revoke and admit share. */
#ifndef OFFICE_REVOKED_H
#define OFFICE_REVOKED_H

#include "office/office.h"
#include "store/union.h"

struct revoked_log {
    const struct log_info *log;
    int64_t seq; /* last record that counts, 0 none */
    bool hashed; /* else the number goes for every stretch of a log that forked */
    hash256 hash;
};
/* Inside a transaction: the revocation of one log says so from now on; a new row, or a change of the
 * one that names the same log already. NULL: of a device that has no log here yet. */
MUST_CHECK enum status revoked_put(struct journal *j, const uint8_t key[32],
                                   const struct revoked_log *one, const char *why);
/* Inside a transaction: withdraws every revocation of the key; *n tells how many there were. */
MUST_CHECK enum status revoked_withdraw(struct journal *j, const uint8_t key[32], int64_t *n);
/* A line for each log of the key: what counts, what is parked; *parked adds up. */
MUST_CHECK enum status revoked_say(struct office *o, struct journal *j, const uint8_t key[32],
                                   int64_t *parked);

#endif
