/* bundle_sample.c -- making, taking apart and sealing bundles for tests. */
#include "bundle_sample.h"

#include <sodium.h>

#include "base/cbor.h"
#include "base/log.h"
#include "sync/receipt.h"

struct sample_log sample_log(uint8_t number) {
    struct sample_log l;
    uint8_t seed[32];
    memset(seed, number, sizeof seed);
    BELIEVE(sodium_init() >= 0);
    crypto_sign_seed_keypair(l.key, l.secret, seed);
    memset(l.incarnation, number + 0x20, sizeof l.incarnation);
    l.id = union_log_id(l.key, l.incarnation);
    return l;
}

static void sign(const struct sample_log *l, const struct buf *message, uint8_t out[64]) {
    crypto_sign_detached(out, NULL, message->data, message->size, l->secret);
}

/* ---- a log being written
 * ---------------------------------------------------------------------- */

#define NOW 1795305600000LL /* 2026-11-22 00:00 UTC */

struct writing {
    const struct sample_log *log;
    struct section section;
    hash256 head;
    uint8_t salt_key[32];
    int64_t seq;
    uint64_t hlc;
    struct frame_state frames;
    struct buf raw;
    uint16_t count;
};

static void writing_start(struct writing *w, const struct sample_log *l, int64_t first,
                          const hash256 *previous) {
    *w = (struct writing){
        .log = l, .seq = first - 1, .head = *previous, .hlc = (uint64_t)NOW << 16};
    w->section.log = l->id;
    memcpy(w->section.key, l->key, 32);
    memcpy(w->section.incarnation, l->incarnation, 8);
    w->section.first_seq = first;
    w->section.previous = *previous;
    if (first > 1) memset(w->salt_key, 0x5A, sizeof w->salt_key);
    memcpy(w->section.salt_key, w->salt_key, sizeof w->salt_key);
}

static struct record_wire writing_next(struct writing *w, uint16_t kind, uint8_t op) {
    w->hlc += UINT64_C(1500) << 16;
    struct record_wire r = {.seq = ++w->seq, .hlc = w->hlc, .kind = kind, .op = op};
    r.at = (int64_t)(w->hlc >> 16) + 12;
    r.row = (struct global_ref){.log = w->log->id, .seq = r.seq};
    return r;
}

static struct global_ref writing_own(const struct writing *w, int64_t seq) {
    return (struct global_ref){.log = w->log->id, .seq = seq};
}

static void writing_put(struct writing *w, struct record_wire *r, const struct buf *body) {
    static const uint8_t zeros[32];
    r->body = body ? body->data : NULL;
    r->body_size = body ? body->size : 0;
    if (r->salted) {
        struct buf salted = {0};
        buf_add(&salted, r->salt, 32);
        buf_add(&salted, r->body, r->body_size);
        r->commitment = hash_of(salted.data, salted.size);
        buf_release(&salted);
    } else if (!r->body_erased)
        r->commitment = record_commitment(r->kind == KIND_salt ? zeros : w->salt_key, r->seq,
                                          r->body, r->body_size);
    r->hash = record_hash(&w->log->id, &w->head, r);
    w->head = r->hash;
    BELIEVE(frame_put(&w->raw, &w->frames, &w->log->id, r) == STATUS_OK);
    w->count++;
}

static void writing_flush(struct writing *w, struct sample_bundle *b) {
    sample_chunk(&b->blocks[b->count].bytes, w->count, &w->raw);
    b->blocks[b->count++].type = BLOCK_CHUNK;
    frame_chunk_start(&w->frames);
    buf_clear(&w->raw);
    w->count = 0;
}

static struct section writing_end(struct writing *w, struct sample_bundle *b, bool is_signed) {
    writing_flush(w, b);
    w->section.last_seq = w->seq;
    w->section.head = w->head;
    if (is_signed) {
        struct buf message = {0};
        w->section.checkpoint.is_signed = true;
        w->section.checkpoint.at = NOW + 60000;
        checkpoint_message(&message, &w->section);
        sign(w->log, &message, w->section.checkpoint.signature);
        buf_release(&message);
    }
    frame_state_release(&w->frames);
    buf_release(&w->raw);
    return w->section;
}

/* ---- the sample
 * ------------------------------------------------------------------------------- */

static const char photo_text[] =
    "not really a photo, but long enough to be packed: "
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

static void bodies(struct buf *device, struct buf *salt, struct buf *attachment,
                   struct buf *text, uint8_t key[32]) {
    cbor_array(device, 3);
    cbor_text(device, "Night tablet", 12);
    cbor_bytes(device, "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", 32);
    cbor_bytes(device, "iiiiiiii", 8);
    memset(key, 0x5A, 32);
    cbor_array(salt, 1);
    cbor_bytes(salt, key, 32);
    hash256 photo = hash_of(photo_text, sizeof photo_text - 1);
    cbor_array(attachment, 3);
    cbor_int(attachment, 4);
    cbor_null(attachment);
    cbor_bytes(attachment, photo.b, HASH_BYTES);
    cbor_array(text, 3);
    cbor_text(text, "The lounge was warm \xE2\x9C\x93", 23);
    cbor_int(text, -500);
    cbor_bool(text, true);
}

