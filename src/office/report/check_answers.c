/* check_answers.c -- every answer of a check in the order of its form, what was changed after
 * it was first kept, what was left out and why, and what was timed. */
#include "base/text.h"
#include "office/report/report.h"

/* A worker's own answer to a knowledge question is never told per person. */
static bool tells_person(const struct item *i) {
    return !i->asks_worker;
}

/* Words that a worker said, in their words. */
static bool staff_words(const struct report *r, const struct item *i, const struct part *p) {
    return i->asks_worker && p->kind == PART_WORDS && !r->who.staff_words;
}

static const char *value_says(struct check_part *p, const struct item *i,
                              const struct part *part, const struct walk_answer *a) {
    struct report *r = p->r;
    if (!text_blank(a->skip)) return report_word_of(r, "skip", a->skip);
    if (staff_words(r, i, part)) return REPORT_WORD(r, "workers_words");
    return says_value(r, p->check->service, part, &a->value, tells_person(i) ? a->person : 0);
}

static const char *target_says(struct report *r, const struct walk_part *p) {
    if (!p->has_target) return "";
    const char *low = says_figure(r, p->part, p->target);
    switch (p->part->rule) {
    case TARGET_AT_MOST:
        return REPORT_SAY(r, "at_most", low);
    case TARGET_AT_LEAST:
        return REPORT_SAY(r, "at_least", low);
    case TARGET_BETWEEN:
        return REPORT_SAY(r, "between", low, says_figure(r, p->part, p->target_high));
    case TARGET_NONE:
        break;
    }
    return "";
}

static const char *verdict_css(enum verdict v) {
    switch (v) {
    case VERDICT_GOOD:
        return "met";
    case VERDICT_PARTLY:
        return "partly";
    case VERDICT_BAD:
        return "bad";
    default:
        return NULL;
    }
}

static void marks(struct check_part *p, const struct walk_item *i, const struct walk_part *w) {
    struct report *r = p->r;
    struct html *h = p->h;
    const struct walk_answer *a = w->answer;
    if (i->item->critical && w->verdict == VERDICT_BAD)
        html_say(h, "span", "tag bad", REPORT_WORD(r, "critical"));
    html_say(h, "span", "mute", says_severity(r, a->value.severity));
    if (text_equal(a->safe, "made_safe"))
        html_say(h, "span", "mute",
                 REPORT_SAY(r, "made_safe", a->safe_at ? time_hm(&r->page, a->safe_at) : "",
                            audience_role(r, p->check->service, a->safe_by)));
    if (text_equal(a->safe, "not_yet"))
        html_say(h, "span", "tag bad", REPORT_WORD(r, "not_safe_yet"));
    if (a->after_leaving) html_say(h, "span", "tag", REPORT_WORD(r, "after_leaving"));
    if (a->two_changed) html_say(h, "span", "tag partly", REPORT_WORD(r, "two_changed"));
    if (w->other) {
        const char *other = value_says(p, i->item, w->part, w->other);
        if (*other) html_say(h, "span", "mute", REPORT_SAY(r, "other_tablet", other));
    }
}

/* The first of an item that was said bears its question, whichever part it is. */
static void answer_row(struct check_part *p, const struct walk_item *i, int k, bool first) {
    struct report *r = p->r;
    const struct walk_part *w = &i->parts[k];
    const char *target = target_says(r, w);
    const char *said = value_says(p, i->item, w->part, w->answer);
    html_raw(p->h, "<tr>");
    html_raw(p->h, first ? "<th scope=\"row\">" : "<th scope=\"row\" class=\"more\">");
    if (first || text_blank(w->part->text)) html_text(p->h, i->item->text);
    if (!text_blank(w->part->text)) html_say(p->h, "span", "mute", w->part->text);
    html_raw(p->h, "</th>");
    html_open(p->h, "td", verdict_css(w->verdict));
    html_text(p->h, said);
    if (*target) html_say(p->h, "span", "mute", target);
    html_raw(p->h, "</td><td>");
    html_text(p->h, audience_text(r, p->check->service, w->answer->note));
    marks(p, i, w);
    html_raw(p->h, "</td>");
    html_cell(p->h, "n", time_hm(&r->page, w->answer->at));
    html_raw(p->h, "</tr>\n");
}

static const char *room_name(struct check_part *p, const struct walk_room *room) {
    struct report *r = p->r;
    const struct walk_model *m = p->found->walk;
    for (int i = 0; i < m->areas_count; i++)
        if (m->areas[i].row == room->area)
            return audience_place(r, p->check->service, m->areas[i].name, m->areas[i].unit,
                                  m->areas[i].room);
    return text_blank(room->label)
               ? REPORT_SAY(r, "room_n", report_int(r, room->position))
               : audience_place(r, p->check->service, room->label, "", true);
}

static bool section_said(const struct walk_section *s) {
    for (int i = 0; i < s->items_count; i++)
        for (int k = 0; k < s->items[i].parts_count; k++)
            if (s->items[i].parts[k].answer) return true;
    return false;
}

static void section(struct check_part *p, const struct walk_section *s) {
    struct report *r = p->r;
    const struct html_column columns[] = {{REPORT_WORD(r, "item"), NULL},
                                          {REPORT_WORD(r, "answer"), NULL},
                                          {REPORT_WORD(r, "note"), NULL},
                                          {REPORT_WORD(r, "time"), "n"}};
    const struct walk_room *room = NULL;
    if (!section_said(s)) return;
    html_table_of(p->h, "answers", NULL, s->section->title, columns, 4);
    for (int i = 0; i < s->items_count; i++) {
        if (s->items[i].room != room) {
            room = s->items[i].room;
            html_raw(p->h, "<tr class=\"room\"><th colspan=\"4\" scope=\"rowgroup\">");
            html_text(p->h, room ? room_name(p, room) : "");
            html_raw(p->h, "</th></tr>\n");
        }
        bool first = true;
        for (int k = 0; k < s->items[i].parts_count; k++) {
            if (!s->items[i].parts[k].answer) continue;
            answer_row(p, &s->items[i], k, first);
            first = false;
        }
    }
    html_table_end(p->h);
}

