/* own_pieces.h -- the cards picked for a form of one's own, while it is made.
 *
 * They stand in a text field that is never shown ("own/new/picks", a line a card: FORM/ITEM), so that they are drafts as
 * durable as typing and the same on the search page and on the form's own. `code`: the form that is changed, "" a new one. */
#ifndef SCREEN_OWN_PIECES_H
#define SCREEN_OWN_PIECES_H

#include "care/own_form.h"
#include "screen/part.h"

const char *own_key(struct ui *u, const char *code, const char *what); /* "own/new/title", in the frame arena */
bool own_begun(struct ui *u, const char *code);
int own_picks(struct ui *u, const char *code, struct own_choice out[OWN_ITEMS_MOST]);
int own_picks_count(struct ui *u, const char *code);
void own_picks_set(struct ui *u, const char *code, const struct own_choice *picks, int n);
bool own_picked(struct ui *u, const char *code, const char *item); /* from whichever form: ids are unique */
void own_pick_turn(struct ui *u, const char *code, const char *form, const char *item); /* in, or out again */
void own_forget(struct ui *u, const char *code); /* as if it had never been begun */

/* A button as wide as the area. */
bool own_button(struct ui *u, const struct scene *s, rect *area, const char *words_key, enum icon icon);
/* These pages and Start stand in each other's place, so that back from any of them is one step. */
struct intent own_go(enum screen_id screen, const char *word, const char *word2);

#endif
