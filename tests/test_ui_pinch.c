/* test_ui_pinch.c -- looking closer and drawing, with real fingers: what lies under them stays
 * under them, nothing leaves its place, a finger that is lost holds nothing. needs: ui base */
#include <math.h>

#include "ui_hand.h"

#define W 1600
#define H 1200

static struct ui_zoom zoom;
static const rect window = {0, 50, 400, 500};
static bool changed, shown, in_list;
static int swipe;
static struct ui_stroke stroke;
static int strokes_done;
static float kept[2 * 4096];
static int kept_count;

static void pinch_page(struct ui *u) {
    if (in_list) ui_scroll_begin(u, ui_area(u), "list");
    swipe = 0;
    changed = shown && ui_pinch(u, window, "Photo", W, H, &zoom);
    if (shown) swipe = ui_pinch_swipe(u);
    ui_button(u, rect_make(0, 556, 100, 40), &(struct button){.label = "Below"});
    if (in_list) ui_scroll_end(u, 3000);
}

static void stroke_page(struct ui *u) {
    if (!shown) return;
    stroke = ui_stroke(u, rect_make(50, 100, 200, 100), "pen", "Draw here");
    ui_polyline(u, rect_make(50, 100, 200, 100), stroke.points, stroke.count, COLOR_PRIMARY, 6);
    if (!stroke.done) return;
    strokes_done++;
    kept_count = stroke.count;
    if (stroke.count) memcpy(kept, stroke.points, sizeof(float) * 2 * (size_t)stroke.count);
}

static int setup(void **state) {
    (void)state;
    hand_open(400, 600, 1, pinch_page);
    zoom = (struct ui_zoom){0};
    shown = true;
    in_list = false;
    strokes_done = kept_count = 0;
    frame();
    return 0;
}

static int teardown(void **state) {
    (void)state;
    hand_close();
    return 0;
}

/* The part of the picture at a point of the window. */
static void part_at(float x, float y, float *px, float *py) {
    rect whole = ui_image_place(window, W, H);
    *px = zoom.x + (x - (window.x + window.w / 2)) / (whole.w * zoom.zoom);
    *py = zoom.y + (y - (window.y + window.h / 2)) / (whole.h * zoom.zoom);
}

static void assert_within(void) {
    rect whole = ui_image_place(window, W, H);
    float w = whole.w * zoom.zoom, h = whole.h * zoom.zoom;
    float left = window.x + window.w / 2 - zoom.x * w,
          top = window.y + window.h / 2 - zoom.y * h;
    assert_true(zoom.zoom >= 1 && zoom.zoom <= 8);
    if (w <= window.w + 0.1F) {
        assert_float_equal(zoom.x, 0.5, 0.001);
    } else {
        assert_true(left <= window.x + 0.1F && left + w >= window.x + window.w - 0.1F);
    }
    if (h <= window.h + 0.1F) {
        assert_float_equal(zoom.y, 0.5, 0.001);
    } else {
        assert_true(top <= window.y + 0.1F && top + h >= window.y + window.h - 0.1F);
    }
}

static void two_fingers(float x1, float y1, float x2, float y2) {
    finger_down(1, x1, y1);
    frame();
    finger_down(2, x2, y2);
    frame();
}

static void what_is_under_the_fingers_stays(void **state) {
    (void)state;
    float ax, ay, bx, by;
    assert_float_equal(zoom.zoom, 1, 0.001);
    zoom = (struct ui_zoom){2, 0.5F, 0.5F};
    frame();
    two_fingers(150, 250, 250, 350);
    part_at(150, 250, &ax, &ay);
    part_at(250, 350, &bx, &by);
    for (int i = 1; i <= 20; i++) { /* apart, and on the way to the right: not turned */
        float d = (float)i;
        finger_move(1, 150 - d, 250 - 2 * d);
        finger_move(2, 250 + 3 * d, 350 + 2 * d);
        frame();
        assert_true(changed);
        assert_within();
    }
    float x, y;
    part_at((130 + 310) / 2.0F, (210 + 390) / 2.0F, &x, &y);
    assert_float_equal(x, (ax + bx) / 2, 0.004);
    assert_float_equal(y, (ay + by) / 2, 0.004);
    float far = hypotf(180, 180) / hypotf(100, 100);
    assert_float_equal(zoom.zoom, 2 * far, 0.02);
    finger_up(2, 310, 390);
    frame();
    part_at(130, 210, &ax, &ay); /* the one that stays moves it on, without a jump */
    finger_move(1, 140, 230);
    frame();
    part_at(140, 230, &x, &y);
    assert_float_equal(x, ax, 0.002);
    assert_float_equal(y, ay, 0.002);
    finger_up(1, 140, 230);
    frame();
    assert_false(changed);
}

