/* logs.c -- which log is which, and what a reference means in this database.
 *
 * Journey: a record says (log id, seq, check); the tables say one integer. Here one becomes the
 * other. A log without forks is one stretch, the trunk; after a fork it is a tree of stretches
 * (union_relabel.c), and a reference chooses by its check. */
#include <string.h>

#include "store/inside.h"

static const uint8_t trunk_branch[8];

size_t logs_count(const struct journal *j) {
    return j->logs.size / sizeof(struct log_entry);
}

struct log_entry *log_at(struct journal *j, int32_t no) {
    if (no < 1 || (size_t)no > logs_count(j)) return NULL;
    return (struct log_entry *)(void *)j->logs.data + (no - 1);
}

hash256 union_log_id(const uint8_t key[32], const uint8_t incarnation[8]) {
    uint8_t both[40];
    memcpy(both, key, 32);
    memcpy(both + 32, incarnation, 8);
    return hash_named("lantern log 1", both, sizeof both);
}

/* ---- the map from log id to its trunk ---- */

static size_t slot_of(const struct journal *j, const hash256 *id) {
    uint32_t v;
    memcpy(&v, id->b, sizeof v);
    return v & (j->log_map.size / sizeof(int32_t) - 1);
}

static int32_t *map_slots(struct journal *j) {
    return (int32_t *)(void *)j->log_map.data;
}

static void map_put(struct journal *j, const struct log_entry *e) {
    BELIEVE(e && j->log_map.data);
    size_t mask = j->log_map.size / sizeof(int32_t) - 1, at = slot_of(j, &e->id);
    while (map_slots(j)[at])
        at = (at + 1) & mask;
    map_slots(j)[at] = e->no;
}

/* The trunk. In a file that was damaged a branch may be without one: then the first of them, so
 * that there always is one, and verify tells what is wrong. */
static bool stands_for_its_log(struct journal *j, const struct log_entry *e) {
    return memcmp(e->branch, trunk_branch, 8) == 0 || !log_trunk(j, &e->id);
}

/* Made anew when it would be more than half full; a device knows some hundreds of logs. */
static void map_rebuild(struct journal *j) {
    size_t room = 64;
    while (room < 4 * logs_count(j))
        room *= 2;
    buf_clear(&j->log_map);
    for (size_t i = 0; i < room; i++)
        buf_u32(&j->log_map, 0);
    BELIEVE(!j->log_map.overflow);
    for (size_t i = 1; i <= logs_count(j); i++) {
        struct log_entry *e = log_at(j, (int32_t)i);
        if (stands_for_its_log(j, e)) map_put(j, e);
    }
}

struct log_entry *log_trunk(struct journal *j, const hash256 *id) {
    size_t slots = j->log_map.size / sizeof(int32_t);
    if (slots == 0) return NULL;
    for (size_t at = slot_of(j, id); map_slots(j)[at]; at = (at + 1) & (slots - 1)) {
        struct log_entry *e = log_at(j, map_slots(j)[at]);
        if (hash_equal(&e->id, id)) return e;
    }
    return NULL;
}

static void remember(struct journal *j, const struct log_entry *e) {
    buf_add(&j->logs, e, sizeof *e);
    BELIEVE(!j->logs.overflow);
    if (stands_for_its_log(j, e)) {
        if (logs_count(j) * 2 > j->log_map.size / sizeof(int32_t))
            map_rebuild(j);
        else
            map_put(j, log_at(j, e->no));
        return;
    }
    struct log_entry *t = log_trunk(j, &e->id);
    for (struct log_entry *b = t; b; b = log_at(j, b->next)) {
        b->forked = true;
        if (b->next) continue;
        b->next = e->no;
        break;
    }
    struct log_entry *self = log_at(j, e->no);
    BELIEVE(self);
    self->forked = true;
    self->next = 0;
}

/* ---- loading ---- */

static void copy_bytes(void *to, size_t n, sqlite3_stmt *q, int col) {
    if (sqlite3_column_bytes(q, col) == (int)n) memcpy(to, sqlite3_column_blob(q, col), n);
}

static void log_columns(sqlite3_stmt *q, struct log_entry *e) {
    *e = (struct log_entry){.no = sqlite3_column_int(q, 0),
                            .accepted_seq = INT64_MAX,
                            .own = sqlite3_column_int(q, 5) != 0,
                            .base = sqlite3_column_int(q, 6),
                            .first_seq = sqlite3_column_int64(q, 7),
                            .verified = sqlite3_column_int64(q, 8),
                            .verified_kept = sqlite3_column_int64(q, 8)};
    copy_bytes(e->id.b, 32, q, 1);
    copy_bytes(e->branch, 8, q, 2);
    copy_bytes(e->key, 32, q, 3);
    copy_bytes(e->incarnation, 8, q, 4);
}

