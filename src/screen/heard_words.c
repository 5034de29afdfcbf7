/* heard_words.c -- the talk itself: the prompt, the words it brings and the small answers
 * beside them, the recorder below. */
#include "screen/heard_pieces.h"

#include "base/text.h"
#include "screen/name_note.h"

#define RECORDER_PART 0.4F /* of the height; the rest is the recorder's */

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

static bool showed(const struct heard *v) {
    return v->state->speaker == SPEAKER_SHOWED_US;
}

static void what_seen(struct heard *v, rect *in, float least) {
    struct field f = {.key = heard_said_key(v, NULL, "text"),
                      .name = WORD(v->s, "heard.what_seen"),
                      .hint = WORD(v->s, "heard.seen_hint"),
                      .lines = 6,
                      .ground = COLOR_RAIL};
    float h = ui_field_height(v->u, &f, in->w);
    ui_field(v->u, rect_cut_top(in, h < least ? least : h), &f);
    name_note(v->u, v->s, in, f.key, COLOR_CARD);
    if (!heard_has_cards(v)) return;
    const char *labels[1] = {WORD(v->s, "heard.cards")};
    rect_cut_top(in, 12);
    if (part_chips(v->u, in, "tools", labels, NULL, 1) == 0) heard_cards_open(v);
}

/* What is there already goes along: words to a question, or alone. */
static void alone_chip(struct heard *v, rect *in, const struct heard_prompt *p) {
    struct heard_state *st = v->state;
    const char *label = WORD(v->s, "heard.alone");
    bool on = st->alone != 0;
    const char *first = "";
    for (int i = p->parts_count; i-- > 0;)
        if (p->parts[i].kind == PART_WORDS) first = p->parts[i].id;
    rect_cut_top(in, 8);
    if (part_chips(v->u, in, "alone", &label, &on, 1) != 0) return;
    const char *of = heard_said_key(v, p, first), *free = heard_said_key(v, NULL, "text");
    const char *from = on ? free : of, *to = on ? of : free;
    const char *text = ui_field_text(v->u, from), *there = ui_field_text(v->u, to);
    if (!text_blank(text) && text_blank(there)) {
        ui_field_set(v->u, to, arena_strdup(ui_arena(v->u), text));
        ui_field_set(v->u, from, "");
    }
    st->alone = !on;
}

static void to_prompt(struct heard *v, rect *in, const struct heard_prompt *p, float least) {
    for (int i = 0; i < p->parts_count; i++) {
        const struct part *part = &p->parts[i];
        if (part->kind != PART_WORDS) continue;
        if (p->words > 1) {
            part_text(v->u, in, FONT_BODY, COLOR_INK, COLOR_CARD, part->text);
            rect_cut_top(in, 6);
        }
        heard_field(v, in, p, part, p->words > 1 ? 0 : least);
        rect_cut_top(in, 4);
    }
}

static bool typed(const struct heard *v) {
    struct heard_thing all[PROMPTS_MOST + 1];
    return heard_things(v, all) > 0;
}

static void words(struct heard *v, rect *in, float least) {
    const struct heard_prompt *p = heard_prompt_now(v);
    const char *alone = ui_field_text(v->u, heard_said_key(v, NULL, "text"));
    bool to = p && p->words && !v->state->alone;
    if (to) {
        to_prompt(v, in, p, least);
    } else if (!p || p->stage != STAGE_CLOSE || !text_blank(alone)) {
        heard_field(v, in, NULL, NULL, least);
    }
    if (p && p->words) alone_chip(v, in, p);
    if (v->state->consent == CONSENT_UNSAID && typed(v)) {
        rect_cut_top(in, 8);
        part_text(v->u, in, FONT_SMALL, COLOR_PARTLY, COLOR_CARD,
                  WORD(v->s, "heard.ask_first"));
    }
    rect_cut_top(in, 8);
    if (p) heard_asks(v, in, p);
}

static struct intent the_talk(struct heard *v, rect *in, float least) {
    struct intent go = {0};
    const struct heard_prompt *p = heard_prompt_now(v);
    if (showed(v)) {
        what_seen(v, in, least);
        return go;
    }
    if (p) {
        go = heard_guide_part(v, in);
        p = heard_prompt_now(v);
        rect_cut_top(in, 8);
    } else {
        heard_may_write(v, in, true);
    }
    if (p && p->stage == STAGE_CLOSE) go = either(go, heard_read_back(v, in));
    if (v->state->consent == CONSENT_NO)
        part_text(v->u, in, FONT_BODY, COLOR_MUTE, COLOR_CARD, WORD(v->s, "heard.no_words"));
    else
        words(v, in, least * RECORDER_PART); /* the recorder stands below, in sight */
    if (p) heard_tools(v, in);
    return go;
}

struct intent heard_words(struct heard *v, rect *area, float least) {
    struct ui *u = v->u;
    struct card card;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    if (showed(v) || !heard_prompt_now(v)) {
        part_text(u, &in, FONT_H3, COLOR_INK, COLOR_CARD,
                  WORD(v->s, showed(v) ? "heard.what_seen" : "heard.own_words"));
        rect_cut_top(&in, 12);
    }
    struct intent go = the_talk(v, &in, least);
    go = either(go, heard_voice(v, &in, COLOR_CARD));
    if (showed(v) || v->state->can_decide == 2) {
        rect_cut_top(&in, 16);
        faces(v, &in);
    }
    part_card_end(u, area, &card, in);
    return go;
}
