/* xlsform_expr.h -- an XLSForm's expressions, as far as forms of ours can mean them:
 *
 *     ${age} >= 18 and (selected(${needs}, 'meal') or ${alone} = 'yes')         . > 0 and . <=
 * 40
 *
 * What is none of that (a function, a sum) becomes EXPR_OTHER: the whole is still read, so that
 * what stands beside it is not lost. Depth and length are bounded. */
#ifndef AUTHOR_XLSFORM_EXPR_H
#define AUTHOR_XLSFORM_EXPR_H

#include <stdbool.h>

#include "base/arena.h"

#define EXPR_DEEPEST 24

enum expr_kind {
    EXPR_OTHER,
    EXPR_AND,
    EXPR_OR,
    EXPR_NOT,      /* left */
    EXPR_COMPARE,  /* left, right, sign */
    EXPR_SELECTED, /* left, right */
    EXPR_ASKED,    /* text: the name in ${…} */
    EXPR_SELF,     /* . */
    EXPR_TEXT,
    EXPR_NUMBER
};
struct expr {
    enum expr_kind kind;
    const char *sign; /* = != < <= > >= */
    const char *text;
    const struct expr *left, *right;
};
/* Never NULL; EXPR_OTHER when nothing of it can be read. */
const struct expr *expr_parse(struct arena *a, const char *text);
/* A number in thousandths; false when it is none, or has more decimals or digits than that. */
bool expr_thousandths(const char *number, int64_t *out);
/* The other way round: "0.5". */
const char *thousandths_said(struct arena *a, int64_t v);

#endif
