/* bench_merge.c -- many tablets' bundles into a master, held against the sum of what cannot be
 * left out, each alone on the same bytes: hand-written SQL for the same tables and indexes,
 * secretstream twice (for sealed ones), inflating, two BLAKE2b a record, decoding the CBOR.
 *
 * usage: bench_merge SIMULATION [sealed] (a folder that lantern-office simulate [--sealed]
 * made; sealed bundles come in by their tablets' enrolment, with every check on, open ones on
 * trust)
 *
 * The hand-written side takes its rows from the finished master: one prepared INSERT for the
 * journal, one upsert for the table of the kind, one transaction a bundle, the same page cache
 * and pragmas, rows read beforehand and outside the time. A change writes the present content,
 * which is as long as the one it replaced. */
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/cbor.h"
#include "base/file.h"
#include "measure.h"
#include "store/union.h"
#include "sync/bundle.h"
#include "sync/frame.h"
#include "sync/reader.h"

#define CACHE_KIB     65536
#define COLUMNS_MOST  64
#define BUNDLES_A_LOG 2

static struct arena arena;
static char **bundles;
static size_t bundles_count;
static bool sealed;

static void add_bundles(const char *sim, const char *folder) {
    char **names, *dir = path_join(&arena, sim, folder);
    size_t n;
    must(dir_list(&arena, dir, ".lantern", &names, &n), dir);
    char **longer = ARENA_ARRAY(&arena, char *, bundles_count + n + 1);
    for (size_t i = 0; i < bundles_count; i++)
        longer[i] = bundles[i];
    for (size_t i = 0; i < n; i++)
        longer[bundles_count++] = path_join(&arena, dir, names[i]);
    bundles = longer;
}

/* ---- ours
 * ------------------------------------------------------------------------------------- */

enum { OURS_CPU, OURS_WALL, OURS_NEW, OURS_KNOWN };

static struct journal *open_master(const char *master) {
    static struct clock_manual time = {.wall_ms = 1790000000000LL, .boot_ms = 1};
    struct journal *j = NULL;
    must(journal_open(
             &j, &(struct journal_options){.path = master,
                                           .key_path = arena_printf(&arena, "%s.keys", master),
                                           .clock = clock_manual(&time),
                                           .device_name = "Office",
                                           .device_role = "office",
                                           .cache_kib = CACHE_KIB}),
         master);
    return j;
}

static void merge_all(const char *master, double *out) {
    double cpu = cpu_s(), wall = wall_s();
    struct journal *j = open_master(master);
    for (size_t i = 0; i < bundles_count; i++) {
        struct merge_summary sum;
        must(merge_file(j, &(struct merge_options){.path = bundles[i], .trust = !sealed}, &sum),
             bundles[i]);
        must_true(sum.sealed == sealed, "sealed or open as the simulation says");
        out[OURS_NEW] += (double)sum.added;
        out[OURS_KNOWN] += (double)sum.known;
    }
    out[OURS_CPU] = cpu_s() - cpu;
    out[OURS_WALL] = wall_s() - wall;
    journal_close(j);
}

/* ---- by hand: SQL
 * ----------------------------------------------------------------------------- */

struct hand {
    sqlite3 *from, *to;
    sqlite3_stmt *journal_read, *journal_put;
    sqlite3_stmt *row_read[1024], *row_put[1024]; /* by kind's number */
};

static void sql(sqlite3 *db, const char *text) {
    if (sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK) return;
    fprintf(stderr, "bench: %s: %s\n", text, sqlite3_errmsg(db));
    exit(1);
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *text) {
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(db, text, -1, &q, NULL) == SQLITE_OK) return q;
    fprintf(stderr, "bench: %s: %s\n", text, sqlite3_errmsg(db));
    exit(1);
}

