/* answer_draw.c -- how many stand on a list, and which of them to take: drawn fairly when the
 * count is said (app/act_answer.c), so that nobody can choose the tidy ones. */
#include "screen/answer.h"

#include "base/text.h"

#define POOL_MOST 2000

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const struct answer_value *v = answer_value_of(at);
    bool said = false;
    int64_t pool = answer_list_number(v->list, "pool", &said);
    part_text(u, area, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(at->s, "answer.draw_how"));
    rect_cut_top(area, ui_theme(u)->unit);
    const char *key = answer_key(u, at, "pool");
    struct stepped s = answer_stepper(u, at->s, area,
                                      &(struct stepper){.key = key,
                                                        .name = WORD(at->s, "answer.draw_pool"),
                                                        .now = pool,
                                                        .said = said,
                                                        .step = 1,
                                                        .scale = 1,
                                                        .bounded = true,
                                                        .least = 1,
                                                        .most = POOL_MOST});
    const char *drawn = answer_drawn(ui_arena(u), v->list);
    if (*drawn) {
        part_text(u, area, FONT_BODY, COLOR_INK, COLOR_CARD,
                  SAY(u, at->s, "answer.draw_take", drawn));
        rect_cut_top(area, ui_theme(u)->unit);
    }
    if (!s.tapped || (said && s.number == pool)) return (struct intent){0};
    struct intent in =
        answer_list(u, at, arena_printf(ui_arena(u), "pool=%lld", (long long)s.number));
    in.draft = key;
    return in;
}

const struct answer_kind answer_DRAW = {.draw = draw};
