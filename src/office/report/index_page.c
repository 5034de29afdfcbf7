/* index_page.c -- every service at a glance. Counts only: no published ratings and no view of
 * our own are in the records, so no column pretends to them. Each figure leads to the rows it
 * counts. */
#include <stdlib.h>

#include "base/text.h"
#include "office/report/report.h"

#define QUOTES_MOST 6

struct sums {
    int checks, night_checks, overdue, overdue_must, verify, verify_must;
    int visited, of, minutes;
    const struct report_service *longest; /* since a night was seen */
    struct report_voices voices;
};

static bool longer(const struct report_service *a, const struct report_service *b) {
    return !b || a->last_night < b->last_night;
}

static struct sums sum(struct report *r) {
    struct sums t = {0};
    struct report_coverage all = {{{0}}}, hours = {{{0}}};
    for (int i = 0; i < r->services_count; i++) {
        const struct report_service *s = &r->services[i];
        t.checks += s->checks;
        t.night_checks += s->night_checks;
        t.overdue += s->overdue;
        t.overdue_must += s->overdue_must;
        t.verify += s->verify;
        t.verify_must += s->verify_must;
        t.voices.staff += s->voices.staff;
        for (int k = 0; k < 4; k++)
            t.voices.sort[k] += s->voices.sort[k];
        if (!s->closed && longer(s, t.longest)) t.longest = s;
        for (int day = 0; day < 7; day++)
            for (int hour = 0; hour < 24; hour++) {
                all.minutes[day][hour] += s->covered.minutes[day][hour];
                hours.minutes[day][hour] += report_night_hour(s, hour * 60 + 30);
            }
    }
    t.visited = coverage_visited(&all);
    t.of = coverage_visited(&hours);
    t.minutes = coverage_minutes(&all);
    return t;
}

static void tile(struct html *h, bool bad, const char *href, const char *figure,
                 const char *what, const char *more) {
    html_raw(h, bad ? "<li class=\"tile bad\">" : "<li class=\"tile\">");
    html_link(h, "figure", href, figure);
    html_say(h, "strong", NULL, what);
    html_say(h, "span", "mute", more);
    html_raw(h, "</li>\n");
}

static void tiles(struct report *r, struct html *h, const struct sums *t) {
    html_raw(h, "<ul class=\"tiles\">\n");
    tile(h, false, "#services", report_int(r, t->checks), REPORT_WORD(r, "tile_checks"),
         REPORT_SAY(r, "tile_at_night", report_int(r, t->night_checks)));
    if (r->who.coverage)
        tile(h, false, "#services",
             REPORT_SAY(r, "x_of_y", report_int(r, t->visited), report_int(r, t->of)),
             REPORT_WORD(r, "tile_hours"),
             REPORT_SAY(r, "tile_present", duration_text(&r->page, t->minutes * 60000LL)));
    tile(h, t->overdue_must > 0, "actions.html#overdue", report_int(r, t->overdue),
         REPORT_WORD(r, "tile_overdue"),
         REPORT_SAY(r, "tile_must", report_int(r, t->overdue_must)));
    tile(h, false, "actions.html#verify", report_int(r, t->verify),
         REPORT_WORD(r, "tile_verify"), REPORT_WORD(r, "tile_nobody_looked"));
    if (r->who.coverage && t->longest)
        tile(h, false, arena_printf(&r->page, "%s#night", t->longest->file),
             coverage_since(r, t->longest->last_night), REPORT_WORD(r, "tile_last_night"),
             REPORT_SAY(r, "tile_longest", t->longest->name));
    html_raw(h, "</ul>\n");
}

/* ---- the table ---- */

static void count_line(struct html *h, const char *css, int n, const char *text) {
    if (n) html_say(h, "span", css, text);
}

static void counts_cell(struct report *r, struct html *h, const struct report_service *s,
                        const struct tally *t) {
    if (!t->looked_at) {
        html_cell(h, "counts mute", "–");
        return;
    }
    html_raw(h, "<td class=\"counts\"><a href=\"");
    html_text(h, s->file);
    html_raw(h, "#questions\">");
    count_line(h, "bad", t->criticals,
               REPORT_SAY(r, "n_critical", report_int(r, t->criticals)));
    count_line(h, NULL, 1, REPORT_SAY(r, "n_met", report_int(r, t->met)));
    count_line(h, "partly", t->partly, REPORT_SAY(r, "n_partly", report_int(r, t->partly)));
    count_line(h, "bad", t->not_met, REPORT_SAY(r, "n_not_met", report_int(r, t->not_met)));
    html_raw(h, "</a></td>");
}

static const char *anchor(struct report *r, const struct report_service *s, const char *id) {
    return arena_printf(&r->page, "%s#%s", s->file, id);
}

static void service_row(struct report *r, struct html *h, const struct report_service *s) {
    html_raw(h, "<tr><th scope=\"row\">");
    html_link(h, NULL, s->file, s->name);
    if (s->places)
        html_say(h, "span", "mute", REPORT_SAY(r, "n_places", report_int(r, s->places)));
    html_raw(h, "</th>");
    for (int i = 0; i < r->framework->questions_count && i < REPORT_QUESTIONS; i++)
        counts_cell(r, h, s, &s->questions[i]);
    html_cell_link(h, "n", anchor(r, s, "checks"),
                   REPORT_SAY(r, "checks_night", report_int(r, s->checks),
                              report_int(r, s->night_checks)));
    if (r->who.coverage) {
        html_cell_link(
            h, "n", anchor(r, s, "night"),
            REPORT_SAY(r, "hours_short", report_int(r, coverage_visited(&s->covered)),
                       report_int(r, coverage_hours_of_week(s)),
                       duration_text(&r->page, coverage_minutes(&s->covered) * 60000LL)));
        html_cell_link(h, "n", anchor(r, s, "night"), coverage_since(r, s->last_night));
    }
    html_cell_link(h, s->overdue_must ? "n bad" : "n", anchor(r, s, "actions"),
                   s->overdue ? REPORT_SAY(r, "overdue_must", report_int(r, s->overdue),
                                           report_int(r, s->overdue_must))
                              : "0");
    html_cell_link(h, "n", anchor(r, s, "actions"), report_int(r, s->verify));
    html_raw(h, "</tr>\n");
}

