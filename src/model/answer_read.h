/* answer_read.h -- the value of an answer as the rules see it, from a row of the table
 * `answer`. One reader for the walk, for what was found before, and for how far a check has
 * come. */
#ifndef MODEL_ANSWER_READ_H
#define MODEL_ANSWER_READ_H

#include "care/rules.h"
#include "store/query.h"

/* To be selected FROM answer a, in this order, beginning at `col`. */
#define ANSWER_COLUMNS \
    "a.word, a.number, a.\"of\", a.list, a.text, a.time, a.day, a.severity, a.person"
#define ANSWER_COLUMNS_COUNT 9
void answer_read(const struct query *q, int col, struct arena *a, struct answer_value *v);
/* Anything at all: a row may hold a note alone. */
bool answer_said(const struct answer_value *v);

#endif
