/* test_photos.c -- photos on the spot in the real app, by its touches
 * (tests/scripts/photos.txt): the camera plays recorded frames.
 *
 * needs: platform app screen model ui media care sync store base */
#include "app_hand.h"

#include "base/file.h"
#include "model/evidence_load.h"
#include "photo_room.h"

static int64_t count(const char *sql) {
    return query_one_int(app_journal(hand_app), -1, sql, 0);
}

static bool play_file(const char *path) {
    return script_run(hand_app, &(struct script_options){.path = path,
                                                         .shots = getenv("LANTERN_SHOTS")
                                                                      ? getenv("LANTERN_SHOTS")
                                                                      : scratch("shots"),
                                                         .clock = &hand_time}) == 0;
}

static int open_it(void **state) {
    (void)state;
    hand_time = (struct clock_manual){.wall_ms = NIGHT_0241, .boot_ms = 5000000};
    OK(room_camera(scratch("camera")));
    setenv("LANTERN_CAMERA", scratch("camera"), 1);

    hand_open_locked(scratch("photos"));
    app_force_theme(hand_app, "night");
    return 0;
}

static int close_it(void **state) {
    (void)state;
    hand_close();
    unsetenv("LANTERN_CAMERA");
    return 0;
}

static void the_way_of_a_photo(void **state) {
    (void)state;
    assert_true(play_file("tests/scripts/photos.txt"));
}

/* What the touches left in the journal. */
static void photos_are_records(void **state) {
    (void)state;
    assert_int_equal(count("SELECT count(*) FROM attachment WHERE sort = 'photo' AND source = "
                           "'camera' AND withdrawn = 0"),
                     3);
    assert_int_equal(
        count("SELECT count(*) FROM attachment WHERE item = 'N41' AND room IS NULL "
              "AND caption = 'Cord round the lamp' AND nobody IS NOT 1"),
        1);
    /* In the bedroom it was said that nobody is there, and that is on the record. */
    assert_int_equal(
        count("SELECT count(*) FROM attachment WHERE room IS NOT NULL AND nobody = 1"), 1);
    assert_int_equal(count("SELECT count(*) FROM attachment a JOIN observation o ON o.id = "
                           "a.\"to\" WHERE o.text = 'See the photo.'"),
                     1);
    assert_int_equal(
        count("SELECT count(*) FROM draft WHERE key LIKE 'evidence/%' OR key LIKE '%camera/%'"),
        0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_way_of_a_photo),
        cmocka_unit_test(photos_are_records),
    };
    return cmocka_run_group_tests_name("photos", tests, open_it, close_it);
}
