/* union_write.c -- records in: a union of sets, section by section.
 *
 * Journey: merge hands over runs of records that its door has let in. What is missing is
 * inserted and projected at once; what is known only has its hash compared.
 *
 * Where a section stands in its log:
 *
 *      known 1…10          section 11…20 follows its hash      joins
 *      known 1…10          section 15…20, 14 not known         a gap: a run of its own,
 * projected known 1…10, 15…20   section 11…14 ends in that hash     the gap closes known 1…10
 * another record 9                    a fork: both tails are kept
 *
 * The first three are settled here. A fork puts the other tail into a stretch of its own for
 * the time being; union_relabel.c then finds the stretches anew from the set of records alone.
 */
#include <string.h>

#include "base/cbor.h"
#include "store/inside.h"

struct union_section {
    struct arena arena;
    struct journal *j;
    int32_t log; /* stretch that records go into now */
    hash256 log_id;
    int64_t first_seq, next_seq;
    hash256 previous; /* hash before next_seq */
    int64_t hlc;      /* of that record, 0 unknown */
    uint8_t key[32];  /* salt key in force; zeros: not known */
    row_id epoch;     /* the salt record it came from, 0 outside this database */
    int64_t next_run; /* where the next run of this stretch begins, 0 none */
    bool joined;      /* the record before is here */
    struct union_outcome out;
};

static const uint8_t zeros[32];

enum status union_begin(struct journal *j) {
    enum status s = journal_begin(j);
    if (!s) j->merging = true;
    return s;
}

void union_rollback(struct journal *j) {
    journal_rollback(j);
}

/* ---- starting
 * -------------------------------------------------------------------------------------------
 */

static enum status known_at(struct journal *j, row_id id, bool *there, bool *copy,
                            hash256 *hash) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_KNOWN);
    sqlite3_bind_int64(q, 1, id);
    *there = *copy = false;
    if (!st_row(j, q, &s)) return s;
    *there = true;
    *copy = sqlite3_column_type(q, 2) != SQLITE_NULL;
    memset(hash->b, 0, 32);
    if (sqlite3_column_bytes(q, 0) == 32) memcpy(hash->b, sqlite3_column_blob(q, 0), 32);
    sqlite3_reset(q);
    return STATUS_OK;
}

static enum status find_run(struct union_section *u) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(u->j, ST_RUN_AFTER);
    sqlite3_bind_int(q, 1, u->log);
    sqlite3_bind_int64(q, 2, u->next_seq);
    u->next_run = 0;
    if (st_row(u->j, q, &s)) {
        u->next_run = sqlite3_column_int64(q, 0);
        sqlite3_reset(q);
    }
    return s;
}

/* The salt key after the record before. What was told must not contradict what is known. */
static enum status take_key(struct union_section *u, row_id before, const uint8_t told[32]) {
    struct arena a = {0};
    struct record r;
    uint8_t key[32] = {0};
    enum status s = record_read(u->j, before, &a, &r);
    if (!s) {
        u->hlc = r.hlc;
        u->epoch = r.kind == KIND_salt ? r.id : r.epoch;
        s = salt_key_of(u->j, u->epoch, ROW_LOG(before), ROW_SEQ(before), key);
    }
    arena_release(&a);
    if (s) return s;
    bool known = memcmp(key, zeros, 32) != 0, said = memcmp(told, zeros, 32) != 0;
    if (known && said && memcmp(key, told, 32) != 0)
        return status_fail(STATUS_INVALID, "a section's salt key is not its log's");
    memcpy(u->key, known ? key : told, 32);
    return STATUS_OK;
}

/* Looks for the record before among all stretches of the log. */
static enum status join(struct union_section *u, const uint8_t told[32]) {
    struct journal *j = u->j;
    enum status s = STATUS_OK;
    if (u->first_seq == 1) {
        if (!hash_equal(&u->previous, &u->log_id))
            return status_fail(STATUS_INVALID, "a first record that does not follow its log");
        u->joined = true;
        return STATUS_OK;
    }
    for (struct log_entry *e = log_at(j, u->log); e && !s && !u->joined;
         e = log_at(j, e->next)) {
        bool there = false, copy = false;
        hash256 hash;
        row_id before = ROW_ID(e->no, u->first_seq - 1);
        s = known_at(j, before, &there, &copy, &hash);
        if (s || !there || copy || !hash_equal(&hash, &u->previous)) continue;
        u->joined = true;
        u->log = e->no;
        return take_key(u, before, told);
    }
    memcpy(u->key, told, 32);
    return s;
}

