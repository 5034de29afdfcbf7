/* lock.c -- a tablet that is put down shows nothing: it covers itself, and 30 s later it locks.
 *
 * Locked means that the journal is closed and nothing of it is left here: no model, no field,
 * no picture of a line, no undo. What remains is the lock page and the vault behind it. Being
 * let in opens the journal as after a crash, so the same question comes back, with the typing,
 * the stopwatches and the pause on the record.
 *
 *      open     cover, idle, hidden → covered; a touch → open again
 *      covered  30 s, sleep, Lock → locked
 *      locked   PIN, or the office's code → opening → open
 *
 * What is not kept yet, and a bundle being written, come first: the cover stays, and a touch
 * does not lift it any more. */
#include "app/app_state.h"

#include "app/recorder.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "care/rules.h"

#define LOCK_AFTER_MS   30000
#define AWAY_MS         90000 /* while something can be read, a frame comes at least each minute */
#define SLEPT_MS        1000
#define NOT_KEPT_MS     (5LL * 60000) /* so long it waits for a disk that takes nothing */
#define STEP_MS         8
#define TYPED_MS        60000 /* half a PIN that nobody goes on with */
#define RETRY_MS        1000
#define LONG_OPEN_BYTES (16LL * 1024 * 1024)

/* ---- secrets ---- */

void secret_wipe(struct app *a) {
    key_wipe(&a->room->secret, sizeof a->room->secret);
}

static void key_forget(struct app *a) {
    key_wipe(a->room->key, sizeof a->room->key);
    a->room->have_key = false;
}

/* ---- when ---- */

static bool lock_owed(const struct app *a) {
    if (!a->j || !a->sealed || !a->covered || a->gone) return false;
    return a->lock.asked || clock_boot(&a->clock) - a->covered_boot >= LOCK_AFTER_MS;
}

bool lock_waits(const struct app *a) {
    return lock_owed(a);
}

static bool lock_now_due(const struct app *a) {
    if (!lock_owed(a) || a->cover_settling || job_running(a) || a->lock.work) return false;
    bool kept = a->cover_unsaved == COVER_SAVED && !a->waiting && recorder_saved(a);
    return kept || clock_boot(&a->clock) - a->covered_boot >= NOT_KEPT_MS;
}

bool app_may_lock(const struct app *a) {
    return a->j && a->sealed && !a->covered;
}

void lock_ask(struct app *a) {
    cover_start(a);
    a->lock.asked = a->sealed;
}

void app_hidden(struct app *a) {
    recorder_end(a, "covered");
    if (!a->j) {
        secret_wipe(a);
    } else if (a->lock.work) {
        a->lock.hidden = true; /* covered as soon as that is done */
    } else if (a->sealed) {
        cover_start(a);
    }
}

/* The pause began when the last frame ended, not when somebody opened the lid again. */
static void was_away(struct app *a, int64_t gap) {
    bool already = a->covered;
    lock_ask(a);
    if (already || gap <= 0 || gap >= a->covered_boot) return;
    a->covered_at -= gap;
    a->covered_boot -= gap;
}

/* ---- letting go ---- */

static void forget(struct app *a) {
    ui_forget(a->ui);
    forms_close(a);
    arena_wipe(&a->model_arena);
    arena_wipe(&a->scene_arena);
    arena_wipe(&a->act_arena);
    arena_wipe(&a->waiting_arena);
    arena_wipe(&a->job_arena);
    a->waiting_fields = NULL;
    a->model = NULL;
    a->model_status = STATUS_OK;
    key_wipe(a->stack, sizeof a->stack);
    stack_home(a);
    key_wipe(a->undo, sizeof a->undo);
    key_wipe(&a->problem, sizeof a->problem);
    key_wipe(&a->reading, sizeof a->reading);
    key_wipe(a->failed_draft, sizeof a->failed_draft);
    key_wipe(a->running, sizeof a->running);
    a->timers_count = 0;
    a->service = a->scene_visit = a->ask_why = 0;
    a->covered = a->cover_settling = a->waiting = a->send_everything = a->sample = false;
    a->sealed = a->load_bad = a->db_known = a->gone = false;
    a->cover_unsaved = COVER_SAVED;
    secret_wipe(a);
    status_clear();
    bool left = a->scene.left_hand;
    a->scene = (struct scene){.words = a->words,
                              .left_hand = left,
                              .holder = "",
                              .service = "",
                              .secret = &a->room->secret,
                              .sealed = true,
                              .loading = 1};
}

