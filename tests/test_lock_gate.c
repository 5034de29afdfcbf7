/* test_lock_gate.c -- whoever picks up an unlocked tablet gets no PIN of their own out of it.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * Touched as a person does it; what a screen could only do by mistake is asked of the app
 * directly. */
#include "locked_hand.h"

#define TO_PEOPLE "press \"Settings\"\npress \"People and PINs\"\n"
#define ASKED     "screen pin\nexpect \"First your own PIN\"\n"
#define GO_ON     "pin " PIN_LEAD "\ntap \"Go on\"\nsend\n"

static int64_t pins(void) {
    struct vault_person *list = NULL;
    size_t n = 0;
    OK(vault_list(app_journal(hand_app), &hand_life, &list, &n));
    return (int64_t)n;
}

static int64_t given(void) {
    return hand_count("SELECT count(*) FROM access WHERE what IN ('pin_set', 'pin_changed', "
                      "'pin_reset', 'removed')");
}

static row_id who(const char *label) {
    return lock_person(app_journal(hand_app), label);
}

static void settle(void) {
    for (int i = 0; i < 20; i++)
        lock_frame_once();
}

/* Past the screens: nothing of it may happen. */
static void try_all(void) {
    int64_t before = given();
    static const char *const labels[] = {"Quality lead", "Operations director",
                                         "Nominated individual"};
    for (size_t i = 0; i < 3; i++) {
        lock_type("604817");
        lock_act((struct intent){.kind = INTENT_pin_set, .row = who(labels[i])});
        assert_int_equal(hand_app->lock.work, WORK_NONE);
        assert_int_equal(hand_app->room->secret.typed[0], 0);
        lock_act((struct intent){.kind = INTENT_pin_remove, .row = who(labels[i])});
    }
    settle();
    assert_int_equal(given(), before);
}

static void asked_before_people(void **state) {
    (void)state;
    lock_dir("gate", true);
    PLAY("tap \"QL\"\n" LET_IN "screen home\n");
    int64_t had = pins();
    try_all();
    PLAY(TO_PEOPLE ASKED "absent \"They can open this tablet\"\n"
                         "expect \"The PIN of Quality lead\"\n");
    try_all();
    PLAY("screen pin\npin 604817\ntap \"Go on\"\nscreen pin\n"
         "expect \"That is not the PIN\"\n");
    assert_false(gate_open(hand_app));
    /* nobody else's PIN will do while the holder has one */
    lock_type(PIN_DIRECTOR);
    lock_act((struct intent){.kind = INTENT_pin_hold, .row = who("Operations director")});
    assert_int_equal(hand_app->lock.work, WORK_NONE);
    secret_wipe(hand_app);
    PLAY("tap \"Close\"\nscreen settings\npress \"People and PINs\"\n" ASKED GO_ON
         "screen people\nexpect \"They can open this tablet\"\n");
    assert_int_equal(journal_holder(app_journal(hand_app)), who("Quality lead"));
    assert_int_equal(lock_events("handed_over"), 0);
    /* one's own, and a new one: both go through one gate */
    PLAY("tap \"Change\"\nscreen pin\npin 937150\ntap \"Next\"\npin 937150\n"
         "tap \"Keep it\"\nsend\nscreen people\npress \"Nominated individual\"\nscreen pin\n"
         "pin 604817\ntap \"Next\"\npin 604817\ntap \"Keep it\"\nsend\nscreen people\n");
    assert_int_equal(pins(), had + 1);
    assert_int_equal(hand_count("SELECT sum(tries) FROM access WHERE what = 'wrong_tries'"), 1);
    laws(app_journal(hand_app));
    hand_close();
}

static void it_closes_again(void **state) {
    (void)state;
    lock_dir("closes", true);
    PLAY("tap \"QL\"\n" LET_IN TO_PEOPLE ASKED GO_ON "screen people\n");
    /* left */
    PLAY("key Escape\nscreen settings\n");
    try_all();
    PLAY("press \"People and PINs\"\n" ASKED "key Escape\nscreen settings\n"
         "press \"People and PINs\"\n" ASKED GO_ON "screen people\n");
    /* covered for a moment */
    PLAY("tap \"Cover\"\n");
    try_all();
    PLAY("tap \"Covered. Touch to come back.\"\n" ASKED GO_ON "screen people\n");
    /* two minutes, half way through another PIN */
    PLAY("wait 100s\nscreen people\npress \"Nominated individual\"\nscreen pin\npin 604817\n"
         "tap \"Next\"\npin 6048\nwait 21s\n" ASKED);
    assert_int_equal(hand_app->room->secret.first[0] + hand_app->room->secret.typed[0], 0);
    try_all();
    PLAY(GO_ON "screen pin\nexpect \"New PIN: Nominated individual\"\npin 604817\n"
               "tap \"Next\"\npin 604817\ntap \"Keep it\"\nsend\nscreen people\n");
    /* locked */
    PLAY("tap \"Cover\"\nwait 31s\nscreen lock\n" LET_IN "screen settings\n");
    assert_false(gate_open(hand_app));
    try_all();
    laws(app_journal(hand_app));
    hand_close();
}

