/* test_vectors.c -- the vectors of sync/FORMAT.md: bundles of long ago, values by name.
 * needs: sync store base
 *
 * The files in tests/golden were written by an earlier build and must stay readable for ever,
 * so nothing here compares what is written today with them: zlib may pack differently.
 * LANTERN_GOLDEN=1 writes them anew. tests/check_reader.py reads the same files with a reader
 * that shares no code with this one. */
#include "support.h"

#include "base/file.h"
#include "bundle_sample.c" /* each test is one program of one file */
#include "bundle_vectors.c"
#include "sealed_sample.c"

static bool collect(void *ctx, const hash256 *log, const struct record_wire *r) {
    sample_json(ctx, log, r);
    return true;
}

static const char *golden(struct arena *a, const char *name, const char *end) {
    return arena_printf(a, "tests/golden/%s.%s", name, end);
}

static void keep(const char *path, const struct buf *b) {
    assert_int_equal(file_write(path, b->data, b->size, 0644), STATUS_OK);
}

/* Both readings of one bundle, as text. */
static void read_both(const struct buf *bytes, const struct bundle_opener *o, struct buf *lines,
                      struct buf *parts) {
    buf_clear(lines);
    buf_clear(parts);
    enum status s =
        bundle_show_sealed_memory(bytes->data, bytes->size, o, NULL, collect, lines);
    if (!s) s = vector_parts(parts, bytes->data, bytes->size, o);
    if (s) print_error("%s\n", status_detail());
    assert_int_equal(s, STATUS_OK);
}

static void golden_bundles(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf bytes = {0}, lines = {0}, parts = {0}, file = {0}, text = {0};
    int count = 0;
    int64_t total = 0;
    for (const struct vector *v = vectors; v->name; v++, count++) {
        struct sample_bundle b;
        v->make(&b);
        sample_seal(&b, &bytes);
        sample_release(&b);
        if (getenv("LANTERN_GOLDEN")) {
            read_both(&bytes, NULL, &lines, &parts);
            keep(golden(&a, v->name, "lantern"), &bytes);
            keep(golden(&a, v->name, "jsonl"), &lines);
            keep(golden(&a, v->name, "parts"), &parts);
        }
        assert_int_equal(file_read(golden(&a, v->name, "lantern"), 1 << 20, &file), STATUS_OK);
        total += (int64_t)file.size;
        for (int fresh = 0; fresh < 2; fresh++) {
            read_both(fresh ? &bytes : &file, NULL, &lines, &parts);
            assert_int_equal(file_read(golden(&a, v->name, "jsonl"), 1 << 20, &text),
                             STATUS_OK);
            assert_string_equal(buf_str(&lines), buf_str(&text));
            assert_int_equal(file_read(golden(&a, v->name, "parts"), 1 << 20, &text),
                             STATUS_OK);
            assert_string_equal(buf_str(&parts), buf_str(&text));
        }
    }
    printf("figure: %d open golden bundles read, %lld bytes\n", count, (long long)total);
    buf_release(&bytes);
    buf_release(&lines);
    buf_release(&parts);
    buf_release(&file);
    buf_release(&text);
    arena_release(&a);
}

/* Sealed with secrets that stand in FORMAT.md: the same records as in small.lantern. */
static void golden_sealed(void **state) {
    (void)state;
    struct buf bytes = {0}, file = {0}, lines = {0}, parts = {0}, small = {0}, text = {0};
    struct sample_reader office = sample_reader(SAMPLE_OFFICE),
                         recovery = sample_reader(SAMPLE_RECOVERY);
    assert_int_equal(file_read("tests/golden/small.jsonl", 1 << 20, &small), STATUS_OK);
    for (int i = 0; i < 3; i++) {
        const char *path =
            i == 2 ? "tests/golden/coded.lantern" : "tests/golden/sealed.lantern";
        const char *said = i == 2 ? "tests/golden/coded.parts" : "tests/golden/sealed.parts";
        struct bundle_opener o = sample_opener(i == 0   ? &office
                                               : i == 1 ? &recovery
                                                        : NULL,
                                               i == 2 ? SAMPLE_CODE : NULL);
        if (getenv("LANTERN_GOLDEN")) {
            if (i == 2)
                sample_coded(&bytes);
            else
                sample_sealed(&bytes);
            keep(path, &bytes);
            read_both(&bytes, &o, &lines, &parts);
            keep(said, &parts);
        }
        assert_int_equal(file_read(path, 1 << 20, &file), STATUS_OK);
        read_both(&file, &o, &lines, &parts);
        assert_string_equal(buf_str(&lines), buf_str(&small));
        assert_int_equal(file_read(said, 1 << 20, &text), STATUS_OK);
        assert_string_equal(buf_str(&parts), buf_str(&text));
    }
    buf_release(&bytes);
    buf_release(&file);
    buf_release(&lines);
    buf_release(&parts);
    buf_release(&small);
    buf_release(&text);
}

/* ---- values that stand in FORMAT.md
 * ----------------------------------------------------------- */

struct page {
    struct arena a;
    char *text; /* FORMAT.md without white space */
    int count, missing;
};

static void page_load(struct page *p) {
    struct buf b = {0};
    assert_int_equal(file_read("sync/FORMAT.md", 1 << 20, &b), STATUS_OK);
    size_t n = 0;
    for (size_t i = 0; i < b.size; i++)
        if (b.data[i] != ' ' && b.data[i] != '\n') b.data[n++] = b.data[i];
    p->text = arena_strndup(&p->a, (const char *)b.data, n);
    buf_release(&b);
}

