/* scene.c -- what every screen may know: the clock, who holds the tablet, running stopwatches,
 * the theme that fits the hour. Also when the next frame is due by itself. */
#include "app/app_state.h"

#include <stdlib.h>

#include "app/pictures.h"
#include "app/recorder.h"
#include "app/shot.h"
#include "base/log.h"
#include "base/text.h"
#include "store/query.h"

#define MINUTE_MS     60000
#define SECOND_MS     1000
#define CLOCK_STEP_MS 5000 /* less is ordinary drift and rounding */

/* Stopwatches run on over a restart: by the boot clock while the machine runs, else by the wall
 * clock ("about"). One that waits for the second worker runs too. */
static void load_timers(struct app *a) {
    struct query q;
    const char *boot = a->platform->boot_id(a->platform->ctx);
    arena_reset(&a->scene_arena);
    a->timers_count = 0;
    for (query_open(&q, a->j,
                    "SELECT t.id, t.started, t.boot_started, t.boot_id, t.target_ms, t.label, "
                    "t.item FROM timing t "
                    "WHERE (t.stopped IS NULL OR "
                    "(t.second_started IS NOT NULL AND t.second_ms IS NULL)) "
                    "AND t.withdrawn = 0 "
                    "AND NOT EXISTS (SELECT 1 FROM seal s WHERE s.visit = t.visit AND "
                    "s.withdrawn = 0) "
                    "ORDER BY t.started DESC, lantern_order(t.id)",
                    0);
         query_next(&q) && a->timers_count < RUNNING_MAX;) {
        int i = a->timers_count++;
        a->timers[i].row = query_int(&q, 0);
        a->timers[i].started = query_int(&q, 1);
        a->timers[i].boot_started = query_int(&q, 2);
        a->timers[i].same_boot = text_equal(query_text(&q, 3, &a->scene_arena), boot);
        a->timers[i].target_ms = query_int(&q, 4);
        a->timers[i].label = query_text(&q, 5, &a->scene_arena);
        a->timers[i].free = query_null(&q, 6);
    }
    if (query_close(&q)) log_line("stopwatches not read");
    char *holder = NULL, *service = NULL;
    query_open(&q, a->j, "SELECT label FROM person WHERE id = ?1", 1, journal_holder(a->j));
    if (query_next(&q)) holder = query_text(&q, 0, &a->scene_arena);
    if (query_close(&q)) holder = NULL;
    query_open(&q, a->j, "SELECT name FROM service WHERE id = ?1", 1, a->service);
    if (query_next(&q)) service = query_text(&q, 0, &a->scene_arena);
    if (query_close(&q)) service = NULL;
    a->scene.holder = holder ? holder : "";
    a->scene.service = service ? service : "";
    a->running_generation = journal_generation(a->j);
}

static void run_timers(struct app *a, int64_t wall, int64_t boot) {
    for (int i = 0; i < a->timers_count; i++) {
        int64_t ms = a->timers[i].same_boot ? boot - a->timers[i].boot_started
                                            : wall - a->timers[i].started;
        a->running[i] = (struct running){.row = a->timers[i].row,
                                         .label = a->timers[i].label,
                                         .ms = ms < 0 ? 0 : ms,
                                         .target_ms = a->timers[i].target_ms,
                                         .free = a->timers[i].free};
    }
    a->scene.running = a->running;
    a->scene.running_count = a->timers_count;
}

void theme_choose(struct app *a, const char *chosen, int64_t until, int64_t wall) {
    if (wall >= until || text_blank(chosen)) chosen = NULL;
    if (a->options.theme && !text_equal(a->options.theme, "auto")) {
        ui_set_theme(a->ui, text_equal(a->options.theme, "night"));
    } else if (chosen) {
        ui_set_theme(a->ui, text_equal(chosen, "night"));
    } else {
        ui_set_theme(a->ui, app_night_now(a, wall));
    }
}

static void theme_by_hour(struct app *a, int64_t wall) {
    if (!a->j) return; /* the lock page has its own */
    char *chosen = local_get(a->j, "theme", &a->scene_arena);
    theme_choose(a, chosen, local_int(a->j, "theme_until", 0), wall);
}

void app_force_theme(struct app *a, const char *theme) {
    a->options.theme = text_equal(theme, "night") ? "night"
                       : text_equal(theme, "day") ? "day"
                                                  : NULL;
    theme_by_hour(a, clock_wall(&a->clock));
    ui_wake_in(a->ui, 0);
}

void scene_update(struct app *a) {
    int64_t wall = clock_wall(&a->clock), boot = clock_boot(&a->clock);
    int64_t minute = wall / MINUTE_MS;
    bool moved = a->running_generation != journal_generation(a->j) || a->model_stale;
    if (moved || !a->scene.words) load_timers(a);
    if (moved || a->scene.wall_ms / MINUTE_MS != minute || !a->scene.words)
        theme_by_hour(a, wall);
    run_timers(a, wall, boot);
    a->scene.words = a->words;
    a->scene.wall_ms = wall;
    a->scene.boot_ms = boot;
    a->scene.sample = a->sample;
    a->scene.night = app_night_now(a, wall);
    a->scene.saved_at = journal_saved_at(a->j);
    a->scene.secret = &a->room->secret;
    a->scene.sealed = a->sealed;
    shot_scene(a);
    pictures_scene(a);
    recorder_scene(a, &a->scene.voice);
}

int scene_wait_ms(const struct app *a) {
    int64_t wall = a->scene.wall_ms;
    int until_minute = (int)(MINUTE_MS - wall % MINUTE_MS);
    if (a->covered) return -1;
    if (!a->timers_count) return until_minute;
    return (int)(SECOND_MS - a->running[0].ms % SECOND_MS);
}

/* The wall clock moved without the boot clock: somebody set it, or the network did. During a
 * check it goes on the record, since times noted before and after no longer fit together. */
void clock_step_notice(struct app *a) {
    int64_t gap = clock_wall(&a->clock) - clock_boot(&a->clock), step = gap - a->clock_gap;
    if (llabs(step) < CLOCK_STEP_MS) return;
    a->clock_gap = gap;
    if (!app_visit_open(a)) return;
    enum status s = note_alone(a, &(struct note){.sort = "clock_step", .ms = step});
    const char *key = s ? "common.clock_step_only" : "common.clock_step";
    ui_toast(a->ui, 0, word(a->words, key), NULL);
}
