/* test_bundle.c -- the bundle's bytes: every record survives the trip, every damage is noticed.
 * needs: sync store base
 *
 * All of it in memory, on a small bundle that holds every construct (bundle_sample.c). What is
 * refused for its digest alone proves little about the rules behind it, so the second half
 * changes the bundle and seals it again with fitting hashes and signatures: then each rule has
 * to refuse by itself. */
#include "support.h"

#include "base/file.h"
#include "bundle_sample.c" /* each test is one program of one file */

#define GOLDEN "tests/golden/small"

static enum status accept_bytes(const uint8_t *p, size_t n) {
    return bundle_show_memory(p, n, NULL, NULL, NULL);
}

static enum status check_only(const uint8_t *p, size_t n) {
    struct bundle_reader r;
    enum status s = reader_open_memory(&r, p, n);
    if (!s) s = reader_check(&r);
    reader_release(&r);
    return s;
}

static void sample_bytes(struct buf *out) {
    struct sample_bundle b;
    sample_make(&b);
    sample_seal(&b, out);
    sample_release(&b);
}

/* ---- frames
 * ----------------------------------------------------------------------------------- */

static struct global_ref random_ref(draw *d, const hash256 *logs, size_t own, int64_t seq) {
    struct global_ref r = {0};
    size_t which = draw_below(d, 4);
    r.log = logs[which];
    r.seq = which == own ? 1 + (int64_t)draw_below(d, (uint32_t)seq - 1)
                         : 1 + (int64_t)(draw_next(d) % (uint64_t)WIRE_SEQ_MAX);
    if (which != own)
        for (int i = 0; i < 4; i++)
            r.check[i] = (uint8_t)draw_next(d);
    return r;
}

static struct record_wire random_record(draw *d, const hash256 *logs, size_t own, int64_t seq,
                                        uint64_t *hlc, uint8_t *body) {
    static const int64_t steps[] = {1, 65536, 65536 * 1000, 65536LL * 86400000};
    struct record_wire r = {.seq = seq};
    *hlc += (uint64_t)steps[draw_below(d, 4)] + draw_below(d, 70000);
    r.hlc = *hlc;
    r.at = (int64_t)(*hlc >> 16) +
           (draw_below(d, 3) ? 0 : (int64_t)draw_below(d, 2000000) - 1000000);
    r.at_offset_min = draw_below(d, 4) ? 0 : (int16_t)((int)draw_below(d, 2881) - 1440);
    r.kind = (uint16_t)(1 + draw_below(d, 65535));
    r.op = (uint8_t)draw_below(d, 3);
    r.row = (struct global_ref){.log = logs[own], .seq = seq};
    if (r.op) r.row = random_ref(d, logs, own, seq);
    if (r.op && draw_below(d, 2)) r.parent = random_ref(d, logs, own, seq);
    if (draw_below(d, 3)) r.by = random_ref(d, logs, own, seq);
    r.body_erased = draw_below(d, 10) == 0;
    if (r.body_erased) {
        memset(r.commitment.b, (int)draw_below(d, 256), 32);
    } else {
        r.body_size = draw_below(d, 300);
        for (size_t i = 0; i < r.body_size; i++)
            body[i] = (uint8_t)draw_next(d);
        r.body = body;
        r.salted = r.kind != KIND_salt && draw_below(d, 8) == 0;
        if (r.salted) memset(r.salt, (int)draw_below(d, 256), sizeof r.salt);
    }
    return r;
}

static bool same_record(const struct record_wire *a, const struct record_wire *b) {
    return a->seq == b->seq && a->hlc == b->hlc && a->at == b->at &&
           a->at_offset_min == b->at_offset_min && a->kind == b->kind && a->op == b->op &&
           memcmp(&a->by, &b->by, sizeof a->by) == 0 &&
           memcmp(&a->row, &b->row, sizeof a->row) == 0 &&
           memcmp(&a->parent, &b->parent, sizeof a->parent) == 0 &&
           a->body_erased == b->body_erased && a->body_size == b->body_size &&
           (a->body_size == 0 || memcmp(a->body, b->body, a->body_size) == 0) &&
           hash_equal(&a->commitment, &b->commitment) && a->salted == b->salted &&
           memcmp(a->salt, b->salt, 32) == 0;
}

