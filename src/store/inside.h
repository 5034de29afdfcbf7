/* inside.h -- what the files of the store share, and nobody else sees.
 *
 * Journey: journal.h, query.h and union.h promise; the files below keep the promises:
 *   schema.c     every table, column by column
 *   open.c       opening, closing, locking
 *   self.c       key, incarnation and marker
 *   logs.c       which log is which, references
 *   body.c       columns to CBOR and back
 *   record.c     header bytes, hash, hybrid clock
 *   stored.c     one record in the journal table
 *   row.c        struct row by column name
 *   append.c     begin, put, commit
 *   project.c    one version into its table
 *   versions.c   all versions of one row
 *   seals.c      which seal counts, looked at again
 *   rebuild.c    all tables from the journal
 *   load.c       the same, what is needed first and the rest in steps
 *   office.c     whose erasing and revoking counts
 *   revoke.c     what a revoked device wrote beyond its last accepted record
 *   erase.c      dropping bodies, keeping hashes
 *   wipe.c       blobs, drafts and the WAL after erasing
 *   history.c    reading versions back
 *   letters.c    action references
 *   verify.c     proof of everything
 *   local.c      drafts, settings
 *   blob.c       bytes named by their hash
 *   blob_rest.c  the same in pieces that are sealed at rest
 *   keyfile.c    the key file: text, passphrase
 *   sealing.c    an open database becomes a sealed one
 *   rest.c       values of a database that is sealed at rest, in and out
 *   query.c      reading for models
 *   vault_*.c    who can open a sealed database
 *   union_*.c    records in and out, gaps and forks */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H

#include <sqlite3.h>

#include "base/keys.h"
#include "base/log.h"
#include "store/journal.h"
#include "store/union.h"

#define KIND_NUMBERS_MAX 64
#define KIND_NO_VISIT    (-1)
#define KIND_IS_VISIT    (-2)
#define SECRET_BYTES     64
#define REST_NONCE_BYTES 24
#define BLOB_PIECE_BYTES 65536 /* of a sealed blob */
#define REST_ROOM_BYTES  (BODY_BYTES_MAX + KEY_REST_OVER)
#define APPLICATION_ID   0x4C4E5452 /* "LNTR" in the database's header */
#ifndef LANTERN_PROGRAM
#define LANTERN_PROGRAM "0.1.0" /* version of Lantern in its own device row */
#endif

/* ---- kinds ---- */

/* The column that names the visit a row belongs to; KIND_IS_VISIT for the visit itself. */
int kind_visit_column(const struct kind *k);
uint32_t column_most(const struct column *c);
bool column_has_word(const struct column *c, const char *s, size_t n);

/* ---- records inside ---- */

/* A record as the journal table holds it: references are local. */
struct record {
    row_id id;
    int64_t hlc, at;
    int tz;
    row_id by, row, parent, epoch;
    uint16_t kind;
    uint8_t op;
    const uint8_t *body; /* NULL: erased */
    size_t body_size;
    bool has_commitment; /* erased, or a copy */
    hash256 commitment, hash;
    uint8_t checks[12]; /* of by, row, parent; zeros for the own log */
    bool copy;
};

/* One stretch of one log without branching; the trunk has branch zero. */
struct log_entry {
    int32_t no;
    int32_t base; /* the stretch it branches from; 0: none or not known */
    hash256 id;
    uint8_t branch[8];
    uint8_t key[32];
    uint8_t incarnation[8];
    int64_t first_seq;             /* of the stretch; 1 for the trunk */
    int64_t last_seq, highest_seq; /* of the unbroken run; beyond a gap; copies do not count */
    hash256 last_hash;
    int64_t verified, verified_kept; /* chain checked up to here; the same in the table */
    int32_t next;                    /* next stretch of the same log, 0 none */
    int64_t accepted_seq;            /* what lies beyond is parked; INT64_MAX: nothing */
    bool own, forked;
    bool office;  /* its key is an office's */
    bool revoked; /* a revocation that counts names its key */
    bool copies;  /* there are some beyond highest_seq */
    bool touched; /* by this merge, and forked: its stretches are found again */
};

