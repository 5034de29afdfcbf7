/* self.c -- who this device is: its key, its incarnation, and the marker beside the database.
 *
 * Journey: asked at start, before the first record. A file beside the database (mode 0600)
 * holds the secret key, the incarnation and the marker: seq and hash of the last exported
 * record. When it does not fit the database, one of the two was copied or restored, and the log
 * it names may live on elsewhere: then a new incarnation starts a new log, so that no two
 * devices ever write the same one.
 *
 *      lantern key 1
 *      secret 128 hexadecimal digits
 *      incarnation 16 digits
 *      marker SEQ 64 digits
 */
#include <sodium.h>
#include <string.h>

#include "base/cbor.h"
#include "base/file.h"
#include "store/inside.h"

_Static_assert(SECRET_BYTES == crypto_sign_SECRETKEYBYTES, "an Ed25519 secret key");

struct key_file {
    uint8_t secret[SECRET_BYTES], incarnation[8];
    int64_t seq;
    hash256 hash;
};

static bool parse(char *text, struct key_file *k) {
    char secret[2 * SECRET_BYTES + 1], incarnation[17], hash[65];
    long long seq = 0;
    if (sscanf(text,
               "lantern key 1\nsecret %128[0-9a-f]\nincarnation %16[0-9a-f]\nmarker %lld "
               "%64[0-9a-f]\n",
               secret, incarnation, &seq, hash) != 4)
        return false;
    k->seq = seq;
    return seq >= 0 && hex_read(secret, k->secret, SECRET_BYTES) &&
           hex_read(incarnation, k->incarnation, 8) && hex_read(hash, k->hash.b, 32);
}

static enum status read_key_file(struct journal *j, struct key_file *k, bool *there) {
    struct buf text = {0};
    *there = false;
    if (!j->key_path || !file_exists(j->key_path)) return STATUS_OK;
    enum status s = file_read(j->key_path, 4096, &text);
    if (!s) {
        buf_byte(&text, 0);
        *there = parse((char *)text.data, k);
        sodium_memzero(text.data, text.size);
    }
    buf_release(&text);
    return s;
}

static enum status write_key_file(struct journal *j, const struct key_file *k) {
    if (!j->key_path) return STATUS_OK;
    struct arena a = {0};
    struct buf text = {0};
    char *secret = hex_of(&a, k->secret, SECRET_BYTES);
    buf_printf(&text, "lantern key 1\nsecret %s\nincarnation %s\nmarker %lld %s\n", secret,
               hex_of(&a, k->incarnation, 8), (long long)k->seq, hex_of(&a, k->hash.b, 32));
    enum status s = file_write(j->key_path, text.data, text.size, 0600);
    sodium_memzero(secret, 2 * SECRET_BYTES);
    sodium_memzero(text.data, text.size);
    buf_release(&text);
    arena_release(&a);
    return s;
}

static void public_of(const uint8_t secret[SECRET_BYTES], uint8_t key[32]) {
    memcpy(key, secret + 32, 32); /* libsodium keeps the public key in the second half */
}

