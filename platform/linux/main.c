/* main.c -- lantern on Linux: the command line, the loop, and what can be done without a
 * screen.
 *
 * The loop waits for events or for the moment the app asked to be drawn again; nothing polls.
 * When the app cannot start, the window says why and offers to try again.
 */
#include <SDL.h>
#include <getopt.h>
#include <locale.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/app.h"
#include "app/backup.h"
#include "app/screens.h"
#include "app/support.h"
#include "app/trouble.h"
#include "base/file.h"
#include "base/text.h"
#include "platform/linux/linux.h"
#include "platform/linux/script.h"

#define LOOK_MS   1000
#define OVERWRITE 0xA5

static const char usage[] =
    "lantern -- spot checks for care homes and home care, kept the moment they are touched\n"
    "\n"
    "usage: lantern [--data DIR] [--size WxH] [--scale F] [--theme day|night]\n"
    "       lantern ... --script FILE [--shots DIR] [--clock TIME]\n"
    "       lantern export --data DIR --out FILE.lantern\n"
    "       lantern verify --data DIR\n"
    "       lantern backup --data DIR --out FILE\n"
    "       lantern restore --data DIR --from FILE\n"
    "       (these four, on a tablet that is locked: [--person LABEL] [--pin-file FILE])\n"
    "\n"
    "  --data DIR      where this tablet's checks are kept (default: ~/.local/share/lantern)\n"
    "  --assets DIR    forms, words, fonts and icons (default: found beside the program)\n"
    "  --size WxH      window in dp (default 1280x800)\n"
    "  --scale F       pixels for one dp (default: from the display)\n"
    "  --theme NAME    day or night; without it the hour decides\n"
    "  --script FILE   plays touches from a file, without a window\n"
    "  --shots DIR     where a script's pictures go\n"
    "  --clock TIME    the script's clock at the start, such as 2026-11-22T02:41\n"
    "  --offscreen     draws without a window\n"
    "  --person LABEL  who unlocks a locked tablet, as its lock page shows them (default: the\n"
    "                  only one)\n"
    "  --pin-file FILE their PIN or passphrase (default: asked at the terminal, unseen)\n"
    "  --help, --version\n"
    "\n"
    "  export   writes every record as a bundle for the office\n"
    "  verify   proves every record, and that the tables agree\n"
    "  backup   writes the whole database as one file, proved; without the tablet's secret "
    "key; a locked tablet's is\n"
    "           locked too, by the PINs of that day\n"
    "  restore  puts a backup in place; what was there before is kept in a folder beside it\n"
    "\n"
    "Exit status: 0 done; 1 wrong use; 2 refused or found wrong; 3 the database or the disk "
    "failed.\n";

struct arguments {
    const char *data, *assets, *theme, *script, *shots, *clock, *out, *from;
    struct support_who who;
    float width, height, scale;
    bool offscreen;
    const char *command;
};

static int wrong(const char *what) {
    fprintf(stderr, "lantern: %s\nTry: lantern --help\n", what);
    return 1;
}

static bool read_size(const char *s, float *w, float *h) {
    char *end;
    *w = strtof(s, &end);
    if (*end != 'x' || *w < 320 || *w > 4096) return false;
    *h = strtof(end + 1, &end);
    return *end == '\0' && *h >= 320 && *h <= 4096;
}

