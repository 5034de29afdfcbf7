/* ratings_statement.c -- giving one score (or, where nothing below the key question has one,
 * its rating): which, why, and what was given before. */
#include "screen/ratings_pieces.h"

#include "base/text.h"

static bool in_the_round(const struct ratings *v) {
    return v->m->f->scoring == SCORING_NONE;
}

static bool needs_kind(const struct ratings *v) {
    return v->m->f->scoring == SCORING_CATEGORY && !v->m->category;
}

static const struct ratings_given *present(struct ratings *v) {
    return ratings_given_of(v->m, ratings_code(v), ratings_kind(v));
}

const char *ratings_draft(struct ratings *v) {
    return arena_printf(ui_arena(v->u), "ratings/%lld/%s/%s/%s/", (long long)v->m->service,
                        v->m->f->id, ratings_code(v), ratings_kind(v));
}

static const char *reason_key(struct ratings *v) {
    return arena_printf(ui_arena(v->u), "%sreason", ratings_draft(v));
}

static const char *reason(struct ratings *v) {
    const struct ratings_given *g = present(v);
    const char *text = ui_field_text(v->u, reason_key(v));
    return text ? text : g ? g->reason : "";
}

/* ---- what can be kept ---- */

static int chosen_score(struct ratings *v) {
    const struct ratings_given *g = present(v);
    return v->state->score ? v->state->score : g ? g->score : 0;
}

static const struct rating_name *chosen_rating(struct ratings *v) {
    const struct ratings_given *g = present(v);
    if (v->state->rating) return &v->m->f->ratings[v->state->rating - 1];
    return g ? framework_rating(v->m->f, g->rating) : NULL;
}

bool ratings_ready(struct ratings *v) {
    const struct ratings_given *g = present(v);
    bool given = in_the_round(v) ? chosen_rating(v) != NULL : chosen_score(v) > 0;
    if (needs_kind(v) || !given || text_blank(reason(v))) return false;
    bool other = in_the_round(v) ? g && !text_equal(chosen_rating(v)->id, g->rating)
                                 : g && chosen_score(v) != g->score;
    return !g || other || !text_equal(reason(v), g->reason);
}

struct intent ratings_keep(struct ratings *v) {
    struct arena *f = ui_arena(v->u);
    struct intent in = {.draft = ratings_draft(v), .back_after = true, .undo = "ratings.kept"};
    const char *why = arena_strdup(f, reason(v));
    const int64_t *picks =
        arena_copy(f, v->state->picks, sizeof *picks * (size_t)v->state->picks_count);
    if (in_the_round(v)) {
        struct rate_intent *r = ARENA_NEW(f, struct rate_intent);
        *r = (struct rate_intent){.service = v->m->service,
                                  .framework = v->m->f->id,
                                  .question = ratings_code(v),
                                  .rating = chosen_rating(v)->id,
                                  .reason = why,
                                  .evidence = picks,
                                  .evidence_count = v->state->picks_count};
        in.kind = INTENT_rate;
        in.detail = r;
        in.undo = "ratings.rate_kept";
        return in;
    }
    struct score_intent *r = ARENA_NEW(f, struct score_intent);
    *r = (struct score_intent){.service = v->m->service,
                               .framework = v->m->f->id,
                               .statement = ratings_code(v),
                               .category = ratings_kind(v),
                               .score = chosen_score(v),
                               .reason = why,
                               .evidence = picks,
                               .evidence_count = v->state->picks_count};
    in.kind = INTENT_score;
    in.detail = r;
    return in;
}

/* ---- choosing ---- */

