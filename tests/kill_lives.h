/* kill_lives.h -- what the killed child of test_kill.c does until it is killed: touch, export,
 * rebuild, merge; and how it says what is safe. */
#ifndef TESTS_KILL_LIVES_H
#define TESTS_KILL_LIVES_H

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "base/hash.h"
#include "platform/linux/linux.h"
#include "platform/linux/script.h"
#include "rest_env.h"
#include "sync/bundle.h"

#define BUNDLES      4
#define CHILD_FAILED 9

enum ack_sort { ACK_READY = 'S', ACK_RECORD = 'R', ACK_BUNDLE = 'E', ACK_DONE = 'D' };

static struct clock_manual now;
static char *assets;

static void say(int fd, char sort, int64_t number, const hash256 *h) {
    static const hash256 none;
    struct arena a = {0};
    char line[128];
    int n = snprintf(line, sizeof line, "%c %lld %s\n", sort, (long long)number,
                     hex_of(&a, (h ? h : &none)->b, HASH_BYTES));
    if (write(fd, line, (size_t)n) != n) _exit(CHILD_FAILED);
    arena_release(&a);
}

static void must(enum status s, const char *what) {
    if (!s) return;
    fprintf(stderr, "child: %s: %s %s\n", what, status_key(s), status_detail());
    _exit(CHILD_FAILED);
}

static bool shows(struct app *app, const char *text) {
    const struct ui_thing *t;
    size_t n = ui_things(app_ui(app), &t);
    for (size_t i = 0; i < n; i++)
        if (t[i].name && strstr(t[i].name, text) && t[i].visible.h > 1) return true;
    return false;
}

static int play(struct app *app, const char *script) {
    return script_run(app, &(struct script_options){.path = script, .clock = &now});
}

static struct app *start_app(const char *dir) {
    struct app *app = NULL;
    must(app_open(&app, &(struct app_options){.width_dp = 1280,
                                              .height_dp = 800,
                                              .offscreen = true,
                                              .clock = clock_manual(&now),
                                              .platform = platform_linux(dir, assets, true)}),
         "app_open");
    ui_draw_when_asked(app_ui(app)); /* so that the kills fall where something is written */
    if (!app_journal(app) && play(app, scratch("let-in"))) _exit(CHILD_FAILED);
    return app;
}

static void touch_for_ever(const char *dir, int fd, uint64_t seed) {
    static const char *const taps[] = {"tap-0", "tap-1", "tap-2", "tap-3", "tap-4"};
    struct app *app = start_app(dir);
    draw d = {.s = seed};
    say(fd, ACK_READY, 0, NULL);
    while (true) {
        struct journal_self self;
        if (play(app, scratch(taps[draw_below(&d, 5)]))) _exit(CHILD_FAILED);
        if (!shows(app, "Saved")) must(STATUS_INVALID, "no frame shows Saved");
        journal_self(app_journal(app), &self);
        say(fd, ACK_RECORD, self.head_seq, &self.head_hash);
    }
}

static struct journal *open_journal(const char *path, const char *role) {
    struct journal *j = NULL;
    must(journal_open(&j, &(struct journal_options){.path = path,
                                                    .clock = clock_manual(&now),
                                                    .device_name = "night tablet",
                                                    .device_role = role,
                                                    .rest_key = test_rest_key()}),
         "journal_open");
    return j;
}

static char *bundle_path(const char *folder, int64_t i) {
    static char path[512];
    snprintf(path, sizeof path, "%s/%lld.lantern", folder, (long long)i);
    return path;
}

static void export_for_ever(const char *dir, int fd, uint64_t seed) {
    struct journal *j = open_journal(scratch("kill-export.db"), "tablet");
    (void)seed;
    say(fd, ACK_READY, 0, NULL);
    for (int64_t i = 0;; i = (i + 1) % 8) {
        struct export_summary sum;
        must(export_all(
                 j, &(struct export_options){.path = bundle_path(dir, i), .everything = true},
                 &sum),
             "export");
        say(fd, ACK_BUNDLE, i, &sum.id);
    }
}

static void rebuild_for_ever(const char *dir, int fd, uint64_t seed) {
    struct journal *j = open_journal(dir, "tablet");
    (void)seed;
    say(fd, ACK_READY, 0, NULL);
    for (int64_t i = 0;; i++) {
        must(journal_rebuild(j), "rebuild");
        say(fd, ACK_DONE, i, NULL);
    }
}

static void merge_all_bundles(const char *path, int fd, uint64_t seed) {
    struct journal *j = open_journal(path, "office");
    (void)seed;
    say(fd, ACK_READY, 0, NULL);
    for (int64_t i = 0; i < BUNDLES; i++) {
        struct merge_summary sum;
        must(merge_file(j, &(struct merge_options){.path = bundle_path(scratch("kill-in"), i)},
                        &sum),
             "merge");
        say(fd, ACK_DONE, i, NULL);
    }
    pause();
}

#endif
