/* rating.c -- ratings with their reasons: one key question, then the whole service; see
 * rating.h.
 *
 * Every reason is made where its fact is known and names the rule that made it, so nothing is
 * explained that did not happen. */
#include "care/rating_inside.h"

struct reason *reason_add(struct arena *a, struct chain *c, struct reason r) {
    struct reason *kept = arena_copy(a, &r, sizeof r);
    if (c->last)
        c->last->next = kept;
    else
        c->first = kept;
    c->last = kept;
    return kept;
}

static void score_statements(struct work *w) {
    for (int i = 0; i < w->f->statements_count; i++)
        w->scores[i] = sheet_statement(&w->sheet, i).score;
}

/* The statements of a question whose score is `least` to `most`, as reasons. */
static struct reason *statements_with(struct work *w, int question, int least, int most,
                                      int64_t *count) {
    const struct key_question *q = &w->f->questions[question];
    struct chain c = {0};
    *count = 0;
    for (int i = q->first; i < q->first + q->count; i++)
        if (w->scores[i] >= least && w->scores[i] <= most) {
            reason_add(w->a, &c,
                       (struct reason){.sort = REASON_SCORE,
                                       .statement = &w->f->statements[i],
                                       .score = w->scores[i]});
            ++*count;
        }
    return c.first;
}

/* ---- a statement ---- */

static void explain_statement(struct work *w, int index, struct statement_result *out) {
    struct statement_sum t = sheet_statement(&w->sheet, index);
    *out = (struct statement_result){.statement = &w->f->statements[index], .score = t.score};
    if (w->f->scoring != SCORING_CATEGORY) return;
    struct chain parts = {0}, why = {0};
    for (int k = 0; k < w->sheet.kinds; k++) {
        const struct evidence_category *c = &w->f->categories[k];
        int score = *sheet_cell(&w->sheet, index, k);
        if (score || category_used(c, w->sheet.in->setting)) out->kinds_of++;
        if (score)
            reason_add(w->a, &parts,
                       (struct reason){.sort = REASON_SCORE,
                                       .statement = out->statement,
                                       .category = c,
                                       .score = score});
    }
    out->kinds = t.kinds;
    if (!t.kinds) return;
    struct reason *r = reason_add(w->a, &why,
                                  (struct reason){.sort = REASON_CATEGORIES,
                                                  .rule = framework_rule(w->f, "categories"),
                                                  .statement = out->statement,
                                                  .n = t.sum,
                                                  .of = t.most,
                                                  .figure = t.percent,
                                                  .whole = t.whole,
                                                  .score = t.score});
    r->first = parts.first;
    out->why = why.first;
}

/* ---- a key question: how it came about ---- */

static void explain_limits(struct work *w, int q, const struct figures *g, struct chain *c) {
    const struct rating_name *rating = g->band->rating;
    const struct band *next =
        g->band < &w->f->bands[w->f->bands_count - 1] ? g->band + 1 : NULL;
    for (int i = 0; i < w->f->limiters_count; i++) {
        const struct limiter *l = &w->f->limiters[i];
        bool now = l->band == g->band->rating, soon = next && l->band == next->rating;
        if ((!now && !soon) || !limiter_hits(l, w->f, w->scores, q)) continue;
        struct reason r = {.sort = now ? REASON_LIMITED : REASON_WOULD_LIMIT,
                           .rule = &l->rule,
                           .from = now ? rating : next->rating,
                           .rating = l->most};
        if (now && l->most->rank >= rating->rank) continue;
        struct chain at = {0};
        for (int s = w->f->questions[q].first;
             s < w->f->questions[q].first + w->f->questions[q].count; s++)
            for (int k = 0; k < l->scores_count; k++)
                if (w->scores[s] == l->scores[k])
                    reason_add(w->a, &at,
                               (struct reason){.sort = REASON_SCORE,
                                               .statement = &w->f->statements[s],
                                               .score = w->scores[s]});
        r.first = at.first;
        reason_add(w->a, c, r);
        if (now) rating = l->most;
    }
}

