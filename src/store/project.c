/* project.c -- from records to tables, one version at a time.
 *
 * Journey: append and merge hand over each record once; what it says becomes the row.
 * Invariant: the tables depend on the set of records alone. Whatever cannot be decided from the
 * record and its row at once (a parent not seen, a version that lost, one after a seal) is put
 * on the list of dirty rows, and versions.c decides it from all versions of that row. */
#include <string.h>

#include "store/inside.h"

row_id visit_of(const struct journal *j, const struct kind *k, row_id row,
                const struct value *values) {
    int c = j->kinds[k->number].visit;
    if (c == KIND_IS_VISIT) return row;
    return c >= 0 && values && values[c].said ? values[c].i : 0;
}

static void bind_id(sqlite3_stmt *q, int n, row_id id) {
    if (id)
        sqlite3_bind_int64(q, n, id);
    else
        sqlite3_bind_null(q, n);
}

/* Most columns of most rows say nothing, and a statement keeps what is bound to it: only what
 * the row before said is made NULL. */
void bind_columns(struct journal *j, const struct kind *k, enum projected_statement which,
                  int first, const struct value *values) {
    sqlite3_stmt *q = j->kinds[k->number].live[j->target][which];
    uint64_t *bound = &j->kinds[k->number].bound[j->target][which], before = *bound;
    *bound = 0;
    for (int i = 0; k->columns[i].name; i++) {
        const struct value *v = values ? &values[i] : NULL;
        if (!v || !v->said) {
            if (before >> i & 1) sqlite3_bind_null(q, first + i);
            continue;
        }
        *bound |= (uint64_t)1 << i;
        switch (k->columns[i].type) {
        case COL_TEXT:
        case COL_WORD:
            sqlite3_bind_text(q, first + i, v->p, (int)v->n, SQLITE_STATIC);
            break;
        case COL_HASH:
        case COL_BYTES:
            sqlite3_bind_blob(q, first + i, v->n ? v->p : "", (int)v->n, SQLITE_STATIC);
            break;
        case COL_INT:
        case COL_BOOL:
        case COL_TIME:
        case COL_DAY:
        case COL_REF:
            sqlite3_bind_int64(q, first + i, v->i);
            break;
        }
    }
}

enum status project_head(struct journal *j, const struct kind *k, row_id row,
                         struct projected_head *out) {
    *out = (struct projected_head){0};
    sqlite3_stmt *q = NULL;
    enum status s = kind_statement(j, k, PS_HEAD, &q);
    if (s) return s;
    sqlite3_bind_int64(q, 1, row);
    if (!st_row(j, q, &s)) return s;
    out->there = true;
    out->version = sqlite3_column_int64(q, 0);
    out->hlc = sqlite3_column_int64(q, 1);
    out->rival = sqlite3_column_int64(q, 2);
    out->visit = sqlite3_column_int64(q, 3);
    sqlite3_reset(q);
    return STATUS_OK;
}

enum status project_create(struct journal *j, const struct kind *k, const struct record *r,
                           const struct value *values) {
    sqlite3_stmt *q = NULL;
    enum status s = kind_statement(j, k, PS_CREATE, &q);
    if (s) return s;
    sqlite3_bind_int64(q, 1, r->id);
    sqlite3_bind_int64(q, 2, r->hlc);
    sqlite3_bind_int64(q, 3, r->at);
    bind_id(q, 4, r->by);
    bind_columns(j, k, PS_CREATE, 5, values);
    return st_done(j, q);
}

enum status project_change(struct journal *j, const struct kind *k, const struct record *r,
                           const struct value *values, row_id rival) {
    sqlite3_stmt *q = NULL;
    enum status s = kind_statement(j, k, PS_CHANGE, &q);
    if (s) return s;
    sqlite3_bind_int64(q, 1, r->row);
    sqlite3_bind_int64(q, 2, r->id);
    sqlite3_bind_int64(q, 3, r->hlc);
    sqlite3_bind_int64(q, 4, r->at);
    bind_id(q, 5, r->by);
    sqlite3_bind_int(q, 6, r->op == OP_WITHDRAW);
    bind_id(q, 7, rival);
    bind_columns(j, k, PS_CHANGE, 8, values);
    return st_done(j, q);
}

