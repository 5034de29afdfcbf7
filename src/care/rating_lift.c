/* rating_lift.c -- what would lift a rating: found by trying. Each given score is raised, each
 * key question is thought better, each circumstance is thought away, and the same arithmetic
 * asked again. */
#include "care/rating_inside.h"

#include <string.h>

static bool above(const struct rating_name *a, const struct rating_name *b) {
    return a && (!b || a->rank > b->rank);
}

/* ---- a key question ---- */

/* The smallest score for this cell that lifts the question, and to what; 0 none. */
static int lifting_score(struct work *w, int q, int *cell, int statement,
                         const struct rating_name *now, const struct rating_name **to) {
    int was = *cell, found = 0, scored = w->scores[statement];
    for (int v = was + 1; v <= w->f->score_most && !found; v++) {
        *cell = v;
        w->scores[statement] = sheet_statement(&w->sheet, statement).score;
        *to = figures_of(&w->sheet, w->scores, q).rating;
        if (above(*to, now)) found = v;
    }
    *cell = was;
    w->scores[statement] = scored;
    return found;
}

/* Any one score that lifts it, to the nearest rating above; false when none does. */
static bool lift_by_one(struct work *w, int q, const struct rating_name *now,
                        struct chain *out) {
    const struct key_question *k = &w->f->questions[q];
    const struct rating_name *nearest = NULL, *to = NULL;
    for (int pass = 0; pass < 2; pass++) {
        struct chain each = {0};
        for (int i = k->first; i < k->first + k->count; i++)
            for (int c = 0; c < w->sheet.kinds; c++) {
                int *cell = sheet_cell(&w->sheet, i, c);
                int v = *cell ? lifting_score(w, q, cell, i, now, &to) : 0;
                if (!v) continue;
                if (pass == 0 && (!nearest || to->rank < nearest->rank)) nearest = to;
                if (pass == 1 && to == nearest)
                    reason_add(w->a, &each,
                               (struct reason){.sort = REASON_LIFT_SCORE,
                                               .statement = &w->f->statements[i],
                                               .category = w->f->scoring == SCORING_CATEGORY
                                                               ? &w->f->categories[c]
                                                               : NULL,
                                               .n = *cell,
                                               .score = v});
            }
        if (pass == 1 && each.first)
            reason_add(
                w->a, out,
                (struct reason){.sort = REASON_LIFT, .rating = nearest, .first = each.first});
    }
    return nearest != NULL;
}

/* No one score is enough: the lowest are raised, point by point, until it rises. Lowest first
 * is fewest points, since a limiter asks for the lowest and the sum does not care which. */
static void lift_by_points(struct work *w, int q, const struct rating_name *now,
                           struct chain *out) {
    const struct key_question *k = &w->f->questions[q];
    int *tried = arena_copy(w->a, w->scores, sizeof *w->scores * (size_t)(k->first + k->count));
    int64_t points = 0, touched = 0;
    const struct rating_name *to = now;
    while (!above(to, now)) {
        int low = -1;
        for (int i = k->first; i < k->first + k->count; i++)
            if (tried[i] && tried[i] < w->f->score_most && (low < 0 || tried[i] < tried[low]))
                low = i;
        if (low < 0) return;
        tried[low]++;
        points++;
        to = figures_of(&w->sheet, tried, q).rating;
    }
    for (int i = k->first; i < k->first + k->count; i++)
        touched += tried[i] != w->scores[i];
    reason_add(
        w->a, out,
        (struct reason){.sort = REASON_POINTS, .n = points, .of = touched, .rating = to});
}

/* One score if one is enough; nothing lifts the highest. */
void lift_by_scores(struct work *w, int q, const struct rating_name *now, struct chain *out) {
    const struct rating_name *top = now;
    for (int i = 0; i < w->f->ratings_count; i++)
        if (above(&w->f->ratings[i], top)) top = &w->f->ratings[i];
    if (top != now && !lift_by_one(w, q, now, out)) lift_by_points(w, q, now, out);
}

void lift_by_clearing(struct work *w, int q, const struct rating_name *before,
                      const struct rating_name *now, struct chain *out) {
    for (int i = 0; i < w->f->circumstances_count; i++) {
        const struct circumstance *c = &w->f->circumstances[i];
        if (c->question != q || c->warns || !circumstance_holds(w->sheet.in, c, NULL)) continue;
        const struct rating_name *to = rating_capped(w->sheet.in, q, before, c);
        if (above(to, now))
            reason_add(
                w->a, out,
                (struct reason){.sort = REASON_LIFT_CLEARED, .circumstance = c, .rating = to});
    }
}

/* ---- the whole service ---- */

const struct aggregate *rating_mix(const struct work *w, int question,
                                   const struct rating_name *as, int count[RATINGS_MOST]) {
    memset(count, 0, sizeof(int) * RATINGS_MOST);
    for (int i = 0; i < w->out->questions_count; i++) {
        const struct rating_name *r = i == question ? as : w->out->questions[i].rating;
        if (!r) return NULL;
        count[r - w->f->ratings]++;
    }
    return framework_aggregate(w->f, count);
}

/* One key question one or more ratings better, the smallest step that helps; or a circumstance
 * that is put right. */
void lift_whole(struct work *w, struct chain *changes) {
    const struct framework *f = w->f;
    const struct rating_name *now = w->out->rating;
    int count[RATINGS_MOST];
    for (int q = 0; q < w->out->questions_count; q++) {
        const struct rating_name *is = w->out->questions[q].rating, *best = NULL, *to = NULL;
        for (int i = 0; i < f->ratings_count; i++) {
            const struct rating_name *as = &f->ratings[i];
            if (!above(as, is) || (best && best->rank < as->rank)) continue;
            const struct aggregate *g = rating_mix(w, q, as, count);
            const struct rating_name *gives =
                rating_capped(w->sheet.in, -1, g ? g->gives : NULL, NULL);
            if (above(gives, now)) {
                best = as;
                to = gives;
            }
        }
        if (!best) continue;
        struct reason *parent =
            reason_add(w->a, changes,
                       (struct reason){.sort = REASON_LIFT_QUESTION,
                                       .question = w->out->questions[q].question,
                                       .from = is,
                                       .rating = best});
        parent->first = arena_copy(w->a, &(struct reason){.sort = REASON_LIFT, .rating = to},
                                   sizeof(struct reason));
    }
    for (int i = 0; i < f->circumstances_count; i++) {
        const struct circumstance *c = &f->circumstances[i];
        if (c->question >= 0 || c->warns || !circumstance_holds(w->sheet.in, c, NULL)) continue;
        const struct rating_name *to = rating_capped(w->sheet.in, -1, w->out->together, c);
        if (above(to, now))
            reason_add(
                w->a, changes,
                (struct reason){.sort = REASON_LIFT_CLEARED, .circumstance = c, .rating = to});
    }
}
