/* test_ui.c -- touch, keys and frames of the toolkit, driven by real SDL events. needs: ui base
 *
 * Each test draws a small page for some frames and counts what its widgets said. The clock
 * moves only with the frames, so inertia and times are the same on every machine. */
#include "ui_hand.h"

static int taps_a, taps_b, taps_under, backs, held;
static bool show_sheet, sheet_closed, second_gone, ask_long;
static int rows;
static const char *changing = "same";

static int setup(void **state) {
    (void)state;
    taps_a = taps_b = taps_under = backs = held = rows = 0;
    show_sheet = sheet_closed = second_gone = ask_long = false;
    changing = "same";
    return 0;
}

static int teardown(void **state) {
    (void)state;
    hand_close();
    return 0;
}

static void two_buttons(struct ui *u) {
    if (ui_button(u, (rect){20, 20, 200, 64}, &(struct button){.label = "A"})) taps_a++;
    if (ask_long && ui_pressed_long(u)) held++;
    if (second_gone) return;
    if (ui_button(u, (rect){20, 100, 200, 64}, &(struct button){.label = "B"})) taps_b++;
    ui_label(u, (rect){20, 200, 300, 30}, changing, &(struct label){.font = FONT_BODY});
}

/* ---- taps ---- */

static void tap_fires_once_and_shows(void **state) {
    (void)state;
    hand_open(400, 600, 1, two_buttons);
    frame();
    finger_down(1, 120, 50);
    frame();
    assert_true(has_state(thing_named("button", "A"), "pressed"));
    assert_false(has_state(thing_named("button", "B"), "pressed"));
    assert_int_equal(taps_a, 0);
    finger_up(1, 121, 52);
    frame();
    assert_int_equal(taps_a, 1);
    for (int i = 0; i < 5; i++)
        frame();
    assert_int_equal(taps_a, 1);
    assert_false(has_state(thing_named("button", "A"), "pressed"));
}

static void tap_between_two_frames_counts(void **state) {
    (void)state;
    hand_open(400, 600, 1, two_buttons);
    frame();
    for (int i = 0; i < 3; i++) {
        finger_down(1, 120, 50);
        finger_up(1, 120, 50);
    }
    assert_int_equal(ui_wait_ms(hand.u), 0);
    frame();
    assert_int_equal(taps_a, 1); /* one answer a frame … */
    assert_true(has_state(thing_named("button", "A"), "pressed"));
    assert_int_equal(ui_wait_ms(hand.u), 0);
    frame();
    frame();
    frame();
    assert_int_equal(taps_a, 3); /* … and none is lost */
}

static void leaving_cancels_for_good(void **state) {
    (void)state;
    hand_open(400, 600, 1, two_buttons);
    frame();
    finger_down(1, 120, 50);
    frame();
    finger_move(1, 120, 95); /* beyond the button and the slop */
    frame();
    assert_false(has_state(thing_named("button", "A"), "pressed"));
    finger_move(1, 120, 50);
    frame();
    finger_up(1, 120, 50);
    frame();
    finger_down(1, 120, 50);
    frame();
    finger_up(1, 120, 130); /* lifted over the other one: neither */
    frame();
    assert_int_equal(taps_a + taps_b, 0);
    finger_down(1, 60, 50); /* a shaky finger inside the button is still a tap */
    frame();
    finger_move(1, 80, 60);
    frame();
    finger_up(1, 80, 60);
    frame();
    assert_int_equal(taps_a, 1);
}

static void second_finger_does_not_double(void **state) {
    (void)state;
    hand_open(400, 600, 1, two_buttons);
    frame();
    finger_down(1, 60, 50);
    frame();
    finger_down(2, 160, 50);
    frame();
    finger_up(1, 60, 50);
    frame();
    finger_up(2, 160, 50);
    frame();
    frame();
    assert_int_equal(taps_a, 1);
    finger_down(1, 60, 50); /* two hands on two buttons are two taps */
    finger_down(2, 60, 130);
    frame();
    finger_up(2, 60, 130);
    finger_up(1, 60, 50);
    frame();
    assert_int_equal(taps_a, 2);
    assert_int_equal(taps_b, 1);
}

