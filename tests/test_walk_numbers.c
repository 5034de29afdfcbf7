/* test_walk_numbers.c -- what a check measures, times and counts.
 * needs: app screen model ui media sync care store base */
#include "walk_hand.h"

#include "screen/answer.h"

static void the_result_is_set_by_rule_against_the_services_own_limit(void **state) {
    (void)state;
    begin("NIGHT", "standard", "calls");
    assert_true(part("N16", "")->own_choice);
    assert_int_equal(part("N16", "")->target, 180000);
    add_target("bell_seconds", 60000);
    frame();
    assert_false(part("N16", "")->own_choice);
    assert_int_equal(part("N16", "")->target, 60000);
    say_number("N16", "", 61000);
    assert_string_equal(part("N16", "")->answer->result, "beyond");
    assert_int_equal(part("N16", "")->verdict, VERDICT_BAD);
    say_number("N16", "", 60000);
    assert_string_equal(part("N16", "")->answer->result, "within");
    say_number("N31", "now", 9500);
    assert_string_equal(part("N31", "now")->answer->result, "beyond");
    say_number("N31", "now", 1000);
    assert_string_equal(part("N31", "now")->answer->result, "below");
}

/* ---- stopwatches ---- */

static void start_watch(const char *item, const char *id) {
    act((struct intent){
        .kind = INTENT_timing_start, .row = visit, .text = "Bell", .word = item, .word2 = id});
}

static void a_bell_is_timed_on_the_boot_clock(void **state) {
    (void)state;
    begin("NIGHT", "standard", "calls");
    start_watch("N16", "");
    assert_true(part("N16", "")->timing->running);
    assert_non_null(walk()->ringing);
    assert_int_equal(walk()->ringing->target_ms, 180000);
    pass(277000);
    now.wall_ms += 3600000; /* somebody sets the tablet's clock meanwhile */
    act((struct intent){
        .kind = INTENT_timing_stop, .row = part("N16", "")->timing->row, .word = "staff_came"});
    assert_int_equal(part("N16", "")->answer->value.number, 277000);
    assert_string_equal(part("N16", "")->answer->result, "beyond");
    assert_null(walk()->ringing);
    assert_false(part("N16", "")->timing->about);
}

static void a_watch_runs_on_over_a_restart_and_says_about(void **state) {
    (void)state;
    begin("NIGHT", "standard", "calls");
    start_watch(NULL, NULL);
    row_id row = walk()->timings[0].row;
    assert_true(walk()->timings[0].free);
    boot = "second start";
    now.boot_ms = 1000;
    now.wall_ms += 95000;
    act((struct intent){.kind = INTENT_timing_stop, .row = row, .word = "went_in"});
    assert_int_equal(walk()->timings[0].ms, 95000);
    assert_true(walk()->timings[0].about);
    act((struct intent){.kind = INTENT_timing_give, .row = row, .word = "N16", .word2 = ""});
    assert_int_equal(part("N16", "")->answer->value.number, 95000);
    act((struct intent){.kind = INTENT_timing_stop, .row = row, .text = "Held a cup"});
    assert_string_equal(part("N16", "")->timing->helped, "Held a cup");
    assert_string_equal(part("N16", "")->timing->outcome, "went_in");
}

static void two_workers_the_second_is_what_counts(void **state) {
    (void)state;
    begin("NIGHT", "standard", "calls");
    start_watch("N17", "");
    row_id row = part("N17", "")->timing->row;
    pass(40000);
    act((struct intent){.kind = INTENT_timing_stop, .row = row, .word = "staff_came"});
    assert_null(part("N17", "")->answer); /* the question asks for the second */
    assert_true(part("N17", "")->timing->waiting_second);
    assert_non_null(walk()->ringing); /* no extra bell meanwhile */
    pass(50000);
    act((struct intent){.kind = INTENT_timing_second, .row = row});
    assert_int_equal(part("N17", "")->answer->value.number, 90000);
    assert_int_equal(part("N17", "")->timing->ms, 40000);
    assert_false(part("N17", "")->timing->waiting_second);
}

/* ---- counts, and the small readers ---- */

static void staffing_is_read_from_what_was_counted(void **state) {
    (void)state;
    begin("NIGHT", "standard", "staffing");
    assert_int_equal(walk()->staffing.awake, -1);
    add_target("fire_minimum", 3000);
    say_number("N06", "people", 42000);
    say_number("N06", "planned", 3000);
    say_number("N06", "awake", 2000);
    say_number("N09", "count", 1000);
    const struct walk_staffing *f = &walk()->staffing;
    assert_int_equal(f->per_worker, 21);
    assert_int_equal(f->agency, 1);
    assert_true(f->below_least && f->below_planned);
    assert_int_equal(f->least, 3);
    assert_false(f->least_own_choice);
    assert_true(item_in("N10", 0)->shown); /* only asked when somebody is from an agency */
    say_number("N09", "count", 0);
    assert_false(item_in("N10", 0)->shown);
}