/* ---- the page ---- */

static void bring_settings(struct app *a) {
    struct lock_state *l = &a->lock;
    struct arena *t = &a->act_arena;
    char *theme = vault_local(l->vault, "theme", t),
         *until = vault_local(l->vault, "theme_until", t);
    char *percent = vault_local(l->vault, "text_percent", t),
         *left = vault_local(l->vault, "left_hand", t);
    text_copy(l->theme, sizeof l->theme, theme ? theme : "");
    l->theme_until = until ? strtoll(until, NULL, 10) : 0;
    ui_set_text_scale(a->ui, percent ? (float)strtol(percent, NULL, 10) / 100.0F : 1.0F);
    a->scene.left_hand = left && text_equal(left, "1");
    if (a->night_starts <= 0) a->night_starts = NIGHT_STARTS_MIN;
    if (a->day_starts <= 0) a->day_starts = DAY_STARTS_MIN;
}

static void page_new(struct app *a) {
    struct lock_state *l = &a->lock;
    const struct vault_person *p;
    int last = -1, chosen = -1;
    size_t n = vault_people(l->vault, &p, &last);
    if (n > VAULT_PEOPLE_MAX) n = VAULT_PEOPLE_MAX;
    for (size_t i = 0; i < n; i++) {
        l->people[i] =
            (struct lock_person){.slot = p[i].slot, .label = p[i].label, .pin = p[i].pin};
        if (p[i].slot == last || n == 1) chosen = (int)i;
    }
    l->page = (struct lock_page){.people = l->people,
                                 .people_count = n,
                                 .chosen = chosen,
                                 .stage = chosen >= 0 ? LOCK_TRY
                                          : n         ? LOCK_WHO
                                                      : LOCK_CODE,
                                 .has_code = vault_has_code(l->vault),
                                 .wrong_tries = vault_wrong(l->vault),
                                 .problem = ""};
}

static void say_problem(struct app *a, enum status s) {
    struct lock_state *l = &a->lock;
    text_copy(l->problem, sizeof l->problem,
              words_say(&a->act_arena, a->words, status_key(s), ""));
    l->page.problem = l->problem;
    log_line("lock page: %s", status_key(s));
}

enum status lock_show(struct app *a, const char *path) {
    struct lock_state *l = &a->lock;
    char at[sizeof a->db_path];
    BELIEVE(!a->j && !l->vault);
    text_copy(at, sizeof at, path);
    forget(a);
    text_copy(a->db_path, sizeof a->db_path, at);
    l->page = (struct lock_page){.chosen = -1, .problem = ""};
    l->work = WORK_NONE;
    l->asked = l->resetting = l->gate_open = false;
    l->retry_boot = clock_boot(&a->clock) + RETRY_MS;
    enum status s = vault_open(&l->vault, a->db_path, NULL, &a->clock);
    if (s) return s;
    bring_settings(a);
    page_new(a);
    return STATUS_OK;
}

static void lock_now(struct app *a) {
    char path[sizeof a->db_path];
    int64_t covered_boot = a->covered_boot;
    text_copy(path, sizeof path, a->db_path);
    job_close(a);
    app_leave_journal(a);
    log_line("locked");
    enum status s = lock_show(a, path);
    if (s) say_problem(a, s);
    a->lock.covered_boot = covered_boot;
}

/* The disk did not answer when the vault was to be opened. */
static void open_again(struct app *a) {
    struct lock_state *l = &a->lock;
    if (l->vault || clock_boot(&a->clock) < l->retry_boot) return;
    enum status s = lock_show(a, a->db_path);
    if (s) say_problem(a, s);
}

static int64_t slept(const struct app *a) {
    return a->platform->slept_ms ? a->platform->slept_ms(a->platform->ctx) : 0;
}

void lock_step(struct app *a) {
    int64_t gap = clock_boot(&a->clock) - a->frame_boot, dozed = slept(a) - a->slept_ms;
    bool first = a->frame_boot == 0, may = a->j && a->sealed && !a->lock.work;
    a->slept_ms += dozed;
    if (!first && may && (gap >= AWAY_MS || dozed >= SLEPT_MS)) was_away(a, gap);
    if (a->lock.hidden && !a->lock.work) {
        a->lock.hidden = false;
        app_hidden(a);
    }
    if (lock_now_due(a)) lock_now(a);
    if (!a->j) open_again(a);
}

