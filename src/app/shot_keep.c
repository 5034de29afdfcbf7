/* shot_keep.c -- the shot is written as JPEG, a few milliseconds a frame, and then kept:
 * picture, thumbnail and attachment in one transaction, with the draft of its caption and the
 * way back.
 *
 * Nothing is on the disk before that transaction, so a crash leaves all of it or nothing. When
 * the disk refuses, the shot stays as it is and the person is told. */
#include "app/evidence.h"
#include "app/shot_inside.h"
#include "base/keys.h"
#include "base/log.h"
#include "base/text.h"

void keep_shot_forget(struct shot *h) {
    struct shot_keep *k = &h->keep;
    picture_write_free(k->writer);
    buf_wipe(&k->jpeg);
    buf_wipe(&k->thumb);
    key_wipe(k, sizeof *k);
}

static void not_kept(struct app *a, struct shot *h, enum status s) {
    char draft[DRAFT_KEY_MOST];
    text_copy(draft, sizeof draft, h->keep.draft);
    log_line("photo not kept: %s", status_key(s));
    keep_shot_forget(h);
    h->state = SHOT_READY;
    h->progress = 0;
    app_told(a, s);
    keep_failed(a, s, draft[0] ? draft : NULL);
}

void keep_shot_start(struct app *a, struct shot *h, const struct intent *in) {
    const struct photo_intent *p = in->detail;
    struct shot_keep *k = &h->keep;
    if (h->state != SHOT_READY || !p) return;
    keep_shot_forget(h);
    k->to = p->to.what ? p->to : h->to;
    k->page = h->to;
    k->nobody = p->nobody;
    k->back_after = in->back_after;
    text_copy(k->caption, sizeof k->caption, p->caption ? p->caption : "");
    text_copy(k->draft, sizeof k->draft, in->draft ? in->draft : "");
    status_clear();
    enum status s = data_gone(a) ? status_fail(STATUS_IO, "%s", a->db_path) : STATUS_OK;
    if (!s) s = picture_write_start(&k->writer, h->shown, &k->jpeg);
    if (s) {
        not_kept(a, h, s);
        return;
    }
    h->state = SHOT_KEEPING;
    h->progress = 0;
    ui_wake_in(a->ui, 0);
}

static enum status write_thumb(struct shot *h) {
    struct picture *small = picture_smaller(h->shown, THUMB_SIDE);
    if (!small) return status_fail(STATUS_TOO_LARGE, "no memory for a thumbnail");
    enum status s = picture_write(small, &h->keep.thumb);
    picture_free(small);
    return s;
}

static enum status put_all(struct app *a, struct shot *h, row_id *row) {
    struct shot_keep *k = &h->keep;
    struct evidence_new e = {
        .sort = EVIDENCE_PHOTO,
        .caption = text_trim(&a->act_arena, k->caption),
        .source = h->source,
        .type = "image/jpeg",
        .size = (int64_t)k->jpeg.size,
        .taken = h->taken,
        .width = picture_width(h->shown),
        .height = picture_height(h->shown),
        .nobody = k->nobody,
    };
    if (k->jpeg.overflow || k->thumb.overflow) return status_fail(STATUS_TOO_LARGE, "a photo");
    enum status s = blob_put(a->j, k->jpeg.data, k->jpeg.size, &e.hash);
    if (!s) s = blob_put(a->j, k->thumb.data, k->thumb.size, &e.thumb);
    if (!s) s = evidence_put(a, &k->to, &e, row);
    if (!s && k->draft[0]) s = drafts_forget(a, k->draft);
    return s;
}

/* Still on its own page: somebody may have left, or gone to another one, meanwhile. */
static bool goes_back(const struct app *a, const struct shot_keep *k) {
    const struct place *top = &a->stack[a->depth - 1].place;
    if (!k->back_after || top->screen != SCREEN_camera) return false;
    struct evidence_to to = evidence_of_place(top);
    return evidence_same(&to, &k->page);
}

static enum status in_transaction(struct app *a, struct shot *h, row_id *row) {
    int depth = a->depth;
    enum status s = journal_begin(a->j);
    if (s) return s;
    s = put_all(a, h, row);
    if (!s && goes_back(a, &h->keep)) stack_pop(a);
    if (!s) s = stack_keep(a);
    if (!s) s = journal_commit(a->j);
    if (!s) return STATUS_OK;
    struct status_kept why = status_keep();
    journal_rollback(a->j);
    status_put_back(&why);
    a->depth = depth; /* what was popped still stands there */
    a->stack_kept = 0;
    a->model_stale = true;
    return s;
}

static void keep_now_all(struct app *a, struct shot *h) {
    row_id row = 0;
    if (journal_writing(a->j)) return; /* a pack is being read: in a later frame */
    enum status s = in_transaction(a, h, &row);
    if (s) {
        not_kept(a, h, s);
        return;
    }
    struct evidence_to to = h->keep.to;
    if (h->keep.draft[0]) {
        ui_field_forget(a->ui, h->keep.draft);
        keep_forget(a, h->keep.draft);
    }
    shot_drop(h);
    a->model_stale = true;
    evidence_kept(a, &to, row, "shot.kept");
    log_line("photo kept");
}

void keep_shot_step(struct app *a, struct shot *h, int ms) {
    struct shot_keep *k = &h->keep;
    bool done = false;
    enum status s = STATUS_OK;
    ui_wake_in(a->ui, 0);
    switch (k->stage) {
    case KEEP_PICTURE:
        s = picture_write_step(k->writer, ms, &done, &h->progress);
        if (done) k->stage = KEEP_THUMB;
        break;
    case KEEP_THUMB:
        s = write_thumb(h);
        k->stage = KEEP_WRITE;
        break;
    case KEEP_WRITE:
        keep_now_all(a, h);
        return;
    }
    if (s) not_kept(a, h, s);
}
