/* heard_voice.c -- a person's own voice. Recorded only after "Can they decide this now?" and
 * "They agree to be recorded"; a worker's never. When one of the answers is taken back the
 * recording stops, and what there is of it goes before anything is kept (PEOPLE.md). */
#include "screen/heard_pieces.h"

#include "care/consent.h"

#define PURGE_ALL  INT32_MAX
#define ROOM_BELOW 80.0F /* for what an answer opens in the next frame */

const char *const heard_consents[] = {"", "yes", "without_name", "no"};

const char *heard_can_decide_word(const struct heard_state *st) {
    return st->can_decide == 1 ? "yes" : st->can_decide == 2 ? "not_now" : "";
}

bool heard_may_record(const struct heard_state *st) {
    return consent_to_voice(speaker_words[st->speaker], heard_can_decide_word(st),
                            heard_consents[st->consent], st->agrees != 0);
}

bool heard_has_voice(const struct heard *v) {
    return heard_may_record(v->state) && voice_loose(&v->voice);
}

bool heard_voice_must_go(const struct heard *v) {
    return !heard_may_record(v->state) && voice_loose(&v->voice);
}

/* What has to be answered, or was answered so that nothing may be recorded. */
static const char *why_not(const struct heard_state *st) {
    if (heard_may_record(st)) return NULL;
    if (st->speaker == SPEAKER_NONE) return "heard.voice_who";
    if (st->speaker == SPEAKER_SHOWED_US) return "heard.voice_showed";
    if (st->consent == CONSENT_NO) return "heard.voice_no_consent";
    if (st->can_decide == 2) return "heard.voice_not_now";
    if (st->agreed && !st->agrees) return "heard.voice_no_more";
    if (!st->agrees) return "heard.voice_ask_agree";
    return "heard.voice_ask_decide";
}

struct voice_part heard_voice_of(struct ui *u, const struct scene *s,
                                 const struct heard_model *m, struct heard_state *state) {
    struct voice_part p = {.u = u,
                           .s = s,
                           .state = &state->voice,
                           .to = {.what = EVIDENCE_HEARD, .visit = m->visit},
                           .list = &m->notes,
                           .barred = why_not(state)};
    if (!p.barred) state->agreed = 1;
    if (!voice_loose(&p) && !state->agrees) state->agreed = 0;
    return p;
}

/* Beside the recorder, so that the question is asked where it is needed. */
static void agree(struct heard *v, rect *in) {
    struct ui *u = v->u;
    struct heard_state *st = v->state;
    bool could = st->speaker != SPEAKER_SHOWED_US && st->consent != CONSENT_NO &&
                 (st->can_decide != 2 || !heard_asks_first(st));
    if (!could || (!v->s->voice.microphone && !st->agrees)) return;
    const char *label = WORD(v->s, "heard.agrees");
    const char *sub =
        st->consent == CONSENT_NO_NAME ? WORD(v->s, "heard.agrees_no_name") : NULL;
    float h = ui_text_height(u, FONT_H3, label, in->w - 76) + 16;
    if (sub) h += ui_text_height(u, FONT_SMALL, sub, in->w - 76);
    if (h < ui_theme(u)->touch_min) h = ui_theme(u)->touch_min;
    if (ui_toggle(u, rect_cut_top(in, h), label, sub, st->agrees != 0))
        st->agrees = !st->agrees;
    rect_cut_top(in, 12);
    if (!st->agrees || heard_asks_first(st)) return;
    heard_decide_chips(v, in, COLOR_CARD);
    rect_cut_top(in, 12);
}

/* Where nothing can be recorded there is no recorder, only what has to go. */
struct intent heard_voice(struct heard *v, rect *area, enum color ground) {
    const struct heard_state *st = v->state;
    bool never = st->speaker == SPEAKER_SHOWED_US || st->consent == CONSENT_NO;
    if (never && !voice_loose(&v->voice)) return (struct intent){0};
    rect_cut_top(area, 16);
    int32_t agreed = st->agrees, decided = st->can_decide;
    rect all = *area;
    if (st->speaker != SPEAKER_NONE) agree(v, area);
    v->voice.barred = why_not(st); /* as it was answered in this frame */
    v->voice.ground = ground;
    struct intent in = voice_part(&v->voice, area);
    all.h = area->y - all.y;
    if (agreed != st->agrees || decided != st->can_decide) /* what it opens is in sight */
        ui_show(v->u, rect_make(all.x, all.y, all.w, all.h + ROOM_BELOW));
    return in;
}

struct intent heard_staff_voice_sheet(struct heard *v) {
    struct ui *u = v->u;
    bool closed = false;
    struct heard_state *st = v->state;
    if (!st->staff_asked) return (struct intent){0};
    rect in = ui_sheet_begin(u, "staff_voice", WORD(v->s, "heard.staff_voice"),
                             240 * ui_text_scale(u), &closed);
    rect column = ui_scroll_begin(u, in, "staff_voice");
    float top = column.y;
    part_text(u, &column, FONT_BODY, COLOR_INK, COLOR_BG, WORD(v->s, "heard.no_voice"));
    rect_cut_top(&column, 16);
    struct option o[2] = {{.label = WORD(v->s, "heard.staff_voice_yes"), .icon = ICON_TRASH},
                          {.label = WORD(v->s, "heard.staff_voice_no")}};
    int tapped = part_options(u, &column, "staff_voice", o, 2, -1, 56);
    ui_scroll_end(u, column.y - top);
    ui_sheet_end(u);
    if (closed || tapped >= 0) st->staff_asked = 0;
    if (tapped == 0) {
        st->voice.purging = PURGE_ALL;
        heard_choose_speaker(v, SPEAKER_STAFF);
    }
    bool runs = voice_is_for(v->s, &v->voice.to) && v->s->voice.state != VOICE_STOPPED;
    return (struct intent){.kind = runs ? INTENT_voice_stop : INTENT_none};
}

struct intent heard_voice_gone(struct heard *v) {
    struct heard_state *st = v->state;
    bool worker = st->speaker == SPEAKER_STAFF;
    if (!worker && !st->going) return (struct intent){0};
    if (voice_loose(&v->voice)) return voice_purge(&v->voice);
    st->voice.purging = 0;
    if (!st->going) return (struct intent){0};
    st->going = 0;
    return (struct intent){.kind = INTENT_back};
}
