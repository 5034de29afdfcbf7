/* vault_slot.c -- one slot of the vault: the database's key, locked for somebody.
 *
 * Journey: sealing makes the first, Settings the others; the lock page opens one.
 * Each row bears a plain sum, so that damage is told from a wrong PIN, and a proof under the
 * key that lies in it, so that whoever can write the file but has no PIN cannot put another
 * person's number or initials to a PIN that he knows. */
#include <string.h>

#include "base/pass.h"
#include "base/text.h"
#include "store/vault_inside.h"

static const char tables[] =
    "CREATE TABLE IF NOT EXISTS vault (\n"
    "  slot INTEGER PRIMARY KEY, -- number, also the order\n"
    "  sort INTEGER NOT NULL,    -- 0 a PIN, 1 a passphrase, 2 the office's code\n"
    "  person INTEGER NOT NULL,  -- row of kind person, 0 for the code\n"
    "  label TEXT NOT NULL,      -- initials on the lock page\n"
    "  office BLOB NOT NULL,     -- the public key that the code was sealed to, else zeros\n"
    "  made_at INTEGER NOT NULL, -- wall clock\n"
    "  locked BLOB NOT NULL,     -- the database's key under PIN, passphrase or code\n"
    "  proof BLOB NOT NULL,      -- of the columns before, under the database's key\n"
    "  sum BLOB NOT NULL         -- of the columns before: was it damaged\n"
    ");\n"
    "CREATE TABLE IF NOT EXISTS vault_try (\n"
    "  one INTEGER PRIMARY KEY,  -- always 1\n"
    "  wrong INTEGER NOT NULL,   -- wrong tries since somebody was let in\n"
    "  boot INTEGER NOT NULL,    -- boot clock at the last of them, ms\n"
    "  untold INTEGER NOT NULL,  -- those not on the record yet\n"
    "  since INTEGER NOT NULL,   -- wall clock of the first of those\n"
    "  last INTEGER NOT NULL,    -- slot let in last, -1 nobody\n"
    "  tried INTEGER NOT NULL,   -- slot that those not on the record tried, -1 several\n"
    "  sum BLOB NOT NULL         -- of the columns before\n"
    ");\n";

/* ---- what a row is proved by ---- */

static void content(struct buf *out, const struct vault_slot *s) {
    size_t label = strlen(s->label);
    buf_u64(out, (uint64_t)s->slot);
    buf_byte(out, (uint8_t)s->sort);
    buf_u64(out, (uint64_t)s->person);
    buf_u64(out, (uint64_t)s->made_at);
    buf_add(out, s->office, sizeof s->office);
    buf_add(out, s->locked, sizeof s->locked);
    buf_byte(out, (uint8_t)label);
    buf_add(out, s->label, label);
}

static hash256 proof_of(const struct vault_slot *s, const uint8_t key[KEY_BYTES]) {
    struct buf b = {0};
    buf_text(&b, "lantern vault proof 1");
    content(&b, s);
    hash256 h = hash_keyed(key, b.data, b.size);
    buf_release(&b);
    return h;
}

static hash256 sum_of(const struct vault_slot *s) {
    struct buf b = {0};
    content(&b, s);
    buf_add(&b, s->proof, sizeof s->proof);
    hash256 h = hash_named("lantern vault slot 1", b.data, b.size);
    buf_release(&b);
    return h;
}

/* ---- labels ---- */

enum status vault_label_check(const char *label) {
    size_t n = label ? strlen(label) : 0;
    if (n == 0 || n > VAULT_LABEL_MAX)
        return status_fail(STATUS_INVALID, "a label of %zu bytes", n);
    if (!text_valid(label, n) || text_blank(label))
        return status_fail(STATUS_INVALID, "a label that cannot be shown");
    for (const char *p = label; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7F)
            return status_fail(STATUS_INVALID, "a label that cannot be shown");
    return STATUS_OK;
}

/* ---- rows ---- */

static bool blob_is(sqlite3_stmt *q, int column, void *to, size_t n) {
    if (sqlite3_column_type(q, column) != SQLITE_BLOB) return false;
    if (sqlite3_column_bytes(q, column) != (int)n) return false;
    memcpy(to, sqlite3_column_blob(q, column), n);
    return true;
}

