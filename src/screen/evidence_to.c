/* evidence_to.c -- see evidence_to.h. */
#include "screen/evidence_to.h"

#include "base/text.h"

static const char *const words[] = {
    [EVIDENCE_NOTHING] = "",    [EVIDENCE_ITEM] = "item",   [EVIDENCE_ROW] = "row",
    [EVIDENCE_SAW] = "saw",     [EVIDENCE_HEARD] = "heard", [EVIDENCE_ACTION] = "action",
    [EVIDENCE_AFTER] = "after",
};
#define WORDS (sizeof words / sizeof words[0])

const char *evidence_what(enum evidence_for what) {
    return (size_t)what < WORDS ? words[what] : "";
}

enum evidence_for evidence_for_word(const char *word) {
    for (size_t i = 1; i < WORDS; i++)
        if (text_equal(words[i], word)) return (enum evidence_for)i;
    return EVIDENCE_NOTHING;
}

struct place evidence_place(enum screen_id screen, const struct evidence_to *to) {
    struct place p;
    memset(&p, 0, sizeof p); /* places are compared as bytes */
    p.screen = (int32_t)screen;
    p.row = to->visit;
    p.other = to->row;
    text_copy(p.word, sizeof p.word, to->item);
    text_copy(p.word2, sizeof p.word2, evidence_what((enum evidence_for)to->what));
    return p;
}

struct evidence_to evidence_of_place(const struct place *p) {
    struct evidence_to to;
    memset(&to, 0, sizeof to);
    to.what = (int32_t)evidence_for_word(p->word2);
    to.visit = p->row;
    to.row = p->other;
    text_copy(to.item, sizeof to.item, p->word);
    return to;
}

bool evidence_same(const struct evidence_to *a, const struct evidence_to *b) {
    return a->what == b->what && a->visit == b->visit && a->row == b->row &&
           text_equal(a->item, b->item);
}
