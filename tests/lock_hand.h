/* lock_hand.h -- what holds for every page on which a PIN is asked for, shared by the tests of
 * the lock page and of the screens that choose one: no word cut, keys of the pad at least 64
 * dp, everything else 48, contrast of 4.5, and at night not brighter than a bedroom bears. */
#ifndef TESTS_LOCK_HAND_H
#define TESTS_LOCK_HAND_H

#include "screen_bench.h"

#include <math.h>

#define NIGHT_MOST 0.55 /* relative luminance of a pixel */
#define NIGHT_MEAN 0.06

static inline const struct ui_thing *seen(struct ui *u, const char *name) {
    const struct ui_thing *t;
    size_t n = ui_things(u, &t);
    for (size_t i = 0; i < n; i++)
        if (text_equal(t[i].name, name)) return &t[i];
    return NULL;
}

static inline void touch(struct ui *u, Uint32 type, const struct ui_thing *t) {
    rect all = ui_window(u);
    SDL_Event e;
    memset(&e, 0, sizeof e);
    e.tfinger.type = type;
    e.tfinger.fingerId = 7;
    e.tfinger.x = (t->visible.x + t->visible.w / 2) / all.w;
    e.tfinger.y = (t->visible.y + t->visible.h / 2) / all.h;
    e.tfinger.pressure = 1;
    ui_event(u, &e);
}

/* ---- what holds on every page ---- */

static inline double linear(uint32_t c) {
    double v = c / 255.0;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static inline void check_night(struct ui *u, const char *what) {
    const uint32_t *p;
    int w, h, pitch;
    double sum = 0, most = 0;
    ui_pixels(u, &p, &w, &h, &pitch);
    assert_non_null(p);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            uint32_t c = p[y * pitch + x];
            double l = 0.2126 * linear(c >> 16 & 255) + 0.7152 * linear(c >> 8 & 255) +
                       0.0722 * linear(c & 255);
            sum += l;
            if (l > most) most = l;
        }
    sum /= (double)w * h;
    if (most > NIGHT_MOST || sum > NIGHT_MEAN)
        fail_msg("%s: too bright for a bedroom: %.3f at most, %.3f in the mean", what, most,
                 sum);
}

static int keys_seen;

static inline void check_page(struct ui *u, const char *what, bool night) {
    const struct ui_thing *t;
    size_t n = ui_things(u, &t);
    const struct theme *th = ui_theme(u);
    rect all = ui_window(u);
    assert_true(n > 2);
    for (size_t i = 0; i < n; i++) {
        const struct ui_thing *k = &t[i];
        bool on_keyboard = text_equal(k->type, "key");
        looked++;
        if (k->name[0] == '[') fail_msg("%s: a word is missing: %s", what, k->name);
        if (strstr(k->state, "cut")) fail_msg("%s: \"%s\" is cut", what, k->name);
        if (k->r.x < all.x - 1 || k->r.x + k->r.w > all.x + all.w + 1)
            fail_msg("%s: \"%s\" hangs out", what, k->name);
        if (k->tappable && !on_keyboard) {
            bool digit = text_equal(k->type, "button") && strlen(k->name) == 1;
            float least = digit ? 63.5F : 47.5F;
            touched++;
            keys_seen += digit;
            if (k->r.h < least || k->r.w < least)
                fail_msg("%s: \"%s\" is only %.0f x %.0f", what, k->name, (double)k->r.w,
                         (double)k->r.h);
        }
        bool words = !text_equal(k->type, "icon") && !text_equal(k->type, "bar");
        if (words && k->ink < COLOR_NONE && k->ground < COLOR_NONE && k->ink != k->ground) {
            double c = color_contrast(th->colors[k->ink], th->colors[k->ground]);
            if (c < (k->font_dp >= 24 ? 3.0 : 4.5))
                fail_msg("%s: \"%s\" has a contrast of %.2f", what, k->name, c);
        }
    }
    assert_int_equal(words_missing(world.words), 0);
    if (night) check_night(u, what);
}

static const struct look sizes[] = {
    {"wide-day", 1280, 800, 1, false},     {"wide-night", 1280, 800, 1, true},
    {"portrait-day", 800, 1280, 1, false}, {"phone-night", 390, 844, 1, true},
    {"wide-large", 1280, 800, 2, false},   {"phone-large", 390, 844, 2, true},
    {"narrow", 360, 640, 1, false},        {"narrow-large", 360, 640, 2, true},
    {"lying", 740, 360, 1, true},          {"broad", 1920, 1080, 1, false}};
#define SIZES (sizeof sizes / sizeof sizes[0])

static inline void save(struct ui *u, const char *what) {
    const char *dir = getenv("LANTERN_SHOTS");
    char path[512];
    if (!dir) return;
    snprintf(path, sizeof path, "%s/%s.png", dir, what);
    assert_int_equal(ui_save_png(u, path), STATUS_OK);
}

#endif
