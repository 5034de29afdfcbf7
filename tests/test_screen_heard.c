/* test_screen_heard.c -- what people say is kept when they allow it, their voice when they can
 * decide it and agree; a worker is shown the route to speak up first.
 * needs: app screen model ui media care sync store base */
#include "screen_bench.h"

#include "model/heard_load.h"
#include "model/heard_model.h"

static void choose_lives_here(struct bench *b) {
    tap(b, "button", "Lives here");
}

static void heard_looks(void **state) {
    (void)state;
    look_at(&screen_heard, heard_load, (struct place){.screen = SCREEN_heard}, "heard",
            choose_lives_here);
}

static void choose_staff(struct bench *b) {
    tap(b, "button", "Staff");
}

static void staff_looks(void **state) {
    (void)state;
    look_at(&screen_heard, heard_load, (struct place){.screen = SCREEN_heard}, "staff",
            choose_staff);
}

static void a_worker_sees_the_route_before_any_box(void **state) {
    (void)state;
    struct bench *b =
        open_wide(&screen_heard, heard_load, (struct place){.screen = SCREEN_heard}, true);
    ui_field_set(b->ui, "heard/0/said//text", "typed before the choice");
    tap(b, "button", "Staff");
    frames(b, 2);
    assert_false(has_field(b));
    assert_null(find(b, "button", "Keep"));
    assert_string_equal(ui_field_text(b->ui, "heard/0/said//text"), "");
    assert_non_null(find(b, "label",
                         "I won’t tell your manager that you spoke to me. If someone may be "
                         "in danger I must pass that on, and I’ll tell you first."));
    assert_non_null(strstr(find(b, "button", "Provider only")->state, "disabled"));
    assert_non_null(
        strstr(find(b, "button", "A named person outside this home")->state, "disabled"));
    assert_non_null(find(b, "label", "03000 616161"));
    tap(b, "button", "Do not keep it, tell me how to speak up");
    assert_int_equal(b->last.kind, INTENT_none);
    frames(b, 2);
    assert_false(has_field(b));
    tap(b, "button", "Close");
    assert_int_equal(b->last.kind, INTENT_back);
    bench_close(b);
}

static void words_are_kept_only_when_allowed(void **state) {
    (void)state;
    struct bench *b =
        open_wide(&screen_heard, heard_load, (struct place){.screen = SCREEN_heard}, false);
    tap(b, "button", "Lives here");
    ui_field_set(b->ui, "heard/0/said//text", "They come when I ring, but it can be long.");
    frames(b, 2);
    tap(b, "button", "Keep");
    assert_int_equal(b->last.kind, INTENT_none); /* nobody asked them yet */
    tap(b, "chip", "Yes, without a name");
    tap(b, "button", "Worry");
    tap(b, "chip", "Night care");
    tap(b, "toggle", "They would like an answer");
    tap(b, "button", "Keep");
    const struct feedback_intent *k = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_feedback);
    assert_string_equal(k->speaker, "lives_here");
    assert_string_equal(k->consent, "without_name");
    assert_string_equal(k->sort, "worry");
    assert_string_equal(k->about, "night_care");
    assert_string_equal(k->prompt, ""); /* said before any question: it stands alone */
    assert_true(k->wants_answer);
    assert_int_equal(k->answer_by, london_day(DAY_MS) + 5);
    assert_int_equal(k->more_count, 0);
    assert_false(k->closes);
    assert_string_equal(b->last.draft, "heard/0/");
    tap(b, "chip", "No");
    tap(b, "button", "Keep");
    k = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_feedback);
    assert_string_equal(k->text, "");
    bench_close(b);
}

/* ---- their voice ---- */

static struct voice_scene recorder(enum voice_status state) {
    struct voice_scene v = {.state = state,
                            .to = {.what = EVIDENCE_HEARD},
                            .microphone = true,
                            .speaker = true,
                            .limit_ms = 1800000,
                            .cut_off = "",
                            .problem = "",
                            .wave_count = 60};
    for (int i = 0; i < v.wave_count; i++)
        v.wave[i] = (uint8_t)(30 + (i * 97 + i * i * 13) % 200);
    v.ms = state ? 24000 : 0;
    v.bytes = 2 * v.ms;
    return v;
}

