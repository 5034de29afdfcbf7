/* name_note.c -- pointing at a likely name in typed words; it is the person who decides. */
#include "screen/name_note.h"

#include <string.h>

#include "base/text.h"
#include "care/rules.h"

void name_note(struct ui *u, const struct scene *s, rect *area, const char *key,
               enum color ground) {
    const char *text = ui_field_text(u, key);
    size_t start = 0, length = 0;
    if (text_blank(text) || !likely_name(text, &start, &length)) return;
    struct arena *f = ui_arena(u);
    const char *name = arena_strndup(f, text + start, length);
    struct button b = {.label = WORD(s, "saw.replace_name"), .key = key, .font = FONT_SMALL};
    rect_cut_top(area, 6);
    part_text(u, area, FONT_SMALL, COLOR_PARTLY, ground,
              SAY(u, s, "saw.looks_like_name", name));
    rect_cut_top(area, 4);
    rect row = rect_cut_top(area, ui_button_height(u, &b, area->w, ui_theme(u)->touch_min));
    row.w = ui_button_width(u, &b) < row.w ? ui_button_width(u, &b) : row.w;
    if (ui_button(u, row, &b))
        ui_field_set(u, key,
                     arena_printf(f, "%.*s%s%s", (int)start, text, WORD(s, "saw.a_person"),
                                  text + start + length));
    rect_cut_top(area, 6);
}
