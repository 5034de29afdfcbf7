/* label.c -- words on the screen. */
#include "ui/label.h"

static const char ellipsis[] = "\u2026";

/* The last line that is allowed ends after a whole word, followed by an ellipsis. */
static char *shortened(struct ui *u, enum font f, const char *s, const struct text_line *line,
                       float width) {
    float dots = text_width(u, f, ellipsis, strlen(ellipsis));
    size_t end = line->end;
    while (end > line->start) {
        if (text_width(u, f, s + line->start, end - line->start) + dots <= width) break;
        while (end > line->start && s[end - 1] != ' ')
            end--;
        while (end > line->start && s[end - 1] == ' ')
            end--;
    }
    while (end > line->start && strchr(" ,;:", s[end - 1]))
        end--;
    return arena_printf(ui_arena(u), "%.*s%s", (int)(end - line->start), s + line->start,
                        ellipsis);
}

static float line_left(rect r, float width, enum align align) {
    if (align == ALIGN_CENTER) return r.x + (r.w - width) / 2;
    return align == ALIGN_RIGHT ? r.x + r.w - width : r.x;
}

struct words_drawn words_draw(struct ui *u, rect r, const char *s, const struct label *o,
                              uint32_t rgb) {
    struct words_drawn out = {0};
    struct text_line *lines;
    size_t n = text_lines(u, ui_arena(u), o->font, s, strlen(s), r.w, &lines);
    size_t shown = o->lines_max > 0 && n > (size_t)o->lines_max ? (size_t)o->lines_max : n;
    float each = ui_line_height(u, o->font), y = r.y;
    out.height = each * (float)shown;
    if (o->middle) y += (r.h - out.height) / 2;
    for (size_t i = 0; i < shown; i++, y += each) {
        const char *text = s + lines[i].start;
        size_t bytes = lines[i].end - lines[i].start;
        float width = lines[i].width;
        if (i + 1 == shown && shown < n) {
            text = shortened(u, o->font, s, &lines[i], r.w);
            bytes = strlen(text);
            width = text_width(u, o->font, text, bytes);
            out.shortened = true;
        }
        out.cut = out.cut || lines[i].broken;
        size_t before = u->draws.size;
        draw_text(u, o->font, rgb, line_left(r, width, o->align), y, text, bytes);
        if (o->strike && u->draws.size > before)
            ((struct draw *)(void *)(u->draws.data + before))->strike = true;
    }
    return out;
}

float ui_label(struct ui *u, rect r, const char *text, const struct label *o) {
    enum color ink = o->color == COLOR_BG ? COLOR_INK : o->color;
    if (!text || !*text) return 0;
    struct words_drawn d = words_draw(u, r, text, o, ui_rgb(u, ink));
    rect used = {r.x, o->middle ? r.y + (r.h - d.height) / 2 : r.y, r.w, d.height};
    struct thing *t = thing_add(u, "label", text, used);
    t->t.ink = ink;
    t->t.ground = o->ground;
    t->t.font_dp = font_dp(u, o->font);
    t->font = (int)o->font;
    t->cut = d.cut;
    t->shortened = d.shortened;
    return d.height;
}
