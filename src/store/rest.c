/* rest.c -- what a sealed database has on the disk, sealed and opened again.
 *
 * Journey: the rest of the store reads and writes plain values, always. In a sealed database
 * the SQL texts (statement_list.h) hand each of them through a function from here on its way in
 * and out, so there is one place where it is done, and none where it can be forgotten. The open
 * database has texts without them.
 *
 * Each value is sealed (key_rest_seal) about where it belongs, so that it opens nowhere else:
 *
 *      body        the record: its hash, its header, the logs and numbers that it names
 *      run         log, seq and hash before
 *      salt_apart  the record's log and seq
 *      draft, kept, local, mark   table and key
 *
 * Logs are meant by their ids and never by their numbers in this database, so what is written
 * about a record stays true when a fork moves it to another stretch.
 *
 * What does not open says nothing about itself: a body becomes one byte that no body can be,
 * so that it reads as damaged and verify tells; anything else becomes NULL. */
#include <sodium.h>
#include <string.h>

#include "store/inside.h"

#define DOMAIN      "lantern rest 1"
#define LOG_BYTES   16 /* of a log's id: nobody can make another one that begins so */
#define KEY_MOST    128
#define CHECK_KEY   "rest"
#define CHECK_BYTES 32

_Static_assert(KEY_REST_OVER == 40, "as union.h says it in SQL");

static const uint8_t no_body[1] = {0xFF}; /* the end of nothing, in CBOR */

/* ---- about ---- */

struct about {
    uint8_t bytes[320];
    size_t n;
};

static void about_add(struct about *a, const void *p, size_t n) {
    BELIEVE(n <= sizeof a->bytes - a->n);
    memcpy(a->bytes + a->n, p, n);
    a->n += n;
}

static void about_number(struct about *a, int64_t v) {
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)((uint64_t)v >> (8 * i));
    about_add(a, bytes, 8);
}

static void about_start(struct about *a, const char *table) {
    a->n = 0;
    about_add(a, DOMAIN, sizeof DOMAIN);
    about_add(a, table, strlen(table) + 1);
}

/* Exactly n bytes, whatever the file says. */
static void about_bytes(struct about *a, sqlite3_value *v, size_t n) {
    static const uint8_t zeros[HASH_BYTES];
    bool whole = (size_t)sqlite3_value_bytes(v) == n;
    about_add(a, whole ? sqlite3_value_blob(v) : zeros, n);
}

static void about_row(struct about *a, struct journal *j, row_id id) {
    static const uint8_t none[LOG_BYTES];
    const struct log_entry *e = log_at(j, ROW_LOG(id));
    about_add(a, e ? e->id.b : none, LOG_BYTES);
    about_number(a, ROW_SEQ(id));
}

/* value, id, hlc, at, tz, by, kind, op, row, parent, hash, checks, copy */
#define BODY_ARGUMENTS 13
static void about_body(struct about *a, struct journal *j, sqlite3_value **v) {
    about_start(a, "body");
    about_bytes(a, v[10], HASH_BYTES);
    about_number(a, sqlite3_value_int64(v[2]));
    about_number(a, sqlite3_value_int64(v[3]));
    /* Each by itself: one number made of all could be had in two ways. */
    about_number(a, sqlite3_value_int64(v[4]));
    about_number(a, sqlite3_value_int64(v[6]));
    about_number(a, sqlite3_value_int64(v[7]));
    about_number(a, sqlite3_value_type(v[12]) != SQLITE_NULL);
    about_row(a, j, sqlite3_value_int64(v[1]));
    about_row(a, j, sqlite3_value_int64(v[5]));
    about_row(a, j, sqlite3_value_int64(v[8]));
    about_row(a, j, sqlite3_value_int64(v[9]));
    about_bytes(a, v[11], 12);
}

/* value, log, first_seq, previous */
#define RUN_ARGUMENTS 4
static void about_run(struct about *a, struct journal *j, sqlite3_value **v) {
    about_start(a, "run");
    about_row(a, j, ROW_ID(sqlite3_value_int64(v[1]), sqlite3_value_int64(v[2])));
    about_bytes(a, v[3], HASH_BYTES);
}

