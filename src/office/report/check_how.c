/* check_how.c -- how the check was done, so that its figures can be judged: minutes on site,
 * rooms and how they were seen, who drew them, the watch, the cover; what was seen and said. */
#include "base/text.h"
#include "office/report/report.h"

static const char *minutes_text(struct report *r, int64_t minutes) {
    return duration_text(&r->page, minutes * 60000);
}

static void person_facts(struct check_part *p) {
    struct report *r = p->r;
    const struct walk_model *m = p->found->walk;
    const struct report_service *s = p->check->service;
    html_fact(p->h, REPORT_WORD(r, "form"),
              REPORT_SAY(r, "form_version", m->form->title, report_int(r, m->form->version)));
    html_fact(p->h, REPORT_WORD(r, "length"), report_word_of(r, "length", m->length));
    html_fact(p->h, REPORT_WORD(r, "reason"), report_word_of(r, "reason", m->reason));
    html_fact(p->h, REPORT_WORD(r, "checker"), audience_role(r, s, m->checker_label));
    html_fact(p->h, REPORT_WORD(r, "in_charge"), audience_role(r, s, m->in_charge));
}

static void staffing_facts(struct check_part *p) {
    struct report *r = p->r;
    const struct walk_staffing *t = &p->found->walk->staffing;
    if (t->people > 0) html_fact(p->h, REPORT_WORD(r, "people_here"), report_int(r, t->people));
    if (t->awake >= 0)
        html_fact(p->h, REPORT_WORD(r, "workers_awake"),
                  t->planned >= 0 ? REPORT_SAY(r, "awake_of_planned", report_int(r, t->awake),
                                               report_int(r, t->planned))
                                  : report_int(r, t->awake));
    if (t->agency > 0) html_fact(p->h, REPORT_WORD(r, "agency"), report_int(r, t->agency));
}

/* What the checker's own watch said, when it was not what the tablet said. */
static void watch_fact(struct report *r, struct html *h, int64_t wall, int64_t at) {
    int64_t off = wall > at ? wall - at : at - wall;
    if (!wall || !at) return;
    html_fact(h, REPORT_WORD(r, "watch"),
              off < 120000 ? REPORT_WORD(r, "watch_agrees")
                           : REPORT_SAY(r, "watch_differs", time_hm(&r->page, wall),
                                        time_hm(&r->page, at)));
}

static enum status visit_facts(struct check_part *p) {
    struct report *r = p->r;
    struct query q;
    query_open(&q, r->j,
               "SELECT v.started, v.\"left\", v.watch_wall, v.watch_at, v.rival, v.held_back, "
               "v.held_why, (SELECT count(*) FROM event e WHERE e.visit = v.id AND e.sort = "
               "'resume' AND e.withdrawn = 0), (SELECT coalesce(sum(e.ms), 0) FROM event e "
               "WHERE e.visit = v.id AND e.sort = 'resume' AND e.withdrawn = 0), (SELECT "
               "count(*) FROM event e WHERE e.visit = v.id AND e.sort = 'clock_step' AND "
               "e.withdrawn = 0) FROM visit v WHERE v.id = ?1",
               1, p->visit);
    if (query_next(&q)) {
        int64_t end = query_null(&q, 1) ? p->check->ended : query_int(&q, 1);
        html_fact(p->h, REPORT_WORD(r, "began"), says_when(r, query_int(&q, 0)));
        html_fact(p->h, REPORT_WORD(r, "left"),
                  query_null(&q, 1) ? REPORT_WORD(r, "leaving_not_kept")
                                    : says_when(r, query_int(&q, 1)));
        html_fact(p->h, REPORT_WORD(r, "on_site"),
                  minutes_text(r, (end - query_int(&q, 0)) / 60000));
        if (query_int(&q, 7))
            html_fact(p->h, REPORT_WORD(r, "covered"),
                      REPORT_SAY(r, "covered_times", report_int(r, query_int(&q, 7)),
                                 duration_text(&r->page, query_int(&q, 8))));
        watch_fact(r, p->h, query_int(&q, 2), query_int(&q, 3));
        if (query_int(&q, 9))
            html_fact(p->h, REPORT_WORD(r, "clock"), REPORT_WORD(r, "clock_stepped"));
        if (!query_null(&q, 4))
            html_fact(p->h, REPORT_WORD(r, "note"), REPORT_WORD(r, "two_changed"));
        if (!r->who.home)
            html_fact(p->h, REPORT_WORD(r, "homes_copy"),
                      report_word_of(r, "copy", query_text(&q, 5, &r->page)));
    }
    return query_close(&q);
}

