/* test_confided.c -- a worker speaks during a check, and nothing of it is to be found: on no
 * screen, in no timeline, in no file, in no bundle; only the reader's key opens it.
 *
 * needs: platform app screen model ui media care sync store base
 *
 * Two tablets walk the same check at the same moments. On one a worker is heard in confidence,
 * on the other nothing is kept. Every screen must look the same, thing by thing, on both. */
#include "locked_hand.h"

#include "app/act_care.h"
#include "care/confidence.h"
#include "screen/heard_pieces.h"
#include "sync/bundle.h"

#define WORD_TEXT "zebrafinch"
#define WORD_HOW  "quokkapost"
#define WORD_ROLE "wombatrole"
#define WORD_ASK  "narwhalask" /* said to a question of the guide */
#define TICK      "enough=no"  /* and a small answer to it */
static const char *const planted[] = {WORD_TEXT, WORD_HOW, WORD_ROLE, WORD_ASK, TICK};
#define PLANTED (sizeof planted / sizeof planted[0])

static uint8_t reader_secret[KEY_BYTES];

static void add_reader(struct journal *j, const char *label, bool provider) {
    uint8_t key[KEY_BYTES], secret[KEY_BYTES];
    struct row r = row_new(&kind_reader);
    key_pair(key, secret);
    if (provider) memcpy(reader_secret, secret, sizeof secret);
    row_text(&r, "code", label);
    row_text(&r, "label", label);
    row_bytes(&r, "key", key, sizeof key);
    row_int(&r, "provider", provider);
    OK(journal_put_alone(j, &r));
}

static char *make_tablet(const char *name) {
    char *dir = arena_strdup(&hand_life, scratch(name));
    lock_new_tablet(dir, true);
    struct journal *j = lock_journal(dir);
    add_reader(j, "Nominated individual", true);
    add_reader(j, "Speak-up guardian", false);
    journal_close(j);
    return dir;
}

static void let_in(const char *dir) {
    hand_time = (struct clock_manual){.wall_ms = NIGHT_0241, .boot_ms = 1000000};
    hand_open_locked(dir);
    PLAY("tap \"QL\"\n" LET_IN);
}

static char *tablet_with_readers(const char *name) {
    char *dir = make_tablet(name);
    let_in(dir);
    return dir;
}

static void at_minute(int64_t minutes) {
    hand_time.wall_ms = NIGHT_0241 + minutes * 60000;
    hand_time.boot_ms = 1000000 + minutes * 60000;
    app_touched(hand_app);
}

static void begin_check(void) {
    PLAY(lock_start_check);
    PLAY("press \"Met\" in \"Nothing is filled in for later tonight\"\n");
}

static void to_the_words(void) {
    PLAY("tap \"Heard something\"\ntap \"Staff\"\nabsent \"What they want to say\"\n"
         "absent \"Questions\"\ntap \"Provider only\"\npress \"Questions\"\nwait 2s\n"
         "press \"Next prompt\"\nwait 2s\n"
         "expect \"“Enough hands on your last shift? Time to sit down?”\"\n"
         "press \"In their own words\"\ntype \"Two for forty, " WORD_ASK "\"\n"
         "press \"No\" in \"Were there enough of you?\"\n"
         "press \"What they want to say\"\n"
         "type \"They sign for turns nobody did, " WORD_TEXT "\"\n");
}

static void confide(void) {
    to_the_words();
    PLAY("reach \"Their role, only if they want it said\"\n"
         "press \"A safe way to answer them: not at work, not through the manager\"\n"
         "type \"by " WORD_HOW "\"\npress \"Their role, only if they want it said\"\n"
         "type \"" WORD_ROLE "\"\nkey \"Escape\"\n");
    if (text_equal(app_screen_name(hand_app), "heard")) PLAY("tap \"Keep\"\n");
    PLAY("screen walk\nexpect \"Kept\"\n");
}

