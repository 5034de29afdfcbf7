/* test_heard_voice.c -- a person's own voice in the real app: from "Can they decide this now?"
 * to the record, every answer that forbids it, and every way out.
 *
 * needs: platform app screen model ui media care sync store base
 *
 * Two doors are tried: the screen under a finger, and act_feedback with intents that no screen
 * would send. The microphone gives espeak-ng's speech as fast as the test's clock runs. */
#include "recorder_hand.h"

#include "model/evidence_load.h"

static int64_t visit;

static int fresh(void **state) {
    fresh_check(state);
    visit = hand_count("SELECT id FROM visit");
    return 0;
}

static int done(void **state) {
    (void)state;
    if (!hand_app) return 0;
    if (app_journal(hand_app)) laws(app_journal(hand_app));
    hand_close();
    assert_false(mic.open);
    return 0;
}

static int64_t waiting(void) {
    struct evidence_list l = {0};
    struct arena a = {0};
    OK(evidence_waiting(app_journal(hand_app), &a, "heard", visit, "", &l));
    arena_release(&a);
    return l.count;
}

static int64_t blobs(void) {
    return hand_count("SELECT count(*) FROM blob");
}

/* ---- under a finger ---- */

static const char to_recorder[] = "tap \"Heard something\"\n"
                                  "screen heard\n"
                                  "tap \"Lives here\"\n"
                                  "reach \"Can they decide this now?\"\n"
                                  "press \"Yes\" in \"Can they decide this now?\"\n"
                                  "press \"They agree to be recorded\"\n";

static void the_whole_way(void **state) {
    (void)state;
    PLAY(to_recorder);
    assert_int_equal(mic.opens, 0);
    PLAY("expect \"Up to 30 minutes, about 2 KB a second\"\n"
         "press \"Record\"\nwait 5s\nexpect \"Recording\"\npress \"Pause\"\n");
    assert_false(mic.open);
    PLAY("wait 20s\nexpect \"Paused\"\npress \"Go on recording\"\nwait 3s\npress \"Stop\"\n");
    assert_false(mic.open);
    assert_int_equal(voice()->state, VOICE_STOPPED);
    PLAY("press \"Play\"\nwait 2s\n");
    assert_true(voice()->playing);
    PLAY("press \"Stop playing\"\ntap \"Keep\"\nscreen walk\n");
    assert_int_equal(
        hand_count("SELECT count(*) FROM feedback WHERE recorded = 1 AND "
                   "can_decide = 'yes' AND speaker = 'lives_here' AND text IS NULL "
                   "AND withdrawn = 0"),
        1);
    assert_int_equal(hand_count("SELECT count(*) FROM attachment t JOIN feedback f ON t.\"to\" "
                                "= f.id AND t.visit = f.visit WHERE t.sort = 'voice' AND "
                                "t.withdrawn = 0 AND t.source = 'microphone'"),
                     1);
    int64_t ms = hand_count("SELECT ms FROM attachment");
    assert_in_range(ms, 7500, 8800); /* five and three seconds, without the pause */
    assert_true(llabs(plays_ms() - ms) < 100);
    assert_int_equal(drafts_left(), 0);
    assert_int_equal(waiting(), 0);
    PLAY("tap \"Undo\"\n");
    assert_int_equal(hand_count("SELECT count(*) FROM feedback WHERE withdrawn = 0"), 0);
    assert_int_equal(hand_count(ATTACHED), 0);
    printf("figure: a voice note of %lld ms is %lld bytes\n", (long long)ms,
           (long long)hand_count("SELECT size FROM attachment"));
}

/* Two notes kept on the recorder first, the third still runs when the form is kept. */
static void all_of_them_go_along(void **state) {
    (void)state;
    PLAY(to_recorder);
    PLAY("press \"Record\"\nwait 2s\npress \"Stop\"\npress \"Keep this note\"\nwait 1s\n"
         "press \"Record\"\nwait 3s\npress \"Stop\"\npress \"Keep this note\"\nwait 1s\n");
    assert_int_equal(waiting(), 2);
    assert_int_equal(hand_count(ATTACHED), 0);
    PLAY("press \"Record\"\nwait 4s\n");
    assert_true(mic.open);
    PLAY("tap \"Keep\"\nscreen walk\n");
    assert_int_equal(hand_count(ATTACHED), 3);
    assert_int_equal(hand_count("SELECT count(DISTINCT \"to\") FROM attachment"), 1);
    assert_int_equal(waiting(), 0);
    assert_int_equal(drafts_left(), 0);
}

