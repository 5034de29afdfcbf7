/* action_cards.c -- what will be different and how we will know; why it matters; the history,
 * oldest first. */
#include "screen/action_pieces.h"

#include "base/text.h"
#include "screen/erased_part.h"

#define RAIL_DP 36.0F

void action_tag_line(struct ui *u, rect *area, const char *tag, enum color ink,
                     enum color ground, const char *text) {
    float w = ui_tag_width(u, tag), h = ui_line_height(u, FONT_TAG) + 8;
    bool below = area->w - w - 10 < 120 * ui_text_scale(u) && !text_blank(text);
    rect row = *area;
    ui_tag(u, rect_make(row.x, row.y, w, h), tag, ink, ground);
    if (below) {
        rect_cut_top(&row, h + 4);
    } else {
        rect_cut_left(&row, w + 10);
        row.y += (h - ui_line_height(u, FONT_BODY)) / 2;
    }
    float text_h =
        ui_label(u, row, text, &(struct label){.font = FONT_BODY, .ground = COLOR_CARD});
    float high = row.y + text_h - area->y;
    rect_cut_top(area, (high > h ? high : h) + 10);
}

static void fact(struct action_view *v, rect *in, const char *key, const char *text) {
    if (text_blank(text)) return;
    part_text(v->u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(v->s, key));
    part_text(v->u, in, FONT_BODY, COLOR_INK, COLOR_CARD, text);
    rect_cut_top(in, 12);
}

static struct intent paper_button(struct action_view *v, rect *in) {
    struct button b = {.label = WORD(v->s, "paper.title"),
                       .key = "paper",
                       .icon = ICON_FILE_PDF,
                       .font = FONT_SMALL};
    float w = ui_button_width(v->u, &b);
    rect r = rect_cut_top(in, ui_button_height(v->u, &b, in->w, ui_theme(v->u)->touch_min));
    r.w = w < r.w ? w : r.w;
    if (!ui_button(v->u, r, &b)) return (struct intent){0};
    return part_go(SCREEN_paper, v->m->id, 0, "action");
}

struct intent action_facts_card(struct action_view *v, rect *area) {
    const struct action_model *m = v->m;
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    part_text(v->u, &in, FONT_H2, COLOR_INK, COLOR_CARD, m->row.different);
    rect_cut_top(&in, 4);
    part_text(v->u, &in, FONT_SMALL, m->row.overdue ? COLOR_NOT_MET : COLOR_MUTE, COLOR_CARD,
              action_line_when(v->u, v->s, &m->row));
    if (m->row.moved)
        part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  WORD(v->s, "action.date_moved"));
    rect_cut_top(&in, 12);
    fact(v, &in, "action.measure", m->measure);
    fact(v, &in, "action.baseline", m->baseline);
    fact(v, &in, "action.where", m->area);
    fact(v, &in, "action.from", m->item);
    if (m->source_erased.count) {
        if (text_blank(m->item))
            part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(v->s, "action.from"));
        erased_line(v->u, v->s, &in, &m->source_erased.all[0]);
    }
    if (m->found_at_night)
        fact(v, &in, "action.found_at_night", WORD(v->s, "action.found_at_night_text"));
    struct intent out = paper_button(v, &in);
    part_card_end(v->u, area, &card, in);
    return out;
}

static struct intent place_button(struct action_view *v, rect *in, bool first) {
    struct evidence_to to = {.what = first ? EVIDENCE_ACTION : EVIDENCE_AFTER,
                             .visit = v->m->visit,
                             .row = v->m->id};
    struct button b = {.label =
                           WORD(v->s, first ? "evidence.add_place" : "evidence.like_first"),
                       .icon = ICON_CAMERA};
    float w = ui_button_width(v->u, &b);
    if (w > in->w) w = in->w;
    rect r = rect_cut_top(in, ui_button_height(v->u, &b, w, ui_theme(v->u)->touch_primary));
    r.w = w;
    return ui_button(v->u, r, &b) ? evidence_photo_go(&to) : (struct intent){0};
}

struct intent action_place_card(struct action_view *v, rect *area) {
    const struct evidence_list *all = &v->m->evidence;
    bool first = !evidence_photos(all);
    bool over = v->m->row.state == ACTION_CLOSED || v->m->row.state == ACTION_LASTED;
    struct intent out = {0};
    if (over && first) return out;
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    part_text(v->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "evidence.place"));
    rect_cut_top(&in, 10);
    if (first) {
        part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  WORD(v->s, "evidence.place_why"));
        rect_cut_top(&in, 10);
    } else {
        out = evidence_places(v->u, v->s, &in, all, COLOR_CARD);
    }
    if (!over) out = either(out, place_button(v, &in, first));
    part_card_end(v->u, area, &card, in);
    return out;
}