/* The main log: every op, parent, by (own, foreign, none again), offset, erased, unknown kind,
 * two chunks. */
static struct section make_main(struct sample_bundle *b, const struct sample_log *l,
                                const struct sample_log *other) {
    struct writing w;
    struct buf device = {0}, salt = {0}, attachment = {0}, text = {0};
    uint8_t key[32];
    bodies(&device, &salt, &attachment, &text, key);
    struct global_ref person = {.log = other->id, .seq = 6, .check = {0xde, 0xad, 0xbe, 0xef}};
    writing_start(&w, l, 1, &l->id);
    struct record_wire r = writing_next(&w, KIND_device, OP_CREATE);
    writing_put(&w, &r, &device);
    r = writing_next(&w, KIND_salt, OP_CREATE);
    writing_put(&w, &r, &salt);
    memcpy(w.salt_key, key, sizeof key);
    r = writing_next(&w, KIND_person, OP_CREATE);
    writing_put(&w, &r, &text);
    r = writing_next(&w, KIND_visit, OP_CREATE);
    r.by = writing_own(&w, 3);
    writing_put(&w, &r, &text);
    r = writing_next(&w, KIND_attachment, OP_CREATE);
    r.by = person;
    r.at_offset_min = 60;
    writing_put(&w, &r, &attachment);
    r = writing_next(&w, KIND_visit, OP_CHANGE);
    r.by = person;
    r.at_offset_min = 60;
    r.row = r.parent = writing_own(&w, 4);
    writing_put(&w, &r, &text);
    writing_flush(&w, b);
    r = writing_next(&w, KIND_visit, OP_WITHDRAW);
    r.row = writing_own(&w, 4);
    r.parent = writing_own(&w, 6);
    r.at = NOW - 400LL * 86400000; /* somebody's clock was a year behind */
    writing_put(&w, &r, &text);
    r = writing_next(&w, KIND_observation, OP_CREATE);
    r.body_erased = true;
    memset(r.commitment.b, 0xC0, HASH_BYTES);
    writing_put(&w, &r, NULL);
    r = writing_next(&w, KIND_observation, OP_CREATE);
    r.salted = true;
    memset(r.salt, 0x11, sizeof r.salt);
    writing_put(&w, &r, &text);
    r = writing_next(&w, 999, OP_CHANGE);
    r.hlc = w.hlc = w.hlc - (UINT64_C(1500) << 16) + 7;
    r.by = person;
    r.row = person;
    r.row.seq = 7;
    r.parent = (struct global_ref){.log = sample_log(9).id, .seq = (1LL << 40) - 1};
    writing_put(&w, &r, &text);
    buf_release(&device);
    buf_release(&salt);
    buf_release(&attachment);
    buf_release(&text);
    return writing_end(&w, b, true);
}

/* A piece of another device's log, carried on without a checkpoint. */
static struct section make_tail(struct sample_bundle *b, const struct sample_log *l,
                                const struct sample_log *main_log, bool branch) {
    struct writing w;
    struct buf text = {0};
    hash256 previous;
    memset(previous.b, 0x77, HASH_BYTES);
    cbor_array(&text, 1);
    cbor_text(&text, branch ? "branch" : "carried on", branch ? 6 : 10);
    writing_start(&w, l, 5, &previous);
    for (int i = 0; i < 3; i++) {
        struct record_wire r = writing_next(&w, KIND_addendum, i ? OP_CHANGE : OP_CREATE);
        if (i) r.row = writing_own(&w, 5);
        if (i == 2) r.parent = (struct global_ref){.log = main_log->id, .seq = 2};
        writing_put(&w, &r, &text);
        if (branch && i == 0) memcpy(w.section.branch, w.head.b, 8);
    }
    buf_release(&text);
    return writing_end(&w, b, branch);
}

static void make_receipt(struct buf *out, const struct sample_log *office,
                         const struct sample_log *of) {
    struct buf message = {0};
    uint8_t signature[64];
    buf_u64(out, 17);
    buf_u64(out, (uint64_t)NOW);
    static const uint8_t zeros[40] = {0};
    buf_add(out, zeros, 32); /* provider */
    buf_add(out, office->key, 32);
    buf_u32(out, 1);
    buf_add(out, of->id.b, HASH_BYTES);
    buf_add(out, zeros, 8);
    buf_u64(out, 4);
    buf_add(out, of->id.b, HASH_BYTES);
    buf_u32(out, 1);
    buf_add(out, of->id.b, HASH_BYTES);
    buf_add(out, zeros, 8);
    buf_u64(out, 5);
    buf_u64(out, 8);
    buf_u32(out, 1);
    buf_add(out, of->id.b, HASH_BYTES);
    buf_text(&message, "lantern receipt 1");
    buf_add(&message, out->data, out->size);
    sign(office, &message, signature);
    buf_add(out, signature, sizeof signature);
    buf_release(&message);
}

