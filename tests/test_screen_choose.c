/* test_screen_choose.c -- Start, Find and a form of one's own, over a made-up season.
 * needs: app screen model ui media care sync store base */
#include "screen_bench.h"

#include <time.h>

#include "model/find_load.h"
#include "model/own_load.h"
#include "model/start_load.h"
#include "screen/own_pieces.h"

static const struct place at_start = {.screen = SCREEN_start};
static const struct place at_find = {.screen = SCREEN_find};
static const struct place at_own = {.screen = SCREEN_own};

/* ---- how they look ---- */

static void start_looks(void **state) {
    (void)state;
    look_at(&screen_start, start_load, at_start, "start", NULL);
}

static void search_for(struct bench *b) {
    ui_field_set(b->ui, "find/search", "medicines");
}

static void find_looks(void **state) {
    (void)state;
    look_at(&screen_find, find_load, at_find, "find-empty", NULL);
    look_at(&screen_find, find_load, at_find, "find", search_for);
}

static const struct own_choice five[] = {
    {"WALK", "W11"}, {"NIGHT", "N29"}, {"WALK", "W02"}, {"NIGHT", "N18"}, {"WALK", "W05"}};

static void pick_five(struct bench *b) {
    own_picks_set(b->ui, "", five, 5);
    ui_field_set(b->ui, "own/new/title", "Five things, ten minutes");
}

static void own_looks(void **state) {
    (void)state;
    look_at(&screen_own, own_load, at_own, "own-empty", NULL);
    look_at(&screen_own, own_load, at_own, "own", pick_five);
}

/* ---- what Start proposes ---- */

static const struct start_model *start_model_at(int64_t now, const char *word) {
    struct place p = at_start;
    text_copy(p.word, sizeof p.word, word);
    static struct place kept;
    kept = p;
    struct load_context c = context(now, &kept);
    const void *m = NULL;
    arena_reset(&world.screen);
    assert_int_equal(start_load(&c, &world.screen, &m), STATUS_OK);
    return m;
}

static const struct start_form *start_form(const struct start_model *m, const char *code) {
    for (int i = 0; i < m->forms_count; i++)
        if (text_equal(m->forms[i].form->code, code)) return &m->forms[i];
    return NULL;
}

static void every_form_for_this_service_stands_in_one_group(void **state) {
    (void)state;
    const struct start_model *m = start_model_at(DAY_MS, "");
    int seen = 0;
    for (int g = 0; g < m->groups_count; g++) {
        assert_true(m->groups[g].count > 0);
        assert_true(word(world.words, m->groups[g].name)[0] != '[');
        assert_string_not_equal(m->groups[g].id, "other"); /* all built-in forms are sorted */
        seen += m->groups[g].count;
    }
    assert_int_equal(seen, m->forms_count);
    for (int i = 0; i < m->forms_count; i++)
        assert_false(m->forms[i].form->guide);
    assert_string_equal(m->groups[0].id, "walk");
    assert_string_equal(m->forms[m->groups[0].forms[0]].form->code, "NIGHT");
}

static void the_hour_decides_at_night(void **state) {
    (void)state;
    const struct start_model *m = start_model_at(NIGHT_MS, "");
    assert_string_equal(m->forms[m->suggested].form->code, "NIGHT");
    m = start_model_at(DAY_MS, "WALK");
    assert_string_equal(m->forms[m->suggested].form->code, "WALK");
}

static void what_is_due_follows_the_last_time(void **state) {
    (void)state;
    const struct start_model *m = start_model_at(DAY_MS, "");
    const struct start_form *walk = start_form(m, "WALK");
    assert_true(walk->done);
    assert_int_equal(walk->last,
                     one("SELECT max(v.night) FROM visit v JOIN service s ON s.id = "
                         "v.service WHERE s.code = 'OAK' AND template = 'WALK' "
                         "AND v.withdrawn = 0"));
    assert_int_equal(walk->due, walk->last + 1);
}

