/* script.c -- plays a file of touches into the SDL queue: down, move, up, as a finger makes
 * them; and looks at what is drawn. See script.h. Nothing here calls into the middle of the
 * app. */
#include "platform/linux/script_inside.h"

#include <SDL.h>
#include <ctype.h>
#include <stdarg.h>

#include "base/file.h"
#include "base/text.h"
#include "platform/linux/linux.h"
#include "ui/ui.h"

#define FRAME_MS         16
#define SETTLE_FRAMES    120
#define REACH_DRAGS      300
#define REACH_TO         0.3F /* of the page's height */
#define REST_MS          80
#define SLOP_DP          12.0F /* so far a finger goes before the page goes with it */
#define SCRIPT_BYTES_MAX (1024 * 1024)
#define TOUCH_ID         1

bool script_fail(struct script *s, const char *fmt, ...) {
    va_list args;
    fprintf(stderr, "%s:%d: ", s->o->path, s->line);
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fprintf(stderr, " (screen %s)\n", app_screen_name(s->app));
    s->failed = true;
    return false;
}

/* ---- frames
 * ---------------------------------------------------------------------------------------- */

int script_frame(struct script *s) {
    int wait = 0;
    SDL_Event e;
    while (SDL_PollEvent(&e)) {
        e.common.timestamp = (uint32_t)s->o->clock->boot_ms; /* SDL stamps with its own clock */
        if (linux_is_touch(e.type)) app_touched(s->app);
        ui_event(s->ui, (const union SDL_Event *)&e);
    }
    if (!app_frame(s->app, &wait)) s->left = true;
    s->o->clock->wall_ms += FRAME_MS;
    s->o->clock->boot_ms += FRAME_MS;
    return wait;
}

/* Draws until nothing asks for a frame within the next one: animations, reloads and long work
 * have ended. */
static void settle_after(struct script *s, int least) {
    for (int i = 1; i <= SETTLE_FRAMES && !s->left; i++) {
        int wait = script_frame(s);
        if (i >= least && (wait < 0 || wait > 4 * FRAME_MS)) return;
    }
}

/* A tap is told in the frame after, what it did is read and drawn in the one after that. */
void script_settle(struct script *s) {
    settle_after(s, 3);
}

static void advance(struct script *s, int64_t ms) {
    while (ms > 0 && !s->left) {
        int wait = script_frame(s);
        int64_t jump = wait < 0 || wait > ms ? ms : wait < FRAME_MS ? FRAME_MS : wait;
        s->o->clock->wall_ms += jump;
        s->o->clock->boot_ms += jump;
        ms -= jump + FRAME_MS;
    }
    script_settle(s);
}

/* ---- a finger
 * --------------------------------------------------------------------------------------- */

void script_touch(struct script *s, uint32_t type, int finger, float x, float y) {
    rect all = ui_window(s->ui);
    SDL_Event e = {0};
    e.tfinger.type = type;
    e.tfinger.timestamp = (uint32_t)s->o->clock->boot_ms;
    e.tfinger.touchId = TOUCH_ID;
    e.tfinger.fingerId = finger;
    e.tfinger.x = x / all.w;
    e.tfinger.y = y / all.h;
    e.tfinger.pressure = 0.5F;
    SDL_PushEvent(&e);
}

static void tap_at(struct script *s, float x, float y) {
    script_touch(s, SDL_FINGERDOWN, FINGER_ID, x, y);
    script_frame(s);
    script_frame(s);
    script_touch(s, SDL_FINGERUP, FINGER_ID, x, y);
    script_settle(s);
}

static void drag(struct script *s, float x, float y, float dx, float dy, int steps,
                 int rest_frames) {
    script_touch(s, SDL_FINGERDOWN, FINGER_ID, x, y);
    script_frame(s);
    for (int i = 1; i <= steps; i++) {
        float part = (float)i / (float)steps;
        script_touch(s, SDL_FINGERMOTION, FINGER_ID, x + dx * part, y + dy * part);
        script_frame(s);
    }
    for (int i = 0; i < rest_frames; i++)
        script_frame(s); /* a finger that rests before lifting leaves no inertia */
    script_touch(s, SDL_FINGERUP, FINGER_ID, x + dx, y + dy);
    script_settle(s);
}

