/* credentials.h -- what a bundle says about keys: block 8, FORMAT.md section 5a.
 *
 * Journey: packs carry the office's keys to the tablets; bundles carry each device's proof that
 * it was enrolled to the office, also for the logs of others that they carry on. The reader
 * hands the block out in the first pass, and door.c decides on it. */
#ifndef SYNC_CREDENTIALS_H
#define SYNC_CREDENTIALS_H

#include "sync/wire.h"

#define SUCCESSIONS_MAX 64
#define PROOFS_MAX      8192
#define TOKEN_BYTES     32
#define TOKEN_ID_BYTES  8

/* The office's key changed, said by the key before:
 * signature over "lantern office key 1" ‖ provider ‖ before ‖ after ‖ at (i64). */
struct succession {
    uint8_t before[32], after[32];
    int64_t at;
    uint8_t signature[64];
};
/* This device was enrolled: keyed BLAKE2b-256 under the token over
 * "lantern enrolment 1" ‖ provider ‖ device's Ed25519 key. Token id: first 8 bytes of
 * hash("lantern token 1" ‖ token). */
struct proof {
    uint8_t key[32], token_id[TOKEN_ID_BYTES];
    hash256 mac;
};
struct credentials {
    int64_t office_at;    /* office's time in the newest pack or receipt the carrier has read; 0
                             none */
    uint8_t recovery[32]; /* packs: X25519 public recovery key; zeros: none */
    bool token_any;       /* first packs, never in an open one */
    uint8_t token[TOKEN_BYTES];
    struct succession *successions; /* in order of time */
    struct proof *proofs;           /* ascending by key */
    uint32_t successions_count, proofs_count;
};

void credentials_put(struct buf *out, const struct credentials *c);
/* Checks form and order, not signatures. Arrays live in `a`. */
MUST_CHECK enum status credentials_get(const uint8_t *p, size_t n, struct arena *a,
                                       struct credentials *out);

void succession_message(struct buf *out, const hash256 *provider, const struct succession *s);
hash256 proof_mac(const uint8_t token[TOKEN_BYTES], const hash256 *provider,
                  const uint8_t device_key[32]);
void token_id(const uint8_t token[TOKEN_BYTES], uint8_t id[TOKEN_ID_BYTES]);

#endif
