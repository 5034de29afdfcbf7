/* arena.h -- memory by lifetime: frame, screen, job.
 *
 * Everything taken from an arena goes at once by arena_reset. Nobody above base calls malloc.
 * Small exhaustion aborts: history is on disk. A zeroed struct is a valid empty arena. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena_block;
struct arena {
    struct arena_block *first, *current;
};

/* Zeroed, aligned to 16 bytes, never NULL. */
void *arena_take(struct arena *a, size_t bytes);
#define ARENA_NEW(a, type) ((type *)arena_take((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_take((a), sizeof(type) * (size_t)(n)))
char *arena_strdup(struct arena *a, const char *s); /* NULL gives "" */
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *a, const char *fmt, va_list args) PRINTF_LIKE(2, 0);
void *arena_copy(struct arena *a, const void *p, size_t n);
void arena_reset(struct arena *a);   /* keeps the blocks for reuse */
void arena_release(struct arena *a); /* frees everything; the struct is zeroed */
void arena_wipe(struct arena *a);    /* the same, with zeros over what it held */

#endif
