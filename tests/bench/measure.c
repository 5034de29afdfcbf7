/* measure.c -- see measure.h. */
#include "measure.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/assets.h"
#include "base/file.h"
#include "base/log.h"
#include "care/template.h"
#include "model/reference.h"
#include "model/season.h"
#include "store/query.h"
#include "store/vault.h"

static double seconds_of(clockid_t id) {
    struct timespec t;
    clock_gettime(id, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double wall_s(void) {
    return seconds_of(CLOCK_MONOTONIC);
}

double cpu_s(void) {
    return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

double thread_s(void) {
    return seconds_of(CLOCK_THREAD_CPUTIME_ID);
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double percentile(double *values, size_t n, double part) {
    qsort(values, n, sizeof *values, by_size);
    size_t at = (size_t)(part * (double)n);
    return values[at < n ? at : n - 1];
}

void must(enum status s, const char *what) {
    if (!s) return;
    fprintf(stderr, "bench: %s: %s %s\n", what, status_key(s), status_detail());
    exit(1);
}

void must_true(bool true_here, const char *what) {
    if (true_here) return;
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

struct measured in_child(void (*run)(const char *where, double *out), const char *where) {
    struct measured m = {0};
    struct rusage used;
    int fds[2], status;
    must_true(pipe(fds) == 0, "pipe");
    fflush(NULL);
    pid_t child = fork();
    must_true(child >= 0, "fork");
    if (child == 0) {
        close(fds[0]);
        run(where, m.v);
        must_true(write(fds[1], m.v, sizeof m.v) == (ssize_t)sizeof m.v, "pipe");
        fflush(NULL);
        _exit(0);
    }
    close(fds[1]);
    bool told = read(fds[0], m.v, sizeof m.v) == (ssize_t)sizeof m.v;
    close(fds[0]);
    must_true(wait4(child, &status, 0, &used) == child && told && status == 0,
              "a measurement failed");
    m.peak_kib = (double)used.ru_maxrss;
    return m;
}

/* ---- printing
 * --------------------------------------------------------------------------------- */

static const char *figure(double v, const char *unit, char room[24]) {
    double size = v < 0 ? -v : v;
    snprintf(room, 24, "%.*f %s", size < 10 ? 2 : size < 100 ? 1 : 0, v, unit);
    return room;
}

void result(const char *what, double ours, double limit, const char *unit, double aim) {
    char a[24], b[24];
    double ratio = limit > 0 ? ours / limit : 0;
    printf("%-52s %11s %11s %7.2f", what, figure(ours, unit, a), figure(limit, unit, b), ratio);
    if (aim > 0) printf("  <= %.2f%s", aim, ratio > aim ? "  MISSED" : "");
    printf("\n");
    fflush(stdout);
}

void result_most(const char *what, double ours, const char *unit, double most) {
    char a[24], b[24];
    printf("%-52s %11s %11s %7s  <= %s%s\n", what, figure(ours, unit, a), "-", "-",
           figure(most, unit, b), ours > most ? "  MISSED" : "");
    fflush(stdout);
}

void note(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    fputs("    ", stdout);
    vprintf(fmt, args);
    fputs("\n", stdout);
    va_end(args);
    fflush(stdout);
}

/* ---- places and tablets
 * ----------------------------------------------------------------------- */

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw) {
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

char *bench_dir(struct arena *a, const char *name) {
    char *dir = path_join(a, "build/bench", name);
    log_open("/dev/null");
    nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    must(file_make_dirs(dir), dir);
    return dir;
}

void copy_to(const char *from, const char *to) {
    struct buf b = {0};
    must(file_read(from, (size_t)4 << 30, &b), from);
    must(file_write(to, b.data, b.size, 0600), to);
    buf_release(&b);
}

struct journal *open_as(const char *path, struct clock_manual *time, const char *role,
                        int cache_kib) {
    struct journal *j = NULL;
    must(journal_open(&j, &(struct journal_options){.path = path,
                                                    .clock = clock_manual(time),
                                                    .device_name = "bench tablet",
                                                    .device_role = role,
                                                    .cache_kib = cache_kib}),
         path);
    return j;
}

double seal_at_rest(const char *path, struct clock_manual *time, const char *pin,
                    uint8_t key[32]) {
    struct sealing *s = NULL;
    struct journal *j = open_as(path, time, "tablet", 0);
    bool done = false;
    double part, t = wall_s();
    row_id person = query_one_int(j, 0, "SELECT id FROM person ORDER BY id LIMIT 1", 0);
    must(sealing_start(&s, j, person, "QL", pin), "sealing");
    while (!done)
        must(sealing_step(s, 20, &done, &part), "sealing");
    must(sealing_finish(s, key), "sealed");
    t = wall_s() - t;
    journal_close(j);
    return t;
}

static const char *const forms[] = {"templates/NIGHT.json", "templates/WALK.json"};
enum { FORMS = sizeof forms / sizeof forms[0] };

static void season(struct journal *j, struct clock_manual *time, int checks, uint64_t seed) {
    struct arena a = {0};
    struct template *t[FORMS];
    struct season_summary made;
    char *assets = assets_find(&a, NULL);
    for (int i = 0; i < FORMS; i++)
        must(template_load(&t[i], path_join(&a, assets, forms[i])), forms[i]);
    must(season_make(
             j,
             &(struct season_options){.seed = seed,
                                      .clock = time,
                                      .from_ms = time->wall_ms,
                                      .until_ms = time->wall_ms + 90LL * 86400000,
                                      .checks = checks,
                                      .phrases = path_join(&a, assets, "sample/season.json"),
                                      .templates = (const struct template *const *)t,
                                      .templates_count = FORMS},
             &made),
         "season");
    for (int i = 0; i < FORMS; i++)
        template_close(t[i]);
    arena_release(&a);
}

void fill_tablet(struct journal *j, struct clock_manual *time, int checks, uint64_t seed) {
    struct arena a = {0};
    struct reference_summary added;
    char *assets = assets_find(&a, NULL);
    must(reference_add_file(j, path_join(&a, assets, "sample/sample.json"), &added), "sample");
    for (int i = 0; i < FORMS; i++)
        must(reference_add_file(j, path_join(&a, assets, forms[i]), &added), forms[i]);
    if (checks > 0) season(j, time, checks, seed);
    arena_release(&a);
}

void fill_to(struct journal *j, struct clock_manual *time, int64_t records) {
    struct journal_self self;
    for (uint64_t seed = 1;; seed++) {
        journal_self(j, &self);
        int64_t left = records - self.head_seq;
        if (left < 20) return;
        season(j, time, left > 400 ? (int)(left / 140) : 1, seed);
    }
}