/* Actions of the season that were seen working long ago are to be looked at again. */
static void actions_to_look_at_again_are_counted(void **state) {
    (void)state;
    const struct start_model *m = start_model_at(DAY_MS, "");
    int64_t said = one("SELECT count(DISTINCT a.id) FROM action a JOIN service s ON s.id = "
                       "a.service JOIN step t ON t.action = a.id WHERE s.code = 'OAK' AND "
                       "t.sort = 'said_done' AND NOT EXISTS (SELECT 1 FROM step u WHERE "
                       "u.action = a.id AND u.hlc > t.hlc AND u.sort IN ('seen_working', "
                       "'not_working', 'reopened', 'lasted', 'closed'))");
    assert_int_equal(m->facts.proof, said);
    assert_true(!m->facts.proof == !m->facts.proof_since);
    assert_true(!m->facts.again || m->facts.again_since <= m->facts.today);
}

static void places_are_those_of_the_service(void **state) {
    (void)state;
    const struct start_model *m = start_model_at(DAY_MS, "");
    assert_true(m->places_count > 3);
    for (int i = 0; i < m->places_count; i++) {
        char key[64];
        snprintf(key, sizeof key, "start.place_%s", m->places[i]);
        assert_true(word(world.words, key)[0] != '[');
    }
    struct bench *b = open_wide(&screen_start, start_load, at_start, false);
    tap(b, "chip", "Dining room");
    frames(b, 2);
    assert_non_null(find(b, "button", "Mealtime"));
    assert_true(find(b, "button", "Mealtime")->r.y <
                find(b, "button", "Search forms and questions")->r.y);
    bench_close(b);
}

static void the_proposed_form_is_started(void **state) {
    (void)state;
    struct bench *b = open_wide(&screen_start, start_load, at_start, true);
    tap(b, "button", "Start");
    assert_int_equal(b->last.kind, INTENT_visit_start);
    const struct start_intent *d = b->last.detail;
    assert_string_equal(d->template_code, "NIGHT");
    bench_close(b);
}

/* ---- find ---- */

static void a_card_found_says_where_it_stands(void **state) {
    (void)state;
    struct bench *b = open_wide(&screen_find, find_load, at_find, false);
    ui_field_set(b->ui, "find/search", "knock wait");
    frames(b, 2);
    tap(b, "button", "Workers knock, wait, and ask before they help.");
    frames(b, 2);
    tap(b, "button", "Start “Daily walk-round” here");
    assert_int_equal(b->last.kind, INTENT_replace);
    assert_int_equal(b->last.to.screen, SCREEN_start);
    assert_string_equal(b->last.to.word, "WALK");
    tap(b, "button", "Add to a form of my own");
    frames(b, 2);
    assert_true(own_picked(b->ui, "", "W11"));
    assert_int_equal(own_picks_count(b->ui, ""), 1);
    tap(b, "button", "My form: 1");
    assert_int_equal(b->last.to.screen, SCREEN_own);
    tap(b, "button", "Take it out of my form");
    assert_int_equal(own_picks_count(b->ui, ""), 0);
    bench_close(b);
}

static void the_fortieth_card_is_the_last(void **state) {
    (void)state;
    struct bench *b = open_wide(&screen_find, find_load, at_find, false);
    const struct find_model *m = b->model;
    const struct template *rec = find_form_coded(m, "NIGHT")->form;
    for (int i = 0; i < OWN_ITEMS_MOST + 3; i++)
        own_pick_turn(b->ui, "", "NIGHT", rec->items[i].id);
    assert_int_equal(own_picks_count(b->ui, ""), OWN_ITEMS_MOST);
    ui_field_set(b->ui, "find/search", "knock wait");
    frames(b, 2);
    tap(b, "button", "Workers knock, wait, and ask before they help.");
    frames(b, 2);
    tap(b, "button", "Add to a form of my own"); /* it is off */
    assert_int_equal(own_picks_count(b->ui, ""), OWN_ITEMS_MOST);
    bench_close(b);
}

