/* schema.c -- every table of the database.
 *
 * Journey: two parts. The journal and what lies beside it endures; the projected tables can be
 * dropped and made again at any time, so a new version of Lantern needs no migrations.
 * The projected tables come from the kinds' descriptors and from nothing else. */
#include <string.h>

#include "store/inside.h"

/* The few records that others depend on: providers, seals, erasures, revocations. An older
 * database gets it when its tables are made again. */
#define JOURNAL_RULES_INDEX                                                              \
    "CREATE INDEX IF NOT EXISTS journal_rules ON journal (kind) WHERE kind = 2 OR kind " \
    "= 23 OR kind = 31 OR kind = 32;\n"

/* Every column here has its line of explanation; they are kept by SQLite and shown by any tool.
 */
static const char enduring[] =
    "CREATE TABLE log (\n"
    "  no INTEGER PRIMARY KEY,   -- number of this stretch of a log in this database only\n"
    "  id BLOB NOT NULL,         -- BLAKE2b-256 of public key and incarnation\n"
    "  branch BLOB NOT NULL,     -- 8 bytes; zeros: the trunk, else first bytes of its first "
    "hash\n"
    "  key BLOB,                 -- Ed25519 public key of the device, NULL not known yet\n"
    "  incarnation BLOB,         -- 8 random bytes of the installation\n"
    "  own INTEGER NOT NULL,     -- 1: this device appends to it\n"
    "  base INTEGER NOT NULL,    -- the stretch it branches from, 0 none or not known\n"
    "  first_seq INTEGER NOT NULL, -- where the stretch begins\n"
    "  verified INTEGER NOT NULL,  -- chain checked up to here\n"
    "  UNIQUE (id, branch)\n"
    ");\n"
    "CREATE TABLE journal (\n"
    "  id INTEGER PRIMARY KEY,   -- log number << 40 | seq\n"
    "  hlc INTEGER NOT NULL,     -- hybrid clock: ms << 16 | counter\n"
    "  at INTEGER NOT NULL,      -- wall clock as the person saw it, ms UTC\n"
    "  tz INTEGER NOT NULL,      -- minutes to add for the time shown\n"
    "  \"by\" INTEGER,           -- row of the person holding the tablet\n"
    "  kind INTEGER NOT NULL,    -- number of the kind\n"
    "  op INTEGER NOT NULL,      -- 0 create, 1 change, 2 withdraw\n"
    "  \"row\" INTEGER NOT NULL, -- the row: record that created it\n"
    "  parent INTEGER,           -- the version its writer saw\n"
    "  epoch INTEGER NOT NULL,   -- salt record in force, 0 none known\n"
    "  body BLOB,                -- deterministic CBOR, NULL erased\n"
    "  commitment BLOB,          -- BLAKE2b-256(salt, body), kept when the body is erased\n"
    "  hash BLOB NOT NULL,       -- of the record, chained to the one before\n"
    "  checks BLOB,              -- 4 bytes each for by, row, parent in other logs\n"
    "  copy INTEGER              -- 1: the office's copy, not yet chained\n"
    ");\n"
    "CREATE INDEX journal_row ON journal (\"row\") WHERE op <> 0;\n" JOURNAL_RULES_INDEX
    "CREATE TABLE run (          -- where a chain begins without the record before it\n"
    "  log INTEGER, first_seq INTEGER,\n"
    "  previous BLOB NOT NULL,   -- hash of the missing record\n"
    "  salt_key BLOB,            -- in force there, as told by who carried it\n"
    "  PRIMARY KEY (log, first_seq)\n"
    ") WITHOUT ROWID;\n"
    "CREATE TABLE salt_apart (   -- salts of records whose key was erased\n"
    "  record INTEGER PRIMARY KEY, salt BLOB NOT NULL\n"
    ");\n"
    "CREATE TABLE draft (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID; -- still under the "
    "finger\n"
    "CREATE TABLE local (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID; -- settings of this "
    "device\n"
    "CREATE TABLE blob (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, bytes BLOB NOT "
    "NULL);\n"
    "CREATE TABLE kept (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;  -- checkpoints, "
    "receipts\n"
    "CREATE TABLE mark (key TEXT PRIMARY KEY, value) WITHOUT ROWID;       -- the store's own "
    "notes\n";

