/* test_app.c -- the conductor: leaving at any moment and coming back, undo, idle, reminders,
 * backup.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * How leaving is proved: the whole night of tests/scripts/night.txt is played. Between touches
 * the database, its write-ahead log and its key are copied as they lie on the disk, which is
 * what a kill at that moment leaves, together with what stood on the screen. Each copy is then
 * opened as the next start would, and must show the same screen, the same sheet, the same words
 * in every field and the same chosen buttons, stopwatches running and the cover still down.
 */
#include "app_hand.h"

#include "app/backup.h"

#define MOMENTS_MOST 160

struct moment {
    char *dir, *line;
    const char *screen;
    char **things; /* what must be there again */
    size_t count;
    int64_t wall, boot;
    bool rested; /* two seconds after the last touch: where the page is scrolled to is kept too
                  */
};
static struct moment moments[MOMENTS_MOST];
static int moments_count;

static bool every(int n) {
    const char *all = getenv("LANTERN_TEST_ALL");
    return (all && *all) || n % 3 == 0;
}

/* ---- what stands on the screen ---- */

static bool passing(const char *name) {
    static const char *const words[] = {"Saved", "Undo", "min", "Kept", " s", ":"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strstr(name, words[i])) return true;
    return false;
}

/* Fields with their words, sheets, chosen things, whatever is in view. Clocks and toasts pass.
 */
static bool lasting(const struct ui_thing *t) {
    if (!t->name || t->visible.h < 2 || t->covered) return false;
    if (text_equal(t->type, "sheet")) return true;
    if (text_equal(t->type, "field")) return !text_blank(t->value);
    return text_equal(t->type, "button") && t->state && strstr(t->state, "selected") &&
           !passing(t->name);
}

static size_t note_things(char **out, size_t room) {
    const struct ui_thing *t;
    size_t n = ui_things(app_ui(hand_app), &t), count = 0;
    for (size_t i = 0; i < n && count < room; i++)
        if (lasting(&t[i]))
            out[count++] = arena_printf(&hand_life, "%s \"%s\" \"%s\"", t[i].type, t[i].name,
                                        t[i].value ? t[i].value : "");
    return count;
}

static void note_moment(const char *from, const char *line, bool rested) {
    enum { MOST = 400 };
    if (moments_count == MOMENTS_MOST) fail_msg("more moments than room");
    struct moment *m = &moments[moments_count];
    m->dir = arena_strdup(&hand_life, scratch(arena_printf(&hand_life, "m%d", moments_count)));
    m->line = arena_strdup(&hand_life, line);
    m->screen = app_screen_name(hand_app);
    m->things = ARENA_ARRAY(&hand_life, char *, MOST);
    m->count = note_things(m->things, MOST);
    m->rested = rested;
    m->wall = hand_time.wall_ms;
    m->boot = hand_time.boot_ms;
    hand_copy_as_killed(from, m->dir);
    moments_count++;
}

/* ---- leaving ---- */

static bool is_touch(const char *line) {
    static const char *const verbs[] = {"tap", "press", "type", "sign", "wait"};
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (text_starts(line, verbs[i])) return true;
    return false;
}

static bool is_played(const char *line) {
    return *line && *line != '#' && !text_starts(line, "shot") && !text_starts(line, "dump") &&
           !text_starts(line, "print");
}

static void play_night(const char *dir) {
    struct buf text = {0};
    OK(file_read("tests/scripts/night.txt", 1 << 20, &text));
    char *next = strstr(buf_str(&text), "tap \"Who holds this?\"");
    assert_non_null(next);
    for (int n = 0; next && *next;) {
        char *line = next, *end = strchr(line, '\n');
        if (end) *end = '\0';
        next = end ? end + 1 : NULL;
        if (!is_played(line)) continue;
        char *play = arena_printf(&hand_life, "%s\n", line);
        /* The night is slower here: a toast may lie on the next button. It goes. */
        if (!hand_play(play)) PLAY(arena_printf(&hand_life, "wait 7s\n%s", play));
        if (!is_touch(line) || !every(n++)) continue;
        note_moment(dir, line, false);
        if (n % 2) continue;
        PLAY("wait 3s\n");
        note_moment(dir, line, true);
    }
    buf_release(&text);
}