/* Written, read, and written again from what was read: the same record and the same bytes. */
static void frames_round_trip(void **state) {
    (void)state;
    draw d = {20261122};
    hash256 logs[4];
    for (int i = 0; i < 4; i++)
        logs[i] = hash_of(&i, sizeof i);
    struct frame_state w = {0}, r = {0}, again = {0};
    struct buf bytes = {0}, second = {0};
    uint64_t hlc = UINT64_C(1795305600000) << 16;
    uint8_t body[300];
    int64_t count = 0;
    for (int64_t seq = 2; seq < 5002; seq++) {
        buf_clear(&bytes);
        buf_clear(&second);
        if (draw_below(&d, 50) == 0) {
            frame_chunk_start(&w);
            frame_chunk_start(&r);
            frame_chunk_start(&again);
        }
        struct record_wire in = random_record(&d, logs, 2, seq, &hlc, body), out;
        assert_int_equal(frame_put(&bytes, &w, &logs[2], &in), STATUS_OK);
        struct cursor c = cursor_of(bytes.data, bytes.size);
        assert_int_equal(frame_get(&c, &r, &logs[2], seq, &out), STATUS_OK);
        assert_true(c.p == c.end);
        assert_true(same_record(&in, &out));
        assert_int_equal(frame_put(&second, &again, &logs[2], &out), STATUS_OK);
        assert_int_equal(second.size, bytes.size);
        assert_memory_equal(second.data, bytes.data, bytes.size);
        count++;
    }
    frame_state_release(&w);
    frame_state_release(&r);
    frame_state_release(&again);
    buf_release(&bytes);
    buf_release(&second);
    printf("figure: %lld random frames written, read and written again the same\n",
           (long long)count);
}

/* Whatever bytes frame_get accepts, frame_put makes again: there is one form for each record.
 */
static void frames_have_one_form(void **state) {
    (void)state;
    draw d = {7};
    hash256 log = hash_of("a", 1);
    struct buf first = {0}, again = {0};
    int64_t accepted = 0;
    for (int round = 0; round < 200000; round++) {
        struct frame_state r = {0}, w = {0};
        struct record_wire out;
        uint8_t bytes[80];
        size_t n = 1 + draw_below(&d, sizeof bytes);
        for (size_t i = 0; i < n; i++)
            bytes[i] = (uint8_t)(draw_below(&d, 3) ? draw_below(&d, 6) : draw_next(&d));
        struct cursor c = cursor_of(bytes, n);
        if (frame_get(&c, &r, &log, 9, &out) == STATUS_OK) {
            buf_clear(&again);
            assert_int_equal(frame_put(&again, &w, &log, &out), STATUS_OK);
            assert_int_equal(again.size, (size_t)(c.p - bytes));
            assert_memory_equal(again.data, bytes, again.size);
            accepted++;
        }
        frame_state_release(&r);
        frame_state_release(&w);
    }
    buf_release(&first);
    buf_release(&again);
    assert_true(accepted > 1000);
    printf("figure: %lld of 200000 random byte strings were frames; each had that form only\n",
           (long long)accepted);
}

/* ---- the whole
 * -------------------------------------------------------------------------------- */

static bool collect(void *ctx, const hash256 *log, const struct record_wire *r) {
    sample_json(ctx, log, r);
    return true;
}

static void sample_is_read(void **state) {
    (void)state;
    struct buf bytes = {0}, lines = {0};
    struct bundle_head head;
    sample_bytes(&bytes);
    enum status s = bundle_show_memory(bytes.data, bytes.size, &head, collect, &lines);
    if (s) print_error("%s\n", status_detail());
    assert_int_equal(s, STATUS_OK);
    assert_int_equal(head.records, 16);
    assert_int_equal(head.copies, 3);
    assert_int_equal(head.blobs, 3);
    assert_int_equal(head.sections, 3);
    assert_true(head.receipt);
    assert_string_equal(head.carrier, "Office");
    assert_string_equal(head.tablet, "Night tablet");
    assert_true(bytes.size <= 8192);
    printf("figure: the sample bundle with every construct has %zu bytes\n", bytes.size);
    buf_release(&bytes);
    buf_release(&lines);
}

/* The file in tests/golden was written by an earlier build (LANTERN_GOLDEN=1 writes it anew).
 */
