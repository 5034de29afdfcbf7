/* test_sealed.c -- sealed bundles: who can open one, and that no byte of it can be changed.
 * needs: sync store base
 *
 * What is sealed here is made by sealed_sample.c, not by writer.c, so that streams can be wrong
 * in every way while all hashes and signatures still fit. Headers and files:
 * test_sealed_files.c. */
#include "support.h"

#include "bundle_sample.c" /* each test is one program of one file */
#include "sealed_sample.c"

/* Everything merge would prove without a journal, as the office. */
static enum status show_as(const struct sample_reader *r, const char *code, const struct buf *b,
                           struct bundle_head *head) {
    struct bundle_opener o = sample_opener(r, code);
    return bundle_show_sealed_memory(b->data, b->size, &o, head, NULL, NULL);
}

static enum status pass_as(const struct sample_reader *r, const char *code, const uint8_t *p,
                           size_t n) {
    struct bundle_opener o = sample_opener(r, code);
    struct bundle_reader in;
    enum status s = reader_open_memory_with(&in, p, n, &o);
    if (!s) s = reader_check(&in);
    reader_release(&in);
    return s;
}

static bool collect(void *ctx, const hash256 *log, const struct record_wire *r) {
    sample_json(ctx, log, r);
    return true;
}

/* ---- who can open it
 * --------------------------------------------------------------------------- */

static void readers_open_it(void **state) {
    (void)state;
    struct buf bytes = {0}, open = {0}, clear = {0};
    struct sample_bundle b;
    sample_make(&b);
    sample_seal(&b, &open);
    assert_int_equal(bundle_show_memory(open.data, open.size, NULL, collect, &clear),
                     STATUS_OK);
    sample_sealed(&bytes);
    for (uint8_t who = SAMPLE_OFFICE; who <= SAMPLE_RECOVERY; who++) {
        struct sample_reader r = sample_reader(who);
        struct bundle_opener o = sample_opener(&r, NULL);
        struct bundle_head head = {0};
        struct buf lines = {0};
        assert_int_equal(
            bundle_show_sealed_memory(bytes.data, bytes.size, &o, &head, collect, &lines),
            STATUS_OK);
        assert_string_equal(buf_str(&lines), buf_str(&clear));
        assert_true(head.sealed && !head.locked && !head.under_code && !head.enrols);
        assert_int_equal(head.body_encoding, 1);
        assert_int_equal(head.readers_count, 2);
        assert_string_equal(head.carrier, "Office");
        buf_release(&lines);
    }
    printf("figure: the sealed sample with every construct has %zu bytes\n", bytes.size);
    assert_true(bytes.size <= 8192);
    sample_release(&b);
    buf_release(&bytes);
    buf_release(&open);
    buf_release(&clear);
}

/* Nobody else learns more than the clear header says. */
static void others_see_the_header(void **state) {
    (void)state;
    struct buf bytes = {0};
    struct sample_reader stranger = sample_reader(SAMPLE_STRANGER),
                         office = sample_reader(SAMPLE_OFFICE);
    uint8_t id[KEY_ID_BYTES];
    sample_sealed(&bytes);
    for (int i = 0; i < 3; i++) {
        struct bundle_head head = {0};
        enum status s = i == 0   ? bundle_show_memory(bytes.data, bytes.size, &head, NULL, NULL)
                        : i == 1 ? show_as(&stranger, NULL, &bytes, &head)
                                 : show_as(&stranger, SAMPLE_CODE, &bytes, &head);
        assert_int_equal(s, STATUS_NOT_OURS);
        assert_string_equal(status_detail(), "This bundle is sealed for somebody else.");
        assert_true(head.sealed && head.locked);
        assert_int_equal(head.readers_count, 2);
        assert_int_equal(head.records, 0);
        assert_int_equal(head.made_at, 0);
        assert_string_equal(head.carrier, "");
        key_id(office.public_key, id);
        assert_true(memcmp(head.readers[0], id, sizeof id) == 0 ||
                    memcmp(head.readers[1], id, sizeof id) == 0);
    }
    buf_release(&bytes);
}

