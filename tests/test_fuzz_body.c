/* test_fuzz_body.c -- the corpus of record bodies, and a seeded share of changes.
 * needs: store base
 *
 * See fuzz/fuzz_body.c. */
#include "fuzz/fuzz_body.c"
#include "fuzz/replay.h"

static void foreign_bodies(void **state) {
    (void)state;
    replay("body", 20000, change_bytes);
    journal_rollback(body_journal);
    journal_close(body_journal);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(foreign_bodies)};
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
