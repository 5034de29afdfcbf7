/* self.c -- who this device is: its key, its incarnation, and the marker beside the database.
 *
 * Journey: asked at start, before the first record. The key file (keyfile.c) holds the secret
 * key, those before it, the incarnation and the marker: seq and hash of the last exported
 * record. When it does not fit the database, one of the two was copied or restored, and the log
 * it names may live on elsewhere: then a new incarnation starts a new log, so that no two
 * devices ever write the same one.
 *
 * The file is always written before the database. A crash in between only makes the two not
 * fit, and what was begun is done again at the next start: no secret is ever only in the
 * database's future or only in memory.
 *
 * A file that is there but says nothing is never written over: it may hold the only secret that
 * opens what was sealed to it. On a tablet it is set aside and the tablet becomes a new device,
 * since nobody may be kept out of their own notes. An office stops instead: a new key would be
 * a stranger to its tablets, and somebody is there who can put a copy back. */
#include <sodium.h>
#include <string.h>

#include "base/cbor.h"
#include "store/inside.h"

static const uint8_t *public_of(const uint8_t secret[SECRET_BYTES]) {
    return secret + 32; /* libsodium keeps the public key in the second half */
}

/* The next keys come into force; they are in the file by now. */
static void adopt(struct journal *j) {
    j->keys = j->next;
    sodium_memzero(&j->next, sizeof j->next);
}

static enum status write_next(struct journal *j) {
    j->next.at_rest = j->rest.key && !j->next.under_passphrase;
    return j->key_path ? keyfile_write(j->key_path, j->rest.key, &j->next) : STATUS_OK;
}

static enum status not_adopted(struct journal *j, enum status s) {
    sodium_memzero(&j->next, sizeof j->next);
    return s;
}

static enum status fits(struct journal *j, const struct own_keys *k, bool *fit) {
    *fit = false;
    const struct log_entry *own = log_at(j, j->own);
    hash256 id = union_log_id(public_of(k->secret), k->incarnation);
    if (!own || memcmp(own->key, public_of(k->secret), 32) != 0 ||
        memcmp(own->incarnation, k->incarnation, 8) != 0 || !hash_equal(&own->id, &id))
        return STATUS_OK;
    *fit = k->seq == 0;
    if (*fit) return STATUS_OK;
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_HASH);
    sqlite3_bind_int64(q, 1, ref_own(j, own->no, k->seq));
    if (st_row(j, q, &s)) {
        *fit = sqlite3_column_bytes(q, 0) == 32 &&
               memcmp(sqlite3_column_blob(q, 0), k->hash.b, 32) == 0;
        sqlite3_reset(q);
    }
    return s;
}

/* ---- a new log ---- */

/* The new log goes on after everything there is, however wrong a clock was (up to hlc_limit).
 */
static enum status keep_highest_hlc(struct journal *j) {
    return db_execf(j,
                    "INSERT OR REPLACE INTO mark (key, value) SELECT 'hlc', max("
                    "coalesce((SELECT value FROM mark WHERE key = 'hlc'), 0), "
                    "coalesce((SELECT max(hlc) FROM journal WHERE hlc < %lld), 0))",
                    (long long)hlc_limit(clock_wall(&j->clock)));
}

static enum status add_own_log(struct journal *j, const hash256 *id, int32_t *no) {
    static const uint8_t trunk[8];
    enum status s =
        log_add(j, id, trunk, public_of(j->next.secret), j->next.incarnation, 0, 1, no);
    if (s) return s;
    sqlite3_stmt *q = st(j, ST_LOG_OWN);
    sqlite3_bind_int(q, 1, *no);
    s = st_done(j, q);
    return s ? s : keep_highest_hlc(j);
}

/* The log could not be begun: the file says again what holds. When not even that can be
 * written, the next start begins the log that the file names. */
static void put_file_back(struct journal *j) {
    struct status_kept why = status_keep();
    if (!j->keys.known || !j->key_path) return;
    enum status s = keyfile_write(j->key_path, j->rest.key, &j->keys);
    if (s) log_line("store: the key file is ahead of the database: %s", status_key(s));
    status_put_back(&why);
}

