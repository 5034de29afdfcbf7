/* ratings_part.c -- our own ratings of one service, with the same reasons in the same words as
 * on the tablet: a part of the service's page.
 *
 * They stand apart from what was counted on checks, say whose view they are, and come from
 * scores that a person gave. One part for each framework that scores were given under: an old
 * one is shown by its own rules and never turned into another. */
#include "base/text.h"
#include "care/rating_words.h"
#include "model/ratings_load.h"
#include "office/report/report.h"

#define WORD(r, key)     word((r)->o->words, key)
#define SAY(r, key, ...) words_say(&(r)->page, (r)->o->words, key, __VA_ARGS__)

struct ratings_part {
    struct report *r;
    struct html *h;
    const struct report_service *s;
    struct ratings_model m;
    struct ratings_words say;
};

static const char *css_of(const struct framework *f, const struct rating_name *rating) {
    if (!rating) return "tag";
    int below = f->ratings_count - rating->rank;
    return below < 2 ? "tag met" : below < 3 ? "tag partly" : "tag bad";
}

static const char *name_of(struct report *r, const struct rating_name *rating) {
    return rating ? rating->name : WORD(r, "ratings.no_rating");
}

/* A heading and its sentences; what a rule says of itself stands behind where it is not sure.
 */
static void reasons(struct ratings_part *p, const char *heading, const struct reason *reason) {
    if (!reason) return;
    html_say(p->h, "p", "mute", heading);
    html_raw(p->h, "<ul>\n");
    for (; reason; reason = reason->next) {
        const char *doubt = ratings_doubt(reason->rule);
        html_open(p->h, "li", NULL);
        html_text(p->h, ratings_reason(&p->say, reason));
        if (*doubt) {
            html_raw(p->h, " ");
            html_say(p->h, "span", "mute", arena_printf(&p->r->page, "(%s)", doubt));
        }
        html_close(p->h, "li");
    }
    html_raw(p->h, "</ul>\n");
}

static void questions(struct ratings_part *p) {
    struct report *r = p->r;
    const struct html_column columns[] = {{WORD(r, "ratings.question_column"), NULL},
                                          {WORD(r, "ratings.rating_column"), NULL},
                                          {WORD(r, "ratings.figure_column"), NULL},
                                          {WORD(r, "ratings.looked_column"), "n"}};
    html_table(p->h, NULL, WORD(r, "ratings.questions_caption"), columns, 4);
    for (int i = 0; i < p->m.result.questions_count; i++) {
        const struct question_result *q = &p->m.result.questions[i];
        html_raw(p->h, "<tr>");
        html_row_head(p->h, NULL, q->question->name);
        html_cell(p->h, NULL, name_of(r, q->rating));
        html_cell(p->h, NULL, ratings_headline(&p->say, q));
        html_cell(p->h, "n",
                  q->of ? SAY(r, "ratings.looked_short", report_int(r, q->looked),
                              report_int(r, q->of))
                        : "–");
        html_raw(p->h, "</tr>\n");
    }
    html_table_end(p->h);
}

static void score_row(struct ratings_part *p, const struct statement_result *s,
                      const struct ratings_given *g) {
    struct report *r = p->r;
    const char *why = r->who.reasons ? audience_text(r, p->s, g->reason) : "";
    if (!text_blank(g->category)) {
        const struct evidence_category *c = framework_category(p->m.f, g->category);
        why = arena_printf(&r->page, "%s: %s", c ? c->name : g->category, why);
    }
    html_raw(p->h, "<tr>");
    html_row_head(p->h, NULL, s->statement->name);
    html_cell(p->h, "n", report_int(r, g->score));
    html_cell(p->h, NULL, why);
    html_cell(p->h, NULL, audience_role(r, p->s, g->by));
    html_cell(p->h, NULL, says_day(r, g->day));
    html_cell(p->h, "n", report_int(r, g->links));
    html_raw(p->h, "</tr>\n");
}

static void statements(struct ratings_part *p, const struct question_result *q) {
    struct report *r = p->r;
    const struct html_column columns[] = {
        {WORD(r, "ratings.statement_column"), NULL}, {WORD(r, "ratings.score_column"), "n"},
        {WORD(r, "ratings.reason_column"), NULL},    {WORD(r, "ratings.by_column"), NULL},
        {WORD(r, "ratings.day_column"), NULL},       {WORD(r, "ratings.rests_column"), "n"}};
    if (!q->looked) return;
    html_table(p->h, NULL, WORD(r, "ratings.scores_caption"), columns, 6);
    for (int i = 0; i < q->statements_count; i++)
        for (int k = 0; k < p->m.given_count; k++)
            if (text_equal(p->m.given[k].code, q->statements[i].statement->code))
                score_row(p, &q->statements[i], &p->m.given[k]);
    html_table_end(p->h);
}

