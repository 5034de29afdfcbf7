/* restricted_page.c -- what was said or seen in confidence, for the provider alone and on no
 * other page: with a date and no time, apart from the check it may have come from. Words kept
 * for a named reader outside the home are only told of. */
#include "base/text.h"
#include "office/report/report.h"

static bool for_provider(const char *reader) {
    return text_blank(reader) || text_equal(reader, "provider");
}

static void service_tag(struct report *r, struct html *h, const struct query *q, int col) {
    html_say(h, "span", "tag", query_text(q, col, &r->page));
}

static enum status voices(struct report *r, struct html *h, int *n) {
    struct query q;
    query_open(
        &q, r->j,
        "SELECT coalesce(f.day, 0), coalesce(s.name, ''), f.speaker, f.sort, f.text, "
        "f.reader, f.wants_answer, f.answer_how, f.severity, s.code FROM feedback f LEFT "
        "JOIN service s ON s.id = f.service WHERE f.restricted = 1 AND f.withdrawn = 0 "
        "ORDER BY coalesce(f.day, 0) DESC, f.hlc, lantern_order(f.id)",
        0);
    while (query_next(&q)) {
        const char *reader = query_text(&q, 5, &r->page);
        if (r->only && !text_equal(r->only, query_text(&q, 9, &r->page))) continue;
        ++*n;
        html_raw(h, "<li class=\"card\">");
        html_say(h, "time", NULL, says_day(r, (day_no)query_int(&q, 0)));
        service_tag(r, h, &q, 1);
        html_say(h, "span", "tag", report_word_of(r, "sort", query_text(&q, 3, &r->page)));
        html_say(h, "span", "mute", report_word_of(r, "speaker", query_text(&q, 2, &r->page)));
        if (query_int(&q, 8) == 4)
            html_say(h, "span", "tag danger", REPORT_WORD(r, "severity_4"));
        if (for_provider(reader)) {
            html_say(h, "p", NULL, query_text(&q, 4, &r->page));
            if (query_int(&q, 6) == 1)
                html_say(h, "p", "mute",
                         REPORT_SAY(r, "answer_safely", query_text(&q, 7, &r->page)));
        } else {
            html_say(h, "p", "mute", REPORT_SAY(r, "kept_for", reader));
        }
        html_raw(h, "</li>\n");
    }
    return query_close(&q);
}

static enum status conduct(struct report *r, struct html *h, int *n) {
    struct query q;
    query_open(
        &q, r->j,
        "SELECT coalesce(o.day, 0), coalesce(s.name, ''), o.text, o.severity, o.said, "
        "o.witness, o.break_asked, s.code FROM observation o LEFT JOIN service s ON s.id "
        "= o.service WHERE o.restricted = 1 AND o.withdrawn = 0 ORDER BY "
        "coalesce(o.day, 0) DESC, o.hlc, lantern_order(o.id)",
        0);
    while (query_next(&q)) {
        if (r->only && !text_equal(r->only, query_text(&q, 7, &r->page))) continue;
        ++*n;
        html_raw(h, "<li class=\"card\">");
        html_say(h, "time", NULL, says_day(r, (day_no)query_int(&q, 0)));
        service_tag(r, h, &q, 1);
        html_say(h, "span", "tag", says_severity(r, (int)query_int(&q, 3)));
        html_say(h, "p", NULL, query_text(&q, 2, &r->page));
        html_raw(h, "<dl>");
        html_fact(h, REPORT_WORD(r, "break_asked"),
                  report_word_of(r, "answer", query_text(&q, 6, &r->page)));
        html_fact(h, REPORT_WORD(r, "they_said"), query_text(&q, 4, &r->page));
        html_fact(h, REPORT_WORD(r, "witness"), query_text(&q, 5, &r->page));
        html_raw(h, "</dl></li>\n");
    }
    return query_close(&q);
}

