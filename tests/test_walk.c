/* test_walk.c -- needs: app screen model ui media sync care store base
 *
 * A check as it is walked: intents go through the app into the journal, and the walk's model is
 * read back from the projected tables. Nothing here calls a handler directly, so transaction,
 * undo and reload are the real ones. The last tests draw every section of every form on three
 * windows and at 200 % text. */
#include "support.h"

#include <string.h>

#include "app/app_state.h"
#include "base/text.h"
#include "care/rules.h"
#include "model/danger_model.h"
#include "model/start_model.h"
#include "model/walk_model.h"
#include "screen/answer.h"
#include "store/query.h"

static struct clock_manual now;
static const char *boot = "first start";
static struct app *app;
static row_id service, visit;

static const char *boot_id(void *ctx) {
    (void)ctx;
    return boot;
}

static const struct platform device = {.boot_id = boot_id};

static row_id put(struct row *r) {
    assert_int_equal(journal_put_alone(app_journal(app), r), STATUS_OK);
    return r->id;
}

static void frame(void) {
    int wait;
    assert_true(app_frame(app, &wait));
}

static void act(struct intent in) {
    app_act(app, &in);
    assert_int_equal(app->problem.status, STATUS_OK);
    frame();
}

static const struct walk_model *walk(void) {
    assert_string_equal(app_screen_name(app), "walk");
    return app->model;
}

static int64_t count(const char *sql) {
    return query_one_int(app_journal(app), -1, sql, 0);
}

static void add_area(const char *name, int position) {
    struct row r = row_new(&kind_area);
    row_ref(&r, "service", service);
    row_text(&r, "name", name);
    row_text(&r, "sort", "room");
    row_int(&r, "position", position);
    put(&r);
}