enum status check_how(struct check_part *p) {
    struct report *r = p->r;
    const struct found *f = p->found;
    html_say(p->h, "h3", NULL, REPORT_WORD(r, "how"));
    html_raw(p->h, "<dl>");
    person_facts(p);
    staffing_facts(p);
    enum status s = visit_facts(p);
    if (f->rooms)
        html_fact(p->h, REPORT_WORD(r, "rooms"),
                  REPORT_SAY(r, "rooms_seen", report_int(r, f->rooms),
                             report_int(r, f->rooms_entered), report_int(r, f->rooms_door),
                             report_int(r, f->rooms_not)));
    html_fact(p->h, REPORT_WORD(r, "changed"),
              REPORT_SAY(r, "changed_n", report_int(r, f->changed)));
    html_raw(p->h, "</dl>\n");
    return s;
}

/* ---- rooms and the draw ---- */

static enum status draws(struct check_part *p) {
    struct report *r = p->r;
    struct query q;
    query_open(&q, r->j,
               "SELECT seed, who, pool, drawn FROM sample WHERE visit = ?1 AND withdrawn = 0 "
               "ORDER BY hlc, lantern_order(id)",
               1, p->visit);
    while (query_next(&q)) {
        int n = pool_size(query_text(&q, 2, &r->page));
        const char *who = report_word_of(r, "drawn_by", query_text(&q, 1, &r->page));
        const char *seed = arena_printf(&r->page, "%lld", (long long)query_int(&q, 0));
        html_say(p->h, "p", "mute",
                 n ? REPORT_SAY(r, "drawn_from", who, report_int(r, n), seed)
                   : REPORT_SAY(r, "drawn", who, seed));
    }
    return query_close(&q);
}

enum status check_rooms(struct check_part *p) {
    struct report *r = p->r;
    struct query q;
    const struct html_column columns[] = {{REPORT_WORD(r, "room"), NULL},
                                          {REPORT_WORD(r, "how_seen"), NULL},
                                          {REPORT_WORD(r, "note"), NULL}};
    const struct report_service *s = p->check->service;
    if (!p->found->rooms) return draws(p);
    html_table(p->h, NULL, REPORT_WORD(r, "rooms_caption"), columns, 3);
    query_open(
        &q, r->j,
        "SELECT coalesce(nullif(x.label, ''), a.name, ''), coalesce(a.unit, ''), x.seen, "
        "x.why, x.empty, coalesce(a.sort, 'room') = 'room' FROM room x LEFT JOIN area a "
        "ON a.id = x.area WHERE x.visit = ?1 AND x.withdrawn = 0 AND x.repeat_of IS NULL "
        "ORDER BY x.position, "
        "x.hlc, lantern_order(x.id)",
        1, p->visit);
    while (query_next(&q)) {
        html_raw(p->h, "<tr>");
        html_row_head(p->h, NULL,
                      audience_place(r, s, query_text(&q, 0, &r->page),
                                     query_text(&q, 1, &r->page), query_int(&q, 5) == 1));
        html_cell(p->h, NULL, report_word_of(r, "seen", query_text(&q, 2, &r->page)));
        html_raw(p->h, "<td>");
        html_text(p->h, audience_text(r, s, query_text(&q, 3, &r->page)));
        if (query_int(&q, 4) == 1) html_say(p->h, "span", NULL, REPORT_WORD(r, "room_empty"));
        html_raw(p->h, "</td></tr>\n");
    }
    html_table_end(p->h);
    enum status st = query_close(&q);
    return st ? st : draws(p);
}

/* ---- everything seen, good and not ---- */

static void seen_row(struct check_part *p, const struct query *q) {
    struct report *r = p->r;
    const struct report_service *s = p->check->service;
    const char *code = query_text(q, 2, &r->page);
    const struct statement *st = framework_statement(r->framework, code);
    html_raw(p->h, "<tr>");
    html_row_head(p->h, NULL, audience_text(r, s, query_text(q, 1, &r->page)));
    html_cell(p->h, query_int(q, 0) == 1 ? "met" : "partly",
              query_int(q, 0) == 1 ? REPORT_WORD(r, "good_practice")
                                   : says_severity(r, (int)query_int(q, 3)));
    html_cell(p->h, NULL, st ? st->name : code);
    html_raw(p->h, "<td>");
    html_text(p->h, audience_place(r, s, query_text(q, 4, &r->page), query_text(q, 6, &r->page),
                                   query_int(q, 7) == 1));
    if (query_int(q, 8) == 1) html_say(p->h, "span", "tag", REPORT_WORD(r, "after_leaving"));
    if (!query_null(q, 9)) html_say(p->h, "span", "tag partly", REPORT_WORD(r, "two_changed"));
    html_raw(p->h, "</td>");
    html_cell(p->h, "n", time_hm(&r->page, query_int(q, 5)));
    html_raw(p->h, "</tr>\n");
}

