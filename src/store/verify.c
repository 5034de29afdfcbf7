/* verify.c -- the proof of everything: chains, bodies, blobs, and that the tables are what the
 * journal says.
 *
 * Journey: in idle moments a few milliseconds at a time; whole by `lantern-office verify`. */
#include <string.h>

#include "store/inside.h"

/* ---- the chain ---- */

struct chain {
    struct journal *j;
    const struct log_entry *log;
    int64_t seq;              /* of the record before */
    hash256 stored, computed; /* its hash as stored, and as recomputed */
    bool hole;                /* the record before is missing: nothing to compare with */
    bool doubtful;            /* they differ, and it is not yet known which side is damaged */
    row_id epoch;             /* whose key is in `key`; -1 none yet */
    uint8_t key[32];
    bool key_gone;
    struct journal_report *report;
};

static enum status previous_hash(struct chain *c, int64_t seq) {
    enum status s = STATUS_OK;
    c->doubtful = c->hole = false;
    sqlite3_stmt *q = st(c->j, ST_RUN_AT);
    sqlite3_bind_int(q, 1, c->log->no);
    sqlite3_bind_int64(q, 2, seq);
    if (st_row(c->j, q, &s)) {
        if (sqlite3_column_bytes(q, 0) == 32)
            memcpy(c->stored.b, sqlite3_column_blob(q, 0), 32);
        sqlite3_reset(q);
        return STATUS_OK;
    }
    if (s) return s;
    if (seq == 1) {
        c->stored = c->log->id;
        return STATUS_OK;
    }
    s = journal_record_hash(c->j, ref_own(c->j, c->log->no, seq - 1), &c->stored);
    if (s == STATUS_NOT_FOUND) { /* a hole that nobody told of */
        c->report->chain_damaged++;
        c->hole = true;
        s = STATUS_OK;
    }
    return s;
}

static enum status commitment_of(struct chain *c, const struct record *r, hash256 *out) {
    static const uint8_t zeros[32];
    if (!r->body) {
        *out = r->commitment;
        return STATUS_OK;
    }
    row_id epoch = r->kind == KIND_salt ? -2 : r->epoch;
    if (epoch != c->epoch || epoch == 0) {
        enum status s = STATUS_OK;
        memset(c->key, 0, 32);
        if (epoch >= 0) s = salt_key_of(c->j, epoch, c->log->no, ROW_SEQ(r->id), c->key);
        if (s) return s;
        c->epoch = epoch;
        c->key_gone = epoch >= 0 && memcmp(c->key, zeros, 32) == 0;
    }
    if (!c->key_gone) {
        *out = record_commitment(c->key, ROW_SEQ(r->id), r->body, r->body_size);
        return STATUS_OK;
    }
    uint8_t salt[32];
    bool apart = false;
    enum status s = salt_of(c->j, r, salt, &apart);
    *out = salted_commitment(salt, r->body, r->body_size);
    return s;
}

/* A damaged body or header shows at its record alone; a damaged hash also at the next one,
 * which then fits the hash as it should have been. */
static enum status chain_record(struct chain *c, const struct record *r) {
    enum status s = STATUS_OK;
    struct record_wire w;
    if (c->seq + 1 != ROW_SEQ(r->id) || c->seq == 0) s = previous_hash(c, ROW_SEQ(r->id));
    if (s) return s;
    record_to_wire(c->j, r, &w);
    s = commitment_of(c, r, &w.commitment);
    if (s) return s;
    hash256 h = record_hash(&c->log->id, &c->stored, &w);
    bool fits = c->hole || hash_equal(&h, &r->hash);
    c->hole = false;
    if (c->doubtful) {
        hash256 other = record_hash(&c->log->id, &c->computed, &w);
        if (!fits && hash_equal(&other, &r->hash)) {
            c->report->chain_damaged++;
            fits = true;
        } else {
            c->report->bodies_damaged++;
        }
    }
    c->doubtful = !fits;
    c->computed = h;
    c->stored = r->hash;
    c->seq = ROW_SEQ(r->id);
    if (r->body && kind_by_number(r->kind) == NULL && body_check_unknown(r->body, r->body_size))
        c->report->bodies_damaged++;
    return STATUS_OK;
}

