/* blob.c -- photos, recordings, templates: bytes named by their hash, kept once.
 *
 * Journey: what does not fit into a record's body (64 KiB) comes here, whole from the camera or
 * in pieces from a bundle, and goes into bundles in pieces. In pieces none is ever whole in
 * memory: room for it is made first (zeroblob), then filled; SQLite puts what its cache does
 * not hold into the write-ahead log, and a transaction that is rolled back takes it along.
 *
 * The row stands under its final name from the start, because to rename it SQLite would have to
 * read it whole. So whoever writes it looks first whether somebody else is writing it.
 *
 * In a database that is sealed at rest it stands as pieces that are sealed each by itself
 * (blob_rest.c); everybody here counts the bytes as they are, and only what goes to SQLite and
 * comes from it is the other. */
#include <string.h>

#include "store/inside.h"
#include "store/query.h"

struct blob_writer {
    struct arena arena;
    struct journal *j;
    struct blob_writer *next; /* of those that are being written */
    hash256 name;
    uint32_t size, done;
    int64_t row, transaction;
    sqlite3_blob *to;       /* NULL: the blob is here already */
    struct blob_seal *seal; /* NULL: not sealed */
    uint8_t hash[HASH_ROOM];
};

static struct hash_state *hash_in(uint8_t room[HASH_ROOM]) {
    size_t past = (uintptr_t)room % _Alignof(struct hash_state);
    return (struct hash_state *)(void *)(room +
                                         (past ? _Alignof(struct hash_state) - past : 0));
}

static enum status find(struct journal *j, const hash256 *name, int64_t *row, int64_t *size) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_BLOB_SIZE);
    sqlite3_bind_blob(q, 1, name->b, 32, SQLITE_STATIC);
    if (!st_row(j, q, &s)) return s ? s : status_fail(STATUS_NOT_FOUND, "a blob");
    *row = sqlite3_column_int64(q, 0);
    *size = sqlite3_column_int64(q, 1);
    sqlite3_reset(q);
    if (j->rest.sealed) *size = blob_plain_size(*size);
    return *size < 0 ? status_fail(STATUS_DAMAGED, "a blob has been cut") : STATUS_OK;
}

/* ---- whole ---- */

static enum status put_sealed(struct journal *j, const hash256 *name, const void *p, size_t n) {
    struct blob_writer *w = NULL;
    if (blob_have(j, name)) return STATUS_OK;
    enum status s = blob_write_start(&w, j, name, (uint32_t)n);
    if (!s) s = blob_write_add(w, p, n);
    if (!s) return blob_write_end(w);
    blob_write_abandon(w);
    return s;
}

static enum status put_open(struct journal *j, const hash256 *name, const void *p, size_t n) {
    sqlite3_stmt *q = st(j, ST_BLOB_PUT);
    sqlite3_bind_blob(q, 1, name->b, 32, SQLITE_STATIC);
    sqlite3_bind_blob(q, 2, n ? p : "", (int)n, SQLITE_STATIC);
    enum status s = st_done(j, q);
    sqlite3_clear_bindings(q);
    return s;
}

enum status blob_put(struct journal *j, const void *p, size_t n, hash256 *name) {
    bool alone = false;
    if (n > BLOB_BYTES_MAX) return status_fail(STATUS_TOO_LARGE, "a blob of %zu bytes", n);
    hash256 h = hash_of(p, n);
    enum status s = alone_begin(j, &alone);
    if (s) return s;
    s = j->rest.sealed ? put_sealed(j, &h, p, n) : put_open(j, &h, p, n);
    s = alone_end(j, alone, s);
    if (!s) *name = h;
    return s;
}

/* A sealed one is opened piece by piece behind what stands in `out` already. */
static enum status get_sealed(const struct journal *j, const hash256 *name, const uint8_t *p,
                              int64_t stored, struct buf *out) {
    size_t before = out->size;
    enum status s = blob_open_whole(j, name, p, stored, out);
    if (s) return s;
    hash256 h = hash_of(out->data + before, out->size - before);
    if (hash_equal(&h, name)) return STATUS_OK;
    out->size = before;
    return status_fail(STATUS_DAMAGED, "a blob does not have its hash");
}

enum status blob_get(struct journal *j, const hash256 *name, struct buf *out) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_BLOB_GET);
    sqlite3_bind_blob(q, 1, name->b, 32, SQLITE_STATIC);
    if (!st_row(j, q, &s)) return s ? s : status_fail(STATUS_NOT_FOUND, "a blob");
    const void *p = sqlite3_column_blob(q, 0);
    size_t n = (size_t)sqlite3_column_bytes(q, 0);
    if (j->rest.sealed) {
        s = get_sealed(j, name, p, (int64_t)n, out);
        sqlite3_reset(q);
        return s;
    }
    hash256 h = hash_of(p, n);
    if (!hash_equal(&h, name)) {
        s = status_fail(STATUS_DAMAGED, "a blob does not have its hash");
    } else {
        buf_add(out, p, n);
        if (out->overflow) s = status_fail(STATUS_TOO_LARGE, "a blob of %zu bytes", n);
    }
    sqlite3_reset(q);
    return s;
}

