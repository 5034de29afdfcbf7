/* office.c -- whose word counts: which keys are an office's of this provider.
 *
 * Journey: erasing takes words away everywhere and revoking hides records, so neither may come
 * from anybody who can write the word "office". An office is known by what it made: the
 * provider row that the provider's id names. All of it is read from records and from what is
 * kept, never from the tables, because the tables depend on it (revoke.c, erase.c).
 *
 *      records of kind provider, kept keys  →  office keys
 *      records of kind revoke in their logs →  how far each log counts (accepted_seq)
 *      records of kind erase that count     →  the rows that have no words */
#include <string.h>

#include "store/inside.h"

#define KEPT_KEY      "office/key"
#define KEPT_KEYS     "office/keys/"
#define KEPT_PROVIDER "office/provider"

bool kind_is_rule(uint32_t kind) {
    return kind == KIND_erase || kind == KIND_revoke || kind == KIND_enrolment;
}

hash256 union_provider_hash(const hash256 *log, int64_t seq) {
    uint8_t both[HASH_BYTES + 8];
    memcpy(both, log->b, HASH_BYTES);
    for (int i = 0; i < 8; i++)
        both[HASH_BYTES + i] = (uint8_t)((uint64_t)seq >> (8 * i));
    return hash_named("lantern provider 1", both, sizeof both);
}

/* ---- the keys ---- */

bool office_has(const struct journal *j, const uint8_t key[32]) {
    for (size_t at = 0; at + 32 <= j->rules.offices.size; at += 32)
        if (memcmp(j->rules.offices.data + at, key, 32) == 0) return true;
    return false;
}

static void add_key(struct journal *j, const uint8_t key[32]) {
    static const uint8_t zeros[32];
    if (memcmp(key, zeros, 32) == 0 || office_has(j, key)) return;
    buf_add(&j->rules.offices, key, 32);
    BELIEVE(!j->rules.offices.overflow);
}

bool office_obeyed(struct journal *j, const uint8_t key[32]) {
    static const uint8_t zeros[32];
    const struct log_entry *own = log_at(j, j->own);
    if (memcmp(key, zeros, 32) == 0) return false;
    if (own && memcmp(own->key, key, 32) == 0) return true;
    return memcmp(j->rules.obeyed, key, 32) == 0;
}

/* What its first record said, whatever this program was called with now. */
static enum status own_office_load(struct journal *j) {
    struct arena a = {0};
    struct record r;
    struct value values[ROW_COLUMNS_MAX];
    enum status s = STATUS_OK;
    bool marked = false;
    sqlite3_stmt *q = st(j, ST_MARK_GET);
    sqlite3_bind_text(q, 1, "office", -1, SQLITE_STATIC);
    marked = st_row(j, q, &s);
    if (marked) sqlite3_reset(q);
    j->rules.own_office = marked || strcmp(j->device_role, "office") == 0;
    if (s || marked || !j->own || !j->head.seq) return s;
    s = record_read(j, ref_own(j, j->own, 2), &a, &r); /* salt, then device */
    if (!s && r.kind == KIND_device && r.body) {
        int role = kind_column(&kind_device, "role");
        s = body_read(j, &kind_device, j->own, r.body, r.body_size, values);
        if (!s)
            j->rules.own_office = values[role].said && values[role].n == 6 &&
                                  memcmp(values[role].p, "office", 6) == 0;
    }
    arena_release(&a);
    /* A log that does not begin so is a test's, or damaged, which verify tells. */
    return s == STATUS_NOT_FOUND || s == STATUS_INVALID ? STATUS_OK : s;
}

static enum status kept_keys(struct journal *j) {
    struct arena a = {0};
    struct buf one;
    char **keys;
    struct buf *values;
    size_t n = 0;
    enum status s = union_kept_one(j, KEPT_KEY, &a, &one);
    memset(j->rules.obeyed, 0, sizeof j->rules.obeyed);
    if (!s && one.size == 32) {
        memcpy(j->rules.obeyed, one.data, 32);
        add_key(j, one.data);
    }
    if (!s) s = union_kept(j, KEPT_KEYS, &a, &keys, &values, &n);
    for (size_t i = 0; !s && i < n; i++) {
        uint8_t key[32];
        if (hex_read(keys[i] + sizeof KEPT_KEYS - 1, key, 32)) add_key(j, key);
    }
    arena_release(&a);
    return s;
}

