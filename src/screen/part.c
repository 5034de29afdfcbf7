/* part.c -- pieces that screens share: the top bar, options, chips, cards. See part.h. */
#include "screen/part.h"

#include "base/text.h"

#define BAR_DP 72.0F /* top bar at 100 % text */
#define COVER_ROOM_DP \
    76.0F /* kept free for Cover, which the app draws in its corner above everything */
#define CHIP_DP        48.0F
#define TITLE_LEAST_DP 180.0F

enum width_class part_width(struct ui *u, rect area) {
    float effective = area.w / ui_text_scale(u);
    if (effective < 600.0F) return WIDTH_PHONE;
    return effective < 960.0F ? WIDTH_PORTRAIT : WIDTH_WIDE;
}

/* ---- the top bar
 * ------------------------------------------------------------------------------- */

struct bar {
    struct ui *u;
    const struct scene *s;
    const struct header *h;
    struct header_result result;
    bool stacked; /* phone: chips below, main button at the bottom */
};

/* Chips stand on the far side of the title for either hand, so that they never meet it. */
static rect cut_far(struct bar *b, rect *r, float w) {
    rect cut = b->stacked ? rect_cut_left(r, w) : rect_cut_right(r, w);
    if (b->stacked) {
        rect_cut_left(r, ui_theme(b->u)->gap);
    } else {
        rect_cut_right(r, ui_theme(b->u)->gap);
    }
    return cut;
}

static rect cut_near(struct bar *b, rect *r, float w) { /* the side of the thumb */
    return b->s->left_hand ? rect_cut_left(r, w) : rect_cut_right(r, w);
}

static void bar_main(struct bar *b, rect *row, rect *area) {
    struct ui *u = b->u;
    const struct theme *t = ui_theme(u);
    if (!b->h->main) return;
    struct button m = {.label = b->h->main,
                       .key = "header-main",
                       .icon = b->h->main_icon,
                       .role = b->h->main_plain ? BUTTON_PLAIN : BUTTON_MAIN,
                       .disabled = b->h->main_disabled};
    rect r;
    if (b->stacked) {
        float h = ui_button_height(u, &m, area->w - 2 * t->gap, t->touch_primary);
        rect foot = rect_cut_bottom(area, h + 2 * t->gap);
        ui_line(u, foot.x, foot.y, foot.x + foot.w, foot.y, COLOR_LINE, 1);
        r = rect_inset(foot, t->gap, t->gap);
    } else {
        float w = ui_button_width(u, &m);
        r = cut_near(b, row, w);
        cut_near(b, row, t->gap);
        r = rect_center(r, w, t->touch_primary < row->h ? t->touch_primary : row->h);
    }
    if (ui_button(u, r, &m)) b->result = (struct header_result){.tap = HEADER_MAIN};
}

static bool bar_chip(struct bar *b, rect *row, const char *label, enum icon icon, bool lit) {
    struct ui *u = b->u;
    float w = ui_chip_width(u, label, icon), h = ui_line_height(u, FONT_TAG) + 20;
    if (h < CHIP_DP) h = CHIP_DP;
    if (w > row->w) return false;
    rect r = cut_far(b, row, w);
    return ui_chip(u, rect_center(r, w, h), label, icon, lit);
}

static void bar_saved(struct bar *b, rect *row) {
    struct ui *u = b->u;
    if (b->h->no_saved || !b->s->saved_at) return;
    const char *said = SAY(u, b->s, "common.saved", time_hms(ui_arena(u), b->s->saved_at));
    float w = ui_text_width(u, FONT_TAG, said) + 28;
    if (w > row->w) return;
    rect r = cut_far(b, row, w);
    ui_icon(u, rect_cut_left(&r, 24), ICON_CHECK_CIRCLE, COLOR_MET, false, 18);
    ui_label(
        u, r, said,
        &(struct label){.font = FONT_TAG, .color = COLOR_MET, .middle = true, .lines_max = 1});
}

