/* walk_rail.c -- the sections with what is done in each: a rail at the side, or a row of chips
 * on top. Only the core is counted out of a whole ("Core done. Anything more is a bonus.");
 * never so many of sixty. */
#include "screen/walk_screen.h"

#include "base/text.h"

static const char *count_of(struct walk_draw *w, const struct walk_section *s) {
    struct arena *a = ui_arena(w->u);
    if (s->section->repeats) {
        const char *n = arena_printf(a, "%d", s->rooms_count);
        const char *key = arena_printf(a, "walk.n_%s", s->section->repeat_of);
        return s->rooms_count ? SAY(w->u, w->s, key, n) : "";
    }
    if (s->wanted) return arena_printf(a, "%d/%d", s->answered, s->wanted);
    return WORD(w->s, "walk.bonus");
}

static void state_icon(struct walk_draw *w, rect r, const struct walk_section *s) {
    bool all = s->wanted && s->answered >= s->wanted;
    bool some = s->answered > 0 || s->left_reason;
    if (all) {
        ui_icon(w->u, r, ICON_CHECK_CIRCLE, COLOR_MET, true, 22);
    } else {
        ui_icon(w->u, r, some ? ICON_CIRCLE_HALF : ICON_CIRCLE,
                some ? COLOR_PARTLY : COLOR_OUTLINE, false, 22);
    }
}

static void core_head(struct walk_draw *w, rect *in) {
    struct ui *u = w->u;
    const struct walk_model *m = w->m;
    struct arena *a = ui_arena(u);
    bool done = m->core_wanted > 0 && m->core_answered >= m->core_wanted;
    const char *core = done ? WORD(w->s, "walk.core_done")
                            : SAY(u, w->s, "walk.core", arena_printf(a, "%d", m->core_answered),
                                  arena_printf(a, "%d", m->core_wanted));
    const char *concerns =
        m->concerns ? SAY(u, w->s, "walk.concerns", arena_printf(a, "%d", m->concerns)) : "";
    float side = ui_text_width(u, FONT_SMALL, concerns) + ui_theme(u)->gap;
    bool one_line = ui_text_width(u, FONT_H3, core) + side <= in->w;
    rect row = *in;
    if (one_line && *concerns) {
        ui_label(u, row, concerns,
                 &(struct label){.font = FONT_SMALL,
                                 .color = COLOR_MUTE,
                                 .ground = COLOR_RAIL,
                                 .align = ALIGN_RIGHT});
    }
    rect_cut_top(
        in, ui_label(u, row, core, &(struct label){.font = FONT_H3, .ground = COLOR_RAIL}));
    if (!one_line) part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_RAIL, concerns);
    rect_cut_top(in, ui_theme(u)->unit * 2);
    float of = m->core_wanted ? (float)m->core_wanted : 1.0F;
    int rest = m->core_answered - m->core.met - m->core.partly - m->core.not_met;
    struct segment parts[] = {{(float)m->core.met / of, COLOR_MET},
                              {(float)m->core.partly / of, COLOR_PARTLY},
                              {(float)m->core.not_met / of, COLOR_NOT_MET},
                              {(float)(rest > 0 ? rest : 0) / of, COLOR_NA}};
    ui_bar(u, rect_cut_top(in, 10), parts, 4, COLOR_LINE, core);
    rect_cut_top(in, ui_theme(u)->unit * 2);
    if (m->more_answered) {
        const char *more = SAY(u, w->s, "walk.more", arena_printf(a, "%d", m->more_answered));
        part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_RAIL, more);
    }
    walk_gap(w, in);
}

