/* test_own.c -- a form of one's own, under a finger: picked, kept, used, changed, put away, and
 * brought to the office.
 * needs: platform app screen model ui media care sync store base */
#include "app_hand.h"

#include "app/app_state.h"
#include "sync/bundle.h"

static const char to_start[] =
    "tap \"Who holds this?\"\ntap \"Quality lead\"\n"
    "tap \"Start a night spot check\"\n" HAND_CHOOSE_PIN "screen start\n";
static const char pick_two[] =
    "press \"Search forms and questions\"\nscreen find\n"
    "tap \"What are you looking for?\"\ntype \"medicines locked\"\nkey Escape\n"
    "tap \"Medicines are locked away\"\npress \"Add to a form of my own\"\n"
    "reach \"What are you looking for?\"\ntap \"What are you looking for?\"\n"
    "key ctrl+a\ntype \"knock wait\"\nkey Escape\n"
    "tap \"Workers knock, wait\"\npress \"Add to a form of my own\"\n";
static const char name_and_keep[] =
    "tap \"My form: 2\"\nscreen own\n"
    "tap \"What is it called?\" #last\ntype \"Two things, five minutes\"\nkey Escape\n"
    "press \"Keep form\"\nscreen start\n"
    "expect \"Form kept\"\nexpect \"Two things, five minutes\"\n";

static const char *fresh_tablet(const char *name) {
    const char *dir = path_join(&hand_life, scratch("tablets"), name);
    hand_new_tablet(dir);
    hand_open(dir);
    return dir;
}

static const char *text_of(const char *sql) {
    struct query q;
    const char *out = "";
    query_open(&q, app_journal(hand_app), sql, 0);
    if (query_next(&q)) out = query_text(&q, 0, &hand_life);
    OK(query_close(&q));
    return out;
}

static struct template *read_form(struct journal *j, const char *sql) {
    struct query q;
    struct buf json = {0};
    struct template *t = NULL;
    hash256 name = {{0}};
    query_open(&q, j, sql, 0);
    assert_true(query_next(&q));
    size_t n;
    const void *p = query_bytes(&q, 0, &n);
    assert_int_equal(n, sizeof name);
    memcpy(&name, p, sizeof name);
    OK(query_close(&q));
    OK(blob_get(j, &name, &json));
    OK(template_read(&t, "own", buf_str(&json), json.size));
    buf_release(&json);
    return t;
}

#define NEWEST "SELECT hash FROM template WHERE code LIKE 'OWN-%' ORDER BY edition DESC LIMIT 1"

static void a_form_is_made_used_and_its_answers_keep_their_cards(void **state) {
    (void)state;
    fresh_tablet("made");
    PLAY(to_start);
    PLAY(pick_two);
    PLAY(name_and_keep);
    assert_int_equal(hand_count("SELECT count(*) FROM template"), 1);
    assert_true(text_starts(text_of("SELECT code FROM template"), "OWN-"));
    struct template *t = read_form(app_journal(hand_app), NEWEST);
    assert_int_equal(t->items_count, 2);
    assert_string_equal(t->items[0].id, "N29");
    assert_string_equal(t->items[1].id, "W11");
    template_close(t);
    PLAY("tap \"Start\" #1\ntap \"Yes, 02:4\"\nscreen walk\n"
         "reach \"Workers knock, wait\"\npress \"Met\" in \"Workers knock, wait\"\nwait 1s\n");
    assert_int_equal(
        hand_count("SELECT count(*) FROM answer WHERE item = 'W11' AND word = 'met'"), 1);
    assert_string_equal(text_of("SELECT template FROM visit"),
                        text_of("SELECT code FROM template"));
    assert_int_equal(hand_count("SELECT count(*) FROM visit v JOIN template t ON t.hash = "
                                "v.template_hash AND v.template_version = 1"),
                     1);
    hand_close();
}

static void kept_by_mistake_is_taken_back(void **state) {
    (void)state;
    fresh_tablet("undo");
    PLAY(to_start);
    PLAY(pick_two);
    PLAY(name_and_keep);
    PLAY("tap \"Undo\"\nwait 1s\nabsent \"Two things, five minutes\"\n");
    assert_int_equal(hand_count("SELECT count(*) FROM template WHERE withdrawn = 0"), 0);
    hand_close();
}

static void a_change_is_a_new_edition_and_old_checks_keep_theirs(void **state) {
    (void)state;
    fresh_tablet("edition");
    PLAY(to_start);
    PLAY(pick_two);
    PLAY(name_and_keep);
    PLAY("tap \"Start\" #1\ntap \"Yes, 02:4\"\nscreen walk\ntap \"Back\"\n");
    PLAY("press \"Start a night spot check\"\nscreen start\n"
         "press \"All\"\npress \"My own forms\"\npress \"Two things, five minutes\" in \"My "
         "own forms\"\n"
         "press \"Change this form\"\nscreen own\nexpect \"Edition 1\"\n"
         "press \"Take out\" #1\npress \"Keep form\"\nscreen start\nwait 1s\n");
    assert_int_equal(hand_count("SELECT count(*) FROM template"), 2);
    assert_int_equal(hand_count("SELECT count(DISTINCT code) FROM template"), 1);
    assert_int_equal(hand_count("SELECT max(edition) FROM template"), 2);
    struct template *t = read_form(app_journal(hand_app), NEWEST);
    assert_int_equal(t->items_count, 1);
    assert_int_equal(t->version, 2);
    template_close(t);
    t = read_form(app_journal(hand_app), "SELECT template_hash FROM visit");
    assert_int_equal(t->items_count, 2); /* the check has the form as it was */
    template_close(t);
    hand_close();
}