static bool has(char *const *list, size_t n, const char *want) {
    for (size_t i = 0; i < n; i++)
        if (text_equal(list[i], want)) return true;
    return false;
}

struct wanted {
    const char *value;
    bool found;
};

static void look_at_draft(void *ctx, const char *key, const void *p, size_t n) {
    struct wanted *w = ctx;
    (void)key;
    w->found |= strncmp(w->value, p, n) == 0;
}

/* Right after a touch the page may stand elsewhere; what was written is in the database. */
static bool kept_words(const char *thing) {
    if (!text_starts(thing, "field")) return true;
    const char *value = strstr(thing, "\" \"") + 3;
    struct query q;
    struct wanted w = {.value = value};
    if (draft_each(app_journal(hand_app), "field/", look_at_draft, &w) || w.found)
        return w.found;
    query_open(&q, app_journal(hand_app),
               "SELECT count(*) FROM answer WHERE note IS NOT NULL AND instr(?1, note) = 1", 0);
    query_bind_text(&q, 1, value);
    bool found = query_next(&q) && query_int(&q, 0) > 0;
    return !query_close(&q) && found;
}

static int missing(const struct moment *m, char *const *now, size_t n) {
    int lost = 0;
    for (size_t i = 0; i < m->count; i++) {
        const char *thing = m->things[i];
        if (has(now, n, thing)) continue;
        if (!m->rested && !text_starts(thing, "sheet") && kept_words(thing)) continue;
        print_error("after \"%s\": not there again: %s\n", m->line, m->things[i]);
        lost++;
    }
    return lost;
}

static int come_back(const struct moment *m) {
    enum { MOST = 400 };
    char **now = ARENA_ARRAY(&hand_life, char *, MOST);
    hand_time = (struct clock_manual){.wall_ms = m->wall + 3000, .boot_ms = m->boot + 3000};
    hand_open(m->dir);
    hand_play("");
    /* Letting in ends the cover, too. */
    bool covered = text_equal(m->screen, "cover") || text_equal(m->screen, "lock");
    int lost = covered ? !hand_shows("You stopped")
                       : !text_equal(app_screen_name(hand_app), m->screen);
    if (lost)
        print_error("after \"%s\": %s, was %s\n", m->line, app_screen_name(hand_app),
                    m->screen);
    if (!lost) lost = missing(m, now, note_things(now, MOST));
    laws(app_journal(hand_app));
    hand_close();
    return lost;
}

static void leaving_and_coming_back(void **state) {
    char *dir = arena_strdup(&hand_life, scratch("night"));
    char *stick = arena_strdup(&hand_life, scratch("stick"));
    int lost = 0;
    size_t seen = 0;
    (void)state;
    OK(file_make_dirs(stick));
    setenv("LANTERN_STICKS", stick, 1);
    hand_new_tablet(dir);
    hand_open(dir);
    play_night(dir);
    hand_close();
    for (int i = 0; i < moments_count; i++) {
        lost += come_back(&moments[i]);
        seen += moments[i].count;
    }
    printf("figure: left and come back at %d moments of a night, %zu things looked for, %d "
           "not there again\n",
           moments_count, seen, lost);
    assert_int_equal(lost, 0);
}

/* ---- the end that was none ---- */

static void open_check(const char *name, char **dir) {
    *dir = arena_strdup(&hand_life, scratch(name));
    hand_new_tablet(*dir);
    hand_open(*dir);
    PLAY(hand_start_check);
}

static void an_unclean_end_is_on_the_record(void **state) {
    static const char resumed[] = "SELECT count(*) FROM event WHERE sort = 'resumed_app'";
    char *dir, *killed = arena_strdup(&hand_life, scratch("killed"));
    (void)state;
    open_check("ends", &dir);
    hand_copy_as_killed(dir, killed);
    hand_close();
    hand_open(dir);
    assert_int_equal(hand_count(resumed), 0);
    hand_close();
    hand_time.wall_ms += 600000;
    hand_time.boot_ms += 600000;
    hand_open(killed);
    assert_int_equal(hand_count(resumed), 1);
    assert_true(hand_count("SELECT ms FROM event WHERE sort = 'resumed_app'") >= 600000);
    hand_close();
    hand_open(killed);
    assert_int_equal(hand_count(resumed), 1);
    hand_close();
}

