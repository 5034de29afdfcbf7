/* answer_face.c -- 1 to 5 in faces, for someone who points rather than says. Each face keeps
 * its word. */
#include "screen/answer.h"

static const struct {
    const char *key;
    enum icon icon;
} faces[] = {
    {"answer.face1", ICON_SMILEY_SAD}, {"answer.face2", ICON_SMILEY_SAD},
    {"answer.face3", ICON_SMILEY_MEH}, {"answer.face4", ICON_SMILEY},
    {"answer.face5", ICON_SMILEY},
};

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const struct answer_value *v = answer_value_of(at);
    struct option o[5];
    for (int i = 0; i < 5; i++) {
        o[i] = (struct option){
            .label = WORD(at->s, faces[i].key), .icon = faces[i].icon, .role = BUTTON_MAIN};
    }
    int selected = v->has_number ? (int)v->number - 1 : -1;
    int tapped = part_options(u, area, "faces", o, 5, selected, ui_theme(u)->touch_answer);
    return tapped < 0 ? (struct intent){0} : answer_number(u, at, tapped + 1);
}

const struct answer_kind answer_FACE = {.draw = draw};
