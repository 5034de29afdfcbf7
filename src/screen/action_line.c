/* action_line.c -- one action in a list. Said to be done is amber and a word, never green:
 * nobody has seen it yet. */
#include "screen/action_line.h"

#include "base/text.h"

#define TAG_DP 30.0F

struct intent either(struct intent a, struct intent b) {
    return a.kind ? a : b;
}

const char *action_day(struct ui *u, const struct scene *s, int64_t ms) {
    struct arena *f = ui_arena(u);
    struct civil c = civil_london(ms);
    int days = (int)(london_day(ms) - london_day(s->wall_ms));
    bool end_of_day = c.hour == 23 && c.minute == 59;
    if (days == 0 && end_of_day) return WORD(s, "actions.today");
    if (days == 0) return SAY(u, s, "actions.today_at", time_hm(f, ms));
    if (days == 1) return WORD(s, "actions.tomorrow");
    return time_day(f, ms);
}

static const char *when(struct ui *u, const struct scene *s, const struct action_row *r) {
    struct arena *f = ui_arena(u);
    switch (r->state) {
    case ACTION_SAID_DONE:
        return WORD(s, "actions.said_done_look");
    case ACTION_SEEN_WORKING:
        return WORD(s, "actions.seen_working");
    case ACTION_LASTED:
        return WORD(s, "actions.lasted");
    case ACTION_CLOSED:
        return WORD(s, "actions.closed");
    case ACTION_OPEN:
        break;
    }
    if (!r->due) return WORD(s, "actions.no_date");
    int days = (int)(london_day(s->wall_ms) - london_day(r->due));
    if (r->overdue && days > 0) return SAY(u, s, "actions.overdue_days", int_text(f, days));
    if (r->overdue) return SAY(u, s, "actions.overdue_since", time_hm(f, r->due));
    return SAY(u, s, "actions.due", action_day(u, s, r->due));
}

const char *action_line_when(struct ui *u, const struct scene *s, const struct action_row *r) {
    const char *owner = text_blank(r->owner) ? WORD(s, "actions.no_owner") : r->owner;
    bool waits = r->state == ACTION_SAID_DONE;
    return waits ? when(u, s, r) : arena_printf(ui_arena(u), "%s · %s", owner, when(u, s, r));
}

bool action_line(struct ui *u, const struct scene *s, rect *area, const struct action_row *r,
                 enum color ground) {
    const struct theme *t = ui_theme(u);
    const char *reference = part_reference(u, r->must, r->reference);
    const char *sub = action_line_when(u, s, r);
    float tag_w = ui_tag_width(u, reference), tag_h = ui_line_height(u, FONT_TAG) + 8;
    if (tag_h < TAG_DP) tag_h = TAG_DP;
    if (tag_w < 74) tag_w = 74;
    bool over =
        area->w - tag_w - 14 < 150 * ui_text_scale(u); /* the tag stands above its words */
    float width = over ? area->w : area->w - tag_w - 14;
    float text_h = ui_text_height(u, FONT_H3, r->different, width) +
                   ui_text_height(u, FONT_SMALL, sub, width);
    float h = 24 + (over ? tag_h + 4 + text_h : text_h);
    if (h < t->touch_min) h = t->touch_min;
    rect row = rect_cut_top(area, h), in = row;
    rect_cut_top(&in, 12);
    if (!ui_visible(u, row)) return false;
    ui_push(u, r->id);
    rect tag = over ? rect_cut_top(&in, tag_h + 4) : rect_cut_left(&in, tag_w + 14);
    part_reference_tag(u, rect_make(tag.x, tag.y, tag_w, tag_h), r->reference, r->must);
    rect_cut_top(
        &in, ui_label(u, in, r->different, &(struct label){.font = FONT_H3, .ground = ground}));
    bool late = r->overdue && r->state == ACTION_OPEN;
    bool waits = r->state == ACTION_SAID_DONE;
    ui_label(u, in, sub,
             &(struct label){.font = FONT_SMALL,
                             .color = late    ? COLOR_NOT_MET
                                      : waits ? COLOR_PARTLY
                                              : COLOR_MUTE,
                             .ground = ground});
    ui_line(u, row.x, row.y + row.h, row.x + row.w, row.y + row.h, COLOR_LINE, 1);
    bool tapped = ui_tap_area(u, row, SAY(u, s, "actions.open_one", reference, r->different));
    ui_pop(u);
    return tapped;
}