static struct bench *open_heard(enum voice_status state) {
    struct bench *b =
        open_wide(&screen_heard, heard_load, (struct place){.screen = SCREEN_heard}, false);
    b->voice = recorder(state);
    frames(b, 2);
    return b;
}

static bool can(struct bench *b, const char *button) {
    const struct ui_thing *t = find(b, "button", button);
    return t && !strstr(t->state, "disabled");
}

static bool says(struct bench *b, const char *words) {
    frames(b, 2);
    return find(b, "label", words) != NULL;
}

static void agree_to_all(struct bench *b) {
    tap(b, "button", "Lives here");
    tap(b, "chip", "Yes"); /* can they decide */
    tap(b, "toggle", "They agree to be recorded");
    frames(b, 2);
}

static void nothing_is_recorded_before_both_answers(void **state) {
    (void)state;
    struct bench *b = open_heard(VOICE_NONE);
    tap(b, "button", "Lives here");
    assert_true(says(b, "To record, ask first: do they agree?"));
    assert_false(can(b, "Record"));
    tap(b, "button", "Record");
    assert_int_equal(b->last.kind, INTENT_none);
    tap(b, "toggle", "They agree to be recorded");
    assert_true(says(b, "To record, ask first: can they decide this now?"));
    tap(b, "button", "Record");
    assert_int_equal(b->last.kind, INTENT_none);
    tap(b, "chip", "Yes");
    frames(b, 2);
    tap(b, "button", "Record");
    assert_int_equal(b->last.kind, INTENT_voice_start);
    assert_int_equal(((const struct evidence_to *)b->last.detail)->what, EVIDENCE_HEARD);
    tap(b, "toggle", "They agree to be recorded");
    frames(b, 2);
    assert_false(can(b, "Record"));
    bench_close(b);
}

static void not_now_is_written(void **state) {
    (void)state;
    struct bench *b = open_heard(VOICE_NONE);
    tap(b, "button", "Lives here");
    tap(b, "chip", "Not now");
    assert_true(says(b, "They cannot decide this now. Write, don’t record."));
    assert_null(find(b, "toggle", "They agree to be recorded"));
    assert_false(can(b, "Record"));
    bench_close(b);
}

static void no_is_no_for_the_voice_too(void **state) {
    (void)state;
    struct bench *b = open_heard(VOICE_NONE);
    agree_to_all(b);
    assert_true(can(b, "Record"));
    tap(b, "chip", "No");
    frames(b, 2);
    assert_null(find(b, "button", "Record"));
    bench_close(b);
}

static void everybody_else_is_asked_both_too(void **state) {
    static const char *const others[] = {"Family or friend", "Professional", "Visitor",
                                         "Not said"};
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct bench *b = open_heard(VOICE_NONE);
        tap(b, "button", others[i]);
        assert_false(says(b, "Can they decide this now?")); /* not before it matters */
        assert_false(can(b, "Record"));
        tap(b, "toggle", "They agree to be recorded");
        assert_true(says(b, "Can they decide this now?"));
        assert_false(can(b, "Record"));
        tap(b, "chip", "Not now");
        frames(b, 2);
        assert_false(can(b, "Record"));
        const struct ui_thing *t;
        size_t n = ui_things(b->ui, &t);
        int yes = 0;
        for (size_t k = 0; k < n; k++)
            yes += text_equal(t[k].name, "Yes");
        assert_int_equal(yes, 2); /* may I write, can they decide */
        bench_close(b);
    }
}

static void neither_workers_nor_who_could_not_say(void **state) {
    (void)state;
    struct bench *b = open_heard(VOICE_NONE);
    tap(b, "button", "Staff");
    frames(b, 2);
    assert_null(find(b, "button", "Record"));
    assert_null(find(b, "toggle", "They agree to be recorded"));
    tap(b, "button", "Could not say: what they showed us");
    tap(b, "chip", "Yes");
    frames(b, 2);
    assert_null(find(b, "button", "Record"));
    assert_null(find(b, "toggle", "They agree to be recorded"));
    bench_close(b);
}

static void another_person_is_asked_anew(void **state) {
    (void)state;
    struct bench *b = open_heard(VOICE_NONE);
    agree_to_all(b);
    assert_true(can(b, "Record"));
    tap(b, "button", "Family or friend");
    frames(b, 2);
    assert_false(can(b, "Record"));
    bench_close(b);
}