struct provider_found {
    int32_t log;
    int64_t seq;
    bool sample;
};

/* A provider row without its words could be a sample: it makes nobody an office. */
static enum status provider_rows(struct journal *j, struct buf *found) {
    enum status s = STATUS_OK;
    int sample = kind_column(&kind_provider, "sample");
    sqlite3_stmt *q = st(j, ST_PROVIDERS);
    while (st_row(j, q, &s)) {
        struct record r;
        struct value values[ROW_COLUMNS_MAX];
        record_columns(q, &r);
        struct provider_found p = {.log = ROW_LOG(r.id), .seq = ROW_SEQ(r.id), .sample = true};
        if (r.body && !body_read(j, &kind_provider, p.log, r.body, r.body_size, values))
            p.sample = values[sample].said && values[sample].i;
        buf_add(found, &p, sizeof p);
    }
    return s;
}

/* The id in force: what is kept, else that of an office's own first provider row. */
static enum status provider_in_force(struct journal *j, const struct provider_found *p,
                                     size_t n, hash256 *id, bool *known) {
    struct arena a = {0};
    struct buf kept;
    const struct log_entry *own = log_at(j, j->own);
    enum status s = union_kept_one(j, KEPT_PROVIDER, &a, &kept);
    *known = !s && kept.size == HASH_BYTES;
    if (*known) memcpy(id->b, kept.data, HASH_BYTES);
    for (size_t i = 0; !s && !*known && j->rules.own_office && i < n; i++) {
        if (p[i].sample || !own || memcmp(log_at(j, p[i].log)->key, own->key, 32) != 0)
            continue;
        *id = union_provider_hash(&log_at(j, p[i].log)->id, p[i].seq);
        *known = true;
    }
    arena_release(&a);
    return s;
}

static enum status makers_of_provider(struct journal *j) {
    struct buf found = {0};
    hash256 id = {0};
    bool known = false;
    enum status s = provider_rows(j, &found);
    const struct provider_found *p = (const struct provider_found *)(const void *)found.data;
    size_t n = found.size / sizeof *p;
    if (!s) s = provider_in_force(j, p, n, &id, &known);
    for (size_t i = 0; !s && i < n; i++) {
        const struct log_entry *e = log_at(j, p[i].log);
        hash256 its = union_provider_hash(&e->id, p[i].seq);
        if (known ? hash_equal(&its, &id) : !p[i].sample) add_key(j, e->key);
    }
    buf_release(&found);
    return s;
}

static enum status offices_load(struct journal *j) {
    buf_clear(&j->rules.offices);
    enum status s = own_office_load(j);
    const struct log_entry *own = log_at(j, j->own);
    if (!s && own && j->rules.own_office) add_key(j, own->key);
    if (!s) s = kept_keys(j);
    if (!s) s = makers_of_provider(j);
    for (int32_t no = 1; !s && no <= (int32_t)logs_count(j); no++)
        log_at(j, no)->office = office_has(j, log_at(j, no)->key);
    return s;
}

bool union_is_office(struct journal *j, const uint8_t key[32]) {
    const struct log_entry *own = log_at(j, j->own);
    if (j->writing && rules_settle(j)) return false;
    if (own && j->rules.own_office && memcmp(own->key, key, 32) == 0) return true;
    return office_has(j, key);
}

enum status union_trust_office(struct journal *j, const uint8_t key[32]) {
    struct arena a = {0};
    enum status s =
        union_keep(j, arena_printf(&a, KEPT_KEYS "%s", hex_of(&a, key, 32)), key, 32);
    arena_release(&a);
    return s;
}

/* ---- all rules together ---- */

enum status rules_load(struct journal *j) {
    j->rules.own = j->own;
    enum status s = offices_load(j);
    if (!s) s = revocations_load(j);
    if (!s) s = erasures_load(j);
    if (!s) j->rules.stale = false;
    j->rules.loaded = true;
    return s;
}

bool record_counts(struct journal *j, const struct record *r) {
    const struct log_entry *e = log_at(j, ROW_LOG(r->id));
    if (!e) return true;
    if (ROW_SEQ(r->id) > e->accepted_seq) return false;
    return !kind_is_rule(r->kind) || e->office;
}

