/* test_room.c -- the room that is left on the tablet.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * A disk that fills up is told before it is full, and answers are kept whatever it says. */
#include "app_hand.h"

static int64_t left_bytes;

static int64_t free_as_told(void *ctx, const char *dir) {
    (void)ctx;
    (void)dir;
    return left_bytes;
}

static void open_with(const char *dir, int64_t bytes) {
    left_bytes = bytes;
    hand_new_tablet(dir);
    hand_open(dir);
    PLAY("press \"Settings\"\n");
    hand_platform.free_bytes = free_as_told;
    PLAY("wait 6s\n");
}

static void enough_says_nothing(void **state) {
    (void)state;
    open_with(scratch("enough"), 200000000);
    assert_false(hand_shows("Home says what to do"));
    PLAY("key Escape\nscreen home\n");
    assert_false(hand_shows("Free some"));
    left_bytes = -1; /* no file system that tells */
    PLAY("wait 6s\n");
    assert_false(hand_shows("Free some"));
    hand_close();
}

static void low_is_told_once_and_stands_on_home(void **state) {
    (void)state;
    open_with(scratch("low"), 199999999);
    assert_true(hand_shows("Only 199 MB are free on this tablet"));
    PLAY("wait 20s\nabsent \"Only 199 MB\"\nkey Escape\nscreen home\n"
         "expect \"199 MB are free on this tablet\"\nexpect \"Enough for answers\"\ntap \"Free "
         "some\"\nscreen settings\n");
    left_bytes = 900000000;
    PLAY("key Escape\nwait 6s\nabsent \"are free on this tablet\"\n");
    hand_close();
}

static void answers_are_kept_with_none(void **state) {
    (void)state;
    open_with(scratch("none"), 49999999);
    assert_true(hand_shows("new photos and voice notes are not"));
    PLAY("key Escape\n");
    PLAY(hand_start_check);
    int64_t before = hand_count("SELECT count(*) FROM answer");
    PLAY("press \"Met\" #1\n");
    assert_int_equal(hand_count("SELECT count(*) FROM answer"), before + 1);
    hand_close();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(enough_says_nothing),
        cmocka_unit_test(low_is_told_once_and_stands_on_home),
        cmocka_unit_test(answers_are_kept_with_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