static void numbers_times_and_days_as_people_write_them(void **state) {
    (void)state;
    struct arena a = {0};
    int64_t v;
    assert_true(answer_read_decimal("18.5", 1000, &v) && v == 18500);
    assert_true(answer_read_decimal(" -2,25 ", 1000, &v) && v == -2250);
    assert_false(answer_read_decimal("", 1000, &v));
    assert_false(answer_read_decimal("4 or 5", 1000, &v));
    assert_string_equal(answer_decimal(&a, -2250), "-2.25");
    assert_string_equal(answer_decimal(&a, 18000), "18");
    int64_t at = london_to_ms(2026, 11, 22, 2, 41);
    assert_true(answer_read_time("0240", at, &v) && v == at - 60000);
    assert_true(answer_read_time("23:55", at, &v) &&
                v == london_to_ms(2026, 11, 21, 23, 55)); /* the nearest */
    assert_false(answer_read_time("25:00", at, &v));
    assert_false(answer_read_time("soon", at, &v));
    day_no d, today = day_of(2026, 11, 22);
    assert_true(answer_read_day("1/2/2026", today, &d) && d == day_of(2026, 2, 1));
    assert_true(answer_read_day("24.12.", today, &d) &&
                d == day_of(2025, 12, 24)); /* the last one that was */
    assert_false(answer_read_day("31/2/2026", today, &d));
    assert_string_equal(answer_list_set(&a, "a=1,bb=2", "a", 7), "a=7,bb=2");
    assert_string_equal(answer_list_set(&a, "", "b", 1), "b=1");
    assert_int_equal(answer_list_number("aa=3,a=4", "a", NULL), 4);
    assert_string_equal(answer_list_toggle(&a, "x,y,z", "y"), "x,z");
    assert_string_equal(answer_list_toggle(&a, "x,y", "y"), "x");
    assert_string_equal(answer_list_toggle(&a, "x", "yy"), "x,yy");
    assert_false(answer_list_has("xx,y", "x"));
    arena_release(&a);
}

static void say_list(const char *item, const char *id, const char *list) {
    struct answer_intent a = {
        .visit = visit, .item = item, .part = id, .set_list = true, .list = list};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
}

/* A line "was, is" tells of a change of mind, not of every step on the way to a figure. */
static void stepping_and_counting_are_no_change_of_mind(void **state) {
    (void)state;
    begin("NIGHT", "full", "");
    for (int64_t n = 1; n <= 5; n++, pass(2000))
        say_number("N06", "people", n * 1000);
    assert_int_equal(part("N06", "people")->answer->changes_count, 0);
    pass(9 * 60000);
    say_number("N06", "people", 6000);
    pass(2000);
    say_number("N06", "people", 7000);
    const struct walk_answer *counted = part("N06", "people")->answer;
    assert_int_equal(counted->changes_count, 1);
    assert_int_equal(counted->changes[0].was.number, 5000);
    assert_int_equal(counted->changes[0].is.number, 7000);
    assert_int_equal(counted->changes[0].at, now.wall_ms);
    say_list("N51", "", "warm=2");
    pass(9 * 60000);
    say_list("N51", "", "warm=3,cold=1");
    assert_int_equal(part("N51", "")->answer->changes_count, 0);
    pass(9 * 60000);
    say_list("N51", "", "warm=3,cold=0");
    assert_int_equal(part("N51", "")->answer->changes_count, 1);
}

static void say_day(const char *item, const char *id, day_no day) {
    struct answer_intent a = {
        .visit = visit, .item = item, .part = id, .set_day = true, .day = day};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
}

/* Days are counted from the day of the visit, when the answer is given: an old record never
 * changes what it says. The service's own limit counts, else the form's. */
static void dates_are_held_against_the_day_of_the_visit(void **state) {
    (void)state;
    begin("ENV", "full", "");
    day_no day = (day_no)count("SELECT max(night) FROM visit");
    say_day("EN02", "last", day - 7);
    assert_string_equal(part("EN02", "last")->answer->result, "within");
    assert_int_equal(part("EN02", "last")->answer->value.number, 7000);
    assert_int_equal(part("EN02", "last")->verdict, VERDICT_GOOD);
    say_day("EN02", "last", day - 8);
    assert_string_equal(part("EN02", "last")->answer->result, "beyond");
    assert_int_equal(part("EN02", "last")->verdict, VERDICT_BAD);
    add_target("alarm_test_days", 14000);
    say_day("EN02", "last", day - 9);
    assert_true(part("EN02", "last")->has_target && !part("EN02", "last")->own_choice);
    assert_string_equal(part("EN02", "last")->answer->result, "within");
    pass(30LL * 24 * 3600 * 1000); /* a month later it still says what it said */
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_saw, .row = visit}});
    act((struct intent){.kind = INTENT_back});
    assert_int_equal(part("EN02", "last")->verdict, VERDICT_GOOD);
}