static void keep_nothing(void) {
    PLAY("tap \"Heard something\"\ntap \"Staff\"\n"
         "tap \"Do not keep it, tell me how to speak up\"\ntap \"Close\"\nscreen walk\n");
}

/* ---- every screen, thing by thing ---- */

static void no_planted_word(const char *text, const char *where) {
    for (size_t i = 0; i < PLANTED; i++)
        if (strstr(text, planted[i])) fail_msg("%s shows \"%s\"", where, planted[i]);
}

static void add_dump(struct buf *all, const char *what) {
    struct buf b = {0};
    for (int i = 0; i < 4; i++)
        lock_frame_once();
    ui_dump(app_ui(hand_app), &b);
    no_planted_word(buf_str(&b), what);
    buf_printf(all, "==== %s\n%s\n", what, buf_str(&b));
    buf_release(&b);
}

static void visit_screens(struct buf *all, row_id visit) {
    static const enum screen_id screens[] = {
        SCREEN_home,   SCREEN_walk,    SCREEN_actions, SCREEN_past,     SCREEN_finish,
        SCREEN_show,   SCREEN_morning, SCREEN_send,    SCREEN_settings, SCREEN_check,
        SCREEN_people, SCREEN_saw,     SCREEN_raise,   SCREEN_danger,   SCREEN_identity};
    for (size_t i = 0; i < sizeof screens / sizeof screens[0]; i++) {
        enum screen_id s = screens[i];
        bool of_visit = s == SCREEN_walk || s == SCREEN_finish || s == SCREEN_show ||
                        s == SCREEN_morning || s == SCREEN_check || s == SCREEN_saw;
        if (s == SCREEN_danger) continue; /* there is none */
        lock_act((struct intent){.kind = INTENT_go,
                                 .to = {.screen = (int32_t)s, .row = of_visit ? visit : 0}});
        add_dump(all, screen_of(s)->name);
        lock_act((struct intent){.kind = INTENT_back});
    }
}

static row_id the_visit(void) {
    return hand_count("SELECT id FROM visit WHERE withdrawn = 0");
}

/* One night: the check, the talk, one more answer, at moments that are the same for both. The
 * same tablet twice, so that its key and the codes made of it are the same. */
static void night(const char *made, bool kept, struct buf *all) {
    const char *dir = scratch("night");
    hand_copy_as_killed(made, dir);
    let_in(dir);
    begin_check();
    at_minute(1);
    if (kept)
        confide();
    else
        keep_nothing();
    at_minute(2);
    PLAY("wait 8s\n"); /* the toast goes */
    PLAY("press \"Met\" in \"A trained worker on this shift carries the keys\"\n");
    at_minute(3);
    visit_screens(all, the_visit());
}

/* Drawn by lot for each check, of this machine's disk, or a count of records of all kinds
 * together. */
static bool may_differ(const char *line, size_t n) {
    static const char *const says[] = {"record", " · code ", " MB are free"};
    for (size_t i = 0; i < sizeof says / sizeof says[0]; i++) {
        const char *at = strstr(line, says[i]);
        if (at && at < line + n) return true;
    }
    return false;
}

static void same_but_counts(const char *with, const char *without) {
    int differ = 0, lines = 0;
    while (*with && *without) {
        size_t n = strcspn(with, "\n"), k = strcspn(without, "\n");
        bool same = n == k && memcmp(with, without, n) == 0;
        if (!same && !may_differ(with, n)) {
            if (differ < 8)
                print_error("with:    %.*s\nwithout: %.*s\n", (int)n, with, (int)k, without);
            differ++;
        }
        lines++;
        with += n + (with[n] == '\n');
        without += k + (without[k] == '\n');
    }
    printf("figure: %d things on 14 screens compared\n", lines);
    assert_true(lines > 300);
    assert_int_equal(differ, 0);
    assert_true(!*with && !*without);
}