/* A finger that rests before it lifts: the page stops where it is let go. */
static void turn_page(struct script *s, float x, float y, float by) {
    float slop = by < 0 ? -SLOP_DP : SLOP_DP;
    script_touch(s, SDL_FINGERDOWN, FINGER_ID, x, y);
    script_frame(s);
    script_touch(s, SDL_FINGERMOTION, FINGER_ID, x, y + slop);
    by += slop;
    script_touch(s, SDL_FINGERMOTION, FINGER_ID, x, y + by);
    script_frame(s);
    s->o->clock->wall_ms += REST_MS;
    s->o->clock->boot_ms += REST_MS;
    script_touch(s, SDL_FINGERUP, FINGER_ID, x, y + by);
    settle_after(s, 1);
}

/* ---- finding things
 * ------------------------------------------------------------------------------------ */

/* What a thumb would drag to move the page. */
static rect page_view(struct script *s) {
    rect view = ui_area(s->ui);
    ui_scroll_view(s->ui, &view);
    return view;
}

/* A control of that exact name after those words; without any, the first thing that says it.
 * -1: not drawn. */
static long locate(struct script *s, const char *want, struct within w) {
    const struct ui_thing *t;
    size_t n = ui_things(s->ui, &t);
    long from = w.in ? script_find_within(s, w) : 0;
    if (from < 0 || !w.in) return from < 0 ? -1 : script_find_text(s, want, 0, false);
    for (size_t i = (size_t)from; i < n; i++)
        if (t[i].tappable && text_equal(t[i].name, want)) return (long)i;
    return -1;
}

/* Where its middle is to stand: in the upper part of the page, and a high one from the top. */
static float goal(rect r, const rect *view) {
    float upper = view->h * REACH_TO, half = SDL_min(r.h, view->h) / 2;
    return view->y + SDL_max(upper, half);
}

static bool in_view(struct script *s, long at, bool *below) {
    const struct ui_thing *t;
    ui_things(s->ui, &t);
    rect all = page_view(s), r = t[at].r, v = t[at].visible;
    *below = r.y + r.h / 2 > goal(r, &all);
    return v.h > 0 && v.h >= (r.h < all.h ? r.h : all.h) * 0.95F && !t[at].covered;
}

/* How far to drag, or as far as a thumb goes. */
static float away(struct script *s, long at, const rect *view) {
    const struct ui_thing *t;
    ui_things(s->ui, &t);
    float most = view->h * 0.7F,
          by = SDL_fabsf(t[at].r.y + t[at].r.h / 2 - goal(t[at].r, view));
    return by > most ? most : by < 4 ? 4 : by;
}

/* Drags the page until that is in view. What is not drawn yet is looked for below first, then
 * above. */
static bool do_dump(struct script *s, const char *name);
static bool do_reach(struct script *s, const char *want, struct within w) {
    bool below = true;
    for (int i = 0; i < REACH_DRAGS; i++) {
        long at = locate(s, want, w);
        if (at >= 0 && in_view(s, at, &below)) return true;
        int direction = at >= 0 ? (below ? -1 : 1) : i < REACH_DRAGS / 2 ? -1 : 1;
        rect view = page_view(s);
        float by = at >= 0 ? away(s, at, &view) : view.h * 0.7F;
        turn_page(s, view.x + 6, view.y + view.h * (direction < 0 ? 0.85F : 0.15F),
                  by * (float)direction);
    }
    do_dump(s, "reach-failed");
    return script_fail(s, "\"%s\" could not be reached by scrolling", want);
}

/* ---- commands
 * -----------------------------------------------------------------------------------------------
 */

static int nth(const char *word) {
    return text_equal(word, "last") ? LAST : (int)strtol(word, NULL, 10);
}