enum status logs_load(struct journal *j) {
    enum status s = STATUS_OK;
    buf_clear(&j->logs);
    buf_clear(&j->log_map);
    j->own = 0;
    sqlite3_stmt *q = st(j, ST_LOGS);
    while (st_row(j, q, &s)) {
        struct log_entry e;
        log_columns(q, &e);
        if (e.no != (int32_t)logs_count(j) + 1) {
            sqlite3_reset(q);
            return status_fail(STATUS_DAMAGED, "log %d is out of place", e.no);
        }
        if (e.own) {
            j->own = e.no;
            j->own_id = e.id;
        }
        remember(j, &e);
    }
    for (int32_t no = 1; !s && no <= (int32_t)logs_count(j); no++)
        s = log_refresh(j, log_at(j, no));
    return s;
}

static enum status newest(struct journal *j, row_id from, row_id to, int64_t *seq,
                          hash256 *hash) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_NEWEST);
    sqlite3_bind_int64(q, 1, from);
    sqlite3_bind_int64(q, 2, to);
    if (st_row(j, q, &s)) {
        *seq = ROW_SEQ(sqlite3_column_int64(q, 0));
        if (hash) copy_bytes(hash->b, 32, q, 1);
        sqlite3_reset(q);
    }
    return s;
}

/* Everything that can be known from the journal is asked of it, so that it cannot disagree. */
enum status log_refresh(struct journal *j, struct log_entry *e) {
    enum status s = STATUS_OK;
    int64_t gap = 0;
    sqlite3_stmt *q = st(j, ST_RUN_AFTER);
    sqlite3_bind_int(q, 1, e->no);
    sqlite3_bind_int64(q, 2, e->base ? e->first_seq : 0);
    if (st_row(j, q, &s)) {
        gap = sqlite3_column_int64(q, 0);
        sqlite3_reset(q);
    }
    row_id low = ROW_ID(e->no, 0), high = ROW_ID(e->no, 0xFFFFFFFFFFLL);
    e->last_seq = e->highest_seq = 0;
    e->last_hash = e->id;
    if (!s) s = newest(j, low, high, &e->highest_seq, NULL);
    if (!s)
        s = newest(j, low, gap ? ROW_ID(e->no, gap - 1) : high, &e->last_seq, &e->last_hash);
    if (s) return s;
    /* What lies beyond the highest record can only be copies. Those below it need no look: a
     * record that belongs there is compared with what is there already. */
    q = st(j, ST_ANY_BEYOND);
    sqlite3_bind_int64(q, 1, ROW_ID(e->no, e->highest_seq + 1));
    sqlite3_bind_int64(q, 2, high);
    e->copies = st_row(j, q, &s);
    sqlite3_reset(q);
    return s;
}

enum status log_add(struct journal *j, const hash256 *id, const uint8_t branch[8],
                    const uint8_t *key, const uint8_t *incarnation, int32_t base,
                    int64_t first_seq, int32_t *no) {
    struct log_entry e = {.no = (int32_t)logs_count(j) + 1,
                          .accepted_seq = INT64_MAX,
                          .base = base,
                          .id = *id,
                          .first_seq = first_seq,
                          .last_hash = *id};
    if (e.no >= 1 << 22) return status_fail(STATUS_TOO_LARGE, "too many logs");
    memcpy(e.branch, branch, 8);
    if (key) memcpy(e.key, key, 32);
    if (incarnation) memcpy(e.incarnation, incarnation, 8);
    sqlite3_stmt *q = st(j, ST_LOG_ADD);
    sqlite3_bind_int(q, 1, e.no);
    sqlite3_bind_blob(q, 2, e.id.b, 32, SQLITE_TRANSIENT);
    sqlite3_bind_blob(q, 3, e.branch, 8, SQLITE_TRANSIENT);
    sqlite3_bind_null(q, 4);
    sqlite3_bind_null(q, 5);
    if (key) sqlite3_bind_blob(q, 4, key, 32, SQLITE_TRANSIENT);
    if (incarnation) sqlite3_bind_blob(q, 5, incarnation, 8, SQLITE_TRANSIENT);
    sqlite3_bind_int(q, 6, base);
    sqlite3_bind_int64(q, 7, first_seq);
    enum status s = st_done(j, q);
    if (s) return s;
    remember(j, &e);
    if (key) j->rules.stale = true; /* an office's, or a revoked one's? */
    *no = e.no;
    return STATUS_OK;
}