static void lost_finger_does_not_stick(void **state) {
    (void)state;
    hand_open(400, 600, 1, two_buttons);
    frame();
    finger_down(1, 60, 50); /* its end is never seen */
    frame();
    finger_down(2, 60, 50);
    frame();
    finger_up(2, 60, 50);
    frame();
    assert_int_equal(taps_a, 1);
    finger_down(1, 60, 50); /* the same finger again */
    frame();
    finger_up(1, 60, 50);
    frame();
    assert_int_equal(taps_a, 2);
    finger_down(1, 60, 50);
    frame();
    window_event_of(SDL_WINDOWEVENT_FOCUS_LOST);
    frame();
    assert_false(has_state(thing_named("button", "A"), "pressed"));
    finger_up(1, 60, 50);
    frame();
    assert_int_equal(taps_a, 2);
    mouse(SDL_MOUSEBUTTONDOWN, 0, 60, 50); /* released outside the window */
    frame();
    SDL_Event e = {.motion = {.type = SDL_MOUSEMOTION, .state = 0, .x = 60, .y = 52}};
    ui_event(hand.u, &e);
    frame();
    assert_false(has_state(thing_named("button", "A"), "pressed"));
    for (int64_t id = 100; id < 130; id++) /* more fingers than there are, all stuck */
        finger_down(id, 60, 130);
    frame();
    finger_down(5, 60, 50);
    frame();
    finger_up(5, 60, 50);
    frame();
    assert_int_equal(taps_a, 3);
}

static void control_that_goes_takes_no_tap(void **state) {
    (void)state;
    hand_open(400, 600, 1, two_buttons);
    frame();
    finger_down(1, 60, 130);
    frame();
    second_gone = true;
    frame();
    second_gone = false;
    frame();
    finger_up(1, 60, 130);
    frame();
    frame();
    assert_int_equal(taps_b, 0);
}

static void mouse_is_one_finger_and_touch_no_mouse(void **state) {
    (void)state;
    hand_open(400, 600, 1, two_buttons);
    frame();
    mouse(SDL_MOUSEBUTTONDOWN, 0, 60, 50);
    frame();
    mouse(SDL_MOUSEBUTTONUP, 0, 60, 50);
    frame();
    assert_int_equal(taps_a, 1);
    mouse(SDL_MOUSEBUTTONDOWN, SDL_TOUCH_MOUSEID, 60, 50); /* SDL's echo of a touch */
    frame();
    mouse(SDL_MOUSEBUTTONUP, SDL_TOUCH_MOUSEID, 60, 50);
    frame();
    assert_int_equal(taps_a, 1);
    assert_string_equal(SDL_GetHint(SDL_HINT_TOUCH_MOUSE_EVENTS), "0");
    assert_string_equal(SDL_GetHint(SDL_HINT_MOUSE_TOUCH_EVENTS), "0");
}

static void long_press_only_for_who_asks(void **state) {
    (void)state;
    hand_open(400, 600, 1, two_buttons);
    frame();
    finger_down(1, 60, 50);
    frame();
    assert_in_range(ui_wait_ms(hand.u), 1, 600);
    frame_after(900);
    finger_up(1, 60, 50);
    frame();
    assert_int_equal(taps_a, 1); /* a slow finger is a tap as well */
    ask_long = true;
    finger_down(1, 60, 50);
    frame();
    frame_after(650);
    assert_int_equal(held, 1);
    frame_after(650);
    assert_int_equal(held, 1);
    finger_up(1, 60, 50);
    frame();
    assert_int_equal(taps_a, 1);
}

/* ---- identity ---- */

static void twin_rows(struct ui *u) {
    for (int i = 0; i < 2; i++) {
        ui_push(u, 40 + i);
        if (ui_button(u, (rect){20, 20 + 80 * (float)i, 200, 64},
                      &(struct button){.label = "Clinic"}))
            rows |= 1 << i;
        ui_pop(u);
    }
    if (ui_button(u, (rect){20, 300, 200, 56}, &(struct button){.label = "Resume"})) taps_a++;
    if (ui_tap_area(u, (rect){10, 280, 380, 100}, "Card")) taps_under++;
    if (ui_button(u, (rect){20, 420, 200, 56},
                  &(struct button){.label = "No", .disabled = true}))
        taps_b++;
}

