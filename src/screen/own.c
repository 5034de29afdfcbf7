/* own.c -- a form of one's own: a name, and the cards that were picked, in one's own order.
 * Kept, it is a form like any other; changed, it has a new edition; not wanted any more, it is
 * put away.
 *
 * Journey: picked on find.c → here → intent own_save → app/act_own.c → Start with it. */
#include "model/own_model.h"
#include "screen/name_note.h"
#include "screen/own_pieces.h"

#include "base/text.h"

#define READING_DP 960.0F

struct own_state {
    struct own_choice out; /* taken out last, and where it stood: it can be put back */
    int32_t out_at;        /* from 1; 0 none */
};
struct own {
    struct ui *u;
    const struct scene *s;
    const struct own_model *m;
    struct own_state *st;
    const char *code;
    struct own_choice picks[OWN_ITEMS_MOST];
    int count;
    struct intent out;
};

/* ---- what was picked ---- */

static const struct item *card_of(const struct own *w, const struct own_choice *p,
                                  const struct find_form **form) {
    *form = find_form_coded(&w->m->find, p->form);
    return *form ? template_item((*form)->form, p->item) : NULL;
}

/* A form that is changed begins as it is; what a pack took away meanwhile is left out. */
static void bring_picks(struct own *w) {
    const struct template *t = w->m->form;
    if (t && !own_begun(w->u, w->code)) {
        struct own_choice all[OWN_ITEMS_MOST] = {0};
        int n = t->items_count < OWN_ITEMS_MOST ? t->items_count : OWN_ITEMS_MOST;
        for (int i = 0; i < n; i++) {
            text_copy(all[i].form, sizeof all[i].form, t->code);
            text_copy(all[i].item, sizeof all[i].item, t->items[i].id);
        }
        own_picks_set(w->u, w->code, all, n);
    }
    int n = own_picks(w->u, w->code, w->picks);
    for (int i = 0; i < n; i++) {
        const struct find_form *f;
        if (card_of(w, &w->picks[i], &f)) w->picks[w->count++] = w->picks[i];
    }
}

static void keep(struct own *w) {
    own_picks_set(w->u, w->code, w->picks, w->count);
}

static void swap(struct own *w, int a, int b) {
    struct own_choice was = w->picks[a];
    w->picks[a] = w->picks[b];
    w->picks[b] = was;
    w->st->out_at = 0;
    keep(w);
}

static void take_out(struct own *w, int at) {
    w->st->out = w->picks[at];
    w->st->out_at = at + 1;
    memmove(&w->picks[at], &w->picks[at + 1], sizeof w->picks[0] * (size_t)(--w->count - at));
    keep(w);
}

static void put_back(struct own *w) {
    int at = w->st->out_at - 1;
    if (at > w->count) at = w->count;
    if (w->count < OWN_ITEMS_MOST) {
        memmove(&w->picks[at + 1], &w->picks[at],
                sizeof w->picks[0] * (size_t)(w->count++ - at));
        w->picks[at] = w->st->out;
    }
    w->st->out_at = 0;
    keep(w);
}

static int minutes(const struct own *w) {
    struct own_pick picks[OWN_ITEMS_MOST];
    int n = 0;
    for (int i = 0; i < w->count; i++) {
        const struct find_form *f;
        const struct item *item = card_of(w, &w->picks[i], &f);
        if (item) picks[n++] = (struct own_pick){.form = f->form, .item = item};
    }
    return own_form_minutes(picks, n);
}

/* ---- one card ---- */

static const char *from_text(const struct own *w, const struct find_form *f,
                             const struct item *item) {
    const struct find_form *first = f->own ? find_form_of(&w->m->find, item->id) : f;
    return first && !first->own ? first->form->title : "";
}

