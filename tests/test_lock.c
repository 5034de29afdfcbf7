/* test_lock.c -- a tablet that is put down locks, and whoever comes back goes on where it was.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * Everything is done as a person does it: touches on the real app, PINs on the pad, two clocks
 * that move only when told. "As killed" copies the database as it lies on the disk at that
 * moment and opens the copy. */
#include "locked_hand.h"

#include "model/season.h"

#define NOTE "Beech lounge: one worker asl"

/* ---- the lock page ---- */

static void starts_locked(void **state) {
    (void)state;
    lock_dir("starts", false);
    PLAY("screen lock\nexpect \"QL\"\nexpect \"Your PIN\"\nabsent \"Oak House\"\n"
         "absent \"Quality lead\"\nabsent \"Start a night spot check\"\n");
    assert_null(app_journal(hand_app));
    PLAY("pin 111111\ntap \"Open\"\nscreen lock\nexpect \"That is not the PIN\"\n");
    assert_null(app_journal(hand_app));
    PLAY(LET_IN "screen home\nexpect \"Oak House\"\nexpect \"Quality lead\"\n");
    assert_int_equal(journal_holder(app_journal(hand_app)),
                     lock_person(app_journal(hand_app), "Quality lead"));
    assert_int_equal(hand_count("SELECT sum(tries) FROM access WHERE what = 'wrong_tries'"), 1);
    laws(app_journal(hand_app));
    hand_close();
}

static void open_tablets_ask_nothing(void **state) {
    char *dir = arena_strdup(&hand_life, scratch("open"));
    (void)state;
    hand_new_tablet(dir);
    hand_open(dir);
    PLAY("screen home\nwait 30m\nscreen home\ntap \"Cover\"\nwait 10m\nscreen cover\n"
         "tap \"Covered. Touch to come back.\"\nscreen home\n");
    app_hidden(hand_app);
    PLAY("screen home\n");
    hand_close();
}

/* ---- put down and picked up ---- */

static void begin_half_a_sentence(void) {
    PLAY(LET_IN);
    PLAY(lock_start_check);
    PLAY("press \"Met\" in \"Nothing is filled in for later tonight\"\n"
         "tap \"Time a bell\"\nwait 20s\n"
         "press \"Not met\" in \"Every worker who is paid to be awake\"\n"
         "press \"What did you see?\"\ntype \"" NOTE "\"\n");
}

static void the_same_question_comes_back(void **state) {
    (void)state;
    char *dir = lock_dir("same", false), *killed = arena_strdup(&hand_life, scratch("same-k"));
    begin_half_a_sentence();
    PLAY("tap \"Cover\"\nwait 10s\nscreen cover\ntap \"Covered. Touch to come back.\"\n"
         "screen walk\nwait 1s\ntap \"Interrupted\"\n");
    PLAY("tap \"Cover\"\nwait 31s\nscreen lock\n");
    assert_null(app_journal(hand_app));
    assert_false(hand_shows(NOTE));
    hand_copy_as_killed(dir, killed);
    PLAY("wait 5m\nscreen lock\npin 999999\ntap \"Open\"\nexpect \"That is not the "
         "PIN\"\n" LET_IN
         "screen walk\nexpect \"You stopped for 5 min\"\ntap \"Someone needed help\"\n"
         "expect \"" NOTE "\"\n");
    PLAY("press \"What did you see?\"\ntype \"eep\"\nwait 6s\nexpect \"" NOTE "eep\"\n");
    PLAY("expect \"06:\"\n"); /* the bell: 20 s, 11 s, 31 s, 5 min and what the fingers took */
    assert_int_equal(lock_events("cover"), 2);
    assert_int_equal(lock_events("resume"), 2);
    assert_int_equal(lock_events("resumed_app"), 0);
    int64_t ms = hand_count("SELECT max(ms) FROM event WHERE sort = 'resume'");
    assert_in_range(ms, 331000, 345000);
    assert_int_equal(hand_count("SELECT count(*) FROM answer WHERE word = 'met'"), 1);
    laws(app_journal(hand_app));
    hand_close();
    /* killed while locked: nothing else happens */
    hand_open_locked(killed);
    PLAY("screen lock\n" LET_IN "screen walk\nexpect \"" NOTE "\"\n");
    assert_int_equal(lock_events("resumed_app"), 0);
    laws(app_journal(hand_app));
    hand_close();
}

