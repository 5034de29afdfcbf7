/* test_screen_actions.c -- actions: the list, one of them, raising one; who may sign it off.
 * needs: app screen model ui media care sync store base */
#include "screen_bench.h"

#include "model/action_load.h"
#include "model/action_rows.h"
#include "model/actions_load.h"
#include "model/actions_model.h"
#include "model/raise_load.h"
#include "model/raise_model.h"

static row_id any_bad_answer(row_id *visit, char item[48]) {
    struct query q;
    row_id found = 0;
    query_open(&q, world.j,
               "SELECT a.id, a.visit, a.item FROM answer a JOIN visit v ON v.id = a.visit "
               "WHERE a.word = "
               "'not_met' AND a.note IS NOT NULL AND a.withdrawn = 0 AND v.template = 'NIGHT' "
               "ORDER BY v.started DESC LIMIT 1",
               0);
    if (query_next(&q)) {
        found = query_int(&q, 0);
        *visit = query_int(&q, 1);
        text_copy(item, 48, query_text(&q, 2, &world.memory));
    }
    assert_int_equal(query_close(&q), STATUS_OK);
    return found;
}

static struct place raise_place(void) {
    struct place p = {.screen = SCREEN_raise};
    row_id visit = 0;
    p.other = any_bad_answer(&visit, p.word);
    p.row = visit;
    assert_true(p.other && p.row);
    return p;
}

static void actions_look(void **state) {
    (void)state;
    look_at(&screen_actions, actions_load,
            (struct place){.screen = SCREEN_actions, .word = "verify"}, "actions", NULL);
}

static void action_looks(void **state) {
    (void)state;
    struct place p = {
        .screen = SCREEN_action,
        .row = one("SELECT action FROM step WHERE withdrawn = 0 GROUP BY action ORDER "
                   "BY count(*) DESC LIMIT 1")};
    assert_true(p.row);
    look_at(&screen_action, action_load, p, "action", NULL);
}

static void raise_looks(void **state) {
    (void)state;
    look_at(&screen_raise, raise_load, raise_place(), "raise", NULL);
}

static void an_action_is_filled_in_from_its_item(void **state) {
    (void)state;
    struct bench *b = open_wide(&screen_raise, raise_load, raise_place(), true);
    const struct raise_model *m = b->model;
    assert_true(m->different[0] && m->measure[0] && m->owner_role[0] && m->baseline[0]);
    assert_true(m->found_at_night);
    for (int i = 0; i < LANE_DATE; i++)
        assert_true(m->due[i] > m->now_ms);
    tap(b, "button", "Should do");
    tap(b, "button", "This week");
    tap(b, "button", "Raise");
    const struct raise_intent *r = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_raise);
    assert_false(r->must);
    assert_string_equal(r->lane, "this_week");
    assert_true(r->due == m->due[LANE_THIS_WEEK]);
    assert_string_equal(r->different, m->different);
    assert_string_equal(r->item, m->item);
    assert_true(r->found_at_night && r->source == m->source);
    bench_close(b);
}

/* ---- what the loaders read ---- */

static row_id put(struct row *r) {
    assert_int_equal(journal_begin(world.j), STATUS_OK);
    assert_int_equal(journal_put(world.j, r), STATUS_OK);
    assert_int_equal(journal_commit(world.j), STATUS_OK);
    return r->id;
}

static row_id person(const char *side, row_id service) {
    struct row r = row_new(&kind_person);
    row_text(&r, "label", side);
    row_text(&r, "side", side);
    row_ref(&r, "service", service);
    return put(&r);
}

static row_id action(const char *reference, bool must, bool at_night, int64_t due,
                     row_id source) {
    struct row r = row_new(&kind_action);
    row_ref(&r, "service", world.service);
    row_text(&r, "reference", reference);
    row_text(&r, "different", reference);
    row_int(&r, "must", must);
    row_int(&r, "found_at_night", at_night);
    row_int(&r, "due", due);
    row_ref(&r, "source", source);
    return put(&r);
}

static void step(row_id action, const char *sort, row_id by, int64_t due) {
    struct row r = row_new(&kind_step);
    row_ref(&r, "action", action);
    row_text(&r, "sort", sort);
    if (due) row_int(&r, "due", due);
    row_id holder = journal_holder(world.j);
    journal_hold(world.j, by);
    put(&r);
    journal_hold(world.j, holder);
}

static const struct action_row *in_list(row_id id, const struct action_reader *r) {
    struct action_row *rows;
    int n;
    assert_int_equal(action_rows_read(r, &world.memory, &rows, &n), STATUS_OK);
    for (int i = 0; i < n; i++)
        if (rows[i].id == id) return &rows[i];
    return NULL;
}