static void golden_is_read(void **state) {
    (void)state;
    struct buf bytes = {0}, lines = {0}, expected = {0};
    if (getenv("LANTERN_GOLDEN")) {
        sample_bytes(&bytes);
        assert_int_equal(bundle_show_memory(bytes.data, bytes.size, NULL, collect, &lines),
                         STATUS_OK);
        assert_int_equal(file_write(GOLDEN ".lantern", bytes.data, bytes.size, 0644),
                         STATUS_OK);
        assert_int_equal(file_write(GOLDEN ".jsonl", lines.data, lines.size, 0644), STATUS_OK);
        buf_clear(&lines);
    }
    assert_int_equal(file_read(GOLDEN ".jsonl", 1 << 20, &expected), STATUS_OK);
    assert_int_equal(bundle_show(GOLDEN ".lantern", NULL, collect, &lines), STATUS_OK);
    assert_string_equal(buf_str(&lines), buf_str(&expected));
    buf_release(&bytes);
    buf_release(&lines);
    buf_release(&expected);
}

/* ---- damage
 * ----------------------------------------------------------------------------------- */

static void every_byte_matters(void **state) {
    (void)state;
    struct buf bytes = {0};
    sample_bytes(&bytes);
    draw d = {3};
    int64_t tried = 0, accepted = 0;
    for (size_t at = 0; at < bytes.size; at++) {
        uint8_t before = bytes.data[at];
        int values = at < WIRE_HEADER_MIN ? 255 : 3;
        for (int i = 0; i < values; i++) {
            uint8_t flip = (uint8_t)(i + 1);
            if (values == 3 && i > 0) flip = (uint8_t)(1 + draw_below(&d, 255));
            bytes.data[at] = before ^ flip;
            tried++;
            if (check_only(bytes.data, bytes.size) == STATUS_OK) accepted++;
        }
        bytes.data[at] = before;
    }
    assert_int_equal(check_only(bytes.data, bytes.size), STATUS_OK);
    buf_release(&bytes);
    printf("figure: %lld single bytes damaged, %lld accepted\n", (long long)tried,
           (long long)accepted);
    assert_int_equal(accepted, 0);
}

static void every_length_matters(void **state) {
    (void)state;
    struct buf bytes = {0};
    sample_bytes(&bytes);
    int64_t accepted = 0, other = 0;
    for (size_t n = 0; n < bytes.size; n++) {
        enum status s = check_only(bytes.data, n);
        accepted += s == STATUS_OK;
        other += s != STATUS_TRUNCATED; /* the sentence must say so */
    }
    size_t whole = bytes.size;
    for (int i = 0; i < 300; i++) {
        buf_byte(&bytes, (uint8_t)i);
        accepted += check_only(bytes.data, bytes.size) == STATUS_OK;
    }
    buf_release(&bytes);
    printf("figure: %zu truncations and 300 extensions, %lld accepted\n", whole,
           (long long)accepted);
    assert_int_equal(accepted, 0);
    assert_int_equal(other, 0);
}

static void foreign_files(void **state) {
    (void)state;
    assert_int_equal(check_only((const uint8_t *)"", 0), STATUS_TRUNCATED);
    assert_int_equal(check_only((const uint8_t *)"PK\3\4 a zip file of somebody else", 33),
                     STATUS_NOT_OURS);
    static const uint8_t as_text[] = {0xEF, 'L', 'N', 'T', '\n', 0x1A, '\n', 1, 0, 0, 0};
    assert_int_equal(check_only(as_text, sizeof as_text), STATUS_DAMAGED);
    struct bundle_reader r;
    assert_int_equal(reader_open(&r, scratch("none.lantern")), STATUS_NOT_FOUND);
    reader_release(&r);
    assert_int_equal(reader_open(&r, "tests"), STATUS_INVALID);
    reader_release(&r);
}

/* ---- changed and sealed again
 * ----------------------------------------------------------------- */

/* Each rule by itself: make the sample, let `change` break one thing, seal it, and see what is
 * said. */
static enum status after(void (*change)(struct sample_bundle *b)) {
    struct sample_bundle b;
    struct buf bytes = {0};
    sample_make(&b);
    change(&b);
    sample_seal(&b, &bytes);
    enum status s = accept_bytes(bytes.data, bytes.size);
    buf_release(&bytes);
    sample_release(&b);
    return s;
}

