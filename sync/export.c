/* export.c -- the journal into a bundle, a few milliseconds a call.
 *
 * Stages in the order of the file: records, copies, receipt, blobs, end. What goes along is
 * fixed at the start; records written meanwhile go with the next bundle. No statement stays
 * open between two calls, so people go on writing while the bundle grows. */
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "sync/blobs.h"
#include "sync/enrol.h"
#include "sync/frame.h"
#include "sync/had.h"
#include "sync/made.h"
#include "sync/plan.h"
#include "sync/reader.h"
#include "sync/writer.h"

#define PROGRAM_NAME     "Lantern 1"
#define BLOB_TASTE_BYTES (16 * 1024)
#define ROOM_BYTES       (256 * 1024) /* free space that a bundle never asks for less than */

enum export_stage {
    STAGE_RECORDS,
    STAGE_COPIES,
    STAGE_RECEIPT,
    STAGE_BLOBS,
    STAGE_SEAL,
    STAGE_DONE
};

struct export {
    struct arena arena;
    struct journal *j;
    enum export_stage stage;
    struct manifest manifest;
    struct bundle_writer writer;
    struct packer packer;
    struct frame_state frames;
    struct buf raw, packed, payload;
    struct planned *sections;
    size_t sections_count, section;
    int64_t next_seq, records_done;
    row_id *copies; /* records, the present versions */
    size_t copies_count, copies_done;
    struct log_info *logs;
    size_t logs_count;
    struct buf receipt;
    struct hash_set names, had; /* to be sent; the office has them */
    const row_id *withheld;     /* ascending */
    size_t withheld_count;
    uint8_t readers[2][32]; /* who can open it; none: an open bundle */
    size_t readers_count;
    char code[13]; /* or whoever knows this; "" none */
    struct credentials credentials;
    hash256 *blobs;
    size_t blobs_count, blobs_done;
    uint32_t blob_size, blob_at; /* of the one that is being sent */
    bool blob_open, blob_packs;
    int64_t blobs_written;
    hash256 id;
};

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

/* ---- starting
 * --------------------------------------------------------------------------------- */

static const struct log_info *log_of(const struct export *e, row_id record) {
    for (size_t i = 0; i < e->logs_count; i++)
        if (e->logs[i].no == ROW_LOG(record)) return &e->logs[i];
    return NULL;
}

static enum status fill_manifest(struct export *e, const struct export_options *o, int64_t now,
                                 const hash256 *provider) {
    struct journal_self self;
    journal_self(e->j, &self);
    struct manifest *m = &e->manifest;
    *m = (struct manifest){.purpose = o->purpose,
                           .made_at = now,
                           .made_offset_min = (int16_t)london_offset_min(now),
                           .provider = *provider,
                           .sections = (uint32_t)e->sections_count,
                           .copies = (uint32_t)e->copies_count,
                           .receipt = e->receipt.size > 0};
    memcpy(m->carrier, self.key, sizeof m->carrier);
    for (size_t i = 0; i < e->sections_count; i++)
        m->records +=
            (uint64_t)(e->sections[i].section.last_seq - e->sections[i].section.first_seq + 1);
    text_copy(m->program, sizeof m->program, PROGRAM_NAME);
    if (o->purpose == BUNDLE_PACK && o->for_tablet)
        text_copy(m->tablet, sizeof m->tablet, o->for_tablet);
    return plan_carrier_name(e->j, &e->arena, m->carrier_name);
}

/* Blobs that the office has records of, but not the bytes. */
static void add_lacking(struct export *e, const struct receipt *r) {
    for (uint32_t i = 0; i < r->lacking_count; i++)
        if (blob_have(e->j, &r->lacking[i])) hash_set_add(&e->names, &r->lacking[i]);
}

static enum status choose_readers(struct export *e, const struct export_options *o) {
    if (o->purpose == BUNDLE_TO_OFFICE)
        return o->open ? STATUS_OK : enrol_readers(e->j, e->readers, &e->readers_count);
    if (o->seal_to) memcpy(e->readers[e->readers_count++], o->seal_to, 32);
    if (o->code && !enrol_code_read(o->code, e->code))
        return status_fail(STATUS_INVALID,
                           "That is not a code: a code has twelve letters and digits.");
    return STATUS_OK;
}

static bool is_sealed(const struct export *e) {
    return e->readers_count > 0 || e->code[0];
}

