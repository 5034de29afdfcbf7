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
#include "ui/ui_internal.h"
#include "words_known.h"

#define STRINGS_MOST 20000
#define BAR_DP       60.0F
#define SHOWN_MOST   40 /* complaints written out */

static const struct look_at {
    const char *name, *size, *theme;
    int text;
} windows[] = {
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
static const char *stop = "", *window = "";
static struct { const char *text, *stop; } strings[STRINGS_MOST];
static int strings_count;
static struct {
    int stops, views, things, tappable, pairs, nights;
    int cut, small, contrast, edge, covered, unreachable, bright, unknown, ellipses, plain,
        overlaps;
    double least_text, least_large, brightest, mean;
} seen = {.least_text = 99, .least_large = 99};

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

static void complain(int *count, const char *what, const char *type, const char *name, rect r) {
    if ((*count)++ >= SHOWN_MOST) return;
    print_message("%s at %s, %s: %s \"%s\" %.0f,%.0f %.0fx%.0f\n", what, stop, window, type,
                  name, (double)r.x, (double)r.y, (double)r.w, (double)r.h);
}

/* ---- one thing ---- */

static void look_at_contrast(const struct thing *t, const struct theme *theme) {
    const struct ui_thing *x = &t->t;
    if (x->ink == COLOR_NONE || x->ground == COLOR_NONE || x->font_dp <= 0 || t->disabled)
        return;
    double c = color_contrast(theme->colors[x->ink], theme->colors[x->ground]);
    bool large = x->font_dp >= 24;
    seen.pairs++;
    if (large && c < seen.least_large) seen.least_large = c;
    if (!large && c < seen.least_text) seen.least_text = c;
    if (c < (large ? 3.0 : 4.5))
        complain(&seen.contrast, arena_printf(&all, "contrast %.2f", c), x->type, x->name,
                 x->r);
}

static const struct scroll *page_of(const struct ui *u, const struct control *c) {
    for (int i = 0; i < SCROLLS_MAX; i++)
        if (c->scroll && u->scrolls[i].id == c->scroll) return &u->scrolls[i];
    return NULL;
}

/* A row that scrolls sideways and holds that place. */
static const struct scroll *row_at(const struct ui *u, rect r) {
    for (int i = 0; i < SCROLLS_MAX; i++) {
        const struct scroll *s = &u->scrolls[i];
        if (s->id && s->horizontal && s->used == u->frame_no && r.y >= s->place.y - 1 &&
            r.y + r.h <= s->place.y + s->place.h + 1)
            return s;
    }
    return NULL;
}

static bool within(float from, float length, float least, float most) {
    return from >= least - 1 && from + length <= most + 1;
}

static void look_at_place(const struct ui *u, const struct thing *t) {
    const struct control *c = control_find(&u->controls, t->id);
    rect r = t->t.r;
    const struct scroll *page = page_of(u, c), *row = row_at(u, r);
    bool wide = within(r.x, r.w, 0, u->width), high = within(r.y, r.h, 0, u->height);
    if (row && !wide)
        wide = within(r.x - row->place.x + row->offset, r.w, 0, row->place.w + row->max);
    if (!wide) complain(&seen.edge, "off the edge", t->t.type, t->t.name, r);
    if (page && !page->horizontal)
        high = within(r.y - page->place.y + page->offset, r.h, 0, page->place.h + page->max) ||
               r.h > page->place.h;
    if (!high) complain(&seen.unreachable, "out of reach", t->t.type, t->t.name, r);
    bool whole = t->t.visible.w >= r.w - 1 && t->t.visible.h >= r.h - 1;
    bool passing = u->toast.on && page; /* a toast goes by itself, and the page moves */
    if (whole && t->t.covered && !passing)
        complain(&seen.covered, "covered", t->t.type, t->t.name, r);
}

static void remember(const char *type, const char *text) {
    if (!text || !*text) return;
    for (int i = 0; i < strings_count; i++)
        if (strcmp(strings[i].text, text) == 0) return;
    if (text_equal(type, "key") || text_equal(type, "icon") || text_equal(type, "tap")) return;
    assert_true(strings_count < STRINGS_MOST);
    strings[strings_count].text = arena_strdup(&all, text);
    strings[strings_count++].stop = stop;
}

/* Words of the top bar that run into what stands beside them. */
static void look_at_bar(struct ui *u, const struct thing *t, size_t n, size_t at) {
    const struct thing *l = &t[at];
    if (!text_equal(l->t.type, "label") || l->t.r.y > BAR_DP || l->layer || l->font < 0) return;
    rect words = l->t.r;
    float w = ui_text_width(u, (enum font)l->font, l->t.name);
    if (w < words.w) words.w = w;
    words = rect_overlap(words, l->t.visible);
    for (size_t i = 0; i < n; i++) {
        const char *type = t[i].t.type;
        bool solid = text_equal(type, "chip") || text_equal(type, "tag");
        rect both = rect_overlap(words, t[i].t.visible);
        if (solid && !t[i].layer && both.w > 1 && both.h > 1)
            complain(&seen.overlaps, "run together", type, l->t.name, words);
    }
}

static void look_at_thing(const struct ui *u, const struct thing *t, int front) {
    const struct ui_thing *x = &t->t;
    const struct theme *theme = ui_theme(u);
    seen.things++;
    if (t->cut) complain(&seen.cut, "cut", x->type, x->name, x->r);
    seen.ellipses += t->shortened;
    look_at_contrast(t, theme);
    if (t->selected && t->layer < LAYER_SHEET && text_equal(x->type, "button") &&
        x->ground == COLOR_CARD)
        complain(&seen.plain, "chosen but looks plain", x->type, x->name, x->r);
    remember(x->type, x->name);
    if (!text_equal(x->type, "field")) remember(x->type, x->value);
    if (!x->tappable || text_equal(x->type, "key")) return;
    seen.tappable++;
    const struct control *c = control_find(&u->controls, t->id);
    if (c->r.w < theme->touch_min - 0.5F || c->r.h < theme->touch_min - 0.5F)
        complain(&seen.small, "too small", x->type, x->name, c->r);
    if (t->layer >= front) look_at_place(u, t);
}

/* ---- the light of a whole screen ---- */

static void look_at_light(struct ui *u) {
    static double linear[256];
    if (linear[255] == 0)
        for (int i = 0; i < 256; i++) {
            double c = i / 255.0;
            linear[i] = c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
        }
    const uint32_t *px;
    int w, h, pitch;
    double sum = 0, most = 0;
    ui_pixels(u, &px, &w, &h, &pitch);
    assert_non_null(px);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            uint32_t p = px[y * pitch + x];
            double l = 0.2126 * linear[p >> 16 & 255] + 0.7152 * linear[p >> 8 & 255] +
                       0.0722 * linear[p & 255];
            sum += l;
            if (l > most) most = l;
        }
    double mean = sum / ((double)w * h);
    seen.nights++;
    if (mean > seen.mean) seen.mean = mean;
    if (most > seen.brightest) seen.brightest = most;
    if (mean >= 0.06 || most > 0.55)
        complain(&seen.bright, arena_printf(&all, "light %.3f, most %.2f", mean, most),
                 "screen", app_screen_name(app), ui_window(u));
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
    seen.views++;
    const struct ui_thing *unused;
    size_t count = ui_things(u, &unused);
    const struct thing *t = (const struct thing *)(const void *)u->things.data;
    int front = u->sheets_last ? LAYER_SHEET + u->sheets_last - 1 : 0;
    for (size_t i = 0; i < count; i++) {
        look_at_thing(u, &t[i], front);
        look_at_bar(u, t, count, i);
    }
    if (u->night) look_at_light(u);
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
    walk_through();
    return 0;
}

