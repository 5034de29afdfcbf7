/* test_text_edit.c -- the text of a field: clusters, words, editing, undo, limits.
 * needs: ui base
 *
 * Texts are written as bytes where the eye could be fooled. A storm of seeded edits is checked
 * against two laws: undoing all gives the first text, redoing all the last one. */
#include "support.h"

#include "base/text.h"
#include "ui/text_edit.h"

#define E_ACUTE   "e\xCC\x81"                                    /* e and U+0301 */
#define FAMILY    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7" /* woman, joiner, girl */
#define WAVE_DARK "\xF0\x9F\x91\x8B\xF0\x9F\x8F\xBF"             /* hand, skin tone */
#define FLAG_GB   "\xF0\x9F\x87\xAC\xF0\x9F\x87\xA7"
#define FLAG_PL   "\xF0\x9F\x87\xB5\xF0\x9F\x87\xB1"
#define HEART     "\xE2\x9D\xA4\xEF\xB8\x8F"                 /* heart, emoji selector */
#define HAN       "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"     /* three jamo, one syllable */
#define BANGLA_KI "\xE0\xA6\x95\xE0\xA6\xBF"                 /* ka, vowel sign i */
#define GURMUKHI  "\xE0\xA8\xAA\xE0\xA9\xB0"                 /* pa, tippi */
#define ARABIC    "\xD9\x85\xD9\x8E\xD8\xB1\xD9\x92\xD8\xAD" /* mim fatha, ra sukun, ha */

static struct text_edit e;

static int setup(void **state) {
    (void)state;
    e = (struct text_edit){0};
    return 0;
}

static int teardown(void **state) {
    (void)state;
    text_edit_release(&e);
    return 0;
}

static bool type(const char *s) {
    return text_edit_insert(&e, s, strlen(s));
}

static void holds(const char *want) {
    assert_string_equal(text_edit_str(&e), want);
    assert_true(text_valid(text_edit_str(&e), e.text.size));
}

/* ---- clusters and words ---- */

static void clusters_are_whole(void **state) {
    (void)state;
    static const char *const parts[] = {"a",
                                        E_ACUTE,
                                        "b",
                                        FAMILY,
                                        WAVE_DARK,
                                        FLAG_GB,
                                        FLAG_PL,
                                        HEART,
                                        HAN,
                                        BANGLA_KI,
                                        "\n",
                                        GURMUKHI,
                                        " ",
                                        "\xD9\x85\xD9\x8E",
                                        "\xD8\xB1\xD9\x92",
                                        "\xD8\xAD",
                                        "7\xEF\xB8\x8F\xE2\x83\xA3",
                                        "x"};
    struct buf all = {0};
    size_t ends[32], n = 0;
    for (; n < sizeof parts / sizeof *parts; n++) {
        buf_text(&all, parts[n]);
        ends[n] = all.size;
    }
    const char *s = buf_str(&all);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        size_t next = text_grapheme_next(s, all.size, at);
        if (next != ends[i]) fail_msg("part %zu ends at %zu, not %zu", i, next, ends[i]);
        at = next;
    }
    for (size_t i = n; i-- > 0;) {
        size_t before = text_grapheme_prev(s, all.size, at);
        if (before != (i ? ends[i - 1] : 0)) fail_msg("part %zu starts at %zu", i, before);
        at = before;
    }
    assert_int_equal(text_grapheme_next(s, all.size, all.size), all.size);
    assert_int_equal(text_grapheme_prev(s, all.size, 0), 0);
    buf_release(&all);
}

static void an_odd_flag_letter_stands_alone(void **state) {
    (void)state;
    const char *s = FLAG_GB "\xF0\x9F\x87\xB5" FLAG_PL; /* G B P P L: pairs from the left */
    size_t n = strlen(s);
    assert_int_equal(text_grapheme_next(s, n, 0), 8);
    assert_int_equal(text_grapheme_next(s, n, 8), 16);
    assert_int_equal(text_grapheme_next(s, n, 16), 20);
    assert_int_equal(text_grapheme_prev(s, n, n), 16);
}

