/* bench_export.c -- writing a bundle against zlib alone, and how large a bundle is.
 *
 * usage: bench_export SIMULATION LANTERN-OFFICE [SEALED-SIMULATION]
 *
 * Speed: a tablet's whole log, held against deflate (level 6, one stream, set back for each
 * chunk) over exactly what is deflated in the bundle: frames, and the pieces of the forms.
 * Sealed: an enrolled tablet's log, held against reading the records with SQLite, deflating the
 * same frames, and secretstream and one BLAKE2b over the same blocks, each alone.
 * Size: bundles of 100, 1,000 and 20,000 records, held against the same records as JSON lines
 * through gzip -6. The form that a bundle carries as a blob is not among those lines, so it is
 * counted apart. */
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/file.h"
#include "measure.h"
#include "sync/bundle.h"
#include "sync/frame.h"
#include "sync/reader.h"

#define TURNS  4
#define ROUNDS 5

static struct arena arena;
static const char *database;

static void export_once(const char *path, double *out) {
    struct clock_manual time = {.wall_ms = 1800000000000LL, .boot_ms = 1};
    struct export_summary sum;
    struct journal *j = open_as(database, &time, "tablet", 0);
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        double t = cpu_s();
        must(export_all(j, &(struct export_options){.path = path, .everything = true}, &sum),
             path);
        double took = cpu_s() - t;
        if (took < best) best = took;
    }
    out[0] = best;
    out[1] = (double)sum.records;
    out[2] = (double)sum.bytes;
    journal_close(j);
}

/* ---- by hand
 * ---------------------------------------------------------------------------------- */

static struct buf frames; /* each chunk or piece: u32 size, bytes */

static void add_frames(const struct buf *raw) {
    buf_u32(&frames, (uint32_t)raw->size);
    buf_add(&frames, raw->data, raw->size);
}

/* A form is one piece of up to 256 KB. */
static void add_piece(struct packer *p, struct buf *raw, const struct block *b) {
    struct piece piece;
    must(piece_get(b->data, b->size, &piece), "a piece");
    if (!piece.raw_size) return;
    buf_clear(raw);
    if (piece.packed)
        must(unpack(p, raw, piece.bytes, piece.bytes_size, piece.raw_size), "a piece");
    else
        buf_add(raw, piece.bytes, piece.bytes_size);
    add_frames(raw);
}

static void collect_frames(const char *path) {
    struct bundle_reader r = {0};
    struct packer p = {0};
    struct block b;
    struct buf raw = {0};
    uint16_t count;
    must(reader_open(&r, path), path);
    while (!r.ended) {
        must(reader_next(&r, &b), path);
        if (!r.ended && b.type == BLOCK_PIECE) add_piece(&p, &raw, &b);
        if (r.ended || b.type != BLOCK_CHUNK) continue;
        buf_clear(&raw);
        must(chunk_get(&p, &raw, b.data, b.size, &count), path);
        add_frames(&raw);
    }
    buf_release(&raw);
    packer_release(&p);
    reader_release(&r);
}

static double deflate_frames(void) {
    static uint8_t room[BUNDLE_CHUNK_BYTES * 2];
    double best = 1e9;
    z_stream z = {0};
    must_true(deflateInit(&z, 6) == Z_OK, "deflate");
    for (int i = 0; i < ROUNDS; i++) {
        struct cursor c = cursor_of(frames.data, frames.size);
        double t = cpu_s();
        while (c.p < c.end) {
            uint32_t n = cursor_u32(&c);
            deflateReset(&z);
            z.next_in = (Bytef *)(uintptr_t)cursor_take(&c, n);
            z.avail_in = n;
            z.next_out = room;
            z.avail_out = sizeof room;
            must_true(deflate(&z, Z_FINISH) == Z_STREAM_END, "deflate by hand");
        }
        double took = cpu_s() - t;
        if (took < best) best = took;
    }
    deflateEnd(&z);
    return best;
}

/* ---- sealed ---- */

