/* nearest.c -- see nearest.h. */
#include "author/nearest.h"

#include <string.h>

#define LETTERS_MOST 32

static char folded(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

/* Small letters and digits alone; at most LETTERS_MOST. */
static int letters_of(const char *s, char out[LETTERS_MOST]) {
    int n = 0;
    for (; s && *s && n < LETTERS_MOST; s++)
        if (!strchr(" -_\t\n", *s)) out[n++] = folded(*s);
    return n;
}

bool same_heading(const char *a, const char *b) {
    char x[LETTERS_MOST], y[LETTERS_MOST];
    int n = letters_of(a, x);
    return n == letters_of(b, y) && memcmp(x, y, (size_t)n) == 0;
}

static int least(int a, int b) {
    return a < b ? a : b;
}

/* How many letters must be changed, put in or left out (Levenshtein), one row at a time. */
static int distance(const char *a, int n, const char *b, int m) {
    int row[LETTERS_MOST + 1];
    for (int k = 0; k <= m; k++)
        row[k] = k;
    for (int i = 1; i <= n; i++) {
        int before = row[0];
        row[0] = i;
        for (int k = 1; k <= m; k++) {
            int above = row[k];
            row[k] = least(least(row[k] + 1, row[k - 1] + 1), before + (a[i - 1] != b[k - 1]));
            before = above;
        }
    }
    return row[m];
}

const char *nearest(const char *word, const char *const *list, int n) {
    char a[LETTERS_MOST], b[LETTERS_MOST];
    int letters = letters_of(word, a), best = 3;
    const char *found = NULL;
    for (int i = 0; i < n; i++) {
        int d = distance(a, letters, b, letters_of(list[i], b));
        if (d >= best || d >= letters) continue;
        best = d;
        found = list[i];
    }
    return found;
}
