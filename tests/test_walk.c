/* test_walk.c -- a check from its start to its seal.
 * needs: app screen model ui media sync care store base */
#include "walk_hand.h"

#include "model/danger_model.h"

static void a_check_starts_and_knows_its_form(void **state) {
    (void)state;
    begin("NIGHT", "core", "");
    const struct walk_model *m = walk();
    assert_int_equal(m->core_wanted, 14); /* fourteen items in the core */
    assert_int_equal(m->core_answered, 0);
    assert_false(m->watch_asked);
    assert_int_equal(strlen(m->join_code), 6);
    assert_int_equal(count("SELECT night FROM visit ORDER BY hlc DESC LIMIT 1"),
                     day_of(2026, 11, 21));
    /* The form's bytes stay, so that its words can be shown for ever. */
    assert_int_equal(count("SELECT length(template_hash) FROM visit ORDER BY hlc DESC LIMIT 1"),
                     32);
    act((struct intent){
        .kind = INTENT_visit_watch, .row = visit, .number = now.wall_ms - 60000});
    assert_true(walk()->watch_asked);
}

static void joining_takes_the_same_code_and_refuses_a_wrong_one(void **state) {
    (void)state;
    begin("NIGHT", "core", "");
    row_id first = visit;
    char code[16], typed[24];
    snprintf(code, sizeof code, "%s", walk()->join_code);
    snprintf(typed, sizeof typed, "%.3s-%s", code, code + 3);
    struct start_intent d = {
        .service = service, .template_code = "NIGHT", .length = "core", .reason = "routine"};
    act((struct intent){
        .kind = INTENT_visit_join, .row = service, .text = typed, .detail = &d});
    assert_int_equal(walk()->visit,
                     first); /* held here already: gone on with, not made again */
    code[0] = code[0] == '2' ? '3' : '2';
    struct intent wrong = {
        .kind = INTENT_visit_join, .row = service, .text = code, .detail = &d};
    app_act(app, &wrong);
    assert_int_equal(app->problem.status, STATUS_INVALID);
    app->problem.status = STATUS_OK;
}

static void an_answer_keeps_what_it_was(void **state) {
    (void)state;
    begin("NIGHT", "core", "");
    say("N07", "awake", "met");
    assert_int_equal(item_in("N07", 0)->verdict, VERDICT_GOOD);
    now.wall_ms += 9 * 60000;
    say("N07", "awake", "not_met");
    const struct walk_part *p = part("N07", "awake");
    assert_int_equal(p->verdict, VERDICT_BAD);
    assert_int_equal(p->answer->changes_count, 1);
    assert_string_equal(p->answer->changes[0].was.word, "met");
    assert_string_equal(p->answer->changes[0].is.word, "not_met");
    assert_int_equal(p->answer->changes[0].at, now.wall_ms);
    /* A note is no change of the answer. */
    struct answer_intent note = {
        .visit = visit, .item = "N07", .part = "awake", .set_note = true, .note = "Two asleep"};
    act((struct intent){.kind = INTENT_answer, .detail = &note});
    assert_int_equal(part("N07", "awake")->answer->changes_count, 1);
    assert_string_equal(part("N07", "awake")->answer->note, "Two asleep");
    assert_int_equal(walk()->concerns, 1);
    assert_int_equal(walk()->core.criticals, 1);
    assert_int_equal(count("SELECT count(*) FROM answer WHERE item = 'N07'"), 1);
}

static void add_contact(const char *label, const char *purpose, int position, bool outside) {
    struct row r = row_new(&kind_contact);
    row_ref(&r, "service", service);
    row_text(&r, "label", label);
    row_text(&r, "telephone", "01632 960000");
    row_text(&r, "purpose", purpose);
    row_int(&r, "position", position);
    row_int(&r, "outside", outside);
    put(&r);
}

static void danger_now_opens_the_card_and_one_undo_takes_all_back(void **state) {
    (void)state;
    add_contact("Emergency services", "emergency", 1, true);
    add_contact("Manager", "manager", 2, false);
    add_contact("Council safeguarding", "safeguarding", 9, true);
    add_contact("Provider on call", "on_call", 3, true);
    begin("NIGHT", "core", "");
    say("N07", "awake", "not_met");
    struct answer_intent a = {
        .visit = visit, .item = "N07", .part = "awake", .set_severity = true, .severity = 4};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
    assert_string_equal(app_screen_name(app), "danger");
    const struct danger_model *m = app->model;
    assert_int_equal(m->undecided, 7);
    assert_string_equal(m->emergency->label, "Emergency services");
    assert_string_equal(m->contacts[0].label,
                        "Council safeguarding"); /* before the list's own order */
    assert_string_equal(m->contacts[1].label, "Manager");
    act((struct intent){
        .kind = INTENT_danger_listed, .row = m->row, .word = "yes", .text = "Manager"});
    m = app->model;
    assert_string_equal(m->contacts[1].label,
                        "Provider on call"); /* outside the home comes first */
    assert_true(m->contacts[m->contacts_count - 1].skipped);
    struct call_intent c = {.visit = visit,
                            .danger = m->row,
                            .contact = m->contacts[0].row,
                            .whom = "Council safeguarding"};
    act((struct intent){.kind = INTENT_call, .detail = &c});
    m = app->model;
    assert_int_equal(m->calls_count, 1);
    assert_int_equal(m->next, 1);
    struct duty_intent d = {
        .visit = visit, .danger = m->row, .name = "cqc", .decision = "needed"};
    act((struct intent){.kind = INTENT_duty, .detail = &d});
    m = app->model;
    assert_int_equal(m->undecided, 6);
    assert_int_equal(m->duties_count, 7);
    act((struct intent){
        .kind = INTENT_danger_safe, .row = m->row, .word = "made_safe", .text = "a worker"});
    act((struct intent){.kind = INTENT_danger_close, .row = m->row, .back_after = true});
    assert_int_equal(walk()->danger_open, 0);
    assert_string_equal(part("N07", "awake")->answer->safe, "made_safe");
    /* Undo of one tap that wrote an answer, a danger and seven duties. */
    say("N29", "keys", "not_met");
    struct answer_intent again = {
        .visit = visit, .item = "N29", .part = "keys", .set_safe = true, .safe = "not_yet"};
    act((struct intent){.kind = INTENT_answer, .detail = &again});
    assert_int_equal(
        count("SELECT count(*) FROM danger WHERE withdrawn = 0 AND closed IS NULL"), 1);
    app_undo(app, app->undo_id);
    assert_int_equal(
        count("SELECT count(*) FROM danger WHERE withdrawn = 0 AND closed IS NULL"), 0);
    assert_int_equal(
        count("SELECT count(*) FROM duty WHERE withdrawn = 0 AND decision = 'open'"), 6);
}

