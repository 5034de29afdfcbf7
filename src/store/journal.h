/* journal.h -- the append-only history of this device, and the tables projected from it.
 *
 * Journey: act.c and the office append here; export reads from here; merge adds what others saw;
 *          models read the projected tables through query.h.
 * Promise: once journal_commit() has returned STATUS_OK, the records survive power loss (WAL,
 *          synchronous=FULL), and the projected tables agree with them.
 * Invariants
 *  1. A record is never changed; the chain of a log is unbroken from seq 1 or its gaps are listed.
 *  2. Rebuilding the projected tables from the journal gives the live ones (journal_rebuild).
 *  3. Present version of a row = greatest (hlc, log id, branch, seq), unsigned and bytewise, of the
 *     versions not after the winning (earliest) seal of its visit.
 *  4. A device's key and marker lie beside the database, never in it.
 * Hash of a record: BLAKE2b-256("lantern record 1" ‖ previous hash or log id ‖
 *   header fields at fixed width ‖ BLAKE2b-256(salt ‖ body)); the exact bytes stand in sync/FORMAT.md.
 * Owner: the caller; journal_close(NULL) is allowed. One writer a database; a second open gets STATUS_BUSY
 *   after two seconds, or after wait_ms. */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/status.h"
#include "store/kind.h"

#define JOURNAL_FORMAT 2 /* the newest that is understood: 1 open, 2 sealed at rest */
#define BODY_BYTES_MAX 65536
#define JOURNAL_YEAR_MAX_MS 7258118400000LL /* 2200-01-01: a stamp beyond is refused */

struct journal;

struct journal_options {
    const char *path;      /* the database file; ":memory:" for tests */
    const char *key_path;  /* secret key and marker; NULL: path with ".key" (0600) */
    struct clock clock;
    const char *device_name;
    const char *device_role; /* "tablet" or "office" */
    bool read_only;        /* no key needed, nothing written */
    bool memory_tables;    /* projected tables as temporary ones (for later sealing at rest) */
    const char *vfs;       /* name of a SQLite VFS for tests; NULL: the default */
    int cache_kib;         /* 0: 8,192 */
    const char *passphrase; /* opens a key file that lies under one, puts a new key file under it; one that lies
                             * under none stays so (journal_set_passphrase changes it). NULL or "": none */
    int wait_ms;            /* how long to wait for another writer; 0: two seconds */
    const uint8_t *rest_key; /* 32 bytes: the database is sealed at rest under this key (vault.h), a new one is made so */
    bool load_later;        /* tables in memory: open with what is needed to go on; the rest by journal_load_step */
    int load_newest;        /* … which is how many of a service's sealed checks with one form; 0: six */
};

/* Opens or creates. Verifies the format and what follows the last verified mark; starts a new
 * incarnation when the key file or its marker does not fit the database (copied, restored).
 * STATUS_LOCKED: the key file wants a passphrase; STATUS_WRONG_CODE: another one (not when read_only).
 * A database that is sealed at rest: STATUS_LOCKED without a rest_key, STATUS_WRONG_CODE with another one; its tables are
 * made in memory. One that is not sealed ignores the key.
 * A key file that is there but cannot be read is never written over. One that is damaged: STATUS_DAMAGED on an office;
 * a tablet sets it aside (KEY.damaged) and goes on as a new device. STATUS_NEWER: by a newer Lantern. */
MUST_CHECK enum status journal_open(struct journal **out, const struct journal_options *o);
void journal_close(struct journal *j);
/* Before the first journal of a program that locks: what SQLite gives back is wiped, so that little of a closed journal
 * stays in memory. */
void journal_wipes_memory(void);
const struct clock *journal_clock(const struct journal *j);
bool journal_at_rest_sealed(const struct journal *j);

/* ---- sealed at rest: tables live in memory only, made at opening ----
 * With load_later, journal_open projects first what a check under way needs: everything but the answers, timings, rooms
 * and the like of older checks; these follow here, a few milliseconds at a time, between writing. A row that is asked for
 * by journal_row, changed or withdrawn before its turn is loaded then. *part 0 to 1. Not sealed, or all loaded: done at
 * once. Whoever needs all (merge, verify, digest, rebuild) loads the rest first by itself. */
