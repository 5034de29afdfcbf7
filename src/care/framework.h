/* framework.h -- key questions, quality statements and regulations as data (assets/frameworks/). */
#ifndef CARE_FRAMEWORK_H
#define CARE_FRAMEWORK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct statement {
    const char *code;      /* SAF-S6 */
    const char *name;      /* exact name */
    const char *plain;     /* in our own words */
    const char *const *keywords; int keywords_count; /* for ranking what was seen; lower case */
    int question;          /* index into questions */
};
struct key_question {
    const char *code, *name; /* SAF, Safe */
};
struct regulation {
    const char *id, *set, *number, *title, *plain; /* RA2014-12, RA2014, 12, Safe care and treatment */
};
struct framework {
    const char *id, *title;
    struct key_question *questions; int questions_count;
    struct statement *statements; int statements_count;
    struct regulation *regulations; int regulations_count;
    struct arena memory;
};
MUST_CHECK enum status framework_load(struct framework **out, const char *path);
void framework_close(struct framework *f);
const struct statement *framework_statement(const struct framework *f, const char *code);
const struct regulation *framework_regulation(const struct framework *f, const char *id);
int framework_question_of(const struct framework *f, const char *statement_code); /* index, -1 */
/* Ranks statements for what was seen: words that match keywords, then the statements of the section one came from, then
 * the framework's order. Fills at most `most` indexes. */
int framework_rank(const struct framework *f, const char *text, const char *const *near, int near_count, int most, int out[]);

#endif
