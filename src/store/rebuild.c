/* rebuild.c -- all projected tables from the journal.
 *
 * Journey: after an update of Lantern, after a fork, and as the proof that the live tables are
 * what the journal says. It takes the same way as merging does: record by record, then the rows
 * that need all their versions. */
#include "store/inside.h"

static enum status project_all(struct journal *j) {
    enum status s = STATUS_OK;
    struct value values[ROW_COLUMNS_MAX];
    sqlite3_stmt *q = st(j, ST_ALL);
    while (st_row(j, q, &s)) {
        struct record r;
        record_columns(q, &r);
        const struct kind *k = kind_by_number(r.kind);
        if (!k) continue; /* made by a newer Lantern: kept, not shown */
        bool readable = r.body != NULL;
        if (readable) {
            enum status read = body_read(j, k, ROW_LOG(r.id), r.body, r.body_size, values);
            if (read == STATUS_INVALID || read == STATUS_TOO_LARGE)
                readable = false;
            else
                s = read;
        }
        if (!s) s = project_added(j, k, &r, readable ? values : NULL);
        if (s) {
            sqlite3_reset(q);
            return s;
        }
    }
    return s;
}

enum status rebuild_into(struct journal *j, int target) {
    bool odd = j->any_odd;
    BELIEVE(j->dirty.size == 0 && j->visits_dirty.size == 0);
    j->target = target;
    j->any_odd = false;
    j->sealed.known = false;
    enum status s = schema_tables_drop(j, target);
    if (!s) s = schema_tables_create(j, target);
    if (!s) s = project_all(j);
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
    erase_again(j); /* an older Lantern may have left something */
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
    if (!s) return journal_commit(j);
    char kept[401];
    snprintf(kept, sizeof kept, "%s", status_detail());
    journal_rollback(j);
    return status_fail(s, "%s", kept);
}
