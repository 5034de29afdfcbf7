/* sdl.c -- the window or the picture in memory, and SDL's events as the toolkit's.
 *
 * The mouse is one finger. SDL would also make a mouse out of every touch and a touch out of
 * every mouse; both are switched off, or each tap would arrive twice. */
#include <SDL.h>
#include <SDL_ttf.h>

#include "ui/cache.h"
#include "ui/input.h"

#define SCALE_MIN   0.5f
#define SCALE_MAX   6.0f
#define WHEEL_DP    64.0f
#define PIXELS_MAX  8192
#define GPU_FROM_PX 4.5e6f

struct window {
    SDL_Window *window; /* NULL offscreen */
    SDL_Renderer *renderer;
    SDL_Surface
        *surface; /* offscreen: drawn on; window: what was read back, made when asked for */
    bool offscreen, video;
    float points_to_px; /* window points to pixels */
};

static void set_hints(bool offscreen) {
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "nearest");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_ANDROID_TRAP_BACK_BUTTON, "1");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    if (offscreen) SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
}

static int pixels(float dp, float scale) {
    int px = (int)(dp * scale + 0.5f);
    return px < 16 ? 16 : px > PIXELS_MAX ? PIXELS_MAX : px;
}

static enum status picture_make(struct ui *u) {
    struct window *w = u->window;
    w->surface = SDL_CreateRGBSurfaceWithFormat(0, pixels(u->width, u->scale),
                                                pixels(u->height, u->scale), 32,
                                                SDL_PIXELFORMAT_ARGB8888);
    if (w->surface) w->renderer = SDL_CreateSoftwareRenderer(w->surface);
    return w->renderer ? STATUS_OK : status_fail(STATUS_IO, "SDL: %s", SDL_GetError());
}

static float display_scale(void) {
    float dpi = 0;
    if (SDL_GetDisplayDPI(0, &dpi, NULL, NULL) || dpi < 100) return 1;
    float scale = (float)(int)(dpi / 160 * 4 + 0.5f) / 4;
    return scale < 1 ? 1 : scale > SCALE_MAX ? SCALE_MAX : scale;
}

/* The window's real size decides; a tiling desktop or a telephone gives what it has. */
static void measure_window(struct ui *u) {
    struct window *w = u->window;
    int px_w = 0, px_h = 0, pt_w = 0, pt_h = 0;
    SDL_GetWindowSize(w->window, &pt_w, &pt_h);
    if (SDL_GetRendererOutputSize(w->renderer, &px_w, &px_h) || px_w < 1 || pt_w < 1) return;
    w->points_to_px = (float)px_w / (float)pt_w;
    u->width = (float)px_w / u->scale;
    u->height = (float)px_h / u->scale;
}

/* Drawing on the processor is quick here: a frame is blits of finished pictures, and most
 * frames are not drawn at all. It also starts sooner than a GL context (under Xvfb 18 ms
 * against 114 ms, the first frame 12 ms against 120 ms) and leaves the graphics chip asleep.
 * Only very large windows ask for it. SDL_RENDER_DRIVER in the environment decides otherwise.
 */
static bool wants_gpu(const struct ui *u) {
#if defined(__EMSCRIPTEN__) || defined(__ANDROID__) || defined(__IPHONEOS__)
    (void)u;
    return true;
#else
    if (SDL_GetHint(SDL_HINT_RENDER_DRIVER)) return true;
    return u->width * u->height * u->scale * u->scale > GPU_FROM_PX;
#endif
}