enum status check_seen(struct check_part *p) {
    struct report *r = p->r;
    struct query q;
    bool any = false;
    const struct html_column columns[] = {{REPORT_WORD(r, "seen"), NULL},
                                          {REPORT_WORD(r, "how_serious"), NULL},
                                          {REPORT_WORD(r, "statement"), NULL},
                                          {REPORT_WORD(r, "where"), NULL},
                                          {REPORT_WORD(r, "time"), "n"}};
    query_open(&q, r->j,
               "SELECT o.good, o.text, o.statement, o.severity, coalesce(a.name, ''), "
               "coalesce(o.when_seen, o.made_at, o.at), coalesce(a.unit, ''), a.sort = 'room', "
               "o.after_leaving, o.rival FROM observation o LEFT JOIN area a ON a.id = o.area "
               "WHERE o.visit = ?1 AND o.withdrawn = 0 AND o.restricted IS NOT 1 ORDER BY "
               "coalesce(o.when_seen, o.made_at, o.at), o.hlc, lantern_order(o.id)",
               1, p->visit);
    while (query_next(&q)) {
        if (!any) html_table(p->h, NULL, REPORT_WORD(r, "seen_caption"), columns, 5);
        any = true;
        seen_row(p, &q);
    }
    if (any) html_table_end(p->h);
    return query_close(&q);
}

/* ---- what people said on this check ---- */

static enum status voice(struct check_part *p, const struct query *q) {
    struct report *r = p->r;
    struct evidence_list heard = {0};
    enum status st = pictures_heard(r, query_int(q, 8), &heard);
    if (st) return st;
    const char *speaker = query_text(q, 0, &r->page);
    bool staff = text_equal(speaker, "staff");
    bool words =
        !text_equal(query_text(q, 4, &r->page), "no") && (!staff || r->who.staff_words);
    const char *text = audience_text(r, p->check->service, query_text(q, 2, &r->page));
    html_raw(p->h, "<li class=\"quote\">");
    html_say(p->h, "span", "tag", report_word_of(r, "sort", query_text(q, 1, &r->page)));
    bool all = words && r->who.copy <= COPY_MANAGER; /* the small answers tell who it is */
    const char *question = all ? query_text(q, 9, &r->page) : "";
    const char *marks = all ? query_text(q, 10, &r->page) : "";
    if (!text_blank(question)) html_say(p->h, "span", "mute", question);
    if (words && !text_blank(text))
        html_say(p->h, text_equal(speaker, "showed_us") ? "span" : "q", NULL, text);
    if (!text_blank(marks)) html_say(p->h, "span", NULL, marks);
    if (!(words && !text_blank(text)) && text_blank(marks))
        html_say(p->h, "span", "mute",
                 words && heard.count ? REPORT_WORD(r, "own_voice")
                                      : REPORT_WORD(r, "no_words"));
    st = pictures_play(r, p->h, &heard);
    html_say(p->h, "span", "mute", report_word_of(r, "speaker", speaker));
    if (query_int(q, 5))
        html_say(p->h, "span", "mute", REPORT_SAY(r, "face", report_int(r, query_int(q, 5))));
    if (query_int(q, 3) == 1)
        html_say(p->h, "span", "tag",
                 query_null(q, 6)
                     ? REPORT_WORD(r, "wants_answer")
                     : REPORT_SAY(r, "answer_by", says_day(r, (day_no)query_int(q, 6))));
    if (query_int(q, 7) == 1) html_say(p->h, "span", "tag", REPORT_WORD(r, "after_leaving"));
    html_raw(p->h, "</li>\n");
    return st;
}

/* Without their words a worker is not shown at all: that somebody spoke can be enough to guess
 * who. */
enum status check_said(struct check_part *p) {
    struct report *r = p->r;
    struct query q;
    bool any = false;
    enum status st = STATUS_OK;
    query_open(
        &q, r->j,
        "SELECT speaker, sort, text, wants_answer, consent, face, answer_by, "
        "after_leaving, id, question, marks FROM feedback WHERE visit = ?1 AND withdrawn = 0 AND restricted "
        "IS NOT 1 AND (speaker IS NOT 'staff' OR ?2) ORDER BY coalesce(made_at, at), "
        "hlc, lantern_order(id)",
        2, p->visit, (int64_t)r->who.staff_words);
    while (!st && query_next(&q)) {
        if (!any) {
            html_say(p->h, "h3", NULL, REPORT_WORD(r, "people_said"));
            html_raw(p->h, "<ul class=\"quotes\">\n");
        }
        any = true;
        st = voice(p, &q);
    }
    if (any) html_raw(p->h, "</ul>\n");
    enum status end = query_close(&q);
    return st ? st : end;
}
