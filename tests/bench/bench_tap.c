/* bench_tap.c -- from a tap to durable, held against one hand-written prepared transaction that
 * writes the same rows to the same tables and indexes, with the same pragmas. Both wait for the
 * disk, so both are wall-clock times; they take turns in blocks so that the machine's moods are
 * shared. Syncs are counted by standing in front of the C library's.
 * Then the same tap on the same tablet sealed at rest, taking turns with the open one.
 *
 * A tap is one answer: begin, put, commit, as app_act does it. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "measure.h"
#include "store/query.h"

#define TAPS   3000
#define BLOCK  50
#define CHECKS 60

static int64_t syncs, written;

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at) {
    written += (int64_t)n;
    return syscall(SYS_pwrite64, fd, p, n, at);
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at) {
    return pwrite64(fd, p, n, at);
}

int fdatasync(int fd) {
    syncs++;
    return (int)syscall(SYS_fdatasync, fd);
}

int fsync(int fd) {
    syncs++;
    return (int)syscall(SYS_fsync, fd);
}

static struct arena arena;
static struct clock_manual now = {.wall_ms = 1790000000000LL, .boot_ms = 1};

/* ---- ours
 * ------------------------------------------------------------------------------------- */

static struct row an_answer(row_id visit, int i) {
    static char item[16];
    struct row r = row_new(&kind_answer);
    snprintf(item, sizeof item, "B%05d", i);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", item);
    row_text(&r, "part", "a");
    row_text(&r, "framework", "cqc-saf-2024-12");
    row_text(&r, "word", "met");
    row_text(&r, "note", "A jug and a cup stood within reach, filled at eight");
    return r;
}

static double tap(struct journal *j, row_id visit, int i) {
    struct row r = an_answer(visit, i);
    now.wall_ms += 2000;
    double t = wall_s();
    must(journal_begin(j), "begin");
    must(journal_put(j, &r), "put");
    must(journal_commit(j), "commit");
    return wall_s() - t;
}

/* ---- by hand
 * ---------------------------------------------------------------------------------- */

struct hand {
    sqlite3 *db;
    sqlite3_stmt *begin, *commit, *journal, *answer;
    sqlite3_value *journal_row[32], *answer_row[64];
    int journal_n, answer_n;
    int64_t next;
};

static sqlite3_stmt *prepared(sqlite3 *db, const char *text) {
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(db, text, -1, &q, NULL) == SQLITE_OK) return q;
    fprintf(stderr, "bench: %s: %s\n", text, sqlite3_errmsg(db));
    exit(1);
}

/* The newest answer, to be written again and again under new numbers. */
static int take_row(sqlite3 *db, const char *sql, sqlite3_value **out) {
    sqlite3_stmt *q = prepared(db, sql);
    must_true(sqlite3_step(q) == SQLITE_ROW, sql);
    int n = sqlite3_column_count(q);
    for (int i = 0; i < n; i++)
        out[i] = sqlite3_value_dup(sqlite3_column_value(q, i));
    sqlite3_finalize(q);
    return n;
}

static sqlite3_stmt *insert_into(sqlite3 *db, const char *table, int n) {
    struct buf b = {0};
    buf_printf(&b, "INSERT INTO %s VALUES (", table);
    for (int i = 0; i < n; i++)
        buf_printf(&b, "%s?%d", i ? "," : "", i + 1);
    buf_text(&b, ")");
    sqlite3_stmt *q = prepared(db, buf_str(&b));
    buf_release(&b);
    return q;
}

static void open_hand(struct hand *h, const char *path) {
    must_true(sqlite3_open(path, &h->db) == SQLITE_OK, path);
    must_true(
        sqlite3_exec(h->db,
                     "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -8192; PRAGMA "
                     "journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete "
                     "= ON; BEGIN IMMEDIATE; COMMIT",
                     NULL, NULL, NULL) == SQLITE_OK,
        "pragmas");
    h->journal_n = take_row(h->db,
                            "SELECT * FROM journal WHERE kind = (SELECT kind FROM journal j "
                            "JOIN answer a ON a.id = j.id LIMIT 1) ORDER BY id DESC LIMIT 1",
                            h->journal_row);
    h->answer_n =
        take_row(h->db, "SELECT * FROM answer ORDER BY id DESC LIMIT 1", h->answer_row);
    h->begin = prepared(h->db, "BEGIN IMMEDIATE");
    h->commit = prepared(h->db, "COMMIT");
    h->journal = insert_into(h->db, "journal", h->journal_n);
    h->answer = insert_into(h->db, "answer", h->answer_n);
    h->next = sqlite3_value_int64(h->journal_row[0]) + 1;
}

static void put(sqlite3_stmt *q, sqlite3_value **row, int n, int64_t id) {
    sqlite3_bind_int64(q, 1, id);
    for (int i = 1; i < n; i++)
        sqlite3_bind_value(q, i + 1, row[i]);
    must_true(sqlite3_step(q) == SQLITE_DONE, "insert by hand");
    sqlite3_reset(q);
}

static double hand_tap(struct hand *h) {
    double t = wall_s();
    sqlite3_step(h->begin);
    sqlite3_reset(h->begin);
    put(h->journal, h->journal_row, h->journal_n, h->next);
    put(h->answer, h->answer_row, h->answer_n, h->next);
    h->next++;
    must_true(sqlite3_step(h->commit) == SQLITE_DONE, "commit by hand");
    sqlite3_reset(h->commit);
    return wall_s() - t;
}