static void add_target(const char *name, int64_t value) {
    struct row r = row_new(&kind_target);
    row_ref(&r, "service", service);
    row_text(&r, "name", name);
    row_int(&r, "value", value);
    put(&r);
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

static void begin(const char *form, const char *length, const char *modules) {
    struct start_intent d = {.service = service,
                             .template_code = form,
                             .length = length,
                             .modules = modules,
                             .reason = "routine",
                             .unannounced = true};
    act((struct intent){.kind = INTENT_visit_start, .detail = &d});
    visit = walk()->visit;
    assert_true(visit != 0);
}

static int set_up(void **state) {
    (void)state;
    boot = "first start";
    now =
        (struct clock_manual){.wall_ms = london_to_ms(2026, 11, 22, 2, 41), .boot_ms = 5000000};
    static int number;
    char dir[16];
    snprintf(dir, sizeof dir, "walk%d", ++number); /* each test on a tablet of its own */
    struct app_options o = {.data_dir = scratch(dir),
                            .assets = "assets",
                            .width_dp = 1280,
                            .height_dp = 800,
                            .scale = 1,
                            .offscreen = true,
                            .clock = clock_manual(&now),
                            .platform = &device};
    assert_int_equal(app_open(&app, &o), STATUS_OK);
    /* These tests let hours pass between two touches: the check must not cover itself. */
    assert_int_equal(local_put(app_journal(app), "auto_cover_minutes", "0"), STATUS_OK);
    struct row r = row_new(&kind_service);
    row_text(&r, "code", "TEST");
    row_text(&r, "name", "Test House");
    row_text(&r, "setting", "care_home");
    row_int(&r, "night_starts", 21 * 60);
    row_int(&r, "day_starts", 7 * 60);
    service = put(&r);
    act((struct intent){.kind = INTENT_home});
    act((struct intent){.kind = INTENT_choose_service, .row = service});
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    app_close(app);
    app = NULL;
    return 0;
}

/* ---- finding things in the model ---- */

static const struct walk_item *item_in(const char *id, int64_t room) {
    const struct walk_model *m = walk();
    for (int s = 0; s < m->sections_count; s++) {
        for (int i = 0; i < m->sections[s].items_count; i++) {
            const struct walk_item *w = &m->sections[s].items[i];
            if (text_equal(w->item->id, id) && (w->room ? w->room->row : 0) == room) return w;
        }
    }
    fail_msg("no item %s", id);
    return NULL;
}

static const struct walk_part *part(const char *item, const char *id) {
    const struct walk_item *w = item_in(item, 0);
    for (int k = 0; k < w->parts_count; k++) {
        if (text_equal(w->parts[k].part->id, id)) return &w->parts[k];
    }
    fail_msg("no part %s of %s", id, item);
    return NULL;
}

static void say(const char *item, const char *id, const char *word) {
    struct answer_intent a = {
        .visit = visit, .item = item, .part = id, .set_word = true, .word = word};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
}

static void say_number(const char *item, const char *id, int64_t number) {
    struct answer_intent a = {
        .visit = visit, .item = item, .part = id, .set_number = true, .number = number};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
}

/* ---- the check itself ---- */

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

static void pass(int64_t ms) {
    now.wall_ms += ms;
    now.boot_ms += ms;
}

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

/* ---- rooms, what is left, the core ---- */

static const struct walk_section *section(const char *id) {
    const struct walk_model *m = walk();
    for (int i = 0; i < m->sections_count; i++) {
        if (text_equal(m->sections[i].section->id, id)) return &m->sections[i];
    }
    fail_msg("no section %s", id);
    return NULL;
}

/* Anybody can repeat the draw from the seed that was kept. */
static void rooms_are_drawn_fairly_and_at_most_six(void **state) {
    (void)state;
    for (int i = 1; i <= 17; i++) {
        char name[24];
        snprintf(name, sizeof name, "Room %d", i);
        add_area(name, i);
    }
    begin("NIGHT", "standard", "rooms");
    act((struct intent){.kind = INTENT_room_draw, .row = visit, .text = "rooms"});
    const struct walk_section *s = section("rooms");
    assert_int_equal(s->rooms_count, 6);
    assert_int_equal(s->sample_pool, 17);
    int drawn[6];
    assert_int_equal(draw_fairly((uint64_t)s->sample_seed, 17, 6, drawn), 6);
    for (int i = 0; i < 6; i++) {
        char name[24];
        snprintf(name, sizeof name, "Room %d", drawn[i] + 1);
        assert_string_equal(s->rooms[i].label, name);
    }
    act((struct intent){.kind = INTENT_room_draw, .row = visit, .text = "rooms"});
    assert_int_equal(section("rooms")->rooms_count, 6); /* never more than six at night */
    row_id room = section("rooms")->rooms[0].row;
    int wanted = section("rooms")->wanted;
    assert_int_equal(wanted, 6 * 5);
    act((struct intent){
        .kind = INTENT_room_change, .row = room, .word = "not_entered", .text = "asleep"});
    assert_int_equal(section("rooms")->wanted,
                     wanted - 5); /* not entered: nothing is asked about it */
    room = section("rooms")->rooms[1].row;
    struct answer_intent a = {.visit = visit,
                              .room = room,
                              .item = "N20",
                              .part = "",
                              .set_word = true,
                              .word = "met"};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
    assert_int_equal(item_in("N20", room)->verdict, VERDICT_GOOD);
    assert_int_equal(item_in("N20", section("rooms")->rooms[2].row)->verdict, VERDICT_NONE);
}

static void one_reason_for_all_that_is_left(void **state) {
    (void)state;
    begin("NIGHT", "core", "");
    act((struct intent){.kind = INTENT_unanswered,
                        .row = visit,
                        .text = "round",
                        .word = "staff_busy",
                        .number = 7});
    assert_string_equal(section("round")->left_reason, "staff_busy");
    act((struct intent){.kind = INTENT_unanswered,
                        .row = visit,
                        .text = "round",
                        .word = "no_time",
                        .number = 7});
    assert_string_equal(section("round")->left_reason, "no_time");
    assert_int_equal(count("SELECT count(*) FROM unanswered WHERE withdrawn = 0"), 1);
    act((struct intent){.kind = INTENT_unanswered, .row = visit, .text = "round"});
    assert_null(section("round")->left_reason);
}

static void skipping_for_both_workers_is_no_failure(void **state) {
    (void)state;
    begin("NIGHT", "standard", "calls");
    struct answer_intent a = {
        .visit = visit, .item = "N17", .part = "", .set_skip = true, .skip = "both_workers"};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
    assert_true(item_in("N17", 0)->skipped);
    assert_int_equal(item_in("N17", 0)->verdict, VERDICT_NOT_SEEN);
    assert_int_equal(walk()->concerns, 0);
    act((struct intent){.kind = INTENT_answer_clear, .row = visit, .word = "N17"});
    assert_false(item_in("N17", 0)->skipped);
}

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

/* ---- the small readers ---- */

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

/* ---- drawing ---- */

static int tappable_small;

static void look_over(void) {
    const struct ui_thing *t;
    size_t n = ui_things(app_ui(app), &t);
    for (size_t i = 0; i < n; i++) {
        if (!t[i].tappable || t[i].r.w <= 0) continue;
        if (t[i].r.h < 47.5F || t[i].r.w < 47.5F) {
            if (!tappable_small++)
                print_message("small: %s %s %gx%g\n", t[i].type, t[i].name, (double)t[i].r.w,
                              (double)t[i].r.h);
        }
    }
}

static void draw_all_sections(void) {
    const struct walk_model *m = app->model;
    struct {
        int32_t section;
    } *st = (void *)app->stack[app->depth - 1].state;
    for (int s = 0; s < m->sections_count; s++) {
        st->section = s;
        frame();
        look_over();
    }
    st->section = 0;
}

static void every_form_draws_on_every_window(void **state) {
    (void)state;
    static const float sizes[][3] = {
        {1280, 800, 1}, {800, 1280, 1}, {390, 844, 1}, {390, 844, 2}, {1280, 800, 2}};
    add_area("Room 1", 1);
    int drawn = 0, missing = words_missing(app->words);
    tappable_small = 0;
    for (size_t f = 0; f < app->templates_count; f++) {
        if (app->templates[f]->guide) continue;
        begin(app->templates[f]->code, "full", "");
        for (int s = 0; s < walk()->sections_count; s++) {
            const struct section *section_of = walk()->sections[s].section;
            if (section_of->repeats)
                act((struct intent){
                    .kind = INTENT_room_draw, .row = visit, .text = section_of->id});
        }
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            ui_set_size(app_ui(app), sizes[k][0], sizes[k][1], 1);
            ui_set_text_scale(app_ui(app), sizes[k][2]);
            draw_all_sections();
            drawn += walk()->sections_count;
        }
    }
    assert_true(drawn > 50);
    assert_int_equal(words_missing(app->words), missing); /* every word is in the words files */
    assert_int_equal(tappable_small, 0);
    print_message("figure: sections drawn %d\n", drawn);
}

int main(void) {
#define WALK(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WALK(a_check_starts_and_knows_its_form),
        WALK(joining_takes_the_same_code_and_refuses_a_wrong_one),
        WALK(an_answer_keeps_what_it_was),
        WALK(danger_now_opens_the_card_and_one_undo_takes_all_back),
        WALK(the_result_is_set_by_rule_against_the_services_own_limit),
        WALK(a_bell_is_timed_on_the_boot_clock),
        WALK(a_watch_runs_on_over_a_restart_and_says_about),
        WALK(two_workers_the_second_is_what_counts),
        WALK(rooms_are_drawn_fairly_and_at_most_six),
        WALK(one_reason_for_all_that_is_left),
        WALK(skipping_for_both_workers_is_no_failure),
        WALK(staffing_is_read_from_what_was_counted),
        WALK(last_time_is_there_and_minutes_are_by_rule),
        WALK(a_sealed_check_refuses_and_keeps_its_digest),
        WALK(said_to_be_done_comes_up_at_its_question),
        cmocka_unit_test(numbers_times_and_days_as_people_write_them),
        WALK(every_form_draws_on_every_window),
    };
    return cmocka_run_group_tests_name("walk", tests, NULL, NULL);
}
