/* lock.c -- the lock page: who are you, your PIN, nothing else. See lock.h.
 *
 * What stands on it is a short list of pieces for each stage. They are measured first, so that
 * they can stand where a thumb reaches them: the pad low on a phone, at the side of the hand on
 * a tablet. */
#include "screen/lock_pieces.h"

#include "base/log.h"
#include "base/pass.h"
#include "base/text.h"
#include "screen/pad_part.h"

#define COLUMN_DP  420.0F
#define BESIDE_DP  640.0F /* from here on, at 100 % text, the pad stands beside the words */
#define PEOPLE_DP  720.0F
#define BAR_DP     72.0F
#define BAR_LOW_DP 56.0F
#define LOW_DP     700.0F /* a window lower than this has nothing to give away */
#define NO_BAR_DP  420.0F
#define LAMP_DP    28.0F
#define SHORT_DP   420.0F /* lower than this the last line scrolls with the rest */

static void put(struct pieces *all, struct piece one) {
    if (one.kind == PIECE_TEXT && text_blank(one.text)) return;
    BELIEVE(all->n < PIECES);
    all->list[all->n++] = one;
}

static void put_text(struct pieces *all, const char *text, enum font f, enum color c,
                     float gap) {
    put(all,
        (struct piece){.kind = PIECE_TEXT, .text = text, .font = f, .color = c, .gap = gap});
}

/* ---- what each stage has ---- */

static const char *wrong(const struct lock *l) {
    if (l->p->stage == LOCK_CODE) return WORD(l->s, "lock.wrong_code");
    bool pin = !l->person || l->person->pin;
    return WORD(l->s, pin ? "lock.wrong_pin" : "lock.wrong_words");
}

/* One sentence at most of these, the one that helps. */
static struct piece says(struct lock *l) {
    struct piece one = {.kind = PIECE_SAYS, .font = FONT_BODY, .gap = 12, .text = ""};
    const struct lock_page *p = l->p;
    one.color = COLOR_NOT_MET;
    if (!text_blank(p->problem)) {
        one.text = p->problem;
    } else if (l->busy) {
        one.text = WORD(l->s, "lock.opening");
        one.color = COLOR_MUTE;
    } else if (p->wait_ms > 0) {
        one.text = SAY(l->u, l->s, "lock.wait", part_wait(l->u, l->s, p->wait_ms));
        one.color = COLOR_INK;
    } else if (p->wrong) {
        const char *tries = p->wrong_tries > 1 ? SAY(l->u, l->s, "lock.tries",
                                                     int_text(ui_arena(l->u), p->wrong_tries))
                                               : "";
        one.text = arena_printf(ui_arena(l->u), "%s %s", wrong(l), tries);
    }
    return one;
}

static void put_button(struct lock *l, struct pieces *all, const char *key,
                       enum lock_wish wish) {
    put(all, (struct piece){.kind = PIECE_BUTTON,
                            .text = WORD(l->s, key),
                            .wish = wish,
                            .off = l->busy,
                            .gap = 12});
}

static void stage_who(struct lock *l, struct pieces *top) {
    put_text(top, WORD(l->s, "lock.who"), FONT_H1, COLOR_INK, 6);
    put_text(top, WORD(l->s, "lock.who_sub"), FONT_BODY, COLOR_MUTE, 28);
    put(top, (struct piece){.kind = PIECE_PEOPLE, .gap = 24});
    put(top, says(l));
}

static void stage_try(struct lock *l, struct pieces *top, struct pieces *ask,
                      struct pieces *below) {
    bool pin = l->person->pin;
    const char *title = WORD(l->s, pin ? "lock.pin" : "lock.words");
    if (l->tight) {
        put(top, (struct piece){.kind = PIECE_WHOSE, .text = title, .gap = 8});
    } else {
        put(top, (struct piece){.kind = PIECE_INITIALS, .text = l->person->label, .gap = 16});
        put_text(top, title, FONT_H1, COLOR_INK, 14);
    }
    if (pin) put(top, (struct piece){.kind = PIECE_DOTS, .gap = l->tight ? 6 : 14});
    if (!pin) put(ask, (struct piece){.kind = PIECE_FIELD, .gap = 12});
    put(top, says(l));
    if (pin) {
        put(ask, (struct piece){.kind = PIECE_PAD, .gap = 16});
    } else {
        put(ask, (struct piece){.kind = PIECE_BUTTON,
                                .text = WORD(l->s, "lock.open"),
                                .wish = LOCK_WISH_TRY,
                                .main = true,
                                .off = l->busy || l->p->wait_ms > 0 ||
                                       text_count(l->s->secret->typed) < PASS_WORDS_LEAST,
                                .gap = 16});
    }
    if (l->p->people_count > 1) put_button(l, below, "lock.somebody_else", LOCK_WISH_BACK);
    put_button(l, below, "lock.forgotten", LOCK_WISH_FORGOT);
}