static enum status window_make(struct ui *u, const char *title) {
    struct window *w = u->window;
    bool gpu = wants_gpu(u);
    if (!gpu) SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    w->window =
        SDL_CreateWindow(title ? title : "", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                         pixels(u->width, u->scale), pixels(u->height, u->scale),
                         SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (!w->window) return status_fail(STATUS_IO, "SDL: %s", SDL_GetError());
    if (gpu) w->renderer = SDL_CreateRenderer(w->window, -1, SDL_RENDERER_PRESENTVSYNC);
    if (!w->renderer) w->renderer = SDL_CreateRenderer(w->window, -1, SDL_RENDERER_SOFTWARE);
    if (!w->renderer) return status_fail(STATUS_IO, "SDL: %s", SDL_GetError());
    measure_window(u);
    return STATUS_OK;
}

enum status window_open(struct ui *u, const struct ui_options *o) {
    struct window *w = u->window = ARENA_NEW(&u->life, struct window);
    w->offscreen = o->offscreen;
    w->points_to_px = 1;
    set_hints(o->offscreen);
    if (SDL_InitSubSystem(SDL_INIT_VIDEO | SDL_INIT_EVENTS))
        return status_fail(STATUS_IO, "SDL: %s", SDL_GetError());
    w->video = true;
    SDL_StopTextInput(); /* a field starts it when it has the focus */
    u->scale = o->scale > 0 ? o->scale : o->offscreen ? 1 : display_scale();
    u->scale = SDL_min(SDL_max(u->scale, SCALE_MIN), SCALE_MAX);
    u->width = o->width_dp > 0 ? o->width_dp : 1280;
    u->height = o->height_dp > 0 ? o->height_dp : 800;
    return w->offscreen ? picture_make(u) : window_make(u, o->title);
}

void window_close(struct ui *u) {
    struct window *w = u->window;
    if (!w) return;
    if (w->renderer) SDL_DestroyRenderer(w->renderer);
    SDL_FreeSurface(w->surface);
    if (w->window) SDL_DestroyWindow(w->window);
    if (w->video) SDL_QuitSubSystem(SDL_INIT_VIDEO | SDL_INIT_EVENTS);
    u->window = NULL;
}

void window_resize(struct ui *u) {
    struct window *w = u->window;
    if (!w->offscreen) {
        SDL_SetWindowSize(w->window, pixels(u->width, u->scale), pixels(u->height, u->scale));
        measure_window(u);
        return;
    }
    textures_clear(u);
    SDL_DestroyRenderer(w->renderer);
    SDL_FreeSurface(w->surface);
    w->renderer = NULL;
    BELIEVE(picture_make(u) == STATUS_OK);
}

SDL_Renderer *window_renderer(const struct ui *u) {
    return u->window->renderer;
}

SDL_Surface *window_surface(struct ui *u) {
    struct window *w = u->window;
    if (w->offscreen) {
        if (u->undrawn) renderer_draw(u);
        u->undrawn = false;
        return w->surface;
    }
    int px_w = 0, px_h = 0;
    if (SDL_GetRendererOutputSize(w->renderer, &px_w, &px_h)) return NULL;
    SDL_FreeSurface(w->surface);
    w->surface = SDL_CreateRGBSurfaceWithFormat(0, px_w, px_h, 32, SDL_PIXELFORMAT_ARGB8888);
    if (!w->surface) return NULL;
    renderer_draw(u); /* what was presented may be gone from the back buffer */
    if (SDL_RenderReadPixels(w->renderer, NULL, SDL_PIXELFORMAT_ARGB8888, w->surface->pixels,
                             w->surface->pitch))
        return NULL;
    return w->surface;
}

void window_present(struct ui *u) {
    if (!u->window->offscreen) SDL_RenderPresent(u->window->renderer);
}

/* ---- events
 * ---------------------------------------------------------------------------------------- */

static float mouse_dp(const struct ui *u, float points) {
    return points * u->window->points_to_px / u->scale;
}

static void mouse_button(struct ui *u, const SDL_MouseButtonEvent *e) {
    if (e->which == SDL_TOUCH_MOUSEID || e->button != SDL_BUTTON_LEFT) return;
    struct raw r = {.kind = e->state == SDL_PRESSED ? RAW_DOWN : RAW_UP,
                    .finger = MOUSE_FINGER,
                    .device = MOUSE_FINGER,
                    .x = mouse_dp(u, (float)e->x),
                    .y = mouse_dp(u, (float)e->y),
                    .pressure = 1,
                    .ms = e->timestamp};
    input_push(u, &r);
}

static void mouse_motion(struct ui *u, const SDL_MouseMotionEvent *e) {
    if (e->which == SDL_TOUCH_MOUSEID) return;
    struct raw r = {.kind = e->state & SDL_BUTTON_LMASK ? RAW_MOVE : RAW_CANCEL_MOUSE,
                    .finger = MOUSE_FINGER,
                    .device = MOUSE_FINGER,
                    .x = mouse_dp(u, (float)e->x),
                    .y = mouse_dp(u, (float)e->y),
                    .pressure = 1,
                    .ms = e->timestamp};
    input_push(u, &r); /* moving without the button: its release was lost */
}

static void mouse_wheel(struct ui *u, const SDL_MouseWheelEvent *e) {
    float turn = e->direction == SDL_MOUSEWHEEL_FLIPPED ? -1 : 1;
    float x = e->preciseX != 0 ? e->preciseX : (float)e->x;
    float y = e->preciseY != 0 ? e->preciseY : (float)e->y;
    struct raw r = {.kind = RAW_WHEEL,
                    .x = mouse_dp(u, (float)e->mouseX),
                    .y = mouse_dp(u, (float)e->mouseY),
                    .by_x = x * turn * WHEEL_DP,
                    .by_y = -y * turn * WHEEL_DP,
                    .input.mod = (uint16_t)SDL_GetModState()};
    input_push(u, &r);
}

static void finger(struct ui *u, const SDL_TouchFingerEvent *e, enum raw_kind kind) {
    if (e->touchId == SDL_MOUSE_TOUCHID) return;
    struct raw r = {.kind = kind,
                    .finger = e->fingerId,
                    .device = e->touchId,
                    .x = e->x * u->width,
                    .y = e->y * u->height,
                    .pressure = e->pressure,
                    .ms = e->timestamp};
    input_push(u, &r);
}

static void key(struct ui *u, const SDL_KeyboardEvent *e) {
    struct raw r = {.kind = RAW_INPUT, .ms = e->timestamp};
    r.input.kind = INPUT_KEY;
    r.input.key = e->keysym.sym;
    r.input.mod = e->keysym.mod;
    r.input.repeat = e->repeat != 0;
    input_push(u, &r);
}

static void typed(struct ui *u, const SDL_Event *e) {
    struct raw r = {.kind = RAW_INPUT, .ms = e->common.timestamp};
    const char *text = e->text.text;
    if (e->type == SDL_TEXTEDITING) {
        r.input.kind = INPUT_EDIT;
        r.input.edit_start = e->edit.start;
        r.input.edit_length = e->edit.length;
        text = e->edit.text;
    } else {
        r.input.kind = INPUT_TEXT;
    }
    snprintf(r.input.text, sizeof r.input.text, "%s", text);
    input_push(u, &r);
}

static void cancel(struct ui *u, enum raw_kind kind) {
    input_push(u, &(struct raw){.kind = kind});
}

static void window_changed(struct ui *u, const SDL_WindowEvent *e) {
    switch (e->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
    case SDL_WINDOWEVENT_RESIZED:
    case SDL_WINDOWEVENT_DISPLAY_CHANGED:
        if (!u->window->offscreen) measure_window(u);
        ui_redraw(u);
        break;
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
        ui_redraw(u);
        break;
    case SDL_WINDOWEVENT_HIDDEN:
    case SDL_WINDOWEVENT_MINIMIZED:
    case SDL_WINDOWEVENT_FOCUS_LOST:
        cancel(u, RAW_CANCEL_ALL);
        break;
    case SDL_WINDOWEVENT_CLOSE:
        u->quit = true;
        break;
    default:
        break;
    }
}

void window_event(struct ui *u, const SDL_Event *e) {
    switch (e->type) {
    case SDL_QUIT:
    case SDL_APP_TERMINATING:
        u->quit = true;
        break;
    case SDL_WINDOWEVENT:
        window_changed(u, &e->window);
        break;
    case SDL_APP_WILLENTERBACKGROUND:
        cancel(u, RAW_CANCEL_ALL);
        break;
    case SDL_RENDER_DEVICE_RESET:
        textures_clear(u);
        ui_redraw(u);
        break;
    case SDL_RENDER_TARGETS_RESET:
        ui_redraw(u);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        mouse_button(u, &e->button);
        break;
    case SDL_MOUSEMOTION:
        mouse_motion(u, &e->motion);
        break;
    case SDL_MOUSEWHEEL:
        mouse_wheel(u, &e->wheel);
        break;
    case SDL_FINGERDOWN:
        finger(u, &e->tfinger, RAW_DOWN);
        break;
    case SDL_FINGERMOTION:
        finger(u, &e->tfinger, RAW_MOVE);
        break;
    case SDL_FINGERUP:
        finger(u, &e->tfinger, RAW_UP);
        break;
    case SDL_DROPFILE:
        drop_add(u, e->drop.file);
        SDL_free(e->drop.file);
        break;
    case SDL_KEYDOWN:
        key(u, &e->key);
        break;
    case SDL_TEXTINPUT:
    case SDL_TEXTEDITING:
        typed(u, e);
        break;
    default:
        break;
    }
}