static struct within within(const struct args *a) {
    struct within w = {0};
    if (a->n >= 4 && text_equal(a->v[2], "in")) w.in = a->v[3];
    if (w.in && a->n >= 6 && text_equal(a->v[4], "in")) w.inner = a->v[5];
    return w;
}

static bool do_tap(struct script *s, const struct args *a, int taps, int64_t hold_ms) {
    int number = a->n >= 3 && a->v[2][0] == '#' ? nth(a->v[2] + 1) : 0;
    const struct ui_thing *t =
        script_reachable(s, script_find_control(s, a->v[1], within(a), number));
    if (!t) return false;
    float x = t->visible.x + t->visible.w / 2, y = t->visible.y + t->visible.h / 2;
    if (hold_ms) {
        script_touch(s, SDL_FINGERDOWN, FINGER_ID, x, y);
        advance(s, hold_ms);
        script_touch(s, SDL_FINGERUP, FINGER_ID, x, y);
        script_settle(s);
        return true;
    }
    for (int i = 0; i < taps; i++)
        tap_at(s, x, y);
    return true;
}

static bool do_drag(struct script *s, const struct args *a) {
    const struct ui_thing *t =
        script_reachable(s, script_find_control(s, a->v[1], (struct within){0}, 0));
    if (!t) return false;
    drag(s, t->visible.x + t->visible.w / 2, t->visible.y + t->visible.h / 2,
         strtof(a->v[2], NULL), strtof(a->v[3], NULL), 6, 0);
    return true;
}

static bool do_type(struct script *s, const char *words) {
    const char *p = words, *end = words + strlen(words);
    while (p < end) {
        SDL_Event e = {0};
        const char *from = p;
        text_next(&p, end);
        e.text.type = SDL_TEXTINPUT;
        memcpy(e.text.text, from, (size_t)(p - from));
        SDL_PushEvent(&e);
        script_frame(s);
    }
    script_settle(s);
    return true;
}

static bool do_key(struct script *s, char *name) {
    uint16_t mod = 0;
    for (char *plus; (plus = strchr(name, '+')) && plus[1]; name = plus + 1) {
        *plus = '\0';
        mod |= text_equal(name, "ctrl")    ? KMOD_LCTRL
               : text_equal(name, "shift") ? KMOD_LSHIFT
                                           : KMOD_LALT;
    }
    SDL_Keycode code = SDL_GetKeyFromName(name);
    if (code == SDLK_UNKNOWN) return script_fail(s, "no key is called \"%s\"", name);
    for (int up = 0; up < 2; up++) {
        SDL_Event e = {0};
        e.key.type = up ? SDL_KEYUP : SDL_KEYDOWN;
        e.key.state = up ? SDL_RELEASED : SDL_PRESSED;
        e.key.keysym.sym = code;
        e.key.keysym.scancode = SDL_GetScancodeFromKey(code);
        e.key.keysym.mod = mod;
        SDL_PushEvent(&e);
        script_frame(s);
    }
    script_settle(s);
    return true;
}

/* A PIN on the pad, digit by digit. */
static bool do_pin(struct script *s, const char *digits) {
    for (; *digits; digits++) {
        char tap[] = "tap", name[2] = {*digits, 0};
        struct args one = {.v = {tap, name}, .n = 2};
        if (!do_reach(s, name, (struct within){0}) || !do_tap(s, &one, 1, 0)) return false;
    }
    return true;
}

static bool do_sign(struct script *s, const char *name) {
    const struct ui_thing *t =
        script_reachable(s, script_find_control(s, name, (struct within){0}, 0));
    if (!t) return false;
    rect r = t->visible;
    static const float strokes[][4] = {
        {0.15F, 0.7F, 0.2F, -0.4F}, {0.4F, 0.3F, 0.1F, 0.4F}, {0.55F, 0.6F, 0.3F, -0.2F}};
    for (size_t i = 0; i < sizeof strokes / sizeof strokes[0]; i++)
        drag(s, r.x + r.w * strokes[i][0], r.y + r.h * strokes[i][1], r.w * strokes[i][2],
             r.h * strokes[i][3], 12, 1);
    return true;
}

