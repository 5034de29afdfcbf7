/* actions.c -- a service's actions with everything that happened to each of them. State, dates
 * and what is overdue come from the same rules as on the tablets (model/action_rows.h), which
 * also leave out what came from a restricted record. */
#include "model/action_rows.h"

#include "base/text.h"
#include "model/laws.h"
#include "office/report/report.h"

static enum status read_details(struct report *r, struct report_action *a) {
    struct arena *keep = &r->arena;
    struct query q;
    query_open(&q, r->j,
               "SELECT x.measure, x.baseline, x.why, x.statement, x.regulations, x.item, "
               "x.severity, x.times_found, x.found_at_night, x.visit, x.source, "
               "coalesce(m.name, ''), x.rival, coalesce(p.label, ''), coalesce(m.unit, ''), "
               "m.sort = 'room', x.service, " REPORT_RESTRICTED(
                   "x.source") " FROM action x LEFT JOIN area m ON m.id = x.area "
                               "LEFT JOIN person p ON p.id = coalesce(x.made_by, x.\"by\") "
                               "WHERE x.id = ?1",
               1, a->row.id);
    if (query_next(&q)) {
        a->measure = query_text(&q, 0, keep);
        a->baseline = query_text(&q, 1, keep);
        a->why = query_text(&q, 2, keep);
        a->statement = query_text(&q, 3, keep);
        a->regulations = query_text(&q, 4, keep);
        a->item = query_text(&q, 5, keep);
        a->severity = (int)query_int(&q, 6);
        a->times_found = (int)query_int(&q, 7);
        a->found_at_night = query_int(&q, 8) == 1;
        a->visit = query_int(&q, 9);
        a->source = query_int(&q, 10);
        a->area = arena_strdup(keep, audience_place(r, NULL, query_text(&q, 11, keep),
                                                    query_text(&q, 14, keep),
                                                    query_int(&q, 15) == 1));
        a->two_changed = !query_null(&q, 12);
        a->raised_by = query_text(&q, 13, keep);
        a->source_erased = query_int(&q, 17) == 1;
    }
    enum status s = query_close(&q);
    a->key = report_key(r, keep, a->row.id);
    a->reference = arena_printf(keep, "%s-%s", a->row.must ? "M" : "S", a->row.reference);
    return s;
}

/* An action of a check that this reader does not get (held back, under way) is not there
 * either. */
static bool may_see(struct report *r, const struct report_action *a) {
    if (a->source_erased && !r->who.restricted) return false;
    return !r->who.home || !a->visit || report_check_of(r, a->visit);
}

static void count(struct report_service *s, const struct report_action *a) {
    s->open += a->row.state == ACTION_OPEN || a->row.state == ACTION_SAID_DONE;
    s->overdue += a->row.overdue;
    s->overdue_must += a->row.overdue && a->row.must;
    s->verify += a->row.state == ACTION_SAID_DONE;
    s->verify_must += a->row.state == ACTION_SAID_DONE && a->row.must;
}

static const char *state_word(struct report *r, const struct action_row *a) {
    static const char *const states[] = {"open", "said_done", "seen_working", "lasted",
                                         "closed"};
    return report_word_of(r, "state", a->overdue ? "overdue" : states[a->state]);
}

static const char *state_css(const struct action_row *a) {
    if (a->overdue) return "tag bad";
    switch (a->state) {
    case ACTION_SAID_DONE:
        return "tag partly";
    case ACTION_LASTED:
        return "tag met"; /* the only green */
    default:
        return "tag";
    }
}

/* ---- one action with its history ---- */

static void step_extras(struct report *r, struct html *h, const struct query *q,
                        const struct report_service *s) {
    if (!query_null(q, 4))
        html_say(h, "span", NULL, REPORT_SAY(r, "moved_to", says_when(r, query_int(q, 4))));
    html_say(h, "span", NULL, audience_text(r, s, query_text(q, 1, &r->page)));
    const char *who = audience_role(r, s, query_text(q, 6, &r->page));
    if (*who) html_say(h, "span", NULL, REPORT_SAY(r, "says", who));
    if (query_int(q, 2) == 1) html_say(h, "span", NULL, REPORT_WORD(r, "at_night"));
    if (query_int(q, 3) == 1) html_say(h, "span", NULL, REPORT_WORD(r, "unannounced"));
    if (query_int(q, 7) > 0)
        html_say(h, "span", NULL, REPORT_SAY(r, "after_weeks", report_int(r, query_int(q, 7))));
}

