/* test_bundle.c -- the bundle's bytes: every record survives the trip, every damage is noticed.
 * needs: sync store base
 *
 * All of it in memory, on a small open bundle that holds every construct (bundle_sample.c).
 * test_bundle_rules.c breaks each rule under fitting hashes, test_sealed.c does sealed ones,
 * test_vectors.c the golden files. */
#include "support.h"

#include "base/file.h"
#include "bundle_sample.c" /* each test is one program of one file */

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

/* Copies stand alone but for the block's list of logs; their words may be withheld or erased.
 */
static void copies_round_trip(void **state) {
    (void)state;
    draw d = {20261125};
    hash256 logs[4];
    for (int i = 0; i < 4; i++)
        logs[i] = hash_of(&i, sizeof i);
    struct frame_state w = {0}, r = {0}, again = {0};
    struct buf bytes = {0}, second = {0};
    uint8_t body[300];
    int64_t count = 0, without = 0;
    for (int i = 0; i < 3000; i++) {
        uint64_t hlc = draw_next(&d) >> 18;
        size_t own = draw_below(&d, 4);
        int64_t seq = 2 + (int64_t)draw_below(&d, 100000);
        struct record_wire in = random_record(&d, logs, own, seq, &hlc, body), out;
        hash256 log;
        memset(in.hash.b, (int)draw_below(&d, 256), HASH_BYTES);
        buf_clear(&bytes);
        buf_clear(&second);
        if (draw_below(&d, 50) == 0) {
            frame_section_start(&w);
            frame_section_start(&r);
            frame_section_start(&again);
        }
        assert_int_equal(copy_put(&bytes, &w, &logs[own], &in), STATUS_OK);
        struct cursor c = cursor_of(bytes.data, bytes.size);
        assert_int_equal(copy_get(&c, &r, &log, &out), STATUS_OK);
        assert_true(c.p == c.end && hash_equal(&log, &logs[own]));
        assert_true(same_record(&in, &out) && hash_equal(&in.hash, &out.hash));
        assert_int_equal(copy_put(&second, &again, &log, &out), STATUS_OK);
        assert_int_equal(second.size, bytes.size);
        assert_memory_equal(second.data, bytes.data, bytes.size);
        count++;
        without += out.body_erased;
    }
    frame_state_release(&w);
    frame_state_release(&r);
    frame_state_release(&again);
    buf_release(&bytes);
    buf_release(&second);
    assert_true(without > 100);
    printf("figure: %lld random copies, %lld of them without their words, there and back\n",
           (long long)count, (long long)without);
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
        cmocka_unit_test(copies_round_trip),  cmocka_unit_test(sample_is_read),
        cmocka_unit_test(every_byte_matters), cmocka_unit_test(every_length_matters),
        cmocka_unit_test(foreign_files),      cmocka_unit_test(writer_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