/* What was raised because of them. */
static enum status raised(struct report *r, struct html *h) {
    struct query q;
    enum status s = STATUS_OK;
    query_open(&q, r->j,
               "SELECT a.id, a.must, a.reference, a.different, coalesce(p.label, a.owner_text, "
               "''), a.due, coalesce(s.name, ''), s.code FROM action a LEFT JOIN person p ON "
               "p.id = a.owner LEFT JOIN service s ON s.id = a.service WHERE a.withdrawn = 0 "
               "AND " REPORT_RESTRICTED("a.source") " ORDER BY a.due, a.reference, a.hlc, "
                                                    "lantern_order(a.id)",
               0);
    while (!s && query_next(&q)) {
        if (r->only && !text_equal(r->only, query_text(&q, 7, &r->page))) continue;
        html_raw(h, "<article class=\"card action\"><h3>");
        html_say(h, "span", "ref",
                 arena_printf(&r->page, "%s-%s", query_int(&q, 1) == 1 ? "M" : "S",
                              query_text(&q, 2, &r->page)));
        html_text(h, query_text(&q, 3, &r->page));
        html_raw(h, "</h3><dl>");
        html_fact(h, REPORT_WORD(r, "service"), query_text(&q, 6, &r->page));
        html_fact(h, REPORT_WORD(r, "owner"), query_text(&q, 4, &r->page));
        html_fact(h, REPORT_WORD(r, "due"), says_when(r, query_int(&q, 5)));
        html_raw(h, "</dl><ol class=\"steps\">");
        s = action_steps(r, h, NULL, query_int(&q, 0));
        html_raw(h, "</ol></article>\n");
    }
    enum status end = query_close(&q);
    return s ? s : end;
}

/* Words added later to a restricted record. */
static enum status added(struct report *r, struct html *h) {
    struct query q;
    bool any = false;
    query_open(
        &q, r->j,
        "SELECT coalesce(n.made_at, n.at), n.text, " REPORT_SERVICE_OF(
            "n.about") " FROM addendum n WHERE n.withdrawn = 0 AND " REPORT_RESTRICTED("n."
                                                                                       "about") " ORDER BY n.hlc, lantern_order(n.id)",
        0);
    while (query_next(&q)) {
        if (!report_wants(r, query_int(&q, 2))) continue;
        if (!any) {
            html_say(h, "h3", NULL, REPORT_WORD(r, "added_later"));
            html_raw(h, "<ul>\n");
        }
        any = true;
        html_raw(h, "<li>");
        html_say(h, "time", "mute", says_day(r, london_day(query_int(&q, 0))));
        html_say(h, "span", NULL, query_text(&q, 1, &r->page));
        html_raw(h, "</li>\n");
    }
    if (any) html_raw(h, "</ul>\n");
    return query_close(&q);
}

/* What is sealed to a reader: how many there are, from five on, and of all services together:
 * in which of them it was said stands in the box alone. */
static void sealed_notes(struct report *r, struct html *h) {
    int64_t n = query_one_int(
        r->j, 0, "SELECT count(*) FROM confidence WHERE withdrawn = 0 AND at <= ?1", 1,
        r->now + REPORT_DAY_MS);
    if (r->only || n < REPORT_FEW) return;
    html_say(h, "p", "note", REPORT_SAY(r, "sealed_notes", report_int(r, n)));
}

enum status restricted_page(struct report *r) {
    struct html h = {0};
    int n = 0;
    frame_begin(r, &h, REPORT_WORD(r, "restricted_title"), REPORT_WORD(r, "restricted_sub"),
                NULL);
    html_say(&h, "p", "note", REPORT_WORD(r, "restricted_care"));
    sealed_notes(r, &h);
    html_raw(&h, "<ul class=\"restricted\">\n");
    enum status s = voices(r, &h, &n);
    if (!s) s = conduct(r, &h, &n);
    html_raw(&h, "</ul>\n");
    if (!n) html_say(&h, "p", NULL, REPORT_WORD(r, "restricted_none"));
    html_say(&h, "h2", NULL, REPORT_WORD(r, "restricted_raised"));
    if (!s) s = raised(r, &h);
    if (!s) s = danger_cards(r, &h, 0);
    if (!s) s = danger_duties(r, &h, 0);
    if (!s) s = added(r, &h);
    if (!s) s = pictures_restricted(r, &h);
    enum status end = frame_end(r, &h, "restricted.html");
    return s ? s : end;
}