static void nothing_on_any_screen_tells(void **state) {
    struct buf with = {0}, without = {0};
    (void)state;
    char *made = make_tablet("made");
    night(made, true, &with);
    assert_int_equal(hand_count("SELECT count(*) FROM confidence"), 1);
    assert_int_equal(hand_count("SELECT count(*) FROM feedback"), 0);
    assert_int_equal(hand_count("SELECT count(*) FROM danger"), 0);
    assert_int_equal(hand_count("SELECT count(*) FROM action"), 0);
    int64_t events = hand_count("SELECT count(*) FROM event");
    hand_close();
    night(made, false, &without);
    assert_int_equal(hand_count("SELECT count(*) FROM confidence"), 0);
    assert_int_equal(hand_count("SELECT count(*) FROM event"), events);
    hand_close();
    same_but_counts(buf_str(&with), buf_str(&without));
    buf_release(&with);
    buf_release(&without);
}

/* ---- the record, the box, the files ---- */

static void the_box_opens_for_its_reader(struct journal *j) {
    struct query q;
    struct confidence c;
    uint8_t plain[60000], other[KEY_BYTES], key[KEY_BYTES];
    size_t n = 0;
    query_open(&q, j, "SELECT box FROM confidence WHERE withdrawn = 0", 0);
    assert_true(query_next(&q));
    const uint8_t *box = query_bytes(&q, 0, &n);
    key_pair(key, other);
    assert_false(key_seal_open(other, box, n, plain));
    assert_true(key_seal_open(reader_secret, box, n, plain));
    OK(confidence_read(&hand_life, plain, n - KEY_SEAL_OVER, &c));
    OK(query_close(&q));
    assert_string_equal(c.about, "staff_said");
    assert_string_equal(c.text, "They sign for turns nobody did, " WORD_TEXT);
    assert_int_equal(c.said_count, 1);
    assert_string_equal(c.said[0].prompt, "SF04");
    assert_string_equal(c.said[0].question,
                        "“Enough hands on your last shift? Time to sit down?”");
    assert_string_equal(c.said[0].text, "Two for forty, " WORD_ASK);
    assert_string_equal(c.said[0].list, TICK);
    assert_string_equal(c.said[0].marks, "Were there enough of you? No");
    assert_string_equal(c.answer_how, "by " WORD_HOW);
    assert_string_equal(c.role, WORD_ROLE);
    assert_string_equal(c.checker, "Quality lead");
    assert_string_equal(c.service, "OAK");
    assert_string_equal(c.service_name, "Oak House");
    assert_int_equal(c.day, london_day(NIGHT_0241));
}

static void it_bears_a_date_and_nobody(struct journal *j) {
    int64_t noon = london_to_ms(2026, 11, 22, 12, 0);
    assert_int_equal(query_one_int(j, -1, "SELECT at FROM confidence", 0), noon);
    assert_int_equal(query_one_int(j, -1, "SELECT made_at FROM confidence", 0), noon);
    assert_int_equal(query_one_int(j, -1,
                                   "SELECT coalesce(\"by\", 0) + coalesce(made_by, 0) FROM "
                                   "confidence",
                                   0),
                     0);
}

/* Its stamp and that of the salt made for it say the day, and that it came after the record
 * before; never the moment. */
static void nothing_beside_it_bears_the_time(struct journal *j) {
    row_id row = query_one_int(j, 0, "SELECT id FROM confidence", 0);
    int64_t noon = london_to_ms(2026, 11, 22, 12, 0);
    assert_int_equal(query_one_int(j, 0, "SELECT kind FROM journal WHERE id = ?1", 1, row - 1),
                     KIND_salt);
    assert_int_equal(query_one_int(j, 0, "SELECT at FROM journal WHERE id = ?1", 1, row - 1),
                     noon);
    int64_t before = query_one_int(j, 0, "SELECT hlc FROM journal WHERE id = ?1", 1, row - 2);
    assert_true(before > 0);
    for (int i = 0; i < 2; i++)
        assert_int_equal(
            query_one_int(j, 0, "SELECT hlc FROM journal WHERE id = ?1", 1, row - 1 + i),
            before + 1 + i);
}