static void code_opens_it(void **state) {
    (void)state;
    struct buf bytes = {0};
    struct bundle_head head = {0};
    struct sample_reader office = sample_reader(SAMPLE_OFFICE);
    sample_coded(&bytes);
    assert_int_equal(show_as(&office, NULL, &bytes, &head), STATUS_LOCKED);
    assert_true(head.locked && head.under_code && head.readers_count == 0);
    assert_int_equal(bundle_show_memory(bytes.data, bytes.size, NULL, NULL, NULL),
                     STATUS_LOCKED);
    assert_int_equal(show_as(&office, "ABCDEFGHJKMP", &bytes, NULL), STATUS_WRONG_CODE);
    assert_int_equal(show_as(&office, "", &bytes, NULL), STATUS_WRONG_CODE);
    assert_int_equal(show_as(NULL, SAMPLE_CODE, &bytes, &head), STATUS_OK);
    assert_true(head.enrols && !head.locked && head.under_code);
    assert_string_equal(head.tablet, "Night tablet");
    buf_release(&bytes);
}

/* What stands in block 8 is what was put there, in the first pass. */
static void credentials_are_read(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf bytes = {0}, put = {0}, got = {0};
    struct credentials expected = sample_credentials_of(&a, true);
    struct bundle_opener o = sample_opener(NULL, SAMPLE_CODE);
    struct bundle_reader r;
    sample_coded(&bytes);
    assert_int_equal(reader_open_memory_with(&r, bytes.data, bytes.size, &o), STATUS_OK);
    assert_false(r.credentials_seen);
    assert_int_equal(reader_check(&r), STATUS_OK);
    assert_true(r.credentials_seen);
    assert_int_equal(r.at, r.size);
    assert_int_equal(r.file_at, bytes.size);
    credentials_put(&put, &expected);
    credentials_put(&got, &r.credentials);
    assert_int_equal(got.size, put.size);
    assert_memory_equal(got.data, put.data, put.size);
    reader_release(&r);
    buf_release(&bytes);
    buf_release(&put);
    buf_release(&got);
    arena_release(&a);
}

/* ---- damage
 * ----------------------------------------------------------------------------------- */

struct damaged {
    int64_t tried, accepted;
};

static void damage_every_byte(struct damaged *d, struct buf *b, const struct sample_reader *r,
                              const char *code) {
    draw random = {5};
    struct cursor c = cursor_of(b->data + 12, 4);
    size_t header = cursor_u32(&c);
    for (size_t at = 0; at < b->size; at++) {
        uint8_t before = b->data[at];
        for (int i = 0; i < (at < header ? 255 : 3); i++) {
            uint8_t flip = (uint8_t)(i + 1);
            if (at >= header && i > 0) flip = (uint8_t)(1 + draw_below(&random, 255));
            b->data[at] = before ^ flip;
            d->tried++;
            d->accepted += pass_as(r, code, b->data, b->size) == STATUS_OK;
        }
        b->data[at] = before;
    }
    assert_int_equal(pass_as(r, code, b->data, b->size), STATUS_OK);
}

static void every_byte_matters(void **state) {
    (void)state;
    struct damaged d = {0};
    struct sample_reader office = sample_reader(SAMPLE_OFFICE);
    struct buf bytes = {0};
    sample_sealed(&bytes);
    damage_every_byte(&d, &bytes, &office, NULL);
    sample_coded(&bytes);
    damage_every_byte(&d, &bytes, NULL, SAMPLE_CODE);
    buf_release(&bytes);
    printf("figure: %lld single bytes of sealed bundles damaged, %lld accepted\n",
           (long long)d.tried, (long long)d.accepted);
    assert_int_equal(d.accepted, 0);
}

/* The same with a header whose hash fits again: now the seal itself has to notice. The other
 * reader's entry is as well covered as one's own. */
