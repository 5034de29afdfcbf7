/* words.h -- every word that a person sees, per language, from assets/words/LANG/ *.json.
 *
 * A file is a flat map { "home.start_night": "Start a night spot check", ... }; its keys begin with
 * the file's name ("home.json": "home.*"). "{0}".."{9}" stand for parameters; "{0|one|many}" chooses
 * by the number in parameter 0. A key that is missing shows as [key] and words_missing() counts it. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdbool.h>

#include "base/arena.h"

struct words;
MUST_CHECK enum status words_load(struct words **out, const char *dir); /* e.g. assets/words/en */
void words_close(struct words *w);
/* The text itself, without parameters; borrowed from w. */
const char *word(const struct words *w, const char *key);
bool words_have(const struct words *w, const char *key);
/* With parameters, all given as text; n of them. */
char *words_fill(struct arena *a, const struct words *w, const char *key, const char *const *params, int n);
#define words_say(a, w, key, ...)                                                                          \
    words_fill((a), (w), (key), (const char *const[]){__VA_ARGS__},                                        \
               (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)))
char *int_text(struct arena *a, long long v); /* "1 204": a thin space groups thousands */
int words_missing(const struct words *w);

#endif
