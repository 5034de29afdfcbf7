/* test_screen_records.c -- from what the screens for seen, heard and actions ask to the record.
 * needs: app screen model ui media care sync store base
 *
 * Intents go through the real app on an empty tablet; what it kept is read from its tables. */
#include "support.h"

#include "app/app_state.h"
#include "base/log.h"
#include "base/text.h"
#include "store/query.h"

#define NIGHT_MS 1795315260000LL /* Sun 22 Nov 2026 02:41 in London */
#define DAY_MS   1795355100000LL /* Sun 22 Nov 2026 13:45 */

static struct arena memory;

static const char *app_dir(void *ctx) {
    return ctx;
}

static const char *app_assets(void *ctx) {
    (void)ctx;
    return "assets";
}

static const char *app_boot(void *ctx) {
    (void)ctx;
    return "boot-1";
}

struct tablet {
    struct app *app;
    struct clock_manual time;
    struct platform platform;
    row_id service, visit, manager, lead;
};

static row_id app_put(struct tablet *t, struct row *r) {
    assert_int_equal(journal_begin(t->app->j), STATUS_OK);
    assert_int_equal(journal_put(t->app->j, r), STATUS_OK);
    assert_int_equal(journal_commit(t->app->j), STATUS_OK);
    return r->id;
}

static row_id app_person(struct tablet *t, const char *label, const char *side) {
    struct row r = row_new(&kind_person);
    row_text(&r, "label", label);
    row_text(&r, "side", side);
    if (text_equal(side, "manager")) row_ref(&r, "service", t->service);
    return app_put(t, &r);
}

/* An empty tablet with one service, a night check under way, a manager and somebody from
 * outside. */
static struct tablet *tablet_open(void) {
    static struct tablet t;
    static char dir[300];
    static int n;
    snprintf(dir, sizeof dir, "%s", scratch(arena_printf(&memory, "app-%d", n++)));
    t = (struct tablet){.time = {.wall_ms = NIGHT_MS, .boot_ms = 5000}};
    t.platform = (struct platform){
        .ctx = dir, .data_dir = app_dir, .assets_dir = app_assets, .boot_id = app_boot};
    assert_int_equal(app_open(&t.app, &(struct app_options){.width_dp = 1280,
                                                            .height_dp = 800,
                                                            .scale = 1,
                                                            .offscreen = true,
                                                            .clock = clock_manual(&t.time),
                                                            .platform = &t.platform}),
                     STATUS_OK);
    struct row s = row_new(&kind_service);
    row_text(&s, "code", arena_printf(&memory, "S%d", n));
    row_text(&s, "name", "Oak House");
    t.service = app_put(&t, &s);
    app_act(t.app, &(struct intent){.kind = INTENT_choose_service, .row = t.service});
    t.lead = app_person(&t, "Quality lead", "provider");
    t.manager = app_person(&t, "Manager", "manager");
    journal_hold(t.app->j, t.lead);
    struct row v = row_new(&kind_visit);
    row_ref(&v, "service", t.service);
    row_text(&v, "template", "NIGHT");
    row_int(&v, "started", NIGHT_MS - 600000);
    row_int(&v, "night", london_night(NIGHT_MS));
    row_int(&v, "unannounced", 1);
    t.visit = app_put(&t, &v);
    return &t;
}

static void act(struct tablet *t, const struct intent *in) {
    int wait;
    t->app->problem = (struct problem){0};
    app_act(t->app, in);
    t->time.wall_ms += 1000;
    t->time.boot_ms += 1000;
    app_frame(t->app, &wait);
}

static int64_t ask(struct tablet *t, const char *sql) {
    return query_one_int(t->app->j, -1, sql, 0);
}

static void danger_keeps_the_words_first(void **state) {
    (void)state;
    struct tablet *t = tablet_open();
    struct observe_intent o = {
        .visit = t->visit, .text = "Somebody on the floor", .severity = 4};
    act(t, &(struct intent){.kind = INTENT_observe, .detail = &o, .back_after = true});
    assert_int_equal(t->app->problem.status, STATUS_OK);
    assert_int_equal(ask(t, "SELECT count(*) FROM observation WHERE severity = 4"), 1);
    assert_int_equal(
        ask(t, "SELECT count(*) FROM danger d JOIN observation o ON o.id = d.source"), 1);
    assert_true(ask(t, "SELECT count(*) FROM duty WHERE decision = 'open'") > 0);
    assert_string_equal(app_screen_name(t->app), "danger");
    app_close(t->app);
}