static struct journal *sealed_twin(const char *from, const char *path) {
    struct journal *j = NULL;
    uint8_t key[32];
    copy_to(from, path);
    copy_to(arena_printf(&arena, "%s.key", from), arena_printf(&arena, "%s.key", path));
    seal_at_rest(path, &now, "385206", key);
    must(journal_open(&j, &(struct journal_options){.path = path,
                                                    .clock = clock_manual(&now),
                                                    .device_name = "bench tablet",
                                                    .device_role = "tablet",
                                                    .rest_key = key}),
         path);
    return j;
}

struct taps {
    double us[TAPS], cpu;
    int64_t syncs, bytes;
};

static void timed_tap(struct journal *j, row_id visit, int i, struct taps *t, int at) {
    int64_t before = syncs, bytes = written;
    double cpu = thread_s();
    t->us[at] = tap(j, visit, i) * 1e6;
    t->cpu += thread_s() - cpu;
    t->syncs += syncs - before;
    t->bytes += written - bytes;
}

static void sealed_and_open(struct journal *sealed, struct journal *open, row_id visit) {
    struct taps *s = ARENA_NEW(&arena, struct taps), *o = ARENA_NEW(&arena, struct taps);
    double n = TAPS / 2;
    tap(sealed, visit, 1);
    for (int i = 0; i < TAPS; i++) {
        bool idle = false;
        if (i % BLOCK == 0) {
            must(journal_verify_step(open, 1, &idle), "idle");
            must(journal_verify_step(sealed, 1, &idle), "idle");
        }
        bool turn = (i / BLOCK) % 2;
        timed_tap(turn ? sealed : open, visit, i + TAPS, turn ? s : o,
                  i / (2 * BLOCK) * BLOCK + i % BLOCK);
    }
    result("tap sealed at rest, and open, p50 (wall)", percentile(s->us, TAPS / 2, 0.5),
           percentile(o->us, TAPS / 2, 0.5), "us", 1.1);
    result("tap sealed at rest, and open, p99 (wall)", percentile(s->us, TAPS / 2, 0.99),
           percentile(o->us, TAPS / 2, 0.99), "us", 1.1);
    result("the same without the waiting, mean (CPU)", s->cpu * 1e6 / n, o->cpu * 1e6 / n, "us",
           0);
    result("syncs a tap", (double)s->syncs / n, (double)o->syncs / n, "", 1.02);
    result("bytes written a tap", (double)s->bytes / n / 1024, (double)o->bytes / n / 1024,
           "KB", 0);
}

int main(void) {
    char *dir = bench_dir(&arena, "tap"), *path = path_join(&arena, dir, "lantern.db");
    char *copy = path_join(&arena, dir, "hand.db");
    double *ours = ARENA_ARRAY(&arena, double, TAPS),
           *hands = ARENA_ARRAY(&arena, double, TAPS);
    struct journal *j = open_as(path, &now, "tablet", 0);
    fill_tablet(j, &now, CHECKS, 5);
    struct row v = row_new(&kind_visit);
    row_ref(&v, "service",
            query_one_int(j, 0, "SELECT id FROM service ORDER BY code LIMIT 1", 0));
    row_text(&v, "template", "NIGHT");
    must(journal_begin(j), "begin");
    must(journal_put(j, &v), "visit");
    must(journal_commit(j), "commit");
    tap(j, v.id, 0);
    journal_close(j);
    copy_to(path, copy);
    struct journal *sealed = sealed_twin(path, path_join(&arena, dir, "sealed.db"));
    j = open_as(path, &now, "tablet", 0);
    struct hand h = {0};
    open_hand(&h, copy);
    int64_t ours_syncs = 0, hand_syncs = 0, ours_bytes = 0, hand_bytes = 0;
    double ours_cpu = 0, hand_cpu = 0;
    tap(j, v.id, 1); /* a first write begins the write-ahead log */
    hand_tap(&h);
    for (int i = 0; i < TAPS; i++) {
        bool mine = (i / BLOCK) % 2 == 0, idle = false;
        if (i % BLOCK == 0) { /* the finger rests: both fold their write-ahead log in */
            must(journal_verify_step(j, 1, &idle), "idle");
            sqlite3_wal_checkpoint_v2(h.db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
        }
        int at = i / (2 * BLOCK) * BLOCK + i % BLOCK;
        int64_t before = syncs, bytes = written;
        double cpu = thread_s();
        if (mine) {
            ours[at] = tap(j, v.id, i + 2) * 1e6;
            ours_syncs += syncs - before;
            ours_bytes += written - bytes;
            ours_cpu += thread_s() - cpu;
        } else {
            hands[at] = hand_tap(&h) * 1e6;
            hand_syncs += syncs - before;
            hand_bytes += written - bytes;
            hand_cpu += thread_s() - cpu;
        }
    }
    size_t n = TAPS / 2;
    result("tap to durable, p50 (wall)", percentile(ours, n, 0.5), percentile(hands, n, 0.5),
           "us", 1.3);
    result("tap to durable, p99 (wall)", percentile(ours, n, 0.99), percentile(hands, n, 0.99),
           "us", 1.3);
    result("the same without the waiting, mean (CPU)", ours_cpu * 1e6 / (double)n,
           hand_cpu * 1e6 / (double)n, "us", 0);
    result("syncs a tap", (double)ours_syncs / (double)n, (double)hand_syncs / (double)n, "",
           1.02);
    result("bytes written a tap", (double)ours_bytes / (double)n / 1024,
           (double)hand_bytes / (double)n / 1024, "KB", 0);
    sealed_and_open(sealed, j, v.id);
    journal_close(sealed);
    journal_close(j);
    sqlite3_close(h.db);
    arena_release(&arena);
    return 0;
}
