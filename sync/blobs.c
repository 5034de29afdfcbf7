/* blobs.c -- the columns of type COL_HASH, found through the kind's descriptor. */
#include "sync/blobs.h"

#include "base/cbor.h"
#include "base/log.h"

#define SLOTS_FIRST 64

static size_t slots_count(const struct hash_set *s) {
    return s->slots.size / HASH_BYTES;
}

/* The slot that holds the hash, or the free one where it belongs. */
static uint8_t *slot_of(const struct hash_set *s, const hash256 *h) {
    static const uint8_t zeros[HASH_BYTES];
    size_t mask = slots_count(s) - 1;
    uint64_t start;
    memcpy(&start, h->b, sizeof start);
    for (size_t i = (size_t)start & mask;; i = (i + 1) & mask) {
        uint8_t *slot = s->slots.data + i * HASH_BYTES;
        if (memcmp(slot, h->b, HASH_BYTES) == 0 || memcmp(slot, zeros, HASH_BYTES) == 0)
            return slot;
    }
}

static void set_grow(struct hash_set *s) {
    static const uint8_t zeros[HASH_BYTES];
    struct hash_set more = {.count = s->count};
    size_t want = slots_count(s) ? slots_count(s) * 2 : SLOTS_FIRST;
    for (size_t i = 0; i < want; i++)
        buf_add(&more.slots, zeros, sizeof zeros);
    BELIEVE(!more.slots.overflow);
    for (size_t i = 0; i < slots_count(s); i++) {
        hash256 h;
        memcpy(h.b, s->slots.data + i * HASH_BYTES, HASH_BYTES);
        if (!hash_is_zero(&h)) memcpy(slot_of(&more, &h), h.b, HASH_BYTES);
    }
    buf_release(&s->slots);
    *s = more;
}

bool hash_set_has(const struct hash_set *s, const hash256 *h) {
    if (s->count == 0 || hash_is_zero(h)) return false;
    return memcmp(slot_of(s, h), h->b, HASH_BYTES) == 0;
}

bool hash_set_add(struct hash_set *s, const hash256 *h) {
    if (hash_is_zero(h)) return false; /* names nothing */
    if ((s->count + 1) * 2 > slots_count(s)) set_grow(s);
    uint8_t *slot = slot_of(s, h);
    if (memcmp(slot, h->b, HASH_BYTES) == 0) return false;
    memcpy(slot, h->b, HASH_BYTES);
    s->count++;
    return true;
}

static int by_bytes(const void *a, const void *b) {
    return memcmp(a, b, HASH_BYTES);
}

hash256 *hash_set_sorted(const struct hash_set *s, struct arena *a, size_t *n) {
    hash256 *all = ARENA_ARRAY(a, hash256, s->count + 1);
    size_t found = 0;
    for (size_t i = 0; i < slots_count(s); i++) {
        hash256 h;
        memcpy(h.b, s->slots.data + i * HASH_BYTES, HASH_BYTES);
        if (!hash_is_zero(&h)) all[found++] = h;
    }
    BELIEVE(found == s->count);
    qsort(all, found, sizeof *all, by_bytes);
    *n = found;
    return all;
}

void hash_set_release(struct hash_set *s) {
    buf_release(&s->slots);
    s->count = 0;
}

/* Passes one item with everything inside it. Bodies nest two deep at most. */
static bool skip_inside(struct cursor *c, const struct cbor_item *item, int depth) {
    if (item->type == CBOR_BAD || depth > 4) return false;
    for (int64_t i = 0; item->type == CBOR_ARRAY && i < item->i; i++) {
        struct cbor_item inner = cbor_next(c);
        if (!skip_inside(c, &inner, depth + 1)) return false;
    }
    return true;
}

/* -1 when the kind has none. Every record of every bundle asks, so what the descriptors say is
 * noted the first time: 0 not asked yet, 1 none, else the column plus 2. */
static int last_hash_column(const struct kind *k) {
    static uint8_t noted[256];
    uint8_t *n = k->number < sizeof noted ? &noted[k->number] : NULL;
    if (n && *n) return *n - 2;
    int last = -1;
    for (int i = 0; k->columns[i].name; i++)
        if (k->columns[i].type == COL_HASH) last = i;
    if (n) *n = (uint8_t)(last + 2);
    return last;
}

void blob_names(const struct record_wire *r,
                void (*each)(void *ctx, const hash256 *name, bool bulky), void *ctx) {
    const struct kind *k = r->body_erased ? NULL : kind_by_number(r->kind);
    int last = k ? last_hash_column(k) : -1;
    if (last < 0) return;
    struct cursor c = cursor_of(r->body, r->body_size);
    struct cbor_item array = cbor_next(&c);
    for (int i = 0; array.type == CBOR_ARRAY && i < array.i && i <= last; i++) {
        struct cbor_item item = cbor_next(&c);
        if (!skip_inside(&c, &item, 0)) return;
        if (k->columns[i].type != COL_HASH || item.type != CBOR_BYTES || item.n != HASH_BYTES)
            continue;
        hash256 h;
        memcpy(h.b, item.p, HASH_BYTES);
        each(ctx, &h, k->columns[i].bulky);
    }
}

static void add_name(void *ctx, const hash256 *name, bool bulky) {
    (void)bulky;
    hash_set_add(ctx, name);
}

void blobs_of_record(struct hash_set *to, const struct record_wire *r) {
    blob_names(r, add_name, to);
}