static void stage_code(struct lock *l, struct pieces *top, struct pieces *ask,
                       struct pieces *below) {
    bool code = l->p->has_code;
    put_text(top, WORD(l->s, code ? "lock.code_title" : "lock.no_code_title"), FONT_H1,
             COLOR_INK, 12);
    put_text(top, WORD(l->s, code ? "lock.code_sub" : "lock.no_code"), FONT_BODY, COLOR_INK,
             16);
    if (code) {
        put(ask, (struct piece){.kind = PIECE_FIELD, .gap = 12});
        put(ask, says(l));
        put(ask, (struct piece){.kind = PIECE_BUTTON,
                                .text = WORD(l->s, "lock.open"),
                                .wish = LOCK_WISH_TRY_CODE,
                                .main = true,
                                .off = l->busy || l->p->wait_ms > 0 ||
                                       strlen(l->s->secret->typed) < LOCK_CODE_MOST,
                                .gap = 12});
    } else if (l->p->people_count > 1) {
        put_text(top, WORD(l->s, "lock.no_code_others"), FONT_BODY, COLOR_INK, 16);
    }
    if (l->p->people_count) put_button(l, below, "common.back", LOCK_WISH_BACK);
}

static void stage_loading(struct lock *l, struct pieces *top) {
    bool sealing = l->p->sealing;
    put_text(top, WORD(l->s, sealing ? "lock.sealing" : "lock.loading"), FONT_H2, COLOR_INK,
             24);
    if (l->p->progress > 0 || sealing) put(top, (struct piece){.kind = PIECE_BAR, .gap = 12});
}

/* ---- where they stand ---- */

/* Words and pad beside each other, the pad at the side of the thumb. */
static float beside(struct lock *l, rect page, float room, const struct pieces *top,
                    const struct pieces *ask, const struct pieces *below) {
    float gap = 3 * ui_theme(l->u)->screen_pad, wide = 2 * COLUMN_DP * ui_text_scale(l->u);
    if (wide > page.w) wide = page.w;
    float one = (wide - gap) / 2, most = part_pad_width(l->u);
    float left_h = pieces_height(l, top, one, 0) + pieces_buttons_height(l, below, one);
    float pad_h = pieces_height(l, ask, one, room - 48), h = left_h > pad_h ? left_h : pad_h;
    float free = room > h ? room - h : 0;
    float y = page.y + free * (page.w < room ? 0.6F : 0.45F);
    rect block = rect_make(page.x + (page.w - wide) / 2, y, wide, h);
    rect pad = l->s->left_hand ? rect_cut_left(&block, one) : rect_cut_right(&block, one);
    rect words = l->s->left_hand ? rect_cut_right(&block, one) : rect_cut_left(&block, one);
    pad.y += (h - pad_h) / 2;
    words.y += (h - left_h) / 2;
    if (pad.w > most) pad = rect_center(pad, most, pad.h);
    pieces_draw(l, &words, top, 0);
    pieces_draw_buttons(l, &words, below);
    pieces_draw(l, &pad, ask, room - 48);
    return y + h - page.y;
}

/* One below the other: what is read in the middle of what is left, what is tapped at the
 * bottom. */
static float stacked(struct lock *l, rect page, float room, float widest,
                     const struct pieces *top, const struct pieces *ask,
                     const struct pieces *below) {
    if (page.w > widest) page = rect_center(page, widest, page.h);
    float words_h = pieces_height(l, top, page.w, 0),
          rest_h = pieces_buttons_height(l, below, page.w);
    float ask_h = pieces_height(l, ask, page.w, room - words_h - rest_h);
    float h = words_h + ask_h + rest_h, free = room > h ? room - h : 0, start = page.y;
    rect_cut_top(&page, free * (ask->n || page.w < COLUMN_DP ? 0.5F : 0.4F));
    pieces_draw(l, &page, top, 0);
    if (ask->n && page.w < COLUMN_DP) rect_cut_top(&page, free * 0.5F);
    pieces_draw(l, &page, ask, room - words_h - rest_h);
    pieces_draw_buttons(l, &page, below);
    return page.y - start;
}

/* ---- the frame around ---- */

