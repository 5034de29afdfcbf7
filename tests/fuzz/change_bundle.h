/* change_bundle.h -- a valid bundle, changed somewhere, with everything made to fit again.
 *
 * Random bytes only ever test the checksum. So a valid bundle is taken apart, some bytes are
 * changed (of frames before they are packed, too), then heads of sections, signatures, lengths,
 * digest and header's hash are made to fit what it now says. Sealing it afterwards is sealing
 * any plain bundle. fuzz_bundle.c and fuzz_pack.c start from it. */
#ifndef TESTS_CHANGE_BUNDLE_H
#define TESTS_CHANGE_BUNDLE_H

#include "../bundle_sample.h"
#include "fuzz.h"
#include "sync/sealed.h"

#define DOMAIN_RECEIPT "lantern receipt 1"

struct bundle_source {
    struct buf bytes;          /* a valid open bundle */
    struct sample_log carrier; /* who signed it: key and secret */
};

static void sign_as(const struct sample_log *l, const struct buf *message, uint8_t out[64]) {
    sign(l, message, out); /* bundle_sample.c */
}

/* ---- changes ---- */

static void change_chunk(struct steer *s, struct packer *p, struct buf *payload) {
    struct buf raw = {0};
    uint16_t count;
    if (below(s, 8) == 0 || chunk_get(p, &raw, payload->data, payload->size, &count)) {
        change_bytes(s, payload); /* the packed bytes themselves, now and then */
    } else {
        change_bytes(s, &raw);
        if (below(s, 6) == 0) count = (uint16_t)(1 + below(s, 20));
        if (raw.size && raw.size <= BUNDLE_CHUNK_BYTES) sample_chunk(payload, count, &raw);
    }
    buf_release(&raw);
}

static void change_order(struct steer *s, struct sample_bundle *b) {
    size_t i = place_in(s, b->count), k = place_in(s, b->count);
    struct sample_block t = b->blocks[i];
    b->blocks[i] = b->blocks[k];
    b->blocks[k] = t;
    if (below(s, 2)) b->blocks[k].type = (uint8_t)(1 + below(s, 9));
}

/* Two different photos joined wrongly, a piece left out, one more. */
static void change_blocks(struct steer *s, struct sample_bundle *b) {
    size_t at = place_in(s, b->count);
    if (below(s, 2) && b->count > 3) {
        buf_release(&b->blocks[at].bytes);
        memmove(b->blocks + at, b->blocks + at + 1, (b->count - at - 1) * sizeof b->blocks[0]);
        b->blocks[--b->count] = (struct sample_block){0};
    } else if (b->count < SAMPLE_BLOCKS_MAX) {
        struct sample_block twice = {.type = b->blocks[at].type};
        buf_add(&twice.bytes, b->blocks[at].bytes.data, b->blocks[at].bytes.size);
        memmove(b->blocks + at + 1, b->blocks + at, (b->count - at) * sizeof b->blocks[0]);
        b->blocks[at] = twice;
        b->count++;
    }
}

/* ---- making it fit again ---- */

static bool salt_key_of(const struct record_wire *r, uint8_t key[32]) {
    if (r->kind != KIND_salt) return false;
    memset(key, 0, 32);
    if (!r->body_erased && r->body_size >= 35 && r->body[1] == 0x58 && r->body[2] == 32)
        memcpy(key, r->body + 3, 32);
    return true;
}

static void rehash(const hash256 *log, const uint8_t key[32], hash256 *previous,
                   struct record_wire *r) {
    static const uint8_t zeros[32];
    if (!r->body_erased && r->salted) {
        struct hash_state h;
        hash_start(&h);
        hash_add(&h, r->salt, 32);
        hash_add(&h, r->body, r->body_size);
        r->commitment = hash_end(&h);
    } else if (!r->body_erased) {
        r->commitment = record_commitment(r->kind == KIND_salt ? zeros : key, r->seq, r->body,
                                          r->body_size);
    }
    *previous = record_hash(log, previous, r);
}

