/* rating.h -- from the scores that a person gave to ratings, each with its reasons.
 *
 * Journey: score, rating and circumstance records → model/ratings_load → rate → ratings screen, report.
 * Pure functions. Exact whole numbers and fractions only. Nothing is ever summed from ticks: what goes in was given by a
 * person. What comes out is the provider's own view, never a rating of the regulator's.
 *
 * A result is a tree of reasons: each says one thing in numbers and names the rule of the framework that made it. Words
 * come later (rating_words.h), so that screen and report say the same. */
#ifndef CARE_RATING_H
#define CARE_RATING_H

#include "care/framework.h"

struct fraction {
    int64_t top, bottom; /* lowest terms, bottom > 0 */
};
struct fraction fraction_of(int64_t top, int64_t bottom);
/* A fraction as a whole number, as the framework rounds. At least 0. */
int64_t fraction_round(struct fraction f, enum rounding how);

/* What people gave; the newest of each, at most one for a statement (and category). Unknown codes and scores outside the
 * scale count as not given. */
struct given_score {
    const char *statement, *category; /* category: "" unless the framework scores each kind of evidence */
    int score;
};
struct given_rating { /* for a framework without scores */
    const char *question, *rating;
};
struct given_circumstance {
    const char *code;
    bool yes;
};
struct rating_input {
    const struct framework *framework;
    const char *setting;           /* of the service, "" not known: which kinds of evidence are used there */
    const struct given_score *scores; int scores_count;
    const struct given_rating *ratings; int ratings_count;
    const struct given_circumstance *circumstances; int circumstances_count;
};

enum reason_sort {
    /* how the figure came about */
    REASON_SCORE,      /* statement (category): score; 0: none given */
    REASON_CATEGORIES, /* statement: n of `of` points by its kinds of evidence, figure, whole → score; children REASON_SCORE */
    REASON_SUM,        /* n of `of` points: figure in per cent */
    REASON_ROUNDED,    /* figure → whole */
    REASON_BAND,       /* whole is in the band → rating */
    REASON_BELOW,      /* whole points (figure: exactly) below the band of rating */
    REASON_LIMITED,    /* limiter: from → rating; children: the statements that do it */
    REASON_WOULD_LIMIT, /* the same, if the figure reached the next band */
    REASON_GIVEN,      /* a person gave this rating (no scores below it) */
    /* what is missing */
    REASON_SHARE,      /* n of `of` statements have a score, `whole` are needed: no rating yet */
    REASON_NOT_LOOKED, /* n statements without a score; children REASON_SCORE */
    REASON_NOT_GIVEN,  /* question: a person has given no rating yet */
    REASON_MISSING,    /* overall: n key questions have no rating yet; children REASON_QUESTION */
    REASON_NO_RULE,    /* overall: the framework has no rule for it */
    /* the whole service */
    REASON_QUESTION,   /* question: rating */
    REASON_MIX,        /* n key questions are `rating` */
    REASON_TOGETHER,   /* aggregate: → rating; children REASON_MIX */
    REASON_CAPPED,     /* circumstance: from → rating */
    REASON_CAP_IDLE,   /* circumstance: holds, but the rating is not above it anyway */
    /* said beside it */
    REASON_WARNED,     /* circumstance: would keep it at rating */
    REASON_ONE,        /* n statements have the lowest score; children REASON_SCORE */
    REASON_ONE_KIND,   /* statement: rests on one kind of evidence of `of` */
    /* what would change it */
    REASON_LIFT,       /* any one of the children lifts it to rating */
    REASON_LIFT_SCORE, /* statement (category): from n to score */
    REASON_LIFT_QUESTION, /* question: from `from` to rating */
    REASON_LIFT_CLEARED,  /* circumstance: when it is no longer so */
    REASON_POINTS,     /* no one change is enough: n points more, over `of` statements at least, lift it to rating */
};
struct reason {
    enum reason_sort sort;
    const struct rule *rule;                 /* that made it; NULL none */
    const struct statement *statement;
    const struct evidence_category *category;
    const struct key_question *question;
    const struct circumstance *circumstance;
    const struct rating_name *rating, *from;
    int64_t n, of, whole;
    int score;
    struct fraction figure;
    struct reason *first, *next;             /* children, the next of the same parent */
};

struct statement_result {
    const struct statement *statement;
    int score;                               /* 0: none */
    int kinds, kinds_of;                     /* kinds of evidence scored, of those used there */
    const struct reason *why;                /* NULL unless it is made from categories */
};
struct question_result {
    const struct key_question *question;
    int of, looked;                          /* statements; with a score */
    int64_t sum, most;                       /* points, and the most that there could be */
    struct fraction percent;                 /* exact; 0 of 1 when nothing is looked at */
    int64_t whole;                           /* rounded */
    bool enough;                             /* the share that is needed has a score */
    const struct band *band;                 /* NULL: none yet */
    const struct rating_name *rating;        /* after what limits it; NULL: none yet */
    struct statement_result *statements; int statements_count;
    const struct reason *reasons;            /* why; in the order in which it came about */
    const struct reason *changes;            /* what would lift it */
    const struct reason *beside;             /* warnings, what was not looked at */
};
struct rating_result {
    const struct framework *framework;
    struct question_result *questions; int questions_count;
    int of, looked;
    const struct rating_name *rating;        /* of the whole; NULL: none yet */
    const struct rating_name *together;      /* before what caps it */
    const struct reason *reasons, *changes, *beside;
};
/* Everything, in `a`. A framework that says nothing of scoring gives no ratings. */
struct rating_result rate(const struct rating_input *in, struct arena *a);

#endif
