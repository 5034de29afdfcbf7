/* ratings_question.c -- one key question: its rating and why, what would change it, what was
 * not looked at, its statements; and the sheet with the rules and where they come from. */
#include "screen/ratings_pieces.h"

#include "base/text.h"

static void result(struct ratings *v, rect *area, const struct question_result *q) {
    struct arena *f = ui_arena(v->u);
    struct card card;
    enum color ink, ground;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    ratings_rating_colors(v->m->f, q->rating, &ink, &ground);
    ratings_tag_line(v, &in, q->rating ? q->rating->name : WORD(v->s, "ratings.no_rating"), ink,
                     ground, ratings_headline(&v->say, q), FONT_H3);
    rect_cut_top(&in, 4);
    if (q->rating) /* else the reason says it */
        part_text(
            v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
            SAY(v->u, v->s, "ratings.looked", int_text(f, q->looked), int_text(f, q->of)));
    rect_cut_top(&in, 10);
    ratings_reasons(v, &in, WORD(v->s, "ratings.why"), q->reasons);
    ratings_reasons(v, &in, WORD(v->s, "ratings.changes"), q->changes);
    if (!q->changes && q->rating) {
        bool top = q->rating->rank == v->m->f->ratings_count;
        part_text(v->u, &in, FONT_BODY, COLOR_MUTE, COLOR_CARD,
                  WORD(v->s, top ? "ratings.top" : "ratings.no_change"));
        rect_cut_top(&in, 12);
    }
    ratings_reasons(v, &in, WORD(v->s, "ratings.beside"), q->beside);
    part_card_end(v->u, area, &card, in);
}

/* The reason of the statement's score, or of the newest of its kinds of evidence. */
static const struct ratings_given *any_given(struct ratings *v, const char *code) {
    for (int i = 0; i < v->m->given_count; i++)
        if (text_equal(v->m->given[i].code, code)) return &v->m->given[i];
    return NULL;
}

static void score_words(struct ratings *v, rect *words, const struct statement_result *r) {
    struct arena *f = ui_arena(v->u);
    const struct ratings_given *g = any_given(v, r->statement->code);
    if (!g) return;
    if (r->why)
        part_text(v->u, words, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  ratings_reason(&v->say, r->why));
    if (!text_blank(g->reason))
        part_text(v->u, words, FONT_BODY, COLOR_INK, COLOR_CARD, g->reason);
    const char *line = day_text(f, g->day);
    if (!text_blank(g->by)) line = SAY(v->u, v->s, "ratings.given_by", line, g->by);
    const char *rests = g->links ? SAY(v->u, v->s, "ratings.rests_on", int_text(f, g->links))
                                 : WORD(v->s, "ratings.rests_on_none");
    part_text(v->u, words, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
              arena_printf(f, "%s · %s", line, rests));
}

static struct intent statements(struct ratings *v, rect *area,
                                const struct question_result *q) {
    struct arena *f = ui_arena(v->u);
    struct intent out = {0};
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    part_text(v->u, &in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(v->s, "ratings.statements"));
    for (int i = 0; i < q->statements_count; i++) {
        const struct statement_result *r = &q->statements[i];
        enum color ink, ground;
        rect row = in, words = in;
        ui_push_text(v->u, r->statement->code);
        rect_cut_top(&words, 12);
        ratings_caret(v, &words);
        ratings_score_colors(v->m->f, r->score, &ink, &ground);
        const char *tag = r->score ? int_text(f, r->score) : WORD(v->s, "ratings.not_scored");
        ratings_tag_line(v, &words, tag, ink, ground, r->statement->name, FONT_H3);
        rect_cut_top(&words, 2);
        score_words(v, &words, r);
        rect_cut_top(&words, 12);
        row.h = words.y - row.y;
        if (ratings_row_tapped(v, row, r->statement->name))
            out = ratings_go(v, r->statement->code);
        rect_cut_top(&in, row.h);
        if (i < q->statements_count - 1)
            ui_line(v->u, in.x, in.y, in.x + in.w, in.y, COLOR_LINE, 1);
        ui_pop(v->u);
    }
    part_card_end(v->u, area, &card, in);
    return out;
}

struct intent ratings_question(struct ratings *v, rect *area) {
    const struct question_result *q = &v->m->result.questions[v->m->question];
    if (!text_blank(q->question->plain)) {
        part_text(v->u, area, FONT_BODY, COLOR_MUTE, COLOR_BG, q->question->plain);
        rect_cut_top(area, 12);
    }
    result(v, area, q);
    return statements(v, area, q);
}

/* ---- the rules ---- */

static void rule(struct ratings *v, rect *in, const struct rule *r) {
    bool sure = r->own || text_equal(r->status, RULE_VERIFIED);
    part_text(v->u, in, FONT_BODY, COLOR_INK, COLOR_BG, r->text);
    part_text(v->u, in, FONT_SMALL, sure ? COLOR_MUTE : COLOR_PARTLY, COLOR_BG,
              ratings_rule_status(&v->say, r));
    const char *from;
    for (int i = 0; (from = ratings_rule_from(&v->say, v->m->f, r, i)); i++)
        part_text(v->u, in, FONT_SMALL, COLOR_MUTE, COLOR_BG, from);
    if (!text_blank(r->caveat))
        part_text(v->u, in, FONT_SMALL, COLOR_MUTE, COLOR_BG, r->caveat);
    rect_cut_top(in, 16);
}

static void all_rules(struct ratings *v, rect *in) {
    const struct framework *f = v->m->f;
    part_text(v->u, in, FONT_H3, COLOR_INK, COLOR_BG, f->title);
    part_text(v->u, in, FONT_SMALL, COLOR_MUTE, COLOR_BG, WORD(v->s, "ratings.rules_sub"));
    rect_cut_top(in, 14);
    for (int i = 0; i < f->rules_count; i++)
        rule(v, in, &f->rules[i]);
    for (int i = 0; i < f->limiters_count; i++)
        rule(v, in, &f->limiters[i].rule);
    for (int i = 0; i < f->aggregates_count; i++)
        rule(v, in, &f->aggregates[i].rule);
    for (int i = 0; i < f->circumstances_count; i++)
        rule(v, in, &f->circumstances[i].rule);
    for (int i = 0; i < f->sets_count; i++)
        part_text(v->u, in, FONT_SMALL, COLOR_MUTE, COLOR_BG,
                  SAY(v->u, v->s, "ratings.sets", f->sets[i].id, f->sets[i].title));
}

void ratings_rules(struct ratings *v) {
    bool closed = false;
    if (v->state->sheet != RATINGS_SHEET_RULES) return;
    rect whole = ui_area(v->u);
    rect in = ui_sheet_begin(v->u, "rules", WORD(v->s, "ratings.rules"), whole.h, &closed);
    rect column = ui_scroll_begin(v->u, in, "rules");
    float top = column.y;
    all_rules(v, &column);
    ui_scroll_end(v->u, column.y - top + ui_theme(v->u)->gap);
    ui_sheet_end(v->u);
    if (closed) v->state->sheet = RATINGS_SHEET_NONE;
}
