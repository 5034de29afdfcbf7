/* append.c -- one intent: begin, put …, commit.
 *
 * Journey: act_* and the office say what happened; here it becomes records of our own log, and
 * rows. Nothing is read that was just written: the head of the log stands in memory.
 * A failed put or commit leaves the database as it was; the head is put back too. */
#include <string.h>

#include "store/inside.h"

#define DAY_MS 86400000

/* ---- transactions ---- */

enum status journal_begin(struct journal *j) {
    BELIEVE(!j->writing);
    if (j->read_only) return status_fail(STATUS_READ_ONLY, "opened for reading");
    blob_new_transaction(j);
    enum status s = st_done(j, st(j, ST_BEGIN));
    if (s) return s;
    j->writing = true;
    j->wrote = false;
    j->saved = j->head;
    j->saved_holder = j->holder;
    j->load.saved = j->load.place;
    j->saved_logs = logs_count(j);
    j->wipe_before = j->wipe;
    return STATUS_OK;
}

bool journal_writing(const struct journal *j) {
    return j->writing;
}

void journal_rollback(struct journal *j) {
    if (!j->writing) return;
    struct status_kept why = status_keep();
    /* SQLite may have rolled back by itself when the disk failed; then this is harmless. */
    if (!sqlite3_get_autocommit(j->db)) (void)st_done(j, st(j, ST_ROLLBACK));
    bool reload = j->merging || logs_count(j) != j->saved_logs;
    j->writing = j->wrote = j->merging = j->relabel = j->overtaken = false;
    j->head = j->saved;
    j->holder = j->saved_holder;
    j->load.place = j->load.saved;
    j->reference = -1;
    j->sealed.known = false;
    memset(j->checks, 0, sizeof j->checks);
    buf_clear(&j->dirty);
    buf_clear(&j->visits_dirty);
    buf_clear(&j->seals_next);
    buf_clear(&j->erase_next);
    buf_clear(&j->blobs_next);
    j->wipe = j->wipe_before;
    sqlite3_stmt *q = NULL;
    enum status s = side_statement(j, SS_ANY_ODD, &q);
    if (!s && st_row(j, q, &s)) {
        j->any_odd = sqlite3_column_int(q, 0) != 0;
        sqlite3_reset(q);
    }
    if (!s && reload) s = logs_load(j);
    if (!s && (reload || j->rules.touched || j->rules.stale)) s = rules_load(j);
    j->rules.touched = false;
    struct log_entry *own = log_at(j, j->own);
    if (own) {
        own->last_seq = own->highest_seq = j->head.seq;
        own->last_hash = j->head.hash;
    }
    if (s) log_line("store: after rollback: %s", status_key(s));
    status_put_back(&why);
}

