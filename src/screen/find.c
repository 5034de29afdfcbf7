/* find.c -- finds a form, or one question of one, while one types. A tap unfolds what was
 * found: which form it is in, what it looks at, and what can be done with it: start that form
 * here, or put the question into a form of one's own.
 *
 * Journey: find_load (index) → here, search_run at every letter → Start, or own.c. */
#include "model/find_model.h"
#include "screen/own_pieces.h"

#include "base/text.h"

#define SEARCH_KEY "find/search"
#define SHOWN_MOST 40
#define READING_DP 960.0F

struct find_state {
    char form[28], item[28]; /* unfolded; item "": the form itself */
    int32_t open;
};
struct find {
    struct ui *u;
    const struct scene *s;
    const struct find_model *m;
    struct find_state *st;
    const char *code; /* form of one's own that is being made or changed */
    struct intent out;
};

/* ---- one thing found ---- */

static bool is_open(const struct find *w, const struct search_entry *e) {
    return w->st->open && text_equal(w->st->form, e->form->code) &&
           text_equal(w->st->item, e->item ? e->item->id : "");
}

static void turn(struct find *w, const struct search_entry *e) {
    bool close = is_open(w, e);
    *w->st = (struct find_state){.open = !close};
    if (close) return;
    text_copy(w->st->form, sizeof w->st->form, e->form->code);
    text_copy(w->st->item, sizeof w->st->item, e->item ? e->item->id : "");
}

static const char *where_text(struct find *w, const struct search_entry *e) {
    struct arena *a = ui_arena(w->u);
    const struct find_form *f = find_form_coded(w->m, e->form->code);
    if (e->item)
        return arena_printf(a, "%s · %s", e->form->title,
                            f->form->sections[e->item->section].title);
    const char *count = SAY(w->u, w->s, "find.questions", int_text(a, e->form->items_count));
    if (!e->form->lengths_count) return count;
    return arena_printf(
        a, "%s · %s", count,
        SAY(w->u, w->s, "find.minutes", int_text(a, e->form->lengths[0].minutes)));
}

static bool row(struct find *w, rect *in, const struct search_entry *e, bool open) {
    bool picked = e->item && own_picked(w->u, w->code, e->item->id);
    struct button b = {.label = e->item ? e->item->text : e->form->title,
                       .sub = where_text(w, e),
                       .key = e->item ? e->item->id : e->form->code,
                       .icon = picked           ? ICON_CHECK_CIRCLE
                               : e->item        ? ICON_QUESTION
                               : e->form->guide ? ICON_CHAT_TEARDROP_TEXT
                               : e->form->night ? ICON_MOON_STARS
                                                : ICON_CLIPBOARD_TEXT,
                       .icon_fill = picked,
                       .selected = open,
                       .outline_only = true,
                       .role = open ? BUTTON_MAIN : BUTTON_PLAIN,
                       .left = true,
                       .align = ALIGN_LEFT};
    rect r = rect_cut_top(in, ui_button_height(w->u, &b, in->w, ui_theme(w->u)->touch_answer));
    rect_cut_top(in, ui_theme(w->u)->unit * 2);
    return ui_button(w->u, r, &b);
}

static void says(struct find *w, rect *in, const char *text, enum color c) {
    if (text_blank(text)) return;
    part_text(w->u, in, FONT_BODY, c, COLOR_CARD, text);
    rect_cut_top(in, ui_theme(w->u)->unit * 2);
}

static bool act_button(struct find *w, rect *in, const char *label, enum icon icon, bool main,
                       bool disabled) {
    struct button b = {.label = label,
                       .icon = icon,
                       .role = main ? BUTTON_MAIN : BUTTON_PLAIN,
                       .disabled = disabled};
    rect r = rect_cut_top(in, ui_button_height(w->u, &b, in->w, ui_theme(w->u)->touch_primary));
    rect_cut_top(in, ui_theme(w->u)->touch_between);
    return ui_button(w->u, r, &b);
}

static void buttons(struct find *w, rect *in, const struct search_entry *e) {
    const char *title = e->form->title;
    if (e->form->guide) {
        if (act_button(w, in, WORD(w->s, "find.heard"), ICON_CHAT_TEARDROP_TEXT, true, false)) {
            w->out = part_go(SCREEN_heard, 0, 0, "");
            w->out.kind = INTENT_replace;
        }
    } else if (act_button(w, in, SAY(w->u, w->s, "find.start", title), ICON_ARROW_RIGHT, true,
                          !w->m->service)) {
        w->out = own_go(SCREEN_start, e->form->code, "");
    }
    if (!e->item || !own_form_lends(e->form)) return;
    bool picked = own_picked(w->u, w->code, e->item->id);
    bool full = !picked && own_picks_count(w->u, w->code) >= OWN_ITEMS_MOST;
    if (full) says(w, in, WORD(w->s, "find.full"), COLOR_MUTE);
    if (act_button(w, in, WORD(w->s, picked ? "find.take_out" : "find.add"),
                   picked ? ICON_MINUS : ICON_PLUS, false, full))
        own_pick_turn(w->u, w->code, e->form->code, e->item->id);
}

