/* arena.c -- blocks that grow by doubling; a reset keeps them, a release frees them.
 *
 * Under AddressSanitizer what a reset gave back is poisoned, so that a pointer kept beyond its
 * frame is found at its first use. */
#include "base/arena.h"

#include <string.h>

#include "base/log.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif
#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
#else
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

#define ALIGN       16
#define BLOCK_LEAST ((size_t)16 * 1024)
#define BLOCK_MOST  ((size_t)1024 * 1024)

struct arena_block {
    struct arena_block *next;
    size_t room, used;
    _Alignas(ALIGN) uint8_t bytes[];
};

/* Not inlined, or gcc believes that poisoning reads the bytes. */
__attribute__((noinline)) static void block_poison(struct arena_block *b) {
    POISON(b->bytes, b->room);
}

static struct arena_block *block_new(size_t room) {
    struct arena_block *b = malloc(sizeof *b + room);
    BELIEVE(b && "memory for small things never runs out; history is on disk");
    b->next = NULL;
    b->room = room;
    b->used = 0;
    block_poison(b);
    return b;
}

/* The next block with room for `bytes`: a kept one when it is large enough, else a new one. */
static struct arena_block *block_for(struct arena *a, size_t bytes) {
    struct arena_block *at = a->current;
    while (at && at->next) {
        at = at->next;
        if (at->room - at->used >= bytes) return at;
    }
    size_t room = at ? at->room * 2 : BLOCK_LEAST;
    if (room > BLOCK_MOST) room = BLOCK_MOST;
    if (room < bytes) room = bytes;
    struct arena_block *b = block_new(room);
    if (at)
        at->next = b;
    else
        a->first = b;
    return b;
}

void *arena_take(struct arena *a, size_t bytes) {
    BELIEVE(bytes < SIZE_MAX / 4);
    bytes = (bytes + (ALIGN - 1)) & ~(size_t)(ALIGN - 1);
    if (bytes == 0) bytes = ALIGN;
    struct arena_block *b = a->current;
    if (!b || b->room - b->used < bytes) a->current = b = block_for(a, bytes);
    uint8_t *p = b->bytes + b->used;
    b->used += bytes;
    UNPOISON(p, bytes);
    memset(p, 0, bytes);
    return p;
}

char *arena_strdup(struct arena *a, const char *s) {
    return arena_strndup(a, s, s ? strlen(s) : 0);
}

char *arena_strndup(struct arena *a, const char *s, size_t n) {
    char *out = arena_take(a, n + 1);
    if (n) memcpy(out, s, n);
    return out;
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list args) {
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    BELIEVE(n >= 0);
    char *out = arena_take(a, (size_t)n + 1);
    vsnprintf(out, (size_t)n + 1, fmt, args);
    return out;
}

char *arena_printf(struct arena *a, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    char *out = arena_vprintf(a, fmt, args);
    va_end(args);
    return out;
}

void *arena_copy(struct arena *a, const void *p, size_t n) {
    void *out = arena_take(a, n);
    if (n) memcpy(out, p, n);
    return out;
}

void arena_reset(struct arena *a) {
    for (struct arena_block *b = a->first; b; b = b->next) {
        b->used = 0;
        block_poison(b);
    }
    a->current = a->first;
}

void arena_release(struct arena *a) {
    struct arena_block *b = a->first;
    while (b) {
        struct arena_block *next = b->next;
        UNPOISON(b->bytes, b->room);
        free(b);
        b = next;
    }
    *a = (struct arena){0};
}

void arena_wipe(struct arena *a) {
    for (struct arena_block *b = a->first; b; b = b->next) {
        UNPOISON(b->bytes, b->room);
        explicit_bzero(b->bytes, b->room);
    }
    arena_release(a);
}
