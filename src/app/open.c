/* open.c -- opening the tablet's database, or the sample's, which lies in a folder of its own
 * so that made-up data never meets real data. */
#include <inttypes.h>
#include <stdlib.h>

#include "app/app_state.h"
#include "app/pictures.h"
#include "app/recorder.h"
#include "app/sample.h"
#include "app/shot.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "care/rules.h"
#include "store/query.h"

#define OPEN_MARK "open"

void app_choose_service(struct app *a) {
    a->service = local_int(a->j, "service", 0);
    int64_t there = query_one_int(
        a->j, 0, "SELECT count(*) FROM service WHERE id = ?1 AND withdrawn = 0", 1, a->service);
    if (!there)
        a->service =
            query_one_int(a->j, 0,
                          "SELECT id FROM service WHERE withdrawn = 0 AND closed IS NOT 1 "
                          "ORDER BY setting = 'home_care', coalesce(places, 0) DESC, name, "
                          "lantern_order(id) LIMIT 1",
                          0);
    a->night_starts =
        (int)query_one_int(a->j, NIGHT_STARTS_MIN,
                           "SELECT night_starts FROM service WHERE id = ?1", 1, a->service);
    a->day_starts = (int)query_one_int(
        a->j, DAY_STARTS_MIN, "SELECT day_starts FROM service WHERE id = ?1", 1, a->service);
    if (a->night_starts <= 0) a->night_starts = NIGHT_STARTS_MIN;
    if (a->day_starts <= 0) a->day_starts = DAY_STARTS_MIN;
    a->model_stale = true;
}

static void restore_settings(struct app *a) {
    ui_set_text_scale(a->ui, (float)local_int(a->j, "text_percent", 100) / 100.0F);
    a->scene.left_hand = local_int(a->j, "left_hand", 0) != 0;
}

enum status app_mark_open(struct app *a, bool open) {
    return local_put(a->j, OPEN_MARK, open ? "1" : NULL);
}

/* A mark stands in the database while it is open. Found at the start, the last end was none of
 * ours: a flat battery, a crash. That goes on the record of the check that was under way, since
 * nobody was looking for a while. On which screen that was is not told: Heard something, with
 * nothing kept of it, would say that somebody spoke. */
static void note_return(struct app *a, int64_t saved_at) {
    int64_t away = clock_wall(&a->clock) - saved_at;
    struct note n = {.sort = "resumed_app"};
    if (saved_at && away > 0) n.ms = away;
    bool unclean = local_int(a->j, OPEN_MARK, 0) != 0;
    enum status s = unclean ? note_alone(a, &n) : app_mark_open(a, true);
    if (s) log_line("return not noted: %s", status_key(s));
}

void app_leave_journal(struct app *a) {
    if (!a->j) return;
    recorder_leave(a);
    shot_leave(a);
    pictures_wipe(a);
    if (keep_now(a)) log_line("not everything was kept at the end");
    if (!a->gone && app_mark_open(a, false)) log_line("clean end not marked");
    journal_close(a->j);
    a->j = NULL;
}

/* Sealed: nothing of it can be read before somebody is let in. What was open is closed. */
static enum status ask_who(struct app *a, const char *path) {
    job_close(a);
    app_leave_journal(a);
    return lock_show(a, path);
}

/* The first start makes nothing up: an empty database and an empty Home. */
enum status app_open_journal(struct app *a, bool sample) {
    struct arena t = {0};
    char *dir = sample ? path_join(&t, a->data_dir, "sample") : a->data_dir;
    char *path = path_join(&t, dir, "lantern.db");
    struct journal *j = NULL;
    bool key = !sample && a->room->have_key;
    enum status s = file_make_dirs(dir);
    if (!s && sample) s = sample_prepare(dir, a->assets, &a->clock);
    if (!s)
        s = journal_open(&j, &(struct journal_options){
                                 .path = path,
                                 .clock = a->clock,
                                 .device_name = word(a->words, "common.tablet"),
                                 .device_role = "tablet",
                                 .rest_key = key ? a->room->key : NULL,
                                 .load_later = key,
                             });
    if (s == STATUS_LOCKED && !sample && !key) s = ask_who(a, path);
    if (s || !j) {
        arena_release(&t);
        return s;
    }
    job_close(a);
    app_leave_journal(a);
    a->j = j;
    keep_opened(a, path);
    arena_release(&t);
    a->sample = sample;
    a->sealed = !sample && journal_at_rest_sealed(j);
    a->load_bad = false;
    a->model = NULL;
    a->model_generation = a->running_generation = -1;
    a->generation_seen = -1;
    a->damage_told = false;
    a->problem = (struct problem){0};
    memset(a->undo, 0, sizeof a->undo);
    ui_field_forget(a->ui, "");
    forms_close(a);
    s = forms_open(a);
    if (s) return s;
    restore_settings(a);
    app_choose_service(a);
    stack_restore(a);
    drafts_restore(a);
    cover_restore(a);
    recorder_opened(a);
    int64_t saved_at = journal_saved_at(j); /* before letting in goes on the record */
    if (a->sealed) pins_arrived(a);
    note_return(a, saved_at);
    return STATUS_OK;
}