/* ---- order ---- */

int id_order(struct journal *j, row_id a, row_id b) {
    if (a == b) return 0;
    if (ROW_LOG(a) != ROW_LOG(b)) {
        const struct log_entry *x = log_at(j, ROW_LOG(a)), *y = log_at(j, ROW_LOG(b));
        if (!x || !y)
            return a < b ? -1 : 1; /* no such log: a defect or damage, any order will do */
        int c = memcmp(x->id.b, y->id.b, 32);
        if (c == 0) c = memcmp(x->branch, y->branch, 8);
        if (c) return c;
    }
    return a < b ? -1 : 1;
}

int record_order(struct journal *j, int64_t hlc_a, row_id a, int64_t hlc_b, row_id b) {
    if (hlc_a != hlc_b) return hlc_a < hlc_b ? -1 : 1;
    return id_order(j, a, b);
}

/* ---- references ---- */

row_id ref_own(struct journal *j, int32_t log, int64_t seq) {
    const struct log_entry *e = log_at(j, log);
    while (e && e->base && seq < e->first_seq)
        e = log_at(j, e->base);
    return ROW_ID(e ? e->no : log, seq);
}

static bool has_check(struct journal *j, row_id id, const uint8_t check[4], enum status *s) {
    bool same = false;
    sqlite3_stmt *q = st(j, ST_HASH);
    sqlite3_bind_int64(q, 1, id);
    if (st_row(j, q, s)) {
        same = memcmp(sqlite3_column_blob(q, 0), check, 4) == 0;
        sqlite3_reset(q);
    }
    return same;
}

enum status ref_resolve(struct journal *j, int32_t from_log, const struct global_ref *r,
                        row_id *out) {
    if (r->seq == 0) {
        *out = 0;
        return STATUS_OK;
    }
    if (r->seq < 0 || r->seq > 0xFFFFFFFFFFLL)
        return status_fail(STATUS_INVALID, "a reference beyond any log");
    const struct log_entry *from = log_at(j, from_log);
    if (from && hash_equal(&from->id, &r->log)) {
        *out = ref_own(j, from_log, r->seq);
        return STATUS_OK;
    }
    enum status s = STATUS_OK;
    int32_t no = 0;
    struct log_entry *t = log_trunk(j, &r->log);
    if (!t) {
        s = log_add(j, &r->log, trunk_branch, NULL, NULL, 0, 1, &no);
        if (!s) *out = ROW_ID(no, r->seq);
        return s;
    }
    *out = ROW_ID(t->no, r->seq);
    if (!t->forked) return STATUS_OK;
    for (struct log_entry *b = t; b && !s; b = log_at(j, b->next)) {
        if (!has_check(j, ROW_ID(b->no, r->seq), r->check, &s)) continue;
        *out = ROW_ID(b->no, r->seq);
        break;
    }
    return s;
}

void ref_global(struct journal *j, int32_t from_log, row_id id, const uint8_t check[4],
                struct global_ref *out) {
    *out = (struct global_ref){0};
    if (id == 0) return;
    const struct log_entry *e = log_at(j, ROW_LOG(id)), *from = log_at(j, from_log);
    if (!e) return;
    out->log = e->id;
    out->seq = ROW_SEQ(id);
    if (!from || !hash_equal(&e->id, &from->id)) memcpy(out->check, check, 4);
}

enum status ref_check(struct journal *j, int32_t from_log, row_id id, uint8_t check[4]) {
    memset(check, 0, 4);
    const struct log_entry *e = log_at(j, ROW_LOG(id)), *from = log_at(j, from_log);
    if (id == 0 || !e || (from && hash_equal(&e->id, &from->id))) return STATUS_OK;
    size_t at = (size_t)((uint64_t)id * 0x9E3779B97F4A7C15u >> 58);
    if (j->checks[at].id != id) {
        enum status s = STATUS_OK;
        sqlite3_stmt *q = st(j, ST_HASH);
        sqlite3_bind_int64(q, 1, id);
        if (!st_row(j, q, &s)) return s;
        memcpy(j->checks[at].check, sqlite3_column_blob(q, 0), 4);
        j->checks[at].id = id;
        sqlite3_reset(q);
    }
    memcpy(check, j->checks[at].check, 4);
    return STATUS_OK;
}