enum status schema_enduring(struct journal *j) {
    return db_exec(j, enduring);
}

enum status schema_create(struct journal *j) {
    enum status s = schema_enduring(j);
    if (!s) s = db_execf(j, "PRAGMA application_id = %d", APPLICATION_ID);
    if (!s) s = db_execf(j, "PRAGMA user_version = %d", j->rest.sealed ? 2 : 1);
    if (!s && j->rest.sealed) s = rest_mark(j);
    return s;
}

const char *target_prefix(const struct journal *j, int target) {
    (void)j;
    return target == PROJECT_PROOF ? "proof_" : "";
}

static bool target_temporary(const struct journal *j, int target) {
    return target == PROJECT_PROOF || j->memory_tables;
}

static const char *column_sql_type(const struct column *c) {
    switch (c->type) {
    case COL_TEXT:
    case COL_WORD:
        return "TEXT";
    case COL_HASH:
    case COL_BYTES:
        return "BLOB";
    case COL_INT:
    case COL_BOOL:
    case COL_TIME:
    case COL_DAY:
    case COL_REF:
        return "INTEGER";
    }
    return "BLOB";
}

static void kind_table_ddl(struct buf *out, const struct kind *k, const char *prefix,
                           bool temporary) {
    buf_printf(out,
               "CREATE %sTABLE \"%s%s\" (id INTEGER PRIMARY KEY, version INTEGER, hlc INTEGER, "
               "at INTEGER, \"by\" INTEGER, made_at INTEGER, made_by INTEGER, withdrawn "
               "INTEGER, rival INTEGER",
               temporary ? "TEMP " : "", prefix, k->name);
    for (const struct column *c = k->columns; c->name; c++)
        buf_printf(out, ", \"%s\" %s", c->name, column_sql_type(c));
    buf_text(out, ");\n");
}

/* The index on a row's visit also holds hlc: a new seal asks for the versions after it, and
 * mostly there are none. */
static void kind_index_ddl(struct buf *out, const struct kind *k, const char *prefix,
                           bool temporary) {
    for (const struct column *c = k->columns; c->name; c++) {
        bool code = k->code && strcmp(k->code, c->name) == 0;
        bool sealed = k->sealed_by && strcmp(k->sealed_by, c->name) == 0;
        if (!c->index && !code && !sealed) continue;
        buf_printf(out, "CREATE INDEX %s\"%s%s_%s\" ON \"%s%s\" (\"%s\"%s);\n",
                   temporary ? "temp." : "", prefix, k->name, c->name, prefix, k->name, c->name,
                   sealed ? ", hlc" : "");
    }
}

static void side_ddl(struct buf *out, const char *prefix, bool temporary) {
    const char *t = temporary ? "TEMP " : "", *in = temporary ? "temp." : "";
    buf_printf(out,
               "CREATE %sTABLE %ssealed (visit INTEGER PRIMARY KEY, seal INTEGER, hlc "
               "INTEGER);\n",
               t, prefix);
    buf_printf(out,
               "CREATE %sTABLE %slate (record INTEGER PRIMARY KEY, \"row\" INTEGER, visit "
               "INTEGER, kind INTEGER);\n",
               t, prefix);
    buf_printf(out, "CREATE INDEX %s%slate_row ON %slate (\"row\");\n", in, prefix, prefix);
    buf_printf(out, "CREATE INDEX %s%slate_visit ON %slate (visit);\n", in, prefix, prefix);
    buf_printf(out,
               "CREATE %sTABLE %smoved (\"row\" INTEGER, visit INTEGER, kind INTEGER, PRIMARY "
               "KEY (\"row\", visit, kind)) WITHOUT ROWID;\n",
               t, prefix);
    buf_printf(out, "CREATE INDEX %s%smoved_visit ON %smoved (visit);\n", in, prefix, prefix);
}

enum status schema_index(struct journal *j) {
    return db_exec(j, JOURNAL_RULES_INDEX);
}