static enum status say_credentials(struct export *e, const struct export_options *o) {
    enum status s = enrol_credentials(e->j, &e->arena, o->purpose, &e->credentials);
    if (s || !o->token) return s;
    BELIEVE(o->purpose == BUNDLE_PACK && o->code); /* a token never lies open */
    e->credentials.token_any = true;
    memcpy(e->credentials.token, o->token, TOKEN_BYTES);
    return STATUS_OK;
}

static enum status plan(struct export *e, const struct export_options *o) {
    int64_t now = clock_wall(journal_clock(e->j));
    bool pack_wanted = o->purpose == BUNDLE_PACK, any = false;
    struct receipt receipt;
    hash256 provider;
    e->withheld = o->withheld;
    e->withheld_count = o->withheld_count;
    enum status s = choose_readers(e, o);
    if (!s) s = say_credentials(e, o); /* first: it may finish a change of keys */
    if (!s) s = provider_id(e->j, &provider);
    if (!s) s = union_logs(e->j, &e->arena, &e->logs, &e->logs_count);
    if (!s && !pack_wanted) s = receipt_load(e->j, &e->arena, &any, &receipt);
    if (s) return s;
    if (any && !o->everything) s = had_load(e->j, &e->had);
    if (s) return s;
    if (any) add_lacking(e, &receipt);
    s = plan_sections(e->j, &e->arena, o->purpose, any && !o->everything ? &receipt : NULL,
                      &provider, now, &e->sections, &e->sections_count);
    if (!s && pack_wanted)
        s = plan_copies(e->j, &e->arena, o->copies, o->copies_count, &e->copies,
                        &e->copies_count);
    if (!s && pack_wanted) s = receipt_make(e->j, &provider, now, &e->arena, &e->receipt);
    if (!s) s = fill_manifest(e, o, now, &provider);
    return s;
}

/* Nothing to say, nothing said: so were all bundles before there was enrolment. */
static void write_credentials(struct export *e) {
    static const uint8_t none[32];
    const struct credentials *c = &e->credentials;
    bool any = c->office_at || c->token_any || c->successions_count || c->proofs_count ||
               memcmp(c->recovery, none, sizeof none) != 0;
    if (!any) return;
    buf_clear(&e->payload);
    credentials_put(&e->payload, c);
    writer_block(&e->writer, BLOCK_CREDENTIALS, &e->payload);
    if (e->payload.size) key_wipe(e->payload.data, e->payload.size);
}

static enum status begin_file(struct export *e, const char *path) {
    int64_t room = file_free_bytes(path_dir(&e->arena, path));
    if (room >= 0 && room < ROOM_BYTES)
        return status_fail(STATUS_DISK_FULL, "There is no room left there.");
    struct writer_readers readers = {
        .keys = e->readers[0], .count = e->readers_count, .code = e->code[0] ? e->code : NULL};
    enum status s = writer_open_for(&e->writer, path, &readers);
    if (s) return s;
    manifest_put(&e->payload, &e->manifest);
    writer_block(&e->writer, BLOCK_MANIFEST, &e->payload);
    buf_clear(&e->payload);
    for (size_t i = 0; i < e->sections_count; i++)
        section_put(&e->payload, &e->sections[i].section);
    writer_block(&e->writer, BLOCK_TABLE, &e->payload);
    write_credentials(e);
    return e->writer.status;
}

enum status export_start(struct export **out, struct journal *j,
                         const struct export_options *o) {
    struct arena a = {0};
    struct export *e = wire_take(&a, sizeof *e);
    e->arena = a;
    e->j = j;
    enum status s = plan(e, o);
    if (!s) s = begin_file(e, o->path);
    if (s) {
        export_free(e);
        return s;
    }
    if (e->sections_count) e->next_seq = e->sections[0].section.first_seq;
    *out = e;
    return STATUS_OK;
}

/* ---- records
 * ---------------------------------------------------------------------------------- */

/* Puts one more frame in, or leaves the chunk as it was when it would become too large: *full.
 */
static enum status add_frame(struct export *e, const hash256 *log, const struct record_wire *r,
                             bool copy, bool *full) {
    size_t before = e->raw.size;
    enum status s =
        copy ? copy_put(&e->raw, &e->frames, log, r) : frame_put(&e->raw, &e->frames, log, r);
    if (s) return s;
    *full = e->raw.size > BUNDLE_CHUNK_BYTES;
    if (*full)
        e->raw.size = before; /* the state starts afresh with the next chunk */
    else
        blobs_of_record(&e->names, r);
    return STATUS_OK;
}

