/* union.h -- what sync needs of the store: reading logs out, putting foreign records in.
 *
 * Journey: sync/export.c reads runs of records; sync/merge.c inserts what is missing. This header knows
 * records as bytes; it never learns a kind's name. Only sync and the office's verify include it. */
#ifndef STORE_UNION_H
#define STORE_UNION_H

#include "base/buf.h"
#include "store/journal.h"

/* A reference that means the same everywhere. */
struct global_ref {
    hash256 log;      /* all zeros and seq 0: none */
    int64_t seq;
    uint8_t check[4]; /* first bytes of the named record's hash; zeros inside the own log */
};

struct record_wire {       /* one record as it is hashed */
    int64_t seq;
    uint64_t hlc;          /* 48 bits of ms, 16 of counter */
    int64_t at;            /* ms UTC */
    int16_t at_offset_min;
    uint16_t kind;
    uint8_t op;
    struct global_ref by, row, parent;
    const uint8_t *body;
    size_t body_size;
    bool body_erased;      /* then `commitment` stands for it */
    hash256 commitment;    /* BLAKE2b-256(salt ‖ body) */
    hash256 hash;          /* of the record */
    bool salted;           /* its salt key was erased: `salt` travels with the record */
    uint8_t salt[32];
};

/* FORMAT.md section 2: hash("lantern log 1" ‖ key ‖ incarnation). */
hash256 union_log_id(const uint8_t key[32], const uint8_t incarnation[8]);

struct log_info {
    int32_t no;
    hash256 id;
    uint8_t branch[8];     /* zeros: the trunk */
    uint8_t key[32];       /* zeros while unknown */
    uint8_t incarnation[8];
    int64_t first_seq, last_seq; /* of the unbroken run from 1; last_seq 0: nothing yet */
    hash256 last_hash;
    int64_t highest_seq;   /* beyond a gap */
    bool own;
    bool office;           /* its key is an office's, see union_is_office */
    bool revoked;          /* a revocation that counts names its key */
    int64_t accepted_seq;  /* revoked: what lies beyond is parked; else INT64_MAX */
    int64_t parked;        /* records beyond accepted_seq: kept, hashed, carried on, never projected */
};
MUST_CHECK enum status union_logs(struct journal *j, struct arena *a, struct log_info **out, size_t *n);
MUST_CHECK enum status union_log_by_id(struct journal *j, const hash256 *id, struct log_info *out); /* the trunk */

/* Reading: records of a log with from_seq <= seq <= to_seq, in order. `r` and its body are valid until the next call. */
struct union_reader;
MUST_CHECK enum status union_read_open(struct union_reader **out, struct journal *j, int32_t log, int64_t from_seq, int64_t to_seq);
/* The same without each record's hash, which is what a bundle needs and a fifth cheaper. */
MUST_CHECK enum status union_read_lean(struct union_reader **out, struct journal *j, int32_t log, int64_t from_seq, int64_t to_seq);
bool union_read_next(struct union_reader *u, struct record_wire *r);
/* Takes the body out of the record that union_read_next gave last, leaving its commitment: a pack withholds the words
 * of services that are not the tablet's. A version without words that was not erased is not projected. */
MUST_CHECK enum status union_withhold(struct union_reader *u, struct record_wire *r);
MUST_CHECK enum status union_read_close(struct union_reader *u);
/* Hash of the record before from_seq (the log id when from_seq is 1), and the salt key in force there (zeros when none). */
MUST_CHECK enum status union_read_base(struct journal *j, int32_t log, int64_t from_seq, hash256 *previous, uint8_t salt_key[32]);

/* Writing: one transaction a bundle, opened by union_begin, closed by union_commit or union_rollback. */
MUST_CHECK enum status union_begin(struct journal *j);
struct union_section;
/* A run of one log: joins, leaves a gap, or contradicts (fork) — told in *out of union_section_end.
 * `previous` is the hash before first_seq. */
MUST_CHECK enum status union_section_start(struct union_section **out, struct journal *j, const hash256 *log_id,
                                           const uint8_t key[32], const uint8_t incarnation[8], int64_t first_seq,
                                           const hash256 *previous, const uint8_t salt_key[32]);
