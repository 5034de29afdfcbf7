/* show.c -- a bundle's records without a database, for `show` and for the eyes of a person.
 *
 * It proves what merge proves, save for what only a journal can know: the chain is computed
 * from each section's previous hash, with the salt keys as they stand in the records. */
#include "base/cbor.h"
#include "base/text.h"
#include "sync/frame.h"
#include "sync/reader.h"
#include "sync/receipt.h"

struct showing {
    struct bundle_reader reader;
    struct packer packer;
    struct frame_state frames;
    struct hash_state blob; /* of the pieces so far */
    struct buf raw;
    uint32_t section;
    bool inside;
    int64_t seq;
    hash256 previous;
    uint8_t salt_key[32];
    bool stopped;
};

/* What anybody can see of it. */
static void head_clear(struct bundle_head *head, const struct wire_header *h) {
    *head = (struct bundle_head){.format = WIRE_VERSION,
                                 .body_encoding = h->sealed,
                                 .sealed = h->sealed,
                                 .locked = h->sealed};
    for (uint32_t i = 0; i < h->keys_count; i++) {
        if (h->keys[i].way == KEY_CODE)
            head->under_code = true;
        else
            memcpy(head->readers[head->readers_count++], h->keys[i].id, KEY_ID_BYTES);
    }
}

static void head_fill(struct bundle_head *head, const struct bundle_reader *r) {
    const struct manifest *m = &r->manifest;
    head_clear(head, &r->header);
    head->locked = false;
    head->enrols = r->credentials.token_any;
    head->purpose = m->purpose;
    head->made_at = m->made_at;
    head->provider = m->provider;
    head->id = r->id;
    head->records = (int64_t)m->records;
    head->copies = m->copies;
    head->blobs = r->blobs;
    head->sections = m->sections;
    head->receipt = m->receipt;
    text_copy(head->carrier, sizeof head->carrier, m->carrier_name);
    text_copy(head->tablet, sizeof head->tablet, m->tablet);
}

static void take_salt_key(struct showing *w, const struct record_wire *r) {
    memset(w->salt_key, 0, sizeof w->salt_key); /* erased: the records bring their own salts */
    if (r->body_erased) return;
    struct cursor c = cursor_of(r->body, r->body_size);
    struct cbor_item array = cbor_next(&c), key = {.type = CBOR_BAD};
    if (array.type == CBOR_ARRAY && array.i > 0) key = cbor_next(&c);
    if (key.type == CBOR_BYTES && key.n == sizeof w->salt_key)
        memcpy(w->salt_key, key.p, sizeof w->salt_key);
}

static hash256 commitment_with(const uint8_t salt[32], const void *body, size_t n) {
    struct hash_state h;
    hash_start(&h);
    hash_add(&h, salt, 32);
    hash_add(&h, body, n);
    return hash_end(&h);
}

static void chain(struct showing *w, const hash256 *log, struct record_wire *r) {
    static const uint8_t zeros[32];
    bool salt = r->kind == KIND_salt;
    if (!r->body_erased && r->salted)
        r->commitment = commitment_with(r->salt, r->body, r->body_size);
    else if (!r->body_erased)
        r->commitment =
            record_commitment(salt ? zeros : w->salt_key, r->seq, r->body, r->body_size);
    r->hash = record_hash(log, &w->previous, r);
    w->previous = r->hash;
    if (salt) take_salt_key(w, r);
}

static void section_start(struct showing *w, const struct section *s) {
    w->inside = true;
    w->seq = s->first_seq;
    w->previous = s->previous;
    memcpy(w->salt_key, s->salt_key, sizeof w->salt_key);
    frame_section_start(&w->frames);
}

static enum status show_chunk(struct showing *w, const struct block *b,
                              bool (*each)(void *ctx, const hash256 *log,
                                           const struct record_wire *r),
                              void *ctx) {
    const struct section *s = &w->reader.sections[w->section];
    uint16_t count;
    enum status st = chunk_get(&w->packer, &w->raw, b->data, b->size, &count);
    if (st) return st;
    if (w->inside)
        frame_chunk_start(&w->frames);
    else
        section_start(w, s);
    struct cursor c = cursor_of(w->raw.data, w->raw.size);
    for (uint16_t i = 0; i < count; i++) {
        struct record_wire r;
        st = frame_get(&c, &w->frames, &s->log, w->seq, &r);
        if (st) return st;
        chain(w, &s->log, &r);
        w->seq++;
        if (each && !w->stopped && !each(ctx, &s->log, &r)) w->stopped = true;
    }
    if (c.p != c.end) return wire_damaged("a part of it holds more than it says");
    if (w->seq <= s->last_seq) return STATUS_OK;
    w->inside = false;
    w->section++;
    return hash_equal(&w->previous, &s->head)
               ? STATUS_OK
               : wire_damaged("its records do not fit their signed end");
}

