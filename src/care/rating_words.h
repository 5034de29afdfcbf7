/* rating_words.h -- a rating's reasons as sentences: the same on the ratings page and in the report. */
#ifndef CARE_RATING_WORDS_H
#define CARE_RATING_WORDS_H

#include "base/words.h"
#include "care/rating.h"

struct ratings_words {
    const struct words *words;
    struct arena *a;         /* what is said lives here */
};
/* One reason; its children are part of the sentence. */
const char *ratings_reason(const struct ratings_words *w, const struct reason *r);
/* "61 %, 2 points below Good; Safe systems, pathways and transitions scored 1 limits it" */
const char *ratings_headline(const struct ratings_words *w, const struct question_result *q);
/* Its status in its own words, or "Lantern's own choice". */
const char *ratings_rule_status(const struct ratings_words *w, const struct rule *r);
/* "Source: TITLE · PUBLISHER", one for each; NULL past the last. Of none: "No source at hand". */
const char *ratings_rule_from(const struct ratings_words *w, const struct framework *f, const struct rule *r, int nth);
/* What has to be said beside a use of this rule: its status when it is not verified, or its caveat when part of it is not;
 * in the rule's own words. "" when it is sure. */
const char *ratings_doubt(const struct rule *r);
/* "62 1/2" */
const char *ratings_fraction(const struct ratings_words *w, struct fraction f);

#endif
