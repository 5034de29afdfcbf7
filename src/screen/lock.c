/* lock.c -- the lock page: who are you, your PIN, nothing else. See lock.h.
 *
 * What stands on it is a short list of pieces for each stage. They are measured first, so that
 * they can stand where a thumb reaches them: the pad low on a phone, at the side of the hand on
 * a tablet. */
#include "screen/lock.h"

#include "base/log.h"
#include "base/pass.h"
#include "base/text.h"
#include "screen/pad_part.h"

#define COLUMN_DP  420.0F
#define BESIDE_DP  700.0F /* from here on, at 100 % text, the pad stands beside the words */
#define PEOPLE_DP  720.0F
#define BAR_DP     72.0F
#define LAMP_DP    28.0F
#define SHORT_DP   420.0F /* lower than this the last line scrolls with the rest */
#define CODE_MOST  12
#define CODE_GROUP 4
#define PIECES     12

enum piece_kind {
    PIECE_TEXT,
    PIECE_SAYS, /* what went wrong or is awaited: keeps its place while there is nothing */
    PIECE_INITIALS,
    PIECE_PEOPLE,
    PIECE_DOTS,
    PIECE_PAD,
    PIECE_FIELD,
    PIECE_BUTTON,
    PIECE_BAR
};
struct piece {
    enum piece_kind kind;
    const char *text;
    enum font font;
    enum color color;
    enum lock_wish wish; /* of a button */
    bool main, off;
    float gap; /* below it */
};
struct lock {
    struct ui *u;
    const struct scene *s;
    const struct lock_page *p;
    const struct lock_person *person; /* NULL nobody chosen */
    bool busy;                        /* a try is being heard */
    struct lock_answer answer;
};
struct pieces {
    struct piece list[PIECES];
    int n;
};

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
    put(top, (struct piece){.kind = PIECE_INITIALS, .text = l->person->label, .gap = 16});
    put_text(top, WORD(l->s, pin ? "lock.pin" : "lock.words"), FONT_H1, COLOR_INK, 14);
    if (pin) put(top, (struct piece){.kind = PIECE_DOTS, .gap = 14});
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
                                       strlen(l->s->secret->typed) < CODE_MOST,
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

/* ---- one piece ---- */

static struct field field_of(struct lock *l) {
    bool code = l->p->stage == LOCK_CODE;
    return (struct field){.key = code ? "lock/code" : "lock/words",
                          .name = WORD(l->s, code ? "lock.code" : "lock.words"),
                          .hint = code ? NULL : WORD(l->s, "lock.words_hint"),
                          .lines = 1,
                          .focus = true,
                          .secret = l->s->secret->typed,
                          .secret_room = sizeof l->s->secret->typed,
                          .bytes_max = code ? CODE_MOST : PASS_MOST,
                          .groups = code ? CODE_GROUP : 0};
}

static float circle(struct lock *l) {
    return part_initials_size(l->u);
}

static int circles_across(struct lock *l, float width) {
    float gap = 2 * ui_theme(l->u)->touch_between;
    int n = (int)((width + gap) / (circle(l) + gap)), people = (int)l->p->people_count;
    return n < 1 ? 1 : n > people ? people : n;
}

static float people_height(struct lock *l, float width) {
    int n = (int)l->p->people_count, across = circles_across(l, width);
    if (!n) return 0;
    float rows = (float)((n + across - 1) / across), gap = 2 * ui_theme(l->u)->touch_between;
    return rows * (circle(l) + gap) - gap;
}

static struct button button_of(const struct piece *k) {
    return (struct button){
        .label = k->text, .role = k->main ? BUTTON_MAIN : BUTTON_PLAIN, .disabled = k->off};
}

static float height(struct lock *l, const struct piece *k, float width, float room) {
    struct ui *u = l->u;
    struct button b;
    struct field f;
    float two = 2 * ui_line_height(u, FONT_BODY), h;
    switch (k->kind) {
    case PIECE_TEXT:
        return ui_text_height(u, k->font, k->text, width);
    case PIECE_SAYS:
        h = ui_text_height(u, k->font, k->text, width);
        return h > two ? h : two;
    case PIECE_INITIALS:
        return circle(l) * 0.75F;
    case PIECE_PEOPLE:
        return people_height(l, width);
    case PIECE_DOTS:
        return part_dots_height(u);
    case PIECE_PAD:
        return part_pad_height(u, room);
    case PIECE_FIELD:
        f = field_of(l);
        return ui_field_height(u, &f, width);
    case PIECE_BUTTON:
        b = button_of(k);
        return ui_button_height(u, &b, width, ui_theme(u)->touch_primary);
    case PIECE_BAR:
        return 12;
    }
    return 0;
}

