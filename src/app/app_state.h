/* app_state.h -- the conductor's own insides, seen only by src/app. */
#ifndef APP_APP_STATE_H
#define APP_APP_STATE_H

#include "app/app.h"
#include "app/belongs.h"
#include "sync/bundle.h"

#define RUNNING_MAX 16
#define FORMS_MAX 16
#define UNDO_BATCHES 8
#define TEMPLATES_MAX 64
#define CODE_TYPED_MOST 64

struct undo_batch {
    int64_t id; /* the toast's; 0: unused */
    struct undo_step steps[UNDO_MAX];
    int count; /* beyond UNDO_MAX: too much for an undo */
};

/* What happened to the check, not in it. */
struct note {
    const char *sort, *place;
    int64_t ms, started; /* 0: now */
    row_id person;
};

/* Typing that the disk has not taken yet. */
struct waiting_field {
    struct waiting_field *next;
    char *key, *text;
};

/* A sheet with what went wrong; status OK: none. */
struct problem {
    enum status status;
    const char *key;
    char detail[400];
    bool send; /* offers to send everything */
};

enum cover_unsaved { COVER_SAVED, COVER_EVENT, COVER_DRAFT_ONLY };

struct cached_form {
    hash256 hash;
    struct template *form;
};

struct app {
    struct app_options options;
    const struct platform *platform;
    struct clock clock;
    struct ui *ui;
    struct journal *j;
    struct words *words;
    struct framework *framework;
    char data_dir[1024], assets[1024];

    struct template *templates[TEMPLATES_MAX]; /* built in and from packs; newest of each code */
    size_t templates_count;
    struct cached_form forms[FORMS_MAX];
    int forms_next;

    struct entry stack[STACK_MAX];
    int depth; /* at least 1: Home */
    uint64_t stack_kept; /* hash of the stack as the draft has it */
    uint64_t scrolls_kept;

    struct arena model_arena, act_arena, scene_arena;
    const void *model;
    struct place model_place;
    int64_t model_generation, model_minute;
    bool model_stale;
    enum status model_status;

    struct scene scene;
    struct running running[RUNNING_MAX];
    int64_t running_generation;
    struct {
        int64_t row, started, boot_started, target_ms;
        bool same_boot, free;
        const char *label;
    } timers[RUNNING_MAX];
    int timers_count;

    row_id service;
    int night_starts, day_starts; /* minutes after midnight */
    bool sample;

    bool covered, cover_settling;
    enum cover_unsaved cover_unsaved;
    int64_t covered_at, covered_boot; /* boot 0: covered before this start */
    int64_t ask_why; /* event row of the cover that may be explained; 0 nothing to ask */
    int64_t ask_why_ms;

    struct undo_batch undo[UNDO_BATCHES];
    int undo_next;
    int64_t undo_id;

    int64_t clock_gap; /* wall minus boot, to notice a step */

    struct export *exporting;
    struct merge *merging;
    bool verifying;
    int verify_rounds;
    struct { /* a file that is to be read: first the screen says so */
        bool waiting;
        int frames;
        bool trust;
        char path[1024], code[CODE_TYPED_MOST];
    } reading;
    struct arena job_arena;

    struct problem problem; /* shown as a sheet until it is answered or heals */
    bool send_everything;   /* the next bundle ignores what the office has */

    /* keep.c: writing that failed is tried again each second */
    bool waiting, waiting_told;
    int64_t retry_boot, looked_boot;
    struct waiting_field *waiting_fields;
    struct arena waiting_arena;
    char failed_draft[96]; /* of the intent that could not be written */
    char db_path[1100];
    uint64_t db_file[2]; /* which file that is */
    bool db_known, gone;

    /* idle.c */
    int64_t touched_boot, rested_boot, generation_seen;
    row_id scene_visit; /* the check on the screen, while it can be written to */
    int64_t cover_minutes;
    bool awake, battery_told, damage_told;

    bool leaving;
};