static enum status learn_key(struct journal *j, struct log_entry *e, const uint8_t key[32],
                             const uint8_t incarnation[8]) {
    memcpy(e->key, key, 32);
    memcpy(e->incarnation, incarnation, 8);
    sqlite3_stmt *q = st(j, ST_LOG_KEY);
    sqlite3_bind_int(q, 1, e->no);
    sqlite3_bind_blob(q, 2, key, 32, SQLITE_STATIC);
    sqlite3_bind_blob(q, 3, incarnation, 8, SQLITE_STATIC);
    return st_done(j, q);
}

static enum status trunk_for(struct union_section *u, const uint8_t key[32],
                             const uint8_t incarnation[8]) {
    struct journal *j = u->j;
    static const uint8_t trunk[8];
    bool keyed = memcmp(key, zeros, 32) != 0;
    if (keyed) {
        hash256 id = log_id_of(key, incarnation);
        if (!hash_equal(&id, &u->log_id))
            return status_fail(STATUS_INVALID, "a log id that is not its key's");
    }
    struct log_entry *e = log_trunk(j, &u->log_id);
    enum status s = STATUS_OK;
    if (!e) {
        s = log_add(j, &u->log_id, trunk, keyed ? key : NULL, keyed ? incarnation : NULL, 0, 1,
                    &u->log);
    } else {
        u->log = e->no;
        if (keyed && memcmp(e->key, zeros, 32) == 0) s = learn_key(j, e, key, incarnation);
    }
    return s;
}

enum status union_section_start(struct union_section **out, struct journal *j,
                                const hash256 *log_id, const uint8_t key[32],
                                const uint8_t incarnation[8], int64_t first_seq,
                                const hash256 *previous, const uint8_t salt_key[32]) {
    BELIEVE(j->merging);
    if (first_seq < 1 || first_seq > 0xFFFFFFFFFFLL)
        return status_fail(STATUS_INVALID, "a section that starts at %lld",
                           (long long)first_seq);
    struct arena a = {0};
    struct union_section *u = ARENA_NEW(&a, struct union_section);
    u->arena = a;
    u->j = j;
    u->log_id = *log_id;
    u->first_seq = u->next_seq = first_seq;
    u->previous = u->out.head = *previous;
    enum status s = trunk_for(u, key, incarnation);
    if (!s) s = join(u, salt_key);
    if (!s) s = find_run(u);
    if (s) {
        a = u->arena;
        arena_release(&a);
        return s;
    }
    *out = u;
    return STATUS_OK;
}

/* ---- one record: its form and its hash
 * ----------------------------------------------------------------- */

static enum status wrong(const struct record_wire *r, const char *what) {
    return status_fail(STATUS_INVALID, "record %lld: %s", (long long)r->seq, what);
}

static bool ref_well_formed(const struct union_section *u, const struct global_ref *r,
                            int64_t before) {
    static const uint8_t none[4];
    if (r->seq == 0) return hash_is_zero(&r->log) && memcmp(r->check, none, 4) == 0;
    if (r->seq < 0 || r->seq > 0xFFFFFFFFFFLL) return false;
    if (!hash_equal(&r->log, &u->log_id)) return true;
    return memcmp(r->check, none, 4) == 0 && r->seq < before;
}

static enum status check_header(const struct union_section *u, const struct record_wire *r) {
    if (r->seq != u->next_seq) return wrong(r, "out of its order");
    if (r->seq > 0xFFFFFFFFFFLL) return wrong(r, "beyond any log");
    if (r->hlc >> 16 >= (uint64_t)JOURNAL_YEAR_MAX_MS)
        return wrong(r, "from beyond the year 2200");
    if (u->hlc && (int64_t)r->hlc <= u->hlc) return wrong(r, "its clock does not move on");
    if (r->kind == 0) return wrong(r, "of no kind");
    if (r->op > OP_WITHDRAW) return wrong(r, "an unknown operation");
    if (!ref_well_formed(u, &r->by, INT64_MAX) || !ref_well_formed(u, &r->parent, r->seq))
        return wrong(r, "a reference that cannot be");
    if (r->op == OP_CREATE) {
        if (r->row.seq != r->seq || !hash_equal(&r->row.log, &u->log_id) || r->parent.seq)
            return wrong(r, "a creation that does not name itself");
        if (!ref_well_formed(u, &r->row, INT64_MAX))
            return wrong(r, "a reference that cannot be");
    } else if (r->row.seq == 0 || !ref_well_formed(u, &r->row, r->seq)) {
        return wrong(r, "a change of nothing");
    }
    if (!r->body_erased && r->body_size > BODY_BYTES_MAX)
        return status_fail(STATUS_TOO_LARGE, "record %lld: %zu bytes", (long long)r->seq,
                           r->body_size);
    return STATUS_OK;
}

