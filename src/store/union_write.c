/* union_write.c -- records in: a union of sets, section by section.
 *
 * Journey: merge hands over runs of records that its door has let in. What is missing is
 * inserted and projected at once; what is known only has its hash compared.
 *
 * Where a section stands in its log:
 *
 *      known 1…10         then 11…20 after its hash     joins
 *      known 1…10         then 15…20, 14 not known      a gap: kept, projected
 *      known 1…10, 15…20  then 11…14 up to that hash    the gap closes
 *      known 1…10         then another record 9         a fork: both tails kept
 *
 * The first three are settled here. A fork puts the other tail into a stretch of its own for
 * the time being; union_relabel.c then finds the stretches anew from the set of records alone.
 */
#include <string.h>

#include "base/cbor.h"
#include "store/union_section.h"

static const uint8_t zeros[32];

enum status union_begin(struct journal *j) {
    enum status s = load_rest(j);
    if (!s) s = journal_begin(j);
    if (!s) j->merging = true;
    return s;
}

void union_rollback(struct journal *j) {
    journal_rollback(j);
}

/* ---- starting ---- */

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
    j->rules.stale = true;
    sqlite3_stmt *q = st(j, ST_LOG_KEY);
    sqlite3_bind_int(q, 1, e->no);
    sqlite3_bind_blob(q, 2, key, 32, SQLITE_STATIC);
    sqlite3_bind_blob(q, 3, incarnation, 8, SQLITE_STATIC);
    enum status s = st_done(j, q);
    return s ? s : seals_of_log_again(j, e->no);
}

static enum status trunk_for(struct union_section *u, const uint8_t key[32],
                             const uint8_t incarnation[8]) {
    struct journal *j = u->j;
    static const uint8_t trunk[8];
    bool keyed = memcmp(key, zeros, 32) != 0;
    if (keyed) {
        hash256 id = union_log_id(key, incarnation);
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
    u->gone_epoch = -1;
    u->log_id = *log_id;
    u->first_seq = u->next_seq = first_seq;
    u->previous = u->out.head = *previous;
    enum status s = trunk_for(u, key, incarnation);
    if (!s) s = join(u, salt_key);
    if (!s) s = section_find_run(u);
    if (s) {
        a = u->arena;
        arena_release(&a);
        return s;
    }
    *out = u;
    return STATUS_OK;
}

/* ---- one record: its form and its hash ---- */

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
    if (r->kind >= KIND_MUST_UNDERSTAND && !kind_by_number(r->kind))
        return status_fail(STATUS_NEWER, "record %lld is of kind %u", (long long)r->seq,
                           r->kind);
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
    if (!s) s = section_place(u, r);
    if (s) return s;
    u->previous = u->out.head = r->hash;
    u->hlc = (int64_t)r->hlc;
    u->next_seq = r->seq + 1;
    next_salt(u, r);
    if (u->next_run == u->next_seq) s = section_meet_run(u, r);
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

/* ---- closing the transaction ---- */

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
        journal_rollback(j);
        return s;
    }
    j->relabel = j->overtaken = false;
    return overtaken ? self_renew(j) : STATUS_OK;
}

/* ---- copies ---- */

enum status union_add_copy(struct journal *j, const hash256 *log_id, struct record_wire *r) {
    struct union_section u = {.j = j, .log_id = *log_id, .next_seq = r->seq};
    bool there = false, copy = false;
    hash256 hash;
    BELIEVE(j->merging);
    enum status s = check_header(&u, r);
    if (!s) s = trunk_for(&u, zeros, zeros);
    if (!s) s = known_at(j, ROW_ID(u.log, r->seq), &there, &copy, &hash);
    if (s || (there && (!copy || hash_equal(&hash, &r->hash)))) return s;
    if (there) return section_replace_copy(&u, r, true);
    s = section_insert(&u, r, true);
    log_at(j, u.log)->copies = true;
    return s;
}
