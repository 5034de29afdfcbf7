/* history.c -- what a row said before.
 *
 * Journey: the history sheet, undo, "two people changed this". */
#include <string.h>

#include "store/inside.h"

static enum status kind_of_row(struct journal *j, row_id row, const struct kind **out) {
    enum status s = STATUS_OK;
    const struct kind *k = NULL;
    sqlite3_stmt *q = st(j, ST_VERSIONS);
    sqlite3_bind_int64(q, 1, row);
    if (st_row(j, q, &s)) {
        k = kind_by_number((uint32_t)sqlite3_column_int(q, 5));
        sqlite3_reset(q);
    }
    if (!s && !k) s = status_fail(STATUS_NOT_FOUND, "row %lld", (long long)row);
    if (!s) *out = k;
    return s;
}

enum status journal_history(struct journal *j, row_id row, struct arena *a,
                            struct version **out, size_t *n) {
    const struct kind *k = NULL;
    struct arena job = {0};
    struct version_in *v = NULL;
    size_t count = 0;
    row_id rival = 0;
    enum status s = kind_of_row(j, row, &k);
    if (!s) s = versions_load(j, k, row, &job, &v, &count, &rival);
    if (!s) {
        *out = ARENA_ARRAY(a, struct version, count ? count : 1);
        *n = count;
    }
    for (size_t i = 0; !s && i < count; i++)
        (*out)[i] = (struct version){.record = v[i].r.id,
                                     .row = row,
                                     .hlc = v[i].r.hlc,
                                     .at = v[i].r.at,
                                     .by = v[i].r.by,
                                     .op = (enum record_op)v[i].r.op,
                                     .present = v[i].present,
                                     .after_seal = v[i].late,
                                     .concurrent = v[i].concurrent};
    arena_release(&job);
    return s;
}

enum status journal_version(struct journal *j, row_id record, struct arena *a,
                            struct row *out) {
    struct record r;
    enum status s = record_read(j, record, a, &r);
    if (s) return s;
    const struct kind *k = kind_by_number(r.kind);
    if (!k) return status_fail(STATUS_NEWER, "kind %d", r.kind);
    if (!r.body) return status_fail(STATUS_NOT_FOUND, "these words were erased");
    struct row row = row_new(k);
    row.id = r.row;
    s = body_read(j, k, ROW_LOG(r.id), r.body, r.body_size, row.values);
    if (s) return s;
    for (int i = 0; k->columns[i].name; i++) {
        struct value *v = &row.values[i];
        if (v->said && v->p) v->p = arena_strndup(a, v->p, v->n); /* ends in a NUL */
        if (v->said && !v->p && k->columns[i].type != COL_REF) v->n = 0;
    }
    *out = row;
    return STATUS_OK;
}

enum status journal_record_hash(struct journal *j, row_id record, hash256 *out) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_HASH);
    sqlite3_bind_int64(q, 1, record);
    if (!st_row(j, q, &s))
        return s ? s : status_fail(STATUS_NOT_FOUND, "record %lld", (long long)record);
    if (sqlite3_column_bytes(q, 0) == 32)
        memcpy(out->b, sqlite3_column_blob(q, 0), 32);
    else
        s = status_fail(STATUS_DAMAGED, "record %lld has no hash", (long long)record);
    sqlite3_reset(q);
    return s;
}

bool journal_withdrawn(struct journal *j, row_id row) {
    struct arena a = {0};
    struct version *v = NULL;
    size_t n = 0;
    bool withdrawn = false;
    if (journal_history(j, row, &a, &v, &n)) n = 0;
    for (size_t i = 0; i < n; i++)
        if (v[i].present) withdrawn = v[i].op == OP_WITHDRAW;
    arena_release(&a);
    return withdrawn;
}