/* ---- seals ---- */

/* Records of one visit stand together, so the last answer is usually the next one. */
enum status seal_of(struct journal *j, row_id visit, row_id *seal, int64_t *hlc) {
    if (!j->sealed.known || j->sealed.visit != visit) {
        sqlite3_stmt *q = NULL;
        enum status s = side_statement(j, SS_SEALED, &q);
        if (s) return s;
        j->sealed.visit = visit;
        j->sealed.seal = 0;
        j->sealed.known = false;
        sqlite3_bind_int64(q, 1, visit);
        if (st_row(j, q, &s)) {
            j->sealed.seal = sqlite3_column_int64(q, 0);
            j->sealed.hlc = sqlite3_column_int64(q, 1);
            sqlite3_reset(q);
        }
        if (s) return s;
        j->sealed.known = true;
    }
    *seal = j->sealed.seal;
    *hlc = j->sealed.hlc;
    return STATUS_OK;
}

enum status seal_added(struct journal *j, const struct record *r, const struct value *values) {
    if (r->op != OP_CREATE || !values) return STATUS_OK;
    row_id visit = visit_of(j, &kind_seal, r->row, values), seal = 0;
    int64_t hlc = 0;
    if (!visit) return STATUS_OK;
    enum status s = seal_of(j, visit, &seal, &hlc);
    if (s || (seal && seal_order(j, visit, hlc, seal, r->hlc, r->id) <= 0)) return s;
    sqlite3_stmt *q = NULL;
    s = side_statement(j, SS_SEAL, &q);
    if (s) return s;
    sqlite3_bind_int64(q, 1, visit);
    sqlite3_bind_int64(q, 2, r->id);
    sqlite3_bind_int64(q, 3, r->hlc);
    s = st_done(j, q);
    j->sealed.known = false;
    buf_add(&j->visits_dirty, &visit, sizeof visit);
    return s;
}

/* ---- one record, in whatever order ---- */

void dirty_add(struct journal *j, const struct kind *k, row_id row) {
    struct dirty_row d = {.row = row, .kind = k->number};
    buf_add(&j->dirty, &d, sizeof d);
    BELIEVE(!j->dirty.overflow);
}

static enum status row_is_odd(struct journal *j, row_id row, bool *odd) {
    *odd = false;
    if (!j->any_odd) return STATUS_OK;
    sqlite3_stmt *q = NULL;
    enum status s = side_statement(j, SS_ODD, &q);
    if (s) return s;
    sqlite3_bind_int64(q, 1, row);
    if (st_row(j, q, &s)) {
        *odd = sqlite3_column_int(q, 0) != 0;
        sqlite3_reset(q);
    }
    return s;
}

static enum status after_seal(struct journal *j, const struct kind *k, const struct record *r,
                              const struct value *values, bool *late) {
    *late = false;
    row_id visit = k->sealed_by ? visit_of(j, k, r->row, values) : 0, seal = 0;
    int64_t hlc = 0;
    if (!visit) return STATUS_OK;
    enum status s = seal_of(j, visit, &seal, &hlc);
    *late = seal && record_order(j, r->hlc, r->id, hlc, seal) > 0;
    return s;
}

static enum status added_create(struct journal *j, const struct kind *k, const struct record *r,
                                const struct value *values) {
    bool odd = false;
    enum status s = row_is_odd(j, r->row, &odd);
    if (s) return s;
    if (!odd) {
        s = project_create(j, k, r, values);
        if (s || sqlite3_changes(j->db) == 1) return s;
    }
    dirty_add(j, k, r->row); /* changes of it came first */
    return STATUS_OK;
}