static void killed_before_it_could_lock(void **state) {
    (void)state;
    char *dir = lock_dir("killed", false), *killed = arena_strdup(&hand_life, scratch("kill2"));
    begin_half_a_sentence();
    hand_copy_as_killed(dir, killed);
    hand_close();
    lock_pass(7 * 60000);
    hand_open_locked(killed);
    PLAY("screen lock\n" LET_IN "screen walk\nexpect \"" NOTE "\"\n");
    assert_int_equal(lock_events("resumed_app"), 1);
    assert_in_range(hand_count("SELECT ms FROM event WHERE sort = 'resumed_app'"), 7 * 60000,
                    8 * 60000);
    laws(app_journal(hand_app));
    hand_close();
}

static void clocks_set_back(void **state) {
    (void)state;
    lock_dir("clocks", false);
    begin_half_a_sentence();
    PLAY("tap \"Cover\"\nwait 31s\nscreen lock\n");
    hand_time.wall_ms -= 3 * 3600000LL;
    PLAY("wait 2m\nscreen lock\n" LET_IN "screen walk\nexpect \"2 min\"\n");
    int64_t ms = hand_count("SELECT max(ms) FROM event WHERE sort = 'resume'");
    assert_in_range(ms, 151000, 160000);
    hand_close();
}

/* ---- without a touch ---- */

static void left_alone_anywhere(void **state) {
    (void)state;
    lock_dir("alone", false);
    PLAY(LET_IN "screen home\nwait 4m\nscreen home\nwait 62s\nscreen cover\nwait 31s\n"
                "screen lock\n");
    /* the office's rule is shorter, and its is the last word */
    PLAY(LET_IN "screen home\n");
    struct row r;
    struct journal *j = app_journal(hand_app);
    OK(journal_row(j, &kind_provider, hand_count("SELECT id FROM provider"), &hand_life, &r));
    row_int(&r, "lock_minutes", 2);
    put_alone(j, &r);
    OK(local_put(j, "auto_cover_minutes", "0"));
    PLAY("wait 1s\nwait 100s\nscreen home\nwait 25s\nscreen cover\nwait 31s\nscreen lock\n");
    PLAY(LET_IN "screen home\n");
    hand_close();
}

static void hidden_windows_are_covered(void **state) {
    (void)state;
    lock_dir("hidden", false);
    PLAY(LET_IN);
    PLAY(lock_start_check);
    app_hidden(hand_app);
    lock_frame_once();
    assert_string_equal(lock_at(), "cover");
    PLAY("wait 31s\nscreen lock\npin 27\n");
    app_hidden(hand_app); /* half a PIN does not stay */
    assert_int_equal(hand_app->room->secret.typed[0], 0);
    PLAY(LET_IN "screen walk\n");
    hand_close();
}

static int64_t slept;
static int64_t slept_ms(void *ctx) {
    (void)ctx;
    return slept;
}

static void sleep_locks_at_once(void **state) {
    (void)state;
    lock_dir("sleep", false);
    begin_half_a_sentence();
    /* a gap that no frame would leave */
    lock_pass(10 * 60000);
    lock_frame_once();
    assert_string_equal(lock_at(), "cover");
    lock_frame_once();
    assert_string_equal(lock_at(), "lock");
    PLAY(LET_IN "screen walk\nexpect \"10 min\"\n");
    int64_t ms = hand_count("SELECT max(ms) FROM event WHERE sort = 'resume'");
    assert_in_range(ms, 10 * 60000, 10 * 60000 + 5000);
    /* a short sleep, which only the machine itself knows of */
    hand_app->platform = &(struct platform){0};
    static struct platform p;
    p = hand_platform;
    p.slept_ms = slept_ms;
    hand_app->platform = &p;
    hand_app->slept_ms = slept = 5000;
    PLAY("tap \"Interrupted\"\nscreen walk\n");
    slept += 20000;
    lock_pass(20000);
    lock_frame_once();
    lock_frame_once();
    assert_string_equal(lock_at(), "lock");
    PLAY(LET_IN "screen walk\nexpect \"" NOTE "\"\n");
    laws(app_journal(hand_app));
    hand_close();
}

/* ---- what is under way ---- */

