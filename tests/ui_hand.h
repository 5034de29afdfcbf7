/* ui_hand.h -- a hand for the toolkit's tests: real SDL events at a window in memory, and a
 * clock that moves only with the frames. */
#ifndef TESTS_UI_HAND_H
#define TESTS_UI_HAND_H

#include <SDL.h>

#include "support.h"

#include "base/log.h"
#include "ui/ui.h"

struct hand {
    struct ui *u;
    float w, h;
    int64_t now;
    void (*page)(struct ui *u);
};

static struct hand hand;

static void hand_open(float w, float h, float scale, void (*page)(struct ui *u)) {
    struct ui_options o = {
        .assets = "assets", .width_dp = w, .height_dp = h, .scale = scale, .offscreen = true};
    hand = (struct hand){.w = w, .h = h, .now = 1000000, .page = page};
    enum status s = ui_open(&hand.u, &o);
    if (s) fail_msg("ui_open: %s", status_detail());
}

static void hand_close(void) {
    ui_close(hand.u);
    hand.u = NULL;
}

static void frame_after(int ms) {
    hand.now += ms;
    ui_begin(hand.u, hand.now);
    hand.page(hand.u);
    ui_end(hand.u);
}

static void frame(void) {
    frame_after(16);
}

static inline void send_finger(uint32_t type, int64_t id, float x, float y) {
    SDL_Event e = {.tfinger = {.type = type,
                               .timestamp = (uint32_t)hand.now,
                               .touchId = 7,
                               .fingerId = id,
                               .x = x / hand.w,
                               .y = y / hand.h,
                               .pressure = 0.5f}};
    ui_event(hand.u, &e);
}

static inline void finger_down(int64_t id, float x, float y) {
    send_finger(SDL_FINGERDOWN, id, x, y);
}

static inline void finger_move(int64_t id, float x, float y) {
    send_finger(SDL_FINGERMOTION, id, x, y);
}

static inline void finger_up(int64_t id, float x, float y) {
    send_finger(SDL_FINGERUP, id, x, y);
}

static inline void mouse(uint32_t type, uint32_t which, float x, float y) {
    SDL_Event e = {.button = {.type = type,
                              .timestamp = (uint32_t)hand.now,
                              .which = which,
                              .button = SDL_BUTTON_LEFT,
                              .state = type == SDL_MOUSEBUTTONDOWN ? SDL_PRESSED : SDL_RELEASED,
                              .x = (int)x,
                              .y = (int)y}};
    ui_event(hand.u, &e);
}

static inline void press_key(int key, uint16_t mod) {
    SDL_Event e = {.key = {.type = SDL_KEYDOWN, .state = SDL_PRESSED}};
    e.key.keysym.sym = key;
    e.key.keysym.mod = mod;
    ui_event(hand.u, &e);
}

static inline void window_event_of(uint8_t what) {
    SDL_Event e = {.window = {.type = SDL_WINDOWEVENT, .event = what}};
    ui_event(hand.u, &e);
}

/* NULL when it is not there. */
static inline const struct ui_thing *thing_named(const char *type, const char *name) {
    const struct ui_thing *t;
    size_t n = ui_things(hand.u, &t);
    for (size_t i = 0; i < n; i++)
        if (!strcmp(t[i].type, type) && !strcmp(t[i].name, name)) return &t[i];
    return NULL;
}

static inline bool has_state(const struct ui_thing *t, const char *word) {
    assert_non_null(t);
    size_t n = strlen(word);
    for (const char *p = t->state; (p = strstr(p, word)); p++)
        if ((p == t->state || p[-1] == ' ') && (!p[n] || p[n] == ' ')) return true;
    return false;
}

static inline void middle(const char *type, const char *name, float *x, float *y) {
    const struct ui_thing *t = thing_named(type, name);
    if (!t) fail_msg("%s \"%s\" is not on the screen", type, name);
    *x = t->visible.x + t->visible.w / 2;
    *y = t->visible.y + t->visible.h / 2;
}

static inline void tap_named(const char *type, const char *name) {
    float x, y;
    middle(type, name, &x, &y);
    finger_down(1, x, y);
    frame();
    finger_up(1, x, y);
    frame();
}

#endif
