/* test_sealed_files.c -- headers and lengths that nobody should make, zeros, and the writer.
 * needs: sync store base
 *
 * The bundles are made by sealed_sample.c; the writer has to make the same bytes. */
#include "support.h"

#include <time.h>
#include <unistd.h>

#include "base/file.h"
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

/* ---- headers that nobody should make
 * ------------------------------------------------------------ */

static void no_change(struct wire_header *h) {
    (void)h;
}
static void too_many(struct wire_header *h) {
    for (; h->keys_count < WIRE_KEYS_MAX; h->keys_count++) {
        h->keys[h->keys_count] = h->keys[1];
        memset(h->keys[h->keys_count].id, 0xF0 + (int)h->keys_count, KEY_ID_BYTES);
    }
}
static void seventeen(struct wire_header *h) {
    too_many(h);
    h->keys_count = WIRE_KEYS_MAX + 1;
}
static void twice(struct wire_header *h) {
    h->keys[1] = h->keys[0];
}
static void falling(struct wire_header *h) {
    struct wire_key k = h->keys[0];
    h->keys[0] = h->keys[1];
    h->keys[1] = k;
}
static void no_way(struct wire_header *h) {
    h->keys[0].way = 0;
}
static void newer_way(struct wire_header *h) {
    h->keys[1].way = 3;
}
static void code_with_id(struct wire_header *h) {
    h->keys[1].way = KEY_CODE;
}
static void two_codes(struct wire_header *h) {
    for (int i = 0; i < 2; i++) {
        h->keys[i].way = KEY_CODE;
        memset(h->keys[i].id, 0, KEY_ID_BYTES);
    }
}
static void code_first(struct wire_header *h) {
    h->keys[0].way = KEY_CODE;
    memset(h->keys[0].id, 0, KEY_ID_BYTES);
}
static void said_open(struct wire_header *h) {
    h->sealed = false;
}
static void for_nobody(struct wire_header *h) {
    h->keys_count = 0;
}
static void wrong_key(struct wire_header *h) {
    for (int i = 0; i < 2; i++)
        h->keys[i].wrapped[60] ^= 1;
}

struct header_rule {
    void (*change)(struct wire_header *h);
    enum status expected;
};

static void header_rules(void **state) {
    (void)state;
    static const struct header_rule rules[] = {
        {no_change, STATUS_OK},       {too_many, STATUS_OK},
        {seventeen, STATUS_INVALID},  {twice, STATUS_INVALID},
        {falling, STATUS_INVALID},    {no_way, STATUS_INVALID},
        {newer_way, STATUS_NEWER},    {code_with_id, STATUS_INVALID},
        {two_codes, STATUS_INVALID},  {code_first, STATUS_INVALID},
        {said_open, STATUS_INVALID},  {for_nobody, STATUS_INVALID},
        {wrong_key, STATUS_NOT_OURS},
    };
    struct sample_reader office = sample_reader(SAMPLE_OFFICE);
    size_t n = sizeof rules / sizeof *rules;
    for (size_t i = 0; i < n; i++) {
        struct sample_bundle b;
        struct sample_lock l;
        struct buf bytes = {0};
        sample_make(&b);
        sample_lock(&b, &l, true, NULL);
        rules[i].change(&l.header);
        sample_lock_header(&b, &l);
        sample_seal_stream(&b, &l, &(struct sample_shape){0}, &bytes);
        enum status s = pass_as(&office, NULL, bytes.data, bytes.size);
        if (s != rules[i].expected) print_error("%zu: %s\n", i, status_detail());
        assert_int_equal(s, rules[i].expected);
        buf_release(&bytes);
        sample_release(&b);
    }
    printf("figure: %zu rules of a sealed header broken one by one, each refused\n", n - 2);
}