/* The records of one log with SQLite alone. */
static double select_records(void) {
    sqlite3 *db;
    sqlite3_stmt *q;
    double best = 1e9;
    must_true(sqlite3_open_v2(database, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK,
              database);
    must_true(sqlite3_prepare_v2(db,
                                 "SELECT * FROM journal WHERE id >> 40 IN (SELECT no FROM log "
                                 "WHERE own) ORDER BY id",
                                 -1, &q, NULL) == SQLITE_OK,
              "select by hand");
    for (int i = 0; i < ROUNDS; i++) {
        int64_t sum = 0;
        double t = cpu_s();
        while (sqlite3_step(q) == SQLITE_ROW)
            for (int c = 0; c < sqlite3_column_count(q); c++)
                sum += sqlite3_column_bytes(q, c);
        sqlite3_reset(q);
        double took = cpu_s() - t;
        must_true(sum > 0, "records by hand");
        if (took < best) best = took;
    }
    sqlite3_finalize(q);
    sqlite3_close(db);
    return best;
}

/* Sealing and hashing so many bytes with libsodium alone. */
static void seal_bytes(size_t size, double *stream, double *hash) {
    static uint8_t plain[SEALED_PLAIN_BYTES], sealed[SEALED_MESSAGE_BYTES];
    uint8_t key[32] = {1}, start[SEALED_START_BYTES], out[32];
    *stream = *hash = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        crypto_secretstream_xchacha20poly1305_state state;
        crypto_generichash_state digest;
        double t = cpu_s();
        crypto_secretstream_xchacha20poly1305_init_push(&state, start, key);
        for (size_t left = size; left > 0;) {
            size_t n = left < sizeof plain ? left : sizeof plain;
            crypto_secretstream_xchacha20poly1305_push(&state, sealed, NULL, plain, n, NULL, 0,
                                                       0);
            left -= n;
        }
        double took = cpu_s() - t;
        if (took < *stream) *stream = took;
        t = cpu_s();
        crypto_generichash_init(&digest, NULL, 0, 32);
        for (size_t left = size; left > 0;) {
            size_t n = left < sizeof plain ? left : sizeof plain;
            crypto_generichash_update(&digest, plain, n);
            left -= n;
        }
        crypto_generichash_final(&digest, out, 32);
        took = cpu_s() - t;
        if (took < *hash) *hash = took;
    }
}

static void use_tablet(const char *dir, const char *sim) {
    char *from = path_join(&arena, sim, "tablet-05/lantern.db");
    database = path_join(&arena, dir, "lantern.db");
    copy_to(from, database);
    copy_to(arena_printf(&arena, "%s.key", from), arena_printf(&arena, "%s.key", database));
}

/* The frames come from the same log exported open: they are the same bytes. */
static void export_open(const char *path, double *out) {
    struct clock_manual time = {.wall_ms = 1800000000000LL, .boot_ms = 1};
    struct export_summary sum;
    struct journal *j = open_as(database, &time, "tablet", 0);
    must(export_all(j, &(struct export_options){.path = path, .everything = true, .open = true},
                    &sum),
         path);
    out[0] = (double)sum.bytes;
    journal_close(j);
}

static void sealed_rows(const char *sim) {
    char *dir = bench_dir(&arena, "export-sealed"), what[80];
    char *path = path_join(&arena, dir, "sealed.lantern"),
         *open = path_join(&arena, dir, "open.lantern");
    double stream, hash;
    use_tablet(dir, sim);
    double bytes = in_child(export_open, open).v[0];
    buf_clear(&frames);
    collect_frames(open);
    struct measured m = in_child(export_once, path);
    must_true(bundle_show(path, NULL, NULL, NULL) == STATUS_NOT_OURS, "it is sealed");
    double ours = m.v[0], packing = deflate_frames(), reading = select_records();
    seal_bytes((size_t)bytes, &stream, &hash);
    for (int i = 1; i < TURNS; i++) { /* in turns, as above */
        double again = in_child(export_once, path).v[0], by_hand = deflate_frames(), s, h;
        double read_again = select_records();
        seal_bytes((size_t)bytes, &s, &h);
        if (again < ours) ours = again;
        if (by_hand < packing) packing = by_hand;
        if (read_again < reading) reading = read_again;
        if (s < stream) stream = s;
        if (h < hash) hash = h;
    }
    snprintf(what, sizeof what, "compress and seal %.0f records (CPU)", m.v[1]);
    result(what, ours * 1e3, (packing + reading + stream + hash) * 1e3, "ms", 1.25);
    note("limit: SQLite %.1f, zlib %.1f, secretstream %.1f, BLAKE2b %.1f ms; ours %.1f MB/s of "
         "the sealed file",
         reading * 1e3, packing * 1e3, stream * 1e3, hash * 1e3, m.v[2] / 1048576 / ours);
}

