/* sealing.c -- an open database becomes one that is sealed at rest, all of it or nothing.
 *
 * Journey: somebody chooses the first PIN. In one transaction every value is written anew into
 * tables beside the old ones, a little at a time so that the screen can show how far it is, and
 * the old ones go. Written anew, because a page of SQLite's that has held words may keep parts
 * of them between its rows; the old pages are all freed, and secure_delete overwrites those.
 *
 * A crash before the commit leaves the open database. After it there are the marks that erasing
 * has too (wipe.c): the next opening empties the write-ahead log, and puts the key file under
 * the key (self_to_rest).
 *
 * Until the end everything can be read: the small tables are moved at once, the tables that
 * models read go last, and only histories of rows are incomplete in between. */
#include <sodium.h>
#include <string.h>

#include "base/file.h"
#include "store/inside.h"
#include "store/vault.h"

#define RECORDS_AT_ONCE 64
#define BLOB_AT_ONCE    (256 * 1024)
#define RECORD_WEIGHT   500 /* bytes that one record counts for in the progress */
#define ROOM_LEAST      (8 * 1024 * 1024)

enum phase { PHASE_VAULT, PHASE_RECORDS, PHASE_BLOBS, PHASE_DROP, PHASE_READY };

struct sealing {
    struct arena arena;
    struct journal *j;
    enum phase phase;
    enum status failed; /* everything is as it was; nothing goes on */
    row_id person, last;
    char *label, *pass; /* the pass in memory of its own kind */
    uint8_t *key;       /* a second place: the journal's goes with it */
    sqlite3_stmt *copy, *forget, *next_blob;
    int64_t total, done; /* in bytes, about */
    struct blob_writer *to;
    sqlite3_blob *from;
    int64_t blob;
    uint32_t blob_at, blob_size;
    struct buf drops; /* names, each ended by a NUL */
    size_t dropped;
};

/* ---- beginning ---- */

static const char *const moved[] = {"log",   "journal", "run",  "salt_apart", "draft",
                                    "local", "blob",    "kept", "mark"};

static enum status aside(struct journal *j) {
    enum status s = STATUS_OK;
    for (size_t i = 0; !s && i < sizeof moved / sizeof moved[0]; i++)
        s = db_execf(j, "ALTER TABLE main.\"%s\" RENAME TO \"open_%s\"", moved[i], moved[i]);
    if (!s)
        s = db_exec(j, "DROP INDEX IF EXISTS main.journal_row;"
                       "DROP INDEX IF EXISTS main.journal_rules;");
    return s ? s : schema_enduring(j);
}

/* A run's key that was forgotten is zeros, and stays so. */
static enum status move_small(struct journal *j) {
    return db_exec(
        j, "INSERT INTO log SELECT * FROM open_log;"
           "INSERT INTO mark SELECT * FROM open_mark WHERE key <> 'tables';"
           "INSERT INTO run SELECT log, first_seq, previous, CASE WHEN salt_key = zeroblob(32) "
           "THEN salt_key ELSE rest_seal_run(salt_key, log, first_seq, previous) END FROM "
           "open_run;"
           "INSERT INTO salt_apart SELECT record, rest_seal_salt(salt, record) FROM "
           "open_salt_apart;"
           "INSERT INTO draft SELECT key, rest_seal(value, 'draft', key) FROM open_draft;"
           "INSERT INTO local SELECT key, rest_seal(value, 'local', key) FROM open_local;"
           "INSERT INTO kept SELECT key, rest_seal(value, 'kept', key) FROM open_kept;");
}

static enum status number_of(struct journal *j, const char *sql, int64_t *out) {
    sqlite3_stmt *q = NULL;
    enum status s = st_prepare(j, &q, sql);
    if (!s && st_row(j, q, &s)) *out += sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return s;
}

static enum status count_all(struct sealing *w) {
    enum status s = number_of(w->j, "SELECT count(*) FROM open_journal", &w->total);
    w->total *= RECORD_WEIGHT;
    if (!s)
        s = number_of(w->j, "SELECT coalesce(sum(length(bytes)), 0) FROM open_blob", &w->total);
    return s;
}

