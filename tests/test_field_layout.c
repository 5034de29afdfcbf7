/* test_field_layout.c -- lines kept from frame to frame, and how quick they are. needs: ui base
 *
 * What is kept is checked against measuring everything anew. */
#include "field_hand.h"

#include <time.h>

static uint32_t seed = 11;
static uint32_t dice(uint32_t sides) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % sides;
}

static void kept_lines_equal_new_ones(void **state) {
    (void)state;
    static const char *const bits[] = {"a",
                                       "word ",
                                       "\n",
                                       E_ACUTE,
                                       FAMILY,
                                       " ",
                                       "\n\n",
                                       "-x",
                                       "unbreakablylongwordthatneedsthreelinesofthisbox",
                                       ARABIC,
                                       "the quick brown fox jumps over "};
    struct field_layout kept = {0};
    struct text_edit e = {.bytes_max = 3000};
    const struct text_line *a;
    struct text_line *b;
    int checked = 0;
    ui_begin(hand.u, hand.now += 16);
    for (int i = 0; i < 1500; i++) {
        if (dice(3)) text_edit_move(&e, dice((uint32_t)e.text.size + 1), dice(6) == 0);
        const char *s = bits[dice(sizeof bits / sizeof *bits)];
        if (dice(3) == 0) {
            text_edit_delete(&e, -1, dice(2));
        } else {
            text_edit_insert(&e, s, strlen(s));
        }
        float width = i % 200 < 100 ? 300 : 200;
        const char *t = text_edit_str(&e);
        size_t n = field_layout_lines(hand.u, &kept, FONT_BODY, t, e.text.size, width, &a);
        size_t m = text_lines(hand.u, ui_arena(hand.u), FONT_BODY, t, e.text.size, width, &b);
        if (n != m) fail_msg("edit %d: %zu lines kept, %zu measured", i, n, m);
        for (size_t l = 0; l < n; l++, checked++) {
            bool same = a[l].start == b[l].start && a[l].end == b[l].end &&
                        a[l].next == b[l].next && a[l].hard == b[l].hard;
            if (!same) fail_msg("edit %d, line %zu of %zu: not as measured anew", i, l, n);
        }
    }
    page(hand.u);
    ui_end(hand.u);
    printf("figure: %d kept lines equal to lines measured anew\n", checked);
    field_layout_release(&kept);
    text_edit_release(&e);
}

static double cpu_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Typing in the middle of a note of 10,000 letters, the whole frame with drawing. */
static void speed_of(const char *what, const char *sentence, float box) {
    static char big[24000];
    double ms[120];
    size_t n = 0, one = strlen(sentence);
    while (text_count(big) < 10000 && n + one < sizeof big) {
        memcpy(big + n, sentence, one + 1);
        n += one;
    }
    initial = big;
    limit = sizeof big;
    note_h = box;
    frame();
    focus_note();
    key(SDLK_HOME, KMOD_CTRL);
    for (int i = 0; i < 30; i++)
        press_key(SDLK_DOWN, 0);
    wait_ms(1000);
    for (size_t i = 0; i < 120; i++) {
        text_in("w");
        double t = cpu_ms();
        frame();
        ms[i] = cpu_ms() - t;
    }
    qsort(ms, 120, sizeof *ms, by_size);
    printf("figure: a key in %s of %zu letters: %.2f ms a frame at the median, %.2f at p99\n",
           what, text_count(big), ms[60], ms[118]);
    assert_true(ms[60] < 160); /* sanitizers on a busy machine; the figure is what counts */
    big[0] = '\0';
}

static void long_notes_stay_quick(void **state) {
    (void)state;
    speed_of("a note in short paragraphs",
             "Two staff asleep in the lounge chairs, no one walking. \n", 300);
}

static void one_long_paragraph_stays_quick(void **state) {
    (void)state;
    speed_of("a note without a line end",
             "Two staff asleep in the lounge chairs, no one walking. ", 300);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FIELD_TEST(kept_lines_equal_new_ones),
        FIELD_TEST(long_notes_stay_quick),
        FIELD_TEST(one_long_paragraph_stays_quick),
    };
    return cmocka_run_group_tests_name("field layout", tests, load_words, close_words);
}
