/* answer_ask.c -- a question put to a worker. "Not asked: would have taken them from someone"
 * is one tap and neutral. */
#include "screen/answer.h"

#include "base/text.h"

static const struct answer_word words_ask[] = {
    {"sure", "answer.sure", ICON_CHECK, BUTTON_MET, false, false},
    {"partly", "answer.partly", ICON_MINUS, BUTTON_PARTLY, false, false},
    {"could_not_say", "answer.could_not_say", ICON_X, BUTTON_NOT_MET, false, false},
    {"not_asked", "answer.not_asked", ICON_EYE_SLASH, BUTTON_NA, true, false},
    {"spared", "answer.spared", ICON_HAND_HEART, BUTTON_NA, true, false},
};

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    return answer_words(u, at, area, words_ask, 5);
}

const struct answer_kind answer_ASK = {.draw = draw};
