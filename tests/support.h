/* support.h -- what every test shares: cmocka with its includes, a scratch folder, a manual clock. */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

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