static enum status hash_record(const struct union_section *u, struct record_wire *r) {
    if (!r->body_erased) {
        if (r->kind == KIND_salt)
            r->commitment = record_commitment(zeros, r->seq, r->body, r->body_size);
        else if (r->salted)
            r->commitment = salted_commitment(r->salt, r->body, r->body_size);
        else
            r->commitment = record_commitment(u->key, r->seq, r->body, r->body_size);
    }
    r->hash = record_hash(&u->log_id, &u->previous, r);
    return STATUS_OK;
}

/* ---- inserting
 * --------------------------------------------------------------------------------------------
 */

static enum status to_local(struct union_section *u, const struct record_wire *w, bool copy,
                            struct record *r) {
    struct journal *j = u->j;
    *r = (struct record){.id = ROW_ID(u->log, w->seq),
                         .hlc = (int64_t)w->hlc,
                         .at = w->at,
                         .tz = w->at_offset_min,
                         .epoch = w->kind == KIND_salt || copy ? 0 : u->epoch,
                         .kind = w->kind,
                         .op = w->op,
                         .body = w->body_erased ? NULL : w->body,
                         .body_size = w->body_erased ? 0 : w->body_size,
                         .has_commitment = w->body_erased,
                         .commitment = w->commitment,
                         .hash = w->hash,
                         .copy = copy};
    memcpy(r->checks, w->by.check, 4);
    memcpy(r->checks + 4, w->row.check, 4);
    memcpy(r->checks + 8, w->parent.check, 4);
    enum status s = ref_resolve(j, u->log, &w->by, &r->by);
    if (!s) s = ref_resolve(j, u->log, &w->row, &r->row);
    if (!s) s = ref_resolve(j, u->log, &w->parent, &r->parent);
    if (!s && w->op == OP_CREATE) r->row = r->id;
    return s;
}

/* Erased here already, by a record that came before these words did. */
static enum status erased_here(struct journal *j, row_id row, bool *erased) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_ERASED);
    sqlite3_bind_int64(q, 1, row);
    *erased = st_row(j, q, &s);
    if (*erased) sqlite3_reset(q);
    return s;
}

static enum status insert(struct union_section *u, const struct record_wire *w, bool copy) {
    struct journal *j = u->j;
    struct record r;
    struct value values[ROW_COLUMNS_MAX];
    const struct kind *k = kind_by_number(w->kind);
    enum status s = to_local(u, w, copy, &r);
    if (!s && r.body)
        s = k ? body_read(j, k, u->log, r.body, r.body_size, values)
              : body_check_unknown(r.body, r.body_size);
    if (!s) s = record_insert(j, &r);
    if (!s && w->salted) {
        sqlite3_stmt *q = st(j, ST_SALT_PUT);
        sqlite3_bind_int64(q, 1, r.id);
        sqlite3_bind_blob(q, 2, w->salt, 32, SQLITE_STATIC);
        s = st_done(j, q);
    }
    if (!s && k) s = project_added(j, k, &r, r.body ? values : NULL);
    if (s) return s;
    j->wrote = true;
    if (r.hlc > j->head.hlc) j->head.hlc = r.hlc;
    return STATUS_OK;
}

/* A run whose record before is not here: what it follows, and the key it was carried with. */
static enum status note_run(struct union_section *u, int64_t seq) {
    sqlite3_stmt *q = st(u->j, ST_RUN_PUT);
    sqlite3_bind_int(q, 1, u->log);
    sqlite3_bind_int64(q, 2, seq);
    sqlite3_bind_blob(q, 3, u->previous.b, 32, SQLITE_STATIC);
    sqlite3_bind_blob(q, 4, u->key, 32, SQLITE_STATIC);
    return st_done(u->j, q);
}

static void touch(struct journal *j, const hash256 *log_id) {
    log_trunk(j, log_id)->touched = true;
    j->relabel = true;
}

