/* replay.h -- a fuzz target inside `make test`: its corpus, its seeds, and a seeded share of
 * changes to both. Included by test_fuzz_NAME.c after fuzz_NAME.c. */
#ifndef TESTS_FUZZ_REPLAY_H
#define TESTS_FUZZ_REPLAY_H

#include "../support.h"

#define REPLAY_INPUTS_MAX 1000

struct replay {
    struct arena arena;
    struct buf inputs[REPLAY_INPUTS_MAX];
    size_t count;
};

/* In a block of exactly its size, so that one byte too far is seen. */
static void replay_one(const void *p, size_t n) {
    uint8_t *exact = malloc(n ? n : 1);
    assert_non_null(exact);
    if (n) memcpy(exact, p, n);
    fuzz_one(exact, n);
    free(exact);
}

static void replay_keep(void *ctx, const void *p, size_t n) {
    struct replay *r = ctx;
    assert_true(r->count < REPLAY_INPUTS_MAX);
    buf_add(&r->inputs[r->count++], p, n);
}

static void replay_load(struct replay *r, const char *name) {
    char **names;
    size_t n = 0;
    char *dir = path_join(&r->arena, "tests/corpus", name);
    assert_int_equal(dir_list(&r->arena, dir, NULL, &names, &n), STATUS_OK);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++) {
        struct buf bytes = {0};
        assert_int_equal(file_read(path_join(&r->arena, dir, names[i]), 1 << 20, &bytes),
                         STATUS_OK);
        replay_keep(r, bytes.data, bytes.size);
        buf_release(&bytes);
    }
    fuzz_seeds(replay_keep, r);
}

/* Every input as it is, then `rounds` of them changed; LANTERN_TEST_ALL=1: ten times as many.
 */
static void replay(const char *name, int rounds,
                   void (*change)(struct steer *s, struct buf *b)) {
    struct replay *r = calloc(1, sizeof *r);
    assert_non_null(r);
    replay_load(r, name);
    for (size_t i = 0; i < r->count; i++)
        replay_one(r->inputs[i].data, r->inputs[i].size);
    if (getenv("LANTERN_TEST_ALL")) rounds *= 10;
    for (int i = 0; i < rounds; i++) {
        struct steer s = {.seeded = {(uint64_t)i * 7919 + 1}};
        struct buf *from = &r->inputs[draw_below(&s.seeded, (uint32_t)r->count)];
        struct buf b = {0};
        buf_add(&b, from->data, from->size);
        change(&s, &b);
        replay_one(b.data, b.size);
        buf_release(&b);
    }
    printf("figure: fuzz %s: %zu inputs of the corpus and %d seeded changes of them\n", name,
           r->count, rounds);
    for (size_t i = 0; i < r->count; i++)
        buf_release(&r->inputs[i]);
    arena_release(&r->arena);
    free(r);
}
#endif
