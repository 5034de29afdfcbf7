/* danger_part.c -- danger cards with their calls, and the duties that somebody had to decide.
 * What came from a restricted record stands only on the page of restricted records. */
#include "base/text.h"
#include "office/report/report.h"

static enum status calls(struct report *r, struct html *h, row_id danger) {
    struct query q;
    bool any = false;
    const struct html_column columns[] = {{REPORT_WORD(r, "rung"), NULL},
                                          {REPORT_WORD(r, "time"), "n"},
                                          {REPORT_WORD(r, "answered"), NULL},
                                          {REPORT_WORD(r, "they_said"), NULL},
                                          {REPORT_WORD(r, "reference"), NULL}};
    query_open(&q, r->j,
               "SELECT whom, telephone, started, answered, said, reference FROM call WHERE "
               "danger = ?1 AND withdrawn = 0 ORDER BY coalesce(started, at), hlc, "
               "lantern_order(id)",
               1, danger);
    while (query_next(&q)) {
        if (!any) html_table(h, NULL, REPORT_WORD(r, "calls_caption"), columns, 5);
        any = true;
        const char *number = r->who.telephones ? query_text(&q, 1, &r->page) : "";
        html_raw(h, "<tr>");
        html_row_head(h, NULL,
                      arena_printf(&r->page, "%s%s%s", query_text(&q, 0, &r->page),
                                   *number ? " · " : "", number));
        html_cell(h, "n", query_null(&q, 2) ? "" : time_hm(&r->page, query_int(&q, 2)));
        html_cell(h, NULL, report_word_of(r, "call", query_text(&q, 3, &r->page)));
        html_cell(h, NULL, query_text(&q, 4, &r->page));
        html_cell(h, NULL, query_text(&q, 5, &r->page));
        html_raw(h, "</tr>\n");
    }
    if (any) html_table_end(h);
    return query_close(&q);
}

static enum status one_card(struct report *r, struct html *h, const struct query *q) {
    row_id danger = query_int(q, 0);
    html_raw(h, "<article class=\"card danger\">");
    html_say(h, "h3", NULL, REPORT_SAY(r, "danger_at", says_when(r, query_int(q, 2))));
    html_say(h, "p", NULL, query_text(q, 1, &r->page));
    const char *safe = query_text(q, 3, &r->page);
    if (text_equal(safe, "made_safe"))
        html_say(h, "p", NULL,
                 REPORT_SAY(r, "made_safe",
                            query_int(q, 4) ? time_hm(&r->page, query_int(q, 4)) : "",
                            query_text(q, 5, &r->page)));
    else
        html_say(h, "p", "bad", REPORT_WORD(r, "not_safe_yet"));
    enum status s = calls(r, h, danger);
    if (query_null(q, 6))
        html_say(h, "p", "bad", REPORT_WORD(r, "card_open"));
    else
        html_say(h, "p", "mute", REPORT_SAY(r, "card_closed", says_when(r, query_int(q, 6))));
    html_raw(h, "</article>\n");
    return s;
}

/* Whose worry is about somebody on the call list is not for the home's own copy. */
enum status danger_cards(struct report *r, struct html *h, row_id visit) {
    struct query q;
    enum status s = STATUS_OK;
    if (visit)
        query_open(
            &q, r->j,
            "SELECT g.id, g.text, coalesce(g.opened, g.made_at, g.at), g.safe, g.safe_at, "
            "g.safe_by, g.closed, g.listed = 'yes' FROM danger g WHERE g.visit = ?1 AND "
            "g.withdrawn = 0 AND NOT " REPORT_RESTRICTED(
                "g.source") " ORDER BY "
                            "coalesce(g.opened, g.made_at, g.at), g.hlc, lantern_order(g.id)",
            1, visit);
    else
        query_open(
            &q, r->j,
            "SELECT g.id, g.text, coalesce(g.opened, g.made_at, g.at), g.safe, g.safe_at, "
            "g.safe_by, g.closed, g.service FROM danger g WHERE "
            "g.withdrawn = 0 AND " REPORT_RESTRICTED(
                "g.source") " ORDER BY "
                            "coalesce(g.opened, g.made_at, g.at), g.hlc, lantern_order(g.id)",
            0);
    while (!s && query_next(&q)) {
        if (visit && r->who.home && query_int(&q, 7) == 1) continue;
        if (!visit && !report_wants(r, query_int(&q, 7))) continue;
        s = one_card(r, h, &q);
    }
    enum status end = query_close(&q);
    return s ? s : end;
}

#define DUTY_SQL                                                                               \
    "SELECT d.name, d.decision, d.decide_by, d.who, d.decided, d.why, d.reference, g.listed "  \
    "= "                                                                                       \
    "'yes', coalesce(d.service, g.service) FROM duty d LEFT JOIN danger g ON g.id = d.danger " \
    "WHERE d.withdrawn = 0 AND "
#define DUTY_ORDER " ORDER BY d.decide_by, d.hlc, lantern_order(d.id)"

static void duty_row(struct report *r, struct html *h, const struct query *q) {
    bool open = query_null(q, 4);
    const char *waits = query_null(q, 2)
                            ? report_word_of(r, "decided", "open")
                            : REPORT_SAY(r, "decide_by", says_when(r, query_int(q, 2)));
    html_raw(h, "<tr>");
    html_row_head(h, NULL, report_word_of(r, "duty", query_text(q, 0, &r->page)));
    html_cell(h, open ? "bad" : NULL,
              open ? waits : report_word_of(r, "decided", query_text(q, 1, &r->page)));
    html_cell(h, NULL,
              open ? ""
                   : REPORT_SAY(r, "who_when", query_text(q, 3, &r->page),
                                says_when(r, query_int(q, 4))));
    html_cell(h, NULL, query_text(q, 5, &r->page));
    html_cell(h, NULL, query_text(q, 6, &r->page));
    html_raw(h, "</tr>\n");
}

enum status danger_duties(struct report *r, struct html *h, row_id visit) {
    struct query q;
    bool any = false;
    const struct html_column columns[] = {{REPORT_WORD(r, "duty_column"), NULL},
                                          {REPORT_WORD(r, "decision"), NULL},
                                          {REPORT_WORD(r, "by_whom"), NULL},
                                          {REPORT_WORD(r, "why"), NULL},
                                          {REPORT_WORD(r, "reference"), NULL}};
    if (visit)
        query_open(&q, r->j,
                   DUTY_SQL "d.visit = ?1 AND (d.danger IS NULL OR NOT " REPORT_RESTRICTED(
                       "g.source") ")" DUTY_ORDER,
                   1, visit);
    else
        query_open(&q, r->j, DUTY_SQL REPORT_RESTRICTED("g.source") DUTY_ORDER, 0);
    while (query_next(&q)) {
        if (visit && r->who.home && query_int(&q, 7) == 1) continue;
        if (!visit && !report_wants(r, query_int(&q, 8))) continue;
        if (!any) html_table(h, NULL, REPORT_WORD(r, "duties_caption"), columns, 5);
        any = true;
        duty_row(r, h, &q);
    }
    if (any) html_table_end(h);
    return query_close(&q);
}

enum status check_dangers(struct check_part *p) {
    if (!p->r->who.dangers) return STATUS_OK;
    enum status s = danger_cards(p->r, p->h, p->visit);
    return s ? s : danger_duties(p->r, p->h, p->visit);
}
