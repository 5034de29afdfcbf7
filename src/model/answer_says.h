/* answer_says.h -- how an answer reads, in the words of the language: one place for the walk,
 * the sealed check, papers and the report. Nothing said: "". */
#ifndef MODEL_ANSWER_SAYS_H
#define MODEL_ANSWER_SAYS_H

#include "base/words.h"
#include "care/rules.h"

const char *answer_says(struct arena *a, const struct words *w, const struct part *p,
                        const struct answer_value *v);
/* The numbers drawn, "3, 17 and 21"; "" when none. */
const char *answer_drawn(struct arena *a, const char *list);

#endif
