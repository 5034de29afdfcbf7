/* test_said.c -- small answers as one line of text: put, taken out, ticked, and hostile lines
 * that another device may have written; needs: care base */
#include "base_help.h"

#include "base/text.h"
#include "care/said.h"

static void one_word_a_part(void **state) {
    (void)state;
    const char *list = said_put(&frame, "", "easy", "yes");
    list = said_put(&frame, list, "face", "4");
    assert_string_equal(list, "easy=yes,face=4");
    list = said_put(&frame, list, "easy", "no");
    assert_string_equal(list, "easy=no,face=4");
    assert_string_equal(said_get(&frame, list, "easy"), "no");
    assert_string_equal(said_get(&frame, list, "fac"), "");
    assert_string_equal(said_get(&frame, list, "ace"), "");
    list = said_put(&frame, list, "easy", "");
    assert_string_equal(list, "face=4");
    assert_string_equal(said_put(&frame, list, "none", ""), "face=4");
    assert_string_equal(said_put(&frame, list, "face", NULL), "");
    assert_string_equal(said_get(&frame, NULL, "face"), "");
}

static void what_breaks_the_line_is_left_out(void **state) {
    (void)state;
    char longest[600];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_string_equal(said_put(&frame, "a=1", "b", "x,c=2\n"), "a=1,b=xc2 ");
    const char *list = said_put(&frame, "", "b", longest);
    assert_int_equal(strlen(list), 2 + SAID_WORD_MOST);
}

static void ticks(void **state) {
    (void)state;
    const char *word = said_toggle(&frame, "", "a");
    word = said_toggle(&frame, word, "bc");
    assert_string_equal(word, "a+bc");
    assert_true(said_has(word, "bc"));
    assert_false(said_has(word, "b"));
    assert_string_equal(said_toggle(&frame, word, "a"), "bc");
    assert_string_equal(said_toggle(&frame, "a", "a"), "");
}

static void odd_lines_are_read_without_harm(void **state) {
    static const char *const odd[] = {",",  ",,,",  "=",    "=,=",     "a",
                                      "a=", ",a=1", "a=1,", "a=1,,b=2"};
    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        const char *got = said_get(&frame, odd[i], "a");
        assert_true(text_equal(got, "") || text_equal(got, "1"));
        assert_string_equal(said_get(&frame, said_put(&frame, odd[i], "a", "9"), "a"), "9");
    }
    assert_string_equal(said_put(&frame, "a=1,a=2", "a", "3"), "a=3");
    assert_string_equal(said_join(&frame, "x", "y", " · "), "x · y");
    assert_string_equal(said_join(&frame, "", NULL, ","), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FRESH(one_word_a_part),
        FRESH(what_breaks_the_line_is_left_out),
        FRESH(ticks),
        FRESH(odd_lines_are_read_without_harm),
    };
    return cmocka_run_group_tests_name("said", tests, NULL, over);
}