static void a_job_is_finished_first(void **state) {
    (void)state;
    lock_dir("job", false);
    PLAY(LET_IN);
    PLAY(lock_start_check);
    lock_act((struct intent){.kind = INTENT_verify_now});
    assert_true(job_running(hand_app));
    hand_app->verify_rounds = -1000000; /* goes on until told */
    lock_act((struct intent){.kind = INTENT_lock});
    for (int i = 0; i < 20; i++) {
        lock_frame_once();
        assert_string_equal(lock_at(), "cover");
    }
    /* a touch does not lift the cover any more */
    PLAY("tap \"Covered. Touch to come back.\"\nscreen cover\n");
    hand_app->verify_rounds = 1;
    for (int i = 0; i < 200 && app_journal(hand_app); i++)
        lock_frame_once();
    PLAY("screen lock\n" LET_IN "screen walk\n");
    hand_close();
}

/* Locked means that none of it is left where the app keeps things. */
static void nothing_stays(void **state) {
    (void)state;
    lock_dir("nothing", false);
    begin_half_a_sentence();
    PLAY("wait 1s\n");
    lock_act((struct intent){.kind = INTENT_lock});
    lock_frame_once();
    lock_frame_once();
    lock_frame_once();
    assert_string_equal(lock_at(), "lock");
    struct app *a = hand_app;
    struct buf dump = {0};
    ui_dump(a->ui, &dump);
    assert_null(strstr(buf_str(&dump), "Oak House"));
    assert_null(strstr(buf_str(&dump), "lounge"));
    buf_release(&dump);
    assert_null(a->model);
    assert_int_equal(a->templates_count, 0);
    assert_int_equal(a->timers_count, 0);
    assert_string_equal(a->scene.holder, "");
    assert_string_equal(a->scene.service, "");
    assert_int_equal(a->depth, 1);
    for (int i = 0; i < UNDO_BATCHES; i++)
        assert_int_equal(a->undo[i].count, 0);
    assert_null(a->model_arena.first);
    assert_null(a->scene_arena.first);
    assert_null(a->waiting_arena.first);
    assert_null(a->job_arena.first);
    static const uint8_t none[KEY_BYTES];
    assert_memory_equal(a->room->key, none, sizeof none);
    hand_close();
}

/* ---- a check goes on while older ones are still read ---- */

/* Time passes with each look at it, or a step of any length would read everything. */
static int64_t ticking(void *ctx) {
    struct clock_manual *time = ctx;
    time->wall_ms++;
    return time->boot_ms++;
}

static void older_checks_come_later(void **state) {
    static const char *const names[] = {"templates/NIGHT.json", "templates/WALK.json"};
    char *dir = arena_strdup(&hand_life, scratch("later"));
    struct template *forms[2];
    struct season_summary made;
    (void)state;
    lock_new_tablet(dir, false);
    hand_time.wall_ms -= 90 * 86400000LL;
    struct journal *j = lock_journal(dir);
    for (int i = 0; i < 2; i++)
        OK(template_load(&forms[i], path_join(&hand_life, hand_assets(), names[i])));
    OK(season_make(j,
                   &(struct season_options){
                       .seed = 5,
                       .clock = &hand_time,
                       .from_ms = hand_time.wall_ms,
                       .until_ms = NIGHT_0241 - 86400000LL,
                       .checks = 250,
                       .phrases = path_join(&hand_life, hand_assets(), "sample/season.json"),
                       .templates = (const struct template *const *)forms,
                       .templates_count = 2},
                   &made));
    for (int i = 0; i < 2; i++)
        template_close(forms[i]);
    hand_time.wall_ms = NIGHT_0241;
    int64_t answers = query_one_int(j, -1, "SELECT count(*) FROM answer", 0);
    journal_close(j);
    hand_open_locked(dir);
    PLAY("screen lock\n");
    hand_app->clock.boot_ms = ticking;
    text_copy(hand_app->room->secret.typed, SECRET_MOST, PIN_LEAD);
    lock_work_start(hand_app, WORK_TRY);
    for (int i = 0; i < 10 && !app_journal(hand_app); i++)
        lock_frame_once();
    assert_true(journal_loading(app_journal(hand_app)));
    assert_true(hand_app->scene.loading < 1);
    assert_true(hand_count("SELECT count(*) FROM answer") < answers);
    int frames = 0;
    lock_act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_start}});
    for (; journal_loading(app_journal(hand_app)) && frames < 5000; frames++) {
        lock_frame_once();
        assert_string_equal(lock_at(), "start");
    }
    lock_frame_once();
    assert_true(hand_app->scene.loading >= 1);
    assert_int_equal(hand_count("SELECT count(*) FROM answer"), answers);
    printf("figure: %lld answers of older checks read in %d frames of the next one\n",
           (long long)answers, frames);
    laws(app_journal(hand_app));
    hand_close();
}