/* Where only part of a log counts, a further record may be the one that a revocation names. */
enum status rules_noticed(struct journal *j, const struct record *r,
                          const struct value *values) {
    enum status s = STATUS_OK;
    const struct log_entry *e = log_at(j, ROW_LOG(r->id));
    if (r->kind == KIND_provider || r->kind == KIND_revoke || (e && e->revoked))
        j->rules.stale = true;
    if (r->kind == KIND_erase) s = erasure_noticed(j, r, values);
    if (row_erased(j, r->row, NULL)) buf_add(&j->erase_next, &r->row, sizeof r->row);
    return s;
}

/* ---- when they change ---- */

static enum status dirty_rules(struct journal *j, int32_t log) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_RULES_OF_LOG);
    sqlite3_bind_int64(q, 1, ROW_ID(log, 0));
    sqlite3_bind_int64(q, 2, ROW_ID(log, 0xFFFFFFFFFFLL));
    while (st_row(j, q, &s)) {
        const struct kind *k = kind_by_number((uint32_t)sqlite3_column_int(q, 1));
        if (k) dirty_add(j, k, sqlite3_column_int64(q, 0));
    }
    return s;
}

/* All rows of which the log holds versions between the two. */
static enum status dirty_between(struct journal *j, int32_t log, int64_t a, int64_t b) {
    enum status s = STATUS_OK;
    int64_t low = a < b ? a : b, high = a < b ? b : a;
    sqlite3_stmt *q = st(j, ST_ROWS_BETWEEN);
    sqlite3_bind_int64(q, 1, ROW_ID(log, low < 0 ? 0 : low) + 1);
    sqlite3_bind_int64(q, 2, ROW_ID(log, high < 0xFFFFFFFFFFLL ? high : 0xFFFFFFFFFFLL));
    while (st_row(j, q, &s)) {
        const struct kind *k = kind_by_number((uint32_t)sqlite3_column_int(q, 1));
        if (k) dirty_add(j, k, sqlite3_column_int64(q, 0));
    }
    return s;
}

struct standing {
    int64_t accepted_seq;
    bool office;
};

static enum status dirty_changed(struct journal *j, const struct standing *before, size_t n) {
    enum status s = STATUS_OK;
    for (size_t i = 0; !s && i < n; i++) {
        const struct log_entry *e = log_at(j, (int32_t)i + 1);
        if (e->office != before[i].office) s = dirty_rules(j, e->no);
        if (s || e->accepted_seq == before[i].accepted_seq) continue;
        s = dirty_between(j, e->no, before[i].accepted_seq, e->accepted_seq);
        if (!s) s = seals_of_log_again(j, e->no);
    }
    return s;
}

static enum status dirty_row_of(struct journal *j, row_id row) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_VERSIONS);
    sqlite3_bind_int64(q, 1, row);
    while (st_row(j, q, &s)) {
        const struct kind *k = kind_by_number((uint32_t)sqlite3_column_int(q, 5));
        if (k) dirty_add(j, k, row);
    }
    return s;
}

static enum status dirty_erased(struct journal *j, const struct buf *before) {
    enum status s = STATUS_OK;
    const struct erased_row *e = (const struct erased_row *)(const void *)before->data;
    for (size_t i = 0; !s && i < before->size / sizeof *e; i++)
        if (!row_erased(j, e[i].row, NULL)) s = dirty_row_of(j, e[i].row);
    e = (const struct erased_row *)(const void *)j->rules.erased.data;
    for (size_t i = 0; !s && i < j->rules.erased.size / sizeof *e; i++)
        if (!erased_find(before, e[i].row)) buf_add(&j->erase_next, &e[i].row, sizeof e[i].row);
    return s;
}

enum status rules_settle(struct journal *j) {
    if (!j->rules.stale && j->rules.own == j->own) return STATUS_OK;
    struct arena a = {0};
    size_t n = logs_count(j);
    struct standing *before = ARENA_ARRAY(&a, struct standing, n + 1);
    struct buf erased = j->rules.erased;
    j->rules.erased = (struct buf){0};
    for (size_t i = 0; i < n; i++) {
        const struct log_entry *e = log_at(j, (int32_t)i + 1);
        before[i] = (struct standing){e->accepted_seq, e->office};
    }
    j->rules.touched = true;
    enum status s = rules_load(j);
    if (!s) s = dirty_changed(j, before, n);
    if (!s) s = dirty_erased(j, &erased);
    buf_release(&erased);
    arena_release(&a);
    return s;
}
