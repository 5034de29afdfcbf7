/* heard.c -- Heard something: who speaks, what it is, in their own words. For a worker the
 * route comes before the text box (PEOPLE.md, Someone who is afraid). */
#include "screen/heard_pieces.h"

#include <string.h>

#include "base/text.h"

#define WORDS_DP 300.0F

static const char *const themes[THEMES] = {
    "staffing", "food",      "night_care", "kindness", "activities", "room",
    "listened", "medicines", "privacy",    "cleaning", "family",     "leaving_home"};

const char *heard_theme(int i) {
    return themes[i];
}

/* What it is and what it asks for: beside the talk, on a narrow window below it. */
static struct intent what_it_is(struct heard *v, rect *area) {
    struct intent in = {0};
    heard_kind(v, area);
    bool worry = v->state->sort == SORT_WORRY || v->state->sort == SORT_COMPLAINT;
    if (worry) in = heard_risk(v, area);
    heard_about(v, area);
    heard_answer(v, area);
    return in;
}

static struct intent left_column(struct heard *v, rect *area, bool wide) {
    heard_who(v, area);
    if (v->state->speaker == SPEAKER_NONE) confide_mine(&v->conf, area); /* nobody speaks yet */
    if (v->state->speaker == SPEAKER_STAFF && wide) heard_speak_up(v, area);
    if (v->state->speaker == SPEAKER_STAFF || v->state->speaker == SPEAKER_NONE)
        return (struct intent){0};
    if (v->just_chosen && !wide) /* the talk comes first, the list of speakers is done with */
        ui_show(v->u, rect_make(area->x, area->y, area->w, ui_window(v->u).h * 0.7F));
    heard_can_decide(v, area);
    return wide ? what_it_is(v, area) : (struct intent){0};
}

static struct intent right_column(struct heard *v, rect *area, bool wide) {
    if (v->state->speaker == SPEAKER_STAFF) return heard_staff(v, area, wide);
    if (v->state->speaker != SPEAKER_NONE) {
        struct intent in = heard_words(v, area, wide ? WORDS_DP : WORDS_DP / 2);
        return wide ? in : either(in, what_it_is(v, area));
    }
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
    v.how_key = arena_printf(f, "%show", v.prefix);
    bool staff = v.state->speaker == SPEAKER_STAFF;
    bool other = staff && confide_other_hand(&v.m->confide, &v.state->confide);
    if (other) {
        memset(state, 0, sizeof *v.state);
        staff = false;
    }
    v.guide = &v.m->guides[v.state->speaker];
    v.conf = confide_of(u, s, &v.m->confide, &v.state->confide, "heard", v.m->visit);
    v.voice = heard_voice_of(u, s, v.m, v.state);
    if (v.state->card) return heard_card(&v, area);
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
    in = either(in, heard_bank_sheet(&v));
    in = either(in, heard_fixing_sheet(&v));
    in = either(in, heard_staff_voice_sheet(&v));
    in = either(in, heard_staff_risk_sheet(&v));
    return in.kind ? in : heard_voice_gone(&v);
}

const struct screen screen_heard = {
    .name = "heard", .state_size = sizeof(struct heard_state), .draw = draw};
