/* test_two_readers.c -- bundles changed at random, judged alike by two readers.
 * needs: sync store base
 *
 * Golden files show that both read what is right. This shows that neither takes what the other
 * refuses: each changed bundle is judged here, written out with the verdict, and judged again
 * by tests/check_reader.py. Only what rests on a signature may differ, since Python's standard
 * library cannot check one. LANTERN_TEST_ALL=1 tries ten times as many. */
#include "support.h"

#include <sys/wait.h>

#include "base/file.h"
#include "bundle_sample.c" /* each test is one program of one file */
#include "bundle_vectors.c"
/* Of the fuzzers' ways to change a bundle only those that leave it open are used here. */
#pragma GCC diagnostic ignored "-Wunused-function"
#include "fuzz/change_bundle.h"
#include "sealed_sample.c"

enum { MUST_REFUSE = 0, REFUSE_FOR_SIGNATURE = 1, MUST_ACCEPT = 2 };

struct verdicts {
    struct buf out;
    int64_t count[3];
};

static void judge(struct verdicts *v, const char *name, const struct buf *b) {
    enum status s = bundle_show_memory(b->data, b->size, NULL, NULL, NULL);
    const char *why = status_detail();
    bool signature = strstr(why, "not signed") || strstr(why, "signature");
    int how = !s ? MUST_ACCEPT : signature ? REFUSE_FOR_SIGNATURE : MUST_REFUSE;
    buf_byte(&v->out, (uint8_t)strlen(name));
    buf_text(&v->out, name);
    buf_byte(&v->out, (uint8_t)how);
    buf_u32(&v->out, (uint32_t)b->size);
    buf_add(&v->out, b->data, b->size);
    v->count[how]++;
}

/* Changed versions of one golden bundle. */
static void change_one(struct verdicts *v, const struct vector *from, uint64_t rounds) {
    struct bundle_source source = {0};
    struct sample_bundle b;
    struct buf changed = {0};
    from->make(&b);
    sample_seal(&b, &source.bytes);
    source.carrier = b.carrier;
    sample_release(&b);
    for (uint64_t i = 0; i < rounds; i++) {
        struct steer s = {.seeded = {i * 7919 + source.bytes.size}};
        char name[64];
        snprintf(name, sizeof name, "%s changed, round %d", from->name, (int)i);
        change_bundle(&s, &source, NULL, &changed);
        judge(v, name, &changed);
    }
    buf_release(&changed);
    buf_release(&source.bytes);
}

static void the_same_verdicts(void **state) {
    (void)state;
    struct verdicts v = {0};
    struct arena a = {0};
    const char *path = scratch("verdicts.bin");
    uint64_t rounds = getenv("LANTERN_TEST_ALL") ? 3000 : 300;
    for (const struct vector *from = vectors; from->name; from++)
        change_one(&v, from, rounds);
    assert_false(v.out.overflow);
    assert_int_equal(file_write(path, v.out.data, v.out.size, 0600), STATUS_OK);
    int code = system(arena_printf(&a, "python3 tests/check_reader.py --verdicts '%s'", path));
    assert_true(WIFEXITED(code) && WEXITSTATUS(code) == 0);
    printf("figure: two readers give the same verdict on %lld changed bundles: %lld refused, "
           "%lld taken; %lld more are refused for a signature\n",
           (long long)(v.count[MUST_REFUSE] + v.count[MUST_ACCEPT]),
           (long long)v.count[MUST_REFUSE], (long long)v.count[MUST_ACCEPT],
           (long long)v.count[REFUSE_FOR_SIGNATURE]);
    assert_true(v.count[MUST_ACCEPT] > 20 && v.count[MUST_REFUSE] > 100);
    buf_release(&v.out);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_same_verdicts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
