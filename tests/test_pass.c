/* test_pass.c -- what makes a PIN or passphrase too easy to guess.
 *
 * needs: base
 */
#include "support.h"

#include "base/pass.h"

static void is(const char *pass, enum pass_fault want) {
    if (pass_fault(pass) != want)
        fail_msg("\"%s\": %d, not %d", pass, (int)pass_fault(pass), (int)want);
}

static void pins(void **state) {
    (void)state;
    static const char *const simple[] = {"000000",   "111111",   "123456",   "654321",
                                         "890123",   "210987",   "121212",   "909090",
                                         "140385",   "290200",   "311299",   "14031985",
                                         "19850314", "29022000", "31122099", "1111111111"};
    static const char *const fine[] = {"274936",   "140398271", "320185", "141385", "14032185",
                                       "18991231", "30022001",  "123457", "112233", "007341"};
    for (size_t i = 0; i < sizeof simple / sizeof *simple; i++)
        is(simple[i], PASS_TOO_SIMPLE);
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        is(fine[i], PASS_FINE);
    is("", PASS_TOO_SHORT);
    is("27493", PASS_TOO_SHORT);
    is("11111", PASS_TOO_SHORT);
}

/* Letters are counted, not bytes; a space is one. */
static void words(void **state) {
    (void)state;
    char long_one[PASS_MOST + 2];
    memset(long_one, 'a', sizeof long_one);
    memcpy(long_one, "begins otherwise", 16);
    long_one[PASS_MOST + 1] = '\0';
    is("rain in ma", PASS_FINE);
    is("rain in m", PASS_TOO_SHORT);
    is("h\xC3\xA9ron h\xC3\xA9r", PASS_TOO_SHORT);
    is("h\xC3\xA9ron h\xC3\xA9ro", PASS_FINE);
    is("123456 789", PASS_FINE); /* words, since a space is in it */
    is("aaaaaaaaaaaa", PASS_TOO_SIMPLE);
    is("            ", PASS_TOO_SIMPLE);
    is(long_one, PASS_TOO_LONG);
    long_one[PASS_MOST] = '\0';
    is(long_one, PASS_FINE);
}

static void kinds(void **state) {
    (void)state;
    assert_true(pass_is_pin("0"));
    assert_true(pass_is_pin("274936"));
    assert_false(pass_is_pin(""));
    assert_false(pass_is_pin("2749 36"));
    assert_false(
        pass_is_pin("\xD9\xA1\xD9\xA2\xD9\xA3\xD9\xA4\xD9\xA5\xD9\xA6")); /* other digits */
}

/* Enough is left to choose from. */
static void how_many_are_left(void **state) {
    (void)state;
    int refused = 0;
    for (int n = 0; n < 1000000; n++) {
        char pin[16];
        snprintf(pin, sizeof pin, "%06d", n);
        refused += pass_fault(pin) != PASS_FINE;
    }
    printf("figure: %d of a million PINs of six digits are too easy to guess\n", refused);
    assert_true(refused > 36000 && refused < 37000);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(pins), cmocka_unit_test(words),
                                       cmocka_unit_test(kinds),
                                       cmocka_unit_test(how_many_are_left)};
    return cmocka_run_group_tests_name("pass", tests, NULL, NULL);
}