/* A log of our own from its first record, of the next incarnation, under the next key. */
static enum status start_log(struct journal *j) {
    int32_t no = 0;
    struct own_keys *k = &j->next;
    random_bytes(k->incarnation, 8);
    k->known = true;
    k->ordinal++;
    k->seq = 0;
    memset(k->hash.b, 0, 32);
    hash256 id = union_log_id(public_of(k->secret), k->incarnation);
    enum status s = write_next(j);
    if (s) return not_adopted(j, s);
    s = journal_begin(j);
    if (!s) s = add_own_log(j, &id, &no);
    if (!s) s = journal_commit(j);
    if (s) {
        put_file_back(j);
        journal_rollback(j);
        return not_adopted(j, s);
    }
    if (log_at(j, j->own)) log_at(j, j->own)->own = false;
    log_at(j, no)->own = true;
    j->own = no;
    j->own_id = id;
    adopt(j);
    log_line("store: a new incarnation, log %d", no);
    return STATUS_OK;
}

/* ---- at start ---- */

static void new_secret(uint8_t secret[SECRET_BYTES]) {
    uint8_t key[32], seed[crypto_sign_SEEDBYTES];
    random_bytes(seed, sizeof seed);
    crypto_sign_seed_keypair(key, secret, seed);
    sodium_memzero(seed, sizeof seed);
}

/* A file of version 1 did not count: what this database knows of is counted. */
static int64_t count_incarnations(struct journal *j, const struct own_keys *k) {
    int64_t n = 0;
    for (int32_t no = 1; no <= (int32_t)logs_count(j); no++) {
        const struct log_entry *e = log_at(j, no);
        n += !e->base && memcmp(e->key, public_of(k->secret), 32) == 0;
    }
    return n ? n : 1;
}

static enum status read_file(struct journal *j, const char *passphrase, bool *there) {
    *there = false;
    if (!j->key_path) return STATUS_OK;
    enum status s = keyfile_read(j->key_path, passphrase, j->rest.key, &j->next, there);
    if (!j->read_only) keyfile_keep_private(j->key_path);
    if (s != STATUS_DAMAGED || j->read_only) return s;
    log_line("store: %s", status_detail());
    if (strcmp(j->device_role, "office") == 0)
        return status_fail(STATUS_DAMAGED,
                           "%s is damaged; put a copy of it back, or move it away to go on "
                           "with new keys",
                           j->key_path);
    return keyfile_set_aside(j->key_path);
}

/* A key file from before the database was sealed, or whose rewriting a crash cut off. */
enum status self_to_rest(struct journal *j) {
    if (!j->rest.key || !j->key_path || j->keys.at_rest || j->keys.under_passphrase)
        return STATUS_OK;
    j->next = j->keys;
    enum status s = write_next(j);
    if (s) return not_adopted(j, s);
    adopt(j);
    return STATUS_OK;
}

/* Beside a database that is sealed, one that lies open can only be its own from before. Another
 * was put there by somebody, who knows its secret. */
static bool a_strangers(const struct journal *j, bool fit) {
    return j->rest.key && logs_count(j) > 0 && !j->next.at_rest && !j->next.under_passphrase &&
           !fit;
}

static enum status start_anew(struct journal *j, const char *passphrase) {
    enum status s = STATUS_OK;
    sodium_memzero(&j->next, sizeof j->next);
    new_secret(j->next.secret);
    if (passphrase && passphrase[0]) s = keyfile_lock(&j->next, passphrase);
    return s ? not_adopted(j, s) : start_log(j);
}

enum status self_load(struct journal *j, const char *passphrase) {
    bool there = false, fit = false;
    (void)sodium_mlock(&j->keys, sizeof j->keys); /* refused: then it may be swapped out */
    (void)sodium_mlock(&j->next, sizeof j->next);
    enum status s = read_file(j, passphrase, &there);
    if (j->read_only) {
        if (!s && there) adopt(j);
        return STATUS_OK; /* reading needs no key */
    }
    if (s) return s;
    if (!there) return start_anew(j, passphrase);
    if (!j->next.ordinal) j->next.ordinal = count_incarnations(j, &j->next);
    s = fits(j, &j->next, &fit);
    if (!s && a_strangers(j, fit)) {
        s = keyfile_set_aside(j->key_path);
        return s ? not_adopted(j, s) : start_anew(j, passphrase);
    }
    if (s) return not_adopted(j, s);
    if (!fit) return start_log(j);
    adopt(j);
    return self_to_rest(j);
}

