/* papers.c -- making a paper: which one, its file's name, writing it whole or not at all,
 * recording that the home got its copy. See papers.h. One frame says that it is being made; the
 * making itself is one piece of work of well under a second. */
#include "app/paper_inside.h"

#include <ctype.h>

#include "base/file.h"
#include "base/log.h"
#include "store/query.h"

#define PAPER_BYTES_MOST (400u << 20)
#define SAME_NAMES_MOST  99
#define SLUG_MOST        40

static const char *const copies[PAPERS] = {"check", "home", "action", "said", "self"};

bool paper_copy_of(const char *word, enum paper_copy *out) {
    for (int i = 0; i < PAPERS; i++)
        if (text_equal(copies[i], word)) {
            *out = (enum paper_copy)i;
            return true;
        }
    return false;
}

/* ---- the bytes ---- */

static enum status lay_out(struct paper *d, row_id row) {
    switch (d->copy) {
    case PAPER_CHECK:
        return paper_check(d, row);
    case PAPER_HOME:
        return paper_home(d, row);
    case PAPER_ACTION:
        return paper_action(d, row);
    case PAPER_SAID:
        return paper_said(d, row);
    case PAPER_SELF:
        return paper_self(d, row);
    case PAPERS:
        break;
    }
    return STATUS_NOT_FOUND;
}

/* What a paper is about, for its title and its file's name. */
struct subject {
    const char *service, *reference;
    int64_t started; /* 0 not known */
    day_no night;    /* on which the night began, 0 by day */
};

static enum status subject_of(struct journal *j, struct arena *a, enum paper_copy copy,
                              row_id row, struct subject *out) {
#define OF_CHECK                                                                             \
    "SELECT s.name, '', v.night, v.started FROM visit v JOIN service s ON s.id = v.service " \
    "WHERE v.id = ?1"
    static const char *const sql[PAPERS] = {
        [PAPER_CHECK] = OF_CHECK,
        [PAPER_HOME] = OF_CHECK,
        [PAPER_ACTION] = "SELECT s.name, x.reference, NULL, NULL FROM action x JOIN service s "
                         "ON s.id = x.service WHERE x.id = ?1",
        [PAPER_SAID] = "SELECT s.name, '', NULL, coalesce(f.made_at, f.at) FROM feedback f "
                       "LEFT JOIN visit v ON v.id = f.visit JOIN service s ON s.id = "
                       "coalesce(f.service, v.service) WHERE f.id = ?1",
        [PAPER_SELF] = "SELECT label, '', NULL, NULL FROM person WHERE id = ?1",
    };
    struct query q;
    *out = (struct subject){.service = "", .reference = ""};
    query_open(&q, j, sql[copy], 1, row);
    if (query_next(&q))
        *out = (struct subject){.service = query_text(&q, 0, a),
                                .reference = query_text(&q, 1, a),
                                .night = (day_no)query_int(&q, 2),
                                .started = query_int(&q, 3)};
    return query_close(&q);
}

/* What the file's own title is, for the window and for whoever has it read aloud. */
static enum status title_of(struct paper *d, row_id row, char **out) {
    static const char *const keys[PAPERS] = {"paper.file_check", "paper.file_home",
                                             "paper.file_action", "paper.file_said",
                                             "paper.file_self"};
    struct subject about;
    enum status s = subject_of(d->app->j, d->a, d->copy, row, &about);
    d->service = about.service;
    *out = PAPER_SAY(d, keys[d->copy], d->service, paper_when(d, d->c.wall_ms));
    return s;
}

enum status paper_write(struct app *a, enum paper_copy copy, row_id row, struct buf *out,
                        int *pages) {
    struct arena own = {0};
    struct paper d = {.app = a, .a = &own, .c = app_context(a), .copy = copy};
    char *title = NULL;
    const struct pdf_box margin = {56, 66, 56, 74};
    d.c.other = 0;
    d.c.word = d.c.word2 = "";
    enum status s = title_of(&d, row, &title);
    if (!s)
        s = pdf_start(&d.p, &(struct pdf_options){.fonts = path_join(&own, a->assets, "fonts"),
                                                  .title = title,
                                                  .language = "en-GB",
                                                  .made_ms = d.c.wall_ms,
                                                  .margin = margin,
                                                  .dress = paper_dress,
                                                  .ctx = &d});
    if (s) goto done;
    d.area = pdf_area(d.p);
    s = lay_out(&d, row);
    if (s) goto done;
    *pages = pdf_pages(d.p);
    s = pdf_end(d.p, out);
done:
    pdf_free(d.p);
    arena_wipe(&own);
    return s;
}

/* ---- its file ---- */

static const char *slug(struct arena *a, const char *name) {
    char out[SLUG_MOST + 1];
    size_t n = 0;
    for (const char *p = name; *p && n < SLUG_MOST; p++) {
        if (isalnum((unsigned char)*p) && !((unsigned char)*p & 0x80)) {
            out[n++] = (char)tolower((unsigned char)*p);
        } else if (n && out[n - 1] != '-') {
            out[n++] = '-';
        }
    }
    while (n && out[n - 1] == '-')
        n--;
    out[n] = '\0';
    return n ? arena_strdup(a, out) : "service";
}

/* A night belongs to the date on which it began. */
static const char *name_of(struct app *a, enum paper_copy copy, row_id row) {
    struct arena *t = &a->act_arena;
    struct subject about;
    if (subject_of(a->j, t, copy, row, &about)) log_line("paper's name not read");
    day_no day = about.night
                     ? about.night
                     : london_day(about.started ? about.started : clock_wall(&a->clock));
    const char *of = text_blank(about.reference) ? "" : slug(t, about.reference);
    return arena_printf(t, "lantern-%s-%s-%s%s%s", slug(t, about.service), day_iso(t, day), of,
                        *of ? "-" : "", copy == PAPER_CHECK ? "full" : copies[copy]);
}

