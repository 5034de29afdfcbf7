/* test_screen_heard.c -- what people say is kept when they allow it; a worker is shown the
 * route to speak up first. needs: app screen model ui media care sync store base */
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
    ui_field_set(b->ui, "heard/0/text", "typed before the choice");
    tap(b, "button", "Staff");
    frames(b, 2);
    assert_false(has_field(b));
    assert_null(find(b, "button", "Keep"));
    assert_string_equal(ui_field_text(b->ui, "heard/0/text"), "");
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
    ui_field_set(b->ui, "heard/0/text", "They come when I ring, but at night it can be long.");
    frames(b, 2);
    tap(b, "button", "Keep");
    assert_int_equal(b->last.kind, INTENT_none); /* nobody asked them yet */
    tap(b, "chip", "Yes, without a name");
    tap(b, "button", "Worry");
    tap(b, "chip", "Night care");
    tap(b, "button", "Next prompt");
    frames(b, 60);
    tap(b, "chip", "The words answer this question");
    tap(b, "toggle", "They would like an answer");
    tap(b, "button", "Keep");
    const struct feedback_intent *k = b->last.detail;
    const struct heard_model *m = b->model;
    assert_int_equal(b->last.kind, INTENT_feedback);
    assert_string_equal(k->speaker, "lives_here");
    assert_string_equal(k->consent, "without_name");
    assert_string_equal(k->sort, "worry");
    assert_string_equal(k->about, "night_care");
    assert_string_equal(k->prompt, m->guides[SPEAKER_LIVES_HERE].prompts[1].id);
    assert_true(k->wants_answer);
    assert_int_equal(k->answer_by, london_day(DAY_MS) + 5);
    assert_string_equal(b->last.draft, "heard/0/");
    tap(b, "chip", "No");
    tap(b, "button", "Keep");
    k = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_feedback);
    assert_string_equal(k->text, "");
    bench_close(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heard_looks),
        cmocka_unit_test(staff_looks),
        cmocka_unit_test(a_worker_sees_the_route_before_any_box),
        cmocka_unit_test(words_are_kept_only_when_allowed),
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests_name("screen heard", tests, build_world, end_world);
}
