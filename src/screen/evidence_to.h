/* evidence_to.h -- what a photo or a voice note belongs to, packed into a place and taken out again.
 *
 * Journey: a button on the walk, Saw something, an action … → the camera's place → shot.c, evidence.c. The place is a draft
 * like all places, so a camera that was open after a crash still knows what for.
 * row: the check; other: the row, or an item's room; word: the item; word2: item | row | saw | heard | action | after. */
#ifndef SCREEN_EVIDENCE_TO_H
#define SCREEN_EVIDENCE_TO_H

#include "screen/screen.h"

struct place evidence_place(enum screen_id screen, const struct evidence_to *to);
struct evidence_to evidence_of_place(const struct place *p);
const char *evidence_what(enum evidence_for what);   /* the word; "" for nothing */
enum evidence_for evidence_for_word(const char *word);
bool evidence_same(const struct evidence_to *a, const struct evidence_to *b);

#endif
