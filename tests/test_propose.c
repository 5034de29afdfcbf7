/* test_propose.c -- what Start proposes: by what is due, the hour and the place.
 * needs: care base */
#include "support.h"

#include "base/text.h"
#include "care/propose.h"

#define TODAY 20000
#define NOON  (12 * 60)

static const char *const kitchen[] = {"kitchen", "dining"};
static const char *const homes[] = {"care_home", "nursing_home"};

enum { NIGHT, WALK, MEAL, MEDS, GOV, AGAIN, PROOF, TALK, FORMS };
static struct template forms[FORMS];
static struct propose_form known[FORMS];
static struct propose_facts now;
static struct proposal out[PROPOSALS_MOST];

static int fresh(void **state) {
    (void)state;
    forms[NIGHT] = (struct template){.code = "NIGHT",
                                     .use = "check",
                                     .night = true,
                                     .every_days = 91,
                                     .from_min = 22 * 60,
                                     .to_min = 6 * 60 + 30};
    forms[WALK] = (struct template){.code = "WALK", .use = "check", .every_days = 1};
    forms[MEAL] = (struct template){.code = "MEAL",
                                    .use = "check",
                                    .every_days = 10,
                                    .places = kitchen,
                                    .places_count = 2,
                                    .settings = homes,
                                    .settings_count = 2};
    forms[MEDS] = (struct template){.code = "MEDS", .use = "check", .every_days = 7};
    forms[GOV] = (struct template){.code = "GOV", .use = "check"};
    forms[AGAIN] = (struct template){.code = "RETEST", .use = "retest"};
    forms[PROOF] = (struct template){.code = "PEER", .use = "proof"};
    forms[TALK] =
        (struct template){.code = "VFP", .use = "check", .guide = true, .every_days = 1};
    for (int i = 0; i < FORMS; i++)
        known[i] = (struct propose_form){.form = &forms[i], .done = true, .last = TODAY};
    now = (struct propose_facts){
        .today = TODAY, .minute = NOON, .setting = "care_home", .place = "", .wished = ""};
    memset(out, 0, sizeof out);
    return 0;
}

static int ask(void) {
    return propose(known, FORMS, &now, out);
}

static void first_is(int form, enum propose_why why) {
    assert_true(ask() >= 1);
    assert_int_equal(out[0].form, form);
    assert_int_equal(out[0].why, why);
}

static void what_slipped_furthest_for_its_rhythm_comes_first(void **state) {
    (void)state;
    known[MEDS].last = TODAY - 7 - 14; /* twice its rhythm late */
    known[MEAL].last = TODAY - 10 - 15;
    known[WALK].last = TODAY; /* due tomorrow */
    first_is(MEDS, WHY_DUE);
    assert_int_equal(out[0].day, TODAY - 14);
    assert_int_equal(out[1].form, MEAL);
    assert_int_equal(out[1].why, WHY_DUE);
}

static void due_today_is_not_yet_late(void **state) {
    (void)state;
    known[MEDS].last = TODAY - 7;
    first_is(MEDS, WHY_TODAY);
    known[MEDS].last = TODAY - 8;
    first_is(MEDS, WHY_DUE);
    known[MEDS].last = TODAY - 6;
    ask();
    assert_int_not_equal(out[0].why, WHY_DUE);
    assert_int_not_equal(out[0].why, WHY_TODAY);
}

static void at_most_three_and_each_once(void **state) {
    (void)state;
    for (int i = 0; i < FORMS; i++)
        known[i].last = TODAY - 400;
    now.again = now.proof = 2;
    assert_int_equal(ask(), PROPOSALS_MOST);
    assert_true(out[0].form != out[1].form && out[1].form != out[2].form &&
                out[0].form != out[2].form);
}

static void at_night_the_night_form(void **state) {
    (void)state;
    known[WALK].last = TODAY - 30;
    now.night = true;
    now.minute = 2 * 60 + 40;
    first_is(NIGHT, WHY_HOUR);
    now.minute = 21 * 60 + 30; /* the service's night has begun */
    first_is(NIGHT, WHY_HOUR);
    now.night = false;
    now.minute = NOON;
    first_is(WALK, WHY_DUE);
    for (int i = 0; i < ask(); i++)
        assert_int_not_equal(out[i].form, NIGHT);
}

static void a_home_care_branch_has_no_night_to_walk(void **state) {
    (void)state;
    now.night = true;
    now.minute = 2 * 60;
    now.setting = "home_care";
    known[WALK].last = TODAY - 30;
    first_is(WALK, WHY_DUE);
    for (int i = 0; i < ask(); i++) {
        assert_int_not_equal(out[i].form, NIGHT);
        assert_int_not_equal(out[i].form, MEAL); /* not for this setting */
    }
}