MUST_CHECK enum status journal_load_step(struct journal *j, int ms, bool *done, double *part);
bool journal_loading(const struct journal *j);
/* Now, for whoever shows one older check, or counts over all of them. Inside a transaction or outside. */
MUST_CHECK enum status journal_load_visit(struct journal *j, row_id visit);
MUST_CHECK enum status journal_load_all(struct journal *j);

/* ---- writing: one intent, one transaction ---- */

/* One row's new full content, filled by column name. An unknown name or a wrong type is a defect of
 * ours and aborts; what does not fit the column's limit makes journal_put return STATUS_TOO_LARGE or
 * STATUS_INVALID. Texts are borrowed until journal_put. Zeroed values mean "not said". */
#define ROW_COLUMNS_MAX 40
struct value {
    bool said;
    int64_t i;         /* INT, BOOL, TIME, DAY, REF */
    const void *p;     /* TEXT, WORD, HASH, BYTES */
    size_t n;
};
struct row {
    const struct kind *kind;
    row_id id;     /* 0: create; else the row to change */
    struct value values[ROW_COLUMNS_MAX];
};
struct row row_new(const struct kind *k);
void row_text(struct row *r, const char *column, const char *s); /* NULL or "" = not said; also WORD */
void row_int(struct row *r, const char *column, int64_t v);      /* INT, BOOL, TIME, DAY */
void row_ref(struct row *r, const char *column, row_id id);      /* 0 = not said */
void row_bytes(struct row *r, const char *column, const void *p, size_t n);
void row_hash(struct row *r, const char *column, const hash256 *h);
void row_unsay(struct row *r, const char *column);
const char *row_get_text(const struct row *r, const char *column); /* "" when not said */
int64_t row_get_int(const struct row *r, const char *column);      /* 0 when not said */

/* The present version of a row, to be changed and put back. Texts live in `a`. */
MUST_CHECK enum status journal_row(struct journal *j, const struct kind *k, row_id id, struct arena *a,
                                   struct row *out);

/* begin … put, put … commit. Nesting is a defect. After a failed put, call journal_rollback. */
MUST_CHECK enum status journal_begin(struct journal *j);
bool journal_writing(const struct journal *j); /* between begin and commit or rollback */
/* Appends a record and projects it. `id` 0 creates and sets r->id; else a change (its parent is the
 * present version). Reference kinds (kind.code): a create with a known code changes that row, and
 * writes nothing when nothing differs. `by` is what journal_holder says. STATUS_SEALED when the row's
 * visit is sealed. */
MUST_CHECK enum status journal_put(struct journal *j, struct row *r);
MUST_CHECK enum status journal_withdraw(struct journal *j, const struct kind *k, row_id id);
/* Undo: puts a former version back (0: the row did not exist before, so withdraws it). */
MUST_CHECK enum status journal_revert(struct journal *j, const struct kind *k, row_id id, row_id version);
MUST_CHECK enum status journal_commit(struct journal *j);
void journal_rollback(struct journal *j); /* status_detail stays what it was, as it does with journal_close */
/* One row in a transaction of its own: begin, put, commit. On failure nothing is kept and r->id is
 * what it was. */
MUST_CHECK enum status journal_put_alone(struct journal *j, struct row *r);
MUST_CHECK enum status journal_withdraw_alone(struct journal *j, const struct kind *k, row_id id);

/* Who holds the tablet from now on (person's row, 0 nobody named). Survives restarts. */
void journal_hold(struct journal *j, row_id person);
row_id journal_holder(const struct journal *j);

int64_t journal_generation(const struct journal *j); /* grows with every commit; reload models when it moved */
int64_t journal_committed(const struct journal *j);  /* count of committed transactions … */
int64_t journal_durable(const struct journal *j);    /* … and of those on disk; equal here, later in a browser */
int64_t journal_saved_at(const struct journal *j);   /* wall ms of the newest durable commit, 0 none */