static void nothing(struct sample_bundle *b) {
    (void)b;
}
static void newer_version(struct sample_bundle *b) {
    b->header.data[8] = 2;
    sample_header_hash(b);
}
static void version_zero(struct sample_bundle *b) {
    b->header.data[8] = 0;
    sample_header_hash(b);
}
static void sealed(struct sample_bundle *b) {
    b->header.data[10] = 1;
    sample_header_hash(b);
}
static void unknown_encoding(struct sample_bundle *b) {
    b->header.data[10] = 2;
    sample_header_hash(b);
}
static void reserved_byte(struct sample_bundle *b) {
    b->header.data[11] = 1;
    sample_header_hash(b);
}
static void wrapped_key(struct sample_bundle *b) {
    b->header.data[16] = 1;
    sample_header_hash(b);
}

/* One extension of 3 bytes in the list to ignore (0) or to understand (1). */
static void extension(struct sample_bundle *b, int list, int ids) {
    struct buf h = {0};
    buf_add(&h, b->header.data, 16);
    buf_u16(&h, 0);
    for (int i = 0; i < 2; i++) {
        buf_u16(&h, (uint16_t)(i == list ? ids : 0));
        for (int k = 0; i == list && k < ids; k++) {
            buf_u16(&h, 5);
            buf_u32(&h, 3);
            buf_add(&h, "abc", 3);
        }
    }
    h.data[12] = (uint8_t)(h.size + 32);
    buf_add(&h, b->header.data, 32);
    buf_release(&b->header);
    b->header = h;
    sample_header_hash(b);
}
static void may_ignore(struct sample_bundle *b) {
    extension(b, 0, 1);
}
static void must_understand(struct sample_bundle *b) {
    extension(b, 1, 1);
}
static void extension_twice(struct sample_bundle *b) {
    extension(b, 0, 2);
}
static void header_huge(struct sample_bundle *b) {
    b->header.data[15] = 0x7F;
    sample_header_hash(b);
}

static void swap_blocks(struct sample_bundle *b) {
    struct sample_block t = b->blocks[2];
    b->blocks[2] = b->blocks[b->count - 1];
    b->blocks[b->count - 1] = t;
}
static void no_table(struct sample_bundle *b) {
    buf_release(&b->blocks[1].bytes);
    memmove(&b->blocks[1], &b->blocks[2], (b->count - 2) * sizeof b->blocks[0]);
    b->blocks[--b->count] = (struct sample_block){0};
}
static void drop_last_piece(struct sample_bundle *b) {
    buf_release(&b->blocks[--b->count].bytes);
    b->blocks[b->count] = (struct sample_block){0};
}
static void drop_receipt(struct sample_bundle *b) {
    struct sample_block *r = sample_find(b, BLOCK_RECEIPT, 0);
    size_t at = (size_t)(r - b->blocks);
    buf_release(&r->bytes);
    memmove(r, r + 1, (b->count - at - 1) * sizeof *r);
    b->blocks[--b->count] = (struct sample_block){0};
}
static void double_receipt(struct sample_bundle *b) {
    struct sample_block *r = sample_find(b, BLOCK_RECEIPT, 0);
    size_t at = (size_t)(r - b->blocks);
    struct buf copy = {0};
    buf_add(&copy, r->bytes.data, r->bytes.size);
    memmove(r + 1, r, (b->count - at) * sizeof *r);
    r->bytes = copy;
    b->count++;
}
static void receipt_forged(struct sample_bundle *b) {
    sample_find(b, BLOCK_RECEIPT, 0)->bytes.data[0] ^= 2;
}
static void unknown_block(struct sample_bundle *b) {
    b->blocks[b->count].type = 9;
    buf_byte(&b->blocks[b->count++].bytes, 0);
}

static void patch(struct sample_bundle *b, uint8_t type, size_t at, uint64_t v, size_t bytes) {
    struct sample_block *x = sample_find(b, type, 0);
    for (size_t i = 0; i < bytes; i++)
        x->bytes.data[at + i] = (uint8_t)(v >> (8 * i));
}
static void purpose_unknown(struct sample_bundle *b) {
    patch(b, BLOCK_MANIFEST, 0, 2, 1);
}
static void copies_to_office(struct sample_bundle *b) {
    patch(b, BLOCK_MANIFEST, 0, 0, 1);
}
static void sections_huge(struct sample_bundle *b) {
    patch(b, BLOCK_MANIFEST, 75, 0xFFFFFFFF, 4);
}
static void records_more(struct sample_bundle *b) {
    patch(b, BLOCK_MANIFEST, 79, 17, 8);
}
static void copies_fewer(struct sample_bundle *b) {
    patch(b, BLOCK_MANIFEST, 87, 2, 4);
}
static void name_not_text(struct sample_bundle *b) {
    patch(b, BLOCK_MANIFEST, 93, 0xFF, 1);
}

