/* vault.c -- the vault while the database is locked: who may open it, a try, the key.
 *
 * Journey: the lock page stands on this; the key it gives opens the journal. The connection
 * reads the tables of the vault and the settings the page is drawn by, and nothing else. */
#include <string.h>

#include "base/code.h"
#include "base/file.h"
#include "store/vault_inside.h"

#define WAIT_MS 2000

struct vault {
    struct arena arena;
    struct journal *j; /* nothing but its database, its path and its clock */
    struct vault_slots slots;
    struct vault_person people[VAULT_PEOPLE_MAX];
    size_t people_count;
    struct vault_tries tries;
};

/* ---- opening ---- */

/* A try is as durable as a record: the settings are those of open.c. Closing leaves the log
 * beside the file to whoever opens it next: an unlocking is not to wait for it. */
static enum status settings(struct journal *j) {
    db_trust_nothing(j->db);
    enum status s = db_exec(j, "PRAGMA locking_mode = EXCLUSIVE");
    if (!s) s = db_exec(j, "PRAGMA cache_size = -256");
    if (!s) s = db_exec(j, "PRAGMA temp_store = MEMORY");
    if (!s) s = db_exec(j, "PRAGMA secure_delete = ON");
    (void)sqlite3_db_config(j->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL);
    return s;
}

static enum status one_int(struct journal *j, const char *sql, int64_t *out) {
    sqlite3_stmt *q = NULL;
    enum status s = st_prepare(j, &q, sql);
    *out = 0;
    if (!s && st_row(j, q, &s)) *out = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return s;
}

static enum status check_format(struct journal *j) {
    int64_t tables = 0, id = 0, format = 0;
    enum status s = one_int(j, "SELECT count(*) FROM sqlite_schema", &tables);
    if (!s) s = one_int(j, "PRAGMA application_id", &id);
    if (!s) s = one_int(j, "PRAGMA user_version", &format);
    if (s) return s;
    if (tables == 0 && id == 0) return status_fail(STATUS_NOT_FOUND, "%s is empty", j->path);
    if (id != APPLICATION_ID) return status_fail(STATUS_NOT_OURS, "%s", j->path);
    if (format > VAULT_FORMAT)
        return status_fail(STATUS_NEWER, "%s has journal format %lld", j->path,
                           (long long)format);
    if (format < VAULT_FORMAT) return status_fail(STATUS_NOT_FOUND, "%s is open", j->path);
    return STATUS_OK;
}

static enum status open_once(struct journal *j, const char *vfs) {
    int rc = sqlite3_open_v2(j->path, &j->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, vfs);
    if (rc != SQLITE_OK) return db_fail(j->db, rc);
    sqlite3_extended_result_codes(j->db, 1);
    if (sqlite3_db_readonly(j->db, "main") == 1)
        return status_fail(STATUS_READ_ONLY, "%s may not be written", j->path);
    enum status s = settings(j);
    if (!s) s = check_format(j);
    if (!s) s = db_exec(j, "PRAGMA journal_mode = WAL");
    if (!s) s = db_exec(j, "PRAGMA synchronous = FULL");
    if (!s) s = db_exec(j, "BEGIN IMMEDIATE; COMMIT"); /* takes the lock, which stays */
    return s;
}

/* Another program that is just ending is waited for, as journal_open does. */
static enum status open_when_free(struct journal *j, const char *vfs) {
    struct clock clock = clock_system();
    int64_t until = clock_boot(&clock) + WAIT_MS;
    for (;;) {
        enum status s = open_once(j, vfs);
        if (s != STATUS_BUSY || clock_boot(&clock) >= until) return s;
        sqlite3_close(j->db);
        j->db = NULL;
        sqlite3_sleep(20);
    }
}