static void services_table(struct report *r, struct html *h) {
    struct html_column columns[REPORT_QUESTIONS + 8] = {{REPORT_WORD(r, "service"), NULL}};
    int n = 1;
    for (int i = 0; i < r->framework->questions_count && i < REPORT_QUESTIONS; i++)
        columns[n++] = (struct html_column){r->framework->questions[i].name, NULL};
    columns[n++] = (struct html_column){REPORT_WORD(r, "checks_column"), "n"};
    if (r->who.coverage) {
        columns[n++] = (struct html_column){REPORT_WORD(r, "hours_seen_column"), "n"};
        columns[n++] = (struct html_column){REPORT_WORD(r, "last_night"), "n"};
    }
    columns[n++] = (struct html_column){REPORT_WORD(r, "overdue"), "n"};
    columns[n++] = (struct html_column){REPORT_WORD(r, "to_verify"), "n"};
    html_table(h, "services", REPORT_WORD(r, "services_caption"), columns, n);
    for (int i = 0; i < r->services_count; i++)
        service_row(r, h, &r->services[i]);
    html_table_end(h);
}

/* ---- what people said ---- */

/* Newest first; the same moment by service, then by the words. */
static int by_time(const void *x, const void *y) {
    const struct report_quote *a = x, *b = y;
    if (a->at != b->at) return a->at > b->at ? -1 : 1;
    if (a->service != b->service) return a->service < b->service ? -1 : 1;
    return strcmp(a->text, b->text);
}

static void quotes(struct report *r, struct html *h) {
    struct report_quote *q = (struct report_quote *)(void *)r->quotes.data;
    int n = (int)(r->quotes.size / sizeof *q);
    if (n) qsort(q, (size_t)n, sizeof *q, by_time);
    for (int i = 0; i < n && i < QUOTES_MOST; i++) {
        html_raw(h, "<blockquote><p>");
        html_say(h, "q", NULL, q[i].text);
        html_raw(h, "</p><p class=\"mute\">");
        html_text(h, report_word_of(r, "speaker", q[i].speaker));
        html_raw(h, " · ");
        html_link(h, NULL, anchor(r, q[i].service, "said"), q[i].service->name);
        html_raw(h, " · ");
        html_text(h, says_day(r, london_day(q[i].at)));
        html_raw(h, "</p></blockquote>\n");
    }
}

static void said_by_service(struct report *r, struct html *h) {
    static const char *const sorts[4] = {"praise", "idea", "worry", "complaint"};
    struct html_column columns[5] = {{REPORT_WORD(r, "service"), NULL}};
    for (int k = 0; k < 4; k++)
        columns[k + 1] = (struct html_column){report_word_of(r, "voices", sorts[k]), "n"};
    html_raw(h, "<details><summary>");
    html_text(h, REPORT_WORD(r, "by_service"));
    html_raw(h, "</summary>\n");
    html_table(h, "said-by-service", REPORT_WORD(r, "said_caption"), columns, 5);
    for (int i = 0; i < r->services_count; i++) {
        const struct report_service *s = &r->services[i];
        html_raw(h, "<tr>");
        html_row_head(h, anchor(r, s, "said"), s->name);
        for (int k = 0; k < 4; k++)
            html_cell_link(h, "n", anchor(r, s, "said"), report_int(r, s->voices.sort[k]));
        html_raw(h, "</tr>\n");
    }
    html_table_end(h);
    html_raw(h, "</details>\n");
}

static const char *sub(struct report *r) {
    const char *line = r->who.records ? problems_line(r) : "";
    const char *upto =
        REPORT_SAY(r, "index_sub", report_int(r, r->services_count), says_when(r, r->now));
    return *line ? arena_printf(&r->page, "%s · %s", upto, line) : upto;
}

enum status index_page(struct report *r) {
    struct html h = {0};
    struct sums t = sum(r);
    bool sample = r->services_count > 0;
    for (int i = 0; i < r->services_count; i++)
        sample = sample && r->services[i].sample;
    frame_begin(r, &h, REPORT_WORD(r, "all_services"), sub(r), NULL);
    if (sample) html_say(&h, "p", "note", REPORT_WORD(r, "sample"));
    tiles(r, &h, &t);
    html_raw(&h, "<section class=\"card\">");
    services_table(r, &h);
    html_raw(&h, "</section>\n<div class=\"two\"><section class=\"card\">");
    html_say(&h, "h2", NULL, REPORT_WORD(r, "keeps_across"));
    returning_across(r, &h);
    html_raw(&h, "</section>\n<section class=\"card\">");
    html_say(&h, "h2", NULL, REPORT_WORD(r, "people_said"));
    said_counts(r, &h, &t.voices, "#said-by-service");
    quotes(r, &h);
    said_by_service(r, &h);
    html_raw(&h, "</section></div>\n");
    enum status s = r->who.records ? problems_part(r, &h) : STATUS_OK;
    if (r->who.restricted) {
        html_raw(&h, "<p>");
        html_link(&h, NULL, "restricted.html", REPORT_WORD(r, "restricted_link"));
        html_raw(&h, "</p>\n");
    }
    enum status end = frame_end(r, &h, "index.html");
    return s ? s : end;
}
