/* ratings_model.h -- what people scored at a service under one framework, what follows from it and why, and what was found
 * that a score could rest on.
 *
 * Journey: kinds score, basis, rating, circumstance → ratings_load → screen ratings, office report. The provider's own
 * view: never a rating of the regulator's, never summed from ticks. */
#ifndef MODEL_RATINGS_MODEL_H
#define MODEL_RATINGS_MODEL_H

#include "base/clock.h"
#include "base/hash256.h"
#include "care/frameworks.h"
#include "care/rating.h"
#include "care/rules.h"

/* The newest score of a statement (of one kind of evidence), or the rating of a key question. */
struct ratings_given {
    int64_t row, visit;
    const char *code;        /* statement, or key question */
    const char *category;    /* "" none */
    int score;               /* 0: a rating in the round */
    const char *rating;      /* id; "" for a score */
    const char *reason, *by; /* by: role, "" nobody named */
    day_no day;
    int links;               /* what it rests on */
};
struct ratings_said { /* a circumstance */
    const struct circumstance *what;
    int64_t row;             /* 0: nobody has said */
    bool yes;
    const char *reason, *by;
    day_no day;
};

enum evidence_of { EVIDENCE_OF_ANSWER, EVIDENCE_OF_SEEN, EVIDENCE_OF_HEARD, EVIDENCE_OF_ACTION, EVIDENCE_OF_PHOTO };
struct ratings_evidence {
    int64_t row;             /* answer, observation, feedback, action, attachment */
    int64_t basis;           /* the link to the score shown, 0 none */
    enum evidence_of of;
    const char *statement, *category;
    const char *text;        /* the question, what was seen, what was said */
    const char *note;        /* what was noted with it, "" none */
    const char *from;        /* the form, the speaker's words key, the action's reference */
    int64_t at;
    enum verdict verdict;    /* of an answer; good or bad of what was seen or heard; NONE otherwise */
    bool critical;
    hash256 thumb;           /* photos */
};
#define RATINGS_EVIDENCE_MOST 60
struct ratings_evidence_list {
    const struct ratings_evidence *all; /* newest first */
    int count, total;        /* total: also what does not stand in `all` */
    int good, partly, bad;   /* of total */
};

/* The same statement under another framework. */
struct ratings_carried {
    const struct framework *framework;
    const char *name;        /* of the statement there */
    int score;
    day_no day;
};
#define RATINGS_CARRIED_MOST 12
#define RATINGS_HISTORY_MOST 20

struct ratings_model {
    int64_t service;
    const char *service_name, *setting;
    const struct frameworks *frameworks;
    const struct framework *f;           /* NULL: none can be read */
    struct rating_result result;
    const struct ratings_given *given; int given_count; /* scores in the order of the statements, or ratings */
    const struct ratings_said *said; int said_count;    /* a circumstance each */
    int other_editions;                  /* scores given under another edition: they stay as they were */
    const char *problem;                 /* a framework's file was refused; NULL none */
    /* what is looked at */
    int question, statement;             /* indexes; -1: all */
    const struct evidence_category *category; /* the kind of evidence, NULL none */
    const struct ratings_given *history; int history_count; /* of it, newest first, without the present ones */
    struct ratings_evidence_list evidence;
    const struct ratings_carried *carried; int carried_count;
};
/* The present score of a statement, NULL none. */
static inline const struct ratings_given *ratings_given_of(const struct ratings_model *m, const char *code,
                                                           const char *category) {
    for (int i = 0; i < m->given_count; i++) {
        const struct ratings_given *g = &m->given[i];
        const char *a = g->code, *b = code, *c = g->category, *d = category;
        while (*a && *a == *b)
            a++, b++;
        while (*c && *c == *d)
            c++, d++;
        if (*a == *b && *c == *d) return g;
    }
    return NULL;
}

#endif
