/* bench_frame.c -- a full redraw of the busiest screen (a check under way), without and with
 * eight photos at one question, and of one photo while two fingers are on it; 1280 x 800,
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

#define FRAMES        400
#define PHOTOS        8
#define PHOTO_W       1920
#define PHOTO_H       1080
#define WIDTH         1280
#define HEIGHT        800
#define MOST_MS       8.0
#define MOST_PINCH_MS (1000.0 / 60)
#define MOST_BLIT     4.0

static struct arena arena;
static struct clock_manual now = {.wall_ms = 1795315260000LL, .boot_ms = 1000000};

static const char start[] = "tap \"Who holds this?\"\ntap \"Quality lead\"\n"
                            "tap \"Start a night spot check\"\nscreen pin\npin 274936\n"
                            "tap \"Next\"\npin 274936\ntap \"Keep it\"\nsend\ntap \"Core\"\n"
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

static void finger(struct app *app, uint32_t type, int64_t id, float x, float y) {
    rect all = ui_window(app_ui(app));
    SDL_Event e = {.tfinger = {.type = type,
                               .timestamp = (uint32_t)now.boot_ms,
                               .touchId = 1,
                               .fingerId = id,
                               .x = x / all.w,
                               .y = y / all.h,
                               .pressure = 0.5F}};
    ui_event(app_ui(app), &e);
}

/* Apart and together, about the middle of the photo. */
static void pinch(struct app *app, int i) {
    float d = 60 + (float)abs(i % 160 - 80) * 3;
    uint32_t type = i ? SDL_FINGERMOTION : SDL_FINGERDOWN;
    finger(app, type, 1, 440 - d, 400);
    finger(app, type, 2, 440 + d, 400);
}

static void time_frames(struct app *app, double *ms, bool pinched) {
    int wait;
    for (int i = 0; i < FRAMES; i++) {
        now.wall_ms += 16;
        now.boot_ms += 16;
        if (pinched) pinch(app, i);
        ui_redraw(app_ui(app));
        double t = thread_s();
        must_true(app_frame(app, &wait), "the app goes on");
        ms[i] = (thread_s() - t) * 1e3;
    }
}

static void play(struct app *app, const char *dir, const char *text) {
    char *script = path_join(&arena, dir, "more.txt");
    must(file_write(script, text, strlen(text), 0600), script);
    must_true(script_run(app, &(struct script_options){.path = script, .clock = &now}) == 0,
              "the script plays");
}

/* A recorded camera's frame: YUYV, every pixel of its own. */
static void make_camera(const char *dir) {
    char *camera = path_join(&arena, dir, "camera"), name[64];
    size_t n = (size_t)PHOTO_W * PHOTO_H * 2;
    uint8_t *frame = arena_take(&arena, n);
    snprintf(name, sizeof name, "a-%dx%d.yuyv", PHOTO_W, PHOTO_H);
    for (size_t i = 0; i < n; i++)
        frame[i] = (uint8_t)(i % 2 ? 128 : 40 + i / 2 % PHOTO_W / 12 + (i * 2654435761u >> 28));
    must(file_make_dirs(camera), camera);
    must(file_write(path_join(&arena, camera, name), frame, n, 0600), camera);
    setenv("LANTERN_CAMERA", camera, 1);
}

static void take_photos(struct app *app, const char *dir) {
    play(app, dir, "tap \"The core round\"\npress \"Not met\" in \"Walk one way out\"\n");
    for (int i = 0; i < PHOTOS; i++) {
        char button[32] = "Photo";
        if (i) snprintf(button, sizeof button, "Photo · %d", i);
        play(app, dir,
             arena_printf(&arena,
                          "press \"%s\" in \"Walk one way out\"\ntap \"Not in a bedroom\"\n"
                          "wait 1s\ntap \"Take the photo\"\nwait 1s\ntap \"Keep photo\"\n"
                          "wait 9s\nscreen walk\n",
                          button));
    }
    play(app, dir, "reach \"Open: Photo 1\"\nwait 2s\n");
}

static int pictures_in_view(struct app *app) {
    const struct ui_thing *t;
    int count = 0;
    for (size_t i = 0, n = ui_things(app_ui(app), &t); i < n; i++)
        count += !strcmp(t[i].type, "image") && t[i].visible.h > 0 && t[i].visible.w > 0;
    return count;
}

static void with_photos(struct app *app, const char *dir, double *ms) {
    take_photos(app, dir);
    note("%d of %d photos are in view", pictures_in_view(app), PHOTOS);
    must_true(pictures_in_view(app) > 3, "photos are in view");
    time_frames(app, ms, false);
    result_most("full redraw with photos at a question, p99", percentile(ms, FRAMES, 0.99),
                "ms", MOST_MS);
    play(app, dir, "tap \"Open: Photo 1\"\nwait 2s\nscreen picture\n");
    time_frames(app, ms, true);
    result_most("a photo while it is pinched, p50", percentile(ms, FRAMES, 0.5), "ms", MOST_MS);
    /* In some of these frames the larger picture is being read, too. */
    result_most("a photo while it is pinched, p99", percentile(ms, FRAMES, 0.99), "ms",
                MOST_PINCH_MS);
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
    make_camera(dir);
    struct app *app = open_walk(dir);
    time_frames(app, ours, false);
    time_blits(blits);
    result("full redraw of the check, p50 (thread CPU)", percentile(ours, FRAMES, 0.5),
           percentile(blits, FRAMES, 0.5), "ms", 0);
    double p99 = percentile(ours, FRAMES, 0.99);
    result("full redraw of the check, p99, against two blits", p99,
           percentile(blits, FRAMES, 0.99), "ms", MOST_BLIT);
    result_most("full redraw of the check, p99", p99, "ms", MOST_MS);
    with_photos(app, dir, ours);
    app_close(app);
    arena_release(&arena);
    return 0;
}