static void killed_behind_the_gate(void **state) {
    (void)state;
    char *dir = lock_dir("gate-kill", true),
         *killed = arena_strdup(&hand_life, scratch("gate-k"));
    PLAY("tap \"QL\"\n" LET_IN TO_PEOPLE ASKED GO_ON
         "screen people\npress \"Nominated individual\"\nscreen pin\nwait 6s\n");
    hand_copy_as_killed(dir, killed);
    hand_close();
    hand_open_locked(killed);
    PLAY(LET_IN "screen settings\n");
    assert_false(gate_open(hand_app));
    try_all();
    hand_close();
}

static void a_first_pin_for_who_takes_over(void **state) {
    (void)state;
    lock_dir("gate-hold", false);
    PLAY(LET_IN "screen home\n");
    int64_t had = pins();
    /* somebody of the list, and a role of one's own */
    PLAY("tap \"Quality lead\"\ntap \"Operations director\"\n" ASKED);
    try_all();
    PLAY("tap \"Close\"\nscreen home\nexpect \"Quality lead\"\n");
    lock_act((struct intent){.kind = INTENT_hold, .text = "Somebody new"});
    PLAY(ASKED "pin 604817\ntap \"Go on\"\nexpect \"That is not the PIN\"\nkey Escape\n"
               "screen home\n");
    assert_int_equal(journal_holder(app_journal(hand_app)), who("Quality lead"));
    assert_int_equal(pins(), had);
    PLAY("tap \"Quality lead\"\ntap \"Operations director\"\n" ASKED GO_ON
         "screen pin\nexpect \"has no PIN on this tablet yet\"\npin " PIN_DIRECTOR
         "\ntap \"Next\"\npin " PIN_DIRECTOR "\ntap \"Keep it\"\nsend\nscreen home\n");
    assert_int_equal(journal_holder(app_journal(hand_app)), who("Operations director"));
    assert_int_equal(pins(), had + 1);
    lock_frame_once();
    assert_false(gate_open(hand_app));
    /* who has one takes over with it alone, and has no gate open by that */
    PLAY("tap \"Operations director\"\ntap \"Quality lead\"\nscreen pin\n"
         "absent \"First your own PIN\"\npin " PIN_LEAD
         "\ntap \"Take over\"\nsend\nscreen home\n");
    try_all();
    PLAY(TO_PEOPLE ASKED "expect \"The PIN of Quality lead\"\n");
    laws(app_journal(hand_app));
    hand_close();
}

static void wrong_tries_count_here_too(void **state) {
    (void)state;
    lock_dir("gate-tries", true);
    PLAY("tap \"QL\"\n" LET_IN TO_PEOPLE ASKED);
    for (int i = 0; i < 5; i++)
        PLAY("pin 604817\ntap \"Go on\"\nscreen pin\n");
    PLAY("expect \"Too many wrong tries\"\ntap \"Cover\"\nwait 31s\nscreen lock\n"
         "wait 5m\n" LET_IN "screen settings\n");
    assert_int_equal(hand_count("SELECT sum(tries) FROM access WHERE what = 'wrong_tries'"), 5);
    hand_close();
}

/* Should not happen; then whoever has a PIN says who they are. */
static void a_holder_without_a_pin(void **state) {
    (void)state;
    lock_dir("gate-none", true);
    PLAY("tap \"QL\"\n" LET_IN "screen home\n");
    hold_person(hand_app, who("Nominated individual"));
    PLAY(TO_PEOPLE ASKED "expect \"Who are you?\"\nabsent \"Nominated individual\"\n"
                         "tap \"Operations director\"\npin " PIN_DIRECTOR
                         "\ntap \"Go on\"\nsend\nscreen people\n");
    assert_int_equal(journal_holder(app_journal(hand_app)), who("Nominated individual"));
    hand_close();
}

/* The very first one needs none: test_lock_first.c; nor does the one after the office's code.
 */

static void the_code_is_typed_again_at_once(void **state) {
    uint8_t public_key[KEY_BYTES], secret[KEY_BYTES];
    (void)state;
    char *dir = lock_dir("gate-code", true);
    PLAY("tap \"QL\"\n" LET_IN "screen home\n");
    key_pair(public_key, secret);
    OK(vault_code_renew(app_journal(hand_app), public_key));
    hand_close();
    hand_open_locked(dir);
    PLAY("screen lock\ntap \"Forgotten?\"\ntype \"ABCD-EFGH-JKMN\"\ntap \"Open\"\nsend\n"
         "screen lock\nexpect \"That is not the code\"\ntype \"ABC\"\n");
    assert_string_equal(hand_app->room->secret.typed, "ABC");
    hand_close();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(asked_before_people),
        cmocka_unit_test(it_closes_again),
        cmocka_unit_test(killed_behind_the_gate),
        cmocka_unit_test(a_first_pin_for_who_takes_over),
        cmocka_unit_test(wrong_tries_count_here_too),
        cmocka_unit_test(a_holder_without_a_pin),
        cmocka_unit_test(the_code_is_typed_again_at_once),
    };
    if (getenv("ONLY")) cmocka_set_test_filter(getenv("ONLY"));
    int failed = cmocka_run_group_tests_name("lock_gate", tests, NULL, NULL);
    arena_release(&hand_life);
    return failed;
}
