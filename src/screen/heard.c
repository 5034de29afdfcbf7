/* heard.c -- Heard something: who speaks, what it is, in their own words. For a worker the
 * route comes before the text box (PEOPLE.md, Someone who is afraid). */
#include "screen/heard_pieces.h"

#include <string.h>

#include "base/text.h"

#define WORDS_DP 300.0F

static const char *const sorts[] = {"", "praise", "idea", "worry", "complaint"};
static const char *const themes[THEMES] = {
    "staffing", "food",      "night_care", "kindness", "activities", "room",
    "listened", "medicines", "privacy",    "cleaning", "family",     "leaving_home"};

const char *heard_theme(int i) {
    return themes[i];
}

static bool has_words(const struct heard *v) {
    return v->state->consent != CONSENT_NO && !text_blank(v->text);
}

/* Enough to keep: who speaks, and either their words, written or spoken, or, when there may be
 * none, what it is about. */
bool heard_ready(const struct heard *v) {
    const struct heard_state *st = v->state;
    if (st->speaker == SPEAKER_NONE || heard_voice_must_go(v)) return false;
    if (st->speaker == SPEAKER_STAFF) return heard_staff_ready(v);
    if (has_words(v)) return st->consent != CONSENT_UNSAID || st->speaker == SPEAKER_SHOWED_US;
    if (heard_has_voice(v)) return true;
    return st->consent == CONSENT_NO ? st->about || st->sort : st->face != 0;
}

static const char *about_text(struct heard *v) {
    const char *all = "";
    for (int i = 0; i < THEMES; i++)
        if (v->state->about >> i & 1u)
            all = all[0] ? arena_printf(ui_arena(v->u), "%s,%s", all, themes[i]) : themes[i];
    return all;
}

struct intent heard_keep(struct heard *v, int severity) {
    if (v->state->speaker == SPEAKER_STAFF) return heard_staff_keep(v);
    struct arena *f = ui_arena(v->u);
    const struct heard_state *st = v->state;
    struct feedback_intent *k = ARENA_NEW(f, struct feedback_intent);
    const struct heard_guide *g = &v->m->guides[st->speaker];
    bool to_prompt = st->to_prompt && st->prompt < g->count;
    const char *how = ui_field_text(v->u, v->how_key);
    *k = (struct feedback_intent){
        .visit = v->m->visit,
        .service = v->m->service,
        .speaker = speaker_words[st->speaker],
        .sort = sorts[st->sort],
        .about = about_text(v),
        .text = has_words(v) ? arena_strdup(f, v->text) : "",
        .prompt = to_prompt ? g->prompts[st->prompt].id : "",
        .statement = to_prompt ? g->prompts[st->prompt].statement : "",
        .consent = heard_consents[st->consent],
        .can_decide = heard_can_decide_word(st),
        .recorded = heard_may_record(st),
        .wants_answer = st->wants_answer != 0,
        .answer_how = st->wants_answer && how ? arena_strdup(f, how) : "",
        .answer_by = st->wants_answer ? v->m->answer_by : 0,
        .severity = severity,
        .face = st->face,
    };
    return (struct intent){.kind = INTENT_feedback,
                           .detail = k,
                           .draft = v->prefix,
                           .undo = severity == 4 ? NULL : "heard.kept",
                           .back_after = true};
}

static struct intent left_column(struct heard *v, rect *area, bool wide) {
    heard_who(v, area);
    if (v->state->speaker == SPEAKER_NONE) confide_mine(&v->conf, area); /* nobody speaks yet */
    if (v->state->speaker == SPEAKER_STAFF && wide) heard_speak_up(v, area);
    if (v->state->speaker == SPEAKER_STAFF || v->state->speaker == SPEAKER_NONE)
        return (struct intent){0};
    heard_can_decide(v, area);
    heard_kind(v, area);
    heard_about(v, area);
    heard_answer(v, area);
    bool worry = v->state->sort == SORT_WORRY || v->state->sort == SORT_COMPLAINT;
    return worry ? heard_risk(v, area) : (struct intent){0};
}

