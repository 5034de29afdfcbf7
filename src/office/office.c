/* office.c -- what the office's commands share: options, failing, progress. See office.h; the
 * master is opened in master.c. */
#include "office/office.h"

#include <unistd.h>

#include "base/text.h"

#define PROGRESS_AFTER_MS 1000
#define PROGRESS_EVERY_MS 100

int office_wrong(struct office *o, const char *words_key, const char *what) {
    fprintf(stderr, "lantern-office %s: %s\n", o->command, OFFICE_SAY(o, words_key, what));
    fprintf(stderr, "%s\n",
            OFFICE_WORD(o, arena_printf(&o->arena, "office.%s_usage", o->command)));
    return EXIT_USAGE;
}

static bool takes_several(const struct option_spec *spec) {
    return spec->name[strlen(spec->name) - 1] == '+';
}

static const struct option_spec *find_option(const struct option_spec *specs, int n,
                                             const char *name) {
    size_t length = strlen(name);
    for (int i = 0; i < n; i++) {
        size_t own = strlen(specs[i].name) - takes_several(&specs[i]);
        if (own == length && memcmp(specs[i].name, name, length) == 0) return &specs[i];
    }
    return NULL;
}

/* One or more values from argv[i] on, joined to those that came before. Returns how many. */
static int take_several(struct office *o, const struct option_spec *spec, int argc, char **argv,
                        int i) {
    int taken = 0;
    for (; i + taken < argc && argv[i + taken][0] != '-'; taken++) {
        const char *before = *spec->value;
        *spec->value = before ? arena_printf(&o->arena, "%s\n%s", before, argv[i + taken])
                              : argv[i + taken];
    }
    return taken;
}

static int help(struct office *o) {
    printf("%s\n\n%s\n", OFFICE_WORD(o, arena_printf(&o->arena, "office.%s_usage", o->command)),
           OFFICE_WORD(o, arena_printf(&o->arena, "office.%s_help", o->command)));
    exit(EXIT_DONE);
}

char **option_values(struct office *o, const char *joined, int *n) {
    char *rest = arena_strdup(&o->arena, joined), *next;
    char **all = ARENA_ARRAY(&o->arena, char *, strlen(rest) + 2);
    for (*n = 0; *rest; rest = next) {
        next = rest + strcspn(rest, "\n");
        if (*next) *next++ = '\0';
        all[(*n)++] = rest;
    }
    return all;
}

int office_options(struct office *o, int argc, char **argv, const struct option_spec *specs,
                   int specs_n, int least, int most, char ***rest, int *n) {
    char **others = ARENA_ARRAY(&o->arena, char *, argc + 1);
    const struct option_spec every_command = {"passphrase-file", &o->passphrase_file, NULL};
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
        if (!spec && text_equal(arg, "--passphrase-file")) spec = &every_command;
        if (!spec) return office_wrong(o, "office.unknown_option", arg);
        if (spec->flag) {
            *spec->flag = true;
        } else if (takes_several(spec)) {
            int taken = take_several(o, spec, argc, argv, i + 1);
            if (!taken) return office_wrong(o, "office.wants_value", arg);
            i += taken;
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

bool office_number(const char *text, int64_t least, int64_t most, int64_t *out) {
    char *end;
    if (text_blank(text)) return false;
    *out = strtoll(text, &end, 10);
    return *end == '\0' && *out >= least && *out <= most;
}

char *office_days(struct office *o, int64_t ms) {
    enum { HOUR_MS = 3600 * 1000, HOURS_TOLD = 72 };
    int64_t hours = (ms < 0 ? -ms : ms) / HOUR_MS;
    return hours < HOURS_TOLD ? OFFICE_SAY(o, "office.hours", int_text(&o->arena, hours))
                              : OFFICE_SAY(o, "office.days", int_text(&o->arena, hours / 24));
}

int office_refused(struct office *o, const char *words_key, const char *what) {
    fprintf(stderr, "lantern-office: %s\n", OFFICE_SAY(o, words_key, what));
    return EXIT_REFUSED;
}

static char *sentence(struct office *o, enum status s) {
    if (o->keys_refused && s == STATUS_LOCKED)
        return OFFICE_SAY(o, "office_keys.locked", o->keys_refused);
    if (o->keys_refused && s == STATUS_WRONG_CODE)
        return OFFICE_SAY(o, "office_keys.wrong", o->keys_refused);
    return OFFICE_SAY(o, status_key(s), status_detail());
}

int office_failed(struct office *o, enum status s) {
    fprintf(stderr, "lantern-office: %s\n", sentence(o, s));
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