static void headers_are_sealed_in(void **state) {
    (void)state;
    struct damaged d = {0};
    struct sample_reader office = sample_reader(SAMPLE_OFFICE);
    struct buf bytes = {0};
    struct sample_bundle b = {0};
    sample_sealed(&bytes);
    struct cursor c = cursor_of(bytes.data + 12, 4);
    size_t header = cursor_u32(&c);
    for (size_t at = 0; at < header - HASH_BYTES; at++) {
        uint8_t before = bytes.data[at];
        bool wrapped = at >= 18 && (at - 18) % WIRE_KEY_BYTES >= 1 + KEY_ID_BYTES;
        for (int flip = 1; flip < 256; flip += wrapped ? 85 : 1) {
            bytes.data[at] = before ^ (uint8_t)flip;
            buf_clear(&b.header);
            buf_add(&b.header, bytes.data, header);
            sample_header_hash(&b);
            memcpy(bytes.data, b.header.data, header);
            d.tried++;
            d.accepted += pass_as(&office, NULL, bytes.data, bytes.size) == STATUS_OK;
        }
        bytes.data[at] = before;
    }
    buf_release(&b.header);
    buf_release(&bytes);
    printf(
        "figure: %lld bytes of a sealed header changed under a fitting hash, %lld accepted\n",
        (long long)d.tried, (long long)d.accepted);
    assert_int_equal(d.accepted, 0);
}

static void every_length_matters(void **state) {
    (void)state;
    struct sample_reader office = sample_reader(SAMPLE_OFFICE);
    struct buf bytes = {0};
    int64_t accepted = 0, tried = 0;
    for (int coded = 0; coded < 2; coded++) {
        if (coded)
            sample_coded(&bytes);
        else
            sample_sealed(&bytes);
        const char *code = coded ? SAMPLE_CODE : NULL;
        size_t whole = bytes.size;
        for (size_t n = 0; n < whole; n++, tried++)
            accepted += pass_as(&office, code, bytes.data, n) == STATUS_OK;
        for (int i = 0; i < 300; i++, tried++) {
            buf_byte(&bytes, (uint8_t)i);
            accepted += pass_as(&office, code, bytes.data, bytes.size) == STATUS_OK;
        }
    }
    buf_release(&bytes);
    printf("figure: %lld truncations and extensions of sealed bundles, %lld accepted\n",
           (long long)tried, (long long)accepted);
    assert_int_equal(accepted, 0);
}

/* ---- streams that nobody should make
 * ------------------------------------------------------------ */

/* Large enough for four messages: a blob of 200,000 bytes that nothing makes smaller. */
static void make_long(struct sample_bundle *b, struct sample_lock *l) {
    draw random = {9};
    struct buf blob = {0};
    sample_make(b);
    while (sample_find(b, BLOCK_RECEIPT, 0) != &b->blocks[b->count - 1])
        sample_remove(b, b->count - 1);
    for (int i = 0; i < 200000; i++)
        buf_byte(&blob, (uint8_t)draw_next(&random));
    struct piece p = {.name = hash_of(blob.data, blob.size),
                      .size = (uint32_t)blob.size,
                      .raw_size = (uint32_t)blob.size,
                      .bytes = blob.data,
                      .bytes_size = blob.size};
    b->blocks[b->count].type = BLOCK_PIECE;
    piece_put(&b->blocks[b->count++].bytes, &p);
    sample_lock(b, l, true, NULL);
    buf_release(&blob);
}

static enum status shaped(const struct sample_shape *shape) {
    struct sample_reader office = sample_reader(SAMPLE_OFFICE);
    struct sample_bundle b;
    struct sample_lock l;
    struct buf bytes = {0};
    make_long(&b, &l);
    sample_seal_stream(&b, &l, shape, &bytes);
    enum status s = pass_as(&office, NULL, bytes.data, bytes.size);
    buf_release(&bytes);
    sample_release(&b);
    return s;
}

