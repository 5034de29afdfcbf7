/* keys.c -- see keys.h. */
#include "base/keys.h"

#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/log.h"

_Static_assert(KEY_WRAPPED_BYTES == KEY_BYTES + crypto_box_SEALBYTES, "a sealed key");
_Static_assert(KEY_LOCKED_BYTES ==
                   crypto_pwhash_SALTBYTES + 16 + KEY_BYTES + crypto_secretbox_MACBYTES,
               "a locked key");

#define LOCK_PASSES     3
#define LOCK_MEMORY_KIB (64 * 1024)
#define DOMAIN_KEY_ID   "lantern box key 1"

void key_pair(uint8_t public_key[KEY_BYTES], uint8_t secret[KEY_BYTES]) {
    random_bytes(secret, KEY_BYTES);
    BELIEVE(key_public_of(secret, public_key));
}

bool key_public_of(const uint8_t secret[KEY_BYTES], uint8_t public_key[KEY_BYTES]) {
    return crypto_scalarmult_base(public_key, secret) == 0;
}

bool key_of_signer(const uint8_t ed25519_public[32], uint8_t public_key[KEY_BYTES]) {
    return crypto_sign_ed25519_pk_to_curve25519(public_key, ed25519_public) == 0;
}

void key_secret_of_signer(const uint8_t ed25519_secret[64], uint8_t secret[KEY_BYTES]) {
    BELIEVE(crypto_sign_ed25519_sk_to_curve25519(secret, ed25519_secret) == 0);
}

void key_id(const uint8_t public_key[KEY_BYTES], uint8_t id[KEY_ID_BYTES]) {
    hash256 all = hash_named(DOMAIN_KEY_ID, public_key, KEY_BYTES);
    memcpy(id, all.b, KEY_ID_BYTES);
}

void key_wrap(const uint8_t to[KEY_BYTES], const uint8_t key[KEY_BYTES],
              uint8_t out[KEY_WRAPPED_BYTES]) {
    BELIEVE(crypto_box_seal(out, key, KEY_BYTES, to) == 0);
}

bool key_unwrap(const uint8_t secret[KEY_BYTES], const uint8_t wrapped[KEY_WRAPPED_BYTES],
                uint8_t out[KEY_BYTES]) {
    uint8_t public_key[KEY_BYTES];
    return key_public_of(secret, public_key) &&
           crypto_box_seal_open(out, wrapped, KEY_WRAPPED_BYTES, public_key, secret) == 0;
}

/* ---- under a passphrase ---- */

/* Set once, by tests, before anything else runs. */
static uint32_t lock_passes = LOCK_PASSES, lock_memory_kib = LOCK_MEMORY_KIB;

void key_lock_weakly_for_tests(void) {
    lock_passes = 1;
    lock_memory_kib = 8;
}

static enum status stretch(const char *pass, const uint8_t *salt, uint32_t passes,
                           uint32_t memory_kib, uint8_t out[KEY_BYTES]) {
    int failed = crypto_pwhash(out, KEY_BYTES, pass, strlen(pass), salt, passes,
                               (size_t)memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13);
    return failed ? status_fail(STATUS_IO, "There is not enough memory to try the code.")
                  : STATUS_OK;
}

static void number_put(uint8_t *p, uint32_t v) {
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(v >> (8 * i));
}

static uint32_t number_get(const uint8_t *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static const uint8_t no_nonce[crypto_secretbox_NONCEBYTES];

enum status key_lock(const char *pass, const uint8_t key[KEY_BYTES],
                     uint8_t out[KEY_LOCKED_BYTES]) {
    uint8_t stretched[KEY_BYTES];
    memset(out, 0, KEY_LOCKED_BYTES);
    random_bytes(out, crypto_pwhash_SALTBYTES);
    number_put(out + 16, lock_passes);
    number_put(out + 20, lock_memory_kib);
    enum status s = stretch(pass, out, lock_passes, lock_memory_kib, stretched);
    if (!s) BELIEVE(crypto_secretbox_easy(out + 32, key, KEY_BYTES, no_nonce, stretched) == 0);
    sodium_memzero(stretched, sizeof stretched);
    return s;
}

enum status key_unlock(const char *pass, const uint8_t locked[KEY_LOCKED_BYTES],
                       uint8_t out[KEY_BYTES]) {
    uint8_t stretched[KEY_BYTES];
    uint32_t passes = number_get(locked + 16), memory_kib = number_get(locked + 20);
    if (passes < 1 || passes > KEY_LOCK_PASSES_MAX || memory_kib < 8 ||
        memory_kib > KEY_LOCK_MEMORY_MAX_KIB || number_get(locked + 24) ||
        number_get(locked + 28))
        return status_fail(STATUS_DAMAGED, "a locked key asks for what no Lantern makes");
    enum status s = stretch(pass, locked, passes, memory_kib, stretched);
    if (!s &&
        crypto_secretbox_open_easy(out, locked + 32, KEY_BYTES + crypto_secretbox_MACBYTES,
                                   no_nonce, stretched) != 0)
        s = status_fail(STATUS_WRONG_CODE, "%s", "");
    sodium_memzero(stretched, sizeof stretched);
    return s;
}

/* ---- for one reader, and at rest ---- */

_Static_assert(KEY_SEAL_OVER == crypto_box_SEALBYTES, "sealed bytes");
_Static_assert(KEY_REST_OVER == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES +
                                    crypto_aead_xchacha20poly1305_ietf_ABYTES,
               "bytes at rest");
#define REST_NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES

void key_seal(const uint8_t to[KEY_BYTES], const void *p, size_t n, uint8_t *out) {
    BELIEVE(crypto_box_seal(out, p, n, to) == 0);
}

bool key_seal_open(const uint8_t secret[KEY_BYTES], const uint8_t *sealed, size_t n,
                   uint8_t *out) {
    uint8_t public_key[KEY_BYTES];
    return n >= KEY_SEAL_OVER && key_public_of(secret, public_key) &&
           crypto_box_seal_open(out, sealed, n, public_key, secret) == 0;
}

void key_rest_seal(const uint8_t key[KEY_BYTES], const void *about, size_t about_n,
                   const void *p, size_t n, uint8_t *out) {
    random_bytes(out, REST_NONCE);
    BELIEVE(crypto_aead_xchacha20poly1305_ietf_encrypt(out + REST_NONCE, NULL, p, n, about,
                                                       about_n, NULL, out, key) == 0);
}

bool key_rest_open(const uint8_t key[KEY_BYTES], const void *about, size_t about_n,
                   const uint8_t *sealed, size_t n, uint8_t *out) {
    return n >= KEY_REST_OVER && crypto_aead_xchacha20poly1305_ietf_decrypt(
                                     out, NULL, NULL, sealed + REST_NONCE, n - REST_NONCE,
                                     about, about_n, sealed, key) == 0;
}

void key_wipe(void *p, size_t n) {
    sodium_memzero(p, n);
}

void *key_room(size_t n) {
    struct hash_state ready;
    hash_start(&ready); /* libsodium has to be up before it gives memory */
    void *p = sodium_malloc(n);
    BELIEVE(p && "memory for small things never runs out; history is on disk");
    sodium_memzero(p, n);
    return p;
}

void key_room_free(void *p) {
    sodium_free(p);
}
