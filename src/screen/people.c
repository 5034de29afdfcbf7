/* people.c -- who can unlock this tablet: change one's own PIN, remove somebody's, add
 * somebody.
 *
 * Journey: Settings → here → the pin screen. Nobody's PIN can be seen here, nor changed by
 * another: it is removed, and its owner chooses a new one. */
#include "screen/screen.h"

#include "base/text.h"
#include "model/people_model.h"
#include "screen/pad_part.h"

#define CIRCLE_DP 56.0F
#define COLUMN_DP 760.0F

struct people_state {
    int64_t removing; /* asked whether this one's PIN goes */
};
struct people {
    struct ui *u;
    const struct scene *s;
    struct people_state *state;
    const struct people_model *m;
    struct intent intent;
};

static bool mine(const struct people *d, const struct pin_person *p) {
    return p->row == d->m->holder;
}

/* ---- who has one ---- */

static bool button(struct people *d, rect r, const char *key) {
    return ui_button(d->u, r, &(struct button){.label = WORD(d->s, key), .key = key});
}

static float button_width(struct people *d, const char *key) {
    return ui_button_width(d->u, &(struct button){.label = WORD(d->s, key)}) + 8;
}

static void buttons(struct people *d, rect r, const struct pin_person *p, bool wide) {
    float gap = ui_theme(d->u)->touch_between;
    bool change = mine(d, p), remove = d->m->with_count > 1;
    float half = change && remove ? (r.w - gap) / 2 : r.w;
    if (change) {
        float w = wide ? button_width(d, "people.change") : half;
        rect at = wide && !remove ? rect_cut_right(&r, w) : rect_cut_left(&r, w);
        if (button(d, at, "people.change")) d->intent = part_go(SCREEN_pin, p->row, 0, "");
    }
    if (remove) {
        float w = wide ? button_width(d, "people.remove") : half;
        if (button(d, rect_cut_right(&r, w), "people.remove")) d->state->removing = p->row;
    }
}

/* Both words at their longest, so that the rows stand in line. */
static float buttons_width(struct people *d) {
    float gap = ui_theme(d->u)->touch_between;
    return button_width(d, "people.change") + button_width(d, "people.remove") + gap;
}

static void person(struct people *d, rect *in, const struct pin_person *p) {
    struct ui *u = d->u;
    float scale = ui_text_scale(u), circle = CIRCLE_DP * (scale > 1.5F ? 1.5F : scale);
    float gap = ui_theme(u)->gap, high = ui_line_height(u, FONT_BUTTON) + 24, text_h;
    const char *how = WORD(d->s, p->pin ? "people.pin" : "people.words");
    const char *sub = mine(d, p) ? SAY(u, d->s, "people.holds", how) : how;
    bool any = mine(d, p) || d->m->with_count > 1;
    if (high < ui_theme(u)->touch_primary) high = ui_theme(u)->touch_primary;
    bool wide = in->w - circle - buttons_width(d) > 260 * scale;
    float words_w = in->w - circle - 14 - (any && wide ? buttons_width(d) + gap : 0);
    text_h = ui_text_height(u, FONT_H3, p->label, words_w) +
             ui_text_height(u, FONT_SMALL, sub, words_w);
    float h = text_h > circle ? text_h : circle;
    rect row = rect_cut_top(in, wide && high > h ? high : h), side = row;
    rect sign = rect_cut_left(&row, circle);
    part_initials(u, rect_center(sign, circle, circle), p->initials);
    rect_cut_left(&row, 14);
    rect words = rect_center(rect_make(row.x, row.y, words_w, row.h), words_w, text_h);
    rect_cut_top(&words, ui_label(u, words, p->label,
                                  &(struct label){.font = FONT_H3, .ground = COLOR_CARD}));
    ui_label(u, words, sub,
             &(struct label){.font = FONT_SMALL, .color = COLOR_MUTE, .ground = COLOR_CARD});
    ui_push(u, p->row);
    if (any && wide) {
        buttons(d, rect_center(rect_cut_right(&side, buttons_width(d)), buttons_width(d), high),
                p, true);
    } else if (any) {
        rect_cut_top(in, gap);
        buttons(d, rect_cut_top(in, high), p, false);
    }
    ui_pop(u);
    rect_cut_top(in, gap);
}