/* Returns -1 to go on, else the exit status. */
static int read_arguments(int argc, char **argv, struct arguments *a) {
    enum {
        DATA = 256,
        ASSETS,
        SIZE,
        SCALE,
        THEME,
        SCRIPT,
        SHOTS,
        CLOCK,
        OUT,
        FROM,
        PERSON,
        PIN_FILE,
        OFFSCREEN,
        HELP,
        VERSION
    };
    static const struct option options[] = {{"data", 1, NULL, DATA},
                                            {"assets", 1, NULL, ASSETS},
                                            {"size", 1, NULL, SIZE},
                                            {"scale", 1, NULL, SCALE},
                                            {"theme", 1, NULL, THEME},
                                            {"script", 1, NULL, SCRIPT},
                                            {"shots", 1, NULL, SHOTS},
                                            {"clock", 1, NULL, CLOCK},
                                            {"out", 1, NULL, OUT},
                                            {"from", 1, NULL, FROM},
                                            {"person", 1, NULL, PERSON},
                                            {"pin-file", 1, NULL, PIN_FILE},
                                            {"offscreen", 0, NULL, OFFSCREEN},
                                            {"help", 0, NULL, HELP},
                                            {"version", 0, NULL, VERSION},
                                            {NULL, 0, NULL, 0}};
    int c;
    while ((c = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (c) {
        case DATA:
            a->data = optarg;
            break;
        case ASSETS:
            a->assets = optarg;
            break;
        case SIZE:
            if (!read_size(optarg, &a->width, &a->height))
                return wrong("--size wants WxH, from 320 to 4096");
            break;
        case SCALE:
            a->scale = strtof(optarg, NULL);
            if (a->scale < 0.5F || a->scale > 8)
                return wrong("--scale wants a number from 0.5 to 8");
            break;
        case THEME:
            if (!text_equal(optarg, "day") && !text_equal(optarg, "night") &&
                !text_equal(optarg, "auto"))
                return wrong("--theme wants day, night or auto");
            a->theme = optarg;
            break;
        case SCRIPT:
            a->script = optarg;
            break;
        case SHOTS:
            a->shots = optarg;
            break;
        case CLOCK:
            a->clock = optarg;
            break;
        case OUT:
            a->out = optarg;
            break;
        case FROM:
            a->from = optarg;
            break;
        case PERSON:
            a->who.person = optarg;
            break;
        case PIN_FILE:
            a->who.pin_file = optarg;
            break;
        case OFFSCREEN:
            a->offscreen = true;
            break;
        case 'h':
        case HELP:
            fputs(usage, stdout);
            return 0;
        case VERSION:
            puts("lantern " LANTERN_VERSION);
            return 0;
        default:
            return wrong("unknown option");
        }
    }
    if (optind < argc) a->command = argv[optind++];
    if (optind < argc) return wrong("too many arguments");
    return -1;
}

static int exit_status(enum status s) {
    if (s == STATUS_USAGE) return 1;
    return s == STATUS_IO || s == STATUS_DISK_FULL || s == STATUS_READ_ONLY || s == STATUS_BUSY
               ? 3
               : 2;
}

/* The sentence for people, then the detail for whoever helps. */
static int failed(enum status s, const struct platform *p, bool starting) {
    struct arena t = {0};
    char *detail = arena_strdup(&t, status_detail());
    fprintf(stderr, "lantern: %s\nlantern: %s: %s\n",
            trouble_sentence(&t, p->assets_dir(p->ctx), s, starting), status_key(s), detail);
    arena_release(&t);
    return exit_status(s);
}

/* ---- without a screen ---- */

static enum status do_export(const struct arguments *a, const char *data) {
    struct support_result r = {0};
    enum status s = support_export(data, a->out, &a->who, &r);
    if (!s)
        printf("%s: %lld records, %lld bytes\n", a->out, (long long)r.records,
               (long long)r.bytes);
    return s;
}

static enum status do_verify(const struct arguments *a, const char *data) {
    struct support_result r = {0};
    enum status s = support_verify(data, &a->who, &r);
    if (!s)
        printf("%lld records in %lld logs: every chain holds, the tables agree\n",
               (long long)r.records, (long long)r.logs);
    return s;
}

static enum status do_backup(const struct arguments *a, const char *data) {
    struct backup_result r = {0};
    enum status s = backup_make(data, a->out, &a->who, &r);
    if (!s)
        printf("%s: %lld records, %lld bytes, every one proved\n", a->out, (long long)r.records,
               (long long)r.bytes);
    return s;
}

static enum status do_restore(const struct arguments *a, const char *data) {
    struct backup_result r = {0};
    struct arena t = {0};
    enum status s = backup_restore(data, a->from, &a->who, &t, &r);
    if (!s) {
        printf("%s: %lld records, every one proved\n", data, (long long)r.records);
        if (r.aside) printf("what was there before: %s\n", r.aside);
    }
    arena_release(&t);
    return s;
}

static const struct command {
    const char *name;
    enum status (*run)(const struct arguments *a, const char *data);
    bool out, from; /* what it cannot do without */
} commands[] = {
    {.name = "export", .run = do_export, .out = true},
    {.name = "verify", .run = do_verify},
    {.name = "backup", .run = do_backup, .out = true},
    {.name = "restore", .run = do_restore, .from = true},
};

static const struct command *command_of(const char *name) {
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (text_equal(commands[i].name, name)) return &commands[i];
    return NULL;
}

static int run_command(const struct arguments *a, const struct platform *p) {
    const struct command *c = command_of(a->command);
    if (!c) return wrong("commands are: export, verify, backup, restore");
    if (c->out && !a->out) return wrong("this wants --out FILE");
    if (c->from && !a->from) return wrong("this wants --from FILE");
    enum status s = c->run(a, p->data_dir(p->ctx));
    return s ? failed(s, p, false) : 0;
}

/* ---- the window ---- */

static bool window_shown(const SDL_Event *e) {
    return e->type == SDL_WINDOWEVENT && (e->window.event == SDL_WINDOWEVENT_EXPOSED ||
                                          e->window.event == SDL_WINDOWEVENT_RESTORED);
}

/* Nobody can see it any more, or somebody else can. */
static bool window_hidden(const SDL_Event *e) {
    if (e->type == SDL_APP_WILLENTERBACKGROUND || e->type == SDL_APP_DIDENTERBACKGROUND)
        return true;
    return e->type == SDL_WINDOWEVENT && (e->window.event == SDL_WINDOWEVENT_HIDDEN ||
                                          e->window.event == SDL_WINDOWEVENT_MINIMIZED);
}

struct seen {
    bool touched, hidden;
};

/* What the events that wait are about. */
static struct seen pass_on(struct ui *u, SDL_Event *e) {
    struct seen seen = {0};
    do {
        seen.touched |= linux_is_touch(e->type);
        seen.hidden |= window_hidden(e);
        if (window_shown(e)) ui_redraw(u);
        ui_event(u, (const union SDL_Event *)e);
    } while (SDL_PollEvent(e));
    return seen;
}

/* Waiting does not count while the machine sleeps, so what was on the screen when the lid was
 * closed would stand there for as long again. A tablet that can lock looks each second whether
 * it has slept. */
static bool wait_for(SDL_Event *e, const struct app *app, const struct platform *p, int wait) {
    if (!app_may_lock(app) || !p->slept_ms) return SDL_WaitEventTimeout(e, wait);
    int64_t slept = p->slept_ms(p->ctx);
    while (wait < 0 || wait > LOOK_MS) {
        if (SDL_WaitEventTimeout(e, LOOK_MS)) return true;
        if (p->slept_ms(p->ctx) - slept > LOOK_MS) return false;
        if (wait > 0) wait -= LOOK_MS;
    }
    return SDL_WaitEventTimeout(e, wait);
}

static void loop(struct app *app, const struct platform *p) {
    int wait = 0;
    while (app_frame(app, &wait)) {
        SDL_Event e;
        if (!wait_for(&e, app, p, wait)) continue;
        struct seen seen = pass_on(app_ui(app), &e);
        if (seen.touched) app_touched(app);
        if (seen.hidden) app_hidden(app);
    }
}

/* True when the person wants to try once more. Without fonts or words there is no page to show;
 * then SDL draws what little there is to say, the only words of the app that stand in code. */
static bool show_trouble(const struct app_options *o, enum status why) {
    struct trouble *t = NULL;
    struct clock clock = clock_system();
    int wait = 0;
    bool again = false;
    char detail[400];
    text_copy(detail, sizeof detail, status_detail());
    if (trouble_open(&t, o, why, detail)) {
        SDL_ShowSimpleMessageBox(SDL_MESSAGEBOX_ERROR, "Lantern could not start",
                                 "A part of Lantern itself is missing. Your checks are safe. "
                                 "Install Lantern again.",
                                 NULL);
        return false;
    }
    while (trouble_frame(t, clock_boot(&clock), &wait, &again)) {
        SDL_Event e;
        if (SDL_WaitEventTimeout(&e, wait)) pass_on(trouble_ui(t), &e);
    }
    trouble_close(t);
    return again;
}

static int run_window(const struct app_options *o) {
    struct app *app = NULL;
    enum status s = app_open(&app, o);
    while (s) {
        int result = failed(s, o->platform, true);
        if (o->offscreen || !show_trouble(o, s)) return result;
        s = app_open(&app, o);
    }
    loop(app, o->platform);
    app_close(app);
    return 0;
}

static int run_script(const struct arguments *a, struct app_options *o) {
    struct app *app = NULL;
    struct clock real = clock_system();
    struct clock_manual time = {.boot_ms = 1000000, .wall_ms = clock_wall(&real)};
    if (a->clock && !time_read_iso(a->clock, &time.wall_ms))
        return wrong("--clock wants a time such as 2026-11-22T02:41");
    o->clock = clock_manual(&time);
    o->offscreen = true;
    enum status s = app_open(&app, o);
    if (s) return failed(s, o->platform, true);
    int result = script_run(
        app, &(struct script_options){.path = a->script, .shots = a->shots, .clock = &time});
    app_close(app);
    return result;
}

static int run_app(const struct arguments *a, const struct platform *p) {
    struct app_options o = {
        .width_dp = a->width,
        .height_dp = a->height,
        .scale = a->scale,
        .offscreen = a->offscreen,
        .theme = a->theme,
        .clock = clock_system(),
        .platform = p,
    };
    return a->script ? run_script(a, &o) : run_window(&o);
}

/* What a person said stands in this memory: no dump of it after a crash, no other program of
 * the same user looks in, and what is freed is overwritten, so that nothing of a check is left
 * once the tablet has locked (test_lock_memory.c). The sanitizers' leak check has to look in.
 */
static void keep_to_ourselves(void) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#ifdef M_PERTURB
    mallopt(M_PERTURB, OVERWRITE);
#endif
#ifndef __SANITIZE_ADDRESS__
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

int main(int argc, char **argv) {
    keep_to_ourselves();
    app_keeps_private();
    struct arguments a = {.width = 1280, .height = 800};
    setlocale(LC_CTYPE, "C.UTF-8");
    int done = read_arguments(argc, argv, &a);
    if (done >= 0) return done;
    const struct platform *p =
        platform_linux(a.data, a.assets, a.offscreen || a.script || a.command);
    return a.command ? run_command(&a, p) : run_app(&a, p);
}
