/* test_fuzz_pack.c -- the corpus of changed packs, and a seeded share of more.
 * needs: sync store base
 *
 * See fuzz/fuzz_pack.c. The inputs are the bytes that steer the changes. */
#include "fuzz/fuzz_pack.c"
#include "fuzz/replay.h"

static void changed_packs(void **state) {
    (void)state;
    replay("pack", 2500, change_bytes);
    printf("figure: %lld changed packs with hashes that fit again: %lld whole; a tablet let "
           "%lld in and proved them, refused %lld\n",
           (long long)fuzzing.rounds, (long long)fuzzing.shown, (long long)fuzzing.merged,
           (long long)fuzzing.refused);
    assert_true(fuzzing.merged > 10 && fuzzing.shown > 100 && fuzzing.refused > 10);
    if (fuzzing.reader) journal_close(fuzzing.reader);
    for (int i = 0; i < SOURCES; i++)
        buf_release(&fuzzing.sources[i].bytes);
    buf_release(&fuzzing.first);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(changed_packs)};
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
