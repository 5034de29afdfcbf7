/* test_at_rest.c -- a lost tablet shows nothing: 200 planted words, looked for in every byte of
 * every file that a used tablet leaves behind.
 *
 * needs: sync store base
 *
 * See planted.h for the search and used_tablet.h for the life. */
#include "used_tablet.h"

/* The same tablet, not sealed: the search finds everything there is. */
static void the_search_finds_what_lies_open(void **state) {
    (void)state;
    struct home h = {0};
    struct sought s = {.quiet = true}, erased = {.quiet = true};
    struct journal *office = used_tablet(&h, "open", 1);
    home_close(&h);
    seek_folder(&s, h.dir);
    for (int i = 0; i < PLANTED_WORDS; i++)
        if (!s.word[i]) print_error("not found: %s\n", planted.where[i]);
    assert_int_equal(s.words, PLANTED_WORDS);
    home_open(&h);
    there_and_back(&h, office);
    home_close(&h);
    seek_folder(&erased, h.dir);
    assert_int_equal(erased.words, PLANTED_WORDS - HOME_ERASED);
    printf("figure: a tablet that is not sealed: %zu files, %zu bytes searched for %d words in "
           "3 encodings, %d found (%d after erasing)\n",
           s.files, s.bytes, PLANTED_WORDS, s.words, erased.words);
    journal_close(office);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_search_finds_what_lies_open)};
    key_lock_weakly_for_tests();
    return cmocka_run_group_tests(tests, begin, end);
}
