/* app_state.h -- the conductor's own insides, seen only by src/app. */
#ifndef APP_APP_STATE_H
#define APP_APP_STATE_H

#include "app/app.h"
#include "app/belongs.h"
#include "base/keys.h"
#include "model/walk_cache.h"
#include "care/frameworks.h"
#include "screen/lock.h"
#include "store/vault.h"
#include "sync/bundle.h"

#define RUNNING_MAX 16
#define FORMS_MAX 16   /* forms of visits that are kept from one model to the next … */
#define FORMS_ROOM 256 /* … and that one model may look at */
#define UNDO_BATCHES 8
#define TEMPLATES_MAX 256
#define CODE_TYPED_MOST 64

struct undo_batch {
    int64_t id; /* the toast's; 0: unused */
    struct undo_step steps[UNDO_MAX];
    int count; /* beyond UNDO_MAX: too much for an undo */
    struct evidence_to waits; /* a photo or voice note that waits for its form … */
    int64_t waits_number;     /* … is taken back; 0: none */
};

/* What happened to the check, not in it. */
struct note {
    const char *sort;
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

/* lock.c, pins.c: what takes longer than a frame. It waits until a page that says so was shown. */
enum lock_work {
    WORK_NONE,
    WORK_TRY,   /* a PIN on the lock page */
    WORK_CODE,  /* the office's code there */
    WORK_OPEN,  /* let in: the journal */
    WORK_SEAL,  /* the first PIN: everything is being sealed */
    WORK_SET,   /* another PIN */
    WORK_CHECK, /* somebody takes over */
};
/* In memory that is never swapped or dumped. */
struct lock_room {
    struct secret secret;
    uint8_t key[KEY_BYTES]; /* only from letting in until the journal has it */
    bool have_key;
};
struct lock_state {
    struct vault *vault; /* open exactly while the lock page is up */
    struct lock_person people[VAULT_PEOPLE_MAX];
    struct lock_page page;
    char problem[400];
    enum lock_work work;
    bool shown;    /* the page that says so was drawn */
    row_id person; /* whom the work is about; afterwards who was let in */
    char label[VAULT_LABEL_MAX + 1];
    bool by_code, resetting; /* let in by the office's code; no way on before a new PIN */
    bool asked;              /* lock as soon as the cover has settled */
    bool hidden;             /* the window was hidden while work went on */
    bool gate_open;          /* gate.c: PINs may be given and taken, since then */
    int64_t gate_boot;
    int64_t covered_boot, covered_at; /* of the cover that came before */
    int64_t retry_boot;
    char theme[8]; /* as the vault has it */
    int64_t theme_until;
    bool code_used; /* the office needs another one */
    bool waited;    /* nobody was heard in the last frame, at this second */
    int64_t second;
    struct sealing *sealing;
    double part;
};

struct cached_form {
    hash256 hash;
    struct template *form;
    int64_t used; /* when it was asked for last, counted */
};
struct known_form {
    struct template *form; /* its head; the rest once it is asked for */
    hash256 blob;          /* zeros: built in */
};

struct app {
    struct app_options options;
    const struct platform *platform;
    struct clock clock;
    struct ui *ui;
    struct journal *j;
    struct words *words;
    struct framework *framework;
    struct frameworks frameworks; /* framework_set.c: all of them, once somebody asks */
    char data_dir[1024], assets[1024];

    struct arena own; /* the app's own memory */
    struct lock_room *room;
    struct lock_state lock;
    bool sealed;   /* this journal is sealed at rest */
    bool load_bad; /* the rest of it could not be read, and that was told */
    int64_t frame_boot, slept_ms; /* of the last frame */

    struct known_form known[TEMPLATES_MAX]; /* built in, from packs, own; by title */
    struct template *templates[TEMPLATES_MAX]; /* the forms of `known`, as models get them */
    size_t templates_count;
    uint64_t templates_stand; /* of the table of forms, as it was when they were read */
    struct cached_form forms[FORMS_ROOM];
    int forms_count;
    int64_t forms_asked;
    struct walk_cache walked; /* answers of the check at hand */

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
    struct freeing *freeing;
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
    int64_t cover_minutes, lock_minutes; /* own setting, and the office's rule; 0 none */
    bool awake, battery_told, damage_told;