/* What it is, in which form, and what can be done. */
static void unfolded(struct find *w, rect *area, const struct search_entry *e) {
    struct card card;
    const struct find_form *f = find_form_coded(w->m, e->form->code);
    rect in = part_card_begin(w->u, area, &card, COLOR_PRIMARY);
    says(w, &in, e->item ? e->item->help : e->form->about, COLOR_INK);
    if (e->item && !text_blank(e->item->good_looks_like))
        says(w, &in, SAY(w->u, w->s, "find.good", e->item->good_looks_like), COLOR_MUTE);
    if (!e->item && !text_blank(e->form->who)) says(w, &in, e->form->who, COLOR_MUTE);
    if (!e->item && !text_blank(e->form->often)) says(w, &in, e->form->often, COLOR_MUTE);
    if (!e->form->guide)
        says(w, &in,
             f->done ? SAY(w->u, w->s, "find.last", day_text(ui_arena(w->u), f->last))
                     : WORD(w->s, "find.never"),
             COLOR_MUTE);
    rect_cut_top(&in, ui_theme(w->u)->unit * 2);
    buttons(w, &in, e);
    part_card_end(w->u, area, &card, in);
}

/* ---- the list ---- */

static void found(struct find *w, rect *area, const char *typed) {
    struct search_hit hits[SHOWN_MOST];
    int n = search_run(w->m->index, ui_arena(w->u), typed, hits, SHOWN_MOST);
    int shown = n < SHOWN_MOST ? n : SHOWN_MOST;
    if (!n) {
        part_text(w->u, area, FONT_BODY, COLOR_MUTE, COLOR_BG,
                  WORD(w->s, text_blank(typed) ? "find.hint" : "find.none"));
        return;
    }
    for (int i = 0; i < shown; i++) {
        const struct search_entry *e = &hits[i].at;
        ui_push_text(w->u, e->form->code);
        bool open = is_open(w, e), tapped = row(w, area, e, open);
        if (open) unfolded(w, area, e);
        ui_pop(w->u);
        if (tapped) turn(w, e);
    }
    rect_cut_top(area, ui_theme(w->u)->gap);
    if (n > shown)
        part_text(w->u, area, FONT_SMALL, COLOR_MUTE, COLOR_BG,
                  SAY(w->u, w->s, "find.more", int_text(ui_arena(w->u), n - shown)));
}

static const char *my_form(struct find *w) {
    int n = own_picks_count(w->u, w->code);
    return SAY(w->u, w->s, "find.mine", int_text(ui_arena(w->u), n));
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    const struct find_model *m = model;
    const struct theme *t = ui_theme(u);
    struct find w = {.u = u, .s = s, .m = m, .st = state, .code = m->own_code};
    bool making = own_begun(u, w.code) || *w.code;
    struct header_result r = part_header(u, s, &area,
                                         &(struct header){.title = WORD(s, "find.title"),
                                                          .sub = m->service_name,
                                                          .main = making ? my_form(&w) : NULL,
                                                          .main_icon = ICON_LIST_CHECKS,
                                                          .main_plain = true,
                                                          .no_saved = true});
    rect page = ui_scroll_begin(u, area, "find");
    float pad = part_width(u, area) == WIDTH_PHONE ? t->screen_pad * 0.66F : t->screen_pad;
    rect in = rect_inset(page, pad, 0);
    float widest = READING_DP * ui_text_scale(u), top = in.y;
    if (in.w > widest) in = rect_make(in.x + (in.w - widest) / 2, in.y, widest, in.h);
    rect_cut_top(&in, t->screen_pad * 0.5F);
    struct field f = {.key = SEARCH_KEY,
                      .name = WORD(s, "find.search"),
                      .hint = WORD(s, "find.search"),
                      .kind = FIELD_SEARCH,
                      .lines = 1,
                      .bytes_max = 120,
                      .focus = true};
    struct field_result typed =
        ui_field(u, rect_cut_top(&in, ui_field_height(u, &f, in.w)), &f);
    if (typed.changed) *w.st = (struct find_state){0};
    rect_cut_top(&in, t->gap);
    found(&w, &in, typed.text);
    ui_scroll_end(u, in.y - top + t->screen_pad);
    if (r.tap == HEADER_MAIN)
        w.out = own_go(SCREEN_own, w.code, "");
    else if (r.tap == HEADER_BACK)
        w.out = making ? own_go(SCREEN_own, w.code, "") : own_go(SCREEN_start, "", "");
    else if (r.tap)
        w.out = part_header_intent(r);
    return w.out;
}

const struct screen screen_find = {
    .name = "find", .state_size = sizeof(struct find_state), .draw = draw};
