/* idle.c -- what the tablet does while nobody touches it: two seconds after the last touch, and
 * then with each minute that shows, it proves a little of the journal (which also wipes dropped
 * drafts from the disk) and looks at the battery. Left alone during a check it covers itself.
 * It never wakes the machine more often than that. */
#include "app/app_state.h"

#include "app/recorder.h"
#include "base/log.h"
#include "model/settings_model.h"
#include "store/query.h"

#define REST_MS            2000
#define AGAIN_MS           50000 /* once in each visible minute, however their edges fall */
#define PROVE_MS           8
#define COVER_MINUTES_MOST 240
#define WATCH_MS           (10LL * 60000)
#define DAY_MS             (24LL * 3600000)
#define BATTERY_LOW        10
#define BATTERY_FINE       20

void app_touched(struct app *a) {
    a->touched_boot = clock_boot(&a->clock);
}

/* The office's rule shortens one's own choice, and "never" counts only where there is none. */
static int64_t alone_minutes(const struct app *a) {
    int64_t own = a->cover_minutes, rule = a->sealed ? a->lock_minutes : 0;
    if (rule <= 0) return own;
    return own > 0 && own < rule ? own : rule;
}

/* When nobody touches the tablet during a check, someone else may read it; one that can lock
 * shows something anywhere. Whoever times a bell looks and does not touch: a running stopwatch
 * gives ten minutes more, unless the office has a rule. */
static int64_t cover_due(const struct app *a) {
    int64_t minutes = alone_minutes(a);
    if (a->covered || minutes <= 0 || (!a->scene_visit && !a->sealed)) return INT64_MAX;
    if (recorder_runs(a)) return INT64_MAX; /* speaking is not touching */
    bool ruled = a->sealed && a->lock_minutes > 0;
    int64_t watching = a->timers_count && !ruled ? WATCH_MS : 0;
    return a->touched_boot + minutes * 60000 + watching;
}

static void read_settings(struct app *a) {
    int64_t minutes = local_int(a->j, "auto_cover_minutes", COVER_MINUTES);
    a->cover_minutes = minutes > COVER_MINUTES_MOST ? COVER_MINUTES_MOST : minutes;
    a->lock_minutes = query_one_int(a->j, 0,
                                    "SELECT coalesce(min(lock_minutes), 0) FROM provider WHERE "
                                    "lock_minutes > 0 AND withdrawn = 0",
                                    0);
}

/* During a check the screen stays on; covered, it may sleep. */
static void stay_awake(struct app *a) {
    bool on = (a->scene_visit || recorder_runs(a)) && !a->covered && !a->leaving;
    if (on == a->awake || !a->platform->keep_awake) return;
    a->awake = on;
    a->platform->keep_awake(a->platform->ctx, on);
}

static void look_at_battery(struct app *a) {
    if (!a->platform->battery_percent) return;
    int percent = a->platform->battery_percent(a->platform->ctx);
    if (percent < 0 || percent > BATTERY_FINE) a->battery_told = false;
    if (percent < 0 || percent > BATTERY_LOW || a->battery_told || a->covered) return;
    char *number = int_text(&a->act_arena, percent);
    a->battery_told = true;
    ui_toast(a->ui, 0, words_say(&a->act_arena, a->words, "common.battery", number), NULL);
}

/* A quiet line on Home, once a day, when a check has waited for longer than a day. */
static void remind(struct app *a) {
    int64_t now = clock_wall(&a->clock), since = 0;
    if (a->depth > 1 || a->covered || a->sample || a->waiting || a->gone) return;
    if (local_int(a->j, "reminded", 0) == london_day(now)) return;
    since = outbox_since(a);
    if (!since || now - since < DAY_MS) return;
    char *day = arena_printf(&a->act_arena, "%d", (int)london_day(now));
    if (local_put(a->j, "reminded", day)) log_line("reminder not kept");
    char *said =
        words_say(&a->act_arena, a->words, "common.remind", time_day_hm(&a->act_arena, since));
    ui_toast(a->ui, 0, said, NULL);
}

static void prove(struct app *a) {
    bool round = false;
    if (a->damage_told || a->gone || a->waiting) return;
    enum status s = journal_verify_step(a->j, PROVE_MS, &round);
    if (s == STATUS_DAMAGED) {
        a->damage_told = true;
        app_told(a, s);
    } else if (s) {
        log_line("not proved: %s", status_key(s));
    }
}

void idle_step(struct app *a) {
    int64_t boot = clock_boot(&a->clock);
    if (a->generation_seen != journal_generation(a->j) || a->model_stale) {
        a->generation_seen = journal_generation(a->j);
        a->scene_visit = app_visit_open(a);
        read_settings(a);
    }
    if (boot >= cover_due(a)) cover_start(a);
    stay_awake(a);
    bool rested = boot - a->touched_boot >= REST_MS;
    bool due = a->rested_boot <= a->touched_boot || boot - a->rested_boot >= AGAIN_MS;
    if (!rested || !due || job_running(a)) return;
    a->rested_boot = boot;
    scrolls_keep(a);
    remind(a);
    look_at_battery(a);
    taken_back_step(a);
    prove(a);
}

int idle_wait_ms(const struct app *a) {
    int64_t boot = clock_boot(&a->clock), wait = INT64_MAX;
    if (a->rested_boot <= a->touched_boot) wait = a->touched_boot + REST_MS - boot;
    if (cover_due(a) - boot < wait) wait = cover_due(a) - boot;
    return wait < 0 ? 0 : wait > 3600000 ? -1 : (int)wait;
}