/* What the key file says. Stands in the journal only, in memory that is never swapped out. */
#define FORMER_KEYS_MAX 64
struct own_keys {
    bool known; /* false: opened for reading without a key */
    uint8_t secret[SECRET_BYTES];
    uint8_t former[FORMER_KEYS_MAX][SECRET_BYTES]; /* keys before it, newest first */
    int former_count;
    uint8_t incarnation[8];
    int64_t ordinal; /* how many incarnations this device has had; 0 not counted */
    int64_t seq;     /* the marker: last exported record … */
    hash256 hash;    /* … and its hash */
    bool at_rest;    /* the file lies under the key of its sealed database */
    bool under_passphrase;
    uint8_t locked[KEY_LOCKED_BYTES]; /* the key under the passphrase, as the file says it */
    uint8_t key[KEY_BYTES];           /* the same key, unlocked */
};

/* Salts of our own next records come from here. */
struct epoch {
    row_id record; /* the salt record */
    row_id visit;
    int64_t day; /* UTC day of the salt record */
    uint8_t key[32];
};

struct head {
    int64_t seq;
    hash256 hash;
    int64_t hlc; /* greater than everything seen */
    row_id device;
    struct epoch epoch;
};

/* A hash under way inside something from an arena, which aligns to 16 only; see hash_in. */
#define HASH_ROOM (sizeof(struct hash_state) + _Alignof(struct hash_state))

/* ---- statements ---- */

enum statement_id {
#define STATEMENT(name, sql) ST_##name,
#include "store/statement_list.h"
#undef STATEMENT
    ST_COUNT
};

/* Where versions are projected to: the live tables, or a second set for the proof. */
enum { PROJECT_LIVE, PROJECT_PROOF, PROJECT_TARGETS };
enum projected_statement {
    PS_CREATE,
    PS_CHANGE,
    PS_REPLACE,
    PS_DELETE,
    PS_HEAD,
    PS_ROW,
    PS_AFTER_SEAL,
    PS_COUNT
};
enum side_statement {
    SS_SEALED,
    SS_SEAL,
    SS_UNSEAL,
    SS_LATE,
    SS_UNLATE,
    SS_LATE_OF,
    SS_MOVED,
    SS_UNMOVED,
    SS_MOVED_OF, /* rows that ever named the visit and another one */
    SS_MOVED_TO,
    SS_ODD, /* 1: has late versions, 2: has moved between visits */
    SS_ANY_ODD,
    SS_COUNT
};

struct kind_state {
    const struct kind *kind;
    int columns, visit; /* number of columns; see kind_visit_column */
    sqlite3_stmt *live[PROJECT_TARGETS][PS_COUNT];
    uint64_t bound[PROJECT_TARGETS][PS_COUNT]; /* columns that are not NULL in it now */
};

struct query_slot {
    const char *text;
    sqlite3_stmt *stmt;
};
#define QUERY_SLOTS 512

struct dirty_row {
    row_id row;
    uint16_t kind;
};

/* A row whose words the office has erased, and the newest record that says so. */
struct erased_row {
    row_id row, record;
    int64_t hlc;
};

/* Records from … to, and the rows that they make, that are of bulk kinds and of older checks. */
struct load_span {
    row_id from, to;
};
struct load_place { /* the spans before `at` are in the tables, and of that one what is before `next` */
    size_t at;
    row_id next;
};

/* Whose word counts, as the journal's records and what is kept say it. Read when opening, kept
 * up as records come; never stored, so that it cannot disagree. */
struct rules {
    struct buf offices; /* public keys, 32 bytes each */
    uint8_t obeyed[32]; /* a tablet: its office's key in use; zeros: none */
    bool own_office;    /* this device has called itself an office from its first record on */
    struct buf erased;  /* struct erased_row, by row */
    int32_t own;        /* the log of our own that these were read for */
    bool stale;         /* a record or key came that they depend on: read again at commit */
    bool touched;       /* changed by this transaction */
    bool loaded;        /* once, when opening */
};

