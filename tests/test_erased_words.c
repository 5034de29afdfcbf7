/* test_erased_words.c -- what a screen still says of words that were erased.
 *
 * needs: model care store base
 *
 * One check with an answer, an observation, a piece of feedback said in confidence and an
 * action. All of them are erased. The answer shows on its check, with the hour at which it was
 * written; the observation and the action among the rest, without an hour, since with the words
 * gone nobody can tell whether they were said in confidence; what was is on no screen at all.
 */
#include "store_help.h"

#include "base/text.h"
#include "model/erased.h"

#define DAY 20789

static struct arena all;
static struct clock_manual now = {.wall_ms = NOON, .boot_ms = 1000};

static row_id row_of(struct journal *j, const struct kind *k, row_id visit, const char *column,
                     const char *text, bool restricted) {
    struct row r = row_new(k);
    row_ref(&r, "visit", visit);
    row_text(&r, column, text);
    if (k->number == KIND_answer) row_text(&r, "item", "N07");
    if (k->number == KIND_answer) row_text(&r, "part", "awake");
    if (k->number == KIND_action) row_text(&r, "reference", "B01");
    if (restricted) row_int(&r, "restricted", 1);
    return put_alone(j, &r);
}

static void erase_it(struct journal *j, row_id row) {
    struct erase_summary sum;
    OK(journal_erase(j, row, "asked for by the family", DAY, &sum));
}

static const struct erased_words *of_row(const struct erased_list *l, row_id row) {
    for (int i = 0; i < l->count; i++)
        if (l->all[i].row == row) return &l->all[i];
    return NULL;
}

static void where_erased_words_show(void **state) {
    (void)state;
    struct journal *j = open_device(scratch("office.db"), &now, "office");
    struct row visit = row_new(&kind_visit);
    row_int(&visit, "started", NOON);
    row_id check = put_alone(j, &visit);
    now.wall_ms += 60000;
    row_id answer = row_of(j, &kind_answer, check, "note", "asleep", false);
    row_id kept = row_of(j, &kind_answer, check, "note", "awake", false);
    row_id seen = row_of(j, &kind_observation, check, "text", "a plan lay open", false);
    row_id action = row_of(j, &kind_action, check, "different", "all are awake", false);
    row_id said = row_of(j, &kind_feedback, 0, "text", "I am afraid of him", true);
    struct erased_list here, rest;
    struct erased_words one;
    OK(erased_of_check(j, check, &all, &here));
    OK(erased_elsewhere(j, &all, &rest));
    assert_int_equal(here.count + rest.count, 0);

    erase_it(j, answer);
    erase_it(j, seen);
    erase_it(j, action);
    erase_it(j, said);
    OK(erased_of_check(j, check, &all, &here));
    OK(erased_elsewhere(j, &all, &rest));
    assert_int_equal(here.count, 1);
    const struct erased_words *e = of_row(&here, answer);
    assert_non_null(e);
    assert_string_equal(e->kind, "answer");
    assert_string_equal(e->why, "asked for by the family");
    assert_int_equal(e->day, DAY);
    assert_int_equal(e->at, NOON + 60000);

    assert_int_equal(rest.count, 2);
    assert_non_null(of_row(&rest, seen));
    assert_non_null(of_row(&rest, action));
    assert_int_equal(of_row(&rest, seen)->at, 0);
    assert_int_equal(of_row(&rest, action)->at, 0);

    assert_true(erased_row(j, action, &all, &one));
    assert_false(erased_row(j, kept, &all, &one));
    assert_false(erased_row(j, said, &all, &one));
    OK(erased_of_check(j, check + 1, &all, &here));
    assert_int_equal(here.count, 0);
    laws(j);
    journal_close(j);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(where_erased_words_show)};
    int failed = cmocka_run_group_tests_name("erased words", tests, NULL, NULL);
    arena_release(&all);
    return failed;
}
