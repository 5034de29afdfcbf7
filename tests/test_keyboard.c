/* test_keyboard.c -- Lantern's own keyboard, by taps alone, and how it makes room.
 * needs: ui base
 *
 * Keys are found by their names in what stands on the screen, as a script finds them. With
 * LANTERN_SHOTS set to a folder the pictures to look at are written there. */
#include "ui_hand.h"

#include "base/text.h"
#include "base/words.h"

static struct words *words;
static enum field_kind kind;
static int entered, left_count;
static rect area_seen;
static int lines;
static float fields_above;

static void page(struct ui *u) {
    area_seen = ui_area(u);
    rect in = ui_scroll_begin(u, area_seen, "page");
    rect_cut_top(&in, fields_above);
    struct field f = {.key = "note",
                      .name = "Note",
                      .hint = "What did you see?",
                      .lines = lines,
                      .kind = kind};
    rect box = {in.x + 16, in.y + 16, in.w - 32, ui_field_height(u, &f, in.w - 32)};
    struct field_result r = ui_field(u, box, &f);
    entered += r.entered;
    left_count += r.left;
    ui_button(u, (rect){in.x + 16, box.y + box.h + 40, in.w - 32, 64},
              &(struct button){.label = "Raise an action", .role = BUTTON_MAIN});
    ui_scroll_end(u, fields_above + box.h + 160);
}

static void open_at(float w, float h) {
    struct ui_options o = {.assets = "assets",
                           .width_dp = w,
                           .height_dp = h,
                           .scale = 1,
                           .offscreen = true,
                           .touch_keyboard = true};
    hand = (struct hand){.w = w, .h = h, .now = 1000000, .page = page};
    if (ui_open(&hand.u, &o)) fail_msg("ui_open: %s", status_detail());
    ui_set_words(hand.u, words);
    frame();
}

static int setup(void **state) {
    (void)state;
    kind = FIELD_TEXT;
    entered = left_count = 0;
    lines = 3;
    fields_above = 0;
    return 0;
}

static int teardown(void **state) {
    (void)state;
    hand_close();
    return 0;
}

static void settle(void) {
    for (int i = 0; i < 40; i++)
        frame();
}

static void focus_note(void) {
    tap_named("field", "Note");
    settle();
    assert_true(ui_keyboard_up(hand.u));
}

static const char *text(void) {
    return ui_field_text(hand.u, "note");
}

static const struct ui_thing *key_named(const char *name) {
    return thing_named("key", name);
}

static void tap_key(const char *name) {
    tap_named("key", name);
    frame(); /* what was typed arrives */
}

static void hold_key(const char *name, int ms) {
    float x, y;
    middle("key", name, &x, &y);
    finger_down(1, x, y);
    frame();
    for (; ms > 0; ms -= 20)
        frame_after(20);
    finger_up(1, x, y);
    frame();
    frame();
}

/* ---- a person who types: shift when the key would give the wrong case, pages when the
 * character is elsewhere, accents by holding ---- */

static bool key_gives(const char *c) {
    const struct ui_thing *t;
    size_t n = ui_things(hand.u, &t);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(t[i].type, "key") != 0 || !t[i].value || strcmp(t[i].value, c) != 0)
            continue;
        char name[16];
        text_copy(name, sizeof name, t[i].name);
        tap_key(name);
        return true;
    }
    return false;
}

static void tap_letter(const char *c) {
    if (!strcmp(c, " ") || !strcmp(c, "\n")) {
        tap_key(*c == ' ' ? "Space" : "New line");
        return;
    }
    if (key_gives(c)) return;
    static const char *const ways[] = {"Shift", "?123", "More", "ABC", "Shift"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (!key_named(ways[i])) continue;
        tap_key(ways[i]);
        if (key_gives(c)) return;
        for (int wait = 0; wait < 30; wait++)
            frame(); /* not a double tap */
    }
    fail_msg("no key gives %s", c);
}