void check_answers(struct check_part *p) {
    const struct walk_model *m = p->found->walk;
    bool any = false;
    for (int i = 0; i < m->sections_count; i++)
        any = any || section_said(&m->sections[i]);
    if (!any) return;
    html_open_id(p->h, "h3", NULL, arena_printf(&p->r->page, "answers%s", p->suffix));
    html_text(p->h, REPORT_WORD(p->r, "every_answer"));
    html_close(p->h, "h3");
    for (int i = 0; i < m->sections_count; i++)
        section(p, &m->sections[i]);
}

/* ---- changed after it was first kept ---- */

static void change_row(struct check_part *p, const struct walk_item *i,
                       const struct walk_part *w, const struct walk_change *c) {
    struct report *r = p->r;
    const struct report_service *s = p->check->service;
    bool hide = staff_words(r, i->item, w->part);
    html_raw(p->h, "<tr>");
    html_row_head(p->h, NULL, i->item->text);
    html_cell(p->h, NULL,
              hide ? REPORT_WORD(r, "workers_words") : says_value(r, s, w->part, &c->was, 0));
    html_cell(p->h, NULL,
              hide ? REPORT_WORD(r, "workers_words") : says_value(r, s, w->part, &c->is, 0));
    html_cell(p->h, "n", says_when(r, c->at));
    html_raw(p->h, "</tr>\n");
}

void check_changes(struct check_part *p) {
    struct report *r = p->r;
    const struct walk_model *m = p->found->walk;
    const struct html_column columns[] = {{REPORT_WORD(r, "item"), NULL},
                                          {REPORT_WORD(r, "was"), NULL},
                                          {REPORT_WORD(r, "is"), NULL},
                                          {REPORT_WORD(r, "when_column"), "n"}};
    if (!p->found->changed) return;
    html_table(p->h, arena_printf(&r->page, "changes%s", p->suffix),
               REPORT_WORD(r, "changes_caption"), columns, 4);
    for (int i = 0; i < m->sections_count; i++)
        for (int n = 0; n < m->sections[i].items_count; n++) {
            const struct walk_item *item = &m->sections[i].items[n];
            for (int k = 0; k < item->parts_count; k++)
                for (int c = 0;
                     item->parts[k].answer && c < item->parts[k].answer->changes_count; c++)
                    change_row(p, item, &item->parts[k], &item->parts[k].answer->changes[c]);
        }
    html_table_end(p->h);
}

void check_skipped(struct check_part *p) {
    struct report *r = p->r;
    const struct found *f = p->found;
    if (!f->sections_count) return;
    html_say(p->h, "h3", NULL, REPORT_WORD(r, "not_looked"));
    html_raw(p->h, "<ul>\n");
    for (int i = 0; i < f->sections_count; i++) {
        const struct found_section *s = &f->sections[i];
        const char *why = text_blank(s->reason) ? REPORT_WORD(r, "no_reason")
                                                : report_word_of(r, "left", s->reason);
        html_say(p->h, "li", NULL,
                 REPORT_SAY(r, "section_open", s->title, report_int(r, s->open), why));
    }
    html_raw(p->h, "</ul>\n");
}

/* ---- stopwatches ---- */

static void timing_row(struct check_part *p, const struct walk_timing *t) {
    struct report *r = p->r;
    const struct report_service *s = p->check->service;
    bool late = t->target_ms > 0 && t->ms > t->target_ms;
    html_raw(p->h, "<tr>");
    html_row_head(p->h, NULL,
                  text_blank(t->label) ? REPORT_WORD(r, "bell")
                                       : audience_text(r, s, t->label));
    html_cell(p->h, late ? "n bad" : "n",
              t->running ? REPORT_WORD(r, "still_running") : duration_text(&r->page, t->ms));
    html_cell(p->h, "n", t->target_ms > 0 ? duration_text(&r->page, t->target_ms) : "");
    html_cell(p->h, "n", t->second_ms > 0 ? duration_text(&r->page, t->second_ms) : "");
    html_raw(p->h, "<td>");
    html_text(p->h, report_word_of(r, "outcome", t->outcome));
    if (t->about) html_say(p->h, "span", "mute", REPORT_WORD(r, "only_about"));
    html_say(p->h, "span", "mute", audience_text(r, s, t->helped));
    html_raw(p->h, "</td>");
    html_cell(p->h, "n", time_hms(&r->page, t->started));
    html_raw(p->h, "</tr>\n");
}

void check_timed(struct check_part *p) {
    struct report *r = p->r;
    const struct walk_model *m = p->found->walk;
    const struct html_column columns[] = {
        {REPORT_WORD(r, "timed"), NULL},   {REPORT_WORD(r, "took"), "n"},
        {REPORT_WORD(r, "target"), "n"},   {REPORT_WORD(r, "second_worker"), "n"},
        {REPORT_WORD(r, "outcome"), NULL}, {REPORT_WORD(r, "started"), "n"}};
    if (!m->timings_count) return;
    html_table(p->h, NULL, REPORT_WORD(r, "timed_caption"), columns, 6);
    for (int i = m->timings_count - 1; i >= 0; i--) /* as they happened */
        timing_row(p, &m->timings[i]);
    html_table_end(p->h);
}