/* Numbers for Argon2 that would keep a tablet busy for minutes are not even tried. */
static void hard_codes_are_refused(void **state) {
    (void)state;
    static const uint32_t asked[][4] = {{0, 8, 0, 0},
                                        {17, 8, 0, 0},
                                        {0xFFFFFFFF, 8, 0, 0},
                                        {1, 7, 0, 0},
                                        {1, 256 * 1024 + 1, 0, 0},
                                        {1, 0xFFFFFFFF, 0, 0},
                                        {1, 8, 1, 0},
                                        {1, 8, 0, 1}};
    struct sample_bundle b;
    struct sample_lock l;
    struct buf bytes = {0};
    sample_make(&b);
    sample_lock(&b, &l, false, SAMPLE_CODE);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        for (int k = 0; k < 16; k++)
            l.header.keys[0].wrapped[16 + k] = (uint8_t)(asked[i][k / 4] >> (8 * (k % 4)));
        sample_lock_header(&b, &l);
        sample_seal_stream(&b, &l, &(struct sample_shape){0}, &bytes);
        clock_t before = clock();
        assert_int_equal(pass_as(NULL, SAMPLE_CODE, bytes.data, bytes.size), STATUS_DAMAGED);
        assert_true(clock() - before < CLOCKS_PER_SEC / 10);
    }
    buf_release(&bytes);
    sample_release(&b);
}

/* ---- lengths
 * ---------------------------------------------------------------------------------- */

/* Digest and signature fit the bytes as they are now; `length` is what the trailer says. */
static void sign_again(struct buf *b, size_t header, uint64_t length) {
    struct sample_log carrier = sample_log(1);
    struct buf message = {0}, end = {0};
    hash256 head;
    size_t digest_end = b->size - WIRE_BLOCK_HEAD - WIRE_TRAILER_BYTES;
    struct trailer t = {.length = length,
                        .digest = hash_of(b->data + header, digest_end - header)};
    memcpy(head.b, b->data + header - HASH_BYTES, HASH_BYTES);
    trailer_message(&message, &head, &t);
    sign(&carrier, &message, t.signature);
    trailer_put(&end, &t);
    memcpy(b->data + b->size - WIRE_TRAILER_BYTES, end.data, WIRE_TRAILER_BYTES);
    buf_release(&message);
    buf_release(&end);
}

static enum status accept_plain(const struct buf *plain, size_t header,
                                const struct sample_lock *l) {
    struct sample_reader office = sample_reader(SAMPLE_OFFICE);
    struct bundle_opener o = sample_opener(&office, NULL);
    struct buf sealed = {0};
    if (!l) return bundle_show_memory(plain->data, plain->size, NULL, NULL, NULL);
    sample_stream(plain, header, l, &(struct sample_shape){0}, &sealed);
    enum status s = bundle_show_sealed_memory(sealed.data, sealed.size, &o, NULL, NULL, NULL);
    buf_release(&sealed);
    return s;
}

static void set_u32(uint8_t *p, uint32_t v) {
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(v >> (8 * i));
}

/* Every block says another size, the trailer another length, in an open and in a sealed bundle.
 */
static void lengths_that_lie(void **state) {
    (void)state;
    int64_t tried = 0, accepted = 0;
    for (int way = 0; way < 2; way++) {
        struct sample_bundle b;
        struct sample_lock lock;
        const struct sample_lock *l = way ? &lock : NULL;
        struct buf plain = {0};
        sample_make(&b);
        if (way) sample_lock(&b, &lock, true, NULL);
        sample_seal(&b, &plain);
        size_t header = b.header.size, size = plain.size, at = header;
        assert_int_equal(accept_plain(&plain, header, l), STATUS_OK);
        while (at < size) {
            struct cursor c = cursor_of(plain.data + at, WIRE_BLOCK_HEAD);
            uint8_t type = cursor_byte(&c);
            uint32_t true_size = cursor_u32(&c), most = (uint32_t)block_size_max(type);
            const uint32_t lies[] = {0,        true_size - 1,  true_size + 1, most,
                                     most + 1, (uint32_t)size, INT32_MAX,     UINT32_MAX};
            for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
                if (lies[i] == true_size) continue; /* a trailer as large as it may be */
                set_u32(plain.data + at + 1, lies[i]);
                sign_again(&plain, header, size);
                accepted += accept_plain(&plain, header, l) == STATUS_OK;
                tried++;
            }
            set_u32(plain.data + at + 1, true_size);
            at += WIRE_BLOCK_HEAD + true_size;
        }
        const uint64_t said[] = {0,         size - 1, size + 1, size + 17 + 24, size - header,
                                 UINT64_MAX};
        for (size_t i = 0; i < sizeof said / sizeof *said; i++, tried++) {
            sign_again(&plain, header, said[i]);
            accepted += accept_plain(&plain, header, l) == STATUS_OK;
        }
        sign_again(&plain, header, size);
        assert_int_equal(accept_plain(&plain, header, l), STATUS_OK);
        buf_release(&plain);
        sample_release(&b);
    }
    printf("figure: %lld lengths that lie under a fitting signature, %lld accepted\n",
           (long long)tried, (long long)accepted);
    assert_int_equal(accepted, 0);
}