static void make_copies(struct buf *out, const struct sample_log *a,
                        const struct sample_log *c) {
    struct frame_state frames = {0};
    struct buf raw = {0};
    for (int i = 0; i < 3; i++) {
        const struct sample_log *l = i == 1 ? c : a;
        struct record_wire r = {.seq = 40 + i, .hlc = (uint64_t)(NOW + i) << 16, .at = NOW};
        r.kind = KIND_action;
        r.op = OP_CHANGE;
        r.row = r.parent = (struct global_ref){.log = l->id, .seq = 12};
        r.by = (struct global_ref){.log = c->id, .seq = 2};
        r.body = (const uint8_t *)"\x80";
        r.body_size = 1;
        memset(r.hash.b, 0x40 + i, HASH_BYTES);
        BELIEVE(copy_put(&raw, &frames, &l->id, &r) == STATUS_OK);
    }
    sample_chunk(out, 3, &raw);
    frame_state_release(&frames);
    buf_release(&raw);
}

static int by_name(const void *a, const void *b) {
    return memcmp(((const struct piece *)a)->name.b, ((const struct piece *)b)->name.b, 32);
}

static void make_pieces(struct sample_bundle *b) {
    struct packer packer = {0};
    struct buf packed = {0};
    size_t n = sizeof photo_text - 1;
    pack(&packer, &packed, photo_text, n);
    struct piece pieces[3] = {{.name = hash_of(photo_text, n),
                               .size = (uint32_t)n,
                               .raw_size = (uint32_t)n,
                               .packed = true,
                               .bytes = packed.data,
                               .bytes_size = packed.size},
                              {.name = hash_of("short", 5),
                               .size = 5,
                               .raw_size = 5,
                               .bytes = (const uint8_t *)"short",
                               .bytes_size = 5},
                              {.name = hash_of("", 0)}};
    qsort(pieces, 3, sizeof *pieces, by_name);
    for (size_t i = 0; i < 3; i++) {
        piece_put(&b->blocks[b->count].bytes, &pieces[i]);
        b->blocks[b->count++].type = BLOCK_PIECE;
    }
    packer_release(&packer);
    buf_release(&packed);
}

static int by_section(const void *a, const void *b) {
    return section_order(a, b);
}

void sample_make(struct sample_bundle *b) {
    *b = (struct sample_bundle){.carrier = sample_log(1)};
    struct sample_log main_log = sample_log(1), other = sample_log(2), third = sample_log(3);
    header_put(&b->header, &(struct wire_header){0});
    b->blocks[0].type = BLOCK_MANIFEST;
    b->blocks[1].type = BLOCK_TABLE;
    b->count = 2;
    /* Chunks must follow the table's order: by log id, which these calls must meet. */
    struct section sections[3];
    const struct sample_log *order[3] = {&main_log, &other, &third};
    for (int i = 0; i < 3; i++)
        for (int k = i + 1; k < 3; k++)
            if (memcmp(order[i]->id.b, order[k]->id.b, 32) > 0) {
                const struct sample_log *t = order[i];
                order[i] = order[k];
                order[k] = t;
            }
    for (int i = 0; i < 3; i++)
        sections[i] = order[i] == &main_log
                          ? make_main(b, &main_log, &other)
                          : make_tail(b, order[i], &main_log, order[i] == &third);
    qsort(sections, 3, sizeof *sections, by_section);
    for (int i = 0; i < 3; i++)
        section_put(&b->blocks[1].bytes, &sections[i]);
    struct manifest m = {.purpose = BUNDLE_PACK,
                         .made_at = NOW + 70000,
                         .sections = 3,
                         .copies = 3,
                         .records = 16,
                         .receipt = true,
                         .carrier_name = "Office",
                         .program = "Lantern 1",
                         .tablet = "Night tablet"};
    memcpy(m.carrier, b->carrier.key, 32);
    manifest_put(&b->blocks[0].bytes, &m);
    make_copies(&b->blocks[b->count].bytes, &main_log, &other);
    b->blocks[b->count++].type = BLOCK_COPIES;
    make_receipt(&b->blocks[b->count].bytes, &b->carrier, &other);
    b->blocks[b->count++].type = BLOCK_RECEIPT;
    make_pieces(b);
}

/* ---- blocks
 * ----------------------------------------------------------------------------------- */