static bool label_is(sqlite3_stmt *q, int column, struct vault_slot *s) {
    if (sqlite3_column_type(q, column) != SQLITE_TEXT) return false;
    const char *text = (const char *)sqlite3_column_text(q, column);
    size_t n = (size_t)sqlite3_column_bytes(q, column);
    if (!text || n > VAULT_LABEL_MAX || strlen(text) != n) return false;
    memcpy(s->label, text, n + 1);
    return s->sort == VAULT_BY_CODE ? n == 0 : vault_label_check(s->label) == STATUS_OK;
}

static bool whole(sqlite3_stmt *q, struct vault_slot *s) {
    uint8_t sum[HASH_BYTES];
    int64_t sort = sqlite3_column_int64(q, 1);
    if (sort < 0 || sort >= VAULT_SORTS) return false;
    s->sort = (enum vault_sort)sort;
    s->person = sqlite3_column_int64(q, 2);
    s->made_at = sqlite3_column_int64(q, 5);
    if (!label_is(q, 3, s) || !blob_is(q, 4, s->office, sizeof s->office)) return false;
    if (!blob_is(q, 6, s->locked, sizeof s->locked)) return false;
    if (!blob_is(q, 7, s->proof, sizeof s->proof) || !blob_is(q, 8, sum, sizeof sum))
        return false;
    hash256 want = sum_of(s);
    return memcmp(want.b, sum, sizeof sum) == 0;
}

static enum status tables_there(struct journal *j) {
    sqlite3_stmt *q = NULL;
    int tables_found = 0;
    enum status s = st_prepare(j, &q,
                               "SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' "
                               "AND name IN ('vault', 'vault_try')");
    if (!s && st_row(j, q, &s)) tables_found = sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    if (!s && tables_found != 2)
        s = status_fail(STATUS_DAMAGED, "sealed, and %d tables of a vault", tables_found);
    return s;
}

enum status vault_slots_load(struct journal *j, struct vault_slots *out) {
    sqlite3_stmt *q = NULL;
    memset(out, 0, sizeof *out);
    enum status s = tables_there(j);
    if (!s)
        s = st_prepare(j, &q,
                       "SELECT slot, sort, person, label, office, made_at, locked, proof, sum "
                       "FROM main.vault WHERE slot BETWEEN 1 AND 2147483647 ORDER BY slot");
    while (!s && out->n < VAULT_SLOTS_MAX && st_row(j, q, &s)) {
        struct vault_slot *one = &out->at[out->n++];
        one->slot = sqlite3_column_int(q, 0);
        if (whole(q, one)) continue;
        int slot = one->slot;
        memset(one, 0, sizeof *one);
        one->slot = slot;
        one->damaged = true;
    }
    sqlite3_finalize(q);
    return s;
}

static enum status next_slot(struct journal *j, int *slot) {
    sqlite3_stmt *q = NULL;
    int64_t most = 0;
    enum status s = st_prepare(j, &q, "SELECT max(slot) FROM main.vault");
    if (!s && st_row(j, q, &s)) most = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    if (s) return s;
    if (most < 0) most = 0;
    if (most >= INT32_MAX) return status_fail(STATUS_DAMAGED, "a slot beyond all numbers");
    *slot = (int)most + 1;
    return STATUS_OK;
}