enum status journal_commit(struct journal *j) {
    BELIEVE(j->writing);
    enum status s = STATUS_OK;
    /* A key or kept word has changed whose word counts; mostly nothing has. */
    if (j->rules.loaded && (j->rules.stale || j->rules.own != j->own)) {
        s = project_dirty(j);
        if (!s) s = erasures_apply(j);
    }
    if (!s) s = st_done(j, st(j, ST_COMMIT));
    if (s) {
        journal_rollback(j);
        return s;
    }
    j->writing = j->merging = j->rules.touched = false;
    if (!j->wrote) return STATUS_OK;
    if (j->wipe) wipe_now(j);
    j->generation++;
    j->committed++;
    j->durable++;
    j->saved_at = clock_wall(&j->clock);
    /* A checkpoint costs a second sync; idle moments make it (journal_verify_step), a long run
     * of commits without one is cut here. */
    if (j->wal_frames > 8000)
        sqlite3_wal_checkpoint_v2(j->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    return STATUS_OK;
}

/* ---- records ---- */

static enum status fill_checks(struct journal *j, struct record *r) {
    int32_t own = j->own;
    enum status s = ref_check(j, own, r->by, r->checks);
    if (!s) s = ref_check(j, own, r->row, r->checks + 4);
    if (!s) s = ref_check(j, own, r->parent, r->checks + 8);
    return s;
}

static void move_epoch(struct journal *j, const struct record *r, const struct value *values) {
    if (r->kind != KIND_salt) return;
    j->head.epoch.record = r->id;
    j->head.epoch.visit = values[1].said ? values[1].i : 0;
    j->head.epoch.day = r->at / DAY_MS;
    memcpy(j->head.epoch.key, values[0].p, 32);
}

/* What was said in confidence bears a date and no time, so that no shift can be told by it. */
static int64_t noon_of(int64_t wall_ms) {
    struct civil c = civil_london(wall_ms);
    return london_to_ms(c.year, c.month, c.day, 12, 0);
}

/* Encodes, hashes, chains and inserts; the caller projects. row 0: a create names itself.
 * quiet: its stamp tells the day, and that it came after the record before it. */
static enum status append_now(struct journal *j, bool quiet, const struct kind *k,
                              enum record_op op, row_id row, row_id parent,
                              const struct value *values, struct record *out) {
    static const uint8_t zeros[32];
    int64_t wall = clock_wall(&j->clock), seq = j->head.seq + 1;
    struct record r = {.id = ROW_ID(j->own, seq),
                       .hlc = hlc_next(j->head.hlc, quiet ? 0 : wall),
                       .at = quiet ? noon_of(wall) : wall,
                       .tz = london_offset_min(wall),
                       .by = k->program || k->confidential ? 0 : j->holder,
                       .row = row ? row : ROW_ID(j->own, seq),
                       .parent = parent,
                       .epoch = k->number == KIND_salt ? 0 : j->head.epoch.record,
                       .kind = k->number,
                       .op = (uint8_t)op};
    enum status s = body_write(j, k, values, &j->body);
    if (!s) s = fill_checks(j, &r);
    if (s) return s;
    r.body = j->body.data;
    r.body_size = j->body.size;
    struct record_wire w;
    record_to_wire(j, &r, &w);
    w.commitment = record_commitment(r.kind == KIND_salt ? zeros : j->head.epoch.key, seq,
                                     r.body, r.body_size);
    r.hash = record_hash(&j->own_id, &j->head.hash, &w);
    s = record_insert(j, &r);
    if (s) return s;
    j->wrote = true;
    j->head.seq = seq;
    j->head.hash = r.hash;
    j->head.hlc = r.hlc;
    move_epoch(j, &r, values);
    struct log_entry *own = log_at(j, j->own);
    own->last_seq = own->highest_seq = seq;
    own->last_hash = r.hash;
    *out = r;
    return STATUS_OK;
}

static enum status append_salt(struct journal *j, row_id visit, bool quiet) {
    uint8_t key[32];
    struct record r;
    struct row row = row_new(&kind_salt);
    random_bytes(key, sizeof key);
    row_bytes(&row, "key", key, sizeof key);
    row_ref(&row, "visit", visit);
    enum status s = append_now(j, quiet, &kind_salt, OP_CREATE, 0, 0, row.values, &r);
    if (!s) s = project_create(j, &kind_salt, &r, row.values);
    return s;
}

static enum status append_device(struct journal *j) {
    struct record r;
    const struct log_entry *own = log_at(j, j->own);
    struct row row = row_new(&kind_device);
    uint8_t key[32], incarnation[8];
    memcpy(key, own->key, 32);
    memcpy(incarnation, own->incarnation, 8);
    row_text(&row, "name", j->device_name && j->device_name[0] ? j->device_name : "Lantern");
    row_bytes(&row, "key", key, 32);
    row_bytes(&row, "incarnation", incarnation, 8);
    row_text(&row, "role", j->device_role);
    row_text(&row, "program", LANTERN_PROGRAM);
    struct arena a = {0};
    letters_carry_on(j, &a, &row);
    enum status s = append_now(j, false, &kind_device, OP_CREATE, 0, 0, row.values, &r);
    if (!s) s = project_create(j, &kind_device, &r, row.values);
    if (!s) j->head.device = r.id;
    arena_release(&a);
    if (!s && strcmp(j->device_role, "office") == 0) {
        /* A new log of ours, or one under a new key, is still an office's. */
        sqlite3_stmt *q = st(j, ST_MARK_PUT);
        sqlite3_bind_text(q, 1, "office", -1, SQLITE_STATIC);
        sqlite3_bind_int(q, 2, 1);
        s = st_done(j, q);
    }
    return s;
}

enum status device_ensure(struct journal *j) {
    if (j->head.seq) return STATUS_OK;
    enum status s = append_salt(j, 0, false);
    return s ? s : append_device(j);
}

/* The salt that the next record is hashed with: one for a visit, one for a day outside visits.
 * It tells no more than the record that it is for. */
static enum status epoch_for(struct journal *j, row_id visit, bool quiet) {
    const struct epoch *e = &j->head.epoch;
    bool same = e->record && e->visit == visit;
    if (same && !visit) same = e->day == clock_wall(&j->clock) / DAY_MS;
    return same ? STATUS_OK : append_salt(j, visit, quiet);
}

enum status append_record(struct journal *j, const struct kind *k, enum record_op op,
                          row_id row, row_id parent, const struct value *values,
                          struct record *out) {
    enum status s = device_ensure(j);
    if (s) return s;
    row_id visit = visit_of(j, k, row, values);
    if (j->kinds[k->number].visit == KIND_IS_VISIT && !row)
        visit = ROW_ID(j->own, j->head.seq + 2); /* after the salt record that names it */
    s = epoch_for(j, visit, k->confidential);
    if (!s) s = append_now(j, k->confidential, k, op, row, parent, values, out);
    return s;
}

/* ---- put ---- */

static enum status refuse_sealed(struct journal *j, row_id visit) {
    row_id seal = 0;
    int64_t hlc = 0;
    if (!visit) return STATUS_OK;
    enum status s = seal_of(j, visit, &seal, &hlc);
    if (s || !seal) return s;
    return status_fail(STATUS_SEALED, "the check was sealed by %lld", (long long)seal);
}

/* Every visit that the row has ever named counts. */
static enum status refuse_sealed_row(struct journal *j, const struct kind *k, row_id row,
                                     row_id present, row_id next) {
    if (!k->sealed_by) return STATUS_OK;
    enum status s = refuse_sealed(j, next);
    if (!s && present != next) s = refuse_sealed(j, present);
    if (s || !j->any_odd || !row) return s;
    struct buf visits = {0};
    sqlite3_stmt *q = NULL;
    s = side_statement(j, SS_MOVED_TO, &q);
    if (s) return s;
    sqlite3_bind_int64(q, 1, row);
    sqlite3_bind_int(q, 2, k->number);
    while (st_row(j, q, &s)) {
        row_id v = sqlite3_column_int64(q, 0);
        buf_add(&visits, &v, sizeof v);
    }
    const row_id *v = (const row_id *)(const void *)visits.data;
    for (size_t i = 0; !s && i < visits.size / sizeof *v; i++)
        s = refuse_sealed(j, v[i]);
    buf_release(&visits);
    return s;
}

/* One of the few records that others depend on: the tables follow before the commit. */
static enum status put_rule(struct journal *j, const struct kind *k, const struct record *r,
                            const struct value *values) {
    enum status s = rules_noticed(j, r, values);
    dirty_add(j, k, r->row);
    if (!s) s = project_dirty(j);
    return s ? s : erasures_apply(j);
}

static bool others_depend_on(const struct kind *k) {
    return k->number == KIND_provider || kind_is_rule(k->number);
}

static enum status put_new(struct journal *j, struct row *r) {
    struct record rec;
    enum status s = refuse_sealed_row(j, r->kind, 0, 0, visit_of(j, r->kind, 0, r->values));
    if (!s) s = append_record(j, r->kind, OP_CREATE, 0, 0, r->values, &rec);
    if (!s)
        s = others_depend_on(r->kind) ? put_rule(j, r->kind, &rec, r->values)
                                      : project_create(j, r->kind, &rec, r->values);
    if (!s && r->kind->number == KIND_seal) {
        s = seal_added(j, &rec, r->values); /* newer than all there is, or nearly: hlc_limit */
        if (!s) s = project_dirty(j);
    }
    if (!s) r->id = rec.id;
    return s;
}

/* A version of ours on top of the present one: it wins, and what was concurrent stays so. Only
 * a stamp beyond hlc_limit is not beaten. */
static enum status put_version(struct journal *j, const struct kind *k, enum record_op op,
                               row_id row, const struct value *values) {
    struct projected_head head;
    struct record rec;
    enum status s = load_row(j, k, row);
    if (!s) s = project_head(j, k, row, &head);
    if (s) return s;
    if (!head.there) return status_fail(STATUS_NOT_FOUND, "%s %lld", k->name, (long long)row);
    if (row_erased(j, row, NULL))
        return status_fail(STATUS_NOT_FOUND, "%s %lld was erased", k->name, (long long)row);
    row_id visit = visit_of(j, k, row, values);
    s = refuse_sealed_row(j, k, row, head.visit, visit);
    if (!s) s = append_record(j, k, op, row, head.version, values, &rec);
    if (s) return s;
    if (others_depend_on(k)) return put_rule(j, k, &rec, values);
    bool wins = record_order(j, rec.hlc, rec.id, head.hlc, head.version) > 0;
    if (wins && visit == head.visit && !j->any_odd)
        return project_change(j, k, &rec, values, head.rival);
    return project_row(j, k, row);
}

/* Reference data is known by its code; of two rows with one code the first in the order of all.
 */
static enum status row_with_code(struct journal *j, const struct row *r, row_id *found) {
    enum status s = STATUS_OK;
    struct arena a = {0};
    sqlite3_stmt *q = NULL;
    *found = 0;
    int c = kind_column(r->kind, r->kind->code);
    if (c >= 0 && r->values[c].said) {
        s = st_prepare(j, &q,
                       arena_printf(&a, "SELECT id FROM \"%s\" WHERE \"%s\" = ?1",
                                    r->kind->name, r->kind->code));
        if (!s) sqlite3_bind_text(q, 1, r->values[c].p, (int)r->values[c].n, SQLITE_STATIC);
        while (!s && st_row(j, q, &s)) {
            row_id id = sqlite3_column_int64(q, 0);
            if (!*found || id_order(j, id, *found) < 0) *found = id;
        }
        sqlite3_finalize(q);
    }
    arena_release(&a);
    return s;
}

static bool value_equal(const struct value *a, const struct value *b) {
    if (a->said != b->said) return false;
    if (!a->said) return true;
    if (!a->p || !b->p) return a->p == b->p && a->i == b->i;
    return a->n == b->n && memcmp(a->p, b->p, a->n) == 0;
}

static enum status row_unchanged(struct journal *j, const struct row *r, bool *same) {
    struct arena a = {0};
    struct row now;
    enum status s = journal_row(j, r->kind, r->id, &a, &now);
    *same = !s;
    for (int i = 0; !s && r->kind->columns[i].name; i++)
        *same = *same && value_equal(&r->values[i], &now.values[i]);
    sqlite3_stmt *q = NULL;
    if (!s) s = kind_statement(j, r->kind, PS_ROW, &q);
    if (!s) {
        sqlite3_bind_int64(q, 1, r->id);
        if (st_row(j, q, &s)) {
            *same = *same &&
                    sqlite3_column_int(q, 0) == 0; /* withdrawn: adding it brings it back */
            sqlite3_reset(q);
        }
    }
    arena_release(&a);
    return s;
}

enum status journal_put(struct journal *j, struct row *r) {
    BELIEVE(j->writing && r->kind);
    enum status s = r->id ? load_row(j, r->kind, r->id) : STATUS_OK;
    if (!s) s = row_check(j, r);
    if (s) return s;
    if (r->id == 0 && r->kind->code) {
        row_id found = 0;
        bool same = false;
        s = row_with_code(j, r, &found);
        if (s) return s;
        if (found) {
            r->id = found;
            s = row_unchanged(j, r, &same);
            if (s || same) return s;
        }
    }
    if (r->id == 0) return put_new(j, r);
    return put_version(j, r->kind, OP_CHANGE, r->id, r->values);
}

enum status journal_put_alone(struct journal *j, struct row *r) {
    row_id before = r->id;
    enum status s = journal_begin(j);
    if (s) return s;
    s = journal_put(j, r);
    if (!s) s = journal_commit(j);
    if (!s) return STATUS_OK;
    journal_rollback(j);
    r->id = before;
    return s;
}

enum status journal_withdraw(struct journal *j, const struct kind *k, row_id id) {
    BELIEVE(j->writing);
    struct arena a = {0};
    struct row now;
    enum status s = journal_row(j, k, id, &a, &now);
    if (!s) s = put_version(j, k, OP_WITHDRAW, id, now.values);
    arena_release(&a);
    return s;
}

enum status journal_withdraw_alone(struct journal *j, const struct kind *k, row_id id) {
    enum status s = journal_begin(j);
    if (s) return s;
    s = journal_withdraw(j, k, id);
    if (!s) return journal_commit(j);
    journal_rollback(j);
    return s;
}

enum status journal_revert(struct journal *j, const struct kind *k, row_id id, row_id version) {
    BELIEVE(j->writing);
    if (version == 0) return journal_withdraw(j, k, id);
    struct arena a = {0};
    struct row former;
    struct record r;
    enum status s = record_read(j, version, &a, &r);
    if (!s && (r.row != id || r.kind != k->number))
        s = status_fail(STATUS_INVALID, "%lld is no version of %lld", (long long)version,
                        (long long)id);
    if (!s) s = journal_version(j, version, &a, &former);
    if (!s)
        s = put_version(j, k, r.op == OP_WITHDRAW ? OP_WITHDRAW : OP_CHANGE, id, former.values);
    arena_release(&a);
    return s;
}

/* ---- who holds the tablet ---- */

void journal_hold(struct journal *j, row_id person) {
    char text[24];
    if (person == j->holder) return;
    snprintf(text, sizeof text, "%lld", (long long)person);
    j->holder = person;
    enum status s = local_put(j, "holder", text);
    if (s) log_line("store: holder not kept: %s", status_key(s));
}

row_id journal_holder(const struct journal *j) {
    return j->holder;
}