static void card_buttons(struct own *w, rect row, int i) {
    float side = ui_theme(w->u)->touch_min;
    rect r = rect_cut_left(&row, side);
    if (i > 0 && ui_icon_button(w->u, r, ICON_CARET_UP, WORD(w->s, "own.up")))
        swap(w, i, i - 1);
    rect_cut_left(&row, ui_theme(w->u)->touch_between);
    r = rect_cut_left(&row, side);
    if (i + 1 < w->count && ui_icon_button(w->u, r, ICON_CARET_DOWN, WORD(w->s, "own.down")))
        swap(w, i, i + 1);
    rect_cut_left(&row, ui_theme(w->u)->touch_between);
    r = rect_cut_left(&row, side);
    if (ui_icon_button(w->u, r, ICON_X, WORD(w->s, "own.take_out"))) take_out(w, i);
}

static void card(struct own *w, rect *area, int i) {
    const struct find_form *f;
    const struct theme *t = ui_theme(w->u);
    struct own_choice mine = w->picks[i];
    const struct item *item = card_of(w, &mine, &f);
    float side = t->touch_min * 3 + t->touch_between * 2;
    struct card c;
    if (!item) return;
    ui_push_text(w->u, mine.item);
    rect in = part_card_begin(w->u, area, &c, COLOR_LINE), buttons = in;
    bool beside = in.w - side > 320 * ui_text_scale(w->u);
    if (beside) {
        buttons = rect_cut_right(&in, side);
        rect_cut_right(&in, t->gap);
    }
    float top = in.y;
    part_text(w->u, &in, FONT_BUTTON, COLOR_INK, COLOR_CARD,
              arena_printf(ui_arena(w->u), "%d. %s", i + 1, item->text));
    const char *from = from_text(w, f, item);
    if (*from) part_text(w->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, from);
    if (!beside) {
        rect_cut_top(&in, t->unit * 2);
        buttons = rect_cut_top(&in, t->touch_min);
    } else if (in.y - top < t->touch_min) {
        rect_cut_top(&in, t->touch_min - (in.y - top));
    }
    buttons.h = t->touch_min;
    card_buttons(w, buttons, i);
    part_card_end(w->u, area, &c, in);
    ui_pop(w->u);
}

static void cards(struct own *w, rect *area) {
    int n = w->count; /* a tap may take one out in this frame */
    for (int i = 0; i < n && i < w->count; i++)
        card(w, area, i);
    if (w->st->out_at && own_button(w->u, w->s, area, "own.put_back", ICON_ARROW_U_UP_LEFT))
        put_back(w);
}

/* ---- the page ---- */

static const char *title_text(struct own *w) {
    const char *text = ui_field_text(w->u, own_key(w->u, w->code, "title"));
    return text ? text : w->m->form ? w->m->form->title : "";
}

static void title(struct own *w, rect *area) {
    const char *key = own_key(w->u, w->code, "title");
    struct field f = {.key = key,
                      .initial = w->m->form ? w->m->form->title : "",
                      .name = WORD(w->s, "own.name"),
                      .hint = WORD(w->s, "own.name_hint"),
                      .lines = 1,
                      .bytes_max = OWN_TITLE_BYTES};
    part_heading(w->u, area, WORD(w->s, "own.name"));
    ui_field(w->u, rect_cut_top(area, ui_field_height(w->u, &f, area->w)), &f);
    rect_cut_top(area, ui_theme(w->u)->gap);
    name_note(w->u, w->s, area, key, COLOR_BG);
}

static const char *size_text(struct own *w) {
    struct arena *a = ui_arena(w->u);
    return SAY(w->u, w->s, "own.size", int_text(a, w->count), int_text(a, minutes(w)));
}

static struct intent save(struct own *w) {
    struct arena *a = ui_arena(w->u);
    struct own_intent *d = ARENA_NEW(a, struct own_intent);
    *d = (struct own_intent){.code = w->code,
                             .title = arena_strdup(a, title_text(w)),
                             .about = SAY(w->u, w->s, "own.made", int_text(a, w->count)),
                             .picks = arena_copy(a, w->picks, sizeof w->picks),
                             .count = w->count};
    return (struct intent){.kind = INTENT_own_save,
                           .detail = d,
                           .draft = own_key(w->u, w->code, ""),
                           .undo = "own.kept"};
}