static void words_are_found(void **state) {
    (void)state;
    const char *s = "Bell  didn't ring, \xE2\x80\x9C"
                    "caf" E_ACUTE "\xE2\x80\x9D " ARABIC " 12";
    size_t n = strlen(s), from, to;
    assert_int_equal(text_word_next(s, n, 0), 4);
    assert_int_equal(text_word_next(s, n, 4), 12);
    assert_int_equal(text_word_prev(s, n, 12), 6);
    assert_int_equal(text_word_prev(s, n, 6), 0);
    size_t cafe = (size_t)(strstr(s, "caf") - s), cafe_end = cafe + strlen("caf" E_ACUTE);
    text_word_around(s, n, cafe + 1, &from, &to);
    assert_int_equal(from, cafe);
    assert_int_equal(to, cafe_end);
    size_t arabic = (size_t)(strstr(s, ARABIC) - s);
    text_word_around(s, n, arabic + 4, &from, &to);
    assert_int_equal(from, arabic);
    assert_int_equal(to, arabic + strlen(ARABIC));
    text_word_around(s, n, n, &from, &to); /* behind the last letter */
    assert_int_equal(from, n - 2);
    text_word_around(s, n, 18, &from, &to); /* the comma was before, a blank is here */
    assert_int_equal(from, 18);
    assert_int_equal(to, 19);
    assert_int_equal(text_word_prev(s, n, 0), 0);
    assert_int_equal(text_word_next(s, n, n), n);
}

/* ---- editing ---- */

static void deletes_whole_clusters(void **state) {
    (void)state;
    text_edit_set(&e, "a" FAMILY E_ACUTE);
    assert_true(text_edit_delete(&e, -1, false));
    holds("a" FAMILY);
    assert_true(text_edit_delete(&e, -1, false));
    holds("a");
    assert_true(text_edit_delete(&e, -1, false));
    assert_false(text_edit_delete(&e, -1, false));
    text_edit_set(&e, FLAG_GB FLAG_PL "z");
    text_edit_move(&e, 0, false);
    assert_true(text_edit_delete(&e, 1, false));
    holds(FLAG_PL "z");
    text_edit_set(&e, "two words here");
    assert_true(text_edit_delete(&e, -1, true));
    holds("two words ");
    text_edit_move(&e, 0, false);
    assert_true(text_edit_delete(&e, 1, true));
    holds(" words ");
}

static void the_caret_never_stands_in_a_cluster(void **state) {
    (void)state;
    text_edit_set(&e, "a" E_ACUTE FAMILY "b");
    size_t n = e.text.size;
    for (size_t at = 0; at <= n + 3; at++) {
        text_edit_move(&e, at, false);
        size_t c = e.caret;
        assert_true(c == 0 || c == 1 || c == 4 || c == n - 1 || c == n);
        assert_true(c <= at);
    }
}

static void replaces_the_selection(void **state) {
    (void)state;
    size_t from, to;
    text_edit_set(&e, "the old word");
    text_edit_select_word(&e, 5);
    assert_true(text_edit_selected(&e, &from, &to));
    assert_int_equal(from, 4);
    assert_int_equal(to, 7);
    assert_true(type("new"));
    holds("the new word");
    assert_int_equal(e.caret, 7);
    text_edit_select(&e, 7, 3); /* backwards */
    assert_true(text_edit_delete(&e, -1, false));
    holds("the word");
    text_edit_select_all(&e);
    assert_false(type("\x01\x02")); /* nothing of it is text: the selection stays */
    holds("the word");
    assert_true(type("x"));
    holds("x");
}

static void keeps_bytes_and_cleans_controls(void **state) {
    (void)state;
    const char *keeps = ARABIC " \xE2\x80\x8F" FAMILY E_ACUTE HAN BANGLA_KI "\xC2\xA0\xC2\xA3";
    assert_true(type(keeps));
    holds(keeps);
    text_edit_set(&e, "");
    assert_true(
        type("a\r\nb\rc\td\x07\x1B[1m\x7F\xC2\x9B!\xE2\x80\xAE\xEF\xBB\xBF\xE2\x80\xA8z"));
    holds("a\nb\nc d[1m!\nz");
    text_edit_set(&e, "");
    e.one_line = true;
    assert_true(type("a\nb\r\nc"));
    holds("a b c");
    text_edit_set(&e, "");
    assert_true(type("ok\xFF\xC3(\xED\xA0\x80\xF4\x90\x80\x80 end")); /* not UTF-8: left out */
    holds("ok( end");
    text_edit_set(&e, "bad \xFF start"); /* a draft that is damaged is not taken */
    holds("");
}

static void limits_hold_at_clusters(void **state) {
    (void)state;
    e.bytes_max = 10;
    assert_true(type("12345678"));
    assert_false(type(E_ACUTE)); /* three bytes into two */
    holds("12345678");
    assert_true(type("9" E_ACUTE));
    holds("123456789");
    assert_true(type("x"));
    assert_false(type("y"));
    text_edit_select(&e, 0, 2);
    assert_false(type(E_ACUTE)); /* the place of two bytes: the accent would not fit */
    assert_int_equal(e.text.size, 10);
    text_edit_set(&e, "longer than the limit"); /* what is stored already is never cut */
    holds("longer than the limit");
    assert_false(type("x"));
    assert_true(text_edit_delete(&e, -1, false));
    e.bytes_max = 0;
    text_edit_set(&e, "");
    char *page = calloc(1, 5001);
    memset(page, 'a', 5000);
    assert_true(type(page));
    assert_int_equal(e.text.size, 4000);
    free(page);
}

