/* walk_item.c -- one question as a card: its words, its parts, and what opens on a bad answer.
 * What was said last time shows only after the answer, so that it does not anchor; an answer
 * that became another keeps its history. */
#include "screen/walk_screen.h"

#include "base/text.h"
#include "care/answer_says.h"
#include "care/part_nature.h"

#define BESIDE_DP 400.0F
#define WIDE_DP   560.0F /* here a card has room for one more sign beside its words */

static enum color border_of(const struct walk_item *i) {
    if (i->verdict == VERDICT_BAD || i->severity >= 4) return COLOR_NOT_MET;
    return COLOR_LINE;
}

/* Parts that ask for a judgement and have none yet, once the card was begun. */
static int parts_left(const struct walk_item *i) {
    int n = 0;
    for (int k = 0; i->answered && k < i->parts_count; k++) {
        bool judges = part_nature(i->parts[k].part->kind)->judges;
        n += judges && !i->parts[k].answered;
    }
    return n;
}

static const char *marks(struct walk_draw *w, const struct walk_item *i) {
    struct arena *a = ui_arena(w->u);
    int left = parts_left(i);
    const char *out = "";
    const char *texts[4] = {
        i->item->critical ? WORD(w->s, "walk.critical") : NULL,
        i->item->asks_worker ? WORD(w->s, "walk.asks_worker") : NULL,
        i->item->required && !i->answered && !i->skipped ? WORD(w->s, "walk.needed") : NULL,
        left ? SAY(w->u, w->s, "walk.parts_left", arena_printf(a, "%d", left)) : NULL};
    for (int k = 0; k < 4; k++) {
        if (texts[k]) out = arena_printf(a, "%s%s%s", out, *out ? " · " : "", texts[k]);
    }
    return out;
}

static rect sign_place(struct walk_draw *w, rect *row) {
    const struct theme *t = ui_theme(w->u);
    rect r = rect_cut_right(row, t->touch_min);
    r.h = t->touch_min;
    r.y -= t->gap * 0.8F;
    return r;
}

static float longest_word(struct ui *u, enum font font, const char *text) {
    float widest = 0;
    for (const char *at = text; *at;) {
        size_t n = strcspn(at, " ");
        float w = ui_text_width(u, font, arena_strndup(ui_arena(u), at, n));
        if (w > widest) widest = w;
        at += n + (at[n] == ' ');
    }
    return widest;
}

/* No word is ever broken: large type on a narrow card makes them smaller. */
static enum font words_font(struct ui *u, const char *text, float width) {
    if (longest_word(u, FONT_H2, text) <= width) return FONT_H2;
    return longest_word(u, FONT_H3, text) <= width ? FONT_H3 : FONT_BODY;
}

/* Its words, then the signs beside them (above them when a word needs the whole width): help,
 * and where there is room the camera. */
static float words(struct walk_draw *w, rect row, const struct walk_item *i) {
    struct ui *u = w->u;
    uint64_t key = walk_key_of(i, NULL);
    bool help = !text_blank(i->item->help), open = !w->m->sealed;
    bool has_row = i->evidence.count || walk_is_finding(i) || w->st->help == key;
    bool camera = open && !has_row && row.w >= WIDE_DP * ui_text_scale(u);
    rect more = {0}, photo = {0}, whole = row;
    if (help || open) more = sign_place(w, &row);
    if (camera) photo = sign_place(w, &row);
    const char *text = i->item->text;
    bool above = words_font(u, text, row.w) != FONT_H2;
    float down = above && more.w > 0 ? more.h - ui_theme(u)->gap : 0;
    if (above) {
        row = whole;
        rect_cut_top(&row, down);
    }
    float h = down + ui_label(u, row, text,
                              &(struct label){.font = words_font(u, text, row.w),
                                              .ground = COLOR_CARD});
    if (camera && ui_icon_button(u, photo, ICON_CAMERA, WORD(w->s, "evidence.photo")))
        walk_take(w, walk_photo(w, i));
    if ((help || open) && ui_icon_button(u, more, help ? ICON_INFO : ICON_DOTS_THREE,
                                         WORD(w->s, help ? "walk.help" : "evidence.add")))
        w->st->help = w->st->help == key ? 0 : key;
    return h;
}

