/* start_forms.c -- which form: at most three are proposed, each with its reason; the others
 * stand in groups, behind a search, or behind the place one stands in. */
#include "screen/start_screen.h"

#include "base/text.h"
#include "screen/own_pieces.h"

#define WEEK 7

void start_propose(struct start_draw *w) {
    struct propose_facts facts = w->m->facts;
    facts.place = w->st->place;
    if (*w->st->place) facts.wished = ""; /* who says where they are asks anew */
    w->proposed_count = propose(w->m->known, w->m->forms_count, &facts, w->proposed);
}

/* ---- in words ---- */

/* Within a week the day's name says it; before that the date. */
static const char *since_text(struct start_draw *w, day_no day) {
    struct arena *a = ui_arena(w->u);
    int ago = w->m->facts.today - day;
    if (ago < 0 || ago >= WEEK) return day_text(a, day);
    return WORD(w->s, arena_printf(a, "start.weekday_%d", day_civil(day).weekday));
}

static const char *count_text(struct start_draw *w, const char *key, const struct proposal *p) {
    return SAY(w->u, w->s, key, int_text(ui_arena(w->u), p->count), since_text(w, p->day));
}

static const char *last_text(struct start_draw *w, const struct start_form *f) {
    if (!f->done) return WORD(w->s, "start.never");
    return SAY(w->u, w->s, "start.last", day_text(ui_arena(w->u), f->last));
}

static const char *due_text(struct start_draw *w, const struct start_form *f) {
    if (!f->due || f->due > w->m->facts.today) return last_text(w, f);
    if (f->due == w->m->facts.today) return WORD(w->s, "start.why_today");
    return SAY(w->u, w->s, "start.why_due", since_text(w, f->due));
}

static const char *why_text(struct start_draw *w, const struct proposal *p) {
    const struct start_form *f = &w->m->forms[p->form];
    switch (p->why) {
    case WHY_HOUR:
        return WORD(w->s, "start.why_hour");
    case WHY_AGAIN:
        return count_text(w, "start.why_again", p);
    case WHY_PROOF:
        return count_text(w, "start.why_proof", p);
    case WHY_PLACE:
        return WORD(w->s, "start.why_place");
    case WHY_NEVER:
        return WORD(w->s, "start.why_never");
    case WHY_DUE:
    case WHY_TODAY:
    case WHY_WISHED:
    case WHY_NOTHING:
    case WHY_USUAL:
        break;
    }
    return due_text(w, f);
}

static const char *with_minutes(struct start_draw *w, const struct start_form *f,
                                const char *says) {
    struct arena *a = ui_arena(w->u);
    if (!f->form->lengths_count) return says;
    const char *minutes = arena_printf(a, "%d", f->form->lengths[0].minutes);
    return arena_printf(a, "%s · %s", says, SAY(w->u, w->s, "start.minutes", minutes));
}

/* ---- one form ---- */

static enum icon form_icon(const struct start_form *f) {
    if (f->own) return ICON_LIST_CHECKS;
    return f->form->night ? ICON_MOON_STARS : ICON_CLIPBOARD_TEXT;
}

bool start_form_button(struct start_draw *w, rect *area, const struct start_form *f,
                       const char *says, bool on) {
    bool wide = part_width(w->u, ui_area(w->u)) != WIDTH_PHONE;
    says = with_minutes(w, f, says);
    if (on && wide && !text_blank(f->form->about))
        says = arena_printf(ui_arena(w->u), "%s · %s", says, f->form->about);
    struct button b = {.label = f->form->title,
                       .sub = says,
                       .key = f->form->code,
                       .icon = form_icon(f),
                       .selected = on,
                       .role = on ? BUTTON_MAIN : BUTTON_PLAIN,
                       .outline_only = true,
                       .align = ALIGN_LEFT,
                       .left = true};
    rect r =
        rect_cut_top(area, ui_button_height(w->u, &b, area->w, ui_theme(w->u)->touch_answer));
    rect_cut_top(area, ui_theme(w->u)->touch_between);
    return ui_button(w->u, r, &b);
}

void start_choose(struct start_draw *w, const struct start_form *f) {
    text_copy(w->st->code, sizeof w->st->code, f->form->code);
    w->st->length[0] = 0;
    w->st->modules_chosen = 0;
    w->st->told = 0;
}

static bool is_proposed(const struct start_draw *w, const struct start_form *f) {
    for (int i = 0; i < w->proposed_count; i++)
        if (&w->m->forms[w->proposed[i].form] == f) return true;
    return false;
}

void start_forms(struct start_draw *w, rect *area) {
    const struct start_form *on = start_chosen(w);
    start_section(w, area, "start.form");
    if (on && !is_proposed(w, on)) start_form_button(w, area, on, due_text(w, on), true);
    for (int i = 0; i < w->proposed_count; i++) {
        const struct start_form *f = &w->m->forms[w->proposed[i].form];
        if (start_form_button(w, area, f, why_text(w, &w->proposed[i]), f == on))
            start_choose(w, f);
    }
    if (on && on->own && own_button(w->u, w->s, area, "start.own_change", ICON_PENCIL_SIMPLE))
        w->out = own_go(SCREEN_own, on->form->code, "");
}

/* ---- all the others ---- */

