/* exporting.h -- an export on its way, shared by its three files and nobody else:
 *   export_start.c   what goes along, for whom, and the beginning of the file
 *   export_stages.c  records, copies, receipt, blobs
 *   export.c         step by step to the end, and the file's name */
#ifndef SYNC_EXPORTING_H
#define SYNC_EXPORTING_H

#include "sync/blobs.h"
#include "sync/credentials.h"
#include "sync/frame.h"
#include "sync/plan.h"
#include "sync/writer.h"

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

/* ---- export_start.c ---- */
MUST_CHECK enum status export_begin(struct export *e, const struct export_options *o);
bool export_is_sealed(const struct export *e);

/* ---- export_stages.c: each goes a chunk or a piece further, then to the next stage ---- */
MUST_CHECK enum status export_records(struct export *e);
MUST_CHECK enum status export_copies(struct export *e);
MUST_CHECK enum status export_receipt(struct export *e);
MUST_CHECK enum status export_blobs(struct export *e);

#endif
