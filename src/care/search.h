/* search.h -- finding a form, or one of its items, by the words one types. Pure: no SQL, no SDL.
 *
 * Journey: whole forms → search_build (once) → search_run at every letter → screen/find.c.
 * A word typed finds every word that begins with it. Best first: where all typed words are found, what a card asks
 * counts more than its help. Words that mean the same here ("meds", "tablets") stand together in assets/words; a word
 * found nowhere is tried once more with one letter wrong. */
#ifndef CARE_SEARCH_H
#define CARE_SEARCH_H

#include "care/template.h"

#define SEARCH_WORDS_MAX 8 /* typed words that count; more only narrow what is found already */

struct search_entry {
    const struct template *form;
    const struct item *item; /* NULL: the form itself */
};
struct search_index;
struct search_hit {
    struct search_entry at;
    int words;  /* how many of the typed words it has */
    int score;
};

/* What people say and no card says (assets/choosing.json). */
struct search_speech {
    const char *const *same;  /* words that mean the same, apart by spaces: "meds medicines tablets pills" */
    size_t same_count;
    const char *const *known; /* by which other words a form is known, its code first: "FILE recruitment dbs" */
    size_t known_count;
};
/* Everything lives in `a`; the forms and `speech` (may be NULL) have to stay as long as the index is used. */
const struct search_index *search_build(struct arena *a, const struct template *const *forms, size_t forms_count,
                                        const struct search_speech *speech);
/* Fills at most `most` hits, best first, and returns how many there are in all. Nothing typed: none. `a` is for the work. */
int search_run(const struct search_index *x, struct arena *a, const char *typed, struct search_hit *out, int most);
int search_entries(const struct search_index *x);

#endif
