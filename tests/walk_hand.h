/* walk_hand.h -- a check as it is walked, for tests: intents go through the app into the
 * journal, and the walk's model is read back from the projected tables. Nothing here calls a
 * handler directly, so transaction, undo and reload are the real ones. */
#ifndef TESTS_WALK_HAND_H
#define TESTS_WALK_HAND_H

#include "support.h"

#include <string.h>

#include "app/app_state.h"
#include "base/text.h"
#include "model/start_model.h"
#include "model/walk_model.h"
#include "store/query.h"

static struct clock_manual now;
static const char *boot = "first start";
static struct app *app;
static row_id service, visit;

static inline const char *boot_id(void *ctx) {
    (void)ctx;
    return boot;
}

static const struct platform device = {.boot_id = boot_id};

static inline row_id put(struct row *r) {
    assert_int_equal(journal_put_alone(app_journal(app), r), STATUS_OK);
    return r->id;
}

static inline void frame(void) {
    int wait;
    assert_true(app_frame(app, &wait));
}

static inline void act(struct intent in) {
    app_act(app, &in);
    assert_int_equal(app->problem.status, STATUS_OK);
    frame();
}

static inline const struct walk_model *walk(void) {
    assert_string_equal(app_screen_name(app), "walk");
    return app->model;
}

static inline int64_t count(const char *sql) {
    return query_one_int(app_journal(app), -1, sql, 0);
}

static inline void add_area(const char *name, int position) {
    struct row r = row_new(&kind_area);
    row_ref(&r, "service", service);
    row_text(&r, "name", name);
    row_text(&r, "sort", "room");
    row_int(&r, "position", position);
    put(&r);
}

static inline void add_target(const char *name, int64_t value) {
    struct row r = row_new(&kind_target);
    row_ref(&r, "service", service);
    row_text(&r, "name", name);
    row_int(&r, "value", value);
    put(&r);
}

static inline void begin(const char *form, const char *length, const char *modules) {
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

/* The first PIN: from here on everything is sealed. */
static inline void choose_pin(const char *pin) {
    struct row r = row_new(&kind_person);
    row_text(&r, "label", "Night lead");
    row_text(&r, "side", "provider");
    row_id person = put(&r);
    struct secret *typed = &app->room->secret;
    snprintf(typed->first, sizeof typed->first, "%s", pin);
    key_lock_weakly_for_tests();
    app_act(app, &(struct intent){.kind = INTENT_pin_set, .row = person});
    for (int i = 0; i < 1000 && app->lock.work; i++)
        frame();
    assert_true(app->sealed);
}

static inline int set_up(void **state) {
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
    ui_draw_when_asked(app_ui(app));
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

static inline int tear_down(void **state) {
    (void)state;
    app_close(app);
    app = NULL;
    return 0;
}

static inline void pass(int64_t ms) {
    now.wall_ms += ms;
    now.boot_ms += ms;
}

/* ---- finding things in the model ---- */

static inline const struct walk_section *section(const char *id) {
    const struct walk_model *m = walk();
    for (int i = 0; i < m->sections_count; i++) {
        if (text_equal(m->sections[i].section->id, id)) return &m->sections[i];
    }
    fail_msg("no section %s", id);
    return NULL;
}

static inline const struct walk_item *item_in(const char *id, int64_t room) {
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

static inline const struct walk_part *part(const char *item, const char *id) {
    const struct walk_item *w = item_in(item, 0);
    for (int k = 0; k < w->parts_count; k++) {
        if (text_equal(w->parts[k].part->id, id)) return &w->parts[k];
    }
    fail_msg("no part %s of %s", id, item);
    return NULL;
}

/* ---- answering ---- */

static inline void say(const char *item, const char *id, const char *word) {
    struct answer_intent a = {
        .visit = visit, .item = item, .part = id, .set_word = true, .word = word};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
}

static inline void say_number(const char *item, const char *id, int64_t number) {
    struct answer_intent a = {
        .visit = visit, .item = item, .part = id, .set_number = true, .number = number};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
}

#define WALK(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

#endif
