/* field_draw.c -- how a field looks: ground, selection, lines, the unfinished text of an IME
 * underlined, caret. Only the lines in view are drawn, so a note of any length costs a
 * screenful. */
#include "ui/field.h"

#include "base/text.h"
#include "ui/look.h"

#define BLINK_MS     530
#define CARET_MS     30000
#define CARET_DP     2.0F
#define LINE_FEED_DP 6.0F
#define SELECTED     30 /* percent of the main colour in a selection */

static enum color ground_of(const struct field_view *v) {
    return v->f->ground == COLOR_BG ? COLOR_CARD : v->f->ground;
}

void field_draw_box(struct field_view *v, const struct beat *b) {
    float radius = ui_theme(v->u)->radius_button;
    enum color border = b->focused ? COLOR_PRIMARY : COLOR_OUTLINE;
    if (b->ring) look_ring(v->u, v->r, radius);
    draw_fill(v->u, rect_inset(v->r, 1, 1), ui_rgb(v->u, ground_of(v)), radius - 1, 255);
    draw_outline(v->u, v->r, ui_rgb(v->u, border), radius, 2);
}

static void draw_selection(struct field_view *v, size_t line, float y) {
    const struct text_line *l = &v->lines[line];
    struct field_stretch *s;
    size_t from, to;
    if (v->unfinished_to || !text_edit_selected(&v->e->edit, &from, &to)) return;
    if (to <= l->start || from >= (l->next > l->start ? l->next : l->start + 1)) return;
    uint32_t rgb =
        shade(v->u, ui_rgb(v->u, ground_of(v)), ui_rgb(v->u, COLOR_PRIMARY), SELECTED);
    size_t n = field_stretches(v, line, from, to, &s);
    for (size_t i = 0; i < n; i++) {
        rect r = {v->x + s[i].left, y, s[i].right - s[i].left, v->line_h};
        draw_fill(v->u, r, rgb, 2, 255);
    }
    bool feed = l->next <= v->n && l->next > 0 && v->text[l->next - 1] == '\n' && to >= l->next;
    if (!feed || from >= l->next)
        return; /* the line end is selected too: shown as a little more */
    float x = v->x + field_x_of(v, l->next - 1);
    draw_fill(v->u, rect_make(x, y, LINE_FEED_DP, v->line_h), rgb, 2, 255);
}

static void draw_unfinished(struct field_view *v, size_t line, float y) {
    struct field_stretch *s;
    if (v->unfinished_to <= v->unfinished_from) return;
    size_t n = field_stretches(v, line, v->unfinished_from, v->unfinished_to, &s);
    for (size_t i = 0; i < n; i++) {
        rect r = {v->x + s[i].left, y + v->line_h - 3, s[i].right - s[i].left, 2};
        draw_fill(v->u, r, ui_rgb(v->u, COLOR_INK), 0, 255);
    }
}

static void draw_lines(struct field_view *v) {
    float top = v->u->clip.y, bottom = top + v->u->clip.h;
    size_t i = top > v->y ? (size_t)((top - v->y) / v->line_h) : 0;
    for (; i < v->line_count; i++) {
        float y = v->y + (float)i * v->line_h;
        const struct text_line *l = &v->lines[i];
        if (y >= bottom) break;
        draw_selection(v, i, y);
        draw_text(v->u, v->font, ui_rgb(v->u, COLOR_INK), v->x, y, v->text + l->start,
                  l->end - l->start);
        draw_unfinished(v, i, y);
    }
}

static void draw_hint(struct field_view *v) {
    const char *hint = v->f->hint;
    struct text_line *lines;
    size_t n =
        text_lines(v->u, ui_arena(v->u), v->font, hint, strlen(hint), v->inside.w, &lines);
    if (v->f->lines <= 1 && n > 1) n = 1;
    for (size_t i = 0; i < n; i++)
        draw_text(v->u, v->font, ui_rgb(v->u, COLOR_MUTE), v->x, v->y + (float)i * v->line_h,
                  hint + lines[i].start, lines[i].end - lines[i].start);
}

/* Where the IME's list of words may stand. */
static void tell_place(struct field_view *v, rect at) {
    struct ui *u = v->u;
    SDL_Rect *known = &u->fields->input_rect;
    SDL_Rect now = {(int)(at.x * u->scale), (int)(at.y * u->scale), 2, (int)(at.h * u->scale)};
    if (SDL_RectEquals(known, &now)) return;
    *known = now;
    SDL_SetTextInputRect(known);
}

/* Blinks for half a minute after the last touch or key, then stands: an idle screen draws
 * nothing. */
static void draw_caret(struct field_view *v) {
    struct ui *u = v->u;
    int64_t since = u->now_ms - u->fields->caret_from;
    bool on = since >= CARET_MS || (since / BLINK_MS) % 2 == 0;
    if (since < CARET_MS) ui_wake_in(u, (int)(BLINK_MS - since % BLINK_MS));
    rect at = field_caret_rect(v, v->caret);
    at = rect_make(at.x - CARET_DP / 2, at.y + 1, CARET_DP, at.h - 2);
    tell_place(v, at);
    if (on) draw_fill(u, at, ui_rgb(u, COLOR_PRIMARY), 0, 255);
}

void field_draw_text(struct field_view *v, const struct beat *b) {
    if (!v->n && !text_blank(v->f->hint)) {
        draw_hint(v);
    } else {
        draw_lines(v);
    }
    if (b->focused) draw_caret(v);
}