/* Which kind of evidence, with what each has. */
static struct intent kinds(struct ratings *v, rect *area) {
    const struct framework *f = v->m->f;
    const char *labels[CATEGORIES_MOST], *ids[CATEGORIES_MOST];
    bool selected[CATEGORIES_MOST];
    int n = 0;
    struct card card;
    if (f->scoring != SCORING_CATEGORY) return (struct intent){0};
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    const struct statement_result *r =
        &v->m->result.questions[v->m->question]
             .statements[v->m->statement - f->questions[v->m->question].first];
    if (r->why) {
        enum color ink, ground;
        ratings_score_colors(f, r->score, &ink, &ground);
        ratings_tag_line(v, &in, int_text(ui_arena(v->u), r->score), ink, ground,
                         ratings_reason(&v->say, r->why), FONT_BODY);
        rect_cut_top(&in, 12);
    }
    part_text(v->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "ratings.kinds"));
    rect_cut_top(&in, 8);
    for (int i = 0; i < f->categories_count; i++) {
        const struct evidence_category *c = &f->categories[i];
        const struct ratings_given *g = ratings_given_of(v->m, ratings_code(v), c->id);
        if (!g && !category_used(c, v->m->setting)) continue;
        labels[n] = g ? SAY(v->u, v->s, "ratings.kind_scored", c->name,
                            int_text(ui_arena(v->u), g->score))
                      : c->name;
        ids[n] = c->id;
        selected[n++] = v->m->category == c;
    }
    int tapped = part_chips(v->u, &in, "kind", labels, selected, n);
    part_card_end(v->u, area, &card, in);
    if (tapped < 0) return (struct intent){0};
    struct intent go =
        ratings_go(v, arena_printf(ui_arena(v->u), "%s/%s", ratings_code(v), ids[tapped]));
    go.kind = INTENT_replace;
    return go;
}

static void scores(struct ratings *v, rect *in) {
    const struct framework *f = v->m->f;
    struct option o[SCALE_MOST];
    int at = chosen_score(v) - 1;
    for (int i = 0; i < f->scale_count && i < SCALE_MOST; i++) {
        const struct score_name *n = framework_score(f, i + 1);
        o[i] = (struct option){.label = int_text(ui_arena(v->u), i + 1),
                               .sub = n ? n->name : NULL,
                               .outline_only = true};
    }
    int tapped =
        part_options(v->u, in, "score", o, f->scale_count, at, ui_theme(v->u)->touch_answer);
    if (tapped >= 0) v->state->score = tapped + 1;
}

static void labels(struct ratings *v, rect *in) {
    const struct framework *f = v->m->f;
    const struct rating_name *now = chosen_rating(v);
    struct option o[RATINGS_MOST];
    for (int i = 0; i < f->ratings_count; i++)
        o[i] = (struct option){.label = f->ratings[i].name, .outline_only = true};
    int at = now ? (int)(now - f->ratings) : -1;
    int tapped =
        part_options(v->u, in, "rating", o, f->ratings_count, at, ui_theme(v->u)->touch_answer);
    if (tapped >= 0) v->state->rating = tapped + 1;
}

static struct intent choose(struct ratings *v, rect *area) {
    struct ui *u = v->u;
    const struct ratings_given *g = present(v);
    bool round = in_the_round(v);
    struct card card;
    struct intent out = {0};
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    part_text(u, &in, FONT_H3, COLOR_INK, COLOR_CARD,
              WORD(v->s, round ? "ratings.rate_title" : "ratings.score_title"));
    rect_cut_top(&in, 8);
    if (round)
        labels(v, &in);
    else
        scores(v, &in);
    const char *name = WORD(v->s, round ? "ratings.rate_reason" : "ratings.score_reason");
    struct field f = {.key = reason_key(v),
                      .initial = g ? g->reason : NULL,
                      .name = name,
                      .hint = WORD(v->s, "ratings.score_hint"),
                      .lines = 3,
                      .ground = COLOR_CARD};
    rect_cut_top(&in, 14);
    part_text(u, &in, FONT_H3, COLOR_INK, COLOR_CARD, name);
    rect_cut_top(&in, 8);
    ui_field(u, rect_cut_top(&in, ui_field_height(u, &f, in.w)), &f);
    if (g) {
        struct button b = {.label = WORD(v->s, "ratings.clear"),
                           .icon = ICON_ARROW_U_UP_LEFT,
                           .role = BUTTON_QUIET,
                           .font = FONT_SMALL};
        rect_cut_top(&in, 8);
        rect r = rect_cut_top(&in, ui_button_height(u, &b, in.w, ui_theme(u)->touch_min));
        float w = ui_button_width(u, &b);
        r.w = w < r.w ? w : r.w;
        if (ui_button(u, r, &b))
            out = (struct intent){.kind = INTENT_score_clear,
                                  .row = g->row,
                                  .draft = ratings_draft(v),
                                  .undo = "ratings.cleared"};
    }
    part_card_end(u, area, &card, in);
    return out;
}