/* value, record */
#define SALT_ARGUMENTS 2
static void about_salt(struct about *a, struct journal *j, sqlite3_value **v) {
    about_start(a, "salt_apart");
    about_row(a, j, sqlite3_value_int64(v[1]));
}

static void about_key(struct about *a, const char *table, const void *key, size_t n) {
    uint8_t length = n > KEY_MOST ? 0xFF : (uint8_t)n;
    about_start(a, table);
    about_add(a, &length, 1);
    if (n > KEY_MOST) {
        hash256 h = hash_of(key, n);
        about_add(a, h.b, HASH_BYTES);
    } else if (n) {
        about_add(a, key, n);
    }
}

/* value, table, key */
#define VALUE_ARGUMENTS 3
static void about_value(struct about *a, struct journal *j, sqlite3_value **v) {
    (void)j;
    const char *table = (const char *)sqlite3_value_text(v[1]);
    const void *key = sqlite3_value_text(v[2]);
    about_key(a, table ? table : "", key, key ? (size_t)sqlite3_value_bytes(v[2]) : 0);
}

/* ---- sealing and opening inside SQL ---- */

/* What is short, which is nearly everything, goes through room of ours into the register that
 * the statement has already; what is long into memory that it takes over. */
static uint8_t *room_for(sqlite3_context *ctx, struct journal *j, size_t n, bool *own) {
    *own = n > REST_ROOM_BYTES;
    if (!*own) return j->rest.room;
    uint8_t *p = sqlite3_malloc64(n);
    if (!p) sqlite3_result_error_nomem(ctx);
    return p;
}

static void give(sqlite3_context *ctx, uint8_t *p, size_t n, bool own, bool text) {
    sqlite3_destructor_type how = own ? sqlite3_free : SQLITE_TRANSIENT;
    if (text)
        sqlite3_result_text64(ctx, (const char *)p, n, how, SQLITE_UTF8);
    else
        sqlite3_result_blob64(ctx, p, n, how);
}

static void seal_value(sqlite3_context *ctx, struct journal *j, const struct about *a,
                       sqlite3_value *v) {
    bool own = false;
    if (sqlite3_value_type(v) == SQLITE_NULL) return;
    const void *p = sqlite3_value_blob(v);
    size_t n = (size_t)sqlite3_value_bytes(v);
    uint8_t *to = room_for(ctx, j, n + KEY_REST_OVER, &own);
    if (!to) return;
    key_rest_seal(j->rest.key, a->bytes, a->n, p, n, to);
    give(ctx, to, n + KEY_REST_OVER, own, false);
}

/* False when it does not open; the result is NULL then. */
static bool open_value(sqlite3_context *ctx, struct journal *j, const struct about *a,
                       sqlite3_value *v, bool text) {
    bool own = false;
    if (sqlite3_value_type(v) != SQLITE_BLOB) return false;
    const uint8_t *p = sqlite3_value_blob(v);
    size_t n = (size_t)sqlite3_value_bytes(v);
    if (n < KEY_REST_OVER) return false;
    uint8_t *to = room_for(ctx, j, n, &own);
    if (!to) return true;
    bool opens = key_rest_open(j->rest.key, a->bytes, a->n, p, n, to);
    if (opens)
        give(ctx, to, n - KEY_REST_OVER, own, text);
    else if (own)
        sqlite3_free(to);
    return opens;
}

static void open_body(sqlite3_context *ctx, int n, sqlite3_value **v) {
    struct journal *j = sqlite3_user_data(ctx);
    struct about a;
    (void)n;
    if (sqlite3_value_type(v[0]) == SQLITE_NULL) return; /* erased, or withheld */
    about_body(&a, j, v);
    if (!open_value(ctx, j, &a, v[0], false))
        sqlite3_result_blob(ctx, no_body, sizeof no_body, SQLITE_STATIC);
}

static bool names_blobs(uint32_t number) {
    const struct kind *k = kind_by_number(number);
    for (const struct column *c = k ? k->columns : NULL; c && c->name; c++)
        if (c->type == COL_HASH) return true;
    return false;
}

