/* bench_idle.c -- the app left alone in a window: how often it wakes, and what that costs.
 *
 * usage: xvfb-run bench_idle LANTERN [SECONDS]
 *
 * A wake-up is a voluntary context switch of the main thread, as the kernel counts them: each
 * time it slept and came back. The clock on the screen changes once a minute, and that is all
 * that should happen. Whether a frame was drawn is told by the CPU time: one costs
 * milliseconds.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "measure.h"

#define SETTLE_S 10 /* past the first idle proof of the journal */

static struct arena arena;

struct usage {
    double wakes, ticks;
};

static struct usage usage_of(pid_t pid) {
    struct usage u = {0};
    char line[1024];
    FILE *f = fopen(arena_printf(&arena, "/proc/%d/status", (int)pid), "r");
    must_true(f != NULL, "the app runs");
    while (fgets(line, sizeof line, f))
        sscanf(line, "voluntary_ctxt_switches: %lf", &u.wakes);
    fclose(f);
    f = fopen(arena_printf(&arena, "/proc/%d/stat", (int)pid), "r");
    must_true(f && fgets(line, sizeof line, f), "the app runs");
    fclose(f);
    double user = 0, system = 0;
    char *after = strrchr(line, ')');
    must_true(after && sscanf(after, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lf %lf",
                              &user, &system) == 2,
              "its times");
    u.ticks = user + system;
    return u;
}

int main(int argc, char **argv) {
    must_true(argc >= 2, "usage: xvfb-run bench_idle LANTERN [SECONDS]");
    unsigned seconds = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 60;
    struct clock_manual now = {.wall_ms = 1780000000000LL, .boot_ms = 1};
    char *dir = bench_dir(&arena, "idle");
    struct journal *j = open_as(path_join(&arena, dir, "lantern.db"), &now, "tablet", 0);
    fill_tablet(j, &now, 10, 1);
    journal_close(j);
    pid_t child = fork();
    must_true(child >= 0, "fork");
    if (child == 0) {
        execl(argv[1], argv[1], "--data", dir, (char *)NULL);
        _exit(1);
    }
    sleep(SETTLE_S);
    struct usage before = usage_of(child);
    sleep(seconds);
    struct usage after = usage_of(child);
    kill(child, SIGTERM);
    waitpid(child, NULL, 0);
    double minutes = seconds / 60.0;
    result_most("idle in a window, wake-ups a minute", (after.wakes - before.wakes) / minutes,
                "", 1);
    note("CPU %.0f ms in %u s, all threads",
         (after.ticks - before.ticks) * 1000 / (double)sysconf(_SC_CLK_TCK), seconds);
    arena_release(&arena);
    return 0;
}
