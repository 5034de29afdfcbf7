/* heard_words.c -- a prompt to ask, one at a time, by swipe or arrow, and the words it brings.
 */
#include "screen/heard_pieces.h"

#include "base/text.h"
#include "screen/name_note.h"

#define RECORDER_PART 0.4F /* of the height; the rest is the recorder's */

static const char *prompt_text(struct heard *v, const struct heard_prompt *p) {
    return text_blank(p->probe) ? SAY(v->u, v->s, "heard.ask", p->text)
                                : SAY(v->u, v->s, "heard.probe", p->probe, p->text);
}

/* A row as wide as all prompts: the finger moves it, half a width is the next one. */
static void pages(struct heard *v, const struct heard_guide *g, rect view) {
    struct ui *u = v->u;
    rect row = ui_scroll_row_begin(u, view, "prompts");
    for (int i = 0; i < g->count; i++) {
        rect page = rect_make(row.x + (float)i * view.w, row.y, view.w, view.h);
        if (!ui_visible(u, page)) continue;
        float h = ui_label(
            u, rect_inset(page, 2, 0), prompt_text(v, &g->prompts[i]),
            &(struct label){.font = FONT_BODY, .color = COLOR_INK, .ground = COLOR_CARD});
        rect help = rect_inset(page, 2, 0);
        rect_cut_top(&help, h + 4);
        if (!text_blank(g->prompts[i].help))
            ui_label(
                u, help, g->prompts[i].help,
                &(struct label){.font = FONT_SMALL, .color = COLOR_MUTE, .ground = COLOR_CARD});
    }
    ui_scroll_row_end(u, view.w * (float)g->count);
    int at = (int)(ui_scroll_at(u, "prompts") / view.w + 0.5F);
    if (at != v->state->prompt && at >= 0 && at < g->count) {
        v->state->prompt = at;
        ui_scroll_to(u, "prompts", (float)at * view.w);
    }
}

static float tallest(struct heard *v, const struct heard_guide *g, float width) {
    float most = 0;
    for (int i = 0; i < g->count; i++) {
        float h = ui_text_height(v->u, FONT_BODY, prompt_text(v, &g->prompts[i]), width - 4);
        if (!text_blank(g->prompts[i].help))
            h += ui_text_height(v->u, FONT_SMALL, g->prompts[i].help, width - 4) + 4;
        if (h > most) most = h;
    }
    return most;
}

static void prompt(struct heard *v, rect *in) {
    const struct heard_guide *g = &v->m->guides[v->state->speaker];
    struct ui *u = v->u;
    if (!g->count) return;
    if (v->state->prompt >= g->count) v->state->prompt = 0;
    float width = in->w - 2 * 52, h = tallest(v, g, width);
    if (h < 48) h = 48;
    rect row = rect_cut_top(in, h), on = rect_cut_right(&row, 52),
         back = rect_cut_right(&row, 52);
    int go = v->state->prompt;
    if (go > 0 && ui_icon_button(u, rect_make(back.x + 4, back.y, 48, 48), ICON_CARET_LEFT,
                                 WORD(v->s, "heard.prompt_before")))
        go--;
    if (go < g->count - 1 && ui_icon_button(u, rect_make(on.x + 4, on.y, 48, 48),
                                            ICON_CARET_RIGHT, WORD(v->s, "heard.prompt_next")))
        go++;
    if (go != v->state->prompt) ui_scroll_to(u, "prompts", (float)go * row.w);
    pages(v, g, row);
    rect_cut_top(in, 8);
    const char *label = WORD(v->s, "heard.to_prompt");
    bool on_now = v->state->to_prompt != 0;
    const char *labels[1] = {label};
    if (part_chips(u, in, "to_prompt", labels, &on_now, 1) == 0)
        v->state->to_prompt = !v->state->to_prompt;
}

static void faces(struct heard *v, rect *in) {
    struct option o[5];
    static const enum icon icons[5] = {ICON_SMILEY, ICON_SMILEY, ICON_SMILEY_MEH,
                                       ICON_SMILEY_SAD, ICON_SMILEY_SAD};
    for (int i = 0; i < 5; i++)
        o[i] = (struct option){
            .label = WORD(v->s, arena_printf(ui_arena(v->u), "heard.face_%d", 5 - i)),
            .icon = icons[i],
            .role = BUTTON_MAIN,
            .small = true};
    int now = v->state->face ? 5 - v->state->face : -1;
    part_text(v->u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(v->s, "heard.face"));
    rect_cut_top(in, 8);
    int tapped = part_options(v->u, in, "face", o, 5, now, ui_theme(v->u)->touch_min);
    if (tapped >= 0) v->state->face = 5 - tapped;
}

struct intent heard_words(struct heard *v, rect *area, float least) {
    struct ui *u = v->u;
    struct card card;
    bool showed = v->state->speaker == SPEAKER_SHOWED_US;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    part_text(u, &in, FONT_H3, COLOR_INK, COLOR_CARD,
              WORD(v->s, showed ? "heard.what_seen" : "heard.own_words"));
    rect_cut_top(&in, 12);
    heard_may_write(v, &in);
    prompt(v, &in);
    if (v->state->consent == CONSENT_NO && !showed) {
        part_text(u, &in, FONT_BODY, COLOR_MUTE, COLOR_CARD, WORD(v->s, "heard.no_words"));
    } else {
        struct field f = {.key = v->key,
                          .name = WORD(v->s, showed ? "heard.what_seen" : "heard.own_words"),
                          .hint = WORD(v->s, showed ? "heard.seen_hint" : "heard.words_hint"),
                          .lines = showed ? 6 : 3,
                          .ground = COLOR_RAIL};
        float h = ui_field_height(u, &f, in.w);
        if (!showed) least *= RECORDER_PART; /* the recorder stands below, in sight */
        struct field_result r = ui_field(u, rect_cut_top(&in, h < least ? least : h), &f);
        if (r.text) v->text = r.text;
        name_note(u, v->s, &in, v->key, COLOR_CARD);
        if (!text_blank(v->text) && v->state->consent == CONSENT_UNSAID && !showed) {
            rect_cut_top(&in, 8);
            part_text(u, &in, FONT_SMALL, COLOR_PARTLY, COLOR_CARD,
                      WORD(v->s, "heard.ask_first"));
        }
    }
    struct intent go = heard_voice(v, &in, COLOR_CARD);
    if (showed || v->state->can_decide == 2) {
        rect_cut_top(&in, 16);
        faces(v, &in);
    }
    part_card_end(u, area, &card, in);
    return go;
}