/* ---- sizes
 * ------------------------------------------------------------------------------------ */

static double blob_bytes(const char *path) {
    struct bundle_reader r = {0};
    struct block b;
    double n = 0;
    must(reader_open(&r, path), path);
    while (!r.ended) {
        must(reader_next(&r, &b), path);
        if (!r.ended && b.type == BLOCK_PIECE) n += (double)b.size;
    }
    reader_release(&r);
    return n;
}

static double json_bytes(const char *office, const char *path) {
    double n = 0;
    FILE *p = popen(
        arena_printf(&arena, "%s show %s --json 2>/dev/null | gzip -6 | wc -c", office, path),
        "r");
    must_true(p && fscanf(p, "%lf", &n) == 1, "show | gzip");
    pclose(p);
    return n;
}

static void one_size(const char *dir, const char *sim, const char *office, int64_t records) {
    struct clock_manual time = {.wall_ms = 1790000000000LL, .boot_ms = 1};
    struct merge_summary read;
    struct export_summary sum;
    char *name = arena_printf(&arena, "size-%lld", (long long)records);
    char *db = path_join(&arena, dir, arena_printf(&arena, "%s.db", name));
    char *path = path_join(&arena, dir, arena_printf(&arena, "%s.lantern", name));
    struct journal *j = open_as(db, &time, "tablet", 0);
    must(merge_file(j,
                    &(struct merge_options){.path = path_join(&arena, sim, "pack.lantern"),
                                            .tablet = true,
                                            .trust = true},
                    &read),
         "pack");
    fill_to(j, &time, records);
    must(export_all(j, &(struct export_options){.path = path}, &sum), path);
    journal_close(j);
    double json = json_bytes(office, path), blobs = blob_bytes(path);
    double ours = (double)sum.bytes - blobs;
    result(arena_printf(&arena, "bundle of %lld records, against JSON and gzip -6",
                        (long long)sum.records),
           ours / 1024, json / 1024, "KB", records == 1000 ? 0.8 : 0);
    note("%.1f bytes a record; the forms in it take %.1f KB more", ours / (double)sum.records,
         blobs / 1024);
}

int main(int argc, char **argv) {
    must_true(argc >= 3, "usage: bench_export SIMULATION LANTERN-OFFICE [SEALED-SIMULATION]");
    char *dir = bench_dir(&arena, "export"), *path = path_join(&arena, dir, "all.lantern");
    use_tablet(dir, argv[1]);
    struct measured m = in_child(export_once, path);
    collect_frames(path);
    double ours = m.v[0], hand = deflate_frames();
    for (int i = 1; i < TURNS; i++) { /* in turns: a busy machine is slow for both */
        double again = in_child(export_once, path).v[0], by_hand = deflate_frames();
        if (again < ours) ours = again;
        if (by_hand < hand) hand = by_hand;
    }
    char what[80];
    snprintf(what, sizeof what, "export of %.0f records (CPU)", m.v[1]);
    result(what, ours * 1e3, hand * 1e3, "ms", 1.25);
    note("%.0f records/s; peak memory %.0f MB with SQLite's 8 MB cache", m.v[1] / ours,
         m.peak_kib / 1024);
    static const int64_t sizes[] = {100, 1000, 20000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        one_size(dir, argv[1], argv[2], sizes[i]);
    if (argc > 3) sealed_rows(argv[3]);
    buf_release(&frames);
    arena_release(&arena);
    return 0;
}
