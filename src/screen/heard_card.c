/* heard_card.c -- a card for somebody who cannot easily say: one question in a few very large
 * words with its picture, and answers to point at. The tablet is turned to the person, so that
 * nothing else can be read on it: no name, no heading, nothing of before. What they pointed at
 * is kept with the prompt. */
#include "screen/heard_pieces.h"

#include "base/text.h"

#define PICTURE_DP    168.0F
#define POINT_ICON_DP 56.0F
#define FACE_DP       96.0F
#define BAR_DP        72.0F
#define COVER_DP      80.0F /* its corner stays free */

static const char *const answers[] = {"yes", "no", "not_sure"};

static bool is_card(const struct heard_prompt *p) {
    return !text_blank(p->simple) && (p->stage == STAGE_ASK || p->stage == STAGE_PROBE);
}

bool heard_has_cards(const struct heard *v) {
    int who = v->state->speaker;
    if (who != SPEAKER_LIVES_HERE && who != SPEAKER_SHOWED_US) return false;
    for (int i = 0; v->guide && i < v->guide->count; i++)
        if (is_card(&v->guide->prompts[i])) return true;
    return false;
}

/* The next question of the talk that has a card; -1 none. */
static int card_from(const struct heard *v, int from) {
    for (int i = from; i < v->guide->pages; i++)
        if (is_card(&v->guide->prompts[i])) return i;
    return -1;
}

static bool asks_first(const struct heard *v) {
    return v->state->speaker != SPEAKER_SHOWED_US && v->state->consent == CONSENT_UNSAID;
}

void heard_cards_open(struct heard *v) {
    int at = v->state->prompt, may = heard_consent_page(v);
    if (v->state->consent == CONSENT_NO) return;
    if (asks_first(v) && !text_blank(v->guide->prompts[may].simple)) {
        at = may;
    } else if (!is_card(&v->guide->prompts[at])) {
        at = card_from(v, at);
        if (at < 0) at = card_from(v, 0);
    }
    if (at >= 0) v->state->card = at + 1;
}

/* ---- what they point at ---- */

/* The part that yes and no answer: the question's own, or the card's. */
static const char *yes_part(const struct heard_prompt *p) {
    for (int i = 0; i < p->parts_count; i++)
        if (p->parts[i].kind == PART_YES_NO) return p->parts[i].id;
    return "card";
}

static const char *face_part(const struct heard_prompt *p) {
    for (int i = 0; i < p->parts_count; i++)
        if (p->parts[i].kind == PART_FACE) return p->parts[i].id;
    return NULL;
}

static const char *answer_now(struct heard *v, const struct heard_prompt *p) {
    static const char *const said[] = {"", "yes", "yes", "no"};
    return p->consent ? said[v->state->consent] : heard_part_word(v, p, yes_part(p));
}

static void answer_put(struct heard *v, const struct heard_prompt *p, const char *said) {
    if (!p->consent) {
        heard_put_part(v, p, yes_part(p), said);
        return;
    }
    v->state->consent = text_equal(said, "yes")  ? CONSENT_YES
                        : text_equal(said, "no") ? CONSENT_NO
                                                 : CONSENT_UNSAID;
    if (v->state->consent == CONSENT_NO) heard_forget_said(v);
}

/* A picture large enough to be pointed at without reading, the word below it. */
static bool point_at(struct heard *v, rect r, const char *name, enum icon icon, bool now) {
    struct ui *u = v->u;
    float radius = ui_theme(u)->radius_button;
    ui_fill(u, r, now ? COLOR_SOFT : COLOR_CARD, radius);
    ui_outline(u, r, now ? COLOR_PRIMARY : COLOR_OUTLINE, radius, now ? 4 : 2);
    rect in = rect_inset(r, 4, 10);
    enum font f = ui_text_width(u, FONT_H1, name) <= in.w ? FONT_H1 : FONT_H3;
    float h = ui_text_height(u, f, name, in.w);
    rect words = rect_cut_bottom(&in, h);
    ui_icon(u, in, icon, COLOR_INK, now, POINT_ICON_DP);
    ui_label(u, words, name,
             &(struct label){.font = f,
                             .color = COLOR_INK,
                             .ground = now ? COLOR_SOFT : COLOR_CARD,
                             .align = ALIGN_CENTER});
    return ui_tap_area(u, r, name);
}

static float points_height(struct heard *v, float width) {
    struct ui *u = v->u;
    float most = 0, w = (width - 2 * ui_theme(u)->touch_between) / 3 - 8;
    for (int i = 0; i < 3; i++) {
        const char *name = WORD(v->s, arena_printf(ui_arena(u), "heard.said_%s", answers[i]));
        bool large = ui_text_width(u, FONT_H1, name) <= w;
        float h = ui_text_height(u, large ? FONT_H1 : FONT_H3, name, w);
        if (h > most) most = h;
    }
    return most + POINT_ICON_DP + 28;
}

static void yes_or_no(struct heard *v, rect *in, const struct heard_prompt *p) {
    static const enum icon icons[] = {ICON_THUMBS_UP, ICON_THUMBS_DOWN, ICON_QUESTION};
    struct ui *u = v->u;
    const char *said = answer_now(v, p);
    rect row = rect_cut_top(in, points_height(v, in->w));
    for (int i = 0; i < 3; i++) {
        const char *name = WORD(v->s, arena_printf(ui_arena(u), "heard.said_%s", answers[i]));
        bool now = text_equal(said, answers[i]);
        if (point_at(v, rect_column(row, i, 3, ui_theme(u)->touch_between), name, icons[i],
                     now))
            answer_put(v, p, now ? "" : answers[i]);
    }
    rect_cut_top(in, ui_theme(u)->touch_between);
}

