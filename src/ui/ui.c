/* ui.c -- opening, the frame, and what holds for the whole window.
 *
 * ui_begin sorts out what happened since the last frame; widgets run; ui_end sorts the draw
 * list by layers and shows it when it differs from what stands on the screen. Nothing here
 * polls: ui_wait_ms is the one answer to "when again?". */
#include "base/file.h"
#include "ui/cache.h"
#include "ui/input.h"

#define TEXT_SCALE_MAX 2.0f
#define ID_ROOT        0x4C616E7465726E21u

static enum status load_themes(struct ui *u) {
    struct arena a = {0};
    char *path = path_join(&a, u->assets, "tokens.json");
    enum status s = theme_load(path, false, &u->themes[0]);
    if (!s) s = theme_load(path, true, &u->themes[1]);
    arena_release(&a);
    return s;
}

enum status ui_open(struct ui **out, const struct ui_options *o) {
    struct arena life = {0};
    struct ui *u = ARENA_NEW(&life, struct ui);
    u->life = life;
    u->assets = arena_strdup(&u->life, o->assets);
    u->text_scale = 1;
    u->touch_keyboard = o->touch_keyboard;
    u->wake_ms = -1;
    u->dirty = true;
    textures_open(u);
    enum status s = load_themes(u);
    if (!s) s = window_open(u, o);
    if (!s) s = fonts_open(u);
    if (!s) s = fields_open(u);
    if (s) {
        ui_close(u);
        return s;
    }
    *out = u;
    return STATUS_OK;
}

void ui_close(struct ui *u) {
    if (!u) return;
    if (u->fields) fields_close(u);
    textures_clear(u);
    pens_close(u);
    fonts_close(u);
    window_close(u);
    struct buf *const bufs[] = {&u->draws,         &u->things,      &u->controls,
                                &u->controls_last, &u->queue,       &u->points,
                                &u->events,        &u->events_next, &u->dropped};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_release(bufs[i]);
    arena_release(&u->frame);
    struct arena life = u->life; /* u itself lies in it */
    arena_release(&life);
}

/* ---- the frame
 * --------------------------------------------------------------------------------------- */

void ui_event(struct ui *u, const union SDL_Event *e) {
    window_event(u, e);
}

void ui_begin(struct ui *u, int64_t boot_ms) {
    BELIEVE(!u->in_frame);
    u->in_frame = true;
    u->began_ticks = SDL_GetTicks64();
    u->before_ms = u->frame_no ? u->now_ms : boot_ms;
    u->now_ms = boot_ms;
    u->frame_no++;
    arena_reset(&u->frame);
    u->told = NULL;
    struct buf controls = u->controls_last;
    u->controls_last = u->controls;
    u->controls = controls;
    buf_clear(&u->controls);
    buf_clear(&u->draws);
    buf_clear(&u->things);
    u->clip = (rect){0, 0, u->width, u->height};
    u->layer = LAYER_PAGE;
    u->id_top = ID_ROOT;
    u->scroll_in = 0;
    u->sheets = 0;
    u->wake_ms = -1;
    u->last_control = 0;
    u->text_focus = false;
    u->after_tap = false;
    input_begin(u);
    focus_begin(u);
    scrolls_begin(u);
    fields_begin(u);
}

static void present_when_new(struct ui *u) {
    draw_sort(u);
    uint64_t hash = draw_hash(u);
    if (!u->dirty && hash == u->drawn_hash) return;
    u->drawn_hash = hash;
    u->dirty = false;
    u->frames_drawn++;
    u->undrawn = u->when_asked && !draw_has_pictures(u); /* their pixels are here only now */
    if (u->undrawn) return;
    renderer_draw(u);
    window_present(u);
}

void ui_end(struct ui *u) {
    BELIEVE(u->in_frame);
    BELIEVE(u->scope_count == 0);
    u->clip = (rect){0, 0, u->width, u->height};
    u->layer = LAYER_TOAST;
    toast_draw(u);
    u->layer = LAYER_KEYBOARD;
    keyboard_draw(u);
    fields_end(u);
    focus_end(u);
    u->sheets_last = u->sheets;
    u->text_focus_last = u->text_focus;
    things_finish(u);
    drop_end(u);
    present_when_new(u);
    u->in_frame = false;
}

static int sooner(int a, int b) {
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

int ui_wait_ms(const struct ui *u) {
    if (u->queue.size || u->events_next.size || u->tap_count || u->tap_late_count || u->dirty ||
        u->focus_asked)
        return 0;
    int wait = sooner(u->wake_ms, scrolls_wait_ms(u));
    if (u->toast.on) {
        int64_t left = u->toast.until_ms - u->now_ms;
        wait = sooner(wait, left < 0 ? 0 : (int)left);
    }
    for (int i = 0; i < FINGERS_MAX; i++) {
        const struct finger *f = &u->fingers[i];
        if (!f->down || !f->owner || f->moved || f->long_seen) continue;
        int64_t left = f->down_ms + LONG_PRESS_MS - u->now_ms;
        wait = sooner(wait, left < 0 ? 0 : (int)left);
    }
    /* The frame just shown has pressed states of taps that are over: show the page without
     * them. */
    return u->after_tap ? sooner(wait, 30) : wait;
}

void ui_wake_in(struct ui *u, int ms) {
    u->wake_ms = sooner(u->wake_ms, ms < 0 ? 0 : ms);
}

void ui_redraw(struct ui *u) {
    u->dirty = true;
}

bool ui_quit_asked(const struct ui *u) {
    return u->quit;
}

void ui_draw_when_asked(struct ui *u) {
    u->when_asked = true;
}

int64_t ui_frames_drawn(const struct ui *u) {
    return u->frames_drawn;
}

rect ui_area(const struct ui *u) {
    float keyboard = keyboard_dp(u);
    return (rect){0, 0, u->width, SDL_max(0, u->height - keyboard)};
}

float ui_scale(const struct ui *u) {
    return u->scale;
}

struct arena *ui_arena(struct ui *u) {
    return &u->frame;
}

/* ---- theme, size, words
 * -------------------------------------------------------------------------------- */

const struct theme *ui_theme(const struct ui *u) {
    return &u->themes[u->night ? 1 : 0];
}

void ui_set_theme(struct ui *u, bool night) {
    u->night = night;
}

void ui_set_text_scale(struct ui *u, float scale) {
    u->text_scale = scale < 1 ? 1 : scale > TEXT_SCALE_MAX ? TEXT_SCALE_MAX : scale;
}

float ui_text_scale(const struct ui *u) {
    return u->text_scale;
}

void ui_set_size(struct ui *u, float width_dp, float height_dp, float scale) {
    BELIEVE(!u->in_frame);
    u->width = width_dp;
    u->height = height_dp;
    if (scale > 0) u->scale = scale;
    window_resize(u);
    input_cancel_all(u);
    u->dirty = true;
}

void ui_set_words(struct ui *u, const struct words *w) {
    u->words = w;
}

const char *ui_word(const struct ui *u, const char *key) {
    return u->words ? word(u->words, key) : key;
}

void ui_above_begin(struct ui *u) {
    scope_push(u, SCOPE_ABOVE, 0);
    u->layer = LAYER_ABOVE;
    u->clip = (rect){0, 0, u->width, u->height};
    u->scroll_in = 0;
}

void ui_above_end(struct ui *u) {
    scope_pop(u, SCOPE_ABOVE);
}