/* The page must say that value, and the code gives it. */
static void says(struct page *p, const char *name, const void *value, size_t n) {
    char *hex = hex_of(&p->a, value, n);
    bool there = strstr(p->text, hex) != NULL;
    if (!there) print_error("FORMAT.md does not say %s: %s\n", name, hex);
    p->count += there;
    p->missing += !there;
}

static void says_keys(struct page *p) {
    struct sample_reader office = sample_reader(SAMPLE_OFFICE),
                         recovery = sample_reader(SAMPLE_RECOVERY);
    uint8_t id[KEY_ID_BYTES];
    says(p, "office's public key", office.public_key, 32);
    key_id(office.public_key, id);
    says(p, "office's key id", id, sizeof id);
    says(p, "recovery public key", recovery.public_key, 32);
    key_id(recovery.public_key, id);
    says(p, "recovery key id", id, sizeof id);
    struct sample_log signer = sample_log(1);
    uint8_t box[32];
    says(p, "an Ed25519 key", signer.key, 32);
    assert_true(key_of_signer(signer.key, box));
    says(p, "the X25519 key that belongs to it", box, sizeof box);
}

/* The wrapped keys and the content keys of the golden files. */
static void says_wrapped(struct page *p) {
    struct buf file = {0};
    struct wire_header h;
    uint8_t key[KEY_BYTES], other[KEY_BYTES];
    struct sample_reader office = sample_reader(SAMPLE_OFFICE),
                         recovery = sample_reader(SAMPLE_RECOVERY);
    assert_int_equal(file_read("tests/golden/sealed.lantern", 1 << 20, &file), STATUS_OK);
    assert_int_equal(header_get(file.data, file.size, &h), STATUS_OK);
    says(p, "the sealed header's hash", h.hash.b, HASH_BYTES);
    const struct wire_key *ours = &h.keys[0], *theirs = &h.keys[1];
    if (!key_unwrap(office.secret, ours->wrapped, key)) {
        ours = &h.keys[1];
        theirs = &h.keys[0];
        assert_true(key_unwrap(office.secret, ours->wrapped, key));
    }
    assert_true(key_unwrap(recovery.secret, theirs->wrapped, other));
    assert_memory_equal(key, other, sizeof key);
    says(p, "the sealed file's content key", key, sizeof key);
    assert_int_equal(file_read("tests/golden/coded.lantern", 1 << 20, &file), STATUS_OK);
    assert_int_equal(header_get(file.data, file.size, &h), STATUS_OK);
    assert_int_equal(key_unlock(SAMPLE_CODE, h.keys[0].wrapped, key), STATUS_OK);
    says(p, "the locked key", h.keys[0].wrapped, KEY_LOCKED_BYTES);
    says(p, "the coded file's content key", key, sizeof key);
    buf_release(&file);
}

static void says_enrolment(struct page *p) {
    uint8_t token[TOKEN_BYTES], id[TOKEN_ID_BYTES];
    hash256 provider, hash;
    struct buf message = {0};
    struct credentials c = sample_credentials_of(&p->a, true);
    memset(token, 0x70, sizeof token);
    memset(provider.b, 0x44, sizeof provider.b);
    token_id(token, id);
    says(p, "token id", id, sizeof id);
    struct sample_log device = sample_log(2);
    hash = proof_mac(token, &provider, device.key);
    says(p, "the device's key", device.key, 32);
    says(p, "proof", hash.b, HASH_BYTES);
    succession_message(&message, &provider, &c.successions[0]);
    says(p, "succession message", message.data, message.size);
    says(p, "succession signature", c.successions[0].signature, 64);
    buf_release(&message);
}

static void says_records(struct page *p) {
    uint8_t key[32], incarnation[8], salt_key[32];
    static const uint8_t body[] = {0x82, 0x01, 0x61, 0x61};
    memset(key, 0x11, sizeof key);
    memset(incarnation, 0x22, sizeof incarnation);
    memset(salt_key, 0x33, sizeof salt_key);
    hash256 h = union_log_id(key, incarnation);
    says(p, "log id", h.b, HASH_BYTES);
    struct record_wire r = {.seq = 1, .hlc = (uint64_t)NOW << 16 | 5, .at = NOW - 20};
    r.at_offset_min = 60;
    r.kind = 15;
    r.row = (struct global_ref){.log = h, .seq = 1};
    r.commitment = record_commitment(salt_key, 7, body, sizeof body);
    says(p, "commitment", r.commitment.b, HASH_BYTES);
    hash256 record = record_hash(&h, &h, &r);
    says(p, "record hash", record.b, HASH_BYTES);
    struct sample_log office = sample_log(1);
    hash256 provider = provider_of(&office);
    says(p, "office's log id", office.id.b, HASH_BYTES);
    says(p, "provider id", provider.b, HASH_BYTES);
}

static void the_page_is_true(void **state) {
    (void)state;
    struct page p = {0};
    page_load(&p);
    says_keys(&p);
    says_wrapped(&p);
    says_enrolment(&p);
    says_records(&p);
    printf("figure: %d values in FORMAT.md are what the code gives\n", p.count);
    assert_int_equal(p.missing, 0);
    arena_release(&p.a);
}

static int weak_codes(void **state) {
    (void)state;
    key_lock_weakly_for_tests();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_bundles),
        cmocka_unit_test(golden_sealed),
        cmocka_unit_test(the_page_is_true),
    };
    return cmocka_run_group_tests(tests, weak_codes, NULL);
}
