/* erased_part.c -- see erased_part.h. */
#include "screen/erased_part.h"

#include "base/text.h"

static const char *what(struct ui *u, const struct scene *s, const struct erased_words *e) {
    const char *key = arena_printf(ui_arena(u), "erased.kind_%s", e->kind);
    const char *kind = WORD(s, words_have(s->words, key) ? key : "erased.kind_other");
    return e->at ? SAY(u, s, "erased.written", kind, time_day_hm(ui_arena(u), e->at)) : kind;
}

void erased_line(struct ui *u, const struct scene *s, rect *area,
                 const struct erased_words *e) {
    struct arena *f = ui_arena(u);
    const char *day = arena_printf(f, "%s %d", day_text(f, e->day), day_civil(e->day).year);
    part_text(u, area, FONT_SMALL, COLOR_MUTE, COLOR_CARD, what(u, s, e));
    part_text(u, area, FONT_BODY, COLOR_INK, COLOR_CARD, SAY(u, s, "erased.on", day, e->why));
    rect_cut_top(area, 8);
}

void erased_card(struct ui *u, const struct scene *s, rect *area, const char *heading,
                 const struct erased_list *list) {
    struct card card;
    if (!list->count) return;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    part_text(u, &in, FONT_H2, COLOR_INK, COLOR_CARD, heading);
    rect_cut_top(&in, 10);
    for (int i = 0; i < list->count; i++)
        erased_line(u, s, &in, &list->all[i]);
    part_card_end(u, area, &card, in);
}