/* Tables that were made otherwise, or by other rules of what counts, are made again. */
hash256 schema_tables_hash(void) {
    struct buf ddl = {0};
    for (size_t i = 0; i < kinds_count; i++) {
        kind_table_ddl(&ddl, kind_at(i), "", false);
        kind_index_ddl(&ddl, kind_at(i), "", false);
    }
    side_ddl(&ddl, "", false);
    buf_text(&ddl, "rules 2");
    hash256 h = hash_of(ddl.data, ddl.size);
    buf_release(&ddl);
    return h;
}

enum status schema_tables_create(struct journal *j, int target) {
    struct buf ddl = {0};
    bool temporary = target_temporary(j, target);
    for (size_t i = 0; i < kinds_count; i++)
        kind_table_ddl(&ddl, kind_at(i), target_prefix(j, target), temporary);
    side_ddl(&ddl, target_prefix(j, target), temporary);
    enum status s = db_exec(j, buf_str(&ddl));
    buf_release(&ddl);
    return s;
}

/* Sorted once they are full: cheaper than keeping them sorted while they fill. */
enum status schema_tables_index(struct journal *j, int target) {
    struct buf ddl = {0};
    bool temporary = target_temporary(j, target);
    for (size_t i = 0; i < kinds_count; i++)
        kind_index_ddl(&ddl, kind_at(i), target_prefix(j, target), temporary);
    enum status s = db_exec(j, buf_str(&ddl));
    buf_release(&ddl);
    return s;
}