static struct intent right_column(struct heard *v, rect *area, bool wide) {
    if (v->state->speaker == SPEAKER_STAFF) return heard_staff(v, area, wide);
    if (v->state->speaker != SPEAKER_NONE)
        return heard_words(v, area, wide ? WORDS_DP : WORDS_DP / 2);
    /* what was recorded before, and the form was closed */
    return voice_loose(&v->voice) ? heard_voice(v, area, COLOR_BG) : (struct intent){0};
}

static struct intent body(struct heard *v, rect area) {
    struct ui *u = v->u;
    bool wide = part_width(u, area) == WIDTH_WIDE;
    float pad = part_width(u, area) == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad;
    rect column = ui_scroll_begin(u, rect_inset(area, pad, 0), "heard");
    float top = column.y;
    rect_cut_top(&column, pad);
    rect left = wide ? rect_column(column, 0, 2, 28) : column;
    struct intent in = left_column(v, &left, wide);
    rect right = wide ? rect_column(column, 1, 2, 28) : left;
    in = either(in, right_column(v, &right, wide));
    float end = right.y > left.y ? right.y : left.y;
    ui_scroll_end(u, end - top + pad);
    return in;
}

/* What a worker said goes to one reader, or nowhere. */
static const char *subtitle(struct heard *v) {
    const struct confide_reader *r = confide_reader(&v->conf);
    if (v->state->speaker != SPEAKER_STAFF)
        return arena_printf(ui_arena(v->u), "%s · %s", v->m->service_name,
                            time_day_hm(ui_arena(v->u), v->s->wall_ms));
    return r ? SAY(v->u, v->s, "heard.only_for", r->label) : WORD(v->s, "saw.nothing_kept");
}

static struct intent leave(struct heard *v) {
    if (heard_ready(v)) return heard_keep(v, 0);
    heard_staff_forget(v);
    if (heard_voice_must_go(v) && v->state->agreed) {
        v->state->going = 1;
        v->state->voice.purging = 0;
        return (struct intent){0};
    }
    return (struct intent){.kind = INTENT_back};
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    struct heard v = {.u = u, .s = s, .m = model, .state = state};
    struct arena *f = ui_arena(u);
    v.prefix = arena_printf(f, "heard/%lld/", (long long)v.m->visit);
    v.key = arena_printf(f, "%stext", v.prefix);
    v.how_key = arena_printf(f, "%show", v.prefix);
    v.text = ui_field_text(u, v.key);
    if (!v.text) v.text = "";
    bool staff = v.state->speaker == SPEAKER_STAFF;
    bool other = staff && confide_other_hand(&v.m->confide, &v.state->confide);
    if (other) {
        memset(state, 0, sizeof *v.state);
        staff = false;
    }
    v.conf = confide_of(u, s, &v.m->confide, &v.state->confide, "heard", v.m->visit);
    v.voice = heard_voice_of(u, s, v.m, v.state);
    bool keeps = !staff || confide_reader(&v.conf);
    struct header_result tap =
        part_header(u, s, &area,
                    &(struct header){.title = WORD(s, "heard.title"),
                                     .sub = subtitle(&v),
                                     .close = true,
                                     .no_saved = staff,
                                     .main = keeps ? WORD(s, "common.keep") : NULL,
                                     .main_disabled = !heard_ready(&v)});
    bool leaving = tap.tap == HEADER_BACK || (!ui_sheet_open(u) && ui_back_pressed(u));
    struct intent in = {.kind = other ? INTENT_back : INTENT_none};
    if (tap.tap == HEADER_MAIN) in = heard_keep(&v, 0);
    if (leaving) in = leave(&v);
    in = either(in, body(&v, area));
    confide_mine_sheet(&v.conf);
    in = either(in, heard_staff_voice_sheet(&v));
    in = either(in, heard_staff_risk_sheet(&v));
    return in.kind ? in : heard_voice_gone(&v);
}

const struct screen screen_heard = {
    .name = "heard", .state_size = sizeof(struct heard_state), .draw = draw};
