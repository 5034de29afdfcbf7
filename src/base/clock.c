/* clock.c -- the clocks, and the calendar they are read by.
 *
 * The calendar is the proleptic Gregorian one, counted in days since 1970 by the usual
 * era arithmetic (400 years are 146,097 days, years begin in March). */
#include "base/clock.h"

#define MS_MINUTE 60000LL
#define MS_HOUR   3600000LL
#define MS_DAY    86400000LL

static int64_t system_wall(void *ctx) {
    (void)ctx;
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t system_boot(void *ctx) {
    (void)ctx;
    struct timespec t;
#ifdef CLOCK_BOOTTIME
    clock_gettime(CLOCK_BOOTTIME, &t);
#else
    clock_gettime(CLOCK_MONOTONIC, &t);
#endif
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct clock clock_system(void) {
    return (struct clock){.wall_ms = system_wall, .boot_ms = system_boot};
}

static int64_t manual_wall(void *ctx) {
    return ((struct clock_manual *)ctx)->wall_ms;
}

static int64_t manual_boot(void *ctx) {
    return ((struct clock_manual *)ctx)->boot_ms;
}

struct clock clock_manual(struct clock_manual *state) {
    return (struct clock){.wall_ms = manual_wall, .boot_ms = manual_boot, .ctx = state};
}

int64_t clock_wall(const struct clock *c) {
    return c->wall_ms(c->ctx);
}

int64_t clock_boot(const struct clock *c) {
    return c->boot_ms(c->ctx);
}

static int64_t floor_div(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

day_no day_of(int year, int month, int day) {
    int64_t y = (int64_t)year + floor_div((int64_t)month - 1, 12);
    int64_t m = ((int64_t)month - 1) % 12;
    if (m < 0) m += 12;
    m += 1;
    if (m <= 2) y -= 1;
    int64_t era = floor_div(y, 400), yoe = y - era * 400;
    int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return (day_no)(era * 146097 + doe - 719468);
}

struct civil day_civil(day_no d) {
    int64_t z = (int64_t)d + 719468, era = floor_div(z, 146097), doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int64_t month = mp < 10 ? mp + 3 : mp - 9;
    int64_t weekday = ((int64_t)d + 3) % 7; /* the first day of 1970 was a Thursday */
    return (struct civil){.year = (int)(yoe + era * 400 + (month <= 2)),
                          .month = (int)month,
                          .day = (int)(doy - (153 * mp + 2) / 5 + 1),
                          .weekday = (int)(weekday < 0 ? weekday + 7 : weekday)};
}

/* 01:00 UTC of the last Sunday of a month of 31 days (March and October both have them). */
static int64_t change_ms(int year, int month) {
    day_no last = day_of(year, month, 31);
    last -= (day_civil(last).weekday + 1) % 7;
    return last * MS_DAY + MS_HOUR;
}

static int year_of(int64_t wall_ms) {
    return day_civil((day_no)floor_div(wall_ms, MS_DAY)).year;
}

int london_offset_min(int64_t wall_ms) {
    int year = year_of(wall_ms);
    return wall_ms >= change_ms(year, 3) && wall_ms < change_ms(year, 10) ? 60 : 0;
}

static struct civil civil_at(int64_t wall_ms, int offset_min) {
    int64_t local = wall_ms + offset_min * MS_MINUTE, day = floor_div(local, MS_DAY);
    int64_t rest = local - day * MS_DAY;
    struct civil c = day_civil((day_no)day);
    c.hour = (int)(rest / MS_HOUR);
    c.minute = (int)(rest / MS_MINUTE % 60);
    c.second = (int)(rest / 1000 % 60);
    c.ms = (int)(rest % 1000);
    c.offset_min = offset_min;
    return c;
}

struct civil civil_london(int64_t wall_ms) {
    struct civil c = civil_at(wall_ms, london_offset_min(wall_ms));
    int64_t change = change_ms(year_of(wall_ms), 10);
    c.ambiguous = wall_ms >= change - MS_HOUR && wall_ms < change + MS_HOUR;
    return c;
}

struct civil civil_utc(int64_t wall_ms) {
    return civil_at(wall_ms, 0);
}

static int64_t utc_ms(int year, int month, int day, int hour, int minute) {
    return day_of(year, month, day) * MS_DAY + hour * MS_HOUR + minute * MS_MINUTE;
}

int64_t london_to_ms(int year, int month, int day, int hour, int minute) {
    int64_t as_gmt = utc_ms(year, month, day, hour, minute), as_bst = as_gmt - MS_HOUR;
    /* In the hour that happens twice the summer reading comes first. In the hour that does not
     * exist neither fits, and the winter reading is the same moment an hour later by the clock.
     */
    return london_offset_min(as_bst) == 60 ? as_bst : as_gmt;
}

day_no london_day(int64_t wall_ms) {
    return (day_no)floor_div(wall_ms + london_offset_min(wall_ms) * MS_MINUTE, MS_DAY);
}

day_no london_night(int64_t wall_ms) {
    return london_day(wall_ms) - (civil_london(wall_ms).hour < 12);
}