/* ---- undo ---- */

static void undo_goes_word_by_word(void **state) {
    (void)state;
    for (const char *s = "no one came"; *s; s++)
        assert_true(text_edit_insert(&e, s, 1));
    assert_true(text_edit_undo(&e));
    holds("no one ");
    assert_true(text_edit_undo(&e));
    holds("no ");
    assert_true(text_edit_redo(&e));
    holds("no one ");
    assert_true(text_edit_delete(&e, -1, false));
    assert_true(text_edit_delete(&e, -1, false));
    holds("no on");
    assert_false(text_edit_redo(&e)); /* a new change ends what could be redone */
    assert_true(text_edit_undo(&e));
    holds("no one "); /* both letters at once */
    text_edit_move(&e, 0, false);
    assert_true(type("x"));
    text_edit_move(&e, e.text.size, false); /* moving away parts two words */
    assert_true(type("y"));
    assert_true(text_edit_undo(&e));
    holds("xno one ");
    assert_true(text_edit_undo(&e));
    holds("no one ");
}

static void undo_brings_the_selection_back(void **state) {
    (void)state;
    size_t from, to;
    text_edit_set(&e, "keep this");
    text_edit_select(&e, 5, 9);
    assert_true(text_edit_delete(&e, -1, false));
    assert_true(text_edit_undo(&e));
    holds("keep this");
    assert_true(text_edit_selected(&e, &from, &to));
    assert_int_equal(from, 5);
    assert_true(type("t"));
    assert_true(type("hat"));
    assert_true(text_edit_undo(&e)); /* typed over: one step */
    holds("keep this");
    assert_true(text_edit_delete(&e, 1, false));
    holds("keep ");
    assert_true(text_edit_undo(&e));
    text_edit_move(&e, 0, false);
    for (int i = 0; i < 3; i++)
        assert_true(text_edit_delete(&e, 1, false)); /* forward deletes run together too */
    holds("p this");
    assert_true(text_edit_undo(&e));
    holds("keep this");
}

static uint32_t seed = 7;
static uint32_t dice(uint32_t sides) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % sides;
}

static void one_edit(void) {
    static const char *const bits[] = {
        "a", "bell ", E_ACUTE, FAMILY, "\n", ARABIC, " ", FLAG_GB, HAN, "paste of some length"};
    switch (dice(6)) {
    case 0:
        text_edit_move(&e, dice((uint32_t)e.text.size + 1), dice(2));
        break;
    case 1:
        text_edit_delete(&e, dice(2) ? 1 : -1, dice(4) == 0);
        break;
    case 2:
        text_edit_select_word(&e, dice((uint32_t)e.text.size + 1));
        break;
    default:
        type(bits[dice(sizeof bits / sizeof *bits)]);
    }
    assert_true(text_valid(text_edit_str(&e), e.text.size));
    assert_true(e.caret <= e.text.size && e.anchor <= e.text.size);
}

static void a_storm_can_be_undone(void **state) {
    (void)state;
    int edits = 0, steps = 0;
    for (int round = 0; round < 200; round++) {
        struct buf first = {0}, last = {0};
        text_edit_set(&e, "Room 9 " E_ACUTE FAMILY);
        buf_text(&first, text_edit_str(&e));
        for (int i = 0; i < 60; i++, edits++)
            one_edit();
        buf_text(&last, text_edit_str(&e));
        while (text_edit_undo(&e))
            steps++;
        holds(buf_str(&first));
        while (text_edit_redo(&e))
            ;
        holds(buf_str(&last));
        buf_release(&first);
        buf_release(&last);
    }
    printf("figure: %d seeded edits, undone in %d steps and done again\n", edits, steps);
    assert_true(steps > 2000);
}

static void undo_forgets_the_oldest(void **state) {
    (void)state;
    for (int i = 0; i < 3 * TEXT_UNDO_MAX; i++)
        assert_true(type("w "));
    int steps = 0;
    while (text_edit_undo(&e))
        steps++;
    assert_int_equal(steps, TEXT_UNDO_MAX);
    assert_int_equal(e.text.size, 2 * 2 * TEXT_UNDO_MAX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
        TEST(clusters_are_whole),
        TEST(an_odd_flag_letter_stands_alone),
        TEST(words_are_found),
        TEST(deletes_whole_clusters),
        TEST(the_caret_never_stands_in_a_cluster),
        TEST(replaces_the_selection),
        TEST(keeps_bytes_and_cleans_controls),
        TEST(limits_hold_at_clusters),
        TEST(undo_goes_word_by_word),
        TEST(undo_brings_the_selection_back),
        TEST(a_storm_can_be_undone),
        TEST(undo_forgets_the_oldest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
