/* bench_frame.c -- a full redraw of the busiest screen (a check under way), 1280 x 800,
 * software renderer, no window; thread CPU time of each frame. Held against one opaque and one
 * blended blit of the whole screen, which is the least that drawing it all could cost. */
#include <SDL.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/file.h"
#include "measure.h"
#include "platform/linux/linux.h"
#include "platform/linux/script.h"

#define FRAMES    400
#define WIDTH     1280
#define HEIGHT    800
#define MOST_MS   8.0
#define MOST_BLIT 4.0

static struct arena arena;
static struct clock_manual now = {.wall_ms = 1795315260000LL, .boot_ms = 1000000};

static const char start[] = "tap \"Who holds this?\"\ntap \"Quality lead\"\n"
                            "tap \"Start a night spot check\"\ntap \"Core\"\n"
                            "tap \"Start\" #1\nreach \"Yes, \"\ntap \"Yes, \"\nwait 2s\n"
                            "screen walk\n";

static struct app *open_walk(const char *dir) {
    struct app *app = NULL;
    char *script = path_join(&arena, dir, "start.txt");
    struct journal *j = open_as(path_join(&arena, dir, "lantern.db"), &now, "tablet", 0);
    fill_tablet(j, &now, 0, 1);
    journal_close(j);
    now.wall_ms = 1795315260000LL;
    must(file_write(script, start, strlen(start), 0600), script);
    must(app_open(&app, &(struct app_options){.width_dp = WIDTH,
                                              .height_dp = HEIGHT,
                                              .scale = 1,
                                              .offscreen = true,
                                              .clock = clock_manual(&now),
                                              .platform = platform_linux(dir, NULL, true)}),
         "app_open");
    must_true(script_run(app, &(struct script_options){.path = script, .clock = &now}) == 0,
              "a check is started");
    return app;
}

static void time_frames(struct app *app, double *ms) {
    int wait;
    for (int i = 0; i < FRAMES; i++) {
        now.wall_ms += 16;
        now.boot_ms += 16;
        ui_redraw(app_ui(app));
        double t = thread_s();
        must_true(app_frame(app, &wait), "the app goes on");
        ms[i] = (thread_s() - t) * 1e3;
    }
}

static SDL_Surface *surface(uint32_t fill) {
    SDL_Surface *s =
        SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_ARGB8888);
    must_true(s != NULL, "a surface");
    SDL_FillRect(s, NULL, fill);
    return s;
}

static void time_blits(double *ms) {
    SDL_Surface *to = surface(0xFF102030), *opaque = surface(0xFFEEDDCC);
    SDL_Surface *blended = surface(0x80445566);
    SDL_SetSurfaceBlendMode(opaque, SDL_BLENDMODE_NONE);
    SDL_SetSurfaceBlendMode(blended, SDL_BLENDMODE_BLEND);
    for (int i = 0; i < FRAMES; i++) {
        double t = thread_s();
        SDL_BlitSurface(opaque, NULL, to, NULL);
        SDL_BlitSurface(blended, NULL, to, NULL);
        ms[i] = (thread_s() - t) * 1e3;
    }
    SDL_FreeSurface(to);
    SDL_FreeSurface(opaque);
    SDL_FreeSurface(blended);
}

int main(void) {
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    char *dir = bench_dir(&arena, "frame");
    double *ours = ARENA_ARRAY(&arena, double, FRAMES);
    double *blits = ARENA_ARRAY(&arena, double, FRAMES);
    struct app *app = open_walk(dir);
    time_frames(app, ours);
    time_blits(blits);
    result("full redraw of the check, p50 (thread CPU)", percentile(ours, FRAMES, 0.5),
           percentile(blits, FRAMES, 0.5), "ms", 0);
    double p99 = percentile(ours, FRAMES, 0.99);
    result("full redraw of the check, p99, against two blits", p99,
           percentile(blits, FRAMES, 0.99), "ms", MOST_BLIT);
    result_most("full redraw of the check, p99", p99, "ms", MOST_MS);
    app_close(app);
    arena_release(&arena);
    return 0;
}