static enum status list_people(struct vault *v) {
    for (size_t i = 0; i < v->slots.n; i++) {
        const struct vault_slot *s = &v->slots.at[i];
        if (s->damaged) log_line("vault: slot %d is damaged", s->slot);
        if (s->damaged || s->sort == VAULT_BY_CODE || v->people_count == VAULT_PEOPLE_MAX)
            continue;
        struct vault_person *p = &v->people[v->people_count++];
        p->slot = s->slot;
        p->person = s->person;
        p->pin = s->sort == VAULT_BY_PIN;
        memcpy(p->label, s->label, sizeof p->label);
    }
    if (v->people_count || vault_has_code(v)) return STATUS_OK;
    return status_fail(STATUS_DAMAGED, "%s: nobody's key is whole", v->j->path);
}

enum status vault_open(struct vault **out, const char *path, const char *vfs,
                       const struct clock *clock) {
    if (!vfs && !file_exists(path)) return status_fail(STATUS_NOT_FOUND, "%s", path);
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    struct arena a = {0};
    struct vault *v = ARENA_NEW(&a, struct vault);
    v->j = ARENA_NEW(&a, struct journal);
    v->j->path = arena_strdup(&a, path);
    v->j->clock = clock && clock->wall_ms ? *clock : clock_system();
    v->arena = a;
    enum status s = open_when_free(v->j, vfs);
    if (!s) s = vault_slots_load(v->j, &v->slots);
    if (!s) s = vault_tries_load(v->j, &v->tries);
    if (!s) s = list_people(v);
    if (s) {
        vault_close(v);
        return s;
    }
    *out = v;
    return STATUS_OK;
}

void vault_close(struct vault *v) {
    if (!v) return;
    if (v->j->db) sqlite3_close_v2(v->j->db);
    struct arena a = v->arena;
    arena_release(&a);
}

/* ---- what the lock page shows ---- */

size_t vault_people(const struct vault *v, const struct vault_person **people, int *last) {
    *people = v->people;
    *last = -1;
    for (size_t i = 0; i < v->people_count; i++)
        if (v->people[i].slot == v->tries.last) *last = v->tries.last;
    return v->people_count;
}

static const struct vault_slot *code_of(const struct vault *v) {
    for (size_t i = 0; i < v->slots.n; i++)
        if (!v->slots.at[i].damaged && v->slots.at[i].sort == VAULT_BY_CODE)
            return &v->slots.at[i];
    return NULL;
}

bool vault_has_code(const struct vault *v) {
    return code_of(v) != NULL;
}

int64_t vault_wait_ms(struct vault *v) {
    return vault_tries_wait_ms(&v->tries, &v->j->clock);
}

int vault_wrong(const struct vault *v) {
    return (int)v->tries.wrong;
}

char *vault_local(struct vault *v, const char *key, struct arena *a) {
    sqlite3_stmt *q = NULL;
    char *out = NULL;
    if (!rest_stands_open(key)) return NULL;
    enum status s = st_prepare(v->j, &q, "SELECT value FROM main.local WHERE key = ?1");
    if (s) return NULL;
    sqlite3_bind_text(q, 1, key, -1, SQLITE_STATIC);
    if (st_row(v->j, q, &s) && sqlite3_column_type(q, 0) == SQLITE_TEXT)
        out = arena_strdup(a, (const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    return out;
}

/* ---- trying ---- */

enum status vault_try(struct vault *v, int slot, const char *pass, uint8_t key[32]) {
    for (size_t i = 0; i < v->slots.n; i++)
        if (v->slots.at[i].slot == slot && v->slots.at[i].sort != VAULT_BY_CODE)
            return vault_tries_hear(v->j, &v->tries, &v->slots.at[i], pass, key);
    return status_fail(STATUS_NOT_FOUND, "nobody has slot %d", slot);
}

/* What has another length than a code opens nothing; it is counted like any other. */
enum status vault_try_code(struct vault *v, const char *code, uint8_t key[32]) {
    char plain[CODE_CHARACTERS + 1];
    const struct vault_slot *slot = code_of(v);
    if (!slot) return status_fail(STATUS_NOT_FOUND, "no office has a code");
    if (!code_plain(code, plain, CODE_CHARACTERS)) plain[0] = '\0';
    enum status s = vault_tries_hear(v->j, &v->tries, slot, plain, key);
    key_wipe(plain, sizeof plain);
    return s;
}
