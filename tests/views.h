/* views.h -- how a view is judged in tests, whichever screen it is: no word cut, nothing to
 * touch that is too small, off the edge, covered or out of reach, every ink on its ground
 * readable, and by night no light in a bedroom. What is wrong is counted in `seen` and written
 * out.
 *
 * A test sets `stop` and `window` to say where it is, lays out, and calls look_at_view. */
#ifndef TESTS_VIEWS_H
#define TESTS_VIEWS_H

#include "support.h"

#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "ui/ui_internal.h"

#define BAR_DP     60.0F
#define SHOWN_MOST 40 /* complaints of a sort that are written out */

struct look_at {
    const char *name, *size, *theme;
    int text;
};
static struct arena views_memory;
static const char *stop = "", *window = "";
static struct {
    int stops, views, things, tappable, pairs, nights;
    int cut, small, contrast, edge, covered, unreachable, bright, ellipses, plain, overlaps;
    double least_text, least_large, brightest, mean;
} seen = {.least_text = 99, .least_large = 99};
/* Every text that is drawn, for a test that knows which words there may be; NULL: not asked. */
static void (*views_text)(const char *type, const char *text);

static void complain(int *count, const char *what, const char *type, const char *name, rect r) {
    if ((*count)++ >= SHOWN_MOST) return;
    print_message("%s at %s, %s: %s \"%s\" %.0f,%.0f %.0fx%.0f\n", what, stop, window, type,
                  name, (double)r.x, (double)r.y, (double)r.w, (double)r.h);
}

/* ---- one thing ---- */

static inline void look_at_contrast(const struct thing *t, const struct theme *theme) {
    const struct ui_thing *x = &t->t;
    if (x->ink == COLOR_NONE || x->ground == COLOR_NONE || x->font_dp <= 0 || t->disabled)
        return;
    double c = color_contrast(theme->colors[x->ink], theme->colors[x->ground]);
    bool large = x->font_dp >= 24;
    seen.pairs++;
    if (large && c < seen.least_large) seen.least_large = c;
    if (!large && c < seen.least_text) seen.least_text = c;
    if (c < (large ? 3.0 : 4.5))
        complain(&seen.contrast, arena_printf(&views_memory, "contrast %.2f", c), x->type,
                 x->name, x->r);
}

static inline const struct scroll *page_of(const struct ui *u, const struct control *c) {
    for (int i = 0; i < SCROLLS_MAX; i++)
        if (c->scroll && u->scrolls[i].id == c->scroll) return &u->scrolls[i];
    return NULL;
}

/* A row that scrolls sideways and holds that place. */
static inline const struct scroll *row_at(const struct ui *u, rect r) {
    for (int i = 0; i < SCROLLS_MAX; i++) {
        const struct scroll *s = &u->scrolls[i];
        if (s->id && s->horizontal && s->used == u->frame_no && r.y >= s->place.y - 1 &&
            r.y + r.h <= s->place.y + s->place.h + 1)
            return s;
    }
    return NULL;
}

static inline bool within_edges(float from, float length, float least, float most) {
    return from >= least - 1 && from + length <= most + 1;
}

static inline void look_at_place(const struct ui *u, const struct thing *t) {
    const struct control *c = control_find(&u->controls, t->id);
    rect r = t->t.r;
    const struct scroll *page = page_of(u, c), *row = row_at(u, r);
    bool wide = within_edges(r.x, r.w, 0, u->width),
         high = within_edges(r.y, r.h, 0, u->height);
    if (row && !wide)
        wide = within_edges(r.x - row->place.x + row->offset, r.w, 0, row->place.w + row->max);
    if (!wide) complain(&seen.edge, "off the edge", t->t.type, t->t.name, r);
    if (page && !page->horizontal)
        high = within_edges(r.y - page->place.y + page->offset, r.h, 0,
                            page->place.h + page->max) ||
               r.h > page->place.h;
    if (!high) complain(&seen.unreachable, "out of reach", t->t.type, t->t.name, r);
    bool whole = t->t.visible.w >= r.w - 1 && t->t.visible.h >= r.h - 1;
    bool passing = u->toast.on && page; /* a toast goes by itself, and the page moves */
    if (whole && t->t.covered && !passing)
        complain(&seen.covered, "covered", t->t.type, t->t.name, r);
}

