/* heard_parts.c -- who speaks, may it be written, what is it, about what, an answer. */
#include "screen/heard_pieces.h"

#include "base/text.h"
#include "care/said.h"
#include "screen/tight_row.h"

#define SPEAKER_DP 88.0F
#define SORT_DP    72.0F

static enum icon speaker_icon(int who) {
    static const enum icon icons[SPEAKERS] = {[SPEAKER_LIVES_HERE] = ICON_HAND_HEART,
                                              [SPEAKER_FAMILY] = ICON_USERS_THREE,
                                              [SPEAKER_STAFF] = ICON_IDENTIFICATION_CARD,
                                              [SPEAKER_PROFESSIONAL] = ICON_STETHOSCOPE,
                                              [SPEAKER_VISITOR] = ICON_DOOR,
                                              [SPEAKER_NOT_SAID] = ICON_QUESTION,
                                              [SPEAKER_SHOWED_US] = ICON_HAND_POINTING};
    return icons[who];
}

static const char *speaker_label(struct heard *v, int who) {
    return WORD(v->s, arena_printf(ui_arena(v->u), "heard.speaker_%s", speaker_words[who]));
}

/* Typed to a prompt of one guide, it stands alone when it was somebody else who spoke. */
static void words_stand_alone(struct heard *v) {
    struct heard_thing all[PROMPTS_MOST + 1];
    const char *text = "";
    for (int i = 0, n = heard_things(v, all); i < n; i++)
        text = said_join(ui_arena(v->u), text, all[i].text, "\n");
    text = arena_strdup(ui_arena(v->u), text);
    heard_forget_said(v);
    ui_field_set(v->u, heard_said_key(v, NULL, "text"), text);
}

/* Another speaker is another person: what the one before allowed says nothing. */
static void new_talk(struct heard *v, int who) {
    struct heard_state *st = v->state;
    st->agrees = st->consent = st->can_decide = 0;
    st->prompt = st->from = st->alone = st->card = st->bank = st->fixing = 0;
    st->answer_in = 0;
    st->asked = 0;
    st->aim = 1;
    st->speaker = who;
    st->talk_at = v->s->wall_ms;
    st->staff_at = 0;
    v->guide = &v->m->guides[who];
    v->just_chosen = true;
}

void heard_choose_speaker(struct heard *v, int who) {
    struct heard_state *st = v->state;
    if (st->speaker == who) return;
    if (who == SPEAKER_STAFF && voice_loose(&v->voice) && !st->voice.purging) {
        st->staff_asked = 1;
        return;
    }
    if (st->speaker == SPEAKER_STAFF) {
        heard_staff_forget(v);         /* never in another's record */
    } else if (who == SPEAKER_STAFF) { /* typed before the route, it is not kept either */
        heard_forget_said(v);
        ui_field_set(v->u, v->how_key, "");
    } else if (st->speaker != SPEAKER_NONE) {
        words_stand_alone(v);
    }
    new_talk(v, who);
    ui_scroll_to(v->u, "prompts", 0);
}

/* Six in three columns as words allow, and the seventh across: what somebody showed who could
 * not say. */
void heard_who(struct heard *v, rect *area) {
    struct ui *u = v->u;
    float gap = ui_theme(u)->touch_between, widest = 0;
    part_heading(u, area, WORD(v->s, "heard.who"));
    for (int who = SPEAKER_LIVES_HERE; who < SPEAKER_SHOWED_US; who++) {
        float w = ui_text_width(u, FONT_BUTTON, speaker_label(v, who)) + 32;
        if (w > widest) widest = w;
    }
    int columns = area->w >= 3 * widest + 2 * gap ? 3 : area->w >= 2 * widest + gap ? 2 : 1;
    float h = ui_line_height(u, FONT_BUTTON) + 56;
    if (h < SPEAKER_DP) h = SPEAKER_DP;
    rect row = {0};
    for (int who = SPEAKER_LIVES_HERE; who < SPEAKERS; who++) {
        int i = who - SPEAKER_LIVES_HERE;
        bool last = who == SPEAKER_SHOWED_US, now = v->state->speaker == who;
        struct button b = {.label = speaker_label(v, who),
                           .key = speaker_words[who],
                           .icon = speaker_icon(who),
                           .icon_top = !last,
                           .role = now ? BUTTON_MAIN : BUTTON_PLAIN,
                           .outline_only =
                               ui_text_scale(u) > 1.5F, /* a large bright patch at night */
                           .selected = now};
        if (last) {
            row =
                rect_cut_top(area, ui_button_height(u, &b, area->w, ui_theme(u)->touch_answer));
        } else if (i % columns == 0) {
            row = rect_cut_top(area, h);
        }
        if (ui_button(u, last ? row : rect_column(row, i % columns, columns, gap), &b))
            heard_choose_speaker(v, who);
        if (last || i % columns == columns - 1) rect_cut_top(area, gap);
    }
    rect_cut_top(area, 12);
}

void heard_decide_chips(struct heard *v, rect *area, enum color ground) {
    struct heard_state *st = v->state;
    const char *labels[2] = {WORD(v->s, "common.yes"), WORD(v->s, "heard.not_now")};
    bool selected[2] = {st->can_decide == 1, st->can_decide == 2};
    part_text(v->u, area, FONT_H3, COLOR_INK, ground, WORD(v->s, "heard.can_decide"));
    rect_cut_top(area, ui_theme(v->u)->gap);
    int tapped = part_chips(v->u, area, "decide", labels, selected, 2);
    if (tapped >= 0) st->can_decide = st->can_decide == tapped + 1 ? 0 : tapped + 1;
    if (st->can_decide == 2)
        part_text(v->u, area, FONT_SMALL, COLOR_MUTE, ground, WORD(v->s, "heard.write_only"));
}