/* A checkpoint where the section is the carrier's own, else none: nobody else can sign. */
static void resign_section(struct steer *s, const struct sample_log *carrier, uint8_t *entry) {
    struct section x = {0};
    struct cursor c = cursor_of(entry, WIRE_SECTION_BYTES);
    struct buf out = {0};
    bool was_signed = entry[192] == 1;
    memset(entry + 192, 0, 1 + 8 + 32 + 64);
    memcpy(x.log.b, cursor_take(&c, 32), 32);
    memcpy(x.key, cursor_take(&c, 32), 32);
    memcpy(x.incarnation, cursor_take(&c, 8), 8);
    memcpy(x.branch, cursor_take(&c, 8), 8);
    x.first_seq = (int64_t)cursor_u64(&c);
    x.last_seq = (int64_t)cursor_u64(&c);
    memcpy(x.previous.b, cursor_take(&c, 32), 32);
    memcpy(x.salt_key, cursor_take(&c, 32), 32);
    memcpy(x.head.b, cursor_take(&c, 32), 32);
    if (!was_signed || memcmp(x.key, carrier->key, 32) != 0 || below(s, 8) == 0) return;
    x.checkpoint.is_signed = true;
    x.checkpoint.at = 1795305600000LL + below(s, 100);
    checkpoint_message(&out, &x);
    sign_as(carrier, &out, x.checkpoint.signature);
    buf_clear(&out);
    section_put(&out, &x);
    BELIEVE(out.size == WIRE_SECTION_BYTES);
    memcpy(entry, out.data, out.size);
    buf_release(&out);
}

/* Puts the head that the frames now give into the table. */
static void refit_section(struct steer *s, struct sample_bundle *b, struct packer *p,
                          uint8_t *entry, size_t *chunk) {
    struct frame_state frames = {0};
    struct buf raw = {0};
    struct cursor c = cursor_of(entry, WIRE_SECTION_BYTES);
    hash256 log, previous;
    uint8_t key[32];
    memcpy(log.b, cursor_take(&c, 32), 32);
    cursor_take(&c, 48);
    int64_t seq = (int64_t)cursor_u64(&c), last = (int64_t)cursor_u64(&c);
    memcpy(previous.b, cursor_take(&c, 32), 32);
    memcpy(key, cursor_take(&c, 32), 32);
    bool well = true;
    while (well && seq >= 1 && seq <= last && *chunk < b->count) {
        struct sample_block *x = &b->blocks[(*chunk)++];
        uint16_t count;
        if (x->type != BLOCK_CHUNK) continue;
        well = !chunk_get(p, &raw, x->bytes.data, x->bytes.size, &count);
        struct cursor f = cursor_of(raw.data, raw.size);
        frame_chunk_start(&frames);
        for (uint16_t i = 0; well && i < count; i++) {
            struct record_wire r;
            well = !frame_get(&f, &frames, &log, seq, &r);
            if (!well) break;
            rehash(&log, key, &previous, &r);
            salt_key_of(&r, key);
            seq++;
        }
    }
    memcpy(entry + 160, previous.b, 32);
    resign_section(s, &b->carrier, entry);
    frame_state_release(&frames);
    buf_release(&raw);
}

static void resign_receipt(struct sample_bundle *b, struct buf *receipt) {
    struct buf message = {0};
    if (receipt->size < 8 + 8 + 32 + 32 + 64) return;
    memcpy(receipt->data + 48, b->carrier.key, 32);
    buf_text(&message, DOMAIN_RECEIPT);
    buf_add(&message, receipt->data, receipt->size - 64);
    sign_as(&b->carrier, &message, receipt->data + receipt->size - 64);
    buf_release(&message);
}

static void refit(struct steer *s, struct sample_bundle *b, struct packer *p) {
    struct buf *table = &b->blocks[1].bytes;
    size_t chunk = 2;
    for (size_t i = 0; (i + 1) * WIRE_SECTION_BYTES <= table->size; i++)
        refit_section(s, b, p, table->data + i * WIRE_SECTION_BYTES, &chunk);
    for (size_t i = 2; i < b->count; i++)
        if (b->blocks[i].type == BLOCK_RECEIPT && below(s, 8))
            resign_receipt(b, &b->blocks[i].bytes);
    if (b->header.size >= WIRE_HEADER_MIN) sample_header_hash(b);
}

/* ---- one changed bundle ---- */