static void rail_row(struct walk_draw *w, rect *in, int index) {
    struct ui *u = w->u;
    const struct theme *t = ui_theme(u);
    const struct walk_section *s = &w->m->sections[index];
    bool on = index == w->st->section;
    const char *count = count_of(w, s);
    float count_w = ui_text_width(u, FONT_SMALL, count) + t->gap;
    float title_w = in->w - 48 - count_w - t->gap;
    enum font f = on ? FONT_H3 : FONT_BODY;
    float h = ui_text_height(u, f, s->section->title, title_w) + t->gap * 1.5F;
    if (h < t->touch_primary) h = t->touch_primary;
    rect row = rect_cut_top(in, h);
    rect_cut_top(in, t->unit);
    enum color ground = on ? COLOR_CARD : COLOR_RAIL;
    if (on) {
        ui_fill(u, row, COLOR_CARD, t->radius_button);
        ui_outline(u, row, COLOR_AMBER, t->radius_button, 2);
    }
    const char *name = *count ? arena_printf(ui_arena(u), "%s %s", s->section->title, count)
                              : s->section->title;
    bool tapped = ui_tap_area(u, row, name);
    rect_cut_left(&row, t->gap);
    state_icon(w, rect_cut_left(&row, 30), s);
    rect_cut_left(&row, t->unit);
    rect_cut_right(&row, t->gap);
    ui_label(u, rect_cut_right(&row, count_w), count,
             &(struct label){.font = FONT_SMALL,
                             .color = COLOR_MUTE,
                             .ground = ground,
                             .align = ALIGN_RIGHT,
                             .middle = true,
                             .lines_max = 1});
    ui_label(u, row, s->section->title,
             &(struct label){.font = f, .ground = ground, .middle = true});
    if (tapped) walk_go_section(w, index);
}

void walk_rail(struct walk_draw *w, rect rail) {
    struct ui *u = w->u;
    const struct theme *t = ui_theme(u);
    ui_fill(u, rail, COLOR_RAIL, 0);
    ui_line(u, rail.x + rail.w, rail.y, rail.x + rail.w, rail.y + rail.h, COLOR_LINE, 1);
    rect inner = ui_scroll_begin(u, rail, "walk-rail");
    rect head = rect_inset(inner, t->screen_pad, 0);
    float top = head.y;
    rect_cut_top(&head, t->screen_pad * 0.8F);
    core_head(w, &head);
    rect in = rect_inset(inner, t->gap, 0);
    in.y = head.y;
    for (int i = 0; i < w->m->sections_count; i++) {
        ui_push(u, i);
        rail_row(w, &in, i);
        ui_pop(u);
    }
    ui_scroll_end(u, in.y - top + t->screen_pad);
}

void walk_chips(struct walk_draw *w, rect *area) {
    struct ui *u = w->u;
    const struct theme *t = ui_theme(u);
    float h = ui_line_height(u, FONT_BODY) + 24;
    if (h < t->touch_min) h = t->touch_min;
    rect bar = rect_cut_top(area, h + 2 * t->gap);
    ui_line(u, bar.x, bar.y + bar.h, bar.x + bar.w, bar.y + bar.h, COLOR_LINE, 1);
    struct button finish = {.label = walk_finish_word(w, true), .role = BUTTON_MAIN};
    float finish_w = ui_button_width(u, &finish) + 2 * t->gap;
    rect end = w->s->left_hand ? rect_cut_left(&bar, finish_w) : rect_cut_right(&bar, finish_w);
    if (ui_button(u, rect_inset(end, t->gap, t->gap), &finish)) walk_finish(w);
    rect row = ui_scroll_row_begin(u, bar, "walk-chips");
    float start = row.x, chosen = 0;
    rect_cut_left(&row, t->screen_pad * 0.66F);
    for (int i = 0; i < w->m->sections_count; i++) {
        const struct walk_section *s = &w->m->sections[i];
        const char *count = count_of(w, s);
        const char *label = *count
                                ? arena_printf(ui_arena(u), "%s  %s", s->section->title, count)
                                : s->section->title;
        bool all = s->wanted && s->answered >= s->wanted;
        enum icon icon = all ? ICON_CHECK_CIRCLE : ICON_NONE;
        float width = ui_chip_width(u, label, icon);
        rect r = rect_center(rect_cut_left(&row, width), width, h);
        rect_cut_left(&row, t->touch_between);
        if (i == w->st->section) chosen = r.x - start - t->screen_pad;
        ui_push(u, i);
        if (ui_chip(u, r, label, icon, i == w->st->section)) walk_go_section(w, i);
        ui_pop(u);
    }
    ui_scroll_row_end(u, row.x - start + t->screen_pad * 0.66F);
    if (w->st->chip_shown == w->st->section + 1) return;
    w->st->chip_shown = w->st->section + 1; /* the chosen one comes into sight, once */
    ui_scroll_to(u, "walk-chips", chosen > 0 ? chosen : 0);
}
