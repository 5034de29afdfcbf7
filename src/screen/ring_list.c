/* ring_list.c -- numbers as data with their source and date; nothing happens when they are
 * read, nothing is kept. */
#include "screen/ring_list.h"

#include "base/text.h"

static void one(struct ui *u, const struct scene *s, rect *area, const struct ring_line *l,
                enum color ground) {
    rect in = *area;
    rect icon = rect_cut_left(&in, 36);
    float top = in.y;
    part_text(u, &in, FONT_H3, COLOR_INK, ground, l->label);
    part_text(u, &in, FONT_H2, COLOR_INK, ground,
              text_blank(l->telephone) ? WORD(s, "heard.no_number") : l->telephone);
    part_text(u, &in, FONT_SMALL, COLOR_MUTE, ground, l->hours);
    if (!text_blank(l->source))
        part_text(u, &in, FONT_SMALL, COLOR_MUTE, ground,
                  l->source_day ? SAY(u, s, "heard.source_day", l->source,
                                      day_text(ui_arena(u), l->source_day))
                                : SAY(u, s, "heard.source", l->source));
    icon.h = in.y - top;
    ui_icon(u, rect_make(icon.x, top, 28, 28), ICON_PHONE, COLOR_PRIMARY, false, 24);
    rect_cut_top(area, in.y - top + ui_theme(u)->gap);
}

void ring_list(struct ui *u, const struct scene *s, rect *area, const struct ring_line *lines,
               int n, enum color ground) {
    for (int i = 0; i < n; i++)
        one(u, s, area, &lines[i], ground);
}
