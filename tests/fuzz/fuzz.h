/* fuzz.h -- what the fuzz targets share: one for each door through which foreign bytes come.
 *
 * A target is one file fuzz_NAME.c with two functions: fuzz_one() believes its laws about any
 * bytes whatever, fuzz_seeds() gives the valid inputs to start from. `make fuzz` builds it with
 * clang's libFuzzer and the sanitizers (fuzz.sh; the comment "covers:" names the files whose
 * line coverage is printed). test_fuzz_NAME.c builds it with everything else and replays
 * tests/corpus/NAME and a seeded share of changes (replay.h).
 *
 * A broken belief aborts, so libFuzzer keeps the input. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"

typedef void fuzz_put(void *ctx, const void *p, size_t n);
static void fuzz_one(const uint8_t *p, size_t n);
static void fuzz_seeds(fuzz_put *put, void *ctx);

/* Where decisions come from: the input's bytes, or a seeded draw when they are used up. */
struct steer {
    struct cursor bytes;
    draw seeded;
};

static inline uint32_t below(struct steer *s, uint32_t n) {
    if (s->bytes.p < s->bytes.end) return cursor_byte(&s->bytes) % n;
    return draw_below(&s->seeded, n);
}

static inline size_t place_in(struct steer *s, size_t n) {
    return (below(s, 256) * 256u + below(s, 256)) % n;
}

/* Some bytes changed, put in or taken out. */
static inline void change_bytes(struct steer *s, struct buf *b) {
    static const uint8_t special[] = {0, 1, 0x7F, 0x80, 0xFF, 0x40, 0x18, 0x1B, 0x5A, 0x82};
    for (uint32_t i = below(s, 3) + 1; i > 0 && b->size; i--) {
        size_t at = place_in(s, b->size);
        switch (below(s, 5)) {
        case 0:
            b->data[at] = (uint8_t)below(s, 256);
            break;
        case 1:
            b->data[at] ^= (uint8_t)(1u << below(s, 8));
            break;
        case 2:
            b->data[at] = special[below(s, sizeof special)];
            break;
        case 3:
            buf_byte(b, 0);
            memmove(b->data + at + 1, b->data + at, b->size - 1 - at);
            b->data[at] = special[below(s, sizeof special)];
            break;
        default:
            memmove(b->data + at, b->data + at + 1, b->size - at - 1);
            b->size--;
        }
    }
}

/* What was read must not be left out by the compiler. */
static inline void fuzz_used(uint64_t sum) {
    if (sum == UINT64_MAX) log_line("that many");
}

#ifdef LANTERN_LIBFUZZER
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void seed_to_file(void *ctx, const void *p, size_t n) {
    static int number; /* of this run */
    struct buf path = {0};
    buf_printf(&path, "%s/seed-%03d", (const char *)ctx, number++);
    BELIEVE(file_write(buf_str(&path), p, n, 0600) == STATUS_OK);
    buf_release(&path);
}

/* LANTERN_FUZZ_SEEDS=FOLDER: writes the inputs to start from, and nothing else. */
int LLVMFuzzerInitialize(int *argc, char ***argv) {
    char *folder = getenv("LANTERN_FUZZ_SEEDS");
    (void)argc, (void)argv;
    log_open("/dev/null");
    if (!folder) return 0;
    fuzz_seeds(seed_to_file, folder);
    exit(0);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    fuzz_one(p, n);
    return 0;
}
#endif
#endif