/* ---- being let in ---- */

void lock_work_start(struct app *a, enum lock_work work) {
    a->lock.work = work;
    a->lock.shown = false;
    a->lock.part = 0;
    ui_wake_in(a->ui, 0);
}

/* The journal takes a moment when there is much of it: then a page says so first. */
static void heard(struct app *a, bool by_code) {
    struct lock_state *l = &a->lock;
    a->room->have_key = true;
    l->by_code = by_code;
    secret_wipe(a);
    lock_work_start(a, WORK_OPEN);
    l->shown = file_size(a->db_path) < LONG_OPEN_BYTES;
}

static void not_heard(struct app *a, enum status s) {
    struct lock_state *l = &a->lock;
    l->work = WORK_NONE;
    l->page.wrong = s == STATUS_WRONG_CODE;
    l->page.wrong_tries = vault_wrong(l->vault);
    if (s != STATUS_WRONG_CODE && s != STATUS_BUSY) say_problem(a, s);
    secret_wipe(a);
}

static void try_person(struct app *a) {
    struct lock_state *l = &a->lock;
    const struct vault_person *p;
    int last, slot = l->people[l->page.chosen].slot;
    size_t n = vault_people(l->vault, &p, &last);
    for (size_t i = 0; i < n; i++)
        if (p[i].slot == slot) l->person = p[i].person;
    enum status s = vault_try(l->vault, slot, a->room->secret.typed, a->room->key);
    if (s) {
        not_heard(a, s);
    } else {
        heard(a, false);
    }
}

static void try_code(struct app *a) {
    a->lock.person = 0;
    enum status s = vault_try_code(a->lock.vault, a->room->secret.typed, a->room->key);
    if (s) {
        not_heard(a, s);
    } else {
        heard(a, true);
    }
}

static void open_journal(struct app *a) {
    struct lock_state *l = &a->lock;
    char path[sizeof a->db_path];
    text_copy(path, sizeof path, a->db_path);
    vault_close(l->vault);
    l->vault = NULL;
    l->work = WORK_NONE;
    enum status s = app_open_journal(a, false);
    key_forget(a);
    if (!s) {
        log_line("let in");
        return;
    }
    if (a->j) app_leave_journal(a);
    if (l->vault) return; /* it asks again */
    enum status again = lock_show(a, path);
    say_problem(a, again ? again : s);
}

static void work_on(struct app *a) {
    switch (a->lock.work) {
    case WORK_TRY:
        try_person(a);
        break;
    case WORK_CODE:
        try_code(a);
        break;
    case WORK_OPEN:
        open_journal(a);
        break;
    case WORK_SEAL:
    case WORK_SET:
    case WORK_CHECK:
        pins_work(a);
        break;
    case WORK_NONE:
        break;
    }
    if (a->lock.work == WORK_OPEN && a->lock.shown) open_journal(a);
    /* Impatient fingers meant the pad, not the question that comes back in its place. */
    if (a->j && !a->lock.work && !a->scene.secret_wrong) ui_drop_input(a->ui);
}

/* ---- a frame of it ---- */

static void answer(struct app *a, const struct lock_answer *got) {
    struct lock_state *l = &a->lock;
    struct lock_page *p = &l->page;
    bool here = got->wish == LOCK_WISH_TRY || got->wish == LOCK_WISH_TRY_CODE;
    if (got->wish == LOCK_WISH_NOTHING || !l->vault || l->work) return;
    if (here && p->wait_ms > 0) return;
    p->problem = "";
    p->wrong = false;
    if (!here) secret_wipe(a);
    switch (got->wish) {
    case LOCK_WISH_CHOOSE:
        if (got->chosen < 0 || (size_t)got->chosen >= p->people_count) break;
        p->chosen = got->chosen;
        p->stage = LOCK_TRY;
        break;
    case LOCK_WISH_TRY:
        if (p->chosen >= 0) lock_work_start(a, WORK_TRY);
        break;
    case LOCK_WISH_TRY_CODE:
        lock_work_start(a, WORK_CODE);
        break;
    case LOCK_WISH_FORGOT:
        p->stage = LOCK_CODE; /* without one the page says what can be done */
        break;
    case LOCK_WISH_BACK:
        p->stage = p->stage == LOCK_CODE && p->chosen >= 0 ? LOCK_TRY : LOCK_WHO;
        if (p->people_count == 1) p->stage = LOCK_TRY;
        break;
    case LOCK_WISH_NOTHING:
        break;
    }
    ui_wake_in(a->ui, 0);
}