static void bar(struct lock *l, rect *area) {
    struct ui *u = l->u;
    struct arena *f = ui_arena(u);
    float h = ui_line_height(u, FONT_H2) + 20, pad = area->w < 600 ? 16 : 24;
    float least = ui_window(u).h < LOW_DP ? BAR_LOW_DP : BAR_DP;
    if (ui_window(u).h < NO_BAR_DP) return;
    rect row = rect_cut_top(area, h > least ? h : least);
    ui_line(u, area->x, area->y, area->x + area->w, area->y, COLOR_LINE, 1);
    row = rect_inset(row, pad, 0);
    const char *hm = time_hm(f, l->s->wall_ms), *title = WORD(l->s, "common.title");
    const char *day = arena_printf(f, "%s · %s", time_day(f, l->s->wall_ms), hm);
    float name = LAMP_DP + 10 + ui_text_width(u, FONT_H2, title) + 4;
    const char *now =
        name + ui_text_width(u, FONT_SMALL, day) + 44 + 18 * ui_text_scale(u) < row.w ? day
                                                                                      : hm;
    float w = ui_text_width(u, FONT_SMALL, now) + 4;
    struct label small = {
        .font = FONT_SMALL, .color = COLOR_MUTE, .middle = true, .lines_max = 1};
    ui_label(u, rect_cut_right(&row, w), now, &small);
    rect_cut_right(&row, 6);
    float sign = 18 * ui_text_scale(u);
    ui_icon(u, rect_cut_right(&row, sign), ui_theme(u)->night ? ICON_MOON_STARS : ICON_SUN,
            COLOR_MUTE, false, sign);
    ui_icon(u, rect_cut_left(&row, LAMP_DP), ICON_LAMP_PENDANT, COLOR_AMBER, true, LAMP_DP);
    rect_cut_left(&row, 10);
    if (row.w >= ui_text_width(u, FONT_H2, title))
        ui_label(u, row, title,
                 &(struct label){.font = FONT_H2, .middle = true, .lines_max = 1});
    int64_t to_minute = 60000 - l->s->wall_ms % 60000;
    ui_wake_in(u, (int)to_minute + 1);
}

static float emergency(struct lock *l, rect r) {
    const char *text = WORD(l->s, "lock.emergency");
    return ui_label(
        l->u, r, text,
        &(struct label){.font = FONT_SMALL, .color = COLOR_MUTE, .align = ALIGN_CENTER});
}

static float widest(struct lock *l) {
    bool wide = l->p->stage == LOCK_WHO || l->p->stage == LOCK_LOADING;
    return wide ? PEOPLE_DP : COLUMN_DP * ui_text_scale(l->u);
}

/* At twice the text size there is not twice the width: a little less will do. */
static void choose_form(struct lock *l, rect area) {
    float scale = ui_text_scale(l->u), more = 0.4F + 0.6F * scale;
    bool pad = (l->p->stage == LOCK_TRY || l->p->stage == LOCK_OPENING) && l->person->pin;
    l->beside = pad && area.w - 48 >= BESIDE_DP * more;
    l->tight = area.h < LOW_DP * (l->beside ? 0.6F : 1) * (scale > 1.5F ? 1.3F : 1);
}

static void page(struct lock *l, rect area) {
    struct ui *u = l->u;
    struct pieces top = {.n = 0}, ask = {.n = 0}, below = {.n = 0};
    float pad = area.w < 600 ? 16 : 24, edge = area.h < LOW_DP ? 8 : 12;
    float line = ui_text_height(u, FONT_SMALL, WORD(l->s, "lock.emergency"), area.w - 2 * pad);
    bool fixed = area.h > SHORT_DP * ui_text_scale(u);
    choose_form(l, area);
    if (l->p->stage == LOCK_WHO) stage_who(l, &top);
    if (l->p->stage == LOCK_TRY || l->p->stage == LOCK_OPENING)
        stage_try(l, &top, &ask, &below);
    if (l->p->stage == LOCK_CODE) stage_code(l, &top, &ask, &below);
    if (l->p->stage == LOCK_LOADING) stage_loading(l, &top);
    if (fixed) {
        rect foot = rect_cut_bottom(&area, line + 2 * edge);
        emergency(l, rect_inset(foot, pad, edge));
    }
    rect in = ui_scroll_begin(u, rect_inset(area, pad, 0), "lock");
    float start = in.y, room = area.h - 2 * edge - (fixed ? 0 : line);
    rect_cut_top(&in, edge);
    float used = l->beside ? beside(l, in, room, &top, &ask, &below)
                           : stacked(l, in, room, widest(l), &top, &ask, &below);
    if (!fixed && used < room) used = room;
    rect_cut_top(&in, used);
    if (!fixed) rect_cut_top(&in, emergency(l, in));
    ui_scroll_end(u, in.y - start + edge);
}

struct lock_answer lock_draw(struct ui *u, const struct scene *s, const struct lock_page *p,
                             rect area) {
    struct lock_page now = *p;
    struct lock l = {.u = u, .s = s, .p = &now, .answer = {.chosen = -1}};
    bool there = p->chosen >= 0 && (size_t)p->chosen < p->people_count;
    if (there) l.person = &p->people[p->chosen];
    l.busy = p->stage == LOCK_OPENING;
    if (!there && p->stage == LOCK_TRY) now.stage = LOCK_WHO;
    if (!there && p->stage == LOCK_OPENING) now.stage = LOCK_CODE;
    ui_push_text(u, "lock");
    bar(&l, &area);
    page(&l, area);
    ui_pop(u);
    return l.answer;
}