struct journal {
    struct arena arena; /* lives as long as the journal */
    sqlite3 *db;
    struct clock clock;
    const char *path, *key_path; /* key_path NULL: kept in memory only */
    const char *device_name, *device_role;
    bool read_only, memory_tables;
    struct {
        uint8_t *key;  /* of the database, 32 bytes that are never swapped out; NULL: open */
        bool sealed;   /* what is read and written now */
        uint8_t *room; /* for one value on its way */
    } rest;

    sqlite3_stmt *st[ST_COUNT];
    struct kind_state kinds[KIND_NUMBERS_MAX];
    sqlite3_stmt *side[PROJECT_TARGETS][SS_COUNT];
    int target; /* where project_* writes now */
    struct query_slot queries[QUERY_SLOTS];

    struct buf logs;    /* struct log_entry, by no - 1 */
    struct buf log_map; /* int32_t: open addressing by log id, trunks only */
    int32_t own;        /* no of the stretch we append to */
    hash256 own_id;

    struct head head, saved;
    struct own_keys keys;
    struct own_keys next; /* being made: becomes keys once it is in the file; else zeros */
    row_id holder, saved_holder;
    size_t saved_logs;

    bool writing, wrote,
        merging; /* a transaction is open; it has changed something; by union_begin */
    int64_t generation, committed, durable, saved_at;
    int wal_frames;
    bool drafts_dropped;

    /* The visit asked about last: is it sealed, and by what. */
    struct {
        row_id visit;
        row_id seal;
        int64_t hlc;
        bool known;
    } sealed;
    bool any_odd; /* some row has late versions or has moved between visits */
    struct rules rules;
    struct { /* what is not in the tables yet */
        bool later; /* asked for, and tables in memory */
        int newest;
        struct buf spans; /* struct load_span, in the order they come */
        struct load_place place, saved;
        double most; /* how many ids they are */
        int64_t told; /* boot ms, when somebody was last told to look again */
    } load;
    struct buf erase_next; /* row_id: rows whose words have to go before this commit */
    struct buf blobs_next; /* hash256: named by words that went in this transaction */
    struct erase_summary erased_now; /* counts what went, until somebody reads it */
    bool wipe_before;                /* wipe, when this transaction began */
    bool wipe;               /* words went: they are gone from the file once the WAL is empty */
    struct buf dirty;        /* struct dirty_row: to be projected from all versions at commit */
    struct buf visits_dirty; /* row_id: visits whose seal is new */
    struct buf seals_next;   /* row_id: visits whose seals have to be looked at again */
    bool overtaken;          /* somebody else has continued our own log */
    bool relabel;            /* a log has forked: find the stretches again, then rebuild */

    struct buf body, scratch; /* reused for encoding */
    struct {
        row_id id;
        uint8_t check[4];
    } checks[64];      /* hash beginnings of rows named lately */
    int64_t reference; /* last number given, -1 not looked up yet */
    struct {
        int32_t log;
        int64_t seq;
        int phase;
    } walk;                           /* journal_verify_step */
    struct blob_writer *blob_writers; /* those not ended yet */
    int64_t transaction;              /* counts journal_begin */
    struct {
        sqlite3_blob *blob; /* NULL: none open */
        hash256 name;
        int64_t size;
        uint8_t nonce[REST_NONCE_BYTES]; /* sealed: of its first piece … */
        int64_t piece;                   /* … and which one is open in `plain`, -1 none */
        uint8_t *plain, *sealed;
        hash256 hashing; /* the one read from front to end, as far as `hashed` */
        uint8_t hash[HASH_ROOM];
        size_t hashed;
    } reading; /* blob_read_at */
};

