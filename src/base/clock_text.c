/* clock_text.c -- times and durations as people read them, and back from ISO 8601. */
#include "base/clock.h"

static const char *const weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

/* Says which of the two when the hour happens twice that night. */
static const char *which(const struct civil *c) {
    if (!c->ambiguous) return "";
    return c->offset_min ? " BST" : " GMT";
}

char *time_hm(struct arena *a, int64_t wall_ms) {
    struct civil c = civil_london(wall_ms);
    return arena_printf(a, "%02d:%02d%s", c.hour, c.minute, which(&c));
}

char *time_hms(struct arena *a, int64_t wall_ms) {
    struct civil c = civil_london(wall_ms);
    return arena_printf(a, "%02d:%02d:%02d%s", c.hour, c.minute, c.second, which(&c));
}

static char *short_day(struct arena *a, const struct civil *c) {
    return arena_printf(a, "%s %d %.3s", weekdays[c->weekday], c->day, months[c->month - 1]);
}

char *time_day(struct arena *a, int64_t wall_ms) {
    struct civil c = civil_london(wall_ms);
    return short_day(a, &c);
}

char *time_day_hm(struct arena *a, int64_t wall_ms) {
    return arena_printf(a, "%s %s", time_day(a, wall_ms), time_hm(a, wall_ms));
}

char *time_date(struct arena *a, int64_t wall_ms) {
    struct civil c = civil_london(wall_ms);
    return arena_printf(a, "%d %s %d", c.day, months[c.month - 1], c.year);
}

char *time_iso(struct arena *a, int64_t wall_ms) {
    struct civil c = civil_utc(wall_ms);
    return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day,
                        c.hour, c.minute, c.second, c.ms);
}

char *day_text(struct arena *a, day_no d) {
    struct civil c = day_civil(d);
    return short_day(a, &c);
}

char *day_iso(struct arena *a, day_no d) {
    struct civil c = day_civil(d);
    return arena_printf(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

/* Exactly n digits. */
static bool digits(const char **s, int n, int *out) {
    int v = 0;
    for (int i = 0; i < n; i++) {
        char c = (*s)[i];
        if (c < '0' || c > '9') return false;
        v = v * 10 + (c - '0');
    }
    *s += n;
    *out = v;
    return true;
}

static bool literal(const char **s, char c) {
    if (**s != c) return false;
    (*s)++;
    return true;
}

static bool read_day(const char **s, day_no *d) {
    int y, m, day;
    if (!digits(s, 4, &y) || !literal(s, '-') || !digits(s, 2, &m) || !literal(s, '-') ||
        !digits(s, 2, &day) || m < 1 || m > 12 || day < 1)
        return false;
    day_no n = day_of(y, m, day);
    if (day_civil(n).day != day) return false; /* 30 February rolls over */
    *d = n;
    return true;
}

bool day_read_iso(const char *s, day_no *d) {
    day_no n;
    if (!s || !read_day(&s, &n) || *s) return false;
    *d = n;
    return true;
}

/* ":SS" and ".mmm", both optional (fractions of any length; digits past the third say nothing).
 */
static bool read_seconds(const char **s, int *second, int *ms) {
    *second = *ms = 0;
    if (!literal(s, ':')) return true;
    if (!digits(s, 2, second) || *second > 59) return false;
    if (!literal(s, '.')) return true;
    int count = 0;
    for (; **s >= '0' && **s <= '9'; (*s)++, count++)
        if (count < 3) *ms = *ms * 10 + (**s - '0');
    for (int i = count; i < 3; i++)
        *ms *= 10;
    return count > 0;
}

/* "Z" or "+hh:mm"; *none when there is neither. */
static bool read_zone(const char **s, int *offset_min, bool *none) {
    *offset_min = 0;
    *none = **s == '\0';
    if (*none || literal(s, 'Z')) return true;
    int h, m, sign = **s == '-' ? -1 : 1;
    if (!literal(s, '+') && !literal(s, '-')) return false;
    if (!digits(s, 2, &h) || !literal(s, ':') || !digits(s, 2, &m) || h > 14 || m > 59)
        return false;
    *offset_min = sign * (h * 60 + m);
    return true;
}

bool time_read_iso(const char *s, int64_t *wall_ms) {
    day_no d;
    int hour, minute, second, ms, offset;
    bool none;
    if (!s || !read_day(&s, &d) || !(literal(&s, 'T') || literal(&s, ' '))) return false;
    if (!digits(&s, 2, &hour) || !literal(&s, ':') || !digits(&s, 2, &minute)) return false;
    if (hour > 23 || minute > 59 || !read_seconds(&s, &second, &ms)) return false;
    if (!read_zone(&s, &offset, &none) || *s) return false;
    struct civil c = day_civil(d);
    int64_t at = none ? london_to_ms(c.year, c.month, c.day, hour, minute)
                      : d * 86400000LL + (hour * 60 + minute - offset) * 60000LL;
    *wall_ms = at + second * 1000 + ms;
    return true;
}

char *duration_text(struct arena *a, int64_t ms) {
    long long s = ms > 0 ? ms / 1000 : 0, h = s / 3600, m = s / 60 % 60;
    s %= 60;
    if (h) return m ? arena_printf(a, "%lld h %lld min", h, m) : arena_printf(a, "%lld h", h);
    if (m) return s ? arena_printf(a, "%lld min %lld s", m, s) : arena_printf(a, "%lld min", m);
    return arena_printf(a, "%lld s", s);
}

char *duration_clock(struct arena *a, int64_t ms) {
    long long s = ms > 0 ? ms / 1000 : 0, h = s / 3600, m = s / 60 % 60;
    s %= 60;
    if (h) return arena_printf(a, "%lld:%02lld:%02lld", h, m, s);
    return arena_printf(a, "%02lld:%02lld", m, s);
}
