/* versions.c -- all versions of one row, and what the table should say because of them.
 *
 * Journey: the slow and certain way. project.c takes the short way where it gives the same.
 *
 * Rules, each a function of the set of versions alone; parked ones (revoke.c) are not in it:
 *  withheld    without words, though the row was not erased: counts as a parent, no more
 *  late        a version after the winning seal of a visit that it or an earlier version names
 *  present     the greatest (hlc, log id, branch, seq) of those not late
 *  ancestor    reached from the present version by parents, each smaller than its child
 *  rival       the greatest version that is neither late nor present nor an ancestor */
#include <string.h>

#include "store/inside.h"

/* qsort has no context; the rows of one sort are all of one journal. Set and cleared in sort().
 */
static _Thread_local struct journal *sorting;

static int by_order(const void *a, const void *b) {
    const struct version_in *x = a, *y = b;
    return record_order(sorting, x->r.hlc, x->r.id, y->r.hlc, y->r.id);
}

static void sort(struct journal *j, struct version_in *v, size_t n) {
    sorting = j;
    if (n > 1) qsort(v, n, sizeof *v, by_order);
    sorting = NULL;
}

static enum status collect(struct journal *j, const struct kind *k, row_id row, struct arena *a,
                           struct version_in **out, size_t *n) {
    struct buf found = {0};
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_VERSIONS);
    sqlite3_bind_int64(q, 1, row);
    while (st_row(j, q, &s)) {
        struct version_in v = {0};
        record_columns(q, &v.r);
        if (v.r.kind != k->number || !record_counts(j, &v.r)) continue;
        if (v.r.body) v.r.body = arena_copy(a, v.r.body, v.r.body_size);
        buf_add(&found, &v, sizeof v);
    }
    *n = found.size / sizeof **out;
    *out = found.size ? arena_copy(a, found.data, found.size) : NULL;
    buf_release(&found);
    return s;
}

static enum status decode(struct journal *j, const struct kind *k, struct version_in *v,
                          struct arena *a) {
    if (v->r.body) {
        size_t columns = (size_t)j->kinds[k->number].columns;
        v->values = ARENA_ARRAY(a, struct value, columns ? columns : 1);
        enum status s = body_read(j, k, ROW_LOG(v->r.id), v->r.body, v->r.body_size, v->values);
        /* Only damage of the file can make it unreadable here; it shows as erased words do. */
        if (s == STATUS_INVALID || s == STATUS_TOO_LARGE)
            v->values = NULL;
        else if (s)
            return s;
    }
    v->visit = visit_of(j, k, v->r.row, v->values);
    v->withheld = !v->r.body && !row_erased(j, v->r.row, NULL);
    return STATUS_OK;
}

/* The earliest of the seals of the visits named so far. */
static enum status mark_late(struct journal *j, const struct kind *k, struct version_in *v,
                             size_t n) {
    row_id first = 0, named = 0;
    int64_t first_hlc = 0;
    if (!k->sealed_by) return STATUS_OK;
    for (size_t i = 0; i < n; i++) {
        if (v[i].visit && v[i].visit != named) {
            row_id seal = 0;
            int64_t hlc = 0;
            enum status s = seal_of(j, v[i].visit, &seal, &hlc);
            if (s) return s;
            if (seal && (!first || record_order(j, hlc, seal, first_hlc, first) < 0)) {
                first = seal;
                first_hlc = hlc;
            }
            named = v[i].visit;
        }
        v[i].late = first && !v[i].withheld &&
                    record_order(j, v[i].r.hlc, v[i].r.id, first_hlc, first) > 0;
    }
    return STATUS_OK;
}

static void mark_concurrent(struct version_in *v, size_t n, size_t present, row_id *rival) {
    size_t child = present;
    row_id parent = v[present].r.parent;
    for (size_t i = present; i-- > 0;)
        v[i].concurrent = !v[i].late && !v[i].withheld;
    for (size_t i = child; parent && i-- > 0;) {
        if (v[i].r.id != parent) continue;
        v[i].concurrent = false;
        parent = v[i].r.parent;
    }
    for (size_t i = 0; i < n; i++)
        if (v[i].concurrent) *rival = v[i].r.id;
}

