/* ratings_all.c -- the whole service and its five key questions; by which framework, and what
 * else holds a rating down. */
#include "screen/ratings_pieces.h"

#include "base/text.h"

/* ---- by which framework ---- */

static struct intent which(struct ratings *v, rect *area) {
    const struct frameworks *set = v->m->frameworks;
    struct option o[FRAMEWORKS_MOST];
    int at = -1;
    if (set->count < 2) return (struct intent){0};
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    part_text(v->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "ratings.which"));
    rect_cut_top(&in, 8);
    for (int i = 0; i < set->count; i++) {
        const struct framework *f = set->all[i];
        bool newest = frameworks_newest(set, f->id) == f;
        const char *name = text_blank(f->short_title) ? f->title : f->short_title;
        o[i] = (struct option){.label = newest ? name
                                               : SAY(v->u, v->s, "ratings.edition", name,
                                                     int_text(ui_arena(v->u), f->version)),
                               .sub = f->status,
                               .small = true,
                               .outline_only = true};
        if (f == v->m->f) at = i;
    }
    int tapped =
        part_options(v->u, &in, "which", o, set->count, at, ui_theme(v->u)->touch_primary);
    if (v->m->problem) {
        rect_cut_top(&in, 8);
        part_text(v->u, &in, FONT_SMALL, COLOR_NOT_MET, COLOR_CARD,
                  SAY(v->u, v->s, "ratings.problem", v->m->problem));
    }
    part_card_end(v->u, area, &card, in);
    if (tapped < 0 || tapped == at) return (struct intent){0};
    struct intent go =
        part_go(SCREEN_ratings, 0, 0, ratings_framework_word(v, set->all[tapped]));
    go.kind = INTENT_replace;
    return go;
}

/* ---- the whole ---- */

static void whole(struct ratings *v, rect *area) {
    const struct rating_result *r = &v->m->result;
    struct arena *f = ui_arena(v->u);
    struct card card;
    enum color ink, ground;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    ratings_rating_colors(v->m->f, r->rating, &ink, &ground);
    ratings_tag_line(v, &in, r->rating ? r->rating->name : WORD(v->s, "ratings.no_rating"), ink,
                     ground, WORD(v->s, "ratings.overall"), FONT_H2);
    rect_cut_top(&in, 6);
    if (r->of)
        part_text(
            v->u, &in, FONT_BODY, COLOR_MUTE, COLOR_CARD,
            SAY(v->u, v->s, "ratings.looked", int_text(f, r->looked), int_text(f, r->of)));
    if (v->m->other_editions)
        part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  SAY(v->u, v->s, "ratings.other_editions", int_text(f, v->m->other_editions)));
    rect_cut_top(&in, 10);
    ratings_reasons(v, &in, WORD(v->s, "ratings.why"), r->reasons);
    ratings_reasons(v, &in, WORD(v->s, "ratings.changes"), r->changes);
    ratings_reasons(v, &in, WORD(v->s, "ratings.beside"), r->beside);
    part_card_end(v->u, area, &card, in);
}

static struct intent questions(struct ratings *v, rect *area) {
    const struct rating_result *r = &v->m->result;
    struct arena *f = ui_arena(v->u);
    struct intent out = {0};
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    for (int i = 0; i < r->questions_count; i++) {
        const struct question_result *q = &r->questions[i];
        enum color ink, ground;
        rect row = in, words = in;
        ui_push_text(v->u, q->question->code);
        rect_cut_top(&words, 10);
        ratings_caret(v, &words);
        ratings_rating_colors(v->m->f, q->rating, &ink, &ground);
        ratings_tag_line(v, &words,
                         q->rating ? q->rating->name : WORD(v->s, "ratings.no_rating"), ink,
                         ground, q->question->name, FONT_H2);
        rect_cut_top(&words, 4);
        part_text(v->u, &words, FONT_BODY, COLOR_INK, COLOR_CARD, ratings_headline(&v->say, q));
        if (q->of && q->rating)
            part_text(
                v->u, &words, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                SAY(v->u, v->s, "ratings.looked", int_text(f, q->looked), int_text(f, q->of)));
        rect_cut_top(&words, 10);
        row.h = words.y - row.y;
        if (ratings_row_tapped(v, row, q->question->name))
            out = ratings_go(v, q->question->code);
        rect_cut_top(&in, row.h);
        if (i < r->questions_count - 1)
            ui_line(v->u, in.x, in.y, in.x + in.w, in.y, COLOR_LINE, 1);
        ui_pop(v->u);
    }
    part_card_end(v->u, area, &card, in);
    return out;
}