/* Words of the top bar that run into what stands beside them. */
static inline void look_at_bar(struct ui *u, const struct thing *t, size_t n, size_t at) {
    const struct thing *l = &t[at];
    if (!text_equal(l->t.type, "label") || l->t.r.y > BAR_DP || l->layer || l->font < 0) return;
    rect words = l->t.r;
    float w = ui_text_width(u, (enum font)l->font, l->t.name);
    if (w < words.w) words.w = w;
    words = rect_overlap(words, l->t.visible);
    for (size_t i = 0; i < n; i++) {
        const char *type = t[i].t.type;
        bool solid = text_equal(type, "chip") || text_equal(type, "tag");
        rect both = rect_overlap(words, t[i].t.visible);
        if (solid && !t[i].layer && both.w > 1 && both.h > 1)
            complain(&seen.overlaps, "run together", type, l->t.name, words);
    }
}

static inline void look_at_thing(const struct ui *u, const struct thing *t, int front) {
    const struct ui_thing *x = &t->t;
    const struct theme *theme = ui_theme(u);
    seen.things++;
    if (t->cut) complain(&seen.cut, "cut", x->type, x->name, x->r);
    seen.ellipses += t->shortened;
    look_at_contrast(t, theme);
    if (t->selected && t->layer < LAYER_SHEET && text_equal(x->type, "button") &&
        x->ground == COLOR_CARD)
        complain(&seen.plain, "chosen but looks plain", x->type, x->name, x->r);
    if (views_text) views_text(x->type, x->name);
    if (views_text && !text_equal(x->type, "field")) views_text(x->type, x->value);
    if (!x->tappable || text_equal(x->type, "key")) return;
    seen.tappable++;
    const struct control *c = control_find(&u->controls, t->id);
    if (c->r.w < theme->touch_min - 0.5F || c->r.h < theme->touch_min - 0.5F)
        complain(&seen.small, "too small", x->type, x->name, c->r);
    if (t->layer >= front) look_at_place(u, t);
}

/* ---- the whole ---- */

static inline void look_at_light(struct ui *u) {
    static double linear[256];
    if (linear[255] == 0)
        for (int i = 0; i < 256; i++) {
            double c = i / 255.0;
            linear[i] = c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
        }
    const uint32_t *px;
    int w, h, pitch;
    double sum = 0, most = 0;
    ui_pixels(u, &px, &w, &h, &pitch);
    assert_non_null(px);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            uint32_t p = px[y * pitch + x];
            double l = 0.2126 * linear[p >> 16 & 255] + 0.7152 * linear[p >> 8 & 255] +
                       0.0722 * linear[p & 255];
            sum += l;
            if (l > most) most = l;
        }
    double mean = sum / ((double)w * h);
    seen.nights++;
    if (mean > seen.mean) seen.mean = mean;
    if (most > seen.brightest) seen.brightest = most;
    if (mean >= 0.06 || most > 0.55)
        complain(&seen.bright, arena_printf(&views_memory, "light %.3f, most %.2f", mean, most),
                 "screen", "", ui_window(u));
}

/* What was laid out last; `light` also draws it and weighs its brightness. */
static inline void look_at_view(struct ui *u, bool light) {
    const struct ui_thing *unused;
    size_t count = ui_things(u, &unused);
    const struct thing *t = (const struct thing *)(const void *)u->things.data;
    int front = u->sheets_last ? LAYER_SHEET + u->sheets_last - 1 : 0;
    seen.views++;
    for (size_t i = 0; i < count; i++) {
        look_at_thing(u, &t[i], front);
        look_at_bar(u, t, count, i);
    }
    if (light) look_at_light(u);
}

/* ---- what every such test asserts ---- */

static inline void views_cut_nothing(void) {
    print_message(
        "figure: words cut: %d, run together: %d (%d texts end in an ellipsis after a "
        "whole word)\n",
        seen.cut, seen.overlaps, seen.ellipses);
    assert_int_equal(seen.cut + seen.overlaps, 0);
}

static inline void views_in_reach(void) {
    print_message(
        "figure: things to touch: %d; too small %d, off the edge %d, covered %d, out of "
        "reach %d\n",
        seen.tappable, seen.small, seen.edge, seen.covered, seen.unreachable);
    assert_true(seen.tappable > 1000);
    assert_int_equal(seen.small + seen.edge + seen.covered + seen.unreachable, 0);
}

static inline void views_readable(void) {
    print_message("figure: contrast: %d texts, least %.2f (limit 4.5), large %.2f (limit 3)\n",
                  seen.pairs, seen.least_text, seen.least_large);
    assert_true(seen.pairs > 1000);
    assert_int_equal(seen.contrast, 0);
    assert_int_equal(seen.plain, 0);
}

static inline void views_dark_by_night(void) {
    print_message(
        "figure: night: %d screens, brightest mean %.4f (limit 0.06), brightest pixel "
        "%.3f (limit 0.55)\n",
        seen.nights, seen.mean, seen.brightest);
    assert_true(seen.nights > 0);
    assert_int_equal(seen.bright, 0);
}
#endif
