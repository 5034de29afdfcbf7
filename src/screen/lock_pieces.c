/* lock_pieces.c -- the pieces of the lock page: how high each is, and how it is drawn and
 * answers. */
#include "screen/lock_pieces.h"

#include "base/pass.h"
#include "base/text.h"
#include "screen/pad_part.h"

#define CODE_GROUP 4
#define SLACK_DP   14.0F /* what a button gives away at its sides before its words break */

static struct field field_of(struct lock *l) {
    bool code = l->p->stage == LOCK_CODE;
    /* While it is heard it is another field: the one to type in comes back with the focus. */
    return (struct field){.key = l->busy ? "lock/heard"
                                 : code  ? "lock/code"
                                         : "lock/words",
                          .name = WORD(l->s, code ? "lock.code" : "lock.words"),
                          .hint = code ? NULL : WORD(l->s, "lock.words_hint"),
                          .lines = 1,
                          .focus = !l->busy,
                          .secret = l->s->secret->typed,
                          .secret_room = sizeof l->s->secret->typed,
                          .bytes_max = code ? LOCK_CODE_MOST : PASS_MOST,
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
    float lines = l->p->stage == LOCK_CODE || ui_text_scale(u) > 1.5F ? 1 : 2;
    float least = lines * ui_line_height(u, FONT_BODY), h;
    switch (k->kind) {
    case PIECE_TEXT:
        return ui_text_height(u, k->font, k->text, width);
    case PIECE_SAYS:
        h = ui_text_height(u, k->font, k->text, width);
        return h > least ? h : least;
    case PIECE_INITIALS:
        return circle(l) * 0.75F;
    case PIECE_WHOSE:
        h = ui_text_width(u, FONT_TAG, l->person->label) + 20;
        return h > circle(l) * 0.58F ? h : circle(l) * 0.58F;
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

float pieces_height(struct lock *l, const struct pieces *all, float width, float room) {
    float h = 0;
    for (int i = 0; i < all->n; i++)
        h += height(l, &all->list[i], width, room) + all->list[i].gap;
    return h;
}

static void wish(struct lock *l, enum lock_wish what) {
    if (!l->busy) l->answer.wish = what;
}

/* One size for all: as large as the longest allows. */
static enum font initials_font(struct lock *l) {
    static const enum font fonts[] = {FONT_H1, FONT_H2, FONT_H3, FONT_TAG};
    size_t f = 0;
    for (size_t i = 0; i < l->p->people_count; i++)
        while (f < 3 && ui_text_width(l->u, fonts[f], l->p->people[i].label) + 20 > circle(l))
            f++;
    return fonts[f];
}

static void draw_people(struct lock *l, rect r) {
    enum font font = initials_font(l);
    int n = (int)l->p->people_count, across = circles_across(l, r.w);
    float d = circle(l), gap = 2 * ui_theme(l->u)->touch_between;
    for (int i = 0; i < n; i++) {
        int row = i / across, in_row = n - row * across < across ? n - row * across : across;
        float x =
            r.x + (r.w - (d + gap) * (float)in_row + gap) / 2 + (d + gap) * (float)(i % across);
        rect at = rect_make(x, r.y + (d + gap) * (float)row, d, d);
        char *key = arena_printf(ui_arena(l->u), "person%d", i);
        if (!part_initials_button(l->u, at, l->p->people[i].label, key, font)) continue;
        l->answer.chosen = i;
        wish(l, LOCK_WISH_CHOOSE);
    }
}

static void draw_whose(struct lock *l, rect r, const char *title) {
    float word = ui_text_width(l->u, FONT_H1, title) + 2, gap = ui_theme(l->u)->gap;
    r = rect_center(r, r.h + gap + word, r.h);
    part_initials(l->u, rect_cut_left(&r, r.h), l->person->label);
    rect_cut_left(&r, gap);
    ui_label(l->u, r, title, &(struct label){.font = FONT_H1, .middle = true, .lines_max = 1});
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
    size_t least = code ? LOCK_CODE_MOST : PASS_WORDS_LEAST;
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
    case PIECE_WHOSE:
        draw_whose(l, r, k->text);
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

void pieces_draw(struct lock *l, rect *r, const struct pieces *all, float room) {
    for (int i = 0; i < all->n; i++) {
        float h = height(l, &all->list[i], r->w, room);
        draw_piece(l, rect_cut_top(r, h), &all->list[i]);
        rect_cut_top(r, all->list[i].gap);
    }
}

/* Two ways on stand side by side where their words have room. */
static bool side_by_side(struct lock *l, const struct pieces *below, float width) {
    float half = (width - ui_theme(l->u)->touch_between) / 2;
    for (int i = 0; i < below->n; i++) {
        struct button b = button_of(&below->list[i]);
        if (below->list[i].kind != PIECE_BUTTON || ui_button_width(l->u, &b) - SLACK_DP > half)
            return false;
    }
    return below->n == 2;
}

float pieces_buttons_height(struct lock *l, const struct pieces *below, float width) {
    if (!side_by_side(l, below, width)) return pieces_height(l, below, width, 0);
    return ui_theme(l->u)->touch_primary + below->list[0].gap;
}

void pieces_draw_buttons(struct lock *l, rect *r, const struct pieces *below) {
    if (!side_by_side(l, below, r->w)) {
        pieces_draw(l, r, below, 0);
        return;
    }
    rect row = rect_cut_top(r, ui_theme(l->u)->touch_primary);
    for (int i = 0; i < 2; i++)
        draw_piece(l, rect_column(row, i, 2, ui_theme(l->u)->touch_between), &below->list[i]);
    rect_cut_top(r, below->list[0].gap);
}
