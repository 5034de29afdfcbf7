/* rating_inside.h -- what the files of rating.h share: rating_figures.c reckons, rating.c puts
 * the reasons together, rating_lift.c finds what would change it (inside care only). */
#ifndef CARE_RATING_INSIDE_H
#define CARE_RATING_INSIDE_H

#include "care/rating.h"

/* The scores as a table: a row for each statement, a cell for each kind of evidence (one where
 * the framework scores statements). 0: none given. */
struct sheet {
    const struct framework *f;
    const struct rating_input *in;
    int *cells, kinds;
};
void sheet_fill(struct sheet *s, const struct rating_input *in, struct arena *a);
int *sheet_cell(const struct sheet *s, int statement, int kind);
/* What a statement scores: its one cell, or its cells by the bands. */
struct statement_sum {
    int score, kinds;
    int64_t sum, most, whole;
    struct fraction percent;
    const struct band *band;
};
struct statement_sum sheet_statement(const struct sheet *s, int statement);
/* Circumstances that people said are so; `but` is left out (NULL: none). */
bool circumstance_holds(const struct rating_input *in, const struct circumstance *c,
                        const struct circumstance *but);

/* A key question by its statements' scores (`scores` by the framework's statements). */
struct figures {
    int looked;
    int64_t sum, most, whole;
    struct fraction percent;
    bool enough;
    const struct band *band;
    const struct rating_name *limited; /* after limiters */
    const struct rating_name *rating;  /* after circumstances */
};
struct figures figures_of(const struct sheet *s, const int *scores, int question);
/* Of a framework without scores: what a person said, NULL none. */
const struct rating_name *rating_given(const struct rating_input *in, int question);
/* What circumstances leave of a rating: those of that key question, -1 those of the whole. */
const struct rating_name *rating_capped(const struct rating_input *in, int question,
                                        const struct rating_name *rating,
                                        const struct circumstance *but);
bool limiter_hits(const struct limiter *l, const struct framework *f, const int *scores,
                  int question);

/* Reasons in the order in which they came about. */
struct chain {
    struct reason *first, *last;
};
struct reason *reason_add(struct arena *a, struct chain *c, struct reason r);

struct work {
    struct sheet sheet;
    const struct framework *f;
    struct arena *a;
    int *scores; /* by statement, 0 none */
    struct rating_result *out;
};
/* What would lift a key question that is rated `now`: scores; or a circumstance put right, when
 * it was rated `before` those that hold. */
void lift_by_scores(struct work *w, int q, const struct rating_name *now, struct chain *out);
void lift_by_clearing(struct work *w, int q, const struct rating_name *before,
                      const struct rating_name *now, struct chain *out);
/* What would lift the whole. */
void lift_whole(struct work *w, struct chain *changes);
/* The mix that the key questions make, one of them (or none: -1) raised to `as`. */
const struct aggregate *rating_mix(const struct work *w, int question,
                                   const struct rating_name *as, int count[RATINGS_MOST]);

#endif
