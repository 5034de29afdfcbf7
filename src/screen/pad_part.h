/* pad_part.h -- what the lock page and the pin screen share: the pad of digits, dots for what
 * was typed, initials in a circle, and the sentence for a wait. Only the secret's own memory
 * ever holds what is typed. */
#ifndef SCREEN_PAD_PART_H
#define SCREEN_PAD_PART_H

#include "screen/part.h"

struct pad {
    char *typed;       /* scene.secret's */
    size_t room;       /* with the NUL */
    bool off;          /* nobody is heard now */
    bool ready;        /* there is enough for Enter */
    const char *enter; /* the name of Enter: what happens then */
};
enum pad_tap { PAD_NOTHING, PAD_TYPED, PAD_ENTER };
/* Three columns and four rows in the middle of r; Enter at the side of the thumb. A real
 * keyboard's digits work too. */
enum pad_tap part_pad(struct ui *u, const struct scene *s, rect r, const struct pad *p);
float part_pad_width(struct ui *u);              /* what it would like; it takes less */
float part_pad_height(struct ui *u, float room); /* room: how high it may be, 0 its least */

/* A dot for each digit, places for the least there must be. */
void part_dots(struct ui *u, rect r, const char *typed, size_t least);
float part_dots_height(struct ui *u);

/* Initials in a circle. */
void part_initials(struct ui *u, rect r, const char *label);
bool part_initials_button(struct ui *u, rect r, const char *label, const char *key,
                          enum font f);
float part_initials_size(struct ui *u);

/* "4 minutes", or, in the last minute, "42 seconds": asks for the frame in which it changes. */
const char *part_wait(struct ui *u, const struct scene *s, int64_t ms);

#endif