/* As blocks, with everything fitting that the changes left possible. `header` NULL: its own. */
static void change_bundle(struct steer *s, const struct bundle_source *source,
                          const struct buf *header, struct buf *out) {
    struct sample_bundle b;
    struct packer p = {0};
    BELIEVE(sample_split(&b, source->bytes.data, source->bytes.size));
    b.carrier = source->carrier;
    if (header) {
        buf_clear(&b.header);
        buf_add(&b.header, header->data, header->size);
    }
    for (uint32_t i = below(s, 3); i > 0; i--) {
        size_t at = place_in(s, b.count);
        uint32_t what = below(s, 12);
        if (what == 0) change_order(s, &b);
        if (what == 1 && !header) change_bytes(s, &b.header);
        if (what == 2) change_blocks(s, &b);
        if (what < 3) continue;
        /* Records are what matters most. */
        for (size_t k = 0; what > 7 && b.blocks[at].type != BLOCK_CHUNK && k < b.count; k++)
            at = (at + 1) % b.count;
        if (b.blocks[at].type == BLOCK_CHUNK || b.blocks[at].type == BLOCK_COPIES)
            change_chunk(s, &p, &b.blocks[at].bytes);
        else
            change_bytes(s, &b.blocks[at].bytes);
    }
    if (b.count > 2) refit(s, &b, &p);
    sample_seal(&b, out);
    packer_release(&p);
    sample_release(&b);
}

/* ---- sealing ---- */

static enum status put_sealed(void *ctx, const void *p, size_t n) {
    buf_add(ctx, p, n);
    return STATUS_OK;
}

/* Who can open it; nobody: an open bundle. */
struct lock {
    const uint8_t *readers; /* X25519, 32 bytes each */
    uint32_t count;
    const char *code; /* 12 plain characters, or NULL */
};

/* A clear header with the content key for them. */
static void sealed_header(const struct lock *lock, const uint8_t content[32], struct buf *out) {
    struct wire_header h = {.sealed = true, .keys_count = lock->count};
    for (uint32_t i = 0; i < lock->count; i++) {
        h.keys[i].way = KEY_BOX;
        key_id(lock->readers + 32 * i, h.keys[i].id);
        key_wrap(lock->readers + 32 * i, content, h.keys[i].wrapped);
    }
    if (lock->code) {
        struct wire_key *k = &h.keys[h.keys_count++];
        k->way = KEY_CODE;
        BELIEVE(key_lock(lock->code, content, k->wrapped) == STATUS_OK);
    }
    header_put(out, &h);
}

/* What follows the header, as one stream. */
static void seal_stream(const struct buf *plain, size_t header, const uint8_t content[32],
                        struct buf *out) {
    struct arena a = {0};
    hash256 h;
    memcpy(h.b, plain->data + header - 32, 32);
    buf_clear(out);
    buf_add(out, plain->data, header);
    struct sealer *z = sealer_new(&a, content, &h, put_sealed, out);
    BELIEVE(sealer_add(z, plain->data + header, plain->size - header) == STATUS_OK);
    BELIEVE(sealer_end(z) == STATUS_OK);
    sealer_wipe(z);
    arena_release(&a);
}

/* A changed bundle under that lock. *broken: bytes of the seal were changed afterwards, so it
 * must be refused. */
static void make_bundle(struct steer *s, const struct bundle_source *source,
                        const struct lock *lock, struct buf *out, bool *broken) {
    static const uint8_t content[32] = {7, 7, 7};
    struct buf header = {0}, plain = {0};
    *broken = false;
    if (!lock->count && !lock->code) {
        change_bundle(s, source, NULL, out);
        return;
    }
    sealed_header(lock, content, &header);
    change_bundle(s, source, &header, &plain);
    seal_stream(&plain, header.size, content, out);
    if (below(s, 4) == 0) {
        struct buf before = {0};
        /* Beyond the header: inside it the numbers of Argon2 would be changed, and wait. */
        size_t n = lock->code ? header.size : 0;
        buf_add(&before, out->data + n, out->size - n);
        struct buf after = {0};
        buf_add(&after, before.data, before.size);
        if (below(s, 4) == 0)
            after.size = place_in(s, after.size);
        else
            change_bytes(s, &after);
        *broken =
            after.size != before.size || memcmp(after.data, before.data, before.size) != 0;
        out->size = n;
        buf_add(out, after.data, after.size);
        buf_release(&before);
        buf_release(&after);
    }
    buf_release(&header);
    buf_release(&plain);
}

/* ---- where a journal reads it from ---- */

static const char *fuzz_path(const char *name) {
    static char paths[4][200];
    static int next;
    char *out = paths[next++ % 4];
    snprintf(out, sizeof paths[0], "%s/lantern-fuzz-%ld-%s",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (long)getpid(), name);
    return out;
}
#endif
