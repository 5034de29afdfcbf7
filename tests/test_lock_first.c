/* test_lock_first.c -- the first PIN, which seals a tablet, and those after it.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * Killed while sealing: before each frame of it the database is copied as it lies on the disk.
 * Each copy is opened as the next start would, and is either open, with the question for a PIN
 * on the screen, or sealed, and opens with that PIN; all records are there either way. */
#include "locked_hand.h"

#define OBSERVATIONS 12000
#define MOMENTS_MOST 400

static char *open_unsealed(const char *name) {
    char *dir = arena_strdup(&hand_life, scratch(name));
    hand_new_tablet(dir);
    hand_open(dir);
    assert_false(hand_app->sealed);
    return dir;
}

static void type_secret(const char *pin) {
    struct secret *k = &hand_app->room->secret;
    text_copy(k->first, sizeof k->first, pin);
    text_copy(k->typed, sizeof k->typed, pin);
}

static void until_idle(void) {
    for (int i = 0; i < 2000 && hand_app->lock.work; i++)
        lock_frame_once();
    assert_int_equal(hand_app->lock.work, WORK_NONE);
}

/* ---- asked for before a real check, and nowhere else ---- */

static void asked_before_the_first_check(void **state) {
    (void)state;
    open_unsealed("asked");
    PLAY(
        "tap \"Start a night spot check\"\nscreen pin\nexpect \"Before the first real check\"\n"
        "expect \"Who are you?\"\ntap \"Close\"\nscreen home\n");
    PLAY("tap \"Start a night spot check\"\nscreen pin\ntap \"Quality lead\"\n"
         "expect \"nobody can open this tablet\"\npin 123456\nexpect \"Too easy to guess\"\n"
         "key Backspace\nkey Backspace\nkey Backspace\nkey Backspace\nkey Backspace\n"
         "key Backspace\npin " HAND_PIN "\ntap \"Next\"\npin 274937\ntap \"Keep it\"\n"
         "expect \"The two were not the same\"\nscreen pin\n");
    assert_false(hand_app->sealed);
    PLAY("pin " HAND_PIN "\ntap \"Next\"\npin " HAND_PIN "\ntap \"Keep it\"\nsend\n"
         "screen start\ntap \"Close\"\nscreen home\nexpect \"Quality lead\"\n");
    assert_true(hand_app->sealed);
    assert_int_equal(hand_app->room->secret.typed[0] + hand_app->room->secret.first[0], 0);
    PLAY(lock_start_check);
    laws(app_journal(hand_app));
    hand_close();
}

static void in_words_as_well(void **state) {
    char *dir = open_unsealed("words");
    (void)state;
    PLAY("tap \"Start a night spot check\"\ntap \"Quality lead\"\n"
         "tap \"Use words instead of digits\"\ntype \"seven grey geese\"\nkey Return\n"
         "type \"seven grey geese\"\nkey Return\nsend\nscreen start\n");
    hand_close();
    hand_open_locked(dir);
    PLAY("screen lock\nexpect \"Your words\"\ntype \"seven grey goose\"\nkey Return\n"
         "expect \"Those are not the words\"\ntap \"Your words\"\ntype \"seven grey geese\"\n"
         "key Return\nsend\nscreen start\n");
    hand_close();
}

static void the_sample_asks_for_none(void **state) {
    (void)state;
    open_unsealed("sample-none");
    lock_act((struct intent){.kind = INTENT_sample, .number = 1});
    PLAY("screen home\ntap \"Start a night spot check\"\nscreen start\n");
    hand_close();
}

/* A check from before there were PINs is under way: it goes on after one was chosen. */
static void a_check_from_before(void **state) {
    (void)state;
    open_unsealed("before");
    struct row r = row_new(&kind_visit);
    row_ref(&r, "service", hand_app->service);
    row_text(&r, "template", "NIGHT");
    row_int(&r, "started", hand_time.wall_ms);
    row_id visit = put_alone(app_journal(hand_app), &r);
    lock_act((struct intent){.kind = INTENT_hold,
                             .row = lock_person(app_journal(hand_app), "Quality lead")});
    lock_act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_walk, .row = visit}});
    PLAY(HAND_CHOOSE_PIN "screen walk\n");
    assert_true(hand_app->sealed);
    laws(app_journal(hand_app));
    hand_close();
}

/* ---- cut off ---- */

static void fill(struct journal *j) {
    OK(journal_begin(j));
    for (int i = 0; i < OBSERVATIONS; i++) {
        struct row r = row_new(&kind_observation);
        row_ref(&r, "service", hand_app->service);
        row_text(&r, "text", arena_printf(&hand_life, "Two care plans lay open, %d", i));
        OK(journal_put(j, &r));
    }
    OK(journal_commit(j));
}

