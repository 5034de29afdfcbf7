/* app.h -- the conductor: keeps the stack of screens, turns intents into records, draws the frame.
 *
 * Journey: platform's main loop → app_frame → screen → intent → act_* → journal.
 * A frame is a function that returns; long work (export, merge, verifying) advances a few milliseconds in it.
 * act_* handlers run after the frame, inside one transaction that app_act opens and commits: they only put rows. */
#ifndef APP_APP_H
#define APP_APP_H

#include "model/context.h"
#include "platform/platform.h"
#include "screen/screen.h"
#include "store/journal.h"
#include "ui/ui.h"

#define STACK_MAX 12
#define UNDO_MAX 24

struct entry {
    struct place place;
    _Alignas(16) unsigned char state[SCREEN_STATE_MAX];
};
struct undo_step {
    const struct kind *kind;
    row_id row, former; /* former version's record, 0: it was created */
    row_id wrote;       /* the version that the intent wrote */
};

struct app;
struct app_options {
    const char *data_dir, *assets;
    float width_dp, height_dp, scale;
    bool offscreen;
    const char *theme;       /* day | night | auto; NULL: as kept */
    struct clock clock;
    const struct platform *platform;
};
/* First of all in the program, before any database is opened: what is given back is wiped, so that little of a locked
 * tablet's words stays in its memory. */
void app_keeps_private(void);
MUST_CHECK enum status app_open(struct app **out, const struct app_options *o);
void app_close(struct app *a);
/* One frame: false when the person asked to leave. *wait_ms: how long the loop may sleep, -1 until an event. */
bool app_frame(struct app *a, int *wait_ms);
/* A finger, a key or the mouse: the tablet is not left alone. */
void app_touched(struct app *a);
/* The window is hidden or the app in the background: a tablet that can lock covers itself. */
void app_hidden(struct app *a);
struct ui *app_ui(struct app *a);
struct journal *app_journal(struct app *a); /* NULL while locked */
bool app_may_lock(const struct app *a);     /* something readable is on a screen that sleep should lock */
const char *app_screen_name(const struct app *a);
void app_force_theme(struct app *a, const char *theme); /* day | night | auto, as --theme */

/* ---- for act_* handlers ---------------------------------------------------------------------------------- */
struct act {
    struct app *app;
    struct journal *j;
    struct arena *arena;       /* until the intent is done */
    const struct words *words;
    const struct framework *framework;
    int64_t wall_ms, boot_ms;
    const char *boot_id;
    row_id service, holder;
    bool night;
    row_id made;               /* set by the handler: the main row it wrote; replaces to.row when that is 0 */
    struct place then;         /* set by the handler: where to go after success (screen 0: as the intent says) */
    bool then_replaces;        /* that place takes this screen's place on the stack */
    bool nothing;              /* nothing was written: no toast, no undo */
};
/* Puts a row and remembers how to undo it. All handlers write through this. */
MUST_CHECK enum status act_put(struct act *t, struct row *r);
MUST_CHECK enum status act_take_back(struct act *t, const struct kind *k, row_id id);
/* The form of a visit (cached), NULL when unknown. */
const struct template *act_template(struct act *t, row_id visit);
const struct template *act_template_by_code(struct act *t, const char *code);
#define INTENT_APP(name)
#define INTENT(name) enum status act_##name(struct act *t, const struct intent *in);
#include "screen/intent_list.h"
#undef INTENT

#endif