/* ---- sqlite, said once (statement.c) ---- */
enum status db_fail(sqlite3 *db, int rc);
/* The statement, reset and ready to bind; NULL with *s set when it cannot be prepared. */
sqlite3_stmt *st(struct journal *j, enum statement_id id);
/* For a second one, while the first is running. */
const char *st_text(const struct journal *j, enum statement_id id);
void db_trust_nothing(sqlite3 *db); /* before anything of the file is used */
enum status st_prepare(struct journal *j, sqlite3_stmt **slot, const char *sql);
/* Steps a statement that gives no row, and resets it. */
enum status st_done(struct journal *j, sqlite3_stmt *q);
/* Steps: true while there is a row; else resets, *s says whether it ended well. */
bool st_row(struct journal *j, sqlite3_stmt *q, enum status *s);
enum status db_exec(struct journal *j, const char *sql);
MUST_CHECK enum status db_execf(struct journal *j, const char *fmt, ...) PRINTF_LIKE(2, 3);
void st_finalize_all(struct journal *j);
void st_finalize_kinds(struct journal *j, int target);

/* ---- schema.c ---- */
MUST_CHECK enum status schema_enduring(struct journal *j); /* the tables that are never dropped */
MUST_CHECK enum status schema_create(struct journal *j); /* sealed when j is */
MUST_CHECK enum status schema_tables_create(struct journal *j, int target);
MUST_CHECK enum status schema_tables_index(struct journal *j, int target);
MUST_CHECK enum status schema_tables_drop(struct journal *j, int target);
MUST_CHECK enum status schema_index(struct journal *j);
hash256 schema_tables_hash(void);
const char *target_prefix(const struct journal *j, int target);
MUST_CHECK enum status kind_statement(struct journal *j, const struct kind *k,
                                      enum projected_statement which, sqlite3_stmt **out);
MUST_CHECK enum status side_statement(struct journal *j, enum side_statement which,
                                      sqlite3_stmt **out);

/* ---- logs.c ---- */
size_t logs_count(const struct journal *j);
struct log_entry *log_at(struct journal *j, int32_t no);           /* NULL outside */
struct log_entry *log_trunk(struct journal *j, const hash256 *id); /* NULL unknown */
MUST_CHECK enum status logs_load(struct journal *j);
MUST_CHECK enum status log_refresh(struct journal *j,
                                   struct log_entry *e); /* run and head from the journal */
MUST_CHECK enum status log_add(struct journal *j, const hash256 *id, const uint8_t branch[8],
                               const uint8_t *key, const uint8_t *incarnation, int32_t base,
                               int64_t first_seq, int32_t *no);
/* Total order of records, unsigned and bytewise: (hlc, log id, branch, seq). */
int record_order(struct journal *j, int64_t hlc_a, row_id a, int64_t hlc_b, row_id b);
int id_order(struct journal *j, row_id a, row_id b); /* (log id, branch, seq) */
/* A reference by what it means everywhere to its local number; unknown logs get an entry. */
MUST_CHECK enum status ref_resolve(struct journal *j, int32_t from_log,
                                   const struct global_ref *r, row_id *out);
row_id ref_own(struct journal *j, int32_t log,
               int64_t seq); /* inside a log, along its stretches */
void ref_global(struct journal *j, int32_t from_log, row_id id, const uint8_t check[4],
                struct global_ref *out);
/* First bytes of the hash of the record a row was created by; zeros inside the same log or
 * unknown. */
MUST_CHECK enum status ref_check(struct journal *j, int32_t from_log, row_id id,
                                 uint8_t check[4]);

/* ---- body.c ---- */
/* Checks and decodes. Texts point into the body. STATUS_INVALID with a detail when it breaks a
 * rule. */
MUST_CHECK enum status body_read(struct journal *j, const struct kind *k, int32_t log,
                                 const uint8_t *p, size_t n, struct value *values);
MUST_CHECK enum status body_check_unknown(const uint8_t *p,
                                          size_t n); /* a kind we do not know */
MUST_CHECK enum status body_write(struct journal *j, const struct kind *k,
                                  const struct value *values, struct buf *out);
MUST_CHECK enum status row_check(struct journal *j, const struct row *r);