void sample_chunk(struct buf *out, uint16_t count, const struct buf *raw) {
    struct packer p = {0};
    buf_clear(out);
    chunk_put(&p, out, count, raw);
    packer_release(&p);
}

struct sample_block *sample_find(struct sample_bundle *b, uint8_t type, size_t nth) {
    for (size_t i = 0; i < b->count; i++)
        if (b->blocks[i].type == type && nth-- == 0) return &b->blocks[i];
    log_belief_failed("the sample has that block", __FILE__, __LINE__);
}

bool sample_split(struct sample_bundle *b, const uint8_t *p, size_t n) {
    *b = (struct sample_bundle){.carrier = sample_log(1)};
    struct cursor c = cursor_of(p, n);
    cursor_take(&c, 12);
    uint32_t header = cursor_u32(&c);
    if (c.bad || header < WIRE_HEADER_MIN || header > n) return false;
    buf_add(&b->header, p, header);
    c = cursor_of(p + header, n - header);
    while (c.p != c.end && b->count < SAMPLE_BLOCKS_MAX) {
        uint8_t type = cursor_byte(&c);
        uint32_t size = cursor_u32(&c);
        const uint8_t *bytes = cursor_take(&c, size);
        if (!bytes) return false;
        if (type == BLOCK_TRAILER) return true;
        b->blocks[b->count].type = type;
        buf_add(&b->blocks[b->count++].bytes, bytes, size);
    }
    return false;
}

void sample_header_hash(struct sample_bundle *b) {
    struct buf all = {0};
    buf_text(&all, "lantern header 1");
    buf_add(&all, b->header.data, b->header.size - 32);
    hash256 h = hash_of(all.data, all.size);
    memcpy(b->header.data + b->header.size - 32, h.b, 32);
    buf_release(&all);
}

void sample_seal(struct sample_bundle *b, struct buf *out) {
    buf_clear(out);
    buf_add(out, b->header.data, b->header.size);
    for (size_t i = 0; i < b->count; i++) {
        buf_byte(out, b->blocks[i].type);
        buf_u32(out, (uint32_t)b->blocks[i].bytes.size);
        buf_add(out, b->blocks[i].bytes.data, b->blocks[i].bytes.size);
    }
    struct trailer t = {.length = out->size + WIRE_BLOCK_HEAD + WIRE_TRAILER_BYTES};
    t.digest = hash_of(out->data + b->header.size, out->size - b->header.size);
    hash256 header;
    memcpy(header.b, b->header.data + b->header.size - 32, 32);
    struct buf message = {0};
    trailer_message(&message, &header, &t);
    sign(&b->carrier, &message, t.signature);
    buf_release(&message);
    buf_byte(out, BLOCK_TRAILER);
    buf_u32(out, WIRE_TRAILER_BYTES);
    trailer_put(out, &t);
}

void sample_release(struct sample_bundle *b) {
    buf_release(&b->header);
    for (size_t i = 0; i < SAMPLE_BLOCKS_MAX; i++)
        buf_release(&b->blocks[i].bytes);
}

/* ---- as JSON
 * ---------------------------------------------------------------------------------- */

static void put_hex(struct buf *out, const void *p, size_t n) {
    const uint8_t *b = p;
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "%02x", b[i]);
}

static void put_ref(struct buf *out, const char *name, const struct global_ref *r) {
    buf_printf(out, ",\"%s\":", name);
    if (r->seq == 0) {
        buf_text(out, "null");
        return;
    }
    buf_text(out, "\"");
    put_hex(out, r->log.b, 32);
    buf_printf(out, ":%lld:", (long long)r->seq);
    put_hex(out, r->check, 4);
    buf_text(out, "\"");
}

void sample_json(struct buf *out, const hash256 *log, const struct record_wire *r) {
    buf_text(out, "{\"log\":\"");
    put_hex(out, log->b, 32);
    buf_printf(out,
               "\",\"seq\":%lld,\"hlc\":%llu,\"at\":%lld,\"offset\":%d,\"kind\":%d,\"op\":%d",
               (long long)r->seq, (unsigned long long)r->hlc, (long long)r->at,
               r->at_offset_min, r->kind, r->op);
    put_ref(out, "by", &r->by);
    put_ref(out, "row", &r->row);
    put_ref(out, "parent", &r->parent);
    buf_text(out, ",\"body\":");
    if (r->body_erased) {
        buf_text(out, "null");
    } else {
        buf_text(out, "\"");
        put_hex(out, r->body, r->body_size);
        buf_text(out, "\"");
    }
    buf_text(out, ",\"commitment\":\"");
    put_hex(out, r->commitment.b, 32);
    buf_text(out, "\",\"hash\":\"");
    put_hex(out, r->hash.b, 32);
    buf_text(out, "\"}\n");
}
