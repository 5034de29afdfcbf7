/* bench_start.c -- from starting the program to its first frame at rest, with 100,000 records
 * and with none.
 *
 * usage: bench_start LANTERN
 *
 * The program plays a script of one line, which is printed when the first screen has been drawn
 * and nothing asks for another frame: a little later than the first frame, so the figure is on
 * the safe side. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "measure.h"

#define RECORDS 100000
#define STARTS  9
#define MOST_MS 300

static struct arena arena;

/* Milliseconds until the program says the word. */
static double start_once(char *program, char *data, char *script) {
    int fds[2], status;
    char c;
    must_true(pipe(fds) == 0, "pipe");
    double t = wall_s();
    pid_t child = fork();
    must_true(child >= 0, "fork");
    if (child == 0) {
        dup2(fds[1], STDERR_FILENO);
        close(fds[0]);
        close(fds[1]);
        execl(program, program, "--data", data, "--script", script, "--clock",
              "2026-11-22T02:41", (char *)NULL);
        _exit(1);
    }
    close(fds[1]);
    must_true(read(fds[0], &c, 1) == 1, "the program says that it is there");
    double took = wall_s() - t;
    while (read(fds[0], &c, 1) == 1)
        continue;
    close(fds[0]);
    must_true(waitpid(child, &status, 0) == child && status == 0, program);
    return took * 1e3;
}

static double median_start(char *program, char *data, char *script) {
    double ms[STARTS];
    start_once(program, data, script); /* the files are in the page cache from here on */
    for (int i = 0; i < STARTS; i++)
        ms[i] = start_once(program, data, script);
    return percentile(ms, STARTS, 0.5);
}

int main(int argc, char **argv) {
    must_true(argc == 2, "usage: bench_start LANTERN");
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    struct clock_manual now = {.wall_ms = 1780000000000LL, .boot_ms = 1};
    char *full = bench_dir(&arena, "start-full"), *empty = bench_dir(&arena, "start-empty");
    char *script = path_join(&arena, full, "script.txt");
    must(file_write(script, "print \"!\"\n", 10, 0600), script);
    struct journal *j = open_as(path_join(&arena, full, "lantern.db"), &now, "tablet", 0);
    fill_tablet(j, &now, 0, 1);
    fill_to(j, &now, RECORDS);
    journal_close(j);
    double with = median_start(argv[1], full, script);
    double without = median_start(argv[1], empty, script);
    result("start to first frame at rest, 100,000 records (wall)", with, without, "ms", 0);
    result_most("start to first frame at rest, 100,000 records", with, "ms", MOST_MS);
    arena_release(&arena);
    return 0;
}