static void same_label_is_not_the_same_button(void **state) {
    (void)state;
    hand_open(400, 600, 1, twin_rows);
    frame();
    finger_down(1, 60, 130);
    frame();
    finger_up(1, 60, 130);
    frame();
    assert_int_equal(rows, 2);
}

static void forgotten_twins(struct ui *u) {
    for (int i = 0; i < 3; i++)
        if (ui_button(u, (rect){20, 20 + 80 * (float)i, 200, 64},
                      &(struct button){.label = "Go"}))
            rows |= 1 << i;
}

static void twins_without_a_scope_do_not_answer_for_each_other(void **state) {
    (void)state;
    hand_open(400, 600, 1, forgotten_twins);
    frame();
    finger_down(1, 60, 210);
    frame();
    finger_up(1, 60, 210);
    frame();
    assert_int_equal(rows, 4);
}

static void tap_area_gives_way_to_its_button(void **state) {
    (void)state;
    hand_open(400, 600, 1, twin_rows);
    frame();
    tap_named("button", "Resume");
    assert_int_equal(taps_a, 1);
    assert_int_equal(taps_under, 0);
    finger_down(1, 350, 330);
    frame();
    finger_up(1, 350, 330);
    frame();
    assert_int_equal(taps_under, 1);
    tap_named("button", "No");
    assert_int_equal(taps_b, 0);
    assert_true(has_state(thing_named("button", "No"), "disabled"));
    assert_false(thing_named("button", "No")->tappable);
}

/* ---- scrolling ---- */

static void long_list(struct ui *u) {
    rect c = ui_scroll_begin(u, (rect){0, 100, 400, 400}, "list");
    for (int i = 0; i < 40; i++) {
        rect r = rect_cut_top(&c, 64);
        rect_cut_top(&c, 12);
        ui_push(u, i);
        if (ui_visible(u, r) && ui_button(u, r, &(struct button){.label = "Row"}))
            rows += 1 + i;
        ui_pop(u);
    }
    ui_scroll_end(u, 40 * 76);
    ui_button(u, (rect){20, 20, 100, 56}, &(struct button){.label = "Fixed"});
}

static float at(void) {
    return ui_scroll_at(hand.u, "list");
}

static void slop_hands_to_scroll(void **state) {
    (void)state;
    hand_open(400, 600, 1, long_list);
    frame();
    finger_down(1, 200, 300);
    frame();
    finger_move(1, 203, 294);
    frame();
    assert_true(at() < 0.01f); /* within the slop */
    finger_move(1, 200, 288);
    frame();
    assert_true(at() < 0.01f); /* taken over, without a jump */
    finger_move(1, 200, 188);
    frame();
    assert_float_equal(at(), 100, 0.01);
    finger_move(1, 200, 238);
    frame();
    assert_float_equal(at(), 50, 0.01);
    frame_after(300); /* rests, then lifts: stays */
    finger_up(1, 200, 238);
    frame();
    frame_after(100);
    assert_float_equal(at(), 50, 0.01);
    assert_int_equal(rows, 0);
    finger_down(1, 200, 300);
    frame();
    finger_move(1, 200, 1600); /* past the beginning: no further than the beginning */
    frame();
    finger_move(1, 200, 1700);
    frame();
    assert_float_equal(at(), 0, 0.01);
}

static void flick(void) {
    finger_down(1, 200, 450);
    frame();
    for (int i = 1; i <= 6; i++) {
        finger_move(1, 200, 450 - 20 * (float)i);
        frame();
    }
    finger_up(1, 200, 330);
    frame();
}

