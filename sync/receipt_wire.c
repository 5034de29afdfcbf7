/* receipt_wire.c -- a receipt's bytes, read and checked. FORMAT.md section 9. */
#include "sync/receipt.h"

#define DOMAIN_RECEIPT "lantern receipt 1"

static void take_bytes(struct cursor *c, void *to, size_t n) {
    const uint8_t *p = cursor_take(c, n);
    if (p) memcpy(to, p, n);
}

/* A count of entries that the remaining bytes can hold; else the cursor goes bad. */
static uint32_t take_count(struct cursor *c, size_t entry) {
    uint32_t n = cursor_u32(c);
    if (c->bad || n > (size_t)(c->end - c->p) / entry) {
        c->bad = true;
        return 0;
    }
    return n;
}

int receipt_log_order(const hash256 *a, const uint8_t *a_branch, const hash256 *b,
                      const uint8_t *b_branch) {
    int c = memcmp(a->b, b->b, HASH_BYTES);
    return c ? c : memcmp(a_branch, b_branch, 8);
}

static bool logs_get(struct cursor *c, struct arena *a, struct receipt *r) {
    r->logs_count = take_count(c, 80);
    r->logs = ARENA_ARRAY(a, struct receipt_log, r->logs_count + 1);
    for (uint32_t i = 0; i < r->logs_count; i++) {
        struct receipt_log *l = &r->logs[i];
        take_bytes(c, l->log.b, HASH_BYTES);
        take_bytes(c, l->branch, 8);
        l->seq = (int64_t)cursor_u64(c);
        take_bytes(c, l->hash.b, HASH_BYTES);
        if (l->seq < 1 || l->seq > WIRE_SEQ_MAX) return false;
        if (i && receipt_log_order(&l[-1].log, l[-1].branch, &l->log, l->branch) >= 0)
            return false;
    }
    return !c->bad;
}

static bool gaps_get(struct cursor *c, struct arena *a, struct receipt *r) {
    r->gaps_count = take_count(c, 56);
    r->gaps = ARENA_ARRAY(a, struct receipt_gap, r->gaps_count + 1);
    for (uint32_t i = 0; i < r->gaps_count; i++) {
        struct receipt_gap *g = &r->gaps[i];
        take_bytes(c, g->log.b, HASH_BYTES);
        take_bytes(c, g->branch, 8);
        g->first = (int64_t)cursor_u64(c);
        g->last = (int64_t)cursor_u64(c);
        if (g->first < 1 || g->last < g->first || g->last > WIRE_SEQ_MAX) return false;
        int order = i ? receipt_log_order(&g[-1].log, g[-1].branch, &g->log, g->branch) : -1;
        if (order > 0 || (order == 0 && g[-1].last >= g->first)) return false;
    }
    return !c->bad;
}

static bool lacking_get(struct cursor *c, struct arena *a, struct receipt *r) {
    r->lacking_count = take_count(c, HASH_BYTES);
    r->lacking = ARENA_ARRAY(a, hash256, r->lacking_count + 1);
    for (uint32_t i = 0; i < r->lacking_count; i++) {
        take_bytes(c, r->lacking[i].b, HASH_BYTES);
        if (i && memcmp(r->lacking[i - 1].b, r->lacking[i].b, HASH_BYTES) >= 0) return false;
    }
    return !c->bad;
}

void receipt_message(struct buf *out, const uint8_t *p, size_t n) {
    buf_text(out, DOMAIN_RECEIPT);
    buf_add(out, p, n);
}

enum status receipt_get(const uint8_t *p, size_t n, struct arena *a, struct receipt *out) {
    struct cursor c = cursor_of(p, n);
    struct receipt r = {0};
    r.number = (int64_t)cursor_u64(&c);
    r.at = (int64_t)cursor_u64(&c);
    take_bytes(&c, r.provider.b, HASH_BYTES);
    take_bytes(&c, r.key, sizeof r.key);
    bool lists = logs_get(&c, a, &r) && gaps_get(&c, a, &r) && lacking_get(&c, a, &r);
    const uint8_t *signature = cursor_take(&c, 64);
    if (!lists || !signature || c.p != c.end || r.number < 1 || !wire_time_fits(r.at))
        return wire_damaged("the office's receipt in it does not make sense");
    struct buf message = {0};
    receipt_message(&message, p, n - 64);
    bool holds = signature_holds(signature, &message, r.key);
    buf_release(&message);
    if (!holds) return wire_damaged("the office's receipt in it is not signed by the office");
    *out = r;
    return STATUS_OK;
}