static void streams_have_one_shape(void **state) {
    (void)state;
    assert_int_equal(shaped(&(struct sample_shape){0}), STATUS_OK);
    assert_int_equal(shaped(&(struct sample_shape){.final_at = 2}), STATUS_DAMAGED);
    assert_int_equal(shaped(&(struct sample_shape){.never_final = true}), STATUS_TRUNCATED);
    assert_int_equal(shaped(&(struct sample_shape){.other_tag = 1}), STATUS_DAMAGED);
    assert_int_equal(shaped(&(struct sample_shape){.other_tag = 2}), STATUS_DAMAGED);
    assert_int_equal(shaped(&(struct sample_shape){.without_header = true}), STATUS_DAMAGED);
    assert_int_equal(shaped(&(struct sample_shape){.message = 65535}), STATUS_DAMAGED);
    assert_int_equal(shaped(&(struct sample_shape){.message = 65537}), STATUS_DAMAGED);
    assert_int_equal(shaped(&(struct sample_shape){.message = 1000}), STATUS_DAMAGED);
}

/* Whole messages moved about: `from` without message `drop`, with messages `a` and `b` swapped.
 */
static void messages_moved(void **state) {
    (void)state;
    struct sample_reader office = sample_reader(SAMPLE_OFFICE);
    struct sample_bundle b;
    struct sample_lock l;
    struct buf bytes = {0}, moved = {0};
    make_long(&b, &l);
    sample_seal_stream(&b, &l, &(struct sample_shape){0}, &bytes);
    size_t first = b.header.size + SEALED_START_BYTES, one = SEALED_MESSAGE_BYTES;
    assert_true(bytes.size > first + 3 * one);
    /* Cut at each boundary: known for what it is. */
    for (size_t n = 1; n <= 3; n++)
        assert_int_equal(pass_as(&office, NULL, bytes.data, first + n * one), STATUS_TRUNCATED);
    assert_int_equal(pass_as(&office, NULL, bytes.data, first), STATUS_TRUNCATED);
    /* Swapped, dropped, doubled. */
    buf_add(&moved, bytes.data, bytes.size);
    memcpy(moved.data + first, bytes.data + first + one, one);
    memcpy(moved.data + first + one, bytes.data + first, one);
    assert_int_equal(pass_as(&office, NULL, moved.data, moved.size), STATUS_DAMAGED);
    buf_clear(&moved);
    buf_add(&moved, bytes.data, first + one);
    buf_add(&moved, bytes.data + first + 2 * one, bytes.size - first - 2 * one);
    assert_int_equal(pass_as(&office, NULL, moved.data, moved.size), STATUS_TRUNCATED);
    buf_clear(&moved);
    buf_add(&moved, bytes.data, first + one);
    buf_add(&moved, bytes.data + first, bytes.size - first);
    assert_int_equal(pass_as(&office, NULL, moved.data, moved.size), STATUS_DAMAGED);
    /* The same stream once more behind its final tag. */
    buf_clear(&moved);
    buf_add(&moved, bytes.data, bytes.size);
    buf_add(&moved, bytes.data + first, bytes.size - first);
    assert_int_equal(pass_as(&office, NULL, moved.data, moved.size), STATUS_DAMAGED);
    /* Another bundle's header before it, although the content key is the same. */
    struct wire_header *h = &l.header;
    memset(h->keys[0].id, 0, sizeof h->keys[0].id);
    sample_lock_header(&b, &l);
    buf_clear(&moved);
    buf_add(&moved, b.header.data, b.header.size);
    buf_add(&moved, bytes.data + b.header.size, bytes.size - b.header.size);
    assert_int_equal(pass_as(&office, NULL, moved.data, moved.size), STATUS_DAMAGED);
    buf_release(&bytes);
    buf_release(&moved);
    sample_release(&b);
}

static int weak_codes(void **state) {
    (void)state;
    key_lock_weakly_for_tests();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readers_open_it),      cmocka_unit_test(others_see_the_header),
        cmocka_unit_test(code_opens_it),        cmocka_unit_test(credentials_are_read),
        cmocka_unit_test(every_byte_matters),   cmocka_unit_test(headers_are_sealed_in),
        cmocka_unit_test(every_length_matters), cmocka_unit_test(streams_have_one_shape),
        cmocka_unit_test(messages_moved),
    };
    return cmocka_run_group_tests(tests, weak_codes, NULL);
}