bool blob_have(struct journal *j, const hash256 *name) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_BLOB_HAVE);
    sqlite3_bind_blob(q, 1, name->b, 32, SQLITE_STATIC);
    bool have = st_row(j, q, &s);
    sqlite3_reset(q);
    return have;
}

/* ---- in pieces: writing ---- */

static bool being_written(const struct journal *j, const hash256 *name) {
    for (const struct blob_writer *w = j->blob_writers; w; w = w->next)
        if (hash_equal(&w->name, name)) return true;
    return false;
}

static enum status make_room(struct blob_writer *w) {
    struct journal *j = w->j;
    sqlite3_stmt *q = st(j, ST_BLOB_ROOM);
    sqlite3_bind_blob(q, 1, w->name.b, 32, SQLITE_STATIC);
    sqlite3_bind_int64(q, 2, j->rest.sealed ? blob_sealed_size(w->size) : w->size);
    enum status s = st_done(j, q);
    if (s) return s;
    w->row = sqlite3_last_insert_rowid(j->db);
    int rc = sqlite3_blob_open(j->db, "main", "blob", "bytes", w->row, 1, &w->to);
    if (rc != SQLITE_OK) return db_fail(j->db, rc);
    if (!j->rest.sealed) return STATUS_OK;
    return blob_seal_start(&w->seal, &w->arena, j, w->to, &w->name, w->size);
}

static void forget(struct blob_writer *w) {
    struct blob_writer **at = &w->j->blob_writers;
    while (*at && *at != w)
        at = &(*at)->next;
    if (*at) *at = w->next;
    struct arena a = w->arena;
    arena_release(&a);
}

/* What has been written of it goes, unless its transaction has gone already. */
static enum status take_back(struct blob_writer *w) {
    struct journal *j = w->j;
    bool made = w->row != 0;
    if (w->to) (void)sqlite3_blob_close(w->to);
    w->to = NULL;
    if (!made || !j->writing || j->transaction != w->transaction) return STATUS_OK;
    if (sqlite3_get_autocommit(j->db)) return STATUS_OK; /* SQLite has rolled back by itself */
    sqlite3_stmt *q = st(j, ST_BLOB_DROP);
    sqlite3_bind_int64(q, 1, w->row);
    return st_done(j, q);
}

/* A hash in the making wants more alignment than an arena gives. */
static struct blob_writer *writer_room(struct arena *a) {
    size_t wide = _Alignof(struct blob_writer);
    uintptr_t p = (uintptr_t)arena_take(a, sizeof(struct blob_writer) + wide);
    return (struct blob_writer *)((p + wide - 1) / wide * wide);
}

enum status blob_write_start(struct blob_writer **out, struct journal *j, const hash256 *name,
                             uint32_t size) {
    BELIEVE(j->writing);
    int64_t row = 0, there = 0;
    if (size > BLOB_BYTES_MAX) return status_fail(STATUS_TOO_LARGE, "a blob of %u bytes", size);
    if (being_written(j, name)) return status_fail(STATUS_INVALID, "one blob at two places");
    enum status s = find(j, name, &row, &there);
    bool known = s == STATUS_OK;
    if (s && s != STATUS_NOT_FOUND) return s;
    if (known && there != size)
        return status_fail(STATUS_DAMAGED, "a blob of %lld bytes said to have %u",
                           (long long)there, size);
    struct arena a = {0};
    struct blob_writer *w = writer_room(&a);
    *w = (struct blob_writer){
        .arena = a, .j = j, .name = *name, .size = size, .transaction = j->transaction};
    w->next = j->blob_writers;
    j->blob_writers = w;
    hash_start(hash_in(w->hash));
    if (!known) {
        s = make_room(w);
        if (s) {
            blob_write_abandon(w);
            return s;
        }
    }
    *out = w;
    return STATUS_OK;
}

enum status blob_write_add(struct blob_writer *w, const void *p, size_t n) {
    if (n > w->size - w->done)
        return status_fail(STATUS_DAMAGED, "more bytes than a blob was said to have");
    if (w->seal) {
        enum status s = blob_seal_add(w->seal, p, n);
        if (s) return s;
    } else if (w->to && n) {
        int rc = sqlite3_blob_write(w->to, p, (int)n, (int)w->done);
        if (rc != SQLITE_OK) return db_fail(w->j->db, rc);
    }
    if (n) hash_add(hash_in(w->hash), p, n);
    w->done += (uint32_t)n;
    return STATUS_OK;
}

