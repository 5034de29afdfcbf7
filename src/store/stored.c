/* stored.c -- one record in the journal table: in, out, and the salt it was hashed with. */
#include <string.h>

#include "base/cbor.h"
#include "store/inside.h"

static void bind_id(sqlite3_stmt *q, int n, row_id id) {
    if (id)
        sqlite3_bind_int64(q, n, id);
    else
        sqlite3_bind_null(q, n);
}

enum status record_insert(struct journal *j, const struct record *r) {
    static const uint8_t no_checks[12];
    sqlite3_stmt *q = st(j, ST_INSERT);
    sqlite3_bind_int64(q, 1, r->id);
    sqlite3_bind_int64(q, 2, r->hlc);
    sqlite3_bind_int64(q, 3, r->at);
    sqlite3_bind_int(q, 4, r->tz);
    bind_id(q, 5, r->by);
    sqlite3_bind_int(q, 6, r->kind);
    sqlite3_bind_int(q, 7, r->op);
    sqlite3_bind_int64(q, 8, r->row);
    bind_id(q, 9, r->parent);
    sqlite3_bind_int64(q, 10, r->epoch);
    if (r->body)
        sqlite3_bind_blob(q, 11, r->body, (int)r->body_size, SQLITE_STATIC);
    else
        sqlite3_bind_null(q, 11);
    if (r->has_commitment)
        sqlite3_bind_blob(q, 12, r->commitment.b, 32, SQLITE_STATIC);
    else
        sqlite3_bind_null(q, 12);
    sqlite3_bind_blob(q, 13, r->hash.b, 32, SQLITE_STATIC);
    if (memcmp(r->checks, no_checks, 12) != 0)
        sqlite3_bind_blob(q, 14, r->checks, 12, SQLITE_STATIC);
    else
        sqlite3_bind_null(q, 14);
    if (r->copy)
        sqlite3_bind_int(q, 15, 1);
    else
        sqlite3_bind_null(q, 15);
    return st_done(j, q);
}

static bool fixed_blob(sqlite3_stmt *q, int col, void *out, int n) {
    sqlite3_value *v = sqlite3_column_value(q, col);
    if (sqlite3_value_bytes(v) != n) return false;
    memcpy(out, sqlite3_value_blob(v), (size_t)n);
    return true;
}

/* What is a number in every record. */
void record_numbers(sqlite3_stmt *q, struct record *r) {
    *r = (struct record){.id = sqlite3_column_int64(q, 0),
                         .hlc = sqlite3_column_int64(q, 1),
                         .at = sqlite3_column_int64(q, 2),
                         .tz = sqlite3_column_int(q, 3),
                         .by = sqlite3_column_int64(q, 4),
                         .kind = (uint16_t)sqlite3_column_int(q, 5),
                         .op = (uint8_t)sqlite3_column_int(q, 6),
                         .row = sqlite3_column_int64(q, 7),
                         .parent = sqlite3_column_int64(q, 8),
                         .epoch = sqlite3_column_int64(q, 9)};
}

/* Merging and exporting read millions of these, and each sqlite3_column_ call has its price: a
 * blob is one of them instead of three.
 * The body is valid until the statement moves on. Reads columns as foreign bytes: the file may
 * have been damaged, and verify must say so instead of falling over. */
void record_columns(sqlite3_stmt *q, struct record *r) {
    record_numbers(q, r);
    r->copy = sqlite3_column_int(q, 14) != 0;
    sqlite3_value *body = sqlite3_column_value(q, 10);
    if (sqlite3_value_type(body) != SQLITE_NULL) {
        r->body = sqlite3_value_blob(body);
        r->body_size = (size_t)sqlite3_value_bytes(body);
    }
    r->has_commitment = fixed_blob(q, 11, r->commitment.b, 32);
    fixed_blob(q, 12, r->hash.b, 32);
    fixed_blob(q, 13, r->checks, 12);
}

enum status record_read(struct journal *j, row_id id, struct arena *a, struct record *r) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_RECORD);
    sqlite3_bind_int64(q, 1, id);
    if (!st_row(j, q, &s))
        return s ? s : status_fail(STATUS_NOT_FOUND, "record %lld", (long long)id);
    record_columns(q, r);
    if (r->body) r->body = arena_copy(a, r->body, r->body_size);
    sqlite3_reset(q);
    return STATUS_OK;
}

/* The key is the first item of the salt record's body. */
static bool key_of_body(const uint8_t *body, size_t n, uint8_t key[32]) {
    struct cursor c = cursor_of(body, n);
    struct cbor_item array = cbor_next(&c), item = cbor_next(&c);
    if (array.type != CBOR_ARRAY || item.type != CBOR_BYTES || item.n != 32) return false;
    memcpy(key, item.p, 32);
    return true;
}

/* Along the branches back to where the chain begins without the record before it. */
enum status run_find(struct journal *j, int32_t log, int64_t seq, struct run_found *out) {
    enum status s = STATUS_OK;
    *out = (struct run_found){0};
    for (const struct log_entry *e = log_at(j, log); e; e = log_at(j, e->base)) {
        sqlite3_stmt *q = st(j, ST_RUN_BEFORE);
        sqlite3_bind_int(q, 1, e->no);
        sqlite3_bind_int64(q, 2, seq);
        if (st_row(j, q, &s)) {
            out->log = e->no;
            out->first_seq = sqlite3_column_int64(q, 0);
            fixed_blob(q, 1, out->key, 32);
            sqlite3_reset(q);
            return STATUS_OK;
        }
        if (s) return s;
        seq = e->first_seq - 1;
    }
    return STATUS_OK;
}

/* Of a record whose salt record is `epoch`; 0: none is known, so what its run was carried with.
 */
enum status salt_key_of(struct journal *j, row_id epoch, int32_t log, int64_t seq,
                        uint8_t key[32]) {
    enum status s = STATUS_OK;
    memset(key, 0, 32);
    if (!epoch) {
        struct run_found run;
        s = run_find(j, log, seq, &run);
        memcpy(key, run.key, 32);
        return s;
    }
    sqlite3_stmt *q = st(j, ST_RECORD);
    sqlite3_bind_int64(q, 1, epoch);
    if (!st_row(j, q, &s)) return s;
    if (sqlite3_column_bytes(q, 10) > 0)
        key_of_body(sqlite3_column_blob(q, 10), (size_t)sqlite3_column_bytes(q, 10), key);
    sqlite3_reset(q);
    return STATUS_OK;
}

enum status salt_of(struct journal *j, const struct record *r, uint8_t salt[32], bool *apart) {
    enum status s = STATUS_OK;
    static const uint8_t zeros[32];
    uint8_t key[32];
    *apart = false;
    sqlite3_stmt *q = st(j, ST_SALT_GET);
    sqlite3_bind_int64(q, 1, r->id);
    if (st_row(j, q, &s)) {
        *apart = fixed_blob(q, 0, salt, 32);
        sqlite3_reset(q);
        if (*apart) return STATUS_OK;
    }
    if (s) return s;
    memcpy(key, zeros, 32);
    if (r->kind != KIND_salt) s = salt_key_of(j, r->epoch, ROW_LOG(r->id), ROW_SEQ(r->id), key);
    hash256 h = record_salt(key, ROW_SEQ(r->id));
    memcpy(salt, h.b, 32);
    return s;
}
