/* voice_pieces.h -- what the recorder and the notes below it share. Seen by voice_*.c only. */
#ifndef SCREEN_VOICE_PIECES_H
#define SCREEN_VOICE_PIECES_H

#include "screen/voice_part.h"

#define VOICE_ROUND_DP 84.0F

/* "0:24", "12:07", "1:02:09". */
const char *voice_clock(const struct voice_part *p, int64_t ms);
const char *voice_size(const struct voice_part *p, int64_t bytes);
/* "The tablet stopped at 3:12. Everything up to then is here."; NULL: a person ended it. */
const char *voice_cut(const struct voice_part *p, const char *why, int64_t ms);

/* One note, as far as playing goes: e NULL is what was just recorded. */
struct voice_sound {
    const struct evidence *e;
    int64_t ms;
};
bool voice_plays(const struct voice_part *p, const struct voice_sound *n);
int64_t voice_at(const struct voice_part *p, const struct voice_sound *n); /* heard so far */
struct intent voice_play(const struct voice_part *p, const struct voice_sound *n, int64_t from);
struct intent voice_hush(const struct voice_part *p, const struct voice_sound *n);
/* A finger on r looks for a place in it: *at is where, while it does; the intent when it is
 * lifted. */
struct intent voice_seek(const struct voice_part *p, const struct voice_sound *n, rect r,
                         const char *key, int64_t *at);

/* Bars as high as it was loud. `shown` bars of `of` in the colour of what was heard. */
struct voice_bars {
    const uint8_t *wave;
    int count;
    bool newest; /* the end of it, at its own pace; else the whole, fitted in */
    float heard; /* 0 to 1 */
};
void voice_bars(const struct voice_part *p, rect r, const struct voice_bars *b);

/* Taking away what cannot be brought back is asked for once. 1: away with it, -1: no. */
int voice_really(const struct voice_part *p, rect *in, const char *question, enum color ground);

#endif
