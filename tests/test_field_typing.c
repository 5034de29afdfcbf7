/* test_field_typing.c -- keys, an input method and the clipboard in a text field.
 * needs: ui base */
#include "field_hand.h"

static void types_every_script_byte_for_byte(void **state) {
    (void)state;
    const char *all = "Room 9: caf" E_ACUTE " " ARABIC "\n" PANJABI " " FAMILY " \xC2\xA3"
                      "5";
    focus_note();
    type(all);
    assert_string_equal(text("note"), all);
    assert_true(changed > 20);
    assert_string_equal(thing_named("field", "Note")->value, all);
    key(SDLK_BACKSPACE, 0);
    key(SDLK_BACKSPACE, 0);
    key(SDLK_BACKSPACE, 0);
    key(SDLK_BACKSPACE, 0); /* the family goes at once */
    assert_string_equal(text("note"), "Room 9: caf" E_ACUTE " " ARABIC "\n" PANJABI " ");
    type(FAMILY);
    key(SDLK_LEFT, 0);
    type("x");
    assert_string_equal(text("note"),
                        "Room 9: caf" E_ACUTE " " ARABIC "\n" PANJABI " x" FAMILY);
}

static void the_caret_blinks_and_rests(void **state) {
    (void)state;
    focus_note();
    type("a");
    int64_t before = ui_frames_drawn(hand.u);
    wait_ms(4000);
    assert_in_range(ui_frames_drawn(hand.u) - before, 6, 9);
    wait_ms(31000);
    before = ui_frames_drawn(hand.u);
    wait_ms(60000);
    assert_int_equal(ui_frames_drawn(hand.u), before);
    frame();
    assert_int_equal(ui_wait_ms(hand.u), -1); /* nothing wakes an idle page */
    type("b");
    before = ui_frames_drawn(hand.u);
    wait_ms(4000);
    assert_true(ui_frames_drawn(hand.u) > before + 5);
    tap(200, 590); /* beside everything: the focus is gone, and the caret */
    wait_ms(6000);
    before = ui_frames_drawn(hand.u);
    wait_ms(4000);
    assert_int_equal(ui_frames_drawn(hand.u), before);
}

static void keys_move_and_select(void **state) {
    (void)state;
    size_t from, to;
    focus_note();
    type("one two three\nfour");
    key(SDLK_HOME, 0);
    assert_int_equal(caret(), 14);
    key(SDLK_UP, 0);
    assert_int_equal(caret(), 0);
    key(SDLK_END, 0);
    assert_int_equal(caret(), 13);
    key(SDLK_DOWN, 0);
    assert_int_equal(caret(), 18);
    key(SDLK_UP, 0); /* the column is kept over the short line */
    assert_int_equal(caret(), 13);
    key(SDLK_LEFT, KMOD_CTRL);
    assert_int_equal(caret(), 8);
    key(SDLK_LEFT, KMOD_CTRL | KMOD_SHIFT);
    selection(&from, &to);
    assert_int_equal(from, 4);
    assert_int_equal(to, 8);
    key(SDLK_LEFT, 0); /* to the selection's edge */
    assert_int_equal(caret(), 4);
    key(SDLK_HOME, KMOD_CTRL);
    key(SDLK_END, KMOD_CTRL | KMOD_SHIFT);
    selection(&from, &to);
    assert_int_equal(to - from, 18);
    key(SDLK_DELETE, 0);
    assert_string_equal(text("note"), "");
}

static void clipboard_and_undo(void **state) {
    (void)state;
    focus_note();
    type("bell rang");
    key(SDLK_a, KMOD_CTRL);
    key(SDLK_x, KMOD_CTRL);
    assert_string_equal(text("note"), "");
    char *s = SDL_GetClipboardText();
    assert_string_equal(s, "bell rang");
    SDL_free(s);
    key(SDLK_v, KMOD_CTRL);
    key(SDLK_v, KMOD_CTRL);
    assert_string_equal(text("note"), "bell rangbell rang");
    key(SDLK_z, KMOD_CTRL);
    assert_string_equal(text("note"), "bell rang");
    key(SDLK_z, KMOD_CTRL);
    key(SDLK_z, KMOD_CTRL);
    assert_string_equal(text("note"), "bell rang");
    key(SDLK_z, KMOD_CTRL);
    assert_string_equal(text("note"), "bell ");
    key(SDLK_y, KMOD_CTRL);
    key(SDLK_z, KMOD_CTRL);
    key(SDLK_z, KMOD_CTRL | KMOD_SHIFT);
    assert_string_equal(text("note"), "bell rang");
    SDL_SetClipboardText("a\r\nb\x07\tc" FAMILY);
    key(SDLK_a, KMOD_CTRL);
    key(SDLK_v, KMOD_CTRL);
    assert_string_equal(text("note"), "a\nb c" FAMILY);
}

