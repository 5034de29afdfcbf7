/* erase.c -- dropping words, keeping their hashes.
 *
 * Journey: the office appends an erase record; it travels like any other, and wherever it
 * arrives the words of that row go, every version, those that come later too. The chain still
 * proves that nothing else was touched. The salt keeps erased words from being guessed by their
 * hash, so the key it came from goes too; the salts of the other records of that key are kept
 * apart, one by one.
 *
 * Which rows are erased stands in memory, by row (rules.erased): a merge looks there for each
 * record it brings, and does nothing about what went long ago. */
#include <string.h>

#include "store/inside.h"

/* ---- which rows ---- */

/* Where the row stands, or would. */
static size_t place_of(const struct buf *erased, row_id row) {
    const struct erased_row *e = (const struct erased_row *)(const void *)erased->data;
    size_t low = 0, high = erased->size / sizeof *e;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (e[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct erased_row *erased_find(const struct buf *erased, row_id row) {
    const struct erased_row *e = (const struct erased_row *)(const void *)erased->data;
    if (erased->size == 0) return NULL;
    size_t at = place_of(erased, row);
    return at < erased->size / sizeof *e && e[at].row == row ? &e[at] : NULL;
}

bool row_erased(const struct journal *j, row_id row, row_id *record) {
    const struct erased_row *e = erased_find(&j->rules.erased, row);
    if (e && record) *record = e->record;
    return e != NULL;
}

/* Of several that name the row the newest tells why. */
static bool erased_put(struct journal *j, row_id row, const struct record *r) {
    struct buf *b = &j->rules.erased;
    struct erased_row one = {.row = row, .record = r->id, .hlc = r->hlc};
    size_t at = place_of(b, row), n = b->size / sizeof one;
    struct erased_row *e = (struct erased_row *)(void *)b->data;
    if (at < n && e[at].row == row) {
        if (record_order(j, r->hlc, r->id, e[at].hlc, e[at].record) > 0) e[at] = one;
        return false;
    }
    buf_add(b, &one, sizeof one);
    BELIEVE(!b->overflow);
    e = (struct erased_row *)(void *)b->data;
    memmove(&e[at + 1], &e[at], (n - at) * sizeof one);
    e[at] = one;
    return true;
}

/* The row that a version of an erasure names; every version counts, since what it took away
 * cannot be given back by a later one. */
static row_id named_by(const struct record *r, const struct value *values) {
    int row = kind_column(&kind_erase, "row");
    return values && r->op != OP_WITHDRAW && values[row].said ? values[row].i : 0;
}

enum status erasures_load(struct journal *j) {
    enum status s = STATUS_OK;
    buf_clear(&j->rules.erased);
    sqlite3_stmt *q = st(j, ST_ERASURES);
    while (st_row(j, q, &s)) {
        struct record r;
        struct value values[ROW_COLUMNS_MAX];
        record_columns(q, &r);
        if (!r.body || !record_counts(j, &r)) continue;
        if (body_read(j, &kind_erase, ROW_LOG(r.id), r.body, r.body_size, values)) continue;
        row_id row = named_by(&r, values);
        if (row) erased_put(j, row, &r);
    }
    return s;
}

enum status erasure_noticed(struct journal *j, const struct record *r,
                            const struct value *values) {
    row_id row = named_by(r, values);
    if (!row || !record_counts(j, r)) return STATUS_OK;
    j->rules.touched = true;
    if (erased_put(j, row, r)) buf_add(&j->erase_next, &row, sizeof row);
    return STATUS_OK;
}

void erase_again(struct journal *j) {
    const struct erased_row *e = (const struct erased_row *)(const void *)j->rules.erased.data;
    for (size_t i = 0; i < j->rules.erased.size / sizeof *e; i++)
        buf_add(&j->erase_next, &e[i].row, sizeof e[i].row);
}

/* ---- the words of one row ---- */

static enum status keep_salt(struct journal *j, const struct record *r, const uint8_t key[32]) {
    hash256 salt = record_salt(key, ROW_SEQ(r->id));
    sqlite3_stmt *q = st(j, ST_SALT_PUT);
    sqlite3_bind_int64(q, 1, r->id);
    sqlite3_bind_blob(q, 2, salt.b, 32, SQLITE_STATIC);
    return st_done(j, q);
}

static enum status drop_body(struct journal *j, const struct record *r) {
    uint8_t salt[32];
    bool apart = false;
    enum status s = salt_of(j, r, salt, &apart);
    if (s) return s;
    hash256 c = salted_commitment(salt, r->body, r->body_size);
    sqlite3_stmt *q = st(j, ST_DROP_BODY);
    sqlite3_bind_int64(q, 1, r->id);
    sqlite3_bind_blob(q, 2, c.b, 32, SQLITE_STATIC);
    s = st_done(j, q);
    q = st(j, ST_SALT_DROP);
    sqlite3_bind_int64(q, 1, r->id);
    j->wrote = j->wipe = true;
    return s ? s : st_done(j, q);
}

static enum status keep_salts_in(struct journal *j, int32_t log, row_id epoch,
                                 const uint8_t key[32]) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_EPOCH_PEERS);
    sqlite3_bind_int64(q, 1, log == ROW_LOG(epoch) ? epoch + 1 : ROW_ID(log, 0));
    sqlite3_bind_int64(q, 2, ROW_ID(log, 0xFFFFFFFFFFLL));
    sqlite3_bind_int64(q, 3, epoch);
    while (st_row(j, q, &s)) {
        struct record r;
        record_columns(q, &r);
        if (r.body || !row_erased(j, r.row, NULL)) s = keep_salt(j, &r, key);
        if (!s) continue;
        sqlite3_reset(q);
        break;
    }
    return s;
}

/* The key of an epoch goes; the salts it still has to give are written down first, along every
 * branch that goes on from it. */
static enum status drop_key(struct journal *j, row_id epoch) {
    struct arena a = {0};
    struct record salt = {0};
    uint8_t key[32];
    enum status s = record_read(j, epoch, &a, &salt);
    if (s == STATUS_NOT_FOUND) s = STATUS_OK;
    if (!s && !salt.body) goto done; /* gone already */
    if (!s) s = salt_key_of(j, epoch, ROW_LOG(epoch), ROW_SEQ(epoch), key);
    struct log_entry *e = log_at(j, ROW_LOG(epoch));
    for (e = e ? log_trunk(j, &e->id) : NULL; e && !s; e = log_at(j, e->next))
        s = keep_salts_in(j, e->no, epoch, key);
    if (!s) s = drop_body(j, &salt);
    if (!s && j->head.epoch.record == epoch) j->head.epoch = (struct epoch){0};
    if (!s) dirty_add(j, &kind_salt, epoch);
done:
    arena_release(&a);
    return s;
}

/* Of one stretch, from the record on that the run gives its key to. */
static enum status keep_salts_along(struct journal *j, int32_t log, int64_t from,
                                    const uint8_t key[32]) {
    enum status s = STATUS_OK;
    int64_t end = 0xFFFFFFFFFFLL;
    sqlite3_stmt *q = st(j, ST_RUN_AFTER);
    sqlite3_bind_int(q, 1, log);
    sqlite3_bind_int64(q, 2, from);
    if (st_row(j, q, &s)) {
        end = sqlite3_column_int64(q, 0) - 1;
        sqlite3_reset(q);
    }
    if (s) return s;
    q = st(j, ST_RUN_PEERS);
    sqlite3_bind_int64(q, 1, ROW_ID(log, from));
    sqlite3_bind_int64(q, 2, ROW_ID(log, end));
    while (st_row(j, q, &s)) {
        struct record r;
        record_columns(q, &r);
        /* Those that came by way of a record whose key is known have that one's. */
        bool by_run = r.epoch == 0 && (r.body || !row_erased(j, r.row, NULL));
        if (by_run && r.kind != KIND_salt) s = keep_salt(j, &r, key);
        if (!s && r.kind != KIND_salt) continue;
        sqlite3_reset(q); /* from here on there are keys of its own */
        break;
    }
    return s;
}

static bool is_zero(const uint8_t key[32]) {
    static const uint8_t zeros[32];
    return memcmp(key, zeros, 32) == 0;
}

enum status keep_salts_of_run(struct journal *j, const struct run_found *run) {
    if (!run->log || is_zero(run->key)) return STATUS_OK;
    enum status s = keep_salts_along(j, run->log, run->first_seq, run->key);
    struct log_entry *e = log_trunk(j, &log_at(j, run->log)->id);
    for (; e && !s; e = log_at(j, e->next)) { /* and its branches, where it goes on into them */
        struct run_found its;
        if (e->no == run->log || !e->base) continue;
        s = run_find(j, e->no, e->first_seq, &its);
        if (!s && its.log == run->log && its.first_seq == run->first_seq)
            s = keep_salts_along(j, e->no, e->first_seq, run->key);
    }
    return s;
}

/* Beyond a gap the key is not in a record but was told by who carried it. */
static enum status drop_run_key(struct journal *j, const struct record *of) {
    struct run_found run;
    if (of->copy) return STATUS_OK;
    enum status s = run_find(j, ROW_LOG(of->id), ROW_SEQ(of->id), &run);
    if (s || !run.log || is_zero(run.key)) return s;
    s = keep_salts_of_run(j, &run);
    sqlite3_stmt *q = st(j, ST_RUN_KEY_DROP);
    sqlite3_bind_int(q, 1, run.log);
    sqlite3_bind_int64(q, 2, run.first_seq);
    j->wrote = j->wipe = true;
    return s ? s : st_done(j, q);
}

/* What others depend on, and not words of a person, stays; but only an office says such things.
 * Said by a tablet they are words like any other. */
static bool may_go(struct journal *j, row_id record, uint32_t kind) {
    const struct log_entry *e = log_at(j, ROW_LOG(record));
    if (kind == KIND_salt) return false;
    return (kind != KIND_provider && !kind_is_rule(kind)) || (e && !e->office);
}

/* Kept for words that were withheld, and now will not come. */
static enum status drop_salt(struct journal *j, row_id record) {
    sqlite3_stmt *q = st(j, ST_SALT_DROP);
    sqlite3_bind_int64(q, 1, record);
    enum status s = st_done(j, q);
    if (!s && sqlite3_changes(j->db)) j->wrote = j->wipe = true;
    return s;
}

static enum status erase_row(struct journal *j, row_id row) {
    struct arena a = {0};
    struct buf found = {0};
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_VERSIONS);
    sqlite3_bind_int64(q, 1, row);
    while (st_row(j, q, &s)) {
        struct record r;
        record_columns(q, &r);
        if (!may_go(j, r.id, r.kind)) continue;
        if (r.body) r.body = arena_copy(&a, r.body, r.body_size);
        buf_add(&found, &r, sizeof r);
    }
    const struct record *r = (const struct record *)(const void *)found.data;
    for (size_t i = 0; !s && i < found.size / sizeof *r; i++) {
        const struct kind *k = kind_by_number(r[i].kind);
        if (k) dirty_add(j, k, row); /* wordless ones show as erased from now on */
        s = r[i].epoch ? drop_key(j, r[i].epoch) : drop_run_key(j, &r[i]);
        if (!s && !r[i].body) s = drop_salt(j, r[i].id);
        if (s || !r[i].body) continue;
        wipe_note_blobs(j, &r[i]);
        if (r[i].kind == KIND_seal) seal_again(j, &r[i]);
        j->erased_now.versions++;
        s = drop_body(j, &r[i]);
    }
    if (!s) s = wipe_drafts(j, row);
    buf_release(&found);
    arena_release(&a);
    return s;
}

