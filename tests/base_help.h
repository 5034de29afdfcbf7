/* base_help.h -- what the tests of the floor share: an arena emptied before each test, and a
 * file written in one line.
 *
 * Expected values in these tests are written out by hand or come from the standards, never from
 * the code under test. */
#ifndef TESTS_BASE_HELP_H
#define TESTS_BASE_HELP_H

#include "support.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"
#include "base/status.h"

static struct arena frame;

static inline int fresh(void **state) {
    (void)state;
    arena_reset(&frame);
    status_clear();
    return 0;
}

static inline void put(const char *path, const char *text) {
    assert_int_equal(file_write(path, text, strlen(text), 0600), STATUS_OK);
}

/* The last of a group: what the arena held is given back. */
static inline int over(void **state) {
    (void)state;
    arena_release(&frame);
    return 0;
}

#define FRESH(f) cmocka_unit_test_setup(f, fresh)

#endif