static void words_of_a_worker_are_refused(void **state) {
    (void)state;
    struct tablet *t = tablet_open();
    struct feedback_intent k = {.visit = t->visit, .speaker = "staff", .text = "I am afraid"};
    act(t, &(struct intent){.kind = INTENT_feedback, .detail = &k});
    assert_int_equal(t->app->problem.status, STATUS_INVALID);
    assert_int_equal(ask(t, "SELECT count(*) FROM feedback"), 0);
    k.speaker = "family";
    k.consent = "no";
    act(t, &(struct intent){.kind = INTENT_feedback, .detail = &k});
    assert_int_equal(t->app->problem.status, STATUS_OK);
    assert_int_equal(ask(t, "SELECT count(*) FROM feedback WHERE text IS NULL"),
                     1); /* they said no */
    app_close(t->app);
}

static void an_answer_asked_for_becomes_an_action(void **state) {
    (void)state;
    struct tablet *t = tablet_open();
    day_no by = london_day(NIGHT_MS) + 5;
    struct feedback_intent k = {.visit = t->visit,
                                .speaker = "family",
                                .consent = "yes",
                                .text = "Please ring me",
                                .wants_answer = true,
                                .answer_how = "by telephone",
                                .answer_by = by};
    act(t, &(struct intent){.kind = INTENT_feedback, .detail = &k});
    struct civil c = day_civil(by);
    assert_int_equal(ask(t, "SELECT due FROM action WHERE must = 0"),
                     london_to_ms(c.year, c.month, c.day, 23, 59));
    assert_true(ask(t, "SELECT owner FROM action") == t->lead);
    assert_int_equal(ask(t, "SELECT count(*) FROM action a JOIN feedback f ON f.id = a.source"),
                     1);
    app_close(t->app);
}

static row_id raise_one(struct tablet *t, bool must) {
    struct raise_intent r = {.visit = t->visit,
                             .must = must,
                             .found_at_night = true,
                             .different = "Every bell can be reached",
                             .lane = "before_tonight",
                             .due = NIGHT_MS + 60000000};
    act(t, &(struct intent){.kind = INTENT_raise, .detail = &r});
    assert_int_equal(t->app->problem.status, STATUS_OK);
    return ask(t, "SELECT max(id) FROM action");
}

static void say(struct tablet *t, row_id action, row_id who, const char *sort) {
    journal_hold(t->app->j, who);
    act(t, &(struct intent){.kind = INTENT_step,
                            .row = action,
                            .other = t->visit,
                            .word = sort,
                            .text = "seen"});
}

static void only_somebody_else_signs_it_off(void **state) {
    (void)state;
    struct tablet *t = tablet_open();
    row_id first = raise_one(t, true), second = raise_one(t, false);
    assert_int_equal(ask(t, "SELECT count(DISTINCT reference) FROM action"), 2);
    say(t, first, t->manager, "said_done");
    say(t, first, t->manager, "seen_working"); /* the same person */
    assert_int_equal(t->app->problem.status, STATUS_INVALID);
    assert_int_equal(ask(t, "SELECT count(*) FROM step"), 1);
    say(t, second, t->lead, "said_done");
    say(t, second, t->manager,
        "seen_working"); /* a Should: an insider may, at night, unannounced */
    assert_int_equal(t->app->problem.status, STATUS_OK);
    assert_int_equal(
        ask(t, "SELECT at_night AND unannounced FROM step WHERE sort = 'seen_working'"), 1);
    t->time.wall_ms = DAY_MS;
    say(t, first, t->lead, "seen_working"); /* found at night, so not by day */
    assert_int_equal(t->app->problem.status, STATUS_INVALID);
    t->time.wall_ms = NIGHT_MS + 3600000;
    say(t, first, t->lead, "seen_working");
    assert_int_equal(t->app->problem.status, STATUS_OK);
    app_close(t->app);
}

static void undo_takes_an_observation_back(void **state) {
    (void)state;
    struct tablet *t = tablet_open();
    struct observe_intent o = {
        .visit = t->visit, .text = "A kind word at the door", .good = true};
    act(t, &(struct intent){.kind = INTENT_observe, .detail = &o, .undo = "saw.kept"});
    assert_int_equal(
        ask(t, "SELECT count(*) FROM observation WHERE withdrawn = 0 AND good = 1"), 1);
    app_undo(t->app, t->app->undo_id);
    if (t->app->problem.status) fail_msg("undo: %s", status_detail());
    assert_int_equal(ask(t, "SELECT count(*) FROM observation WHERE withdrawn = 0"), 0);
    app_close(t->app);
}

static int end(void **state) {
    (void)state;
    arena_release(&memory);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(danger_keeps_the_words_first),
        cmocka_unit_test(words_of_a_worker_are_refused),
        cmocka_unit_test(an_answer_asked_for_becomes_an_action),
        cmocka_unit_test(only_somebody_else_signs_it_off),
        cmocka_unit_test(undo_takes_an_observation_back),
    };
    return cmocka_run_group_tests_name("screen records", tests, NULL, end);
}