/* From here on into a stretch of its own; union_relabel finds its place. */
static enum status branch_off(struct union_section *u, const struct record_wire *w) {
    struct journal *j = u->j;
    enum status s = STATUS_OK;
    int32_t no = 0, base = u->joined || u->next_seq > u->first_seq ? u->log : 0;
    for (struct log_entry *e = log_trunk(j, &u->log_id); e && !no; e = log_at(j, e->next))
        if (memcmp(e->branch, w->hash.b, 8) == 0) no = e->no;
    if (no) {
        sqlite3_stmt *q = st(j, ST_LOG_PLACE);
        log_at(j, no)->base = base;
        log_at(j, no)->first_seq = w->seq;
        sqlite3_bind_int(q, 1, no);
        sqlite3_bind_int(q, 2, base);
        sqlite3_bind_int64(q, 3, w->seq);
        s = st_done(j, q);
    } else {
        const struct log_entry *t = log_trunk(j, &u->log_id);
        uint8_t key[32], incarnation[8];
        memcpy(key, t->key, 32);
        memcpy(incarnation, t->incarnation, 8);
        s = log_add(j, &u->log_id, w->hash.b, key, incarnation, base, w->seq, &no);
    }
    if (s) return s;
    u->log = no;
    u->next_run = 0;
    u->out.fork = true;
    touch(j, &u->log_id);
    return note_run(u, w->seq);
}

/* The run that begins after this record: is this the record it follows? */
static enum status meet_run(struct union_section *u, const struct record_wire *w) {
    struct journal *j = u->j;
    enum status s = STATUS_OK;
    bool same = false, key_fits = true;
    sqlite3_stmt *q = st(j, ST_RUN_AT);
    sqlite3_bind_int(q, 1, u->log);
    sqlite3_bind_int64(q, 2, u->next_run);
    if (st_row(j, q, &s)) {
        same = sqlite3_column_bytes(q, 0) == 32 &&
               memcmp(sqlite3_column_blob(q, 0), w->hash.b, 32) == 0;
        const void *told = sqlite3_column_blob(q, 1);
        key_fits = sqlite3_column_bytes(q, 1) != 32 || memcmp(told, zeros, 32) == 0 ||
                   memcmp(u->key, zeros, 32) == 0 || memcmp(told, u->key, 32) == 0;
        sqlite3_reset(q);
    }
    if (s) return s;
    if (!same) {
        u->out.fork = true;
        touch(j, &u->log_id);
        u->next_run = 0;
        return STATUS_OK;
    }
    /* The key matters up to the run's first own one; beyond the next gap it is not known. */
    int64_t run = u->next_run;
    u->next_seq = run;
    s = find_run(u);
    if (s) return s;
    row_id from = ROW_ID(u->log, run);
    row_id to = ROW_ID(u->log, u->next_run ? u->next_run - 1 : 0xFFFFFFFFFFLL);
    q = st(j, ST_FIRST_SALT);
    sqlite3_bind_int64(q, 1, from);
    sqlite3_bind_int64(q, 2, to);
    if (st_row(j, q, &s)) {
        to = sqlite3_column_int64(q, 0) - 1;
        sqlite3_reset(q);
    }
    if (!s && to >= from && !key_fits)
        s = status_fail(STATUS_INVALID, "a run's salt key is not its log's");
    if (s) return s;
    q = st(j, ST_EPOCH_SET);
    sqlite3_bind_int64(q, 1, from);
    sqlite3_bind_int64(q, 2, to);
    sqlite3_bind_int64(q, 3, u->epoch);
    s = st_done(j, q);
    if (s) return s;
    q = st(j, ST_RUN_DROP);
    sqlite3_bind_int(q, 1, u->log);
    sqlite3_bind_int64(q, 2, run);
    s = st_done(j, q);
    j->wrote = true;
    return s;
}

/* ---- what is there already
 * ------------------------------------------------------------------------------- */

enum standing { NEW, KNOWN, COPY, OTHER };

static enum status stands(struct union_section *u, const struct record_wire *w,
                          enum standing *out) {
    struct journal *j = u->j;
    const struct log_entry *e = log_at(j, u->log);
    bool there = false, copy = false;
    hash256 hash;
    *out = NEW;
    if (w->seq > e->highest_seq && !e->forked && !e->copies) return STATUS_OK;
    enum status s = known_at(j, ROW_ID(u->log, w->seq), &there, &copy, &hash);
    if (s) return s;
    if (there) *out = copy ? COPY : hash_equal(&hash, &w->hash) ? KNOWN : OTHER;
    if (*out == KNOWN || !e->forked) return STATUS_OK;
    for (e = log_trunk(j, &u->log_id); e && !s; e = log_at(j, e->next)) {
        s = known_at(j, ROW_ID(e->no, w->seq), &there, &copy, &hash);
        if (s || !there || copy || !hash_equal(&hash, &w->hash)) continue;
        u->log = e->no;
        *out = KNOWN;
        return find_run(u);
    }
    return s;
}