void self_forget(struct journal *j) {
    (void)sodium_munlock(&j->keys, sizeof j->keys); /* wipes */
    (void)sodium_munlock(&j->next, sizeof j->next);
}

/* ---- changes ---- */

/* The log we wrote has been continued by somebody else: from here on we write another one. */
enum status self_renew(struct journal *j) {
    j->next = j->keys;
    enum status s = start_log(j);
    return s ? s : head_load(j);
}

enum status union_renew(struct journal *j) {
    if (j->read_only) return status_fail(STATUS_READ_ONLY, "opened for reading");
    if (j->writing && !j->merging)
        return status_fail(STATUS_INVALID, "a new log in the middle of an intent");
    if (!j->merging) return self_renew(j);
    j->overtaken = true; /* union_commit does it */
    return STATUS_OK;
}

enum status journal_new_key(struct journal *j, uint8_t former[32]) {
    uint8_t before[32];
    if (j->read_only) return status_fail(STATUS_READ_ONLY, "opened for reading");
    if (j->writing) return status_fail(STATUS_INVALID, "a new key in the middle of an intent");
    if (j->keys.former_count == FORMER_KEYS_MAX)
        return status_fail(STATUS_TOO_LARGE, "more than %d keys", FORMER_KEYS_MAX);
    struct own_keys *k = &j->next;
    memcpy(before, public_of(j->keys.secret), 32);
    *k = j->keys;
    memmove(k->former[1], k->former[0], (size_t)k->former_count * SECRET_BYTES);
    memcpy(k->former[0], j->keys.secret, SECRET_BYTES);
    k->former_count++;
    new_secret(k->secret);
    enum status s = start_log(j);
    if (!s) s = head_load(j);
    if (!s) memcpy(former, before, 32);
    return s;
}

bool journal_former(const struct journal *j, size_t back, uint8_t key[32]) {
    if (back >= (size_t)j->keys.former_count) return false;
    memcpy(key, public_of(j->keys.former[back]), 32);
    return true;
}

enum status journal_set_passphrase(struct journal *j, const char *passphrase) {
    if (j->read_only) return status_fail(STATUS_READ_ONLY, "opened for reading");
    if (passphrase && !passphrase[0]) return status_fail(STATUS_INVALID, "an empty passphrase");
    enum status s = STATUS_OK;
    j->next = j->keys;
    j->next.under_passphrase = false;
    sodium_memzero(j->next.key, sizeof j->next.key);
    memset(j->next.locked, 0, sizeof j->next.locked);
    if (passphrase) s = keyfile_lock(&j->next, passphrase);
    if (!s) s = write_next(j);
    if (s) return not_adopted(j, s);
    adopt(j);
    return STATUS_OK;
}

/* ---- the marker ---- */

enum status union_mark_exported(struct journal *j, int64_t seq, const hash256 *hash) {
    const struct log_entry *own = log_at(j, j->own);
    if (!own || j->read_only) return status_fail(STATUS_READ_ONLY, "no log of our own");
    j->next = j->keys;
    memcpy(j->next.incarnation, own->incarnation, 8);
    j->next.seq = seq;
    j->next.hash = *hash;
    enum status s = write_next(j);
    if (s) return not_adopted(j, s);
    adopt(j);
    return STATUS_OK;
}

int64_t union_exported_seq(struct journal *j) {
    return j->keys.seq;
}

/* ---- signing and opening ---- */

void journal_sign(const struct journal *j, const void *p, size_t n, uint8_t out[64]) {
    crypto_sign_detached(out, NULL, p, n, j->keys.secret);
}

static const uint8_t *secret_at(const struct journal *j, int i) {
    return i == 0 ? j->keys.secret : j->keys.former[i - 1];
}

