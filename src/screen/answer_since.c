/* answer_since.c -- a past date, and how many days ago that was on the day of the check. */
#include "screen/answer.h"

#include "base/text.h"

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const char *const keys[] = {"answer.today", "answer.week_ago", "answer.month_ago"};
    const int days[] = {0, -7, -30};
    struct intent in = answer_day_field(u, at, area, keys, days, 3);
    const struct answer_value *v = answer_value_of(at);
    if (!v->has_day) return in;
    part_text(u, area, FONT_BODY, COLOR_MUTE, COLOR_CARD,
              answer_says(ui_arena(u), at->s->words, at->part->part, v));
    rect_cut_top(area, ui_theme(u)->unit);
    return in;
}

const struct answer_kind answer_SINCE = {.draw = draw};