static void type_by_taps(const char *s) {
    for (const char *p = s, *end = s + strlen(s); p < end;) {
        const char *from = p;
        char one[8] = {0};
        text_next(&p, end);
        memcpy(one, from, (size_t)(p - from));
        tap_letter(one);
    }
}

/* ---- tests ---- */

static void a_note_of_200_letters_by_taps(void **state) {
    (void)state;
    open_at(390, 844);
    focus_note();
    type_by_taps(
        "At 02:40 two staff were asleep in the lounge, no one walked the Willow corridor. ");
    hold_key("e", 600);
    tap_key("\xC3\x89"); /* the accents stay up to be tapped */
    type_by_taps(
        "clair was \xC2\xA3"
        "2.50 & \xE2\x82\xAC"
        "3; \"Don't tell them,\" she said? They'd paid (twice)!\nBell rang 12 minutes: "
        "nobody came to help, no light on");
    const char *want = "At 02:40 two staff were asleep in the lounge, no one walked the Willow "
                       "corridor. \xC3\x89"
                       "clair was \xC2\xA3"
                       "2.50 & \xE2\x82\xAC"
                       "3; \"Don't tell them,\" she said? They'd paid (twice)!\nBell rang 12 "
                       "minutes: nobody came to help, no light on";
    assert_string_equal(text(), want);
    assert_true(text_count(text()) >= 200);
    printf("figure: a note of %zu letters typed by taps alone\n", text_count(text()));
}

static void shift_once_lock_and_off(void **state) {
    (void)state;
    open_at(390, 844);
    focus_note();
    assert_true(has_state(key_named("Shift"), "on")); /* a sentence starts */
    tap_key("a");
    tap_key("b");
    assert_string_equal(text(), "Ab");
    tap_key("Shift");
    tap_key("c");
    tap_key("d");
    assert_string_equal(text(), "AbCd");
    tap_key("Shift");
    tap_key("Shift"); /* twice: stays */
    tap_key("e");
    tap_key("f");
    for (int i = 0; i < 30; i++)
        frame();
    tap_key("Shift");
    tap_key("g");
    assert_string_equal(text(), "AbCdEFg");
    tap_key(".");
    tap_key("Space");
    tap_key("h");
    tap_key("New line");
    tap_key("i");
    assert_string_equal(text(), "AbCdEFg. H\nI");
}

static void held_keys_show_accents_to_slide_to(void **state) {
    (void)state;
    float x, y, ax, ay;
    open_at(390, 844);
    focus_note();
    tap_key("x");
    middle("key", "w", &x, &y);
    finger_down(1, x, y);
    frame();
    for (int i = 0; i < 40; i++)
        frame();
    middle("key", "\xC5\xB5", &ax, &ay);
    finger_move(1, ax + 12, ay + 40);
    frame();
    finger_up(1, ax + 12, ay + 40);
    frame();
    frame();
    assert_string_equal(text(), "X\xC5\xB5");
    hold_key("o", 600); /* lifted without choosing: another key puts them away and types */
    assert_non_null(key_named("\xC3\xB6"));
    tap_key("k");
    assert_null(key_named("\xC3\xB6"));
    assert_string_equal(text(), "X\xC5\xB5k");
    tap_key("Shift");
    hold_key("n", 600);
    tap_key("\xC3\x91"); /* capital */
    tap_key("j");        /* and only once */
    hold_key("b", 900);  /* has none: typed when lifted */
    assert_string_equal(text(), "X\xC5\xB5k\xC3\x91jb");
}

