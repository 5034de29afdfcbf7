/* export_stages.c -- records, copies, receipt and blobs into the file, in that order.
 *
 * A call writes one chunk or one piece. No statement stays open between two calls. */
#include "base/log.h"
#include "sync/exporting.h"
#include "sync/reader.h"

#define BLOB_TASTE_BYTES (4 * 1024)

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

enum status export_records(struct export *e) {
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

static const struct log_info *log_of(const struct export *e, row_id record) {
    for (size_t i = 0; i < e->logs_count; i++)
        if (e->logs[i].no == ROW_LOG(record)) return &e->logs[i];
    return NULL;
}

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

enum status export_copies(struct export *e) {
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

enum status export_receipt(struct export *e) {
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

/* Photos and voice are packed already: what does not give way in its middle, beyond any header,
 * is not tried any further, or a bundle of photos would take three times as long. */
static void pack_piece(struct export *e, struct piece *p) {
    if (!p->bytes_size) return;
    if (p->offset == 0 && p->bytes_size > BLOB_TASTE_BYTES)
        e->blob_packs =
            packs(e, p->bytes + (p->bytes_size - BLOB_TASTE_BYTES) / 2, BLOB_TASTE_BYTES);
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
enum status export_blobs(struct export *e) {
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