static void section_field(struct sample_bundle *b, size_t at, uint8_t flip) {
    sample_find(b, BLOCK_TABLE, 0)->bytes.data[at] ^= flip;
}
static void section_log(struct sample_bundle *b) {
    section_field(b, 0, 1);
}
static void section_first_zero(struct sample_bundle *b) {
    for (int i = 0; i < 3; i++)
        memset(sample_find(b, BLOCK_TABLE, 0)->bytes.data + i * WIRE_SECTION_BYTES + 80, 0, 8);
}
static void section_last_huge(struct sample_bundle *b) {
    section_field(b, 95, 0x7F);
}
static void section_swapped(struct sample_bundle *b) {
    uint8_t t[WIRE_SECTION_BYTES], *p = sample_find(b, BLOCK_TABLE, 0)->bytes.data;
    memcpy(t, p, sizeof t);
    memcpy(p, p + WIRE_SECTION_BYTES, sizeof t);
    memcpy(p + WIRE_SECTION_BYTES, t, sizeof t);
}
/* Fields of each entry that only signature or chain can prove: previous, salt key, head, at,
 * provider. */
static size_t field_at;
static void section_unproved(struct sample_bundle *b) {
    for (int i = 0; i < 3; i++)
        section_field(b, (size_t)i * WIRE_SECTION_BYTES + field_at, 1);
}
static size_t signature_of;
static void checkpoint_forged(struct sample_bundle *b) {
    section_field(b, signature_of * WIRE_SECTION_BYTES + 240, 1);
}

/* Chunks whose sizes lie. */
static struct buf *chunk_of(struct sample_bundle *b) {
    return &sample_find(b, BLOCK_CHUNK, 0)->bytes;
}
static void chunk_count_zero(struct sample_bundle *b) {
    chunk_of(b)->data[0] = 0;
}
static void chunk_count_huge(struct sample_bundle *b) {
    chunk_of(b)->data[1] = 0xFF;
}
static void chunk_raw_huge(struct sample_bundle *b) {
    chunk_of(b)->data[5] = 0x7F;
}
static void chunk_raw_less(struct sample_bundle *b) {
    chunk_of(b)->data[2]--;
}
static void chunk_raw_more(struct sample_bundle *b) {
    chunk_of(b)->data[2]++;
}
static void chunk_tail(struct sample_bundle *b) {
    buf_byte(chunk_of(b), 0);
}
static void chunk_cut(struct sample_bundle *b) {
    chunk_of(b)->size -= 5;
}
static void chunk_not_zlib(struct sample_bundle *b) {
    chunk_of(b)->data[6] ^= 0xFF;
}
/* 200,000 zeros in 200 bytes, said to be 50. */
static void chunk_bomb(struct sample_bundle *b) {
    struct buf zeros = {0};
    for (int i = 0; i < 200000; i++)
        buf_byte(&zeros, 0);
    struct buf *c = chunk_of(b);
    uint16_t count = c->data[0];
    sample_chunk(c, count, &zeros);
    c->data[2] = 50;
    c->data[3] = c->data[4] = c->data[5] = 0;
    buf_release(&zeros);
}
/* The same frames with one byte more, or packed in another way: the second must be taken. */
static void repack(struct sample_bundle *b, bool more) {
    struct packer p = {0};
    struct buf raw = {0}, *c = chunk_of(b);
    uint16_t count;
    assert_int_equal(chunk_get(&p, &raw, c->data, c->size, &count), STATUS_OK);
    if (more) buf_byte(&raw, 0);
    sample_chunk(c, count, &raw);
    packer_release(&p);
    buf_release(&raw);
}
static void chunk_more_frames(struct sample_bundle *b) {
    repack(b, true);
}
static void chunk_zlib_level(struct sample_bundle *b) {
    chunk_of(b)->data[7] = 0x01; /* 78 01 says "level 1" and is a valid beginning as well */
}

