/* reflect.c -- a look at one's own work, for oneself alone. Its numbers are no rating: how
 * often one does it, and whether others would say so. */
#include "model/reflect_model.h"
#include "screen/part.h"

#include "base/text.h"

#define READING_DP 900.0F

struct reflect_state {
    int32_t erasing;
};
struct reflecting {
    struct ui *u;
    const struct scene *s;
    const struct reflect_model *m;
    struct reflect_state *st;
    struct intent out;
};

static struct intent put(struct reflecting *d, const struct reflect_item *k) {
    return (struct intent){.kind = INTENT_private_put,
                           .row = d->m->holder,
                           .word = d->m->form->code,
                           .word2 = k->item->id,
                           .number = -1};
}

static void score(struct reflecting *d, rect *in, const struct reflect_item *k) {
    static const char *const keys[] = {"reflect.score1", "reflect.score2", "reflect.score3",
                                       "reflect.score4"};
    struct option o[4];
    for (int i = 0; i < 4; i++)
        o[i] = (struct option){.label = WORD(d->s, keys[i]),
                               .role = BUTTON_MAIN,
                               .small = true,
                               .outline_only = true};
    int now = k->score - 1;
    int tapped = part_options(d->u, in, "score", o, 4, now, ui_theme(d->u)->touch_primary);
    if (tapped < 0) return;
    d->out = put(d, k);
    d->out.number = tapped == now ? 0 : tapped + 1;
}

static void words(struct reflecting *d, rect *in, const struct reflect_item *k) {
    struct ui *u = d->u;
    const char *key = arena_printf(ui_arena(u), "reflect/%lld/%s/%s", (long long)d->m->holder,
                                   d->m->form->code, k->item->id);
    struct field f = {.key = key,
                      .initial = k->text,
                      .name = WORD(d->s, "reflect.example"),
                      .hint = WORD(d->s, "reflect.example"),
                      .lines = 2,
                      .bytes_max = 2000,
                      .ground = COLOR_CARD};
    struct field_result r = ui_field(u, rect_cut_top(in, ui_field_height(u, &f, in->w)), &f);
    if (!r.left || d->out.kind) return;
    d->out = put(d, k);
    d->out.text = r.text;
    d->out.draft = key;
}

static void item(struct reflecting *d, rect *area, const struct reflect_item *k) {
    struct ui *u = d->u;
    struct card card;
    ui_push_text(u, k->item->id);
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    part_text(u, &in, FONT_H2, COLOR_INK, COLOR_CARD, k->item->text);
    rect_cut_top(&in, ui_theme(u)->unit);
    part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, k->item->help);
    rect_cut_top(&in, ui_theme(u)->gap);
    if (k->scored) score(d, &in, k);
    words(d, &in, k);
    part_card_end(u, area, &card, in);
    ui_pop(u);
}

static bool button(struct reflecting *d, rect *area, const struct button *b) {
    float w = ui_button_width(d->u, b);
    if (w > area->w) w = area->w;
    rect r = rect_cut_top(area, ui_button_height(d->u, b, w, ui_theme(d->u)->touch_primary));
    rect_cut_top(area, ui_theme(d->u)->touch_between);
    r.w = w;
    return ui_button(d->u, r, b);
}

static void about(struct reflecting *d, rect *area) {
    struct ui *u = d->u;
    const struct reflect_model *m = d->m;
    struct card card;
    rect in = part_card_begin(u, area, &card, m->pins ? COLOR_LINE : COLOR_AMBER);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, m->form->about);
    rect_cut_top(&in, ui_theme(u)->gap);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(d->s, "reflect.stays_here"));
    if (!m->pins) {
        rect_cut_top(&in, ui_theme(u)->gap);
        part_text(u, &in, FONT_BODY, COLOR_PARTLY, COLOR_CARD,
                  SAY(u, d->s, "reflect.no_pins", m->holder_label));
    }
    if (m->begun) {
        rect_cut_top(&in, ui_theme(u)->gap);
        part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  SAY(u, d->s, "reflect.begun", day_text(ui_arena(u), m->begun)));
    }
    part_card_end(u, area, &card, in);
}

static void last(struct reflecting *d, rect *area) {
    struct button paper = {.label = WORD(d->s, "reflect.paper"), .icon = ICON_FILE_PDF},
                  erase = {.label = WORD(d->s, "reflect.erase"),
                           .icon = ICON_TRASH,
                           .role = BUTTON_QUIET};
    if (!d->m->said) return;
    if (button(d, area, &paper)) d->out = part_go(SCREEN_paper, d->m->holder, 0, "self");
    if (button(d, area, &erase)) d->st->erasing = 1;
}

static void erase_sheet(struct reflecting *d) {
    struct ui *u = d->u;
    bool closed = false;
    rect in = ui_sheet_begin(u, "erase", WORD(d->s, "reflect.erase"), 320 * ui_text_scale(u),
                             &closed);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(d->s, "reflect.erase_sure"));
    rect_cut_top(&in, ui_theme(u)->gap);
    struct button b = {.label = WORD(d->s, "reflect.erase_now"), .role = BUTTON_DANGER};
    rect r = rect_cut_top(&in, ui_button_height(u, &b, in.w, ui_theme(u)->touch_answer));
    if (ui_button(u, r, &b)) {
        d->out = (struct intent){
            .kind = INTENT_private_erase, .row = d->m->holder, .word = d->m->form->code};
        closed = true;
    }
    ui_sheet_end(u);
    if (closed) d->st->erasing = 0;
}

/* Nobody can be told from anybody else: nothing is asked and nothing shown. */
static void not_now(struct reflecting *d, rect *area) {
    const struct reflect_model *m = d->m;
    const char *key = !m->form     ? "reflect.no_form"
                      : !m->holder ? "reflect.who"
                                   : "reflect.pin_first";
    part_text(d->u, area, FONT_BODY, COLOR_INK, COLOR_BG, WORD(d->s, key));
    rect_cut_top(area, ui_theme(d->u)->gap);
    struct button pins = {.label = WORD(d->s, "reflect.people"), .icon = ICON_USERS};
    if (m->form && m->holder && button(d, area, &pins))
        d->out = part_go(SCREEN_people, 0, 0, NULL);
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    struct reflecting d = {.u = u, .s = s, .m = model, .st = state};
    struct header h = {.title = d.m->form ? d.m->form->title : WORD(s, "reflect.title"),
                       .sub = d.m->holder_label};
    d.out = part_header_intent(part_header(u, s, &area, &h));
    ui_push(u, d.m->holder);
    rect page = ui_scroll_begin(u, area, "reflect");
    float pad = part_width(u, area) == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad, top = page.y;
    rect in = rect_inset(page, pad, pad);
    float widest = READING_DP * ui_text_scale(u);
    if (in.w > widest) in = rect_make(in.x + (in.w - widest) / 2, in.y, widest, in.h);
    if (d.m->form && d.m->may) {
        about(&d, &in);
        for (int i = 0; i < d.m->items_count; i++)
            item(&d, &in, &d.m->items[i]);
        last(&d, &in);
    } else {
        not_now(&d, &in);
    }
    ui_scroll_end(u, in.y - top + pad);
    if (d.st->erasing && d.m->may) erase_sheet(&d);
    ui_pop(u);
    return d.out;
}

const struct screen screen_reflect = {
    .name = "reflect", .state_size = sizeof(struct reflect_state), .draw = draw};
