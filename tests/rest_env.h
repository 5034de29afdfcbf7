/* rest_env.h -- the same test on sealed databases: with LANTERN_TEST_SEALED=1 in the
 * environment every journal that the tests' own openers make is sealed at rest, under one key.
 * tests/run.sh runs the tests of putting journals together a second time so. */
#ifndef TESTS_REST_ENV_H
#define TESTS_REST_ENV_H

#include <stdlib.h>

#include "base/log.h"
#include "store/journal.h"

/* NULL: open, as databases are until the first PIN is chosen. */
static inline const uint8_t *test_rest_key(void) {
    static const uint8_t key[32] = "the key of all sealed databases";
    const char *sealed = getenv("LANTERN_TEST_SEALED");
    return sealed && *sealed ? key : NULL;
}

/* So that a second run is not the first one once more. */
static inline void believe_sealed(const struct journal *j) {
    if (test_rest_key()) BELIEVE(journal_at_rest_sealed(j));
}

#endif