/* ---- files
 * ------------------------------------------------------------------------------------ */

static enum status zeros_after(const struct buf *start, off_t size) {
    struct sample_reader office = sample_reader(SAMPLE_OFFICE);
    struct bundle_opener o = sample_opener(&office, NULL);
    const char *path = scratch("zeros.lantern");
    struct bundle_reader r;
    assert_int_equal(
        file_write(path, start->size ? start->data : (const uint8_t *)"", start->size, 0600),
        STATUS_OK);
    assert_int_equal(truncate(path, size), 0);
    clock_t before = clock();
    enum status s = reader_open_with(&r, path, &o);
    if (!s) s = reader_check(&r);
    reader_release(&r);
    assert_true(clock() - before < CLOCKS_PER_SEC / 2);
    unlink(path);
    return s;
}

/* Sparse, so they cost nothing here; on a stick they would be real. */
static void gigabytes_of_zeros(void **state) {
    (void)state;
    struct buf nothing = {0}, bytes = {0};
    struct sample_bundle b;
    struct sample_lock l;
    off_t most = (off_t)BUNDLE_FILE_BYTES_MAX;
    assert_int_equal(zeros_after(&nothing, 2 * most), STATUS_TOO_LARGE);
    assert_int_equal(zeros_after(&nothing, most), STATUS_NOT_OURS);
    sample_make(&b);
    assert_int_equal(zeros_after(&b.header, most), STATUS_DAMAGED);
    sample_seal(&b, &bytes);
    assert_int_equal(zeros_after(&bytes, most), STATUS_DAMAGED);
    sample_lock(&b, &l, true, NULL);
    assert_int_equal(zeros_after(&b.header, most), STATUS_DAMAGED);
    sample_seal_stream(&b, &l, &(struct sample_shape){0}, &bytes);
    assert_int_equal(zeros_after(&bytes, most), STATUS_DAMAGED);
    printf("figure: 4 GB of zeros, and 2 GB behind a true beginning, refused at once\n");
    sample_release(&b);
    buf_release(&bytes);
}

static void sign_fixed(const void *ctx, const void *p, size_t n, uint8_t out[64]) {
    const struct sample_log *l = ctx;
    crypto_sign_detached(out, NULL, p, n, l->secret);
}

static enum status write_sealed(const char *path, const struct writer_readers *to,
                                struct sample_bundle *b, hash256 *id) {
    struct bundle_writer w;
    enum status s = writer_open_for(&w, path, to);
    for (size_t i = 0; !s && i < b->count; i++)
        writer_block(&w, (enum block_type)b->blocks[i].type, &b->blocks[i].bytes);
    struct signer signer = {sign_fixed, &b->carrier};
    if (!s) s = writer_seal(&w, &signer, id);
    assert_false(file_exists(path));
    if (!s) s = writer_publish(&w);
    if (!s) assert_true(w.length < w.written);
    writer_release(&w);
    return s;
}