/* Somebody may be in danger: the card opens at once, and the voice is kept with the words. */
static void danger_does_not_wait_for_the_recorder(void **state) {
    (void)state;
    PLAY(to_recorder);
    PLAY("press \"Worry\"\npress \"Record\"\nwait 3s\n");
    assert_true(mic.open);
    PLAY("press \"Someone at risk right now?\"\nscreen danger\n");
    assert_false(mic.open);
    assert_int_equal(hand_count("SELECT count(*) FROM attachment t JOIN danger d ON d.source = "
                                "t.\"to\" WHERE t.withdrawn = 0"),
                     1);
    frames(2, 100);
    assert_int_equal(voice()->state, VOICE_NONE);
}

/* The voice may not stay, and somebody may be in danger: the card opens all the same. */
static void danger_does_not_wait_for_what_must_go(void **state) {
    (void)state;
    PLAY(to_recorder);
    PLAY("press \"Worry\"\npress \"Record\"\nwait 3s\npress \"They agree to be recorded\"\n"
         "press \"Someone at risk right now?\"\nscreen danger\n");
    assert_int_equal(hand_count(ATTACHED), 0);
    assert_int_equal(hand_count("SELECT count(*) FROM danger"), 1);
}

/* One was begun at a question: Heard something says so, and can have it kept there. */
static void another_note_comes_first(void **state) {
    (void)state;
    speak_for(2);
    PLAY(to_recorder);
    assert_false(mic.open);
    PLAY("expect \"A voice note of 0:02 waits for a question of this check.\"\n"
         "press \"Keep it there\"\nwait 1s\nexpect \"Tap to record\"\n");
    assert_int_equal(
        hand_count("SELECT count(*) FROM attachment WHERE item = '" ITEM "' AND withdrawn = 0"),
        1);
    assert_int_equal(waiting(), 0);
}

static void taken_back_nothing_of_it_stays(void **state) {
    int64_t before;
    (void)state;
    before = blobs();
    PLAY(to_recorder);
    PLAY("press \"Record\"\nwait 2s\npress \"Stop\"\npress \"Keep this note\"\nwait 1s\n"
         "press \"Record\"\nwait 3s\npress \"They agree to be recorded\"\n");
    assert_false(mic.open);
    assert_int_equal(voice()->state, VOICE_STOPPED);
    PLAY("expect \"They do not agree to a recording any more.\"\n"
         "press \"Discard what was recorded\"\nwait 1s\n"
         "absent \"must go before\"\n");
    assert_int_equal(voice()->state, VOICE_NONE);
    assert_int_equal(waiting(), 0);
    assert_int_equal(drafts_left(), 0);
    assert_int_equal(blobs(), before);
    assert_int_equal(hand_count("SELECT count(*) FROM attachment"), 0);
}

static void closed_after_taking_it_back(void **state) {
    int64_t before;
    (void)state;
    before = blobs();
    PLAY(to_recorder);
    PLAY("press \"Record\"\nwait 2s\npress \"Stop\"\npress \"Keep this note\"\nwait 1s\n"
         "press \"Record\"\nwait 3s\npress \"They agree to be recorded\"\ntap \"Close\"\nwait "
         "1s\n"
         "screen walk\n");
    assert_int_equal(voice()->state, VOICE_NONE);
    assert_int_equal(waiting(), 0);
    assert_int_equal(blobs(), before);
}

static void a_worker_after_all(void **state) {
    int64_t before;
    (void)state;
    before = blobs();
    PLAY(to_recorder);
    PLAY("press \"Record\"\nwait 2s\npress \"Stop\"\npress \"Keep this note\"\nwait 1s\n"
         "press \"Record\"\nwait 3s\n"
         "press \"Staff\"\nexpect \"A voice can be recognised. Write it instead.\"\n");
    assert_false(mic.open);
    PLAY("tap \"It is a worker: discard it\"\nwait 1s\nexpect \"Who may read this?\"\n"
         "absent \"Record\"\n");
    assert_int_equal(voice()->state, VOICE_NONE);
    assert_int_equal(waiting(), 0);
    assert_int_equal(drafts_left(), 0);
    assert_int_equal(blobs(), before);
}

/* Left in the middle: it waits, and nobody is taken to have agreed when one comes back. */
static void left_and_found_again(void **state) {
    (void)state;
    PLAY(to_recorder);
    PLAY("press \"Record\"\nwait 4s\n");
    hand_time.boot_ms += 1; /* the cover is drawn above everything */
    PLAY("tap \"Cover\"\nwait 2s\n");
    assert_false(mic.open);
    assert_int_equal(voice()->state, VOICE_STOPPED);
    hand_close();
    hand_open(hand_dir);
    frames(2, 100);
    assert_int_equal(voice()->state, VOICE_STOPPED);
    assert_string_equal(voice()->cut_off, "covered");
    if (hand_shows("You stopped")) PLAY("tap \"Interrupted\"\n");
    PLAY("screen heard\nreach \"Recording ended at 0:04, when the screen was covered.\"\n"
         "tap \"Keep\"\nscreen walk\n");
    assert_int_equal(hand_count("SELECT count(*) FROM attachment WHERE cut_off = 'covered' AND "
                                "withdrawn = 0"),
                     1);
}