static void it_never_leaves_its_place(void **state) {
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 60; round++) {
        two_fingers(200, 300, 220, 320);
        for (int i = 0; i < 12; i++) {
            seed = seed * 1664525u + 1013904223u;
            finger_move(1 + (seed >> 9 & 1), (float)(seed >> 8 & 511) - 50,
                        (float)(seed >> 17 & 511) + 20);
            frame();
            assert_within();
        }
        finger_up(1, 100, 100);
        finger_up(2, 100, 100);
        frame();
        assert_within();
    }
    two_fingers(20, 300, 380, 300); /* pinched shut: whole again */
    for (int i = 0; i < 2; i++) {
        finger_move(1, 190, 300);
        finger_move(2, 210, 300);
        frame();
        finger_move(1, 20, 300);
        finger_up(1, 20, 300);
        finger_up(2, 210, 300);
        frame();
        if (!i) zoom = (struct ui_zoom){1.2F, 0.5F, 0.5F}, two_fingers(20, 300, 380, 300);
    }
    assert_within();
}

static void tap(float x, float y) {
    finger_down(1, x, y);
    frame();
    finger_up(1, x, y);
    frame();
}

static void two_taps_zoom_in_and_out(void **state) {
    (void)state;
    float x, y, x2, y2;
    part_at(120, 260, &x, &y);
    tap(120, 260);
    assert_float_equal(zoom.zoom, 1, 0.001);
    tap(123, 258);
    assert_float_equal(zoom.zoom, 2.5, 0.001);
    part_at(123, 258, &x2, &y2);
    assert_float_equal(x2, x, 0.02);
    assert_float_equal(y2, y, 0.02);
    frame_after(600);
    tap(120, 260);
    frame_after(600); /* too late: two single taps */
    tap(120, 260);
    assert_float_equal(zoom.zoom, 2.5, 0.001);
    tap(122, 262);
    assert_float_equal(zoom.zoom, 1, 0.001);
    frame_after(600);
    tap(120, 260);
    tap(320, 460); /* too far away */
    assert_float_equal(zoom.zoom, 1, 0.001);
    frame_after(600);
    finger_down(1, 100, 300); /* dragging is no tap */
    frame();
    finger_move(1, 160, 300);
    frame();
    finger_up(1, 160, 300);
    frame();
    tap(160, 300);
    assert_float_equal(zoom.zoom, 1, 0.001);
}

static void one_finger_scrolls_nothing(void **state) {
    (void)state;
    in_list = true;
    frame();
    for (int pass = 0; pass < 2; pass++) {
        finger_down(1, 200, 400);
        frame();
        for (int i = 1; i < 12; i++) {
            finger_move(1, 200, 400 - 20 * (float)i);
            frame();
            assert_float_equal(ui_scroll_at(hand.u, "list"), 0, 0.01);
        }
        finger_up(1, 200, 180);
        frame();
        if (!pass) assert_true(zoom.zoom <= 1 && zoom.y > 0.49F);
        if (!pass) zoom = (struct ui_zoom){3, 0.5F, 0.5F};
    }
    frame_after(600);
    assert_true(zoom.y > 0.5F); /* … but at zoom 3 it moved the picture */
}