static void bar_timers(struct bar *b, rect *row) {
    struct ui *u = b->u;
    for (int i = 0; i < b->s->running_count && i < 2; i++) {
        const struct running *t = &b->s->running[i];
        ui_push(u, t->row);
        const char *clock = duration_clock(ui_arena(u), t->ms);
        bool late = t->target_ms && t->ms >= t->target_ms;
        if (bar_chip(b, row, clock, late ? ICON_BELL_RINGING : ICON_TIMER, late))
            b->result = (struct header_result){.tap = HEADER_TIMER, .timing = t->row};
        ui_pop(u);
    }
    if (!b->s->running_count && b->h->timer_button &&
        bar_chip(b, row, WORD(b->s, "common.time_bell"), ICON_TIMER, false))
        b->result = (struct header_result){.tap = HEADER_TIMER};
}

static void bar_chips(struct bar *b, rect *row) {
    bar_timers(b, row);
    bar_saved(b, row);
    if (b->s->sample) {
        const char *sample = WORD(b->s, "common.sample");
        float w = ui_tag_width(b->u, sample), h = ui_line_height(b->u, FONT_TAG) + 12;
        if (w > row->w) return;
        rect r = cut_far(b, row, w);
        ui_tag(b->u, rect_center(r, w, h), sample, COLOR_PARTLY, COLOR_PARTLY_SOFT);
    }
}

static bool has_chips(const struct bar *b) {
    return b->s->running_count || b->h->timer_button || (!b->h->no_saved && b->s->saved_at) ||
           b->s->sample;
}

#define TITLE_LINES 2

#define LARGE_TYPE  1.4F

static bool tall(struct bar *b, enum font f, float width, int most) {
    float lines = ui_line_height(b->u, f) * ((float)most + 0.5F);
    return ui_text_height(b->u, f, b->h->title, width) > lines;
}

/* A long word in large type on a phone is set smaller: it is never broken. So is a long title,
 * which would leave little of the page. */
static enum font title_font(struct bar *b, float width) {
    struct arena *a = ui_arena(b->u);
    if (tall(b, FONT_H3, width, TITLE_LINES)) return FONT_TAG;
    for (const char *at = b->h->title; *at;) {
        size_t n = strcspn(at, " ");
        if (ui_text_width(b->u, FONT_H3, arena_strndup(a, at, n)) > width) return FONT_TAG;
        at += n + (at[n] == ' ');
    }
    return FONT_H3;
}

/* Under a long title on a phone the second line is left out: it says what Home has said. In
 * large type any title of two lines is long. */
static bool has_sub(struct bar *b, float width) {
    if (text_blank(b->h->sub)) return false;
    int most = ui_text_scale(b->u) > LARGE_TYPE ? 1 : TITLE_LINES;
    return !b->stacked || !tall(b, FONT_H3, width, most);
}

static float title_height(struct bar *b, float width) {
    float h = ui_text_height(b->u, title_font(b, width), b->h->title, width);
    if (has_sub(b, width)) h += ui_text_height(b->u, FONT_SMALL, b->h->sub, width);
    return h;
}

static void bar_title(struct bar *b, rect r) {
    float h = title_height(b, r.w);
    bool sub = has_sub(b, r.w);
    r = rect_center(r, r.w, h);
    rect_cut_top(&r,
                 ui_label(b->u, r, b->h->title, &(struct label){.font = title_font(b, r.w)}));
    if (sub)
        ui_label(b->u, r, b->h->sub, &(struct label){.font = FONT_SMALL, .color = COLOR_MUTE});
}

static void bar_back(struct bar *b, rect *row) {
    rect r = rect_cut_left(row, 56);
    const char *name = WORD(b->s, b->h->close ? "common.close" : "common.back");
    if (ui_icon_button(b->u, rect_center(r, 48, 48), b->h->close ? ICON_X : ICON_CARET_LEFT,
                       name))
        b->result = (struct header_result){.tap = HEADER_BACK};
}

/* Width that the title may count on beside the chips and the main button, for the bar's height.
 */
static float title_room(struct bar *b, float width) {
    float room = width - COVER_ROOM_DP - (b->h->no_back ? 24 : 68);
    if (!b->stacked && b->h->main)
        room -= ui_button_width(
                    b->u, &(struct button){.label = b->h->main, .icon = b->h->main_icon}) +
                12;
    if (!b->stacked && has_chips(b)) room -= room * 0.5F;
    return room < TITLE_LEAST_DP ? TITLE_LEAST_DP : room;
}