/* ---- wrong tries ---- */

static void wrong_tries_cost_time(void **state) {
    (void)state;
    char *dir = lock_dir("tries", false);
    for (int i = 0; i < 5; i++)
        PLAY("pin 000111\ntap \"Open\"\nscreen lock\n");
    PLAY("expect \"Too many wrong tries\"\n");
    hand_close(); /* starting again is no way round, nor is setting the clock */
    hand_time.wall_ms += 24 * 3600000LL;
    hand_open_locked(dir);
    PLAY("screen lock\nexpect \"Too many wrong tries\"\n");
    hand_time.wall_ms -= 48 * 3600000LL;
    PLAY("expect \"Too many wrong tries\"\nwait 31s\nabsent \"Too many wrong tries\"\n" LET_IN
         "screen home\n");
    assert_int_equal(hand_count("SELECT sum(tries) FROM access WHERE what = 'wrong_tries'"), 5);
    hand_close();
}

/* ---- somebody else ---- */

static void somebody_else_unlocks(void **state) {
    (void)state;
    lock_dir("else", true);
    PLAY("screen lock\ntap \"QL\"\n" LET_IN "screen home\n");
    PLAY(lock_start_check);
    PLAY("tap \"Cover\"\nwait 31s\nscreen lock\ntap \"Somebody else\"\n"
         "expect \"Who are you?\"\ntap \"OD\"\n" LET_IN
         "expect \"That is not the PIN\"\npin " PIN_DIRECTOR "\ntap \"Open\"\nscreen walk\n");
    assert_int_equal(journal_holder(app_journal(hand_app)),
                     lock_person(app_journal(hand_app), "Operations director"));
    assert_int_equal(lock_events("handed_over"), 1);
    laws(app_journal(hand_app));
    hand_close();
}

/* ---- from the first PIN to another hand, as it is touched ---- */

static void the_whole_of_it(void **state) {
    char *dir = arena_strdup(&hand_life, scratch("whole"));
    (void)state;
    hand_new_tablet(dir);
    hand_open(dir);
    assert_false(hand_app->sealed);
    const struct script_options o = {
        .path = "tests/scripts/lock.txt", .shots = scratch("shots"), .clock = &hand_time};
    assert_int_equal(script_run(hand_app, &o), 0);
    assert_true(hand_app->sealed);
    assert_int_equal(hand_count("SELECT count(*) FROM access WHERE what = 'pin_set'"), 2);
    assert_true(hand_count("SELECT sum(tries) FROM access WHERE what = 'wrong_tries'") >= 1);
    laws(app_journal(hand_app));
    hand_close();
}

/* ---- the sample ---- */

static void the_sample_leaves_to_the_lock_page(void **state) {
    (void)state;
    lock_dir("sample", false);
    PLAY(LET_IN "screen home\n");
    lock_act((struct intent){.kind = INTENT_sample, .number = 1});
    PLAY("screen home\nexpect \"This is the sample service\"\nwait 30m\nscreen home\n");
    lock_act((struct intent){.kind = INTENT_sample, .number = 0});
    PLAY("screen lock\nabsent \"sample\"\n" LET_IN "screen home\n");
    assert_false(hand_app->sample);
    hand_close();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_locked),
        cmocka_unit_test(open_tablets_ask_nothing),
        cmocka_unit_test(the_same_question_comes_back),
        cmocka_unit_test(killed_before_it_could_lock),
        cmocka_unit_test(clocks_set_back),
        cmocka_unit_test(left_alone_anywhere),
        cmocka_unit_test(hidden_windows_are_covered),
        cmocka_unit_test(sleep_locks_at_once),
        cmocka_unit_test(a_job_is_finished_first),
        cmocka_unit_test(nothing_stays),
        cmocka_unit_test(older_checks_come_later),
        cmocka_unit_test(wrong_tries_cost_time),
        cmocka_unit_test(somebody_else_unlocks),
        cmocka_unit_test(the_whole_of_it),
        cmocka_unit_test(the_sample_leaves_to_the_lock_page),
    };
    int failed = cmocka_run_group_tests_name("lock", tests, NULL, NULL);
    arena_release(&hand_life);
    return failed;
}
