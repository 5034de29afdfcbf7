/* button.c -- buttons of all roles. A label wraps; one whose longest word does not fit gets a
 * smaller type, then gives up its icon: a word is never cut. */
#include "ui/look.h"

#define PAD_DP      16.0f
#define PAD_LEAST   8.0f
#define PAD_ROW     16.0f
#define LINE_PAD_DP 10.0f
#define GAP_DP      10.0f

struct form { /* how a button's content is set */
    enum font font;
    float pad, icon, gap;
    float text_w;                          /* room for the words */
    float label_w, label_h, sub_h, height; /* what they take */
};

static enum font font_of(const struct button *b) {
    if (b->font != FONT_DISPLAY) return b->font;
    if (b->role == BUTTON_ROW) return b->selected ? FONT_H3 : FONT_BODY;
    return FONT_BUTTON;
}

static float icon_size(const struct ui *u, enum font f) {
    float dp = ui_theme(u)->font_dp[f] * 1.3f * u->text_scale;
    return dp > 40 ? 40 : dp;
}

static float longest_word(struct ui *u, enum font f, const char *s) {
    float most = 0;
    while (*s) {
        size_t n = strcspn(s, " \n");
        float w = n ? text_width(u, f, s, n) : 0;
        if (w > most) most = w;
        s += n;
        s += strspn(s, " \n");
    }
    return most;
}

static float widest_line(struct ui *u, enum font f, const char *s, float width, size_t *count) {
    struct text_line *lines;
    size_t n = text_lines(u, ui_arena(u), f, s, strlen(s), width, &lines);
    float most = 0;
    for (size_t i = 0; i < n; i++)
        if (lines[i].width > most) most = lines[i].width;
    *count = n;
    return most;
}

static bool beside(const struct button *b) {
    return b->icon != ICON_NONE && !b->icon_top;
}

static void measure(struct ui *u, const struct button *b, struct form *m) {
    size_t lines = 1, sub_lines = 0;
    if (m->text_w < 8) m->text_w = 8;
    m->label_w = widest_line(u, m->font, b->label, m->text_w, &lines);
    m->label_h = (float)lines * ui_line_height(u, m->font);
    m->sub_h = 0;
    if (b->sub && *b->sub) {
        float w = widest_line(u, FONT_SMALL, b->sub, m->text_w, &sub_lines);
        m->label_w = SDL_max(m->label_w, w);
        m->sub_h = (float)sub_lines * ui_line_height(u, FONT_SMALL);
    }
    m->height = m->label_h + m->sub_h;
    if (m->icon > 0 && b->icon_top)
        m->height += m->icon + 4;
    else
        m->height = SDL_max(m->height, m->icon);
}

/* Less air at the sides rather than a second line. */
static bool fits(struct ui *u, const struct button *b, float width, float height,
                 struct form *m) {
    float beside_w = beside(b) && m->icon > 0 ? m->icon + m->gap : 0;
    float words = ui_text_width(u, m->font, b->label),
          word = longest_word(u, m->font, b->label);
    float wide = b->role == BUTTON_ROW ? PAD_ROW : PAD_DP;
    float room = width - beside_w;
    bool tight = words > room - 2 * wide && words <= room - 2 * PAD_LEAST;
    m->pad = tight || word > room - 2 * wide ? PAD_LEAST : wide;
    m->text_w = room - 2 * m->pad;
    measure(u, b, m);
    return word <= m->text_w && (height <= 0 || m->height <= height - 4);
}

/* height 0: as high as it needs to be. */
static struct form form_of(struct ui *u, const struct button *b, float width, float height) {
    const enum font smaller[] = {font_of(b), FONT_SMALL, FONT_TAG};
    struct form m = {.gap = GAP_DP};
    for (int without = 0; without < 2; without++)
        for (size_t i = 0; i < sizeof smaller / sizeof *smaller; i++) {
            m.font = smaller[i];
            bool sign = b->icon != ICON_NONE && !without;
            m.icon = sign ? icon_size(u, m.font) + (b->icon_top ? 6 : 0) : 0;
            if (fits(u, b, width, height, &m)) return m;
        }
    return m;
}