/* The words of a record that came here erased, from somebody who still has them. */
static enum status fill_body(struct union_section *u, const struct record_wire *w) {
    struct journal *j = u->j;
    enum status s = STATUS_OK;
    bool missing = false, erased = false;
    sqlite3_stmt *q = st(j, ST_KNOWN);
    row_id id = ROW_ID(u->log, w->seq), row = 0;
    if (w->body_erased) return STATUS_OK;
    sqlite3_bind_int64(q, 1, id);
    if (st_row(j, q, &s)) {
        missing = sqlite3_column_int(q, 1) != 0;
        row = sqlite3_column_int64(q, 4);
        sqlite3_reset(q);
    }
    if (!s && missing) s = erased_here(j, row, &erased);
    if (s || !missing || erased) return s;
    const struct kind *k = kind_by_number(w->kind);
    struct value values[ROW_COLUMNS_MAX];
    s = k ? body_read(j, k, u->log, w->body, w->body_size, values)
          : body_check_unknown(w->body, w->body_size);
    if (s) return s;
    q = st(j, ST_FILL_BODY);
    sqlite3_bind_int64(q, 1, id);
    sqlite3_bind_blob(q, 2, w->body, (int)w->body_size, SQLITE_STATIC);
    s = st_done(j, q);
    if (!s && w->salted) {
        q = st(j, ST_SALT_PUT);
        sqlite3_bind_int64(q, 1, id);
        sqlite3_bind_blob(q, 2, w->salt, 32, SQLITE_STATIC);
        s = st_done(j, q);
    }
    if (k) dirty_add(j, k, row);
    j->wrote = true;
    return s;
}

/* The real record, or a newer copy, takes the place of the office's copy. */
static enum status replace_copy(struct union_section *u, const struct record_wire *w,
                                bool copy) {
    struct journal *j = u->j;
    struct arena a = {0};
    struct record old;
    row_id id = ROW_ID(u->log, w->seq);
    enum status s = record_read(j, id, &a, &old);
    if (!s && !hash_equal(&old.hash, &w->hash)) u->out.copies_differ++;
    sqlite3_stmt *q = st(j, ST_DELETE);
    sqlite3_bind_int64(q, 1, id);
    if (!s) s = st_done(j, q);
    const struct kind *k = s ? NULL : kind_by_number(old.kind);
    if (k) dirty_add(j, k, old.row);
    k = kind_by_number(w->kind);
    if (!s) s = insert(u, w, copy);
    if (!s && k) {
        row_id row = id;
        if (w->op != OP_CREATE) s = ref_resolve(j, u->log, &w->row, &row);
        dirty_add(j, k, row);
    }
    arena_release(&a);
    return s;
}

/* ---- adding
 * ------------------------------------------------------------------------------------------------
 */

static enum status add_new(struct union_section *u, const struct record_wire *w) {
    struct journal *j = u->j;
    enum status s = STATUS_OK;
    bool first = w->seq == u->first_seq;
    if (first && !u->joined) {
        struct log_entry *e = log_at(j, u->log);
        bool there = false, copy = false;
        hash256 hash;
        s = known_at(j, ROW_ID(u->log, w->seq - 1), &there, &copy, &hash);
        if (s) return s;
        if ((there && !copy) || e->forked) {
            s = branch_off(u, w); /* another record before this one, or no telling which */
        } else {
            u->out.gap = true;
            s = note_run(u, w->seq);
        }
    }
    if (!s) s = insert(u, w, false);
    if (s) return s;
    struct log_entry *e = log_at(j, u->log);
    if (w->seq > e->highest_seq) e->highest_seq = w->seq;
    if (e->forked) touch(j, &u->log_id);
    if (hash_equal(&u->log_id, &j->own_id)) j->overtaken = true;
    u->out.added++;
    return STATUS_OK;
}

