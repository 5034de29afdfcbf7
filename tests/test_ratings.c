/* test_ratings.c -- scores from a finger to the records: one row a day, undo, what it rests on,
 * ratings in the round, what holds a rating down, a rehearsal.
 *
 * needs: platform app screen model ui media sync care store base */
#include "gather_hand.h"

#include "care/frameworks.h"

static const char to_safeguarding[] = "press \"Ratings\"\nscreen ratings\n"
                                      "press \"Safe\" in \"The whole service\"\n"
                                      "press \"Safeguarding\" in \"Statements\"\n";
/* ---- one score ---- */

static void a_score_is_one_row_a_day(void **state) {
    (void)state;
    PLAY(to_safeguarding);
    PLAY("press \"2\"\ntap \"Why this score?\"\ntype \"Two of three knew whom to tell.\"\n"
         "tap \"Keep\"\nexpect \"Score kept\"\n");
    assert_int_equal(count("SELECT count(*) FROM score WHERE withdrawn = 0"), 1);
    assert_string_equal(text_of("SELECT statement FROM score"), "SAF-S3");
    assert_string_equal(text_of("SELECT framework FROM score"), "cqc-saf-2024-12");
    assert_string_equal(text_of("SELECT reason FROM score"), "Two of three knew whom to tell.");
    assert_int_equal(count("SELECT score FROM score"), 2);
    assert_int_equal(count("SELECT framework_version FROM score"), 1);
    assert_int_equal(count("SELECT day FROM score"), london_day(now.wall_ms));
    /* Said again on the same day: the same row, its former version kept. */
    PLAY("press \"Safeguarding\" in \"Statements\"\npress \"3\"\ntap \"Keep\"\n");
    assert_int_equal(count("SELECT count(*) FROM score WHERE withdrawn = 0"), 1);
    assert_int_equal(count("SELECT score FROM score"), 3);
    /* Undo brings the former one back. */
    PLAY("tap \"Undo\"\n");
    assert_int_equal(count("SELECT score FROM score WHERE withdrawn = 0"), 2);
    /* On another day a new one begins, and the old one stays what it was. */
    PLAY("wait 48h\npress \"Safeguarding\" in \"Statements\"\npress \"4\"\ntap \"Keep\"\n");
    assert_int_equal(count("SELECT count(*) FROM score WHERE withdrawn = 0"), 2);
    assert_int_equal(count("SELECT score FROM score ORDER BY day DESC LIMIT 1"), 4);
    assert_int_equal(count("SELECT score FROM score ORDER BY day LIMIT 1"), 2);
    PLAY("press \"Safeguarding\" in \"Statements\"\nreach \"Before\"\n"
         "expect \"Scored 2\"\n");
    /* Taken back it is as if nobody had said it. */
    PLAY("press \"Take it back\"\nexpect \"Taken back\"\n");
    assert_int_equal(count("SELECT count(*) FROM score WHERE withdrawn = 0"), 1);
}

static void what_was_typed_survives(void **state) {
    PLAY(to_safeguarding);
    PLAY("press \"3\"\ntap \"Why this score?\"\ntype \"All four could say whom\"\nwait 1s\n");
    const char *dir = app->data_dir;
    char where[1024];
    text_copy(where, sizeof where, dir);
    tear_down(state);
    struct app_options o = {.data_dir = where,
                            .assets = "assets",
                            .width_dp = 1280,
                            .height_dp = 800,
                            .scale = 1,
                            .offscreen = true,
                            .clock = clock_manual(&now),
                            .platform = &device};
    assert_int_equal(app_open(&app, &o), STATUS_OK);
    PLAY("screen ratings\nexpect \"All four could say whom\"\ntap \"Keep\"\n");
    assert_int_equal(count("SELECT score FROM score WHERE withdrawn = 0"), 3);
}

/* ---- what it rests on ---- */

