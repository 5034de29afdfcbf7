/* close_all.h -- how a test with several journals ends. */
#ifndef TESTS_CLOSE_ALL_H
#define TESTS_CLOSE_ALL_H

#include "store/journal.h"

static inline void close_journals(struct journal *const *j) {
    while (*j)
        journal_close(*j++);
}
#define CLOSE(...) close_journals((struct journal *const[]){__VA_ARGS__, NULL})

#endif
