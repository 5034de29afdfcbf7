/* check_page.c -- one check, whole: how it was done, what was found, every answer, who was
 * told, what became of it, and what proves it. Two tablets on one check share one page. */
#include "base/text.h"
#include "model/found.h"
#include "office/report/report.h"

static const char *title_of(struct report *r, const struct report_check *c) {
    return REPORT_SAY(r, "check_title", c->form, c->service->name);
}

static const char *sub_of(struct report *r, const struct report_check *c) {
    const char *day = says_day(r, c->night);
    const char *when = c->at_night
                           ? REPORT_SAY(r, "night_from_to", day, time_hm(&r->page, c->started),
                                        time_hm(&r->page, c->ended))
                           : REPORT_SAY(r, "from_to", day, time_hm(&r->page, c->started),
                                        time_hm(&r->page, c->ended));
    return arena_printf(&r->page, "%s · %s · %s", when,
                        c->unannounced ? REPORT_WORD(r, "unannounced")
                                       : REPORT_WORD(r, "announced"),
                        c->sealed ? REPORT_WORD(r, "is_sealed") : REPORT_WORD(r, "not_sealed"));
}

void check_counts(struct report *r, struct html *h, const struct report_check *c) {
    const struct html_column columns[] = {
        {REPORT_WORD(r, "question"), NULL}, {REPORT_WORD(r, "looked_at"), "n"},
        {REPORT_WORD(r, "met"), "n"},       {REPORT_WORD(r, "partly"), "n"},
        {REPORT_WORD(r, "not_met"), "n"},   {REPORT_WORD(r, "of_them_critical"), "n"},
        {REPORT_WORD(r, "not_seen"), "n"},  {REPORT_WORD(r, "not_applicable"), "n"}};
    html_table(h, "counts", REPORT_WORD(r, "counts_caption"), columns, 8);
    for (int i = 0; i < r->framework->questions_count && i < REPORT_QUESTIONS; i++) {
        const struct tally *t = &c->questions[i];
        html_raw(h, "<tr>");
        html_row_head(h, NULL, r->framework->questions[i].name);
        html_cell(h, "n",
                  REPORT_SAY(r, "x_of_y", report_int(r, t->looked_at), report_int(r, t->of)));
        html_cell(h, "n", report_int(r, t->met));
        html_cell(h, t->partly ? "n partly" : "n", report_int(r, t->partly));
        html_cell(h, t->not_met ? "n bad" : "n", report_int(r, t->not_met));
        html_cell(h, t->criticals ? "n bad" : "n", report_int(r, t->criticals));
        html_cell(h, "n", report_int(r, t->not_seen));
        html_cell(h, "n", report_int(r, t->not_applicable));
        html_raw(h, "</tr>\n");
    }
    html_table_end(h);
}

/* ---- findings first ---- */

static enum status finding(struct check_part *p, const struct found_line *l) {
    struct report *r = p->r;
    struct html *h = p->h;
    bool bad = l->verdict == VERDICT_BAD || l->severity >= 3;
    const struct report_service *s = p->check->service;
    html_open(h, "li", l->severity == 4 ? "finding danger" : "finding");
    if (l->severity == 4) html_say(h, "span", "tag danger", REPORT_WORD(r, "severity_4"));
    if (l->critical && l->verdict == VERDICT_BAD)
        html_say(h, "span", "tag bad", REPORT_WORD(r, "critical"));
    html_say(h, "span", bad ? "tag bad" : "tag partly",
             l->observation              ? REPORT_WORD(r, "seen")
             : l->verdict == VERDICT_BAD ? REPORT_WORD(r, "not_met")
                                         : REPORT_WORD(r, "partly"));
    html_say(h, "strong", NULL, l->observation ? audience_text(r, s, l->text) : l->text);
    html_say(h, "span", NULL, audience_text(r, s, l->note));
    const char *room = audience_place(r, s, l->room_label, "", !l->observation);
    html_say(h, "span", "mute",
             l->observation   ? audience_text(r, s, l->room_label)
             : *l->room_label ? room
                              : "");
    if (l->at) html_say(h, "span", "mute", time_hm(&r->page, l->at));
    if (l->severity > 0 && l->severity < 4)
        html_say(h, "span", "mute", says_severity(r, l->severity));
    if (text_equal(l->safe, "made_safe"))
        html_say(h, "span", "tag met",
                 REPORT_SAY(r, "made_safe", l->safe_at ? time_hm(&r->page, l->safe_at) : "",
                            audience_role(r, s, l->safe_by)));
    if (text_equal(l->safe, "not_yet"))
        html_say(h, "span", "tag bad", REPORT_WORD(r, "not_safe_yet"));
    if (l->action)
        html_link(h, NULL, arena_printf(&r->page, "#a-%s", report_key(r, &r->page, l->action)),
                  REPORT_SAY(r, "action_ref", l->must ? "M" : "S", l->reference));
    enum status st = pictures_beside(p, &l->evidence);
    html_raw(h, "</li>\n");
    return st;
}