static void title(struct walk_draw *w, rect *in, const struct walk_item *i) {
    struct ui *u = w->u;
    const struct theme *t = ui_theme(u);
    uint64_t key = walk_key_of(i, NULL);
    float h = words(w, *in, i);
    rect_cut_top(in, h + t->unit);
    part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, marks(w, i));
    if (w->st->help == key) {
        rect_cut_top(in, t->unit);
        part_text(u, in, FONT_BODY, COLOR_INK, COLOR_CARD, i->item->help);
    }
    walk_gap(w, in);
}

/* With two or fewer awake, whatever takes both from the floor may be left out, and that is no
 * failure. */
static bool skip_offer(struct walk_draw *w, rect *in, const struct walk_item *i) {
    struct intent clear = {.kind = INTENT_answer_clear,
                           .row = w->m->visit,
                           .word = i->item->id,
                           .other = i->room ? i->room->row : 0};
    if (i->skipped && !i->answered) {
        part_text(w->u, in, FONT_BODY, COLOR_MUTE, COLOR_CARD, WORD(w->s, "walk.skipped_both"));
        walk_gap(w, in);
        struct button b = {.label = WORD(w->s, "walk.skip_undo"), .icon = ICON_ARROW_U_UP_LEFT};
        if (walk_buttons(w, in, &b, 1, ui_theme(w->u)->touch_min) == 0) walk_take(w, clear);
        return true;
    }
    int awake = w->m->staffing.awake;
    if (!i->item->takes_both || i->answered || awake < 0 || awake > 2) return false;
    struct button b = {.label = WORD(w->s, "walk.skip_both"), .icon = ICON_USERS};
    if (walk_tap(w, in, &b, ui_theme(w->u)->touch_primary)) {
        struct answer_intent *a = ARENA_NEW(ui_arena(w->u), struct answer_intent);
        *a = (struct answer_intent){.visit = w->m->visit,
                                    .room = clear.other,
                                    .item = i->item->id,
                                    .part = i->item->parts[0].id,
                                    .set_skip = true,
                                    .skip = "both_workers"};
        walk_take(w, (struct intent){
                         .kind = INTENT_answer, .detail = a, .undo = "walk.skipped_both"});
    }
    return false;
}

static const char *said(struct walk_draw *w, const struct part *p,
                        const struct answer_value *v) {
    const char *text = answer_says(ui_arena(w->u), w->s->words, p, v);
    return text_blank(text) ? WORD(w->s, "walk.nothing_said") : text;
}

/* Was, is, when: only for what had been kept as something else. */
static void history(struct walk_draw *w, rect *in, const struct walk_part *p) {
    struct arena *a = ui_arena(w->u);
    const struct walk_answer *n = p->answer;
    int first = n->changes_count > 3 ? n->changes_count - 3 : 0;
    for (int i = first; i < n->changes_count; i++) {
        const struct walk_change *c = &n->changes[i];
        part_text(w->u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  SAY(w->u, w->s, "walk.changed", said(w, p->part, &c->was),
                      said(w, p->part, &c->is), time_hm(a, c->at)));
    }
    if (p->other) {
        part_text(w->u, in, FONT_SMALL, COLOR_PARTLY, COLOR_CARD,
                  SAY(w->u, w->s, "walk.other_tablet", said(w, p->part, &p->other->value)));
    }
    if (n->two_changed) {
        part_text(w->u, in, FONT_SMALL, COLOR_PARTLY, COLOR_CARD,
                  WORD(w->s, "walk.two_changed"));
    }
    if (n->after_leaving) {
        part_text(w->u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  WORD(w->s, "walk.after_leaving"));
    }
    if (p->last && p->answered) {
        part_text(w->u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  SAY(w->u, w->s, "walk.last_time", day_text(a, p->last->night),
                      said(w, p->part, &p->last->value)));
    }
}