static void retired(struct own *w, rect *area) {
    if (w->m->form || !w->m->retired_count) return;
    rect_cut_top(area, ui_theme(w->u)->gap);
    part_heading(w->u, area, WORD(w->s, "own.retired"));
    for (int i = 0; i < w->m->retired_count; i++) {
        const struct own_retired *r = &w->m->retired[i];
        struct button b = {.label = SAY(w->u, w->s, "own.again", r->title),
                           .key = r->code,
                           .icon = ICON_ARROW_COUNTER_CLOCKWISE};
        rect at = rect_cut_top(
            area, ui_button_height(w->u, &b, area->w, ui_theme(w->u)->touch_primary));
        rect_cut_top(area, ui_theme(w->u)->touch_between);
        if (ui_button(w->u, at, &b))
            w->out = (struct intent){
                .kind = INTENT_own_retire, .word = r->code, .undo = "own.offered"};
    }
}

static void below(struct own *w, rect *area) {
    if (own_begun(w->u, w->code) &&
        own_button(w->u, w->s, area, w->m->form ? "own.forget" : "own.forget_new", ICON_X)) {
        own_forget(w->u, w->code);
        w->out = own_go(SCREEN_start, w->code, "");
    }
    if (w->m->form && own_button(w->u, w->s, area, "own.retire", ICON_ARCHIVE))
        w->out = (struct intent){.kind = INTENT_own_retire,
                                 .word = w->code,
                                 .number = 1,
                                 .draft = own_key(w->u, w->code, ""),
                                 .undo = "own.put_away"};
    retired(w, area);
}

static void content(struct own *w, rect *area) {
    part_text(w->u, area, FONT_BODY, COLOR_MUTE, COLOR_BG, WORD(w->s, "own.about"));
    rect_cut_top(area, ui_theme(w->u)->gap);
    title(w, area);
    part_heading(w->u, area, w->count ? size_text(w) : WORD(w->s, "own.none"));
    cards(w, area);
    rect_cut_top(area, ui_theme(w->u)->unit * 2);
    if (w->count < OWN_ITEMS_MOST &&
        own_button(w->u, w->s, area, "own.add", ICON_MAGNIFYING_GLASS))
        w->out = own_go(SCREEN_find, w->code, "");
    below(w, area);
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    const struct own_model *m = model;
    const struct theme *t = ui_theme(u);
    struct own w = {.u = u, .s = s, .m = m, .st = state, .code = m->code};
    bring_picks(&w);
    bool ready = w.count > 0 && !text_blank(title_text(&w));
    struct header_result r = part_header(
        u, s, &area,
        &(struct header){
            .title = WORD(s, m->form ? "own.title_change" : "own.title"),
            .sub = m->form ? SAY(u, s, "own.edition", int_text(ui_arena(u), m->edition)) : "",
            .main = WORD(s, "own.keep"),
            .main_icon = ICON_CHECK,
            .main_disabled = !ready,
            .no_saved = true});
    rect page = ui_scroll_begin(u, area, "own");
    float pad = part_width(u, area) == WIDTH_PHONE ? t->screen_pad * 0.66F : t->screen_pad;
    rect in = rect_inset(page, pad, 0);
    float widest = READING_DP * ui_text_scale(u), top = in.y;
    if (in.w > widest) in = rect_make(in.x + (in.w - widest) / 2, in.y, widest, in.h);
    rect_cut_top(&in, t->screen_pad * 0.5F);
    content(&w, &in);
    ui_scroll_end(u, in.y - top + t->screen_pad);
    if (r.tap == HEADER_MAIN && ready)
        w.out = save(&w);
    else if (r.tap == HEADER_BACK)
        w.out = own_go(SCREEN_start, w.code, "");
    else if (r.tap)
        w.out = part_header_intent(r);
    return w.out;
}

const struct screen screen_own = {
    .name = "own", .state_size = sizeof(struct own_state), .draw = draw};