static bool read_duration(const char *text, int64_t *ms) {
    char *end;
    double v = strtod(text, &end);
    double unit = text_equal(end, "ms")  ? 1
                  : text_equal(end, "s") ? 1000
                  : text_equal(end, "m") ? 60000
                  : text_equal(end, "h") ? 3600000
                                         : 0;
    *ms = (int64_t)(v * unit);
    return unit > 0;
}

static char *shot_path(struct script *s, const char *name, const char *ending) {
    const char *dir = s->o->shots ? s->o->shots : ".";
    return arena_printf(&s->line_arena, "%s/%s%s", dir, name, ending);
}

static bool do_dump(struct script *s, const char *name) {
    struct buf b = {0};
    enum status st = STATUS_OK;
    ui_dump(s->ui, &b);
    if (name) {
        st = file_write(shot_path(s, name, ".txt"), b.data, b.size, 0644);
    } else {
        fwrite(b.data, 1, b.size, stdout);
    }
    buf_release(&b);
    return st ? script_fail(s, "dump not written: %s", status_detail()) : true;
}

static bool do_shot(struct script *s, const char *name) {
    script_settle(s);
    enum status st = ui_save_png(s->ui, shot_path(s, name, ".png"));
    return st ? script_fail(s, "picture not written: %s", status_detail()) : true;
}

static bool do_expect(struct script *s, const char *want, bool there) {
    script_settle(s);
    bool found = script_find_text(s, want, 0, true) >= 0;
    if (found == there) return true;
    if (there && getenv("LANTERN_SCRIPT_DUMP")) do_dump(s, NULL);
    return script_fail(
        s, there ? "nothing in view says \"%s\"" : "\"%s\" is in view and should not be", want);
}

static bool do_size(struct script *s, const struct args *a) {
    char *end;
    float w = strtof(a->v[1], &end), h = *end == 'x' ? strtof(end + 1, NULL) : 0;
    if (w < 300 || h < 300) return script_fail(s, "size wants WxH");
    ui_set_size(s->ui, w, h, a->n > 2 ? strtof(a->v[2], NULL) : 0);
    script_settle(s);
    return true;
}

static bool do_send(struct script *s) {
    for (int i = 0; i < 100000 && !s->left; i++)
        if (script_frame(s) != 0) break;
    script_settle(s);
    return true;
}

static bool do_clock(struct script *s, const char *when) {
    if (!time_read_iso(when, &s->o->clock->wall_ms))
        return script_fail(s, "clock wants a time such as 2026-11-22T02:41");
    script_settle(s);
    return true;
}

