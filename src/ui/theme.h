/* theme.h -- colours by role, type by role, sizes by name, from assets/tokens.json. No numbers in screens. */
#ifndef UI_THEME_H
#define UI_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

enum color {
    COLOR_BG, COLOR_CARD, COLOR_RAIL, COLOR_LINE, COLOR_OUTLINE, COLOR_INK, COLOR_MUTE, COLOR_PRIMARY,
    COLOR_ON_PRIMARY, COLOR_SOFT, COLOR_AMBER, COLOR_ON_AMBER, COLOR_MET, COLOR_MET_SOFT, COLOR_PARTLY,
    COLOR_PARTLY_SOFT, COLOR_NOT_MET, COLOR_NOT_MET_SOFT, COLOR_NA, COLOR_NA_SOFT, COLOR_COUNT,
    COLOR_ON_MET = COLOR_COUNT, /* words on a filled met, partly or not-met button: white by day, dark by night */
    COLOR_BLACK, COLOR_ON_BLACK, /* behind a photo, and words there; the same by day and by night */
    COLOR_END,
    COLOR_NONE = 0xFF
};
enum font { FONT_DISPLAY, FONT_H1, FONT_H2, FONT_H3, FONT_BODY, FONT_BUTTON, FONT_SMALL, FONT_TAG, FONT_COUNT };

struct theme {
    uint32_t colors[COLOR_END]; /* 0xRRGGBB; from COLOR_ON_MET on derived */
    bool night;
    float font_dp[FONT_COUNT];
    int font_weight[FONT_COUNT]; /* 400, 600, 700 */
    float gap, unit, card_pad_y, card_pad_x, screen_pad;
    float touch_min, touch_answer, touch_primary, touch_between; /* 48, 64, 56, 12 */
    float radius_card, radius_button, radius_tag, radius_bar;
};
/* Reads tokens.json; STATUS_INVALID with line and column when a token is missing. */
MUST_CHECK enum status theme_load(const char *tokens_path, bool night, struct theme *out);
double color_luminance(uint32_t rgb);              /* WCAG 2.2 relative luminance */
double color_contrast(uint32_t a, uint32_t b);     /* 1 … 21 */

#endif
