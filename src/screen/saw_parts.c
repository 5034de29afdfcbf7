/* saw_parts.c -- words, place, how serious, what it looks like, and who may be at risk. */
#include "screen/saw_pieces.h"

#include <string.h>

#include "base/text.h"
#include "screen/name_note.h"

#define SUGGESTED 3

struct field_result saw_words(struct saw *v, rect *area, float least) {
    struct ui *u = v->u;
    struct field f = {.key = v->key,
                      .name = WORD(v->s, "saw.words"),
                      .hint = WORD(v->s, "saw.words_hint"),
                      .lines = 5,
                      .focus = v->state->choice == SAW_UNSAID, /* not when one comes back */
                      .ground = COLOR_CARD};
    float h = ui_field_height(u, &f, area->w);
    struct field_result r = ui_field(u, rect_cut_top(area, h < least ? least : h), &f);
    if (r.text) v->text = r.text;
    name_note(u, v->s, area, v->key, COLOR_BG);
    rect_cut_top(area, 16);
    return r;
}

void saw_severity(struct saw *v, rect *area) {
    part_text(v->u, area, FONT_SMALL, COLOR_MUTE, COLOR_BG, WORD(v->s, "saw.how_serious"));
    rect_cut_top(area, 8);
    const char *labels[3];
    bool selected[3];
    for (int i = 0; i < 3; i++) {
        labels[i] = WORD(v->s, arena_printf(ui_arena(v->u), "saw.severity_%d", i + 1));
        selected[i] = v->state->severity == i + 1;
    }
    int tapped = part_chips(v->u, area, "severity", labels, selected, 3);
    if (tapped >= 0) v->state->severity = v->state->severity == tapped + 1 ? 0 : tapped + 1;
    rect_cut_top(area, 4);
}

void saw_looks_like(struct saw *v, rect *area) {
    const struct framework *f = v->m->framework;
    int ranked[SUGGESTED + 1], n = 0, shown = 0;
    const char *labels[SUGGESTED + 2], *codes[SUGGESTED + 2];
    bool selected[SUGGESTED + 2] = {0};
    const struct statement *chosen = framework_statement(f, v->state->statement);
    if (text_blank(v->text) && !v->m->near_count && !chosen) return;
    if (!text_blank(v->text) || v->m->near_count)
        n = framework_rank(f, v->text, v->m->near, v->m->near_count, SUGGESTED, ranked);
    if (chosen) {
        labels[shown] = chosen->name;
        codes[shown] = chosen->code;
        selected[shown++] = true;
    }
    const struct statement *near =
        v->m->near_count ? framework_statement(f, v->m->near[0]) : NULL;
    for (int i = 0; i <= n && shown < SUGGESTED; i++) {
        bool last =
            shown == SUGGESTED - 1 || i == n; /* the section one came from keeps a place */
        const struct statement *st = last && near ? near
                                     : i < n      ? &f->statements[ranked[i]]
                                                  : NULL;
        if (!st || st == chosen) continue;
        if (st == near) near = NULL;
        labels[shown] = st->name;
        codes[shown++] = st->code;
    }
    labels[shown] = WORD(v->s, "saw.more_statements");
    part_text(v->u, area, FONT_SMALL, COLOR_MUTE, COLOR_BG, WORD(v->s, "saw.looks_like"));
    rect_cut_top(area, 8);
    int tapped = part_chips(v->u, area, "statements", labels, selected, shown + 1);
    rect_cut_top(area, 4);
    if (tapped == shown) v->state->sheet = SAW_SHEET_STATEMENT;
    if (tapped < 0 || tapped == shown) return;
    if (selected[tapped]) {
        v->state->statement[0] = 0;
    } else {
        text_copy(v->state->statement, sizeof v->state->statement, codes[tapped]);
    }
}

/* Someone at risk: what was typed is kept first, then the card that says whom to call, in
 * order. */