static void write_chunk(struct export *e, enum block_type type, int64_t count) {
    buf_clear(&e->payload);
    chunk_put(&e->packer, &e->payload, (uint16_t)count, &e->raw);
    writer_block(&e->writer, type, &e->payload);
}

static int by_row(const void *x, const void *y) {
    row_id a = *(const row_id *)x, b = *(const row_id *)y;
    return (a > b) - (a < b);
}

/* The row's local number: it was created in this log, or in another one of ours. */
static row_id row_of(const struct export *e, const struct record_wire *r) {
    const struct planned *p = &e->sections[e->section];
    if (r->op == OP_CREATE || hash_equal(&r->row.log, &p->section.log))
        return ROW_ID(p->log_no, r->row.seq);
    for (size_t i = 0; i < e->logs_count; i++)
        if (hash_equal(&e->logs[i].id, &r->row.log)) return ROW_ID(e->logs[i].no, r->row.seq);
    return 0;
}

static enum status withhold(const struct export *e, struct union_reader *u,
                            struct record_wire *r) {
    if (!e->withheld_count || r->body_erased) return STATUS_OK;
    row_id row = row_of(e, r);
    if (!bsearch(&row, e->withheld, e->withheld_count, sizeof row, by_row)) return STATUS_OK;
    return union_withhold(u, r);
}

/* One chunk of the present section. */
static enum status records_chunk(struct export *e) {
    const struct section *s = &e->sections[e->section].section;
    int64_t last = e->next_seq + BUNDLE_CHUNK_RECORDS - 1;
    if (last > s->last_seq) last = s->last_seq;
    uint64_t floor = e->frames.floor;
    struct union_reader *u = NULL;
    struct record_wire r;
    enum status st =
        union_read_lean(&u, e->j, e->sections[e->section].log_no, e->next_seq, last);
    if (st) return st;
    if (e->next_seq == s->first_seq)
        frame_section_start(&e->frames);
    else
        frame_chunk_start(&e->frames);
    buf_clear(&e->raw);
    int64_t seq = e->next_seq;
    bool full = false;
    while (!st && seq <= last && union_read_next(u, &r)) {
        if (r.seq != seq) break;
        floor = e->frames.floor;
        st = withhold(e, u, &r);
        if (!st) st = add_frame(e, &s->log, &r, false, &full);
        if (st || full) break;
        seq++;
    }
    enum status closed = union_read_close(u);
    if (!st) st = closed;
    if (!st && !full && seq <= last)
        st = status_fail(STATUS_DAMAGED, "Record %lld is missing from the journal.",
                         (long long)seq);
    if (st) return st;
    if (full) e->frames.floor = floor;
    write_chunk(e, BLOCK_CHUNK, seq - e->next_seq);
    e->records_done += seq - e->next_seq;
    e->next_seq = seq;
    return e->writer.status;
}

static enum status step_records(struct export *e) {
    if (e->section == e->sections_count) {
        e->stage = STAGE_COPIES;
        return STATUS_OK;
    }
    enum status s = records_chunk(e);
    if (s || e->next_seq <= e->sections[e->section].section.last_seq) return s;
    e->section++;
    if (e->section < e->sections_count) e->next_seq = e->sections[e->section].section.first_seq;
    return STATUS_OK;
}

/* ---- copies, receipt, blobs
 * ------------------------------------------------------------------- */

static enum status add_copy(struct export *e, row_id version, bool *full) {
    struct union_reader *u = NULL;
    struct record_wire r;
    int64_t seq = ROW_SEQ(version);
    const struct log_info *log = log_of(e, version);
    enum status s = union_read_open(&u, e->j, ROW_LOG(version), seq, seq);
    if (s) return s;
    if (union_read_next(u, &r))
        s = add_frame(e, &log->id, &r, true, full);
    else
        s = status_fail(STATUS_DAMAGED, "Record %lld is missing from the journal.",
                        (long long)seq);
    enum status closed = union_read_close(u);
    return s ? s : closed;
}

