/* answer_tally.c -- one tap, one more. For counting what happens while one watches; minus takes
 * one back. */
#include "screen/answer.h"

#define COLUMN_DP 260.0F

static struct intent one(struct ui *u, const struct answer_at *at, rect r,
                         const struct choice *c) {
    const char *list = answer_value_of(at)->list;
    int64_t n = answer_list_number(list, c->id, NULL);
    struct intent in = {0};
    if (n > 0) {
        rect less = rect_cut_right(&r, ui_theme(u)->touch_min);
        rect_cut_right(&r, ui_theme(u)->unit * 2);
        if (ui_icon_button(u, less, ICON_MINUS, SAY(u, at->s, "answer.less", c->text))) {
            in = answer_list(u, at, answer_list_set(ui_arena(u), list, c->id, n - 1));
        }
    }
    struct button b = {
        .label = n ? arena_printf(ui_arena(u), "%s · %lld", c->text, (long long)n) : c->text,
        .key = c->id,
        .role = !n       ? BUTTON_PLAIN
                : c->bad ? BUTTON_NOT_MET
                         : BUTTON_MAIN,
        .selected = n > 0};
    if (ui_button(u, r, &b))
        in = answer_list(u, at, answer_list_set(ui_arena(u), list, c->id, n + 1));
    return in;
}

static float tallest(struct ui *u, const struct part *p, float width) {
    float tall = ui_theme(u)->touch_answer;
    for (int i = 0; i < p->choices_count; i++) {
        struct button b = {.label = arena_printf(ui_arena(u), "%s · 88", p->choices[i].text)};
        float h = ui_button_height(u, &b, width - ui_theme(u)->touch_answer,
                                   ui_theme(u)->touch_answer);
        if (h > tall) tall = h;
    }
    return tall;
}

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const struct part *p = at->part->part;
    float gap = ui_theme(u)->touch_between;
    int columns = (int)((area->w + gap) / (COLUMN_DP * ui_text_scale(u) + gap));
    if (columns < 1) columns = 1;
    if (columns > 3) columns = 3;
    float h = tallest(u, p, (area->w - gap * (float)(columns - 1)) / (float)columns);
    struct intent in = {0};
    for (int i = 0; i < p->choices_count; i += columns) {
        rect row = rect_cut_top(area, h);
        for (int k = i; k < i + columns && k < p->choices_count; k++) {
            ui_push_text(u, p->choices[k].id);
            struct intent one_in =
                one(u, at, rect_column(row, k - i, columns, gap), &p->choices[k]);
            ui_pop(u);
            if (one_in.kind) in = one_in;
        }
        rect_cut_top(area, gap);
    }
    return in;
}

const struct answer_kind answer_TALLY = {.draw = draw};
