/* past.c -- Past checks: every sealed check of the service, searchable; one opens read-only. */
#include "model/past_model.h"
#include "screen/erased_part.h"

#include <ctype.h>

#include "base/text.h"

#define SEARCH_KEY "past/search"

static const char *needle(struct ui *u) {
    const char *typed = ui_field_text(u, SEARCH_KEY);
    char *copy = text_trim(ui_arena(u), typed ? typed : "");
    for (char *p = copy; *p; p++)
        *p = (char)tolower((unsigned char)*p);
    return copy;
}

static bool row(struct ui *u, const struct scene *s, rect *in, const struct past_check *p) {
    struct arena *f = ui_arena(u);
    struct card card;
    rect whole = *in;
    ui_push(u, p->visit);
    rect text = part_card_begin(u, in, &card, COLOR_LINE);
    float icon = 28;
    rect left = rect_cut_left(&text, icon + 16);
    ui_icon(u, rect_make(left.x, left.y, icon, icon),
            p->night ? ICON_MOON : ICON_CLIPBOARD_TEXT, COLOR_AMBER, false, icon);
    const char *title = arena_printf(f, "%s · %s", p->title, time_day_hm(f, p->started));
    part_text(u, &text, FONT_H3, COLOR_INK, COLOR_CARD, title);
    const char *sub =
        SAY(u, s, "past.counts", int_text(f, p->concerns), int_text(f, p->actions));
    if (!text_blank(p->checker)) sub = arena_printf(f, "%s · %s", p->checker, sub);
    if (p->additions)
        sub = arena_printf(f, "%s · %s", sub,
                           SAY(u, s, "past.additions", int_text(f, p->additions)));
    part_text(u, &text, FONT_SMALL, COLOR_MUTE, COLOR_CARD, sub);
    part_card_end(u, in, &card, text);
    whole.h = in->y - whole.y - ui_theme(u)->gap * 1.5F;
    bool tapped = ui_tap_area(u, whole, title);
    ui_pop(u);
    return tapped;
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    const struct past_model *m = model;
    (void)state;
    struct intent in = part_header_intent(part_header(
        u, s, &area,
        &(struct header){.title = WORD(s, "past.title"), .sub = m->service, .no_saved = true}));
    rect page = ui_scroll_begin(u, area, "past");
    enum width_class width = part_width(u, area);
    float pad = width == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad, top = page.y;
    rect list = rect_inset(page, pad, pad);
    if (width == WIDTH_WIDE) list = rect_inset(list, list.w * 0.12F, 0);
    struct field search = {.key = SEARCH_KEY,
                           .name = WORD(s, "past.search"),
                           .hint = WORD(s, "past.search"),
                           .kind = FIELD_SEARCH,
                           .lines = 1,
                           .bytes_max = 80};
    ui_field(u, rect_cut_top(&list, ui_field_height(u, &search, list.w)), &search);
    rect_cut_top(&list, 16);
    const char *want = needle(u);
    int shown = 0;
    for (int i = 0; i < m->count; i++) {
        if (*want && !strstr(m->checks[i].words, want)) continue;
        shown++;
        if (row(u, s, &list, &m->checks[i]))
            in = part_go(SCREEN_check, m->checks[i].visit, 0, "");
    }
    if (!shown)
        part_text(u, &list, FONT_BODY, COLOR_MUTE, COLOR_BG,
                  WORD(s, *want ? "past.none_found" : "past.none"));
    if (m->total > m->count)
        part_text(u, &list, FONT_SMALL, COLOR_MUTE, COLOR_BG,
                  SAY(u, s, "past.more", int_text(ui_arena(u), m->count),
                      int_text(ui_arena(u), m->total)));
    if (m->open)
        part_text(u, &list, FONT_SMALL, COLOR_MUTE, COLOR_BG,
                  SAY(u, s, "past.open", int_text(ui_arena(u), m->open)));
    rect_cut_top(&list, ui_theme(u)->gap);
    erased_card(u, s, &list, WORD(s, "erased.elsewhere"), &m->erased);
    ui_scroll_end(u, list.y - top + pad);
    return in;
}

const struct screen screen_past = {.name = "past", .draw = draw};
