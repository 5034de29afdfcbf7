/* test_heard_talk.c -- a talk of several prompts in the real app: each thing said is a record
 * of its own, kept at once and taken back in one tap; at the end one tag and one promise of an
 * answer; and intents that no screen would send.
 *
 * needs: platform app screen model ui media care sync store base */
#include "recorder_hand.h"

#include "app/act_care.h"

static int fresh(void **state) {
    fresh_check(state);
    return 0;
}

static int done(void **state) {
    (void)state;
    if (!hand_app) return 0;
    if (app_journal(hand_app)) laws(app_journal(hand_app));
    hand_close();
    return 0;
}

static const char to_questions[] = "tap \"Heard something\"\nscreen heard\n"
                                   "tap \"Family or friend\"\n"
                                   "press \"Yes\" in \"May I write down your own words?\"\n"
                                   "press \"Questions\"\nwait 2s\n";
static const char two_things[] = "press \"In their own words\"\ntype \"Warm hands.\"\n"
                                 "press \"Happy\" in \"Or point to a face\"\n"
                                 "press \"Next prompt\"\nwait 2s\nexpect \"Kept\"\n"
                                 "press \"In their own words\"\ntype \"Nobody rang.\"\n"
                                 "press \"No\" in \"Do they tell you?\"\n";

static int64_t kept(void) {
    return hand_count("SELECT count(*) FROM feedback WHERE withdrawn = 0");
}

static void each_is_its_own_record(void **state) {
    (void)state;
    PLAY(to_questions);
    assert_int_equal(kept(), 0);
    PLAY(two_things);
    assert_int_equal(kept(), 1); /* the second is still under the finger */
    PLAY("press \"To end\"\nwait 2s\nexpect \"You wrote\"\nexpect \"Warm hands.\"\n"
         "expect \"Nobody rang.\"\nexpect \"Do they tell you? No\"\n");
    assert_int_equal(kept(), 2);
    PLAY("press \"Yes\" in \"They said it is right\"\n"
         "press \"By phone\"\npress \"Next prompt\"\nwait 2s\npress \"A worry\"\n"
         "tap \"Keep\"\nscreen walk\n");
    assert_int_equal(kept(), 2); /* one promise, no third record */
    assert_int_equal(
        hand_count("SELECT count(*) FROM feedback WHERE sort = 'worry' AND speaker = "
                   "'family' AND consent = 'yes' AND withdrawn = 0"),
        2);
    assert_int_equal(
        hand_count("SELECT count(*) FROM feedback WHERE prompt = 'FF03' AND text = 'Warm "
                   "hands.' AND face = 4 AND marks = 'Or point to a face: Happy' AND "
                   "wants_answer IS NOT 1"),
        1);
    assert_int_equal(
        hand_count("SELECT count(*) FROM feedback WHERE prompt = 'FF04' AND list = "
                   "'told=no,FF18.right=yes' AND wants_answer = 1 AND answer_how = 'By "
                   "phone'"),
        1);
    assert_int_equal(hand_count("SELECT count(*) FROM action a JOIN feedback f ON a.source = "
                                "f.id WHERE f.prompt = 'FF04' AND a.withdrawn = 0"),
                     1);
    assert_int_equal(hand_count("SELECT count(*) FROM action a JOIN feedback f ON a.source = "
                                "f.id WHERE a.withdrawn = 0"),
                     1);
}

static void the_end_is_taken_back_as_one(void **state) {
    (void)state;
    PLAY(to_questions);
    PLAY(two_things);
    PLAY("press \"To end\"\nwait 8s\npress \"By phone\"\npress \"Next prompt\"\nwait 2s\n"
         "press \"A worry\"\ntap \"Keep\"\nscreen walk\ntap \"Undo\"\nwait 1s\n");
    assert_int_equal(kept(), 2); /* what was said stays; tag, answer and action go */
    assert_int_equal(hand_count("SELECT count(*) FROM feedback WHERE sort = 'worry' AND "
                                "withdrawn = 0"),
                     0);
    assert_int_equal(hand_count("SELECT count(*) FROM feedback WHERE wants_answer = 1"), 0);
    assert_int_equal(hand_count("SELECT count(*) FROM action a JOIN feedback f ON a.source = "
                                "f.id WHERE a.withdrawn = 0"),
                     0);
}

