/* vault_tries.c -- how often somebody tried in vain, and how long nobody is heard.
 *
 * Journey: the lock page and whoever takes over an open tablet try here.
 * 1. A try is on the disk before the key is derived, so ending the program, or the power, gives
 *    none for free. Should the disk be full, the longest wait is waited first, in this very
 *    process: ending that gives none either, and nobody is shut out for ever.
 * 2. Only the boot clock decides. It cannot be set; after a restart of the machine it begins at
 *    0, and then no more time is believed to have passed than it shows.
 * 3. A count that was damaged counts as the most: an hour's wait, and nothing is lost. */
#include <string.h>

#include "store/vault_inside.h"

#define SECOND_MS 1000
static const int64_t waits_ms[] = {30 * SECOND_MS,  60 * SECOND_MS,  120 * SECOND_MS,
                                   300 * SECOND_MS, 900 * SECOND_MS, 3600 * SECOND_MS};
#define WAITS     ((int64_t)(sizeof waits_ms / sizeof waits_ms[0]))
#define WRONG_MAX 1000000000 /* counts no further */

static hash256 sum_of(const struct vault_tries *t) {
    struct buf b = {0};
    buf_u64(&b, (uint64_t)t->wrong);
    buf_u64(&b, (uint64_t)t->boot);
    buf_u64(&b, (uint64_t)t->untold);
    buf_u64(&b, (uint64_t)t->since);
    buf_u64(&b, (uint64_t)(int64_t)t->last);
    buf_u64(&b, (uint64_t)(int64_t)t->tried);
    hash256 h = hash_named("lantern vault tries 1", b.data, b.size);
    buf_release(&b);
    return h;
}

static bool whole(sqlite3_stmt *q, struct vault_tries *t) {
    for (int i = 0; i < 6; i++)
        if (sqlite3_column_type(q, i) != SQLITE_INTEGER) return false;
    t->wrong = sqlite3_column_int64(q, 0);
    t->boot = sqlite3_column_int64(q, 1);
    t->untold = sqlite3_column_int64(q, 2);
    t->since = sqlite3_column_int64(q, 3);
    t->last = sqlite3_column_int(q, 4);
    t->tried = sqlite3_column_int(q, 5);
    if (t->wrong < 0 || t->wrong > WRONG_MAX || t->boot < 0 || t->untold < 0 ||
        t->untold > WRONG_MAX || t->last != sqlite3_column_int64(q, 4) ||
        t->tried != sqlite3_column_int64(q, 5))
        return false;
    hash256 want = sum_of(t);
    return sqlite3_column_type(q, 6) == SQLITE_BLOB && sqlite3_column_bytes(q, 6) == 32 &&
           memcmp(sqlite3_column_blob(q, 6), want.b, 32) == 0;
}

/* What a restart of the machine leaves of the wait, told once: later the new boot clock may
 * stand beyond the old one. */
static bool restarted(struct vault_tries *t, int64_t boot) {
    if (boot >= t->boot) return false;
    t->boot = 0;
    return true;
}

enum status vault_tries_load(struct journal *j, struct vault_tries *out) {
    sqlite3_stmt *q = NULL;
    struct vault_tries t = {.last = -1, .tried = -1};
    bool good = false;
    enum status s = st_prepare(j, &q,
                               "SELECT wrong, boot, untold, since, last, tried, sum FROM "
                               "main.vault_try WHERE one = 1");
    if (!s && st_row(j, q, &s)) good = whole(q, &t);
    sqlite3_finalize(q);
    if (s) return s;
    int64_t boot = clock_boot(&j->clock);
    if (!good) {
        log_line("vault: the count of tries is damaged, nobody is heard for an hour");
        t = (struct vault_tries){
            .wrong = VAULT_FREE_TRIES + WAITS, .boot = boot, .last = -1, .tried = -1};
    }
    if ((restarted(&t, boot) || !good) && !j->read_only && !j->writing) {
        s = vault_tries_keep(j, &t);
        if (s) log_line("vault: the wait is not kept: %s", status_key(s));
    }
    *out = t;
    return STATUS_OK;
}