/* app.c */
struct load_context app_context(struct app *a);
bool app_night_now(const struct app *a, int64_t wall_ms);


/* problem.c */
void app_told(struct app *a, enum status s); /* shows what went wrong, keeps what is on screen */
void draw_problem(struct app *a);

/* note.c */
row_id app_visit_now(const struct app *a);  /* the visit of the screen on top, 0 none */
row_id app_visit_open(const struct app *a); /* the same, 0 when it is sealed */
MUST_CHECK enum status note_put(struct app *a, const struct note *n, row_id *out);
MUST_CHECK enum status note_alone(struct app *a, const struct note *n); /* its own transaction */

/* keep.c */
bool status_of_disk(enum status s);
void keep_opened(struct app *a, const char *path);
bool data_gone(struct app *a); /* the database's file is not where it was */
void keep_forget(struct app *a, const char *prefix);
void keep_failed(struct app *a, enum status s, const char *draft);
MUST_CHECK enum status keep_now(struct app *a);
void keep_step(struct app *a);
int keep_wait_ms(const struct app *a);

/* idle.c */
void idle_step(struct app *a);
int idle_wait_ms(const struct app *a);

/* undo.c */
row_id undo_version_of(struct journal *j, row_id row, struct arena *a);
void undo_remember(struct undo_batch *b, const struct undo_step *step);
void app_undo(struct app *a, int64_t id);

/* open.c */
void app_leave_journal(struct app *a); /* keeps everything, marks a clean end, closes */
MUST_CHECK enum status app_open_journal(struct app *a, bool sample);
void app_choose_service(struct app *a);
MUST_CHECK enum status app_load_templates(struct app *a);

/* stack.c */
void stack_push(struct app *a, const struct place *to);
void stack_replace(struct app *a, const struct place *to);
void stack_pop(struct app *a);
void stack_home(struct app *a);
MUST_CHECK enum status stack_keep(struct app *a); /* writes the draft when it changed */
void stack_restore(struct app *a);
void scrolls_keep(struct app *a); /* at rest: the next stack_keep writes when a page was scrolled */
void drafts_restore(struct app *a);
MUST_CHECK enum status draft_field_put(struct app *a, const char *key, const char *text);
void drafts_again(struct app *a, const char *prefix); /* those fields count as changed once more */
MUST_CHECK enum status drafts_forget(struct app *a, const char *prefix);

/* act.c */
void app_act(struct app *a, const struct intent *in);

/* navigate.c: true when the intent was one of the conductor's own */
bool app_navigate(struct app *a, const struct intent *in);

/* cover.c */
void cover_start(struct app *a);
void cover_frame(struct app *a);
MUST_CHECK enum status cover_keep(struct app *a);
void cover_button(struct app *a, rect area);
void cover_question(struct app *a, rect area); /* "You stopped 6 minutes", after the return */
void cover_restore(struct app *a);

/* job.c */
void job_step(struct app *a);
void job_export(struct app *a, const char *folder);
void job_cancel(struct app *a);
void job_read(struct app *a, const struct intent *in);
void job_free_space(struct app *a);
void job_verify(struct app *a);
void job_close(struct app *a);
void job_support(struct app *a, const char *folder);
bool job_running(const struct app *a);

/* erased.c */
void erased_forget(struct app *a); /* a pack erased something: no copy of it stays at hand */

/* outbox.c */
void outbox_note_receipt(struct app *a, bool less); /* a pack with a receipt was read */
const struct outbox *outbox_read(struct app *a, struct arena *to);
int64_t outbox_since(struct app *a); /* when the oldest check began that is in no bundle; 0 none */

/* forms.c */
const struct template *form_of_visit(void *app, row_id visit);
const struct template *form_by_code(const struct app *a, const char *code);
void forms_close(struct app *a);

/* scene.c */
void scene_update(struct app *a);
int scene_wait_ms(const struct app *a); /* until the next minute, or second when a stopwatch shows */
void clock_step_notice(struct app *a);

#endif
