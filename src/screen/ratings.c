/* ratings.c -- our own ratings: what a person scored, what follows from it and why.
 *
 * Journey: Home → here → intents score, rate, circumstance, score_link → act_rating.c. Three
 * depths of one page: all key questions, one of them, one statement. It says at every depth
 * that this is the provider's own view, and shows what is not confirmed beside what it is used
 * for. */
#include "screen/ratings_pieces.h"

#include "base/text.h"

const char *ratings_framework_word(struct ratings *v, const struct framework *f) {
    return arena_printf(ui_arena(v->u), "%s@%d", f->id, f->version);
}

struct intent ratings_go(struct ratings *v, const char *about) {
    struct intent in = part_go(SCREEN_ratings, 0, 0, ratings_framework_word(v, v->m->f));
    text_copy(in.to.word2, sizeof in.to.word2, about);
    return in;
}

const char *ratings_code(struct ratings *v) {
    const struct ratings_model *m = v->m;
    if (m->statement >= 0) return m->f->statements[m->statement].code;
    return m->question >= 0 ? m->f->questions[m->question].code : "";
}

const char *ratings_kind(struct ratings *v) {
    return v->m->category ? v->m->category->id : "";
}

/* ---- how a word and a row look ---- */

void ratings_rating_colors(const struct framework *f, const struct rating_name *r,
                           enum color *ink, enum color *ground) {
    int below = r ? f->ratings_count - r->rank : -1;
    *ink = below < 0   ? COLOR_NA
           : below < 2 ? COLOR_MET
           : below < 3 ? COLOR_PARTLY
                       : COLOR_NOT_MET;
    *ground = below < 0   ? COLOR_NA_SOFT
              : below < 2 ? COLOR_MET_SOFT
              : below < 3 ? COLOR_PARTLY_SOFT
                          : COLOR_NOT_MET_SOFT;
}

void ratings_score_colors(const struct framework *f, int score, enum color *ink,
                          enum color *ground) {
    int below = score ? f->score_most - score : -1;
    *ink = below < 0   ? COLOR_NA
           : below < 2 ? COLOR_MET
           : below < 3 ? COLOR_PARTLY
                       : COLOR_NOT_MET;
    *ground = below < 0   ? COLOR_NA_SOFT
              : below < 2 ? COLOR_MET_SOFT
              : below < 3 ? COLOR_PARTLY_SOFT
                          : COLOR_NOT_MET_SOFT;
}

void ratings_tag_line(struct ratings *v, rect *area, const char *tag, enum color ink,
                      enum color ground, const char *text, enum font font) {
    struct ui *u = v->u;
    float tag_w = ui_tag_width(u, tag), tag_h = ui_line_height(u, FONT_TAG) + 10;
    if (tag_w < 44) tag_w = 44;
    bool over = area->w - tag_w - 14 < 170 * ui_text_scale(u);
    rect row = *area;
    if (tag_w > row.w) { /* large type on a phone: its words without their ground */
        part_text(u, area, FONT_H3, ink, COLOR_CARD, tag);
        part_text(u, area, font, COLOR_INK, COLOR_CARD, text);
        return;
    }
    ui_tag(u, rect_make(row.x, row.y, tag_w, tag_h), tag, ink, ground);
    if (over)
        rect_cut_top(&row, tag_h + 6);
    else
        rect_cut_left(&row, tag_w + 14);
    part_text(u, &row, font, COLOR_INK, COLOR_CARD, text);
    float least = area->y + tag_h;
    rect_cut_top(area, (row.y > least ? row.y : least) - area->y);
}

void ratings_caret(struct ratings *v, rect *row) {
    rect right = rect_cut_right(row, 34);
    ui_icon(v->u, rect_make(right.x + 8, right.y, 26, ui_line_height(v->u, FONT_H3)),
            ICON_CARET_RIGHT, COLOR_MUTE, false, 22);
}

bool ratings_row_tapped(struct ratings *v, rect row, const char *name) {
    if (row.h < ui_theme(v->u)->touch_min) row.h = ui_theme(v->u)->touch_min;
    return ui_tap_area(v->u, row, name);
}

