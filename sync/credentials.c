/* credentials.c -- block 8 as bytes, and the messages that its signatures and proofs cover.
 *
 * Journey: writer ← export.c fills it; reader.c takes it apart in the first pass; door.c asks
 * whether the signatures and proofs hold. Only form and order are checked here. */
#include "sync/credentials.h"

#include "base/log.h"

#define DOMAIN_SUCCESSION "lantern office key 1"
#define DOMAIN_ENROLMENT  "lantern enrolment 1"
#define DOMAIN_TOKEN      "lantern token 1"

void credentials_put(struct buf *out, const struct credentials *c) {
    BELIEVE(c->successions_count <= SUCCESSIONS_MAX && c->proofs_count <= PROOFS_MAX);
    buf_u64(out, (uint64_t)c->office_at);
    buf_add(out, c->recovery, sizeof c->recovery);
    buf_byte(out, c->token_any);
    if (c->token_any) buf_add(out, c->token, sizeof c->token);
    buf_u16(out, (uint16_t)c->successions_count);
    for (uint32_t i = 0; i < c->successions_count; i++) {
        const struct succession *s = &c->successions[i];
        buf_add(out, s->before, sizeof s->before);
        buf_add(out, s->after, sizeof s->after);
        buf_u64(out, (uint64_t)s->at);
        buf_add(out, s->signature, sizeof s->signature);
    }
    buf_u16(out, (uint16_t)c->proofs_count);
    for (uint32_t i = 0; i < c->proofs_count; i++) {
        const struct proof *p = &c->proofs[i];
        buf_add(out, p->key, sizeof p->key);
        buf_add(out, p->token_id, sizeof p->token_id);
        buf_add(out, p->mac.b, HASH_BYTES);
    }
}

static void take(struct cursor *c, void *to, size_t n) {
    const uint8_t *p = cursor_take(c, n);
    if (p) memcpy(to, p, n);
}

static enum status wrong(void) {
    return wire_damaged("what it says about keys does not make sense");
}

static bool time_fits(int64_t at) {
    return at >= 0 && at <= JOURNAL_YEAR_MAX_MS;
}

/* The same change of key stands there once. */
static bool said_before(const struct succession *all, uint32_t i) {
    for (uint32_t k = 0; k < i; k++)
        if (memcmp(all[k].before, all[i].before, sizeof all[i].before) == 0 &&
            memcmp(all[k].after, all[i].after, sizeof all[i].after) == 0)
            return true;
    return false;
}

static enum status successions_get(struct cursor *c, struct arena *a, struct credentials *out) {
    uint32_t n = cursor_u16(c);
    if (c->bad || n > SUCCESSIONS_MAX) return wrong();
    out->successions = ARENA_ARRAY(a, struct succession, n + 1);
    out->successions_count = n;
    for (uint32_t i = 0; i < n; i++) {
        struct succession *s = &out->successions[i];
        take(c, s->before, sizeof s->before);
        take(c, s->after, sizeof s->after);
        s->at = (int64_t)cursor_u64(c);
        take(c, s->signature, sizeof s->signature);
        if (c->bad || !time_fits(s->at) || (i && s->at < s[-1].at) ||
            said_before(out->successions, i))
            return wrong();
    }
    return STATUS_OK;
}

static enum status proofs_get(struct cursor *c, struct arena *a, struct credentials *out) {
    uint32_t n = cursor_u16(c);
    if (c->bad || n > PROOFS_MAX) return wrong();
    out->proofs = ARENA_ARRAY(a, struct proof, n + 1);
    out->proofs_count = n;
    for (uint32_t i = 0; i < n; i++) {
        struct proof *p = &out->proofs[i];
        take(c, p->key, sizeof p->key);
        take(c, p->token_id, sizeof p->token_id);
        take(c, p->mac.b, HASH_BYTES);
        if (c->bad || (i && memcmp(p[-1].key, p->key, sizeof p->key) >= 0)) return wrong();
    }
    return STATUS_OK;
}

enum status credentials_get(const uint8_t *p, size_t n, struct arena *a,
                            struct credentials *out) {
    struct cursor c = cursor_of(p, n);
    struct credentials got = {0};
    got.office_at = (int64_t)cursor_u64(&c);
    take(&c, got.recovery, sizeof got.recovery);
    uint8_t any = cursor_byte(&c);
    if (any > 1 || !time_fits(got.office_at)) return wrong();
    got.token_any = any == 1;
    if (any) take(&c, got.token, sizeof got.token);
    enum status s = successions_get(&c, a, &got);
    if (!s) s = proofs_get(&c, a, &got);
    if (!s && (c.bad || c.p != c.end)) s = wrong();
    if (!s) *out = got;
    return s;
}

void succession_message(struct buf *out, const hash256 *provider, const struct succession *s) {
    buf_text(out, DOMAIN_SUCCESSION);
    buf_add(out, provider->b, HASH_BYTES);
    buf_add(out, s->before, sizeof s->before);
    buf_add(out, s->after, sizeof s->after);
    buf_u64(out, (uint64_t)s->at);
}

hash256 proof_mac(const uint8_t token[TOKEN_BYTES], const hash256 *provider,
                  const uint8_t device_key[32]) {
    struct buf b = {0};
    buf_text(&b, DOMAIN_ENROLMENT);
    buf_add(&b, provider->b, HASH_BYTES);
    buf_add(&b, device_key, 32);
    hash256 h = hash_keyed(token, b.data, b.size);
    buf_release(&b);
    return h;
}

void token_id(const uint8_t token[TOKEN_BYTES], uint8_t id[TOKEN_ID_BYTES]) {
    hash256 all = hash_named(DOMAIN_TOKEN, token, TOKEN_BYTES);
    memcpy(id, all.b, TOKEN_ID_BYTES);
}