/* Asked at once of those whom it may concern; of everybody else before they are recorded. */
bool heard_asks_first(const struct heard_state *st) {
    return st->speaker == SPEAKER_LIVES_HERE || st->speaker == SPEAKER_SHOWED_US;
}

void heard_can_decide(struct heard *v, rect *area) {
    if (!heard_asks_first(v->state)) return;
    heard_decide_chips(v, area, COLOR_BG);
    rect_cut_top(area, 12);
}

/* Asked before the words, beside them. A no takes away what was typed. */
void heard_may_write(struct heard *v, rect *area, bool with_question) {
    struct heard_state *st = v->state;
    if (st->speaker == SPEAKER_SHOWED_US) return; /* nobody spoke: it is what the visitor saw */
    const char *labels[3] = {WORD(v->s, "common.yes"), WORD(v->s, "heard.without_name"),
                             WORD(v->s, "common.no")};
    bool selected[3] = {st->consent == CONSENT_YES, st->consent == CONSENT_NO_NAME,
                        st->consent == CONSENT_NO};
    if (with_question)
        part_text(v->u, area, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "heard.may_write"));
    rect_cut_top(area, 8);
    int tapped = part_chips(v->u, area, "consent", labels, selected, 3);
    if (tapped >= 0) st->consent = tapped + 1;
    if (tapped + 1 == CONSENT_NO) heard_forget_said(v);
    rect_cut_top(area, 4);
}

void heard_kind(struct heard *v, rect *area) {
    struct option o[4] = {
        {.label = WORD(v->s, "heard.praise"), .icon = ICON_SMILEY, .role = BUTTON_MET},
        {.label = WORD(v->s, "heard.idea"), .icon = ICON_LIGHTBULB, .role = BUTTON_MAIN},
        {.label = WORD(v->s, "heard.worry"),
         .icon = ICON_WARNING_CIRCLE,
         .role = BUTTON_PARTLY},
        {.label = WORD(v->s, "heard.complaint"),
         .icon = ICON_MEGAPHONE,
         .role = BUTTON_NOT_MET}};
    part_heading(v->u, area, WORD(v->s, "heard.what"));
    int tapped = tight_row(v->u, area, "sort", o, 4, v->state->sort - 1, SORT_DP);
    if (tapped >= 0) v->state->sort = tapped + 1;
    rect_cut_top(area, 8);
}

void heard_about(struct heard *v, rect *area) {
    const char *labels[THEMES];
    bool selected[THEMES];
    for (int i = 0; i < THEMES; i++) {
        labels[i] = WORD(v->s, arena_printf(ui_arena(v->u), "heard.about_%s", heard_theme(i)));
        selected[i] = v->state->about >> i & 1u;
    }
    part_heading(v->u, area, WORD(v->s, "heard.about"));
    int tapped = part_chips(v->u, area, "about", labels, selected, THEMES);
    if (tapped >= 0) v->state->about ^= 1u << tapped;
    rect_cut_top(area, 8);
}

int64_t heard_answer_day(const struct heard *v) {
    return v->state->answer_in ? london_day(v->s->wall_ms) + v->state->answer_in
                               : v->m->answer_by;
}

void heard_answer(struct heard *v, rect *area) {
    struct ui *u = v->u;
    struct card card;
    const char *label = WORD(v->s, "heard.wants_answer");
    const char *sub = SAY(u, v->s, "heard.wants_answer_sub",
                          day_text(ui_arena(u), (day_no)heard_answer_day(v)));
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    float h = ui_text_height(u, FONT_H3, label, in.w - 76) +
              ui_text_height(u, FONT_SMALL, sub, in.w - 76) + 16;
    if (h < ui_theme(u)->touch_min) h = ui_theme(u)->touch_min;
    if (ui_toggle(u, rect_cut_top(&in, h), label, sub, v->state->wants_answer != 0))
        v->state->wants_answer = !v->state->wants_answer;
    if (v->state->wants_answer) {
        struct field f = {.key = v->how_key,
                          .name = WORD(v->s, "heard.answer_how"),
                          .hint = WORD(v->s, "heard.answer_how"),
                          .lines = 1,
                          .bytes_max = 400,
                          .ground = COLOR_CARD};
        rect_cut_top(&in, 12);
        ui_field(u, rect_cut_top(&in, ui_field_height(u, &f, in.w)), &f);
    }
    part_card_end(u, area, &card, in);
}

struct intent heard_risk(struct heard *v, rect *area) {
    struct ui *u = v->u;
    const char *title = WORD(v->s, "saw.risk"), *sub = WORD(v->s, "saw.risk_sub");
    struct button b = {.label = title,
                       .sub = sub,
                       .key = "risk",
                       .icon = ICON_PHONE_CALL,
                       .role = BUTTON_DANGER};
    float h = ui_button_height(u, &b, area->w, ui_theme(u)->touch_answer);
    bool tapped = ui_button(u, rect_cut_top(area, h), &b);
    rect_cut_top(area, 16);
    if (!tapped) return (struct intent){0};
    if (heard_ready(v)) return heard_keep(v, 4);
    return (struct intent){.kind = INTENT_danger_open, .row = v->m->visit};
}
