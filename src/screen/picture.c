/* picture.c -- one photo as large as the tablet allows, on black by day and by night; looked at
 * closely with two fingers; with what belongs to it beside it. A photo of the same place later
 * stands beside the one before.
 *
 * Journey: a thumbnail on the walk, the check or an action → here → caption, taken away, the
 * next photo. */
#include "base/hash.h"
#include "screen/picture_pieces.h"

#define NIGHT_DIM    0.5F /* a white wall must not light a bedroom */
#define PANEL_DP     380.0F
#define STAGE_PART   0.56F /* of a tall window */
#define STAGE_TYPING 0.34F
#define ROUND_DP     56.0F

/* ---- the photo ---- */

struct frame { /* one photo on the black */
    const struct evidence *e;
    struct ui_zoom *zoom;
    const char *name;
};

static const struct ui_image *pixels(const struct scene *s, const struct frame *f, rect r) {
    if (!s->image) return NULL;
    rect whole = ui_image_place(r, f->e->width, f->e->height);
    float longest =
        (whole.w > whole.h ? whole.w : whole.h) * (f->zoom->zoom > 1 ? f->zoom->zoom : 1);
    const hash256 *name = f->e->here ? &f->e->hash : &f->e->thumb;
    return hash_is_zero(name) ? NULL : s->image(s->image_ctx, name, longest);
}

static void nothing_to_see(struct picture_page *p, rect r, const struct frame *f) {
    struct ui *u = p->u;
    const char *why = WORD(p->s, f->e->here ? "picture.opening" : "picture.not_here");
    rect in = rect_inset(r, ui_theme(u)->gap, 0);
    float h = ui_text_height(u, FONT_BODY, why, in.w);
    in = rect_center(in, in.w, h + 64);
    ui_icon(u, rect_cut_top(&in, 64), f->e->here ? ICON_IMAGE : ICON_CLOUD_CHECK,
            COLOR_ON_BLACK, false, 48);
    ui_label(u, in, why,
             &(struct label){.font = FONT_BODY,
                             .color = COLOR_ON_BLACK,
                             .ground = COLOR_BLACK,
                             .align = ALIGN_CENTER});
}

/* Sizes are the photo's own, so that nothing jumps when the large one follows the small one. */
static int photo(struct picture_page *p, rect r, const struct frame *f) {
    struct ui *u = p->u;
    const struct ui_image *img = pixels(p->s, f, r);
    if (!img) {
        nothing_to_see(p, r, f);
        return 0;
    }
    ui_pinch(u, r, f->name, img->w, img->h, f->zoom);
    int swipe = ui_pinch_swipe(u);
    ui_image(u, r, img,
             &(struct image_look){
                 .name = f->name, .zoom = *f->zoom, .dim = ui_theme(u)->night ? NIGHT_DIM : 0});
    return swipe;
}

static const char *pair_tag(struct picture_page *p, bool after, const struct evidence *e) {
    return SAY(p->u, p->s, after ? "picture.after_day" : "picture.before_day",
               time_day(ui_arena(p->u), e->at));
}

static float tag_height(struct ui *u) {
    return ui_line_height(u, FONT_TAG) + 18;
}

/* The name and day of one of a pair stand above it, never on it. Both are looked at through one
 * zoom: what is closer in the one is closer in the other. */
static int pair_photo(struct picture_page *p, rect r, bool after) {
    struct ui *u = p->u;
    const struct evidence *e = after ? p->m->after : p->m->before;
    const char *name = WORD(p->s, after ? "picture.after" : "picture.before");
    const char *tag = pair_tag(p, after, e);
    rect top = rect_inset(rect_cut_top(&r, tag_height(u)), 4, 4);
    if (ui_tag_width(u, tag) > top.w) tag = name;
    ui_tag(u, rect_make(top.x, top.y, ui_tag_width(u, tag), top.h), tag, COLOR_INK, COLOR_SOFT);
    return photo(p, r, &(struct frame){e, &p->state->zoom, name});
}

static float shown_width(rect r, const struct evidence *e) {
    return ui_image_place(r, e->width, e->height).w;
}

/* Beside or below each other, whichever shows more of them. */
static void halves(rect r, const struct evidence *e, float tag_h, float gap, rect out[2]) {
    rect left = rect_column(r, 0, 2, gap);
    rect top = rect_make(r.x, r.y, r.w, (r.h - gap) / 2);
    rect left_photo = left, top_photo = top;
    rect_cut_top(&left_photo, tag_h);
    rect_cut_top(&top_photo, tag_h);
    if (shown_width(left_photo, e) >= shown_width(top_photo, e)) {
        out[0] = left;
        out[1] = rect_column(r, 1, 2, gap);
    } else {
        out[0] = top;
        out[1] = rect_make(r.x, r.y + (r.h + gap) / 2, r.w, (r.h - gap) / 2);
    }
}