static void put_away_and_offered_again(void **state) {
    (void)state;
    fresh_tablet("retired");
    PLAY(to_start);
    PLAY(pick_two);
    PLAY(name_and_keep);
    PLAY("press \"Change this form\"\npress \"Stop offering this form\"\nscreen start\n"
         "wait 1s\nabsent \"Two things, five minutes\"\n");
    assert_int_equal(hand_count("SELECT count(*) FROM template WHERE retired = 1"), 1);
    PLAY("wait 7s\npress \"All\"\npress \"Make a form of my own\"\nscreen own\n"
         "press \"Offer “Two things, five minutes” again\"\nscreen start\nwait 1s\n"
         "expect \"Two things, five minutes\"\n");
    assert_int_equal(hand_count("SELECT count(*) FROM template WHERE retired = 1"), 0);
    hand_close();
}

/* Put away at the office, before something newer happened here: the tablet notices at once, not
 * at its next start. */
static void what_an_older_record_says_is_noticed(void **state) {
    (void)state;
    fresh_tablet("older");
    PLAY(to_start);
    PLAY(pick_two);
    PLAY(name_and_keep);
    struct row newer = row_new(&kind_template);
    row_text(&newer, "code", "NEWER");
    row_int(&newer, "edition", 1);
    row_text(&newer, "title", "Not here yet");
    row_hash(&newer, "hash", &(hash256){{7}});
    OK(journal_put_alone(app_journal(hand_app), &newer));
    PLAY("press \"All\"\nwait 1s\nreach \"Two things, five minutes\"\n");
    assert_int_equal(hand_count("UPDATE template SET retired = 1, hlc = hlc - 1 WHERE code "
                                "LIKE 'OWN-%' RETURNING 1"),
                     1);
    PLAY("key Escape\nscreen home\npress \"Start a night spot check\"\nscreen start\n"
         "press \"All\"\nwait 1s\nabsent \"Two things, five minutes\"\n");
    hand_close();
}

/* The form of a check has not arrived: another edition's words must not stand above its
 * answers.
 */
static void no_check_is_read_by_another_edition(void **state) {
    (void)state;
    fresh_tablet("missing");
    PLAY(to_start);
    PLAY(pick_two);
    PLAY(name_and_keep);
    PLAY("tap \"Start\" #1\ntap \"Yes, 02:4\"\nscreen walk\n");
    row_id visit = hand_count("SELECT max(id) FROM visit");
    assert_int_equal(form_of_visit(hand_app, visit)->items_count, 2);
    hand_count("UPDATE visit SET template_hash = randomblob(32) RETURNING 1");
    assert_non_null(form_of_visit(hand_app, visit)); /* the same edition is here */
    hand_count("UPDATE visit SET template_version = 2 RETURNING 1");
    assert_null(form_of_visit(hand_app, visit));
    PLAY("key Escape\nwait 61s\n"); /* everything is loaded without it */
    hand_close();
}

static void what_was_picked_survives_a_flat_battery(void **state) {
    (void)state;
    const char *dir = fresh_tablet("flat");
    const char *after = path_join(&hand_life, scratch("tablets"), "after");
    PLAY(to_start);
    PLAY(pick_two);
    PLAY("tap \"My form: 2\"\ntap \"What is it called?\" #last\ntype \"Two th\"\nwait 6s\n");
    hand_copy_as_killed(dir, after);
    hand_close();
    hand_open(after);
    PLAY("screen own\nexpect \"Two th\"\nexpect \"Workers knock, wait\"\n"
         "expect \"2 questions\"\nkey Escape\n");
    hand_close();
}

static void it_goes_to_the_office_with_the_next_bundle(void **state) {
    (void)state;
    fresh_tablet("sent");
    PLAY(to_start);
    PLAY(pick_two);
    PLAY(name_and_keep);
    PLAY("wait 7s\n");
    const char *path = scratch("own.lantern");
    struct export_summary out;
    struct merge_summary in;
    OK(export_all(app_journal(hand_app),
                  &(struct export_options){.path = path, .purpose = BUNDLE_TO_OFFICE}, &out));
    struct journal *office = open_device(scratch("own_office.db"), &hand_time, "office");
    OK(merge_file(office, &(struct merge_options){.path = path, .trust = true}, &in));
    assert_int_equal(query_one_int(office, 0, "SELECT count(*) FROM template", 0), 1);
    struct template *t = read_form(office, NEWEST);
    assert_int_equal(t->items_count, 2);
    template_close(t);
    journal_close(office);
    hand_close();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_is_made_used_and_its_answers_keep_their_cards),
        cmocka_unit_test(kept_by_mistake_is_taken_back),
        cmocka_unit_test(a_change_is_a_new_edition_and_old_checks_keep_theirs),
        cmocka_unit_test(put_away_and_offered_again),
        cmocka_unit_test(what_an_older_record_says_is_noticed),
        cmocka_unit_test(no_check_is_read_by_another_edition),
        cmocka_unit_test(what_was_picked_survives_a_flat_battery),
        cmocka_unit_test(it_goes_to_the_office_with_the_next_bundle),
    };
    return cmocka_run_group_tests_name("own", tests, NULL, NULL);
}
