/* lock.h -- the lock page: who are you, your PIN, nothing else.
 *
 * Drawn by the app while no journal is open, so it is no screen of the list. Nothing of the tablet's contents can be on
 * it: initials, a pad, the time, what to do in an emergency. */
#ifndef SCREEN_LOCK_H
#define SCREEN_LOCK_H

#include "screen/screen.h"

enum lock_stage {
    LOCK_WHO,     /* several people: tap your initials */
    LOCK_TRY,     /* the pad or the passphrase of `chosen` */
    LOCK_CODE,    /* the office's code */
    LOCK_OPENING, /* a try is being heard: drawn once before the key is derived */
    LOCK_LOADING  /* let in: the tables are made, with a progress bar when it takes longer */
};
struct lock_person {
    int slot;
    const char *label;
    bool pin; /* a pad with digits; else a field for words */
};
struct lock_page {
    const struct lock_person *people;
    size_t people_count;
    int chosen; /* index in people, -1 nobody */
    enum lock_stage stage;
    bool has_code;      /* an office can help who forgot the PIN */
    bool wrong;         /* the last try was another PIN or code */
    int wrong_tries;    /* since somebody was let in */
    int64_t wait_ms;    /* > 0: nobody is heard yet */
    double progress;    /* LOCK_LOADING */
    bool sealing;       /* LOCK_LOADING: everything is being sealed for the first time */
    const char *problem; /* a sentence of what went wrong, "" nothing */
};
enum lock_wish { LOCK_WISH_NOTHING, LOCK_WISH_CHOOSE, LOCK_WISH_TRY, LOCK_WISH_FORGOT, LOCK_WISH_TRY_CODE, LOCK_WISH_BACK };
struct lock_answer {
    enum lock_wish wish;
    int chosen; /* LOCK_WISH_CHOOSE: index in people */
};
/* scene: words, clock, theme, left hand and secret are set; nothing of the journal. What is typed is in scene->secret. */
struct lock_answer lock_draw(struct ui *u, const struct scene *s, const struct lock_page *p, rect area);

#endif
