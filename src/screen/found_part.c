/* found_part.c -- how findings look: counts, never a percentage; criticals above everything;
 * the word beside every colour. */
#include "screen/found_part.h"

#include "base/text.h"

#define BAR_DP       10.0F
#define STROKE_BYTES 9
#define PEN_UP       65535

const char *found_counts(struct ui *u, const struct scene *s, const struct tally *t) {
    struct arena *f = ui_arena(u);
    const char *said = SAY(u, s, "finish.counts", int_text(f, t->met), int_text(f, t->partly),
                           int_text(f, t->not_met));
    if (!t->criticals) return said;
    return arena_printf(f, "%s · %s", said,
                        SAY(u, s, "finish.criticals", int_text(f, t->criticals)));
}

void found_question(struct ui *u, const struct scene *s, rect *area,
                    const struct found_question *q) {
    struct arena *f = ui_arena(u);
    const struct tally *t = &q->tally;
    if (!t->of) return;
    const char *looked =
        SAY(u, s, "finish.looked", int_text(f, t->looked_at), int_text(f, t->of));
    float of = (float)t->of, w = ui_text_width(u, FONT_SMALL, looked);
    float name_w = ui_text_width(u, FONT_H3, q->name);
    if (name_w + w + 16 <= area->w) {
        rect row = rect_cut_top(area, ui_line_height(u, FONT_H3));
        rect right = rect_cut_right(&row, w);
        ui_label(u, row, q->name, &(struct label){.font = FONT_H3, .ground = COLOR_CARD});
        ui_label(
            u, right, looked,
            &(struct label){
                .font = FONT_SMALL, .color = COLOR_MUTE, .ground = COLOR_CARD, .middle = true});
    } else {
        part_text(u, area, FONT_H3, COLOR_INK, COLOR_CARD, q->name);
        part_text(u, area, FONT_SMALL, COLOR_MUTE, COLOR_CARD, looked);
    }
    rect_cut_top(area, 6);
    const struct segment parts[] = {{(float)t->met / of, COLOR_MET},
                                    {(float)t->partly / of, COLOR_PARTLY},
                                    {(float)t->not_met / of, COLOR_NOT_MET}};
    const char *counts = found_counts(u, s, t);
    ui_bar(u, rect_cut_top(area, BAR_DP), parts, 3, COLOR_SOFT, counts);
    rect_cut_top(area, 6);
    part_text(u, area, FONT_SMALL, t->criticals ? COLOR_NOT_MET : COLOR_INK, COLOR_CARD,
              counts);
    rect_cut_top(area, ui_theme(u)->gap);
}

const char *found_tag(const struct scene *s, const struct found_line *l, enum color *ink,
                      enum color *ground) {
    bool bad = l->severity == 4 || l->verdict == VERDICT_BAD;
    *ink = bad ? COLOR_NOT_MET : COLOR_PARTLY;
    *ground = bad ? COLOR_NOT_MET_SOFT : COLOR_PARTLY_SOFT;
    if (l->severity == 4) return WORD(s, "finish.danger_now");
    if (l->critical && l->verdict == VERDICT_BAD) return WORD(s, "finish.critical");
    if (l->verdict == VERDICT_BAD) return WORD(s, "finish.not_met");
    return WORD(s, l->observation ? "finish.seen" : "finish.partly");
}

const char *found_sentence(struct ui *u, const struct found_line *l) {
    struct arena *f = ui_arena(u);
    const char *room = text_blank(l->room_label) ? "" : arena_printf(f, " (%s)", l->room_label);
    size_t n = strlen(l->text);
    char *text = arena_strndup(f, l->text, n && l->text[n - 1] == '.' ? n - 1 : n);
    if (text_blank(l->note)) return arena_printf(f, "%s%s", text, room);
    return arena_printf(f, "%s%s: %s", text, room, l->note);
}

static const char *becomes(struct ui *u, const struct scene *s, const struct found_line *l) {
    struct arena *f = ui_arena(u);
    if (!l->action) return WORD(s, "finish.no_action");
    const char *reference = part_reference(u, l->must, l->reference);
    const char *due = l->due ? time_day_hm(f, l->due) : "";
    const char *said = SAY(u, s, "finish.action", reference);
    if (!text_blank(l->owner)) said = arena_printf(f, "%s · %s", said, l->owner);
    return *due ? arena_printf(f, "%s · %s", said, due) : said;
}

