/* sealed.c -- see sealed.h. XChaCha20-Poly1305 secretstream of libsodium. */
#include "sync/sealed.h"

#include <sodium.h>
#include <string.h>

#include "base/log.h"

_Static_assert(SEALED_START_BYTES == crypto_secretstream_xchacha20poly1305_HEADERBYTES,
               "start");
_Static_assert(SEALED_EXTRA_BYTES == crypto_secretstream_xchacha20poly1305_ABYTES, "extra");

int64_t sealed_plain_size(uint64_t sealed) {
    if (sealed < SEALED_START_BYTES || sealed > (uint64_t)INT64_MAX) return -1;
    uint64_t rest = sealed - SEALED_START_BYTES;
    uint64_t whole = rest / SEALED_MESSAGE_BYTES, last = rest % SEALED_MESSAGE_BYTES;
    if (rest == 0 || (last > 0 && last <= SEALED_EXTRA_BYTES)) return -1;
    return (int64_t)(whole * SEALED_PLAIN_BYTES + (last ? last - SEALED_EXTRA_BYTES : 0));
}

/* ---- sealing ---- */

struct sealer {
    crypto_secretstream_xchacha20poly1305_state state;
    enum status (*put)(void *ctx, const void *p, size_t n);
    void *ctx;
    hash256 header;
    uint8_t start[SEALED_START_BYTES];
    bool started;
    size_t filled;
    uint8_t plain[SEALED_PLAIN_BYTES], sealed[SEALED_MESSAGE_BYTES];
};

struct sealer *sealer_new(struct arena *a, const uint8_t key[32], const hash256 *header,
                          enum status (*put)(void *ctx, const void *p, size_t n), void *ctx) {
    struct sealer *s = ARENA_NEW(a, struct sealer);
    s->put = put;
    s->ctx = ctx;
    s->header = *header;
    crypto_secretstream_xchacha20poly1305_init_push(&s->state, s->start, key);
    return s;
}

static enum status push(struct sealer *s, uint8_t tag) {
    const uint8_t *ad = s->started ? NULL : s->header.b;
    enum status st = s->started ? STATUS_OK : s->put(s->ctx, s->start, sizeof s->start);
    if (st) return st;
    crypto_secretstream_xchacha20poly1305_push(&s->state, s->sealed, NULL, s->plain, s->filled,
                                               ad, ad ? HASH_BYTES : 0, tag);
    s->started = true;
    st = s->put(s->ctx, s->sealed, s->filled + SEALED_EXTRA_BYTES);
    s->filled = 0;
    return st;
}

/* A full buffer waits for the next byte: only then is it known that it is not the last. */
enum status sealer_add(struct sealer *s, const void *p, size_t n) {
    const uint8_t *from = p;
    while (n > 0) {
        if (s->filled == SEALED_PLAIN_BYTES) {
            enum status st = push(s, 0);
            if (st) return st;
        }
        size_t room = SEALED_PLAIN_BYTES - s->filled, part = n < room ? n : room;
        memcpy(s->plain + s->filled, from, part);
        s->filled += part;
        from += part;
        n -= part;
    }
    return STATUS_OK;
}

enum status sealer_end(struct sealer *s) {
    BELIEVE(s->filled > 0);
    return push(s, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
}

void sealer_wipe(struct sealer *s) {
    if (s) sodium_memzero(s, sizeof *s);
}

/* ---- unsealing ---- */

struct unsealer {
    crypto_secretstream_xchacha20poly1305_state state;
    enum status (*get)(void *ctx, void *to, size_t n);
    void *ctx;
    hash256 header;
    uint8_t key[32];
    bool started, ended;
    uint64_t left; /* sealed bytes not read yet */
    size_t at, filled;
    uint8_t plain[SEALED_PLAIN_BYTES], sealed[SEALED_MESSAGE_BYTES];
};

struct unsealer *unsealer_new(struct arena *a, const uint8_t key[32], const hash256 *header,
                              uint64_t sealed,
                              enum status (*get)(void *ctx, void *to, size_t n), void *ctx) {
    struct unsealer *u = ARENA_NEW(a, struct unsealer);
    u->get = get;
    u->ctx = ctx;
    u->header = *header;
    u->left = sealed;
    memcpy(u->key, key, sizeof u->key);
    return u;
}

static enum status broken(void) {
    return status_fail(STATUS_DAMAGED,
                       "The file is damaged: its seal does not hold. Copy it again.");
}

static enum status cut_off(void) {
    return status_fail(STATUS_TRUNCATED, "The file ends too early. Copy it again.");
}

static enum status start(struct unsealer *u) {
    uint8_t first[SEALED_START_BYTES];
    if (sealed_plain_size(u->left) < 0) return cut_off();
    enum status s = u->get(u->ctx, first, sizeof first);
    if (s) return s;
    u->left -= sizeof first;
    int bad = crypto_secretstream_xchacha20poly1305_init_pull(&u->state, first, u->key);
    sodium_memzero(u->key, sizeof u->key);
    return bad ? broken() : STATUS_OK;
}

/* The final tag and the end of the file must coincide. */
static enum status pull(struct unsealer *u) {
    bool first = !u->started;
    enum status s = first ? start(u) : STATUS_OK;
    if (s) return s;
    u->started = true;
    if (u->ended || u->left == 0) return broken();
    size_t n = u->left < SEALED_MESSAGE_BYTES ? (size_t)u->left : SEALED_MESSAGE_BYTES;
    s = u->get(u->ctx, u->sealed, n);
    if (s) return s;
    u->left -= n;
    unsigned char tag = 0;
    unsigned long long plain = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&u->state, u->plain, &plain, &tag, u->sealed,
                                                   n, first ? u->header.b : NULL,
                                                   first ? HASH_BYTES : 0) != 0)
        return broken();
    bool final = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    if (!final && tag == 0 && u->left == 0) return cut_off();
    if (final != (u->left == 0) || (!final && tag != 0)) return broken();
    u->ended = final;
    u->at = 0;
    u->filled = (size_t)plain;
    return STATUS_OK;
}

enum status unsealer_read(struct unsealer *u, void *to, size_t n) {
    uint8_t *out = to;
    while (n > 0) {
        if (u->at == u->filled) {
            enum status s = pull(u);
            if (s) return s;
        }
        size_t part = u->filled - u->at < n ? u->filled - u->at : n;
        memcpy(out, u->plain + u->at, part);
        u->at += part;
        out += part;
        n -= part;
    }
    return STATUS_OK;
}

void unsealer_wipe(struct unsealer *u) {
    if (u) sodium_memzero(u, sizeof *u);
}