static void a_voice_is_their_words(void **state) {
    (void)state;
    struct bench *b = open_heard(VOICE_NONE);
    agree_to_all(b);
    assert_false(can(b, "Keep"));
    b->voice = recorder(VOICE_STOPPED);
    frames(b, 2);
    assert_true(can(b, "Keep"));
    tap(b, "button", "Keep");
    const struct feedback_intent *k = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_feedback);
    assert_true(k->recorded);
    assert_string_equal(k->can_decide, "yes");
    assert_string_equal(k->speaker, "lives_here");
    assert_string_equal(k->text, "");
    bench_close(b);
}

static void taken_back_it_stops_and_goes_first(void **state) {
    (void)state;
    struct bench *b = open_heard(VOICE_NONE);
    agree_to_all(b);
    b->voice = recorder(VOICE_RECORDING);
    frames(b, 2);
    tap(b, "toggle", "They agree to be recorded");
    frames(b, 2);
    assert_int_equal(b->last.kind, INTENT_voice_stop);
    b->voice.state = VOICE_STOPPED;
    assert_true(says(b, "They do not agree to a recording any more."));
    assert_true(says(b, "What was recorded must go before you can keep this."));
    ui_field_set(b->ui, "heard/0/said//text", "It is too loud at night.");
    tap(b, "chip", "Yes, without a name");
    frames(b, 2);
    assert_false(can(b, "Keep"));
    tap(b, "button", "Discard what was recorded");
    assert_int_equal(b->last.kind, INTENT_voice_discard);
    b->voice = recorder(VOICE_NONE);
    frames(b, 2);
    tap(b, "button", "Keep");
    assert_int_equal(b->last.kind, INTENT_feedback);
    assert_false(((const struct feedback_intent *)b->last.detail)->recorded);
    bench_close(b);
}

/* Each of the answers, taken back in turn while it runs. */
static void any_answer_taken_back_stops_it(void **state) {
    static const struct {
        const char *type, *name;
    } back[] = {{"toggle", "They agree to be recorded"},
                {"chip", "Not now"},
                {"chip", "No"},
                {"button", "Could not say: what they showed us"},
                {"button", "Visitor"}};
    (void)state;
    for (size_t i = 0; i < sizeof back / sizeof *back; i++) {
        struct bench *b = open_heard(VOICE_NONE);
        agree_to_all(b);
        b->voice = recorder(VOICE_RECORDING);
        frames(b, 2);
        assert_int_not_equal(b->last.kind, INTENT_voice_stop);
        tap(b, back[i].type, back[i].name);
        frames(b, 2);
        assert_int_equal(b->last.kind, INTENT_voice_stop);
        b->voice.state = VOICE_STOPPED;
        frames(b, 2);
        assert_false(can(b, "Keep"));
        assert_true(can(b, "Discard what was recorded"));
        bench_close(b);
    }
}

static void closed_after_taking_back_nothing_stays(void **state) {
    (void)state;
    struct bench *b = open_heard(VOICE_NONE);
    agree_to_all(b);
    b->voice = recorder(VOICE_STOPPED);
    frames(b, 2);
    tap(b, "toggle", "They agree to be recorded");
    tap(b, "button", "Close");
    assert_int_equal(b->last.kind, INTENT_voice_discard);
    b->voice = recorder(VOICE_NONE);
    frames(b, 2);
    assert_int_equal(b->last.kind, INTENT_back);
    bench_close(b);
}

static void closed_in_the_middle_it_waits(void **state) {
    (void)state;
    struct bench *b = open_heard(VOICE_STOPPED); /* as it was left; nothing is said yet */
    assert_true(says(b, "A voice note waits here. Say first who was speaking."));
    tap(b, "button", "Close");
    assert_int_equal(b->last.kind,
                     INTENT_back); /* it may still be allowed: it is not thrown away */
    agree_to_all(b);
    assert_true(can(b, "Keep"));
    bench_close(b);
}