struct header_result part_header(struct ui *u, const struct scene *s, rect *area,
                                 const struct header *h) {
    struct bar b = {.u = u, .s = s, .h = h, .stacked = part_width(u, *area) != WIDTH_WIDE};
    float need = title_height(&b, title_room(&b, area->w)) + 20;
    rect bar = rect_cut_top(area, need > BAR_DP ? need : BAR_DP);
    rect row = bar, chips;
    cut_near(&b, &row, COVER_ROOM_DP);
    if (h->no_back) {
        rect_cut_left(&row, 24);
    } else {
        bar_back(&b, &row);
        rect_cut_left(&row, 12);
    }
    bar_main(&b, &row, area);
    if (b.stacked && has_chips(&b)) {
        float line = ui_line_height(u, FONT_TAG) + 20;
        chips = rect_cut_top(area, line > CHIP_DP ? line : CHIP_DP);
        rect_cut_left(&chips, 16);
        bar_chips(&b, &chips);
        bar.h += chips.h;
    } else if (!b.stacked) {
        rect room = row;
        rect_cut_left(&room, row.w * 0.5F > TITLE_LEAST_DP ? row.w * 0.35F : TITLE_LEAST_DP);
        float before = room.w;
        bar_chips(&b, &room);
        rect_cut_right(&row, before - room.w);
    }
    bar_title(&b, row);
    ui_line(u, bar.x, bar.y + bar.h, bar.x + bar.w, bar.y + bar.h, COLOR_LINE, 1);
    return b.result;
}

struct intent part_header_intent(struct header_result r) {
    if (r.tap == HEADER_BACK) return (struct intent){.kind = INTENT_back};
    return (struct intent){.kind = INTENT_none};
}

/* ---- texts
 * ---------------------------------------------------------------------------------------- */

float part_text(struct ui *u, rect *area, enum font f, enum color c, enum color ground,
                const char *text) {
    if (text_blank(text)) return 0;
    float h =
        ui_label(u, *area, text, &(struct label){.font = f, .color = c, .ground = ground});
    rect_cut_top(area, h);
    return h;
}

float part_heading(struct ui *u, rect *area, const char *text) {
    float h = part_text(u, area, FONT_H3, COLOR_INK, COLOR_BG, text), gap = ui_theme(u)->gap;
    rect_cut_top(area, gap);
    return h + gap;
}

/* ---- options: a row of equal buttons, in as many columns as their words allow
 * ------------------------------- */

static struct button option_button(const struct option *o, bool selected, char *key) {
    return (struct button){.label = o->label,
                           .sub = o->sub,
                           .key = key,
                           .icon = o->icon,
                           .role = selected ? o->role : BUTTON_PLAIN,
                           .selected = selected,
                           .disabled = o->disabled,
                           .outline_only = o->outline_only,
                           .font = o->small ? FONT_SMALL : FONT_BUTTON};
}

static int option_columns(struct ui *u, float width, const struct option *o, int n) {
    float widest = 0, gap = ui_theme(u)->touch_between;
    for (int i = 0; i < n; i++) {
        struct button b = option_button(&o[i], false, NULL);
        float w = ui_button_width(u, &b);
        if (w > widest) widest = w;
    }
    for (int columns = n; columns > 1; columns--)
        if ((width - gap * (float)(columns - 1)) / (float)columns >= widest) {
            int rows = (n + columns - 1) / columns;
            return (n + rows - 1) / rows; /* even rows: 4 as 2 and 2, not 3 and 1 */
        }
    return 1;
}