enum status versions_load(struct journal *j, const struct kind *k, row_id row, struct arena *a,
                          struct version_in **out, size_t *n, row_id *rival) {
    struct version_in *v = NULL;
    *rival = 0;
    enum status s = collect(j, k, row, a, &v, n);
    if (s) return s;
    sort(j, v, *n);
    for (size_t i = 0; !s && i < *n; i++)
        s = decode(j, k, &v[i], a);
    if (!s) s = mark_late(j, k, v, *n);
    if (s) return s;
    size_t present = *n;
    for (size_t i = 0; i < *n; i++)
        if (!v[i].late && !v[i].withheld) present = i;
    if (present < *n) {
        v[present].present = true;
        mark_concurrent(v, *n, present, rival);
    }
    *out = v;
    return STATUS_OK;
}

/* ---- writing what they say ---- */

static enum status side_note(struct journal *j, enum side_statement which, row_id a, row_id b,
                             row_id c, int kind, int n) {
    sqlite3_stmt *q = NULL;
    enum status s = side_statement(j, which, &q);
    if (s) return s;
    sqlite3_bind_int64(q, 1, a);
    sqlite3_bind_int64(q, 2, b);
    if (n > 2) sqlite3_bind_int64(q, 3, c);
    if (n > 3) sqlite3_bind_int(q, 4, kind);
    return st_done(j, q);
}

static enum status note_odd(struct journal *j, const struct kind *k, row_id row,
                            const struct version_in *v, size_t n) {
    bool late = false, moved = false;
    const struct version_in *first = NULL;
    for (size_t i = 0; i < n; i++) {
        if (v[i].withheld) continue;
        if (!first) first = &v[i];
        late = late || v[i].late;
        moved = moved || v[i].visit != first->visit;
    }
    if (!k->sealed_by) return STATUS_OK;
    enum status s = STATUS_OK;
    if (j->any_odd) {
        s = side_note(j, SS_UNLATE, row, k->number, 0, 0, 2);
        if (!s) s = side_note(j, SS_UNMOVED, row, k->number, 0, 0, 2);
    }
    for (size_t i = 0; !s && i < n; i++) {
        if (v[i].late) s = side_note(j, SS_LATE, v[i].r.id, row, v[i].visit, k->number, 4);
        if (!s && moved && v[i].visit)
            s = side_note(j, SS_MOVED, row, v[i].visit, k->number, 0, 3);
    }
    if (late || moved) j->any_odd = true;
    return s;
}

static void bind_or_null(sqlite3_stmt *q, int n, int64_t v) {
    if (v)
        sqlite3_bind_int64(q, n, v);
    else
        sqlite3_bind_null(q, n);
}

static enum status write_present(struct journal *j, const struct kind *k, row_id row,
                                 const struct version_in *v, const struct record *made,
                                 row_id rival) {
    sqlite3_stmt *q = NULL;
    enum status s = kind_statement(j, k, PS_REPLACE, &q);
    if (s) return s;
    sqlite3_bind_int64(q, 1, row);
    sqlite3_bind_int64(q, 2, v->r.id);
    sqlite3_bind_int64(q, 3, v->r.hlc);
    sqlite3_bind_int64(q, 4, v->r.at);
    bind_or_null(q, 5, v->r.by);
    if (made)
        sqlite3_bind_int64(q, 6, made->at);
    else
        sqlite3_bind_null(q, 6);
    bind_or_null(q, 7, made ? made->by : 0);
    sqlite3_bind_int(q, 8, v->r.op == OP_WITHDRAW);
    bind_or_null(q, 9, rival);
    bind_columns(j, k, PS_REPLACE, 10, v->values);
    return st_done(j, q);
}

enum status project_row(struct journal *j, const struct kind *k, row_id row) {
    struct arena a = {0};
    struct version_in *v = NULL;
    const struct version_in *present = NULL;
    const struct record *made = NULL;
    size_t n = 0;
    row_id rival = 0;
    enum status s = versions_load(j, k, row, &a, &v, &n, &rival);
    for (size_t i = 0; !s && i < n; i++) {
        if (v[i].present) present = &v[i];
        if (v[i].r.op == OP_CREATE) made = &v[i].r;
    }
    if (!s) s = note_odd(j, k, row, v, n);
    if (!s && present) s = write_present(j, k, row, present, made, rival);
    if (!s && !present) {
        sqlite3_stmt *q = NULL;
        s = kind_statement(j, k, PS_DELETE, &q);
        if (!s) {
            sqlite3_bind_int64(q, 1, row);
            s = st_done(j, q);
        }
    }
    arena_release(&a);
    return s;
}
