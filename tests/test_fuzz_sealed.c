/* test_fuzz_sealed.c -- the corpus of tampered databases, and a seeded share of more.
 * needs: store base
 *
 * See fuzz/fuzz_sealed.c. The inputs are the bytes that steer the changes. */
#include "fuzz/fuzz_sealed.c"
#include "fuzz/replay.h"

static void tampered_databases(void **state) {
    (void)state;
    replay("sealed", 120, change_bytes);
    printf(
        "figure: %lld tampered databases: the right PIN opened the vault %lld times, a wrong "
        "one never; the journal opened %lld times and showed %lld values, each where it was "
        "said; refused %lld times\n",
        (long long)tampering.rounds, (long long)tampering.let_in, (long long)tampering.opened,
        (long long)tampering.shown, (long long)tampering.refused);
    assert_true(tampering.opened > 50 && tampering.let_in > 50 && tampering.gone > 10);
    for (int i = 0; i < DATABASES; i++)
        buf_release(&tampering.files[i]);
    buf_release(&tampering.key_file);
    shim_forget_files();
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(tampered_databases)};
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