static int photos(struct picture_page *p, rect r) {
    const struct picture_state *state = p->state;
    rect half[2];
    if (!p->m->before)
        return photo(
            p, r, &(struct frame){&p->m->photo, &p->state->zoom, WORD(p->s, "picture.title")});
    if (state->over) return pair_photo(p, r, !(p->before_now || state->shows_before));
    halves(r, p->m->after, tag_height(p->u), ui_theme(p->u)->unit, half);
    int swipe = pair_photo(p, half[0], false), other = pair_photo(p, half[1], true);
    return swipe ? swipe : other;
}

/* ---- the bar below it ---- */

static void go_to(struct picture_page *p, int64_t row) {
    if (!row) return;
    struct intent in = part_go(SCREEN_picture, row, 0, "");
    in.kind = INTENT_replace;
    picture_take(p, in);
}

static bool round_button(struct picture_page *p, rect r, enum icon icon, const char *key,
                         bool disabled) {
    return ui_button(p->u, rect_center(r, ROUND_DP, ROUND_DP),
                     &(struct button){.label = WORD(p->s, key),
                                      .key = key,
                                      .icon = icon,
                                      .icon_only = true,
                                      .round = true,
                                      .disabled = disabled});
}

static void bar(struct picture_page *p, rect r) {
    struct ui *u = p->u;
    const struct picture_model *m = p->m;
    bool alone = p->state->alone;
    r = rect_inset(r, ui_theme(u)->gap, 0);
    rect whole = p->s->left_hand ? rect_cut_left(&r, ROUND_DP) : rect_cut_right(&r, ROUND_DP);
    if (round_button(p, whole, alone ? ICON_ARROWS_IN : ICON_ARROWS_OUT,
                     alone ? "picture.words" : "picture.only", false)) {
        p->state->alone = !alone;
        ui_leave_fields(u);
        ui_wake_in(u, 0);
    }
    if (m->count < 2) return;
    rect left = rect_cut_left(&r, ROUND_DP + 8), right = rect_cut_right(&r, ROUND_DP + 8);
    if (round_button(p, left, ICON_CARET_LEFT, "picture.previous", !m->previous))
        go_to(p, m->previous);
    if (round_button(p, right, ICON_CARET_RIGHT, "picture.next", !m->next)) go_to(p, m->next);
    const char *of = SAY(u, p->s, "picture.of", arena_printf(ui_arena(u), "%d", m->at),
                         arena_printf(ui_arena(u), "%d", m->count));
    ui_label(u, r, of,
             &(struct label){.font = FONT_BODY,
                             .color = COLOR_ON_BLACK,
                             .ground = COLOR_BLACK,
                             .align = ALIGN_CENTER,
                             .middle = true,
                             .lines_max = 1});
}

static void stage(struct picture_page *p, rect r) {
    const struct theme *t = ui_theme(p->u);
    ui_fill(p->u, r, COLOR_BLACK, 0);
    bar(p, rect_cut_bottom(&r, ROUND_DP + t->gap));
    if (p->state->alone && p->m->before) {
        rect row = rect_cut_bottom(&r, picture_pair_height(p, r.w - 2 * t->gap) + t->unit);
        row = rect_inset(row, t->gap, 0);
        rect_cut_top(&row, t->unit);
        picture_pair(p, &row);
    }
    int swipe = photos(p, r);
    if (swipe) go_to(p, swipe > 0 ? p->m->next : p->m->previous);
}

/* ---- the page ---- */

static void page(struct picture_page *p, rect area) {
    struct ui *u = p->u;
    bool wide = part_width(u, area) == WIDTH_WIDE || area.w > area.h * 1.5F;
    if (p->state->alone) {
        stage(p, area);
        return;
    }
    rect words;
    if (wide) {
        float w = PANEL_DP * (ui_text_scale(u) > 1.5F ? 1.2F : 1);
        if (w > area.w * 0.45F) w = area.w * 0.45F;
        words = p->s->left_hand ? rect_cut_left(&area, w) : rect_cut_right(&area, w);
    } else {
        float part = ui_keyboard_up(u) ? STAGE_TYPING : STAGE_PART;
        words = rect_cut_bottom(&area, area.h * (1 - part));
    }
    picture_words(p, words); /* first: who holds the earlier photo up is known then */
    stage(p, area);
}

static struct intent draw_photo(struct ui *u, const struct scene *s, void *state,
                                const void *model, rect area) {
    const struct picture_model *m = model;
    struct picture_page p = {.u = u, .s = s, .m = m, .state = state};
    struct header h = {
        .title = WORD(s, m->before ? "picture.title_pair" : "picture.title"),
    };
    if (m->there && ((const struct picture_state *)state)->alone)
        h.sub = time_day_hm(ui_arena(u), m->photo.at);
    p.in = part_header_intent(part_header(u, s, &area, &h));
    if (!m->there) {
        rect in = rect_inset(area, ui_theme(u)->screen_pad, ui_theme(u)->screen_pad);
        part_text(u, &in, FONT_H3, COLOR_INK, COLOR_BG, WORD(s, "picture.gone"));
        return p.in;
    }
    if (p.state->row != m->row) *p.state = (struct picture_state){.row = m->row};
    ui_push(u, m->row);
    page(&p, area);
    ui_pop(u);
    return p.in;
}

const struct screen screen_picture = {
    .name = "picture", .state_size = sizeof(struct picture_state), .draw = draw_photo};
