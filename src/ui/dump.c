/* dump.c -- what stands on the screen as text, for scripts, golden files and tests; and as a
 * picture.
 *
 * SDL is one renderer of a frame, this is another. "covered" says that a finger in the middle
 * of the thing would touch something else. */
#include <SDL_image.h>

#include "ui/ui_internal.h"

static const char *icon_name(enum icon icon) {
    static const struct {
        enum icon icon;
        const char *name;
    } names[] = {
#define ICON(name, code) {ICON_##name, #name},
#include "ui/icons_list.h"
#undef ICON
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].icon == icon) return names[i].name;
    return "";
}

struct thing *thing_add(struct ui *u, const char *type, const char *name, rect r) {
    struct thing t = {.id = 0, .layer = u->layer, .caret = -1, .font = -1};
    t.t.type = type;
    t.t.name = arena_strdup(ui_arena(u), name);
    t.t.state = "";
    t.t.r = r;
    t.t.visible = rect_overlap(r, u->clip);
    t.t.ink = COLOR_NONE;
    t.t.ground = COLOR_NONE;
    buf_add(&u->things, &t, sizeof t);
    return (struct thing *)(void *)(u->things.data + u->things.size - sizeof t);
}

void thing_icon(struct ui *u, enum icon icon, rect r, enum color ink) {
    thing_add(u, "icon", icon_name(icon), r)->t.ink = ink;
}

static bool lies_under(const struct ui *u, const struct thing *t) {
    float x = t->t.visible.x + t->t.visible.w / 2, y = t->t.visible.y + t->t.visible.h / 2;
    const struct control *c = control_at(&u->controls, x, y);
    if (!c) return false;
    return t->id ? c->id != t->id : c->layer > t->layer;
}

static const char *state_of(struct ui *u, const struct thing *t) {
    bool off = t->t.visible.w <= 0 || t->t.visible.h <= 0;
    bool ring = t->focused && u->ring;
    const char *s = arena_printf(
        ui_arena(u), "%s%s%s%s%s%s%s%s%s", t->selected ? " selected" : "", t->on ? " on" : "",
        t->pressed ? " pressed" : "", t->focused ? " focus" : "", ring ? " ring" : "",
        t->disabled ? " disabled" : "", t->cut ? " cut" : "",
        t->t.covered && !off ? " covered" : "", off ? " off" : "");
    return *s ? s + 1 : s;
}

/* Stable by layer, then the states that only the whole frame can tell. */
void things_finish(struct ui *u) {
    struct thing *t = (struct thing *)(void *)u->things.data;
    size_t n = u->things.size / sizeof *t, at = 0;
    if (!n) return;
    struct thing *sorted = ARENA_ARRAY(ui_arena(u), struct thing, n);
    for (int layer = 0; layer < LAYER_COUNT; layer++)
        for (size_t i = 0; i < n; i++)
            if (t[i].layer == layer) sorted[at++] = t[i];
    BELIEVE(at == n);
    memcpy(t, sorted, n * sizeof *t);
}

/* Only when somebody asks: most frames are never dumped. */
static void fill_states(struct ui *u) {
    struct thing *t = (struct thing *)(void *)u->things.data;
    size_t n = u->things.size / sizeof *t;
    for (size_t i = 0; i < n; i++) {
        const struct control *c = t[i].id ? control_find(&u->controls, t[i].id) : NULL;
        if (c) t[i].t.visible = c->visible;
        t[i].t.tappable = c && !(c->flags & (CONTROL_DISABLED | CONTROL_SHIELD));
        t[i].focused = t[i].id && t[i].id == u->focus;
        t[i].t.covered = lies_under(u, &t[i]);
        t[i].t.state = state_of(u, &t[i]);
    }
}

/* A script asks several times between two frames. */
size_t ui_things(struct ui *u, const struct ui_thing **out) {
    BELIEVE(!u->in_frame);
    const struct thing *t = (const struct thing *)(const void *)u->things.data;
    size_t n = u->things.size / sizeof *t;
    if (!u->told) {
        fill_states(u);
        u->told = ARENA_ARRAY(ui_arena(u), struct ui_thing, n + 1);
        for (size_t i = 0; i < n; i++)
            u->told[i] = t[i].t;
    }
    *out = u->told;
    return n;
}

/* Line ends inside a text would break the line of the dump. */
static void quoted(struct buf *out, const char *s) {
    buf_byte(out, '"');
    for (; *s; s++) {
        if (*s == '\n')
            buf_text(out, "\\n");
        else
            buf_byte(out, (uint8_t)*s);
    }
    buf_byte(out, '"');
}

static int whole(float v) {
    return (int)(v < 0 ? v - 0.5f : v + 0.5f);
}

void ui_dump(struct ui *u, struct buf *out) {
    static const char *const fonts[FONT_COUNT] = {
        [FONT_DISPLAY] = "display", [FONT_H1] = "h1",     [FONT_H2] = "h2",
        [FONT_H3] = "h3",           [FONT_BODY] = "body", [FONT_BUTTON] = "button",
        [FONT_SMALL] = "small",     [FONT_TAG] = "tag"};
    BELIEVE(!u->in_frame);
    fill_states(u);
    const struct thing *t = (const struct thing *)(const void *)u->things.data;
    for (size_t i = 0, n = u->things.size / sizeof *t; i < n; i++) {
        buf_printf(out, "%s ", t[i].t.type);
        quoted(out, t[i].t.name);
        rect r = t[i].t.r;
        buf_printf(out, " %d,%d %dx%d", whole(r.x), whole(r.y), whole(r.w), whole(r.h));
        if (t[i].font >= 0) buf_printf(out, " %s", fonts[t[i].font]);
        if (t[i].t.value && *t[i].t.value) buf_byte(out, ' '), quoted(out, t[i].t.value);
        if (t[i].image_w) buf_printf(out, " %dx%d", t[i].image_w, t[i].image_h);
        if (t[i].zoom > 1) buf_printf(out, " zoom %.1f", (double)t[i].zoom);
        if (t[i].caret >= 0) buf_printf(out, " caret %d", t[i].caret);
        if (*t[i].t.state) buf_printf(out, " %s", t[i].t.state);
        buf_byte(out, '\n');
    }
}

enum status ui_save_png(struct ui *u, const char *path) {
    SDL_Surface *s = window_surface(u);
    if (!s) return status_fail(STATUS_IO, "%s: no picture: %s", path, SDL_GetError());
    /* Without an alpha channel: what the screen shows is never see-through. */
    SDL_Surface *plain = SDL_ConvertSurfaceFormat(s, SDL_PIXELFORMAT_RGB24, 0);
    int bad = plain ? IMG_SavePNG(plain, path) : -1;
    SDL_FreeSurface(plain);
    return bad ? status_fail(STATUS_IO, "%s: %s", path, SDL_GetError()) : STATUS_OK;
}

void ui_pixels(struct ui *u, const uint32_t **argb, int *w, int *h, int *pitch_px) {
    const SDL_Surface *s = window_surface(u);
    *argb = s ? s->pixels : NULL;
    *w = s ? s->w : 0;
    *h = s ? s->h : 0;
    *pitch_px = s ? s->pitch / 4 : 0;
}