    bool room_known; /* room.c: looked at, then */
    int64_t room_boot;

    struct recorder *recorder; /* recorder.h */
    struct shot *shot;         /* shot.c */
    struct paper_job *paper;   /* papers.c */
    struct pictures *pictures; /* pictures.c */
    uint64_t picture_version;  /* of all pictures that were ever shown; no two have the same */

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

/* room.c */
void room_step(struct app *a); /* how much the disk has left, into the scene */

/* taken_back.c: the bytes of what was taken back and never sent go */
void taken_back_step(struct app *a);
void taken_back_now(struct app *a); /* before a bundle: also the newest, which an undo could have brought back */

/* idle.c */
void idle_step(struct app *a);
int idle_wait_ms(const struct app *a);

/* undo.c */
row_id undo_version_of(struct journal *j, row_id row, struct arena *a);
void undo_remember(struct undo_batch *b, const struct undo_step *step);
void app_undo(struct app *a, int64_t id);

/* open.c */
void app_leave_journal(struct app *a); /* keeps everything, marks a clean end, closes */
/* With the key in a->room a sealed one is opened; without, the lock page comes up. */
MUST_CHECK enum status app_open_journal(struct app *a, bool sample);
MUST_CHECK enum status app_mark_open(struct app *a, bool open); /* a start without it was after a clean end */
void app_choose_service(struct app *a);

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
void cover_end(struct app *a);

/* lock.c. While locked, a->j is NULL, and lock_frame is all there is. */
MUST_CHECK enum status lock_show(struct app *a, const char *path);
void lock_ask(struct app *a);   /* covers, and locks when the cover has settled */
void lock_step(struct app *a);  /* before a frame: locks when it is time */
bool lock_frame(struct app *a); /* true: this frame was the lock page's, or one that says wait */
int lock_wait_ms(const struct app *a);
bool lock_waits(const struct app *a); /* only for a job: a touch does not lift the cover any more */
void lock_work_start(struct app *a, enum lock_work work);
void lock_close(struct app *a);
void secret_wipe(struct app *a);
void load_step(struct app *a); /* older checks, a few milliseconds at a time */

/* pins.c */
void pins_guard(struct app *a); /* no real check before a PIN */
bool pins_navigate(struct app *a, const struct intent *in);
bool pins_hold(struct app *a, row_id person); /* true: a PIN is asked for first */
void pins_work(struct app *a);
void pins_arrived(struct app *a); /* somebody was let in, and the journal is open */
void pins_code(struct app *a);    /* the office has a code that opens this tablet */
void pins_step(struct app *a);
void hold_person(struct app *a, row_id person);
MUST_CHECK enum status add_person(struct app *a, const char *role, row_id *out);

/* gate.c */
void gate_guard(struct app *a);
bool gate_open(const struct app *a);  /* a PIN may be given, changed or removed */
void gate_close(struct app *a);
bool gate_asks(const struct app *a);  /* the screen on top asks for the holder's PIN */
bool gate_hears(struct app *a, row_id person);
void gate_heard(struct app *a);       /* it was the right one */
bool gate_back(struct app *a);        /* true: back from the asking is back from what it was asked for */

/* job.c */
void job_step(struct app *a);
void job_export(struct app *a, const char *folder);
void job_cancel(struct app *a);
void job_read(struct app *a, const struct intent *in);
void job_free_space(struct app *a, int64_t bytes); /* 0: all that the office has */
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
const struct template *form_by_code(struct app *a, const char *code); /* whole */
/* A form of templates[] with its questions: the same pointer, NULL when it cannot be read. */
const struct template *form_read_whole(void *app, const struct template *head);
MUST_CHECK enum status forms_open(struct app *a);
void forms_refresh(struct app *a); /* forms that came, or were retired, since they were read */
void forms_close(struct app *a);

/* scene.c */
void scene_update(struct app *a);
void theme_choose(struct app *a, const char *chosen, int64_t until, int64_t wall);
int scene_wait_ms(const struct app *a); /* until the next minute, or second when a stopwatch shows */
void clock_step_notice(struct app *a);

#endif