static int by_row(const void *a, const void *b) {
    const row_id *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

enum status erasures_apply(struct journal *j) {
    enum status s = STATUS_OK;
    size_t n = j->erase_next.size / sizeof(row_id);
    if (n == 0) return STATUS_OK;
    s = load_rest(j);
    row_id *rows = (row_id *)(void *)j->erase_next.data;
    qsort(rows, n, sizeof *rows, by_row);
    for (size_t i = 0; !s && i < n; i++)
        if ((i == 0 || rows[i] != rows[i - 1]) && row_erased(j, rows[i], NULL))
            s = erase_row(j, rows[i]);
    buf_clear(&j->erase_next);
    if (!s) s = project_dirty(j);
    if (!s) s = wipe_blobs(j);
    return !s && j->wipe ? wipe_mark(j) : s;
}

/* ---- the office erases ---- */

static enum status may_erase(struct journal *j, row_id row) {
    enum status s = STATUS_OK;
    uint32_t kind = 0;
    row_id first = 0;
    sqlite3_stmt *q = st(j, ST_VERSIONS);
    sqlite3_bind_int64(q, 1, row);
    bool there = st_row(j, q, &s);
    if (there) {
        first = sqlite3_column_int64(q, 0);
        kind = (uint32_t)sqlite3_column_int(q, 5);
        sqlite3_reset(q);
    }
    const struct log_entry *own = log_at(j, j->own);
    if (s) return s;
    if (!there) return status_fail(STATUS_NOT_FOUND, "row %lld", (long long)row);
    if (!may_go(j, first, kind)) {
        const struct kind *k = kind_by_number(kind);
        return status_fail(STATUS_INVALID, "%s cannot be erased", k ? k->name : "this");
    }
    if (row_erased(j, row, NULL)) return status_fail(STATUS_EXISTS, "it is erased already");
    if (!own || !union_is_office(j, own->key))
        return status_fail(STATUS_INVALID, "only an office can erase");
    return STATUS_OK;
}

/* Said in confidence, in any version that still has its words: the mark outlives them, since
 * actions and dangers that came from them must not come into the open. */
static enum status in_confidence(struct journal *j, row_id row, bool *restricted) {
    enum status s = STATUS_OK;
    *restricted = false;
    sqlite3_stmt *q = st(j, ST_VERSIONS);
    sqlite3_bind_int64(q, 1, row);
    while (st_row(j, q, &s)) {
        struct record r;
        struct value values[ROW_COLUMNS_MAX];
        record_columns(q, &r);
        const struct kind *k = kind_by_number(r.kind);
        *restricted |= k && k->confidential;
        int column = k && r.body ? kind_column(k, "restricted") : -1;
        if (column < 0 || body_read(j, k, ROW_LOG(r.id), r.body, r.body_size, values)) continue;
        *restricted |= values[column].i != 0;
    }
    return s;
}

enum status journal_erase(struct journal *j, row_id row, const char *why, int32_t day,
                          struct erase_summary *out) {
    struct row e = row_new(&kind_erase);
    bool restricted = false;
    enum status s = load_rest(j);
    if (!s) s = may_erase(j, row);
    if (!s) s = in_confidence(j, row, &restricted);
    if (s) return s;
    if (restricted) row_int(&e, "restricted", 1);
    row_ref(&e, "row", row);
    row_text(&e, "why", why);
    row_int(&e, "day", day);
    j->erased_now = (struct erase_summary){0};
    s = journal_put_alone(j, &e);
    if (!s && out) *out = j->erased_now;
    return s;
}

bool journal_erased(struct journal *j, row_id row, struct arena *a, char **why, int32_t *day) {
    struct record r;
    struct value values[ROW_COLUMNS_MAX];
    row_id record = 0;
    if (!row_erased(j, row, &record) || record_read(j, record, a, &r) || !r.body ||
        body_read(j, &kind_erase, ROW_LOG(record), r.body, r.body_size, values))
        return false;
    const struct value *w = &values[kind_column(&kind_erase, "why")];
    *why = w->said ? arena_strndup(a, w->p, w->n) : arena_strdup(a, "");
    *day = (int32_t)values[kind_column(&kind_erase, "day")].i;
    return true;
}
