/* open.c -- opening and closing a journal.
 *
 * Journey: the first thing a program does. One writer a database: the file stays locked while
 * it is open, so that no second program can come in between (and no shared memory file is
 * needed, which a browser could not offer). */
#include <string.h>

#include "base/file.h"
#include "store/inside.h"

#include <fcntl.h>
#include <unistd.h>

#define WAIT_MS 2000

static int on_wal(void *ctx, sqlite3 *db, const char *name, int frames) {
    (void)db, (void)name;
    struct journal *j = ctx;
    j->wal_frames = frames;
    return SQLITE_OK;
}

static enum status one_int(struct journal *j, const char *sql, int64_t *out) {
    sqlite3_stmt *q = NULL;
    enum status s = st_prepare(j, &q, sql);
    *out = 0;
    if (!s && st_row(j, q, &s)) *out = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return s;
}

/* The lock mode comes before anything that reads: a WAL opened while locked needs no shared
 * memory. */
static enum status settings(struct journal *j, int cache_kib) {
    enum status s = STATUS_OK;
    db_trust_nothing(j->db);
    if (!j->read_only) s = db_exec(j, "PRAGMA locking_mode = EXCLUSIVE");
    if (!s) s = db_execf(j, "PRAGMA cache_size = -%d", cache_kib > 0 ? cache_kib : 8192);
    if (!s && j->memory_tables) s = db_exec(j, "PRAGMA temp_store = MEMORY");
    if (!s && !j->read_only) s = db_exec(j, "PRAGMA secure_delete = ON");
    return s;
}

/* What people said is nobody else's on this machine: the file is made with mode 0600, and
 * SQLite gives its companions (-wal, -shm) the same. What cannot be made here is told by
 * SQLite's own open. */
static void make_private(const char *path) {
    if (path[0] == ':') return; /* :memory: */
    int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0) close(fd);
}

/* Reading a database that nobody has open and whose folder may not be written: SQLite needs to
 * be told that nobody will change it. */
static enum status open_file(struct journal *j, const char *vfs, int busy_ms) {
    int flags =
        j->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (!j->read_only) make_private(j->path);
    int rc = sqlite3_open_v2(j->path, &j->db, flags | SQLITE_OPEN_NOMUTEX, vfs);
    if (rc != SQLITE_OK) return db_fail(j->db, rc);
    sqlite3_extended_result_codes(j->db, 1);
    sqlite3_busy_timeout(j->db, busy_ms);
    if (!j->read_only && sqlite3_db_readonly(j->db, "main") == 1)
        return status_fail(STATUS_READ_ONLY, "%s may not be written", j->path);
    return STATUS_OK;
}

static enum status open_immutable(struct journal *j, const char *vfs) {
    char wal[4096];
    struct buf uri = {0};
    snprintf(wal, sizeof wal, "%s-wal", j->path);
    if (file_size(wal) > 0)
        return status_fail(STATUS_READ_ONLY, "%s has unfinished work beside it", j->path);
    sqlite3_close(j->db);
    j->db = NULL;
    buf_text(&uri, "file:");
    for (const char *p = j->path; *p; p++) {
        if (*p == '?' || *p == '#' || *p == '%')
            buf_printf(&uri, "%%%02X", (unsigned)*p);
        else
            buf_byte(&uri, (uint8_t)*p);
    }
    buf_text(&uri, "?immutable=1");
    int rc = sqlite3_open_v2(buf_str(&uri), &j->db,
                             SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, vfs);
    buf_release(&uri);
    if (rc != SQLITE_OK) return db_fail(j->db, rc);
    sqlite3_extended_result_codes(j->db, 1);
    return STATUS_OK;
}

static enum status check_format(struct journal *j, bool *fresh, bool *sealed) {
    int64_t tables = 0, id = 0, format = 0;
    enum status s = one_int(j, "SELECT count(*) FROM sqlite_schema", &tables);
    if (!s) s = one_int(j, "PRAGMA application_id", &id);
    if (!s) s = one_int(j, "PRAGMA user_version", &format);
    if (s) return s;
    *fresh = tables == 0 && id == 0;
    if (*fresh && j->read_only) return status_fail(STATUS_NOT_FOUND, "%s is empty", j->path);
    if (*fresh) return STATUS_OK;
    if (id != APPLICATION_ID) return status_fail(STATUS_NOT_OURS, "%s", j->path);
    /* A newer file may still be read, so that it can be exported. */
    if (format > JOURNAL_FORMAT && !j->read_only)
        return status_fail(STATUS_NEWER, "%s has journal format %lld, this program knows %d",
                           j->path, (long long)format, JOURNAL_FORMAT);
    *sealed = format == 2;
    return STATUS_OK;
}

/* One that says it is open and bears the mark or the vault of a sealed one has been tampered
 * with: what is written into it would be readable. */
