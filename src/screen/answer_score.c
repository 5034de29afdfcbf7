/* answer_score.c -- 1 to 4 as a person judges it, with the reason in their own words. Nothing
 * here is worked out from other answers. */
#include "screen/answer.h"

#include "base/text.h"

#define SCORES 4

static const char *const labels[SCORES] = {"answer.score1", "answer.score2", "answer.score3",
                                           "answer.score4"};

static struct intent say_reason(struct ui *u, const struct answer_at *at, const char *text) {
    struct answer_intent *a;
    struct intent in = answer_say(u, at, &a);
    a->set_text = true;
    a->text = text;
    in.draft = answer_key(u, at, "text");
    return in;
}

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const struct answer_value *v = answer_value_of(at);
    struct option o[SCORES];
    for (int i = 0; i < SCORES; i++)
        o[i] = (struct option){.label = WORD(at->s, labels[i]), .role = BUTTON_MAIN};
    int selected = v->has_number ? (int)v->number - 1 : -1;
    int tapped = part_options(u, area, "score", o, SCORES, selected, ui_theme(u)->touch_answer);
    struct field f = {.key = answer_key(u, at, "text"),
                      .initial = v->text ? v->text : "",
                      .hint = WORD(at->s, "answer.score_why"),
                      .name = WORD(at->s, "answer.score_why"),
                      .kind = FIELD_TEXT,
                      .lines = 2,
                      .ground = COLOR_CARD};
    struct field_result r =
        ui_field(u, rect_cut_top(area, ui_field_height(u, &f, area->w)), &f);
    rect_cut_top(area, ui_theme(u)->touch_between);
    if (v->has_number && text_blank(r.text)) {
        part_text(u, area, FONT_SMALL, COLOR_PARTLY, COLOR_CARD,
                  WORD(at->s, "answer.score_reason"));
        rect_cut_top(area, ui_theme(u)->unit);
    }
    const char *text = r.text;
    if (tapped >= 0) return answer_number(u, at, tapped + 1);
    if (answer_name_offer(u, at->s, area, COLOR_CARD, "name", &text))
        return say_reason(u, at, text);
    return r.left ? say_reason(u, at, r.text) : (struct intent){0};
}

const struct answer_kind answer_SCORE = {.draw = draw};