static float total(struct lock *l, const struct pieces *all, float width, float room) {
    float h = 0;
    for (int i = 0; i < all->n; i++)
        h += height(l, &all->list[i], width, room) + all->list[i].gap;
    return h;
}

static void wish(struct lock *l, enum lock_wish what) {
    if (!l->busy) l->answer.wish = what;
}

static void draw_people(struct lock *l, rect r) {
    int n = (int)l->p->people_count, across = circles_across(l, r.w);
    float d = circle(l), gap = 2 * ui_theme(l->u)->touch_between;
    for (int i = 0; i < n; i++) {
        int row = i / across, in_row = n - row * across < across ? n - row * across : across;
        float x =
            r.x + (r.w - (d + gap) * (float)in_row + gap) / 2 + (d + gap) * (float)(i % across);
        rect at = rect_make(x, r.y + (d + gap) * (float)row, d, d);
        char *key = arena_printf(ui_arena(l->u), "person%d", i);
        if (!part_initials_button(l->u, at, l->p->people[i].label, key)) continue;
        l->answer.chosen = i;
        wish(l, LOCK_WISH_CHOOSE);
    }
}

static void draw_pad(struct lock *l, rect r) {
    struct secret *secret = l->s->secret;
    struct pad pad = {.typed = secret->typed,
                      .room = sizeof secret->typed,
                      .off = l->busy || l->p->wait_ms > 0,
                      .ready = strlen(secret->typed) >= PASS_PIN_LEAST,
                      .enter = WORD(l->s, "lock.open")};
    if (part_pad(l->u, l->s, r, &pad) == PAD_ENTER) wish(l, LOCK_WISH_TRY);
}

static void draw_field(struct lock *l, rect r) {
    struct field f = field_of(l);
    bool code = l->p->stage == LOCK_CODE;
    size_t least = code ? CODE_MOST : PASS_WORDS_LEAST;
    if (!ui_field(l->u, r, &f).entered || l->p->wait_ms > 0) return;
    if (text_count(f.secret) >= least) wish(l, code ? LOCK_WISH_TRY_CODE : LOCK_WISH_TRY);
}

static void draw_piece(struct lock *l, rect r, const struct piece *k) {
    struct ui *u = l->u;
    struct button b;
    switch (k->kind) {
    case PIECE_TEXT:
    case PIECE_SAYS:
        if (text_blank(k->text)) break;
        ui_label(u, r, k->text,
                 &(struct label){.font = k->font, .color = k->color, .align = ALIGN_CENTER});
        break;
    case PIECE_INITIALS:
        part_initials(u, rect_center(r, r.h, r.h), k->text);
        break;
    case PIECE_PEOPLE:
        draw_people(l, r);
        break;
    case PIECE_DOTS:
        part_dots(u, r, l->s->secret->typed, PASS_PIN_LEAST);
        break;
    case PIECE_PAD:
        draw_pad(l, r);
        break;
    case PIECE_FIELD:
        draw_field(l, r);
        break;
    case PIECE_BUTTON:
        b = button_of(k);
        if (ui_button(u, r, &b)) wish(l, k->wish);
        break;
    case PIECE_BAR:
        ui_bar(u, r, &(struct segment){(float)l->p->progress, COLOR_PRIMARY}, 1, COLOR_NA_SOFT,
               WORD(l->s, l->p->sealing ? "lock.sealing" : "lock.loading"));
        break;
    }
}

static void draw_all(struct lock *l, rect *r, const struct pieces *all, float room) {
    for (int i = 0; i < all->n; i++) {
        float h = height(l, &all->list[i], r->w, room);
        draw_piece(l, rect_cut_top(r, h), &all->list[i]);
        rect_cut_top(r, all->list[i].gap);
    }
}

/* ---- where they stand ---- */