static int close_app(void **state) {
    (void)state;
    app_close(app);
    office_close();
    arena_release(&all);
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
    print_message(
        "figure: words cut: %d, run together: %d (%d texts end in an ellipsis after a "
        "whole word)\n",
        seen.cut, seen.overlaps, seen.ellipses);
    assert_int_equal(seen.cut + seen.overlaps, 0);
}

static void test_a_finger_finds_everything(void **state) {
    (void)state;
    print_message(
        "figure: things to touch: %d; too small %d, off the edge %d, covered %d, out of "
        "reach %d\n",
        seen.tappable, seen.small, seen.edge, seen.covered, seen.unreachable);
    assert_int_equal(seen.small + seen.edge + seen.covered + seen.unreachable, 0);
}

static void test_everything_can_be_read(void **state) {
    (void)state;
    print_message("figure: contrast: %d texts, least %.2f (limit 4.5), large %.2f (limit 3)\n",
                  seen.pairs, seen.least_text, seen.least_large);
    assert_true(seen.pairs > 1000);
    assert_int_equal(seen.contrast, 0);
    assert_int_equal(seen.plain, 0);
}

static void test_night_stays_dark(void **state) {
    (void)state;
    print_message(
        "figure: night: %d screens, brightest mean %.4f (limit 0.06), brightest pixel "
        "%.3f (limit 0.55)\n",
        seen.nights, seen.mean, seen.brightest);
    assert_true(seen.nights > 0);
    assert_int_equal(seen.bright, 0);
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
        if (seen.unknown++ < SHOWN_MOST)
            print_message("neither in words nor in data, at %s: \"%s\"\n", strings[i].stop,
                          strings[i].text);
    }
    /* The proof that it can fail: a sentence that nobody wrote down. */
    assert_false(known_text(&known, "Please wait while loading"));
    assert_false(known_text(&known, "Saved as you go: wrongly spelt"));
    print_message("figure: texts drawn: %d different, %d unknown\n", strings_count,
                  seen.unknown);
    arena_release(&known.memory);
    assert_int_equal(seen.unknown, 0);
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
