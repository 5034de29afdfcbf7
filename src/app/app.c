/* app.c -- opening, the frame, closing. The frame is a function that returns: a browser's loop
 * and a desktop's loop both can call it. Order within a frame: long work, model, drawing, then
 * the one intent. */
#include "app/app_state.h"

#include <inttypes.h>

#include "app/framework_set.h"
#include "app/pictures.h"
#include "app/recorder.h"
#include "app/screens.h"
#include "app/shot.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "care/rules.h"
#include "store/query.h"

struct ui *app_ui(struct app *a) {
    return a->ui;
}

struct journal *app_journal(struct app *a) {
    return a->j;
}

const char *app_screen_name(const struct app *a) {
    if (!a->j) return "lock";
    if (a->covered) return "cover";
    return screen_of((enum screen_id)a->stack[a->depth - 1].place.screen)->name;
}

static enum status open_assets(struct app *a) {
    enum status s = words_load(&a->words, path_join(&a->act_arena, a->assets, "words/en"));
    if (s) return s;
    s = framework_load(&a->framework,
                       path_join(&a->act_arena, a->assets, "frameworks/cqc-saf-2024-12.json"));
    if (s) return s;
    s = ui_open(&a->ui, &(struct ui_options){
                            .assets = a->assets,
                            .title = word(a->words, "common.title"),
                            .width_dp = a->options.width_dp,
                            .height_dp = a->options.height_dp,
                            .scale = a->options.scale,
                            .offscreen = a->options.offscreen,
                            .touch_keyboard = a->platform->has_keyboard &&
                                              !a->platform->has_keyboard(a->platform->ctx),
                        });
    if (s) return s;
    ui_set_words(a->ui, a->words);
    return STATUS_OK;
}

void app_keeps_private(void) {
    journal_wipes_memory();
}

enum status app_open(struct app **out, const struct app_options *o) {
    struct arena first = {0};
    struct app *a = arena_take(&first, sizeof *a);
    a->own = first;
    a->room = key_room(sizeof *a->room);
    a->options = *o;
    a->platform = o->platform;
    a->clock = o->clock;
    text_copy(a->data_dir, sizeof a->data_dir,
              o->data_dir ? o->data_dir : o->platform->data_dir(o->platform->ctx));
    text_copy(a->assets, sizeof a->assets,
              o->assets ? o->assets : o->platform->assets_dir(o->platform->ctx));
    a->scene.loading = 1;
    if (a->platform->slept_ms) a->slept_ms = a->platform->slept_ms(a->platform->ctx);
    a->clock_gap = clock_wall(&a->clock) - clock_boot(&a->clock);
    app_touched(a);
    enum status s = file_make_dirs(a->data_dir);
    if (!s) log_open(path_join(&a->act_arena, a->data_dir, "lantern.log"));
    if (!s) s = open_assets(a);
    if (!s) s = app_open_journal(a, false);
    if (s) {
        app_close(a);
        return s;
    }
    log_line("opened");
    *out = a;
    return STATUS_OK;
}

void app_close(struct app *a) {
    if (!a) return;
    if (a->lock.sealing) sealing_cancel(a->lock.sealing);
    a->lock.sealing = NULL;
    job_close(a);
    app_leave_journal(a);
    lock_close(a);
    recorder_close(a);
    if (a->awake) a->platform->keep_awake(a->platform->ctx, false);
    ui_close(a->ui);
    forms_close(a);
    framework_close(a->framework);
    frameworks_close(&a->frameworks);
    words_close(a->words);
    arena_wipe(&a->model_arena);
    arena_wipe(&a->scene_arena);
    arena_wipe(&a->act_arena);
    arena_wipe(&a->waiting_arena);
    arena_wipe(&a->job_arena);
    log_line("closed");
    log_close();
    struct arena own = a->own;
    arena_wipe(&own);
}

bool app_night_now(const struct app *a, int64_t wall_ms) {
    return night_at(wall_ms, a->night_starts, a->day_starts);
}