/* Everything that is not one of the sealed tables: what was read by models, what was there
 * before, and SQLite's notes about both. */
static enum status list_drops(struct sealing *w) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = NULL;
    s = st_prepare(w->j, &q,
                   "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND (name = "
                   "'sqlite_stat1' OR name NOT LIKE 'sqlite\\_%' ESCAPE '\\') AND name NOT IN "
                   "('log', 'journal', 'run', 'salt_apart', 'draft', 'local', 'blob', 'kept', "
                   "'mark', 'vault', 'vault_try')");
    while (!s && st_row(w->j, q, &s)) {
        const char *name = (const char *)sqlite3_column_text(q, 0);
        buf_add(&w->drops, name, strlen(name) + 1);
    }
    sqlite3_finalize(q);
    return s;
}

static enum status prepare(struct sealing *w) {
    struct journal *j = w->j;
    enum status s =
        st_prepare(j, &w->copy,
                   "INSERT INTO journal SELECT id, hlc, at, tz, \"by\", kind, op, \"row\", "
                   "parent, epoch, rest_seal_body(body, id, hlc, at, tz, \"by\", kind, op, "
                   "\"row\", parent, hash, checks, copy), commitment, hash, checks, copy FROM "
                   "open_journal WHERE id > ?1 ORDER BY id LIMIT ?2");
    if (!s) s = st_prepare(j, &w->forget, "DELETE FROM open_journal WHERE id <= ?1");
    if (!s)
        s = st_prepare(j, &w->next_blob,
                       "SELECT id, hash, length(bytes) FROM open_blob ORDER BY id LIMIT 1");
    return s;
}

