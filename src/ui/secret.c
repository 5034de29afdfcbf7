/* secret.c -- a field whose text stands in its caller's memory: a passphrase, masked, or a code
 * that is read out to somebody, in groups. Nothing of it is kept here: no caret to move, no
 * selection, no draft, no undo. What arrived by the keyboard is wiped from the queue where it
 * waited.
 *
 * Journey: lock page and pin screen → this → scene.secret, which the app wipes after each use.
 */
#include "base/keys.h"
#include "base/text.h"
#include "ui/field.h"
#include "ui/look.h"

#define PAD_X    16.0F
#define PAD_Y    14.0F
#define DOT_DP   11.0F
#define PITCH_DP 19.0F
#define GROUP_DP 16.0F
#define ROW_DP   10.0F
#define BLINK_MS 530

/* ---- what was typed ---- */

static size_t room_of(const struct field *f) {
    size_t most = f->secret_room - 1;
    return f->bytes_max && f->bytes_max < most ? f->bytes_max : most;
}

static bool add(char *typed, size_t most, const char *s, size_t n) {
    size_t have = strlen(typed);
    if (!n || have + n > most || !text_valid(s, n)) return false;
    memcpy(typed + have, s, n);
    typed[have + n] = '\0';
    return true;
}

/* A code is capitals and figures; what stands between its groups is not typed again. */
static bool add_code(char *typed, size_t most, const char *s) {
    bool added = false;
    for (; *s; s++) {
        char c = *s >= 'a' && *s <= 'z' ? (char)(*s - 'a' + 'A') : *s;
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            added = add(typed, most, &c, 1) || added;
    }
    return added;
}

static bool take_last(char *typed, bool all) {
    size_t n = strlen(typed);
    if (!n) return false;
    size_t at = all ? 0 : text_grapheme_prev(typed, n, n);
    key_wipe(typed + at, n - at);
    return true;
}

/* What was typed waits in the queues of this frame and the next: they are wiped when they are
 * emptied. */
static void take(struct ui *u, struct input_event *e) {
    key_wipe(e->text, sizeof e->text);
    e->key = 0;
    e->taken = true;
    u->wipe = true;
}

enum secret_key ui_secret_digits(struct ui *u, char *typed, size_t room) {
    enum secret_key got = SECRET_NOTHING;
    size_t i = 0;
    u->wipe = true;
    for (struct input_event *e; got != SECRET_ENTER && (e = ui_next_input(u, &i));) {
        if (e->kind != INPUT_KEY || u->text_focus_last) continue;
        bool plain = !(e->mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI | KMOD_SHIFT));
        char digit = 0;
        if (e->key >= SDLK_0 && e->key <= SDLK_9 && plain) digit = (char)e->key;
        if (e->key == SDLK_KP_0) digit = '0';
        if (e->key >= SDLK_KP_1 && e->key <= SDLK_KP_9)
            digit = (char)('1' + (e->key - SDLK_KP_1));
        bool enter = e->key == SDLK_RETURN || e->key == SDLK_KP_ENTER;
        if (digit) {
            if (add(typed, room - 1, &digit, 1)) got = SECRET_TYPED;
        } else if (e->key == SDLK_BACKSPACE) {
            if (take_last(typed, e->mod & KMOD_CTRL)) got = SECRET_TYPED;
        } else if (enter && !u->ring && !e->repeat) { /* a visible focus has its own Enter */
            got = SECRET_ENTER;
        } else {
            continue;
        }
        take(u, e);
    }
    return got;
}

static bool keys(struct ui *u, const struct field *f, bool *changed) {
    size_t i = 0;
    bool entered = false;
    for (struct input_event *e; !entered && (e = ui_next_input(u, &i));) {
        bool used = true;
        if (e->kind == INPUT_TEXT) {
            *changed |= f->groups ? add_code(f->secret, room_of(f), e->text)
                                  : add(f->secret, room_of(f), e->text, strlen(e->text));
        } else if (e->kind == INPUT_KEY && e->key == SDLK_BACKSPACE) {
            *changed |= take_last(f->secret, e->mod & KMOD_CTRL);
        } else if (e->kind == INPUT_KEY && (e->key == SDLK_RETURN || e->key == SDLK_KP_ENTER)) {
            entered = true;
        } else {
            used = e->kind == INPUT_EDIT; /* unfinished words are never shown */
        }
        if (used) take(u, e);
    }
    return entered;
}

/* ---- looks ---- */

static float cell(struct ui *u) {
    return ui_text_width(u, FONT_H2, "W") + 4;
}

/* How many groups stand beside each other. */
static int across(struct ui *u, const struct field *f, float width) {
    int groups = ((int)room_of(f) + f->groups - 1) / f->groups, n = groups;
    float one = cell(u) * (float)f->groups + GROUP_DP;
    while (n > 1 && one * (float)n - GROUP_DP > width - 2 * PAD_X)
        n--;
    return n;
}

float secret_height(struct ui *u, const struct field *f, float width) {
    float least = ui_theme(u)->touch_primary;
    if (!f->groups) return SDL_max(ui_line_height(u, FONT_BODY) + 2 * PAD_Y, least);
    int groups = ((int)room_of(f) + f->groups - 1) / f->groups, n = across(u, f, width);
    float rows = (float)((groups + n - 1) / n);
    return SDL_max(rows * (ui_line_height(u, FONT_H2) + ROW_DP) + 2 * PAD_Y, least);
}

