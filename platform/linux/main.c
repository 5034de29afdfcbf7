/* main.c -- lantern on Linux: the command line, the loop, `export` without a screen.
 *
 * The loop waits for events or for the moment the app asked to be drawn again; nothing polls.
 */
#include <SDL.h>
#include <getopt.h>
#include <locale.h>
#include <unistd.h>

#include "app/app.h"
#include "app/screens.h"
#include "app/support.h"
#include "base/file.h"
#include "base/text.h"
#include "platform/linux/linux.h"
#include "platform/linux/script.h"

static const char usage[] =
    "lantern -- spot checks for care homes and home care, kept the moment they are touched\n"
    "\n"
    "usage: lantern [--data DIR] [--size WxH] [--scale F] [--theme day|night]\n"
    "       lantern ... --script FILE [--shots DIR] [--clock TIME]\n"
    "       lantern export --data DIR --out FILE.lantern\n"
    "       lantern verify --data DIR\n"
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
    "  --help, --version\n"
    "\n"
    "Exit status: 0 done; 1 wrong use; 2 refused or found wrong; 3 the database or the disk "
    "failed.\n";

struct arguments {
    const char *data, *assets, *theme, *script, *shots, *clock, *out;
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
        OFFSCREEN,
        HELP,
        VERSION
    };
    static const struct option options[] = {
        {"data", 1, NULL, DATA},   {"assets", 1, NULL, ASSETS},
        {"size", 1, NULL, SIZE},   {"scale", 1, NULL, SCALE},
        {"theme", 1, NULL, THEME}, {"script", 1, NULL, SCRIPT},
        {"shots", 1, NULL, SHOTS}, {"clock", 1, NULL, CLOCK},
        {"out", 1, NULL, OUT},     {"offscreen", 0, NULL, OFFSCREEN},
        {"help", 0, NULL, HELP},   {"version", 0, NULL, VERSION},
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
    if (a->command && !text_equal(a->command, "export") && !text_equal(a->command, "verify"))
        return wrong("commands are: export, verify");
    return -1;
}

static int failed(enum status s) {
    fprintf(stderr, "lantern: %s %s\n", status_key(s), status_detail());
    return s == STATUS_IO || s == STATUS_DISK_FULL || s == STATUS_READ_ONLY || s == STATUS_BUSY
               ? 3
               : 2;
}

static int run_command(const struct arguments *a, const struct platform *p) {
    bool export = text_equal(a->command, "export");
    struct support_result r = {0};
    if (export && !a->out) return wrong("export wants --out FILE.lantern");
    enum status s = export ? support_export(p->data_dir(p->ctx), a->out, &r)
                           : support_verify(p->data_dir(p->ctx), &r);
    if (s) return failed(s);
    if (export) {
        printf("%s: %lld records, %lld bytes\n", a->out, (long long)r.records,
               (long long)r.bytes);
    } else {
        printf("%lld records in %lld logs: every chain holds, the tables agree\n",
               (long long)r.records, (long long)r.logs);
    }
    return 0;
}

static bool window_shown(const SDL_Event *e) {
    return e->type == SDL_WINDOWEVENT && (e->window.event == SDL_WINDOWEVENT_EXPOSED ||
                                          e->window.event == SDL_WINDOWEVENT_RESTORED);
}

static void loop(struct app *app) {
    int wait = 0;
    struct ui *u = app_ui(app);
    while (app_frame(app, &wait)) {
        SDL_Event e;
        if (!SDL_WaitEventTimeout(&e, wait)) continue;
        do {
            if (window_shown(&e)) ui_redraw(u);
            ui_event(u, (const union SDL_Event *)&e);
        } while (SDL_PollEvent(&e));
    }
}

static int run_app(const struct arguments *a, const struct platform *p) {
    struct app *app = NULL;
    struct clock_manual time = {.boot_ms = 1000000};
    if (a->script) {
        struct clock real = clock_system();
        int64_t now = clock_wall(&real);
        if (a->clock && !time_read_iso(a->clock, &now))
            return wrong("--clock wants a time such as 2026-11-22T02:41");
        time.wall_ms = now;
    }
    enum status s =
        app_open(&app, &(struct app_options){
                           .width_dp = a->width,
                           .height_dp = a->height,
                           .scale = a->scale,
                           .offscreen = a->offscreen || a->script,
                           .theme = a->theme,
                           .clock = a->script ? clock_manual(&time) : clock_system(),
                           .platform = p,
                       });
    if (s) return failed(s);
    int result = 0;
    if (a->script) {
        result = script_run(app, &(struct script_options){
                                     .path = a->script, .shots = a->shots, .clock = &time});
    } else {
        loop(app);
    }
    app_close(app);
    return result;
}

int main(int argc, char **argv) {
    struct arguments a = {.width = 1280, .height = 800};
    setlocale(LC_CTYPE, "C.UTF-8");
    int done = read_arguments(argc, argv, &a);
    if (done >= 0) return done;
    const struct platform *p =
        platform_linux(a.data, a.assets, a.offscreen || a.script || a.command);
    return a.command ? run_command(&a, p) : run_app(&a, p);
}
