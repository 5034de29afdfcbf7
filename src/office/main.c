/* main.c -- lantern-office: finds the command in the list and runs it. One command, one file.
 */
#include <locale.h>
#include <sys/resource.h>

#include "base/assets.h"
#include "base/file.h"
#include "base/keys.h"
#include "base/log.h"
#include "base/text.h"
#include "office/office.h"

/* Long enough for another command to end; a merge of many bundles is told of in the meantime.
 */
#define WAIT_MS 60000

struct command {
    const char *name;
    int (*run)(struct office *o, int argc, char **argv);
};

static const struct command commands[] = {
#define COMMAND(name) {#name, office_##name},
#include "office/command_list.h"
#undef COMMAND
};
#define COMMANDS (sizeof commands / sizeof commands[0])

static int usage(struct office *o, FILE *to) {
    fprintf(to, "%s\n\n", OFFICE_WORD(o, "office.about"));
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(to, "  %s\n",
                OFFICE_WORD(o, arena_printf(&o->arena, "office.%s_usage", commands[i].name)));
    fprintf(to, "\n%s\n", OFFICE_WORD(o, "office.exit_status"));
    return to == stdout ? EXIT_DONE : EXIT_USAGE;
}

static int run(struct office *o, int argc, char **argv) {
    if (argc < 2) return usage(o, stderr);
    if (text_equal(argv[1], "--help") || text_equal(argv[1], "-h") ||
        text_equal(argv[1], "help"))
        return usage(o, stdout);
    for (size_t i = 0; i < COMMANDS; i++) {
        if (!text_equal(commands[i].name, argv[1])) continue;
        o->command = commands[i].name;
        return commands[i].run(o, argc - 2, argv + 2);
    }
    fprintf(stderr, "lantern-office: %s\n", OFFICE_SAY(o, "office.unknown_command", argv[1]));
    return usage(o, stderr);
}

/* For demonstrations and tests the clock may start at another time; it runs on from there. */
struct told_clock {
    struct clock real;
    int64_t ahead_ms;
};

static int64_t told_wall(void *ctx) {
    const struct told_clock *t = ctx;
    return clock_wall(&t->real) + t->ahead_ms;
}

static int64_t told_boot(void *ctx) {
    const struct told_clock *t = ctx;
    return clock_boot(&t->real);
}

static struct clock clock_of(struct told_clock *t) {
    const char *told = getenv("LANTERN_CLOCK");
    int64_t start;
    t->real = clock_system();
    if (!told || !time_read_iso(told, &start)) return t->real;
    t->ahead_ms = start - clock_wall(&t->real);
    return (struct clock){.wall_ms = told_wall, .boot_ms = told_boot, .ctx = t};
}

int main(int argc, char **argv) {
    struct told_clock told = {0};
    struct office o = {.clock = clock_of(&told), .wait_ms = WAIT_MS};
    setlocale(LC_CTYPE, "C.UTF-8");
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}); /* no passphrase ends in a file */
    log_open("/dev/null"); /* what went wrong is said on standard error, once */
    o.assets = assets_find(&o.arena, NULL);
    enum status s = words_load(&o.words, path_join(&o.arena, o.assets, "words/en"));
    if (s) {
        fprintf(stderr, "lantern-office: %s %s\n", status_key(s), status_detail());
        return EXIT_FAILED;
    }
    int result = run(&o, argc, argv);
    key_wipe(o.passphrase, sizeof o.passphrase);
    words_close(o.words);
    arena_wipe(&o.arena); /* it may have held what was said in confidence */
    return result;
}