static void unfinished_text_of_an_ime(void **state) {
    (void)state;
    focus_note();
    type("ab");
    key(SDLK_LEFT, 0);
    edit_in("\xE3\x81\x8B\xE3\x81\xAA", 1, 0);
    frame();
    assert_string_equal(text("note"), "ab"); /* not text yet */
    struct field_view v = view();
    assert_memory_equal(v.text,
                        "a\xE3\x81\x8B\xE3\x81\xAA"
                        "b",
                        v.n);
    assert_int_equal(v.unfinished_to - v.unfinished_from, 6);
    assert_int_equal(v.caret, 4);
    press_key(SDLK_BACKSPACE, 0); /* the IME's own key must not reach the text */
    frame();
    assert_string_equal(text("note"), "ab");
    edit_in("", 0, 0);
    text_in("\xE4\xBB\xAE");
    frame();
    assert_string_equal(text("note"), "a\xE4\xBB\xAE"
                                      "b");
    edit_in("kept", 4, 0);
    frame();
    int before = left;
    tap(200, 590); /* leaving keeps what was begun */
    assert_string_equal(text("note"), "a\xE4\xBB\xAE"
                                      "keptb");
    frame();
    assert_int_equal(left, before + 1);
}

/* Words begun in a field that goes off the page stay; a number takes of them what is a number,
 * as if they had been typed. */
static void unfinished_text_ends_as_typed_text(void **state) {
    (void)state;
    two = true;
    frame();
    tap_named("field", "Line");
    edit_in("begun", 5, 0);
    frame();
    two = false;
    frame();
    two = true;
    frame();
    assert_string_equal(text("line"), "begun");
    kind = FIELD_DECIMAL;
    ui_field_set(hand.u, "line", "");
    frame();
    tap_named("field", "Line");
    edit_in("-1" ARABIC "2,5", 4, 0);
    frame();
    tap(200, 590);
    frame();
    assert_string_equal(text("line"), "-12.5");
}

static void limits_hold(void **state) {
    (void)state;
    limit = 10;
    frame();
    focus_note();
    type("1234567890123");
    assert_string_equal(text("note"), "1234567890");
    key(SDLK_BACKSPACE, 0);
    type("\xC2\xA3");
    assert_string_equal(text("note"), "123456789");
}

static void kinds_filter(void **state) {
    (void)state;
    two = true;
    static const struct {
        enum field_kind kind;
        const char *typed, *kept;
    } cases[] = {{FIELD_NUMBER, "1a-2.3", "123"},
                 {FIELD_NUMBER, "-12", "-12"},
                 {FIELD_DECIMAL, "3,5.1", "3.51"},
                 {FIELD_DECIMAL, "-0.5-", "-0.5"},
                 {FIELD_PHONE, "+44 (0)20 x 7", "+44 (0)20  7"},
                 {FIELD_SEARCH, "bell!", "bell!"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kind = cases[i].kind;
        ui_field_set(hand.u, "line", "");
        frame();
        tap_named("field", "Line");
        type(cases[i].typed);
        assert_string_equal(text("line"), cases[i].kept);
    }
    press_key(SDLK_RETURN, 0);
    frame();
    assert_int_equal(entered, 1);
    frame();
    assert_false(has_state(thing_named("field", "Line"), "focus"));
    tap_named("field", "Line");
    SDL_SetClipboardText("two\nlines");
    key(SDLK_a, KMOD_CTRL);
    key(SDLK_v, KMOD_CTRL);
    assert_string_equal(text("line"), "two lines");
}

static void a_long_line_slides(void **state) {
    (void)state;
    two = true;
    frame();
    tap_named("field", "Line");
    type("This is a single line that is much longer than its box is wide");
    struct entry *e = field_find(hand.u, "line");
    assert_true(e->scroll_x > 50);
    key(SDLK_HOME, 0);
    assert_true(e->scroll_x == 0);
    key(SDLK_END, 0);
    assert_true(e->scroll_x > 50);
    tap(200, 590);
    frame();
    assert_true(e->scroll_x == 0); /* left: shows its start */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FIELD_TEST(types_every_script_byte_for_byte),
        FIELD_TEST(the_caret_blinks_and_rests),
        FIELD_TEST(keys_move_and_select),
        FIELD_TEST(clipboard_and_undo),
        FIELD_TEST(unfinished_text_of_an_ime),
        FIELD_TEST(unfinished_text_ends_as_typed_text),
        FIELD_TEST(limits_hold),
        FIELD_TEST(kinds_filter),
        FIELD_TEST(a_long_line_slides),
    };
    return cmocka_run_group_tests_name("field typing", tests, load_words, close_words);
}