/* ---- undo ---- */

/* What another touch would have written while the toast still stands. */
static void change_answer(const char *column, const char *value) {
    struct row r;
    OK(journal_row(app_journal(hand_app), &kind_answer, hand_count("SELECT id FROM answer"),
                   &hand_life, &r));
    row_text(&r, column, value);
    put_alone(app_journal(hand_app), &r);
}

static void undo_after_other_edits(void **state) {
    char *dir;
    (void)state;
    open_check("undo", &dir);
    /* taken back at once */
    PLAY("press \"Not met\" in \"Every worker who is paid to be awake\"\n"
         "press \"3 Harm likely\"\npress \"Raise action\" in \"Every worker who is paid\"\n"
         "press \"Before tonight 21:00\"\n");
    assert_int_equal(hand_count("SELECT count(*) FROM action WHERE withdrawn = 0"), 1);
    PLAY("tap \"Undo\"\n");
    assert_int_equal(hand_count("SELECT count(*) FROM action WHERE withdrawn = 0"), 0);
    /* another column of the same row since: only what was taken back comes back */
    PLAY("press \"Not met\" in \"Every worker who is paid to be awake\"\n");
    assert_int_equal(hand_count("SELECT count(*) FROM answer WHERE word = 'not_met'"), 0);
    change_answer("note", "Asleep");
    PLAY("tap \"Undo\"\n");
    assert_int_equal(
        hand_count("SELECT count(*) FROM answer WHERE word = 'not_met' AND note = 'Asleep'"),
        1);
    /* the very same thing since: that stays, and the person is told */
    PLAY("wait 7s\npress \"Not met\" in \"Every worker who is paid to be awake\"\n");
    change_answer("word", "partly");
    PLAY("tap \"Undo\"\nexpect \"changed again since\"\n");
    assert_int_equal(hand_count("SELECT count(*) FROM answer WHERE word = 'partly'"), 1);
    laws(app_journal(hand_app));
    hand_close();
}

static void undo_after_sealing_is_refused(void **state) {
    char *dir;
    (void)state;
    open_check("undo-sealed", &dir);
    PLAY("tap \"Finish\"\npress \"I'm leaving\"\n");
    assert_true(hand_shows("Undo"));
    /* sealed by another hand within the six seconds */
    struct journal *j = app_journal(hand_app);
    struct row seal = row_new(&kind_seal);
    row_ref(&seal, "visit", hand_count("SELECT id FROM visit"));
    put_alone(j, &seal);
    PLAY("tap \"Undo\"\nexpect \"This check is sealed\"\ntap \"I understand\"\n");
    assert_int_equal(hand_count("SELECT count(*) FROM visit WHERE \"left\" IS NOT NULL"), 1);
    laws(j);
    hand_close();
}

/* ---- left alone ---- */

static int awake_calls, awake_now, battery;

static void keep_awake(void *ctx, bool on) {
    (void)ctx;
    awake_calls++;
    awake_now = on;
}

static int battery_percent(void *ctx) {
    (void)ctx;
    return battery;
}

/* Frames as the loop would draw them: each after as long as the app asked to sleep. */
static int frames_in(int64_t ms) {
    int frames = 0, wait = 0;
    for (int64_t end = hand_time.boot_ms + ms; hand_time.boot_ms < end; frames++) {
        app_frame(hand_app, &wait);
        if (wait < 0 || wait > end - hand_time.boot_ms) wait = (int)(end - hand_time.boot_ms);
        if (wait < 1) wait = 1;
        hand_time.boot_ms += wait;
        hand_time.wall_ms += wait;
    }
    return frames;
}