static void caret(struct ui *u, float x, float y, float h) {
    int64_t phase = (u->now_ms - u->fields->caret_from) / BLINK_MS;
    if (phase < 60) ui_wake_in(u, BLINK_MS);
    if (phase >= 60 || phase % 2 == 0)
        draw_fill(u, rect_make(x - 1, y, 2, h), ui_rgb(u, COLOR_PRIMARY), 0, 255);
}

/* A dot for each letter; of a long one the last that fit. */
static void draw_dots(struct ui *u, rect r, const struct field *f, bool focused) {
    rect in = rect_inset(r, PAD_X, 0);
    size_t n = text_count(f->secret), most = (size_t)SDL_max(1, (in.w - 4) / PITCH_DP);
    size_t seen = n < most ? n : most;
    float y = in.y + in.h / 2;
    for (size_t i = 0; i < seen; i++)
        draw_fill(u, rect_make(in.x + PITCH_DP * (float)i, y - DOT_DP / 2, DOT_DP, DOT_DP),
                  ui_rgb(u, COLOR_INK), DOT_DP / 2, 255);
    float line = ui_line_height(u, FONT_BODY);
    if (!n && !text_blank(f->hint))
        words_draw(u, in, f->hint,
                   &(struct label){.font = FONT_BODY, .middle = true, .lines_max = 1},
                   ui_rgb(u, COLOR_MUTE));
    if (focused) caret(u, in.x + PITCH_DP * (float)seen - 1, y - line / 2 + 1, line - 2);
}

/* Each character in a place of its own, drawn alone: the picture of a whole code is kept
 * nowhere. */
static rect draw_groups(struct ui *u, rect r, const struct field *f, bool focused) {
    int n = (int)strlen(f->secret), most = (int)room_of(f), per = across(u, f, r.w);
    float w = cell(u), line = ui_line_height(u, FONT_H2);
    float wide = (w * (float)f->groups + GROUP_DP) * (float)per - GROUP_DP;
    float left = r.x + (r.w - wide) / 2;
    rect row = r;
    for (int i = 0; i < most; i++) {
        int group = i / f->groups;
        float x = left + (w * (float)f->groups + GROUP_DP) * (float)(group % per) +
                  w * (float)(i % f->groups);
        float y = r.y + PAD_Y + (line + ROW_DP) * (float)(group / per);
        enum color under = i < n ? COLOR_INK : COLOR_OUTLINE;
        draw_fill(u, rect_make(x + 2, y + line + 2, w - 4, 2), ui_rgb(u, under), 1, 255);
        if (i < n) {
            float letter = text_width(u, FONT_H2, f->secret + i, 1);
            draw_text(u, FONT_H2, ui_rgb(u, COLOR_INK), x + (w - letter) / 2, y, f->secret + i,
                      1);
        }
        if (focused && i == n) caret(u, x + w / 2, y + 2, line - 4);
        if (i == n || (n == most && i + 1 == most))
            row = rect_make(r.x, y - PAD_Y, r.w, line + 2 * PAD_Y);
    }
    return row;
}

static void note(struct ui *u, rect r, const struct field *f, ui_id_t id, bool focused) {
    struct thing *t = thing_add(u, "field", f->name ? f->name : f->hint ? f->hint : "", r);
    size_t n = text_count(f->secret);
    char *dots = arena_take(ui_arena(u), 3 * n + 1);
    for (size_t i = 0; i < n; i++)
        memcpy(dots + 3 * i, "•", 3);
    t->id = id;
    t->focused = focused;
    t->t.tappable = true;
    t->t.ink = n ? COLOR_INK : COLOR_MUTE;
    t->t.ground = f->ground == COLOR_BG ? COLOR_CARD : f->ground;
    t->t.font_dp = font_dp(u, f->groups ? FONT_H2 : FONT_BODY);
    t->t.value = dots;
}

/* ---- the field ---- */

static void take_focus(struct ui *u, struct entry *e, ui_id_t id) {
    struct fields *all = u->fields;
    if (!e->focused) all->caret_from = u->now_ms, e->show = true;
    all->focused = id;
    all->focused_entry = e;
    all->kind = FIELD_TEXT;
    all->lines = 1;
    all->secret = true;
}

struct field_result secret_field(struct ui *u, rect r, const struct field *f) {
    BELIEVE(f->secret && f->secret_room > 1);
    struct entry *e = field_entry(u, f->key); /* for its focus; it never gets a letter */
    struct field_result out = {.text = f->secret};
    ui_id_t id = ui_id(u, f->key);
    if (f->focus && (!e->used || e->used < u->frame_no - 1)) ui_focus(u, id);
    e->used = u->frame_no;
    struct beat b = ui_control(u, id, r, CONTROL_TEXT);
    if (b.focused) take_focus(u, e, id);
    e->focused = b.focused;
    if (b.focused) out.entered = keys(u, f, &out.changed);
    if (out.changed) u->fields->caret_from = u->now_ms, e->show = true;
    float radius = ui_theme(u)->radius_button;
    enum color ground = f->ground == COLOR_BG ? COLOR_CARD : f->ground;
    if (b.ring) look_ring(u, r, radius);
    draw_fill(u, rect_inset(r, 1, 1), ui_rgb(u, ground), radius - 1, 255);
    draw_outline(u, r, ui_rgb(u, b.focused ? COLOR_PRIMARY : COLOR_OUTLINE), radius, 2);
    rect row = r;
    if (f->groups) {
        row = draw_groups(u, r, f, b.focused);
    } else {
        draw_dots(u, r, f, b.focused);
    }
    if (b.focused && e->show) {
        e->show = u->focus_moved || u->keyboard_last != keyboard_dp(u);
        if (!e->show) ui_show_rect(u, ui_scroll_inside(u), row);
    }
    note(u, r, f, id, b.focused);
    return out;
}
