/* ratings_evidence.c -- what was found here about a statement, and what its score rests on: a
 * tap links it, a tap takes the link away. Before the first score is kept the links wait with
 * it. */
#include "screen/ratings_pieces.h"

#include "base/text.h"

#define PHOTO_DP 72.0F
#define FEW      10 /* so many at first: what the score may breach stands below */

static const char *tag_of(struct ratings *v, const struct ratings_evidence *e, enum color *ink,
                          enum color *ground) {
    *ink = e->verdict == VERDICT_GOOD     ? COLOR_MET
           : e->verdict == VERDICT_PARTLY ? COLOR_PARTLY
           : e->verdict == VERDICT_BAD    ? COLOR_NOT_MET
                                          : COLOR_NA;
    *ground = e->verdict == VERDICT_GOOD     ? COLOR_MET_SOFT
              : e->verdict == VERDICT_PARTLY ? COLOR_PARTLY_SOFT
              : e->verdict == VERDICT_BAD    ? COLOR_NOT_MET_SOFT
                                             : COLOR_NA_SOFT;
    switch (e->of) {
    case EVIDENCE_OF_SEEN:
        return WORD(v->s, "ratings.seen");
    case EVIDENCE_OF_HEARD:
        return WORD(v->s, "ratings.heard");
    case EVIDENCE_OF_ACTION:
        return e->from;
    case EVIDENCE_OF_PHOTO:
        return WORD(v->s, "ratings.photo");
    case EVIDENCE_OF_ANSWER:
        break;
    }
    return WORD(v->s, e->verdict == VERDICT_GOOD     ? "ratings.good"
                      : e->verdict == VERDICT_PARTLY ? "ratings.partly"
                      : e->verdict == VERDICT_BAD    ? "ratings.bad"
                                                     : "ratings.answer");
}

static const char *from(struct ratings *v, const struct ratings_evidence *e) {
    struct arena *f = ui_arena(v->u);
    const char *when = time_day(f, e->at);
    if (e->of == EVIDENCE_OF_ANSWER) return arena_printf(f, "%s · %s", e->from, when);
    if (e->of != EVIDENCE_OF_HEARD || text_blank(e->from)) return when;
    const char *key = arena_printf(f, "ratings.said_%s", e->from);
    return words_have(v->s->words, key) ? arena_printf(f, "%s · %s", WORD(v->s, key), when)
                                        : when;
}

static int picked(const struct ratings *v, int64_t row) {
    for (int i = 0; i < v->state->picks_count; i++)
        if (v->state->picks[i] == row) return i;
    return -1;
}

static void pick(struct ratings *v, int64_t row) {
    struct ratings_state *st = v->state;
    int at = picked(v, row);
    if (at >= 0)
        st->picks[at] = st->picks[--st->picks_count];
    else if (st->picks_count < RATINGS_PICKS)
        st->picks[st->picks_count++] = row;
}

static struct intent toggle(struct ratings *v, const struct ratings_evidence *e) {
    const struct ratings_given *g = ratings_given_of(v->m, ratings_code(v), ratings_kind(v));
    if (e->basis)
        return (struct intent){
            .kind = INTENT_score_unlink, .row = e->basis, .undo = "ratings.unlinked_now"};
    if (g)
        return (struct intent){.kind = INTENT_score_link,
                               .row = g->row,
                               .other = e->row,
                               .undo = "ratings.linked_now"};
    pick(v, e->row);
    return (struct intent){0};
}

static struct button link_button(struct ratings *v, bool on) {
    return (struct button){.label = WORD(v->s, on ? "ratings.link_on" : "ratings.link_off"),
                           .key = "link",
                           .icon = on ? ICON_CHECK : ICON_LINK,
                           .selected = on,
                           .outline_only = true,
                           .font = FONT_SMALL};
}

