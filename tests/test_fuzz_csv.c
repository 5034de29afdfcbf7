/* test_fuzz_csv.c -- the corpus of CSV files, and a seeded share of changes.
 * needs: model care store base
 *
 * See fuzz/fuzz_csv.c. */
#include "fuzz/fuzz_csv.c"
#include "fuzz/replay.h"

static void foreign_csv(void **state) {
    (void)state;
    replay("csv", 4000, change_bytes);
    journal_close(csv_journal);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(foreign_csv)};
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
