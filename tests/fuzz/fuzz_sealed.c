/* fuzz_sealed.c -- a sealed database that somebody has tampered with: its file, or single
 * values.
 *
 * covers: src/store/rest.c src/store/vault.c src/store/vault_slot.c src/store/vault_tries.c
 * covers: src/store/blob.c
 * max_len: 300
 *
 * The input's bytes steer the changes: values get other bytes, another type, the place of
 * another value (also one from a second database, under the same key or another one), rows go;
 * or bytes of the file itself are changed. Then the lock page is asked with the right PIN and a
 * wrong one, and the journal is opened with the right key. Believed: nothing crashes; what is
 * refused says why; the wrong PIN never opens, and whatever opens gives the right key; whatever
 * is shown (a row's text, a draft, a setting, kept data, a blob) was said there and nowhere
 * else; and life goes on: it can be written, closed and opened again. */
#include "fuzz.h"

#include "base/keys.h"
#include "store/inside.h"
#include "store/query.h"
#include "store/union.h"
#include "store/vault.h"

#include "../vfs_shim.c"

#define TAMPER_EVENING 1795305600000LL
#define TAMPER_PIN     "730164"
#define TAMPER_WRONG   "730165"
#define SAYINGS_MAX    400
#define COLUMNS_MAX    80
#define DATABASES      3 /* the one that is changed; another under its key; one under another */

/* One text, and the one place where it was said. */
struct saying {
    char place[60]; /* "answer/ROW/note", "draft/KEY", "local/KEY", "kept/KEY" */
    hash256 said;
};
struct place {
    char table[20], column[20], key[20]; /* key: the column that finds a row */
};

static struct {
    struct buf files[DATABASES], key_file;
    uint8_t keys[2][32];
    hash256 blob;
    struct saying sayings[SAYINGS_MAX];
    size_t sayings_count;
    struct place columns[COLUMNS_MAX];
    size_t columns_count;
    char path[200], key_path[200];
    int64_t rounds, let_in, opened, shown, gone, refused;
} tampering;
static struct clock_manual tamper_now;

static void tamper_figures(void) {
    fprintf(stderr,
            "note: %lld tampered databases: the vault opened %lld times, the journal %lld "
            "(refused %lld); %lld values shown where they were said, %lld not shown\n",
            (long long)tampering.rounds, (long long)tampering.let_in,
            (long long)tampering.opened, (long long)tampering.refused,
            (long long)tampering.shown, (long long)tampering.gone);
}

/* ---- the sound one ---- */

static enum status sealed_open(struct journal **j, const uint8_t *key) {
    struct journal_options o = {.path = tampering.path,
                                .key_path = tampering.key_path,
                                .clock = clock_manual(&tamper_now),
                                .device_name = "tablet",
                                .device_role = "tablet",
                                .vfs = "shim",
                                .rest_key = key};
    return journal_open(j, &o);
}

static row_id put_text(struct journal *j, const struct kind *k, row_id visit,
                       const char *column, const char *text) {
    struct row r = row_new(k);
    if (visit) row_ref(&r, "visit", visit);
    if (k->number == KIND_answer) row_text(&r, "item", "bell");
    if (k->number == KIND_person) row_text(&r, "code", text);
    row_text(&r, column, text);
    tamper_now.wall_ms += 3000;
    BELIEVE(journal_put_alone(j, &r) == STATUS_OK);
    return r.id;
}

