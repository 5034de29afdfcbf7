/* test_fuzz_bundle.c -- the corpus of changed bundles, and a seeded share of more.
 * needs: sync store base
 *
 * See fuzz/fuzz_bundle.c. The inputs are the bytes that steer the changes. */
#include "fuzz/fuzz_bundle.c"
#include "fuzz/replay.h"

static void changed_bundles(void **state) {
    (void)state;
    replay("bundle", 4000, change_bytes);
    printf(
        "figure: %lld changed bundles with hashes that fit again, %lld sealed: %lld whole; a "
        "journal let %lld in and proved them, refused %lld\n",
        (long long)fuzzing.rounds, (long long)fuzzing.sealed, (long long)fuzzing.shown,
        (long long)fuzzing.merged, (long long)fuzzing.refused);
    assert_true(fuzzing.merged > 10 && fuzzing.shown > 100 && fuzzing.refused > 10);
    if (fuzzing.master) journal_close(fuzzing.master);
    buf_release(&fuzzing.sample.bytes);
    buf_release(&fuzzing.real.bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(changed_bundles)};
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
