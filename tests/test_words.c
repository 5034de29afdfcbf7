/* test_words.c -- sentences filled in from the words files. needs: base */
#include "base_help.h"

#include "base/text.h"
#include "base/words.h"

static const char *words_folder(const char *home) {
    const char *dir = scratch("words");
    assert_int_equal(file_make_dirs(dir), STATUS_OK);
    put(scratch("words/home.json"), home);
    put(scratch("words/walk.json"), "{\"walk.title\": \"The walk\"}");
    return dir;
}

static void words_fill_in(void **state) {
    (void)state;
    const char *dir = words_folder("{\"home.checks\": \"{0} {0|check|checks}\","
                                   "\"home.two\": \"{1} and {0}\","
                                   "\"home.nested\": \"{0|one room|{0} rooms of {1}}\","
                                   "\"home.others\": \"{1|it|them}\","
                                   "\"home.only\": \"{0|one}\"}");
    struct words *w = NULL;
    assert_int_equal(words_load(&w, dir), STATUS_OK);
    assert_string_equal(word(w, "walk.title"), "The walk");
    assert_string_equal(words_say(&frame, w, "home.checks", "1"), "1 check");
    assert_string_equal(words_say(&frame, w, "home.checks", "0"), "0 checks");
    assert_string_equal(words_say(&frame, w, "home.checks", "21"), "21 checks");
    assert_string_equal(words_say(&frame, w, "home.two", "a", "b"), "b and a");
    assert_string_equal(words_say(&frame, w, "home.two", "a"), " and a");
    assert_string_equal(words_say(&frame, w, "home.nested", "1", "9"), "one room");
    assert_string_equal(words_say(&frame, w, "home.nested", "4", "9"), "4 rooms of 9");
    assert_string_equal(words_say(&frame, w, "home.others", "x", "1"), "it");
    assert_string_equal(words_say(&frame, w, "home.only", "5"), "one");
    /* What a person typed is never read as a place. */
    assert_string_equal(words_say(&frame, w, "home.two", "{1}", "{0|a|b}"), "{0|a|b} and {1}");
    assert_int_equal(words_missing(w), 0);
    assert_string_equal(word(w, "home.gone"), "[home.gone]");
    assert_string_equal(words_say(&frame, w, "home.gone", "1"), "[home.gone]");
    assert_string_equal(word(w, "home.too"), "[home.too]");
    assert_int_equal(words_missing(w), 2);
    assert_true(words_have(w, "walk.title") && !words_have(w, "home.gone"));
    words_close(w);
    assert_string_equal(int_text(&frame, 1204), "1\xE2\x80\x89"
                                                "204");
    assert_string_equal(int_text(&frame, -1234567), "-1\xE2\x80\x89"
                                                    "234\xE2\x80\x89"
                                                    "567");
    assert_string_equal(int_text(&frame, 999), "999");
    assert_string_equal(int_text(&frame, -100), "-100");
}

static void words_refuse(void **state) {
    (void)state;
    static const struct {
        const char *home, *says;
    } cases[] = {{"{\"walk.x\": \"a\"}",
                  "home.json: line 1, column 2: the key walk.x must begin with home."},
                 {"{\"home.\": \"a\"}",
                  "home.json: line 1, column 2: the key home. must begin with home."},
                 {"{\"home.a\": \"a\",\n \"home.b\": 5}",
                  "home.json: line 2, column 2: home.b must be text"},
                 {"{\"home.a\": \"{x}\"}", "home.json: line 1, column 2: home.a has a {"},
                 {"{\"home.a\": \"{0\"}", "home.json: line 1, column 2: home.a has a {"},
                 {"[]", "home.json: line 1, column 1: a flat map"},
                 {"{", "home.json: line 1, column "}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct words *w = NULL;
        assert_int_equal(words_load(&w, words_folder(cases[i].home)), STATUS_INVALID);
        assert_null(w);
        if (!text_starts(status_detail(), cases[i].says)) fail_msg("%s", status_detail());
    }
    struct words *w = NULL;
    assert_int_equal(words_load(&w, scratch("nowhere")), STATUS_NOT_FOUND);
}

/* Every file of words that ships is well formed. */
static void our_words_load(void **state) {
    (void)state;
    struct words *w = NULL;
    enum status s = words_load(&w, "assets/words/en");
    if (s) fail_msg("%s", status_detail());
    words_close(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FRESH(words_fill_in),
        FRESH(words_refuse),
        FRESH(our_words_load),
    };
    return cmocka_run_group_tests_name("words", tests, NULL, over);
}