/* ---- record.c ---- */
int64_t hlc_next(int64_t last, int64_t wall_ms);
/* From this stamp on others' records do not move our own clock: see record.c. */
int64_t hlc_limit(int64_t wall_ms);
void record_to_wire(struct journal *j, const struct record *r, struct record_wire *w);
hash256 record_salt(const uint8_t salt_key[32], int64_t seq);
hash256 salted_commitment(const uint8_t salt[32], const void *body, size_t n);

/* ---- project.c, versions.c ---- */
struct projected_head { /* what the table says of a row now */
    bool there;
    row_id version, rival, visit;
    int64_t hlc;
};
MUST_CHECK enum status project_head(struct journal *j, const struct kind *k, row_id row,
                                    struct projected_head *out);
/* A record that has just been added, in whatever order; may leave its row to project_dirty. */
MUST_CHECK enum status project_added(struct journal *j, const struct kind *k,
                                     const struct record *r, const struct value *values);
MUST_CHECK enum status project_create(struct journal *j, const struct kind *k,
                                      const struct record *r, const struct value *values);
MUST_CHECK enum status project_change(struct journal *j, const struct kind *k,
                                      const struct record *r, const struct value *values,
                                      row_id rival);
/* All versions of the row, and from them what the table should say. */
MUST_CHECK enum status project_row(struct journal *j, const struct kind *k, row_id row);
MUST_CHECK enum status project_dirty(struct journal *j);
void dirty_add(struct journal *j, const struct kind *k, row_id row);
/* Borrowed until the statement is reset: values point into a body that outlives the step. */
void bind_columns(struct journal *j, const struct kind *k, enum projected_statement which,
                  int first, const struct value *values);
MUST_CHECK enum status seal_of(struct journal *j, row_id visit, row_id *seal, int64_t *hlc);
MUST_CHECK enum status seal_added(struct journal *j, const struct record *r,
                                  const struct value *values);
row_id visit_of(const struct journal *j, const struct kind *k, row_id row,
                const struct value *values);
struct version_in {
    struct record r;      /* body in the arena */
    struct value *values; /* NULL: erased, or withheld */
    row_id visit;
    bool withheld, late, present, concurrent;
};
/* Oldest first, with late, present and concurrent filled. *rival 0 none. */
MUST_CHECK enum status versions_load(struct journal *j, const struct kind *k, row_id row,
                                     struct arena *a, struct version_in **out, size_t *n,
                                     row_id *rival);
MUST_CHECK enum status rebuild_into(struct journal *j, int target);

/* ---- rebuild.c, load.c: all records, or those that are needed first ---- */
struct fill { /* a row of ST_FILL */
    struct record r;
    const struct kind *k;
    struct value *values; /* NULL: erased, or damaged, which shows as erased words do */
    struct value room[ROW_COLUMNS_MAX];
};
MUST_CHECK enum status fill_read(struct journal *j, sqlite3_stmt *q, struct fill *f);
/* Projects the records from … to of these kinds (bit by number). `each` may be NULL. */
MUST_CHECK enum status fill_between(struct journal *j, row_id from, row_id to, uint64_t kinds,
                                    void (*each)(void *ctx, const struct fill *f), void *ctx);
uint64_t fill_kinds(bool bulk); /* those that are, or are not */
/* Into empty tables, after the seals. */
MUST_CHECK enum status load_first(struct journal *j);
MUST_CHECK enum status load_rest(struct journal *j); /* all of it, at once */
/* So that the tables say of this row what there is to say. */
MUST_CHECK enum status load_row(struct journal *j, const struct kind *k, row_id row);
void load_over(struct journal *j); /* the tables are made anew, whole */

/* ---- reading and adding single records ---- */
void record_columns(sqlite3_stmt *q, struct record *r); /* of SELECT_RECORD */
void record_numbers(sqlite3_stmt *q, struct record *r); /* its first ten columns; the rest zero */
MUST_CHECK enum status record_insert(struct journal *j, const struct record *r);
MUST_CHECK enum status record_read(struct journal *j, row_id id, struct arena *a,
                                   struct record *r);
struct run_found {
    int32_t log; /* 0: none */
    int64_t first_seq;
    uint8_t key[32]; /* as told by who carried it */
};
MUST_CHECK enum status run_find(struct journal *j, int32_t log, int64_t seq,
                                struct run_found *out);
