/* test_field_touch.c -- a finger in a text field: caret, selection, menu, scrolling.
 * needs: ui base */
#include "field_hand.h"

static void a_tap_places_the_caret(void **state) {
    (void)state;
    float x, y;
    initial = "one two three " E_ACUTE FAMILY " four five six seven eight nine ten eleven";
    frame();
    frame();
    for (size_t at = 0; at < strlen(initial);) {
        point_of(at, &x, &y);
        wait_ms(500);
        tap(x, y);
        if (caret() != at) fail_msg("tapped at %zu, the caret is at %zu", at, caret());
        at = text_grapheme_next(initial, strlen(initial), at);
        if (at == strlen("one two three " E_ACUTE FAMILY " four five six seven"))
            at++; /* line */
    }
    wait_ms(500);
    tap(370, y); /* right of the text: its end */
    assert_int_equal(caret(), strlen(initial));
    assert_int_equal(changed, 0);
}

static void a_tap_from_field_to_field_places_it_too(void **state) {
    (void)state;
    float x, y;
    two = true;
    initial = "one two three";
    frame();
    frame();
    point_of(4, &x, &y);
    tap_named("field", "Line");
    type("abc");
    tap(x, y);
    frame();
    assert_true(has_state(thing_named("field", "Note"), "focus"));
    assert_int_equal(caret(), 4);
    type("x");
    assert_string_equal(text("note"), "one xtwo three");
    assert_string_equal(text("line"), "abc");
}

static void right_to_left_text_turns_round(void **state) {
    (void)state;
    float x0, x1, y;
    initial = "ab " ARABIC " cd";
    frame();
    frame();
    point_of(3 + 2, &x0, &y); /* the second letter is left of the first */
    point_of(3, &x1, &y);
    assert_true(x0 < x1);
    tap(x1 - 3, y);
    assert_int_equal(caret(), 3);
    wait_ms(500);
    tap(x0 - 3, y);
    assert_int_equal(caret(), 5);
    struct field_view v = view();
    struct field_stretch *s;
    assert_int_equal(field_stretches(&v, 0, 3, 3 + strlen(ARABIC), &s), 1);
    assert_true(s[0].right - s[0].left > 20);
}

static void two_taps_take_a_word_and_handles_widen_it(void **state) {
    (void)state;
    float x, y;
    size_t from, to;
    initial = "someone rang the bell twice";
    frame();
    frame();
    point_of(10, &x, &y);
    tap(x, y);
    tap(x, y);
    selection(&from, &to);
    assert_int_equal(from, 8);
    assert_int_equal(to, 12);
    frame();
    const struct ui_thing *end = thing_named("handle", "end");
    assert_non_null(end);
    assert_true(end->r.w >= 48 && end->r.h >= 48);
    float hx = end->r.x + 20, hy = end->r.y + 20, tx, ty, ex, ey;
    point_of(12, &ex, &ey);
    point_of(21, &tx, &ty);
    finger_down(1, hx, hy);
    frame();
    for (int i = 1; i <= 8; i++) {
        finger_move(1, hx + (tx - ex) * (float)i / 8, hy);
        frame();
    }
    finger_up(1, hx + tx - ex, hy);
    frame();
    selection(&from, &to);
    assert_int_equal(from, 8);
    assert_int_equal(to, 21);
    assert_true(has_state(thing_named("field", "Note"), "focus"));
    tap_named("button", "Cut");
    assert_string_equal(text("note"), "someone  twice");
    assert_true(has_state(thing_named("field", "Note"), "focus"));
    frame();
    assert_null(thing_named("handle", "end"));
}

static void a_long_press_offers_the_menu(void **state) {
    (void)state;
    float x, y;
    size_t from, to;
    initial = "the lift was out of order";
    frame();
    frame();
    point_of(6, &x, &y);
    finger_down(1, x, y);
    frame();
    wait_ms(800);
    selection(&from, &to);
    assert_int_equal(from, 4);
    assert_int_equal(to, 8);
    float tx, ty;
    point_of(14, &tx, &ty); /* going on takes more */
    finger_move(1, tx, ty);
    frame();
    selection(&from, &to);
    assert_int_equal(to, 14);
    assert_null(thing_named("button", "Copy")); /* not under a moving finger */
    finger_up(1, tx, ty);
    frame();
    frame();
    assert_null(thing_named("button", "Paste")); /* nothing to paste */
    tap_named("button", "Copy");
    char *s = SDL_GetClipboardText();
    assert_string_equal(s, "lift was o");
    SDL_free(s);
    finger_down(1, x, y);
    frame();
    wait_ms(800);
    finger_up(1, x, y);
    frame();
    frame();
    tap_named("button", "Select all");
    selection(&from, &to);
    assert_int_equal(to - from, strlen(initial));
    frame();
    tap_named("button", "Paste");
    assert_string_equal(text("note"), "lift was o");
}

static void drags_select(void **state) {
    (void)state;
    float x, y, tx, ty;
    size_t from, to;
    initial = "drag over these words";
    frame();
    frame();
    point_of(5, &x, &y);
    point_of(15, &tx, &ty);
    mouse(SDL_MOUSEBUTTONDOWN, 0, x, y);
    frame();
    SDL_Event e = {
        .motion = {
            .type = SDL_MOUSEMOTION, .state = SDL_BUTTON_LMASK, .x = (int)tx, .y = (int)ty}};
    ui_event(hand.u, &e);
    frame();
    mouse(SDL_MOUSEBUTTONUP, 0, tx, ty);
    frame();
    selection(&from, &to);
    assert_int_equal(from, 5);
    assert_int_equal(to, 15);
    tap(x, y);
    wait_ms(600);
    finger_down(1, x, y); /* a finger, sideways, where the focus is */
    frame();
    finger_move(1, (x + tx) / 2, y);
    frame();
    finger_move(1, tx, ty);
    frame();
    finger_up(1, tx, ty);
    frame();
    selection(&from, &to);
    assert_int_equal(from, 5);
    assert_int_equal(to, 15);
}

static void tall_text_scrolls_in_its_box(void **state) {
    (void)state;
    note_h = 150;
    initial = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20";
    frame();
    frame();
    finger_down(1, 100, 200);
    frame();
    for (int i = 1; i <= 10; i++) {
        finger_move(1, 100, 200 - 8 * (float)i);
        frame();
    }
    finger_up(1, 100, 120);
    wait_ms(2000);
    rect seen;
    assert_true(ui_scroll_view(hand.u, &seen));
    assert_in_range((int)seen.h, 115, 125);
    assert_false(has_state(thing_named("field", "Note"), "focus")); /* a drag is no tap */
    tap_named("field", "Note");
    assert_true(caret() > 6);
    key(SDLK_END, KMOD_CTRL);
    wait_ms(1000);
    tap(40, 80 + 14 + 110); /* the last line is in view */
    assert_true(caret() >= strlen(initial) - 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FIELD_TEST(a_tap_places_the_caret),
        FIELD_TEST(a_tap_from_field_to_field_places_it_too),
        FIELD_TEST(right_to_left_text_turns_round),
        FIELD_TEST(two_taps_take_a_word_and_handles_widen_it),
        FIELD_TEST(a_long_press_offers_the_menu),
        FIELD_TEST(drags_select),
        FIELD_TEST(tall_text_scrolls_in_its_box),
    };
    return cmocka_run_group_tests_name("field touch", tests, load_words, close_words);
}
