/* test_signature.c -- a signature is kept stroke by stroke. needs: ui base */
#include "ui_hand.h"

static struct buf pad;
static bool pad_changed;

static void pad_page(struct ui *u) {
    pad_changed = ui_signature(u, rect_make(20, 20, 300, 150), "sign", "Sign here", &pad);
}

static int setup(void **state) {
    (void)state;
    hand_open(400, 600, 1, pad_page);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    hand_close();
    buf_release(&pad);
    return 0;
}

static void a_signature_is_kept_stroke_by_stroke(void **state) {
    (void)state;
    frame();
    assert_int_equal(pad.size, 0);
    finger_down(1, 20, 20);
    frame();
    assert_true(pad_changed);
    for (int i = 1; i <= 10; i++) {
        finger_move(1, 20 + 30 * (float)i, 20 + 15 * (float)i);
        frame();
        finger_down(2, 380, 500 + (float)i); /* a second finger elsewhere does not write */
        finger_up(2, 380, 500 + (float)i);
        frame();
    }
    finger_move(1, 390, 590); /* outside: stays at the edge, is not lost */
    finger_up(1, 390, 590);
    frame();
    struct cursor c = cursor_of(pad.data, pad.size);
    int points = 0, lifts = 0;
    uint32_t before = 0;
    uint16_t x = 0, y = 0, last_x = 0, last_y = 0;
    assert_int_equal(pad.size % 9, 0);
    while (c.p < c.end) {
        x = cursor_u16(&c);
        y = cursor_u16(&c);
        uint8_t pressure = cursor_byte(&c);
        uint32_t ms = cursor_u32(&c);
        assert_true(ms >= before);
        before = ms;
        if (x == 65535 && y == 65535) {
            lifts++;
            continue;
        }
        if (points == 0) assert_true(x == 0 && y == 0);
        assert_true(x >= last_x && y >= last_y);
        assert_in_range(pressure, 120, 135);
        last_x = x;
        last_y = y;
        points++;
    }
    assert_int_equal(lifts, 1);
    assert_in_range(points, 11, 12);
    assert_int_equal(last_x, 65534);
    frame();
    assert_false(pad_changed);
    size_t before_dot = pad.size;
    finger_down(1, 100, 100); /* a dot */
    frame();
    finger_up(1, 100, 100);
    frame();
    assert_int_equal(pad.size, before_dot + 2 * 9);
    finger_down(1, 50, 50);
    frame();
    finger_down(2, 200, 60); /* another finger on the pad: the toolkit gives it to that one */
    frame();
    finger_move(1, 60, 60);
    frame();
    size_t taken = pad.size;
    assert_int_equal(taken, before_dot + 5 * 9);
    finger_up(2, 200, 60);
    finger_up(1, 60, 60);
    frame();
    assert_int_equal(pad.size, taken + 9);
    finger_down(1, 50, 50);
    frame();
    window_event_of(SDL_WINDOWEVENT_FOCUS_LOST); /* the pen is up, though nobody lifted it */
    frame();
    assert_int_equal(pad.size, taken + 3 * 9);
    assert_memory_equal(pad.data + pad.size - 9, "\xFF\xFF\xFF\xFF", 4);
    ui_signature_clear(hand.u, "sign");
    frame();
    assert_int_equal(pad.size, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_signature_is_kept_stroke_by_stroke, setup, teardown),
    };
    return cmocka_run_group_tests_name("signature", tests, NULL, NULL);
}
