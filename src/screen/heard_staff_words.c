/* heard_staff_words.c -- what a worker says, once it is settled who may read it: their words, a
 * safe way to answer, their role only if they want it said. No voice: it can be recognised. And
 * what comes before all of it, somebody in danger: it has to be passed on, and the worker hears
 * that first. */
#include "screen/heard_pieces.h"

#include "screen/name_note.h"

#define WORDS_MOST 12000
#define LINE_MOST  400

/* The talk by its guide, then whatever else they want to say. */
struct intent heard_staff_words(struct heard *v, rect *area) {
    struct ui *u = v->u;
    struct card card;
    if (!confide_reader(&v->conf)) return (struct intent){0};
    rect in = part_card_begin(u, area, &card, COLOR_PRIMARY);
    part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
              SAY(u, v->s, "heard.sealed_for", confide_reader(&v->conf)->label));
    rect_cut_top(&in, 16);
    struct intent go = heard_staff_guide(v, &in);
    if (heard_only_listens(v)) {
        part_card_end(u, area, &card, in);
        return go;
    }
    confide_field(&v->conf, &in, "text", "heard.staff_words", "heard.staff_words_hint", 3,
                  WORDS_MOST);
    name_note(u, v->s, &in, confide_key(&v->conf, "text"), COLOR_CARD);
    part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(v->s, "heard.no_voice"));
    rect_cut_top(&in, 16);
    confide_severity(&v->conf, &in);
    confide_field(&v->conf, &in, "how", "heard.safe_answer", "heard.safe_answer_hint", 1,
                  LINE_MOST);
    if (!heard_leaves_role_out(v))
        confide_field(&v->conf, &in, "role", "heard.staff_role", "heard.staff_role_hint", 1,
                      LINE_MOST);
    part_card_end(u, area, &card, in);
    return go;
}

void heard_staff_risk(struct heard *v, rect *area) {
    struct button b = {.label = WORD(v->s, "heard.staff_risk"),
                       .sub = WORD(v->s, "heard.staff_risk_sub"),
                       .key = "risk",
                       .icon = ICON_PHONE_CALL,
                       .role = BUTTON_DANGER};
    float h = ui_button_height(v->u, &b, area->w, ui_theme(v->u)->touch_answer);
    if (ui_button(v->u, rect_cut_top(area, h), &b)) v->conf.state->telling = 1;
    rect_cut_top(area, 16);
}

/* The card opens without a word of what was said. */
static struct intent open_card(struct heard *v) {
    v->conf.state->telling = 0;
    v->conf.state->severity = 4;
    return (struct intent){.kind = INTENT_danger_open, .row = v->m->visit};
}

struct intent heard_staff_risk_sheet(struct heard *v) {
    struct ui *u = v->u;
    bool closed = false;
    struct intent go = {0};
    if (!v->conf.state->telling) return go;
    rect in = ui_sheet_begin(u, "tell_first", WORD(v->s, "heard.tell_first"),
                             300 * ui_text_scale(u), &closed);
    rect column = ui_scroll_begin(u, in, "tell_first");
    float top = column.y;
    part_text(u, &column, FONT_BODY, COLOR_INK, COLOR_BG, WORD(v->s, "heard.tell_first_say"));
    rect_cut_top(&column, 16);
    struct button b = {.label = WORD(v->s, "heard.told_them"),
                       .sub = WORD(v->s, "saw.risk_sub"),
                       .key = "told",
                       .icon = ICON_PHONE_CALL,
                       .role = BUTTON_DANGER};
    float h = ui_button_height(u, &b, column.w, ui_theme(u)->touch_answer);
    if (ui_button(u, rect_cut_top(&column, h), &b)) go = open_card(v);
    rect_cut_top(&column, 16);
    part_text(u, &column, FONT_SMALL, COLOR_MUTE, COLOR_BG,
              WORD(v->s, "heard.tell_first_nothing"));
    rect_cut_top(&column, 8);
    ui_scroll_end(u, column.y - top);
    ui_sheet_end(u);
    if (closed) v->conf.state->telling = 0;
    return go;
}
