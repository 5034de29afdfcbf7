/* union_relabel.c -- after a fork: which stretch each record of the log belongs to.
 *
 * Journey: a cloned or restored tablet has written two histories into one log. Nothing is lost:
 * the records of the log form a tree, and its stretches are read off it, whatever came first.
 *
 *      1 ─ 2 ─ 3 ─ 4 ─ 5        trunk 1…3 (branch zero)
 *              └─── 4' ─ 5'     4…5 and 4'…5', each a branch: first 8 bytes of its hash
 *
 * A record begins a new stretch when it is one of several that follow the same record, or when
 * in a forked log the record before it is not here. A log is forked when two records share a
 * seq or one contradicts the record before it. Otherwise all are the trunk, gaps or not.
 *
 * Rare, so it may be slow: the log's records go through a table of their own, then every
 * reference into the log is resolved again, and the projected tables are rebuilt. */
#include <string.h>

#include "store/inside.h"

static const char tables[] =
    "CREATE TEMP TABLE IF NOT EXISTS relabel_node (\n"
    "  old INTEGER PRIMARY KEY, seq INTEGER, hash BLOB, previous BLOB, kind INTEGER, salt_key "
    "BLOB,\n"
    "  stretch INTEGER, epoch INTEGER);\n"
    "CREATE INDEX IF NOT EXISTS temp.relabel_node_hash ON relabel_node (seq, hash);\n"
    "CREATE INDEX IF NOT EXISTS temp.relabel_node_previous ON relabel_node (seq, previous);\n"
    "CREATE TEMP TABLE IF NOT EXISTS relabel_step (old INTEGER PRIMARY KEY, new INTEGER);\n"
    "DELETE FROM temp.relabel_node; DELETE FROM temp.relabel_step;";

struct relabel {
    struct journal *j;
    hash256 id;
    int32_t trunk;
    bool forked;
    sqlite3_stmt *parent, *children, *assign, *step;
};

/* ---- collecting ---- */

static enum status collect_stretch(struct relabel *l, const struct log_entry *e) {
    struct journal *j = l->j;
    sqlite3_stmt *q = NULL, *in = NULL;
    enum status s =
        st_prepare(j, &q,
                   "SELECT id, hash, kind, previous, salt_key FROM journal LEFT JOIN "
                   "run ON log = ?3 AND first_seq = id & 0xFFFFFFFFFF "
                   "WHERE id BETWEEN ?1 AND ?2 AND copy IS NULL ORDER BY id");
    if (!s)
        s = st_prepare(
            j, &in,
            "INSERT INTO temp.relabel_node (old, seq, hash, previous, kind, salt_key) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    if (!s) {
        sqlite3_bind_int64(q, 1, ROW_ID(e->no, 0));
        sqlite3_bind_int64(q, 2, ROW_ID(e->no, 0xFFFFFFFFFFLL));
        sqlite3_bind_int(q, 3, e->no);
    }
    hash256 before = e->id;
    int64_t seq = 0;
    while (!s && st_row(j, q, &s)) {
        row_id id = sqlite3_column_int64(q, 0);
        if (ROW_SEQ(id) > 1 && seq != ROW_SEQ(id) - 1 &&
            sqlite3_column_type(q, 3) == SQLITE_NULL)
            s = journal_record_hash(j, ref_own(j, e->no, ROW_SEQ(id) - 1), &before);
        if (sqlite3_column_bytes(q, 3) == 32) memcpy(before.b, sqlite3_column_blob(q, 3), 32);
        seq = ROW_SEQ(id);
        if (s) break;
        sqlite3_bind_int64(in, 1, id);
        sqlite3_bind_int64(in, 2, seq);
        sqlite3_bind_value(in, 3, sqlite3_column_value(q, 1));
        sqlite3_bind_blob(in, 4, before.b, 32, SQLITE_TRANSIENT);
        sqlite3_bind_value(in, 5, sqlite3_column_value(q, 2));
        sqlite3_bind_value(in, 6, sqlite3_column_value(q, 4));
        s = st_done(j, in);
        if (sqlite3_column_bytes(q, 1) == 32) memcpy(before.b, sqlite3_column_blob(q, 1), 32);
    }
    sqlite3_finalize(q);
    sqlite3_finalize(in);
    return s;
}

