/* test_theme.c -- colours, type and sizes from tokens.json, and that every pair of ink and
 * ground can be read. needs: ui base
 *
 * The pairs are those that the toolkit's own widgets draw and that screens are given names for;
 * the screens' own pairs are checked from their dumps, through ui_thing's ink and ground. */
#include "support.h"

#include "base/file.h"
#include "base/status.h"
#include "ui/theme.h"

static const struct {
    enum color ink, ground;
    double least;
} pairs[] = {
    {COLOR_INK, COLOR_BG, 4.5},
    {COLOR_INK, COLOR_CARD, 4.5},
    {COLOR_INK, COLOR_RAIL, 4.5},
    {COLOR_INK, COLOR_SOFT, 4.5},
    {COLOR_INK, COLOR_MET_SOFT, 4.5},
    {COLOR_INK, COLOR_PARTLY_SOFT, 4.5},
    {COLOR_INK, COLOR_NOT_MET_SOFT, 4.5},
    {COLOR_INK, COLOR_NA_SOFT, 4.5},
    {COLOR_MUTE, COLOR_BG, 4.5},
    {COLOR_MUTE, COLOR_CARD, 4.5},
    {COLOR_MUTE, COLOR_RAIL, 4.5},
    {COLOR_MUTE, COLOR_SOFT, 4.5},
    {COLOR_PRIMARY, COLOR_BG, 4.5},
    {COLOR_PRIMARY, COLOR_CARD, 4.5},
    {COLOR_PRIMARY, COLOR_SOFT, 4.5},
    {COLOR_ON_PRIMARY, COLOR_PRIMARY, 4.5},
    {COLOR_ON_AMBER, COLOR_AMBER, 4.5},
    {COLOR_MET, COLOR_BG, 4.5},
    {COLOR_MET, COLOR_CARD, 4.5},
    {COLOR_MET, COLOR_MET_SOFT, 4.5},
    {COLOR_PARTLY, COLOR_BG, 4.5},
    {COLOR_PARTLY, COLOR_CARD, 4.5},
    {COLOR_PARTLY, COLOR_PARTLY_SOFT, 4.5},
    {COLOR_NOT_MET, COLOR_BG, 4.5},
    {COLOR_NOT_MET, COLOR_CARD, 4.5},
    {COLOR_NOT_MET, COLOR_NOT_MET_SOFT, 4.5},
    {COLOR_NA, COLOR_BG, 4.5},
    {COLOR_NA, COLOR_CARD, 4.5},
    {COLOR_NA, COLOR_NA_SOFT, 4.5},
    {COLOR_ON_MET, COLOR_MET, 4.5},
    {COLOR_ON_MET, COLOR_PARTLY, 4.5},
    {COLOR_ON_MET, COLOR_NOT_MET, 4.5},
    {COLOR_ON_MET, COLOR_NA, 4.5},
    /* outlines of controls, and the focus ring */
    {COLOR_OUTLINE, COLOR_BG, 3},
    {COLOR_OUTLINE, COLOR_CARD, 3},
    {COLOR_OUTLINE, COLOR_RAIL, 3},
    {COLOR_PRIMARY, COLOR_RAIL, 3},
};

static struct theme load(bool night) {
    struct theme t = {0};
    if (theme_load("assets/tokens.json", night, &t)) fail_msg("%s", status_detail());
    return t;
}

static void sizes_and_type_are_read(void **state) {
    (void)state;
    struct theme t = load(false);
    assert_int_equal(t.colors[COLOR_BG], 0xF6F3EC);
    assert_int_equal(t.colors[COLOR_NA_SOFT], 0xECE9E2);
    assert_float_equal(t.font_dp[FONT_DISPLAY], 56, 0);
    assert_float_equal(t.font_dp[FONT_TAG], 15, 0);
    assert_int_equal(t.font_weight[FONT_BUTTON], 600);
    assert_float_equal(t.touch_min, 48, 0);
    assert_float_equal(t.touch_answer, 64, 0);
    assert_float_equal(t.card_pad_y, 20, 0);
    assert_float_equal(t.card_pad_x, 24, 0);
    assert_float_equal(t.radius_card, 18, 0);
    assert_false(t.night);
    assert_true(load(true).night);
    assert_int_equal(load(true).colors[COLOR_BG], 0x0C0A08);
}

static void contrast_is_wcag(void **state) {
    (void)state;
    assert_float_equal(color_contrast(0xFFFFFF, 0x000000), 21, 1e-9);
    assert_float_equal(color_contrast(0x777777, 0xFFFFFF), 4.478, 0.001);
    assert_float_equal(color_contrast(0xFFFFFF, 0x777777), 4.478, 0.001);
    assert_float_equal(color_luminance(0xFF0000), 0.2126, 1e-9);
    assert_float_equal(color_luminance(0x00FF00), 0.7152, 1e-9);
}

static void every_pair_can_be_read(void **state) {
    (void)state;
    size_t n = sizeof pairs / sizeof *pairs;
    double least = 21;
    for (int night = 0; night < 2; night++) {
        struct theme t = load(night);
        for (size_t i = 0; i < n; i++) {
            double c = color_contrast(t.colors[pairs[i].ink], t.colors[pairs[i].ground]);
            if (c < pairs[i].least)
                fail_msg("%s: ink %d on %d: %.2f, must be %.1f", night ? "night" : "day",
                         (int)pairs[i].ink, (int)pairs[i].ground, c, pairs[i].least);
            if (pairs[i].least > 4 && c < least) least = c;
        }
    }
    print_message(
        "figure: %zu pairs of ink and ground, least contrast of text %.2f (must be 4.5)\n",
        2 * n, least);
}

/* Each token once taken out: the file is refused, with its name, line and the token. */
static void missing_token_is_told(void **state) {
    (void)state;
    static const char *const words[] = {"\"not_met_soft\"", "\"h2\"", "\"answer\"", "\"bar\"",
                                        "\"night\""};
    struct buf whole = {0};
    assert_int_equal(file_read("assets/tokens.json", 100000, &whole), STATUS_OK);
    const char *path = scratch("tokens.json");
    int refused = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct buf b = {0};
        const char *text = buf_str(&whole), *at = text;
        while ((at = strstr(at, words[i])) && at > text) { /* in both themes */
            buf_add(&b, text, (size_t)(at - text) + 1);
            buf_text(&b, "un");
            text = at = at + 1;
        }
        buf_text(&b, text);
        assert_int_equal(file_write(path, b.data, b.size, 0600), STATUS_OK);
        struct theme t = {.gap = -7};
        enum status s = theme_load(path, true, &t);
        assert_int_equal(s, STATUS_INVALID);
        assert_non_null(strstr(status_detail(), "line"));
        assert_float_equal(t.gap, -7, 0); /* untouched */
        refused++;
        buf_release(&b);
    }
    buf_release(&whole);
    print_message("figure: %d of 5 files without a token refused with a line\n", refused);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_and_type_are_read),
        cmocka_unit_test(contrast_is_wcag),
        cmocka_unit_test(every_pair_can_be_read),
        cmocka_unit_test(missing_token_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