/* ---- look ---- */

static struct look filled(enum color fill, enum color ink) {
    return (struct look){.fill = fill, .border = COLOR_NONE, .ink = ink, .second = ink};
}

static struct look outlined(enum color ground, enum color border, enum color ink) {
    return (struct look){
        .fill = ground, .border = border, .ink = ink, .second = COLOR_MUTE, .width = 2};
}

static struct look plain(void) {
    return outlined(COLOR_CARD, COLOR_OUTLINE, COLOR_INK);
}

/* An answer is filled when chosen; with outline_only it is tinted and outlined instead. */
static struct look answer(const struct button *b, enum color fill, enum color soft) {
    if (!b->selected) return plain();
    if (!b->outline_only) return filled(fill, COLOR_ON_MET);
    struct look l = outlined(soft, fill, fill);
    l.second = COLOR_INK;
    return l;
}

static struct look look_of(const struct button *b) {
    struct look l = plain();
    switch (b->role) {
    case BUTTON_MAIN:
        if (!b->outline_only) return filled(COLOR_PRIMARY, COLOR_ON_PRIMARY);
        return b->selected ? outlined(COLOR_SOFT, COLOR_PRIMARY, COLOR_INK) : plain();
    case BUTTON_AMBER:
        return filled(COLOR_AMBER, COLOR_ON_AMBER);
    case BUTTON_DANGER:
        if (!b->outline_only) return filled(COLOR_NOT_MET, COLOR_ON_MET);
        l = outlined(COLOR_NOT_MET_SOFT, COLOR_NOT_MET, COLOR_NOT_MET);
        l.second = COLOR_INK;
        return l;
    case BUTTON_MET:
        return answer(b, COLOR_MET, COLOR_MET_SOFT);
    case BUTTON_PARTLY:
        return answer(b, COLOR_PARTLY, COLOR_PARTLY_SOFT);
    case BUTTON_NOT_MET:
        return answer(b, COLOR_NOT_MET, COLOR_NOT_MET_SOFT);
    case BUTTON_NA:
        return answer(b, COLOR_NA, COLOR_NA_SOFT);
    case BUTTON_QUIET:
        l = filled(COLOR_NONE, COLOR_PRIMARY);
        l.second = COLOR_MUTE;
        if (b->selected) l.fill = COLOR_SOFT;
        return l;
    case BUTTON_ROW:
        l = b->selected ? outlined(COLOR_CARD, COLOR_PRIMARY, COLOR_INK)
                        : filled(COLOR_NONE, COLOR_INK);
        l.second = COLOR_MUTE;
        return l;
    case BUTTON_PLAIN:
        break;
    }
    if (!b->selected) return l;
    if (!b->outline_only) return filled(COLOR_PRIMARY, COLOR_ON_PRIMARY);
    return outlined(COLOR_SOFT, COLOR_PRIMARY, COLOR_INK);
}

/* Out of use: no fill to invite a finger, words still readable. */
static struct look disabled_look(const struct button *b) {
    struct look l = {.fill = COLOR_RAIL, .border = COLOR_LINE, .width = 1};
    if (b->role == BUTTON_QUIET || b->role == BUTTON_ROW) l.fill = l.border = COLOR_NONE;
    l.ink = l.second = COLOR_MUTE;
    return l;
}

/* ---- drawing ---- */

static void draw_words_at(struct ui *u, rect r, const struct button *b, const struct form *m,
                          const struct look *l, enum align align) {
    struct label label = {.font = m->font, .align = align};
    words_draw(u, r, b->label, &label, ui_rgb(u, l->ink));
    if (m->sub_h <= 0) return;
    rect_cut_top(&r, m->label_h);
    label.font = FONT_SMALL;
    words_draw(u, r, b->sub, &label, ui_rgb(u, l->second));
}

static void draw_stacked(struct ui *u, rect r, const struct button *b, const struct form *m,
                         const struct look *l) {
    rect in = rect_inset(r, m->pad, 0);
    in.y += (in.h - m->height) / 2;
    rect top = rect_cut_top(&in, m->icon);
    draw_icon(u, rect_center(top, m->icon, m->icon), b->icon, ui_rgb(u, l->ink), b->icon_fill);
    rect_cut_top(&in, 4);
    draw_words_at(u, in, b, m, l, ALIGN_CENTER);
}

