/* text.h -- UTF-8 text as the whole program uses it: NUL-terminated, valid UTF-8. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

bool text_valid(const char *s, size_t n);                 /* strict UTF-8, no NUL inside */
uint32_t text_next(const char **p, const char *end);      /* decodes one code point, U+FFFD on error */
size_t text_put(char out[4], uint32_t cp);                /* encodes; returns the length */
size_t text_count(const char *s);                         /* code points */
bool text_equal(const char *a, const char *b);            /* NULL equals "" */
bool text_blank(const char *s);                           /* NULL, empty or only white space */
bool text_starts(const char *s, const char *prefix);
bool text_has_word_nocase(const char *haystack, const char *word); /* whole words, ASCII case folding */
bool text_listed(const char *list, char between, const char *word); /* one of "a,b,c"; "" never is */
void text_copy(char *out, size_t room, const char *s);    /* cuts at a code point; always ends in NUL */
char *text_trim(struct arena *a, const char *s);
void text_one_line(char *s); /* control characters become spaces: it may be printed on a terminal */
uint64_t text_hash(const char *s);                        /* FNV-1a 64 */

#endif