static enum status ask(struct journal *j, const char *sql, bool *out) {
    sqlite3_stmt *q = NULL;
    enum status s = st_prepare(j, &q, sql);
    *out = !s && st_row(j, q, &s) && sqlite3_column_int(q, 0) != 0;
    sqlite3_finalize(q);
    return s;
}

/* The same record may have come in twice, once behind a gap and once along a tail; the one that
 * has its words stays, with the salt that either has. */
static enum status drop_doubles(struct relabel *l) {
    bool any = false;
    enum status s = ask(l->j,
                        "SELECT EXISTS (SELECT 1 FROM temp.relabel_node GROUP BY seq, hash "
                        "HAVING count(*) > 1)",
                        &any);
    if (s || !any) return s;
    return db_exec(
        l->j,
        "INSERT INTO temp.relabel_step (old, new) SELECT old, first FROM (SELECT n.old, "
        "first_value(n.old) OVER (PARTITION BY n.seq, n.hash ORDER BY j.body IS NULL, n.old) "
        "AS first FROM temp.relabel_node n JOIN journal j ON j.id = n.old) WHERE old <> first;"
        "INSERT OR IGNORE INTO salt_apart (record, salt) SELECT d.new, a.salt FROM "
        "temp.relabel_step d JOIN salt_apart a ON a.record = d.old;"
        "DELETE FROM salt_apart WHERE record IN (SELECT old FROM temp.relabel_step);"
        "DELETE FROM journal WHERE id IN (SELECT old FROM temp.relabel_step);"
        "DELETE FROM temp.relabel_node WHERE old IN (SELECT old FROM temp.relabel_step);"
        "DELETE FROM temp.relabel_step;");
}

/* Runs are joined in this, and the keys they were carried with forgotten. Where words have been
 * erased the key before may be gone, so each record gets its salt. */
static enum status keep_run_salts(struct relabel *l, const struct log_entry *e) {
    struct journal *j = l->j;
    sqlite3_stmt *q = NULL;
    if (j->rules.erased.size == 0) return STATUS_OK;
    enum status s = st_prepare(j, &q, "SELECT first_seq FROM run WHERE log = ?1");
    if (!s) sqlite3_bind_int(q, 1, e->no);
    while (!s && st_row(j, q, &s)) {
        struct run_found run;
        s = run_find(j, e->no, sqlite3_column_int64(q, 0), &run);
        if (!s) s = keep_salts_of_run(j, &run);
        if (s) break;
    }
    sqlite3_finalize(q);
    return s;
}

static enum status is_forked(struct relabel *l) {
    return ask(
        l->j,
        "SELECT EXISTS (SELECT 1 FROM temp.relabel_node GROUP BY seq HAVING count(*) > 1) OR "
        "EXISTS (SELECT 1 FROM temp.relabel_node n WHERE n.seq > 1 "
        "AND EXISTS (SELECT 1 FROM temp.relabel_node p WHERE p.seq = n.seq - 1) AND NOT EXISTS "
        "(SELECT 1 FROM temp.relabel_node p WHERE p.seq = n.seq - 1 AND p.hash = n.previous))",
        &l->forked);
}

/* ---- finding the stretches ---- */

static enum status stretch_for(struct relabel *l, const uint8_t branch[8], int32_t base,
                               int64_t first_seq, int32_t *no) {
    struct journal *j = l->j;
    const struct log_entry *t = log_at(j, l->trunk);
    uint8_t key[32], incarnation[8];
    memcpy(key, t->key, 32);
    memcpy(incarnation, t->incarnation, 8);
    for (struct log_entry *e = log_at(j, l->trunk); e; e = log_at(j, e->next)) {
        if (memcmp(e->branch, branch, 8) != 0) continue;
        *no = e->no;
        e->base = base;
        e->first_seq = first_seq;
        sqlite3_stmt *q = st(j, ST_LOG_PLACE);
        sqlite3_bind_int(q, 1, e->no);
        sqlite3_bind_int(q, 2, base);
        sqlite3_bind_int64(q, 3, first_seq);
        return st_done(j, q);
    }
    return log_add(j, &l->id, branch, key, incarnation, base, first_seq, no);
}