static enum status check_copies(struct showing *w, const struct block *b) {
    uint16_t count;
    enum status st = chunk_get(&w->packer, &w->raw, b->data, b->size, &count);
    if (st) return st;
    frame_section_start(&w->frames);
    struct cursor c = cursor_of(w->raw.data, w->raw.size);
    for (uint16_t i = 0; i < count && !st; i++) {
        struct record_wire r;
        hash256 log;
        st = copy_get(&c, &w->frames, &log, &r);
    }
    if (!st && c.p != c.end) st = wire_damaged("a part of it holds more than it says");
    return st;
}

static enum status check_receipt(struct showing *w, const struct block *b) {
    struct arena a = {0};
    struct receipt r;
    enum status st = receipt_get(b->data, b->size, &a, &r);
    if (!st && memcmp(r.key, w->reader.manifest.carrier, 32) != 0)
        st = wire_damaged("the receipt in it is not from the office that made the pack");
    arena_release(&a);
    return st;
}

/* Piece by piece, so that no blob is ever whole in memory. The reader has seen to their order.
 */
static enum status check_piece(struct showing *w, const struct block *b) {
    struct piece p;
    enum status st = piece_get(b->data, b->size, &p);
    if (!st && p.packed) st = unpack(&w->packer, &w->raw, p.bytes, p.bytes_size, p.raw_size);
    if (st) return st;
    if (p.offset == 0) hash_start(&w->blob);
    hash_add(&w->blob, p.packed ? w->raw.data : p.bytes, p.raw_size);
    if (p.offset + p.raw_size < p.size) return STATUS_OK;
    hash256 found = hash_end(&w->blob);
    return hash_equal(&found, &p.name)
               ? STATUS_OK
               : wire_damaged("a photo or file in it is not what its name says");
}

/* Either a file or bytes in memory, and who can open it. */
struct place {
    const char *path;
    const void *bytes;
    size_t size;
    const struct bundle_opener *opener;
};

static enum status place_open(struct bundle_reader *r, const struct place *p) {
    return p->path ? reader_open_with(r, p->path, p->opener)
                   : reader_open_memory_with(r, p->bytes, p->size, p->opener);
}

static enum status show(const struct place *from, struct bundle_head *head,
                        bool (*each)(void *ctx, const hash256 *log,
                                     const struct record_wire *r),
                        void *ctx) {
    struct showing w = {0};
    enum status s = place_open(&w.reader, from);
    if (s && head && w.reader.header.sealed) head_clear(head, &w.reader.header);
    if (!s) s = reader_check(&w.reader);
    if (s) goto done;
    if (head) head_fill(head, &w.reader);
    reader_release(&w.reader);
    s = place_open(&w.reader, from);
    while (!s && !w.reader.ended && !w.stopped) {
        struct block b;
        s = reader_next(&w.reader, &b);
        if (!s && b.type == BLOCK_CHUNK) s = show_chunk(&w, &b, each, ctx);
        if (!s && b.type == BLOCK_COPIES) s = check_copies(&w, &b);
        if (!s && b.type == BLOCK_PIECE) s = check_piece(&w, &b);
        if (!s && b.type == BLOCK_RECEIPT) s = check_receipt(&w, &b);
    }
done:
    reader_release(&w.reader);
    packer_release(&w.packer);
    frame_state_release(&w.frames);
    buf_release(&w.raw);
    return s;
}

enum status bundle_show(const char *path, struct bundle_head *head,
                        bool (*each)(void *ctx, const hash256 *log,
                                     const struct record_wire *r),
                        void *ctx) {
    return show(&(struct place){.path = path}, head, each, ctx);
}

enum status bundle_show_memory(const void *p, size_t n, struct bundle_head *head,
                               bool (*each)(void *ctx, const hash256 *log,
                                            const struct record_wire *r),
                               void *ctx) {
    return show(&(struct place){.bytes = p, .size = n}, head, each, ctx);
}

enum status bundle_show_sealed(
    const char *path, const struct bundle_opener *opener, struct bundle_head *head,
    bool (*each)(void *ctx, const hash256 *log, const struct record_wire *r), void *ctx) {
    return show(&(struct place){.path = path, .opener = opener}, head, each, ctx);
}

enum status bundle_show_sealed_memory(
    const void *p, size_t n, const struct bundle_opener *opener, struct bundle_head *head,
    bool (*each)(void *ctx, const hash256 *log, const struct record_wire *r), void *ctx) {
    return show(&(struct place){.bytes = p, .size = n, .opener = opener}, head, each, ctx);
}
