/* test_screens.c -- needs: platform app screen model ui media sync care store base
 *
 * Every screen, on every window it must hold on: no word cut, nothing to touch that is too
 * small, off the edge, covered or out of reach; every pair of ink and ground with its contrast,
 * by night no light in a bedroom; and no word that is neither in the words files nor in the
 * data.
 *
 * The way through the app is tests/scripts/screens.txt, played as touches. At each "# stop
 * NAME" the screen is laid out on each window and looked at there. At "# office STEP" the
 * office does its part. */
#include "support.h"

#include <math.h>

#include "app/app_state.h"
#include "photo_room.h"
#include "platform/linux/linux.h"
#include "platform/linux/script.h"
#include "screens_office.h"
#include "views.h"
#include "words_known.h"

#define STRINGS_MOST 20000

static const struct look_at windows[] = {
    {"tablet by night", "1280x800", "night", 100},
    {"tablet by day", "1280x800", "day", 100},
    {"upright by day", "800x1280", "day", 100},
    {"phone by night", "390x844", "night", 100},
    {"small phone", "360x740", "day", 100},
    {"desk", "1920x1080", "day", 100},
    {"tablet, large text", "1280x800", "night", 200},
    {"phone, large text", "390x844", "day", 200},
};
enum { WINDOWS = sizeof windows / sizeof *windows };

static struct clock_manual now = {.boot_ms = 1000000};
static struct app *app;
static struct arena all;
static struct { const char *text, *stop; } strings[STRINGS_MOST];
static int strings_count;
static int unknown;

static const char *boot_id(void *ctx) {
    (void)ctx;
    return "first start";
}
static bool no_keyboard(void *ctx) {
    (void)ctx;
    return false;
}
static size_t sticks(void *ctx, struct arena *a, const char ***out) {
    (void)ctx, (void)a;
    *out = office.sticks;
    return office.j != NULL; /* before: no stick is in */
}
/* Somebody speaks, louder and softer, as fast as the test's clock runs; nothing is heard. */
static int64_t mic_since, mic_given;
static bool sound_there(void *ctx) {
    (void)ctx;
    return true;
}
static enum status sound_open(void *ctx) {
    (void)ctx;
    mic_since = now.boot_ms;
    mic_given = 0;
    return STATUS_OK;
}
static size_t mic_read(void *ctx, int16_t *to, size_t most, bool *lost) {
    (void)ctx;
    int64_t due = (now.boot_ms - mic_since) * 16 - mic_given;
    size_t n = due < (int64_t)most ? (size_t)due : most;
    for (size_t i = 0; i < n; i++) {
        double at = (double)(mic_given + (int64_t)i) / 16000;
        to[i] = (int16_t)(8000 * fabs(sin(at * 2.3)) * sin(at * 6.2832 * 180));
    }
    mic_given += (int64_t)n;
    *lost = false;
    return n;
}
static void sound_close(void *ctx) {
    (void)ctx;
}
static void sound_write(void *ctx, const int16_t *samples, size_t n) {
    (void)ctx, (void)samples, (void)n;
}
static size_t sound_left(void *ctx) {
    (void)ctx;
    return 4800;
}
static struct platform device = {.boot_id = boot_id,
                                 .has_keyboard = no_keyboard,
                                 .sticks = sticks,
                                 .microphone_there = sound_there,
                                 .microphone_open = sound_open,
                                 .microphone_read = mic_read,
                                 .microphone_close = sound_close,
                                 .speaker_there = sound_there,
                                 .speaker_open = sound_open,
                                 .speaker_write = sound_write,
                                 .speaker_left = sound_left,
                                 .speaker_hush = sound_close,
                                 .speaker_close = sound_close};
static struct known known;

static void remember(const char *type, const char *text) {
    if (!text || !*text) return;
    for (int i = 0; i < strings_count; i++)
        if (strcmp(strings[i].text, text) == 0) return;
    if (text_equal(type, "key") || text_equal(type, "icon") || text_equal(type, "tap")) return;
    assert_true(strings_count < STRINGS_MOST);
    strings[strings_count].text = arena_strdup(&all, text);
    strings[strings_count++].stop = stop;
}

/* ---- the way ---- */

static void play(const char *name, const char *lines, size_t n) {
    const char *path = scratch(name);
    assert_int_equal(file_write(path, lines, n, 0644), STATUS_OK);
    struct script_options o = {.path = path, .shots = scratch_dir(), .clock = &now};
    assert_int_equal(script_run(app, &o), 0);
}

/* All three before the next frame: drawing is what this test's time goes into. */
static void lay_out(const struct look_at *w) {
    char line[40];
    int n = snprintf(line, sizeof line, "size %s\n", w->size);
    app_force_theme(app, w->theme); /* for later minutes; this frame is told by hand */
    ui_set_theme(app_ui(app), text_equal(w->theme, "night"));
    ui_set_text_scale(app_ui(app), (float)w->text / 100.0F);
    play("window.txt", line, (size_t)n);
}

static void look(const struct look_at *w) {
    struct ui *u = app_ui(app);
    lay_out(w);
    window = w->name;
    look_at_view(u, u->night);
}

static void look_everywhere(void) {
    seen.stops++;
    for (int i = 0; i < WINDOWS; i++)
        look(&windows[i]);
    lay_out(&windows[0]);
}

