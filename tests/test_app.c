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
        if (!hand_play(arena_printf(&hand_life, "%s\n", line))) fail_msg("%s", line);
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

/* Right after a touch the page may stand elsewhere; what was written is in the database. */
static bool kept_words(const char *thing) {
    if (!text_starts(thing, "field")) return true;
    const char *value = strstr(thing, "\" \"") + 3;
    struct query q;
    query_open(&q, app_journal(hand_app),
               "SELECT (SELECT count(*) FROM draft WHERE instr(?1, CAST(value AS TEXT)) = 1) + "
               "(SELECT count(*) FROM answer WHERE note IS NOT NULL AND instr(?1, note) = 1)",
               0);
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
    int lost = !text_equal(app_screen_name(hand_app), m->screen);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaving_and_coming_back),
    };
    int failed = cmocka_run_group_tests_name("app", tests, NULL, NULL);
    arena_release(&hand_life);
    return failed;
}