static void file_holds_none(const char *path) {
    struct buf b = {0};
    if (!file_exists(path)) return;
    OK(file_read(path, 256 << 20, &b));
    for (size_t w = 0; w < PLANTED; w++)
        for (size_t i = 0, n = strlen(planted[w]); i + n <= b.size; i++)
            if (memcmp(b.data + i, planted[w], n) == 0)
                fail_msg("%s holds \"%s\"", path, planted[w]);
    buf_release(&b);
}

static void folder_holds_none(const char *dir) {
    static const char *const names[] = {"lantern.db",     "lantern.db-wal", "lantern.db-shm",
                                        "lantern.db.key", "lantern.log",    "lantern.log.1",
                                        "b.lantern"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        file_holds_none(path_join(&hand_life, dir, names[i]));
}

/* The mark outlives the box, so that the erasure stands beside no check either. */
static void erased_it_stays_in_confidence(struct journal *j) {
    row_id row = query_one_int(j, 0, "SELECT id FROM confidence", 0);
    OK(journal_erase(j, row, "asked for", 20800, NULL));
    assert_int_equal(query_one_int(j, 0, "SELECT restricted FROM erase", 0), 1);
    laws(j);
}

static void no_file_and_no_bundle_tells(void **state) {
    (void)state;
    char *dir = tablet_with_readers("files"), *bundle = path_join(&hand_life, dir, "b.lantern");
    struct export_summary sum;
    struct merge_summary merged;
    struct clock_manual there = {.wall_ms = NIGHT_0241 + 3600000, .boot_ms = 5};
    begin_check();
    confide();
    the_box_opens_for_its_reader(app_journal(hand_app));
    it_bears_a_date_and_nobody(app_journal(hand_app));
    nothing_beside_it_bears_the_time(app_journal(hand_app));
    laws(app_journal(hand_app));
    folder_holds_none(dir);
    OK(export_all(app_journal(hand_app), &(struct export_options){.path = bundle}, &sum));
    hand_close();
    folder_holds_none(dir);
    OK(file_make_dirs(scratch("office")));
    char *office = path_join(&hand_life, scratch("office"), "lantern.db");
    struct journal *j = open_device(office, &there, "office");
    OK(merge_file(j, &(struct merge_options){.path = bundle, .trust = true}, &merged));
    assert_int_equal(query_one_int(j, 0, "SELECT count(*) FROM confidence", 0), 1);
    the_box_opens_for_its_reader(j);
    it_bears_a_date_and_nobody(j);
    laws(j);
    erased_it_stays_in_confidence(j);
    journal_close(j);
    folder_holds_none(scratch("office"));
}

static void of_one_worker_nothing_is_in_the_check(void **state) {
    (void)state;
    char *dir = tablet_with_readers("conduct");
    begin_check();
    PLAY("tap \"Saw something\"\ntap \"Concern\"\ntap \"What did you see?\"\n"
         "type \"Asleep, " WORD_TEXT "\"\nreach \"This is about how one worker behaved\"\n"
         "tap \"This is about how one worker behaved\"\nexpect \"Do this first\"\n"
         "press \"From\"\ntype \"02:10\"\npress \"To\"\ntype \"02:35\"\n"
         "press \"I asked: no\"\npress \"What did they say about it?\"\n"
         "type \"" WORD_HOW "\"\npress \"Who else saw it?\"\ntype \"" WORD_ROLE "\"\n"
         "tap \"Keep\"\nscreen walk\nexpect \"Kept\"\n");
    assert_int_equal(hand_count("SELECT count(*) FROM confidence"), 1);
    assert_int_equal(hand_count("SELECT count(*) FROM observation"), 0);
    assert_int_equal(hand_count("SELECT count(*) FROM draft WHERE key LIKE 'field/confide/%'"),
                     0);
    it_bears_a_date_and_nobody(app_journal(hand_app));
    hand_close();
    folder_holds_none(dir);
}

/* ---- the writer's own ---- */

static int64_t own_copies(void) {
    return hand_count("SELECT count(*) FROM draft WHERE key LIKE 'confided/%'");
}

static void the_writer_reads_it_and_nobody_else(void **state) {
    (void)state;
    tablet_with_readers("writer");
    begin_check();
    confide();
    assert_int_equal(own_copies(), 1);
    PLAY("tap \"Heard something\"\ntap \"Written in confidence, not sent yet: read it\"\n"
         "expect \"" WORD_TEXT "\"\nexpect \"" WORD_ASK "\"\n"
         "expect \"for Nominated individual\"\n"
         "key \"Escape\"\ntap \"Close\"\nscreen walk\n");
    journal_hold(app_journal(hand_app),
                 lock_person(app_journal(hand_app), "Operations director"));
    PLAY("tap \"Heard something\"\nabsent \"Written in confidence, not sent yet: read it\"\n"
         "tap \"Close\"\n");
    journal_hold(app_journal(hand_app), lock_person(app_journal(hand_app), "Quality lead"));
    hand_close();
}

/* Any PIN opens People and PINs. Whoever there takes away a writer's PIN, or gives one of their
 * own choosing, or comes in with the office's code, must not read what that person wrote. */
static void a_new_pin_opens_no_words(void **state) {
    enum { REMOVED, GIVEN, BY_CODE, WAYS };
    (void)state;
    for (int way = 0; way < WAYS; way++) {
        tablet_with_readers(arena_printf(&hand_life, "new-pin-%d", way));
        begin_check();
        confide();
        PLAY("wait 8s\n");
        to_the_words();
        PLAY("wait 2s\n");
        row_id lead = lock_person(app_journal(hand_app), "Quality lead");
        PLAY("tap \"Cover\"\nwait 31s\nscreen lock\ntap \"Somebody else\"\ntap "
             "\"OD\"\npin " PIN_DIRECTOR "\ntap \"Open\"\nscreen walk\ntap \"Interrupted\"\n");
        assert_int_equal(own_copies(), 1);
        struct secret *k = &hand_app->room->secret;
        if (way != BY_CODE) lock_open_gate(PIN_DIRECTOR);
        hand_app->lock.resetting = way == BY_CODE;
        text_copy(k->first, sizeof k->first, "604817");
        text_copy(k->typed, sizeof k->typed, "604817");
        lock_act((struct intent){.kind = way == REMOVED ? INTENT_pin_remove : INTENT_pin_set,
                                 .row = lead});
        for (int i = 0; i < 200 && own_copies(); i++)
            lock_frame_once();
        assert_int_equal(own_copies(), 0);
        assert_int_equal(hand_count("SELECT count(*) FROM draft WHERE key LIKE "
                                    "'field/confide/%'"),
                         0);
        assert_int_equal(hand_count("SELECT count(*) FROM confidence WHERE withdrawn = 0"), 1);
        hand_close();
    }
}

/* Their own new PIN leaves it. */
static void ones_own_new_pin_keeps_them(void **state) {
    (void)state;
    tablet_with_readers("own-pin");
    begin_check();
    confide();
    struct secret *k = &hand_app->room->secret;
    row_id lead = lock_person(app_journal(hand_app), "Quality lead");
    lock_open_gate(PIN_LEAD);
    text_copy(k->first, sizeof k->first, "604817");
    text_copy(k->typed, sizeof k->typed, "604817");
    lock_act((struct intent){.kind = INTENT_pin_set, .row = lead});
    for (int i = 0; i < 200; i++)
        lock_frame_once();
    assert_int_equal(hand_count("SELECT count(*) FROM access WHERE what = 'pin_changed'"), 1);
    assert_int_equal(own_copies(), 1);
    hand_close();
}

static void it_can_be_taken_back_at_once(void **state) {
    (void)state;
    tablet_with_readers("undone");
    begin_check();
    confide();
    PLAY("tap \"Undo\"\nscreen walk\n");
    assert_int_equal(hand_count("SELECT count(*) FROM confidence WHERE withdrawn = 0"), 0);
    assert_int_equal(own_copies(), 0);
    PLAY("tap \"Heard something\"\nabsent \"Written in confidence, not sent yet: read it\"\n");
    hand_close();
}

static void nobody_else_takes_it_back(void **state) {
    (void)state;
    tablet_with_readers("not-undone");
    begin_check();
    confide();
    hold_person(hand_app, lock_person(app_journal(hand_app), "Operations director"));
    PLAY("tap \"Undo\"\nscreen walk\n");
    assert_int_equal(hand_count("SELECT count(*) FROM confidence WHERE withdrawn = 0"), 1);
    hand_close();
}

static void a_bundle_and_a_seal_take_it_away(void **state) {
    (void)state;
    char *dir = tablet_with_readers("sent");
    begin_check();
    confide();
    assert_int_equal(own_copies(), 1);
    lock_act((struct intent){.kind = INTENT_export_to, .text = dir});
    for (int i = 0; i < 200 && own_copies(); i++)
        lock_frame_once();
    assert_int_equal(own_copies(), 0);
    confide();
    assert_int_equal(own_copies(), 1);
    lock_act((struct intent){.kind = INTENT_visit_seal, .row = the_visit(), .text = "good"});
    assert_int_equal(hand_count("SELECT count(*) FROM seal"), 1);
    assert_int_equal(own_copies(), 0);
    hand_close();
}

/* Half typed: a draft that is sealed at rest and comes back only to who typed it. */
static void half_typed_it_survives_the_lock_for_its_writer(void **state) {
    (void)state;
    char *dir = tablet_with_readers("half");
    begin_check();
    to_the_words();
    PLAY("wait 2s\ntap \"Cover\"\nwait 31s\nscreen lock\n");
    folder_holds_none(dir);
    PLAY("tap \"Somebody else\"\ntap \"OD\"\npin " PIN_DIRECTOR "\ntap \"Open\"\n");
    PLAY("screen walk\nabsent \"" WORD_TEXT "\"\n");
    PLAY("tap \"Interrupted\"\ntap \"Heard something\"\nabsent \"Who may read this?\"\ntap "
         "\"Close\"\n");
    PLAY("tap \"Cover\"\nwait 31s\nscreen lock\ntap \"Somebody else\"\ntap \"QL\"\n" LET_IN);
    PLAY("tap \"Interrupted\"\ntap \"Heard something\"\ntap \"Staff\"\ntap \"Provider only\"\n"
         "reach \"What they want to say\"\nexpect \"" WORD_TEXT "\"\n"
         "press \"Questions\"\nwait 2s\npress \"Next prompt\"\nwait 2s\n"
         "expect \"" WORD_ASK "\"\n");
    hand_close();
}

/* Whoever comes in next sees neither that a worker spoke nor that it was about one. */
static void the_next_hand_does_not_see_what_it_was_about(void **state) {
    (void)state;
    tablet_with_readers("next-hand");
    begin_check();
    PLAY("tap \"Saw something\"\nreach \"This is about how one worker behaved\"\n"
         "tap \"This is about how one worker behaved\"\nexpect \"Do this first\"\n"
         "tap \"Cover\"\nwait 31s\nscreen lock\n"
         "tap \"Somebody else\"\ntap \"OD\"\npin " PIN_DIRECTOR "\ntap \"Open\"\n"
         "screen walk\nabsent \"Do this first\"\n"
         "tap \"Interrupted\"\ntap \"Saw something\"\nabsent \"Do this first\"\n");
    hand_close();
}

/* The end of a battery on that screen is on the record of the check; the screen is not. */
static void where_a_crash_found_one_is_not_told(void **state) {
    (void)state;
    char *dir = tablet_with_readers("crash");
    char *killed = arena_strdup(&hand_life, scratch("crash-killed"));
    begin_check();
    to_the_words();
    PLAY("wait 2s\n");
    hand_copy_as_killed(dir, killed);
    hand_close();
    lock_pass(60000);
    hand_open_locked(killed);
    PLAY("screen lock\n" LET_IN "screen heard\n");
    assert_int_equal(lock_events("resumed_app"), 1);
    assert_int_equal(hand_count("SELECT count(*) FROM event WHERE coalesce(place, '') <> ''"),
                     0);
    hand_close();
}

static void an_open_tablet_keeps_nothing(void **state) {
    (void)state;
    char *dir = arena_strdup(&hand_life, scratch("open-one"));
    hand_new_tablet(dir);
    struct clock_manual now = hand_time;
    struct journal *j = open_device(path_join(&hand_life, dir, "lantern.db"), &now, "tablet");
    add_reader(j, "Nominated individual", true);
    journal_close(j);
    hand_open(dir);
    lock_frame_once();
    struct confide_intent k = {.about = "staff_said",
                               .text = WORD_TEXT,
                               .reader = hand_count("SELECT id FROM reader"),
                               .service = hand_count("SELECT id FROM service")};
    assert_true(k.reader > 0);
    lock_act((struct intent){.kind = INTENT_confide, .detail = &k});
    assert_int_equal(hand_count("SELECT count(*) FROM confidence"), 0);
    assert_int_equal(own_copies(), 0);
    hand_close();
    folder_holds_none(dir);
}

/* From the talk to the PIN and back into the talk: the route is still chosen. */
static void a_pin_is_chosen_on_the_way(void **state) {
    (void)state;
    char *dir = arena_strdup(&hand_life, scratch("on-the-way"));
    hand_new_tablet(dir);
    struct clock_manual now = hand_time;
    struct journal *j = open_device(path_join(&hand_life, dir, "lantern.db"), &now, "tablet");
    add_reader(j, "Nominated individual", true);
    journal_close(j);
    hand_open_locked(dir);
    PLAY("tap \"Who holds this?\"\ntap \"Quality lead\"\ntap \"Heard something\"\n"
         "tap \"Staff\"\ntap \"Provider only\"\nabsent \"What they want to say\"\n"
         "reach \"This tablet cannot lock yet.\"\n"
         "press \"Choose a PIN first\" in \"This tablet cannot lock yet.\"\n" HAND_CHOOSE_PIN
         "screen heard\npress \"What they want to say\"\ntype \"" WORD_TEXT "\"\n"
         "tap \"Keep\"\nscreen home\nexpect \"Kept\"\n");
    assert_true(journal_at_rest_sealed(app_journal(hand_app)));
    assert_int_equal(hand_count("SELECT count(*) FROM confidence"), 1);
    hand_close();
    folder_holds_none(dir);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_on_any_screen_tells),
        cmocka_unit_test(no_file_and_no_bundle_tells),
        cmocka_unit_test(of_one_worker_nothing_is_in_the_check),
        cmocka_unit_test(the_writer_reads_it_and_nobody_else),
        cmocka_unit_test(a_new_pin_opens_no_words),
        cmocka_unit_test(ones_own_new_pin_keeps_them),
        cmocka_unit_test(it_can_be_taken_back_at_once),
        cmocka_unit_test(nobody_else_takes_it_back),
        cmocka_unit_test(a_bundle_and_a_seal_take_it_away),
        cmocka_unit_test(half_typed_it_survives_the_lock_for_its_writer),
        cmocka_unit_test(the_next_hand_does_not_see_what_it_was_about),
        cmocka_unit_test(where_a_crash_found_one_is_not_told),
        cmocka_unit_test(an_open_tablet_keeps_nothing),
        cmocka_unit_test(a_pin_is_chosen_on_the_way),
    };
    return cmocka_run_group_tests_name("confided", tests, NULL, NULL);
}
