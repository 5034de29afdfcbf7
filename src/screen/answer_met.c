/* answer_met.c -- Met, Partly, Not met; smaller beside them Not seen and Does not apply, which
 * never count as good. */
#include "screen/answer.h"

#include "base/text.h"

static const struct answer_word words_met[] = {
    {"met", "answer.met", ICON_CHECK, BUTTON_MET, false, false},
    {"partly", "answer.partly", ICON_MINUS, BUTTON_PARTLY, false, false},
    {"not_met", "answer.not_met", ICON_X, BUTTON_NOT_MET, false, false},
    {"not_seen", "answer.not_seen", ICON_EYE_SLASH, BUTTON_NA, true, false},
    {"does_not_apply", "answer.does_not_apply", ICON_DOTS_THREE, BUTTON_NA, true, false},
};

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    return answer_words(u, at, area, words_met, 5);
}

const struct answer_kind answer_MET = {.draw = draw};