struct node {
    int64_t seq;
    row_id old;
    const uint8_t *hash;
    sqlite3_value *previous;
    int kind;
};

struct ancestor {
    bool there;
    int32_t stretch;
    row_id epoch;
    int64_t siblings;
};

static enum status ancestor_of(struct relabel *l, const struct node *n, struct ancestor *out) {
    enum status s = STATUS_OK;
    *out = (struct ancestor){.there = n->seq == 1, .stretch = l->trunk};
    sqlite3_bind_int64(l->parent, 1, n->seq - 1);
    sqlite3_bind_value(l->parent, 2, n->previous);
    if (n->seq > 1 && st_row(l->j, l->parent, &s)) {
        out->there = true;
        out->stretch = sqlite3_column_int(l->parent, 0);
        out->epoch = sqlite3_column_int(l->parent, 1) == KIND_salt
                         ? ROW_ID(out->stretch, n->seq - 1)
                         : sqlite3_column_int64(l->parent, 2);
        sqlite3_reset(l->parent);
    }
    if (s) return s;
    sqlite3_bind_int64(l->children, 1, n->seq);
    sqlite3_bind_value(l->children, 2, n->previous);
    if (st_row(l->j, l->children, &s)) {
        out->siblings = sqlite3_column_int64(l->children, 0);
        sqlite3_reset(l->children);
    }
    return s;
}

static enum status assign(struct relabel *l, const struct node *n) {
    struct ancestor up;
    enum status s = ancestor_of(l, n, &up);
    int32_t stretch = up.stretch;
    if (!s && up.there && up.siblings > 1)
        s = stretch_for(l, n->hash, up.stretch, n->seq, &stretch);
    if (!s && !up.there && l->forked) s = stretch_for(l, n->hash, 0, n->seq, &stretch);
    if (s) return s;
    sqlite3_bind_int64(l->assign, 1, n->old);
    sqlite3_bind_int(l->assign, 2, stretch);
    sqlite3_bind_int64(l->assign, 3, n->kind == KIND_salt ? 0 : up.epoch);
    s = st_done(l->j, l->assign);
    if (s || up.there) return s;
    /* Not following anything that is here: a run, with what it was carried with. */
    return db_execf(l->j,
                    "INSERT INTO run (log, first_seq, previous, salt_key) SELECT %d, seq, "
                    "previous, salt_key FROM temp.relabel_node WHERE old = %lld",
                    stretch, (long long)n->old);
}

static enum status assign_all(struct relabel *l) {
    struct journal *j = l->j;
    sqlite3_stmt *q = NULL;
    enum status s =
        st_prepare(j, &l->parent,
                   "SELECT stretch, kind, epoch FROM temp.relabel_node WHERE seq = ?1 AND "
                   "hash = ?2");
    if (!s)
        s = st_prepare(
            j, &l->children,
            "SELECT count(*) FROM temp.relabel_node WHERE seq = ?1 AND previous = ?2");
    if (!s)
        s = st_prepare(j, &l->assign,
                       "UPDATE temp.relabel_node SET stretch = ?2, epoch = ?3 WHERE old = ?1");
    if (!s)
        s = st_prepare(
            j, &q,
            "SELECT seq, old, hash, previous, kind FROM temp.relabel_node ORDER BY seq, hash");
    while (!s && st_row(j, q, &s)) {
        struct node n = {.seq = sqlite3_column_int64(q, 0),
                         .old = sqlite3_column_int64(q, 1),
                         .hash = sqlite3_column_blob(q, 2),
                         .previous = sqlite3_column_value(q, 3),
                         .kind = sqlite3_column_int(q, 4)};
        s = assign(l, &n);
        if (s) break;
    }
    sqlite3_finalize(q);
    sqlite3_finalize(l->parent);
    sqlite3_finalize(l->children);
    sqlite3_finalize(l->assign);
    return s;
}

/* ---- moving ---- */