bool journal_sign_as(const struct journal *j, const uint8_t key[32], const void *p, size_t n,
                     uint8_t out[64]) {
    if (!j->keys.known) return false;
    for (int i = 0; i <= j->keys.former_count; i++) {
        if (memcmp(public_of(secret_at(j, i)), key, 32) != 0) continue;
        crypto_sign_detached(out, NULL, p, n, secret_at(j, i));
        return true;
    }
    return false;
}

bool journal_unwrap(const struct journal *j, const uint8_t wrapped[80], uint8_t key[32]) {
    uint8_t secret[KEY_BYTES];
    bool open = false;
    if (!j->keys.known) return false;
    for (int i = 0; i <= j->keys.former_count && !open; i++) {
        key_secret_of_signer(secret_at(j, i), secret);
        open = key_unwrap(secret, wrapped, key);
    }
    key_wipe(secret, sizeof secret);
    return open;
}

bool journal_open_box(const struct journal *j, const uint8_t *sealed, size_t n, uint8_t *out) {
    uint8_t secret[KEY_BYTES];
    bool open = false;
    if (!j->keys.known) return false;
    for (int i = 0; i <= j->keys.former_count && !open; i++) {
        key_secret_of_signer(secret_at(j, i), secret);
        open = key_seal_open(secret, sealed, n, out);
    }
    key_wipe(secret, sizeof secret);
    return open;
}

/* ---- the head of our own log ---- */

static enum status epoch_load(struct journal *j, row_id id) {
    struct arena a = {0};
    struct record r;
    j->head.epoch = (struct epoch){0};
    if (!id) return STATUS_OK;
    enum status s = record_read(j, id, &a, &r);
    /* An erased key cannot salt anything any more, nor one that is damaged: the next record
     * starts a new epoch. */
    if (!s && r.kind == KIND_salt && r.body) {
        struct value v[2] = {0};
        s = body_read(j, &kind_salt, ROW_LOG(id), r.body, r.body_size, v);
        if (!s && v[0].n == 32) {
            j->head.epoch.record = id;
            j->head.epoch.visit = v[1].i;
            j->head.epoch.day = r.at / 86400000;
            memcpy(j->head.epoch.key, v[0].p, 32);
        }
        if (s == STATUS_INVALID || s == STATUS_TOO_LARGE) s = STATUS_OK; /* verify tells */
    }
    arena_release(&a);
    return s;
}

/* A stamp that nobody can have written is none: somebody was in the file. */
static void go_on_after(struct journal *j, int64_t hlc) {
    if (hlc > j->head.hlc && hlc < JOURNAL_YEAR_MAX_MS * 65536) j->head.hlc = hlc;
}

enum status head_load(struct journal *j) {
    struct log_entry *own = log_at(j, j->own);
    j->head = (struct head){0};
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_MARK_GET);
    sqlite3_bind_text(q, 1, "hlc", -1, SQLITE_STATIC);
    if (st_row(j, q, &s)) {
        go_on_after(j, sqlite3_column_int64(q, 0));
        sqlite3_reset(q);
    }
    if (s || !own) return s;
    j->head.hash = own->last_hash;
    j->head.seq = own->highest_seq;
    if (!own->highest_seq) {
        j->head.hash = own->id;
        return STATUS_OK;
    }
    struct arena a = {0};
    struct record r;
    s = record_read(j, ROW_ID(own->no, own->highest_seq), &a, &r);
    if (!s) {
        j->head.hash = r.hash;
        go_on_after(j, r.hlc);
        j->head.device = ref_own(j, own->no, 2); /* salt, then device: every log begins so */
        j->saved_at = r.at;
        s = epoch_load(j, r.kind == KIND_salt ? r.id : r.epoch);
    }
    arena_release(&a);
    return s;
}

void journal_self(const struct journal *j, struct journal_self *out) {
    *out = (struct journal_self){.device = j->head.device,
                                 .log = j->own,
                                 .log_id = j->own_id,
                                 .head_seq = j->head.seq,
                                 .head_hash = j->head.hash};
    if (j->own < 1) return;
    const struct log_entry *own =
        (const struct log_entry *)(const void *)j->logs.data + (j->own - 1);
    memcpy(out->key, own->key, 32);
    memcpy(out->incarnation, own->incarnation, 8);
}