static enum status fits(struct journal *j, const struct key_file *k, bool *fit) {
    uint8_t key[32];
    *fit = false;
    const struct log_entry *own = log_at(j, j->own);
    public_of(k->secret, key);
    if (!own || memcmp(own->key, key, 32) != 0 ||
        memcmp(own->incarnation, k->incarnation, 8) != 0)
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

static void take(struct journal *j, const struct key_file *k) {
    memcpy(j->secret, k->secret, SECRET_BYTES);
    j->marker_seq = k->seq;
    j->marker_hash = k->hash;
}

/* A log of our own from its first record. The file comes first: a crash in between only makes
 * it not fit once more. */
static enum status start_log(struct journal *j, struct key_file *k) {
    static const uint8_t trunk[8];
    uint8_t key[32];
    int32_t no = 0;
    public_of(k->secret, key);
    random_bytes(k->incarnation, 8);
    k->seq = 0;
    memset(k->hash.b, 0, 32);
    hash256 id = log_id_of(key, k->incarnation);
    bool outside = !j->writing;
    enum status s = write_key_file(j, k);
    if (!s && outside) s = journal_begin(j);
    if (s) return s;
    s = log_add(j, &id, trunk, key, k->incarnation, 0, 1, &no);
    if (!s) {
        sqlite3_stmt *q = st(j, ST_LOG_OWN);
        sqlite3_bind_int(q, 1, no);
        s = st_done(j, q);
    }
    if (!s && outside) s = journal_commit(j);
    if (s) {
        if (outside) journal_rollback(j);
        return s;
    }
    if (log_at(j, j->own)) log_at(j, j->own)->own = false;
    log_at(j, no)->own = true;
    j->own = no;
    j->own_id = id;
    take(j, k);
    log_line("store: a new incarnation, log %d", no);
    return STATUS_OK;
}

enum status self_load(struct journal *j) {
    struct key_file k = {0};
    bool there = false, fit = false;
    enum status s = read_key_file(j, &k, &there);
    if (j->read_only) {
        if (!s && there) take(j, &k);
        return STATUS_OK; /* reading needs no key */
    }
    if (!s && there) s = fits(j, &k, &fit);
    if (s) return s;
    if (fit) {
        take(j, &k);
    } else {
        uint8_t key[32], seed[crypto_sign_SEEDBYTES];
        if (!there) {
            random_bytes(seed, sizeof seed);
            crypto_sign_seed_keypair(key, k.secret, seed);
            sodium_memzero(seed, sizeof seed);
        }
        s = start_log(j, &k);
    }
    sodium_memzero(&k, sizeof k);
    return s;
}

/* The log we wrote has been continued by somebody else: from here on we write another one. */
enum status self_renew(struct journal *j) {
    struct key_file k = {0};
    memcpy(k.secret, j->secret, SECRET_BYTES);
    enum status s = start_log(j, &k);
    if (!s) s = head_load(j);
    sodium_memzero(&k, sizeof k);
    return s;
}

enum status self_save(struct journal *j, int64_t seq, const hash256 *hash) {
    struct key_file k = {.seq = seq, .hash = *hash};
    const struct log_entry *own = log_at(j, j->own);
    if (!own) return status_fail(STATUS_READ_ONLY, "no log of our own");
    memcpy(k.secret, j->secret, SECRET_BYTES);
    memcpy(k.incarnation, own->incarnation, 8);
    enum status s = write_key_file(j, &k);
    if (!s) {
        j->marker_seq = seq;
        j->marker_hash = *hash;
    }
    sodium_memzero(&k, sizeof k);
    return s;
}

/* ---- the head of our own log ---- */

static enum status epoch_load(struct journal *j, row_id id) {
    struct arena a = {0};
    struct record r;
    j->head.epoch = (struct epoch){0};
    if (!id) return STATUS_OK;
    enum status s = record_read(j, id, &a, &r);
    /* An erased key cannot salt anything any more: the next record starts a new epoch. */
    if (!s && r.kind == KIND_salt && r.body) {
        struct value v[2] = {0};
        s = body_read(j, &kind_salt, ROW_LOG(id), r.body, r.body_size, v);
        if (!s && v[0].n == 32) {
            j->head.epoch.record = id;
            j->head.epoch.visit = v[1].i;
            j->head.epoch.day = r.at / 86400000;
            memcpy(j->head.epoch.key, v[0].p, 32);
        }
    }
    arena_release(&a);
    return s;
}

enum status head_load(struct journal *j) {
    struct log_entry *own = log_at(j, j->own);
    j->head = (struct head){0};
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_MARK_GET);
    sqlite3_bind_text(q, 1, "hlc", -1, SQLITE_STATIC);
    if (st_row(j, q, &s)) {
        j->head.hlc = sqlite3_column_int64(q, 0);
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
        if (r.hlc > j->head.hlc) j->head.hlc = r.hlc;
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

void journal_sign(const struct journal *j, const void *p, size_t n, uint8_t out[64]) {
    crypto_sign_detached(out, NULL, p, n, j->secret);
}

/* ---- the marker ---- */

enum status union_mark_exported(struct journal *j, int64_t seq, const hash256 *hash) {
    return self_save(j, seq, hash);
}

int64_t union_exported_seq(struct journal *j) {
    return j->marker_seq;
}