/* Adds one record in seq order; computes its hash, checks form (deterministic CBOR, columns, limits), inserts
 * it when missing. `hash`, `commitment` in r are outputs. STATUS_INVALID with a detail for anything wrong. */
MUST_CHECK enum status union_section_add(struct union_section *s, struct record_wire *r);
struct union_outcome {
    int64_t added, known;
    bool gap, fork;
    int64_t copies_differ;  /* the office's copies that were not what the log says */
    hash256 head;   /* hash of the last record, to compare with the checkpoint */
};
MUST_CHECK enum status union_section_end(struct union_section *s, struct union_outcome *out);
/* Projects what was added (all sections together), then commits. */
MUST_CHECK enum status union_commit(struct journal *j);
void union_rollback(struct journal *j);

/* A fork is told once, in the section that brought it. When the log that forked is our own, union_commit
 * starts a new incarnation. A section's log id must be that of its key and incarnation when these are given. */

/* Copies under the office's signature: present versions of other devices' rows, projected and marked. */
MUST_CHECK enum status union_add_copy(struct journal *j, const hash256 *log_id, struct record_wire *r);

/* Data of sync's own, kept in the store's database: checkpoints, receipts, bundles made. */
MUST_CHECK enum status union_keep(struct journal *j, const char *table_key, const void *p, size_t n); /* like a draft, but exported by sync's own rules */
MUST_CHECK enum status union_kept(struct journal *j, const char *prefix, struct arena *a, char ***keys, struct buf **values, size_t *n);

/* One value by its whole key; size 0 when there is none. Its bytes live in `a`. */
MUST_CHECK enum status union_kept_one(struct journal *j, const char *key, struct arena *a, struct buf *out);

/* The marker beside the database: (incarnation, seq, hash) of the last exported record; synced before an
 * export gets its final name. */
MUST_CHECK enum status union_mark_exported(struct journal *j, int64_t seq, const hash256 *hash);
int64_t union_exported_seq(struct journal *j);

/* ---- SQL of sync's own over a database that is sealed at rest (journal_at_rest_sealed) ----
 * Instead of `body`: a record's body where its kind may name blobs, else no bytes; NULL erased. What sealing adds to the
 * length of a body. Instead of length(bytes): a blob's size as it was put. */
#define UNION_NAMING_BODY \
    "rest_naming_body(body, id, hlc, at, tz, \"by\", kind, op, \"row\", parent, hash, checks, copy)"
#define UNION_BODY_OVER "40"
#define UNION_BLOB_SIZE "rest_blob_size(length(bytes))"

/* ---- whose erasing and revoking counts ----
 * An office key of this provider is: the key whose log created the provider row that the provider's id names (of any
 * provider row that is not a sample, while no id is known); a key that was kept as trusted (union_trust_office); on an
 * office, this device's own. A device's own words about its role count for nothing. */
bool union_is_office(struct journal *j, const uint8_t key[32]);
MUST_CHECK enum status union_trust_office(struct journal *j, const uint8_t key[32]); /* kept as "office/keys/HEX" */
/* FORMAT.md section 5: hash("lantern provider 1" ‖ log id ‖ seq). The id in force is kept as "office/provider". */
hash256 union_provider_hash(const hash256 *log, int64_t seq);

/* From here on this device writes a new log: a receipt named something of ours that we never wrote. Between union_begin
 * and union_commit it happens at the commit; STATUS_INVALID in the middle of an intent. */
MUST_CHECK enum status union_renew(struct journal *j);

/* Kinds from this number on must be understood: a record of such a kind that is not known here is refused
 * (STATUS_NEWER), and with it its bundle. Unknown kinds below are kept and shipped on. */
#define KIND_MUST_UNDERSTAND 32768

/* Hash of one record from its parts, for readers and tests. salt: keyed BLAKE2b(seq as u64 LE) under the salt key
 * (32 zero bytes when there is none). */
hash256 record_hash(const hash256 *log_id, const hash256 *previous, const struct record_wire *r);
hash256 record_commitment(const uint8_t salt_key[32], int64_t seq, const void *body, size_t n);

#endif
