/* erase.c -- dropping words, keeping their hashes.
 *
 * Journey: the office appends an erase record; it travels like any other, and wherever it
 * arrives the words of that row go, every version. The chain still proves that nothing else was
 * touched. The salt keeps erased words from being guessed by their hash, so the key it came
 * from goes too; the salts of the other records of that key are kept apart, one by one. */
#include <string.h>

#include "store/inside.h"

/* Only an office may say so. */
static enum status is_office(struct journal *j, row_id erase, bool *office) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = NULL;
    const struct log_entry *e = log_at(j, ROW_LOG(erase));
    *office = false;
    if (!e) return STATUS_OK;
    s = st_prepare(j, &q, "SELECT 1 FROM device WHERE key = ?1 AND role = 'office'");
    if (!s) {
        sqlite3_bind_blob(q, 1, e->key, 32, SQLITE_STATIC);
        *office = st_row(j, q, &s);
    }
    sqlite3_finalize(q);
    return s;
}

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
    return s ? s : st_done(j, q);
}

/* The key of an epoch goes; the salts it still has to give are written down first. */
static enum status drop_key(struct journal *j, row_id epoch) {
    struct arena a = {0};
    struct record salt;
    uint8_t key[32];
    enum status s = record_read(j, epoch, &a, &salt);
    if (!s && !salt.body) goto done; /* gone already */
    if (!s) s = salt_key_of(j, epoch, ROW_LOG(epoch), ROW_SEQ(epoch), key);
    if (s) goto done;
    sqlite3_stmt *q = st(j, ST_EPOCH_PEERS);
    sqlite3_bind_int64(q, 1, epoch);
    sqlite3_bind_int64(q, 2, ROW_ID(ROW_LOG(epoch), 0xFFFFFFFFFFLL));
    while (st_row(j, q, &s)) {
        struct record r;
        record_columns(q, &r);
        s = keep_salt(j, &r, key);
        if (!s) continue;
        sqlite3_reset(q);
        break;
    }
    if (!s) s = drop_body(j, &salt);
    if (!s && j->head.epoch.record == epoch) j->head.epoch = (struct epoch){0};
    if (!s) dirty_add(j, &kind_salt, epoch);
done:
    arena_release(&a);
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
        /* The erasing itself, and keys, are not words of a person. */
        if (!r.body || r.kind == KIND_erase || r.kind == KIND_salt) continue;
        r.body = arena_copy(&a, r.body, r.body_size);
        buf_add(&found, &r, sizeof r);
    }
    const struct record *r = (const struct record *)(const void *)found.data;
    for (size_t i = 0; !s && i < found.size / sizeof *r; i++) {
        const struct kind *k = kind_by_number(r[i].kind);
        if (r[i].epoch) s = drop_key(j, r[i].epoch);
        if (!s) s = drop_body(j, &r[i]);
        if (!s && k) dirty_add(j, k, row);
        j->wrote = true;
    }
    buf_release(&found);
    arena_release(&a);
    return s;
}

enum status erasures_apply(struct journal *j) {
    struct buf all = {0};
    enum status s = STATUS_OK;
    sqlite3_stmt *q = NULL;
    s = st_prepare(j, &q, "SELECT id, \"row\" FROM erase WHERE withdrawn = 0");
    while (!s && st_row(j, q, &s)) {
        row_id pair[2] = {sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1)};
        buf_add(&all, pair, sizeof pair);
    }
    sqlite3_finalize(q);
    const row_id *pair = (const row_id *)(const void *)all.data;
    for (size_t i = 0; !s && i < all.size / (2 * sizeof *pair); i++) {
        bool office = false;
        s = is_office(j, pair[2 * i], &office);
        if (!s && office) s = erase_row(j, pair[2 * i + 1]);
    }
    buf_release(&all);
    if (!s) s = project_dirty(j);
    return s;
}