/* Without a service: of a restricted record, so with a date and no time, and no check. */
enum status action_steps(struct report *r, struct html *h, const struct report_service *s,
                         row_id action) {
    struct query q;
    query_open(
        &q, r->j,
        "SELECT s.sort, s.text, s.at_night, s.unannounced, s.due, coalesce(s.made_at, "
        "s.at), s.who, s.weeks, coalesce(p.label, ''), s.visit, s.id FROM step s LEFT JOIN "
        "person p ON p.id = coalesce(s.made_by, s.\"by\") WHERE s.action = ?1 AND "
        "s.withdrawn = 0 ORDER BY s.hlc, lantern_order(s.id)",
        1, action);
    while (query_next(&q)) {
        bool wrong = report_wrong_date(r, query_int(&q, 10), query_int(&q, 5));
        if (query_int(&q, 5) > r->now && !wrong) continue;
        html_raw(h, "<li>");
        html_say(h, "time", NULL,
                 s ? says_when(r, query_int(&q, 5))
                   : says_day(r, london_day(query_int(&q, 5))));
        html_say(h, "strong", NULL, report_word_of(r, "step", query_text(&q, 0, &r->page)));
        html_say(h, "span", "mute", audience_role(r, s, query_text(&q, 8, &r->page)));
        step_extras(r, h, &q, s);
        struct report_check *c = s ? report_check_of(r, query_int(&q, 9)) : NULL;
        if (c) html_link(h, NULL, c->file, REPORT_WORD(r, "the_check"));
        html_raw(h, "</li>\n");
    }
    return query_close(&q);
}

static const char *laws_text(struct report *r, const char *by_comma) {
    struct action_law laws[ACTION_LAWS_MOST];
    const char *all = "";
    int n = laws_of(r->framework, by_comma, &r->page, laws);
    for (int i = 0; i < n; i++)
        all = arena_printf(&r->page, "%s%s%s %s", all, *all ? "; " : "", laws[i].number,
                           laws[i].title ? laws[i].title : "");
    return all;
}

static void facts(struct report *r, struct html *h, const struct report_service *s,
                  const struct report_action *a) {
    const struct statement *st = framework_statement(r->framework, a->statement);
    html_raw(h, "<dl>");
    html_fact(h, REPORT_WORD(r, "owner"), audience_role(r, s, a->row.owner));
    html_fact(h, a->row.moved ? REPORT_WORD(r, "due_moved") : REPORT_WORD(r, "due"),
              says_when(r, a->row.due));
    html_fact(h, REPORT_WORD(r, "measure"), audience_text(r, s, a->measure));
    html_fact(h, REPORT_WORD(r, "baseline"), audience_text(r, s, a->baseline));
    html_fact(h, REPORT_WORD(r, "why"), audience_text(r, s, a->why));
    html_fact(h, REPORT_WORD(r, "where"), a->area);
    html_fact(h, REPORT_WORD(r, "severity"), says_severity(r, a->severity));
    html_fact(h, REPORT_WORD(r, "statement"), st ? st->name : a->statement);
    html_fact(h, REPORT_WORD(r, "regulations"), laws_text(r, a->regulations));
    if (a->found_at_night)
        html_fact(h, REPORT_WORD(r, "proof"), REPORT_WORD(r, "only_at_night"));
    if (a->clock_wrong) html_fact(h, REPORT_WORD(r, "clock"), REPORT_WORD(r, "clock_wrong"));
    if (a->two_changed) html_fact(h, REPORT_WORD(r, "note"), REPORT_WORD(r, "two_changed"));
    html_raw(h, "</dl>\n");
}

enum status action_card(struct report *r, struct html *h, const struct report_service *s,
                        const struct report_action *a, const char *heading) {
    const char *id = arena_printf(&r->page, "a-%s", a->key);
    html_open_id(h, "article", "card action", id);
    html_open(h, heading, NULL);
    html_say(h, "span", "ref", a->reference);
    html_text(h, audience_text(r, s, a->row.different));
    html_raw(h, " ");
    html_say(h, "span", state_css(&a->row), state_word(r, &a->row));
    html_close(h, heading);
    facts(r, h, s, a);
    html_raw(h, "<ol class=\"steps\"><li>");
    html_say(h, "time", NULL, says_when(r, a->row.raised_at));
    html_say(h, "strong", NULL, REPORT_WORD(r, "step_raised"));
    html_say(h, "span", "mute", audience_role(r, s, a->raised_by));
    struct report_check *c = report_check_of(r, a->visit);
    if (c) html_link(h, NULL, c->file, REPORT_WORD(r, "the_check"));
    html_raw(h, "</li>\n");
    enum status st = action_steps(r, h, s, a->row.id);
    html_raw(h, "</ol>\n");
    if (!st) st = pictures_of_row(r, h, s, a->row.id);
    html_raw(h, "</article>\n");
    return st;
}

/* ---- lists ---- */

void action_table_open(struct report *r, struct html *h, const char *id, const char *caption,
                       bool with_service) {
    const struct html_column columns[] = {
        {REPORT_WORD(r, "reference"), NULL}, {REPORT_WORD(r, "to_do"), NULL},
        {REPORT_WORD(r, "owner"), NULL},     {REPORT_WORD(r, "due"), NULL},
        {REPORT_WORD(r, "state"), NULL},     {REPORT_WORD(r, "service"), NULL}};
    html_table(h, id, caption, columns, with_service ? 6 : 5);
}

