/* nearest.h -- "did you mean …?": the known word that a mistyped one is nearest to. */
#ifndef AUTHOR_NEAREST_H
#define AUTHOR_NEAREST_H

#include <stdbool.h>

/* Are they one but for case, spaces, hyphens and underscores? "Good looks-like",
 * "goodLooksLike". */
bool same_heading(const char *a, const char *b);
/* The nearest within two letters changed, NULL: none is near. */
const char *nearest(const char *word, const char *const *list, int n);

#endif
