/* recorder.h -- voice notes: recorded, kept or discarded, played.
 *
 * Journey: screen → intent voice_* → here → microphone → media/voice → a draft each second → on Keep one blob and one
 * attachment (evidence.c). There is one note at a time; until it is kept or discarded it stands in scene.voice, over
 * restarts too.
 *
 *      NONE ── start ── RECORDING ⇄ PAUSED
 *                         │ stop, page left, cover, lock, hidden, handed over, microphone lost, limit, disk full
 *                      STOPPED ── keep, discard, Keep of the form it is for ── NONE
 *      found at a start ──┘ (crash)
 *
 * The microphone is open in RECORDING only. Nothing plays while covered. */
#ifndef APP_RECORDER_H
#define APP_RECORDER_H

#include "app/app.h"

struct recorder;

/* Before the scene is filled: hears, writes, plays. */
void recorder_step(struct app *a);
void recorder_scene(struct app *a, struct voice_scene *out);
bool recorder_navigate(struct app *a, const struct intent *in); /* true: it was for the recorder */
/* What ends a recording from outside; also stops what plays. `cut_off` as the attachment's column, "" by a person. */
void recorder_end(struct app *a, const char *cut_off);
bool recorder_runs(const struct app *a);  /* somebody is speaking: the tablet does not cover itself */
bool recorder_saved(const struct app *a); /* all that was recorded is on the disk */

/* What it is for may have been erased: then nobody is asked any more whether to keep it. */
void recorder_erased(struct app *a, bool (*erased)(struct app *a, row_id row));
void recorder_opened(struct app *a);  /* a journal was opened: what the last life left */
void recorder_leave(struct app *a);   /* … and will be closed: everything to the disk, nothing stays in memory */
void recorder_close(struct app *a);

/* In act_observe and act_feedback, inside their transaction: what was recorded for that form and not kept yet becomes an
 * attachment of the new row. OK when there is nothing. */
bool recorder_holds(const struct app *a, enum evidence_for form, row_id visit, const char *item);
MUST_CHECK enum status recorder_claim(struct act *t, enum evidence_for form, row_id visit, const char *item, row_id row);

#endif
