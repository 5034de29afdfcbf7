/* rating_figures.c -- the arithmetic under ratings: points, exact figures, bands and what
 * limits them. Reasons are put together from these in rating.c. */
#include "care/rating_inside.h"

#include "base/text.h"

static int64_t common(int64_t a, int64_t b) {
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

struct fraction fraction_of(int64_t top, int64_t bottom) {
    if (bottom == 0) return (struct fraction){0, 1};
    int64_t by = common(top, bottom);
    if (bottom < 0) by = -by;
    return (struct fraction){top / by, bottom / by};
}

int64_t fraction_round(struct fraction f, enum rounding how) {
    int64_t down = f.top / f.bottom, twice = 2 * (f.top % f.bottom);
    bool exact = twice == 0;
    switch (how) {
    case ROUND_HALF_UP:
        return down + (twice >= f.bottom);
    case ROUND_HALF_DOWN:
        return down + (twice > f.bottom);
    case ROUND_DOWN:
        return down;
    case ROUND_UP:
        return down + !exact;
    }
    return down;
}

/* ---- the scores as a table ---- */

int *sheet_cell(const struct sheet *s, int statement, int kind) {
    return &s->cells[statement * s->kinds + kind];
}

void sheet_fill(struct sheet *s, const struct rating_input *in, struct arena *a) {
    const struct framework *f = in->framework;
    bool by_kind = f->scoring == SCORING_CATEGORY;
    *s = (struct sheet){.f = f, .in = in};
    s->kinds = by_kind ? f->categories_count : 1;
    s->cells = ARENA_ARRAY(a, int, f->statements_count * s->kinds + 1);
    for (int i = 0; i < in->scores_count; i++) {
        const struct given_score *g = &in->scores[i];
        const struct statement *st = framework_statement(f, g->statement);
        const struct evidence_category *c = by_kind ? framework_category(f, g->category) : NULL;
        if (!st || (by_kind && !c) || (!by_kind && !text_equal(g->category, "")) ||
            g->score < 1 || g->score > f->score_most)
            continue;
        *sheet_cell(s, (int)(st - f->statements), c ? (int)(c - f->categories) : 0) = g->score;
    }
}

struct statement_sum sheet_statement(const struct sheet *s, int statement) {
    struct statement_sum t = {.percent = {0, 1}};
    for (int k = 0; k < s->kinds; k++) {
        int score = *sheet_cell(s, statement, k);
        t.kinds += score > 0;
        t.sum += score;
    }
    t.most = (int64_t)t.kinds * s->f->score_most;
    if (s->f->scoring != SCORING_CATEGORY) {
        t.score = (int)t.sum;
    } else if (t.kinds) {
        t.percent = fraction_of(100 * t.sum, t.most);
        t.whole = fraction_round(t.percent, s->f->rounding);
        t.band = framework_band(s->f, t.whole);
        t.score = t.band ? t.band->score : 0;
    }
    return t;
}

/* ---- one key question ---- */

bool limiter_hits(const struct limiter *l, const struct framework *f, const int *scores,
                  int question) {
    const struct key_question *q = &f->questions[question];
    for (int i = q->first; i < q->first + q->count; i++)
        for (int k = 0; k < l->scores_count; k++)
            if (scores[i] == l->scores[k]) return true;
    return false;
}

bool circumstance_holds(const struct rating_input *in, const struct circumstance *c,
                        const struct circumstance *but) {
    bool yes = false;
    for (int i = 0; c != but && i < in->circumstances_count; i++)
        if (text_equal(in->circumstances[i].code, c->rule.id)) yes = in->circumstances[i].yes;
    return yes;
}

const struct rating_name *rating_capped(const struct rating_input *in, int question,
                                        const struct rating_name *rating,
                                        const struct circumstance *but) {
    const struct framework *f = in->framework;
    for (int i = 0; rating && i < f->circumstances_count; i++) {
        const struct circumstance *c = &f->circumstances[i];
        if (c->question == question && !c->warns && rating->rank > c->most->rank &&
            circumstance_holds(in, c, but))
            rating = c->most;
    }
    return rating;
}

struct figures figures_of(const struct sheet *s, const int *scores, int question) {
    const struct framework *f = s->f;
    const struct key_question *q = &f->questions[question];
    struct figures g = {.percent = {0, 1}};
    for (int i = q->first; i < q->first + q->count; i++) {
        g.looked += scores[i] > 0;
        g.sum += scores[i];
    }
    g.most = (int64_t)g.looked * f->score_most;
    g.enough = g.looked > 0 && (int64_t)g.looked * 100 >= (int64_t)q->count * f->share_needed;
    if (!g.looked) return g;
    g.percent = fraction_of(100 * g.sum, g.most);
    g.whole = fraction_round(g.percent, f->rounding);
    if (!g.enough) return g;
    g.band = framework_band(f, g.whole);
    g.limited = g.band ? g.band->rating : NULL;
    for (int i = 0; g.band && i < f->limiters_count; i++) {
        const struct limiter *l = &f->limiters[i];
        if (l->band == g.band->rating && l->most->rank < g.limited->rank &&
            limiter_hits(l, f, scores, question))
            g.limited = l->most;
    }
    g.rating = rating_capped(s->in, question, g.limited, NULL);
    return g;
}

const struct rating_name *rating_given(const struct rating_input *in, int question) {
    const struct framework *f = in->framework;
    const struct rating_name *rating = NULL;
    for (int i = 0; i < in->ratings_count; i++)
        if (text_equal(in->ratings[i].question, f->questions[question].code))
            rating = framework_rating(f, in->ratings[i].rating);
    return rating;
}
