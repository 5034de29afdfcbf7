/* union_read.c -- records out: runs of a log as they are hashed.
 *
 * Journey: export reads here and writes frames; verify and tests read here and compare. */
#include <string.h>

#include "store/inside.h"

static enum status info_of(struct journal *j, const struct log_entry *e, struct log_info *out) {
    enum status s = STATUS_OK;
    *out = (struct log_info){.no = e->no,
                             .id = e->id,
                             .first_seq = e->first_seq,
                             .last_seq = e->last_seq,
                             .last_hash = e->last_hash,
                             .highest_seq = e->highest_seq,
                             .own = e->own,
                             .office = e->office,
                             .revoked = e->revoked,
                             .accepted_seq = e->accepted_seq};
    memcpy(out->branch, e->branch, 8);
    memcpy(out->key, e->key, 32);
    memcpy(out->incarnation, e->incarnation, 8);
    if (e->highest_seq <= e->accepted_seq) return STATUS_OK;
    sqlite3_stmt *q = st(j, ST_COUNT_BETWEEN);
    sqlite3_bind_int64(q, 1, ROW_ID(e->no, e->accepted_seq + 1));
    sqlite3_bind_int64(q, 2, ROW_ID(e->no, e->highest_seq));
    if (st_row(j, q, &s)) {
        out->parked = sqlite3_column_int64(q, 0);
        sqlite3_reset(q);
    }
    return s;
}

enum status union_logs(struct journal *j, struct arena *a, struct log_info **out, size_t *n) {
    size_t count = logs_count(j), used = 0;
    struct log_info *all = ARENA_ARRAY(a, struct log_info, count + 1);
    enum status s = STATUS_OK;
    for (size_t i = 0; !s && i < count; i++) {
        const struct log_entry *e = log_at(j, (int32_t)i + 1);
        /* A stretch that a later look at the fork has emptied is only a number kept. */
        if (e->forked && !e->highest_seq && log_trunk(j, &e->id) != e) continue;
        s = info_of(j, e, &all[used++]);
    }
    if (s) return s;
    *out = all;
    *n = used;
    return STATUS_OK;
}

enum status union_log_by_id(struct journal *j, const hash256 *id, struct log_info *out) {
    const struct log_entry *e = log_trunk(j, id);
    if (!e) return status_fail(STATUS_NOT_FOUND, "a log not known here");
    return info_of(j, e, out);
}

struct union_reader {
    struct arena arena;
    struct journal *j;
    sqlite3_stmt *q;
    bool shared; /* q is the journal's own: reset at the end, not finalized */
    bool lean;
    enum status status;
    row_id epoch; /* whose key was looked up last */
    uint8_t key[32];
    bool key_gone;
};

/* The journal's own statement, or another like it while somebody else reads with that one. An
 * export opens a reader for each chunk and each copy: preparing every time would take longer
 * than reading. */
static enum status take_statement(struct union_reader *u) {
    enum statement_id which = u->lean ? ST_READ_LEAN : ST_READ_LOG;
    sqlite3_stmt *q = st(u->j, which);
    u->shared = q && !sqlite3_stmt_busy(q);
    if (!u->shared) return st_prepare(u->j, &u->q, st_text(u->j, which));
    u->q = q;
    return STATUS_OK;
}

static enum status open_reader(struct union_reader **out, struct journal *j, int32_t log,
                               int64_t from_seq, int64_t to_seq, bool lean) {
    struct arena a = {0};
    if (!log_at(j, log)) return status_fail(STATUS_NOT_FOUND, "log %d", log);
    struct union_reader *u = ARENA_NEW(&a, struct union_reader);
    u->arena = a;
    u->j = j;
    u->epoch = -1;
    u->lean = lean;
    enum status s = take_statement(u);
    if (s) {
        a = u->arena;
        arena_release(&a);
        return s;
    }
    sqlite3_bind_int64(u->q, 1, ROW_ID(log, from_seq > 0 ? from_seq : 0));
    sqlite3_bind_int64(u->q, 2, ROW_ID(log, to_seq < 0xFFFFFFFFFFLL ? to_seq : 0xFFFFFFFFFFLL));
    *out = u;
    return STATUS_OK;
}

enum status union_read_open(struct union_reader **out, struct journal *j, int32_t log,
                            int64_t from_seq, int64_t to_seq) {
    return open_reader(out, j, log, from_seq, to_seq, false);
}

enum status union_read_lean(struct union_reader **out, struct journal *j, int32_t log,
                            int64_t from_seq, int64_t to_seq) {
    return open_reader(out, j, log, from_seq, to_seq, true);
}