static void the_place_one_stands_in(void **state) {
    (void)state;
    known[MEDS].last = TODAY - 100;
    now.place = "dining";
    first_is(MEAL, WHY_PLACE);
    assert_int_equal(out[1].form, MEDS);
    now.place = "stairs"; /* nothing is made for it */
    first_is(MEDS, WHY_DUE);
}

static void actions_to_look_at_again(void **state) {
    (void)state;
    for (int i = 0; i < ask(); i++)
        assert_true(out[i].form != AGAIN && out[i].form != PROOF);
    now.again = 2;
    now.again_since = TODAY - 3;
    first_is(AGAIN, WHY_AGAIN);
    assert_int_equal(out[0].count, 2);
    assert_int_equal(out[0].day, TODAY - 3);
    now.again = 0;
    now.proof = 4;
    now.proof_since = TODAY - 9;
    first_is(PROOF, WHY_PROOF);
    assert_int_equal(out[0].count, 4);
}

static void never_done_comes_after_what_slipped(void **state) {
    (void)state;
    known[MEDS].done = known[WALK].done = false;
    known[MEAL].last = TODAY - 11;
    first_is(MEAL, WHY_DUE);
    assert_int_equal(out[1].form, WALK); /* of two never done the one done most often */
    assert_int_equal(out[1].why, WHY_NEVER);
    assert_int_equal(out[2].form, MEDS);
}

static void the_usual_one_when_nothing_is_due(void **state) {
    (void)state;
    for (int i = 0; i < FORMS; i++)
        known[i].done = false;
    for (int i = 0; i < FORMS; i++)
        forms[i].every_days = 0;
    known[GOV] = (struct propose_form){.form = &forms[GOV], .done = true, .last = TODAY - 2};
    known[MEDS] = (struct propose_form){.form = &forms[MEDS], .done = true, .last = TODAY - 1};
    first_is(MEDS, WHY_USUAL);
    assert_int_equal(out[1].form, GOV);
}

static void one_can_always_begin_somewhere(void **state) {
    (void)state;
    for (int i = 0; i < FORMS; i++) {
        known[i].done = false;
        forms[i].every_days = 0;
    }
    assert_int_equal(ask(), 1);
    assert_int_equal(out[0].why, WHY_NOTHING);
    assert_false(forms[out[0].form].guide);
    assert_int_not_equal(out[0].form, NIGHT);
    assert_int_equal(propose(known, 0, &now, out), 0);
}

static void what_was_asked_for_by_name(void **state) {
    (void)state;
    now.wished = "NIGHT"; /* by day, too */
    known[MEDS].last = TODAY - 100;
    first_is(NIGHT, WHY_WISHED);
    now.setting = "home_care";
    now.wished = "MEAL";
    first_is(MEAL, WHY_WISHED);
    now.wished = "GONE";
    first_is(MEDS, WHY_DUE);
}

static void hours_go_over_midnight(void **state) {
    (void)state;
    assert_true(form_fits_hour(&forms[NIGHT], 22 * 60));
    assert_true(form_fits_hour(&forms[NIGHT], 0));
    assert_true(form_fits_hour(&forms[NIGHT], 6 * 60 + 29));
    assert_false(form_fits_hour(&forms[NIGHT], 6 * 60 + 30));
    assert_false(form_fits_hour(&forms[NIGHT], 21 * 60 + 59));
    assert_false(form_fits_hour(&forms[WALK], NOON)); /* says none */
    forms[MEAL].from_min = 12 * 60;
    forms[MEAL].to_min = 14 * 60;
    first_is(MEAL, WHY_HOUR);
    now.minute = 15 * 60;
    known[MEAL].last = TODAY - 100; /* due, at an hour without a meal */
    for (int i = 0; i < ask(); i++)
        assert_int_not_equal(out[i].form, MEAL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(what_slipped_furthest_for_its_rhythm_comes_first, fresh),
        cmocka_unit_test_setup(due_today_is_not_yet_late, fresh),
        cmocka_unit_test_setup(at_most_three_and_each_once, fresh),
        cmocka_unit_test_setup(at_night_the_night_form, fresh),
        cmocka_unit_test_setup(a_home_care_branch_has_no_night_to_walk, fresh),
        cmocka_unit_test_setup(the_place_one_stands_in, fresh),
        cmocka_unit_test_setup(actions_to_look_at_again, fresh),
        cmocka_unit_test_setup(never_done_comes_after_what_slipped, fresh),
        cmocka_unit_test_setup(the_usual_one_when_nothing_is_due, fresh),
        cmocka_unit_test_setup(one_can_always_begin_somewhere, fresh),
        cmocka_unit_test_setup(what_was_asked_for_by_name, fresh),
        cmocka_unit_test_setup(hours_go_over_midnight, fresh),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
