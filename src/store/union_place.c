/* union_place.c -- where one record of a section belongs: it is new, known, the office's copy,
 * or another record than the one that is known.
 *
 * Journey: union_write.c has checked its form and computed its hash; here it is inserted and
 * projected, a gap is noted or closed, a fork is given a stretch of its own. */
#include <string.h>

#include "store/union_section.h"

static const uint8_t zeros[32];

enum status known_at(struct journal *j, row_id id, bool *there, bool *copy, hash256 *hash) {
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

static enum status wordless_here(struct journal *j, row_id id, bool *out) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_KNOWN);
    sqlite3_bind_int64(q, 1, id);
    *out = false;
    if (!st_row(j, q, &s)) return s;
    *out = sqlite3_column_int(q, 1) != 0;
    sqlite3_reset(q);
    return STATUS_OK;
}

enum status section_find_run(struct union_section *u) {
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

/* ---- inserting ---- */

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

static enum status gone_at(struct union_section *u, row_id epoch, int64_t seq, bool *gone) {
    uint8_t key[32];
    enum status s = salt_key_of(u->j, epoch, u->log, seq, key);
    *gone = !s && memcmp(key, zeros, 32) == 0;
    return s;
}

/* Where the key has been erased, here or where the record comes from, it has a salt of its own.
 */
static enum status keep_own_salt(struct union_section *u, const struct record_wire *w,
                                 row_id id, bool gone) {
    hash256 salt;
    bool gives = gone && w->kind != KIND_salt && memcmp(u->key, zeros, 32) != 0;
    if (!w->salted && !gives) return STATUS_OK;
    if (w->salted)
        memcpy(salt.b, w->salt, 32);
    else
        salt = record_salt(u->key, w->seq);
    sqlite3_stmt *q = st(u->j, ST_SALT_PUT);
    sqlite3_bind_int64(q, 1, id);
    sqlite3_bind_blob(q, 2, salt.b, 32, SQLITE_STATIC);
    return st_done(u->j, q);
}

/* Asked once for each stretch and key. */
static enum status salt_inserted(struct union_section *u, const struct record_wire *w,
                                 const struct record *r) {
    enum status s = STATUS_OK;
    if (!r->body || r->kind == KIND_salt) return STATUS_OK;
    if (r->copy) return keep_own_salt(u, w, r->id, false);
    if (u->gone_epoch != u->epoch || u->gone_log != u->log) {
        s = gone_at(u, u->epoch, w->seq, &u->key_gone);
        u->gone_epoch = u->epoch;
        u->gone_log = u->log;
    }
    return s ? s : keep_own_salt(u, w, r->id, u->key_gone);
}

enum status section_insert(struct union_section *u, const struct record_wire *w, bool copy) {
    struct journal *j = u->j;
    struct record r;
    struct value values[ROW_COLUMNS_MAX];
    const struct kind *k = kind_by_number(w->kind);
    enum status s = to_local(u, w, copy, &r);
    if (!s && r.body)
        s = k ? body_read(j, k, u->log, r.body, r.body_size, values)
              : body_check_unknown(r.body, r.body_size);
    if (!s) s = record_insert(j, &r);
    if (!s) s = salt_inserted(u, w, &r);
    if (!s) s = rules_noticed(j, &r, k && r.body ? values : NULL);
    if (!s && k) s = project_added(j, k, &r, r.body ? values : NULL);
    if (s) return s;
    j->wrote = true;
    if (r.hlc > j->head.hlc && r.hlc < hlc_limit(clock_wall(&j->clock))) j->head.hlc = r.hlc;
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

/* Those whose words were erased while their key was not known: now it is. */
static enum status erased_between(struct journal *j, row_id from, row_id to) {
    enum status s = STATUS_OK;
    if (j->rules.erased.size == 0) return STATUS_OK;
    sqlite3_stmt *q = st(j, ST_ROWS_BETWEEN);
    sqlite3_bind_int64(q, 1, from);
    sqlite3_bind_int64(q, 2, to);
    while (st_row(j, q, &s)) {
        row_id row = sqlite3_column_int64(q, 0);
        if (row_erased(j, row, NULL)) buf_add(&j->erase_next, &row, sizeof row);
    }
    return s;
}

/* The run that begins after this record: is this the record it follows? */
enum status section_meet_run(struct union_section *u, const struct record_wire *w) {
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
    s = section_find_run(u);
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
    bool gone = false;
    if (!s && to >= from) s = gone_at(u, u->epoch, run - 1, &gone);
    struct run_found joined;
    if (!s && gone) s = run_find(j, u->log, run, &joined);
    if (!s && gone) s = keep_salts_of_run(j, &joined);
    /* Against a key that the chain has proved, what was told counts for nothing: it can only
     * have been told with records that came without their words, which prove no key. */
    if (!s && to >= from && !key_fits && !u->epoch)
        s = status_fail(STATUS_INVALID, "a run's salt key is not its log's");
    if (s) return s;
    q = st(j, ST_EPOCH_SET);
    sqlite3_bind_int64(q, 1, from);
    sqlite3_bind_int64(q, 2, to);
    sqlite3_bind_int64(q, 3, u->epoch);
    s = st_done(j, q);
    if (!s) s = erased_between(j, from, to);
    if (s) return s;
    q = st(j, ST_RUN_DROP);
    sqlite3_bind_int(q, 1, u->log);
    sqlite3_bind_int64(q, 2, run);
    s = st_done(j, q);
    j->wrote = true;
    return s;
}

/* ---- what is there already ---- */

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
        return section_find_run(u);
    }
    return s;
}

