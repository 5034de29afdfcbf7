/* answer_yes_no.c -- yes, no, does not apply. */
#include "screen/answer.h"

#include "base/text.h"

static const struct answer_word words_yes_no[] = {
    {"yes", "answer.yes", ICON_CHECK, BUTTON_MET, false, false},
    {"no", "answer.no", ICON_X, BUTTON_NOT_MET, false, false},
    {"does_not_apply", "answer.does_not_apply", ICON_DOTS_THREE, BUTTON_NA, true, false},
};

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    return answer_words(u, at, area, words_yes_no, 3);
}

const struct answer_kind answer_YES_NO = {.draw = draw};
