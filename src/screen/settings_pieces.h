/* settings_pieces.h -- what the settings screen's files share. */
#ifndef SCREEN_SETTINGS_PIECES_H
#define SCREEN_SETTINGS_PIECES_H

#include "model/settings_model.h"
#include "screen/part.h"

struct settings_state {
    bool licences, support;
    bool freeing; /* asked whether the files that the office has may go */
};

struct setting {
    struct ui *u;
    const struct scene *s;
    struct settings_state *state;
    const struct settings_model *m;
    struct intent intent;
};

/* settings_keeps.c: whose tablet this is, what it keeps and what may go */
void settings_heading(struct setting *d, rect *in, const char *key);
void settings_note(struct setting *d, rect *in, const char *text);
bool settings_button(struct setting *d, rect *in, const char *key, enum icon icon);
void settings_office(struct setting *d, rect *area);
void settings_storage(struct setting *d, rect *area);
void settings_sheet_free(struct setting *d);
/* settings_lock.c: who can unlock it, and what that does not protect against */
void settings_lock(struct setting *d, rect *area);
/* After how many minutes without a touch the tablet covers itself. */
void settings_cover(struct setting *d, rect *in);

#endif
