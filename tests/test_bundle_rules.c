/* test_bundle_rules.c -- each rule of FORMAT.md broken by itself in a bundle whose hashes and
 * signatures fit.
 * needs: sync store base
 *
 * What is refused for its digest alone proves little about the rules behind it, so the sample
 * is changed and sealed again: then each rule has to refuse by itself. */
#include "support.h"

#include "bundle_sample.c" /* each test is one program of one file */

#define REFUSED "tests/golden/refused.bin"
#include "broken_rules.h"

/* ---- changed and sealed again
 * ----------------------------------------------------------------- */

/* Each rule by itself: make the sample, let `change` break one thing, seal it, and see what is
 * said. */
static enum status after(const char *name, void (*change)(struct sample_bundle *b)) {
    struct sample_bundle b;
    struct buf bytes = {0};
    sample_make(&b);
    change(&b);
    sample_seal(&b, &bytes);
    enum status s = accept_bytes(bytes.data, bytes.size);
    keep_refused(name, &bytes, s);
    buf_release(&bytes);
    sample_release(&b);
    return s;
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
static void made_in_2300(struct sample_bundle *b) {
    patch(b, BLOCK_MANIFEST, 1, 10413792000000, 8);
}
static void made_before_all(struct sample_bundle *b) {
    patch(b, BLOCK_MANIFEST, 1, UINT64_C(1) << 63, 8);
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
/* 200,000 zeros in place of a few bytes: no more room is given than the piece says. */
static void piece_bomb(struct sample_bundle *b) {
    struct packer p = {0};
    struct buf zeros = {0};
    for (int i = 0; i < 200000; i++)
        buf_byte(&zeros, 0);
    for (size_t nth = 0; nth < 3; nth++) { /* one of the three is packed */
        struct buf *x = &sample_find(b, BLOCK_PIECE, nth)->bytes;
        if (x->data[40] != 1) continue;
        x->size = 45;
        pack(&p, x, zeros.data, zeros.size);
    }
    packer_release(&p);
    buf_release(&zeros);
}
static void copies_bomb(struct sample_bundle *b) {
    struct buf zeros = {0}, *c = &sample_find(b, BLOCK_COPIES, 0)->bytes;
    for (int i = 0; i < 200000; i++)
        buf_byte(&zeros, 0);
    sample_chunk(c, 3, &zeros);
    c->data[2] = 50;
    c->data[3] = c->data[4] = c->data[5] = 0;
    buf_release(&zeros);
}
static void piece_packing(struct sample_bundle *b) {
    piece_field(b, 0, 40, 2);
}

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
    {"made in 2300", made_in_2300, STATUS_DAMAGED},
    {"made before all times", made_before_all, STATUS_DAMAGED},
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
    {"a bomb in a blob", piece_bomb, STATUS_DAMAGED},
    {"a bomb in the copies", copies_bomb, STATUS_DAMAGED},
    {"unknown packing of a blob", piece_packing, STATUS_DAMAGED},
};

static void every_rule_refuses(void **state) {
    (void)state;
    size_t n = sizeof rules / sizeof *rules;
    for (size_t i = 0; i < n; i++) {
        enum status s = after(rules[i].name, rules[i].change);
        if (s != rules[i].expected)
            print_error("%s: %s: %s\n", rules[i].name, status_key(s), status_detail());
        assert_int_equal(s, rules[i].expected);
    }
    assert_int_equal(after("a blob that stays away", drop_last_piece),
                     STATUS_OK); /* a blob that stays away is no damage */
    static const size_t proved[] = {96, 128, 160, 193, 201};
    for (size_t i = 0; i < sizeof proved / sizeof *proved; i++) {
        field_at = proved[i];
        assert_int_equal(
            after("a field that only the chain or a signature proves", section_unproved),
            STATUS_DAMAGED);
    }
    for (signature_of = 0; signature_of < 3; signature_of++)
        assert_int_equal(after("a forged checkpoint", checkpoint_forged), STATUS_DAMAGED);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_refuses), cmocka_unit_test(frames_are_chained),
        cmocka_unit_test(golden_refused), /* last: takes what the others made */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