static void who_may_verify_and_when(void **state) {
    (void)state;
    row_id manager = person("manager", world.service), outside = person("provider", 0);
    row_id night = action("T1", true, true, NIGHT_MS + 86400000, 0);
    step(night, "said_done", manager, 0);
    journal_hold(world.j, manager);
    struct action_reader r = action_reader(world.j, world.service, NIGHT_MS, true);
    r.unannounced = true;
    assert_string_equal(in_list(night, &r)->cannot, "action.cannot_own");
    journal_hold(world.j, outside);
    r = action_reader(world.j, world.service, DAY_MS, false);
    r.unannounced = true;
    assert_true(r.outside);
    assert_string_equal(in_list(night, &r)->cannot, "action.cannot_day");
    r.night = true;
    assert_null(in_list(night, &r)->cannot);
    r.unannounced = false;
    assert_string_equal(in_list(night, &r)->cannot, "action.cannot_announced");
    assert_true(in_list(night, &r)->may_verify); /* waits for this person, at another hour */
    journal_hold(world.j, world.holder);
}

static void a_moved_date_is_the_date(void **state) {
    (void)state;
    row_id id = action("T2", false, false, NIGHT_MS - 86400000, 0);
    struct action_reader r = action_reader(world.j, world.service, NIGHT_MS, true);
    assert_true(in_list(id, &r)->overdue);
    step(id, "moved", world.holder, NIGHT_MS + 86400000);
    assert_false(in_list(id, &r)->overdue);
    assert_true(in_list(id, &r)->moved && in_list(id, &r)->due == NIGHT_MS + 86400000);
}

static void what_is_restricted_stays_out_of_actions(void **state) {
    (void)state;
    struct row f = row_new(&kind_feedback);
    row_ref(&f, "service", world.service);
    row_text(&f, "speaker", "family");
    row_text(&f, "text", "a restricted word");
    row_int(&f, "restricted", 1);
    row_id source = put(&f), id = action("T3", true, false, NIGHT_MS, source);
    struct action_reader r = action_reader(world.j, world.service, NIGHT_MS, true);
    assert_null(in_list(id, &r));
    struct place p = {.screen = SCREEN_raise, .other = source};
    struct load_context c = context(NIGHT_MS, &p);
    const void *out = NULL;
    assert_int_equal(raise_load(&c, &world.memory, &out), STATUS_OK);
    assert_string_equal(((const struct raise_model *)out)->from, "");
}

static row_id night_visit(row_id service, int nights_ago) {
    struct row r = row_new(&kind_visit);
    row_ref(&r, "service", service);
    row_text(&r, "template", "NIGHT");
    row_int(&r, "started", NIGHT_MS - nights_ago * 86400000LL);
    row_int(&r, "night", london_night(NIGHT_MS) - nights_ago);
    row_int(&r, "unannounced", 1);
    return put(&r);
}

static row_id met(row_id visit, const char *item, const char *part, const char *word) {
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", item);
    row_text(&r, "part", part);
    row_text(&r, "word", word);
    return put(&r);
}

/* Twice before, on other nights; a good answer, another home and this check itself do not
 * count. */
static void found_before_is_counted(void **state) {
    (void)state;
    struct row s = row_new(&kind_service);
    row_text(&s, "code", "TEST");
    row_text(&s, "name", "Test House");
    row_id home = put(&s);
    const struct item *item = NULL;
    for (size_t f = 0; f < world.forms_count; f++)
        for (int k = 0;
             text_equal(world.forms[f]->code, "NIGHT") && k < world.forms[f]->items_count; k++)
            if (!item && world.forms[f]->items[k].parts[0].kind == PART_MET)
                item = &world.forms[f]->items[k];
    assert_non_null(item);
    const char *part = item->parts[0].id;
    met(night_visit(home, 40), item->id, part, "not_met");
    met(night_visit(home, 20), item->id, part, "partly");
    met(night_visit(home, 10), item->id, part, "met");
    met(night_visit(world.service, 5), item->id, part, "not_met");
    row_id now = night_visit(home, 0), answer = met(now, item->id, part, "not_met");
    struct place p = {.screen = SCREEN_raise, .row = now, .other = answer};
    text_copy(p.word, sizeof p.word, item->id);
    struct load_context c = context(NIGHT_MS, &p);
    const void *out = NULL;
    assert_int_equal(raise_load(&c, &world.memory, &out), STATUS_OK);
    const struct raise_model *m = out;
    assert_int_equal(m->service, home);
    assert_int_equal(m->before.times, 2);
    assert_int_equal(m->before.nights_count, 2);
    assert_int_equal(m->before.nights[0], london_night(NIGHT_MS) - 40);
    assert_int_equal(m->before.nights[1], london_night(NIGHT_MS) - 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(actions_look),
        cmocka_unit_test(action_looks),
        cmocka_unit_test(raise_looks),
        cmocka_unit_test(an_action_is_filled_in_from_its_item),
        cmocka_unit_test(who_may_verify_and_when),
        cmocka_unit_test(a_moved_date_is_the_date),
        cmocka_unit_test(what_is_restricted_stays_out_of_actions),
        cmocka_unit_test(found_before_is_counted),
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests_name("screen actions", tests, build_world, end_world);
}
