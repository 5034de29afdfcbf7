/* finish_pieces.h -- what the finish screen's files share. */
#ifndef SCREEN_FINISH_PIECES_H
#define SCREEN_FINISH_PIECES_H

#include "screen/found_part.h"

struct finish_state {
    char section[32]; /* whose reason is being asked; "" none */
    bool sealing;     /* the last question before the seal */
    struct voice_state voice;
};
struct finishing {
    struct ui *u;
    const struct scene *s;
    struct finish_state *state;
    const struct found *f;
    struct intent intent;
    bool sealed;
    const char *praise_key;
};

void finish_unanswered(struct finishing *d, rect *in);
void finish_tell(struct finishing *d, rect *area);
void finish_sheets(struct finishing *d);
void finish_concerns(struct finishing *d, rect *area);
/* finish_gather.c: of what was no walk */
void finish_gather(struct finishing *d, rect page, float *bottom);
void finish_close_sheet(struct finishing *d);

/* A signature pad with its Keep and Clear; true when it was signed in this frame (the intent is
 * in *out). Shared with the view for the person in charge. */
bool sign_pad(struct ui *u, const struct scene *s, rect *area, int64_t visit, const char *side,
              const char *who, const char *meaning, const char *extra, struct intent *out);

#endif
