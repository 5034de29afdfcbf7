/* framework.h -- key questions, quality statements, regulations, and the rules that lead from scores to ratings, all as
 * data (assets/frameworks/).
 *
 * Journey: assets/frameworks/ID.json → framework_load → forms, ratings (rating.h), report. A file is read whole or not at
 * all. What the rules say of themselves (source, whether it is confirmed, caveat) is shown to people in the same words. */
#ifndef CARE_FRAMEWORK_H
#define CARE_FRAMEWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define RATINGS_MOST   6  /* labels of a framework */
#define SCALE_MOST     10 /* highest score of a statement */
#define CATEGORIES_MOST 12

/* Where a rule comes from. */
struct source {
    const char *id, *title, *publisher, *date;
};
#define RULE_VERIFIED     "verified"
#define RULE_NOT_VERIFIED "from general knowledge, not verified here"
struct rule {
    const char *id, *text;   /* in plain words */
    const char *status;      /* one of the two above; "" for a choice of Lantern's own */
    const char *caveat;      /* "" none */
    const char *const *sources; int sources_count; /* ids */
    bool own;                /* Lantern's own choice */
};
/* A regulation that failings of a statement may breach: a hint; that it was breached only a person can say. */
struct breach {
    const char *regulation, *when, *status, *caveat;
    const char *const *sources; int sources_count;
};
struct statement {
    const char *code;      /* SAF-S6 */
    const char *name;      /* exact name */
    const char *plain;     /* in our own words */
    const char *const *keywords; int keywords_count; /* for ranking what was seen; lower case */
    int question;          /* index into questions */
    const struct breach *breaches; int breaches_count;
};
struct key_question {
    const char *code, *name; /* SAF, Safe */
    const char *plain;       /* "" when not said */
    int first, count;        /* run of its statements */
    int lines;               /* lines of enquiry, 0 when it has statements: how many is known, their titles are not */
};
struct regulation_set {
    const char *id, *title;  /* RA2014, Health and Social Care Act … */
};
struct regulation {
    const char *id, *set, *number, *title, *plain; /* RA2014-12, RA2014, 12, Safe care and treatment */
};
/* A fundamental standard. */
struct standard {
    const char *name;
    const char *const *regulations; int regulations_count;
};

/* ---- from scores to ratings ---- */
enum scoring { SCORING_NOT_SAID, SCORING_STATEMENT, SCORING_CATEGORY, SCORING_NONE };
enum rounding { ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_DOWN, ROUND_UP };
struct rating_name {
    const char *id, *name;   /* good, Good */
    int rank;                /* 1 the lowest */
};
struct score_name {
    int score;
    const char *name;
};
struct evidence_category {
    const char *id, *name;
    const char *const *not_for; int not_for_count; /* settings where it was not in use */
};
/* Whole per cents, both ends in it. In a file's order: lowest first, without gap or overlap up to 100. */
struct band {
    int from, to, score;
    const struct rating_name *rating;
};
/* A figure in `band` with any statement that has one of `scores`: at most `most`. */
struct limiter {
    struct rule rule;
    const struct rating_name *band, *most;
    int scores[SCALE_MOST], scores_count;
};
/* From the ratings of the key questions to the whole; the first that holds counts. */
struct aggregate {
    struct rule rule;
    const struct rating_name *gives;
    int least[RATINGS_MOST], most[RATINGS_MOST]; /* how many of each rating, by its place in `ratings` */
};
/* Something besides scores that keeps a rating down. */
struct circumstance {
    struct rule rule;
    const char *asks;        /* the question to a person */
    int question;            /* -1: of the whole service */
    bool warns;              /* said beside the rating, not taken off it */
    const struct rating_name *most;
};

struct framework {
    const char *id, *title;
    int version;
    const char *short_title, *from, *to, *status; /* "" when not said */
    bool draft;
    struct key_question *questions; int questions_count;
    struct statement *statements; int statements_count;
    struct regulation_set *sets; int sets_count;
    struct regulation *regulations; int regulations_count;
    struct standard *standards; int standards_count;
    struct source *sources; int sources_count;
    enum scoring scoring;
    enum rounding rounding;
    int share_needed;        /* per cent of the statements that must have a score */
    struct rating_name *ratings; int ratings_count;
    struct score_name *scale; int scale_count; /* as in the file */
    int score_most;          /* the highest score, 4 */
    struct evidence_category *categories; int categories_count;
    struct band *bands; int bands_count;
    struct rule *rules; int rules_count;
    struct limiter *limiters; int limiters_count;
    struct aggregate *aggregates; int aggregates_count;
    struct circumstance *circumstances; int circumstances_count;
    struct arena memory;
};
/* On failure *out stays what it was, and status_detail() says "FILE: line 3, column 5: …". */
MUST_CHECK enum status framework_load(struct framework **out, const char *path);
void framework_close(struct framework *f);
const struct statement *framework_statement(const struct framework *f, const char *code);
const struct regulation *framework_regulation(const struct framework *f, const char *id);
int framework_question_of(const struct framework *f, const char *statement_code); /* index, -1 */
int framework_question(const struct framework *f, const char *code); /* index of the key question, -1 */
const struct rule *framework_rule(const struct framework *f, const char *id); /* NULL when absent */
const struct rating_name *framework_rating(const struct framework *f, const char *id);
const struct source *framework_source(const struct framework *f, const char *id);
const struct score_name *framework_score(const struct framework *f, int score);
const struct evidence_category *framework_category(const struct framework *f, const char *id);
const struct circumstance *framework_circumstance(const struct framework *f, const char *id);
/* Whether that kind of evidence is used in that setting (care_home, home_care …). */
bool category_used(const struct evidence_category *c, const char *setting);
/* The band of a whole per cent, NULL below the first. */
const struct band *framework_band(const struct framework *f, int64_t percent);
/* The aggregate that decides for so many of each rating, NULL when none does. */
const struct aggregate *framework_aggregate(const struct framework *f, const int count[RATINGS_MOST]);
/* Ranks statements for what was seen: words that match keywords, then the statements of the section one came from, then
 * the framework's order. Fills at most `most` indexes. */
int framework_rank(const struct framework *f, const char *text, const char *const *near, int near_count, int most, int out[]);

#endif