static void piece_field(struct sample_bundle *b, size_t nth, size_t at, uint8_t flip) {
    sample_find(b, BLOCK_PIECE, nth)->bytes.data[at] ^= flip;
}
static void piece_name(struct sample_bundle *b) {
    piece_field(b, 2, 31, 1);
}
static void piece_size_huge(struct sample_bundle *b) {
    piece_field(b, 0, 35, 0x7F);
}
static void piece_offset(struct sample_bundle *b) {
    piece_field(b, 0, 36, 1);
}
static void piece_packing(struct sample_bundle *b) {
    piece_field(b, 0, 40, 2);
}

struct rule {
    const char *name;
    void (*change)(struct sample_bundle *b);
    enum status expected; /* STATUS_COUNT: any refusal */
};

static const struct rule rules[] = {
    {"nothing", nothing, STATUS_OK},
    {"an extension to ignore", may_ignore, STATUS_OK},
    {"another mark of the zlib level", chunk_zlib_level, STATUS_OK},
    {"version 2", newer_version, STATUS_NEWER},
    {"an unknown body encoding", unknown_encoding, STATUS_NEWER},
    {"sealed for nobody", sealed, STATUS_INVALID},
    {"an extension to understand", must_understand, STATUS_NEWER},
    {"version 0", version_zero, STATUS_INVALID},
    {"reserved byte", reserved_byte, STATUS_INVALID},
    {"a wrapped key in an open bundle", wrapped_key, STATUS_INVALID},
    {"the same extension twice", extension_twice, STATUS_INVALID},
    {"huge header", header_huge, STATUS_DAMAGED},
    {"blocks out of order", swap_blocks, STATUS_DAMAGED},
    {"no table", no_table, STATUS_DAMAGED},
    {"no receipt", drop_receipt, STATUS_DAMAGED},
    {"two receipts", double_receipt, STATUS_DAMAGED},
    {"forged receipt", receipt_forged, STATUS_DAMAGED},
    {"unknown block", unknown_block, STATUS_DAMAGED},
    {"unknown purpose", purpose_unknown, STATUS_DAMAGED},
    {"copies to the office", copies_to_office, STATUS_DAMAGED},
    {"huge number of sections", sections_huge, STATUS_DAMAGED},
    {"more records than there are", records_more, STATUS_DAMAGED},
    {"fewer copies than there are", copies_fewer, STATUS_DAMAGED},
    {"a name that is not text", name_not_text, STATUS_DAMAGED},
    {"another log id", section_log, STATUS_DAMAGED},
    {"first seq 0", section_first_zero, STATUS_DAMAGED},
    {"huge last seq", section_last_huge, STATUS_DAMAGED},
    {"sections out of order", section_swapped, STATUS_DAMAGED},
    {"chunk of 0 records", chunk_count_zero, STATUS_DAMAGED},
    {"chunk of too many records", chunk_count_huge, STATUS_DAMAGED},
    {"chunk too large", chunk_raw_huge, STATUS_DAMAGED},
    {"chunk larger than it says", chunk_raw_less, STATUS_DAMAGED},
    {"chunk smaller than it says", chunk_raw_more, STATUS_DAMAGED},
    {"bytes after a chunk's end", chunk_tail, STATUS_DAMAGED},
    {"chunk cut off", chunk_cut, STATUS_DAMAGED},
    {"chunk that is not zlib", chunk_not_zlib, STATUS_DAMAGED},
    {"a bomb", chunk_bomb, STATUS_DAMAGED},
    {"bytes after the last frame", chunk_more_frames, STATUS_DAMAGED},
    {"blob that is not its name", piece_name, STATUS_DAMAGED},
    {"huge blob", piece_size_huge, STATUS_DAMAGED},
    {"blob that begins in its middle", piece_offset, STATUS_DAMAGED},
    {"unknown packing of a blob", piece_packing, STATUS_DAMAGED},
};

