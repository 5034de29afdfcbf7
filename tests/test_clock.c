/* test_clock.c -- days, London time over both clock changes, the night. needs: base
 *
 * The dates of the clock changes are those published for each year. */
#include "base_help.h"

#include "base/clock.h"

static int64_t at(const char *iso) {
    int64_t ms = -1;
    if (!time_read_iso(iso, &ms)) fail_msg("not read: %s", iso);
    return ms;
}

static void days_of_the_calendar(void **state) {
    (void)state;
    assert_int_equal(day_of(1970, 1, 1), 0);
    assert_int_equal(day_of(2000, 3, 1), 11017);
    assert_int_equal(day_of(2026, 11, 22), 20779);
    assert_int_equal(day_of(2026, 13, 1), day_of(2027, 1, 1)); /* months carry */
    assert_int_equal(day_of(2026, 0, 31), day_of(2025, 12, 31));
    int y = 1899, m = 12, d = 31, weekday = 6; /* a Sunday */
    for (day_no n = day_of(1899, 12, 31); n < day_of(2101, 1, 1); n++) {
        struct civil c = day_civil(n);
        assert_int_equal(c.year, y);
        assert_int_equal(c.month, m);
        assert_int_equal(c.day, d);
        assert_int_equal(c.weekday, weekday);
        assert_int_equal(day_of(y, m, d), n);
        /* Count on by hand. */
        static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
        weekday = (weekday + 1) % 7;
        if (++d > lengths[m - 1] + (m == 2 && leap)) d = 1, m++;
        if (m > 12) m = 1, y++;
    }
}

static void both_clock_changes(void **state) {
    (void)state;
    /* The dates as published for these years. */
    static const struct {
        int year, march, october;
    } years[] = {{2020, 29, 25}, {2021, 28, 31}, {2022, 27, 30}, {2023, 26, 29},
                 {2024, 31, 27}, {2025, 30, 26}, {2026, 29, 25}, {2027, 28, 31},
                 {2028, 26, 29}, {2029, 25, 28}};
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        int64_t spring = day_of(years[i].year, 3, years[i].march) * 86400000LL + 3600000;
        int64_t autumn = day_of(years[i].year, 10, years[i].october) * 86400000LL + 3600000;
        assert_int_equal(london_offset_min(spring - 1), 0);
        assert_int_equal(london_offset_min(spring), 60);
        assert_int_equal(london_offset_min(autumn - 1), 60);
        assert_int_equal(london_offset_min(autumn), 0);
    }
    assert_string_equal(time_hm(&frame, at("2026-03-29T00:59:00Z")), "00:59");
    assert_string_equal(time_hm(&frame, at("2026-03-29T01:00:00Z")), "02:00");
}

static void half_past_one_twice(void **state) {
    (void)state;
    int64_t first = at("2026-10-25T00:30:00Z"), second = at("2026-10-25T01:30:00Z");
    assert_string_equal(time_hm(&frame, first), "01:30 BST");
    assert_string_equal(time_hm(&frame, second), "01:30 GMT");
    assert_string_equal(time_day_hm(&frame, second), "Sun 25 Oct 01:30 GMT");
    assert_string_equal(time_hms(&frame, first + 5000), "01:30:05 BST");
    assert_string_equal(time_hm(&frame, first - 1800001), "00:59");
    assert_string_equal(time_hm(&frame, second + 1800000), "02:00");
    assert_true(civil_london(first).ambiguous && civil_london(second).ambiguous);
    assert_int_equal(civil_london(second).offset_min, 0);
    assert_true(london_to_ms(2026, 10, 25, 1, 30) == first); /* the first of the two */
    assert_true(london_to_ms(2026, 10, 25, 2, 0) == second + 1800000);
    assert_true(london_to_ms(2026, 10, 25, 0, 59) == first - 1860000);
    /* Half past one in March does not exist: moved forward, to half past two. */
    assert_string_equal(time_hm(&frame, london_to_ms(2026, 3, 29, 1, 30)), "02:30");
    assert_string_equal(time_hm(&frame, london_to_ms(2026, 3, 29, 2, 0)), "02:00");
    /* Every other minute of both nights comes back as it went in. */
    for (int64_t ms = at("2026-03-28T12:00:00Z"); ms < at("2026-10-27T12:00:00Z");
         ms += 420000) {
        struct civil c = civil_london(ms);
        int64_t back = london_to_ms(c.year, c.month, c.day, c.hour, c.minute);
        assert_true(back == ms || (c.ambiguous && c.offset_min == 0 && back == ms - 3600000));
    }
}

