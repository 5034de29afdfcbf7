/* answer_ready.c -- is it so: yes, no, not for us; or no, but someone is putting it right. */
#include "screen/answer.h"

static const struct answer_word said[] = {
    {"yes", "answer.yes", ICON_CHECK, BUTTON_MET, false, false},
    {"action", "answer.action", ICON_CLOCK, BUTTON_PARTLY, false, false},
    {"no", "answer.no", ICON_X, BUTTON_NOT_MET, false, false},
    {"does_not_apply", "answer.does_not_apply", ICON_DOTS_THREE, BUTTON_NA, true, false},
};

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    return answer_words(u, at, area, said, sizeof said / sizeof *said);
}

const struct answer_kind answer_READY = {.draw = draw};
