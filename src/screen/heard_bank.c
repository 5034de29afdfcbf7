/* heard_bank.c -- all questions of a guide on one sheet: first those for any talk, then what to
 * ask if the talk turns that way, by how it turned. Typing finds; what was asked is marked. */
#include "screen/heard_pieces.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

static bool holds(const char *text, const char *word, size_t n) {
    for (; text && *text; text++) {
        size_t i = 0;
        while (i < n && text[i] &&
               tolower((unsigned char)text[i]) == tolower((unsigned char)word[i]))
            i++;
        if (i == n) return true;
    }
    return false;
}

/* Each word that is typed, anywhere in it. */
static bool fits(const struct heard_prompt *p, const char *typed) {
    for (const char *at = typed ? typed : ""; *at;) {
        size_t n = strcspn(at, " ");
        if (n && !holds(p->text, at, n) && !holds(p->help, at, n) && !holds(p->probe, at, n) &&
            !holds(p->simple, at, n))
            return false;
        at += n;
        at += strspn(at, " ");
    }
    return true;
}

static bool one_row(struct heard *v, rect *column, int i) {
    struct ui *u = v->u;
    const struct heard_prompt *p = &v->guide->prompts[i];
    bool turned = p->stage == STAGE_PROBE, asked = heard_was_asked(v, i);
    struct button b = {.label = turned ? p->probe : p->text,
                       .sub = turned  ? p->text
                              : asked ? WORD(v->s, "heard.asked")
                                      : NULL,
                       .key = p->id,
                       .icon = asked ? ICON_CHECK_CIRCLE : ICON_CIRCLE,
                       .font = FONT_BODY,
                       .selected = i == v->state->prompt,
                       .outline_only = true,
                       .left = true};
    if (turned && asked) b.sub = SAY(u, v->s, "heard.asked_mark", p->text);
    float h = ui_button_height(u, &b, column->w, ui_theme(u)->touch_answer);
    rect r = rect_cut_top(column, h);
    rect_cut_top(column, 8);
    return ui_button(u, r, &b);
}

static int rows(struct heard *v, rect *column, enum heard_stage stage, const char *heading,
                const char *typed, int *shown) {
    const struct heard_guide *g = v->guide;
    int tapped = -1, before = *shown;
    for (int i = g->first[stage]; i < g->first[stage] + g->of[stage]; i++) {
        if (!fits(&g->prompts[i], typed)) continue;
        if (*shown == before) {
            part_text(v->u, column, FONT_H3, COLOR_INK, COLOR_BG, WORD(v->s, heading));
            rect_cut_top(column, 8);
        }
        (*shown)++;
        if (one_row(v, column, i)) tapped = i;
    }
    if (*shown > before) rect_cut_top(column, 12);
    return tapped;
}

struct intent heard_bank_sheet(struct heard *v) {
    struct ui *u = v->u;
    bool closed = false;
    int shown = 0;
    if (!v->state->bank || !v->guide || !v->guide->count) return (struct intent){0};
    rect in = ui_sheet_begin(u, "bank", WORD(v->s, "heard.all_questions"), 2000, &closed);
    rect column = ui_scroll_begin(u, in, "bank");
    float top = column.y;
    struct field f = {
        .key = arena_printf(ui_arena(u), "%sfind",
                            v->state->speaker == SPEAKER_STAFF ? v->conf.prefix : v->prefix),
        .name = WORD(v->s, "heard.find"),
        .hint = WORD(v->s, "heard.find"),
        .kind = FIELD_SEARCH,
        .lines = 1,
        .bytes_max = 80,
        .ground = COLOR_RAIL};
    const char *typed =
        ui_field(u, rect_cut_top(&column, ui_field_height(u, &f, column.w)), &f).text;
    rect_cut_top(&column, 16);
    int go = rows(v, &column, STAGE_ASK, "heard.stage_ask", typed, &shown);
    int turned = rows(v, &column, STAGE_PROBE, "heard.probe_now", typed, &shown);
    if (!shown)
        part_text(u, &column, FONT_BODY, COLOR_MUTE, COLOR_BG, WORD(v->s, "heard.find_none"));
    ui_scroll_end(u, column.y - top);
    ui_sheet_end(u);
    if (turned >= 0) go = turned;
    if (closed || go >= 0) v->state->bank = 0;
    return go >= 0 ? heard_go_to(v, go, false) : (struct intent){0};
}