static enum status begin(struct sealing *w) {
    struct journal *j = w->j;
    blob_rest(j);
    /* Nothing of before is to stand in the write-ahead log behind what comes now, and no
     * statement's own journal in a file. */
    int rc = sqlite3_wal_checkpoint_v2(j->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    if (rc != SQLITE_OK) return db_fail(j->db, rc);
    st_finalize_all(j);
    enum status s = j->memory_tables ? STATUS_OK : db_exec(j, "PRAGMA temp_store = MEMORY");
    if (!s) s = rest_take_key(j, w->key);
    if (!s) s = journal_begin(j);
    if (!s) s = aside(j);
    if (!s) s = move_small(j);
    if (!s) s = count_all(w);
    if (s) return s;
    st_finalize_all(j);
    j->rest.sealed = true;
    return prepare(w);
}

/* Back to what it was. SQLite may have rolled back by itself already. */
static void undo(struct sealing *w) {
    struct journal *j = w->j;
    struct status_kept why = status_keep();
    sqlite3_finalize(w->copy);
    sqlite3_finalize(w->forget);
    sqlite3_finalize(w->next_blob);
    w->copy = w->forget = w->next_blob = NULL;
    if (w->from) (void)sqlite3_blob_close(w->from);
    w->from = NULL;
    st_finalize_all(j);
    j->rest.sealed = false;
    journal_rollback(j);
    blob_write_abandon(w->to);
    w->to = NULL;
    st_finalize_all(j);
    rest_forget(j);
    status_put_back(&why);
}

static enum status fail(struct sealing *w, enum status s) {
    w->failed = s;
    undo(w);
    return s;
}

static void release(struct sealing *w) {
    sodium_free(w->pass); /* wipes */
    sodium_free(w->key);
    buf_release(&w->drops);
    struct arena a = w->arena;
    arena_release(&a);
}

static enum status room_for(const struct journal *j) {
    struct arena a = {0};
    int64_t size = file_size(j->path);
    int64_t there = size < 0 ? -1 : file_free_bytes(path_dir(&a, j->path));
    arena_release(&a);
    if (there < 0 || there >= size + size / 2 + ROOM_LEAST) return STATUS_OK;
    return status_fail(STATUS_DISK_FULL, "%lld bytes free, and %lld are to be written again",
                       (long long)there, (long long)size);
}

enum status sealing_start(struct sealing **out, struct journal *j, row_id person,
                          const char *label, const char *pass) {
    if (j->read_only) return status_fail(STATUS_READ_ONLY, "opened for reading");
    if (j->rest.key) return status_fail(STATUS_EXISTS, "it is sealed already");
    if (j->writing) return status_fail(STATUS_INVALID, "sealing in the middle of an intent");
    if (pass_fault(pass) != PASS_FINE) return status_fail(STATUS_INVALID, "no PIN");
    enum status s = room_for(j);
    if (s) return s;
    if (sodium_init() < 0) return status_fail(STATUS_IO, "libsodium does not start");
    struct arena a = {0};
    struct sealing *w = ARENA_NEW(&a, struct sealing);
    w->arena = a;
    w->j = j;
    w->person = person;
    w->label = arena_strdup(&w->arena, label);
    w->pass = sodium_malloc(strlen(pass) + 1);
    w->key = sodium_malloc(KEY_BYTES);
    if (!w->pass || !w->key) {
        release(w);
        return status_fail(STATUS_IO, "no memory that stays in memory");
    }
    memcpy(w->pass, pass, strlen(pass) + 1);
    random_bytes(w->key, KEY_BYTES);
    s = begin(w);
    if (s) {
        (void)fail(w, s);
        release(w);
        return s;
    }
    *out = w;
    return STATUS_OK;
}

/* ---- a little at a time ---- */

static enum status one_vault(struct sealing *w) {
    enum status s = vault_put(w->j, w->person, w->label, w->pass, w->key);
    sodium_memzero(w->pass, strlen(w->pass));
    w->phase = PHASE_RECORDS;
    return s;
}

static enum status one_records(struct sealing *w) {
    struct journal *j = w->j;
    sqlite3_bind_int64(w->copy, 1, w->last);
    sqlite3_bind_int(w->copy, 2, RECORDS_AT_ONCE);
    enum status s = st_done(j, w->copy);
    if (s) return s;
    int n = sqlite3_changes(j->db);
    if (n == 0) {
        w->phase = PHASE_BLOBS;
        return STATUS_OK;
    }
    w->last = sqlite3_last_insert_rowid(j->db);
    w->done += (int64_t)n * RECORD_WEIGHT;
    sqlite3_bind_int64(w->forget, 1, w->last);
    return st_done(j, w->forget);
}

static enum status drop_blob(struct sealing *w) {
    if (w->from) (void)sqlite3_blob_close(w->from);
    w->from = NULL;
    return db_execf(w->j, "DELETE FROM open_blob WHERE id = %lld", (long long)w->blob);
}

static enum status next_blob(struct sealing *w) {
    struct journal *j = w->j;
    enum status s = STATUS_OK;
    hash256 name = {0};
    if (!st_row(j, w->next_blob, &s)) {
        w->phase = PHASE_DROP;
        return s ? s : list_drops(w);
    }
    bool named = sqlite3_column_bytes(w->next_blob, 1) == HASH_BYTES;
    int64_t size = sqlite3_column_int64(w->next_blob, 2);
    w->blob = sqlite3_column_int64(w->next_blob, 0);
    if (named) memcpy(name.b, sqlite3_column_blob(w->next_blob, 1), HASH_BYTES);
    sqlite3_reset(w->next_blob);
    if (!named || size > BLOB_BYTES_MAX) { /* damaged: nobody could ever read it */
        log_line("store: a blob without a name is left behind");
        return drop_blob(w);
    }
    int rc = sqlite3_blob_open(j->db, "main", "open_blob", "bytes", w->blob, 0, &w->from);
    if (rc != SQLITE_OK) return db_fail(j->db, rc);
    w->blob_at = 0;
    w->blob_size = (uint32_t)size;
    return blob_write_start(&w->to, j, &name, w->blob_size);
}

static enum status end_blob(struct sealing *w) {
    struct blob_writer *to = w->to;
    w->to = NULL;
    enum status s = blob_write_end(to);
    if (s == STATUS_DAMAGED) {
        log_line("store: a blob that does not have its hash is left behind");
        s = STATUS_OK;
    }
    return s ? s : drop_blob(w);
}

static enum status one_blobs(struct sealing *w) {
    static uint8_t piece[BLOB_AT_ONCE]; /* for one sealing at a time */
    if (!w->to) return next_blob(w);
    if (w->blob_at == w->blob_size) return end_blob(w);
    uint32_t left = w->blob_size - w->blob_at, n = left < sizeof piece ? left : sizeof piece;
    int rc = sqlite3_blob_read(w->from, piece, (int)n, (int)w->blob_at);
    if (rc != SQLITE_OK) return db_fail(w->j->db, rc);
    w->blob_at += n;
    w->done += n;
    enum status s = blob_write_add(w->to, piece, n);
    sodium_memzero(piece, n);
    return s;
}

static enum status one_drop(struct sealing *w) {
    if (w->dropped == 0) st_finalize_all(w->j);
    if (w->dropped == w->drops.size) {
        w->phase = PHASE_READY;
        return STATUS_OK;
    }
    const char *name = (const char *)w->drops.data + w->dropped;
    w->dropped += strlen(name) + 1;
    return db_execf(w->j, "DROP TABLE main.\"%s\"", name);
}

enum status sealing_step(struct sealing *w, int ms, bool *done, double *part) {
    static enum status (*const one[])(struct sealing *) = {
        [PHASE_VAULT] = one_vault,
        [PHASE_RECORDS] = one_records,
        [PHASE_BLOBS] = one_blobs,
        [PHASE_DROP] = one_drop,
    };
    struct clock clock = clock_system(); /* the journal's own may stand still, in a test */
    int64_t until = clock_boot(&clock) + ms;
    enum status s = w->failed;
    if (s) return status_fail(s, "the sealing has ended");
    do
        if (w->phase != PHASE_READY) s = one[w->phase](w);
    while (!s && w->phase != PHASE_READY && clock_boot(&clock) < until);
    if (s) return fail(w, s);
    *done = w->phase == PHASE_READY;
    *part = *done ? 1 : w->total ? 0.98 * (double)w->done / (double)w->total : 0;
    if (*part > 1) *part = 1;
    return STATUS_OK;
}

/* ---- the end ---- */

static enum status commit(struct sealing *w) {
    struct journal *j = w->j;
    enum status s = rest_mark(j);
    if (!s) s = wipe_mark(j);
    if (!s) s = db_exec(j, "PRAGMA user_version = 2");
    if (s) return s;
    j->wrote = j->wipe = true;
    return journal_commit(j); /* and empties the write-ahead log, or leaves the mark */
}

enum status sealing_finish(struct sealing *w, uint8_t key[32]) {
    struct journal *j = w->j;
    enum status s = w->failed;
    if (!s && w->phase != PHASE_READY) s = status_fail(STATUS_INVALID, "not all is sealed yet");
    if (!s) {
        st_finalize_all(j);
        sqlite3_finalize(w->copy);
        sqlite3_finalize(w->forget);
        sqlite3_finalize(w->next_blob);
        w->copy = w->forget = w->next_blob = NULL;
        s = commit(w);
    }
    if (s) {
        if (!w->failed) (void)fail(w, s);
        release(w);
        return s;
    }
    /* It is sealed; what cannot be done now is done when it is opened next. */
    j->memory_tables = true;
    s = self_to_rest(j);
    if (s) log_line("store: the key file waits to be sealed: %s", status_key(s));
    memcpy(key, w->key, KEY_BYTES);
    release(w);
    return STATUS_OK;
}

void sealing_cancel(struct sealing *w) {
    if (!w) return;
    if (!w->failed) (void)fail(w, STATUS_CANCELLED);
    release(w);
}