struct intent saw_risk(struct saw *v, rect *area) {
    struct ui *u = v->u;
    const char *title = WORD(v->s, "saw.risk"), *sub = WORD(v->s, "saw.risk_sub");
    float width = area->w - 54 - 48;
    float text_h =
        ui_text_height(u, FONT_H3, title, width) + ui_text_height(u, FONT_SMALL, sub, width);
    rect r = rect_cut_top(area, text_h + 28 < 64 ? 64 : text_h + 28), in = r;
    rect_cut_top(area, 16);
    ui_fill(u, r, COLOR_NOT_MET_SOFT, ui_theme(u)->radius_button);
    ui_outline(u, r, COLOR_NOT_MET, ui_theme(u)->radius_button, 1);
    ui_icon(u, rect_cut_left(&in, 54), ICON_PHONE_CALL, COLOR_NOT_MET, true, 26);
    ui_icon(u, rect_cut_right(&in, 48), ICON_CARET_RIGHT, COLOR_INK, false, 20);
    in = rect_center(in, in.w, text_h);
    rect_cut_top(&in, ui_label(u, in, title,
                               &(struct label){.font = FONT_H3,
                                               .color = COLOR_NOT_MET,
                                               .ground = COLOR_NOT_MET_SOFT}));
    ui_label(u, in, sub, &(struct label){.font = FONT_SMALL, .ground = COLOR_NOT_MET_SOFT});
    if (!ui_tap_area(u, r, title)) return (struct intent){0};
    if (!v->state->conduct && (!text_blank(v->text) || saw_has_evidence(v))) {
        v->state->choice = SAW_CONCERN;
        return saw_keep(v, 4, false);
    }
    if (v->state->conduct) v->conf.state->severity = 4;
    return (struct intent){.kind = INTENT_danger_open, .row = v->m->visit};
}

/* ---- sheets
 * ------------------------------------------------------------------------------------------------------
 */

static void place_sheet(struct saw *v, rect *in) {
    struct ui *u = v->u;
    float h = ui_theme(u)->touch_min;
    for (int i = -1; i < v->m->areas_count; i++) {
        int64_t id = i < 0 ? 0 : v->m->areas[i].id;
        struct button b = {.label = i < 0 ? WORD(v->s, "saw.no_place") : v->m->areas[i].name,
                           .key = "area",
                           .role = BUTTON_ROW,
                           .selected = id == v->state->area};
        rect r = rect_cut_top(in, ui_button_height(u, &b, in->w, h));
        if (!ui_visible(u, r)) continue;
        ui_push(u, id);
        if (ui_button(u, r, &b)) {
            v->state->area = id;
            v->state->sheet = SAW_SHEET_NONE;
        }
        ui_pop(u);
    }
}

static void statement_sheet(struct saw *v, rect *in) {
    struct ui *u = v->u;
    const struct framework *f = v->m->framework;
    for (int q = 0; q < f->questions_count; q++) {
        rect_cut_top(in, 8);
        part_text(u, in, FONT_H3, COLOR_INK, COLOR_BG, f->questions[q].name);
        for (int i = 0; i < f->statements_count; i++) {
            const struct statement *st = &f->statements[i];
            if (st->question != q) continue;
            struct button b = {.label = st->name,
                               .sub = st->plain,
                               .key = st->code,
                               .role = BUTTON_ROW,
                               .selected = text_equal(st->code, v->state->statement)};
            rect r =
                rect_cut_top(in, ui_button_height(u, &b, in->w, ui_theme(u)->touch_primary));
            if (!ui_visible(u, r) || !ui_button(u, r, &b)) continue;
            text_copy(v->state->statement, sizeof v->state->statement, st->code);
            v->state->sheet = SAW_SHEET_NONE;
        }
    }
}

void saw_sheets(struct saw *v) {
    struct ui *u = v->u;
    if (v->state->sheet == SAW_SHEET_NONE) return;
    bool place = v->state->sheet == SAW_SHEET_PLACE, closed = false;
    float row = ui_theme(u)->touch_min;
    float high = place ? (float)(v->m->areas_count + 1) * row : 1200;
    rect in = ui_sheet_begin(u, place ? "where" : "statement",
                             WORD(v->s, place ? "saw.where_title" : "saw.statement_title"),
                             high, &closed);
    rect column = ui_scroll_begin(u, in, "choices");
    float top = column.y;
    if (place) {
        place_sheet(v, &column);
    } else {
        statement_sheet(v, &column);
    }
    ui_scroll_end(u, column.y - top);
    ui_sheet_end(u);
    if (closed) v->state->sheet = SAW_SHEET_NONE;
}
