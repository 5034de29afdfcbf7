/* local.c -- what stays on this device: drafts, settings.
 *
 * Journey: what is still under the finger is as durable as a record, but is overwritten in
 * place (secure_delete) and never exported. */
#include <string.h>

#include "store/inside.h"

enum status alone_begin(struct journal *j, bool *alone) {
    *alone = !j->writing;
    return *alone ? journal_begin(j) : STATUS_OK;
}

enum status alone_end(struct journal *j, bool alone, enum status s) {
    if (!s) j->wrote = true;
    if (!alone) return s;
    if (!s) return journal_commit(j);
    journal_rollback(j);
    return s;
}

enum status draft_put(struct journal *j, const char *key, const void *p, size_t n) {
    bool alone = false;
    if (n > BODY_BYTES_MAX) return status_fail(STATUS_TOO_LARGE, "a draft of %zu bytes", n);
    enum status s = alone_begin(j, &alone);
    if (s) return s;
    sqlite3_stmt *q = st(j, n ? ST_DRAFT_PUT : ST_DRAFT_DROP);
    sqlite3_bind_text(q, 1, key, -1, SQLITE_STATIC);
    if (n) sqlite3_bind_blob(q, 2, p, (int)n, SQLITE_STATIC);
    s = st_done(j, q);
    if (!n) j->drafts_dropped = true;
    return alone_end(j, alone, s);
}

enum status draft_get(struct journal *j, const char *key, struct arena *a, void **p,
                      size_t *n) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_DRAFT_GET);
    sqlite3_bind_text(q, 1, key, -1, SQLITE_STATIC);
    if (!st_row(j, q, &s)) return s ? s : status_fail(STATUS_NOT_FOUND, "draft %s", key);
    if (sqlite3_column_type(q, 0) == SQLITE_NULL) {
        sqlite3_reset(q);
        return status_fail(STATUS_DAMAGED, "draft %s does not open", key);
    }
    size_t size = (size_t)sqlite3_column_bytes(q, 0);
    char *copy = arena_take(a, size + 1); /* a NUL after it: most drafts are text */
    memcpy(copy, sqlite3_column_blob(q, 0), size);
    sqlite3_reset(q);
    *p = copy;
    *n = size;
    return STATUS_OK;
}

/* Collected first, so that `each` may change drafts itself. */
enum status draft_each(struct journal *j, const char *prefix,
                       void (*each)(void *ctx, const char *key, const void *p, size_t n),
                       void *ctx) {
    struct found {
        char *key;
        void *p;
        size_t n;
    };
    struct arena a = {0};
    struct buf all = {0};
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_DRAFT_EACH);
    sqlite3_bind_text(q, 1, prefix ? prefix : "", -1, SQLITE_STATIC);
    while (st_row(j, q, &s)) {
        struct found f = {.n = (size_t)sqlite3_column_bytes(q, 1)};
        if (sqlite3_column_type(q, 1) == SQLITE_NULL) {
            log_line("store: a draft does not open");
            continue;
        }
        f.key = arena_strdup(&a, (const char *)sqlite3_column_text(q, 0));
        f.p = arena_take(&a, f.n + 1);
        memcpy(f.p, sqlite3_column_blob(q, 1), f.n);
        buf_add(&all, &f, sizeof f);
    }
    const struct found *f = (const struct found *)(const void *)all.data;
    for (size_t i = 0; !s && i < all.size / sizeof *f; i++)
        each(ctx, f[i].key, f[i].p, f[i].n);
    buf_release(&all);
    arena_release(&a);
    return s;
}

enum status local_put(struct journal *j, const char *key, const char *value) {
    bool alone = false;
    enum status s = alone_begin(j, &alone);
    if (s) return s;
    sqlite3_stmt *q = st(j, value ? ST_LOCAL_PUT : ST_LOCAL_DROP);
    sqlite3_bind_text(q, 1, key, -1, SQLITE_STATIC);
    if (value) sqlite3_bind_text(q, 2, value, -1, SQLITE_STATIC);
    return alone_end(j, alone, st_done(j, q));
}

char *local_get(struct journal *j, const char *key, struct arena *a) {
    enum status s = STATUS_OK;
    char *out = NULL;
    sqlite3_stmt *q = st(j, ST_LOCAL_GET);
    sqlite3_bind_text(q, 1, key, -1, SQLITE_STATIC);
    if (st_row(j, q, &s)) {
        const char *text = (const char *)sqlite3_column_text(q, 0);
        if (text)
            out = arena_strdup(a, text);
        else
            log_line("store: a setting does not open");
        sqlite3_reset(q);
    }
    return out;
}

int64_t local_int(struct journal *j, const char *key, int64_t fallback) {
    struct arena a = {0};
    char *text = local_get(j, key, &a), *end = NULL;
    long long v = text ? strtoll(text, &end, 10) : 0;
    int64_t out = text && end != text && *end == '\0' ? v : fallback;
    arena_release(&a);
    return out;
}