/* On a phone one line that moves sideways: twelve places would fill the page. */
static int chips_line(struct start_draw *w, rect *area, const char *const *labels,
                      const bool *on, int n) {
    float h = ui_line_height(w->u, FONT_BODY) + 20;
    if (h < ui_theme(w->u)->touch_min) h = ui_theme(w->u)->touch_min;
    rect row = ui_scroll_row_begin(w->u, rect_cut_top(area, h), "places");
    float left = row.x;
    int tapped = -1;
    for (int i = 0; i < n; i++) {
        rect r = rect_cut_left(&row, ui_chip_width(w->u, labels[i], ICON_NONE));
        rect_cut_left(&row, ui_theme(w->u)->touch_between);
        if (ui_chip(w->u, r, labels[i], ICON_NONE, on[i])) tapped = i;
    }
    ui_scroll_row_end(w->u, row.x - left);
    return tapped;
}

static void places(struct start_draw *w, rect *area) {
    const struct start_model *m = w->m;
    if (!m->places_count) return;
    start_section(w, area, "start.where");
    const char **labels = ARENA_ARRAY(ui_arena(w->u), const char *, m->places_count);
    bool *on = ARENA_ARRAY(ui_arena(w->u), bool, m->places_count);
    for (int i = 0; i < m->places_count; i++) {
        labels[i] = WORD(w->s, arena_printf(ui_arena(w->u), "start.place_%s", m->places[i]));
        on[i] = text_equal(m->places[i], w->st->place);
    }
    bool phone = part_width(w->u, ui_area(w->u)) == WIDTH_PHONE;
    int tapped = phone ? chips_line(w, area, labels, on, m->places_count)
                       : part_chips(w->u, area, "places", labels, on, m->places_count);
    rect_cut_top(area, ui_theme(w->u)->gap);
    if (tapped < 0) return;
    text_copy(w->st->place, sizeof w->st->place, on[tapped] ? "" : m->places[tapped]);
    w->st->code[0] = 0; /* what is proposed there is chosen */
    w->st->length[0] = 0;
    w->st->modules_chosen = 0;
    ui_scroll_to(w->u, "start", 0);
}

static bool group_row(struct start_draw *w, rect *area, const struct start_group *g,
                      bool open) {
    struct arena *a = ui_arena(w->u);
    const char *count = int_text(a, g->count);
    struct button b = {
        .label = WORD(w->s, g->name),
        .sub = g->due ? SAY(w->u, w->s, "start.group_due", count, int_text(a, g->due))
                      : SAY(w->u, w->s, "start.group_count", count),
        .key = g->id,
        .icon = open ? ICON_CARET_UP : ICON_CARET_DOWN,
        .icon_after = true,
        .left = true,
        .align = ALIGN_LEFT,
        .role = BUTTON_ROW};
    rect r =
        rect_cut_top(area, ui_button_height(w->u, &b, area->w, ui_theme(w->u)->touch_primary));
    rect_cut_top(area, ui_theme(w->u)->unit);
    return ui_button(w->u, r, &b);
}

static void groups(struct start_draw *w, rect *area) {
    const struct start_form *on = start_chosen(w);
    for (int i = 0; i < w->m->groups_count; i++) {
        const struct start_group *g = &w->m->groups[i];
        bool open = w->st->group == i + 1;
        if (group_row(w, area, g, open)) w->st->group = open ? 0 : i + 1;
        if (!open) continue;
        ui_push_text(w->u, g->id);
        for (int k = 0; k < g->count; k++) {
            const struct start_form *f = &w->m->forms[g->forms[k]];
            if (!start_form_button(w, area, f, due_text(w, f), f == on)) continue;
            start_choose(w, f);
            w->st->group = w->st->all_forms = 0;
            ui_scroll_to(w->u, "start", 0);
        }
        ui_pop(w->u);
    }
    rect_cut_top(area, ui_theme(w->u)->gap);
}

static void unfold_button(struct start_draw *w, rect *area) {
    const char *count = int_text(ui_arena(w->u), w->m->forms_count);
    struct button b = {.label = w->st->all_forms ? WORD(w->s, "start.fewer_forms")
                                                 : SAY(w->u, w->s, "start.more_forms", count),
                       .key = "more",
                       .icon = w->st->all_forms ? ICON_CARET_UP : ICON_CARET_DOWN};
    rect r =
        rect_cut_top(area, ui_button_height(w->u, &b, area->w, ui_theme(w->u)->touch_primary));
    rect_cut_top(area, ui_theme(w->u)->gap);
    if (ui_button(w->u, r, &b)) w->st->all_forms = !w->st->all_forms;
}

void start_more(struct start_draw *w, rect *area) {
    rect_cut_top(area, ui_theme(w->u)->gap);
    if (own_button(w->u, w->s, area, "start.search", ICON_MAGNIFYING_GLASS))
        w->out = own_go(SCREEN_find, "", "");
    places(w, area);
    unfold_button(w, area);
    if (w->st->all_forms) groups(w, area);
    bool begun = own_picks_count(w->u, "") > 0;
    if (!begun && !w->st->all_forms) return;
    if (own_button(w->u, w->s, area, begun ? "start.own_go_on" : "start.own_make", ICON_PLUS))
        w->out = own_go(SCREEN_own, "", "");
}