/* Photos, and where one may listen the voice notes. */
static void evidence(struct ui *u, const struct scene *s, rect *in, const struct found_line *l,
                     const struct voice_part *voice, struct intent *open) {
    struct intent tapped = {0};
    if (evidence_photos(&l->evidence)) {
        rect_cut_top(in, 8);
        tapped = evidence_strip(u, s, in, &l->evidence, NULL, COLOR_CARD);
        if (tapped.kind) *open = tapped;
    }
    if (!voice || !voice_count(&l->evidence)) return;
    struct voice_part p = *voice;
    p.list = &l->evidence;
    rect_cut_top(in, 8);
    tapped = voice_notes(&p, in);
    if (tapped.kind) *open = tapped;
}

bool found_row(struct ui *u, const struct scene *s, rect *area, const struct found_line *l,
               bool may_raise, const struct voice_part *voice, struct intent *open) {
    enum color ink, ground;
    const char *tag = found_tag(s, l, &ink, &ground);
    float tag_w = ui_tag_width(u, tag), tag_h = ui_line_height(u, FONT_TAG) + 12;
    struct button raise = {
        .label = WORD(s, "finish.raise"), .icon = ICON_FLAG, .font = FONT_SMALL};
    bool tapped = false, wide = area->w > 340 * ui_text_scale(u);
    ui_push(u, l->row);
    rect_cut_top(area, 12);
    rect text = *area;
    ui_tag(u, rect_make(text.x, text.y, tag_w, tag_h), tag, ink, ground);
    if (wide) {
        float column = ui_tag_width(u, WORD(s, "finish.danger_now"));
        rect_cut_left(&text, (tag_w > column ? tag_w : column) + 14);
    } else {
        rect_cut_top(&text, tag_h + 8);
    }
    part_text(u, &text, FONT_H3, COLOR_INK, COLOR_CARD, l->text);
    if (!text_blank(l->room_label))
        part_text(u, &text, FONT_SMALL, COLOR_MUTE, COLOR_CARD, l->room_label);
    if (!text_blank(l->note)) part_text(u, &text, FONT_BODY, COLOR_INK, COLOR_CARD, l->note);
    part_text(u, &text, FONT_SMALL, COLOR_MUTE, COLOR_CARD, becomes(u, s, l));
    evidence(u, s, &text, l, voice, open);
    if (!l->action && may_raise) {
        rect_cut_top(&text, 8);
        float w = ui_button_width(u, &raise);
        rect r = rect_cut_top(&text, ui_theme(u)->touch_min);
        r.w = w < text.w ? w : text.w;
        tapped = ui_button(u, r, &raise);
    }
    if (text.y < area->y + tag_h) text.y = area->y + tag_h;
    rect_cut_top(area, text.y - area->y + 12);
    ui_line(u, area->x, area->y, area->x + area->w, area->y, COLOR_LINE, 1);
    ui_pop(u);
    return tapped;
}

const char *found_quote(struct ui *u, const struct scene *s, const char *text,
                        const struct evidence_list *evidence) {
    if (!text_blank(text)) return SAY(u, s, "finish.quote", text);
    return WORD(s, voice_count(evidence) ? "heard.in_their_voice" : "heard.not_written");
}

void found_bullet(struct ui *u, rect *area, enum color ground, const char *line) {
    rect row = *area;
    ui_fill(u, rect_make(row.x + 2, row.y + ui_line_height(u, FONT_BODY) / 2 - 3, 6, 6),
            COLOR_OUTLINE, 3);
    rect_cut_left(&row, 20);
    part_text(u, &row, FONT_BODY, COLOR_INK, ground, line);
    rect_cut_top(area, row.y - area->y + 6);
}

void found_list(struct ui *u, rect *area, enum color ground, const char *heading,
                const char *const *lines, int n) {
    if (!n) return;
    part_text(u, area, FONT_H3, COLOR_INK, ground, heading);
    rect_cut_top(area, 6);
    for (int i = 0; i < n; i++)
        found_bullet(u, area, ground, lines[i]);
    rect_cut_top(area, ui_theme(u)->gap);
}

/* The bytes come from a blob that another device may have written: read with bounds. */
void found_strokes(struct ui *u, rect r, const void *strokes, size_t n) {
    struct cursor c = cursor_of(strokes, n);
    bool pen = false;
    float x0 = 0, y0 = 0;
    for (size_t i = 0; i + STROKE_BYTES <= n; i += STROKE_BYTES) {
        uint16_t x = cursor_u16(&c), y = cursor_u16(&c);
        cursor_byte(&c);
        cursor_u32(&c);
        bool up = x == PEN_UP && y == PEN_UP;
        float px = r.x + r.w * (float)x / 65535.0F, py = r.y + r.h * (float)y / 65535.0F;
        if (!up && pen) ui_line(u, x0, y0, px, py, COLOR_INK, 2.5F);
        x0 = px;
        y0 = py;
        pen = !up;
    }
}
