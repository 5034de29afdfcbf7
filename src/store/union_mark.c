/* union_mark.c -- data of sync's own, kept in the store's database. */
#include <string.h>

#include "store/inside.h"

enum status union_keep(struct journal *j, const char *table_key, const void *p, size_t n) {
    bool alone = !j->writing;
    enum status s = alone ? journal_begin(j) : STATUS_OK;
    if (s) return s;
    sqlite3_stmt *q = st(j, n ? ST_KEEP_PUT : ST_KEEP_DROP);
    sqlite3_bind_text(q, 1, table_key, -1, SQLITE_STATIC);
    if (n) sqlite3_bind_blob(q, 2, p, (int)n, SQLITE_STATIC);
    s = st_done(j, q);
    j->wrote = true;
    if (strncmp(table_key, "office/", 7) == 0) j->rules.stale = true; /* see office.c */
    if (!alone) return s;
    if (!s) return journal_commit(j);
    journal_rollback(j);
    return s;
}

/* What does not open counts as not there: no key is trusted because of it, and nobody is kept
 * out of their own notes. */
static bool kept_damaged(sqlite3_stmt *q, int column) {
    if (sqlite3_column_type(q, column) != SQLITE_NULL) return false;
    log_line("store: something kept does not open");
    return true;
}

enum status union_kept_one(struct journal *j, const char *key, struct arena *a,
                           struct buf *out) {
    enum status s = STATUS_OK;
    *out = (struct buf){0};
    sqlite3_stmt *q = st(j, ST_KEEP_GET);
    sqlite3_bind_text(q, 1, key, -1, SQLITE_STATIC);
    if (!st_row(j, q, &s)) return s;
    if (kept_damaged(q, 0)) {
        sqlite3_reset(q);
        return STATUS_OK;
    }
    size_t n = (size_t)sqlite3_column_bytes(q, 0);
    out->data = arena_take(a, n + 1);
    out->size = n;
    out->room = n + 1;
    memcpy(out->data, sqlite3_column_blob(q, 0), n);
    sqlite3_reset(q);
    return STATUS_OK;
}

/* Keys are lower case words, digits and slashes: all of them come before '~'. */
enum status union_kept(struct journal *j, const char *prefix, struct arena *a, char ***keys,
                       struct buf **values, size_t *n) {
    struct found {
        char *key;
        uint8_t *p;
        size_t n;
    };
    struct buf all = {0};
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_KEEP_EACH);
    sqlite3_bind_text(q, 1, prefix ? prefix : "", -1, SQLITE_STATIC);
    while (st_row(j, q, &s)) {
        struct found f = {.n = (size_t)sqlite3_column_bytes(q, 1)};
        if (kept_damaged(q, 1)) continue;
        f.key = arena_strdup(a, (const char *)sqlite3_column_text(q, 0));
        f.p = arena_take(a, f.n + 1);
        memcpy(f.p, sqlite3_column_blob(q, 1), f.n);
        buf_add(&all, &f, sizeof f);
    }
    size_t count = all.size / sizeof(struct found);
    if (!s) {
        const struct found *f = (const struct found *)(const void *)all.data;
        *keys = ARENA_ARRAY(a, char *, count + 1);
        *values = ARENA_ARRAY(a, struct buf, count + 1); /* their bytes live in the arena too */
        for (size_t i = 0; i < count; i++) {
            (*keys)[i] = f[i].key;
            (*values)[i] = (struct buf){.data = f[i].p, .size = f[i].n, .room = f[i].n + 1};
        }
        *n = count;
    }
    buf_release(&all);
    return s;
}