/* Icon and words stand together in the middle, or from the left; an icon after the words of a
 * left-aligned button stands at its right edge. */
static void draw_beside(struct ui *u, rect r, const struct button *b, const struct form *m,
                        const struct look *l) {
    bool left = b->align == ALIGN_LEFT && (b->role == BUTTON_ROW || b->left);
    float icon = m->icon > 0 ? m->icon + m->gap : 0;
    rect in = rect_inset(r, m->pad, 0);
    if (!left) in = rect_center(in, m->label_w + icon, in.h);
    rect sign = {0};
    if (icon > 0) {
        sign = b->icon_after ? rect_cut_right(&in, m->icon) : rect_cut_left(&in, m->icon);
        if (b->icon_after)
            rect_cut_right(&in, m->gap);
        else
            rect_cut_left(&in, m->gap);
        draw_icon(u, rect_center(sign, m->icon, m->icon), b->icon, ui_rgb(u, l->ink),
                  b->icon_fill);
    }
    in.y += (in.h - m->label_h - m->sub_h) / 2;
    if (!left) in.x -= 0.01f, in.w += 0.02f;
    draw_words_at(u, in, b, m, l, left ? ALIGN_LEFT : ALIGN_CENTER);
}

static void draw_sign(struct ui *u, rect r, const struct button *b, const struct look *l) {
    float size = SDL_min(28 * u->text_scale, SDL_min(r.w, r.h) - 16);
    draw_icon(u, rect_center(r, size, size), b->icon, ui_rgb(u, l->ink), b->icon_fill);
}

static void tell(struct ui *u, const struct button *b, const struct form *m,
                 const struct look *l, ui_id_t id, rect r, const struct beat *beat) {
    struct thing *t = look_thing(u, "button", b->label, id, r, beat);
    t->t.ink = l->ink;
    t->t.ground = l->fill;
    t->t.font_dp = font_dp(u, m->font);
    t->t.value = b->sub && *b->sub ? arena_strdup(ui_arena(u), b->sub) : NULL;
    t->selected = b->selected;
    t->disabled = b->disabled;
    if (b->icon_only) return;
    t->cut = m->height > r.h + 1 || longest_word(u, m->font, b->label) > m->text_w + 0.5f;
}

bool ui_button(struct ui *u, rect r, const struct button *b) {
    ui_id_t id = widget_id(u, b->key ? b->key : b->label);
    struct beat beat = ui_control(u, id, r, b->disabled ? CONTROL_DISABLED : 0);
    struct form m = form_of(u, b, r.w, r.h);
    struct look l = b->disabled ? disabled_look(b) : look_of(b);
    l.radius = b->round ? SDL_min(r.w, r.h) / 2 : ui_theme(u)->radius_button;
    look_box(u, r, &l, beat.pressed);
    if (b->icon_only)
        draw_sign(u, r, b, &l);
    else if (b->icon_top && m.icon > 0)
        draw_stacked(u, r, b, &m, &l);
    else
        draw_beside(u, r, b, &m, &l);
    if (beat.ring) look_ring(u, r, l.radius);
    tell(u, b, &m, &l, id, r, &beat);
    return beat.tapped;
}

float ui_button_width(struct ui *u, const struct button *b) {
    enum font f = font_of(b);
    float words = ui_text_width(u, f, b->label);
    if (b->sub && *b->sub) words = SDL_max(words, ui_text_width(u, FONT_SMALL, b->sub));
    float pad = b->role == BUTTON_ROW ? PAD_ROW : PAD_DP;
    float icon = beside(b) ? icon_size(u, f) + GAP_DP : 0;
    float w = words + icon + 2 * pad + 1;
    return SDL_max(w, ui_theme(u)->touch_min);
}

float ui_button_height(struct ui *u, const struct button *b, float width, float least) {
    struct form m = form_of(u, b, width, 0);
    return SDL_max(m.height + 2 * LINE_PAD_DP, SDL_max(least, ui_theme(u)->touch_min));
}
