/* test_gather_action.c -- from an action that is said to be done to an independent proof, and
 * weeks later to another look with the question that first failed: who looks, when and how
 * decides what the verdict makes of the action.
 * needs: platform app screen model ui media sync care store base */
#include "gather_hand.h"

#include "care/proof.h"
#include "model/action_model.h"

static row_id quality_lead, manager, action;

static row_id person(const char *label, const char *side, row_id of) {
    struct row r = row_new(&kind_person);
    row_text(&r, "label", label);
    row_text(&r, "side", side);
    row_ref(&r, "service", of);
    return put(&r);
}

/* The wall clock alone: with the other one the tablet would lock itself. */
static void later(int64_t ms) {
    now.wall_ms += ms;
    frame();
}

static void hold(row_id who) {
    journal_hold(app_journal(app), who);
    frame();
}

/* Found at night on a walk: a Must, and by its form's own card. */
static void found_and_said_done(bool must, bool at_night) {
    choose_pin("274936");
    quality_lead = journal_holder(app_journal(app));
    manager = person("Registered manager", "manager", service);
    begin("NIGHT", "core", "");
    say("N37", "", "not_met");
    row_id answer = count("SELECT id FROM answer WHERE item = 'N37' LIMIT 1");
    struct raise_intent r = {.service = service,
                             .visit = visit,
                             .source = answer,
                             .must = must,
                             .found_at_night = at_night,
                             .item = "N37",
                             .template_code = "NIGHT",
                             .different = "Doors that should be shut are shut",
                             .measure = "Ten of ten doors",
                             .lane = "this_week",
                             .owner_text = "Manager"};
    act((struct intent){.kind = INTENT_raise, .detail = &r});
    action = count("SELECT id FROM action");
    act((struct intent){.kind = INTENT_visit_seal, .row = visit, .text = ""});
    hold(manager);
    act((struct intent){.kind = INTENT_step,
                        .row = action,
                        .word = "said_done",
                        .text = "All closers were mended"});
    hold(quality_lead);
}

static void open_action(void) {
    act((struct intent){.kind = INTENT_home});
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_action, .row = action}});
}

static const char *last_step(void) {
    return text_of("SELECT sort FROM step ORDER BY hlc DESC LIMIT 1");
}

static void start_from_action(const char *button) {
    char line[120];
    open_action();
    snprintf(line, sizeof line, "press \"%s\"\nscreen walk\n", button);
    PLAY(line);
    visit = count("SELECT id FROM visit ORDER BY started DESC, id DESC LIMIT 1");
}

static void close_check(void) {
    act((struct intent){.kind = INTENT_visit_seal, .row = visit, .text = ""});
}

static void proved_at_night_from_outside(void **state) {
    (void)state;
    found_and_said_done(true, true);
    later(3 * 86400000LL);
    start_from_action("Have it checked independently");
    PLAY("expect \"Doors that should be shut are shut\"\nexpect \"All closers were mended\"\n");
    assert_int_equal(count("SELECT about_action FROM visit WHERE template = 'PEER'"), action);
    assert_string_equal(text_of("SELECT text FROM answer WHERE item = 'PE01'"),
                        "Doors that should be shut are shut (Ten of ten doors)");
    assert_int_equal(count("SELECT count(*) FROM answer WHERE item = 'PE02'"), 2);
    say("PE07", "proof", "proved");
    say_text("PE07", "reason", "Ten of ten at three in the morning");
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_finish, .row = visit}});
    PLAY("expect \"is seen working\"\n");
    look_everywhere("proof-finish");
    close_check();
    assert_string_equal(last_step(), "seen_working");
    assert_int_equal(count("SELECT at_night FROM step WHERE sort = 'seen_working'"), 1);
    open_action();
    assert_int_equal(((const struct action_model *)app->model)->row.state, ACTION_SEEN_WORKING);
}

static void by_day_it_is_only_told(void **state) {
    (void)state;
    found_and_said_done(true, true);
    later(3 * 86400000LL + 9 * 3600000LL); /* 11:41 */
    start_from_action("Have it checked independently");
    say("PE07", "proof", "proved");
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_finish, .row = visit}});
    PLAY("expect \"only be proved at night\"\n");
    close_check();
    assert_string_equal(last_step(), "update");
    open_action();
    assert_int_equal(((const struct action_model *)app->model)->row.state, ACTION_SAID_DONE);
}

static void whoever_did_it_proves_nothing(void **state) {
    (void)state;
    found_and_said_done(false, false);
    later(86400000LL);
    hold(manager); /* who said that it is done */
    start_from_action("Have it checked independently");
    say("PE07", "proof", "proved");
    close_check();
    assert_string_equal(last_step(), "update");
    hold(quality_lead);
    start_from_action("Have it checked independently");
    say("PE02", "outside", "no"); /* had a part in it after all */
    say("PE07", "proof", "proved");
    close_check();
    assert_string_equal(last_step(), "update");
    start_from_action("Have it checked independently");
    say("PE07", "proof", "not_proved");
    close_check();
    assert_string_equal(last_step(), "not_working");
}