/* ---- what no screen asks for ---- */

struct asked {
    const char *speaker, *can_decide, *consent;
    bool recorded;
};

enum answer { KEPT, REFUSED };

static enum answer send_it(const struct asked *k) {
    struct feedback_intent f = {.visit = visit,
                                .speaker = k->speaker,
                                .sort = "worry",
                                .about = "night_care",
                                .text = "It takes long at night.",
                                .prompt = "",
                                .consent = k->consent,
                                .can_decide = k->can_decide,
                                .answer_how = "",
                                .statement = "",
                                .recorded = k->recorded};
    const struct intent in = {.kind = INTENT_feedback, .detail = &f};
    int64_t before = hand_count("SELECT count(*) FROM feedback");
    app_act(hand_app, &in);
    bool told = hand_app->problem.status != STATUS_OK;
    hand_app->problem = (struct problem){0};
    bool more = hand_count("SELECT count(*) FROM feedback") > before;
    assert_true(told != more);
    return more ? KEPT : REFUSED;
}

static const struct asked forbidden[] = {
    {"staff", "yes", "yes", true},       {"staff", "yes", "yes", false},
    {"showed_us", "yes", "", true},      {"showed_us", "yes", "", false},
    {"lives_here", "yes", "yes", false}, {"lives_here", "not_now", "yes", true},
    {"lives_here", "", "yes", true},     {"lives_here", "yes", "no", true},
    {"family", "", "yes", true},         {"visitor", "yes", "no", true},
    {"not_said", "yes", "yes", false},   {"", "yes", "yes", true}};

static void a_voice_without_both_answers_is_refused(void **state) {
    const struct evidence_to to = {.what = EVIDENCE_HEARD, .visit = visit};
    (void)state;
    for (int waits = 0; waits < 2; waits++) {
        ask(INTENT_voice_start, &to, 0);
        seconds(3);
        if (waits) ASK(keep);
        frames(1, 100);
        for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
            assert_int_equal(send_it(&forbidden[i]), REFUSED);
            assert_int_equal(hand_count("SELECT count(*) FROM attachment"), 0);
            assert_int_equal(waiting(), waits);
        }
        if (waits) continue;
        frames(1, 100);
        assert_int_equal(voice()->state, VOICE_STOPPED); /* still there, and whole */
        NEAR(voice()->ms, 3000);
        ASK(discard);
        frames(1, 100);
    }
    assert_int_equal(send_it(&(struct asked){"lives_here", "yes", "yes", true}), KEPT);
    assert_int_equal(hand_count(ATTACHED), 1);
    printf("figure: %zu forbidden records with a voice are refused\n",
           2 * sizeof forbidden / sizeof *forbidden);
}

/* No note, and yet "recorded": that is not true either. */
static void an_agreement_that_cannot_be(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (forbidden[i].recorded) assert_int_equal(send_it(&forbidden[i]), REFUSED);
    assert_int_equal(send_it(&(struct asked){"lives_here", "not_now", "yes", false}), KEPT);
    assert_int_equal(send_it(&(struct asked){"showed_us", "not_now", "", false}), KEPT);
    assert_int_equal(hand_count("SELECT count(*) FROM feedback WHERE recorded = 1"), 0);
}

/* In another check's form, or outside any, a note of this one is not meant. */
static void a_note_belongs_to_its_own_form(void **state) {
    const struct evidence_to outside = {.what = EVIDENCE_HEARD};
    (void)state;
    ask(INTENT_voice_start, &outside, 0);
    seconds(2);
    assert_int_equal(send_it(&(struct asked){"lives_here", "yes", "yes", true}), KEPT);
    assert_int_equal(hand_count(ATTACHED), 0);
    frames(1, 100);
    assert_int_equal(voice()->state, VOICE_STOPPED);
    ASK(discard);
    frames(1, 100);
}

int main(void) {
#define ONE(f) cmocka_unit_test_setup_teardown(f, fresh, done)
    const struct CMUnitTest tests[] = {
        ONE(the_whole_way),
        ONE(all_of_them_go_along),
        ONE(danger_does_not_wait_for_the_recorder),
        ONE(danger_does_not_wait_for_what_must_go),
        ONE(another_note_comes_first),
        ONE(taken_back_nothing_of_it_stays),
        ONE(closed_after_taking_it_back),
        ONE(a_worker_after_all),
        ONE(left_and_found_again),
        ONE(a_voice_without_both_answers_is_refused),
        ONE(an_agreement_that_cannot_be),
        ONE(a_note_belongs_to_its_own_form),
    };
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    int failed = cmocka_run_group_tests_name("heard voice", tests, first_check, NULL);
    free(mic.says.samples);
    arena_release(&hand_life);
    return failed;
}