static void explain_figure(struct work *w, int q, const struct figures *g, struct chain *c) {
    const struct framework *f = w->f;
    reason_add(w->a, c,
               (struct reason){.sort = REASON_SUM,
                               .rule = framework_rule(f, "percentage"),
                               .n = g->sum,
                               .of = g->most,
                               .figure = g->percent});
    if (g->percent.bottom != 1)
        reason_add(w->a, c,
                   (struct reason){.sort = REASON_ROUNDED,
                                   .rule = framework_rule(f, "rounding"),
                                   .figure = g->percent,
                                   .whole = g->whole});
    if (!g->band) return;
    const struct rule *bands = framework_rule(f, "bands");
    reason_add(w->a, c,
               (struct reason){.sort = REASON_BAND,
                               .rule = bands,
                               .whole = g->whole,
                               .n = g->band->from,
                               .of = g->band->to,
                               .rating = g->band->rating});
    if (g->band < &f->bands[f->bands_count - 1]) {
        int64_t from = g->band[1].from;
        reason_add(
            w->a, c,
            (struct reason){.sort = REASON_BELOW,
                            .rule = bands,
                            .whole = from - g->whole,
                            .n = from,
                            .figure = fraction_of(from * g->percent.bottom - g->percent.top,
                                                  g->percent.bottom),
                            .rating = g->band[1].rating});
    }
    explain_limits(w, q, g, c);
}

/* Circumstances of a question (-1: of the whole) on a rating; returns what is left of it. */
static const struct rating_name *explain_circumstances(struct work *w, int question,
                                                       const struct rating_name *rating,
                                                       struct chain *why,
                                                       struct chain *beside) {
    for (int i = 0; i < w->f->circumstances_count; i++) {
        const struct circumstance *c = &w->f->circumstances[i];
        if (c->question != question || !circumstance_holds(w->sheet.in, c, NULL)) continue;
        struct reason r = {
            .rule = &c->rule, .circumstance = c, .from = rating, .rating = c->most};
        r.sort = c->warns                                 ? REASON_WARNED
                 : rating && rating->rank > c->most->rank ? REASON_CAPPED
                                                          : REASON_CAP_IDLE;
        reason_add(w->a, r.sort == REASON_CAPPED ? why : beside, r);
        if (r.sort == REASON_CAPPED) rating = c->most;
    }
    return rating;
}

/* ---- a key question ---- */

static void beside_question(struct work *w, int q, struct question_result *out,
                            struct chain *beside) {
    int64_t ones = 0, unlooked = 0;
    struct reason *low = statements_with(w, q, 1, 1, &ones);
    struct reason *none = statements_with(w, q, 0, 0, &unlooked);
    if (ones)
        reason_add(w->a, beside, (struct reason){.sort = REASON_ONE, .n = ones, .first = low});
    for (int i = 0; i < out->statements_count; i++)
        if (out->statements[i].kinds == 1 && out->statements[i].kinds_of > 1)
            reason_add(w->a, beside,
                       (struct reason){.sort = REASON_ONE_KIND,
                                       .statement = out->statements[i].statement,
                                       .of = out->statements[i].kinds_of});
    if (unlooked)
        reason_add(w->a, beside,
                   (struct reason){.sort = REASON_NOT_LOOKED,
                                   .rule = framework_rule(w->f, "not-looked-at"),
                                   .n = unlooked,
                                   .of = out->of,
                                   .first = none});
}

/* Both return the rating before circumstances, NULL none. */
static const struct rating_name *scored_question(struct work *w, int q,
                                                 struct question_result *out, struct chain *why,
                                                 struct chain *changes) {
    struct figures g = figures_of(&w->sheet, w->scores, q);
    out->looked = g.looked;
    out->sum = g.sum;
    out->most = g.most;
    out->percent = g.percent;
    out->whole = g.whole;
    out->enough = g.enough;
    out->band = g.band;
    out->rating = g.rating;
    if (!g.enough) { /* n whole statements: the share, rounded up */
        int64_t need = ((int64_t)out->of * w->f->share_needed + 99) / 100;
        reason_add(w->a, why,
                   (struct reason){.sort = REASON_SHARE,
                                   .rule = framework_rule(w->f, "share"),
                                   .n = g.looked,
                                   .of = out->of,
                                   .whole = need});
        return NULL;
    }
    explain_figure(w, q, &g, why);
    if (g.rating) lift_by_scores(w, q, g.rating, changes);
    return g.limited;
}