static void what_runs_out_and_shares_have_limits(void **state) {
    (void)state;
    begin("MCA", "full", "");
    day_no day = (day_no)count("SELECT max(night) FROM visit");
    say_day("MC20", "next", day + 28);
    assert_string_equal(part("MC20", "next")->answer->result, "within");
    say_day("MC20", "next", day + 27);
    assert_string_equal(part("MC20", "next")->answer->result, "below");
    assert_int_equal(part("MC20", "next")->verdict, VERDICT_BAD);
    say_day("MC20", "next", day - 1); /* run out already */
    assert_int_equal(part("MC20", "next")->answer->value.number, -1000);
    assert_int_equal(part("MC20", "next")->verdict, VERDICT_BAD);
    begin("TRN", "full", "");
    say_number("TR02", "harm", 90000);
    assert_string_equal(part("TR02", "harm")->answer->result, "within");
    say_number("TR02", "harm", 89500);
    assert_string_equal(part("TR02", "harm")->answer->result, "below");
    add_target("training_share", 85000);
    say_number("TR02", "harm", 89500);
    assert_string_equal(part("TR02", "harm")->answer->result, "within");
}

/* Every kind of answer reads in words from the one table. */
static void every_answer_reads_in_words(void **state) {
    (void)state;
    static const struct choice choices[] = {{.id = "warm", .text = "Warm"},
                                            {.id = "cold", .text = "Cold"}};
    const day_no day = day_of(2026, 3, 4);
    const struct {
        enum part_kind kind;
        struct answer_value v;
        const char *says;
    } cases[] = {
        {PART_MET, {.word = "not_met"}, "Not met"},
        {PART_ASK, {.word = "spared"}, "Not asked: would have taken them from someone"},
        {PART_YES_NO, {.word = "no"}, "No"},
        {PART_CHOICE, {.word = "cold"}, "Cold"},
        {PART_TICKS, {.list = "cold,warm"}, "Cold, Warm"},
        {PART_TALLY, {.list = "warm=3,cold=1"}, "Warm: 3, Cold: 1"},
        {PART_COUNTS, {.list = "warm=3,cold=0"}, "Warm: 3, Cold: 0"},
        {PART_X_OF_Y, {.has_number = true, .number = 3, .has_of = true, .of = 4}, "3 of 4"},
        {PART_NUMBER, {.has_number = true, .number = 18500}, "18.5 cups"},
        {PART_SECONDS, {.has_number = true, .number = 125000}, "2 min 5 s"},
        {PART_MINUTES, {.has_number = true, .number = 60000}, "1 minute"},
        {PART_TIME, {.has_time = true, .time = 1772591400000}, "02:30"},
        {PART_DAY, {.has_day = true, .day = day}, "Wed 4 Mar 2026"},
        {PART_WORDS, {.text = "As they said"}, "As they said"},
        {PART_PERSON, {.text = "night lead"}, "night lead"},
        {PART_FACE, {.has_number = true, .number = 4}, "Happy (4 of 5)"},
        {PART_PERCENT, {.has_number = true, .number = 92500}, "92.5 %"},
        {PART_SINCE,
         {.has_day = true, .day = day, .has_number = true, .number = 28000},
         "Wed 4 Mar 2026, 28 days before"},
        {PART_UNTIL,
         {.has_day = true, .day = day, .has_number = true, .number = -1000},
         "Wed 4 Mar 2026, one day before"},
        {PART_SCORE,
         {.has_number = true, .number = 2, .text = "Two of five had none"},
         "2 · Some of it falls short: Two of five had none"},
        {PART_READY, {.word = "action"}, "No, but being put right"},
        {PART_PROOF, {.word = "not_proved"}, "Not proved"},
        {PART_DRAW, {.list = "pool=40,seed=7,n3=1,n17=1"}, "3, 17 of a list of 40"},
    };
    bool seen[PART_KINDS] = {false};
    struct arena a = {0};
    struct words *w = NULL;
    assert_int_equal(words_load(&w, "assets/words/en"), STATUS_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct part p = {.kind = cases[i].kind, .choices = choices, .choices_count = 2};
        p.unit = p.kind == PART_NUMBER ? "cups" : "";
        assert_string_equal(answer_says(&a, w, &p, &cases[i].v), cases[i].says);
        assert_string_equal(answer_says(&a, w, &p, &(struct answer_value){0}), "");
        seen[p.kind] = true;
    }
    for (int k = 0; k < PART_KINDS; k++)
        if (!seen[k]) fail_msg("no case for %s", part_kind_name((enum part_kind)k));
    struct part days = {.kind = PART_SINCE, .unit = ""};
    assert_string_equal(answer_figure(&a, w, &days, 28000), "28 days");
    assert_string_equal(answer_figure(&a, w, &days, 1000), "1 day");
    words_close(w);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WALK(dates_are_held_against_the_day_of_the_visit),
        WALK(what_runs_out_and_shares_have_limits),
        cmocka_unit_test(every_answer_reads_in_words),
        WALK(the_result_is_set_by_rule_against_the_services_own_limit),
        WALK(a_bell_is_timed_on_the_boot_clock),
        WALK(a_watch_runs_on_over_a_restart_and_says_about),
        WALK(two_workers_the_second_is_what_counts),
        WALK(staffing_is_read_from_what_was_counted),
        WALK(stepping_and_counting_are_no_change_of_mind),
        cmocka_unit_test(numbers_times_and_days_as_people_write_them),
    };
    return cmocka_run_group_tests_name("walk numbers", tests, NULL, NULL);
}