static bool command(struct script *s, struct args *a) {
    const char *c = a->v[0];
    int64_t ms;
    if (text_equal(c, "tap") && a->n >= 2) return do_tap(s, a, 1, 0);
    if (text_equal(c, "double") && a->n >= 2) return do_tap(s, a, 2, 0);
    if (text_equal(c, "hold") && a->n >= 2) return do_tap(s, a, 1, 700);
    if (text_equal(c, "reach") && a->n >= 2) return do_reach(s, a->v[1], within(a));
    if (text_equal(c, "press") && a->n >= 2)
        return do_reach(s, a->v[1], within(a)) && do_tap(s, a, 1, 0);
    if (text_equal(c, "drag") && a->n == 4) return do_drag(s, a);
    if (text_equal(c, "type") && a->n == 2) return do_type(s, a->v[1]);
    if (text_equal(c, "key") && a->n == 2) return do_key(s, a->v[1]);
    if (text_equal(c, "pin") && a->n == 2) return do_pin(s, a->v[1]);
    if (text_equal(c, "sign") && a->n == 2) return do_sign(s, a->v[1]);
    if (text_equal(c, "draw") && a->n >= 6 && a->n % 2 == 0) return script_draw(s, a);
    if (text_equal(c, "pinch") && a->n == 3) return script_pinch(s, a);
    if (text_equal(c, "drop") && a->n == 2) return script_drop(s, a->v[1]);
    if (text_equal(c, "wait") && a->n == 2) {
        if (!read_duration(a->v[1], &ms))
            return script_fail(s, "wait wants 500ms, 2s, 5m or 1h");
        advance(s, ms);
        return true;
    }
    if (text_equal(c, "clock") && a->n == 2) return do_clock(s, a->v[1]);
    if (text_equal(c, "expect") && a->n == 2) return do_expect(s, a->v[1], true);
    if (text_equal(c, "absent") && a->n == 2) return do_expect(s, a->v[1], false);
    if (text_equal(c, "screen") && a->n == 2)
        return text_equal(app_screen_name(s->app), a->v[1])
                   ? true
                   : script_fail(s, "the screen is not %s", a->v[1]);
    if (text_equal(c, "size") && a->n >= 2) return do_size(s, a);
    if (text_equal(c, "text") && a->n == 2) {
        ui_set_text_scale(s->ui, strtof(a->v[1], NULL) / 100.0F);
        script_settle(s);
        return true;
    }
    if (text_equal(c, "theme") && a->n == 2) {
        app_force_theme(s->app, a->v[1]);
        script_settle(s);
        return true;
    }
    if (text_equal(c, "shot") && a->n == 2) return do_shot(s, a->v[1]);
    if (text_equal(c, "pages") && a->n == 2) return script_pages(s, a->v[1], do_shot);
    if (text_equal(c, "dump")) return do_dump(s, a->n > 1 ? a->v[1] : NULL);
    if (text_equal(c, "send")) return do_send(s);
    if (text_equal(c, "print") && a->n == 2) {
        fprintf(stderr, "%s\n", a->v[1]);
        return true;
    }
    return script_fail(s, "no such command, or wrong arguments: %s", c);
}

/* Words, "quoted words" with \" and \n, # to the end of the line is a remark (not #2 after a
 * name). */
static bool split(struct script *s, const char *line, struct args *a) {
    const char *p = line;
    a->n = 0;
    while (true) {
        while (isspace((unsigned char)*p))
            p++;
        if (!*p || (*p == '#' && !isdigit((unsigned char)p[1]) && !text_starts(p, "#last")))
            return true;
        if (a->n == ARGS_MAX) return script_fail(s, "too many words");
        char *out = arena_take(&s->line_arena, strlen(p) + 1);
        a->v[a->n++] = out;
        bool quoted = *p == '"';
        if (quoted) p++;
        while (*p && (quoted ? *p != '"' : !isspace((unsigned char)*p))) {
            if (quoted && *p == '\\' && p[1]) {
                p++;
                *out++ = *p == 'n' ? '\n' : *p;
                p++;
            } else {
                *out++ = *p++;
            }
        }
        if (quoted && *p++ != '"') return script_fail(s, "a quote is not closed");
    }
}

static void run_lines(struct script *s, char *text) {
    char *next = text;
    while (next && !s->failed && !s->left) {
        char *line = next, *end = strchr(line, '\n');
        struct args a;
        s->line++;
        if (end) *end = '\0';
        next = end ? end + 1 : NULL;
        if (split(s, line, &a) && a.n) command(s, &a);
        arena_reset(&s->line_arena);
    }
}

int script_run(struct app *app, const struct script_options *o) {
    struct script s = {.app = app, .ui = app_ui(app), .o = o};
    struct buf text = {0};
    enum status st = file_read(o->path, SCRIPT_BYTES_MAX, &text);
    if (!st && o->shots) st = file_make_dirs(o->shots);
    if (st) {
        fprintf(stderr, "lantern: %s %s\n", status_key(st), status_detail());
        buf_release(&text);
        return 3;
    }
    script_settle(&s);
    buf_byte(&text, 0);
    run_lines(&s, (char *)text.data);
    buf_release(&text);
    arena_release(&s.line_arena);
    return s.failed ? 2 : 0;
}