enum status vault_tries_save(struct journal *j, const struct vault_tries *t) {
    sqlite3_stmt *q = NULL;
    hash256 sum = sum_of(t);
    enum status s = st_prepare(j, &q,
                               "INSERT OR REPLACE INTO main.vault_try (one, wrong, boot, "
                               "untold, since, last, tried, sum) VALUES (1, ?1, ?2, ?3, ?4, "
                               "?5, ?6, ?7)");
    if (s) return s;
    sqlite3_bind_int64(q, 1, t->wrong);
    sqlite3_bind_int64(q, 2, t->boot);
    sqlite3_bind_int64(q, 3, t->untold);
    sqlite3_bind_int64(q, 4, t->since);
    sqlite3_bind_int(q, 5, t->last);
    sqlite3_bind_int(q, 6, t->tried);
    sqlite3_bind_blob(q, 7, sum.b, 32, SQLITE_STATIC);
    s = st_done(j, q);
    sqlite3_finalize(q);
    return s;
}

enum status vault_tries_keep(struct journal *j, const struct vault_tries *t) {
    BELIEVE(!j->writing);
    enum status s = db_exec(j, "BEGIN IMMEDIATE");
    if (s) return s;
    s = vault_tries_save(j, t);
    if (!s) s = db_exec(j, "COMMIT");
    if (s && !sqlite3_get_autocommit(j->db))
        (void)sqlite3_exec(j->db, "ROLLBACK", NULL, NULL, NULL);
    return s;
}

int64_t vault_tries_wait_ms(struct vault_tries *t, const struct clock *clock) {
    if (t->wrong <= VAULT_FREE_TRIES) return 0;
    int64_t boot = clock_boot(clock), nth = t->wrong - VAULT_FREE_TRIES - 1;
    int64_t wait = waits_ms[nth < WAITS ? nth : WAITS - 1];
    (void)restarted(t, boot);
    return boot - t->boot >= wait ? 0 : wait - (boot - t->boot);
}

static struct vault_tries one_more(const struct vault_tries *t, int slot,
                                   const struct clock *clock) {
    struct vault_tries next = *t;
    if (next.wrong < WRONG_MAX) next.wrong++;
    if (next.untold < WRONG_MAX) next.untold++;
    next.boot = clock_boot(clock);
    if (next.untold == 1) {
        next.since = clock_wall(clock);
        next.tried = slot;
    }
    if (next.tried != slot) next.tried = -1;
    return next;
}

static enum status count(struct journal *j, struct vault_tries *t, struct vault_tries counted) {
    enum status s = vault_tries_keep(j, &counted);
    if (s == STATUS_DISK_FULL && t->unkept) s = STATUS_OK; /* the hour has been waited */
    if (s == STATUS_DISK_FULL) {
        t->unkept = true;
        if (t->wrong < VAULT_FREE_TRIES + WAITS) t->wrong = VAULT_FREE_TRIES + WAITS;
        t->boot = clock_boot(&j->clock);
    }
    if (!s) *t = counted;
    return s;
}

/* What could not be heard was no try. Should the second writing fail too, it stays counted. */
enum status vault_tries_hear(struct journal *j, struct vault_tries *t,
                             const struct vault_slot *slot, const char *pass,
                             uint8_t key[KEY_BYTES]) {
    uint8_t found[KEY_BYTES];
    if (vault_tries_wait_ms(t, &j->clock) > 0)
        return status_fail(STATUS_BUSY, "after too many tries nobody is heard yet");
    if (slot->damaged) return status_fail(STATUS_DAMAGED, "slot %d of the vault", slot->slot);
    struct vault_tries before = *t;
    enum status s = count(j, t, one_more(t, slot->slot, &j->clock));
    if (s) return s;
    s = vault_slot_open(j, slot, pass, found);
    if (s == STATUS_WRONG_CODE) return s;
    if (!s) {
        before.wrong = 0;
        if (slot->sort != VAULT_BY_CODE) before.last = slot->slot;
    }
    enum status kept = vault_tries_keep(j, &before);
    if (!kept)
        *t = before;
    else
        log_line("vault: a reset of the count is not kept: %s", status_key(kept));
    if (!s) memcpy(key, found, KEY_BYTES);
    key_wipe(found, sizeof found);
    return s;
}
