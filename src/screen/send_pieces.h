/* send_pieces.h -- what the send screen's files share. */
#ifndef SCREEN_SEND_PIECES_H
#define SCREEN_SEND_PIECES_H

#include "model/send_model.h"
#include "screen/part.h"

#define SEND_CODE "send/code" /* draft key of the code that is typed */

struct send_state {
    bool choosing;  /* the folder sheet for saving */
    bool reading;   /* the file sheet for a receipt or pack */
    char typed[24]; /* the code as it stood in the last frame */
};

struct sending {
    struct ui *u;
    const struct scene *s;
    struct send_state *state;
    const struct send_model *m;
    struct intent intent;
};

/* send_sheets.c: where to, which file, and what has to be asked before it can be read */
void send_sheets(struct sending *d);
/* send_made.c: every bundle made here and what became of it */
void send_made(struct sending *d, rect *area);
const char *send_size(struct sending *d, int64_t bytes);
/* Letters and figures of a code in groups, "ABCD-EFGH-JKLM"; what is no part of one is left
 * out. */
const char *send_code_groups(struct arena *a, const char *typed);

#endif
