/* test_screen_home.c -- Home and who I am, over a made-up season.
 * needs: app screen model ui media care sync store base */
#include "screen_bench.h"

#include "model/home_load.h"
#include "model/home_model.h"
#include "model/identity_load.h"

static void home_looks(void **state) {
    (void)state;
    look_at(&screen_home, home_load, (struct place){.screen = SCREEN_home}, "home", NULL);
}

static void identity_looks(void **state) {
    (void)state;
    look_at(&screen_identity, identity_load, (struct place){.screen = SCREEN_identity},
            "identity", NULL);
}

static void home_fits_the_hour(void **state) {
    (void)state;
    struct place p = {.screen = SCREEN_home};
    struct bench *b = open_wide(&screen_home, home_load, p, true);
    tap(b, NULL, "Start a night spot check");
    assert_int_equal(b->last.kind, INTENT_go);
    assert_int_equal(b->last.to.screen, SCREEN_start);
    assert_string_equal(b->last.to.word, "NIGHT");
    bench_close(b);
    b = open_wide(&screen_home, home_load, p, false);
    assert_null(find(b, NULL, "Start a night spot check"));
    tap(b, NULL, "Start an audit");
    assert_string_equal(b->last.to.word, "WALK");
    const struct home_model *m = b->model;
    assert_int_equal(m->checks[0].answered, 5);
    assert_true(m->checks[0].asked > 5 && !m->checks[0].left_at);
    tap(b, "button", "Resume");
    assert_int_equal(b->last.to.screen, SCREEN_walk);
    assert_true(b->last.to.row ==
                one("SELECT v.id FROM visit v JOIN service s ON s.id = v.service WHERE "
                    "s.code = 'OAK' AND NOT EXISTS (SELECT 1 FROM seal x WHERE "
                    "x.visit = v.id) ORDER BY v.started DESC LIMIT 1"));
    assert_true(b->last.to.word[0] != 0);
    tap(b, "button", "Verify");
    assert_int_equal(b->last.to.screen, SCREEN_actions);
    assert_string_equal(b->last.to.word, "verify");
    bench_close(b);
}

static void an_empty_home_offers_three_ways(void **state) {
    (void)state;
    row_id service = world.service;
    world.service = 0;
    struct bench *b =
        open_wide(&screen_home, home_load, (struct place){.screen = SCREEN_home}, false);
    world.service = service;
    tap(b, "button", "Open a pack");
    assert_int_equal(b->last.to.screen, SCREEN_send);
    tap(b, "button", "Try the sample");
    assert_int_equal(b->last.kind, INTENT_sample);
    assert_int_equal(b->last.number, 1);
    ui_field_set(b->ui, "home/new_service", "Harbour View");
    frame(b);
    tap(b, "button", "Add");
    assert_int_equal(b->last.kind, INTENT_add_service);
    assert_string_equal(b->last.text, "Harbour View");
    bench_close(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(home_looks),
        cmocka_unit_test(identity_looks),
        cmocka_unit_test(home_fits_the_hour),
        cmocka_unit_test(an_empty_home_offers_three_ways),
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests_name("screen home", tests, build_world, end_world);
}
