/* bundle_vectors.c -- see bundle_vectors.h. Built with the log writer of bundle_sample.c. */
#include "bundle_vectors.h"

#include "base/cbor.h"
#include "base/text.h"
#include "sync/receipt.h"

/* ---- bodies and records
 * ----------------------------------------------------------------------- */

static struct buf *one_text(struct buf *b, const char *words) {
    buf_clear(b);
    cbor_array(b, 1);
    cbor_text(b, words, strlen(words));
    return b;
}

static struct buf *salt_body(struct buf *b, uint8_t fill) {
    uint8_t key[32];
    memset(key, fill, sizeof key);
    buf_clear(b);
    cbor_array(b, 1);
    cbor_bytes(b, key, sizeof key);
    return b;
}

static void put_words(struct writing *w, uint16_t kind, const char *words) {
    struct buf b = {0};
    struct record_wire r = writing_next(w, kind, OP_CREATE);
    writing_put(w, &r, one_text(&b, words));
    buf_release(&b);
}

static void put_salt(struct writing *w, uint8_t fill) {
    struct buf b = {0};
    struct record_wire r = writing_next(w, KIND_salt, OP_CREATE);
    writing_put(w, &r, salt_body(&b, fill));
    memset(w->salt_key, fill, sizeof w->salt_key);
    buf_release(&b);
}

/* The commitment of words that do not go along: withheld here, not erased. */
static void put_withheld(struct writing *w, uint16_t kind, const char *words) {
    struct buf b = {0};
    struct record_wire r = writing_next(w, kind, OP_CREATE);
    one_text(&b, words);
    r.commitment = record_commitment(w->salt_key, r.seq, b.data, b.size);
    r.body_erased = true;
    writing_put(w, &r, NULL);
    buf_release(&b);
}

static void put_own_salt(struct writing *w, uint16_t kind, const char *words) {
    struct buf b = {0};
    struct record_wire r = writing_next(w, kind, OP_CREATE);
    r.salted = true;
    memset(r.salt, 0x30 + (int)r.seq, sizeof r.salt);
    writing_put(w, &r, one_text(&b, words));
    buf_release(&b);
}

static void put_erased(struct writing *w, uint16_t kind) {
    struct record_wire r = writing_next(w, kind, OP_CREATE);
    r.body_erased = true;
    memset(r.commitment.b, 0xE0 + (int)r.seq, HASH_BYTES);
    writing_put(w, &r, NULL);
}

static hash256 provider_of(const struct sample_log *office) {
    struct buf b = {0};
    buf_text(&b, "lantern provider 1");
    buf_add(&b, office->id.b, HASH_BYTES);
    buf_u64(&b, 2);
    hash256 id = hash_of(b.data, b.size);
    buf_release(&b);
    return id;
}

/* ---- frame of a bundle
 * ------------------------------------------------------------------------ */

static void vector_begin(struct sample_bundle *b, uint8_t carrier) {
    *b = (struct sample_bundle){.carrier = sample_log(carrier), .count = 2};
    header_put(&b->header, &(struct wire_header){0});
    b->blocks[0].type = BLOCK_MANIFEST;
    b->blocks[1].type = BLOCK_TABLE;
}

static void vector_end(struct sample_bundle *b, struct manifest *m, const struct section *s,
                       uint32_t sections) {
    m->made_at = NOW + 70000;
    m->sections = sections;
    memcpy(m->carrier, b->carrier.key, 32);
    text_copy(m->program, sizeof m->program, "Lantern 1");
    for (uint32_t i = 0; i < sections; i++) {
        m->records += (uint64_t)(s[i].last_seq - s[i].first_seq + 1);
        section_put(&b->blocks[1].bytes, &s[i]);
    }
    manifest_put(&b->blocks[0].bytes, m);
}

static struct buf *next_block(struct sample_bundle *b, uint8_t type) {
    b->blocks[b->count].type = type;
    return &b->blocks[b->count++].bytes;
}