static void delete_repeats(void **state) {
    (void)state;
    open_at(390, 844);
    ui_field_preload(hand.u, "note", "one two three four five six seven eight nine ten eleven");
    frame();
    focus_note();
    SDL_Event e = {.key = {.type = SDL_KEYDOWN, .state = SDL_PRESSED}};
    e.key.keysym.sym = SDLK_END;
    e.key.keysym.mod = KMOD_CTRL;
    ui_event(hand.u, &e);
    frame();
    size_t before = strlen(text());
    tap_key("Delete");
    assert_int_equal(strlen(text()), before - 1);
    hold_key("Delete", 1000);
    size_t after = strlen(text());
    assert_in_range(before - 1 - after, 7, 12);
    hold_key("Delete", 4000); /* letters, then words */
    assert_true(strlen(text()) < 10);
    int64_t frames = ui_frames_drawn(hand.u);
    settle();
    assert_true(ui_frames_drawn(hand.u) - frames < 5); /* it stops with the finger */
}

static void two_thumbs_keep_their_order(void **state) {
    (void)state;
    float tx, ty, hx, hy, ex, ey;
    open_at(390, 844);
    focus_note();
    tap_key("x");
    middle("key", "t", &tx, &ty);
    middle("key", "h", &hx, &hy);
    middle("key", "e", &ex, &ey);
    finger_down(1, tx, ty);
    frame();
    finger_down(2, hx, hy); /* before the first is lifted */
    frame();
    finger_down(3, ex, ey);
    finger_up(2, hx, hy);
    frame();
    finger_up(1, tx, ty);
    finger_up(3, ex, ey);
    frame();
    frame();
    assert_string_equal(text(), "Xthe");
    for (int i = 0; i < 3; i++) { /* faster than the frames */
        finger_down(1, tx, ty);
        finger_up(1, tx, ty);
        finger_down(2, hx, hy);
        finger_up(2, hx, hy);
    }
    frame();
    frame();
    assert_string_equal(text(), "Xtheththth");
    finger_down(1, tx, ty);
    frame();
    finger_move(1, tx, ty - 300); /* slid away: no letter */
    frame();
    finger_up(1, tx, ty - 300);
    frame();
    frame();
    assert_string_equal(text(), "Xtheththth");
    assert_true(ui_keyboard_up(hand.u));
}

static void it_makes_room_and_goes(void **state) {
    (void)state;
    fields_above = 560;
    open_at(390, 844);
    assert_int_equal((int)area_seen.h, 844);
    focus_note();
    int h = (int)area_seen.h;
    assert_in_range(h, 844 - 240, 844 - 200);
    const struct ui_thing *f = thing_named("field", "Note");
    assert_true(f->r.y >= 0 && f->r.y + f->r.h <= (float)h); /* scrolled into view */
    assert_false(f->covered);
    for (int i = 0; i < 14; i++)
        tap_key("New line");
    settle();
    f = thing_named("field", "Note");
    assert_true(f->r.h > 300);
    assert_true(f->r.y + f->r.h <= (float)h + 30); /* the caret's line follows the typing */
    tap_key("Hide keyboard");
    settle();
    assert_false(ui_keyboard_up(hand.u));
    assert_int_equal((int)area_seen.h, 844);
    assert_true(left_count >= 1);
    assert_null(key_named("q"));
}

static void keys_are_large_enough(void **state) {
    (void)state;
    static const float widths[] = {360, 390, 800, 1280};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        open_at(widths[i], 800);
        focus_note();
        const struct ui_thing *t;
        size_t n = ui_things(hand.u, &t), keys = 0;
        for (size_t k = 0; k < n; k++) {
            if (strcmp(t[k].type, "key") != 0) continue;
            keys++;
            assert_true(t[k].r.h >= 48);
            assert_true(t[k].r.w >= 34);
            assert_true(t[k].tappable);
            if (t[k].covered) fail_msg("key %s is covered", t[k].name);
        }
        assert_int_equal(keys, 10 + 10 + 9 + 6);
        if (i + 1 < sizeof widths / sizeof *widths) hand_close();
    }
}