static void inertia_goes_on_and_a_finger_stops_it(void **state) {
    (void)state;
    hand_open(400, 600, 1, long_list);
    frame();
    flick();
    float lifted = at();
    assert_in_range(ui_wait_ms(hand.u), 0, 16);
    float step = 1000;
    for (int i = 0; i < 10; i++) {
        float before = at();
        frame();
        assert_true(at() > before);
        assert_true(at() - before <= step + 0.1f); /* ever slower */
        step = at() - before;
    }
    assert_true(at() > lifted + 100);
    finger_down(1, 200, 300);
    frame();
    float stopped = at();
    frame();
    frame();
    assert_float_equal(at(), stopped, 0.001);
    finger_up(1, 200, 300);
    frame();
    frame();
    assert_int_equal(rows, 0); /* stopping is not pressing */
    frame();
    tap_named("button", "Row");
    assert_int_not_equal(rows, 0); /* the next tap is */
}

static void inertia_ends_by_itself(void **state) {
    (void)state;
    hand_open(400, 600, 1, long_list);
    frame();
    flick();
    int frames = 0;
    while (ui_wait_ms(hand.u) >= 0 && frames < 400)
        frame(), frames++;
    assert_in_range(frames, 20, 200);
    float rest = at();
    frame_after(500);
    assert_float_equal(at(), rest, 0.001);
    assert_true(rest < 40 * 76 - 400 + 0.5f);
    print_message("figure: a flick of 120 dp glides %.0f dp in %d ms\n", (double)(rest - 108),
                  frames * 16);
}

static void wheel_and_page_keys_scroll(void **state) {
    (void)state;
    hand_open(400, 600, 1, long_list);
    frame();
    SDL_Event e = {.wheel = {.type = SDL_MOUSEWHEEL, .y = -1, .mouseX = 200, .mouseY = 300}};
    ui_event(hand.u, &e);
    frame();
    assert_true(at() > 30);
    press_key(SDLK_HOME, 0);
    for (int i = 0; i < 60; i++)
        frame();
    assert_float_equal(at(), 0, 0.6);
    press_key(SDLK_PAGEDOWN, 0);
    for (int i = 0; i < 60; i++)
        frame();
    assert_float_equal(at(), 320, 1);
    press_key(SDLK_END, 0);
    for (int i = 0; i < 90; i++)
        frame();
    assert_float_equal(at(), 40 * 76 - 400, 1);
}

/* ---- keys ---- */

static const char *focused(void) {
    const struct ui_thing *t;
    size_t n = ui_things(hand.u, &t);
    for (size_t i = 0; i < n; i++)
        if (has_state(&t[i], "ring")) return t[i].name;
    return "";
}

static void focus_walks_in_drawing_order(void **state) {
    (void)state;
    hand_open(400, 600, 1, two_buttons);
    frame();
    assert_string_equal(focused(), "");
    press_key(SDLK_TAB, 0);
    frame();
    frame();
    assert_string_equal(focused(), "A");
    press_key(SDLK_TAB, 0);
    frame();
    frame();
    assert_string_equal(focused(), "B");
    press_key(SDLK_RETURN, 0);
    frame();
    assert_int_equal(taps_b, 1);
    press_key(SDLK_TAB, KMOD_LSHIFT);
    frame();
    frame();
    assert_string_equal(focused(), "A");
    press_key(SDLK_SPACE, 0);
    frame();
    assert_int_equal(taps_a, 1);
    press_key(SDLK_DOWN, 0);
    frame();
    frame();
    assert_string_equal(focused(), "B");
    press_key(SDLK_UP, 0);
    frame();
    frame();
    assert_string_equal(focused(), "A");
    tap_named("button", "B");
    assert_string_equal(focused(), ""); /* a finger needs no ring */
}

static void focus_scrolls_into_view(void **state) {
    (void)state;
    hand_open(400, 600, 1, long_list);
    frame();
    for (int i = 0; i < 20; i++) {
        press_key(SDLK_TAB, 0);
        for (int k = 0; k < 40; k++)
            frame();
    }
    const struct ui_thing *t;
    size_t n = ui_things(hand.u, &t), seen = 0;
    for (size_t i = 0; i < n; i++) {
        if (!has_state(&t[i], "ring")) continue;
        seen++;
        assert_float_equal(t[i].visible.h, t[i].r.h, 0.01);
    }
    assert_int_equal(seen, 1);
    assert_true(at() > 1000);
    press_key(SDLK_RETURN, 0);
    frame();
    assert_int_equal(rows, 20); /* the twentieth row */
}