MUST_CHECK enum status salt_key_of(struct journal *j, row_id epoch, int32_t log, int64_t seq,
                                   uint8_t key[32]);
/* The record's own salt: kept apart when its key has been erased. */
MUST_CHECK enum status salt_of(struct journal *j, const struct record *r, uint8_t salt[32],
                               bool *apart);

/* ---- append.c ---- */
MUST_CHECK enum status append_record(struct journal *j, const struct kind *k, enum record_op op,
                                     row_id row, row_id parent, const struct value *values,
                                     struct record *out);

MUST_CHECK enum status device_ensure(struct journal *j); /* the first records of our log */

/* ---- letters.c ---- */
/* Letters and name of the incarnation before, when it had letters, into a new log's device row.
 * Texts live in `a`. */
void letters_carry_on(struct journal *j, struct arena *a, struct row *device);

/* ---- keyfile.c ---- */
/* STATUS_OK with *there false when there is none; else STATUS_LOCKED, STATUS_WRONG_CODE,
 * STATUS_DAMAGED, STATUS_NEWER, or why it cannot be read: *out is all zeros then.
 * rest_key: of the sealed database beside it, NULL none. */
MUST_CHECK enum status keyfile_read(const char *path, const char *passphrase,
                                    const uint8_t *rest_key, struct own_keys *out, bool *there);
/* Under the passphrase when it lies under one; else under the database's key, if that has one. */
MUST_CHECK enum status keyfile_write(const char *path, const uint8_t *rest_key,
                                     const struct own_keys *k);
MUST_CHECK enum status keyfile_lock(struct own_keys *k, const char *passphrase);
void keyfile_keep_private(const char *path); /* mode 0600 again, when it was not */
MUST_CHECK enum status keyfile_set_aside(const char *path); /* under another name */

/* ---- rest.c: sealed at rest ---- */
/* Into memory that is not swapped out; from here on SQL can seal and open. */
MUST_CHECK enum status rest_take_key(struct journal *j, const uint8_t key[KEY_BYTES]);
void rest_forget(struct journal *j);
MUST_CHECK enum status rest_mark(struct journal *j); /* by which another key is known */
MUST_CHECK enum status rest_check(struct journal *j, bool *marked, bool *opens);
MUST_CHECK enum status rest_settle(struct journal *j); /* from here on it is sealed */
bool rest_stands_open(const char *key); /* a local setting that the lock page needs */

/* ---- blob_rest.c: a blob in a sealed database ---- */
int64_t blob_sealed_size(uint32_t size);
int64_t blob_plain_size(int64_t stored); /* -1: no blob is so long */
struct blob_seal;                        /* one that is being written; lives in `a` */
MUST_CHECK enum status blob_seal_start(struct blob_seal **out, struct arena *a,
                                       struct journal *j, sqlite3_blob *to,
                                       const hash256 *name, uint32_t size);
MUST_CHECK enum status blob_seal_add(struct blob_seal *b, const void *p, size_t n);
MUST_CHECK enum status blob_open_whole(const struct journal *j, const hash256 *name,
                                       const uint8_t *p, int64_t stored, struct buf *out);
/* Of the one that j->reading has open. What SQLite says of it; *s when a piece does not open. */
MUST_CHECK enum status blob_open_start(struct journal *j);
int blob_open_at(struct journal *j, uint8_t *to, size_t n, uint32_t offset, enum status *s);

/* ---- local.c, blob.c ---- */
/* For what may stand alone or inside an intent's transaction. */
MUST_CHECK enum status alone_begin(struct journal *j, bool *alone);
MUST_CHECK enum status alone_end(struct journal *j, bool alone, enum status s);
/* Ends what blob_read_at has open: before the database is tidied. */
void blob_rest(struct journal *j);
void blob_new_transaction(struct journal *j);