/* While the journal is open: only whose PIN is being worked on. */
static struct lock_page page_of_work(struct app *a) {
    struct lock_state *l = &a->lock;
    l->people[0] = (struct lock_person){.label = l->label, .pin = true};
    return (struct lock_page){.people = l->people, .people_count = 1};
}

static struct lock_page page_of(struct app *a) {
    struct lock_state *l = &a->lock;
    struct lock_page p = a->j ? page_of_work(a) : l->page;
    p.wait_ms = l->vault ? vault_wait_ms(l->vault) : 0;
    l->page.wait_ms = p.wait_ms;
    p.progress = l->part;
    p.sealing = l->work == WORK_SEAL;
    if (l->work == WORK_OPEN || l->work == WORK_SEAL) {
        p.stage = LOCK_LOADING;
    } else if (l->work) {
        p.stage = LOCK_OPENING;
        if (l->work == WORK_CODE) p.chosen = -1;
    }
    if (!p.problem) p.problem = "";
    return p;
}

static void draw_page(struct app *a) {
    struct lock_state *l = &a->lock;
    int64_t wall = clock_wall(&a->clock);
    ui_begin(a->ui, clock_boot(&a->clock));
    if (a->j) {
        scene_update(a);
    } else {
        a->scene.wall_ms = wall;
        a->scene.boot_ms = clock_boot(&a->clock);
        a->scene.night = app_night_now(a, wall);
        theme_choose(a, l->theme, l->theme_until, wall);
    }
    struct lock_page p = page_of(a);
    struct lock_answer got = lock_draw(a->ui, &a->scene, &p, ui_area(a->ui));
    ui_end(a->ui);
    l->shown = true;
    answer(a, &got); /* new work waits for a page that says so */
}

bool lock_frame(struct app *a) {
    struct lock_state *l = &a->lock;
    if (l->work && l->shown) work_on(a);
    if (a->j && !l->work) return false;
    if (!a->j && clock_boot(&a->clock) - a->touched_boot > TYPED_MS && !l->work) secret_wipe(a);
    draw_page(a);
    return true;
}

int lock_wait_ms(const struct app *a) {
    const struct lock_state *l = &a->lock;
    int64_t boot = clock_boot(&a->clock), wait = INT64_MAX;
    if (l->work) return 0;
    if (!a->j) {
        wait = 60000 - clock_wall(&a->clock) % 60000;
        if (l->page.wait_ms > 0) wait = l->page.wait_ms % 1000 + 1;
        if (!l->vault) wait = l->retry_boot - boot;
    } else if (a->sealed && a->covered && !a->gone) {
        wait = a->lock.asked ? 0 : a->covered_boot + LOCK_AFTER_MS - boot;
        if (wait <= 0 && !lock_now_due(a)) wait = RETRY_MS;
    }
    return wait < 0 ? 0 : wait > 3600000 ? -1 : (int)wait;
}

/* ---- older checks ---- */

void load_step(struct app *a) {
    bool done = false;
    double part = 1;
    if (a->load_bad || !journal_loading(a->j)) {
        a->scene.loading = 1;
        return;
    }
    if (job_running(a)) return;
    enum status s = journal_load_step(a->j, STEP_MS, &done, &part);
    a->scene.loading = part;
    if (s) {
        a->load_bad = true;
        a->scene.loading = 1;
        app_told(a, s);
    } else if (done) {
        a->scene.loading = 1;
        a->running_generation = -1;
        a->model_stale = true;
    }
}

void lock_close(struct app *a) {
    struct lock_state *l = &a->lock;
    if (l->sealing) sealing_cancel(l->sealing);
    l->sealing = NULL;
    vault_close(l->vault);
    l->vault = NULL;
    key_room_free(a->room);
    a->room = NULL;
}