static void begin_sealing(void) {
    struct journal *j = app_journal(hand_app);
    PLAY("tap \"Start a night spot check\"\nscreen pin\ntap \"Quality lead\"\n");
    type_secret(HAND_PIN);
    lock_act((struct intent){.kind = INTENT_pin_set, .row = lock_person(j, "Quality lead")});
    assert_int_equal(hand_app->lock.work, WORK_SEAL);
}

static void start_after(const char *dir, int *open, int *sealed) {
    hand_open_locked(dir);
    hand_play("");
    if (app_journal(hand_app)) {
        (*open)++;
        assert_false(hand_app->sealed);
        assert_string_equal(lock_at(), "pin");
    } else {
        (*sealed)++;
        PLAY("screen lock\n" LET_IN);
        assert_true(hand_app->sealed);
        assert_string_equal(lock_at(), "start");
    }
    assert_int_equal(hand_count("SELECT count(*) FROM observation"), OBSERVATIONS);
    laws(app_journal(hand_app));
    hand_close();
}

static void killed_while_sealing(void **state) {
    static char *dirs[MOMENTS_MOST];
    int n = 0, open = 0, sealed = 0;
    char *dir = open_unsealed("cut");
    (void)state;
    fill(app_journal(hand_app));
    begin_sealing();
    double part = 0;
    while (hand_app->lock.work) {
        lock_frame_once();
        if (hand_app->lock.part > 0) {
            assert_true(hand_app->lock.part >= part);
            part = hand_app->lock.part;
        }
        assert_true(n < MOMENTS_MOST);
        dirs[n] = arena_strdup(&hand_life, scratch(arena_printf(&hand_life, "cut%d", n)));
        hand_copy_as_killed(dir, dirs[n++]);
    }
    assert_true(hand_app->sealed);
    PLAY("screen start\n");
    hand_close();
    for (int i = 0; i<n; i += n> 24 && i < n - 4 ? n / 16 : 1)
        start_after(dirs[i], &open, &sealed);
    printf("figure: %d moments of sealing %d records cut off: %d open again, %d sealed\n",
           open + sealed, OBSERVATIONS, open, sealed);
    assert_true(open > 0 && sealed > 0);
}

static void closed_while_sealing(void **state) {
    int open = 0, sealed = 0;
    char *dir = open_unsealed("closed");
    (void)state;
    fill(app_journal(hand_app));
    begin_sealing();
    for (int i = 0; i < 4; i++)
        lock_frame_once();
    assert_non_null(hand_app->lock.sealing);
    hand_close();
    start_after(dir, &open, &sealed);
    assert_int_equal(open, 1);
    /* and then for good */
    hand_open(dir);
    type_secret(HAND_PIN);
    lock_act((struct intent){.kind = INTENT_pin_set,
                             .row = lock_person(app_journal(hand_app), "Quality lead")});
    until_idle();
    assert_true(hand_app->sealed);
    PLAY("screen start\n");
    hand_close();
}

/* ---- afterwards ---- */

static void changed_added_removed(void **state) {
    (void)state;
    char *dir = lock_dir("change", true);
    PLAY("tap \"QL\"\n" LET_IN "screen home\n");
    struct journal *j = app_journal(hand_app);
    row_id lead = lock_person(j, "Quality lead"),
           other = lock_person(j, "Nominated individual");
    lock_open_gate(PIN_LEAD);
    /* what is too easy, or not the same twice, changes nothing */
    type_secret("111111");
    lock_act((struct intent){.kind = INTENT_pin_set, .row = lead});
    assert_int_equal(hand_app->lock.work, WORK_NONE);
    type_secret("604817");
    lock_act((struct intent){.kind = INTENT_pin_set, .row = lead});
    until_idle();
    type_secret("937150");
    lock_act((struct intent){.kind = INTENT_pin_set, .row = other});
    until_idle();
    assert_int_equal(journal_holder(j), lead); /* giving a PIN hands nothing over */
    lock_act((struct intent){.kind = INTENT_pin_remove,
                             .row = lock_person(j, "Operations director")});
    assert_int_equal(hand_app->problem.status, STATUS_OK);
    hand_close();
    hand_open_locked(dir);
    PLAY("screen lock\ntap \"Somebody else\"\nexpect \"QL\"\nexpect \"NI\"\nabsent \"OD\"\n"
         "tap \"QL\"\npin " HAND_PIN "\ntap \"Open\"\nexpect \"That is not the PIN\"\n"
         "tap \"Somebody else\"\ntap \"NI\"\npin 937150\ntap \"Open\"\nscreen home\n"
         "expect \"Nominated individual\"\n");
    /* the last one stays */
    lock_open_gate("937150");
    lock_act((struct intent){.kind = INTENT_pin_remove, .row = lead});
    lock_act((struct intent){.kind = INTENT_pin_remove, .row = other});
    assert_int_equal(hand_app->problem.status, STATUS_INVALID);
    laws(app_journal(hand_app));
    hand_close();
}