static enum status never_sealed(struct journal *j) {
    bool marked = false, opens = false;
    int64_t vaults = 0;
    enum status s = rest_check(j, &marked, &opens);
    if (!s)
        s = one_int(j, "SELECT count(*) FROM main.sqlite_schema WHERE name = 'vault'", &vaults);
    if (!s && (marked || vaults))
        s = status_fail(STATUS_DAMAGED, "%s is sealed and says it is not", j->path);
    return s;
}

static enum status take_key(struct journal *j, const uint8_t *key, bool fresh, bool sealed) {
    bool marked = false, opens = fresh;
    if (!fresh && !sealed) return never_sealed(j);
    if (fresh && !key) return STATUS_OK;
    if (!key) return status_fail(STATUS_LOCKED, "%s is sealed", j->path);
    enum status s = rest_take_key(j, key);
    if (!s && !fresh) s = rest_check(j, &marked, &opens);
    if (!s && !fresh && !marked)
        s = status_fail(STATUS_DAMAGED, "%s has lost its mark", j->path);
    if (!s && !opens) s = status_fail(STATUS_WRONG_CODE, "another key opens %s", j->path);
    return s ? s : rest_settle(j);
}

/* Taking the lock means writing once; afterwards it is kept until close. */
static enum status prepare(struct journal *j, bool fresh) {
    if (j->read_only) return STATUS_OK;
    enum status s = db_exec(j, "PRAGMA journal_mode = WAL");
    if (!s) s = db_exec(j, "PRAGMA synchronous = FULL");
    sqlite3_wal_hook(j->db, on_wal, j);
    if (!s) s = db_exec(j, "BEGIN IMMEDIATE");
    if (s) return s;
    if (fresh) s = schema_create(j);
    if (!s) return db_exec(j, "COMMIT");
    (void)sqlite3_exec(j->db, "ROLLBACK", NULL, NULL, NULL);
    return s;
}

static enum status tables_current(struct journal *j, bool *current) {
    hash256 want = schema_tables_hash();
    enum status s = STATUS_OK;
    *current = false;
    if (j->memory_tables) return STATUS_OK;
    sqlite3_stmt *q = st(j, ST_MARK_GET);
    sqlite3_bind_text(q, 1, "tables", -1, SQLITE_STATIC);
    if (st_row(j, q, &s)) {
        *current = sqlite3_column_bytes(q, 0) == 32 &&
                   memcmp(sqlite3_column_blob(q, 0), want.b, 32) == 0;
        sqlite3_reset(q);
    }
    return s;
}

/* Tables of another version of Lantern are made again. Opened for reading they are made in
 * memory. */
static enum status tables_ready(struct journal *j) {
    bool current = false;
    j->load.later = j->load.later && j->memory_tables && !j->read_only;
    enum status s = tables_current(j, &current);
    if (s || current) return s;
    if (!j->read_only) {
        s = journal_rebuild(j);
        j->load.later = false; /* from now on they are made whole */
        return s;
    }
    j->memory_tables = true;
    return rebuild_into(j, PROJECT_LIVE);
}

static enum status odd_load(struct journal *j) {
    sqlite3_stmt *q = NULL;
    enum status s = side_statement(j, SS_ANY_ODD, &q);
    if (!s && st_row(j, q, &s)) {
        j->any_odd = sqlite3_column_int(q, 0) != 0;
        sqlite3_reset(q);
    }
    return s;
}

/* What was written since the last time all was verified. A finding does not keep anybody out of
 * their own notes; it goes to the support log, and verify tells it. */
static enum status tail_check(struct journal *j) {
    enum status s = STATUS_OK;
    for (int32_t no = 1; !s && no <= (int32_t)logs_count(j); no++) {
        struct log_entry *e = log_at(j, no);
        struct journal_report report = {0};
        int64_t reached = 0;
        if (e->last_seq <= e->verified) continue;
        int64_t from = e->verified + 1;
        if (from < e->first_seq) from = e->first_seq;
        s = chain_check(j, no, from, e->last_seq, 0, &reached, &report);
        if (s == STATUS_DAMAGED) {
            log_line("store: log %d is damaged near %lld", no, (long long)reached);
            s = STATUS_OK;
        } else if (!s) {
            e->verified = e->last_seq;
        }
    }
    return s;
}

static enum status load(struct journal *j, const char *passphrase) {
    enum status s = logs_load(j);
    if (!s) s = self_load(j, passphrase);
    if (!s) s = head_load(j);
    if (!s) s = rules_load(j);
    if (!s) s = tables_ready(j);
    if (!s && !j->read_only && wipe_marked(j)) wipe_now(j);
    if (!s) s = odd_load(j);
    if (!s) s = tail_check(j);
    if (!s) j->holder = local_int(j, "holder", 0);
    return s;
}