static void faces(struct heard *v, rect *in, const struct heard_prompt *p, const char *part) {
    struct ui *u = v->u;
    float gap = in->w < 420 ? 8 : ui_theme(u)->touch_between;
    float size = (in->w - 4 * gap) / 5;
    if (size > FACE_DP) size = FACE_DP;
    if (size < 48) size = 48;
    rect row = rect_center(rect_cut_top(in, size + 8), 5 * size + 4 * gap, size);
    for (int i = 0; i < 5; i++) {
        const char *one = arena_printf(ui_arena(u), "%d", i + 1);
        const char *name = WORD(v->s, arena_printf(ui_arena(u), "heard.face_%d", i + 1));
        bool now = text_equal(heard_part_word(v, p, part), one);
        rect r = rect_make(row.x + (float)i * (size + gap), row.y, size, size);
        if (now) ui_fill(u, r, COLOR_SOFT, ui_theme(u)->radius_button);
        if (now) ui_outline(u, r, COLOR_PRIMARY, ui_theme(u)->radius_button, 3);
        heard_face(u, rect_inset(r, 6, 6), i + 1, now ? COLOR_INK : COLOR_MUTE);
        if (ui_tap_area(u, r, name)) heard_put_part(v, p, part, now ? "" : one);
    }
    rect_cut_top(in, gap);
}

/* ---- the page ---- */

static struct intent stop(struct heard *v) {
    v->state->card = 0;
    return heard_keep_so_far(v, false);
}

/* Without their yes no question follows that could not be kept. */
static struct intent next(struct heard *v) {
    const struct heard_prompt *p = &v->guide->prompts[v->state->card - 1];
    int from = p->stage == STAGE_PROBE ? v->state->from + 1
               : p->consent            ? v->state->prompt
                                       : v->state->card;
    int to = card_from(v, from);
    if (p->consent && to < 0) to = card_from(v, 0);
    if (to < 0 || (p->consent && v->state->consent != CONSENT_YES)) return stop(v);
    v->state->card = to + 1;
    return heard_go_to(v, to, true);
}

/* Stop stands left, the corner of Cover stays free for either hand. */
static bool bar(struct heard *v, rect *area) {
    struct ui *u = v->u;
    struct button b = {.label = WORD(v->s, "heard.card_stop"),
                       .key = "stop",
                       .icon = ICON_X,
                       .role = BUTTON_QUIET};
    float h = ui_line_height(u, FONT_BUTTON) + 24;
    rect row = rect_cut_top(area, h > BAR_DP ? h : BAR_DP);
    if (v->s->left_hand)
        rect_cut_left(&row, COVER_DP);
    else
        rect_cut_right(&row, COVER_DP);
    rect_cut_left(&row, 8);
    float w = ui_button_width(u, &b);
    row.w = w < row.w ? w : row.w;
    return ui_button(u, rect_center(row, row.w, h > 56 ? h : 56), &b) || ui_back_pressed(u);
}

static bool foot(struct heard *v, rect *area) {
    struct ui *u = v->u;
    struct button b = {.label = WORD(v->s, "heard.card_next"),
                       .key = "next_card",
                       .icon = ICON_ARROW_RIGHT,
                       .icon_after = true};
    float h = ui_button_height(u, &b, area->w - 32, 64);
    rect r = rect_inset(rect_cut_bottom(area, h + 24), 16, 12);
    float w = ui_button_width(u, &b) + 48;
    return ui_button(u, rect_center(r, w < r.w ? w : r.w, h), &b);
}

static float high(struct heard *v, const struct heard_prompt *p, float width, float picture) {
    return picture + 16 + ui_text_height(v->u, FONT_DISPLAY, p->simple, width);
}

static void question(struct heard *v, rect *in, const struct heard_prompt *p, float room) {
    struct ui *u = v->u;
    float picture = PICTURE_DP;
    while (picture > 72 && high(v, p, in->w, picture) > room)
        picture -= 12;
    float spare = room - high(v, p, in->w, picture);
    if (spare > 0) rect_cut_top(in, spare / 2);
    ui_icon(u, rect_cut_top(in, picture), heard_picture(p->picture), COLOR_INK, false, picture);
    rect_cut_top(in, 16);
    float h = ui_text_height(u, FONT_DISPLAY, p->simple, in->w);
    ui_label(u, rect_cut_top(in, h), p->simple,
             &(struct label){.font = FONT_DISPLAY, .color = COLOR_INK, .align = ALIGN_CENTER});
    if (spare > 0) rect_cut_top(in, spare / 2);
}

struct intent heard_card(struct heard *v, rect area) {
    struct ui *u = v->u;
    if (!v->guide || v->state->card > v->guide->count) {
        v->state->card = 0;
        return (struct intent){0};
    }
    const struct heard_prompt *p = &v->guide->prompts[v->state->card - 1];
    const char *face = p->consent ? NULL : face_part(p);
    if (bar(v, &area)) return stop(v);
    if (foot(v, &area)) return next(v);
    float pad = area.w < 600 ? 16 : 48;
    rect in = ui_scroll_begin(u, rect_inset(area, pad, 0), "card");
    float top = in.y, below = points_height(v, in.w) + 28 + (face ? FACE_DP + 20 : 0);
    question(v, &in, p, area.h - below - 24);
    rect_cut_top(&in, 16);
    yes_or_no(v, &in, p);
    if (face) faces(v, &in, p, face);
    ui_scroll_end(u, in.y - top + 8);
    return (struct intent){0};
}
