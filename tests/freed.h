/* freed.h -- for tests that look for words in memory: what is given back is overwritten, as the
 * tablet program has it. The sanitizer keeps it for a while, so there it has to be told to, by
 * an option that it reads at the start: the test starts itself once more. */
#ifndef TESTS_FREED_H
#define TESTS_FREED_H

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FREED_FILL     "max_free_fill_size=1073741824"
#define FREED_MAP_MOST ((1ULL << 28) - 1) /* larger ones are the sanitizer's own */

static inline void freed_is_overwritten(char **argv) {
    mallopt(M_PERTURB, 0xA5); /* as platform/linux/main.c does */
#ifdef __SANITIZE_ADDRESS__
    char options[1000];
    const char *now = getenv("ASAN_OPTIONS");
    if (now && strstr(now, FREED_FILL)) return;
    snprintf(options, sizeof options, "%s:" FREED_FILL ":free_fill_byte=165", now ? now : "");
    setenv("ASAN_OPTIONS", options, 1);
    execv("/proc/self/exe", argv);
    abort();
#else
    (void)argv;
#endif
}

#endif
