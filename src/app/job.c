/* job.c -- long work, a few milliseconds a frame: saving a bundle, reading a pack or receipt,
 * checking the journal. One at a time; cancelling is a return. What came of it stays in the
 * scene until the next job. */
#include "app/app_state.h"

#include "app/act_care.h"
#include "app/papers.h"
#include "app/screens.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

#define JOB_STEP_MS 8
#define CODE_DRAFT  "send/code"

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

/* A stick that was pulled out says "no such file" or "did not answer"; what that means stands
 * in job.json. */
static bool stick_gone(const struct app *a, enum status s) {
    const char *path = a->scene.job.path;
    if (!path || (s != STATUS_NOT_FOUND && s != STATUS_IO)) return false;
    struct arena t = {0};
    bool gone = s == STATUS_NOT_FOUND || !file_is_dir(path_dir(&t, path));
    arena_release(&t);
    return gone;
}

static void failed(struct app *a, enum status s) {
    const char *key = status_key(s);
    if (stick_gone(a, s)) key = "job.stick_gone";
    if (s == STATUS_DAMAGED && a->verifying) key = "job.verify_damaged";
    a->scene.job.state = JOB_FAILED;
    a->scene.job.ask = JOB_ASK_NOTHING;
    a->scene.job.text = words_say(&a->job_arena, a->words, key, status_detail());
    log_line("%s: %s", a->scene.job.key, status_key(s));
    a->model_stale = true;
}

static void done(struct app *a, const char *text) {
    a->scene.job.state = JOB_DONE;
    a->scene.job.ask = JOB_ASK_NOTHING;
    a->scene.job.progress = 1;
    a->scene.job.text = keep(a, text);
    a->model_stale = true;
}

/* An open bundle says so in its name: whoever finds the stick sees what it is, and so does
 * whoever is about to send it by post. */
static char *bundle_name(struct app *a, const char *folder) {
    struct civil c = civil_london(clock_wall(&a->clock));
    struct journal_self self;
    struct belongs b;
    journal_self(a->j, &self);
    if (belongs_read(a->j, &a->act_arena, &b)) log_line("enrolment not read");
    char *name =
        arena_printf(&a->job_arena, "lantern-%s%04d%02d%02d-%02d%02d%02d-%02x%02x%02x.lantern",
                     b.enrolled ? "" : "open-", c.year, c.month, c.day, c.hour, c.minute,
                     c.second, self.key[0], self.key[1], self.key[2]);
    return path_join(&a->job_arena, folder, name);
}

void job_export(struct app *a, const char *folder) {
    if (job_running(a)) return;
    taken_back_now(a);
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
    if (confided_forget(a)) log_line("own copies not forgotten");
    s = local_put(a->j, "sent_at",
                  arena_printf(&a->job_arena, "%lld", (long long)clock_wall(&a->clock)));
    if (s) log_line("time of sending not kept");
    done(a, words_say(&a->job_arena, a->words, "job.export_done",
                      int_text(&a->job_arena, sum.records)));
}

/* ---- reading a pack ----
 *
 * A first pack is locked: the code that the office read out opens it, and deriving its key
 * takes up to a second, so one frame says "Opening" before it begins. An open pack on a tablet
 * that belongs to no office is let in only when the person says that it is theirs. */

static void forget_code(struct app *a) {
    memset(a->reading.code, 0, sizeof a->reading.code);
}

/* The typed code is a draft like any other field's, until it has done its work. */
static void forget_typed_code(struct app *a) {
    forget_code(a);
    ui_field_forget(a->ui, CODE_DRAFT);
    if (ui_field_text(a->ui, CODE_DRAFT)) ui_field_set(a->ui, CODE_DRAFT, "");
    keep_forget(a, CODE_DRAFT);
    if (drafts_forget(a, CODE_DRAFT)) log_line("typed code not forgotten");
}

void job_read(struct app *a, const struct intent *in) {
    if (job_running(a)) return;
    enum job_ask ask = a->scene.job.ask;
    text_copy(a->reading.path, sizeof a->reading.path, in->text);
    text_copy(a->reading.code, sizeof a->reading.code, in->text2 ? in->text2 : "");
    a->reading.trust = in->number != 0;
    a->reading.waiting = true;
    a->reading.frames = 1;
    start(a, a->reading.code[0] ? "job.opening" : "job.read", a->reading.path);
    a->scene.job.ask = ask;
}

static void ask(struct app *a, enum job_ask what, bool wrong) {
    a->scene.job.state = JOB_NONE;
    a->scene.job.ask = what;
    a->scene.job.wrong_code = wrong;
    log_line("asked %d", (int)what);
}

