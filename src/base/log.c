/* log.c -- the support log. Its file is process-wide state: everything may leave a line. */
#include "base/log.h"

#include <stdarg.h>

#include "base/arena.h"
#include "base/clock.h"

#define LOG_BYTES_MOST (1024L * 1024L)

static FILE *file;
static char file_path[1024];

void log_open(const char *path) {
    log_close();
    if (!path || strlen(path) >= sizeof file_path) return;
    file = fopen(path, "ae");
    if (file) snprintf(file_path, sizeof file_path, "%s", path);
}

/* The full file becomes PATH.1, replacing the one before it. */
static void rotate(void) {
    char old[sizeof file_path + 2];
    snprintf(old, sizeof old, "%s.1", file_path);
    fclose(file);
    if (rename(file_path, old) != 0) remove(file_path);
    file = fopen(file_path, "ae");
}

PRINTF_LIKE(2, 0) static void write_line(FILE *to, const char *fmt, va_list args) {
    struct arena a = {0};
    struct clock now = clock_system();
    fprintf(to, "%s ", time_iso(&a, clock_wall(&now)));
    vfprintf(to, fmt, args);
    fputc('\n', to);
    fflush(to);
    arena_release(&a);
}

void log_line(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    write_line(file ? file : stderr, fmt, args);
    va_end(args);
    if (file && ftell(file) > LOG_BYTES_MOST) rotate();
}

void log_close(void) {
    if (file) fclose(file);
    file = NULL;
    file_path[0] = '\0';
}

_Noreturn void log_belief_failed(const char *cond, const char *where, int line) {
    /* No arena here: what failed may be the arena itself. */
    fprintf(stderr, "%s:%d: believed, but not so: %s\n", where, line, cond);
    if (file) {
        fprintf(file, "%s:%d: believed, but not so: %s\n", where, line, cond);
        fclose(file);
    }
    abort();
}
