/* office_keys.h -- the office's own keys: the recovery key, and new keys after old ones.
 *
 * Journey: init makes the recovery key; `keys --new` rotates; packs carry the chain of
 * successions (credentials.h), and a tablet's door follows it. Kept data as enrol.h lists. */
#ifndef SYNC_OFFICE_KEYS_H
#define SYNC_OFFICE_KEYS_H

#include "sync/credentials.h"

/* Makes a recovery key: the public half is kept, the secret is returned as text to be kept on
 * paper (groups of Crockford base32 with a check at the end) and nowhere else. */
#define RECOVERY_TEXT_BYTES 80
MUST_CHECK enum status office_recovery_make(struct journal *j, char text[RECOVERY_TEXT_BYTES]);
/* Reads such a text leniently (case, spaces, hyphens, O for 0, I and L for 1). STATUS_INVALID
 * when its check does not fit. */
MUST_CHECK enum status office_recovery_read(const char *text, uint8_t secret[32]);
/* New signing and sealing keys; the key before signs the change, packs carry it, old bundles
 * still open. */
MUST_CHECK enum status office_rotate(struct journal *j);
/* The successions kept here, in order of time, at most the newest SUCCESSIONS_MAX. In `a`. */
MUST_CHECK enum status office_successions(struct journal *j, struct arena *a,
                                          struct succession **out, uint32_t *n);
MUST_CHECK enum status office_succession_keep(struct journal *j, const struct succession *s);
/* Finishes a change of keys that was interrupted between its two steps. */
MUST_CHECK enum status office_rotate_finish(struct journal *j);
/* The key that holds at the end of the successions that begin at `from` (at most
 * SUCCESSIONS_MAX, each with its signature): whether `to` is one of them. */
bool succession_reaches(const struct credentials *c, const hash256 *provider,
                        const uint8_t from[32], const uint8_t to[32]);

#endif
