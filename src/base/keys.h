/* keys.h -- keys for sealing, and secrets under a passphrase or a code (libsodium).
 *
 * Journey: a bundle's content key is wrapped for its readers here (sync/wire.h); the office's secret lies under a
 * passphrase here (store/keyfile.c). Ed25519 for signing; X25519, derived from it, for boxes. Nothing here touches
 * a file. Secrets are the caller's to wipe: sodium_memzero through key_wipe. */
#ifndef BASE_KEYS_H
#define BASE_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

#define KEY_BYTES 32
#define KEY_ID_BYTES 8
#define KEY_WRAPPED_BYTES 80 /* 32 bytes sealed to a public key (crypto_box_seal) */
#define KEY_LOCKED_BYTES 80  /* 32 bytes under a passphrase, see key_lock */
#define KEY_LOCK_MEMORY_MAX_KIB (256 * 1024) /* a locked key that asks for more is refused */
#define KEY_LOCK_PASSES_MAX 16

void key_pair(uint8_t public_key[KEY_BYTES], uint8_t secret[KEY_BYTES]); /* X25519 */
bool key_public_of(const uint8_t secret[KEY_BYTES], uint8_t public_key[KEY_BYTES]);
/* The X25519 key that belongs to an Ed25519 key; false when those bytes are no such key. */
bool key_of_signer(const uint8_t ed25519_public[32], uint8_t public_key[KEY_BYTES]);
void key_secret_of_signer(const uint8_t ed25519_secret[64], uint8_t secret[KEY_BYTES]);
/* First bytes of hash("lantern box key 1" ‖ X25519 public key): names a reader without telling who it is. */
void key_id(const uint8_t public_key[KEY_BYTES], uint8_t id[KEY_ID_BYTES]);

void key_wrap(const uint8_t to[KEY_BYTES], const uint8_t key[KEY_BYTES], uint8_t out[KEY_WRAPPED_BYTES]);
bool key_unwrap(const uint8_t secret[KEY_BYTES], const uint8_t wrapped[KEY_WRAPPED_BYTES], uint8_t out[KEY_BYTES]);

/* 16 bytes salt ‖ passes u32 ‖ memory in KiB u32 ‖ 8 zeros ‖ 48 bytes secretbox (nonce of zeros: the salt makes the
 * key a new one each time) under Argon2id(pass, salt). About half a second on a slow tablet: 3 passes, 64 MiB. */
MUST_CHECK enum status key_lock(const char *pass, const uint8_t key[KEY_BYTES], uint8_t out[KEY_LOCKED_BYTES]);
/* STATUS_WRONG_CODE when the pass is another one; STATUS_DAMAGED for numbers beyond the limits above. */
MUST_CHECK enum status key_unlock(const char *pass, const uint8_t locked[KEY_LOCKED_BYTES], uint8_t out[KEY_BYTES]);
/* Tests only: 1 pass, 8 KiB from here on, so that a thousand enrolments take a second. */
void key_lock_weakly_for_tests(void);

/* Anything, sealed so that only the holder of one X25519 key opens it, not even who sealed it (crypto_box_seal): out
 * gets n + KEY_SEAL_OVER bytes. */
#define KEY_SEAL_OVER 48
void key_seal(const uint8_t to[KEY_BYTES], const void *p, size_t n, uint8_t *out);
/* out gets n - KEY_SEAL_OVER bytes; false: sealed to somebody else, or damaged. */
MUST_CHECK bool key_seal_open(const uint8_t secret[KEY_BYTES], const uint8_t *sealed, size_t n, uint8_t *out);

/* What lies on the disk of a tablet (XChaCha20-Poly1305): 24 bytes random nonce ‖ bytes ‖ 16 bytes tag. `about` is not
 * kept but has to be the same when it is opened, so that nothing sealed can be put in another's place. */
#define KEY_REST_OVER 40
void key_rest_seal(const uint8_t key[KEY_BYTES], const void *about, size_t about_n, const void *p, size_t n, uint8_t *out);
MUST_CHECK bool key_rest_open(const uint8_t key[KEY_BYTES], const void *about, size_t about_n, const uint8_t *sealed,
                              size_t n, uint8_t *out);

void key_wipe(void *p, size_t n);

/* Memory for secrets: never swapped where the system allows it, kept out of core dumps, between pages that nobody may
 * touch, wiped when it goes. Zeroed, never NULL. */
void *key_room(size_t n);
void key_room_free(void *p); /* NULL is allowed */

#endif