/* Never over another one: lantern-oak-house-2026-11-21-full-2.pdf. */
static enum status free_path(struct app *a, const char *folder, const char *name, char **out) {
    struct arena *t = &a->act_arena;
    char *path = path_join(t, folder, arena_printf(t, "%s.pdf", name));
    for (int i = 2; file_exists(path) && i <= SAME_NAMES_MOST; i++)
        path = path_join(t, folder, arena_printf(t, "%s-%d.pdf", name, i));
    if (file_exists(path)) return status_fail(STATUS_EXISTS, "%s", path);
    *out = path;
    return STATUS_OK;
}

/* ---- making it ---- */

struct paper_job {
    bool waiting;
    int frames;
    enum paper_copy copy;
    row_id row;
    char folder[1024];
};

static void say(struct app *a, enum job_state state, const char *text, const char *path) {
    struct job *job = &a->scene.job;
    job->state = state;
    job->progress = state == JOB_DONE;
    job->text = arena_strdup(&a->job_arena, text);
    job->path = path ? arena_strdup(&a->job_arena, path) : NULL;
    a->model_stale = true;
}

static void failed(struct app *a, enum status s) {
    const char *key = status_key(s);
    if (s == STATUS_SEALED) key = "paper.held";
    if (s == STATUS_INVALID) key = "paper.in_confidence";
    if (s == STATUS_NOT_FOUND || s == STATUS_IO) key = "paper.folder_gone";
    log_line("paper: %s", status_key(s));
    say(a, JOB_FAILED, words_say(&a->job_arena, a->words, key, status_detail()), NULL);
}

/* The home has its copy now: that stands in the check as long as it can be written to. */
static void home_given(struct app *a, row_id visit) {
    bool sealed =
        query_one_int(a->j, 1, "SELECT count(*) FROM seal WHERE visit = ?1 AND withdrawn = 0",
                      1, visit) != 0;
    bool decided = query_one_int(a->j, 0,
                                 "SELECT count(*) FROM visit WHERE id = ?1 AND held_back = "
                                 "'decided_give'",
                                 1, visit) != 0;
    if (sealed) return;
    app_act(a, &(struct intent){.kind = INTENT_visit_copy,
                                .row = visit,
                                .word = decided ? "decided_give" : "given"});
}

static const char *size_words(struct app *a, size_t bytes) {
    struct arena *t = &a->job_arena;
    if (bytes < 1000000)
        return words_say(t, a->words, "send.kilobytes",
                         int_text(t, (long long)(bytes + 500) / 1000));
    return words_say(t, a->words, "send.megabytes",
                     arena_printf(t, "%zu.%zu", bytes / 1000000, bytes % 1000000 / 100000));
}

static void make(struct app *a, const struct paper_job *k) {
    struct buf out = {.limit = PAPER_BYTES_MOST};
    int pages = 0;
    char *path = NULL;
    enum status s =
        file_is_dir(k->folder) ? STATUS_OK : status_fail(STATUS_NOT_FOUND, "%s", k->folder);
    if (!s) s = paper_write(a, k->copy, k->row, &out, &pages);
    if (!s) s = free_path(a, k->folder, name_of(a, k->copy, k->row), &path);
    if (!s) s = file_write(path, out.data, out.size, 0600);
    if (s) {
        failed(a, s);
    } else {
        say(a, JOB_DONE,
            words_say(&a->job_arena, a->words, "paper.made", int_text(&a->job_arena, pages),
                      size_words(a, out.size)),
            path);
        if (k->copy == PAPER_HOME) home_given(a, k->row);
    }
    buf_release(&out);
}

bool papers_step(struct app *a) {
    struct paper_job *k = a->paper;
    a->scene.share = a->platform->share_file != NULL;
    if (!k || !k->waiting) return false;
    if (!job_running(a) || !text_equal(a->scene.job.key, "paper.making")) { /* cancelled */
        k->waiting = false;
        return false;
    }
    if (k->frames-- > 0) return true;
    k->waiting = false;
    make(a, k);
    return true;
}

static void start(struct app *a, const struct intent *in) {
    enum paper_copy copy;
    if (job_running(a) || !in->text || !paper_copy_of(in->word, &copy)) return;
    if (!a->paper) a->paper = ARENA_NEW(&a->own, struct paper_job);
    *a->paper = (struct paper_job){.waiting = true, .frames = 1, .copy = copy, .row = in->row};
    text_copy(a->paper->folder, sizeof a->paper->folder, in->text);
    a->scene.job = (struct job){.state = JOB_RUNNING, .key = "paper.making"};
}

/* Only the paper just made; no other file of this tablet. */
static void share(struct app *a) {
    const struct job *job = &a->scene.job;
    bool ours = job->state == JOB_DONE && job->path && text_equal(job->key, "paper.making");
    if (!ours || !a->platform->share_file) return;
    if (!a->platform->share_file(a->platform->ctx, job->path, "application/pdf"))
        ui_toast(a->ui, 0, word(a->words, "paper.share_failed"), NULL);
}

bool papers_navigate(struct app *a, const struct intent *in) {
    if (in->kind == INTENT_paper_make) {
        start(a, in);
    } else if (in->kind == INTENT_paper_share) {
        share(a);
    } else {
        return false;
    }
    return true;
}