/* ---- drafts: what is still under the finger; local, never exported, overwritten in place ---- */
MUST_CHECK enum status draft_put(struct journal *j, const char *key, const void *p, size_t n); /* n 0 deletes; own transaction unless inside one */
MUST_CHECK enum status draft_get(struct journal *j, const char *key, struct arena *a, void **p, size_t *n);
MUST_CHECK enum status draft_each(struct journal *j, const char *prefix, void (*each)(void *ctx, const char *key, const void *p, size_t n), void *ctx);
/* Local settings (theme, text size, who, which service): same durability, same table rules. */
MUST_CHECK enum status local_put(struct journal *j, const char *key, const char *value); /* NULL deletes */
char *local_get(struct journal *j, const char *key, struct arena *a);                    /* NULL when absent */
int64_t local_int(struct journal *j, const char *key, int64_t fallback);

/* ---- blobs, named by their BLAKE2b-256 ---- */
#define BLOB_BYTES_MAX (64 * 1024 * 1024)
MUST_CHECK enum status blob_put(struct journal *j, const void *p, size_t n, hash256 *name); /* inside or outside a transaction */
MUST_CHECK enum status blob_get(struct journal *j, const hash256 *name, struct buf *out);
bool blob_have(struct journal *j, const hash256 *name);
/* A blob in pieces, so that none is ever whole in memory. Writing: inside one transaction, the pieces in order;
 * blob_write_end says STATUS_DAMAGED when the bytes are not what the name says, and leaves nothing of them (as does
 * blob_write_abandon). A blob that is here already is written to nowhere, but its bytes are held against the name. Both free
 * the writer; after a rollback call blob_write_abandon. blob_write_start: STATUS_DAMAGED when it is here with another
 * size, STATUS_INVALID when it is being written already. */
struct blob_writer;
MUST_CHECK enum status blob_write_start(struct blob_writer **out, struct journal *j, const hash256 *name, uint32_t size);
MUST_CHECK enum status blob_write_add(struct blob_writer *w, const void *p, size_t n);
MUST_CHECK enum status blob_write_end(struct blob_writer *w);
void blob_write_abandon(struct blob_writer *w); /* NULL is allowed */
/* Reading: STATUS_NOT_FOUND when it is not here, STATUS_TRUNCATED beyond its end. Transactions of others may come between
 * two reads. Read from front to end, the last piece says STATUS_DAMAGED when the bytes are not what the name says. */
MUST_CHECK enum status blob_size(struct journal *j, const hash256 *name, uint32_t *size);
MUST_CHECK enum status blob_read_at(struct journal *j, const hash256 *name, uint32_t offset, void *to, size_t n);
/* Bytes inside the database's file that nothing uses: new photos go there before the file grows. */
int64_t journal_spare_bytes(struct journal *j);
/* Removes the bytes, overwritten (secure_delete); what names them stays. Own transaction unless inside one. */
MUST_CHECK enum status blob_drop(struct journal *j, const hash256 *name);

/* ---- history and proof ---- */
struct version {
    row_id record, row;
    int64_t hlc, at;
    row_id by;
    enum record_op op;
    bool present, after_seal, concurrent;
};
/* All versions of a row, oldest first, in `a`. Parked ones (a revoked device's, union.h) are left out; versions whose
 * words were erased or withheld are there, and journal_version says STATUS_NOT_FOUND for them. */
MUST_CHECK enum status journal_history(struct journal *j, row_id row, struct arena *a, struct version **out, size_t *n);
/* The content of one version. */
MUST_CHECK enum status journal_version(struct journal *j, row_id record, struct arena *a, struct row *out);
/* Whether its author has hidden it; false for a row that is not here. */
bool journal_withdrawn(struct journal *j, row_id row);
MUST_CHECK enum status journal_record_hash(struct journal *j, row_id record, hash256 *out);

struct journal_report {
    int64_t records, logs, gaps, forks, blobs_missing, bodies_damaged, chain_damaged, tables_differ;
};
/* Everything: chains, hashes, blobs, rebuild == live. Fills counts; STATUS_DAMAGED when something is
 * wrong, with the first finding in the detail. */