/* ---- what else holds a rating down ---- */

static const char *reason_key(struct ratings *v, const char *code) {
    return arena_printf(ui_arena(v->u), "ratings/%lld/%s/besides/%s", (long long)v->m->service,
                        v->m->f->id, code);
}

static struct intent answer(struct ratings *v, rect *in, const struct ratings_said *said,
                            int index) {
    struct ui *u = v->u;
    struct ratings_state *st = v->state;
    bool open = st->open == index + 1;
    int at = open ? st->yes - 1 : said->row ? !said->yes : -1;
    struct option o[2] = {
        {.label = WORD(v->s, "ratings.yes"), .small = true, .outline_only = true},
        {.label = WORD(v->s, "ratings.no"), .small = true, .outline_only = true}};
    int tapped = part_options(u, in, "yes", o, 2, at, ui_theme(u)->touch_min);
    if (tapped >= 0) {
        st->open = index + 1;
        st->yes = tapped + 1;
    }
    if (!open) return (struct intent){0};
    const char *key = reason_key(v, said->what->rule.id);
    struct field f = {.key = key,
                      .initial = said->reason,
                      .name = WORD(v->s, "ratings.how_known"),
                      .hint = WORD(v->s, "ratings.how_known_hint"),
                      .lines = 1,
                      .ground = COLOR_CARD};
    rect_cut_top(in, 8);
    part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(v->s, "ratings.how_known"));
    ui_field(u, rect_cut_top(in, ui_field_height(u, &f, in->w)), &f);
    rect_cut_top(in, 8);
    const char *text = ui_field_text(u, key);
    struct button keep = {
        .label = WORD(v->s, "ratings.keep"), .role = BUTTON_MAIN, .disabled = text_blank(text)};
    rect r = rect_cut_top(in, ui_button_height(u, &keep, in->w, ui_theme(u)->touch_primary));
    float w = ui_button_width(u, &keep);
    r.w = w < r.w ? w : r.w;
    if (!ui_button(u, r, &keep)) return (struct intent){0};
    struct circumstance_intent *c = ARENA_NEW(ui_arena(u), struct circumstance_intent);
    *c = (struct circumstance_intent){.service = v->m->service,
                                      .framework = v->m->f->id,
                                      .code = said->what->rule.id,
                                      .reason = arena_strdup(ui_arena(u), text),
                                      .yes = st->yes == 1};
    st->open = 0;
    return (struct intent){.kind = INTENT_circumstance,
                           .detail = c,
                           .draft = key,
                           .undo = "ratings.circumstance_kept"};
}

struct intent ratings_besides(struct ratings *v, rect *area) {
    const struct ratings_model *m = v->m;
    struct intent out = {0};
    struct arena *f = ui_arena(v->u);
    if (!m->said_count) return out;
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    part_text(v->u, &in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(v->s, "ratings.besides"));
    part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(v->s, "ratings.besides_sub"));
    for (int i = 0; i < m->said_count; i++) {
        const struct ratings_said *said = &m->said[i];
        ui_push_text(v->u, said->what->rule.id);
        rect_cut_top(&in, 14);
        part_text(v->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, said->what->asks);
        const char *line = WORD(v->s, "ratings.not_said");
        if (said->row) {
            line = SAY(v->u, v->s, "ratings.given_by", day_text(f, said->day), said->reason);
            if (!text_blank(said->by)) line = arena_printf(f, "%s · %s", line, said->by);
        }
        part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, line);
        rect_cut_top(&in, 8);
        out = either(out, answer(v, &in, said, i));
        ui_pop(v->u);
    }
    part_card_end(v->u, area, &card, in);
    return out;
}

/* ---- the page ---- */

struct intent ratings_all(struct ratings *v, rect *area) {
    whole(v, area);
    struct intent in = questions(v, area);
    in = either(in, ratings_besides(v, area));
    in = either(in, which(v, area));
    struct button rules = {.label = WORD(v->s, "ratings.rules"), .icon = ICON_INFO};
    float high = ui_button_height(v->u, &rules, area->w, ui_theme(v->u)->touch_primary);
    if (ui_button(v->u, rect_cut_top(area, high), &rules))
        v->state->sheet = RATINGS_SHEET_RULES;
    return in;
}