/* ---- a pack
 * ----------------------------------------------------------------------------------- */

static struct section pack_section(struct sample_bundle *b, const struct sample_log *office,
                                   const hash256 *provider) {
    struct writing w;
    writing_start(&w, office, 1, &office->id);
    put_words(&w, KIND_device, "Office");
    put_words(&w, KIND_provider, "Provider");
    put_salt(&w, 0x5B);
    put_words(&w, KIND_service, "North");
    put_withheld(&w, KIND_service, "South");
    put_withheld(&w, KIND_target, "of South");
    writing_flush(&w, b);
    put_words(&w, KIND_target, "of North");
    put_words(&w, 999, "of a kind that comes later");
    struct section s = writing_end(&w, b, false);
    struct buf message = {0};
    s.checkpoint =
        (struct checkpoint){.is_signed = true, .at = NOW + 65000, .provider = *provider};
    checkpoint_message(&message, &s);
    sign(office, &message, s.checkpoint.signature);
    buf_release(&message);
    return s;
}

/* Two of one log, one without its words, one with its own salt. */
static void pack_copies(struct buf *out, const struct sample_log *one,
                        const struct sample_log *two) {
    struct frame_state frames = {0};
    struct buf raw = {0}, body = {0};
    one_text(&body, "Fix the bell in room 4");
    for (int i = 0; i < 4; i++) {
        const struct sample_log *l = i < 2 ? one : two;
        struct record_wire r = {.seq = 40 + i, .hlc = (uint64_t)(NOW - i) << 16 | (uint64_t)i};
        r.at = NOW + i;
        r.kind = KIND_action;
        r.row = (struct global_ref){.log = l->id, .seq = r.seq};
        r.by = (struct global_ref){.log = one->id, .seq = 2};
        if (i == 3) r.by = (struct global_ref){.log = two->id, .seq = 9};
        if (i != 3 && l == two) memset(r.by.check, 0xAB, 4);
        r.body_erased = i == 1;
        r.salted = i == 2;
        if (r.salted) memset(r.salt, 0x22, sizeof r.salt);
        if (!r.body_erased) r.body = body.data;
        if (!r.body_erased) r.body_size = body.size;
        memset(r.commitment.b, r.body_erased ? 0xC7 : 0, HASH_BYTES);
        memset(r.hash.b, 0x40 + i, HASH_BYTES);
        BELIEVE(copy_put(&raw, &frames, &l->id, &r) == STATUS_OK);
    }
    sample_chunk(out, 4, &raw);
    frame_state_release(&frames);
    buf_release(&raw);
    buf_release(&body);
}

static void receipt_run(struct buf *out, const hash256 *log, uint8_t branch, uint64_t a) {
    buf_add(out, log->b, HASH_BYTES);
    for (int i = 0; i < 8; i++)
        buf_byte(out, branch);
    buf_u64(out, a);
}

/* Two logs, one of them with a fork; two gaps; two blobs that are lacking. */
static void pack_receipt(struct buf *out, const struct sample_log *office,
                         const hash256 *provider, const struct sample_log *one,
                         const struct sample_log *two) {
    struct buf message = {0};
    uint8_t signature[64];
    const hash256 *low = &one->id, *high = &two->id;
    if (memcmp(low->b, high->b, HASH_BYTES) > 0) low = &two->id, high = &one->id;
    buf_u64(out, 1795305600);
    buf_u64(out, (uint64_t)NOW);
    buf_add(out, provider->b, HASH_BYTES);
    buf_add(out, office->key, 32);
    buf_u32(out, 3);
    receipt_run(out, low, 0, 12);
    buf_add(out, high->b, HASH_BYTES);
    receipt_run(out, high, 0, 4);
    buf_add(out, low->b, HASH_BYTES);
    receipt_run(out, high, 0x66, 9);
    buf_add(out, high->b, HASH_BYTES);
    buf_u32(out, 2);
    receipt_run(out, low, 0, 13);
    buf_u64(out, 20);
    receipt_run(out, low, 0, 25);
    buf_u64(out, 25);
    buf_u32(out, 2);
    for (int i = 1; i < 3; i++)
        for (int k = 0; k < HASH_BYTES; k++)
            buf_byte(out, (uint8_t)i);
    receipt_message(&message, out->data, out->size);
    sign(office, &message, signature);
    buf_add(out, signature, sizeof signature);
    buf_release(&message);
}