static void pads_for_numbers(void **state) {
    (void)state;
    lines = 1;
    kind = FIELD_DECIMAL;
    open_at(390, 844);
    focus_note();
    assert_null(key_named("q"));
    tap_key("3");
    tap_key("6");
    tap_key(".");
    tap_key("8");
    assert_string_equal(text(), "36.8");
    tap_key("Done");
    frame();
    assert_int_equal(entered, 1);
    assert_false(ui_keyboard_up(hand.u));
    kind = FIELD_PHONE;
    ui_field_set(hand.u, "note", "");
    focus_note();
    tap_key("+");
    tap_key("4");
    tap_key("4");
    tap_key("Space");
    tap_key("7");
    assert_string_equal(text(), "+44 7");
}

/* A finger that types must not move the focus, and what is typed does not scroll the page. */
static void no_keyboard_without_the_option(void **state) {
    (void)state;
    hand_open(390, 844, 1, page);
    frame();
    tap_named("field", "Note");
    settle();
    assert_false(ui_keyboard_up(hand.u));
    assert_int_equal((int)area_seen.h, 844);
}

static void shot(const char *folder, const char *name) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s.png", folder, name);
    assert_int_equal(ui_save_png(hand.u, path), STATUS_OK);
}

static void pictures(void **state) {
    (void)state;
    const char *folder = getenv("LANTERN_SHOTS");
    if (!folder) folder = scratch_dir();
    static const struct {
        float w, h, scale;
        bool night;
        const char *name;
    } looks[] = {{390, 844, 1, true, "keyboard-phone-night"},
                 {390, 844, 1, false, "keyboard-phone-day"},
                 {1280, 800, 1, false, "keyboard-wide-day"},
                 {1280, 800, 1, true, "keyboard-wide-night"},
                 {360, 740, 2, false, "keyboard-large-day"}};
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        open_at(looks[i].w, looks[i].h);
        ui_set_theme(hand.u, looks[i].night);
        ui_set_text_scale(hand.u, looks[i].scale);
        ui_field_preload(
            hand.u, "note",
            "Two staff asleep in the lounge chairs, no one walking the Willow corridor. "
            "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7 \xE0\xA8\xB8\xE0\xA8\xA4 "
            "\xF0\x9F\x99\x82 \xE0\xA6\x86\xE0\xA6\xAE\xE0\xA6\xBF");
        frame();
        focus_note();
        shot(folder, looks[i].name);
        float x, y;
        const struct ui_thing *f = thing_named("field", "Note");
        x = f->r.x + 60;
        y = f->r.y + 30;
        finger_down(1, x, y);
        for (int k = 0; k < 50; k++)
            frame();
        finger_up(1, x, y);
        settle();
        char name[80];
        snprintf(name, sizeof name, "%s-menu", looks[i].name);
        shot(folder, name);
        middle("key", "e", &x, &y);
        finger_down(1, x, y);
        for (int k = 0; k < 50; k++)
            frame();
        snprintf(name, sizeof name, "%s-accents", looks[i].name);
        shot(folder, name);
        finger_up(1, x, y);
        frame();
        tap_key("?123");
        snprintf(name, sizeof name, "%s-symbols", looks[i].name);
        shot(folder, name);
        if (i + 1 < sizeof looks / sizeof *looks) hand_close();
    }
}

static int load_words(void **state) {
    (void)state;
    assert_int_equal(words_load(&words, "assets/words/en"), STATUS_OK);
    return 0;
}

static int close_words(void **state) {
    (void)state;
    words_close(words);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
        TEST(a_note_of_200_letters_by_taps),
        TEST(shift_once_lock_and_off),
        TEST(held_keys_show_accents_to_slide_to),
        TEST(delete_repeats),
        TEST(two_thumbs_keep_their_order),
        TEST(it_makes_room_and_goes),
        TEST(keys_are_large_enough),
        TEST(pads_for_numbers),
        TEST(no_keyboard_without_the_option),
        TEST(pictures),
    };
    return cmocka_run_group_tests(tests, load_words, close_words);
}