enum status vault_slot_put(struct journal *j, struct vault_slot *slot,
                           const uint8_t key[KEY_BYTES]) {
    sqlite3_stmt *q = NULL;
    enum status s = slot->slot ? STATUS_OK : next_slot(j, &slot->slot);
    if (!s)
        s = st_prepare(j, &q,
                       "INSERT OR REPLACE INTO main.vault (slot, sort, person, label, office, "
                       "made_at, locked, proof, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
                       "?9)");
    if (s) return s;
    hash256 proof = proof_of(slot, key);
    memcpy(slot->proof, proof.b, sizeof slot->proof);
    hash256 sum = sum_of(slot);
    sqlite3_bind_int(q, 1, slot->slot);
    sqlite3_bind_int(q, 2, (int)slot->sort);
    sqlite3_bind_int64(q, 3, slot->person);
    sqlite3_bind_text(q, 4, slot->label, -1, SQLITE_STATIC);
    sqlite3_bind_blob(q, 5, slot->office, sizeof slot->office, SQLITE_STATIC);
    sqlite3_bind_int64(q, 6, slot->made_at);
    sqlite3_bind_blob(q, 7, slot->locked, sizeof slot->locked, SQLITE_STATIC);
    sqlite3_bind_blob(q, 8, slot->proof, sizeof slot->proof, SQLITE_STATIC);
    sqlite3_bind_blob(q, 9, sum.b, sizeof sum.b, SQLITE_STATIC);
    s = st_done(j, q);
    sqlite3_finalize(q);
    return s;
}

enum status vault_slot_drop(struct journal *j, int slot) {
    return db_execf(j, "DELETE FROM main.vault WHERE slot = %d", slot);
}

/* ---- opening one ---- */

/* A row copied from another database opens with its own PIN, but to another key. */
static enum status fits(struct journal *j, const struct vault_slot *slot,
                        uint8_t found[KEY_BYTES]) {
    bool marked = false, opens = false;
    enum status s = STATUS_OK;
    hash256 proof = proof_of(slot, found);
    if (memcmp(proof.b, slot->proof, sizeof proof.b) != 0)
        return status_fail(STATUS_DAMAGED, "slot %d of the vault was exchanged", slot->slot);
    if (j->rest.key) {
        opens = memcmp(found, j->rest.key, KEY_BYTES) == 0;
    } else {
        j->rest.key = found; /* for this one look */
        s = rest_check(j, &marked, &opens);
        j->rest.key = NULL;
    }
    if (!s && !opens)
        s = status_fail(STATUS_DAMAGED, "slot %d is of another database", slot->slot);
    return s;
}

enum status vault_slot_open(struct journal *j, const struct vault_slot *slot, const char *pass,
                            uint8_t key[KEY_BYTES]) {
    uint8_t found[KEY_BYTES];
    if (slot->damaged) return status_fail(STATUS_DAMAGED, "slot %d of the vault", slot->slot);
    enum status s = key_unlock(pass, slot->locked, found);
    if (!s) s = fits(j, slot, found);
    if (!s) memcpy(key, found, KEY_BYTES);
    key_wipe(found, sizeof found);
    return s;
}

struct vault_slot *vault_slot_of(struct vault_slots *all, row_id person) {
    for (size_t i = 0; i < all->n; i++)
        if (!all->at[i].damaged && all->at[i].sort != VAULT_BY_CODE &&
            all->at[i].person == person)
            return &all->at[i];
    return NULL;
}

struct vault_slot *vault_slot_code(struct vault_slots *all) {
    for (size_t i = 0; i < all->n; i++)
        if (!all->at[i].damaged && all->at[i].sort == VAULT_BY_CODE) return &all->at[i];
    return NULL;
}

size_t vault_slots_people(const struct vault_slots *all) {
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++)
        n += !all->at[i].damaged && all->at[i].sort != VAULT_BY_CODE;
    return n;
}

/* ---- the first slot ---- */

/* The first slot of a database, made while it is being sealed. */
enum status vault_put(struct journal *j, row_id person, const char *label, const char *pass,
                      const uint8_t key[KEY_BYTES]) {
    struct vault_slot slot = {.person = person, .made_at = clock_wall(&j->clock)};
    struct vault_tries none = {.last = -1, .tried = -1};
    enum status s = vault_label_check(label);
    if (!s && (pass_fault(pass) != PASS_FINE || person == 0))
        s = status_fail(STATUS_INVALID, "no PIN");
    if (s) return s;
    memcpy(slot.label, label, strlen(label) + 1);
    slot.sort = pass_is_pin(pass) ? VAULT_BY_PIN : VAULT_BY_WORDS;
    s = key_lock(pass, key, slot.locked);
    if (!s) s = db_exec(j, tables);
    if (!s) s = vault_slot_put(j, &slot, key);
    if (!s) s = vault_tries_save(j, &none);
    return s;
}