MUST_CHECK enum status journal_verify(struct journal *j, struct journal_report *out);
/* Verifies the chain a few milliseconds at a time, for idle moments; *done when round. */
MUST_CHECK enum status journal_verify_step(struct journal *j, int ms, bool *done);
/* Drops the projected tables and makes them again from the journal, in one transaction. */
MUST_CHECK enum status journal_rebuild(struct journal *j);
/* BLAKE2b-256 over every log in the order of its id and in it every record's hash. */
MUST_CHECK enum status journal_content_hash(struct journal *j, bool with_own, hash256 *out);
/* BLAKE2b-256 over the visit's present rows in (kind, log id, seq) order; *rows counts them. Goes into the seal. */
MUST_CHECK enum status journal_visit_digest(struct journal *j, row_id visit, hash256 *out, int64_t *rows);

/* ---- erasing (DESIGN.md section 2) ----
 * Appends an erase record to this log (an office's), drops every version's words of that row here, and the bytes of
 * blobs that nothing else names; then nothing of it is left in the database file or its WAL. The chain still verifies.
 * STATUS_NOT_FOUND: no such row; STATUS_EXISTS: it is erased already; STATUS_INVALID: a row that may not be (salts,
 * erasures, revocations, enrolments, an office's provider row). */
struct erase_summary {
    int64_t versions, blobs;
};
MUST_CHECK enum status journal_erase(struct journal *j, row_id row, const char *why, int32_t day,
                                     struct erase_summary *out);
/* Whether an erasure that counts names this row; *why lives in `a`. */
bool journal_erased(struct journal *j, row_id row, struct arena *a, char **why, int32_t *day);

/* ---- this device ---- */
struct journal_self {
    row_id device;             /* its `device` row, 0 until the first write */
    int32_t log;               /* local number of its log */
    hash256 log_id;
    uint8_t key[32];           /* Ed25519 public */
    uint8_t incarnation[8];
    int64_t head_seq;
    hash256 head_hash;
};
void journal_self(const struct journal *j, struct journal_self *out);
void journal_sign(const struct journal *j, const void *p, size_t n, uint8_t out[64]);
/* Opens a key that was wrapped (base/keys.h) for this device, for its present key or a former one. */
bool journal_unwrap(const struct journal *j, const uint8_t wrapped[80], uint8_t key[32]);
/* The same for anything that was sealed to it (key_seal): out gets n - KEY_SEAL_OVER bytes. */
MUST_CHECK bool journal_open_box(const struct journal *j, const uint8_t *sealed, size_t n, uint8_t *out);
/* A new signing key and a new log under it; the former key still opens what was sealed to it. `former` gets the
 * former public key. STATUS_INVALID while a transaction is open. */
MUST_CHECK enum status journal_new_key(struct journal *j, uint8_t former[32]);
/* Public keys before the present one: 0 is the one before, 1 the one before that; false: there is none. A new key that
 * a crash cut off before its log began is finished by the next journal_open, so ask here what was not signed for yet. */
bool journal_former(const struct journal *j, size_t back, uint8_t key[32]);
/* Signs with the present or a former key of this device; false when it is none of them. */
bool journal_sign_as(const struct journal *j, const uint8_t key[32], const void *p, size_t n, uint8_t out[64]);
/* Puts the key file under a passphrase, or (NULL) under none. STATUS_INVALID: an empty one. */
MUST_CHECK enum status journal_set_passphrase(struct journal *j, const char *passphrase);
/* What the office calls this device, brought by a pack: written as a change of this device's own row, only when it
 * differs; in a transaction of its own unless inside one. NULL or "": left as it is. A new incarnation carries both on.
 * STATUS_INVALID: not one to eight capital letters. */
MUST_CHECK enum status journal_set_letters(struct journal *j, const char *letters, const char *name);
/* Next action reference of this device, such as "B12"; "B2-01" for the second incarnation that may count under the same
 * letters; three letters from the log's id while not enrolled. */
char *journal_next_reference(struct journal *j, struct arena *a);
/* What it would be now, without taking it: for showing. */
char *journal_peek_reference(struct journal *j, struct arena *a);

#endif
