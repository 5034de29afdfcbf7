/* test_text.c -- UTF-8 read strictly and cut between characters. needs: base */
#include "base_help.h"

#include "base/text.h"

static void text_is_strict_utf8(void **state) {
    (void)state;
    assert_true(text_valid("", 0));
    assert_true(text_valid(NULL, 0));
    assert_true(text_valid("£ é ਪ 🙂", strlen("£ é ਪ 🙂")));
    static const char *const bad[] = {
        "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80",    "\xC3",
        "\xE2\x82", "\xFF",         "a\xC3z",       "\xF0\x80\x80\x80", "\xC1\xBF"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(text_valid(bad[i], strlen(bad[i])));
    assert_false(text_valid("a\0b", 3));
    for (uint32_t cp = 1; cp <= 0x10FFFF; cp += cp < 0x3000 ? 1 : 97) {
        char out[4];
        size_t n = text_put(out, cp);
        const char *p = out;
        uint32_t want = cp >= 0xD800 && cp <= 0xDFFF ? 0xFFFD : cp;
        assert_int_equal(text_next(&p, out + n), want);
        assert_ptr_equal(p, out + n);
    }
    const char *p = "\xE2\x82z", *end = p + 3;
    assert_int_equal(text_next(&p, end), 0xFFFD);
    assert_int_equal(text_next(&p, end), 0xFFFD);
    assert_int_equal(text_next(&p, end), 'z');
    assert_int_equal(text_count("£1 🙂"), 4);
}

static void text_copy_cuts_between_characters(void **state) {
    (void)state;
    char out[8];
    static const struct {
        size_t room;
        const char *in, *want;
    } cases[] = {{8, "1234567", "1234567"},
                 {8, "12345678", "1234567"},
                 {8, "123456£", "123456"},
                 {8, "12345£", "12345£"},
                 {8, "1234🙂", "1234"},
                 {8, "123🙂", "123🙂"},
                 {8, "123456€", "123456"},
                 {1, "abc", ""},
                 {2, "£", ""},
                 {8, NULL, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        memset(out, 'X', sizeof out);
        text_copy(out, cases[i].room, cases[i].in);
        assert_string_equal(out, cases[i].want);
    }
    memset(out, 'X', sizeof out);
    text_copy(out, 0, "abc");
    assert_int_equal(out[0], 'X');
}

static void text_words_and_blanks(void **state) {
    (void)state;
    assert_true(text_has_word_nocase("The Bell rang", "bell"));
    assert_true(text_has_word_nocase("Bell", "bell"));
    assert_true(
        text_has_word_nocase("the bell\xE2\x80\x99s cord", "bell")); /* a curly apostrophe */
    assert_true(text_has_word_nocase("(bell)", "bell"));
    assert_true(text_has_word_nocase("bellow and bell", "bell"));
    assert_true(text_has_word_nocase("see the fire door open", "Fire Door"));
    assert_false(text_has_word_nocase("bellow", "bell"));
    assert_false(text_has_word_nocase("doorbell", "bell"));
    assert_false(text_has_word_nocase("ébell", "bell"));
    assert_false(text_has_word_nocase("bellé", "bell"));
    assert_false(text_has_word_nocase("", "bell"));
    assert_false(text_has_word_nocase("bell", ""));
    assert_true(text_blank(NULL));
    assert_true(text_blank(" \t\xC2\xA0\xE2\x80\x89\n"));
    assert_false(text_blank(" . "));
    assert_string_equal(text_trim(&frame, "  a b\xC2\xA0 "), "a b");
    assert_string_equal(text_trim(&frame, " \n "), "");
    assert_true(text_listed("met|partly|not_met", '|', "partly"));
    assert_true(text_listed("met|partly|not_met", '|', "not_met"));
    assert_true(text_listed("speak_up", ',', "speak_up"));
    assert_false(text_listed("met|partly", '|', "part"));
    assert_false(text_listed("met|partly", '|', "met|partly"));
    assert_false(text_listed("a,,b", ',', ""));
    assert_false(text_listed(NULL, ',', "a"));
    assert_false(text_listed("a", ',', NULL));
    assert_true(text_equal(NULL, ""));
    assert_false(text_equal("a", "b"));
    assert_true(text_hash("a") == 0xaf63dc4c8601ec8cu); /* the published FNV-1a value */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FRESH(text_is_strict_utf8),
        FRESH(text_copy_cuts_between_characters),
        FRESH(text_words_and_blanks),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, over);
}