static void a_worker_after_all(void **state) {
    (void)state;
    struct bench *b = open_heard(VOICE_NONE);
    agree_to_all(b);
    b->voice = recorder(VOICE_RECORDING);
    frames(b, 2);
    tap(b, "button", "Staff");
    frames(b, 60);
    assert_int_equal(b->last.kind, INTENT_voice_stop);
    b->voice.state = VOICE_STOPPED;
    assert_true(says(b, "A voice can be recognised. Write it instead."));
    tap(b, "button", "Not a worker");
    frames(b, 60);
    assert_true(can(b, "Keep"));
    tap(b, "button", "Staff");
    frames(b, 60);
    tap(b, "button", "It is a worker: discard it");
    frames(b, 2);
    assert_int_equal(b->last.kind, INTENT_voice_discard);
    b->voice = recorder(VOICE_NONE);
    frames(b, 2);
    assert_non_null(find(b, "label", "Who may read this?"));
    assert_null(find(b, "button", "Record"));
    bench_close(b);
}

static void put_waiting(const char *key, bool there) {
    static const char json[] =
        "{\"sort\":\"voice\",\"hash\":\"00112233445566778899aabbccddeeff"
        "00112233445566778899aabbccddeeff\",\"source\":\"microphone\",\"cut_off\":\"covered\","
        "\"type\":\"audio/ogg\",\"taken\":1795355000000,\"size\":122000,\"ms\":61000}";
    assert_int_equal(journal_begin(world.j), STATUS_OK);
    assert_int_equal(draft_put(world.j, key, there ? json : NULL, there ? sizeof json - 1 : 0),
                     STATUS_OK);
    assert_int_equal(journal_commit(world.j), STATUS_OK);
}

static void what_waits_stands_below_the_recorder(void **state) {
    (void)state;
    put_waiting("evidence/heard/0//1", true);
    struct bench *b = open_heard(VOICE_NONE);
    put_waiting("evidence/heard/0//1", false);
    agree_to_all(b);
    assert_true(says(b, "1:01"));
    assert_true(says(b,
                     "122 KB · Sun 22 Nov 13:43\nThe sound is not on this tablet.\nRecording "
                     "ended at 1:01, when the screen was covered. Everything up to then is "
                     "here."));
    assert_true(can(b, "Keep"));
    tap(b, "toggle", "They agree to be recorded");
    frames(b, 2);
    assert_false(can(b, "Keep"));
    tap(b, "button", "Discard what was recorded");
    assert_int_equal(b->last.kind, INTENT_evidence_remove);
    const struct evidence_remove_intent *k = b->last.detail;
    assert_int_equal(k->number, 1);
    assert_int_equal(k->to.what, EVIDENCE_HEARD);
    bench_close(b);
}

static void without_a_microphone_one_types(void **state) {
    (void)state;
    struct bench *b = open_heard(VOICE_NONE);
    b->voice.microphone = false;
    tap(b, "button", "Lives here");
    frames(b, 2);
    assert_null(find(b, "toggle", "They agree to be recorded"));
    assert_false(can(b, "Record"));
    assert_true(has_field(b));
    bench_close(b);
}

static void put_recorder(struct bench *b) {
    b->voice = recorder(VOICE_NONE);
    agree_to_all(b);
    tap(b, "chip", "Night care");
    b->voice = recorder(VOICE_RECORDING);
}

static void voice_looks(void **state) {
    (void)state;
    look_at(&screen_heard, heard_load, (struct place){.screen = SCREEN_heard}, "heard-voice",
            put_recorder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heard_looks),
        cmocka_unit_test(staff_looks),
        cmocka_unit_test(a_worker_sees_the_route_before_any_box),
        cmocka_unit_test(words_are_kept_only_when_allowed),
        cmocka_unit_test(nothing_is_recorded_before_both_answers),
        cmocka_unit_test(not_now_is_written),
        cmocka_unit_test(no_is_no_for_the_voice_too),
        cmocka_unit_test(everybody_else_is_asked_both_too),
        cmocka_unit_test(neither_workers_nor_who_could_not_say),
        cmocka_unit_test(another_person_is_asked_anew),
        cmocka_unit_test(a_voice_is_their_words),
        cmocka_unit_test(taken_back_it_stops_and_goes_first),
        cmocka_unit_test(any_answer_taken_back_stops_it),
        cmocka_unit_test(closed_after_taking_back_nothing_stays),
        cmocka_unit_test(closed_in_the_middle_it_waits),
        cmocka_unit_test(a_worker_after_all),
        cmocka_unit_test(what_waits_stands_below_the_recorder),
        cmocka_unit_test(without_a_microphone_one_types),
        cmocka_unit_test(voice_looks),
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests_name("screen heard", tests, build_world, end_world);
}
