/* tight_row.c -- the same choices as part_options, a little smaller, so that a row stays a row.
 */
#include "screen/tight_row.h"

#define PAD_DP  10.0F
#define ICON_DP 30.0F

int tight_row(struct ui *u, rect *area, const char *key, const struct option *o, int n,
              int selected, float height) {
    float gap = ui_theme(u)->touch_between, each = (area->w - gap * (float)(n - 1)) / (float)n;
    int tapped = -1;
    for (int i = 0; i < n; i++) {
        float w =
            ui_text_width(u, FONT_H3, o[i].label) + 2 * PAD_DP + (o[i].icon ? ICON_DP : 0);
        float sub = o[i].sub ? ui_text_width(u, FONT_SMALL, o[i].sub) + 2 * PAD_DP : 0;
        if (w > each || sub > each) return part_options(u, area, key, o, n, selected, height);
        float tall = ui_line_height(u, FONT_H3) + 2 * PAD_DP +
                     (o[i].sub ? ui_line_height(u, FONT_SMALL) : 0);
        if (tall > height) height = tall;
    }
    rect row = rect_cut_top(area, height);
    rect_cut_top(area, gap);
    ui_push_text(u, key);
    for (int i = 0; i < n; i++)
        if (ui_button(u, rect_column(row, i, n, gap),
                      &(struct button){.label = o[i].label,
                                       .sub = o[i].sub,
                                       .key = arena_printf(ui_arena(u), "%d", i),
                                       .icon = o[i].icon,
                                       .role = i == selected ? o[i].role : BUTTON_PLAIN,
                                       .selected = i == selected,
                                       .disabled = o[i].disabled,
                                       .font = FONT_H3}))
            tapped = i;
    ui_pop(u);
    return tapped;
}