static void every_rule_refuses(void **state) {
    (void)state;
    size_t n = sizeof rules / sizeof *rules;
    for (size_t i = 0; i < n; i++) {
        enum status s = after(rules[i].change);
        if (s != rules[i].expected)
            print_error("%s: %s: %s\n", rules[i].name, status_key(s), status_detail());
        assert_int_equal(s, rules[i].expected);
    }
    assert_int_equal(after(drop_last_piece),
                     STATUS_OK); /* a blob that stays away is no damage */
    static const size_t proved[] = {96, 128, 160, 193, 201};
    for (size_t i = 0; i < sizeof proved / sizeof *proved; i++) {
        field_at = proved[i];
        assert_int_equal(after(section_unproved), STATUS_DAMAGED);
    }
    for (signature_of = 0; signature_of < 3; signature_of++)
        assert_int_equal(after(checkpoint_forged), STATUS_DAMAGED);
    printf("figure: %zu rules broken one by one in a well-sealed bundle, each refused\n",
           n + 5);
}

/* Bytes of the unpacked chunks changed at random, packed and sealed again: the chain must
 * notice every one. */
static void frames_are_chained(void **state) {
    (void)state;
    draw d = {11};
    int64_t tried = 0, accepted = 0;
    for (size_t nth = 0; nth < 4; nth++) {
        for (size_t at = 0;; at++) {
            struct sample_bundle b;
            struct packer p = {0};
            struct buf raw = {0}, bytes = {0};
            uint16_t count;
            sample_make(&b);
            struct sample_block *x = sample_find(&b, BLOCK_CHUNK, nth);
            assert_int_equal(chunk_get(&p, &raw, x->bytes.data, x->bytes.size, &count),
                             STATUS_OK);
            bool end = at >= raw.size;
            if (!end) {
                raw.data[at] ^= (uint8_t)(1 + draw_below(&d, 255));
                sample_chunk(&x->bytes, count, &raw);
                sample_seal(&b, &bytes);
                accepted += accept_bytes(bytes.data, bytes.size) == STATUS_OK;
                tried++;
            }
            packer_release(&p);
            buf_release(&raw);
            buf_release(&bytes);
            sample_release(&b);
            if (end) break;
        }
    }
    printf("figure: %lld bytes of frames changed under a fitting signature, %lld accepted\n",
           (long long)tried, (long long)accepted);
    assert_int_equal(accepted, 0);
}

/* ---- the writer
 * ------------------------------------------------------------------------------- */

static void sign_fixed(const void *ctx, const void *p, size_t n, uint8_t out[64]) {
    const struct sample_log *l = ctx;
    crypto_sign_detached(out, NULL, p, n, l->secret);
}

/* The writer's file is byte for byte what the test's own sealing makes. */
static void writer_agrees(void **state) {
    (void)state;
    struct sample_bundle b;
    struct bundle_writer w;
    struct buf bytes = {0}, file = {0};
    hash256 id;
    struct bundle_head head;
    const char *path = scratch("writer.lantern");
    sample_make(&b);
    sample_seal(&b, &bytes);
    assert_int_equal(writer_open(&w, path), STATUS_OK);
    for (size_t i = 0; i < b.count; i++)
        writer_block(&w, (enum block_type)b.blocks[i].type, &b.blocks[i].bytes);
    assert_false(file_exists(path));
    struct signer signer = {sign_fixed, &b.carrier};
    assert_int_equal(writer_seal(&w, &signer, &id), STATUS_OK);
    assert_false(file_exists(path));
    assert_int_equal(writer_publish(&w), STATUS_OK);
    writer_release(&w);
    assert_int_equal(file_read(path, 1 << 20, &file), STATUS_OK);
    assert_int_equal(file.size, bytes.size);
    assert_memory_equal(file.data, bytes.data, bytes.size);
    assert_int_equal(bundle_show(path, &head, NULL, NULL), STATUS_OK);
    assert_true(hash_equal(&head.id, &id));
    assert_int_equal(writer_open(&w, scratch("no-such-folder/x.lantern")), STATUS_NOT_FOUND);
    writer_release(&w);
    buf_release(&bytes);
    buf_release(&file);
    sample_release(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_round_trip),  cmocka_unit_test(frames_have_one_form),
        cmocka_unit_test(sample_is_read),     cmocka_unit_test(golden_is_read),
        cmocka_unit_test(every_byte_matters), cmocka_unit_test(every_length_matters),
        cmocka_unit_test(foreign_files),      cmocka_unit_test(every_rule_refuses),
        cmocka_unit_test(frames_are_chained), cmocka_unit_test(writer_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