static void pushed_aside(void **state) {
    (void)state;
    int seen = 0, last = 0;
    const float ways[][2] = {{300, 150}, {100, 260}, {200, 230}};
    for (int i = 0; i < 3; i++) {
        finger_down(1, ways[i][0], 300);
        frame();
        finger_move(1, (ways[i][0] + ways[i][1]) / 2, 302);
        frame();
        finger_up(1, ways[i][1], 304);
        frame();
        if (swipe) seen++, last = swipe;
        if (i == 0) assert_int_equal(swipe, 1);
        if (i == 1) assert_int_equal(swipe, -1);
        frame();
        assert_int_equal(swipe, 0);
    }
    assert_int_equal(seen, 2);
    assert_int_equal(last, -1);
}

static void lost_fingers_hold_nothing(void **state) {
    (void)state;
    two_fingers(100, 200, 300, 400);
    finger_move(1, 50, 150);
    frame();
    assert_true(zoom.zoom > 1.2F);
    shown = false; /* covered: the fingers are lifted unseen */
    frame();
    finger_up(1, 50, 150);
    frame();
    shown = true;
    frame();
    frame();
    struct ui_zoom before = zoom;
    finger_move(2, 200, 300); /* still on the glass from before: it has nothing any more */
    frame();
    assert_memory_equal(&before, &zoom, sizeof zoom);
    finger_up(2, 200, 300);
    frame();
    finger_down(1, 200, 300); /* its end is never seen */
    frame();
    window_event_of(SDL_WINDOWEVENT_FOCUS_LOST);
    frame();
    finger_down(2, 100, 200);
    frame();
    finger_move(2, 101, 205);
    frame();
    assert_memory_equal(&before.zoom, &zoom.zoom, sizeof zoom.zoom);
    finger_up(2, 101, 205);
    frame();
    finger_down(5, 200, 300); /* nor this one's; nothing is heard of it for five seconds */
    frame();
    for (int i = 0; i < 50; i++)
        frame_after(100);
    finger_down(6, 100, 200);
    frame();
    finger_move(6, 60, 160);
    frame();
    assert_memory_equal(&before.zoom, &zoom.zoom, sizeof zoom.zoom);
}

static void wheel(int by, uint16_t mod) {
    SDL_Event m = {.motion = {.type = SDL_MOUSEMOTION, .x = 100, .y = 200}};
    SDL_Event e = {.wheel = {.type = SDL_MOUSEWHEEL, .y = by, .mouseX = 100, .mouseY = 200}};
    SDL_SetModState((SDL_Keymod)mod);
    ui_event(hand.u, &m);
    ui_event(hand.u, &e);
    SDL_SetModState(KMOD_NONE);
    frame();
}

static void wheel_and_keys(void **state) {
    (void)state;
    float x, y, x2, y2;
    zoom = (struct ui_zoom){2, 0.5F, 0.5F};
    frame();
    wheel(1, 0);
    assert_float_equal(zoom.zoom, 2, 0.001); /* without ctrl it is the page's */
    part_at(100, 200, &x, &y);
    wheel(1, KMOD_LCTRL);
    assert_true(zoom.zoom > 2.1F);
    part_at(100, 200, &x2, &y2);
    assert_float_equal(x, x2, 0.002);
    assert_float_equal(y, y2, 0.002);
    wheel(-40, KMOD_LCTRL);
    assert_float_equal(zoom.zoom, 1, 0.001);
    press_key(SDLK_TAB, 0);
    frame();
    assert_true(has_state(thing_named("pinch", "Photo"), "focus"));
    press_key(SDLK_PLUS, 0);
    frame();
    press_key(SDLK_EQUALS, 0);
    frame();
    assert_float_equal(zoom.zoom, 1.5625, 0.001);
    float before = zoom.x;
    press_key(SDLK_RIGHT, 0);
    frame();
    assert_true(zoom.x > before);
    for (int i = 0; i < 12; i++) { /* down to the edge, and then on to the button below */
        press_key(SDLK_DOWN, 0);
        frame();
        assert_within();
    }
    frame();
    assert_true(has_state(thing_named("button", "Below"), "focus"));
    press_key(SDLK_TAB, KMOD_LSHIFT);
    frame();
    press_key(SDLK_0, 0);
    frame();
    assert_float_equal(zoom.zoom, 1, 0.001);
    press_key(SDLK_RETURN, 0);
    frame();
    assert_float_equal(zoom.zoom, 2.5, 0.001);
    press_key(SDLK_MINUS, 0);
    frame();
    assert_float_equal(zoom.zoom, 2, 0.001);
}

