/* test_fuzz_template.c -- the corpus of forms, and a seeded share of changed ones.
 * needs: care base
 *
 * See fuzz/fuzz_template.c. */
#include "fuzz/fuzz_template.c"
#include "fuzz/replay.h"

static void foreign_forms(void **state) {
    (void)state;
    replay("template", 10000, change_tree);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(foreign_forms)};
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
