/* hash.c -- libsodium's BLAKE2b and its random bytes behind names of our own. */
#include "base/hash.h"

#include <sodium.h>

#include "base/log.h"

_Static_assert(sizeof(crypto_generichash_state) <= sizeof(struct hash_state),
               "hash_state is too small for libsodium's state");

/* Process-wide: whether libsodium is ready, and for tests and simulations the seed that random
 * bytes come from instead of the system, with the number of draws made. */
static bool ready, seeded;
static uint8_t seed_key[32];
static uint64_t seed_draws;

static void sodium_ready(void) {
    if (ready) return;
    BELIEVE(sodium_init() >= 0);
    ready = true;
}

static crypto_generichash_state *state_of(struct hash_state *s) {
    return (crypto_generichash_state *)(void *)s->opaque;
}

void hash_start(struct hash_state *s) {
    sodium_ready();
    crypto_generichash_init(state_of(s), NULL, 0, HASH_BYTES);
}

void hash_add(struct hash_state *s, const void *p, size_t n) {
    if (n) crypto_generichash_update(state_of(s), p, n);
}

hash256 hash_end(struct hash_state *s) {
    hash256 h;
    crypto_generichash_final(state_of(s), h.b, HASH_BYTES);
    return h;
}

hash256 hash_of(const void *p, size_t n) {
    hash256 h;
    sodium_ready();
    crypto_generichash(h.b, HASH_BYTES, n ? p : NULL, n, NULL, 0);
    return h;
}

hash256 hash_named(const char *domain, const void *p, size_t n) {
    struct hash_state h;
    hash_start(&h);
    hash_add(&h, domain, strlen(domain));
    hash_add(&h, p, n);
    return hash_end(&h);
}

hash256 hash_keyed(const uint8_t key[32], const void *p, size_t n) {
    hash256 h;
    sodium_ready();
    crypto_generichash(h.b, HASH_BYTES, n ? p : NULL, n, key, 32);
    return h;
}

bool hash_equal(const hash256 *a, const hash256 *b) {
    return memcmp(a->b, b->b, HASH_BYTES) == 0;
}

bool hash_is_zero(const hash256 *a) {
    static const hash256 zero;
    return hash_equal(a, &zero);
}

char *hex_of(struct arena *a, const void *p, size_t n) {
    static const char digits[] = "0123456789abcdef";
    const uint8_t *bytes = p;
    char *out = arena_take(a, 2 * n + 1);
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    return out;
}

static int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    char low = (char)(c | 32);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

bool hex_read(const char *hex, void *out, size_t n) {
    if (!hex || strlen(hex) != 2 * n) return false;
    for (size_t i = 0; i < 2 * n; i++)
        if (digit_of(hex[i]) < 0) return false;
    uint8_t *bytes = out;
    for (size_t i = 0; i < n; i++)
        bytes[i] = (uint8_t)(digit_of(hex[2 * i]) * 16 + digit_of(hex[2 * i + 1]));
    return true;
}

void random_bytes(void *p, size_t n) {
    sodium_ready();
    if (!seeded) {
        randombytes_buf(p, n);
        return;
    }
    uint8_t one[randombytes_SEEDBYTES] = {0};
    uint64_t draws = seed_draws++;
    crypto_generichash(one, sizeof one, (const uint8_t *)&draws, sizeof draws, seed_key,
                       sizeof seed_key);
    randombytes_buf_deterministic(p, n, one);
}

void random_seed(uint64_t seed) {
    sodium_ready();
    crypto_generichash(seed_key, sizeof seed_key, (const uint8_t *)&seed, sizeof seed, NULL, 0);
    seed_draws = 0;
    seeded = true;
}

uint64_t draw_next(draw *d) {
    uint64_t z = (d->s += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

uint32_t draw_below(draw *d, uint32_t n) {
    if (n < 2) return 0;
    /* Values past the last whole multiple of n are drawn again, or small results would win. */
    uint32_t skip = (uint32_t)(-n) % n;
    for (;;) {
        uint32_t v = (uint32_t)(draw_next(d) >> 32);
        if (v >= skip) return (v - skip) % n;
    }
}
