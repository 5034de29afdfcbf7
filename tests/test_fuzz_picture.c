/* test_fuzz_picture.c -- the corpus of pictures, and a seeded share of changes.
 * needs: media base
 *
 * See fuzz/fuzz_picture.c. */
#include "fuzz/fuzz_picture.c"
#include "fuzz/replay.h"

static void foreign_pictures(void **state) {
    (void)state;
    replay("picture", 10000, change_bytes);
    printf("figure: of them %lld refused, %lld read, written and read again\n",
           (long long)fuzz_refused, (long long)fuzz_read);
    assert_true(fuzz_refused > 3000 && fuzz_read > 300);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(foreign_pictures)};
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