static void card_with(struct people *d, rect *area) {
    struct card card;
    struct ui *u = d->u;
    float gap = ui_theme(u)->gap;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    part_text(u, &in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(d->s, "people.with"));
    rect_cut_top(&in, gap);
    for (size_t i = 0; i < d->m->with_count; i++) {
        if (i) {
            ui_line(u, in.x, in.y, in.x + in.w, in.y, COLOR_LINE, 1);
            rect_cut_top(&in, gap);
        }
        person(d, &in, &d->m->with[i]);
    }
    if (d->m->with_count == 1) {
        part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(d->s, "people.last"));
        rect_cut_top(&in, gap);
    }
    part_text(u, &in, FONT_SMALL, d->m->office ? COLOR_MUTE : COLOR_PARTLY, COLOR_CARD,
              WORD(d->s, d->m->office ? "people.forgot_office" : "people.forgot_nobody"));
    part_card_end(u, area, &card, in);
}

/* ---- who has none ---- */

static bool wide_button(struct people *d, rect *in, const char *key, enum icon icon) {
    struct button b = {.label = WORD(d->s, key), .icon = icon};
    float h = ui_button_height(d->u, &b, in->w, ui_theme(d->u)->touch_primary);
    rect r = rect_cut_top(in, h);
    rect_cut_top(in, ui_theme(d->u)->gap);
    return ui_button(d->u, r, &b);
}

static void card_add(struct people *d, rect *area) {
    struct card card;
    size_t n = d->m->without_count;
    const char **labels = ARENA_ARRAY(ui_arena(d->u), const char *, n + 1);
    rect in = part_card_begin(d->u, area, &card, COLOR_LINE);
    part_text(d->u, &in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(d->s, "people.add"));
    part_text(d->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(d->s, "people.add_sub"));
    rect_cut_top(&in, ui_theme(d->u)->gap);
    for (size_t i = 0; i < n; i++)
        labels[i] = d->m->without[i].label;
    int tapped = part_chips(d->u, &in, "without", labels, NULL, (int)n);
    if (tapped >= 0) d->intent = part_go(SCREEN_pin, d->m->without[tapped].row, 0, "add");
    if (wide_button(d, &in, "people.add_role", ICON_PLUS))
        d->intent = part_go(SCREEN_pin, 0, 0, "add");
    part_card_end(d->u, area, &card, in);
}

static void card_none(struct people *d, rect *area) {
    struct card card;
    rect in = part_card_begin(d->u, area, &card, COLOR_LINE);
    part_text(d->u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(d->s, "people.none"));
    rect_cut_top(&in, ui_theme(d->u)->gap);
    if (wide_button(d, &in, "people.choose", ICON_LOCK))
        d->intent = part_go(SCREEN_pin, 0, 0, "");
    part_card_end(d->u, area, &card, in);
}

/* ---- asked first ---- */

static void sheet_remove(struct people *d) {
    const struct pin_person *p = NULL;
    bool closed = false, yes = false;
    struct ui *u = d->u;
    for (size_t i = 0; i < d->m->with_count; i++)
        if (d->m->with[i].row == d->state->removing) p = &d->m->with[i];
    if (!p || d->m->with_count < 2) {
        d->state->removing = 0;
        return;
    }
    rect in = ui_sheet_begin(u, "remove", SAY(u, d->s, "people.remove_title", p->label),
                             220 * ui_text_scale(u), &closed);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD,
              SAY(u, d->s, "people.remove_ask", p->label));
    rect_cut_top(&in, ui_theme(u)->gap);
    struct button b = {.label = WORD(d->s, "people.remove_yes"), .role = BUTTON_DANGER};
    float h = ui_button_height(u, &b, in.w, ui_theme(u)->touch_primary);
    yes = ui_button(u, rect_cut_top(&in, h), &b);
    rect_cut_top(&in, ui_theme(u)->gap);
    closed |= wide_button(d, &in, "common.cancel", ICON_X);
    ui_sheet_end(u);
    if (yes) d->intent = (struct intent){.kind = INTENT_pin_remove, .row = p->row};
    if (yes || closed) d->state->removing = 0;
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    struct people d = {.u = u, .s = s, .state = state, .m = model};
    d.intent = part_header_intent(part_header(
        u, s, &area, &(struct header){.title = WORD(s, "people.title"), .no_saved = true}));
    float pad = part_width(u, area) == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad;
    rect page = ui_scroll_begin(u, rect_inset(area, pad, 0), "people");
    float top = page.y, wide = COLUMN_DP * ui_text_scale(u);
    if (page.w > wide) page = rect_make(page.x + (page.w - wide) / 2, page.y, wide, page.h);
    rect_cut_top(&page, pad);
    if (d.m->with_count) {
        card_with(&d, &page);
        card_add(&d, &page);
    } else {
        card_none(&d, &page);
    }
    ui_scroll_end(u, page.y - top + pad);
    if (d.state->removing) sheet_remove(&d);
    return d.intent;
}

const struct screen screen_people = {
    .name = "people", .state_size = sizeof(struct people_state), .draw = draw};