/* Also those of an older Lantern: whatever is not one of the enduring tables. */
enum status schema_tables_drop(struct journal *j, int target) {
    static const char keep[] = "'log','journal','run','salt_apart','draft','local','blob',"
                               "'kept','mark','vault','vault_try','sqlite_stat1'";
    struct arena a = {0};
    struct buf drops = {0};
    sqlite3_stmt *q = NULL;
    bool temporary = target_temporary(j, target);
    st_finalize_kinds(j, target);
    enum status s =
        st_prepare(j, &q,
                   arena_printf(&a,
                                "SELECT name FROM %s WHERE type = 'table' AND name NOT IN (%s) "
                                "AND name NOT LIKE 'sqlite_%%' AND (name LIKE 'proof\\_%%' "
                                "ESCAPE '\\') = %d",
                                temporary ? "temp.sqlite_schema" : "main.sqlite_schema", keep,
                                target == PROJECT_PROOF));
    while (!s && st_row(j, q, &s))
        buf_printf(&drops, "DROP TABLE %s.\"%s\";\n", temporary ? "temp" : "main",
                   (const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    if (!s) s = db_exec(j, buf_str(&drops));
    buf_release(&drops);
    arena_release(&a);
    return s;
}

/* ---- statements on the projected tables ---- */

static void names(struct buf *out, const struct kind *k, const char *before) {
    for (const struct column *c = k->columns; c->name; c++)
        buf_printf(out, "%s\"%s\"", before, c->name);
}

static void numbers(struct buf *out, const struct kind *k, int first) {
    for (const struct column *c = k->columns; c->name; c++)
        buf_printf(out, ", ?%d", first++);
}

#define FIXED_COLUMNS "id, version, hlc, at, \"by\", made_at, made_by, withdrawn, rival"

static void kind_sql(struct buf *out, const struct journal *j, const struct kind *k,
                     enum projected_statement which) {
    const char *prefix = target_prefix(j, j->target);
    int visit = j->kinds[k->number].visit, n = 8;
    switch (which) {
    case PS_CREATE:
        buf_printf(out, "INSERT OR IGNORE INTO \"%s%s\" (" FIXED_COLUMNS, prefix, k->name);
        names(out, k, ", ");
        buf_text(out, ") VALUES (?1, ?1, ?2, ?3, ?4, ?3, ?4, 0, NULL");
        numbers(out, k, 5);
        buf_text(out, ")");
        break;
    case PS_CHANGE:
        buf_printf(out,
                   "UPDATE \"%s%s\" SET version = ?2, hlc = ?3, at = ?4, \"by\" = ?5, "
                   "withdrawn = ?6, rival = ?7",
                   prefix, k->name);
        for (const struct column *c = k->columns; c->name; c++)
            buf_printf(out, ", \"%s\" = ?%d", c->name, n++);
        buf_text(out, " WHERE id = ?1");
        break;
    case PS_REPLACE:
        buf_printf(out, "INSERT OR REPLACE INTO \"%s%s\" (" FIXED_COLUMNS, prefix, k->name);
        names(out, k, ", ");
        buf_text(out, ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9");
        numbers(out, k, 10);
        buf_text(out, ")");
        break;
    case PS_DELETE:
        buf_printf(out, "DELETE FROM \"%s%s\" WHERE id = ?1", prefix, k->name);
        break;
    case PS_HEAD:
        buf_text(out, "SELECT version, hlc, rival, ");
        if (visit >= 0)
            buf_printf(out, "\"%s\"", k->columns[visit].name);
        else
            buf_text(out, visit == KIND_IS_VISIT ? "id" : "NULL");
        buf_printf(out, " FROM \"%s%s\" WHERE id = ?1", prefix, k->name);
        break;
    case PS_ROW:
        buf_text(out, "SELECT withdrawn");
        names(out, k, ", ");
        buf_printf(out, " FROM \"%s%s\" WHERE id = ?1", prefix, k->name);
        break;
    case PS_AFTER_SEAL:
        BELIEVE(visit >= 0 || visit == KIND_IS_VISIT);
        buf_printf(out, "SELECT id FROM \"%s%s\" WHERE \"%s\" = ?1 AND hlc >= ?2", prefix,
                   k->name, visit >= 0 ? k->columns[visit].name : "id");
        break;
    case PS_COUNT:
        BELIEVE(false);
    }
}

enum status kind_statement(struct journal *j, const struct kind *k,
                           enum projected_statement which, sqlite3_stmt **out) {
    sqlite3_stmt **slot = &j->kinds[k->number].live[j->target][which];
    enum status s = STATUS_OK;
    if (!*slot) {
        struct buf sql = {0};
        kind_sql(&sql, j, k, which);
        s = st_prepare(j, slot, buf_str(&sql));
        buf_release(&sql);
    }
    if (!s) *out = *slot;
    return s;
}

enum status side_statement(struct journal *j, enum side_statement which, sqlite3_stmt **out) {
    static const char *const texts[SS_COUNT] = {
        [SS_SEALED] = "SELECT seal, hlc FROM %ssealed WHERE visit = ?1",
        [SS_SEAL] = "INSERT OR REPLACE INTO %ssealed (visit, seal, hlc) VALUES (?1, ?2, ?3)",
        [SS_UNSEAL] = "DELETE FROM %ssealed WHERE visit = ?1",
        [SS_LATE] = "INSERT OR REPLACE INTO %slate (record, \"row\", visit, kind) VALUES (?1, "
                    "?2, ?3, ?4)",
        [SS_UNLATE] = "DELETE FROM %slate WHERE \"row\" = ?1 AND kind = ?2",
        [SS_LATE_OF] = "SELECT \"row\", kind FROM %slate WHERE visit = ?1",
        [SS_MOVED] = "INSERT OR IGNORE INTO %smoved (\"row\", visit, kind) VALUES (?1, ?2, ?3)",
        [SS_UNMOVED] = "DELETE FROM %smoved WHERE \"row\" = ?1 AND kind = ?2",
        [SS_MOVED_OF] = "SELECT \"row\", kind FROM %smoved WHERE visit = ?1",
        [SS_MOVED_TO] = "SELECT visit FROM %smoved WHERE \"row\" = ?1 AND kind = ?2",
        [SS_ODD] = "SELECT EXISTS (SELECT 1 FROM %slate WHERE \"row\" = ?1) + "
                   "2 * EXISTS (SELECT 1 FROM %smoved WHERE \"row\" = ?1)",
        [SS_ANY_ODD] = "SELECT EXISTS (SELECT 1 FROM %slate) + EXISTS (SELECT 1 FROM %smoved)",
    };
    sqlite3_stmt **slot = &j->side[j->target][which];
    enum status s = STATUS_OK;
    if (!*slot) {
        struct buf sql = {0};
        const char *prefix = target_prefix(j, j->target);
        for (const char *p = texts[which]; *p; p++) {
            if (p[0] == '%' && p[1] == 's') {
                buf_text(&sql, prefix);
                p++;
            } else {
                buf_byte(&sql, (uint8_t)*p);
            }
        }
        s = st_prepare(j, slot, buf_str(&sql));
        buf_release(&sql);
    }
    if (!s) *out = *slot;
    return s;
}
