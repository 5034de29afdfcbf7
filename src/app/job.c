/* job.c -- long work, a few milliseconds a frame: saving a bundle, reading a pack or receipt,
 * checking the journal. One at a time; cancelling is a return. What came of it stays in the
 * scene until the next job. */
#include "app/app_state.h"

#include "app/screens.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

#define JOB_STEP_MS 8

bool job_running(const struct app *a) {
    return a->scene.job.state == JOB_RUNNING;
}

static char *keep(struct app *a, const char *s) {
    return arena_strdup(&a->job_arena, s);
}

static void start(struct app *a, const char *key, const char *path) {
    a->scene.job =
        (struct job){.state = JOB_RUNNING, .key = key, .path = path ? keep(a, path) : NULL};
}

/* A stick that was pulled out says "no such file"; what that means stands in job.json. */
static void failed(struct app *a, enum status s) {
    const char *key = status_key(s);
    if (s == STATUS_NOT_FOUND && a->scene.job.path) key = "job.stick_gone";
    if (s == STATUS_DAMAGED && a->verifying) key = "job.verify_damaged";
    a->scene.job.state = JOB_FAILED;
    a->scene.job.text = words_say(&a->job_arena, a->words, key, status_detail());
    log_line("%s: %s", a->scene.job.key, status_key(s));
    a->model_stale = true;
}

static void done(struct app *a, const char *text) {
    a->scene.job.state = JOB_DONE;
    a->scene.job.progress = 1;
    a->scene.job.text = keep(a, text);
    a->model_stale = true;
}

static char *bundle_name(struct app *a, const char *folder) {
    struct civil c = civil_london(clock_wall(&a->clock));
    struct journal_self self;
    journal_self(a->j, &self);
    char *name = arena_printf(
        &a->job_arena, "lantern-%04d%02d%02d-%02d%02d%02d-%02x%02x%02x.lantern", c.year,
        c.month, c.day, c.hour, c.minute, c.second, self.key[0], self.key[1], self.key[2]);
    return path_join(&a->job_arena, folder, name);
}

void job_export(struct app *a, const char *folder) {
    if (job_running(a)) return;
    char *path = bundle_name(a, folder);
    start(a, "job.export", path);
    /* Never made here: the folder of a stick that is out would be one on this tablet. */
    enum status s =
        file_is_dir(folder) ? STATUS_OK : status_fail(STATUS_NOT_FOUND, "%s", folder);
    /* The marker of what was exported needs its folder, even when the rest is gone. */
    if (!s && data_gone(a)) s = file_make_dirs(path_dir(&a->act_arena, a->db_path));
    if (!s)
        s = export_start(&a->exporting, a->j,
                         &(struct export_options){.path = a->scene.job.path,
                                                  .purpose = BUNDLE_TO_OFFICE,
                                                  .everything = a->send_everything});
    if (s) failed(a, s);
}

static void step_export(struct app *a) {
    bool finished = false;
    struct export_summary sum;
    enum status s = export_step(a->exporting, JOB_STEP_MS, &finished, &a->scene.job.progress);
    if (!s && !finished) return;
    if (s) {
        export_cancel(a->exporting);
    } else {
        s = export_finish(a->exporting, &sum);
    }
    a->exporting = NULL;
    if (s) {
        failed(a, s);
        return;
    }
    a->send_everything = false;
    s = local_put(a->j, "sent_at",
                  arena_printf(&a->job_arena, "%lld", (long long)clock_wall(&a->clock)));
    if (s) log_line("time of sending not kept");
    done(a, words_say(&a->job_arena, a->words, "job.export_done",
                      int_text(&a->job_arena, sum.records), path_name(a->scene.job.path)));
}

void job_read(struct app *a, const char *path) {
    if (job_running(a)) return;
    start(a, "job.read", path);
    enum status s = merge_start(
        &a->merging, a->j,
        &(struct merge_options){.path = a->scene.job.path, .trust = true, .tablet = true});
    if (s) failed(a, s);
}

static void step_read(struct app *a) {
    bool finished = false;
    struct merge_summary sum;
    enum status s = merge_step(a->merging, JOB_STEP_MS, &finished, &a->scene.job.progress);
    if (!s && !finished) return;
    if (s) {
        merge_cancel(a->merging);
    } else {
        s = merge_finish(a->merging, &sum);
    }
    a->merging = NULL;
    if (s) {
        failed(a, s);
        return;
    }
    if (sum.receipt && sum.covered_until) {
        done(a, words_say(&a->job_arena, a->words, "job.receipt_done",
                          time_day_hm(&a->job_arena, sum.covered_until),
                          int_text(&a->job_arena, sum.added)));
    } else {
        done(a, words_say(&a->job_arena, a->words, "job.read_done",
                          int_text(&a->job_arena, sum.added)));
    }
    app_choose_service(a);
}

void job_verify(struct app *a) {
    if (job_running(a)) return;
    start(a, "job.verify", NULL);
    a->verifying = true;
    a->verify_rounds = 0;
}

/* Idle moments have walked some of the way round already: the first end may be of such a round,
 * so only the second says that everything was looked at. */
static void step_verify(struct app *a) {
    bool round = false;
    enum status s = journal_verify_step(a->j, JOB_STEP_MS, &round);
    if (!s && round) a->verify_rounds++;
    if (!s && a->verify_rounds < 2) return;
    if (s) {
        failed(a, s);
    } else {
        done(a, word(a->words, "job.verify_done"));
    }
    a->verifying = false;
}

void job_step(struct app *a) {
    if (!job_running(a)) return;
    if (a->exporting) {
        step_export(a);
    } else if (a->merging) {
        step_read(a);
    } else if (a->verifying) {
        step_verify(a);
    }
}

void job_cancel(struct app *a) {
    if (a->exporting) export_cancel(a->exporting);
    if (a->merging) merge_cancel(a->merging);
    a->exporting = NULL;
    a->merging = NULL;
    a->verifying = false;
    a->scene.job = (struct job){0};
}

void job_close(struct app *a) {
    job_cancel(a);
}

/* Versions, counts and the log of statuses: never anybody's words. */
void job_support(struct app *a, const char *folder) {
    struct buf b = {0}, log = {0};
    struct journal_self self;
    journal_self(a->j, &self);
    char *path = path_join(&a->job_arena, folder, "lantern-support.txt");
    start(a, "job.support", path);
    buf_printf(&b, "Lantern %s\nrecords %lld\ncommitted %lld durable %lld\n", LANTERN_VERSION,
               (long long)self.head_seq, (long long)journal_committed(a->j),
               (long long)journal_durable(a->j));
    if (!file_read(path_join(&a->act_arena, a->data_dir, "lantern.log"), 2 * 1024 * 1024, &log))
        buf_add(&b, log.data, log.size);
    enum status s = file_write(path, b.data, b.size, 0600);
    buf_release(&b);
    buf_release(&log);
    if (s) {
        failed(a, s);
    } else {
        done(a, words_say(&a->job_arena, a->words, "job.support_done", path));
    }
}