static const char move_directly[] =
    "UPDATE journal SET id = (SELECT new FROM temp.relabel_step WHERE old = journal.id) "
    "WHERE id IN (SELECT old FROM temp.relabel_step);"
    "UPDATE OR REPLACE salt_apart SET record = (SELECT new FROM temp.relabel_step WHERE old = "
    "record) "
    "WHERE record IN (SELECT old FROM temp.relabel_step);";

/* Through negative numbers, so that no two records stand on one number on the way. */
static const char move_around[] =
    "UPDATE journal SET id = -id WHERE id IN (SELECT old FROM temp.relabel_step);"
    "UPDATE journal SET id = (SELECT new FROM temp.relabel_step WHERE old = -journal.id) "
    "WHERE id < 0;"
    "UPDATE OR REPLACE salt_apart SET record = -record WHERE record IN (SELECT old FROM "
    "temp.relabel_step);"
    "UPDATE OR REPLACE salt_apart SET record = (SELECT new FROM temp.relabel_step WHERE old = "
    "-record) "
    "WHERE record < 0;";

/* Most stay where they are, and those of a new fork mostly go where nobody is. */
static enum status move_records(struct relabel *l) {
    struct journal *j = l->j;
    bool taken = false;
    enum status s =
        db_exec(j, "INSERT INTO temp.relabel_step (old, new) SELECT old, (stretch << 40) | seq "
                   "FROM temp.relabel_node WHERE old <> ((stretch << 40) | seq);"
                   "DELETE FROM journal WHERE copy IS NOT NULL AND id IN (SELECT new FROM "
                   "temp.relabel_step);");
    if (!s)
        s = ask(j,
                "SELECT EXISTS (SELECT 1 FROM temp.relabel_step s JOIN journal ON journal.id = "
                "s.new)",
                &taken);
    if (!s) s = db_exec(j, taken ? move_around : move_directly);
    if (s) return s;
    return db_exec(j, "UPDATE journal SET epoch = n.epoch FROM temp.relabel_node n WHERE "
                      "journal.id = ((n.stretch << 40) | n.seq) AND journal.epoch IS NOT "
                      "n.epoch;");
}

static bool of_log(const struct relabel *l, row_id id) {
    const struct log_entry *e = log_at(l->j, ROW_LOG(id));
    return id && e && hash_equal(&e->id, &l->id);
}

static enum status again(struct relabel *l, int32_t from, row_id id, const uint8_t check[4],
                         row_id *out) {
    *out = id;
    if (!of_log(l, id)) return STATUS_OK;
    struct global_ref r = {.log = l->id, .seq = ROW_SEQ(id)};
    memcpy(r.check, check, 4);
    return ref_resolve(l->j, from, &r, out);
}

static enum status refer_again(struct relabel *l) {
    struct journal *j = l->j;
    sqlite3_stmt *q = NULL, *put = NULL;
    enum status s = st_prepare(j, &q, st_text(j, ST_ALL));
    if (!s)
        s = st_prepare(
            j, &put, "UPDATE journal SET \"by\" = ?2, \"row\" = ?3, parent = ?4 WHERE id = ?1");
    while (!s && st_row(j, q, &s)) {
        struct record r;
        row_id by = 0, row = 0, parent = 0;
        record_columns(q, &r);
        row_id id = r.id;
        int32_t from = ROW_LOG(id);
        s = again(l, from, r.by, r.checks, &by);
        if (!s) s = again(l, from, r.row, r.checks + 4, &row);
        if (!s) s = again(l, from, r.parent, r.checks + 8, &parent);
        if (r.op == OP_CREATE) row = id;
        if (s) break;
        if (by == r.by && row == r.row && parent == r.parent) continue;
        sqlite3_bind_int64(put, 1, id);
        if (by) sqlite3_bind_int64(put, 2, by);
        sqlite3_bind_int64(put, 3, row);
        if (parent) sqlite3_bind_int64(put, 4, parent);
        s = st_done(j, put);
        sqlite3_clear_bindings(put);
        if (s) break;
    }
    sqlite3_finalize(q);
    sqlite3_finalize(put);
    return s;
}