/* A key that went so that erased words cannot be guessed does not come back. */
static enum status key_has_gone(struct journal *j, row_id epoch, bool *gone) {
    enum status s = STATUS_OK;
    struct log_entry *e = log_trunk(j, &log_at(j, ROW_LOG(epoch))->id);
    for (; e && !s && !*gone; e = log_at(j, e->next)) {
        sqlite3_stmt *q = st(j, ST_EPOCH_WORDLESS);
        sqlite3_bind_int64(q, 1, ROW_ID(e->no, 0));
        sqlite3_bind_int64(q, 2, ROW_ID(e->no, 0xFFFFFFFFFFLL));
        sqlite3_bind_int64(q, 3, epoch);
        while (!*gone && st_row(j, q, &s))
            *gone = row_erased(j, sqlite3_column_int64(q, 0), NULL);
        sqlite3_reset(q);
    }
    return s;
}

/* The words of a record that stands here without them: erased by somebody whose erasing does
 * not count here, or withheld by a pack. */
static enum status wordless(struct journal *j, row_id id, struct record *r, bool *fill) {
    bool missing = false;
    *fill = false;
    enum status s = wordless_here(j, id, &missing);
    if (s || !missing) return s;
    sqlite3_stmt *q = st(j, ST_RECORD);
    sqlite3_bind_int64(q, 1, id);
    if (!st_row(j, q, &s)) return s;
    record_columns(q, r);
    sqlite3_reset(q);
    bool gone = row_erased(j, r->row, NULL);
    if (r->kind == KIND_salt) s = key_has_gone(j, id, &gone);
    *fill = !s && !gone;
    return s;
}

static enum status fill_body(struct union_section *u, const struct record_wire *w) {
    struct journal *j = u->j;
    bool fill = false;
    struct record r;
    row_id id = ROW_ID(u->log, w->seq);
    if (w->body_erased) return STATUS_OK;
    enum status s = wordless(j, id, &r, &fill);
    if (s || !fill) return s;
    const struct kind *k = kind_by_number(w->kind);
    struct value values[ROW_COLUMNS_MAX];
    s = k ? body_read(j, k, u->log, w->body, w->body_size, values)
          : body_check_unknown(w->body, w->body_size);
    if (s) return s;
    sqlite3_stmt *q = st(j, ST_FILL_BODY);
    sqlite3_bind_int64(q, 1, id);
    sqlite3_bind_blob(q, 2, w->body, (int)w->body_size, SQLITE_STATIC);
    s = st_done(j, q);
    bool gone = false;
    if (!s) s = gone_at(u, r.epoch, w->seq, &gone);
    if (!s) s = keep_own_salt(u, w, id, gone);
    r.body = w->body;
    r.body_size = w->body_size;
    j->wrote = true;
    if (!s) s = rules_noticed(j, &r, k ? values : NULL);
    if (s || !k) return s;
    dirty_add(j, k, r.row);
    return k->number == KIND_seal && record_counts(j, &r) ? seal_added(j, &r, values)
                                                          : STATUS_OK;
}

/* The real record, or a newer copy, takes the place of the office's copy. */
enum status section_replace_copy(struct union_section *u, const struct record_wire *w,
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
    if (!s) s = section_insert(u, w, copy);
    if (!s && k) {
        row_id row = id;
        if (w->op != OP_CREATE) s = ref_resolve(j, u->log, &w->row, &row);
        dirty_add(j, k, row);
    }
    arena_release(&a);
    return s;
}

/* ---- adding ---- */

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
    if (!s) s = section_insert(u, w, false);
    if (s) return s;
    struct log_entry *e = log_at(j, u->log);
    if (w->seq > e->highest_seq) e->highest_seq = w->seq;
    if (e->forked) touch(j, &u->log_id);
    if (hash_equal(&u->log_id, &j->own_id)) j->overtaken = true;
    u->out.added++;
    return STATUS_OK;
}

enum status section_place(struct union_section *u, struct record_wire *w) {
    enum standing standing;
    enum status s = stands(u, w, &standing);
    if (s) return s;
    switch (standing) {
    case KNOWN:
        u->out.known++;
        return fill_body(u, w);
    case COPY:
        u->out.added++;
        s = section_replace_copy(u, w, false);
        if (!s && w->seq == u->first_seq && !u->joined) {
            u->out.gap = true;
            s = note_run(u, w->seq);
        }
        if (!s && w->seq > log_at(u->j, u->log)->highest_seq)
            log_at(u->j, u->log)->highest_seq = w->seq;
        return s;
    case OTHER:
        s = branch_off(u, w);
        if (!s) s = section_insert(u, w, false);
        if (!s && hash_equal(&u->log_id, &u->j->own_id)) u->j->overtaken = true;
        if (!s) log_at(u->j, u->log)->highest_seq = w->seq;
        u->out.added++;
        return s;
    case NEW:
        break;
    }
    return add_new(u, w);
}