static void the_same_initials(void **state) {
    (void)state;
    char *dir = lock_dir("initials", false);
    PLAY(LET_IN);
    struct row r = row_new(&kind_person);
    row_text(&r, "label", "Quiet listener");
    row_text(&r, "side", "provider");
    row_id twin = put_alone(app_journal(hand_app), &r);
    lock_open_gate(PIN_LEAD);
    type_secret("937150");
    lock_act((struct intent){.kind = INTENT_pin_set, .row = twin});
    until_idle();
    hand_close();
    hand_open_locked(dir);
    PLAY("tap \"Somebody else\"\nexpect \"QL2\"\n");
    hand_close();
}

/* ---- the office's code, without an office: the box is opened with a key of the test's ---- */

static char *code_of(struct journal *j, const uint8_t secret[KEY_BYTES]) {
    struct query q;
    char *code = NULL;
    query_open(&q, j, "SELECT box FROM access WHERE what = 'code_made' ORDER BY id DESC", 0);
    if (query_next(&q)) {
        size_t n = 0;
        const void *box = query_bytes(&q, 0, &n);
        code = arena_take(&hand_life, n + 1);
        assert_true(key_seal_open(secret, box, n, (uint8_t *)code));
    }
    OK(query_close(&q));
    assert_non_null(code);
    return code;
}

static void let_in_by_the_code(void **state) {
    uint8_t public_key[KEY_BYTES], secret[KEY_BYTES];
    char *dir = lock_dir("code", true);
    (void)state;
    key_pair(public_key, secret);
    PLAY("tap \"OD\"\npin " PIN_DIRECTOR "\ntap \"Open\"\nscreen home\n");
    PLAY(lock_start_check);
    OK(vault_code_renew(app_journal(hand_app), public_key));
    char *code = code_of(app_journal(hand_app), secret);
    hand_close();
    hand_open_locked(dir);
    PLAY(arena_printf(
        &hand_life, "tap \"Forgotten?\"\ntype \"%s\"\ntap \"Open\"\nsend\nscreen pin\n", code));
    assert_true(hand_app->lock.resetting);
    /* nothing else can be had */
    static const enum intent_kind others[] = {INTENT_home, INTENT_back, INTENT_sample,
                                              INTENT_hold, INTENT_export_to};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        lock_act((struct intent){.kind = others[i], .text = "x", .number = 1});
    lock_act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_settings}});
    PLAY("key Escape\nscreen pin\nexpect \"Whose PIN was forgotten?\"\nabsent \"Oak House\"\n");
    assert_false(hand_app->sample);
    /* locked again, or killed, before a PIN was chosen: the code still counts */
    PLAY("tap \"Cover\"\nwait 31s\nscreen lock\npin " PIN_DIRECTOR
         "\ntap \"Open\"\nscreen walk\n");
    assert_false(hand_app->lock.resetting);
    PLAY("tap \"Interrupted\"\ntap \"Cover\"\nwait 31s\n");
    PLAY(arena_printf(&hand_life,
                      "tap \"Forgotten?\"\ntype \"%s\"\ntap \"Open\"\nsend\nscreen pin\n"
                      "tap \"Quality lead\"\npin 604817\ntap \"Next\"\npin 604817\n"
                      "tap \"Keep it\"\nsend\nscreen walk\n",
                      code));
    struct journal *j = app_journal(hand_app);
    assert_int_equal(journal_holder(j), lock_person(j, "Quality lead"));
    assert_int_equal(lock_events("handed_over"), 1);
    assert_int_equal(hand_count("SELECT count(*) FROM access WHERE what = 'pin_reset'"), 1);
    laws(j);
    /* used up */
    PLAY("tap \"Cover\"\nwait 31s\nscreen lock\ntap \"Forgotten?\"\n"
         "expect \"cannot be opened without the PIN\"\ntap \"Back\"\nexpect \"QL\"\n"
         "absent \"OD\"\npin 604817\ntap \"Open\"\nscreen walk\n");
    hand_close();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(asked_before_the_first_check), cmocka_unit_test(in_words_as_well),
        cmocka_unit_test(the_sample_asks_for_none),     cmocka_unit_test(a_check_from_before),
        cmocka_unit_test(killed_while_sealing),         cmocka_unit_test(closed_while_sealing),
        cmocka_unit_test(changed_added_removed),        cmocka_unit_test(the_same_initials),
        cmocka_unit_test(let_in_by_the_code),
    };
    int failed = cmocka_run_group_tests_name("lock_first", tests, NULL, NULL);
    arena_release(&hand_life);
    return failed;
}