static void look_again(int weeks, const char *said, const char *expected) {
    later(weeks * 7 * 86400000LL);
    start_from_action("Look again now");
    say("RT05", "lasted", said);
    close_check();
    assert_string_equal(last_step(), expected);
}

static void the_same_card_is_asked_again(void **state) {
    (void)state;
    found_and_said_done(false, false);
    act((struct intent){.kind = INTENT_step, .row = action, .word = "seen_working"});
    later(14 * 86400000LL);
    start_from_action("Look again now");
    const struct walk_item *i = &walk()->sections[0].items[0];
    assert_string_equal(i->item->id, "N37"); /* its own parts, its own words */
    assert_string_equal(walk()->form->code, "RETEST");
    assert_null(template_item(walk()->form, "RT01"));
    assert_non_null(template_item(walk()->form, "RT05"));
    look_everywhere("retest-first");
    say("N37", "", "met");
    say("RT05", "lasted", "yes");
    close_check();
    assert_string_equal(last_step(), "seen_working");
    assert_int_equal(count("SELECT count(*) FROM answer WHERE item = 'N37'"), 2); /* a trend */
    look_again(4, "little", "update");
    look_again(1, "yes", "seen_working");
    look_again(6, "yes", "lasted");
    open_action();
    assert_int_equal(((const struct action_model *)app->model)->row.state, ACTION_LASTED);
}

/* Begun on the start page, without an action: it is chosen there. */
static void chosen_on_page_one(void **state) {
    (void)state;
    found_and_said_done(false, false);
    later(86400000LL);
    begin_form("PEER");
    PLAY("expect \"Which action is it about?\"\n"
         "press \"Doors that should be shut are shut\"\nexpect \"All closers were mended\"\n"
         "absent \"Which action\"\n");
    assert_int_equal(count("SELECT about_action FROM visit WHERE template = 'PEER'"), action);
    say("PE07", "proof", "proved");
    close_check();
    assert_string_equal(last_step(), "seen_working");
    later(14 * 86400000LL);
    begin_form("RETEST");
    PLAY("press \"Doors that should be shut are shut\"\n");
    assert_string_equal(walk()->sections[0].items[0].item->id, "N37");
}

static void back_as_it_was_opens_it_again(void **state) {
    (void)state;
    found_and_said_done(false, false);
    act((struct intent){.kind = INTENT_step, .row = action, .word = "seen_working"});
    look_again(2, "back", "not_working");
    open_action();
    assert_int_equal(((const struct action_model *)app->model)->row.state, ACTION_OPEN);
}

/* word, next, may, weeks of a proof and a retest: the step. */
static void the_table_of_verdicts(void **state) {
    (void)state;
    static const struct {
        enum form_use use;
        const char *word, *next;
        bool may;
        int weeks;
        const char *step;
    } cases[] = {
        {USE_PROOF, "", "", true, 0, ""},
        {USE_PROOF, "proved", "", true, 0, "seen_working"},
        {USE_PROOF, "proved", "off", true, 0, "seen_working"},
        {USE_PROOF, "proved", "again", true, 0, "update"},
        {USE_PROOF, "proved", "danger", true, 0, "update"},
        {USE_PROOF, "proved", "off", false, 0, "update"},
        {USE_PROOF, "partly", "", true, 0, "update"},
        {USE_PROOF, "partly", "back", true, 0, "not_working"},
        {USE_PROOF, "not_proved", "", false, 0, "not_working"},
        {USE_RETEST, "", "", true, 12, ""},
        {USE_RETEST, "yes", "", true, 2, "seen_working"},
        {USE_RETEST, "yes", "", true, 11, "seen_working"},
        {USE_RETEST, "yes", "", true, 12, "lasted"},
        {USE_RETEST, "yes", "", false, 12, "update"},
        {USE_RETEST, "little", "", true, 12, "update"},
        {USE_RETEST, "back", "", false, 2, "not_working"},
        {USE_CHECK, "proved", "", true, 0, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct proof_verdict v = {.use = cases[i].use,
                                  .word = cases[i].word,
                                  .next = cases[i].next,
                                  .may = cases[i].may,
                                  .weeks = cases[i].weeks};
        assert_string_equal(proof_step(&v), cases[i].step);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WALK(proved_at_night_from_outside),      WALK(by_day_it_is_only_told),
        WALK(whoever_did_it_proves_nothing),     WALK(the_same_card_is_asked_again),
        WALK(back_as_it_was_opens_it_again),     WALK(chosen_on_page_one),
        cmocka_unit_test(the_table_of_verdicts),
    };
    return cmocka_run_group_tests_name("checks of one action", tests, NULL, NULL);
}
