/* support.h -- what every test shares: cmocka with its includes, a scratch folder, a manual clock. */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

/* An assertion of cmocka ends the test, which gcc is not told: after assert_non_null it goes on
 * expecting a null, after fail_msg a value that was not set. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wnull-dereference"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A fresh folder under build/scratch for this test process, removed at exit. Valid until exit. */
const char *scratch_dir(void);
/* scratch_dir()/name; up to 64 at a time. */
const char *scratch(const char *name);
#endif
