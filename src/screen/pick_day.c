/* pick_day.c -- five weeks at a time, beginning with this one; days gone by cannot be chosen.
 */
#include "screen/pick_day.h"

#include "base/text.h"

#define WEEKS 5

int64_t pick_day_end(day_no d) {
    struct civil c = day_civil(d);
    return london_to_ms(c.year, c.month, c.day, 23, 59);
}

static void week_names(struct ui *u, rect row, day_no monday) {
    for (int i = 0; i < 7; i++) {
        char *name = day_text(ui_arena(u), monday + i); /* "Sun 22 Nov" */
        name[text_blank(name) ? 0 : 3] = 0;
        ui_label(u, rect_column(row, i, 7, 4), name,
                 &(struct label){.font = FONT_SMALL,
                                 .color = COLOR_MUTE,
                                 .ground = COLOR_CARD,
                                 .align = ALIGN_CENTER,
                                 .lines_max = 1});
    }
}

static day_no days(struct ui *u, rect *in, day_no monday, day_no today, float h) {
    day_no chosen = 0;
    for (int w = 0; w < WEEKS; w++) {
        rect row = rect_cut_top(in, h);
        for (int i = 0; i < 7; i++) {
            day_no d = monday + w * 7 + i;
            struct civil c = day_civil(d);
            ui_push(u, d);
            const char *label = c.day == 1 ? day_text(ui_arena(u), d) + 4
                                           : arena_printf(ui_arena(u), "%d", c.day);
            if (ui_button(u, rect_column(row, i, 7, 4),
                          &(struct button){.label = label,
                                           .key = "day",
                                           .font = FONT_SMALL,
                                           .align = ALIGN_CENTER,
                                           .selected = d == today,
                                           .disabled = d < today}))
                chosen = d;
            ui_pop(u);
        }
        rect_cut_top(in, 4);
    }
    return chosen;
}

bool pick_day(struct ui *u, const struct scene *s, const char *key, const char *title,
              int32_t *weeks_on, day_no *chosen) {
    const struct theme *t = ui_theme(u);
    day_no today = london_day(s->wall_ms);
    day_no monday = today - day_civil(today).weekday + *weeks_on * 7;
    float day_h = ui_line_height(u, FONT_SMALL) * 2 + 8,
          line = ui_line_height(u, FONT_SMALL) + 8;
    if (day_h < t->touch_min) day_h = t->touch_min;
    bool closed = false;
    *chosen = 0;
    rect in = ui_sheet_begin(
        u, key, title, line + (float)WEEKS * (day_h + 4) + t->gap + t->touch_primary, &closed);
    week_names(u, rect_cut_top(&in, line), monday);
    *chosen = days(u, &in, monday, today, day_h);
    rect_cut_top(&in, t->gap);
    rect row = rect_cut_top(&in, t->touch_primary);
    if (ui_button(u, rect_column(row, 0, 2, t->gap),
                  &(struct button){.label = WORD(s, "raise.earlier"),
                                   .icon = ICON_CARET_LEFT,
                                   .disabled = *weeks_on <= 0}))
        *weeks_on -= WEEKS;
    if (ui_button(u, rect_column(row, 1, 2, t->gap),
                  &(struct button){.label = WORD(s, "raise.later"),
                                   .icon = ICON_CARET_RIGHT,
                                   .icon_after = true,
                                   .disabled = *weeks_on >= 50}))
        *weeks_on += WEEKS;
    ui_sheet_end(u);
    if (*weeks_on < 0) *weeks_on = 0;
    return closed || *chosen;
}
