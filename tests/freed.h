/* freed.h -- for tests that look for words in memory: what is given back is overwritten, as the
 * tablet program has it. The sanitizer keeps it for a while, so there it has to be told to, by
 * an option that it reads at the start: the test starts itself once more. */
#ifndef TESTS_FREED_H
#define TESTS_FREED_H

#include <fcntl.h>
#include <malloc.h>
#include <stdint.h>
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

/* Shows all memory that this process may write, in windows that overlap by `overlap` bytes;
 * returns how many bytes that was. Through /proc/self/mem, since a page may go while it is
 * looked at. The window is not shown to itself and is wiped between two looks, so what is
 * sought must stand in the test masked. */
static inline int64_t memory_show(size_t overlap,
                                  void (*look)(void *ctx, const uint8_t *p, size_t n),
                                  void *ctx) {
    static _Alignas(16) uint8_t window[1 << 20];
    char line[512];
    int64_t bytes = 0;
    int mem = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    FILE *maps = fopen("/proc/self/maps", "r");
    if (mem < 0 || !maps) abort();
    while (fgets(line, sizeof line, maps)) {
        unsigned long long from = 0, to = 0;
        char may[8] = "";
        if (sscanf(line, "%llx-%llx %7s", &from, &to, may) != 3 || may[1] != 'w') continue;
        if (to - from > FREED_MAP_MOST) continue;
        while (from < to) {
            size_t want = to - from > sizeof window ? sizeof window : (size_t)(to - from);
            if ((uintptr_t)window >= from && (uintptr_t)window < from + want) {
                from += want;
                continue;
            }
            ssize_t got = pread(mem, window, want, (off_t)from);
            if (got <= 0) break;
            look(ctx, window, (size_t)got);
            bytes += got;
            memset(window, 0, sizeof window);
            from += (size_t)got == want && want == sizeof window ? want - overlap : (size_t)got;
        }
    }
    fclose(maps);
    close(mem);
    return bytes;
}

#endif