static void links_are_rows_of_their_own(void **state) {
    (void)state;
    struct row o = row_new(&kind_observation);
    row_ref(&o, "service", service);
    row_text(&o, "text", "A worker rang the council by herself.");
    row_text(&o, "statement", "SAF-S3");
    row_int(&o, "good", 1);
    put(&o);
    PLAY(to_safeguarding);
    PLAY("press \"3\"\ntap \"Why this score?\"\ntype \"They act by themselves.\"\n"
         "press \"Link\" in \"A worker rang\"\ntap \"Keep\"\n");
    assert_int_equal(count("SELECT count(*) FROM basis WHERE withdrawn = 0"), 1);
    assert_int_equal(count("SELECT evidence FROM basis"), o.id);
    assert_int_equal(count("SELECT score FROM basis"), count("SELECT id FROM score"));
    PLAY("expect \"Rests on 1 thing\"\npress \"Safeguarding\" in \"Statements\"\n"
         "press \"Linked\" in \"A worker rang\"\nexpect \"No longer linked\"\n");
    assert_int_equal(count("SELECT count(*) FROM basis WHERE withdrawn = 0"), 0);
    assert_int_equal(count("SELECT score FROM score WHERE withdrawn = 0"), 3);
}

/* ---- the other two frameworks ---- */

static void kinds_of_evidence_and_ratings_in_the_round(void **state) {
    (void)state;
    PLAY("press \"Ratings\"\n"
         "press \"Up to December 2024: a score for each kind of evidence\"\n"
         "press \"Caring\" in \"The whole service\"\n"
         "press \"Kindness, compassion and dignity\" in \"Statements\"\n"
         "press \"Observation\"\npress \"4\"\ntap \"Why this score?\"\n"
         "type \"Kind each time.\"\ntap \"Keep\"\n");
    assert_string_equal(text_of("SELECT framework FROM score"), "cqc-saf-2023-11");
    assert_string_equal(text_of("SELECT category FROM score"), "observation");
    PLAY("tap \"Back\"\npress \"Draft of March 2026: a rating for each key question\"\n"
         "expect \"do not use for ratings\"\n"
         "press \"Caring\" in \"The whole service\"\n"
         "press \"Good\"\ntap \"Why this rating?\"\ntype \"Kind on every shift.\"\n"
         "tap \"Keep\"\nexpect \"Rating kept\"\n");
    assert_string_equal(text_of("SELECT rating FROM rating"), "good");
    assert_string_equal(text_of("SELECT question FROM rating"), "CAR");
    assert_string_equal(text_of("SELECT framework FROM rating"), "cqc-asc-draft-2026-03");
    /* Nothing of one is anything of the other. */
    assert_int_equal(count("SELECT count(*) FROM score"), 1);
}

static void a_broken_regulation_holds_the_whole_down(void **state) {
    (void)state;
    struct journal *j = app_journal(app);
    struct framework *f = NULL;
    assert_int_equal(framework_load(&f, "assets/frameworks/cqc-saf-2024-12.json"), STATUS_OK);
    assert_int_equal(journal_begin(j), STATUS_OK);
    for (int i = 0; i < f->statements_count; i++) {
        struct row r = row_new(&kind_score);
        row_ref(&r, "service", service);
        row_text(&r, "framework", f->id);
        row_int(&r, "framework_version", 1);
        row_text(&r, "statement", f->statements[i].code);
        row_int(&r, "score", 3);
        row_text(&r, "reason", "As we saw it.");
        row_int(&r, "day", london_day(now.wall_ms));
        assert_int_equal(journal_put(j, &r), STATUS_OK);
    }
    /* One of another edition, one of a code nobody knows: kept, and not counted. */
    struct row odd = row_new(&kind_score);
    row_ref(&odd, "service", service);
    row_text(&odd, "framework", f->id);
    row_int(&odd, "framework_version", 7);
    row_text(&odd, "statement", "SAF-S1");
    row_int(&odd, "score", 1);
    row_int(&odd, "day", london_day(now.wall_ms) + 9);
    assert_int_equal(journal_put(j, &odd), STATUS_OK);
    assert_int_equal(journal_commit(j), STATUS_OK);
    framework_close(f);
    PLAY("press \"Ratings\"\nexpect \"5 Good: together Good.\"\n"
         "expect \"1 score was given under another edition\"\n"
         "press \"Yes\" in \"Is a regulation broken here?\"\n"
         "press \"How do you know?\"\ntype \"The notice of 3 March\"\npress \"Keep\"\n");
    assert_int_equal(count("SELECT yes FROM circumstance WHERE code = 'breach'"), 1);
    PLAY("size 1280x3000\nwait 1s\n"
         "expect \"That holds it at Requires improvement instead of Good.\"\n"
         "expect \"it would be Good\"\n"
         "press \"No\" in \"Is a regulation broken here?\"\npress \"Keep\"\n");
    assert_int_equal(count("SELECT count(*) FROM circumstance WHERE withdrawn = 0"), 1);
    assert_int_equal(count("SELECT yes FROM circumstance"), 0);
}