void action_why_card(struct action_view *v, rect *area) {
    const struct action_model *m = v->m;
    if (text_blank(m->why) && text_blank(m->statement) && !m->laws_count && m->times_found < 2)
        return;
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    part_text(v->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "action.why"));
    rect_cut_top(&in, 10);
    if (!text_blank(m->why)) {
        part_text(v->u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, m->why);
        rect_cut_top(&in, 10);
    }
    if (!text_blank(m->statement))
        action_tag_line(v->u, &in, text_blank(m->question) ? m->statement : m->question,
                        COLOR_NA, COLOR_NA_SOFT, text_blank(m->question) ? "" : m->statement);
    for (int i = 0; i < m->laws_count; i++)
        action_tag_line(v->u, &in, SAY(v->u, v->s, "raise.regulation", m->laws[i].number),
                        COLOR_NA, COLOR_NA_SOFT, m->laws[i].title);
    if (m->times_found > 1)
        action_tag_line(
            v->u, &in, SAY(v->u, v->s, "raise.times", int_text(ui_arena(v->u), m->times_found)),
            COLOR_NOT_MET, COLOR_NOT_MET_SOFT, "");
    part_card_end(v->u, area, &card, in);
}

/* ---- the history
 * ----------------------------------------------------------------------------------------------
 */

static enum icon sort_icon(const char *sort) {
    static const struct {
        const char *sort;
        enum icon icon;
    } icons[] = {{"raised", ICON_FLAG},
                 {"update", ICON_CHAT_TEARDROP_TEXT},
                 {"said_done", ICON_CHECK},
                 {"seen_working", ICON_EYE},
                 {"not_working", ICON_X},
                 {"lasted", ICON_SEAL_CHECK},
                 {"reopened", ICON_ARROW_COUNTER_CLOCKWISE},
                 {"closed", ICON_LOCK},
                 {"moved", ICON_CALENDAR},
                 {"made_safe", ICON_SHIELD_CHECK}};
    for (size_t i = 0; i < sizeof icons / sizeof icons[0]; i++)
        if (text_equal(icons[i].sort, sort)) return icons[i].icon;
    return ICON_INFO;
}

static enum color sort_color(const char *sort) {
    if (text_equal(sort, "lasted")) return COLOR_MET;
    if (text_equal(sort, "said_done")) return COLOR_PARTLY;
    if (text_equal(sort, "not_working") || text_equal(sort, "reopened")) return COLOR_NOT_MET;
    return COLOR_INK;
}

static const char *circumstances(struct action_view *v, const struct action_moment *k) {
    struct arena *f = ui_arena(v->u);
    const char *said = time_day_hm(f, k->at);
    if (!text_blank(k->by)) said = arena_printf(f, "%s · %s", said, k->by);
    if (!text_blank(k->who))
        said = arena_printf(f, "%s · %s", said, SAY(v->u, v->s, "action.says", k->who));
    bool looked = text_equal(k->sort, "seen_working") || text_equal(k->sort, "not_working") ||
                  text_equal(k->sort, "lasted") || text_equal(k->sort, "raised");
    if (!looked) return said;
    if (k->at_night) said = arena_printf(f, "%s · %s", said, WORD(v->s, "action.at_night"));
    if (k->unannounced)
        said = arena_printf(f, "%s · %s", said, WORD(v->s, "action.unannounced"));
    return said;
}

static void moment(struct action_view *v, rect *area, const struct action_moment *k,
                   bool last) {
    struct ui *u = v->u;
    rect in = *area, rail = rect_cut_left(&in, RAIL_DP);
    float top = in.y;
    const char *name = WORD(v->s, arena_printf(ui_arena(u), "action.sort_%s", k->sort));
    if (text_equal(k->sort, "moved") && k->due)
        name = SAY(u, v->s, "action.moved_to", action_day(u, v->s, k->due));
    if (k->weeks > 0)
        name = SAY(u, v->s, "action.weeks", int_text(ui_arena(u), k->weeks), name);
    part_text(u, &in, FONT_H3, sort_color(k->sort), COLOR_CARD, name);
    part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, circumstances(v, k));
    if (!text_equal(k->sort, "raised"))
        part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, k->text);
    rect_cut_top(&in, 16);
    float x = rail.x + 12;
    if (!last) ui_line(u, x, top + 30, x, in.y - 2, COLOR_LINE, 2);
    ui_icon(u, rect_make(rail.x, top, 24, 24), sort_icon(k->sort), sort_color(k->sort),
            text_equal(k->sort, "raised"), 24);
    rect_cut_top(area, in.y - top);
}

void action_timeline(struct action_view *v, rect *area) {
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    part_text(v->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "action.history"));
    rect_cut_top(&in, 12);
    for (int i = 0; i < v->m->moments_count; i++)
        moment(v, &in, &v->m->moments[i], i == v->m->moments_count - 1);
    if (v->m->row.state == ACTION_SEEN_WORKING && v->m->next_look_weeks)
        part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  SAY(v->u, v->s, "action.next_look",
                      int_text(ui_arena(v->u), v->m->next_look_weeks)));
    part_card_end(v->u, area, &card, in);
}
