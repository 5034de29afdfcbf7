/* export.c -- the journal into a bundle, a few milliseconds a call.
 *
 * Stages in the order of the file: records, copies, receipt, blobs, end. What goes along is
 * fixed at the start; records written meanwhile go with the next bundle. No statement stays
 * open between two calls, so people go on writing while the bundle grows. */
#include "base/file.h"
#include "base/keys.h"
#include "base/log.h"
#include "base/text.h"
#include "sync/exporting.h"
#include "sync/made.h"

static void export_free(struct export *e) {
    writer_release(&e->writer);
    packer_release(&e->packer);
    frame_state_release(&e->frames);
    buf_release(&e->raw);
    buf_release(&e->packed);
    buf_release(&e->payload);
    buf_release(&e->receipt);
    hash_set_release(&e->names);
    hash_set_release(&e->had);
    key_wipe(e->code, sizeof e->code);
    key_wipe(e->credentials.token, sizeof e->credentials.token);
    struct arena a = e->arena;
    arena_release(&a);
}

enum status export_start(struct export **out, struct journal *j,
                         const struct export_options *o) {
    struct arena a = {0};
    struct export *e = wire_take(&a, sizeof *e);
    e->arena = a;
    e->j = j;
    enum status s = export_begin(e, o);
    if (s) {
        export_free(e);
        return s;
    }
    *out = e;
    return STATUS_OK;
}

/* ---- the end
 * ---------------------------------------------------------------------------------- */

static void sign_with_journal(const void *ctx, const void *p, size_t n, uint8_t out[64]) {
    journal_sign(ctx, p, n, out);
}

static enum status step_seal(struct export *e) {
    struct signer signer = {.sign = sign_with_journal, .ctx = e->j};
    enum status s = writer_seal(&e->writer, &signer, &e->id);
    if (!s) e->stage = STAGE_DONE;
    return s;
}

static enum status step(struct export *e) {
    switch (e->stage) {
    case STAGE_RECORDS:
        return export_records(e);
    case STAGE_COPIES:
        return export_copies(e);
    case STAGE_RECEIPT:
        return export_receipt(e);
    case STAGE_BLOBS:
        return export_blobs(e);
    case STAGE_SEAL:
        return step_seal(e);
    case STAGE_DONE:
        break;
    }
    return STATUS_OK;
}

static double progress_of(const struct export *e) {
    double all = (double)e->manifest.records + (double)e->copies_count + 1;
    double done = (double)e->records_done + (double)e->copies_done;
    double blobs = e->blobs_count ? (double)e->blobs_done / (double)e->blobs_count : 1;
    if (e->stage < STAGE_BLOBS) return 0.6 * done / all;
    return e->stage == STAGE_DONE ? 1 : 0.6 + 0.39 * blobs;
}

enum status export_step(struct export *e, int ms, bool *done, double *progress) {
    const struct clock *clock = journal_clock(e->j);
    int64_t until = clock_boot(clock) + ms;
    enum status s = STATUS_OK;
    do {
        s = step(e);
    } while (!s && e->stage != STAGE_DONE && clock_boot(clock) < until);
    if (s) return s;
    *done = e->stage == STAGE_DONE;
    if (progress) *progress = progress_of(e);
    return STATUS_OK;
}

/* Marker first, then the name: a bundle that anybody can have seen is never ahead of the
 * marker. */
static enum status publish(struct export *e) {
    struct journal_self self;
    journal_self(e->j, &self);
    enum status s = STATUS_OK;
    for (size_t i = 0; i < e->sections_count && !s; i++) {
        const struct section *x = &e->sections[i].section;
        if (e->sections[i].log_no == self.log && x->last_seq > union_exported_seq(e->j))
            s = union_mark_exported(e->j, x->last_seq, &x->head);
    }
    return s ? s : writer_publish(&e->writer);
}

static enum status remember(struct export *e, const struct export_summary *sum) {
    struct journal_self self;
    journal_self(e->j, &self);
    struct made made = {.at = e->manifest.made_at,
                        .records = sum->records,
                        .bytes = sum->bytes,
                        .log = self.log_id,
                        .purpose = e->manifest.purpose,
                        .sealed = export_is_sealed(e)};
    text_copy(made.name, sizeof made.name, path_name(e->writer.path));
    enum status s = STATUS_OK;
    for (size_t i = 0; i < e->sections_count && !s; i++) {
        const struct section *x = &e->sections[i].section;
        if (hash_equal(&x->log, &self.log_id)) made.last_seq = x->last_seq;
        if (memcmp(x->key, self.key, sizeof x->key) == 0)
            s = checkpoint_keep(e->j, x, &e->arena);
    }
    return s ? s : made_keep(e->j, &made, &sum->id);
}

enum status export_finish(struct export *e, struct export_summary *out) {
    BELIEVE(e->stage == STAGE_DONE);
    struct export_summary sum = {.records = (int64_t)e->manifest.records,
                                 .blobs = e->blobs_written,
                                 .bytes = (int64_t)e->writer.written,
                                 .sealed = export_is_sealed(e),
                                 .id = e->id};
    enum status s = publish(e);
    /* The file has its name: what we note about it for the list must not make it look failed.
     */
    enum status noted = s ? STATUS_OK : remember(e, &sum);
    if (noted) log_line("a bundle was made, but not noted: %s", status_key(noted));
    export_free(e);
    if (!s) *out = sum;
    return s;
}

void export_cancel(struct export *e) {
    if (e) export_free(e);
}

enum status export_all(struct journal *j, const struct export_options *o,
                       struct export_summary *out) {
    struct export *e = NULL;
    bool done = false;
    enum status s = export_start(&e, j, o);
    while (!s && !done)
        s = export_step(e, 1000, &done, NULL);
    if (s) {
        export_cancel(e);
        return s;
    }
    return export_finish(e, out);
}