/* ---- sheet, toast, above ---- */

static void page_with_sheet(struct ui *u) {
    if (ui_back_pressed(u)) backs++;
    two_buttons(u);
    ui_above_begin(u);
    if (ui_button(u, (rect){320, 10, 72, 64}, &(struct button){.label = "Cover"})) taps_under++;
    ui_above_end(u);
    if (!show_sheet) return;
    rect c = ui_sheet_begin(u, "s", "Sheet", 300, &sheet_closed);
    if (ui_button(u, rect_cut_top(&c, 64), &(struct button){.label = "In sheet"})) rows++;
    ui_sheet_end(u);
    if (sheet_closed) show_sheet = false;
}

static void sheet_blocks_what_lies_below(void **state) {
    (void)state;
    hand_open(400, 800, 1, page_with_sheet);
    show_sheet = true;
    frame();
    frame();
    assert_true(ui_sheet_open(hand.u));
    assert_true(thing_named("button", "A")->covered);
    assert_false(thing_named("button", "In sheet")->covered);
    tap_named("button", "In sheet");
    assert_int_equal(rows, 1);
    tap_named("button", "Cover"); /* stays in reach */
    assert_int_equal(taps_under, 1);
    for (int i = 0; i < 6; i++) { /* Tab stays in the sheet and on Cover */
        press_key(SDLK_TAB, 0);
        frame();
        frame();
        assert_string_not_equal(focused(), "A");
        assert_string_not_equal(focused(), "B");
    }
    press_key(SDLK_ESCAPE, 0);
    frame();
    assert_false(show_sheet);
    assert_int_equal(backs, 0); /* that Esc was the sheet's */
    frame();
    press_key(SDLK_ESCAPE, 0);
    frame();
    assert_int_equal(backs, 1);
    show_sheet = true;
    frame();
    frame();
    finger_down(1, 60, 50); /* beside the sheet, where A is */
    frame();
    finger_up(1, 60, 50);
    frame();
    assert_int_equal(taps_a, 0);
    assert_false(show_sheet);
    frame();
    tap_named("button", "A");
    assert_int_equal(taps_a, 1);
    show_sheet = true;
    frame();
    tap_named("button", "ui.close");
    assert_false(show_sheet);
    frame();
    press_key(SDLK_TAB, 0); /* closing puts the focus back to where it was */
    frame();
    frame();
    const char *before = focused();
    assert_string_not_equal(before, "");
    show_sheet = true;
    frame();
    frame();
    assert_string_equal(focused(), "");
    for (int i = 0; i < 4 && strcmp(focused(), "In sheet") != 0; i++) {
        press_key(SDLK_TAB, 0);
        frame();
        frame();
    }
    assert_string_equal(focused(), "In sheet");
    press_key(SDLK_ESCAPE, 0);
    frame();
    frame();
    assert_false(show_sheet);
    assert_string_equal(focused(), before);
}

static void toast_offers_undo_for_six_seconds(void **state) {
    (void)state;
    int64_t id = 0;
    hand_open(400, 800, 1, two_buttons);
    frame();
    ui_toast(hand.u, 77, "Answer removed", "Undo");
    frame();
    assert_non_null(thing_named("toast", "Answer removed"));
    assert_in_range(ui_wait_ms(hand.u), 5000, 6000);
    assert_false(ui_toast_undone(hand.u, &id));
    tap_named("button", "Undo");
    assert_true(ui_toast_undone(hand.u, &id));
    assert_int_equal(id, 77);
    assert_false(ui_toast_undone(hand.u, &id));
    frame();
    assert_null(thing_named("toast", "Answer removed"));
    ui_toast(hand.u, 78, "Gone", NULL);
    frame_after(5900);
    assert_non_null(thing_named("toast", "Gone"));
    frame_after(ui_wait_ms(hand.u));
    assert_null(thing_named("toast", "Gone"));
    assert_int_equal(ui_wait_ms(hand.u), -1);
}