static void row(struct report *r, struct html *h, const struct report_service *s,
                const struct report_action *a, bool with_service) {
    html_raw(h, "<tr>");
    html_row_head(h, arena_printf(&r->page, "%s#a-%s", s->actions_file, a->key), a->reference);
    html_cell(h, NULL, audience_text(r, s, a->row.different));
    html_cell(h, NULL, audience_role(r, s, a->row.owner));
    html_cell(h, "d", says_when(r, a->row.due));
    html_raw(h, "<td>");
    html_say(h, "span", state_css(&a->row), state_word(r, &a->row));
    html_raw(h, "</td>");
    if (with_service) html_cell_link(h, NULL, s->file, s->name);
    html_raw(h, "</tr>\n");
}

void action_table(struct report *r, struct html *h, const struct report_service *s) {
    action_table_open(r, h, NULL, REPORT_WORD(r, "actions_caption"), false);
    for (int i = 0; i < r->actions_count; i++)
        row(r, h, s, &r->actions[i], false);
    html_table_end(h);
}

/* With those beyond what action_rows_read gives of one service. */
static int64_t all_actions(struct report *r, const struct report_service *s) {
    return query_one_int(r->j, 0,
                         "SELECT count(*) FROM action x WHERE x.service = ?1 AND x.withdrawn = "
                         "0 AND NOT " REPORT_RESTRICTED("x.source"),
                         1, s->id);
}

enum status actions_read(struct report *r, struct report_service *s) {
    struct action_reader reader = {.j = r->j, .service = s->id, .wall_ms = r->now};
    struct action_row *rows = NULL;
    int n = 0;
    enum status st = action_rows_read(&reader, &r->arena, &rows, &n);
    if (st) return st;
    s->left_out = all_actions(r, s) - n;
    r->actions = ARENA_ARRAY(&r->arena, struct report_action, n + 1);
    r->actions_count = 0;
    for (int i = 0; !st && i < n; i++) {
        struct report_action *a = &r->actions[r->actions_count];
        bool wrong = report_wrong_date(r, rows[i].id, rows[i].raised_at);
        if (rows[i].raised_at > r->now && !wrong) continue;
        *a = (struct report_action){.row = rows[i], .clock_wrong = wrong};
        if (wrong) a->row.overdue = false; /* nobody knows when it is due */
        st = read_details(r, a);
        if (st || !may_see(r, a)) continue;
        r->actions_count++;
        count(s, a);
        if (a->row.overdue) row(r, &r->overdue, s, a, true);
        if (a->row.state == ACTION_SAID_DONE) row(r, &r->verify, s, a, true);
    }
    arena_reset(&r->page);
    return st;
}

enum status actions_page(struct report *r, struct report_service *s) {
    struct html h = {0};
    enum status st = STATUS_OK;
    frame_begin(r, &h, REPORT_SAY(r, "actions_of", s->name),
                REPORT_SAY(r, "actions_sub", report_int(r, r->actions_count)), s);
    if (!r->actions_count) html_say(&h, "p", NULL, REPORT_WORD(r, "no_actions"));
    if (s->left_out > 0)
        html_say(&h, "p", "note",
                 REPORT_SAY(r, "actions_left_out", report_int(r, s->left_out)));
    for (int i = 0; !st && i < r->actions_count; i++)
        st = action_card(r, &h, s, &r->actions[i], "h2");
    enum status end = frame_end(r, &h, s->actions_file);
    return st ? st : end;
}

enum status check_actions(struct check_part *p) {
    struct report *r = p->r;
    enum status st = STATUS_OK;
    bool any = false;
    for (int i = 0; !st && i < r->actions_count; i++) {
        if (r->actions[i].visit != p->visit) continue;
        if (!any) html_say(p->h, "h3", NULL, REPORT_WORD(r, "actions_raised"));
        any = true;
        p->check->actions++;
        st = action_card(r, p->h, p->check->service, &r->actions[i], "h4");
    }
    return st;
}

enum status all_actions_page(struct report *r) {
    struct html h = {0};
    frame_begin(r, &h, REPORT_WORD(r, "all_actions"), REPORT_WORD(r, "all_actions_sub"), NULL);
    action_table_open(r, &h, "overdue", REPORT_WORD(r, "overdue_caption"), true);
    buf_add(&h.out, r->overdue.out.data, r->overdue.out.size);
    html_table_end(&h);
    action_table_open(r, &h, "verify", REPORT_WORD(r, "verify_caption"), true);
    buf_add(&h.out, r->verify.out.data, r->verify.out.size);
    html_table_end(&h);
    html_say(&h, "h2", NULL, REPORT_WORD(r, "actions_by_service"));
    html_raw(&h, "<ul>\n");
    for (int i = 0; i < r->services_count; i++) {
        html_raw(&h, "<li>");
        html_link(&h, NULL, r->services[i].actions_file, r->services[i].name);
        html_say(&h, "span", "mute",
                 REPORT_SAY(r, "n_open", report_int(r, r->services[i].open)));
        html_raw(&h, "</li>\n");
    }
    html_raw(&h, "</ul>\n");
    return frame_end(r, &h, "actions.html");
}