static enum status step_copies(struct export *e) {
    if (e->copies_done == e->copies_count) {
        e->stage = STAGE_RECEIPT;
        return STATUS_OK;
    }
    frame_section_start(&e->frames);
    buf_clear(&e->raw);
    int64_t count = 0;
    bool full = false;
    while (count < BUNDLE_CHUNK_RECORDS && e->copies_done < e->copies_count) {
        enum status s = add_copy(e, e->copies[e->copies_done], &full);
        if (s) return s;
        if (full) break;
        e->copies_done++;
        count++;
    }
    write_chunk(e, BLOCK_COPIES, count);
    return e->writer.status;
}

static enum status step_receipt(struct export *e) {
    if (e->receipt.size) writer_block(&e->writer, BLOCK_RECEIPT, &e->receipt);
    e->blobs = hash_set_sorted(&e->names, &e->arena, &e->blobs_count);
    e->stage = STAGE_BLOBS;
    return e->writer.status;
}

static bool packs(struct export *e, const void *p, size_t n) {
    buf_clear(&e->packed);
    pack(&e->packer, &e->packed, p, n);
    return e->packed.size < n - n / 16;
}

/* Photos and voice are packed already: what does not give way at its beginning is not tried any
 * further, or a bundle of photos would take three times as long. */
static void pack_piece(struct export *e, struct piece *p) {
    size_t taste = p->bytes_size < BLOB_TASTE_BYTES ? p->bytes_size : BLOB_TASTE_BYTES;
    if (!p->bytes_size) return;
    if (p->offset == 0 && taste < p->bytes_size) e->blob_packs = packs(e, p->bytes, taste);
    if (e->blob_packs) e->blob_packs = packs(e, p->bytes, p->bytes_size);
    if (!e->blob_packs) return;
    p->packed = true;
    p->bytes = e->packed.data;
    p->bytes_size = e->packed.size;
}

static enum status write_piece(struct export *e, const hash256 *name) {
    uint32_t rest = e->blob_size - e->blob_at;
    uint32_t n = rest < BUNDLE_PIECE_BYTES ? rest : BUNDLE_PIECE_BYTES;
    static const uint8_t zeros[4096];
    buf_clear(&e->raw);
    while (e->raw.room < n || !e->raw.data)
        buf_add(&e->raw, zeros, sizeof zeros);
    if (n) {
        enum status s = blob_read_at(e->j, name, e->blob_at, e->raw.data, n);
        if (s) return s;
    }
    struct piece p = {.name = *name,
                      .size = e->blob_size,
                      .offset = e->blob_at,
                      .raw_size = n,
                      .bytes = e->raw.data,
                      .bytes_size = n};
    pack_piece(e, &p);
    buf_clear(&e->payload);
    piece_put(&e->payload, &p);
    writer_block(&e->writer, BLOCK_PIECE, &e->payload);
    e->blob_at += n;
    return e->writer.status;
}

/* The next one to be sent: not there already, and not one that is named but never came to us.
 */
static enum status next_blob(struct export *e) {
    const hash256 *name = &e->blobs[e->blobs_done];
    if (hash_set_has(&e->had, name) || !blob_have(e->j, name)) {
        e->blobs_done++;
        return STATUS_OK;
    }
    e->blob_at = 0;
    e->blob_open = e->blob_packs = true;
    return blob_size(e->j, name, &e->blob_size);
}

/* One piece. */
static enum status step_blob(struct export *e) {
    if (e->blobs_done == e->blobs_count) {
        e->stage = STAGE_SEAL;
        return STATUS_OK;
    }
    enum status s = e->blob_open ? STATUS_OK : next_blob(e);
    if (s || !e->blob_open) return s;
    s = write_piece(e, &e->blobs[e->blobs_done]);
    if (s || e->blob_at < e->blob_size) return s;
    e->blob_open = false;
    e->blobs_done++;
    e->blobs_written++;
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
        return step_records(e);
    case STAGE_COPIES:
        return step_copies(e);
    case STAGE_RECEIPT:
        return step_receipt(e);
    case STAGE_BLOBS:
        return step_blob(e);
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
                        .sealed = is_sealed(e)};
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
                                 .sealed = is_sealed(e),
                                 .id = e->id};
    enum status s = publish(e);
    /* The file has its name: what we note about it for the list must not make it look failed.
     */
    if (!s && remember(e, &sum))
        log_line("a bundle was made, but not noted: %s", status_detail());
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
