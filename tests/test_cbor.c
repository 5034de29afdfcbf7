/* test_cbor.c -- one spelling of CBOR is written and taken. needs: base
 *
 * The bytes come from RFC 8949, appendix A. */
#include "base_help.h"

#include "base/buf.h"
#include "base/cbor.h"
#include "base/hash.h"

static void cbor_writes_the_standard_forms(void **state) {
    (void)state;
    static const struct {
        int64_t v;
        const char *hex; /* RFC 8949, appendix A */
    } ints[] = {{0, "00"},
                {10, "0a"},
                {23, "17"},
                {24, "1818"},
                {25, "1819"},
                {100, "1864"},
                {1000, "1903e8"},
                {1000000, "1a000f4240"},
                {1000000000000, "1b000000e8d4a51000"},
                {-1, "20"},
                {-10, "29"},
                {-100, "3863"},
                {-1000, "3903e7"},
                {INT64_MAX, "1b7fffffffffffffff"},
                {INT64_MIN, "3b7fffffffffffffff"}};
    for (size_t i = 0; i < sizeof ints / sizeof *ints; i++) {
        struct buf b = {0};
        cbor_int(&b, ints[i].v);
        assert_string_equal(hex_of(&frame, b.data, b.size), ints[i].hex);
        struct cursor c = cursor_of(b.data, b.size);
        struct cbor_item item = cbor_next(&c);
        assert_int_equal(item.type, CBOR_INT);
        assert_true(item.i == ints[i].v);
        buf_release(&b);
    }
    struct buf b = {0};
    cbor_array(&b, 5);
    cbor_bytes(&b, "\1\2\3\4", 4);
    cbor_text(&b, "ü", 2);
    cbor_bool(&b, true);
    cbor_bool(&b, false);
    cbor_null(&b);
    assert_string_equal(hex_of(&frame, b.data, b.size), "85440102030462c3bcf5f4f6");
    struct cursor c = cursor_of(b.data, b.size);
    assert_int_equal(cbor_next(&c).i, 5);
    struct cbor_item bytes = cbor_next(&c), text = cbor_next(&c), yes = cbor_next(&c);
    assert_int_equal(bytes.type, CBOR_BYTES);
    assert_int_equal(bytes.n, 4);
    assert_memory_equal(text.p, "ü", 2);
    assert_true(yes.type == CBOR_BOOL && yes.i == 1);
    assert_int_equal(cbor_next(&c).i, 0);
    assert_int_equal(cbor_next(&c).type, CBOR_NULL);
    assert_ptr_equal(c.p, c.end);
    assert_int_equal(cbor_next(&c).type, CBOR_BAD); /* nothing left */
    assert_true(c.bad);
    buf_release(&b);
}

static void cbor_refuses_every_other_spelling(void **state) {
    (void)state;
    static const char *const bad[] = {"1817",       /* 23 in two bytes */
                                      "1900ff",     /* 255 in three */
                                      "1a0000ffff", /* 65,535 in five */
                                      "1b00000000ffffffff",
                                      "3817",
                                      "5817",
                                      "580141",
                                      "780161",
                                      "990001f6",
                                      "9801f6",
                                      "1bffffffffffffffff", /* beyond int64 */
                                      "3bffffffffffffffff",
                                      "5f4101ff",
                                      "7f6161ff",
                                      "9ff6ff",
                                      "bf6161f6ff",
                                      "a16161f6",     /* a map */
                                      "c11a514b67b0", /* a tag */
                                      "f7",
                                      "f0",
                                      "f820",
                                      "f97e00",
                                      "fa47c35000",
                                      "fb3ff199999999999a",
                                      "ff",
                                      "1c",
                                      "1d",
                                      "1e",
                                      "1f",
                                      "4401",
                                      "62c3", /* cut short */
                                      "61ff",
                                      "62c328",
                                      "63eda080",
                                      "6100", /* text that is not ours */
                                      "9b7fffffffffffffff",
                                      "84f6f6", /* more elements than bytes */
                                      "5b7fffffffffffffff",
                                      "18",
                                      "19ff",
                                      ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint8_t bytes[16];
        size_t n = strlen(bad[i]) / 2;
        assert_true(hex_read(bad[i], bytes, n));
        struct cursor c = cursor_of(bytes, n);
        if (cbor_next(&c).type != CBOR_BAD || !c.bad) fail_msg("taken: %s", bad[i]);
    }
    printf("figure: %zu wrong spellings of CBOR refused\n", sizeof bad / sizeof *bad);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FRESH(cbor_writes_the_standard_forms),
        FRESH(cbor_refuses_every_other_spelling),
    };
    return cmocka_run_group_tests_name("cbor", tests, NULL, over);
}
