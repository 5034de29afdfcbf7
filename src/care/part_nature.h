/* part_nature.h -- what each kind of answer is by nature: the words it can say and what they
 * mean, in which unit its numbers are kept, and what an author may give it. One row a kind, so
 * that the reader of forms, the rules and the walk cannot think differently of one. */
#ifndef CARE_PART_NATURE_H
#define CARE_PART_NATURE_H

#include "care/rules.h"

struct said_word {
    const char *word;
    enum verdict verdict;
};
struct part_nature {
    const struct said_word *words; /* ends with a NULL word; NULL: it says no fixed words */
    int64_t scale; /* stored units to one natural: 1000 in thousandths, 60000 ms a minute */
    bool judges;   /* it asks whether something is as it should be */
    bool number;   /* its answer has one, so a condition can ask for it */
    bool bounds, choices, target; /* what an author may give it */
};
const struct part_nature *part_nature(enum part_kind k);
/* The row of `word` in a list that ends with a NULL word; NULL when it is not among them. */
const struct said_word *said_word(const struct said_word *list, const char *word);

#endif