/* Where our own head went, and who holds the tablet. */
static enum status follow_self(struct relabel *l) {
    struct journal *j = l->j;
    enum status s = STATUS_OK;
    sqlite3_stmt *q = NULL;
    if (of_log(l, j->holder)) {
        s = st_prepare(j, &q, "SELECT new FROM temp.relabel_step WHERE old = ?1");
        sqlite3_bind_int64(q, 1, j->holder);
        if (!s && st_row(j, q, &s)) j->holder = sqlite3_column_int64(q, 0);
        sqlite3_finalize(q);
        q = NULL;
        char text[24];
        snprintf(text, sizeof text, "%lld", (long long)j->holder);
        if (!s) s = local_put(j, "holder", text);
    }
    if (s || !hash_equal(&l->id, &j->own_id)) return s;
    int32_t no = l->trunk;
    s = st_prepare(j, &q, "SELECT stretch FROM temp.relabel_node WHERE seq = ?1 AND hash = ?2");
    sqlite3_bind_int64(q, 1, j->head.seq);
    sqlite3_bind_blob(q, 2, j->head.hash.b, 32, SQLITE_STATIC);
    if (!s && st_row(j, q, &s)) no = sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    q = st(j, ST_LOG_OWN);
    sqlite3_bind_int(q, 1, no);
    if (!s) s = st_done(j, q);
    return s;
}

/* Who can open this tablet. Records come in whether or not that vault is whole. */
static enum status follow_people(struct journal *j) {
    enum status s = vault_follow(j);
    if (s != STATUS_DAMAGED) return s;
    log_line("store: the vault does not follow a fork: %s", status_detail());
    return STATUS_OK;
}

static enum status drop_runs(struct relabel *l) {
    enum status s = STATUS_OK;
    for (struct log_entry *e = log_at(l->j, l->trunk); e && !s; e = log_at(l->j, e->next))
        s = db_execf(
            l->j, "DELETE FROM run WHERE log = %d; UPDATE log SET verified = 0 WHERE no = %d",
            e->no, e->no);
    return s;
}

static enum status relabel_log(struct journal *j, int32_t trunk) {
    struct relabel l = {.j = j, .id = log_at(j, trunk)->id, .trunk = trunk};
    enum status s = db_exec(j, tables);
    for (struct log_entry *e = log_at(j, trunk); e && !s; e = log_at(j, e->next))
        s = keep_run_salts(&l, e);
    for (struct log_entry *e = log_at(j, trunk); e && !s; e = log_at(j, e->next))
        s = collect_stretch(&l, e);
    if (!s) s = drop_doubles(&l);
    if (!s) s = is_forked(&l);
    if (!s) s = drop_runs(&l);
    if (!s) s = assign_all(&l);
    if (!s) s = move_records(&l);
    if (!s) s = refer_again(&l);
    if (!s) s = follow_self(&l);
    if (!s) s = follow_people(j);
    if (!s) s = db_exec(j, "DROP TABLE temp.relabel_node; DROP TABLE temp.relabel_step");
    return s;
}

enum status union_relabel(struct journal *j) {
    enum status s = rules_settle(j); /* which words are erased decides which salts are kept */
    int64_t hlc = j->head.hlc;
    struct buf trunks = {0};
    for (int32_t no = 1; no <= (int32_t)logs_count(j); no++)
        if (log_at(j, no)->touched) buf_add(&trunks, &no, sizeof no);
    const int32_t *t = (const int32_t *)(const void *)trunks.data;
    for (size_t i = 0; !s && i < trunks.size / sizeof *t; i++)
        s = relabel_log(j, t[i]);
    buf_release(&trunks);
    if (!s) s = logs_load(j);
    if (!s) s = head_load(j);
    if (!s) s = rules_load(j);
    erase_again(j);
    if (j->head.hlc < hlc) j->head.hlc = hlc;
    memset(j->checks, 0, sizeof j->checks);
    buf_clear(&j->dirty);
    buf_clear(&j->visits_dirty);
    buf_clear(&j->seals_next);
    return s ? s : rebuild_into(j, PROJECT_LIVE);
}