/* ---- a form of one's own ---- */

static void cards_are_put_in_order_and_kept(void **state) {
    (void)state;
    struct bench *b = open_wide(&screen_own, own_load, at_own, false);
    frame(b);
    tap(b, "button", "Keep form"); /* nothing to keep yet */
    assert_int_equal(b->last.kind, INTENT_none);
    pick_five(b);
    frames(b, 2);
    tap(b, NULL, "Later"); /* the first goes behind the second */
    frames(b, 2);
    tap(b, "button", "Keep form");
    assert_int_equal(b->last.kind, INTENT_own_save);
    const struct own_intent *d = b->last.detail;
    assert_string_equal(d->code, "");
    assert_string_equal(d->title, "Five things, ten minutes");
    assert_int_equal(d->count, 5);
    assert_string_equal(d->picks[0].item, "N29");
    assert_string_equal(d->picks[1].item, "W11");
    assert_string_equal(b->last.draft, "own/new/");
    tap(b, NULL, "Take out");
    frames(b, 2);
    assert_int_equal(own_picks_count(b->ui, ""), 4);
    assert_false(own_picked(b->ui, "", "N29"));
    tap(b, "button", "Put it back");
    frames(b, 2);
    struct own_choice now[OWN_ITEMS_MOST];
    assert_int_equal(own_picks(b->ui, "", now), 5);
    assert_string_equal(now[0].item, "N29");
    bench_close(b);
}

static void lines_that_are_no_cards_are_passed_by(void **state) {
    (void)state;
    struct bench *b = open_wide(&screen_own, own_load, at_own, false);
    ui_field_set(b->ui, "own/new/picks",
                 "WALK/W11\n/N29\nWALK/\nGONE/X1\n"
                 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/B\nNIGHT/N18");
    frames(b, 2);
    tap(b, NULL, "Take out");
    frames(b, 2);
    struct own_choice now[OWN_ITEMS_MOST];
    assert_int_equal(own_picks(b->ui, "", now), 1);
    assert_string_equal(now[0].item, "N18");
    bench_close(b);
}

/* ---- how long the pages take to be read ---- */

static double ms_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double load_ms(loader load, const struct place *p) {
    double best = 1e9;
    for (int i = 0; i < 3; i++) {
        struct load_context c = context(DAY_MS, p);
        const void *m = NULL;
        arena_reset(&world.screen);
        double from = ms_now();
        assert_int_equal(load(&c, &world.screen, &m), STATUS_OK);
        double took = ms_now() - from;
        if (took < best) best = took;
    }
    return best;
}

static void the_pages_are_read_quickly(void **state) {
    (void)state;
    print_message("figure: with %zu forms Start is read in %.1f ms, Find in %.1f ms\n",
                  world.forms_count, load_ms(start_load, &at_start),
                  load_ms(find_load, &at_find));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(start_looks),
        cmocka_unit_test(find_looks),
        cmocka_unit_test(own_looks),
        cmocka_unit_test(every_form_for_this_service_stands_in_one_group),
        cmocka_unit_test(the_hour_decides_at_night),
        cmocka_unit_test(what_is_due_follows_the_last_time),
        cmocka_unit_test(actions_to_look_at_again_are_counted),
        cmocka_unit_test(places_are_those_of_the_service),
        cmocka_unit_test(the_proposed_form_is_started),
        cmocka_unit_test(a_card_found_says_where_it_stands),
        cmocka_unit_test(the_fortieth_card_is_the_last),
        cmocka_unit_test(cards_are_put_in_order_and_kept),
        cmocka_unit_test(lines_that_are_no_cards_are_passed_by),
        cmocka_unit_test(the_pages_are_read_quickly),
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests_name("screen choose", tests, build_world, end_world);
}