struct load_context app_context(struct app *a) {
    const struct place *p = &a->stack[a->depth - 1].place;
    struct load_context c = {
        .j = a->j,
        .words = a->words,
        .framework = a->framework,
        .templates = (const struct template *const *)a->templates,
        .templates_count = a->templates_count,
        .wall_ms = clock_wall(&a->clock),
        .boot_ms = clock_boot(&a->clock),
        .service = a->service,
        .row = p->row,
        .other = p->other,
        .word = p->word,
        .word2 = p->word2,
        .night = app_night_now(a, clock_wall(&a->clock)),
        .boot_id = a->platform->boot_id(a->platform->ctx),
        .text_percent = (int)local_int(a->j, "text_percent", 100),
        .left_hand = a->scene.left_hand,
        .sample = a->sample,
        .version = LANTERN_VERSION,
        .data_dir = a->data_dir,
        .folder = shot_folder(a),
        .assets = a->assets,
        .template_of = form_of_visit,
        .whole = form_read_whole,
        .walked = &a->walked,
        .frameworks = app_frameworks,
        .ctx = a,
    };
    char *theme = local_get(a->j, "theme", &a->model_arena);
    c.theme = theme ? theme : "auto";
    if (a->platform->sticks) {
        const char **sticks = NULL;
        c.sticks_count = a->platform->sticks(a->platform->ctx, &a->model_arena, &sticks);
        c.sticks = sticks;
    }
    bool pins = p->screen == SCREEN_pin || p->screen == SCREEN_people;
    if (p->screen == SCREEN_send || p->screen == SCREEN_home || p->screen == SCREEN_settings ||
        pins)
        c.outbox = outbox_read(a, &a->model_arena);
    return c;
}

/* Models are loaded when the journal moved, the place changed, or a minute has passed. */
static void reload_model(struct app *a) {
    const struct place *p = &a->stack[a->depth - 1].place;
    int64_t generation = journal_generation(a->j), minute = clock_wall(&a->clock) / 60000;
    if (a->model && !a->model_stale && generation == a->model_generation &&
        minute == a->model_minute && memcmp(p, &a->model_place, sizeof *p) == 0)
        return;
    arena_reset(&a->model_arena);
    forms_refresh(a);
    struct load_context c = app_context(a);
    const void *model = NULL;
    a->model_status = screen_load((enum screen_id)p->screen)(&c, &a->model_arena, &model);
    if (a->model_status) {
        a->model = NULL;
        app_told(a, a->model_status);
        if (a->depth > 1) {
            stack_home(a);
            reload_model(a);
        }
        return;
    }
    a->model = model;
    a->model_place = *p;
    a->model_generation = generation;
    a->model_minute = minute;
    a->model_stale = false;
}

static struct intent draw_screen(struct app *a, rect area) {
    struct entry *top = &a->stack[a->depth - 1];
    const struct screen *s = screen_of((enum screen_id)top->place.screen);
    ui_push_text(a->ui, s->name);
    ui_push(a->ui, top->place.row);
    struct intent in = s->draw(a->ui, &a->scene, top->state, a->model, area);
    ui_pop(a->ui);
    ui_pop(a->ui);
    return in;
}

static struct intent draw_all(struct app *a) {
    rect area = ui_area(a->ui);
    struct intent in = {0};
    if (a->covered) {
        if (a->cover_settling && a->model) in = draw_screen(a, area);
        a->cover_settling = false;
        cover_frame(a);
        return in;
    }
    if (a->model) in = draw_screen(a, area);
    if (!a->lock.resetting) cover_question(a, area);
    draw_problem(a);
    cover_button(a, area);
    if (!in.kind && !ui_sheet_open(a->ui) && ui_back_pressed(a->ui) && a->depth > 1)
        in.kind = INTENT_back;
    return in;
}

static int sooner(int a, int b) {
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

/* When the next frame is due by itself. What could not be read is tried again each second. */
static int wait_ms(const struct app *a) {
    int wait = sooner(ui_wait_ms(a->ui), lock_wait_ms(a));
    if (!a->j || a->lock.work) return wait;
    bool loading = !a->load_bad && journal_loading(a->j);
    if (job_running(a) || loading || (a->model_stale && !a->model_status)) return 0;
    wait = sooner(wait, scene_wait_ms(a));
    wait = sooner(sooner(wait, keep_wait_ms(a)), idle_wait_ms(a));
    return a->model_status ? sooner(wait, 1000) : wait;
}

static void open_frame(struct app *a) {
    job_step(a);
    load_step(a);
    clock_step_notice(a);
    idle_step(a);
    ui_begin(a->ui, clock_boot(&a->clock));
    room_step(a);
    pins_step(a);
    pins_guard(a);
    shot_step(a);
    pictures_step(a);
    if (!a->covered) reload_model(a);
    recorder_step(a);
    scene_update(a);
    struct intent in = draw_all(a);
    shot_drawn(a);
    ui_end(a->ui);
    if (in.kind != INTENT_none) app_act(a, &in);
    int64_t undone;
    if (ui_toast_undone(a->ui, &undone)) app_undo(a, undone);
    keep_step(a);
}

/* What locks is looked at first: nothing of what was on the screen before the lid was closed is
 * drawn once more. */
bool app_frame(struct app *a, int *wait) {
    lock_step(a);
    if (!lock_frame(a)) open_frame(a);
    arena_reset(&a->act_arena);
    a->frame_boot = clock_boot(&a->clock);
    *wait = wait_ms(a);
    return !a->leaving && !ui_quit_asked(a->ui);
}
