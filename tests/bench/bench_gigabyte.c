/* bench_gigabyte.c -- a bundle of 1 GB: memory of the tablet that writes it and of the office
 * that reads it.
 *
 * usage: bench_gigabyte [MEGABYTES]
 *
 * An enrolled tablet holds that much in random blobs of 1 to 64 MiB, a record each. The sealed
 * export and the merge run in processes of their own; what counts is the highest memory of
 * each, less SQLite's page cache, and beside it that of a process that only opens the same
 * database. All of it is removed again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "measure.h"
#include "store/query.h"
#include "sync/bundle.h"
#include "sync/enrol.h"
#include "sync/office_keys.h"

#define CACHE_KIB 8192
#define MIB       (1024.0 * 1024)

static struct arena arena;
static struct clock_manual now = {.wall_ms = 1790000000000LL, .boot_ms = 1};
static char *tablet, *office, *bundle;
static double megabytes;

enum { WALL, CPU, BYTES, BLOBS };

static void put(struct journal *j, struct row *r) {
    now.wall_ms += 1000;
    must(journal_put_alone(j, r), r->kind->name);
}

/* Of the size drawn, and for the last one what is missing. */
static void add_blobs(struct journal *t) {
    struct row visit = row_new(&kind_visit);
    static uint8_t bytes[BLOB_BYTES_MAX];
    draw d = {.s = 1};
    put(t, &visit);
    for (double made = 0; made < megabytes * MIB;) {
        size_t n = (1 + draw_below(&d, 64)) * (size_t)MIB;
        struct row r = row_new(&kind_attachment);
        hash256 name;
        if ((double)n > megabytes * MIB - made) n = (size_t)(megabytes * MIB - made);
        random_bytes(bytes, n);
        must(blob_put(t, bytes, n, &name), "a blob");
        row_ref(&r, "visit", visit.id);
        row_hash(&r, "hash", &name);
        put(t, &r);
        made += (double)n;
    }
}

static void make(const char *dir, double *out) {
    struct enrol_made made;
    struct export_summary sum;
    struct merge_summary read;
    char text[RECOVERY_TEXT_BYTES], *pack = path_join(&arena, dir, "first.lantern");
    struct journal *m = open_as(office, &now, "office", CACHE_KIB),
                   *t = open_as(tablet, &now, "tablet", CACHE_KIB);
    struct row provider = row_new(&kind_provider);
    (void)out;
    row_text(&provider, "code", "P1");
    row_text(&provider, "name", "Night Homes");
    put(m, &provider);
    must(office_recovery_make(m, text), "recovery key");
    must(enrol_new(m, "Night tablet", NULL, NULL, &made), "enrol");
    must(export_all(m,
                    &(struct export_options){.path = pack,
                                             .purpose = BUNDLE_PACK,
                                             .everything = true,
                                             .code = made.code,
                                             .token = made.token},
                    &sum),
         pack);
    must(merge_file(t, &(struct merge_options){.path = pack, .tablet = true, .code = made.code},
                    &read),
         pack);
    add_blobs(t);
    journal_close(t);
    journal_close(m);
}

static void only_open(const char *path, double *out) {
    (void)out;
    journal_close(open_as(path, &now, "tablet", CACHE_KIB));
}

static void do_export(const char *path, double *out) {
    struct export_summary sum;
    double wall = wall_s(), cpu = cpu_s();
    struct journal *j = open_as(path, &now, "tablet", CACHE_KIB);
    must(export_all(j, &(struct export_options){.path = bundle}, &sum), bundle);
    journal_close(j);
    must_true(sum.sealed, "it is sealed");
    out[WALL] = wall_s() - wall;
    out[CPU] = cpu_s() - cpu;
    out[BYTES] = (double)sum.bytes;
    out[BLOBS] = (double)sum.blobs;
}

static void do_merge(const char *path, double *out) {
    struct merge_summary sum;
    double wall = wall_s(), cpu = cpu_s();
    struct journal *j = open_as(path, &now, "office", CACHE_KIB);
    must(merge_file(j, &(struct merge_options){.path = bundle}, &sum), bundle);
    journal_close(j);
    out[WALL] = wall_s() - wall;
    out[CPU] = cpu_s() - cpu;
    out[BLOBS] = (double)sum.blobs;
}

static void row_of(const char *what, const struct measured *m, double bytes) {
    result_most(what, m->peak_kib / 1024 - CACHE_KIB / 1024, "MB", 16);
    note("%.0f blobs, %.0f MB in %.1f s by the clock, %.1f s of CPU (%.0f MB/s)", m->v[BLOBS],
         bytes / MIB, m->v[WALL], m->v[CPU], bytes / MIB / m->v[CPU]);
}

int main(int argc, char **argv) {
    megabytes = argc > 1 ? strtod(argv[1], NULL) : 1024;
    if (megabytes < 1) return 0;
    char *dir = bench_dir(&arena, "gigabyte"), what[80];
    if ((double)file_free_bytes(dir) < 6 * megabytes * MIB) {
        note("a bundle of %.0f MB: not measured, there is not enough room on this disk",
             megabytes);
        return 0;
    }
    tablet = path_join(&arena, dir, "tablet.db");
    office = path_join(&arena, dir, "office.db");
    bundle = path_join(&arena, dir, "bundle.lantern");
    in_child(make, dir);
    now.wall_ms += 3600000;
    struct measured idle = in_child(only_open, tablet);
    struct measured written = in_child(do_export, tablet);
    struct measured read = in_child(do_merge, office);
    must_true(read.v[BLOBS] == written.v[BLOBS], "every blob has arrived");
    snprintf(what, sizeof what, "bundle of %.0f MB, sealed: memory above the page cache",
             written.v[BYTES] / MIB);
    row_of(what, &written, written.v[BYTES]);
    row_of("the same opened and merged", &read, written.v[BYTES]);
    note("a process that only opens the database: %.1f MB in all, %.1f MB of it page cache at "
         "most",
         idle.peak_kib / 1024, CACHE_KIB / 1024.0);
    bench_dir(&arena, "gigabyte");
    rmdir(dir);
    arena_release(&arena);
    return 0;
}