/* One worker more was asked: counted here, for the person who asks, and kept nowhere. */
static void count_asked(struct walk_draw *w, const struct walk_item *i,
                        const struct intent *in) {
    if (in->kind != INTENT_answer || !i->item->asks_worker || i->answered) return;
    const struct answer_intent *a = in->detail;
    if (a->set_word && (text_equal(a->word, "not_asked") || text_equal(a->word, "spared")))
        return;
    if (!w->st->asked) w->st->asked_since = w->s->boot_ms;
    w->st->asked++;
}

/* Short controls stand beside their words where there is room, so that a card of numbers stays
 * one look. */
static bool beside(struct walk_draw *w, const rect *in, const struct part *p) {
    bool small = p->kind == PART_NUMBER || p->kind == PART_MINUTES || p->kind == PART_TIME;
    return small && !text_blank(p->text) && in->w > 2 * BESIDE_DP * ui_text_scale(w->u);
}

static struct intent draw_answer(struct walk_draw *w, rect *in, const struct answer_at *at) {
    const struct answer_kind *kind = answer_kind_of(at->part->part->kind);
    const char *text = at->part->part->text;
    if (!beside(w, in, at->part->part)) {
        part_text(w->u, in, FONT_H3, COLOR_INK, COLOR_CARD, text);
        if (!text_blank(text)) rect_cut_top(in, ui_theme(w->u)->unit * 2);
        return kind->draw(w->u, at, in);
    }
    rect left = *in, right = rect_cut_right(&left, BESIDE_DP * ui_text_scale(w->u));
    rect_cut_right(&left, ui_theme(w->u)->gap);
    float least = ui_theme(w->u)->touch_primary, top = in->y;
    float h = ui_text_height(w->u, FONT_H3, text, left.w);
    left.h = h > least ? h : least;
    ui_label(w->u, left, text,
             &(struct label){.font = FONT_H3, .ground = COLOR_CARD, .middle = true});
    struct intent out = kind->draw(w->u, at, &right);
    float used = right.y - top, words = left.h + ui_theme(w->u)->touch_between;
    rect_cut_top(in, used > words ? used : words);
    return out;
}

static void draw_part(struct walk_draw *w, rect *in, const struct walk_item *i,
                      const struct walk_part *p) {
    struct answer_at at = {.s = w->s, .m = w->m, .item = i, .part = p, .taps = &w->st->taps};
    ui_push_text(w->u, p->part->id);
    struct intent said_now = draw_answer(w, in, &at);
    count_asked(w, i, &said_now);
    walk_take(w, said_now);
    answer_target_line(w->u, &at, in);
    if (p->answer) {
        walk_finding(w, in, &at);
        float before = in->y;
        history(w, in, p);
        if (in->y > before) walk_gap(w, in);
    }
    ui_pop(w->u);
}

/* On a finding they stand there already, unless everything it says is fine again. */
static void evidence(struct walk_draw *w, rect *in, const struct walk_item *i) {
    bool asked = w->st->help == walk_key_of(i, NULL) && !w->m->sealed;
    struct evidence_to to = walk_evidence_to(w, i);
    if (asked || i->evidence.count || voice_is_for(w->s, &to)) walk_evidence(w, in, i);
}

void walk_item(struct walk_draw *w, rect *area, const struct walk_item *i) {
    struct ui *u = w->u;
    struct card card;
    ui_push_text(u, i->item->id);
    ui_push(u, i->room ? i->room->row : 0);
    rect in = part_card_begin(u, area, &card, border_of(i));
    w->added = false;
    title(w, &in, i);
    walk_mock_item(w, &in, i);
    if (!skip_offer(w, &in, i)) {
        for (int k = 0; k < i->parts_count; k++) {
            if (k) rect_cut_top(&in, ui_theme(u)->unit * 2);
            draw_part(w, &in, i, &i->parts[k]);
        }
    }
    walk_gather_item(w, &in, i);
    evidence(w, &in, i);
    in.y -= ui_theme(u)->gap; /* the last gap inside is the card's own padding */
    part_card_end(u, area, &card, in);
    ui_pop(u);
    ui_pop(u);
}
