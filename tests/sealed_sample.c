/* sealed_sample.c -- see sealed_sample.h. Its only shared ground with sync/ is libsodium and
 * the form of the clear header. */
#include "sealed_sample.h"

#include <sodium.h>

#include "base/log.h"
#include "sync/credentials.h"

/* ---- readers
 * ---------------------------------------------------------------------------------- */

struct sample_reader sample_reader(uint8_t number) {
    struct sample_reader r;
    memset(r.secret, number, sizeof r.secret);
    BELIEVE(key_public_of(r.secret, r.public_key));
    return r;
}

static bool sample_unwrap(const void *ctx, const uint8_t wrapped[80], uint8_t key[32]) {
    const struct sample_reader *r = ctx;
    return key_unwrap(r->secret, wrapped, key);
}

struct bundle_opener sample_opener(const struct sample_reader *r, const char *code) {
    return (struct bundle_opener){.unwrap = r ? sample_unwrap : NULL, .ctx = r, .code = code};
}

/* ---- randomness
 * ------------------------------------------------------------------------------- */

static draw sample_draw; /* libsodium takes a function without a context */

static const char *fixed_name(void) {
    return "fixed, for tests";
}

static uint32_t fixed_number(void) {
    return (uint32_t)draw_next(&sample_draw);
}

static void fixed_bytes(void *const p, const size_t n) {
    uint8_t *b = p;
    for (size_t i = 0; i < n; i++)
        b[i] = (uint8_t)draw_next(&sample_draw);
}

void sample_fixed_randomness(uint64_t seed) {
    static struct randombytes_implementation fixed = {
        .implementation_name = fixed_name, .random = fixed_number, .buf = fixed_bytes};
    BELIEVE(sodium_init() >= 0);
    sample_draw = (draw){seed};
    randombytes_set_implementation(&fixed);
}

void sample_true_randomness(void) {
    randombytes_set_implementation(&randombytes_sysrandom_implementation);
}

/* ---- blocks
 * ----------------------------------------------------------------------------------- */

void sample_insert(struct sample_bundle *b, size_t at, uint8_t type, const struct buf *bytes) {
    BELIEVE(b->count < SAMPLE_BLOCKS_MAX && at <= b->count);
    memmove(&b->blocks[at + 1], &b->blocks[at], (b->count - at) * sizeof b->blocks[0]);
    b->blocks[at] = (struct sample_block){.type = type};
    buf_add(&b->blocks[at].bytes, bytes->data, bytes->size);
    b->count++;
}

void sample_remove(struct sample_bundle *b, size_t at) {
    buf_release(&b->blocks[at].bytes);
    memmove(&b->blocks[at], &b->blocks[at + 1], (b->count - at - 1) * sizeof b->blocks[0]);
    b->blocks[--b->count] = (struct sample_block){0};
}

static int by_proof(const void *a, const void *b) {
    return memcmp(((const struct proof *)a)->key, ((const struct proof *)b)->key, 32);
}

/* The office's key was 8, then 9, and is 1; devices 2 and 3 prove tokens of 0x70 and 0x71. */
struct credentials sample_credentials_of(struct arena *a, bool token) {
    static const uint8_t keys[] = {8, 9, 1};
    hash256 provider;
    memset(provider.b, 0x44, sizeof provider.b);
    struct credentials c = {.office_at = 1795305600000LL, .token_any = token};
    struct sample_reader recovery = sample_reader(SAMPLE_RECOVERY);
    memcpy(c.recovery, recovery.public_key, sizeof c.recovery);
    if (token) memset(c.token, 0x70, sizeof c.token);
    c.successions_count = c.proofs_count = 2;
    c.successions = ARENA_ARRAY(a, struct succession, 2);
    c.proofs = ARENA_ARRAY(a, struct proof, 2);
    for (int i = 0; i < 2; i++) {
        struct sample_log before = sample_log(keys[i]), after = sample_log(keys[i + 1]);
        struct sample_log device = sample_log((uint8_t)(2 + i));
        struct succession *s = &c.successions[i];
        struct buf message = {0};
        uint8_t secret[TOKEN_BYTES];
        memcpy(s->before, before.key, sizeof s->before);
        memcpy(s->after, after.key, sizeof s->after);
        s->at = 1795200000000LL + i * 86400000LL;
        succession_message(&message, &provider, s);
        crypto_sign_detached(s->signature, NULL, message.data, message.size, before.secret);
        buf_release(&message);
        memset(secret, 0x70 + i, sizeof secret);
        memcpy(c.proofs[i].key, device.key, 32);
        token_id(secret, c.proofs[i].token_id);
        c.proofs[i].mac = proof_mac(secret, &provider, device.key);
    }
    qsort(c.proofs, 2, sizeof *c.proofs, by_proof);
    return c;
}

