/* evidence.h -- a photo or a voice note becomes a record, or waits for the form it belongs to.
 *
 * Journey: shot.c and recorder.c give bytes → blob and attachment in one transaction. What is made while Saw something or
 * Heard something is still being filled waits as a draft (its blob is on the disk already) and is claimed when that form is
 * kept, in the same transaction. */
#ifndef APP_EVIDENCE_H
#define APP_EVIDENCE_H

#include "app/app.h"
#include "model/evidence_model.h"
#include "screen/evidence_to.h" /* places and targets: one packs into the other */

struct evidence_new {
    enum evidence_sort sort;
    hash256 hash, thumb;   /* blobs that are there already; thumb zero: none */
    const char *caption, *source, *cut_off, *type;
    int64_t size, ms, taken;
    int width, height;
    bool nobody;
    row_id by; /* who held the tablet when it was made; 0: whoever does now */
};
/* Inside a transaction. *row: the attachment, 0 when it waits. STATUS_SEALED: the check is sealed. */
MUST_CHECK enum status evidence_put(struct app *a, const struct evidence_to *to, const struct evidence_new *e, row_id *row);
/* In act_observe and act_feedback: what waited for that form now belongs to `row`. */
MUST_CHECK enum status evidence_claim(struct act *t, enum evidence_for form, row_id visit, const char *item, row_id row);
/* A check is not sealed over what waits in one of its forms, where nobody could keep it any more: true, and its form is shown. */
bool evidence_navigate(struct app *a, const struct intent *in);
/* Whether something may be kept there at all, asked before it is made. STATUS_SEALED: the check is sealed; STATUS_INVALID:
 * restricted, or nothing that it could belong to. */
MUST_CHECK enum status evidence_may(struct app *a, const struct evidence_to *to);
/* After the commit: a toast with the words of `key` that offers to take it back. row as evidence_put gave it. */
void evidence_kept(struct app *a, const struct evidence_to *to, row_id row, const char *key);
/* One that waits for its form is taken back: its draft goes, and its bytes unless something else names them. Its own
 * transaction unless inside one. STATUS_NOT_FOUND: it does not wait (any more). */
MUST_CHECK enum status evidence_drop(struct app *a, const struct evidence_to *to, int64_t number);
/* The bytes go, unless something that waits for its form names them. Whether a row does is the caller's to know. */
MUST_CHECK enum status evidence_drop_bytes(struct app *a, const hash256 *h);
/* What was put last and waits: its number, 0 none. */
int64_t evidence_newest(struct app *a, const struct evidence_to *to);

#endif