static struct journal *make(const struct journal_options *o) {
    struct arena a = {0};
    struct journal *j = ARENA_NEW(&a, struct journal);
    j->arena = a;
    j->path = arena_strdup(&j->arena, o->path);
    bool memory = strcmp(o->path, ":memory:") == 0;
    if (o->key_path)
        j->key_path = arena_strdup(&j->arena, o->key_path);
    else if (!memory)
        j->key_path = arena_printf(&j->arena, "%s.key", o->path);
    j->clock = o->clock.wall_ms ? o->clock : clock_system();
    j->device_name = arena_strdup(&j->arena, o->device_name);
    j->device_role = arena_strdup(&j->arena, o->device_role ? o->device_role : "tablet");
    j->read_only = o->read_only;
    j->memory_tables = o->memory_tables;
    j->load.later = o->load_later;
    j->load.newest = o->load_newest;
    j->reference = -1;
    j->generation = 1;
    for (size_t i = 0; i < kinds_count; i++) {
        struct kind_state *ks = &j->kinds[kind_at(i)->number];
        ks->kind = kind_at(i);
        ks->columns = kind_column_count(ks->kind);
        ks->visit = kind_visit_column(ks->kind);
        BELIEVE(ks->columns <= ROW_COLUMNS_MAX);
    }
    return j;
}

static enum status open_once(struct journal *j, const struct journal_options *o, int busy_ms) {
    bool fresh = false, sealed = false;
    enum status s = open_file(j, o->vfs, busy_ms);
    if (!s) s = settings(j, o->cache_kib);
    if (!s) s = check_format(j, &fresh, &sealed);
    if (s == STATUS_READ_ONLY && j->read_only) {
        s = open_immutable(j, o->vfs);
        if (!s) s = settings(j, o->cache_kib);
        if (!s) s = check_format(j, &fresh, &sealed);
    }
    if (!s) s = take_key(j, o->rest_key, fresh, sealed);
    return s ? s : prepare(j, fresh);
}

/* Whoever waits to write lets go of the file in between: in a file that is not a journal yet, a
 * lock taken for looking is kept, and of two that look neither could begin to write. */
static enum status open_when_free(struct journal *j, const struct journal_options *o) {
    struct clock clock = clock_system(); /* the journal's own may stand still, in a test */
    int wait_ms = o->wait_ms > 0 ? o->wait_ms : WAIT_MS;
    int64_t until = clock_boot(&clock) + wait_ms;
    if (j->read_only) return open_once(j, o, wait_ms);
    for (;;) {
        enum status s = open_once(j, o, 0);
        if (s != STATUS_BUSY || clock_boot(&clock) >= until) return s;
        unsigned char apart = 0;
        sqlite3_close(j->db);
        j->db = NULL;
        sqlite3_randomness(1, &apart);
        sqlite3_sleep(10 + apart % 32);
    }
}

enum status journal_open(struct journal **out, const struct journal_options *o) {
    /* Counting every allocation costs a lock each; refused, harmlessly, once SQLite has
     * started. */
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    struct journal *j = make(o);
    enum status s = open_when_free(j, o);
    if (!s) lantern_functions(j);
    if (!s) s = load(j, o->passphrase);
    if (s) {
        journal_close(j);
        return s;
    }
    *out = j;
    return STATUS_OK;
}

void journal_close(struct journal *j) {
    if (!j) return;
    struct status_kept why = status_keep();
    if (j->db) {
        while (j->blob_writers)
            blob_write_abandon(j->blob_writers);
        blob_rest(j);
        journal_rollback(j);
        if (!j->read_only && j->own) {
            enum status s = verified_save(j);
            if (s) log_line("store: at close: %s", status_key(s));
        }
        st_finalize_all(j);
        sqlite3_close_v2(j->db); /* the last one out checkpoints and removes the WAL */
    }
    buf_release(&j->logs);
    buf_release(&j->log_map);
    buf_release(&j->dirty);
    buf_release(&j->visits_dirty);
    buf_release(&j->erase_next);
    buf_release(&j->blobs_next);
    buf_release(&j->seals_next);
    buf_release(&j->load.spans);
    buf_release(&j->rules.offices);
    buf_release(&j->rules.erased);
    buf_release(&j->body);
    buf_release(&j->scratch);
    self_forget(j);
    rest_forget(j);
    struct arena a = j->arena;
    arena_release(&a);
    status_put_back(&why);
}

const struct clock *journal_clock(const struct journal *j) {
    return &j->clock;
}

int64_t journal_generation(const struct journal *j) {
    return j->generation;
}

int64_t journal_committed(const struct journal *j) {
    return j->committed;
}

int64_t journal_durable(const struct journal *j) {
    return j->durable;
}

int64_t journal_saved_at(const struct journal *j) {
    return j->saved_at;
}