/* ---- what was given before, what it may breach ---- */

void ratings_before(struct ratings *v, rect *area) {
    const struct ratings_model *m = v->m;
    struct arena *f = ui_arena(v->u);
    struct card card;
    if (!m->history_count && !m->carried_count) return;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    if (m->history_count)
        part_text(v->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "ratings.history"));
    for (int i = 0; i < m->history_count; i++) {
        const struct ratings_given *g = &m->history[i];
        const struct rating_name *r = framework_rating(m->f, g->rating);
        const char *what =
            r ? r->name : SAY(v->u, v->s, "ratings.score_of", int_text(f, g->score));
        const char *line = SAY(v->u, v->s, "ratings.history_line", day_text(f, g->day), what);
        rect_cut_top(&in, 6);
        part_text(v->u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, line);
        if (!text_blank(g->reason))
            part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, g->reason);
    }
    if (m->history_count && m->carried_count) rect_cut_top(&in, 12);
    if (m->carried_count)
        part_text(v->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "ratings.carried"));
    for (int i = 0; i < m->carried_count; i++) {
        const struct ratings_carried *c = &m->carried[i];
        const char *scored = SAY(v->u, v->s, "ratings.score_of", int_text(f, c->score));
        rect_cut_top(&in, 6);
        part_text(
            v->u, &in, FONT_BODY, COLOR_INK, COLOR_CARD,
            SAY(v->u, v->s, "ratings.carried_line", c->name, scored, day_text(f, c->day)));
        part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  text_blank(c->framework->short_title) ? c->framework->title
                                                        : c->framework->short_title);
    }
    part_card_end(v->u, area, &card, in);
}

static void may_breach(struct ratings *v, rect *area) {
    const struct framework *f = v->m->f;
    if (v->m->statement < 0) return;
    const struct statement *s = &f->statements[v->m->statement];
    struct card card;
    if (!s->breaches_count) return;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    part_text(v->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "ratings.may_breach"));
    for (int i = 0; i < s->breaches_count; i++) {
        const struct breach *b = &s->breaches[i];
        const struct regulation *r = framework_regulation(f, b->regulation);
        bool sure = text_equal(b->status, RULE_VERIFIED);
        rect_cut_top(&in, 10);
        part_text(v->u, &in, FONT_BODY, COLOR_INK, COLOR_CARD,
                  SAY(v->u, v->s, "ratings.may_breach_line", r->number, r->set, r->title));
        part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, b->when);
        if (!sure) part_text(v->u, &in, FONT_SMALL, COLOR_PARTLY, COLOR_CARD, b->status);
        if (!text_blank(b->caveat))
            part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, b->caveat);
    }
    part_card_end(v->u, area, &card, in);
}

static void about(struct ratings *v, rect *area) {
    const struct ratings_model *m = v->m;
    const struct key_question *q = &m->f->questions[m->question];
    const char *plain = m->statement >= 0 ? m->f->statements[m->statement].plain : q->plain;
    part_text(v->u, area, FONT_BODY, COLOR_MUTE, COLOR_BG, plain);
    if (m->statement < 0 && q->lines)
        part_text(v->u, area, FONT_SMALL, COLOR_MUTE, COLOR_BG,
                  SAY(v->u, v->s, "ratings.lines", int_text(ui_arena(v->u), q->lines)));
    rect_cut_top(area, 12);
}

struct intent ratings_statement(struct ratings *v, rect *area) {
    about(v, area);
    struct intent in = kinds(v, area);
    if (!needs_kind(v)) in = either(in, choose(v, area));
    in = either(in, ratings_evidence(v, area));
    ratings_before(v, area);
    may_breach(v, area);
    return in;
}