static void left_alone(void **state) {
    char *dir;
    (void)state;
    hand_keep_awake = keep_awake;
    hand_battery = battery_percent;
    battery = 60;
    open_check("alone", &dir);
    PLAY("wait 61s\n");
    assert_int_equal(awake_calls, 1);
    assert_int_equal(awake_now, 1);
    int64_t drawn = ui_frames_drawn(app_ui(hand_app));
    int woken = frames_in(180000);
    printf("figure: %d wake-ups and %d frames drawn in three idle minutes\n", woken,
           (int)(ui_frames_drawn(app_ui(hand_app)) - drawn));
    assert_in_range(woken, 1, 4);
    assert_in_range(ui_frames_drawn(app_ui(hand_app)) - drawn, 0, 3);
    battery = 9;
    PLAY("tap \"The core round\"\nwait 3s\nexpect \"9 % battery\"\nwait 10s\n");
    assert_false(hand_shows("9 % battery"));
    PLAY("wait 4m\nscreen walk\nwait 61s\nscreen cover\n");
    assert_int_equal(awake_now, 0);
    PLAY("tap \"Covered. Touch to come back.\"\ntap \"Interrupted\"\nscreen walk\n");
    assert_int_equal(hand_count("SELECT count(*) FROM event WHERE sort = 'cover'"), 1);
    OK(local_put(app_journal(hand_app), "auto_cover_minutes", "0"));
    PLAY("tap \"First ten minutes\"\ntap \"Time a bell\"\nwait 30m\nscreen walk\n");
    hand_close();
    assert_int_equal(awake_now, 0);
    hand_keep_awake = NULL;
    hand_battery = NULL;
}

/* A byte of a record's body is changed under the app: an idle minute finds it and says so. */
static void damage_is_told(void **state) {
    char *dir;
    (void)state;
    open_check("damage", &dir);
    hand_close();
    char *line = arena_printf(&hand_life,
                              "python3 -c \"import sqlite3; d=sqlite3.connect('%s/lantern.db');"
                              "d.execute('UPDATE journal SET body = zeroblob(length(body)) "
                              "WHERE rowid = (SELECT max(rowid) - 3 FROM journal)');"
                              "d.commit()\"",
                              dir);
    assert_int_equal(system(line), 0);
    hand_open(dir);
    PLAY("wait 3m\nexpect \"not as it was written\"\n"
         "tap \"Save everything on a stick\"\nscreen send\n");
    hand_close();
}

/* ---- stopwatches ---- */

static void a_second_worker_is_waited_for(void **state) {
    char *dir, *killed = arena_strdup(&hand_life, scratch("second-killed"));
    (void)state;
    open_check("second", &dir);
    struct row r = row_new(&kind_timing);
    row_ref(&r, "visit", hand_count("SELECT id FROM visit"));
    row_text(&r, "label", "Two came");
    row_int(&r, "started", hand_time.wall_ms);
    row_int(&r, "boot_started", hand_time.boot_ms);
    row_text(&r, "boot_id", hand_platform.boot_id(NULL));
    row_int(&r, "stopped", hand_time.wall_ms + 1000);
    row_int(&r, "second_started", hand_time.wall_ms + 1000);
    put_alone(app_journal(hand_app), &r);
    PLAY("wait 20s\nexpect \"00:2\"\n");
    hand_copy_as_killed(dir, killed);
    hand_close();
    hand_open(killed);
    PLAY("wait 10s\nexpect \"00:3\"\n");
    hand_close();
}

/* ---- sending ---- */

static void reminded_once_a_day(void **state) {
    char *dir;
    (void)state;
    open_check("remind", &dir);
    PLAY("tap \"Finish\"\npress \"I'm leaving\"\nwait 7s\npress \"Seal\"\n"
         "tap \"Seal now\"\nexpect \"only on this tablet\"\n");
    hand_close();
    OK(file_make_dirs(dir));
    hand_time.wall_ms += 25 * 3600000LL;
    hand_time.boot_ms += 25 * 3600000LL;
    hand_open(dir);
    PLAY("tap \"Back\"\n");
    PLAY("wait 3s\nexpect \"Not sent to the office since Sun 22 Nov 02:41\"\nwait 10s\n"
         "absent \"Not sent to the office\"\nwait 30m\nabsent \"Not sent to the office\"\n");
    hand_close();
}

/* ---- backup ---- */

