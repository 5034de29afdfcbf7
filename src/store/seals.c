/* seals.c -- which seal of a visit counts, when one has stopped counting or begun to.
 *
 * Journey: project.c takes the first in seal_order as records come, and that is all there is to
 * it while records only come. When the words of a seal are erased, or its record is parked or
 * admitted (revoke.c), the visit's seals are looked at again here. */
#include <string.h>

#include "store/inside.h"

struct sealing {
    row_id visit, seal;
    int64_t hlc;
};

static row_id visit_sealed_by(struct journal *j, const struct record *r) {
    struct value values[ROW_COLUMNS_MAX];
    if (!r->body || body_read(j, &kind_seal, ROW_LOG(r->id), r->body, r->body_size, values))
        return 0;
    return visit_of(j, &kind_seal, r->row, values);
}

void seal_again(struct journal *j, const struct record *r) {
    row_id visit = r->op == OP_CREATE ? visit_sealed_by(j, r) : 0;
    if (visit) buf_add(&j->seals_next, &visit, sizeof visit);
}

enum status seals_of_log_again(struct journal *j, int32_t log) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_SEALS);
    while (st_row(j, q, &s)) {
        struct record r;
        record_columns(q, &r);
        if (ROW_LOG(r.id) == log || ROW_LOG(visit_sealed_by(j, &r)) == log) seal_again(j, &r);
    }
    return s;
}

/* By another device than the one that began the check. */
static bool foreign(struct journal *j, row_id visit, row_id seal) {
    const struct log_entry *v = log_at(j, ROW_LOG(visit)), *s = log_at(j, ROW_LOG(seal));
    if (!v || !s || hash_equal(&v->id, &s->id)) return false;
    return memcmp(v->key, s->key, 32) != 0;
}

/* A check's own device seals it; whoever is let in with a seal of an earlier date, for a check
 * of somebody else, does not turn all that was found there into words "after the seal".
 * Another's seal counts while there is none of its own: a tablet may go on under a new key. */
int seal_order(struct journal *j, row_id visit, int64_t hlc_a, row_id a, int64_t hlc_b,
               row_id b) {
    int other = foreign(j, visit, a) - foreign(j, visit, b);
    return other ? other : record_order(j, hlc_a, a, hlc_b, b);
}

static int by_visit(const void *a, const void *b) {
    const row_id *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static struct sealing *find(struct sealing *all, size_t n, row_id visit) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all[middle].visit < visit)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && all[low].visit == visit ? &all[low] : NULL;
}

static enum status earliest(struct journal *j, struct sealing *all, size_t n) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_SEALS);
    while (st_row(j, q, &s)) {
        struct record r;
        record_columns(q, &r);
        if (!record_counts(j, &r)) continue;
        struct sealing *one = find(all, n, visit_sealed_by(j, &r));
        if (!one ||
            (one->seal && seal_order(j, one->visit, one->hlc, one->seal, r.hlc, r.id) <= 0))
            continue;
        one->seal = r.id;
        one->hlc = r.hlc;
    }
    return s;
}

static enum status write(struct journal *j, const struct sealing *one) {
    sqlite3_stmt *q = NULL;
    enum status s = side_statement(j, one->seal ? SS_SEAL : SS_UNSEAL, &q);
    if (s) return s;
    sqlite3_bind_int64(q, 1, one->visit);
    if (one->seal) {
        sqlite3_bind_int64(q, 2, one->seal);
        sqlite3_bind_int64(q, 3, one->hlc);
    }
    return st_done(j, q);
}

enum status seals_settle(struct journal *j) {
    size_t n = j->seals_next.size / sizeof(row_id), kept = 0;
    if (n == 0) return STATUS_OK;
    struct arena a = {0};
    struct sealing *all = ARENA_ARRAY(&a, struct sealing, n);
    row_id *visits = (row_id *)(void *)j->seals_next.data;
    qsort(visits, n, sizeof *visits, by_visit);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || visits[i] != visits[i - 1]) all[kept++].visit = visits[i];
    buf_clear(&j->seals_next);
    enum status s = earliest(j, all, kept);
    for (size_t i = 0; !s && i < kept; i++) {
        s = write(j, &all[i]);
        buf_add(&j->visits_dirty, &all[i].visit, sizeof all[i].visit);
    }
    j->sealed.known = false;
    arena_release(&a);
    return s;
}
