/* row.c -- one row's content by column name.
 *
 * Journey: act_* fills a row, journal_put makes a record of it. An unknown name or a wrong type
 * is a defect of ours and aborts at once, so that no test can pass over it. */
#include <string.h>

#include "store/inside.h"

struct row row_new(const struct kind *k) {
    return (struct row){.kind = k};
}

static int column_of(const struct row *r, const char *name) {
    int c = kind_column(r->kind, name);
    if (c < 0) log_line("store: %s has no column %s", r->kind->name, name);
    BELIEVE(c >= 0 && c < ROW_COLUMNS_MAX);
    return c;
}

static void wrong_type(const struct row *r, int c) {
    bool value_is_of_the_columns_type = false;
    log_line("store: %s.%s is of another type", r->kind->name, r->kind->columns[c].name);
    BELIEVE(value_is_of_the_columns_type);
}

void row_text(struct row *r, const char *column, const char *s) {
    int c = column_of(r, column);
    enum column_type t = r->kind->columns[c].type;
    if (t != COL_TEXT && t != COL_WORD) wrong_type(r, c);
    bool said = s && s[0];
    r->values[c] =
        (struct value){.said = said, .p = said ? s : NULL, .n = said ? strlen(s) : 0};
}

void row_int(struct row *r, const char *column, int64_t v) {
    int c = column_of(r, column);
    enum column_type t = r->kind->columns[c].type;
    if (t != COL_INT && t != COL_BOOL && t != COL_TIME && t != COL_DAY) wrong_type(r, c);
    r->values[c] = (struct value){.said = true, .i = t == COL_BOOL ? v != 0 : v};
}

void row_ref(struct row *r, const char *column, row_id id) {
    int c = column_of(r, column);
    if (r->kind->columns[c].type != COL_REF) wrong_type(r, c);
    r->values[c] = (struct value){.said = id != 0, .i = id};
}

void row_bytes(struct row *r, const char *column, const void *p, size_t n) {
    int c = column_of(r, column);
    if (r->kind->columns[c].type != COL_BYTES) wrong_type(r, c);
    r->values[c] = (struct value){.said = p != NULL, .p = p, .n = p ? n : 0};
}

void row_hash(struct row *r, const char *column, const hash256 *h) {
    int c = column_of(r, column);
    if (r->kind->columns[c].type != COL_HASH) wrong_type(r, c);
    r->values[c] = (struct value){.said = h != NULL, .p = h, .n = h ? HASH_BYTES : 0};
}

void row_unsay(struct row *r, const char *column) {
    r->values[column_of(r, column)] = (struct value){0};
}

const char *row_get_text(const struct row *r, const char *column) {
    int c = column_of(r, column);
    enum column_type t = r->kind->columns[c].type;
    if (t != COL_TEXT && t != COL_WORD) wrong_type(r, c);
    return r->values[c].said ? r->values[c].p : "";
}

int64_t row_get_int(const struct row *r, const char *column) {
    int c = column_of(r, column);
    enum column_type t = r->kind->columns[c].type;
    if (t == COL_TEXT || t == COL_WORD || t == COL_HASH || t == COL_BYTES) wrong_type(r, c);
    return r->values[c].said ? r->values[c].i : 0;
}

static void value_from_table(sqlite3_stmt *q, int col, enum column_type type, struct arena *a,
                             struct value *v) {
    *v = (struct value){0};
    if (sqlite3_column_type(q, col) == SQLITE_NULL) return;
    v->said = true;
    switch (type) {
    case COL_TEXT:
    case COL_WORD:
        v->p = arena_strndup(a, (const char *)sqlite3_column_text(q, col),
                             (size_t)sqlite3_column_bytes(q, col));
        v->n = (size_t)sqlite3_column_bytes(q, col);
        break;
    case COL_HASH:
    case COL_BYTES:
        v->p = arena_copy(a, sqlite3_column_blob(q, col), (size_t)sqlite3_column_bytes(q, col));
        v->n = (size_t)sqlite3_column_bytes(q, col);
        break;
    case COL_INT:
    case COL_BOOL:
    case COL_TIME:
    case COL_DAY:
    case COL_REF:
        v->i = sqlite3_column_int64(q, col);
        break;
    }
}

enum status journal_row(struct journal *j, const struct kind *k, row_id id, struct arena *a,
                        struct row *out) {
    sqlite3_stmt *q = NULL;
    enum status s = load_row(j, k, id);
    if (!s) s = kind_statement(j, k, PS_ROW, &q);
    if (s) return s;
    sqlite3_bind_int64(q, 1, id);
    if (!st_row(j, q, &s))
        return s ? s : status_fail(STATUS_NOT_FOUND, "%s %lld", k->name, (long long)id);
    struct row r = row_new(k);
    r.id = id;
    for (int i = 0; k->columns[i].name; i++)
        value_from_table(q, i + 1, k->columns[i].type, a, &r.values[i]);
    sqlite3_reset(q);
    *out = r;
    return STATUS_OK;
}
