/* test_fuzz_author.c -- the corpus of sheets and XLSForms, and a seeded share of changes.
 * needs: author care base
 *
 * See fuzz/fuzz_author.c. */
#include "fuzz/fuzz_author.c"
#include "fuzz/replay.h"

static void foreign_sheets(void **state) {
    (void)state;
    replay("author", 3000, change_bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(foreign_sheets)};
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
