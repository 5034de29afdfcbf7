/* office.c -- what the office's commands share. See office.h. */
#include "office/office.h"

#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

#define PROGRESS_AFTER_MS 1000
#define PROGRESS_EVERY_MS 100

int office_wrong(struct office *o, const char *words_key, const char *what) {
    fprintf(stderr, "lantern-office %s: %s\n", o->command, OFFICE_SAY(o, words_key, what));
    fprintf(stderr, "%s\n",
            OFFICE_WORD(o, arena_printf(&o->arena, "office.%s_usage", o->command)));
    return EXIT_USAGE;
}

static const struct option_spec *find_option(const struct option_spec *specs, int n,
                                             const char *name) {
    for (int i = 0; i < n; i++)
        if (text_equal(specs[i].name, name)) return &specs[i];
    return NULL;
}

static int help(struct office *o) {
    printf("%s\n\n%s\n", OFFICE_WORD(o, arena_printf(&o->arena, "office.%s_usage", o->command)),
           OFFICE_WORD(o, arena_printf(&o->arena, "office.%s_help", o->command)));
    exit(EXIT_DONE);
}

int office_options(struct office *o, int argc, char **argv, const struct option_spec *specs,
                   int specs_n, int least, int most, char ***rest, int *n) {
    char **others = ARENA_ARRAY(&o->arena, char *, argc + 1);
    bool ended = false;
    *n = 0;
    for (int i = 0; i < argc; i++) {
        const char *arg = argv[i];
        if (ended || arg[0] != '-' || !arg[1]) {
            others[(*n)++] = argv[i];
            continue;
        }
        if (text_equal(arg, "--")) {
            ended = true;
            continue;
        }
        if (text_equal(arg, "--help") || text_equal(arg, "-h")) help(o);
        const struct option_spec *spec =
            text_starts(arg, "--") ? find_option(specs, specs_n, arg + 2) : NULL;
        if (!spec) return office_wrong(o, "office.unknown_option", arg);
        if (spec->flag) {
            *spec->flag = true;
        } else if (i + 1 < argc) {
            *spec->value = argv[++i];
        } else {
            return office_wrong(o, "office.wants_value", arg);
        }
    }
    if (*n < least) return office_wrong(o, "office.too_few", "");
    if (most >= 0 && *n > most) return office_wrong(o, "office.too_many", others[most]);
    *rest = others;
    return EXIT_DONE;
}

int office_failed(struct office *o, enum status s) {
    fprintf(stderr, "lantern-office: %s\n", OFFICE_SAY(o, status_key(s), status_detail()));
    switch (s) {
    case STATUS_IO:
    case STATUS_DISK_FULL:
    case STATUS_READ_ONLY:
    case STATUS_BUSY:
        return EXIT_FAILED;
    case STATUS_USAGE:
        return EXIT_USAGE;
    default:
        return EXIT_REFUSED;
    }
}

enum status office_open(struct office *o, const char *path, bool create, bool read_only,
                        struct journal **out) {
    if (create && file_exists(path)) return status_fail(STATUS_EXISTS, "%s", path);
    if (!create && !file_exists(path)) return status_fail(STATUS_NOT_FOUND, "%s", path);
    return journal_open(out, &(struct journal_options){
                                 .path = path,
                                 .key_path = arena_printf(&o->arena, "%s.keys", path),
                                 .clock = o->clock,
                                 .device_name = OFFICE_WORD(o, "common.office"),
                                 .device_role = "office",
                                 .read_only = read_only,
                                 .cache_kib = 65536,
                             });
}

/* One bar at a time; its state is the terminal's. */
static struct {
    int64_t started, shown;
    bool on;
} bar;

void office_progress(struct office *o, const char *what, double part) {
    enum { WIDTH = 30 };
    int64_t now = clock_boot(&o->clock);
    if (!isatty(STDERR_FILENO)) return;
    if (!bar.started) bar.started = now;
    if (now - bar.started < PROGRESS_AFTER_MS || now - bar.shown < PROGRESS_EVERY_MS) return;
    int full = (int)(part * WIDTH);
    char cells[WIDTH + 1];
    for (int i = 0; i < WIDTH; i++)
        cells[i] = i < full ? '#' : '.';
    cells[WIDTH] = '\0';
    fprintf(stderr, "\r[%s] %s\033[K", cells, what);
    fflush(stderr);
    bar.shown = now;
    bar.on = true;
}

void office_progress_done(struct office *o) {
    (void)o;
    if (bar.on) fputs("\r\033[K", stderr);
    bar.on = false;
    bar.started = bar.shown = 0;
}