/* A blob of two pieces. */
static void pack_blob(struct sample_bundle *b) {
    struct packer packer = {0};
    struct buf blob = {0}, packed = {0};
    for (int i = 0; i < 300000; i++)
        buf_byte(&blob, (uint8_t)(i / 1000));
    hash256 name = hash_of(blob.data, blob.size);
    for (size_t at = 0; at < blob.size; at += BUNDLE_PIECE_BYTES) {
        size_t n = blob.size - at < BUNDLE_PIECE_BYTES ? blob.size - at : BUNDLE_PIECE_BYTES;
        buf_clear(&packed);
        pack(&packer, &packed, blob.data + at, n);
        struct piece p = {.name = name,
                          .size = (uint32_t)blob.size,
                          .offset = (uint32_t)at,
                          .raw_size = (uint32_t)n,
                          .packed = true,
                          .bytes = packed.data,
                          .bytes_size = packed.size};
        piece_put(next_block(b, BLOCK_PIECE), &p);
    }
    packer_release(&packer);
    buf_release(&blob);
    buf_release(&packed);
}

static void make_pack(struct sample_bundle *b) {
    struct sample_log office = sample_log(1), one = sample_log(2), two = sample_log(3);
    struct manifest m = {.purpose = BUNDLE_PACK,
                         .copies = 4,
                         .receipt = true,
                         .made_offset_min = 60,
                         .carrier_name = "Office",
                         .tablet = "Tablet 2"};
    vector_begin(b, 1);
    m.provider = provider_of(&office);
    struct section s = pack_section(b, &office, &m.provider);
    pack_copies(next_block(b, BLOCK_COPIES), &one, &two);
    pack_receipt(next_block(b, BLOCK_RECEIPT), &office, &m.provider, &one, &two);
    pack_blob(b);
    sample_credentials(b, false);
    vector_end(b, &m, &s, 1);
}

/* ---- a fork, erased words, nothing
 * ------------------------------------------------------------ */

/* Two devices went on from record 2 of one log: the tail with the lower first hash is no better
 * than the other; here the second one is named as a branch. */
static void make_fork(struct sample_bundle *b) {
    struct sample_log cloned = sample_log(2);
    struct manifest m = {.carrier_name = "Tablet 3"};
    struct writing w;
    struct section s[2];
    vector_begin(b, 3);
    writing_start(&w, &cloned, 1, &cloned.id);
    put_words(&w, KIND_device, "Tablet 2");
    put_salt(&w, 0x5A);
    hash256 common = w.head;
    writing_flush(&w, b);
    put_words(&w, KIND_visit, "first tail");
    put_words(&w, KIND_visit, "first tail goes on");
    s[0] = writing_end(&w, b, true);
    writing_start(&w, &cloned, 3, &common);
    for (int i = 0; i < 3; i++) {
        put_words(&w, KIND_visit, "second tail");
        if (i == 0) memcpy(w.section.branch, w.head.b, 8);
    }
    s[1] = writing_end(&w, b, true);
    vector_end(b, &m, s, 2);
}

/* A key that was erased, with all that was made under it: erased, or with its own salt; then
 * one that is under no key; then a new key. */
static void make_erased(struct sample_bundle *b) {
    struct sample_log log = sample_log(4);
    struct manifest m = {.carrier_name = "Tablet 4"};
    struct writing w;
    vector_begin(b, 4);
    writing_start(&w, &log, 1, &log.id);
    put_words(&w, KIND_device, "Tablet 4");
    put_erased(&w, KIND_salt);
    put_own_salt(&w, KIND_visit, "still there");
    put_erased(&w, KIND_observation);
    put_own_salt(&w, KIND_observation, "");
    put_words(&w, KIND_observation, "under no key");
    put_salt(&w, 0x5C);
    put_words(&w, KIND_observation, "under the new key");
    struct section s = writing_end(&w, b, true);
    vector_end(b, &m, &s, 1);
}

