/* statement.c -- SQLite's calls said once: preparing, stepping, and what their failures mean.
 *
 * Journey: the rest of the store binds and reads; nobody else maps a result code. */
#include <errno.h>
#include <stdarg.h>

#include "store/inside.h"

static enum status status_of(int rc, int system_errno) {
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_DONE:
    case SQLITE_ROW:
        return STATUS_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return STATUS_BUSY;
    case SQLITE_FULL:
        return STATUS_DISK_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return STATUS_READ_ONLY;
    case SQLITE_CORRUPT:
        return STATUS_DAMAGED;
    case SQLITE_NOTADB:
        return STATUS_NOT_OURS;
    case SQLITE_TOOBIG:
        return STATUS_TOO_LARGE;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
        if (system_errno == 0) return rc == SQLITE_CANTOPEN ? STATUS_READ_ONLY : STATUS_IO;
        errno = system_errno;
        return status_errno("");
    default:
        return STATUS_IO;
    }
}

enum status db_fail(sqlite3 *db, int rc) {
    enum status s = status_of(rc, db ? sqlite3_system_errno(db) : 0);
    if (!s) return s;
    /* Another program at work is nothing for the log: it is waited for, or told. */
    if (s != STATUS_BUSY) log_line("store: %s (%d)", status_key(s), rc);
    return status_fail(s, "%s (%d)", db ? sqlite3_errmsg(db) : sqlite3_errstr(rc),
                       db ? sqlite3_extended_errcode(db) : rc);
}

/* Lantern has no triggers and no views of its own. Those of somebody who had the file would run
 * with whatever is written: forget a count of wrong tries, for one. */
void db_trust_nothing(sqlite3 *db) {
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, (int *)NULL);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, (int *)NULL);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
}

enum status st_prepare(struct journal *j, sqlite3_stmt **slot, const char *sql) {
    int rc = sqlite3_prepare_v3(j->db, sql, -1, SQLITE_PREPARE_PERSISTENT, slot, NULL);
    return rc == SQLITE_OK ? STATUS_OK : db_fail(j->db, rc);
}

#define STATEMENT(name, sql) [ST_##name] = sql,
static const char *const texts_open[ST_COUNT] = {
#define AT_REST(open, sealed) open
#include "store/statement_list.h"
#undef AT_REST
};
static const char *const texts_sealed[ST_COUNT] = {
#define AT_REST(open, sealed) sealed
#include "store/statement_list.h"
#undef AT_REST
};
#undef STATEMENT

const char *st_text(const struct journal *j, enum statement_id id) {
    return j->rest.sealed ? texts_sealed[id] : texts_open[id];
}

sqlite3_stmt *st(struct journal *j, enum statement_id id) {
    /* A failing prepare leaves NULL; binding to NULL is harmless and st_done reports it. */
    if (!j->st[id] && st_prepare(j, &j->st[id], st_text(j, id))) return NULL;
    return j->st[id];
}

enum status st_done(struct journal *j, sqlite3_stmt *q) {
    if (!q)
        return db_fail(j->db, sqlite3_errcode(j->db) ? sqlite3_errcode(j->db) : SQLITE_ERROR);
    int rc = sqlite3_step(q);
    enum status s = STATUS_OK;
    if (rc != SQLITE_DONE && rc != SQLITE_ROW) s = db_fail(j->db, rc);
    sqlite3_reset(q);
    return s;
}

bool st_row(struct journal *j, sqlite3_stmt *q, enum status *s) {
    int rc = q ? sqlite3_step(q) : SQLITE_ERROR;
    if (rc == SQLITE_ROW) return true;
    *s = rc == SQLITE_DONE ? STATUS_OK : db_fail(j->db, rc);
    sqlite3_reset(q);
    return false;
}

enum status db_exec(struct journal *j, const char *sql) {
    int rc = sqlite3_exec(j->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? STATUS_OK : db_fail(j->db, rc);
}

enum status db_execf(struct journal *j, const char *fmt, ...) {
    struct buf text = {0};
    char line[1024];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    BELIEVE(n >= 0 && (size_t)n < sizeof line);
    buf_text(&text, line);
    enum status s = db_exec(j, buf_str(&text));
    buf_release(&text);
    return s;
}

void st_finalize_kinds(struct journal *j, int target) {
    for (size_t i = 0; i < kinds_count; i++) {
        struct kind_state *ks = &j->kinds[kind_at(i)->number];
        for (int p = 0; p < PS_COUNT; p++) {
            sqlite3_finalize(ks->live[target][p]);
            ks->live[target][p] = NULL;
            ks->bound[target][p] = 0;
        }
    }
    for (int p = 0; p < SS_COUNT; p++) {
        sqlite3_finalize(j->side[target][p]);
        j->side[target][p] = NULL;
    }
}

void st_finalize_all(struct journal *j) {
    for (int i = 0; i < ST_COUNT; i++) {
        sqlite3_finalize(j->st[i]);
        j->st[i] = NULL;
    }
    for (int t = 0; t < PROJECT_TARGETS; t++)
        st_finalize_kinds(j, t);
    for (int i = 0; i < QUERY_SLOTS; i++) {
        sqlite3_finalize(j->queries[i].stmt);
        j->queries[i].stmt = NULL;
    }
}
