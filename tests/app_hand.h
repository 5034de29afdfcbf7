/* app_hand.h -- the real app under a finger, for tests: opened without a window on a scratch
 * folder, played by the script's commands, with a clock that moves only when told. */
#ifndef TESTS_APP_HAND_H
#define TESTS_APP_HAND_H

#include "store_help.h"

#include <stdlib.h>

#include "app/app.h"
#include "base/assets.h"
#include "base/keys.h"
#include "base/text.h"
#include "model/reference.h"
#include "platform/linux/linux.h"
#include "platform/linux/script.h"
#include "store/query.h"

#define NIGHT_0241 1795315260000LL /* 22 November 2026, 02:41 */

static struct clock_manual hand_time;
static struct arena hand_life;
static struct app *hand_app;
static struct platform hand_platform;
static void (*hand_keep_awake)(void *ctx, bool on); /* in place of the device's own */
static int (*hand_battery)(void *ctx);
static void (*hand_device)(struct platform *p); /* whatever else the device has */
static float hand_w = 1280, hand_h = 800, hand_scale = 1;
static bool hand_draws; /* every frame, not only those that are looked at */

static inline const char *hand_assets(void) {
    static char *found;
    if (!found) found = arena_strdup(&hand_life, assets_find(&hand_life, NULL));
    return found;
}

static inline enum status hand_try(const char *dir) {
    key_lock_weakly_for_tests();
    hand_platform = *platform_linux(dir, hand_assets(), true);
    if (hand_keep_awake) hand_platform.keep_awake = hand_keep_awake;
    if (hand_battery) hand_platform.battery_percent = hand_battery;
    if (hand_device) hand_device(&hand_platform);
    enum status s = app_open(&hand_app, &(struct app_options){.width_dp = hand_w,
                                                              .height_dp = hand_h,
                                                              .scale = hand_scale,
                                                              .offscreen = true,
                                                              .data_dir = dir,
                                                              .clock = clock_manual(&hand_time),
                                                              .platform = &hand_platform});
    if (!s && !hand_draws) ui_draw_when_asked(app_ui(hand_app));
    return s;
}

/* As the app starts: at the lock page once the tablet has a PIN. */
static inline void hand_open_locked(const char *dir) {
    OK(hand_try(dir));
}

static inline void hand_close(void) {
    app_close(hand_app);
    hand_app = NULL;
}

/* As a kill leaves it: what is on the disk, without the goodbye. */
static inline void hand_copy_as_killed(const char *from, const char *to) {
    static const char *const names[] = {"lantern.db", "lantern.db-wal", "lantern.db.key"};
    OK(file_make_dirs(to));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *file = path_join(&hand_life, from, names[i]);
        char *copy = path_join(&hand_life, to, names[i]);
        remove(copy);
        if (file_exists(file)) copy_file(file, copy);
    }
}

/* True when every line did what it says. */
static inline bool hand_play(const char *lines) {
    const char *path = scratch("lines.txt");
    OK(file_write(path, lines, strlen(lines), 0600));
    return script_run(hand_app, &(struct script_options){.path = path,
                                                         .shots = scratch("shots"),
                                                         .clock = &hand_time}) == 0;
}
#define PLAY(lines) assert_true(hand_play(lines))

#define HAND_PIN    "274936"
#define LET_IN      "pin " HAND_PIN "\ntap \"Open\"\n"

static inline void hand_open(const char *dir) {
    hand_open_locked(dir);
    if (!app_journal(hand_app)) PLAY(LET_IN);
    assert_non_null(app_journal(hand_app));
}

static inline bool hand_shows(const char *text) {
    const struct ui_thing *t;
    size_t n = ui_things(app_ui(hand_app), &t);
    for (size_t i = 0; i < n; i++)
        if ((t[i].name && strstr(t[i].name, text)) || (t[i].value && strstr(t[i].value, text)))
            return true;
    return false;
}

static inline int64_t hand_count(const char *sql) {
    return query_one_int(app_journal(hand_app), -1, sql, 0);
}

/* A tablet that knows the sample provider and holds no check yet. */
static inline void hand_new_tablet(const char *dir) {
    struct reference_summary added;
    OK(file_make_dirs(dir));
    hand_time = (struct clock_manual){.wall_ms = NIGHT_0241, .boot_ms = 1000000};
    struct journal *j =
        open_device(path_join(&hand_life, dir, "lantern.db"), &hand_time, "tablet");
    OK(reference_add_file(j, path_join(&hand_life, hand_assets(), "sample/sample.json"),
                          &added));
    journal_close(j);
}

#define HAND_CHOOSE_PIN \
    "screen pin\npin " HAND_PIN "\ntap \"Next\"\npin " HAND_PIN "\ntap \"Keep it\"\nsend\n"
static const char hand_start_check[] =
    "tap \"Who holds this?\"\ntap \"Quality lead\"\n"
    "tap \"Start a night spot check\"\n" HAND_CHOOSE_PIN "screen start\n"
    "tap \"Core\"\ntap \"Start\" #1\ntap \"Yes, 02:41\"\nscreen walk\n";

#endif