/* With the same randomness the writer's file is byte for byte what sealed_sample.c makes. */
static void writer_agrees(void **state) {
    (void)state;
    struct sample_reader readers[2] = {sample_reader(SAMPLE_OFFICE),
                                       sample_reader(SAMPLE_RECOVERY)};
    uint8_t keys[3 * 32];
    memcpy(keys, readers[0].public_key, 32);
    memcpy(keys + 32, readers[1].public_key, 32);
    memcpy(keys + 64, readers[0].public_key, 32); /* the same twice counts once */
    struct buf bytes = {0}, file = {0};
    for (int coded = 0; coded < 2; coded++) {
        struct writer_readers to = {.keys = keys, .count = coded ? 0 : 3};
        const char *path = scratch(coded ? "coded.lantern" : "sealed.lantern");
        struct sample_bundle b;
        struct bundle_head head;
        hash256 id;
        if (coded) to.code = SAMPLE_CODE;
        sample_make(&b);
        sample_credentials(&b, coded);
        sample_fixed_randomness(coded ? 20261124 : 20261123);
        assert_int_equal(write_sealed(path, &to, &b, &id), STATUS_OK);
        sample_true_randomness();
        if (coded)
            sample_coded(&bytes);
        else
            sample_sealed(&bytes);
        assert_int_equal(file_read(path, 1 << 20, &file), STATUS_OK);
        assert_int_equal(file.size, bytes.size);
        assert_memory_equal(file.data, bytes.data, bytes.size);
        assert_int_equal(show_as(&readers[0], SAMPLE_CODE, &file, &head), STATUS_OK);
        assert_true(hash_equal(&head.id, &id));
        sample_release(&b);
    }
    buf_release(&bytes);
    buf_release(&file);
}

/* A point of small order is no key: told, and no file left. */
static void writer_wants_keys(void **state) {
    (void)state;
    static const uint8_t none[32];
    const char *path = scratch("none.lantern"), *part = scratch("none.lantern.part");
    struct writer_readers to = {.keys = none, .count = 1};
    struct bundle_writer w;
    assert_int_equal(writer_open_for(&w, path, &to), STATUS_INVALID);
    writer_release(&w);
    assert_false(file_exists(path));
    assert_false(file_exists(part));
}

/* The same words sealed twice have nothing in common, and none of them lies in the file, nor
 * does any name. */
static void writer_hides_everything(void **state) {
    (void)state;
    struct sample_reader office = sample_reader(SAMPLE_OFFICE);
    struct writer_readers to = {.keys = office.public_key, .count = 1};
    struct buf files[2] = {0};
    static const char *const words[] = {"Office", "Night tablet", "Lantern 1",
                                        "not really a photo"};
    for (int i = 0; i < 2; i++) {
        struct sample_bundle b;
        hash256 id;
        const char *path = scratch(i ? "twice-b.lantern" : "twice-a.lantern");
        sample_make(&b);
        assert_int_equal(write_sealed(path, &to, &b, &id), STATUS_OK);
        assert_int_equal(file_read(path, 1 << 20, &files[i]), STATUS_OK);
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            assert_null(memmem(files[i].data, files[i].size, words[k], strlen(words[k])));
        assert_null(memmem(files[i].data, files[i].size, b.carrier.key, 32));
        sample_release(&b);
    }
    size_t same = 0, from = WIRE_HEADER_MIN + WIRE_KEY_BYTES;
    assert_int_equal(files[0].size, files[1].size);
    for (size_t at = from; at < files[0].size; at++)
        same += files[0].data[at] == files[1].data[at];
    assert_true(same < (files[0].size - from) / 50); /* one in 256 by chance */
    buf_release(&files[0]);
    buf_release(&files[1]);
}

static int weak_codes(void **state) {
    (void)state;
    key_lock_weakly_for_tests();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(header_rules),
        cmocka_unit_test(hard_codes_are_refused),
        cmocka_unit_test(lengths_that_lie),
        cmocka_unit_test(gigabytes_of_zeros),
        cmocka_unit_test(writer_agrees),
        cmocka_unit_test(writer_wants_keys),
        cmocka_unit_test(writer_hides_everything),
    };
    return cmocka_run_group_tests(tests, weak_codes, NULL);
}
