/* test_bytes.c -- memory, buffers, cursors, hashes and chance. needs: base
 *
 * Hashes are held to the published BLAKE2b vectors, drawing to the published splitmix64. */
#include "base_help.h"

#include "base/buf.h"
#include "base/hash.h"

static void arena_gives_zeroed_aligned_memory(void **state) {
    (void)state;
    struct arena a = {0};
    for (int round = 0; round < 3; round++) {
        for (size_t n = 0; n < 3000; n += 7) {
            uint8_t *p = arena_take(&a, n);
            assert_int_equal((uintptr_t)p % 16, 0);
            for (size_t i = 0; i < n; i++)
                assert_int_equal(p[i], 0);
            memset(p, 0xAB, n);
        }
        uint8_t *big = arena_take(&a, 5 * 1024 * 1024);
        assert_int_equal(big[5 * 1024 * 1024 - 1], 0);
        memset(big, 0xAB, 5 * 1024 * 1024);
        arena_reset(&a);
    }
    assert_string_equal(arena_strdup(&a, NULL), "");
    assert_string_equal(arena_strndup(&a, "abcdef", 3), "abc");
    assert_string_equal(arena_printf(&a, "%s-%03d", "x", 7), "x-007");
    assert_memory_equal(arena_copy(&a, "\1\2\3", 3), "\1\2\3", 3);
    arena_release(&a);
    assert_null(a.first);
    arena_release(&a); /* a zeroed one is fine */
}

static void buf_grows_and_its_failure_sticks(void **state) {
    (void)state;
    struct buf b = {.limit = 10};
    buf_text(&b, "0123456789");
    assert_false(b.overflow);
    buf_byte(&b, 'x');
    assert_true(b.overflow);
    buf_add(&b, "", 0);
    assert_int_equal(b.size, 10);
    assert_string_equal(buf_str(&b), "0123456789");
    buf_clear(&b);
    buf_printf(&b, "%d!", 42);
    assert_string_equal(buf_str(&b), "42!");
    buf_printf(&b, "%s", "12345678");
    assert_true(b.overflow);
    buf_release(&b);
    assert_string_equal(buf_str(&b), "");
    buf_u16(&b, 0x0102);
    buf_u32(&b, 0x03040506);
    assert_memory_equal(b.data, "\x02\x01\x06\x05\x04\x03", 6);
    buf_release(&b);
}

static void varints_have_one_form(void **state) {
    (void)state;
    static const uint64_t values[] = {
        0, 1, 127, 128, 300, 16383, 16384, 1u << 31, UINT32_MAX, UINT64_MAX, UINT64_MAX >> 1};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct buf b = {0};
        buf_varint(&b, values[i]);
        struct cursor c = cursor_of(b.data, b.size);
        assert_true(cursor_varint(&c) == values[i]);
        assert_false(c.bad);
        assert_ptr_equal(c.p, c.end);
        c = cursor_of(b.data, b.size - 1); /* cut short */
        assert_true(cursor_varint(&c) == 0);
        assert_true(c.bad);
        buf_release(&b);
    }
    struct cursor longer = cursor_of("\x80\x00", 2);
    cursor_varint(&longer);
    assert_true(longer.bad);
    struct cursor beyond = cursor_of("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10);
    cursor_varint(&beyond);
    assert_true(beyond.bad);
}

static void cursor_never_leaves_its_bytes(void **state) {
    (void)state;
    struct cursor c = cursor_of("\1\2\3\4\5", 5);
    assert_int_equal(cursor_u32(&c), 0x04030201);
    assert_null(cursor_take(&c, 2));
    assert_true(c.bad);
    assert_int_equal(cursor_byte(&c), 0); /* there is a byte, but the cursor has failed */
    assert_null(cursor_take(&c, 0));
    struct cursor none = cursor_of(NULL, 0);
    assert_non_null(cursor_take(&none, 0));
    assert_int_equal(cursor_u64(&none), 0);
    assert_true(none.bad);
    struct cursor huge = cursor_of("abc", 3);
    assert_null(cursor_take(&huge, SIZE_MAX));
}

static void hash_matches_the_published_vectors(void **state) {
    (void)state;
    /* BLAKE2b-256 of "" and "abc". */
    hash256 empty = hash_of(NULL, 0), abc = hash_of("abc", 3);
    assert_string_equal(hex_of(&frame, empty.b, 32),
                        "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    assert_string_equal(hex_of(&frame, abc.b, 32),
                        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    struct hash_state s;
    hash_start(&s);
    hash_add(&s, "a", 1);
    hash_add(&s, NULL, 0);
    hash_add(&s, "bc", 2);
    hash256 parts = hash_end(&s);
    assert_true(hash_equal(&parts, &abc));
    uint8_t key[32] = {1};
    hash256 keyed = hash_keyed(key, "abc", 3), zero = {{0}};
    assert_false(hash_equal(&keyed, &abc));
    assert_false(hash_is_zero(&abc));
    assert_true(hash_is_zero(&zero));
}

static void hex_reads_exactly(void **state) {
    (void)state;
    uint8_t out[2] = {9, 9};
    assert_true(hex_read("00fF", out, 2));
    assert_memory_equal(out, "\x00\xff", 2);
    static const char *const bad[] = {"00f", "00fff", "00fg", "", "0 ff", "00F@"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(hex_read(bad[i], out, 2));
    assert_false(hex_read(NULL, out, 2));
    assert_memory_equal(out, "\x00\xff", 2);
}

static void chance_repeats_only_when_asked(void **state) {
    (void)state;
    uint8_t a[40], b[40], c[40];
    random_bytes(a, sizeof a);
    random_bytes(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
    random_seed(7);
    random_bytes(a, sizeof a);
    random_bytes(c, sizeof c);
    random_seed(7);
    random_bytes(b, sizeof b);
    assert_memory_equal(a, b, sizeof a);
    assert_memory_not_equal(a, c, sizeof a);
    draw d = {1234567};
    assert_true(draw_next(&d) == 6457827717110365317u); /* published splitmix64, seed 1234567 */
    assert_true(draw_next(&d) == 3203168211198807973u);
    int seen[6] = {0};
    for (int i = 0; i < 60000; i++)
        seen[draw_below(&d, 6)]++;
    for (int i = 0; i < 6; i++)
        assert_in_range(seen[i], 9600, 10400); /* 4.4 standard deviations */
    assert_int_equal(draw_below(&d, 0), 0);
    assert_int_equal(draw_below(&d, 1), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FRESH(arena_gives_zeroed_aligned_memory),
        FRESH(buf_grows_and_its_failure_sticks),
        FRESH(varints_have_one_form),
        FRESH(cursor_never_leaves_its_bytes),
        FRESH(hash_matches_the_published_vectors),
        FRESH(hex_reads_exactly),
        FRESH(chance_repeats_only_when_asked),
    };
    return cmocka_run_group_tests_name("bytes", tests, NULL, over);
}
