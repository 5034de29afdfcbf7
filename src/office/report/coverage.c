/* coverage.c -- when somebody looked at night: hours of the week visited at least once, which
 * is not presence, so the hours present stand beside it. A night belongs to the date on which
 * it began. Only for readers who may know it (audience.c). */
#include "office/report/report.h"

#include <stdlib.h>

#define HOUR_MS (3600 * 1000LL)

static bool hour_counts(const struct report_service *s, int hour) {
    return report_night_hour(s, hour * 60 + 30);
}

static void add_span(struct report_service *s, int64_t from, int64_t until) {
    while (from < until) {
        struct civil c = civil_london(from);
        int64_t next = from + HOUR_MS - (c.minute * 60 + c.second) * 1000LL - c.ms;
        if (next > until) next = until;
        if (hour_counts(s, c.hour)) {
            int weekday = day_civil(london_night(from)).weekday;
            s->covered.minutes[weekday][c.hour] += (int)((next - from + 59999) / 60000);
        }
        from = next;
    }
}

struct span {
    int64_t from, until;
};
static int by_start(const void *x, const void *y) {
    const struct span *a = x, *b = y;
    return a->from < b->from ? -1 : a->from > b->from;
}

/* Two checkers at once are one presence. */
void coverage_add(struct report_service *s, const struct report_check *c) {
    struct span spans[REPORT_CHECKERS];
    for (int i = 0; i < c->visits_count; i++)
        spans[i] = (struct span){c->from[i], c->until[i]};
    qsort(spans, (size_t)c->visits_count, sizeof spans[0], by_start);
    int64_t done = 0;
    for (int i = 0; i < c->visits_count; i++) {
        add_span(s, spans[i].from > done ? spans[i].from : done, spans[i].until);
        if (spans[i].until > done) done = spans[i].until;
    }
    if (c->at_night && c->night > s->last_night) s->last_night = c->night;
}

int coverage_hours_of_week(const struct report_service *s) {
    int n = 0;
    for (int hour = 0; hour < 24; hour++)
        n += hour_counts(s, hour) ? 7 : 0;
    return n;
}

int coverage_visited(const struct report_coverage *c) {
    int n = 0;
    for (int day = 0; day < 7; day++)
        for (int hour = 0; hour < 24; hour++)
            n += c->minutes[day][hour] > 0;
    return n;
}

int coverage_minutes(const struct report_coverage *c) {
    int n = 0;
    for (int day = 0; day < 7; day++)
        for (int hour = 0; hour < 24; hour++)
            n += c->minutes[day][hour];
    return n;
}

const char *coverage_since(struct report *r, day_no last_night) {
    if (!last_night) return REPORT_WORD(r, "never_at_night");
    int nights = (int)(london_night(r->now) - last_night);
    if (nights <= 0)
        return civil_london(r->now).hour < 12 ? REPORT_WORD(r, "last_night_was")
                                              : REPORT_WORD(r, "tonight");
    return REPORT_SAY(r, "nights_ago", report_int(r, nights));
}

static void table_row(struct report *r, struct html *h, const struct report_service *s,
                      int weekday) {
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    html_raw(h, "<tr>");
    html_row_head(h, NULL, report_word_of(r, "night", days[weekday]));
    for (int i = 0; i < 24; i++) {
        int hour = (i + 12) % 24, minutes = s->covered.minutes[weekday][hour];
        if (!hour_counts(s, hour)) continue;
        html_cell(h, minutes ? "n seen" : "n",
                  minutes ? REPORT_SAY(r, "minutes_short", report_int(r, minutes)) : "–");
    }
    html_raw(h, "</tr>\n");
}

void coverage_table(struct report *r, struct html *h, const struct report_service *s) {
    struct html_column columns[25] = {{REPORT_WORD(r, "night_of"), NULL}};
    int n = 1;
    for (int i = 0; i < 24; i++) { /* noon to noon, so that a night reads in one line */
        int hour = (i + 12) % 24;
        if (hour_counts(s, hour))
            columns[n++] = (struct html_column){arena_printf(&r->page, "%02d", hour), "n"};
    }
    html_say(h, "p", NULL,
             REPORT_SAY(r, "night_figure", report_int(r, coverage_visited(&s->covered)),
                        report_int(r, coverage_hours_of_week(s)),
                        duration_text(&r->page, coverage_minutes(&s->covered) * 60000LL)));
    html_table(h, "night-hours", REPORT_WORD(r, "night_caption"), columns, n);
    for (int weekday = 0; weekday < 7; weekday++)
        table_row(r, h, s, weekday);
    html_table_end(h);
}