/* What the person can answer is asked; the rest is said. */
static void read_failed(struct app *a, enum status s) {
    struct belongs b;
    if (belongs_read(a->j, &a->act_arena, &b)) log_line("enrolment not read");
    if (s == STATUS_LOCKED || s == STATUS_WRONG_CODE) {
        ask(a, JOB_ASK_CODE, s == STATUS_WRONG_CODE);
    } else if (s == STATUS_NOT_TRUSTED && !a->reading.trust && !b.office_known) {
        ask(a, JOB_ASK_TRUST, false);
    } else {
        failed(a, s);
    }
    forget_code(a);
}

static char *tablet_called(struct app *a, const struct belongs *b) {
    if (text_blank(b->name) || text_equal(b->name, b->letters)) return keep(a, b->letters);
    if (text_blank(b->letters)) return keep(a, b->name);
    return words_say(&a->job_arena, a->words, "job.letters_and_name", b->letters, b->name);
}

static const char *read_says(struct app *a, const struct merge_summary *sum) {
    struct belongs b;
    struct arena *to = &a->job_arena;
    char *added = int_text(to, sum->added);
    if (sum->enrolled && !belongs_read(a->j, to, &b)) {
        const char *office =
            text_blank(b.office) ? word(a->words, "job.your_office") : b.office;
        return words_say(to, a->words, "job.enrolled", tablet_called(a, &b), office, added);
    }
    if (sum->office_has_less) return word(a->words, "job.receipt_less");
    if (sum->receipt && sum->covered_until && !sum->added)
        return words_say(to, a->words, "job.receipt_only", time_day_hm(to, sum->covered_until));
    if (sum->receipt && sum->covered_until)
        return words_say(to, a->words, "job.receipt_done", time_day_hm(to, sum->covered_until),
                         added);
    return words_say(to, a->words, "job.read_done", added);
}

static void read_done(struct app *a, const struct merge_summary *sum) {
    const char *said = read_says(a, sum);
    if (sum->erased)
        said = arena_printf(&a->job_arena, "%s\n%s", said,
                            words_say(&a->job_arena, a->words, "job.erased",
                                      int_text(&a->job_arena, sum->erased)));
    forget_typed_code(a);
    done(a, said);
    if (sum->receipt) outbox_note_receipt(a, sum->office_has_less);
    walk_cache_stale(&a->walked);
    if (sum->erased) erased_forget(a);
    app_choose_service(a);
    pins_code(a);
}

static enum status begin_reading(struct app *a) {
    const char *code = a->reading.code[0] ? a->reading.code : NULL;
    a->reading.waiting = false;
    return merge_start(
        &a->merging, a->j,
        &(struct merge_options){
            .path = a->reading.path, .trust = a->reading.trust, .tablet = true, .code = code});
}

static void step_read(struct app *a) {
    bool finished = false;
    struct merge_summary sum;
    if (a->reading.waiting && a->reading.frames-- > 0) return;
    enum status s = a->reading.waiting ? begin_reading(a) : STATUS_OK;
    if (!s) s = merge_step(a->merging, JOB_STEP_MS, &finished, &a->scene.job.progress);
    if (!s && !finished) return;
    if (s && a->merging) merge_cancel(a->merging);
    if (!s) s = merge_finish(a->merging, &sum);
    a->merging = NULL;
    if (s) {
        read_failed(a, s);
    } else {
        read_done(a, &sum);
    }
}

/* ---- room on this tablet ---- */

void job_free_space(struct app *a, int64_t bytes) {
    if (job_running(a)) return;
    start(a, "job.free", NULL);
    enum status s = freeing_start(&a->freeing, a->j, bytes);
    if (s) failed(a, s);
}

static void step_freeing(struct app *a) {
    bool finished = false;
    int64_t count = 0, bytes = 0;
    enum status s = freeing_step(a->freeing, JOB_STEP_MS, &finished, &a->scene.job.progress);
    if (!s && !finished) return;
    freeing_finish(a->freeing, &count, &bytes);
    a->freeing = NULL;
    a->room_known = false;
    if (s) {
        failed(a, s);
        return;
    }
    done(a, words_say(&a->job_arena, a->words, "job.freed", int_text(&a->job_arena, count),
                      int_text(&a->job_arena, (bytes + 999999) / 1000000)));
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
    if (papers_step(a) || !job_running(a)) return;
    if (a->exporting) {
        step_export(a);
    } else if (a->merging || a->reading.waiting) {
        step_read(a);
    } else if (a->freeing) {
        step_freeing(a);
    } else if (a->verifying) {
        step_verify(a);
    }
}

void job_cancel(struct app *a) {
    if (a->exporting) export_cancel(a->exporting);
    if (a->merging) merge_cancel(a->merging);
    freeing_finish(a->freeing, NULL, NULL);
    a->freeing = NULL;
    a->exporting = NULL;
    a->merging = NULL;
    a->verifying = false;
    if (a->scene.job.ask == JOB_ASK_CODE) forget_typed_code(a);
    a->reading.waiting = false;
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
