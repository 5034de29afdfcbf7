/* search_words.h -- what a word is to the search (inside care only). */
#ifndef CARE_SEARCH_WORDS_H
#define CARE_SEARCH_WORDS_H

#include "care/search.h"

#define SEARCH_WORD_MAX 32 /* with the NUL; what is longer is found by its beginning */

/* The next word in small letters, without what follows an apostrophe; its size, 0 at the end. */
size_t search_next_word(const char **text, char word[SEARCH_WORD_MAX]);
/* What was typed as words that count: small ones ("of", "the") only when nothing else is there. */
int search_typed(const char *typed, char words[SEARCH_WORDS_MAX][SEARCH_WORD_MAX]);
/* "falls" → "fall", "washing" → "wash"; false when there is nothing to take off. */
bool search_stem(const char *word, char stem[SEARCH_WORD_MAX]);
/* One of the group's words, or the beginning of one, four letters at least. */
bool search_in_group(const char *group, const char *typed);
/* The word begins with what was typed but for one letter: another, missing, too many, or two swapped. */
bool search_one_wrong(const char *word, const char *typed);

#endif