static const struct rating_name *given_question(struct work *w, int q,
                                                struct question_result *out,
                                                struct chain *why) {
    const struct rating_name *said = rating_given(w->sheet.in, q);
    out->rating = rating_capped(w->sheet.in, q, said, NULL);
    out->enough = said != NULL;
    reason_add(w->a, why,
               (struct reason){.sort = said ? REASON_GIVEN : REASON_NOT_GIVEN,
                               .rule = framework_rule(w->f, "in-the-round"),
                               .question = out->question,
                               .rating = said});
    return said;
}

static void rate_question(struct work *w, int q, struct question_result *out) {
    const struct key_question *k = &w->f->questions[q];
    struct chain why = {0}, changes = {0}, beside = {0};
    *out = (struct question_result){.question = k, .of = k->count, .percent = {0, 1}};
    out->statements = ARENA_ARRAY(w->a, struct statement_result, k->count + 1);
    out->statements_count = k->count;
    for (int i = 0; i < k->count; i++)
        explain_statement(w, k->first + i, &out->statements[i]);
    bool scored = w->f->scoring != SCORING_NONE;
    const struct rating_name *before =
        scored ? scored_question(w, q, out, &why, &changes) : given_question(w, q, out, &why);
    explain_circumstances(w, q, before, &why, &beside);
    lift_by_clearing(w, q, before, out->rating, &changes);
    if (scored) beside_question(w, q, out, &beside);
    out->reasons = why.first;
    out->changes = changes.first;
    out->beside = beside.first;
}

/* ---- the whole service ---- */

static void explain_together(struct work *w, const struct aggregate *g, const int *count,
                             struct chain *why) {
    struct chain mix = {0};
    for (int rank = RATINGS_MOST; rank >= 1; rank--)
        for (int i = 0; i < w->f->ratings_count; i++)
            if (w->f->ratings[i].rank == rank && count[i])
                reason_add(w->a, &mix,
                           (struct reason){
                               .sort = REASON_MIX, .n = count[i], .rating = &w->f->ratings[i]});
    reason_add(
        w->a, why,
        (struct reason){
            .sort = REASON_TOGETHER, .rule = &g->rule, .rating = g->gives, .first = mix.first});
}

static void rate_whole(struct work *w) {
    struct rating_result *out = w->out;
    struct chain why = {0}, changes = {0}, beside = {0}, without = {0};
    int missing = 0, count[RATINGS_MOST];
    for (int i = 0; i < out->questions_count; i++) {
        out->of += out->questions[i].of;
        out->looked += out->questions[i].looked;
        if (out->questions[i].rating) continue;
        missing++;
        reason_add(
            w->a, &without,
            (struct reason){.sort = REASON_QUESTION, .question = out->questions[i].question});
    }
    if (missing)
        reason_add(
            w->a, &why,
            (struct reason){.sort = REASON_MISSING, .n = missing, .first = without.first});
    const struct aggregate *g = missing ? NULL : rating_mix(w, -1, NULL, count);
    if (!w->f->aggregates_count)
        reason_add(w->a, &why, (struct reason){.sort = REASON_NO_RULE});
    else if (g)
        explain_together(w, g, count, &why);
    out->together = g ? g->gives : NULL;
    out->rating = explain_circumstances(w, -1, out->together, &why, &beside);
    if (out->rating) lift_whole(w, &changes);
    out->reasons = why.first;
    out->changes = changes.first;
    out->beside = beside.first;
}

struct rating_result rate(const struct rating_input *in, struct arena *a) {
    const struct framework *f = in->framework;
    struct rating_result out = {.framework = f};
    struct work w = {.f = f, .a = a, .out = &out};
    if (f->scoring == SCORING_NOT_SAID) return out;
    sheet_fill(&w.sheet, in, a);
    w.scores = ARENA_ARRAY(a, int, f->statements_count + 1);
    score_statements(&w);
    out.questions = ARENA_ARRAY(a, struct question_result, f->questions_count);
    out.questions_count = f->questions_count;
    for (int q = 0; q < f->questions_count; q++)
        rate_question(&w, q, &out.questions[q]);
    rate_whole(&w);
    return out;
}
