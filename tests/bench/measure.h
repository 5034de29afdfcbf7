/* measure.h -- what the benchmarks share: clocks, percentiles, a process of its own for each
 * measurement, and one way to print a row: what, ours, the limit it is held against, their
 * ratio, the aim.
 *
 * CPU times are used wherever nothing waits for the disk, so that other work on the machine
 * does not count; each row says which it is. */
#ifndef TESTS_BENCH_MEASURE_H
#define TESTS_BENCH_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"
#include "store/journal.h"

#define MEASURES_MOST 16

double wall_s(void);
double cpu_s(void);    /* of this process, user and system */
double thread_s(void); /* of this thread */

/* The value below which `part` (0 to 1) of the n values lie; sorts them. */
double percentile(double *values, size_t n, double part);

/* Ends the benchmark when something that must work does not. */
void must(enum status s, const char *what);
void must_true(bool true_here, const char *what);

struct measured {
    double v[MEASURES_MOST];
    double peak_kib; /* highest memory of the process */
};
/* Runs in a child process, so that neither caches nor memory of one run help the next. */
struct measured in_child(void (*run)(const char *where, double *out), const char *where);

/* ratio is ours/limit; aim 0: none. The unit stands behind both. */
void result(const char *what, double ours, double limit, const char *unit, double aim);
/* A row whose aim is a number of its own, not a ratio. */
void result_most(const char *what, double ours, const char *unit, double most);
void note(const char *fmt, ...) PRINTF_LIKE(1, 2);

/* An empty folder build/bench/NAME. */
char *bench_dir(struct arena *a, const char *name);
void copy_to(const char *from, const char *to);
struct journal *open_as(const char *path, struct clock_manual *time, const char *role,
                        int cache_kib);
/* Seals it at rest under this PIN; seconds. */
double seal_at_rest(const char *path, struct clock_manual *time, const char *pin,
                    uint8_t key[32]);
/* Sample services and forms by hand, and `checks` checks. */
void fill_tablet(struct journal *j, struct clock_manual *time, int checks, uint64_t seed);
/* Checks, one after another, until this device has written about that many records. */
void fill_to(struct journal *j, struct clock_manual *time, int64_t records);

#endif