enum status chain_check(struct journal *j, int32_t log, int64_t from, int64_t to, int ms,
                        int64_t *reached, struct journal_report *report) {
    struct chain c = {.j = j, .log = log_at(j, log), .epoch = -1, .report = report};
    enum status s = STATUS_OK;
    int64_t until = clock_boot(&j->clock) + ms, n = 0;
    int64_t damage = report->bodies_damaged + report->chain_damaged;
    *reached = from - 1;
    BELIEVE(c.log);
    sqlite3_stmt *q = NULL;
    s = st_prepare(j, &q, st_text(j, ST_READ_LOG)); /* a second one: nobody resets it */
    if (!s) sqlite3_bind_int64(q, 1, ROW_ID(log, from));
    if (!s) sqlite3_bind_int64(q, 2, ROW_ID(log, to));
    while (!s && st_row(j, q, &s)) {
        struct record r;
        record_columns(q, &r);
        s = chain_record(&c, &r);
        report->records++;
        *reached = c.seq;
        if (ms > 0 && (++n & 63) == 0 && clock_boot(&j->clock) >= until && !c.doubtful) break;
    }
    sqlite3_finalize(q);
    if (c.doubtful) report->bodies_damaged++;
    if (!s && report->bodies_damaged + report->chain_damaged > damage)
        s = status_fail(STATUS_DAMAGED, "log %d: the chain does not recompute near record %lld",
                        log, (long long)*reached);
    return s;
}

enum status verified_save(struct journal *j) {
    enum status s = STATUS_OK;
    bool begun = false;
    for (int32_t no = 1; !s && no <= (int32_t)logs_count(j); no++) {
        struct log_entry *e = log_at(j, no);
        if (e->own && e->last_seq > e->verified) e->verified = e->last_seq; /* we wrote it */
        if (e->verified == e->verified_kept) continue;
        if (!begun) {
            s = journal_begin(j);
            if (s) return s;
            begun = true;
        }
        sqlite3_stmt *q = st(j, ST_LOG_VERIFIED);
        sqlite3_bind_int(q, 1, no);
        sqlite3_bind_int64(q, 2, e->verified);
        s = st_done(j, q);
        e->verified_kept = e->verified;
    }
    if (!begun) return s;
    if (!s) return journal_commit(j);
    journal_rollback(j);
    return s;
}

/* Chain by chain from the first record; between two calls anything may have been written. */
enum status journal_verify_step(struct journal *j, int ms, bool *done) {
    bool loaded = false;
    double part = 0;
    *done = false;
    if (j->writing) return STATUS_OK;
    if (!j->read_only && j->wipe) wipe_now(j);
    if (!j->read_only && (j->drafts_dropped || j->wal_frames > 500)) {
        /* Dropped drafts are really gone only when the write-ahead log is emptied. Else it
         * keeps its length: writing over it is half a tap's time faster than making it grow. */
        int mode = j->drafts_dropped ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
        blob_rest(j);
        int rc = sqlite3_wal_checkpoint_v2(j->db, NULL, mode, NULL, NULL);
        if (rc == SQLITE_OK) {
            j->drafts_dropped = false;
            j->wal_frames = 0;
        }
    }
    if (journal_loading(j)) return journal_load_step(j, ms, &loaded, &part);
    if (j->walk.log < 1) j->walk.log = 1;
    if (j->walk.log > (int32_t)logs_count(j)) {
        j->walk.log = 1;
        j->walk.seq = 0;
        *done = true;
        return STATUS_OK;
    }
    struct log_entry *e = log_at(j, j->walk.log);
    struct journal_report report = {0};
    int64_t reached = 0, from = j->walk.seq + 1;
    if (from < e->first_seq && e->base) from = e->first_seq;
    enum status s = chain_check(j, e->no, from, e->highest_seq, ms, &reached, &report);
    if (s && s != STATUS_DAMAGED) return s;
    j->walk.seq = reached;
    if (reached >= e->highest_seq || report.records == 0) {
        j->walk.log++;
        j->walk.seq = 0;
    }
    return s;
}

/* ---- all of it ---- */

static enum status count(struct journal *j, const char *sql, int64_t *out) {
    sqlite3_stmt *q = NULL;
    enum status s = st_prepare(j, &q, sql);
    if (!s && st_row(j, q, &s)) *out += sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return s;
}