int part_options(struct ui *u, rect *area, const char *key, const struct option *o, int n,
                 int selected, float height) {
    int tapped = -1, columns = option_columns(u, area->w, o, n);
    float gap = ui_theme(u)->touch_between;
    ui_push_text(u, key);
    for (int first = 0; first < n; first += columns) {
        int in_row = n - first < columns ? n - first : columns;
        float tall = height;
        for (int i = first; i < first + in_row; i++) {
            struct button b = option_button(&o[i], i == selected, NULL);
            float h = ui_button_height(
                u, &b, (area->w - gap * (float)(columns - 1)) / (float)columns, height);
            if (h > tall) tall = h;
        }
        rect row = rect_cut_top(area, tall);
        for (int i = 0; i < in_row; i++) {
            char *k = arena_printf(ui_arena(u), "%d", first + i);
            struct button b = option_button(&o[first + i], first + i == selected, k);
            if (ui_button(u, rect_column(row, i, columns, gap), &b)) tapped = first + i;
        }
        rect_cut_top(area, gap);
    }
    ui_pop(u);
    return tapped;
}

/* Words wider than the window, at large type, go over several lines. */
static float chip_height(struct ui *u, const char *label, float width, float least) {
    float plain = ui_text_height(u, FONT_SMALL, label, width - 8) + 20;
    float bold = ui_text_height(u, FONT_TAG, label, width - 8) + 20;
    if (bold > plain) plain = bold;
    return plain > least ? plain : least;
}

int part_chips(struct ui *u, rect *area, const char *key, const char *const *labels,
               const bool *selected, int n) {
    const struct theme *t = ui_theme(u);
    float h = ui_line_height(u, FONT_TAG) + 20, x = area->x;
    int tapped = -1;
    if (h < CHIP_DP) h = CHIP_DP;
    ui_push_text(u, key);
    for (int i = 0; i < n; i++) {
        float w = ui_chip_width(u, labels[i], ICON_NONE), tall = h;
        if (w > area->w) w = area->w, tall = chip_height(u, labels[i], w, h);
        if (x > area->x && x + w > area->x + area->w) {
            rect_cut_top(area, h + t->touch_between);
            x = area->x;
        }
        ui_push(u, i);
        if (ui_chip(u, rect_make(x, area->y, w, tall), labels[i], ICON_NONE,
                    selected && selected[i]))
            tapped = i;
        ui_pop(u);
        if (tall > h) rect_cut_top(area, tall - h);
        x += w + t->touch_between;
    }
    ui_pop(u);
    if (n) rect_cut_top(area, h + t->touch_between);
    return tapped;
}

/* ---- cards
 * ---------------------------------------------------------------------------------------------------
 */

rect part_card_begin(struct ui *u, rect *area, struct card *card, enum color border) {
    const struct theme *t = ui_theme(u);
    bool plain = border == COLOR_BG || border == COLOR_LINE;
    card->top = area->y;
    card->pad_x = part_width(u, *area) == WIDTH_PHONE ? t->card_pad_x * 0.66F : t->card_pad_x;
    card->mark =
        ui_ground_begin(u, *area, COLOR_CARD, plain ? COLOR_LINE : border, plain ? 1 : 2);
    rect in = rect_inset(*area, card->pad_x, 0);
    rect_cut_top(&in, t->card_pad_y);
    in.h = area->h;
    return in;
}

void part_card_end(struct ui *u, rect *area, const struct card *card, rect left) {
    const struct theme *t = ui_theme(u);
    float h = left.y - card->top + t->card_pad_y;
    ui_ground_end(u, card->mark, h);
    rect_cut_top(area, h + t->gap * 1.5F);
}

/* ---- references
 * ------------------------------------------------------------------------------------------------
 */

const char *part_reference(struct ui *u, bool must, const char *reference) {
    return arena_printf(ui_arena(u), "%s-%s", must ? "M" : "S", reference);
}

void part_reference_tag(struct ui *u, rect r, const char *reference, bool must) {
    ui_tag(u, r, part_reference(u, must, reference), must ? COLOR_NOT_MET : COLOR_PARTLY,
           must ? COLOR_NOT_MET_SOFT : COLOR_PARTLY_SOFT);
}

struct intent part_go(enum screen_id screen, int64_t row, int64_t other, const char *word) {
    struct intent in = {.kind = INTENT_go,
                        .to = {.screen = (int32_t)screen, .row = row, .other = other}};
    text_copy(in.to.word, sizeof in.to.word, word ? word : "");
    return in;
}