static void sealed_life(struct journal *j, int which, const uint8_t key[32]) {
    struct arena a = {0};
    struct buf photo = {0};
    struct row visit = row_new(&kind_visit), r;
    BELIEVE(journal_put_alone(j, &visit) == STATUS_OK);
    row_id person = put_text(j, &kind_person, 0, "label", arena_printf(&a, "person %d", which));
    for (int i = 0; i < 4; i++)
        put_text(j, &kind_answer, visit.id, "note",
                 arena_printf(&a, "note %d of %d", i, which));
    row_id id = put_text(j, &kind_observation, visit.id, "text",
                         arena_printf(&a, "seen at first, %d", which));
    BELIEVE(journal_row(j, &kind_observation, id, &a, &r) == STATUS_OK);
    row_text(&r, "text", arena_printf(&a, "seen later, %d", which));
    BELIEVE(journal_put_alone(j, &r) == STATUS_OK);
    for (int i = 0; i < 3; i++) {
        char *draft = arena_printf(&a, "draft %d of %d", i, which);
        char *kept = arena_printf(&a, "kept %d of %d", i, which);
        BELIEVE(draft_put(j, arena_printf(&a, "field/answer/%d/note", i), draft,
                          strlen(draft)) == STATUS_OK);
        BELIEVE(local_put(j, arena_printf(&a, "setting-%d", i),
                          arena_printf(&a, "setting %d of %d", i, which)) == STATUS_OK);
        BELIEVE(union_keep(j, arena_printf(&a, "kept/%d", i), kept, strlen(kept)) == STATUS_OK);
    }
    while (photo.size < 150000) /* three pieces */
        buf_printf(&photo, "photo of %d at %zu;", which, photo.size);
    BELIEVE(blob_put(j, photo.data, photo.size, &tampering.blob) == STATUS_OK);
    BELIEVE(local_put(j, "theme", "night") == STATUS_OK);
    journal_hold(j, person);
    BELIEVE(journal_begin(j) == STATUS_OK);
    BELIEVE(vault_put(j, person, "NL", TAMPER_PIN, key) == STATUS_OK);
    BELIEVE(journal_commit(j) == STATUS_OK);
    BELIEVE(vault_set(j, put_text(j, &kind_person, 0, "label", "somebody else"), "SE",
                      "three grey geese", false) == STATUS_OK);
    buf_release(&photo);
    arena_release(&a);
}

/* ---- what was said, and where ---- */

static void note_saying(void *ctx, const char *place, const void *p, size_t n) {
    struct saying *s = &tampering.sayings[tampering.sayings_count++];
    (void)ctx;
    BELIEVE(tampering.sayings_count <= SAYINGS_MAX);
    snprintf(s->place, sizeof s->place, "%s", place);
    s->said = hash_of(p, n);
}

static void check_saying(void *ctx, const char *place, const void *p, size_t n) {
    hash256 h = hash_of(p, n);
    bool known = false;
    (void)ctx;
    for (size_t i = 0; i < tampering.sayings_count && !known; i++)
        known = strcmp(tampering.sayings[i].place, place) == 0 &&
                hash_equal(&tampering.sayings[i].said, &h);
    if (!known) fprintf(stderr, "never said at %s: %.*s\n", place, (int)n, (const char *)p);
    BELIEVE(known);
    tampering.shown++;
}

typedef void each_saying(void *ctx, const char *place, const void *p, size_t n);
struct drafts_ctx {
    each_saying *each;
};

static void each_draft(void *ctx, const char *key, const void *p, size_t n) {
    struct drafts_ctx *d = ctx;
    char place[60];
    snprintf(place, sizeof place, "draft/%.40s", key);
    if (n)
        d->each(NULL, place, p, n);
    else
        tampering.gone++;
}

static void row_sayings(const struct row *r, row_id id, each_saying *each) {
    const struct column *c = r->kind->columns;
    for (int i = 0; c[i].name; i++) {
        char place[60];
        if (c[i].type != COL_TEXT || !r->values[i].said) continue;
        snprintf(place, sizeof place, "%s/%lld/%s", r->kind->name, (long long)id, c[i].name);
        each(NULL, place, r->values[i].p, r->values[i].n);
    }
}

