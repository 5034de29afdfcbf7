/* query.c -- reading the projected tables for models, with statements kept by their text.
 *
 * Journey: a loader asks, a struct is filled. A wrong column name is a defect of ours: it goes
 * to the support log and query_close gives STATUS_INVALID. */
#include "store/query.h"

#include <string.h>

#include "store/inside.h"

/* Literals keep their address, so that is looked at first; a text may also come from another
 * file with the same words. A statement that is running is left alone: NULL, and a second one
 * is made. */
static struct query_slot *slot_of(struct journal *j, const char *sql) {
    size_t at = (size_t)((uint64_t)(uintptr_t)sql * 0x9E3779B97F4A7C15u >> 55) % QUERY_SLOTS;
    for (size_t n = 0; n < 16; n++) {
        struct query_slot *s = &j->queries[(at + n) % QUERY_SLOTS];
        if (!s->stmt) return s;
        if (s->text == sql && strcmp(sqlite3_sql(s->stmt), sql) == 0)
            return sqlite3_stmt_busy(s->stmt) ? NULL : s;
    }
    struct query_slot *old = &j->queries[at];
    if (sqlite3_stmt_busy(old->stmt)) return NULL;
    sqlite3_finalize(old->stmt);
    old->stmt = NULL;
    return old;
}

static void query_fail(struct query *q, const char *sql, int rc) {
    q->status = (rc & 0xff) == SQLITE_ERROR
                    ? status_fail(STATUS_INVALID, "%s: %s", sqlite3_errmsg(q->j->db), sql)
                    : db_fail(q->j->db, rc);
    log_line("store: query failed: %s", status_detail());
}

static sqlite3_stmt *prepared(struct query *q, const char *sql) {
    struct query_slot *slot = slot_of(q->j, sql);
    sqlite3_stmt *own = NULL, **at = slot ? &slot->stmt : &own;
    if (slot && slot->stmt) return slot->stmt;
    int rc = sqlite3_prepare_v3(q->j->db, sql, -1, SQLITE_PREPARE_PERSISTENT, at, NULL);
    if (rc != SQLITE_OK) {
        *at = NULL;
        query_fail(q, sql, rc);
        return NULL;
    }
    if (slot) slot->text = sql;
    return *at;
}

static void open_with(struct query *q, struct journal *j, const char *sql, int n_ints,
                      va_list args) {
    *q = (struct query){.j = j};
    q->stmt = prepared(q, sql);
    for (int i = 0; i < n_ints; i++) {
        int64_t v = va_arg(args, int64_t);
        if (q->stmt) sqlite3_bind_int64(q->stmt, i + 1, v);
    }
}

void query_open(struct query *q, struct journal *j, const char *sql, int n_ints, ...) {
    va_list args;
    va_start(args, n_ints);
    open_with(q, j, sql, n_ints, args);
    va_end(args);
}

void query_bind_text(struct query *q, int parameter, const char *s) {
    if (!q->stmt) return;
    sqlite3_bind_text(q->stmt, parameter, s ? s : "", -1, SQLITE_TRANSIENT);
}

void query_bind_bytes(struct query *q, int parameter, const void *p, size_t n) {
    if (!q->stmt) return;
    sqlite3_bind_blob(q->stmt, parameter, p, (int)n, SQLITE_TRANSIENT);
}

bool query_next(struct query *q) {
    if (!q->stmt || q->status) return false;
    int rc = sqlite3_step(q->stmt);
    if (rc == SQLITE_ROW) return true;
    if (rc != SQLITE_DONE) query_fail(q, sqlite3_sql(q->stmt), rc);
    return false;
}

enum status query_close(struct query *q) {
    if (!q->stmt) return q->status;
    sqlite3_reset(q->stmt);
    sqlite3_clear_bindings(q->stmt);
    bool kept = false;
    for (int i = 0; i < QUERY_SLOTS && !kept; i++)
        kept = q->j->queries[i].stmt == q->stmt;
    if (!kept) sqlite3_finalize(q->stmt);
    q->stmt = NULL;
    return q->status;
}

bool query_null(const struct query *q, int col) {
    return !q->stmt || sqlite3_column_type(q->stmt, col) == SQLITE_NULL;
}

int64_t query_int(const struct query *q, int col) {
    return q->stmt ? sqlite3_column_int64(q->stmt, col) : 0;
}

char *query_text(const struct query *q, int col, struct arena *a) {
    const char *s = q->stmt ? (const char *)sqlite3_column_text(q->stmt, col) : NULL;
    if (!s) return arena_strdup(a, "");
    return arena_strndup(a, s, (size_t)sqlite3_column_bytes(q->stmt, col));
}

const void *query_bytes(const struct query *q, int col, size_t *n) {
    const void *p = q->stmt ? sqlite3_column_blob(q->stmt, col) : NULL;
    *n = p ? (size_t)sqlite3_column_bytes(q->stmt, col) : 0;
    return p;
}

int64_t query_one_int(struct journal *j, int64_t fallback, const char *sql, int n_ints, ...) {
    struct query q;
    va_list args;
    va_start(args, n_ints);
    open_with(&q, j, sql, n_ints, args);
    va_end(args);
    int64_t out = query_next(&q) && !query_null(&q, 0) ? query_int(&q, 0) : fallback;
    return query_close(&q) ? fallback : out;
}

/* ---- functions in SQL ---- */

/* The global name of a row as bytes that sort as the order of all records does. */
static void lantern_order(sqlite3_context *ctx, int n, sqlite3_value **args) {
    struct journal *j = sqlite3_user_data(ctx);
    (void)n;
    row_id id = sqlite3_value_int64(args[0]);
    const struct log_entry *e = log_at(j, ROW_LOG(id));
    uint8_t out[48];
    if (!e) {
        sqlite3_result_null(ctx);
        return;
    }
    memcpy(out, e->id.b, 32);
    memcpy(out + 32, e->branch, 8);
    for (int i = 0; i < 8; i++)
        out[40 + i] = (uint8_t)((uint64_t)ROW_SEQ(id) >> (56 - 8 * i));
    sqlite3_result_blob(ctx, out, sizeof out, SQLITE_TRANSIENT);
}

void lantern_functions(struct journal *j) {
    int rc = sqlite3_create_function_v2(j->db, "lantern_order", 1,
                                        SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                        j, lantern_order, NULL, NULL, NULL);
    BELIEVE(rc == SQLITE_OK);
}