/* Copies stand in no chain; whether they open can be said. */
static enum status copies(struct journal *j, struct journal_report *r, enum status *found) {
    enum status s = STATUS_OK;
    int64_t shut = 0;
    sqlite3_stmt *q = st(j, ST_COPIES_SHUT);
    if (st_row(j, q, &s)) shut = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    r->bodies_damaged += shut;
    if (!s && shut && !*found)
        *found = status_fail(STATUS_DAMAGED, "%lld copies do not open", (long long)shut);
    return s;
}

static enum status chains(struct journal *j, struct journal_report *r, enum status *found) {
    for (int32_t no = 1; no <= (int32_t)logs_count(j); no++) {
        struct log_entry *e = log_at(j, no);
        int64_t reached = 0;
        if (!e->highest_seq) continue;
        enum status s = chain_check(j, no, 0, e->highest_seq, 0, &reached, r);
        if (s && s != STATUS_DAMAGED) return s;
        if (s && !*found) *found = s;
        /* Stretches of one log count as one log. */
        if (log_trunk(j, &e->id) == e || !log_trunk(j, &e->id)->highest_seq) r->logs++;
        if (e->base) r->forks++;
    }
    return count(j, "SELECT count(*) FROM run", &r->gaps);
}

static enum status blobs(struct journal *j, struct journal_report *r) {
    enum status s = STATUS_OK;
    struct arena a = {0};
    for (size_t i = 0; !s && i < kinds_count; i++) {
        const struct kind *k = kind_at(i);
        for (const struct column *c = k->columns; !s && c->name; c++) {
            if (c->type != COL_HASH) continue;
            s = count(j,
                      arena_printf(&a,
                                   "SELECT count(DISTINCT \"%s\") FROM \"%s\" WHERE \"%s\" IS "
                                   "NOT NULL AND \"%s\" NOT IN (SELECT hash FROM blob)",
                                   c->name, k->name, c->name, c->name),
                      &r->blobs_missing);
        }
    }
    arena_release(&a);
    return s;
}

static enum status table_differs(struct journal *j, const char *name, int64_t *rows) {
    struct arena a = {0};
    enum status s =
        count(j,
              arena_printf(&a,
                           "SELECT (SELECT count(*) FROM (SELECT * FROM \"%s\" EXCEPT SELECT * "
                           "FROM \"proof_%s\")) + (SELECT count(*) FROM (SELECT * FROM "
                           "\"proof_%s\" EXCEPT SELECT * FROM \"%s\"))",
                           name, name, name, name),
              rows);
    arena_release(&a);
    return s;
}

static enum status tables(struct journal *j, struct journal_report *r, enum status *found) {
    static const char *const side[] = {"sealed", "late", "moved"};
    enum status s = rebuild_into(j, PROJECT_PROOF);
    for (size_t i = 0; !s && i < kinds_count + 3; i++) {
        const char *name = i < kinds_count ? kind_at(i)->name : side[i - kinds_count];
        int64_t rows = 0;
        s = table_differs(j, name, &rows);
        if (!s && rows && !*found)
            *found =
                status_fail(STATUS_DAMAGED, "table %s: %lld rows are not what the journal says",
                            name, (long long)rows);
        r->tables_differ += rows;
    }
    enum status dropped = schema_tables_drop(j, PROJECT_PROOF);
    return s ? s : dropped;
}

enum status journal_verify(struct journal *j, struct journal_report *out) {
    struct journal_report r = {0};
    enum status found = STATUS_OK;
    BELIEVE(!j->writing);
    enum status s = load_rest(j);
    if (!s) s = chains(j, &r, &found);
    if (!s) s = copies(j, &r, &found);
    if (!s) s = blobs(j, &r);
    if (!s) s = tables(j, &r, &found);
    if (s) return s;
    *out = r;
    return found;
}

/* ---- hashes over many records ---- */

static void add_u64(struct hash_state *h, uint64_t v) {
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(v >> (8 * i));
    hash_add(h, bytes, 8);
}

