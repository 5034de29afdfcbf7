/* test_screen_saw.c -- what was seen is put into words and kept.
 * needs: app screen model ui media care sync store base */
#include "screen_bench.h"

#include "model/saw_load.h"
#include "model/saw_model.h"

#define SAW_WORDS "No answer to the bell, no staff in the corridor"

static void say_concern(struct bench *b) {
    tap(b, "button", "Concern");
    ui_field_set(b->ui, "saw/0//text", SAW_WORDS);
    frame(b);
}

static void saw_looks(void **state) {
    (void)state;
    look_at(&screen_saw, saw_load,
            (struct place){.screen = SCREEN_saw, .word2 = "SAF-S6,CAR-C4"}, "saw", say_concern);
}

static void a_concern_is_kept_with_its_words(void **state) {
    (void)state;
    struct place p = {.screen = SCREEN_saw, .row = 0, .word2 = "SAF-S6"};
    struct bench *b = open_wide(&screen_saw, saw_load, p, true);
    tap(b, "button", "Keep");
    assert_int_equal(b->last.kind, INTENT_none); /* nothing to keep yet */
    say_concern(b);
    tap(b, "chip", "Harm likely");
    tap(b, "chip", "Safe and effective staffing");
    tap(b, "button", "Keep");
    const struct observe_intent *o = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_observe);
    assert_false(o->good);
    assert_string_equal(o->text, SAW_WORDS);
    assert_string_equal(o->statement, "SAF-S6");
    assert_int_equal(o->severity, 3);
    assert_string_equal(b->last.draft, "saw/0//text");
    assert_true(b->last.back_after);
    tap(b, NULL, "Someone at risk right now?");
    o = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_observe); /* kept first, then the card */
    assert_int_equal(o->severity, 4);
    assert_string_equal(o->text, SAW_WORDS);
    tap(b, "button", "Close"); /* leaving loses nothing that was said in full */
    assert_int_equal(b->last.kind, INTENT_observe);
    bench_close(b);
}

static void nothing_about_one_worker_is_kept(void **state) {
    (void)state;
    struct bench *b =
        open_wide(&screen_saw, saw_load, (struct place){.screen = SCREEN_saw}, true);
    say_concern(b);
    assert_true(has_field(b));
    tap(b, "toggle", "This is about how one worker behaved");
    frames(b, 2);
    assert_false(has_field(b));
    assert_null(find(b, "button", "Keep"));
    assert_string_equal(ui_field_text(b->ui, "saw/0//text"), "");
    assert_non_null(find(b, "label", "Whom to ring"));
    tap(b, "button", "Close");
    assert_int_equal(b->last.kind, INTENT_back);
    tap(b, NULL, "Someone at risk right now?");
    assert_int_equal(b->last.kind, INTENT_danger_open);
    bench_close(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(saw_looks),
        cmocka_unit_test(a_concern_is_kept_with_its_words),
        cmocka_unit_test(nothing_about_one_worker_is_kept),
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests_name("screen saw", tests, build_world, end_world);
}