static enum status place(struct union_section *u, struct record_wire *w) {
    enum standing standing;
    enum status s = stands(u, w, &standing);
    if (s) return s;
    switch (standing) {
    case KNOWN:
        u->out.known++;
        return fill_body(u, w);
    case COPY:
        u->out.added++;
        s = replace_copy(u, w, false);
        if (!s && w->seq == u->first_seq && !u->joined) {
            u->out.gap = true;
            s = note_run(u, w->seq);
        }
        if (!s && w->seq > log_at(u->j, u->log)->highest_seq)
            log_at(u->j, u->log)->highest_seq = w->seq;
        return s;
    case OTHER:
        s = branch_off(u, w);
        if (!s) s = insert(u, w, false);
        if (!s && hash_equal(&u->log_id, &u->j->own_id)) u->j->overtaken = true;
        if (!s) log_at(u->j, u->log)->highest_seq = w->seq;
        u->out.added++;
        return s;
    case NEW:
        break;
    }
    return add_new(u, w);
}

static void next_salt(struct union_section *u, const struct record_wire *w) {
    if (w->kind != KIND_salt) return;
    u->epoch = ROW_ID(u->log, w->seq);
    memset(u->key, 0, 32);
    if (w->body_erased) return;
    struct cursor c = cursor_of(w->body, w->body_size);
    struct cbor_item array = cbor_next(&c), item = cbor_next(&c);
    if (array.type == CBOR_ARRAY && item.type == CBOR_BYTES && item.n == 32)
        memcpy(u->key, item.p, 32);
}

enum status union_section_add(struct union_section *u, struct record_wire *r) {
    enum status s = check_header(u, r);
    if (!s) s = hash_record(u, r);
    if (!s) s = place(u, r);
    if (s) return s;
    u->previous = u->out.head = r->hash;
    u->hlc = (int64_t)r->hlc;
    u->next_seq = r->seq + 1;
    next_salt(u, r);
    if (u->next_run == u->next_seq) s = meet_run(u, r);
    return s;
}

enum status union_section_end(struct union_section *u, struct union_outcome *out) {
    struct journal *j = u->j;
    struct log_entry *e = log_at(j, u->log);
    enum status s = STATUS_OK;
    if (u->out.added || u->out.copies_differ) {
        int64_t verified = e->verified;
        s = log_refresh(j, e);
        /* Every hash up to the end of the run has just been computed. */
        if (!s && !e->forked && u->joined && verified >= u->first_seq - 1 &&
            e->last_seq > verified) {
            e->verified = e->verified_kept =
                u->next_seq - 1 < e->last_seq ? u->next_seq - 1 : e->last_seq;
            sqlite3_stmt *q = st(j, ST_LOG_VERIFIED);
            sqlite3_bind_int(q, 1, e->no);
            sqlite3_bind_int64(q, 2, e->verified);
            s = st_done(j, q);
        }
    }
    if (!s) *out = u->out;
    struct arena a = u->arena;
    arena_release(&a);
    return s;
}

/* ---- closing the transaction
 * ---------------------------------------------------------------------------------- */

static enum status keep_hlc(struct journal *j) {
    sqlite3_stmt *q = st(j, ST_MARK_PUT);
    sqlite3_bind_text(q, 1, "hlc", -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 2, j->head.hlc);
    return st_done(j, q);
}

enum status union_commit(struct journal *j) {
    BELIEVE(j->merging);
    bool overtaken = j->overtaken;
    enum status s = j->relabel ? union_relabel(j) : project_dirty(j);
    if (!s) s = erasures_apply(j);
    if (!s && j->wrote) s = keep_hlc(j);
    if (!s) s = journal_commit(j);
    if (s) {
        char kept[401];
        snprintf(kept, sizeof kept, "%s", status_detail());
        journal_rollback(j);
        return status_fail(s, "%s", kept);
    }
    j->relabel = j->overtaken = false;
    return overtaken ? self_renew(j) : STATUS_OK;
}

/* ---- copies
 * ----------------------------------------------------------------------------------------------------
 */

enum status union_add_copy(struct journal *j, const hash256 *log_id, struct record_wire *r) {
    struct union_section u = {.j = j, .log_id = *log_id, .next_seq = r->seq};
    bool there = false, copy = false;
    hash256 hash;
    BELIEVE(j->merging);
    enum status s = check_header(&u, r);
    if (!s) s = trunk_for(&u, zeros, zeros);
    if (!s) s = known_at(j, ROW_ID(u.log, r->seq), &there, &copy, &hash);
    if (s || (there && (!copy || hash_equal(&hash, &r->hash)))) return s;
    if (there) return replace_copy(&u, r, true);
    s = insert(&u, r, true);
    log_at(j, u.log)->copies = true;
    return s;
}
