/* rebuild.c -- all projected tables from the journal.
 *
 * Journey: after an update of Lantern, after a fork, and as the proof that the live tables are
 * what the journal says. It takes the same way as merging does: record by record, then the rows
 * that need all their versions. */
#include "store/inside.h"

/* What projecting needs of a record, and no more: there are a hundred thousand. */
static void fill_columns(sqlite3_stmt *q, struct record *r) {
    *r = (struct record){.id = sqlite3_column_int64(q, 0),
                         .hlc = sqlite3_column_int64(q, 1),
                         .at = sqlite3_column_int64(q, 2),
                         .by = sqlite3_column_int64(q, 3),
                         .kind = (uint16_t)sqlite3_column_int(q, 4),
                         .op = (uint8_t)sqlite3_column_int(q, 5),
                         .row = sqlite3_column_int64(q, 6),
                         .parent = sqlite3_column_int64(q, 7)};
    sqlite3_value *body = sqlite3_column_value(q, 8);
    if (sqlite3_value_type(body) == SQLITE_NULL) return;
    r->body = sqlite3_value_blob(body);
    r->body_size = (size_t)sqlite3_value_bytes(body);
}

static enum status read_values(struct journal *j, const struct kind *k, const struct record *r,
                               struct value **values) {
    enum status s = r->body ? body_read(j, k, ROW_LOG(r->id), r->body, r->body_size, *values)
                            : STATUS_INVALID;
    if (s == STATUS_INVALID || s == STATUS_TOO_LARGE) {
        *values = NULL;
        s = STATUS_OK;
    }
    return s;
}

enum status fill_read(struct journal *j, sqlite3_stmt *q, struct fill *f) {
    fill_columns(q, &f->r);
    f->k = kind_by_number(f->r.kind);
    f->values = f->room;
    BELIEVE(f->k);
    return read_values(j, f->k, &f->r, &f->values);
}

/* Before everything else, so that what came after a seal is seen as late when it is met: to ask
 * each seal for its rows afterwards takes twice as long. */
static enum status project_seals(struct journal *j) {
    enum status s = STATUS_OK;
    struct value room[ROW_COLUMNS_MAX];
    sqlite3_stmt *q = st(j, ST_SEALS);
    while (st_row(j, q, &s)) {
        struct record r;
        struct value *values = room;
        record_columns(q, &r);
        if (record_counts(j, &r)) s = read_values(j, &kind_seal, &r, &values);
        if (!s && record_counts(j, &r)) s = seal_added(j, &r, values);
        if (!s) continue;
        sqlite3_reset(q);
        return s;
    }
    buf_clear(&j->visits_dirty); /* there are no rows yet */
    return s;
}

uint64_t fill_kinds(bool bulk) {
    uint64_t kinds = 0;
    for (size_t i = 0; i < kinds_count; i++)
        if (kind_at(i)->bulk == bulk) kinds |= (uint64_t)1 << kind_at(i)->number;
    return kinds;
}

/* What a newer Lantern has made is of none of our kinds: kept, not shown. */
enum status fill_between(struct journal *j, row_id from, row_id to, uint64_t kinds,
                         void (*each)(void *ctx, const struct fill *f), void *ctx) {
    enum status s = STATUS_OK;
    struct fill f;
    sqlite3_stmt *q = st(j, ST_FILL);
    sqlite3_bind_int64(q, 1, from);
    sqlite3_bind_int64(q, 2, to);
    sqlite3_bind_int64(q, 3, (int64_t)kinds);
    while (st_row(j, q, &s)) {
        s = fill_read(j, q, &f);
        if (!s) s = project_added(j, f.k, &f.r, f.values);
        if (!s && each) each(ctx, &f);
        if (!s) continue;
        sqlite3_reset(q);
        return s;
    }
    return s;
}

static enum status project_all(struct journal *j) {
    return fill_between(j, 0, INT64_MAX, fill_kinds(false) | fill_kinds(true), NULL, NULL);
}

enum status rebuild_into(struct journal *j, int target) {
    bool odd = j->any_odd, later = j->load.later && target == PROJECT_LIVE;
    BELIEVE(j->dirty.size == 0 && j->visits_dirty.size == 0);
    j->target = target;
    j->any_odd = false;
    j->sealed.known = false;
    enum status s = schema_tables_drop(j, target);
    if (!s) s = schema_tables_create(j, target);
    if (!s) s = project_seals(j);
    if (target == PROJECT_LIVE) load_over(j); /* of the tables before */
    if (!s) s = later ? load_first(j) : project_all(j);
    if (!s) s = schema_tables_index(j, target);
    if (!s) s = project_dirty(j);
    buf_clear(&j->dirty);
    buf_clear(&j->visits_dirty);
    buf_clear(&j->seals_next);
    j->sealed.known = false;
    if (target == PROJECT_PROOF) j->any_odd = odd;
    j->target = PROJECT_LIVE;
    return s;
}

enum status journal_rebuild(struct journal *j) {
    bool alone = !j->writing;
    enum status s = alone ? journal_begin(j) : STATUS_OK;
    if (s) return s;
    s = schema_index(j);
    if (!s) s = rules_settle(j); /* all rows are made again: which have changed is no matter */
    buf_clear(&j->dirty);
    buf_clear(&j->visits_dirty);
    buf_clear(&j->seals_next);
    if (!s) s = rebuild_into(j, PROJECT_LIVE);
    /* An older Lantern may have left something; whoever loads the rest later is not older. */
    if (!j->load.later) erase_again(j);
    if (!s) s = erasures_apply(j);
    if (!s && !j->memory_tables) {
        hash256 made = schema_tables_hash();
        sqlite3_stmt *q = st(j, ST_MARK_PUT);
        sqlite3_bind_text(q, 1, "tables", -1, SQLITE_STATIC);
        sqlite3_bind_blob(q, 2, made.b, 32, SQLITE_STATIC);
        s = st_done(j, q);
    }
    j->wrote = true;
    if (!alone) return s;
    if (!s) {
        int64_t saved_at = j->saved_at; /* nobody said anything new */
        s = journal_commit(j);
        if (!s) j->saved_at = saved_at;
        return s;
    }
    journal_rollback(j);
    return s;
}