/* Every version of every row there is. */
static void all_versions(struct journal *j, each_saying *each) {
    struct arena a = {0};
    for (size_t i = 0; i < kinds_count; i++) {
        const struct kind *k = kind_at(i);
        struct query q;
        struct buf ids = {0};
        char sql[80];
        snprintf(sql, sizeof sql, "SELECT id FROM \"%s\"", k->name);
        char *kept = arena_strdup(&a, sql);
        struct row r;
        for (query_open(&q, j, kept, 0); query_next(&q);) {
            int64_t id = query_int(&q, 0);
            buf_add(&ids, &id, sizeof id);
        }
        if (query_close(&q)) ids.size = 0;
        for (size_t at = 0; at + sizeof(int64_t) <= ids.size; at += sizeof(int64_t)) {
            struct version *v;
            int64_t id;
            size_t n;
            memcpy(&id, ids.data + at, sizeof id);
            if (!journal_row(j, k, id, &a, &r)) row_sayings(&r, id, each);
            if (journal_history(j, id, &a, &v, &n)) continue;
            for (size_t x = 0; x < n; x++)
                if (!journal_version(j, v[x].record, &a, &r)) row_sayings(&r, id, each);
        }
        buf_release(&ids);
    }
    arena_release(&a);
}

static void each_value(struct journal *j, each_saying *each) {
    struct arena a = {0};
    struct drafts_ctx ctx = {each};
    struct buf bytes = {0};
    char **keys;
    struct buf *values;
    size_t n;
    if (draft_each(j, "field/", each_draft, &ctx)) tampering.gone++;
    for (int i = 0; i < 3; i++) {
        char *key = arena_printf(&a, "setting-%d", i), *value = local_get(j, key, &a);
        if (value)
            each(NULL, arena_printf(&a, "local/%s", key), value, strlen(value));
        else
            tampering.gone++;
    }
    if (!union_kept(j, "kept/", &a, &keys, &values, &n))
        for (size_t i = 0; i < n; i++)
            if (values[i].size)
                each(NULL, arena_printf(&a, "kept/%.40s", keys[i]), values[i].data,
                     values[i].size);
    if (!blob_get(j, &tampering.blob, &bytes)) {
        each(NULL, "blob", bytes.data, bytes.size);
    } else {
        tampering.gone++;
    }
    buf_release(&bytes);
    arena_release(&a);
}

/* ---- the columns there are ---- */

/* Without shared memory, which the shim has not. */
static sqlite3 *plain_open(const char *path) {
    sqlite3 *db = NULL;
    BELIEVE(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, "shim") == SQLITE_OK);
    BELIEVE(sqlite3_exec(db, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL) == SQLITE_OK);
    return db;
}

static void note_columns(sqlite3 *db) {
    sqlite3_stmt *q = NULL;
    BELIEVE(sqlite3_prepare_v2(db,
                               "SELECT m.name, c.name, (SELECT name FROM pragma_table_info("
                               "m.name) WHERE pk > 0 ORDER BY pk DESC LIMIT 1) FROM "
                               "sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = "
                               "'table' ORDER BY m.name, c.cid",
                               -1, &q, NULL) == SQLITE_OK);
    while (sqlite3_step(q) == SQLITE_ROW) {
        struct place *p = &tampering.columns[tampering.columns_count++];
        BELIEVE(tampering.columns_count <= COLUMNS_MAX);
        snprintf(p->table, sizeof p->table, "%s", (const char *)sqlite3_column_text(q, 0));
        snprintf(p->column, sizeof p->column, "%s", (const char *)sqlite3_column_text(q, 1));
        snprintf(p->key, sizeof p->key, "%s", (const char *)sqlite3_column_text(q, 2));
    }
    sqlite3_finalize(q);
}

static void disk_of(const struct buf *file) {
    shim_forget_files();
    int at = shim_find(tampering.path, true);
    file_put(&shim.files[at], 0, file->data, (int64_t)file->size);
    shim.files[at].there = true;
}

static void keep_disk(struct buf *out) {
    const struct shim_file *f = &shim.files[shim_find(tampering.path, true)];
    buf_clear(out);
    buf_add(out, f->bytes, (size_t)f->size);
}

