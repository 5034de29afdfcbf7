/* hash.h -- BLAKE2b-256 and randomness (libsodium), hexadecimal. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/hash256.h"

struct hash_state {
    _Alignas(64) uint8_t opaque[384];
};

void hash_start(struct hash_state *s);
void hash_add(struct hash_state *s, const void *p, size_t n);
hash256 hash_end(struct hash_state *s);
hash256 hash_of(const void *p, size_t n);
/* BLAKE2b-256(domain ‖ bytes): the domain keeps one use of a hash from standing in for another. */
hash256 hash_named(const char *domain, const void *p, size_t n);
hash256 hash_keyed(const uint8_t key[32], const void *p, size_t n);
bool hash_equal(const hash256 *a, const hash256 *b);
bool hash_is_zero(const hash256 *a);
char *hex_of(struct arena *a, const void *p, size_t n);
bool hex_read(const char *hex, void *out, size_t n); /* exactly 2n digits */

void random_bytes(void *p, size_t n); /* from the system; in tests random_seed makes it repeatable */
void random_seed(uint64_t seed);      /* tests and simulate only: from here on deterministic */

/* A small repeatable generator (splitmix64) for fair draws whose seed goes on the record. */
typedef struct {
    uint64_t s;
} draw;
uint64_t draw_next(draw *d);
uint32_t draw_below(draw *d, uint32_t n); /* 0 <= result < n, unbiased */

#endif
