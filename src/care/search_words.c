/* search_words.c -- cutting texts into words, and when two words are nearly one. */
#include "care/search_words.h"

#include <string.h>

#include "base/text.h"

/* Letters and digits; letters beyond ASCII count, typographic quotes and dashes do not. */
static bool is_letter(uint32_t cp) {
    return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= '0' && cp <= '9') ||
           (cp >= 0xC0 && cp < 0x2000 && cp != 0xD7 && cp != 0xF7) || cp >= 0x2E80;
}

/* Accents are left off: who types "cafe" means "café". Enough for English. */
static uint32_t folded(uint32_t cp) {
    static const char latin[] = "aaaaaaaceeeeiiiidnooooo*ouuuuyty"; /* from U+00E0 on */
    if (cp >= 'A' && cp <= 'Z') return cp - 'A' + 'a';
    if (cp >= 0xC0 && cp <= 0xDE) cp += 0x20;
    if (cp >= 0xE0 && cp <= 0xFF) return (uint8_t)latin[cp - 0xE0];
    return cp;
}

static bool is_apostrophe(uint32_t cp) {
    return cp == '\'' || cp == 0x2019;
}

size_t search_next_word(const char **text, char word[SEARCH_WORD_MAX]) {
    const char *p = *text, *end = p + strlen(p);
    size_t n = 0;
    bool owned = false; /* "people’s" is people */
    while (p < end) {
        const char *before = p;
        uint32_t cp = text_next(&p, end);
        if (is_apostrophe(cp) && n) {
            owned = true;
        } else if (!is_letter(cp)) {
            if (n) {
                p = before;
                break;
            }
        } else if (!owned) {
            char utf8[4];
            size_t k = text_put(utf8, folded(cp));
            if (n + k < SEARCH_WORD_MAX) {
                memcpy(word + n, utf8, k);
                n += k;
            }
        }
    }
    word[n] = 0;
    *text = p;
    return n;
}

static bool is_small(const char *word) {
    return text_listed("a an the of in on at to for and or is are was be with my our i we how "
                       "do does what who",
                       ' ', word);
}

int search_typed(const char *typed, char words[SEARCH_WORDS_MAX][SEARCH_WORD_MAX]) {
    for (int small = 0; small < 2; small++) {
        const char *rest = typed ? typed : "";
        int n = 0;
        while (n < SEARCH_WORDS_MAX && search_next_word(&rest, words[n]) > 0)
            n += small || !is_small(words[n]);
        if (n) return n;
    }
    return 0;
}

bool search_stem(const char *word, char stem[SEARCH_WORD_MAX]) {
    static const char *const ends[] = {"ings", "ing", "ies", "ed", "es", "s"};
    size_t n = strlen(word);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t k = strlen(ends[i]);
        if (n < k + 3 || strcmp(word + n - k, ends[i]) != 0) continue;
        memcpy(stem, word, n - k);
        stem[n - k] = 0;
        return true;
    }
    return false;
}

bool search_in_group(const char *group, const char *typed) {
    char word[SEARCH_WORD_MAX];
    size_t n = strlen(typed);
    while (search_next_word(&group, word) > 0)
        if (strcmp(word, typed) == 0 || (n >= 4 && strncmp(word, typed, n) == 0)) return true;
    return false;
}

bool search_one_wrong(const char *word, const char *typed) {
    size_t i = 0;
    if (word[0] != typed[0])
        return false; /* the first letter is seldom wrong, and this is fast */
    while (word[i] && word[i] == typed[i])
        i++;
    const char *w = word + i, *t = typed + i;
    if (!*t) return true;
    if (!*w) return t[1] == 0;
    size_t rest = strlen(t);
    if (w[1] && t[1] && w[0] == t[1] && w[1] == t[0] && strncmp(w + 2, t + 2, rest - 2) == 0)
        return true;
    if (strncmp(w + 1, t + 1, rest - 1) == 0) return true; /* another letter */
    if (strncmp(w, t + 1, rest - 1) == 0) return true;     /* one too many */
    return strncmp(w + 1, t, rest) == 0;                   /* one missing */
}