/* The same tables and indexes, word for word. */
static void copy_schema(struct hand *h) {
    sqlite3_stmt *q = prepared(h->from, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL "
                                        "AND name NOT LIKE 'sqlite_%' ORDER BY rowid");
    while (sqlite3_step(q) == SQLITE_ROW)
        sql(h->to, (const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
}

static void marks(struct buf *b, int n) {
    for (int i = 0; i < n; i++)
        buf_printf(b, "%s?%d", i ? ", " : "", i + 1);
}

static void prepare_kind(struct hand *h, const struct kind *k) {
    struct buf b = {0};
    buf_printf(&b, "SELECT * FROM \"%s\" WHERE id = ?1", k->name);
    h->row_read[k->number] = prepared(h->from, buf_str(&b));
    int n = sqlite3_column_count(h->row_read[k->number]);
    buf_clear(&b);
    buf_printf(&b, "INSERT INTO \"%s\" VALUES (", k->name);
    marks(&b, n);
    buf_text(&b, ") ON CONFLICT (id) DO UPDATE SET ");
    for (int i = 1; i < n; i++)
        buf_printf(&b, "%s\"%s\" = ?%d", i > 1 ? ", " : "",
                   sqlite3_column_name(h->row_read[k->number], i), i + 1);
    buf_text(&b, " WHERE ?3 >= hlc");
    h->row_put[k->number] = prepared(h->to, buf_str(&b));
    buf_release(&b);
}

static void open_hand(struct hand *h, const char *master, const char *copy) {
    must_true(sqlite3_open(master, &h->from) == SQLITE_OK, master);
    must_true(sqlite3_open(copy, &h->to) == SQLITE_OK, copy);
    sql(h->from, "PRAGMA cache_size = -2000");
    sql(h->to, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous "
               "= FULL; PRAGMA secure_delete = ON");
    struct buf b = {0};
    buf_printf(&b, "PRAGMA cache_size = -%d", CACHE_KIB);
    sql(h->to, buf_str(&b));
    copy_schema(h);
    h->journal_read =
        prepared(h->from, "SELECT * FROM journal WHERE id BETWEEN ?1 AND ?2 ORDER BY id");
    buf_clear(&b);
    buf_text(&b, "INSERT INTO journal VALUES (");
    marks(&b, sqlite3_column_count(h->journal_read));
    buf_text(&b, ")");
    h->journal_put = prepared(h->to, buf_str(&b));
    for (size_t i = 0; i < kinds_count; i++)
        prepare_kind(h, kind_at(i));
    buf_release(&b);
}

/* A row read beforehand: the values of its columns. */
struct ready_row {
    sqlite3_stmt *put;
    int n;
    sqlite3_value **v;
};

static struct ready_row keep_row(struct arena *a, sqlite3_stmt *read, sqlite3_stmt *put) {
    int n = sqlite3_column_count(read);
    struct ready_row r = {.put = put, .n = n, .v = ARENA_ARRAY(a, sqlite3_value *, n)};
    for (int i = 0; i < n; i++)
        r.v[i] = sqlite3_value_dup(sqlite3_column_value(read, i));
    return r;
}

static void put_row(const struct ready_row *r) {
    for (int i = 0; i < r->n; i++)
        sqlite3_bind_value(r->put, i + 1, r->v[i]);
    must_true(sqlite3_step(r->put) == SQLITE_DONE, "insert by hand");
    sqlite3_reset(r->put);
}

static void free_rows(struct ready_row *rows, size_t n) {
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < rows[i].n; k++)
            sqlite3_value_free(rows[i].v[k]);
}

/* One bundle's records: read (outside the time), then one transaction. */
static void one_transaction(struct hand *h, int64_t first, int64_t last, double *cpu,
                            double *wall, double *bare) {
    static int column = -1, row = -1;
    struct arena a = {0};
    size_t n = 0, journal_n = 0, room = 2 * (size_t)(last - first + 1);
    struct ready_row *rows = ARENA_ARRAY(&a, struct ready_row, room);
    sqlite3_bind_int64(h->journal_read, 1, first);
    sqlite3_bind_int64(h->journal_read, 2, last);
    for (int i = 0; column < 0 || row < 0; i++) {
        if (!strcmp(sqlite3_column_name(h->journal_read, i), "kind")) column = i;
        if (!strcmp(sqlite3_column_name(h->journal_read, i), "row")) row = i;
    }
    while (sqlite3_step(h->journal_read) == SQLITE_ROW) {
        int kind = sqlite3_column_int(h->journal_read, column);
        rows[n++] = keep_row(&a, h->journal_read, h->journal_put);
        journal_n++;
        if (kind >= 1024 || !h->row_read[kind]) continue;
        sqlite3_bind_int64(h->row_read[kind], 1, sqlite3_column_int64(h->journal_read, row));
        if (sqlite3_step(h->row_read[kind]) == SQLITE_ROW)
            rows[n++] = keep_row(&a, h->row_read[kind], h->row_put[kind]);
        sqlite3_reset(h->row_read[kind]);
    }
    sqlite3_reset(h->journal_read);
    double c = cpu_s(), w = wall_s();
    sql(h->to, "BEGIN IMMEDIATE");
    for (size_t i = 0; i < n; i++)
        put_row(&rows[i]);
    sql(h->to, "COMMIT");
    *cpu += cpu_s() - c;
    *wall += wall_s() - w;
    *bare += (double)journal_n;
    free_rows(rows, n);
    arena_release(&a);
}

static const char *master_of_hand;
enum { HAND_CPU, HAND_WALL, HAND_ROWS };

static void sql_by_hand(const char *copy, double *out) {
    struct hand *h = ARENA_NEW(&arena, struct hand);
    open_hand(h, master_of_hand, copy);
    sqlite3_stmt *logs = prepared(
        h->from, "SELECT id >> 40, min(id & 1099511627775), max(id & 1099511627775) FROM "
                 "journal WHERE id >> 40 NOT IN (SELECT no FROM log WHERE own) GROUP BY id >> "
                 "40 ORDER BY 1");
    while (sqlite3_step(logs) == SQLITE_ROW) {
        int64_t log = sqlite3_column_int64(logs, 0) << 40;
        int64_t first = sqlite3_column_int64(logs, 1), last = sqlite3_column_int64(logs, 2);
        int64_t middle = (first + last) / BUNDLES_A_LOG;
        one_transaction(h, log | first, log | middle, &out[HAND_CPU], &out[HAND_WALL],
                        &out[HAND_ROWS]);
        if (middle < last)
            one_transaction(h, log | (middle + 1), log | last, &out[HAND_CPU], &out[HAND_WALL],
                            &out[HAND_ROWS]);
    }
    sqlite3_finalize(logs);
}

/* Journal rows only, in the same transactions: what a bare journal would cost. */
static void bare_journal(const char *copy, double *out) {
    struct hand *h = ARENA_NEW(&arena, struct hand);
    open_hand(h, master_of_hand, copy);
    sqlite3_stmt *logs = prepared(h->from, "SELECT id >> 40, min(id), max(id) FROM journal "
                                           "WHERE id >> 40 NOT IN (SELECT no FROM log WHERE "
                                           "own) GROUP BY id >> 40");
    memset(h->row_read, 0, sizeof h->row_read);
    while (sqlite3_step(logs) == SQLITE_ROW)
        one_transaction(h, sqlite3_column_int64(logs, 1), sqlite3_column_int64(logs, 2),
                        &out[HAND_CPU], &out[HAND_WALL], &out[HAND_ROWS]);
    sqlite3_finalize(logs);
}

/* ---- by hand: bytes
 * --------------------------------------------------------------------------- */

enum { BYTES_INFLATE, BYTES_HASH, BYTES_CBOR, BYTES_RECORDS, BYTES_STREAM, BYTES_SIZE };

static bool unwrap(const void *ctx, const uint8_t wrapped[80], uint8_t key[32]) {
    return journal_unwrap(ctx, wrapped, key);
}

/* libsodium alone over a sealed bundle, as many times as there are passes. */
static void open_stream(struct journal *j, const char *path, double *seconds) {
    struct buf file = {0};
    struct wire_header h;
    static uint8_t plain[SEALED_PLAIN_BYTES];
    uint8_t key[32], tag;
    bool ours = false;
    must(file_read(path, (size_t)2 << 30, &file), path);
    must(header_get(file.data, file.size < WIRE_HEADER_MAX ? file.size : WIRE_HEADER_MAX, &h),
         path);
    for (uint32_t i = 0; i < h.keys_count && !ours; i++)
        ours = journal_unwrap(j, h.keys[i].wrapped, key);
    must_true(ours, "the office opens its bundles");
    double t = cpu_s();
    for (int pass = 0; pass < 2; pass++) {
        crypto_secretstream_xchacha20poly1305_state state;
        const uint8_t *p = file.data + h.size, *end = file.data + file.size;
        crypto_secretstream_xchacha20poly1305_init_pull(&state, p, key);
        p += SEALED_START_BYTES;
        for (bool first = true; p < end; first = false) {
            size_t n = (size_t)(end - p);
            if (n > SEALED_MESSAGE_BYTES) n = SEALED_MESSAGE_BYTES;
            must_true(crypto_secretstream_xchacha20poly1305_pull(&state, plain, NULL, &tag, p,
                                                                 n, first ? h.hash.b : NULL,
                                                                 first ? 32 : 0) == 0,
                      "secretstream by hand");
            p += n;
        }
    }
    *seconds += cpu_s() - t;
    buf_release(&file);
}

static void inflate_chunks(struct journal *j, const char *path, double *seconds) {
    struct bundle_reader r = {0};
    struct block b;
    struct bundle_opener opener = {.unwrap = unwrap, .ctx = j};
    static uint8_t room[BUNDLE_CHUNK_BYTES + 65536];
    z_stream z = {0};
    must_true(inflateInit(&z) == Z_OK, "inflate");
    must(reader_open_with(&r, path, &opener), path);
    while (!r.ended) {
        must(reader_next(&r, &b), path);
        if (r.ended || b.type != BLOCK_CHUNK) continue;
        double c = cpu_s();
        inflateReset(&z);
        z.next_in = (Bytef *)(uintptr_t)(b.data + 6); /* count u16, raw size u32 */
        z.avail_in = (uInt)(b.size - 6);
        z.next_out = room;
        z.avail_out = sizeof room;
        must_true(inflate(&z, Z_FINISH) == Z_STREAM_END, "inflate by hand");
        *seconds += cpu_s() - c;
    }
    inflateEnd(&z);
    reader_release(&r);
}

/* Every body once through both hashes: salt and body; previous hash, header and commitment. */
static void hash_bodies(const struct buf *bodies, double *seconds, double *records) {
    struct cursor c = cursor_of(bodies->data, bodies->size);
    uint8_t salted[32 + BODY_BYTES_MAX], header[32 + 160 + 32], out[32];
    memset(header, 7, sizeof header);
    memset(salted, 9, 32);
    double t = cpu_s();
    while (c.p < c.end) {
        uint32_t n = cursor_u32(&c);
        memcpy(salted + 32, cursor_take(&c, n), n);
        crypto_generichash(out, 32, salted, 32 + n, NULL, 0);
        memcpy(header + sizeof header - 32, out, 32);
        crypto_generichash(header, 32, header, sizeof header, NULL, 0);
        (*records)++;
    }
    *seconds += cpu_s() - t;
}

static void decode_bodies(const struct buf *bodies, double *seconds) {
    struct cursor c = cursor_of(bodies->data, bodies->size);
    double t = cpu_s();
    while (c.p < c.end) {
        uint32_t n = cursor_u32(&c);
        struct cursor in = cursor_of(cursor_take(&c, n), n);
        int64_t items = cbor_next(&in).i;
        for (int64_t i = 0; i < items; i++)
            must_true(cbor_next(&in).type != CBOR_BAD, "a body decodes");
    }
    *seconds += cpu_s() - t;
}

static void bytes_by_hand(const char *master, double *out) {
    sqlite3 *db;
    struct buf bodies = {0};
    struct journal *j = open_master(master);
    for (size_t i = 0; i < bundles_count; i++) {
        inflate_chunks(j, bundles[i], &out[BYTES_INFLATE]);
        if (sealed) open_stream(j, bundles[i], &out[BYTES_STREAM]);
        out[BYTES_SIZE] += (double)file_size(bundles[i]);
    }
    journal_close(j);
    must_true(sqlite3_open(master, &db) == SQLITE_OK, master);
    sqlite3_stmt *q =
        prepared(db, "SELECT body FROM journal WHERE body IS NOT NULL AND id >> 40 "
                     "NOT IN (SELECT no FROM log WHERE own)");
    while (sqlite3_step(q) == SQLITE_ROW) {
        int n = sqlite3_column_bytes(q, 0);
        buf_u32(&bodies, (uint32_t)n);
        buf_add(&bodies, sqlite3_column_blob(q, 0), (size_t)n);
    }
    sqlite3_finalize(q);
    sqlite3_close(db);
    hash_bodies(&bodies, &out[BYTES_HASH], &out[BYTES_RECORDS]);
    decode_bodies(&bodies, &out[BYTES_CBOR]);
    buf_release(&bodies);
}

int main(int argc, char **argv) {
    must_true(argc >= 2, "usage: bench_merge SIMULATION [sealed]");
    sealed = argc > 2 && !strcmp(argv[2], "sealed");
    char *dir = bench_dir(&arena, "merge"), *master = path_join(&arena, dir, "office.db");
    add_bundles(argv[1], "bundles");
    add_bundles(argv[1], "later");
    copy_to(path_join(&arena, argv[1], "office.db"), master);
    copy_to(path_join(&arena, argv[1], "office.db.keys"),
            arena_printf(&arena, "%s.keys", master));
    struct measured first = in_child(merge_all, master);
    struct measured again = in_child(merge_all, master);
    master_of_hand = master;
    struct measured hand = in_child(sql_by_hand, path_join(&arena, dir, "hand.db"));
    struct measured bare = in_child(bare_journal, path_join(&arena, dir, "bare.db"));
    struct measured bytes = in_child(bytes_by_hand, master);
    double parts = bytes.v[BYTES_INFLATE] + bytes.v[BYTES_HASH] + bytes.v[BYTES_CBOR] +
                   bytes.v[BYTES_STREAM];
    char what[80];
    snprintf(what, sizeof what, "%s %.0f records, %zu bundles (CPU)",
             sealed ? "open and merge" : "merge", first.v[OURS_NEW], bundles_count);
    result(what, first.v[OURS_CPU], hand.v[HAND_CPU] + parts, "s", 1.15);
    note("limit: SQL %.2f, secretstream twice %.2f, inflate %.2f, two BLAKE2b %.2f, CBOR %.2f "
         "s; "
         "ours %.0f records/s",
         hand.v[HAND_CPU], bytes.v[BYTES_STREAM], bytes.v[BYTES_INFLATE], bytes.v[BYTES_HASH],
         bytes.v[BYTES_CBOR], first.v[OURS_NEW] / first.v[OURS_CPU]);
    note("%s bundles of %.1f MB in all; %.1f MB/s", sealed ? "sealed and signed" : "open",
         bytes.v[BYTES_SIZE] / 1048576, bytes.v[BYTES_SIZE] / 1048576 / first.v[OURS_CPU]);
    result("the same, by the wall clock", first.v[OURS_WALL], hand.v[HAND_WALL] + parts, "s",
           0);
    result("the same, against a bare journal insert (CPU)", first.v[OURS_CPU], bare.v[HAND_CPU],
           "s", 0);
    result_most("peak memory of the merge above its page cache",
                first.peak_kib / 1024 - CACHE_KIB / 1024, "MB", 16);
    result("the same bundles again (CPU)", again.v[OURS_CPU], first.v[OURS_CPU], "s", 0.05);
    must_true(again.v[OURS_NEW] == 0, "the second time all is known");
    arena_release(&arena);
    return 0;
}
