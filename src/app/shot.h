/* shot.h -- one photo at a time: the camera's preview or a file, its marks, and keeping it.
 *
 * Journey: camera page → intent photo_*, camera_* → here → media/picture → on Keep two blobs (picture, thumbnail) and one
 * attachment (evidence.c), in one transaction.
 *
 *      NONE ── take ────────────────→ READY ── keep ── KEEPING ── NONE, back from the page
 *       │ ↑                           │ mark, unmark       │ disk full … READY
 *       │ └── drop, page left, lock ──┘                    (leaving or covering meanwhile does not stop it)
 *       └─ file ── READING ── READY
 *                     └ not a picture … REFUSED ── take, file, drop
 *
 * Invariants
 *  1. The camera is open exactly while its page is on top, nothing covers it and no shot is held.
 *  2. What was taken lies in memory only, and is wiped, until it is kept; what is kept has its marks burnt in.
 *  3. Cover hides the shot and keeps it; locking lets it go, and says so afterwards. */
#ifndef APP_SHOT_H
#define APP_SHOT_H

#include "app/app.h"

struct shot;

void shot_step(struct app *a); /* in a frame, before the model: reads, writes, looks at the camera */
void shot_scene(struct app *a);
void shot_drawn(struct app *a); /* the page has said whether it shows the preview */
bool shot_navigate(struct app *a, const struct intent *in); /* true: it was for the camera page */
const char *shot_folder(const struct app *a);               /* that its picker shows; "" as it begins */
void shot_covered(struct app *a); /* the camera closes at once: a hidden window draws no frame */
void shot_leave(struct app *a); /* the journal will be closed: what is being kept is, the rest goes */
bool shot_busy(const struct app *a);

#endif
