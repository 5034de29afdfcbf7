/* test_gather_team.c -- several fill in the same form alone: the next sees nothing of the one
 * before, nothing leads back to one person, and fewer than five are not shown.
 * needs: platform app screen model ui media sync care store base */
#include "gather_hand.h"

#include "store/kind.h"

static void answer(const char *first, const char *second) {
    char lines[400];
    snprintf(lines, sizeof lines,
             "tap \"Begin my answers\"\npress \"%s\" in \"We all know what this team\"\n"
             "press \"%s\" in \"I know where this service\"\nreach \"Take my answers "
             "away\"\ntap \"Pass the tablet on\"\n",
             first, second);
    PLAY(lines);
}

static int64_t answer_records(void) {
    return query_one_int(app_journal(app), -1, "SELECT count(*) FROM journal WHERE kind = ?1",
                         1, (int64_t)KIND_answer);
}

static void nothing_is_left_for_the_next(void **state) {
    (void)state;
    begin_form("TEAM");
    assert_string_equal(app_screen_name(app), "team");
    look_everywhere("team-waiting");
    int64_t records = count("SELECT count(*) FROM journal");
    answer("Yes", "No");
    PLAY("expect \"1 person has answered so far.\"\nabsent \"We all know what this team\"\n"
         "tap \"Begin my answers\"\n");
    const struct ui_thing *t;
    size_t n = ui_things(app_ui(app), &t);
    for (size_t i = 0; i < n; i++)
        assert_false(t[i].state && strstr(t[i].state, "selected"));
    look_everywhere("team-alone");
    /* a tablet put down half done forgets */
    PLAY("press \"No\" in \"We all know what this team\"\nwait 4m\n"
         "expect \"1 person has answered so far.\"\n");
    /* no answer, no step in any history */
    assert_int_equal(count("SELECT count(*) FROM answer"), 0);
    assert_int_equal(answer_records(), 0);
    assert_true(count("SELECT count(*) FROM journal") >= records);
    /* keys and the back button lead nowhere */
    PLAY("key Escape\nscreen team\n");
}

static void fewer_than_five_are_not_shown(void **state) {
    (void)state;
    begin_form("TEAM");
    for (int i = 0; i < 4; i++)
        answer("No", "No");
    PLAY("tap \"Everybody has had a turn\"\nexpect \"Only 4 people have answered.\"\n");
    look_everywhere("team-few");
    PLAY("tap \"Wait for more\"\nexpect \"4 people have answered\"\n"
         "tap \"Everybody has had a turn\"\ntap \"Close it without their answers\"\n"
         "expect \"Fewer than five answered\"\nabsent \"4 no\"\nabsent \"I know where\"\n");
    assert_int_equal(count("SELECT count(*) FROM answer"), 0);
    void *p;
    size_t n;
    struct arena a = {0};
    char key[40];
    snprintf(key, sizeof key, "team/%lld", (long long)visit);
    assert_int_equal(draft_get(app_journal(app), key, &a, &p, &n), STATUS_NOT_FOUND);
    arena_release(&a);
}

static void five_show_how_far_they_lie_apart(void **state) {
    (void)state;
    begin_form("TEAM");
    answer("Yes", "Yes");
    answer("Yes", "No");
    answer("Yes", "No");
    answer("Yes", "Yes");
    answer("Yes", "Yes");
    PLAY("tap \"Everybody has had a turn\"\nabsent \"Only\"\ntap \"Show it\"\n"
         "expect \"3 yes · 2 no\"\nexpect \"5 yes · 0 no\"\n");
    /* the most divided first */
    const struct gather *g = ((const struct walk_model *const *)app->model)[0]->gather;
    assert_int_equal(g->team_answered, 5);
    const struct gather_block *k = &g->blocks[1];
    assert_int_equal(k->rows_count, 2);
    assert_int_equal(k->rows[0].no, 2);
    assert_int_equal(k->rows[1].no, 0);
    look_everywhere("team-spread");
    assert_int_equal(count("SELECT count(*) FROM answer"), 2);
    assert_int_equal(answer_records(), 2); /* no versions */
    assert_int_equal(count("SELECT count(*) FROM answer WHERE person IS NOT NULL"), 0);
    assert_string_equal(text_of("SELECT list FROM answer WHERE item = 'TM02'"),
                        "yes=3,no=2,does_not_apply=0");
    /* nobody can add theirs now: what it would change is what they said */
    act((struct intent){.kind = INTENT_team_pass, .row = visit, .text = "TM01=1"});
    PLAY("expect \"5 yes · 0 no\"\ntap \"Go on\"\nscreen finish\nexpect \"3 yes · 2 no\"\n"
         "tap \"Close\" #1\ntap \"Close now\"\nscreen morning\nexpect \"3 yes · 2 no\"\n");
    /* and the walk leads to the same page */
    choose_pin("274936");
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_walk, .row = visit}});
    frame();
    assert_string_equal(app_screen_name(app), "team");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WALK(nothing_is_left_for_the_next),
        WALK(fewer_than_five_are_not_shown),
        WALK(five_show_how_far_they_lie_apart),
    };
    return cmocka_run_group_tests_name("a team", tests, NULL, NULL);
}