static void make_empty(struct sample_bundle *b) {
    struct manifest m = {.made_offset_min = -60};
    vector_begin(b, 5);
    vector_end(b, &m, NULL, 0);
}

const struct vector vectors[] = {{"small", sample_make}, {"pack", make_pack},
                                 {"fork", make_fork},    {"erased", make_erased},
                                 {"empty", make_empty},  {NULL, NULL}};

/* ---- as JSON
 * ---------------------------------------------------------------------------------- */

static void put_bytes(struct buf *out, const char *key, const void *p, size_t n) {
    buf_printf(out, "\"%s\":\"", key);
    put_hex(out, p, n);
    buf_text(out, "\",");
}

static void put_number(struct buf *out, const char *key, int64_t v) {
    buf_printf(out, "\"%s\":%lld,", key, (long long)v);
}

/* The last comma goes. */
static void put_end(struct buf *out, const char *end) {
    if (out->data[out->size - 1] == ',') out->size--;
    buf_text(out, end);
}

static void put_manifest(struct buf *out, const struct manifest *m) {
    buf_text(out, "{\"part\":\"manifest\",");
    put_number(out, "purpose", m->purpose);
    put_number(out, "made", m->made_at);
    put_number(out, "offset", m->made_offset_min);
    put_bytes(out, "provider", m->provider.b, HASH_BYTES);
    put_bytes(out, "carrier", m->carrier, 32);
    put_number(out, "sections", m->sections);
    put_number(out, "records", (int64_t)m->records);
    put_number(out, "copies", m->copies);
    put_number(out, "receipt", m->receipt);
    buf_printf(out, "\"name\":\"%s\",\"program\":\"%s\",\"tablet\":\"%s\"}\n", m->carrier_name,
               m->program, m->tablet);
}

static void put_section(struct buf *out, const struct section *s) {
    buf_text(out, "{\"part\":\"section\",");
    put_bytes(out, "log", s->log.b, HASH_BYTES);
    put_bytes(out, "branch", s->branch, 8);
    put_number(out, "first", s->first_seq);
    put_number(out, "last", s->last_seq);
    put_bytes(out, "salt", s->salt_key, 32);
    put_bytes(out, "head", s->head.b, HASH_BYTES);
    put_number(out, "signed", s->checkpoint.is_signed);
    put_number(out, "at", s->checkpoint.at);
    put_end(out, "}\n");
}

static void put_credentials(struct buf *out, const struct credentials *c) {
    buf_text(out, "{\"part\":\"credentials\",");
    put_number(out, "office_at", c->office_at);
    put_bytes(out, "recovery", c->recovery, 32);
    put_number(out, "token", c->token_any);
    put_end(out, ",\"successions\":[");
    for (uint32_t i = 0; i < c->successions_count; i++) {
        buf_text(out, "{");
        put_bytes(out, "before", c->successions[i].before, 32);
        put_bytes(out, "after", c->successions[i].after, 32);
        put_number(out, "at", c->successions[i].at);
        put_end(out, "},");
    }
    put_end(out, "],\"proofs\":[");
    for (uint32_t i = 0; i < c->proofs_count; i++) {
        buf_text(out, "{");
        put_bytes(out, "key", c->proofs[i].key, 32);
        put_bytes(out, "token", c->proofs[i].token_id, TOKEN_ID_BYTES);
        put_bytes(out, "mac", c->proofs[i].mac.b, HASH_BYTES);
        put_end(out, "},");
    }
    put_end(out, "]}\n");
}