/* ---- office.c: whose word counts ---- */
/* Kinds that only an office's records can say: others' are kept and carried on, never shown. */
bool kind_is_rule(uint32_t kind);
bool office_has(const struct journal *j, const uint8_t key[32]); /* as read last */
/* This device itself, or the office that it takes its packs from: never parked here. */
bool office_obeyed(struct journal *j, const uint8_t key[32]);
/* Reads everything again: when opening, after a rollback and after a fork. */
MUST_CHECK enum status rules_load(struct journal *j);
/* A record has been added, or its words have come. */
MUST_CHECK enum status rules_noticed(struct journal *j, const struct record *r,
                                     const struct value *values);
/* When something came that they depend on: reads again and makes dirty what has changed. */
MUST_CHECK enum status rules_settle(struct journal *j);
/* Parked records, and rules that are no office's, are to the tables as if they were not there.
 */
bool record_counts(struct journal *j, const struct record *r);

/* ---- revoke.c ---- */
/* How far each log counts: fills accepted_seq and revoked of every stretch. */
MUST_CHECK enum status revocations_load(struct journal *j);

/* ---- seals.c ---- */
void seal_again(struct journal *j, const struct record *r); /* it stops counting, or begins */
/* Which of two seals of a check counts: the lesser one. */
int seal_order(struct journal *j, row_id visit, int64_t hlc_a, row_id a, int64_t hlc_b,
               row_id b);
/* Those of the log, and those of its checks. */
MUST_CHECK enum status seals_of_log_again(struct journal *j, int32_t log);
MUST_CHECK enum status seals_settle(struct journal *j);

/* ---- erase.c ---- */
MUST_CHECK enum status erasures_load(struct journal *j);
MUST_CHECK enum status erasure_noticed(struct journal *j, const struct record *r,
                                       const struct value *values);
const struct erased_row *erased_find(const struct buf *erased, row_id row); /* NULL: not */
bool row_erased(const struct journal *j, row_id row, row_id *record); /* record may be NULL */
/* Before the key that a run was carried with is forgotten. */
MUST_CHECK enum status keep_salts_of_run(struct journal *j, const struct run_found *run);
/* Drops the words of the rows that were noted since the last commit, and what hangs on them. */
MUST_CHECK enum status erasures_apply(struct journal *j);
void erase_again(struct journal *j); /* notes all that are erased: after a fork, an update */

/* ---- wipe.c ---- */
void wipe_note_blobs(struct journal *j, const struct record *r); /* whose words are going */
MUST_CHECK enum status wipe_blobs(struct journal *j); /* those that nothing names any more */
MUST_CHECK enum status wipe_drafts(struct journal *j, row_id row);
MUST_CHECK enum status wipe_mark(struct journal *j);
bool wipe_marked(struct journal *j);
void wipe_now(struct journal *j); /* empties the WAL, outside transactions */

/* ---- self.c, verify.c ---- */
MUST_CHECK enum status self_load(struct journal *j, const char *passphrase);
MUST_CHECK enum status self_to_rest(struct journal *j); /* its file under the database's key */
void self_forget(struct journal *j);                  /* wipes the keys */
MUST_CHECK enum status self_renew(struct journal *j); /* a new incarnation of the same key */
MUST_CHECK enum status head_load(struct journal *j);
MUST_CHECK enum status chain_check(struct journal *j, int32_t log, int64_t from, int64_t to,
                                   int ms, int64_t *reached, struct journal_report *report);
MUST_CHECK enum status verified_save(struct journal *j);
void lantern_functions(struct journal *j);

/* ---- vault_slot.c, vault_people.c ---- */
/* Locks the key of a database that is being sealed for its first person, inside the caller's
 * transaction; makes the vault's tables. STATUS_INVALID: no label, or no PIN (pass_fault). */
MUST_CHECK enum status vault_put(struct journal *j, row_id person, const char *label,
                                 const char *pass, const uint8_t key[32]);
/* After a log was relabelled: people's rows have other numbers. */
MUST_CHECK enum status vault_follow(struct journal *j);

/* ---- union: relabelling after a fork ---- */
MUST_CHECK enum status union_relabel(struct journal *j);

#endif