static enum status added_change(struct journal *j, const struct kind *k, const struct record *r,
                                const struct value *values) {
    struct projected_head head;
    bool odd = false;
    enum status s = project_head(j, k, r->row, &head);
    if (!s) s = row_is_odd(j, r->row, &odd);
    if (s) return s;
    bool next = head.there && !odd && r->parent == head.version && values &&
                record_order(j, r->hlc, r->id, head.hlc, head.version) > 0 &&
                visit_of(j, k, r->row, values) == head.visit;
    if (next) return project_change(j, k, r, values, head.rival);
    dirty_add(j, k, r->row);
    return STATUS_OK;
}

enum status project_added(struct journal *j, const struct kind *k, const struct record *r,
                          const struct value *values) {
    bool late = false;
    enum status s = STATUS_OK;
    if (!record_counts(j, r)) return STATUS_OK;
    if (k->number == KIND_seal) s = seal_added(j, r, values);
    if (!s) s = after_seal(j, k, r, values, &late);
    if (s) return s;
    if (late || !values) {
        dirty_add(j, k, r->row);
        return STATUS_OK;
    }
    return r->op == OP_CREATE ? added_create(j, k, r, values) : added_change(j, k, r, values);
}

/* ---- what is left to decide ---- */

static enum status dirty_beside(struct journal *j, row_id visit, enum side_statement which) {
    sqlite3_stmt *q = NULL;
    enum status s = side_statement(j, which, &q);
    if (s) return s;
    sqlite3_bind_int64(q, 1, visit);
    while (st_row(j, q, &s)) {
        const struct kind *k = kind_by_number((uint32_t)sqlite3_column_int(q, 1));
        if (k) dirty_add(j, k, sqlite3_column_int64(q, 0));
    }
    return s;
}

/* A seal is new: only versions after it can be touched, and a row's newest is its present one.
 */
static enum status dirty_by_visit(struct journal *j, row_id visit) {
    row_id seal = 0;
    int64_t hlc = 0;
    enum status s = seal_of(j, visit, &seal, &hlc);
    for (size_t i = 0; !s && seal && i < kinds_count; i++) {
        const struct kind *k = kind_at(i);
        sqlite3_stmt *q = NULL;
        if (!k->sealed_by) continue;
        s = kind_statement(j, k, PS_AFTER_SEAL, &q);
        if (s) break;
        sqlite3_bind_int64(q, 1, visit);
        sqlite3_bind_int64(q, 2, hlc);
        while (st_row(j, q, &s))
            dirty_add(j, k, sqlite3_column_int64(q, 0));
    }
    if (!s) s = dirty_beside(j, visit, SS_MOVED_OF);
    /* What an earlier seal kept out may come in when that one counts no more. */
    return s ? s : dirty_beside(j, visit, SS_LATE_OF);
}

static int by_row(const void *a, const void *b) {
    const struct dirty_row *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

enum status project_dirty(struct journal *j) {
    enum status s = rules_settle(j);
    if (!s) s = seals_settle(j);
    const row_id *visits = (const row_id *)(const void *)j->visits_dirty.data;
    for (size_t i = 0; !s && i < j->visits_dirty.size / sizeof(row_id); i++)
        s = dirty_by_visit(j, visits[i]);
    buf_clear(&j->visits_dirty);
    struct dirty_row *d = (struct dirty_row *)(void *)j->dirty.data;
    size_t n = j->dirty.size / sizeof *d;
    if (n > 1) qsort(d, n, sizeof *d, by_row);
    for (size_t i = 0; !s && i < n; i++) {
        if (i > 0 && by_row(&d[i - 1], &d[i]) == 0) continue;
        s = project_row(j, kind_by_number(d[i].kind), d[i].row);
    }
    buf_clear(&j->dirty);
    return s;
}
