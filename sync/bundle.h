/* bundle.h -- a bundle: what the other side does not have yet, as one file.
 *
 * Journey: journal → bundle → merge → master. The bytes stand in FORMAT.md, the reasons in
 * DESIGN.md. A tablet that is enrolled (enrol.h) seals its bundles to the office's key and to
 * the recovery key; one that is not makes open bundles, which a master lets in with `trust`
 * only. */
#ifndef SYNC_BUNDLE_H
#define SYNC_BUNDLE_H

#include "store/journal.h"
#include "store/union.h"

#define BUNDLE_CHUNK_RECORDS  1000
#define BUNDLE_CHUNK_BYTES    (256 * 1024)
#define BUNDLE_PIECE_BYTES    (256 * 1024)
#define BUNDLE_FILE_BYTES_MAX (2LL * 1024 * 1024 * 1024)

/* ---- export (stepped: a few milliseconds a call) ---- */
enum bundle_purpose { BUNDLE_TO_OFFICE, BUNDLE_PACK };
struct export_options {
    const char *path; /* final name; appears whole or not at all */
    enum bundle_purpose purpose;
    bool everything; /* ignore the receipt */
    /* packs: which rows go along as copies (other devices' records), e.g. open actions; may be
     * NULL */
    const row_id *copies;
    size_t copies_count;
    const char *for_tablet; /* packs: name of the tablet, may be NULL */
    bool open;              /* TO_OFFICE: leave it open although this device is enrolled */
    /* packs: sealed to the tablet's X25519 key (enrol.h gives it), or, for its first one, under
     * the code that a person will type, with the one-time token inside. Neither: an open pack.
     */
    const uint8_t *seal_to; /* 32 bytes or NULL */
    const char *code;       /* NULL: none */
    const uint8_t *token;   /* 32 bytes; only together with code */
    /* packs: rows (the records that created them) of our own logs whose words stay here,
     * ascending. Their headers and hashes go along, so the chain holds; see union_withhold. */
    const row_id *withheld;
    size_t withheld_count;
};
struct export_summary {
    int64_t records, blobs, bytes;
    hash256 id; /* hash of the trailer */
    bool sealed;
};
struct export;
MUST_CHECK enum status export_start(struct export **out, struct journal *j,
                                    const struct export_options *o);
MUST_CHECK enum status export_step(struct export *e, int ms, bool *done, double *progress);
MUST_CHECK enum status export_finish(struct export *e,
                                     struct export_summary *out); /* also frees */
void export_cancel(struct export *e); /* removes the temporary file, frees */
MUST_CHECK enum status export_all(struct journal *j, const struct export_options *o,
                                  struct export_summary *out); /* all steps */
/* What waits: records and blob bytes the newest receipt does not cover. bytes NULL: the records
 * alone, which costs no look at any of them (Home asks at every start). */
MUST_CHECK enum status export_waiting(struct journal *j, int64_t *records, int64_t *bytes);

/* Bundles made here, newest first. */
struct bundle_made {
    int64_t at, records, bytes;
    char name[128];
    bool received; /* covered by the newest receipt */
    bool sealed;   /* only the office can read it */
};
MUST_CHECK enum status bundles_made(struct journal *j, struct arena *a,
                                    struct bundle_made **out, size_t *n);

/* ---- merge (stepped) ---- */
struct merge_options {
    const char *path;
    bool trust;  /* let an open bundle in */
    bool tablet; /* reading a pack or receipt on a tablet: only packs are let in. An open pack
                    wants `trust` until this tablet belongs to an office */
    const char *code; /* tablets: what the person typed for a first pack; NULL: STATUS_LOCKED
                         when one is needed, STATUS_WRONG_CODE when it is another one */
    const uint8_t *recovery; /* secret recovery key, 32 bytes, or NULL */
};
struct merge_summary {
    int64_t added, known, copies, blobs;
    int gaps, forks;
    int64_t copies_differ; /* the office's copies that were not what the log says */
    bool pack, receipt;
    bool sealed;    /* nobody but its readers could look into it */
    bool enrolled;  /* master: the carrier's first proof; tablet: this pack enrolled it */
    int64_t parked; /* records of revoked devices beyond what counts, held by this bundle */
    int64_t erased; /* rows whose words went because of it */
    bool office_has_less;  /* tablet: the receipt covers less than one before it did */
    int64_t clock_ms;      /* the carrier's clock is off by, + ahead; 0 within a day */
    char carrier[80];      /* name of the device that carried it */
    int64_t covered_until; /* receipts: at of our newest record that the office has; 0 none */
};
struct merge;
/* Refused: one sentence in status_detail(), nothing changed. On a master the journal's
 * transaction stays open from step to step in the second pass, so nothing else may write; on a
 * tablet the second pass is one step. */