/* Who counts what waits to be sent goes through all records: few of them name blobs. */
static void open_naming_body(sqlite3_context *ctx, int n, sqlite3_value **v) {
    if (sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    if (names_blobs((uint32_t)sqlite3_value_int64(v[6])))
        open_body(ctx, n, v);
    else
        sqlite3_result_zeroblob(ctx, 0);
}

/* Of a blob that has been cut: none. */
static void blob_size_of(sqlite3_context *ctx, int n, sqlite3_value **v) {
    int64_t size = blob_plain_size(sqlite3_value_int64(v[0]));
    (void)n;
    sqlite3_result_int64(ctx, size > 0 ? size : 0);
}

static void seal_body(sqlite3_context *ctx, int n, sqlite3_value **v) {
    struct journal *j = sqlite3_user_data(ctx);
    struct about a;
    (void)n;
    about_body(&a, j, v);
    seal_value(ctx, j, &a, v[0]);
}

/* A key that was forgotten is zeros, and nothing to be sealed. */
static void open_run(sqlite3_context *ctx, int n, sqlite3_value **v) {
    static const uint8_t zeros[32];
    struct journal *j = sqlite3_user_data(ctx);
    struct about a;
    (void)n;
    bool gone = sqlite3_value_bytes(v[0]) == sizeof zeros &&
                memcmp(sqlite3_value_blob(v[0]), zeros, sizeof zeros) == 0;
    about_run(&a, j, v);
    if (gone)
        sqlite3_result_blob(ctx, zeros, sizeof zeros, SQLITE_STATIC);
    else
        (void)open_value(ctx, j, &a, v[0], false);
}

static void seal_run(sqlite3_context *ctx, int n, sqlite3_value **v) {
    struct journal *j = sqlite3_user_data(ctx);
    struct about a;
    (void)n;
    about_run(&a, j, v);
    seal_value(ctx, j, &a, v[0]);
}

static void open_salt(sqlite3_context *ctx, int n, sqlite3_value **v) {
    struct journal *j = sqlite3_user_data(ctx);
    struct about a;
    (void)n;
    about_salt(&a, j, v);
    (void)open_value(ctx, j, &a, v[0], false);
}

static void seal_salt(sqlite3_context *ctx, int n, sqlite3_value **v) {
    struct journal *j = sqlite3_user_data(ctx);
    struct about a;
    (void)n;
    about_salt(&a, j, v);
    seal_value(ctx, j, &a, v[0]);
}

/* What the lock page needs before anybody has been let in: how it should look. */
bool rest_stands_open(const char *key) {
    static const char *const open[] = {"theme", "theme_until", "text_percent", "left_hand"};
    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++)
        if (strcmp(key, open[i]) == 0) return true;
    return false;
}

static bool stands_open(sqlite3_value **v, bool *text) {
    const char *table = (const char *)sqlite3_value_text(v[1]);
    const char *key = (const char *)sqlite3_value_text(v[2]);
    *text = table && strcmp(table, "local") == 0;
    return *text && key && rest_stands_open(key);
}

static void open_any(sqlite3_context *ctx, int n, sqlite3_value **v) {
    struct journal *j = sqlite3_user_data(ctx);
    struct about a;
    bool text = false, open = stands_open(v, &text);
    (void)n;
    about_value(&a, j, v);
    if (open)
        sqlite3_result_value(ctx, v[0]);
    else
        (void)open_value(ctx, j, &a, v[0], text);
}

static void seal_any(sqlite3_context *ctx, int n, sqlite3_value **v) {
    struct journal *j = sqlite3_user_data(ctx);
    struct about a;
    bool text = false, open = stands_open(v, &text);
    (void)n;
    about_value(&a, j, v);
    if (open)
        sqlite3_result_value(ctx, v[0]);
    else
        seal_value(ctx, j, &a, v[0]);
}