void sample_credentials(struct sample_bundle *b, bool token) {
    struct arena a = {0};
    struct buf bytes = {0};
    struct credentials c = sample_credentials_of(&a, token);
    credentials_put(&bytes, &c);
    sample_insert(b, 2, BLOCK_CREDENTIALS, &bytes);
    buf_release(&bytes);
    arena_release(&a);
}

/* ---- the clear header
 * ------------------------------------------------------------------------- */

void sample_lock_header(struct sample_bundle *b, const struct sample_lock *l) {
    struct buf h = {0};
    const struct wire_header *w = &l->header;
    buf_add(&h, wire_magic, sizeof wire_magic);
    buf_u16(&h, WIRE_VERSION);
    buf_byte(&h, w->sealed);
    buf_byte(&h, 0);
    buf_u32(&h, (uint32_t)(WIRE_HEADER_MIN + w->keys_count * WIRE_KEY_BYTES));
    buf_u16(&h, (uint16_t)w->keys_count);
    for (uint32_t i = 0; i < w->keys_count; i++) {
        const struct wire_key *k = &w->keys[i < WIRE_KEYS_MAX ? i : WIRE_KEYS_MAX - 1];
        buf_byte(&h, (uint8_t)k->way);
        buf_add(&h, k->id, sizeof k->id);
        buf_add(&h, k->wrapped, sizeof k->wrapped);
    }
    buf_u32(&h, 0);
    for (int i = 0; i < HASH_BYTES; i++)
        buf_byte(&h, 0);
    buf_release(&b->header);
    b->header = h;
    sample_header_hash(b);
}

static int by_id(const void *a, const void *b) {
    const struct wire_key *x = a, *y = b;
    return x->way != y->way ? (int)x->way - (int)y->way : memcmp(x->id, y->id, sizeof x->id);
}

void sample_lock(struct sample_bundle *b, struct sample_lock *l, bool readers,
                 const char *code) {
    static const uint8_t numbers[] = {SAMPLE_OFFICE, SAMPLE_RECOVERY};
    *l = (struct sample_lock){.header.sealed = true};
    random_bytes(l->key, sizeof l->key);
    for (int i = 0; readers && i < 2; i++) {
        struct sample_reader r = sample_reader(numbers[i]);
        struct wire_key *k = &l->header.keys[l->header.keys_count++];
        k->way = KEY_BOX;
        key_id(r.public_key, k->id);
        BELIEVE(crypto_box_seal(k->wrapped, l->key, 32, r.public_key) == 0);
    }
    if (code) {
        struct wire_key *k = &l->header.keys[l->header.keys_count++];
        k->way = KEY_CODE;
        BELIEVE(key_lock(code, l->key, k->wrapped) == STATUS_OK);
    }
    qsort(l->header.keys, l->header.keys_count, sizeof l->header.keys[0], by_id);
    sample_lock_header(b, l);
}

/* ---- the stream
 * ------------------------------------------------------------------------------- */

void sample_stream(const struct buf *plain, size_t header, const struct sample_lock *l,
                   const struct sample_shape *shape, struct buf *out) {
    crypto_secretstream_xchacha20poly1305_state state;
    uint8_t start[24], *sealed;
    size_t most = shape->message ? shape->message : 65536, at = header;
    struct arena a = {0};
    const uint8_t *ad = plain->data + header - HASH_BYTES;
    sealed = arena_take(&a, most + 17);
    crypto_secretstream_xchacha20poly1305_init_push(&state, start, l->key);
    buf_clear(out);
    buf_add(out, plain->data, header);
    buf_add(out, start, sizeof start);
    for (int number = 1; at < plain->size; number++) {
        size_t n = plain->size - at < most ? plain->size - at : most;
        bool last = at + n == plain->size, first = number == 1 && !shape->without_header;
        bool final =
            !shape->never_final && (shape->final_at ? number == shape->final_at : last);
        crypto_secretstream_xchacha20poly1305_push(
            &state, sealed, NULL, plain->data + at, n, first ? ad : NULL,
            first ? HASH_BYTES : 0,
            final ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : shape->other_tag);
        buf_add(out, sealed, n + 17);
        at += n;
    }
    arena_release(&a);
}

void sample_seal_stream(struct sample_bundle *b, const struct sample_lock *l,
                        const struct sample_shape *shape, struct buf *out) {
    struct buf plain = {0};
    sample_seal(b, &plain);
    sample_stream(&plain, b->header.size, l, shape, out);
    buf_release(&plain);
}

static void make_sealed(struct buf *out, bool readers, const char *code) {
    struct sample_bundle b;
    struct sample_lock l;
    sample_fixed_randomness(code ? 20261124 : 20261123);
    sample_make(&b);
    sample_credentials(&b, code != NULL);
    sample_lock(&b, &l, readers, code);
    sample_seal_stream(&b, &l, &(struct sample_shape){0}, out);
    sample_release(&b);
    sample_true_randomness();
}

void sample_sealed(struct buf *out) {
    make_sealed(out, true, NULL);
}

void sample_coded(struct buf *out) {
    make_sealed(out, false, SAMPLE_CODE);
}
