/* answer_says.h -- how an answer reads, in words: one place for the walk, the sealed check,
 * papers, the report and an action's baseline. A kind of answer is one row of the table in
 * answer_says.c. */
#ifndef CARE_ANSWER_SAYS_H
#define CARE_ANSWER_SAYS_H

#include "base/words.h"
#include "care/rules.h"

/* The answer in words; "" when nothing was said. A person is the label kept with the answer. */
const char *answer_says(struct arena *a, const struct words *w, const struct part *p,
                        const struct answer_value *v);
/* A number of this part's stored unit with its unit, as for targets and bounds: "28 days",
 * "18.5 °C", "3 min"; "" where the answer is none. */
const char *answer_figure(struct arena *a, const struct words *w, const struct part *p,
                          int64_t number);
/* 37500 is "37.5": thousandths without needless noughts. */
const char *answer_decimal(struct arena *a, int64_t thousandths);
/* The numbers drawn, "3, 17, 21"; "" when none. */
const char *answer_drawn(struct arena *a, const char *list);
/* One of the form's choices in its words; the id itself when the form does not know it. */
const char *answer_choice(const struct part *p, const char *id);

#endif