enum status blob_write_end(struct blob_writer *w) {
    struct journal *j = w->j;
    enum status s = STATUS_OK, gone = STATUS_OK;
    if (w->done != w->size) {
        s = status_fail(STATUS_DAMAGED, "fewer bytes than a blob was said to have");
    } else {
        /* Also of one that is here already: whether a bundle is let in must not depend on what
         * came before it. */
        hash256 h = hash_end(hash_in(w->hash));
        if (!hash_equal(&h, &w->name))
            s = status_fail(STATUS_DAMAGED, "a blob does not have its hash");
    }
    if (s) {
        gone = take_back(w);
    } else if (w->to) {
        int rc = sqlite3_blob_close(w->to);
        w->to = NULL;
        if (rc != SQLITE_OK) s = db_fail(j->db, rc);
        j->wrote = true;
    }
    forget(w);
    return gone ? gone : s;
}

void blob_write_abandon(struct blob_writer *w) {
    if (!w) return;
    struct status_kept why = status_keep(); /* what made the caller give up */
    enum status s = take_back(w);
    if (s) log_line("store: a half blob: %s", status_key(s));
    status_put_back(&why);
    forget(w);
}

/* ---- in pieces: reading ---- */

enum status blob_size(struct journal *j, const hash256 *name, uint32_t *size) {
    int64_t row = 0, n = 0;
    enum status s = find(j, name, &row, &n);
    if (!s) *size = (uint32_t)n;
    return s;
}

/* A handle stays open from piece to piece: a new one would walk the blob's pages from the first
 * to the piece. It keeps the database from being tidied, so everything that writes ends it. */
void blob_rest(struct journal *j) {
    if (j->reading.blob) (void)sqlite3_blob_close(j->reading.blob);
    j->reading.blob = NULL;
    j->reading.piece = -1;
}

void blob_new_transaction(struct journal *j) {
    blob_rest(j);
    j->transaction++;
}

static enum status reading_open(struct journal *j, const hash256 *name) {
    if (j->reading.blob && hash_equal(&j->reading.name, name)) return STATUS_OK;
    int64_t row = 0, n = 0;
    blob_rest(j);
    enum status s = find(j, name, &row, &n);
    if (s) return s;
    int rc = sqlite3_blob_open(j->db, "main", "blob", "bytes", row, 0, &j->reading.blob);
    if (rc != SQLITE_OK) {
        s = db_fail(j->db, rc);
        blob_rest(j);
        return s;
    }
    j->reading.name = *name;
    j->reading.size = n;
    return j->rest.sealed ? blob_open_start(j) : STATUS_OK;
}

/* Who reads from front to end has the bytes held against the name on the way. */
static enum status check_reading(struct journal *j, const hash256 *name, uint32_t offset,
                                 const void *p, size_t n, size_t size) {
    if (offset == 0) {
        hash_start(hash_in(j->reading.hash));
        j->reading.hashed = 0;
        j->reading.hashing = *name;
    }
    if (offset != j->reading.hashed || !hash_equal(&j->reading.hashing, name)) return STATUS_OK;
    hash_add(hash_in(j->reading.hash), p, n);
    j->reading.hashed += n;
    if (j->reading.hashed != size || n == 0) return STATUS_OK;
    hash256 h = hash_end(hash_in(j->reading.hash));
    j->reading.hashed = SIZE_MAX; /* until somebody starts again */
    if (hash_equal(&h, name)) return STATUS_OK;
    return status_fail(STATUS_DAMAGED, "a blob does not have its hash");
}

enum status blob_read_at(struct journal *j, const hash256 *name, uint32_t offset, void *to,
                         size_t n) {
    size_t size = 0;
    int rc = SQLITE_ABORT;
    /* The second time with a new handle: a rollback or a change of the row ends one. */
    for (int i = 0; i < 2 && rc == SQLITE_ABORT; i++) {
        enum status s = reading_open(j, name);
        if (s) return s;
        size = (size_t)j->reading.size;
        if (offset > size || n > size - offset)
            return status_fail(STATUS_TRUNCATED, "a blob of %zu bytes read beyond its end",
                               size);
        rc = j->rest.sealed ? blob_open_at(j, to, n, offset, &s)
                            : sqlite3_blob_read(j->reading.blob, to, (int)n, (int)offset);
        if (s) return s;
        if (rc != SQLITE_OK || offset + n == size) blob_rest(j);
    }
    return rc == SQLITE_OK ? check_reading(j, name, offset, to, n, size) : db_fail(j->db, rc);
}

int64_t journal_spare_bytes(struct journal *j) {
    int64_t pages = query_one_int(j, 0, "PRAGMA freelist_count", 0);
    return pages * query_one_int(j, 0, "PRAGMA page_size", 0);
}

enum status blob_drop(struct journal *j, const hash256 *name) {
    bool alone = false;
    int64_t row = 0, n = 0;
    if (being_written(j, name)) return status_fail(STATUS_BUSY, "a blob being written");
    blob_rest(j);
    enum status s = alone_begin(j, &alone);
    if (s) return s;
    s = find(j, name, &row, &n);
    if (!s) {
        sqlite3_stmt *q = st(j, ST_BLOB_DROP);
        sqlite3_bind_int64(q, 1, row);
        s = st_done(j, q);
    }
    return alone_end(j, alone, s);
}