static void a_night_belongs_to_its_evening(void **state) {
    (void)state;
    day_no sunday = day_of(2026, 11, 22);
    assert_int_equal(london_night(at("2026-11-22T02:41")), sunday - 1);
    assert_int_equal(london_night(at("2026-11-22T11:59")), sunday - 1);
    assert_int_equal(london_night(at("2026-11-22T12:00")), sunday);
    assert_int_equal(london_night(at("2026-11-22T23:59")), sunday);
    assert_int_equal(london_day(at("2026-06-30T23:30:00Z")), day_of(2026, 7, 1)); /* BST */
    assert_int_equal(london_night(at("2026-06-30T23:30:00Z")), day_of(2026, 6, 30));
    assert_int_equal(london_night(at("2027-01-01T00:10")), day_of(2026, 12, 31));
}

static void times_as_people_read_them(void **state) {
    (void)state;
    int64_t ms = at("2026-11-22T02:41:07Z");
    assert_string_equal(time_hm(&frame, ms), "02:41");
    assert_string_equal(time_hms(&frame, ms), "02:41:07");
    assert_string_equal(time_day(&frame, ms), "Sun 22 Nov");
    assert_string_equal(time_day_hm(&frame, ms), "Sun 22 Nov 02:41");
    assert_string_equal(time_date(&frame, ms), "22 November 2026");
    assert_string_equal(time_iso(&frame, ms), "2026-11-22T02:41:07.000Z");
    assert_string_equal(time_iso(&frame, -1), "1969-12-31T23:59:59.999Z");
    assert_string_equal(day_text(&frame, day_of(2026, 9, 1)), "Tue 1 Sep");
    assert_string_equal(day_iso(&frame, day_of(2026, 9, 1)), "2026-09-01");
    assert_string_equal(duration_text(&frame, 277000), "4 min 37 s");
    assert_string_equal(duration_text(&frame, 59999), "59 s");
    assert_string_equal(duration_text(&frame, 240000), "4 min");
    assert_string_equal(duration_text(&frame, 3840000), "1 h 4 min");
    assert_string_equal(duration_text(&frame, -5), "0 s");
    assert_string_equal(duration_clock(&frame, 277000), "04:37");
    assert_string_equal(duration_clock(&frame, 3877000), "1:04:37");
}

static void iso_is_read_strictly(void **state) {
    (void)state;
    int64_t base = at("2026-07-22T02:41:00Z");
    assert_true(at("2026-07-22T02:41Z") == base);
    assert_true(at("2026-07-22T03:41") == base); /* London, summer */
    assert_true(at("2026-07-22 03:41") == base);
    assert_true(at("2026-07-22T04:41+02:00") == base);
    assert_true(at("2026-07-21T21:11:00.000-05:30") == base);
    assert_true(at("2026-07-22T02:41:00.5Z") == base + 500);
    assert_true(at("2026-07-22T02:41:00.123999Z") == base + 123);
    static const char *const bad[] = {"",
                                      "2026-07-22",
                                      "2026-7-22T02:41",
                                      "2026-02-30T02:41",
                                      "2026-07-22T24:00",
                                      "x",
                                      "2026-07-22T02:60",
                                      "2026-07-22T02:41z",
                                      "2026-07-22T02:41:00.Z",
                                      "2026-07-22T02:41:60",
                                      "2026-07-22T02:41+1:00",
                                      "2026-07-22T02:41Z ",
                                      "2026-13-01T00:00",
                                      "2026-00-01T00:00"};
    int64_t untouched = 77;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (time_read_iso(bad[i], &untouched)) fail_msg("read: %s", bad[i]);
    assert_false(time_read_iso(NULL, &untouched));
    assert_true(untouched == 77);
    day_no d = 5;
    assert_true(day_read_iso("2028-02-29", &d));
    assert_int_equal(d, day_of(2028, 2, 29));
    assert_false(day_read_iso("2027-02-29", &d));
    assert_false(day_read_iso("2028-02-29T", &d));
    assert_int_equal(d, day_of(2028, 2, 29));
}

static void clocks_move_only_when_told(void **state) {
    (void)state;
    struct clock_manual m = {.wall_ms = 1000, .boot_ms = 5};
    struct clock c = clock_manual(&m);
    assert_true(clock_wall(&c) == 1000 && clock_boot(&c) == 5);
    m.wall_ms = 400; /* the wall clock was set back; boot time was not */
    m.boot_ms = 6;
    assert_true(clock_wall(&c) == 400 && clock_boot(&c) == 6);
    struct clock real = clock_system();
    assert_true(clock_wall(&real) > at("2024-01-01T00:00Z"));
    assert_true(clock_boot(&real) > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FRESH(days_of_the_calendar),       FRESH(both_clock_changes),
        FRESH(half_past_one_twice),        FRESH(a_night_belongs_to_its_evening),
        FRESH(times_as_people_read_them),  FRESH(iso_is_read_strictly),
        FRESH(clocks_move_only_when_told),
    };
    return cmocka_run_group_tests_name("clock", tests, NULL, over);
}
