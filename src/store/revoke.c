/* revoke.c -- what a revoked device wrote beyond its last accepted record.
 *
 * Journey: a tablet is lost. The office names the last record it accepts of each of its logs;
 * what lies beyond is parked: kept, hashed, counted and carried on, but to the tables it is as
 * if it were not there. Nothing is refused here, and nothing is lost: to admit it the record is
 * withdrawn or changed, and the parked ones are projected.
 *
 *      1 ─ 2 ─ 3 ─ 4 ─ 5        revoked after 4: trunk counts to 3, 4…5 to 4
 *              └─── 4' ─ 5'     does not hold the named record: parked whole
 *
 * How far each stretch counts (accepted_seq) follows from the records alone, so the order in
 * which records and revocations arrive makes no difference:
 *  - only the office's records of kind revoke count, of each row the newest version;
 *  - a log that no revocation of its key names is parked whole, be it a new installation;
 *  - of several that name one log the strictest counts; a withdrawn one is no limit;
 *  - revocations of office keys come first, said by any office but about others only: whoever
 *    holds a stolen office key does not lift its revocation. Then all others, without those
 * that are parked by then. Two offices that revoke each other are both parked;
 *  - but never, on their own device, a device's own records (nobody's work vanishes from under
 *    their hands), nor those of the office that this tablet obeys. */
#include <string.h>

#include "store/inside.h"

struct revocation {
    row_id row, version;
    int64_t hlc;
    uint8_t key[32];
    bool names; /* a log; else all logs of the key are parked whole */
    hash256 log;
    bool lifted; /* withdrawn: the log counts without limit */
    int64_t seq; /* last accepted */
    bool hashed;
    hash256 hash; /* its hash */
};

struct revocations {
    struct journal *j;
    struct revocation *all;
    size_t n;
};

/* ---- reading them ---- */

static void take(const struct record *r, const struct value *v, struct revocation *out) {
    const struct value *key = &v[kind_column(&kind_revoke, "key")],
                       *incarnation = &v[kind_column(&kind_revoke, "incarnation")],
                       *seq = &v[kind_column(&kind_revoke, "seq")],
                       *hash = &v[kind_column(&kind_revoke, "hash")];
    *out = (struct revocation){.row = r->row,
                               .version = r->id,
                               .hlc = r->hlc,
                               .names = incarnation->said && incarnation->n == 8,
                               .lifted = r->op == OP_WITHDRAW,
                               .seq = seq->said && seq->i > 0 ? seq->i : 0,
                               .hashed = hash->said && hash->n == HASH_BYTES};
    if (key->said && key->n == 32) memcpy(out->key, key->p, 32);
    if (out->names) out->log = union_log_id(out->key, incarnation->p);
    if (out->hashed) memcpy(out->hash.b, hash->p, HASH_BYTES);
}

/* Of each row the newest version that counts: about an office, those of every other office. */
static enum status collect(struct journal *j, const uint8_t *office, struct buf *out) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_REVOCATIONS);
    while (st_row(j, q, &s)) {
        struct record r;
        struct value values[ROW_COLUMNS_MAX];
        struct revocation one;
        record_columns(q, &r);
        const struct log_entry *e = log_at(j, ROW_LOG(r.id));
        if (!r.body || !e || !e->office) continue;
        if (office ? memcmp(e->key, office, 32) == 0 : !record_counts(j, &r)) continue;
        if (body_read(j, &kind_revoke, ROW_LOG(r.id), r.body, r.body_size, values)) continue;
        take(&r, values, &one);
        struct revocation *all = (struct revocation *)(void *)out->data;
        size_t n = out->size / sizeof one, i = 0;
        while (i < n && all[i].row != one.row)
            i++;
        if (i == n)
            buf_add(out, &one, sizeof one);
        else if (record_order(j, one.hlc, one.version, all[i].hlc, all[i].version) > 0)
            all[i] = one;
    }
    BELIEVE(!out->overflow);
    return s;
}

/* ---- how far one stretch counts by one of them ---- */

static enum status has_record(struct journal *j, row_id id, const hash256 *hash, bool *there,
                              bool *same) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_KNOWN);
    sqlite3_bind_int64(q, 1, id);
    *there = *same = false;
    if (!st_row(j, q, &s)) return s;
    *there = sqlite3_column_type(q, 2) == SQLITE_NULL; /* the office's copy proves nothing */
    *same = *there && sqlite3_column_bytes(q, 0) == HASH_BYTES &&
            memcmp(sqlite3_column_blob(q, 0), hash->b, HASH_BYTES) == 0;
    sqlite3_reset(q);
    return STATUS_OK;
}