static bool shutter_shows;
static void page_with_shutter(struct ui *u) {
    rect round = {150, 680, 100, 100};
    if (shutter_shows) ui_button(u, round, &(struct button){.label = "Shutter", .round = true});
    if (!show_sheet) return;
    rect c = ui_sheet_begin(u, "s", "Sheet", 100, &sheet_closed);
    ui_button(u, rect_cut_top(&c, 64), &(struct button){.label = "In sheet"});
    ui_sheet_end(u);
}

/* It came up on another page, which had no buttons there. */
static void toast_keeps_off_what_is_next(void **state) {
    (void)state;
    hand_open(400, 800, 1, page_with_shutter);
    show_sheet = shutter_shows = false;
    frame();
    ui_toast(hand.u, 79, "Kept", "Undo");
    frame();
    float low = thing_named("toast", "Kept")->r.y;
    shutter_shows = true;
    frame();
    rect r = thing_named("toast", "Kept")->r;
    assert_true(r.y + r.h <= 680);
    shutter_shows = false;
    show_sheet = true;
    frame();
    frame();
    r = thing_named("toast", "Kept")->r;
    assert_true(r.y + r.h <= thing_named("sheet", "Sheet")->r.y);
    show_sheet = false;
    frame();
    assert_float_equal(thing_named("toast", "Kept")->r.y, low, 0.5);
}

/* ---- frames ---- */

static void same_frame_is_not_shown_again(void **state) {
    (void)state;
    hand_open(400, 600, 1, two_buttons);
    frame();
    int64_t drawn = ui_frames_drawn(hand.u);
    assert_int_equal(drawn, 1);
    for (int i = 0; i < 50; i++)
        frame();
    assert_int_equal(ui_frames_drawn(hand.u), drawn);
    assert_int_equal(ui_wait_ms(hand.u), -1);
    changing = "other";
    frame();
    assert_int_equal(ui_frames_drawn(hand.u), drawn + 1);
    ui_set_theme(hand.u, true);
    frame();
    assert_int_equal(ui_frames_drawn(hand.u), drawn + 2);
    ui_redraw(hand.u);
    frame();
    assert_int_equal(ui_frames_drawn(hand.u), drawn + 3);
    ui_begin(hand.u, hand.now);
    hand.page(hand.u);
    ui_wake_in(hand.u, 1000);
    ui_end(hand.u);
    assert_int_equal(ui_wait_ms(hand.u), 1000);
}

static void dump_reads_well(void **state) {
    (void)state;
    hand_open(400, 600, 1, twin_rows);
    frame();
    struct buf b = {0};
    ui_dump(hand.u, &b);
    assert_string_equal(buf_str(&b), "button \"Clinic\" 20,20 200x64\n"
                                     "button \"Clinic\" 20,100 200x64\n"
                                     "button \"Resume\" 20,300 200x56\n"
                                     "tap \"Card\" 10,280 380x100 covered\n"
                                     "button \"No\" 20,420 200x56 disabled\n");
    buf_release(&b);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void) {
    const struct CMUnitTest tests[] = {
        T(tap_fires_once_and_shows),
        T(tap_between_two_frames_counts),
        T(leaving_cancels_for_good),
        T(second_finger_does_not_double),
        T(lost_finger_does_not_stick),
        T(control_that_goes_takes_no_tap),
        T(mouse_is_one_finger_and_touch_no_mouse),
        T(long_press_only_for_who_asks),
        T(same_label_is_not_the_same_button),
        T(twins_without_a_scope_do_not_answer_for_each_other),
        T(tap_area_gives_way_to_its_button),
        T(slop_hands_to_scroll),
        T(inertia_goes_on_and_a_finger_stops_it),
        T(inertia_ends_by_itself),
        T(wheel_and_page_keys_scroll),
        T(focus_walks_in_drawing_order),
        T(focus_scrolls_into_view),
        T(sheet_blocks_what_lies_below),
        T(toast_offers_undo_for_six_seconds),
        T(toast_keeps_off_what_is_next),
        T(same_frame_is_not_shown_again),
        T(dump_reads_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