/* Directly only: nothing that somebody has put into the schema of a stolen file may ask. */
static enum status functions(struct journal *j) {
    static const struct {
        const char *name;
        int arguments;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
    } all[] = {
        {"rest_open_body", BODY_ARGUMENTS, open_body},
        {"rest_naming_body", BODY_ARGUMENTS, open_naming_body},
        {"rest_blob_size", 1, blob_size_of},
        {"rest_seal_body", BODY_ARGUMENTS, seal_body},
        {"rest_open_run", RUN_ARGUMENTS, open_run},
        {"rest_seal_run", RUN_ARGUMENTS, seal_run},
        {"rest_open_salt", SALT_ARGUMENTS, open_salt},
        {"rest_seal_salt", SALT_ARGUMENTS, seal_salt},
        {"rest_open", VALUE_ARGUMENTS, open_any},
        {"rest_seal", VALUE_ARGUMENTS, seal_any},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        int rc = sqlite3_create_function_v2(j->db, all[i].name, all[i].arguments,
                                            SQLITE_UTF8 | SQLITE_DIRECTONLY, j, all[i].call,
                                            NULL, NULL, NULL);
        if (rc != SQLITE_OK) return db_fail(j->db, rc);
    }
    return STATUS_OK;
}

/* ---- the key ---- */

enum status rest_take_key(struct journal *j, const uint8_t key[KEY_BYTES]) {
    if (sodium_init() < 0) return status_fail(STATUS_IO, "libsodium does not start");
    if (!j->rest.key) j->rest.key = sodium_malloc(KEY_BYTES);
    if (!j->rest.room) j->rest.room = arena_take(&j->arena, REST_ROOM_BYTES);
    if (!j->rest.key) return status_fail(STATUS_IO, "no memory that stays in memory");
    memcpy(j->rest.key, key, KEY_BYTES);
    return functions(j);
}

void rest_forget(struct journal *j) {
    if (j->rest.room) key_wipe(j->rest.room, REST_ROOM_BYTES);
    if (j->reading.plain) key_wipe(j->reading.plain, BLOB_PIECE_BYTES);
    sodium_free(j->rest.key); /* wipes */
    j->rest.key = NULL;
    j->rest.sealed = false;
}

/* Nothing on its own; only its key opens it. */
enum status rest_mark(struct journal *j) {
    struct about a;
    uint8_t plain[CHECK_BYTES], sealed[CHECK_BYTES + KEY_REST_OVER];
    random_bytes(plain, sizeof plain);
    about_key(&a, "mark", CHECK_KEY, strlen(CHECK_KEY));
    key_rest_seal(j->rest.key, a.bytes, a.n, plain, sizeof plain, sealed);
    sqlite3_stmt *q = st(j, ST_MARK_PUT);
    sqlite3_bind_text(q, 1, CHECK_KEY, -1, SQLITE_STATIC);
    sqlite3_bind_blob(q, 2, sealed, sizeof sealed, SQLITE_STATIC);
    enum status s = st_done(j, q);
    sqlite3_clear_bindings(q);
    return s;
}

/* A statement of its own: whoever waits for the file closes it in between. */
enum status rest_check(struct journal *j, bool *marked, bool *opens) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = NULL;
    struct about a;
    uint8_t plain[CHECK_BYTES];
    *marked = *opens = false;
    s = st_prepare(j, &q, "SELECT value FROM mark WHERE key = '" CHECK_KEY "'");
    if (!s && st_row(j, q, &s)) {
        about_key(&a, "mark", CHECK_KEY, strlen(CHECK_KEY));
        *marked = true;
        *opens = j->rest.key && sqlite3_column_bytes(q, 0) == CHECK_BYTES + KEY_REST_OVER &&
                 key_rest_open(j->rest.key, a.bytes, a.n, sqlite3_column_blob(q, 0),
                               CHECK_BYTES + KEY_REST_OVER, plain);
    }
    sqlite3_finalize(q);
    return s;
}

/* A sealed database: everything that people read is in memory only, and nothing of it in
 * SQLite's own temporary files. */
enum status rest_settle(struct journal *j) {
    j->rest.sealed = j->memory_tables = true;
    return db_exec(j, "PRAGMA temp_store = MEMORY");
}

bool journal_at_rest_sealed(const struct journal *j) {
    return j->rest.sealed;
}