static void one_thing_is_taken_back_at_once(void **state) {
    (void)state;
    PLAY(to_questions);
    PLAY("press \"In their own words\"\ntype \"Warm hands.\"\n"
         "press \"Next prompt\"\nwait 1s\ntap \"Undo\"\nwait 1s\n");
    assert_int_equal(kept(), 0);
}

static void put_right_and_taken_out(void **state) {
    (void)state;
    PLAY(to_questions);
    PLAY("press \"In their own words\"\ntype \"Warm hands\"\npress \"To end\"\nwait 8s\n"
         "press \"Put right\"\nwait 1s\ntap \"In their own words\"\ntype \" always\"\n"
         "wait 1s\ntap \"Keep\" #last\nwait 8s\n");
    assert_int_equal(kept(), 1);
    assert_int_equal(hand_count("SELECT count(*) FROM feedback WHERE text LIKE '% always%' AND "
                                "prompt = 'FF03' AND consent = 'yes'"),
                     1);
    PLAY("press \"Put right\"\nwait 1s\ntap \"Take it out\"\nwait 2s\n"
         "absent \"You wrote\"\n");
    assert_int_equal(kept(), 0);
    assert_int_equal(hand_count("SELECT count(*) FROM withdrawal WHERE withdrawn = 0"), 1);
}

/* A flat battery in the middle: the prompt, what they allowed and the half sentence are there.
 */
static void a_crash_in_the_middle_loses_nothing(void **state) {
    (void)state;
    PLAY(to_questions);
    PLAY(two_things);
    PLAY("wait 2s\n");
    const char *dir = arena_strdup(&hand_life, hand_dir);
    char *killed = arena_strdup(&hand_life, scratch("talk-killed"));
    hand_copy_as_killed(dir, killed);
    hand_close();
    hand_open(killed);
    PLAY("screen heard\nwait 2s\nexpect \"Nobody rang.\"\npress \"To end\"\nwait 2s\n"
         "expect \"Warm hands.\"\n");
    assert_int_equal(kept(), 2);
    assert_int_equal(hand_count("SELECT count(*) FROM feedback WHERE consent = 'yes'"), 2);
}

/* ---- intents that no screen would send ---- */

static void a_workers_words_in_no_disguise(void **state) {
    (void)state;
    struct feedback_intent more = {.speaker = "staff", .text = "turns", .consent = "yes"};
    struct feedback_intent k = {.speaker = "family",
                                .text = "fine",
                                .consent = "yes",
                                .more = &more,
                                .more_count = 1,
                                .visit = hand_count("SELECT id FROM visit")};
    app_act(hand_app, &(struct intent){.kind = INTENT_feedback, .detail = &k});
    assert_int_equal(hand_count("SELECT count(*) FROM feedback"), 0);
    k.more_count = 0;
    k.closes = true; /* nothing to close */
    app_act(hand_app, &(struct intent){.kind = INTENT_feedback, .detail = &k});
    assert_int_equal(hand_count("SELECT count(*) FROM feedback"), 0);
}

static void a_no_keeps_no_small_answer(void **state) {
    (void)state;
    struct feedback_intent k = {.speaker = "family",
                                .sort = "worry",
                                .text = "words",
                                .list = "told=no",
                                .marks = "Do they tell you? No",
                                .consent = "no",
                                .visit = hand_count("SELECT id FROM visit")};
    app_act(hand_app, &(struct intent){.kind = INTENT_feedback, .detail = &k});
    assert_int_equal(hand_count("SELECT count(*) FROM feedback WHERE text IS NULL AND list IS "
                                "NULL AND marks IS NULL"),
                     1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fresh, done)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(each_is_its_own_record),
        TEST(the_end_is_taken_back_as_one),
        TEST(one_thing_is_taken_back_at_once),
        TEST(put_right_and_taken_out),
        TEST(a_crash_in_the_middle_loses_nothing),
        TEST(a_workers_words_in_no_disguise),
        TEST(a_no_keeps_no_small_answer),
    };
    return cmocka_run_group_tests_name("heard talk", tests, first_check, NULL);
}
