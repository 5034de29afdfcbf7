/* clock.h -- time, injectable.
 *
 * Three clocks, never mixed: wall (ms since 1970 UTC, may jump), boot (ms since the machine
 * started, counts through sleep, never jumps) and the hybrid clock (store/hlc.h).
 * Wall time is shown in the service's zone by rule: Europe/London (last Sundays of March and
 * October at 01:00 UTC; the Summer Time Order 2002), whatever the tablet's own zone is. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct clock {
    int64_t (*wall_ms)(void *ctx);
    int64_t (*boot_ms)(void *ctx);
    void *ctx;
};
struct clock clock_system(void);
/* A clock that starts at wall_ms and moves only when told to. `state` outlives the clock. */
struct clock_manual {
    int64_t wall_ms, boot_ms;
};
struct clock clock_manual(struct clock_manual *state);
int64_t clock_wall(const struct clock *c);
int64_t clock_boot(const struct clock *c);

/* Minutes to add to UTC for London at that instant: 0 or 60. */
int london_offset_min(int64_t wall_ms);

struct civil {
    int year, month, day;         /* month 1..12 */
    int hour, minute, second, ms; /* 24-hour */
    int weekday;                  /* 0 = Monday */
    int offset_min;               /* 0 GMT, 60 BST */
    bool ambiguous;               /* this local hour happens twice this night */
};
struct civil civil_london(int64_t wall_ms);
struct civil civil_utc(int64_t wall_ms);
/* London local time to UTC ms; the first of two when ambiguous, moved forward when it does not exist. */
int64_t london_to_ms(int year, int month, int day, int hour, int minute);

typedef int32_t day_no; /* days since 1970-01-01 */
day_no day_of(int year, int month, int day);
struct civil day_civil(day_no d);
day_no london_day(int64_t wall_ms);
/* The date on which the night began: before 12:00 local it is the day before. */
day_no london_night(int64_t wall_ms);

/* Formats, for people, London time: */
char *time_hm(struct arena *a, int64_t wall_ms);          /* "02:41", on an ambiguous hour "01:30 BST" */
char *time_hms(struct arena *a, int64_t wall_ms);         /* "03:04:12" */
char *time_day(struct arena *a, int64_t wall_ms);         /* "Sun 22 Nov" */
char *time_day_hm(struct arena *a, int64_t wall_ms);      /* "Sun 22 Nov 02:41" */
char *time_date(struct arena *a, int64_t wall_ms);        /* "22 November 2026" */
char *time_iso(struct arena *a, int64_t wall_ms);         /* "2026-11-22T02:41:07.000Z" */
char *day_text(struct arena *a, day_no d);                /* "Sun 22 Nov" */
char *day_iso(struct arena *a, day_no d);                 /* "2026-11-22" */
bool time_read_iso(const char *s, int64_t *wall_ms);      /* the above, seconds and ms optional, Z or ±hh:mm, or none = London */
bool day_read_iso(const char *s, day_no *d);
char *duration_text(struct arena *a, int64_t ms);         /* "4 min 37 s" */
char *duration_clock(struct arena *a, int64_t ms);        /* "04:37", "1:04:37" */

#endif