static enum status content_of_log(struct journal *j, const struct log_entry *e,
                                  struct hash_state *h) {
    enum status s = STATUS_OK;
    int64_t n = 0;
    sqlite3_stmt *q = NULL;
    s = st_prepare(j, &q,
                   "SELECT id, hash FROM journal WHERE id BETWEEN ?1 AND ?2 AND copy IS NULL "
                   "ORDER BY id");
    if (!s) sqlite3_bind_int64(q, 1, ROW_ID(e->no, 0));
    if (!s) sqlite3_bind_int64(q, 2, ROW_ID(e->no, 0xFFFFFFFFFFLL));
    while (!s && st_row(j, q, &s)) {
        if (n++ == 0) {
            hash_add(h, e->id.b, 32);
            hash_add(h, e->branch, 8);
        }
        add_u64(h, (uint64_t)ROW_SEQ(sqlite3_column_int64(q, 0)));
        hash_add(h, sqlite3_column_blob(q, 1), (size_t)sqlite3_column_bytes(q, 1));
    }
    sqlite3_finalize(q);
    return s;
}

/* An office's log stays its own when its key or its database has been replaced. */
static bool ours(const struct journal *j, const struct log_entry *e) {
    return hash_equal(&e->id, &j->own_id) || (j->rules.own_office && office_has(j, e->key));
}

/* For each stretch that holds records, in the order (log id, branch): log id, branch, and for
 * each record its seq (8 bytes, little endian) and hash. */
enum status journal_content_hash(struct journal *j, bool with_own, hash256 *out) {
    struct arena a = {0};
    size_t n = logs_count(j);
    struct log_entry **order = ARENA_ARRAY(&a, struct log_entry *, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct log_entry *e = log_at(j, (int32_t)i + 1);
        size_t at = i;
        for (; at > 0; at--) {
            int c = memcmp(order[at - 1]->id.b, e->id.b, 32);
            if (c == 0) c = memcmp(order[at - 1]->branch, e->branch, 8);
            if (c <= 0) break;
            order[at] = order[at - 1];
        }
        order[at] = e;
    }
    struct hash_state h;
    enum status s = STATUS_OK;
    hash_start(&h);
    for (size_t i = 0; !s && i < n; i++) {
        if (!with_own && ours(j, order[i])) continue;
        s = content_of_log(j, order[i], &h);
    }
    if (!s) *out = hash_end(&h);
    arena_release(&a);
    return s;
}

struct digest_row {
    row_id id, version;
};

static enum status digest_kind(struct journal *j, const struct kind *k, row_id visit,
                               struct hash_state *h, int64_t *rows) {
    struct buf found = {0};
    sqlite3_stmt *q = NULL;
    enum status s = kind_statement(j, k, PS_AFTER_SEAL, &q); /* with 0: all rows of the visit */
    if (s) return s;
    sqlite3_bind_int64(q, 1, visit);
    sqlite3_bind_int64(q, 2, 0);
    while (st_row(j, q, &s)) {
        struct digest_row r = {.id = sqlite3_column_int64(q, 0)};
        size_t at = found.size / sizeof r;
        buf_add(&found, &r, sizeof r);
        struct digest_row *all = (struct digest_row *)(void *)found.data;
        for (; at > 0 && id_order(j, all[at - 1].id, r.id) > 0; at--)
            all[at] = all[at - 1];
        all[at] = r;
    }
    const struct digest_row *all = (const struct digest_row *)(const void *)found.data;
    for (size_t i = 0; !s && i < found.size / sizeof *all; i++) {
        struct projected_head head;
        hash256 hash = {0};
        const struct log_entry *e = log_at(j, ROW_LOG(all[i].id));
        s = project_head(j, k, all[i].id, &head);
        if (!s) s = journal_record_hash(j, head.version, &hash);
        if (s) break;
        add_u64(h, k->number);
        hash_add(h, e->id.b, 32);
        add_u64(h, (uint64_t)ROW_SEQ(all[i].id));
        hash_add(h, hash.b, 32);
        ++*rows;
    }
    buf_release(&found);
    return s;
}

/* For each row, in the order (kind, log id, seq): kind (8 bytes), log id, seq (8), hash of the
 * record that holds its present version. */
enum status journal_visit_digest(struct journal *j, row_id visit, hash256 *out, int64_t *rows) {
    enum status s = load_rest(j);
    struct hash_state h;
    int64_t n = 0;
    hash_start(&h);
    for (uint32_t number = 0; !s && number < KIND_NUMBERS_MAX; number++) {
        const struct kind *k = kind_by_number(number);
        if (k && k->sealed_by) s = digest_kind(j, k, visit, &h, &n);
    }
    if (s) return s;
    *out = hash_end(&h);
    *rows = n;
    return STATUS_OK;
}
