/* answer_words.c -- own words. What is typed is a draft until the field is left; then it is the
 * answer. */
#include "screen/answer.h"

#include "base/text.h"

static struct intent say(struct ui *u, const struct answer_at *at, const char *text) {
    struct answer_intent *a;
    struct intent in = answer_say(u, at, &a);
    a->set_text = true;
    a->text = text;
    in.draft = answer_key(u, at, "text");
    return in;
}

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const struct part *p = at->part->part;
    struct field f = {.key = answer_key(u, at, "text"),
                      .initial = answer_value_of(at)->text,
                      .hint = WORD(at->s, "answer.words_hint"),
                      .name = *p->text ? p->text : at->item->item->text,
                      .kind = FIELD_TEXT,
                      .lines = 3,
                      .ground = COLOR_CARD};
    struct field_result r =
        ui_field(u, rect_cut_top(area, ui_field_height(u, &f, area->w)), &f);
    rect_cut_top(area, ui_theme(u)->touch_between);
    const char *text = r.text;
    if (answer_name_offer(u, at->s, area, COLOR_CARD, "name", &text)) return say(u, at, text);
    return r.left ? say(u, at, r.text) : (struct intent){0};
}

const struct answer_kind answer_WORDS = {.draw = draw};