static void tamper_start(void) {
    struct journal *j = NULL;
    key_lock_weakly_for_tests();
    shim_register();
    /* The name is one of the real disk's too: the file there is empty, and its key beside it.
     */
    snprintf(tampering.path, sizeof tampering.path, "%s/lantern-fuzz-%ld-sealed.db",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (long)getpid());
    snprintf(tampering.key_path, sizeof tampering.key_path, "%.190s.key", tampering.path);
    for (int i = DATABASES - 1; i >= 0; i--) {
        random_seed(60 + (uint64_t)i);
        tamper_now = (struct clock_manual){.wall_ms = TAMPER_EVENING, .boot_ms = 1000};
        unlink(tampering.key_path);
        shim_forget_files();
        if (i != 1) random_bytes(tampering.keys[i / 2], 32);
    }
    for (int i = DATABASES - 1; i >= 0; i--) { /* the one that is changed comes last */
        random_seed(60 + (uint64_t)i);
        unlink(tampering.key_path);
        shim_forget_files();
        enum status s = sealed_open(&j, tampering.keys[i / 2]);
        if (s) fprintf(stderr, "%s\n", status_detail());
        BELIEVE(s == STATUS_OK && journal_at_rest_sealed(j));
        sealed_life(j, i, tampering.keys[i / 2]);
        if (i == 0) {
            all_versions(j, note_saying);
            each_value(j, note_saying);
        }
        journal_close(j);
        keep_disk(&tampering.files[i]);
    }
    BELIEVE(file_read(tampering.key_path, 1 << 20, &tampering.key_file) == STATUS_OK);
    sqlite3 *db = plain_open(tampering.path);
    note_columns(db);
    sqlite3_close(db);
}

/* ---- changes ---- */

/* One value of a column: of some row there, in this database or in another one. */
static bool some_value(struct steer *s, sqlite3 *db, const struct place *p, struct buf *out,
                       int *type) {
    char sql[200];
    sqlite3_stmt *q = NULL;
    bool any = false;
    snprintf(sql, sizeof sql,
             "SELECT \"%s\" FROM \"%s\" LIMIT 1 OFFSET %u %% max(1, (SELECT count(*) FROM "
             "\"%s\"))",
             p->column, p->table, below(s, 12), p->table);
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK &&
        sqlite3_step(q) == SQLITE_ROW) {
        any = true;
        *type = sqlite3_column_type(q, 0);
        const void *bytes = sqlite3_column_blob(q, 0);
        buf_clear(out);
        if (bytes) buf_add(out, bytes, (size_t)sqlite3_column_bytes(q, 0));
    }
    sqlite3_finalize(q);
    return any;
}

static void set_value(sqlite3 *db, const struct place *p, uint32_t row, const struct buf *value,
                      int type, int64_t number) {
    char sql[300];
    sqlite3_stmt *q = NULL;
    snprintf(sql, sizeof sql,
             "UPDATE \"%s\" SET \"%s\" = ?1 WHERE \"%s\" = (SELECT \"%s\" FROM \"%s\" LIMIT 1 "
             "OFFSET %u %% max(1, (SELECT count(*) FROM \"%s\")))",
             p->table, p->column, p->key, p->key, p->table, row, p->table);
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK) {
        if (type == SQLITE_BLOB)
            sqlite3_bind_blob64(q, 1, value->size ? value->data : (const uint8_t *)"",
                                value->size, SQLITE_STATIC);
        else if (type == SQLITE_TEXT)
            sqlite3_bind_text64(q, 1, (const char *)value->data, value->size, SQLITE_STATIC,
                                SQLITE_UTF8);
        else if (type == SQLITE_INTEGER)
            sqlite3_bind_int64(q, 1, number);
        (void)sqlite3_step(q);
    }
    sqlite3_finalize(q);
}