static enum status put_copies(struct buf *out, struct packer *p, const struct block *b) {
    struct frame_state frames = {0};
    struct buf raw = {0};
    uint16_t count = 0;
    enum status s = chunk_get(p, &raw, b->data, b->size, &count);
    struct cursor c = cursor_of(raw.data, raw.size);
    for (uint16_t i = 0; i < count && !s; i++) {
        struct record_wire r;
        hash256 log;
        s = copy_get(&c, &frames, &log, &r);
        if (s) break;
        buf_text(out, "{\"part\":\"copy\",");
        put_bytes(out, "own_salt", r.salt, r.salted ? 32 : 0);
        buf_text(out, "\"record\":");
        sample_json(out, &log, &r);
        out->size--; /* the line's end */
        buf_text(out, "}\n");
    }
    frame_state_release(&frames);
    buf_release(&raw);
    return s;
}

static enum status put_receipt(struct buf *out, const struct block *b) {
    struct arena a = {0};
    struct receipt r;
    enum status s = receipt_get(b->data, b->size, &a, &r);
    if (s) goto done;
    buf_text(out, "{\"part\":\"receipt\",");
    put_number(out, "number", r.number);
    put_number(out, "at", r.at);
    put_bytes(out, "provider", r.provider.b, HASH_BYTES);
    put_bytes(out, "key", r.key, 32);
    put_end(out, ",\"logs\":[");
    for (uint32_t i = 0; i < r.logs_count; i++) {
        buf_text(out, "{");
        put_bytes(out, "log", r.logs[i].log.b, HASH_BYTES);
        put_bytes(out, "branch", r.logs[i].branch, 8);
        put_number(out, "seq", r.logs[i].seq);
        put_bytes(out, "hash", r.logs[i].hash.b, HASH_BYTES);
        put_end(out, "},");
    }
    put_end(out, "],\"gaps\":[");
    for (uint32_t i = 0; i < r.gaps_count; i++) {
        buf_text(out, "{");
        put_bytes(out, "log", r.gaps[i].log.b, HASH_BYTES);
        put_bytes(out, "branch", r.gaps[i].branch, 8);
        put_number(out, "first", r.gaps[i].first);
        put_number(out, "last", r.gaps[i].last);
        put_end(out, "},");
    }
    put_end(out, "],\"lacking\":[");
    for (uint32_t i = 0; i < r.lacking_count; i++) {
        buf_text(out, "\"");
        put_hex(out, r.lacking[i].b, HASH_BYTES);
        buf_text(out, "\",");
    }
    put_end(out, "]}\n");
done:
    arena_release(&a);
    return s;
}

static enum status put_piece(struct buf *out, const struct block *b) {
    struct piece p;
    enum status s = piece_get(b->data, b->size, &p);
    if (s || p.offset) return s;
    buf_text(out, "{\"part\":\"blob\",");
    put_bytes(out, "name", p.name.b, HASH_BYTES);
    put_number(out, "size", p.size);
    put_end(out, "}\n");
    return STATUS_OK;
}

enum status vector_parts(struct buf *out, const uint8_t *p, size_t n,
                         const struct bundle_opener *opener) {
    struct bundle_reader r;
    struct packer packer = {0};
    bool credentials = false;
    enum status s = reader_open_memory_with(&r, p, n, opener);
    if (!s) put_manifest(out, &r.manifest);
    for (uint32_t i = 0; !s && i < r.manifest.sections; i++)
        put_section(out, &r.sections[i]);
    while (!s && !r.ended) {
        struct block b;
        s = reader_next(&r, &b);
        if (!s && r.credentials_seen && !credentials) put_credentials(out, &r.credentials);
        credentials |= r.credentials_seen;
        if (!s && b.type == BLOCK_COPIES) s = put_copies(out, &packer, &b);
        if (!s && b.type == BLOCK_RECEIPT) s = put_receipt(out, &b);
        if (!s && b.type == BLOCK_PIECE) s = put_piece(out, &b);
    }
    packer_release(&packer);
    reader_release(&r);
    return s;
}
