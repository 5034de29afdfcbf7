/* test_lock_memory.c -- what is left of a person's words in the memory of a locked app.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * Words are written as observations, typed into fields, copied, and drawn; then the tablet
 * locks, and every page of this process that can be written to is searched for them. The words
 * stand in the program only in disguise, and the one place where they are put together is
 * wiped, so that the search does not find itself. As in the program, freed memory is
 * overwritten. */
#include "freed.h"
#include "locked_hand.h"

#include <fcntl.h>
#include <unistd.h>

#define WORDS 24
#define MASK  0x55

/* "Beryl wept at nightfall." and the same with a number in front of each. */
static const uint8_t disguised[WORDS] = {
    'B' ^ MASK, 'e' ^ MASK, 'r' ^ MASK, 'y' ^ MASK, 'l' ^ MASK, ' ' ^ MASK,
    'w' ^ MASK, 'e' ^ MASK, 'p' ^ MASK, 't' ^ MASK, ' ' ^ MASK, 'a' ^ MASK,
    't' ^ MASK, ' ' ^ MASK, 'n' ^ MASK, 'i' ^ MASK, 'g' ^ MASK, 'h' ^ MASK,
    't' ^ MASK, 'f' ^ MASK, 'a' ^ MASK, 'l' ^ MASK, 'l' ^ MASK, '.' ^ MASK};

static void put_together(char out[WORDS + 1]) {
    for (int i = 0; i < WORDS; i++)
        out[i] = (char)(disguised[i] ^ MASK);
    out[WORDS] = '\0';
}

static bool is_it(const uint8_t *p) {
    for (int i = 0; i < WORDS; i++)
        if ((p[i] ^ MASK) != disguised[i]) return false;
    return true;
}

static void count_in(void *ctx, const uint8_t *p, size_t n) {
    int *found = ctx;
    for (size_t i = 0; i + WORDS <= n; i++)
        if (p[i] == (disguised[0] ^ MASK) && is_it(p + i)) ++*found;
}

static int in_memory(int64_t *bytes) {
    int found = 0;
    *bytes = memory_show(WORDS, count_in, &found);
    return found;
}

static void write_and_draw(void) {
    char words[WORDS + 1];
    row_id visit = hand_count("SELECT id FROM visit");
    put_together(words);
    for (int i = 0; i < 40; i++) {
        struct observe_intent o = {.visit = visit, .text = words};
        lock_act((struct intent){.kind = INTENT_observe, .detail = &o});
        lock_frame_once();
    }
    lock_act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_saw, .row = visit}});
    lock_frame_once();
    ui_field_set(hand_app->ui, "saw/typed", words);
    for (int i = 0; i < 3; i++)
        lock_frame_once();
    key_wipe(words, sizeof words);
}

static void of_a_locked_app(void **state) {
    int64_t bytes = 0;
    (void)state;
    lock_dir("memory", false);
    PLAY(LET_IN);
    PLAY(lock_start_check);
    assert_int_equal(in_memory(&bytes), 0);
    write_and_draw();
    PLAY("wait 3s\n");
    int before = in_memory(&bytes);
    assert_true(before > 0);
    lock_act((struct intent){.kind = INTENT_lock});
    for (int i = 0; i < 4; i++)
        lock_frame_once();
    assert_string_equal(lock_at(), "lock");
    int after = in_memory(&bytes);
    printf("figure: words of a check in memory: %d times while it is open, %d times when the "
           "tablet is locked (%lld MB looked through)\n",
           before, after, (long long)(bytes >> 20));
    assert_int_equal(after, 0);
    hand_close();
}

int main(int argc, char **argv) {
    (void)argc;
    freed_is_overwritten(argv);
    hand_draws = true;
    const struct CMUnitTest tests[] = {cmocka_unit_test(of_a_locked_app)};
    int failed = cmocka_run_group_tests_name("lock_memory", tests, NULL, NULL);
    arena_release(&hand_life);
    return failed;
}
