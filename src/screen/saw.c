/* saw.c -- Saw something: ten seconds from the tap to kept. Good or concern, words, where, what
 * it looks like. The words are a durable draft while they are typed; Keep, or closing with
 * everything said, makes them one record. */
#include "screen/saw_pieces.h"

#include <string.h>

#include "base/text.h"

#define WORDS_DP 170.0F

bool saw_ready(const struct saw *v) {
    if (v->state->conduct) return saw_conduct_ready(v);
    return v->state->choice != SAW_UNSAID && (!text_blank(v->text) || saw_has_evidence(v));
}

struct intent saw_keep(struct saw *v, int severity, bool raise) {
    if (v->state->conduct) return saw_conduct_keep(v);
    struct arena *f = ui_arena(v->u);
    struct observe_intent *o = ARENA_NEW(f, struct observe_intent);
    *o = (struct observe_intent){
        .visit = v->m->visit,
        .service = v->m->service,
        .area = v->state->area,
        .good = v->state->choice == SAW_GOOD,
        .text = arena_strdup(f, saw_text(v)),
        .statement = arena_strdup(f, v->state->statement),
        .item = v->m->item,
        .severity = severity,
        .raise_after = raise,
    };
    return (struct intent){.kind = INTENT_observe,
                           .detail = o,
                           .draft = v->key,
                           .undo = severity == 4 || raise ? NULL : "saw.kept",
                           .back_after = true};
}

static void choose(struct saw *v, rect *area) {
    struct option o[2] = {
        {.label = WORD(v->s, "saw.good"), .icon = ICON_THUMBS_UP, .role = BUTTON_MET},
        {.label = WORD(v->s, "saw.concern"), .icon = ICON_WARNING, .role = BUTTON_NOT_MET}};
    int tapped = part_options(v->u, area, "choice", o, 2, v->state->choice - 1, 56);
    if (tapped < 0) return;
    v->state->choice = tapped == 0 ? SAW_GOOD : SAW_CONCERN;
    if (v->state->choice == SAW_GOOD) v->state->severity = 0;
}

static void conduct_toggle(struct saw *v, rect *area) {
    struct ui *u = v->u;
    bool kept = !confide_hindered(&v->conf, ROUTE_PROVIDER);
    const char *label = WORD(v->s, "saw.conduct");
    const char *sub = WORD(v->s, kept ? "saw.conduct_sub" : "saw.conduct_sub_not_kept");
    float width = area->w - 76;
    float h = ui_text_height(u, FONT_H3, label, width) +
              ui_text_height(u, FONT_SMALL, sub, width) + 16;
    if (h < ui_theme(u)->touch_min) h = ui_theme(u)->touch_min;
    if (ui_toggle(u, rect_cut_top(area, h), label, sub, v->state->conduct != 0))
        saw_conduct_turn(v);
}

static struct intent raise_button(struct saw *v, rect *area) {
    struct button b = {
        .label = WORD(v->s, "saw.raise"), .icon = ICON_FLAG_PENNANT, .disabled = !saw_ready(v)};
    float h = ui_button_height(v->u, &b, area->w, ui_theme(v->u)->touch_primary);
    struct intent in = {0};
    if (ui_button(v->u, rect_cut_top(area, h), &b)) in = saw_keep(v, v->state->severity, true);
    rect_cut_top(area, ui_theme(v->u)->gap);
    return in;
}

static struct intent rest(struct saw *v, rect *area) {
    struct intent in = saw_evidence(v, area);
    if (v->state->choice == SAW_CONCERN) saw_severity(v, area);
    saw_looks_like(v, area);
    in = either(in, saw_risk(v, area));
    conduct_toggle(v, area);
    rect_cut_top(area, ui_theme(v->u)->gap);
    return either(in, raise_button(v, area));
}

static struct intent body(struct saw *v, rect area) {
    struct ui *u = v->u;
    bool wide = part_width(u, area) == WIDTH_WIDE;
    float pad = part_width(u, area) == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad;
    rect column = ui_scroll_begin(u, rect_inset(area, pad, 0), "saw");
    float top = column.y, end;
    struct intent in = {0};
    rect_cut_top(&column, pad == 16 ? 16 : pad);
    if (v->state->conduct) {
        rect one = column;
        if (one.w > 760) one = rect_make(one.x + (one.w - 760) / 2, one.y, 760, one.h);
        conduct_toggle(v, &one);
        rect_cut_top(&one, ui_theme(u)->gap);
        in = saw_conduct(v, &one);
        end = one.y;
    } else {
        rect left = wide ? rect_column(column, 0, 2, pad) : column;
        choose(v, &left);
        saw_words(v, &left, wide ? 2 * WORDS_DP : WORDS_DP);
        end = left.y;
        rect right = wide ? rect_column(column, 1, 2, pad) : left;
        in = rest(v, &right);
        if (right.y > end) end = right.y;
    }
    ui_scroll_end(u, end - top + pad);
    return in;
}

/* What is about one worker goes to the provider, or nowhere. */
static const char *subtitle(struct saw *v) {
    const struct confide_reader *r = confide_reader(&v->conf);
    if (!v->state->conduct) return v->s->service;
    return r ? SAY(v->u, v->s, "heard.only_for", r->label) : WORD(v->s, "saw.nothing_kept");
}

static struct intent leave(struct saw *v) {
    struct intent in = {.kind = INTENT_back};
    if (saw_ready(v)) in = saw_keep(v, v->state->severity, false);
    if (in.kind != INTENT_confide) saw_conduct_forget(v);
    return in;
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    struct saw v = {.u = u, .s = s, .m = model, .state = state};
    v.key = arena_printf(ui_arena(u), "saw/%lld/%s/text", (long long)v.m->visit, v.m->item);
    v.text = ui_field_text(u, v.key);
    if (!v.text) v.text = "";
    bool other = v.state->conduct && confide_other_hand(&v.m->confide, &v.state->confide);
    if (other) memset(state, 0, sizeof *v.state);
    v.conf = confide_of(u, s, &v.m->confide, &v.state->confide, "saw", v.m->visit);
    v.conf.state->route = v.state->conduct ? ROUTE_PROVIDER : ROUTE_UNSAID;
    bool conduct = v.state->conduct != 0, keeps = !conduct || confide_reader(&v.conf);
    struct header_result tap =
        part_header(u, s, &area,
                    &(struct header){.title = WORD(s, "saw.title"),
                                     .sub = subtitle(&v),
                                     .close = true,
                                     .no_saved = conduct,
                                     .main = keeps ? WORD(s, "common.keep") : NULL,
                                     .main_disabled = !saw_ready(&v)});
    bool leaving = tap.tap == HEADER_BACK || (!ui_sheet_open(u) && ui_back_pressed(u));
    struct intent in = {.kind = other ? INTENT_back : INTENT_none};
    if (tap.tap == HEADER_MAIN) in = saw_keep(&v, v.state->severity, false);
    if (leaving) in = leave(&v);
    in = either(in, body(&v, area));
    saw_sheets(&v);
    struct voice_part voice = saw_voice(&v);
    if (!conduct) in = either(in, voice_sheet(&voice));
    confide_mine_sheet(&v.conf);
    return in;
}

const struct screen screen_saw = {
    .name = "saw", .state_size = sizeof(struct saw_state), .draw = draw};