/* Words and pad beside each other, the pad at the side of the thumb. */
static float beside(struct lock *l, rect page, float room, const struct pieces *top,
                    const struct pieces *ask, const struct pieces *below) {
    float gap = 3 * ui_theme(l->u)->screen_pad, wide = 2 * COLUMN_DP * ui_text_scale(l->u);
    if (wide > page.w) wide = page.w;
    float one = (wide - gap) / 2, most = part_pad_width(l->u);
    float left_h = total(l, top, one, 0) + total(l, below, one, 0);
    float pad_h = total(l, ask, one, room - 48), h = left_h > pad_h ? left_h : pad_h;
    float free = room > h ? room - h : 0;
    float y = page.y + free * (page.w < room ? 0.7F : 0.45F);
    rect block = rect_make(page.x + (page.w - wide) / 2, y, wide, h);
    rect pad = l->s->left_hand ? rect_cut_left(&block, one) : rect_cut_right(&block, one);
    rect words = l->s->left_hand ? rect_cut_right(&block, one) : rect_cut_left(&block, one);
    pad.y += (h - pad_h) / 2;
    words.y += (h - left_h) / 2;
    if (pad.w > most) pad = rect_center(pad, most, pad.h);
    draw_all(l, &words, top, 0);
    draw_all(l, &words, below, 0);
    draw_all(l, &pad, ask, room - 48);
    return y + h - page.y;
}

/* One below the other: what is read in the middle of what is left, what is tapped at the
 * bottom. */
static float stacked(struct lock *l, rect page, float room, float widest,
                     const struct pieces *top, const struct pieces *ask,
                     const struct pieces *below) {
    if (page.w > widest) page = rect_center(page, widest, page.h);
    float words_h = total(l, top, page.w, 0), rest_h = total(l, below, page.w, 0);
    float ask_h = total(l, ask, page.w, room - words_h - rest_h);
    float h = words_h + ask_h + rest_h, free = room > h ? room - h : 0, start = page.y;
    rect_cut_top(&page, free * (ask->n ? 0.5F : 0.4F));
    draw_all(l, &page, top, 0);
    if (ask->n && page.w < COLUMN_DP) rect_cut_top(&page, free * 0.5F);
    draw_all(l, &page, ask, room - words_h - rest_h);
    draw_all(l, &page, below, 0);
    return page.y - start;
}

/* ---- the frame around ---- */

static void bar(struct lock *l, rect *area) {
    struct ui *u = l->u;
    struct arena *f = ui_arena(u);
    float h = ui_line_height(u, FONT_H2) + 20, pad = area->w < 600 ? 16 : 24;
    rect row = rect_cut_top(area, h > BAR_DP ? h : BAR_DP);
    ui_line(u, area->x, area->y, area->x + area->w, area->y, COLOR_LINE, 1);
    row = rect_inset(row, pad, 0);
    const char *hm = time_hm(f, l->s->wall_ms), *title = WORD(l->s, "common.title");
    const char *day = arena_printf(f, "%s · %s", time_day(f, l->s->wall_ms), hm);
    float name = LAMP_DP + 10 + ui_text_width(u, FONT_H2, title) + 4;
    const char *now = name + ui_text_width(u, FONT_SMALL, day) + 60 < row.w ? day : hm;
    float w = ui_text_width(u, FONT_SMALL, now) + 4;
    struct label small = {
        .font = FONT_SMALL, .color = COLOR_MUTE, .middle = true, .lines_max = 1};
    ui_label(u, rect_cut_right(&row, w), now, &small);
    rect_cut_right(&row, 6);
    ui_icon(u, rect_cut_right(&row, 20), ui_theme(u)->night ? ICON_MOON_STARS : ICON_SUN,
            COLOR_MUTE, false, 18);
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

static void page(struct lock *l, rect area) {
    struct ui *u = l->u;
    struct pieces top = {.n = 0}, ask = {.n = 0}, below = {.n = 0};
    float pad = area.w < 600 ? 16 : 24, edge = 12;
    float line = ui_text_height(u, FONT_SMALL, WORD(l->s, "lock.emergency"), area.w - 2 * pad);
    bool fixed = area.h > SHORT_DP * ui_text_scale(u);
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
    float start = in.y, room = area.h - 2 * edge;
    rect_cut_top(&in, edge);
    bool has_pad = ask.n && ask.list[ask.n - 1].kind == PIECE_PAD;
    bool wide = has_pad && in.w >= BESIDE_DP * ui_text_scale(u);
    float widest = l->p->stage == LOCK_WHO ? PEOPLE_DP : COLUMN_DP * ui_text_scale(u);
    float used = wide ? beside(l, in, room, &top, &ask, &below)
                      : stacked(l, in, room, widest, &top, &ask, &below);
    rect_cut_top(&in, used);
    if (!fixed) rect_cut_top(&in, emergency(l, in) + edge);
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