/* The stretch that holds the named record; 0: it is not here. */
static enum status holder_of(struct journal *j, const struct revocation *v, int32_t *no) {
    enum status s = STATUS_OK;
    *no = 0;
    for (struct log_entry *e = log_trunk(j, &v->log); e && !s && !*no; e = log_at(j, e->next)) {
        bool there = false, same = false;
        s = has_record(j, ROW_ID(e->no, v->seq), &v->hash, &there, &same);
        if (same) *no = e->no;
    }
    return s;
}

/* Where the named record is in a branch, what leads to it counts up to where it leaves. */
static int64_t along(struct journal *j, const struct log_entry *e, int32_t holder,
                     int64_t seq) {
    const struct log_entry *at = log_at(j, holder);
    int64_t limit = seq;
    while (at && at != e) {
        if (limit > at->first_seq - 1) limit = at->first_seq - 1;
        at = log_at(j, at->base);
    }
    if (at == e) return limit;
    /* Beyond a gap the way back is not known, but it ends in the trunk, which all share. */
    return log_trunk(j, &e->id) == e ? seq : 0;
}

static enum status limit_of(struct journal *j, const struct log_entry *e,
                            const struct revocation *v, int64_t *limit) {
    int32_t holder = 0;
    bool there = false, same = false;
    *limit = v->lifted ? INT64_MAX : v->seq;
    if (v->lifted || v->seq == 0 || !v->hashed) return STATUS_OK;
    enum status s = holder_of(j, v, &holder);
    if (s) return s;
    if (holder) {
        *limit = along(j, e, holder, v->seq);
        return STATUS_OK;
    }
    /* Not here yet. Another record in its place shows that this is not the way that leads to
     * it, and not where it left: then nothing of it counts, nor do branches that may be wrong.
     */
    s = has_record(j, ref_own(j, e->no, v->seq), &v->hash, &there, &same);
    if (there || (e->forked && log_trunk(j, &e->id) != e)) *limit = 0;
    return s;
}

/* ---- all stretches ---- */

static enum status apply_to(const struct revocations *r, struct log_entry *e) {
    enum status s = STATUS_OK;
    bool named = false, revoked = false;
    int64_t accepted = INT64_MAX;
    for (size_t i = 0; !s && i < r->n; i++) {
        const struct revocation *v = &r->all[i];
        int64_t limit = 0;
        bool this_log = v->names && hash_equal(&v->log, &e->id);
        if (!this_log && memcmp(v->key, e->key, 32) != 0) continue;
        if (!v->lifted) revoked = true;
        if (!this_log) continue;
        named = true;
        s = limit_of(r->j, e, v, &limit);
        if (limit < accepted) accepted = limit;
    }
    if (s || !revoked) return s;
    e->revoked = true;
    if (!office_obeyed(r->j, e->key)) e->accepted_seq = named ? accepted : 0;
    return STATUS_OK;
}

/* Those of one office key, or (NULL) those of all that are no office's. */
static enum status apply(struct journal *j, const uint8_t *office) {
    static const uint8_t zeros[32];
    struct buf found = {0};
    enum status s = collect(j, office, &found);
    struct revocations r = {.j = j, .all = (struct revocation *)(void *)found.data};
    for (size_t i = 0; i < found.size / sizeof *r.all; i++) {
        const uint8_t *key = r.all[i].key;
        bool these = office ? memcmp(key, office, 32) == 0
                            : !office_has(j, key) && memcmp(key, zeros, 32) != 0;
        if (these) r.all[r.n++] = r.all[i];
    }
    for (int32_t no = 1; !s && r.n && no <= (int32_t)logs_count(j); no++)
        s = apply_to(&r, log_at(j, no));
    buf_release(&found);
    return s;
}

enum status revocations_load(struct journal *j) {
    enum status s = STATUS_OK;
    for (int32_t no = 1; no <= (int32_t)logs_count(j); no++) {
        log_at(j, no)->accepted_seq = INT64_MAX;
        log_at(j, no)->revoked = false;
    }
    for (size_t at = 0; !s && at + 32 <= j->rules.offices.size; at += 32)
        s = apply(j, j->rules.offices.data + at);
    return s ? s : apply(j, NULL);
}
