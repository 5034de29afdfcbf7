/* test_fuzz_voice.c -- the corpus of voice notes, and a seeded share of changes.
 * needs: media base
 *
 * See fuzz/fuzz_voice.c. */
#include "fuzz/fuzz_voice.c"
#include "fuzz/replay.h"

static void foreign_voices(void **state) {
    (void)state;
    replay("voice", 500, change_bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(foreign_voices)};
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
