/* answer_proof.c -- does it stand up: proved, partly, not proved. */
#include "screen/answer.h"

static const struct answer_word said[] = {
    {"proved", "answer.proved", ICON_CHECK, BUTTON_MET, false, false},
    {"partly", "answer.partly", ICON_MINUS, BUTTON_PARTLY, false, false},
    {"not_proved", "answer.not_proved", ICON_X, BUTTON_NOT_MET, false, false},
};

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    return answer_words(u, at, area, said, sizeof said / sizeof *said);
}

const struct answer_kind answer_PROOF = {.draw = draw};