static void drop_row(sqlite3 *db, const struct place *p, uint32_t row) {
    char sql[300];
    snprintf(sql, sizeof sql,
             "DELETE FROM \"%s\" WHERE \"%s\" = (SELECT \"%s\" FROM \"%s\" LIMIT 1 OFFSET "
             "%u %% max(1, (SELECT count(*) FROM \"%s\")))",
             p->table, p->key, p->key, p->table, row, p->table);
    (void)sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static sqlite3 *other_database(struct steer *s) {
    const struct buf *file = &tampering.files[1 + below(s, DATABASES - 1)];
    int at = shim_find("/disk/other.db", true);
    file_cut(&shim.files[at], 0);
    file_put(&shim.files[at], 0, file->data, (int64_t)file->size);
    shim.files[at].there = true;
    return plain_open("/disk/other.db");
}

/* Every second time one that holds what is sealed. */
static const struct place *some_column(struct steer *s) {
    static const char *const sealed[] = {"body", "value",    "bytes",
                                         "salt", "salt_key", "locked"};
    size_t n = tampering.columns_count, at = below(s, (uint32_t)n);
    if (below(s, 2)) return &tampering.columns[at];
    for (size_t i = 0; i < n; i++, at = (at + 1) % n)
        for (size_t k = 0; k < sizeof sealed / sizeof sealed[0]; k++)
            if (strcmp(tampering.columns[at].column, sealed[k]) == 0)
                return &tampering.columns[at];
    return &tampering.columns[at];
}

static void one_change(struct steer *s, sqlite3 *db) {
    static const int64_t numbers[] = {0, -1, 1, 2, 255, 1LL << 40, INT64_MAX, INT64_MIN};
    const struct place *p = some_column(s);
    struct buf value = {0};
    uint32_t row = below(s, 12);
    int type = SQLITE_NULL;
    switch (below(s, 8)) {
    case 0:
    case 1: /* other bytes */
        if (!some_value(s, db, p, &value, &type)) break;
        change_bytes(s, &value);
        set_value(db, p, row, &value, type, 0);
        break;
    case 2:
    case 3: /* another row's */
        if (some_value(s, db, p, &value, &type))
            set_value(db, p, row, &value, type, (int64_t)below(s, 300));
        break;
    case 4: { /* another column's */
        const struct place *from =
            &tampering.columns[below(s, (uint32_t)tampering.columns_count)];
        if (some_value(s, db, from, &value, &type))
            set_value(db, p, row, &value, below(s, 2) ? type : SQLITE_BLOB, 0);
        break;
    }
    case 5: { /* another database's */
        sqlite3 *other = other_database(s);
        if (some_value(s, other, p, &value, &type)) set_value(db, p, row, &value, type, 1);
        sqlite3_close(other);
        break;
    }
    case 6:
        set_value(db, p, row, &value, below(s, 2) ? SQLITE_INTEGER : (int)below(s, 5) + 1,
                  numbers[below(s, 8)]);
        break;
    default:
        drop_row(db, p, row);
    }
    buf_release(&value);
}

static void change_values(struct steer *s) {
    sqlite3 *db = plain_open(tampering.path);
    for (uint32_t n = 1 + below(s, 3); n > 0; n--)
        one_change(s, db);
    if (below(s, 16) == 0) {
        char sql[60];
        snprintf(sql, sizeof sql, "PRAGMA user_version = %u", below(s, 4));
        (void)sqlite3_exec(db, sql, NULL, NULL, NULL);
    }
    sqlite3_close(db);
}

/* Bytes of the file itself; its first page more often, which says what all the others are. */
static void change_file(struct steer *s) {
    struct shim_file *f = &shim.files[shim_find(tampering.path, true)];
    for (uint32_t n = 1 + below(s, 6); n > 0; n--) {
        size_t page = below(s, 3) ? place_in(s, (size_t)f->size / 4096) : 0;
        size_t at = page * 4096 + place_in(s, 4096);
        if (at < (size_t)f->size) f->bytes[at] ^= (uint8_t)(1u << below(s, 8));
    }
    if (below(s, 24) == 0) file_cut(f, f->size - (int64_t)(1 + below(s, 200)) * 512);
}

/* ---- what becomes of it ---- */

static void ask_the_vault(void) {
    struct vault *v = NULL;
    struct clock c = clock_manual(&tamper_now);
    const struct vault_person *people;
    uint8_t key[32];
    int last;
    enum status s = vault_open(&v, tampering.path, "shim", &c);
    if (s) {
        BELIEVE(status_detail()[0]);
        return;
    }
    size_t n = vault_people(v, &people, &last);
    BELIEVE(n <= VAULT_PEOPLE_MAX && last >= -1);
    BELIEVE(vault_wait_ms(v) >= 0 && vault_wrong(v) >= 0);
    for (size_t i = 0; i < n; i++) {
        BELIEVE(strlen(people[i].label) <= VAULT_LABEL_MAX);
        BELIEVE(vault_try(v, people[i].slot, TAMPER_WRONG, key) != STATUS_OK);
        tamper_now.boot_ms += 4000000; /* the longest wait */
        s = vault_try(v, people[i].slot, TAMPER_PIN, key);
        BELIEVE(s || memcmp(key, tampering.keys[0], 32) == 0);
        tampering.let_in += !s;
        tamper_now.boot_ms += 4000000;
    }
    BELIEVE(vault_try_code(v, "ABCD-EFGH-JKLM", key) != STATUS_OK);
    tamper_now.boot_ms += 4000000;
    vault_close(v);
}

/* Opening makes every table there is; the costly half is asked of one in four. */
static void ask_the_journal(bool deep) {
    struct journal *j = NULL;
    struct journal_report report;
    struct row r = row_new(&kind_service);
    enum status s = sealed_open(&j, tampering.keys[0]);
    if (s) {
        BELIEVE(status_detail()[0]);
        tampering.refused++;
        return;
    }
    tampering.opened++;
    all_versions(j, check_saying);
    each_value(j, check_saying);
    if (deep && journal_verify(j, &report)) BELIEVE(status_detail()[0]);
    row_text(&r, "code", "NEW");
    row_text(&r, "name", "life goes on");
    if (journal_put_alone(j, &r)) BELIEVE(status_detail()[0]);
    if (vault_tell(j)) BELIEVE(status_detail()[0]);
    journal_close(j);
    if (!deep) return;
    s = sealed_open(&j, tampering.keys[0]);
    if (s)
        BELIEVE(status_detail()[0]);
    else
        journal_close(j);
}

static void fuzz_one(const uint8_t *p, size_t n) {
    struct steer s = {.bytes = cursor_of(p, n), .seeded = {1}};
    if (!tampering.key_file.size) {
        tamper_start();
        if (getenv("FUZZ_FIGURES")) atexit(tamper_figures);
    }
    tamper_now = (struct clock_manual){.wall_ms = TAMPER_EVENING + 3600000, .boot_ms = 90000};
    BELIEVE(file_write(tampering.key_path, tampering.key_file.data, tampering.key_file.size,
                       0600) == STATUS_OK);
    BELIEVE(file_write(tampering.path, "", 0, 0600) == STATUS_OK);
    disk_of(&tampering.files[0]);
    if (below(&s, 3))
        change_values(&s);
    else
        change_file(&s);
    tampering.rounds++;
    ask_the_vault();
    ask_the_journal(hash_of(p, n).b[0] % 4 == 0);
    unlink(tampering.key_path);
    unlink(tampering.path);
}

static void fuzz_seeds(fuzz_put *put_seed, void *ctx) {
    for (uint64_t i = 0; i < 24; i++) {
        draw d = {i * 977 + 8};
        struct buf b = {0};
        while (b.size < 40)
            buf_byte(&b, (uint8_t)draw_next(&d));
        put_seed(ctx, b.data, b.size);
        buf_release(&b);
    }
}
