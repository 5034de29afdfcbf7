/* service_page.c -- one service: what it is, its checks, its actions, what keeps coming back,
 * what people said, and (for provider roles) when we looked at night. */
#include "base/text.h"
#include "office/report/report.h"

static void service_facts(struct report *r, struct html *h, const struct report_service *s) {
    html_raw(h, "<dl>");
    html_fact(h, REPORT_WORD(r, "setting"), report_word_of(r, "setting", s->setting));
    if (s->places) html_fact(h, REPORT_WORD(r, "places"), report_int(r, s->places));
    if (s->people) html_fact(h, REPORT_WORD(r, "people"), report_int(r, s->people));
    html_fact(h, REPORT_WORD(r, "address"), s->address);
    if (r->who.telephones) html_fact(h, REPORT_WORD(r, "telephone"), s->telephone);
    if (s->closed) html_fact(h, REPORT_WORD(r, "note"), REPORT_WORD(r, "service_closed"));
    if (r->who.coverage)
        html_fact(h, REPORT_WORD(r, "last_night"), coverage_since(r, s->last_night));
    html_raw(h, "</dl>\n");
}

static const char *short_counts(struct report *r, const struct tally *t) {
    return t->looked_at ? says_counts(r, t) : "–";
}

/* The counts of every check of the thirteen weeks by key question, and their sum: what a figure
 * on the first page is made of. */
static void questions_table(struct report *r, struct html *h, const struct report_service *s) {
    struct html_column columns[REPORT_QUESTIONS + 1] = {{REPORT_WORD(r, "check"), NULL}};
    int n = 0;
    for (; n < r->framework->questions_count && n < REPORT_QUESTIONS; n++)
        columns[n + 1] = (struct html_column){r->framework->questions[n].name, NULL};
    html_table(h, "questions", REPORT_WORD(r, "questions_caption"), columns, n + 1);
    html_raw(h, "<tr class=\"sum\">");
    html_row_head(h, NULL, REPORT_WORD(r, "together"));
    for (int i = 0; i < n; i++)
        html_cell(h, NULL, short_counts(r, &s->questions[i]));
    html_raw(h, "</tr>\n");
    for (int k = 0; k < r->checks_count; k++) {
        const struct report_check *c = &r->checks[k];
        if (c->service != s || !c->recent) continue;
        html_raw(h, "<tr>");
        html_row_head(h, arena_printf(&r->page, "%s#counts", c->file), says_day(r, c->night));
        for (int i = 0; i < n; i++)
            html_cell(h, NULL, short_counts(r, &c->questions[i]));
        html_raw(h, "</tr>\n");
    }
    html_table_end(h);
}

static void check_row(struct report *r, struct html *h, const struct report_check *c) {
    int critical = 0;
    for (int i = 0; i < REPORT_QUESTIONS; i++)
        critical += c->questions[i].criticals;
    html_raw(h, "<tr>");
    html_row_head(h, c->file, says_day(r, c->night));
    html_cell(
        h, NULL,
        REPORT_SAY(r, "hours", time_hm(&r->page, c->started), time_hm(&r->page, c->ended)));
    html_cell(h, NULL, c->form);
    html_cell(h, NULL, audience_role(r, c->service, c->checker));
    html_cell(h, NULL,
              c->unannounced ? REPORT_WORD(r, "unannounced") : REPORT_WORD(r, "announced"));
    html_cell(h, "n", report_int(r, c->findings));
    html_cell(h, critical ? "n bad" : "n", report_int(r, critical));
    html_cell(h, "n", report_int(r, c->actions));
    html_cell(h, NULL, c->sealed ? REPORT_WORD(r, "is_sealed") : REPORT_WORD(r, "not_sealed"));
    html_raw(h, "</tr>\n");
}

static void checks_table(struct report *r, struct html *h, const struct report_service *s) {
    const struct html_column columns[] = {
        {REPORT_WORD(r, "date"), NULL},        {REPORT_WORD(r, "hours_column"), NULL},
        {REPORT_WORD(r, "form"), NULL},        {REPORT_WORD(r, "checker"), NULL},
        {REPORT_WORD(r, "told_before"), NULL}, {REPORT_WORD(r, "findings_column"), "n"},
        {REPORT_WORD(r, "critical"), "n"},     {REPORT_WORD(r, "actions"), "n"},
        {REPORT_WORD(r, "seal_column"), NULL}};
    html_table(h, NULL, REPORT_WORD(r, "checks_caption"), columns, 9);
    for (int i = 0; i < r->checks_count; i++)
        if (r->checks[i].service == s) check_row(r, h, &r->checks[i]);
    html_table_end(h);
}

static void heading(struct html *h, const char *id, const char *text) {
    html_open_id(h, "h2", NULL, id);
    html_text(h, text);
    html_close(h, "h2");
}

static const char *service_sub(struct report *r, const struct report_service *s) {
    return REPORT_SAY(r, "service_sub", report_int(r, s->checks),
                      report_int(r, s->night_checks), report_int(r, s->overdue),
                      report_int(r, s->overdue_must), report_int(r, s->verify));
}

enum status service_page(struct report *r, struct report_service *s) {
    struct html h = {0};
    frame_begin(r, &h, s->name, service_sub(r, s), s);
    service_facts(r, &h, s);
    heading(&h, "by-question", REPORT_WORD(r, "by_question"));
    questions_table(r, &h, s);
    bool rated = false;
    enum status st = r->who.ratings ? ratings_part(r, &h, s, &rated) : STATUS_OK;
    heading(&h, "actions", REPORT_WORD(r, "actions"));
    html_raw(&h, "<p>");
    html_link(&h, NULL, s->actions_file, REPORT_WORD(r, "with_history"));
    html_raw(&h, "</p>\n");
    action_table(r, &h, s);
    if (r->who.coverage) {
        heading(&h, "night", REPORT_WORD(r, "when_at_night"));
        coverage_table(r, &h, s);
    }
    heading(&h, "returning", REPORT_WORD(r, "keeps_here"));
    returning_in(r, &h, s);
    heading(&h, "said", REPORT_WORD(r, "people_said"));
    said_counts(r, &h, &s->voices, "#said");
    if (!st) st = said_list(r, &h, s);
    heading(&h, "checks", REPORT_WORD(r, "checks"));
    checks_table(r, &h, s);
    enum status end = frame_end(r, &h, s->file);
    return st ? st : end;
}
