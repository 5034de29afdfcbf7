/* test_gather_pilot.c -- a trial that has come to its end asks to be decided, where actions are
 * looked at.
 * needs: platform app screen model ui media sync care store base */
#include "gather_hand.h"

static void say_day(const char *item, const char *id, day_no day) {
    struct answer_intent a = {
        .visit = visit, .item = item, .part = id, .set_day = true, .day = day};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
}

static void asks_to_be_decided(void **state) {
    (void)state;
    day_no today = london_day(now.wall_ms);
    choose_pin("274936");
    begin_form("PILOT");
    say_text("PL01", "aim", "Nobody waits for breakfast after nine");
    say_day("PL11", "start", today - 1);
    say_day("PL11", "end", today + 7);
    say("PL05", "given", "no"); /* a No of a trial is no finding */
    assert_int_equal(walk()->concerns, 0);
    act((struct intent){.kind = INTENT_home});
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_actions}});
    PLAY("expect \"Runs until\"\nabsent \"keep it, change it or let it go?\"\n");
    now.wall_ms += 8 * 86400000LL;
    act((struct intent){.kind = INTENT_home});
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_actions}});
    PLAY("expect \"keep it, change it or let it go?\"\n"
         "expect \"Nobody waits for breakfast after nine\"\n");
    look_everywhere("pilot-actions");
    PLAY(
        "tap \"A trial ended on Sun 29 Nov: keep it, change it or let it go?\"\nscreen walk\n");
    say("PL13", "decision", "adopt");
    say_text("PL13", "reason", "Ten of ten mornings");
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_finish, .row = visit}});
    PLAY("expect \"Kept, and to be done everywhere.\"\nexpect \"Ten of ten mornings\"\n");
    look_everywhere("pilot-finish");
    act((struct intent){.kind = INTENT_visit_seal, .row = visit, .text = ""});
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_actions}});
    PLAY("expect \"Kept, and to be done everywhere.\"\nabsent \"let it go?\"\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WALK(asks_to_be_decided),
    };
    return cmocka_run_group_tests_name("trials", tests, NULL, NULL);
}