/* ---- strokes
 * ------------------------------------------------------------------------------------- */

static void open_strokes(void) {
    hand.page = stroke_page;
    frame();
    frame();
}

static void a_stroke_is_told_once(void **state) {
    (void)state;
    open_strokes();
    finger_down(1, 50, 100);
    frame();
    assert_int_equal(stroke.count, 1);
    for (int i = 1; i <= 10; i++) {
        finger_move(1, 50 + 20 * (float)i, 100 + 10 * (float)i);
        frame();
        assert_int_equal(stroke.count, 1 + i);
        assert_false(stroke.done);
    }
    finger_move(1, 390, 590); /* outside: at the edge */
    finger_up(1, 390, 590);
    frame();
    assert_int_equal(strokes_done, 1);
    assert_float_equal(kept[0], 0, 0.01);
    assert_float_equal(kept[2 * 5], 0.5, 0.01);
    assert_float_equal(kept[2 * 5 + 1], 0.5, 0.01);
    assert_float_equal(kept[2 * (kept_count - 1)], 1, 0.001);
    frame();
    assert_int_equal(stroke.count, 0);
    finger_down(1, 100, 150); /* a dot */
    frame();
    finger_up(1, 100, 150);
    frame();
    assert_int_equal(strokes_done, 2);
    assert_int_equal(kept_count, 1);
    frame();
    assert_int_equal(strokes_done, 2);
    finger_down(1, 100, 150); /* ten thousand trembles: no more points than there is room for */
    for (int i = 0; i < 10000; i++) {
        finger_move(1, 100 + (float)(i % 40), 120 + (float)(i % 60));
        if (i % 100 == 99) frame();
    }
    finger_up(1, 100, 150);
    frame();
    assert_int_equal(strokes_done, 3);
    assert_in_range(kept_count, 1000, 4096);
}

static void a_lost_finger_leaves_no_stroke(void **state) {
    (void)state;
    open_strokes();
    for (int way = 0; way < 3; way++) {
        finger_down(1, 60, 110);
        frame();
        finger_move(1, 120, 150);
        frame();
        assert_int_equal(stroke.count, 2);
        if (way == 0) window_event_of(SDL_WINDOWEVENT_FOCUS_LOST);
        if (way == 1) {
            shown = false; /* Cover */
            frame();
            frame();
            shown = true;
        }
        if (way == 2) { /* another hand on it: that one draws now */
            finger_down(2, 200, 110);
            finger_move(2, 210, 120);
        }
        frame();
        assert_int_equal(strokes_done, 0);
        assert_int_equal(stroke.count, way == 2 ? 2 : 0);
        finger_move(1, 140, 160);
        finger_up(1, 140, 160);
        frame();
        assert_int_equal(strokes_done, 0);
    }
    finger_up(2, 220, 130);
    frame();
    assert_int_equal(strokes_done, 1);
    assert_int_equal(kept_count, 3);
    assert_float_equal(kept[0], 0.75, 0.01);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_under_the_fingers_stays, setup, teardown),
        cmocka_unit_test_setup_teardown(it_never_leaves_its_place, setup, teardown),
        cmocka_unit_test_setup_teardown(two_taps_zoom_in_and_out, setup, teardown),
        cmocka_unit_test_setup_teardown(one_finger_scrolls_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(pushed_aside, setup, teardown),
        cmocka_unit_test_setup_teardown(lost_fingers_hold_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(wheel_and_keys, setup, teardown),
        cmocka_unit_test_setup_teardown(a_stroke_is_told_once, setup, teardown),
        cmocka_unit_test_setup_teardown(a_lost_finger_leaves_no_stroke, setup, teardown),
    };
    return cmocka_run_group_tests_name("ui_pinch", tests, NULL, NULL);
}