/* Its words, and the button beside them where there is room for both. */
static struct intent line(struct ratings *v, rect *in, const struct ratings_evidence *e) {
    struct ui *u = v->u;
    enum color ink, ground;
    rect words = *in;
    struct button b = link_button(v, e->basis || picked(v, e->row) >= 0);
    struct button wider = link_button(v, true), narrow = link_button(v, false);
    float least = ui_theme(u)->touch_min, w = ui_button_width(u, &wider),
          w2 = ui_button_width(u, &narrow);
    if (w2 > w) w = w2; /* the words stay where they are when it is tapped */
    bool beside = in->w - w > 360 * ui_text_scale(u), tapped = false;
    ui_push(u, e->row);
    rect_cut_top(&words, 12);
    rect right = words;
    if (beside) {
        right = rect_cut_right(&words, w);
        rect_cut_right(&words, 16);
    }
    if (e->of == EVIDENCE_OF_PHOTO && v->s->image) {
        const struct ui_image *img = v->s->image(v->s->image_ctx, &e->thumb, PHOTO_DP);
        ui_image(u, rect_make(words.x, words.y, PHOTO_DP, PHOTO_DP), img,
                 &(struct image_look){.name = e->text, .cover = true, .radius = 8});
        rect_cut_left(&words, PHOTO_DP + 12);
    }
    const char *tag = tag_of(v, e, &ink, &ground);
    ratings_tag_line(v, &words, tag, ink, ground, e->text, FONT_BODY);
    if (!text_blank(e->note)) part_text(u, &words, FONT_BODY, COLOR_INK, COLOR_CARD, e->note);
    part_text(u, &words, FONT_SMALL, COLOR_MUTE, COLOR_CARD, from(v, e));
    if (beside) {
        tapped = ui_button(u, rect_make(right.x, right.y, w, least), &b);
    } else {
        float high = ui_button_height(u, &b, words.w, least);
        rect_cut_top(&words, 8);
        rect r = rect_cut_top(&words, high);
        r.w = w < r.w ? w : r.w;
        tapped = ui_button(u, r, &b);
    }
    float low = in->y + 12 + (e->of == EVIDENCE_OF_PHOTO ? PHOTO_DP : beside ? least : 0);
    if (words.y < low) words.y = low;
    rect_cut_top(in, words.y + 12 - in->y);
    ui_line(u, in->x, in->y, in->x + in->w, in->y, COLOR_LINE, 1);
    ui_pop(u);
    return tapped ? toggle(v, e) : (struct intent){0};
}

static void show_all(struct ratings *v, rect *in, int hidden) {
    struct button b = {
        .label = SAY(v->u, v->s, "ratings.found_rest", int_text(ui_arena(v->u), hidden)),
        .key = "found-more",
        .icon = ICON_CARET_DOWN,
        .font = FONT_BODY};
    rect_cut_top(in, 12);
    float high = ui_button_height(v->u, &b, in->w, ui_theme(v->u)->touch_min);
    if (ui_button(v->u, rect_cut_top(in, high), &b)) v->state->all = 1;
    rect_cut_top(in, 12);
}

struct intent ratings_evidence(struct ratings *v, rect *area) {
    const struct ratings_evidence_list *l = &v->m->evidence;
    struct arena *f = ui_arena(v->u);
    struct intent out = {0};
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    part_text(v->u, &in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(v->s, "ratings.found"));
    part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
              l->total ? SAY(v->u, v->s, "ratings.found_counts", int_text(f, l->total),
                             int_text(f, l->good), int_text(f, l->partly), int_text(f, l->bad))
                       : WORD(v->s, "ratings.found_none"));
    int shown = 0, hidden = 0;
    for (int i = 0; i < l->count; i++) {
        /* first what was found for the kind of evidence that is scored */
        const struct evidence_category *c = v->m->category;
        if (c && !text_equal(l->all[i].category, c->id) && !l->all[i].basis) continue;
        bool rests = l->all[i].basis || picked(v, l->all[i].row) >= 0;
        if (!v->state->all && shown >= FEW && !rests && ++hidden) continue;
        shown++;
        out = either(out, line(v, &in, &l->all[i]));
    }
    if (hidden) show_all(v, &in, hidden);
    if (l->total > l->count && !hidden) {
        rect_cut_top(&in, 8);
        part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  SAY(v->u, v->s, "ratings.found_more", int_text(f, l->count),
                      int_text(f, l->total)));
    }
    part_card_end(v->u, area, &card, in);
    return out;
}