MUST_CHECK enum status merge_start(struct merge **out, struct journal *j,
                                   const struct merge_options *o);
MUST_CHECK enum status merge_step(struct merge *m, int ms, bool *done, double *progress);
MUST_CHECK enum status merge_finish(struct merge *m,
                                    struct merge_summary *out); /* also frees */
void merge_cancel(struct merge *m);
MUST_CHECK enum status merge_file(struct journal *j, const struct merge_options *o,
                                  struct merge_summary *out);

/* The newest receipt known here. */
struct receipt_state {
    bool any;
    int64_t number, at; /* the office's time */
    int64_t own_seq;    /* last seq of our log that the office has */
    int64_t records;    /* of ours covered */
};
MUST_CHECK enum status receipt_newest(struct journal *j, struct receipt_state *out);

/* Blobs whose bytes the office has confirmed (covered by the newest receipt, not lacking, made
 * more than 14 days ago) and that may be freed here: columns marked `bulky` only, so a form
 * never goes. Dropping is on request, never by itself. */
struct freeable {
    hash256 name;
    uint32_t size;
};
/* The largest first, in `a`. */
MUST_CHECK enum status blobs_freeable(struct journal *j, struct arena *a, struct freeable **out,
                                      size_t *n);
/* Drops them, the largest first, until at least `bytes` are free (0: all), in steps of a few
 * milliseconds between which records may be written. What was dropped before a failure or an
 * early finish is gone and counted. */
struct freeing;
MUST_CHECK enum status freeing_start(struct freeing **out, struct journal *j, int64_t bytes);
MUST_CHECK enum status freeing_step(struct freeing *f, int ms, bool *done, double *part);
void freeing_finish(struct freeing *f, int64_t *count, int64_t *bytes); /* also frees f; NULL is allowed */

/* Walks a bundle's records without a database: `show`. each() returns false to stop. */
struct bundle_head {
    int format, body_encoding;
    enum bundle_purpose purpose;
    int64_t made_at;
    hash256 provider, id;
    char carrier[80], tablet[80];
    int64_t records;
    uint32_t copies, blobs, sections;
    bool receipt;
    /* What the clear header says, of a sealed one; filled in also when show ends with
     * STATUS_NOT_OURS, STATUS_LOCKED or STATUS_WRONG_CODE, and then nothing else is: `locked`.
     */
    bool sealed, locked;
    bool under_code;        /* a first pack: whoever has its code can open it */
    uint8_t readers[16][8]; /* ids of the keys that open it (base/keys.h: key_id) */
    int readers_count;
    bool enrols; /* it holds the one-time token of an enrolment */
};
MUST_CHECK enum status bundle_show(const char *path, struct bundle_head *head,
                                   bool (*each)(void *ctx, const hash256 *log,
                                                const struct record_wire *r),
                                   void *ctx);
MUST_CHECK enum status bundle_show_memory(const void *p, size_t n, struct bundle_head *head,
                                          bool (*each)(void *ctx, const hash256 *log,
                                                       const struct record_wire *r),
                                          void *ctx);

/* A sealed one, with whoever can open it: unwrap() gives the content key for one of the
 * header's entries or says false. code NULL: none. */
struct bundle_opener {
    bool (*unwrap)(const void *ctx, const uint8_t wrapped[80], uint8_t key[32]);
    const void *ctx;
    const char *code;
};
MUST_CHECK enum status bundle_show_sealed(
    const char *path, const struct bundle_opener *opener, struct bundle_head *head,
    bool (*each)(void *ctx, const hash256 *log, const struct record_wire *r), void *ctx);
MUST_CHECK enum status bundle_show_sealed_memory(
    const void *p, size_t n, const struct bundle_opener *opener, struct bundle_head *head,
    bool (*each)(void *ctx, const hash256 *log, const struct record_wire *r), void *ctx);

#endif