/* What a frame says. The commitment stands in for words that were erased, which is rare enough
 * to be asked for by itself. */
static enum status lean_columns(struct union_reader *u, struct record *r) {
    sqlite3_stmt *q = u->q;
    record_numbers(q, r);
    sqlite3_value *body = sqlite3_column_value(q, 10), *checks = sqlite3_column_value(q, 11);
    if (sqlite3_value_bytes(checks) == sizeof r->checks)
        memcpy(r->checks, sqlite3_value_blob(checks), sizeof r->checks);
    if (sqlite3_value_type(body) == SQLITE_NULL) {
        struct arena a = {0};
        enum status s = record_read(u->j, r->id, &a, r); /* no body: nothing lies in `a` */
        arena_release(&a);
        return s;
    }
    r->body = sqlite3_value_blob(body);
    r->body_size = (size_t)sqlite3_value_bytes(body);
    return STATUS_OK;
}

/* Where the key of an epoch has been erased, each record brings its own salt. */
static enum status fill_salt(struct union_reader *u, const struct record *r,
                             struct record_wire *w) {
    static const uint8_t zeros[32];
    if (!r->body || r->kind == KIND_salt) return STATUS_OK;
    if (u->epoch != r->epoch || r->epoch == 0) {
        enum status s = salt_key_of(u->j, r->epoch, ROW_LOG(r->id), ROW_SEQ(r->id), u->key);
        if (s) return s;
        u->epoch = r->epoch;
        u->key_gone = memcmp(u->key, zeros, 32) == 0;
    }
    return u->key_gone ? salt_of(u->j, r, w->salt, &w->salted) : STATUS_OK;
}

bool union_read_next(struct union_reader *u, struct record_wire *r) {
    struct record rec;
    if (u->status || !st_row(u->j, u->q, &u->status)) return false;
    if (u->lean)
        u->status = lean_columns(u, &rec);
    else
        record_columns(u->q, &rec);
    if (u->status) return false;
    record_to_wire(u->j, &rec, r);
    u->status = fill_salt(u, &rec, r);
    return u->status == STATUS_OK;
}

/* Salts salt what is not withheld, and the other three everybody has to obey or check. */
enum status union_withhold(struct union_reader *u, struct record_wire *r) {
    if (!r->body || r->kind == KIND_salt || r->kind == KIND_provider || r->kind == KIND_erase ||
        r->kind == KIND_revoke)
        return STATUS_OK;
    r->commitment = u->key_gone ? salted_commitment(r->salt, r->body, r->body_size)
                                : record_commitment(u->key, r->seq, r->body, r->body_size);
    r->body = NULL;
    r->body_size = 0;
    r->body_erased = true;
    r->salted = false;
    memset(r->salt, 0, sizeof r->salt);
    return STATUS_OK;
}

enum status union_read_close(struct union_reader *u) {
    if (!u) return STATUS_OK;
    enum status s = u->status;
    if (u->shared)
        sqlite3_reset(u->q);
    else
        sqlite3_finalize(u->q);
    struct arena a = u->arena;
    arena_release(&a);
    return s;
}

enum status union_read_base(struct journal *j, int32_t log, int64_t from_seq, hash256 *previous,
                            uint8_t salt_key[32]) {
    enum status s = STATUS_OK;
    struct arena a = {0};
    struct record r;
    const struct log_entry *e = log_at(j, log);
    if (!e) return status_fail(STATUS_NOT_FOUND, "log %d", log);
    memset(salt_key, 0, 32);
    sqlite3_stmt *q = st(j, ST_RUN_AT);
    sqlite3_bind_int(q, 1, log);
    sqlite3_bind_int64(q, 2, from_seq);
    bool run = st_row(j, q, &s);
    if (run && sqlite3_column_bytes(q, 0) == 32)
        memcpy(previous->b, sqlite3_column_blob(q, 0), 32);
    if (run) sqlite3_reset(q);
    if (!s && !run && from_seq <= 1) *previous = e->id;
    if (!s && !run && from_seq > 1)
        s = journal_record_hash(j, ref_own(j, log, from_seq - 1), previous);
    if (s || (from_seq <= 1 && !run)) return s;
    s = record_read(j, ref_own(j, log, from_seq), &a, &r);
    if (!s && r.kind != KIND_salt) s = salt_key_of(j, r.epoch, log, from_seq, salt_key);
    if (s == STATUS_NOT_FOUND) s = STATUS_OK; /* the end of the log: nothing follows yet */
    arena_release(&a);
    return s;
}