void ratings_reasons(struct ratings *v, rect *area, const char *heading,
                     const struct reason *r) {
    if (!r) return;
    part_text(v->u, area, FONT_H3, COLOR_INK, COLOR_CARD, heading);
    rect_cut_top(area, 6);
    for (; r; r = r->next) {
        rect row = *area;
        float dot = ui_line_height(v->u, FONT_BODY) / 2 - 3;
        ui_fill(v->u, rect_make(row.x + 2, row.y + dot, 6, 6), COLOR_OUTLINE, 3);
        rect_cut_left(&row, 20);
        part_text(v->u, &row, FONT_BODY, COLOR_INK, COLOR_CARD, ratings_reason(&v->say, r));
        const char *doubt = ratings_doubt(r->rule);
        if (*doubt) part_text(v->u, &row, FONT_SMALL, COLOR_MUTE, COLOR_CARD, doubt);
        rect_cut_top(area, row.y - area->y + 8);
    }
    rect_cut_top(area, 8);
}

/* ---- the page ---- */

static bool is_form(const struct ratings_model *m) {
    return m->statement >= 0 || (m->question >= 0 && m->f->scoring == SCORING_NONE);
}

static void own_view(struct ratings *v, rect *area) {
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_AMBER);
    part_text(v->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "ratings.own"));
    if (v->m->question < 0)
        part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(v->s, "ratings.own_sub"));
    const struct framework *f = v->m->f;
    part_text(
        v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
        SAY(v->u, v->s, "ratings.by", text_blank(f->short_title) ? f->title : f->short_title));
    if (f->draft)
        part_text(v->u, &in, FONT_BODY, COLOR_NOT_MET, COLOR_CARD,
                  SAY(v->u, v->s, "ratings.status", f->status));
    part_card_end(v->u, area, &card, in);
}

static const char *sub(struct ratings *v) {
    const struct ratings_model *m = v->m;
    struct arena *f = ui_arena(v->u);
    if (m->statement >= 0)
        return arena_printf(f, "%s · %s", m->f->questions[m->question].name, m->service_name);
    return m->service_name;
}

static const char *title(struct ratings *v) {
    const struct ratings_model *m = v->m;
    if (m->statement >= 0) return m->f->statements[m->statement].name;
    return m->question >= 0 ? m->f->questions[m->question].name : WORD(v->s, "ratings.title");
}

static struct intent body(struct ratings *v, rect area) {
    struct ui *u = v->u;
    struct intent in = {0};
    v->phone = part_width(u, area) == WIDTH_PHONE;
    float pad = v->phone ? 16 : ui_theme(u)->screen_pad;
    const char *key = "ratings"; /* each depth keeps its own place */
    if (v->m->f) key = arena_printf(ui_arena(u), "ratings/%s/%s", v->m->f->id, ratings_code(v));
    rect column = ui_scroll_begin(u, rect_inset(area, pad, 0), key);
    float top = column.y;
    if (column.w > 900)
        column = rect_make(column.x + (column.w - 900) / 2, column.y, 900, column.h);
    rect_cut_top(&column, pad);
    if (!v->m->f) {
        part_text(u, &column, FONT_BODY, COLOR_MUTE, COLOR_BG, WORD(v->s, "ratings.none"));
    } else {
        own_view(v, &column);
        in = is_form(v->m)         ? ratings_statement(v, &column)
             : v->m->question >= 0 ? ratings_question(v, &column)
                                   : ratings_all(v, &column);
    }
    ui_scroll_end(u, column.y - top + pad);
    return in;
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    struct ratings v = {.u = u, .s = s, .m = model, .state = state};
    v.say = (struct ratings_words){s->words, ui_arena(u)};
    bool form = v.m->f && is_form(v.m);
    struct header_result tap =
        part_header(u, s, &area,
                    &(struct header){.title = v.m->f ? title(&v) : WORD(s, "ratings.title"),
                                     .sub = sub(&v),
                                     .main = form ? WORD(s, "ratings.keep") : NULL,
                                     .main_disabled = form && !ratings_ready(&v)});
    struct intent in = tap.tap == HEADER_MAIN ? ratings_keep(&v) : part_header_intent(tap);
    in = either(in, body(&v, area));
    if (v.m->f) ratings_rules(&v);
    return in;
}

const struct screen screen_ratings = {
    .name = "ratings", .state_size = sizeof(struct ratings_state), .draw = draw};
