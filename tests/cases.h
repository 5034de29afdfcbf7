/* cases.h -- reading tests/cases/NAME.test: lines in groups; empty lines and those with # say
 * nothing. */
#ifndef TESTS_CASES_H
#define TESTS_CASES_H

#include "support.h"

#include "base/file.h"

struct cases {
    struct arena *memory;
    char *rest;
    int line, count;
};

static inline struct cases cases_of(struct arena *a, const char *name) {
    struct buf b = {0};
    if (file_read(arena_printf(a, "tests/cases/%s.test", name), 1 << 20, &b))
        fail_msg("%s", status_detail());
    struct cases c = {.memory = a, .rest = arena_strndup(a, buf_str(&b), b.size)};
    buf_release(&b);
    return c;
}

static inline char *cases_line(struct cases *c) {
    while (*c->rest) {
        char *line = c->rest, *end = strchr(line, '\n');
        if (end) *end = '\0';
        c->rest = end ? end + 1 : line + strlen(line);
        c->line++;
        if (*line && *line != '#') return line;
    }
    return NULL;
}

/* Fills `lines` with the next n; false at the end of the file, which must be the end of a case.
 */
static inline bool cases_next(struct cases *c, int n, char *lines[]) {
    for (int i = 0; i < n; i++) {
        lines[i] = cases_line(c);
        if (!lines[i]) {
            if (i) fail_msg("a case is cut short at line %d", c->line);
            return false;
        }
    }
    c->count++;
    return true;
}

#endif