static void office_step(const char *step) {
    if (text_equal(step, "enrols")) {
        known_database(&known, app_journal(app)); /* of the sample, which is about to be left */
        office_open(&now);
        office_enrols();
    } else if (text_equal(step, "reads the code out")) {
        char *line = arena_printf(&all, "type \"%s\"\n", office.code);
        play("code.txt", line, strlen(line));
    } else if (text_equal(step, "waits while a photo is taken")) {
        photo_of(app_journal(app));
    } else if (text_equal(step, "answers")) {
        office_reads();
        office_erases("SELECT max(id) FROM answer WHERE note LIKE '%asleep%'");
        office_erases("SELECT max(id) FROM action");
        office_answers("back.lantern");
    } else {
        fail_msg("the office knows no step \"%s\"", step);
    }
}

/* The next "# stop NAME" or "# office STEP". */
static char *next_mark(char *part, bool *is_office) {
    static const char stop_mark[] = "\n# stop ", office_mark[] = "\n# office ";
    char *a = strstr(part, stop_mark), *b = strstr(part, office_mark);
    *is_office = b && (!a || b < a);
    return *is_office ? b : a;
}

static void walk_through(void) {
    struct buf b = {0};
    assert_int_equal(file_read("tests/scripts/screens.txt", 1 << 20, &b), STATUS_OK);
    buf_byte(&b, 0);
    for (char *part = (char *)b.data; part;) {
        bool is_office = false;
        char *mark = next_mark(part, &is_office), *next = NULL, *name = NULL;
        play("part.txt", part, mark ? (size_t)(mark - part) : strlen(part));
        if (mark) {
            name = mark + strlen(is_office ? "\n# office " : "\n# stop ");
            next = strchr(name, '\n');
            name = arena_strndup(&all, name, (size_t)(next - name));
        }
        if (is_office) {
            office_step(name);
        } else if (name) {
            stop = name;
            look_everywhere();
        }
        part = next; /* the line's end stays: it may begin the next mark */
    }
    buf_release(&b);
}

static int open_app(void **state) {
    (void)state;
    assert_true(time_read_iso("2026-11-22T02:41", &now.wall_ms));
    struct app_options o = {.data_dir = scratch("data"),
                            .assets = "assets",
                            .width_dp = 1280,
                            .height_dp = 800,
                            .scale = 1,
                            .offscreen = true,
                            .theme = "night",
                            .clock = clock_manual(&now),
                            .platform = &device};
    assert_int_equal(room_camera(scratch("camera")), STATUS_OK);
    setenv("LANTERN_CAMERA", scratch("camera"), 1);
    linux_camera(&device, true);
    assert_int_equal(app_open(&app, &o), STATUS_OK);
    ui_draw_when_asked(app_ui(app)); /* for the light, and for pictures */
    views_text = remember;
    walk_through();
    return 0;
}

static int close_app(void **state) {
    (void)state;
    app_close(app);
    office_close();
    arena_release(&all);
    arena_release(&views_memory);
    return 0;
}

/* ---- what was seen ---- */

static void test_every_screen_is_visited(void **state) {
    (void)state;
    print_message("figure: screens looked at: %d places, %d views, %d things\n", seen.stops,
                  seen.views, seen.things);
    assert_int_equal(seen.views, seen.stops * WINDOWS);
    assert_true(seen.stops >= 40);
}

static void test_no_word_is_cut(void **state) {
    (void)state;
    views_cut_nothing();
}

static void test_a_finger_finds_everything(void **state) {
    (void)state;
    views_in_reach();
}

static void test_everything_can_be_read(void **state) {
    (void)state;
    views_readable();
}

static void test_night_stays_dark(void **state) {
    (void)state;
    views_dark_by_night();
}

/* What a pack erased: not in a table, not in typing under way, not to be brought back by undo.
 */
static void test_nothing_erased_stays(void **state) {
    (void)state;
    struct journal *j = app_journal(app);
    assert_true(query_one_int(j, 0, "SELECT count(*) FROM erase", 0) == 2);
    assert_int_equal(
        query_one_int(j, -1, "SELECT count(*) FROM answer WHERE note LIKE '%asleep%'", 0), 0);
    assert_int_equal(query_one_int(j, -1,
                                   "SELECT count(*) FROM draft WHERE CAST(value AS TEXT) LIKE "
                                   "'%asleep%'",
                                   0),
                     0);
    for (int i = 0; i < UNDO_BATCHES; i++)
        assert_int_equal(app->undo[i].count, 0);
}

static void test_every_word_is_known(void **state) {
    (void)state;
    static const char *const names[] = {"stick", "first.lantern", "open.lantern",
                                        "back.lantern", "b"};
    known_folder(&known, "assets/words/en", true);
    known_folder(&known, "assets/templates", false);
    known_folder(&known, "assets/frameworks", false);
    known_database(&known, app_journal(app));
    known_database(&known, office.j);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        known_add(&known, names[i]);
    for (int i = 0; i < strings_count; i++) {
        if (known_text(&known, strings[i].text)) continue;
        if (unknown++ < SHOWN_MOST)
            print_message("neither in words nor in data, at %s: \"%s\"\n", strings[i].stop,
                          strings[i].text);
    }
    /* The proof that it can fail: a sentence that nobody wrote down. */
    assert_false(known_text(&known, "Please wait while loading"));
    assert_false(known_text(&known, "Saved as you go: wrongly spelt"));
    print_message("figure: texts drawn: %d different, %d unknown\n", strings_count, unknown);
    arena_release(&known.memory);
    assert_int_equal(unknown, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_screen_is_visited),
        cmocka_unit_test(test_no_word_is_cut),
        cmocka_unit_test(test_a_finger_finds_everything),
        cmocka_unit_test(test_everything_can_be_read),
        cmocka_unit_test(test_night_stays_dark),
        cmocka_unit_test(test_nothing_erased_stays),
        cmocka_unit_test(test_every_word_is_known),
    };
    return cmocka_run_group_tests_name("screens", tests, open_app, close_app);
}
