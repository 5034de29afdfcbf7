/* raise_reasons.c -- the right side of Raise an action: how we will know, why it matters, what
 * happens next. */
#include "screen/raise_pieces.h"

#include "base/text.h"
#include "screen/action_pieces.h"

static void field(struct raise *v, rect *in, const char *part, const char *initial,
                  const char *label, const char *hint) {
    struct field f = {.key = raise_key(v, part),
                      .initial = initial,
                      .name = label,
                      .hint = hint,
                      .lines = 2,
                      .ground = COLOR_CARD};
    ui_field(v->u, rect_cut_top(in, ui_field_height(v->u, &f, in->w)), &f);
    rect_cut_top(in, 12);
}

void raise_know(struct raise *v, rect *area) {
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    part_text(v->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "raise.know"));
    rect_cut_top(&in, 8);
    field(v, &in, "measure", v->m->measure, WORD(v->s, "raise.know"),
          WORD(v->s, "raise.know_hint"));
    part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(v->s, "raise.today"));
    rect_cut_top(&in, 6);
    field(v, &in, "baseline", v->m->baseline, WORD(v->s, "raise.today"),
          WORD(v->s, "raise.today_hint"));
    part_card_end(v->u, area, &card, in);
}

/* "Also found 11 Oct and 2 Nov" */
static const char *nights(struct raise *v) {
    const struct found_before *b = &v->m->before;
    struct arena *f = ui_arena(v->u);
    const char *all = "";
    for (int i = 0; i < b->nights_count; i++) {
        const char *day = day_text(f, b->nights[i]) + 4;
        bool last = i == b->nights_count - 1 && i > 0;
        all = i == 0 ? day
                     : arena_printf(f, last ? "%s %s %s" : "%s, %s%s", all,
                                    last ? WORD(v->s, "raise.and") : day, last ? day : "");
    }
    return SAY(v->u, v->s, "raise.also_found", all);
}

void raise_why(struct raise *v, rect *area) {
    const struct raise_model *m = v->m;
    if (text_blank(m->statement) && !m->laws_count && !m->before.times) return;
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    part_text(v->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "action.why"));
    rect_cut_top(&in, 10);
    if (!text_blank(m->statement))
        action_tag_line(v->u, &in, m->question, COLOR_NA, COLOR_NA_SOFT, m->statement);
    for (int i = 0; i < m->laws_count; i++)
        action_tag_line(v->u, &in, SAY(v->u, v->s, "raise.regulation", m->laws[i].number),
                        COLOR_NA, COLOR_NA_SOFT, m->laws[i].title);
    if (m->before.times)
        action_tag_line(
            v->u, &in,
            SAY(v->u, v->s, "raise.times", int_text(ui_arena(v->u), m->before.times + 1)),
            COLOR_NOT_MET, COLOR_NOT_MET_SOFT, nights(v));
    part_card_end(v->u, area, &card, in);
}

static void step(struct raise *v, rect *in, enum icon icon, bool done, const char *name,
                 const char *how) {
    struct ui *u = v->u;
    float name_w = 164 * ui_text_scale(u);
    bool below = in->w - 40 - name_w < 180 * ui_text_scale(u);
    rect row = *in, left = rect_cut_left(&row, 40);
    float line = ui_line_height(u, FONT_BODY), h;
    ui_icon(u, rect_make(left.x, left.y, 26, line), icon, done ? COLOR_PRIMARY : COLOR_MUTE,
            done, 24);
    rect words = below ? row : rect_cut_left(&row, name_w);
    h = ui_label(u, words, WORD(v->s, name),
                 &(struct label){.font = FONT_H3, .ground = COLOR_CARD});
    if (below) rect_cut_top(&row, h);
    float h2 =
        ui_label(u, row, WORD(v->s, how),
                 &(struct label){.font = FONT_BODY, .color = COLOR_MUTE, .ground = COLOR_CARD});
    rect_cut_top(in, (below ? h + h2 : h > h2 ? h : h2) + 14);
}

void raise_next(struct raise *v, rect *area) {
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    bool outside = v->state->must == RAISE_MUST, night = v->m->found_at_night;
    part_text(v->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "raise.next"));
    rect_cut_top(&in, 12);
    step(v, &in, ICON_FLAG, true, "raise.next_raised", "raise.next_raised_how");
    step(v, &in, ICON_CHAT_TEARDROP_TEXT, false, "raise.next_updates",
         "raise.next_updates_how");
    step(v, &in, ICON_CHECK, false, "raise.next_said_done", "raise.next_said_done_how");
    step(v, &in, ICON_EYE, false, "raise.next_seen",
         night && outside ? "raise.next_seen_night_outside"
         : night          ? "raise.next_seen_night"
         : outside        ? "raise.next_seen_outside"
                          : "raise.next_seen_how");
    step(v, &in, ICON_SEAL_CHECK, false, "raise.next_lasted", "raise.next_lasted_how");
    part_card_end(v->u, area, &card, in);
}
