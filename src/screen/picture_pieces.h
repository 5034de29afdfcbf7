/* picture_pieces.h -- what picture.c and picture_words.c share. */
#ifndef SCREEN_PICTURE_PIECES_H
#define SCREEN_PICTURE_PIECES_H

#include "model/picture_model.h"
#include "screen/part.h"

struct picture_state {
    int64_t row;          /* whose zoom this is */
    struct ui_zoom zoom;  /* of both of a pair */
    int32_t over;         /* a pair one over the other, else side by side */
    int32_t shows_before; /* … and the earlier one is on top */
    int32_t alone;        /* nothing but the photo */
};
struct picture_page {
    struct ui *u;
    const struct scene *s;
    const struct picture_model *m;
    struct picture_state *state;
    struct intent in; /* what was asked for; the first one counts */
    bool before_now;  /* a finger holds the earlier one up, in this frame */
};
void picture_take(struct picture_page *p, struct intent in);
/* How a pair is shown; cut from the area. */
void picture_pair(struct picture_page *p, rect *area);
float picture_pair_height(struct picture_page *p, float width);
/* Caption, when, who, where, what it belongs to, taking it away: in a scroll area of its own.
 */
void picture_words(struct picture_page *p, rect view);

#endif