static void last_time_is_there_and_minutes_are_by_rule(void **state) {
    (void)state;
    begin("NIGHT", "core", "");
    say("N07", "awake", "partly");
    now.wall_ms += 86400000LL;
    begin("NIGHT", "core", "");
    assert_non_null(part("N07", "awake")->last);
    assert_string_equal(part("N07", "awake")->last->value.word, "partly");
    pass(2 * 60000);
    say("N07", "awake", "met");
    pass(60 * 60000); /* a long talk counts five minutes at most */
    say("N29", "keys", "met");
    assert_int_equal(section("first")->used_ms, 7 * 60000);
}

static void a_sealed_check_refuses_and_keeps_its_digest(void **state) {
    (void)state;
    begin("NIGHT", "core", "");
    say("N07", "awake", "met");
    pass(25 * 60000);
    act((struct intent){.kind = INTENT_visit_leave, .row = visit});
    say("N29", "keys", "met");
    assert_true(part("N29", "keys")->answer->after_leaving);
    assert_false(part("N07", "awake")->answer->after_leaving);
    hash256 digest;
    int64_t rows;
    assert_int_equal(journal_visit_digest(app_journal(app), visit, &digest, &rows), STATUS_OK);
    act((struct intent){.kind = INTENT_visit_seal, .row = visit, .text = "Warm voices"});
    assert_string_equal(app_screen_name(app), "home"); /* nothing leads back but a choice */
    choose_pin("274936"); /* nothing leads back to a real check without */
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_walk, .row = visit}});
    assert_true(walk()->sealed);
    assert_int_equal(count("SELECT minutes FROM seal ORDER BY hlc DESC LIMIT 1"), 25);
    assert_int_equal(count("SELECT rows FROM seal ORDER BY hlc DESC LIMIT 1"), rows);
    struct answer_intent late = {
        .visit = visit, .item = "N07", .part = "awake", .set_word = true, .word = "partly"};
    struct intent in = {.kind = INTENT_answer, .detail = &late};
    app_act(app, &in);
    assert_int_equal(app->problem.status, STATUS_SEALED);
    app->problem.status = STATUS_OK;
    frame();
    assert_string_equal(part("N07", "awake")->answer->value.word, "met");
}

static row_id add_action(row_id owner) {
    struct row r = row_new(&kind_action);
    row_ref(&r, "service", service);
    row_text(&r, "reference", "Q1");
    row_int(&r, "must", 1);
    row_text(&r, "different", "Bells are answered");
    row_text(&r, "item", "N18");
    row_int(&r, "found_at_night", 1);
    row_ref(&r, "owner", owner);
    row_id action = put(&r);
    struct row step = row_new(&kind_step);
    row_ref(&step, "action", action);
    row_text(&step, "sort", "said_done");
    row_text(&step, "who", "manager");
    put(&step);
    return action;
}

static void said_to_be_done_comes_up_at_its_question(void **state) {
    (void)state;
    row_id action = add_action(0);
    begin("NIGHT", "core", "");
    const struct walk_section *s = section("first");
    assert_int_equal(s->done_count, 1);
    assert_int_equal(s->done[0]->action, action);
    act((struct intent){
        .kind = INTENT_step, .row = action, .word = "not_working", .other = visit});
    assert_int_equal(section("first")->done_count, 0); /* open again */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WALK(a_check_starts_and_knows_its_form),
        WALK(joining_takes_the_same_code_and_refuses_a_wrong_one),
        WALK(an_answer_keeps_what_it_was),
        WALK(danger_now_opens_the_card_and_one_undo_takes_all_back),
        WALK(last_time_is_there_and_minutes_are_by_rule),
        WALK(a_sealed_check_refuses_and_keeps_its_digest),
        WALK(said_to_be_done_comes_up_at_its_question),
    };
    return cmocka_run_group_tests_name("walk", tests, NULL, NULL);
}
