/* test_gather_meeting.c -- a meeting from its first minute to its last: counts of who is there,
 * notes, votes, an action from a note in one tap, and no end without an action or a reason.
 * needs: platform app screen model ui media sync care store base */
#include "gather_hand.h"

static void begins_with_who_is_there(void **state) {
    (void)state;
    begin_form("MEETR");
    assert_string_equal(app_screen_name(app), "walk");
    look_everywhere("meeting-first");
    PLAY("expect \"Who is here?\"\nabsent \"I'm here to see\"\nabsent \"Your phone says\"\n"
         "absent \"Time a bell\"\nexpect \"Close the meeting\"\n"
         "tap \"More\" in \"People who get care\"\ntap \"More\" in \"People who get care\"\n"
         "tap \"More\" in \"Families and friends\"\n");
}

static void ends_with_an_action(void **state) {
    (void)state;
    begin_form("MEETR");
    act((struct intent){
        .kind = INTENT_visit_present, .row = visit, .text = "people=9,workers=2"});
    say_text("MR02", "said", "A window that opens in the dining room.");
    frame();
    PLAY("reach \"Make it an action\"\npress \"Make it an action\"\nscreen raise\n"
         "key Escape\nscreen walk\n");
    /* the action names the note it came from */
    row_id note = count("SELECT id FROM answer WHERE item = 'MR02' AND part = 'said'");
    struct raise_intent r = {.service = service,
                             .visit = visit,
                             .source = note,
                             .item = "MR02",
                             .different = "Two windows in the dining room open",
                             .lane = "this_week",
                             .owner_text = "Maintenance"};
    act((struct intent){.kind = INTENT_raise, .detail = &r});
    frame();
    PLAY("tap \"Close the meeting\"\nscreen finish\nexpect \"People who get care: 9\"\n"
         "expect \"Two windows in the dining room open\"\nabsent \"I'm leaving\"\n"
         "absent \"person in charge\"\nabsent \"No action? Then say why\"\n");
    look_everywhere("meeting-finish");
    PLAY("tap \"Close\" #1\nexpect \"After this nothing in it can change\"\n");
    look_everywhere("meeting-close");
    PLAY("tap \"Close now\"\nscreen morning\nexpect \"Two windows in the dining room open\"\n"
         "expect \"Workers: 2\"\nabsent \"Nobody was in danger\"\n");
    look_everywhere("meeting-morning");
    assert_int_equal(count("SELECT count(*) FROM seal"), 1);
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_check, .row = visit}});
    PLAY("screen check\nexpect \"What will be done\"\nexpect \"A window that opens\"\n");
    look_everywhere("meeting-check");
}

static void or_with_a_reason_for_none(void **state) {
    (void)state;
    begin_form("MEETI");
    say_text("MI03", "said", "Waiting in the corridor before dinner.");
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_finish, .row = visit}});
    look_everywhere("meeting-none");
    PLAY("tap \"Close\" #1\nexpect \"What will be different after this?\"\n"
         "tap \"Back to it\"\n");
    assert_int_equal(count("SELECT count(*) FROM seal"), 0);
    PLAY("press \"Nothing yet: we have to find out more first.\"\n");
    assert_string_equal(text_of("SELECT no_action FROM visit"), "find_out");
    PLAY("tap \"Close\" #1\ntap \"Close now\"\nscreen morning\n"
         "expect \"Nothing yet: we have to find out more first.\"\n");
    assert_int_equal(count("SELECT count(*) FROM seal"), 1);
}

static void a_no_of_a_checklist_asks_for_an_action(void **state) {
    (void)state;
    begin_form("READY");
    PLAY("expect \"Who is here?\"\n");
    say("RD01", "", "yes");
    say("RD02", "", "no");
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_finish, .row = visit}});
    PLAY("expect \"A No without an action\"\n");
    look_everywhere("ready-finish");
    PLAY("tap \"Close\" #1\nexpect \"What will be different after this?\"\n"
         "tap \"Back to it\"\n");
    row_id answer = count("SELECT id FROM answer WHERE item = 'RD02'");
    struct raise_intent r = {.service = service,
                             .visit = visit,
                             .source = answer,
                             .item = "RD02",
                             .different = "Nobody is shamed for bad news",
                             .lane = "this_month"};
    act((struct intent){.kind = INTENT_raise, .detail = &r});
    PLAY("absent \"A No without an action\"\nexpect \"Nobody is shamed for bad news\"\n"
         "tap \"Close\" #1\ntap \"Close now\"\nscreen morning\n"
         "expect \"Nobody is shamed for bad news\"\n");
    assert_int_equal(count("SELECT count(*) FROM seal"), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WALK(begins_with_who_is_there),
        WALK(ends_with_an_action),
        WALK(or_with_a_reason_for_none),
        WALK(a_no_of_a_checklist_asks_for_an_action),
    };
    return cmocka_run_group_tests_name("meetings", tests, NULL, NULL);
}