/* ---- a rehearsal ---- */

static void say_score(const char *item, int64_t score, const char *why) {
    struct answer_intent a = {.visit = visit,
                              .item = item,
                              .part = "score",
                              .set_number = true,
                              .number = score,
                              .set_text = true,
                              .text = why};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
}

static void a_rehearsal_gives_scores(void **state) {
    (void)state;
    begin_form("MOCK");
    assert_string_equal(text_of("SELECT framework FROM visit"), "cqc-saf-2024-12");
    assert_int_equal(count("SELECT framework_version FROM visit"), 1);
    say_score("MK13", 2, "They write it down and leave it there.");
    assert_int_equal(count("SELECT framework_version FROM answer"), 1);
    assert_string_equal(text_of("SELECT statement FROM score"), "SAF-S1");
    assert_string_equal(text_of("SELECT reason FROM score"),
                        "They write it down and leave it there.");
    assert_int_equal(count("SELECT visit FROM score"), visit);
    /* Said again on the check, also on another day, it is the same score. */
    pass(26LL * 3600000);
    say_score("MK13", 3, "After a second look.");
    assert_int_equal(count("SELECT count(*) FROM score"), 1);
    assert_int_equal(count("SELECT score FROM score"), 3);
    say_score("MK14", 4, "All goes along.");
    assert_int_equal(count("SELECT count(*) FROM score WHERE withdrawn = 0"), 2);
    /* Taken back with its answer. */
    act((struct intent){.kind = INTENT_answer_clear, .row = visit, .word = "MK14"});
    assert_int_equal(count("SELECT count(*) FROM score WHERE withdrawn = 0"), 1);
    /* What else is said there is no score. */
    say_text("MK13", "from", "two talks");
    assert_int_equal(count("SELECT count(*) FROM score WHERE withdrawn = 0"), 1);
}

/* Ticks on a check never become a score. */
static void other_forms_give_none(void **state) {
    (void)state;
    begin_form("WALK");
    const struct template *form = form_of_visit(app, visit);
    assert_non_null(form);
    for (int i = 0; i < 5; i++) {
        struct answer_intent a = {.visit = visit,
                                  .item = form->items[i].id,
                                  .part = form->items[i].parts[0].id,
                                  .set_word = true,
                                  .word = "met",
                                  .set_number = true,
                                  .number = 2};
        act((struct intent){.kind = INTENT_answer, .detail = &a});
    }
    assert_int_equal(count("SELECT count(*) FROM answer"), 5);
    assert_int_equal(count("SELECT count(*) FROM score"), 0);
}

int main(void) {
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_score_is_one_row_a_day),
        T(what_was_typed_survives),
        T(links_are_rows_of_their_own),
        T(kinds_of_evidence_and_ratings_in_the_round),
        T(a_broken_regulation_holds_the_whole_down),
        T(a_rehearsal_gives_scores),
        T(other_forms_give_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