static void question(struct ratings_part *p, const struct question_result *q) {
    struct report *r = p->r;
    const struct ratings_given *g =
        p->m.f->scoring == SCORING_NONE ? ratings_given_of(&p->m, q->question->code, "") : NULL;
    html_open(p->h, "h4", NULL);
    html_text(p->h, q->question->name);
    html_raw(p->h, " ");
    html_say(p->h, "span", css_of(p->m.f, q->rating), name_of(r, q->rating));
    html_close(p->h, "h4");
    html_raw(p->h, "\n");
    reasons(p, WORD(r, "ratings.why"), q->reasons);
    if (g) {
        const char *by = audience_role(r, p->s, g->by);
        if (r->who.reasons) html_say(p->h, "p", NULL, audience_text(r, p->s, g->reason));
        html_say(p->h, "p", "mute",
                 *by ? SAY(r, "ratings.given_by", says_day(r, g->day), by)
                     : says_day(r, g->day));
    }
    reasons(p, WORD(r, "ratings.changes"), q->changes);
    reasons(p, WORD(r, "ratings.beside"), q->beside);
    statements(p, q);
}

static void rules(struct ratings_part *p) {
    const struct framework *f = p->m.f;
    html_raw(p->h, "<details><summary>");
    html_text(p->h, WORD(p->r, "ratings.rules"));
    html_raw(p->h, "</summary>\n<dl>");
    for (int i = 0; i < f->rules_count + f->limiters_count + f->aggregates_count; i++) {
        int k = i - f->rules_count, n = k - f->limiters_count;
        const struct rule *rule = k < 0   ? &f->rules[i]
                                  : n < 0 ? &f->limiters[k].rule
                                          : &f->aggregates[n].rule;
        const char *says = ratings_rule_status(&p->say, rule), *from;
        for (int s = 0; (from = ratings_rule_from(&p->say, f, rule, s)); s++)
            says = arena_printf(&p->r->page, "%s · %s", says, from);
        if (!text_blank(rule->caveat))
            says = arena_printf(&p->r->page, "%s · %s", says, rule->caveat);
        html_fact(p->h, rule->text, says);
    }
    html_raw(p->h, "</dl>\n</details>\n");
}

static void one_framework(struct ratings_part *p) {
    struct report *r = p->r;
    const struct rating_result *result = &p->m.result;
    html_say(p->h, "h3", NULL, p->m.f->title);
    html_say(p->h, "p", "mute", SAY(r, "ratings.status", p->m.f->status));
    html_open(p->h, "p", NULL);
    html_text(p->h, WORD(r, "ratings.overall"));
    html_raw(p->h, " ");
    html_say(p->h, "span", css_of(p->m.f, result->rating), name_of(r, result->rating));
    html_close(p->h, "p");
    html_raw(p->h, "\n");
    reasons(p, WORD(r, "ratings.why"), result->reasons);
    reasons(p, WORD(r, "ratings.changes"), result->changes);
    reasons(p, WORD(r, "ratings.beside"), result->beside);
    questions(p);
    for (int i = 0; i < result->questions_count; i++)
        if (result->questions[i].looked || result->questions[i].rating)
            question(p, &result->questions[i]);
    rules(p);
}

enum status ratings_part(struct report *r, struct html *h, const struct report_service *s,
                         bool *any) {
    const struct framework *used[FRAMEWORKS_MOST];
    int n = ratings_used(&r->context, &r->frameworks, s->id, used, FRAMEWORKS_MOST);
    enum status st = STATUS_OK;
    *any = n > 0;
    if (!n) return STATUS_OK;
    html_open_id(h, "h2", NULL, "ratings");
    html_text(h, WORD(r, "ratings.title"));
    html_close(h, "h2");
    html_say(h, "p", NULL, WORD(r, "ratings.own"));
    html_say(h, "p", "mute", WORD(r, "ratings.own_sub"));
    for (int i = 0; i < n && !st; i++) {
        struct ratings_part p = {.r = r, .h = h, .s = s, .say = {r->o->words, &r->page}};
        st = ratings_of(&r->context, &r->page, s->id, used[i], r->asked ? r->now : 0, &p.m);
        if (!st) one_framework(&p);
    }
    return st;
}