enum status check_findings(struct check_part *p) {
    struct report *r = p->r;
    enum status st = STATUS_OK;
    const struct found *f = p->found;
    html_say(p->h, "h3", NULL, REPORT_WORD(r, "findings"));
    if (!f->lines_count) html_say(p->h, "p", NULL, REPORT_WORD(r, "no_findings"));
    html_raw(p->h, "<ul class=\"findings\">\n");
    for (int i = 0; !st && i < f->lines_count; i++)
        st = finding(p, &f->lines[i]);
    html_raw(p->h, "</ul>\n");
    bool any = !text_blank(f->praise);
    for (int i = 0; i < f->goods_count; i++)
        any = any || !f->goods[i].said; /* what was said has its own place */
    if (!any) return st;
    html_say(p->h, "h3", NULL, REPORT_WORD(r, "good"));
    html_say(p->h, "p", NULL, audience_text(r, p->check->service, f->praise));
    html_raw(p->h, "<ul>\n");
    for (int i = 0; !st && i < f->goods_count; i++) {
        if (f->goods[i].said) continue;
        html_open(p->h, "li", "finding");
        html_text(p->h, audience_text(r, p->check->service, f->goods[i].text));
        st = pictures_beside(p, &f->goods[i].evidence);
        html_raw(p->h, "</li>\n");
    }
    html_raw(p->h, "</ul>\n");
    return st;
}

/* ---- the page ---- */

static enum status part_body(struct check_part *p) {
    check_gather(p);
    enum status s = check_findings(p);
    if (!s) s = check_said(p);
    if (!s) s = check_dangers(p);
    if (!s) s = check_told(p);
    if (!s) s = check_actions(p);
    if (!s) s = check_how(p);
    if (!s) s = check_rooms(p);
    check_answers(p);
    check_erased(p);
    check_changes(p);
    check_skipped(p);
    check_timed(p);
    if (!s) s = check_seen(p);
    if (!s) s = pictures_of_check(p);
    check_signed(p);
    if (!s) s = check_proof(p);
    return s;
}

static enum status read_found(struct report *r, row_id visit, struct found **out) {
    r->context.row = visit;
    return found_read(&r->context, &r->page, out);
}

static enum status one_part(struct report *r, struct html *h, struct report_check *c, int i,
                            const struct found *f) {
    struct check_part p = {.r = r,
                           .h = h,
                           .check = c,
                           .found = f,
                           .visit = c->visits[i],
                           .suffix = i ? arena_printf(&r->page, "-%d", i + 1) : ""};
    html_open(h, "section", "part");
    if (c->visits_count > 1)
        html_say(h, "h2", NULL,
                 REPORT_SAY(r, "checker_n", report_int(r, i + 1),
                            text_blank(f->walk->checker_label)
                                ? REPORT_WORD(r, "nobody_named")
                                : audience_role(r, c->service, f->walk->checker_label)));
    else
        html_say(h, "h2", NULL, REPORT_WORD(r, "what_was_found"));
    enum status s = STATUS_OK;
    if (f->walk->visit)
        s = part_body(&p);
    else
        html_say(h, "p", "note", REPORT_WORD(r, "form_missing"));
    html_close(h, "section");
    return s;
}

enum status check_page(struct report *r, struct report_check *c) {
    struct html h = {0};
    struct found *found[REPORT_CHECKERS] = {NULL};
    enum status s = STATUS_OK;
    for (int i = 0; !s && i < c->visits_count; i++) {
        s = read_found(r, c->visits[i], &found[i]);
        if (s) return s;
        if (found[i]->walk->visit) returning_add(r, c, found[i]);
    }
    tally_check(r, c, found);
    frame_begin(r, &h, title_of(r, c), sub_of(r, c), c->service);
    if (c->clock_wrong) html_say(&h, "p", "note", REPORT_WORD(r, "clock_wrong"));
    check_counts(r, &h, c);
    for (int i = 0; !s && i < c->visits_count; i++)
        s = one_part(r, &h, c, i, found[i]);
    enum status end = frame_end(r, &h, c->file);
    return s ? s : end;
}