static void backup_and_restore(void **state) {
    char *dir, *other = arena_strdup(&hand_life, scratch("restored"));
    char *file = arena_strdup(&hand_life, scratch("tablet.backup"));
    struct backup_result made = {0}, back = {0};
    struct journal_self before, after;
    struct support_who who = {.pin_file = arena_strdup(&hand_life, scratch("pin"))};
    hash256 was, is;
    (void)state;
    OK(file_write(who.pin_file, HAND_PIN, strlen(HAND_PIN), 0600));
    open_check("backed", &dir);
    must_be(STATUS_BUSY, backup_make(dir, file, &who, &made), "backup while the app is open");
    hand_close();
    OK(backup_make(dir, file, &who, &made));
    assert_true(made.records > 100 && made.bytes == file_size(file));
    must_be(STATUS_EXISTS, backup_make(dir, file, &who, &made), "over another backup");
    hand_open(dir);
    OK(journal_content_hash(app_journal(hand_app), true, &was));
    journal_self(app_journal(hand_app), &before);
    PLAY("reach \"Dark and quiet\"\ntap \"Dark and quiet\"\n"); /* after the backup: comes back
                                                                   aside */
    hand_close();
    OK(backup_restore(dir, file, &who, &hand_life, &back));
    assert_int_equal(back.records, made.records);
    assert_true(file_exists(path_join(&hand_life, back.aside, "lantern.db")));
    OK(backup_restore(other, file, &who, &hand_life, &back));
    assert_null(back.aside);
    hand_open(dir);
    OK(journal_content_hash(app_journal(hand_app), true, &is));
    journal_self(app_journal(hand_app), &after);
    assert_false(hash_equal(&before.log_id, &after.log_id));
    assert_memory_equal(&was, &is, sizeof was);
    PLAY("screen walk\nreach \"Dark and quiet\"\ntap \"Dark and quiet\"\n");
    laws(app_journal(hand_app));
    hand_close();
    must_be(STATUS_NOT_OURS,
            backup_restore(dir, "tests/scripts/night.txt", &who, &hand_life, &back),
            "no backup");
    hand_open(dir);
    hand_close();
}

/* ---- windows ---- */

/* Every screen of the night at odd sizes, and a window that changes under an open sheet. */
static void windows_of_all_sizes(void **state) {
    static const struct {
        float w, h, scale;
    } sizes[] = {{360, 640, 3}, {600, 1024, 0.75F}, {1920, 1200, 1}, {800, 480, 1.5F}};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char *dir;
        hand_w = sizes[i].w;
        hand_h = sizes[i].h;
        hand_scale = sizes[i].scale;
        dir = arena_strdup(&hand_life, scratch(arena_printf(&hand_life, "size%zu", i)));
        hand_new_tablet(dir);
        hand_open(dir);
        PLAY("press \"Who holds this?\"\nsize 500x700 1.25\nsize 1280x800 1\n"
             "tap \"Quality lead\"\n");
        PLAY("press \"Start a night spot check\"\nscreen pin\n");
        PLAY("pin " HAND_PIN "\npress \"Next\"\nsize 1280x800 2\npin " HAND_PIN
             "\nsize 360x640 1\npress \"Keep it\"\nsend\nscreen start\n");
        PLAY("size 360x640 2\npress \"Core\"\npress \"Start\"\n");
        PLAY("size 1920x1200 0.75\nscreen walk\ntap \"Cover\"\nsize 600x400 1\n"
             "screen cover\ntap \"Covered. Touch to come back.\"\nsize 360x640 3\n"
             "press \"Interrupted\"\nscreen walk\n");
        hand_close();
    }
    hand_w = 1280;
    hand_h = 800;
    hand_scale = 1;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaving_and_coming_back),
        cmocka_unit_test(an_unclean_end_is_on_the_record),
        cmocka_unit_test(undo_after_other_edits),
        cmocka_unit_test(undo_after_sealing_is_refused),
        cmocka_unit_test(left_alone),
        cmocka_unit_test(damage_is_told),
        cmocka_unit_test(a_second_worker_is_waited_for),
        cmocka_unit_test(reminded_once_a_day),
        cmocka_unit_test(backup_and_restore),
        cmocka_unit_test(windows_of_all_sizes),
    };
    int failed = cmocka_run_group_tests_name("app", tests, NULL, NULL);
    arena_release(&hand_life);
    return failed;
}
