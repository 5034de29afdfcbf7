/* field_draw.c -- how a field looks: ground, selection, lines, the unfinished text of an IME
 * underlined, caret. Only the lines in view are drawn, so a note of any length costs a
 * screenful. */
#include "ui/field.h"

#include "base/text.h"

#define BLINK_MS 530
#define CARET_MS 30000
#define CARET_DP 2.0F

static void draw_ground(struct field_view *v, const struct beat *b) {
    float radius = ui_theme(v->u)->radius_button;
    draw_fill(v->u, v->r, ui_rgb(v->u, COLOR_CARD), radius, 255);
    draw_outline(v->u, v->r, ui_rgb(v->u, b->focused ? COLOR_PRIMARY : COLOR_OUTLINE), radius,
                 2);
}

static void draw_selection(struct field_view *v, size_t line, float y) {
    const struct text_line *l = &v->lines[line];
    size_t from, to;
    if (!text_edit_selected(&v->e->edit, &from, &to) || v->edit_to) return;
    if (to <= l->start || from > l->end) return;
    size_t a = from > l->start ? from : l->start, b = to < l->end ? to : l->end;
    float x1 = text_width(v->u, v->font, v->text + l->start, a - l->start);
    float x2 = text_width(v->u, v->font, v->text + l->start, b - l->start);
    if (to > l->end && l->hard) x2 += 6;
    draw_fill(v->u, rect_make(v->inside.x + x1, y, x2 - x1, v->line_h),
              ui_rgb(v->u, COLOR_SOFT), 2, 255);
}

static void draw_edit(struct field_view *v, size_t line, float y) {
    const struct text_line *l = &v->lines[line];
    if (v->edit_to <= v->edit_from || v->edit_to <= l->start || v->edit_from > l->end) return;
    size_t a = v->edit_from > l->start ? v->edit_from : l->start,
           b = v->edit_to < l->end ? v->edit_to : l->end;
    float x1 = text_width(v->u, v->font, v->text + l->start, a - l->start);
    float x2 = text_width(v->u, v->font, v->text + l->start, b - l->start);
    draw_fill(v->u, rect_make(v->inside.x + x1, y + v->line_h - 2, x2 - x1, 2),
              ui_rgb(v->u, COLOR_INK), 0, 255);
}

static void draw_lines(struct field_view *v) {
    size_t first = (size_t)(v->e->scroll / v->line_h);
    for (size_t i = first; i < v->line_count; i++) {
        float y = v->inside.y + (float)i * v->line_h - v->e->scroll;
        if (y > v->inside.y + v->inside.h) break;
        rect row = {v->inside.x, y, v->inside.w, v->line_h};
        if (!ui_visible(v->u, row)) continue;
        draw_selection(v, i, y);
        draw_text(v->u, v->font, ui_rgb(v->u, COLOR_INK), v->inside.x, y,
                  v->text + v->lines[i].start, v->lines[i].end - v->lines[i].start);
        draw_edit(v, i, y);
    }
}

/* Blinks for half a minute after the last touch or key, then stands: an idle screen draws
 * nothing. */
static void draw_caret(struct field_view *v) {
    struct ui *u = v->u;
    int64_t since = u->now_ms - u->fields->caret_from;
    bool on = since >= CARET_MS || (since / BLINK_MS) % 2 == 0;
    if (since < CARET_MS) ui_wake_in(u, (int)(BLINK_MS - since % BLINK_MS));
    float x = v->inside.x + field_x_of(v, v->caret);
    float y = v->inside.y + (float)field_line_of(v, v->caret) * v->line_h - v->e->scroll;
    rect at = {x - CARET_DP / 2, y + 2, CARET_DP, v->line_h - 4};
    SDL_Rect input = {(int)(at.x * u->scale), (int)(at.y * u->scale), 2,
                      (int)(at.h * u->scale)};
    SDL_SetTextInputRect(&input);
    if (on) draw_fill(u, at, ui_rgb(u, COLOR_PRIMARY), 0, 255);
}

void field_draw(struct field_view *v, const struct beat *b) {
    draw_ground(v, b);
    rect clip = v->inside;
    clip.x -= 2;
    clip.w += 4;
    rect before = clip_push(v->u, clip);
    if (!v->n && !text_blank(v->f->hint)) {
        float y = v->inside.y;
        struct text_line *lines;
        size_t n = text_lines(v->u, ui_arena(v->u), v->font, v->f->hint, strlen(v->f->hint),
                              v->inside.w, &lines);
        if (v->f->lines <= 1 && n > 1) n = 1;
        for (size_t i = 0; i < n; i++)
            draw_text(v->u, v->font, ui_rgb(v->u, COLOR_MUTE), v->inside.x,
                      y + (float)i * v->line_h, v->f->hint + lines[i].start,
                      lines[i].end - lines[i].start);
    } else {
        draw_lines(v);
    }
    if (b->focused) draw_caret(v);
    clip_pop(v->u, before);
}
