/* danger.c -- someone may be in danger now. The order is PEOPLE.md's: make the person safe ·
 * 999 · is the worry about someone on this list · the council's adult safeguarding, then the
 * list · duties. Then back to the same question.
 *
 * Journey: a severity 4, or a critical question that is not safe yet → here → intents danger_*,
 * call, duty. */
#include "screen/danger_screen.h"

#include "base/text.h"

#define READING_DP 960.0F

void danger_take(struct danger_draw *w, struct intent in) {
    if (in.kind && !w->out.kind) w->out = in;
}

void danger_gap(struct danger_draw *w, rect *area) {
    rect_cut_top(area, ui_theme(w->u)->gap);
}

bool danger_field(struct danger_draw *w, rect *in, const char *key, const char *hint,
                  const char *initial, const char **text) {
    struct field f = {.key = key,
                      .initial = initial,
                      .hint = hint,
                      .name = hint,
                      .lines = 1,
                      .ground = COLOR_CARD};
    struct field_result r =
        ui_field(w->u, rect_cut_top(in, ui_field_height(w->u, &f, in->w)), &f);
    danger_gap(w, in);
    *text = r.text;
    return r.left;
}

static void safe(struct danger_draw *w, rect *in) {
    const struct danger_model *m = w->m;
    part_text(w->u, in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(w->s, "danger.safe"));
    rect_cut_top(in, ui_theme(w->u)->unit * 2);
    struct option o[] = {
        {.label = WORD(w->s, "danger.made_safe"),
         .icon = ICON_SHIELD_CHECK,
         .role = BUTTON_MET},
        {.label = WORD(w->s, "danger.not_yet"),
         .icon = ICON_WARNING_OCTAGON,
         .role = BUTTON_NOT_MET},
    };
    int now = text_equal(m->safe, "made_safe") ? 0 : text_equal(m->safe, "not_yet") ? 1 : -1;
    int tapped = part_options(w->u, in, "safe", o, 2, now, ui_theme(w->u)->touch_answer);
    if (tapped >= 0) {
        danger_take(w, (struct intent){.kind = INTENT_danger_safe,
                                       .row = m->row,
                                       .word = tapped == 0 ? "made_safe" : "not_yet",
                                       .number = w->s->wall_ms});
    }
    if (now != 0) return;
    part_text(w->u, in, FONT_BODY, COLOR_MET, COLOR_CARD,
              SAY(w->u, w->s, "danger.made_safe_at", time_hm(ui_arena(w->u), m->safe_at)));
    rect_cut_top(in, ui_theme(w->u)->unit * 2);
    const char *text,
        *key = arena_printf(ui_arena(w->u), "danger/%lld/safe_by", (long long)m->row);
    if (danger_field(w, in, key, WORD(w->s, "danger.safe_by"), m->safe_by, &text)) {
        danger_take(w,
                    (struct intent){
                        .kind = INTENT_danger_safe, .row = m->row, .text = text, .draft = key});
    }
}

static void first(struct danger_draw *w, rect *area) {
    struct card card;
    rect in = part_card_begin(w->u, area, &card, COLOR_NOT_MET);
    part_text(w->u, &in, FONT_H1, COLOR_NOT_MET, COLOR_CARD, WORD(w->s, "danger.first"));
    rect_cut_top(&in, ui_theme(w->u)->unit * 2);
    part_text(w->u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(w->s, "danger.dont"));
    const char *about = !text_blank(w->m->text)   ? w->m->text
                        : !text_blank(w->m->note) ? w->m->note
                                                  : w->m->item_text;
    if (!text_blank(about)) {
        rect_cut_top(&in, ui_theme(w->u)->unit * 2);
        part_text(w->u, &in, FONT_BODY, COLOR_MUTE, COLOR_CARD,
                  SAY(w->u, w->s, "danger.about", about));
    }
    danger_gap(w, &in);
    safe(w, &in);
    in.y -= ui_theme(w->u)->gap;
    part_card_end(w->u, area, &card, in);
}

static void close_card(struct danger_draw *w, rect *area) {
    if (w->m->closed) {
        part_text(w->u, area, FONT_BODY, COLOR_MUTE, COLOR_BG,
                  SAY(w->u, w->s, "danger.closed_at", time_hm(ui_arena(w->u), w->m->closed)));
        return;
    }
    if (w->m->undecided) {
        part_text(w->u, area, FONT_SMALL, COLOR_MUTE, COLOR_BG,
                  WORD(w->s, "danger.close_open"));
        rect_cut_top(area, ui_theme(w->u)->unit * 2);
    }
    struct button b = {.label = WORD(w->s, "danger.close"), .icon = ICON_CHECK};
    rect r = rect_cut_top(area, ui_theme(w->u)->touch_primary);
    if (ui_button(w->u, r, &b)) {
        danger_take(w, (struct intent){
                           .kind = INTENT_danger_close, .row = w->m->row, .back_after = true});
    }
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    struct danger_draw w = {.u = u, .s = s, .m = model, .st = state};
    const struct theme *t = ui_theme(u);
    bool from_check = w.m->visit != 0;
    struct header_result r =
        part_header(u, s, &area,
                    &(struct header){.title = WORD(s, "danger.title"),
                                     .sub = w.m->service_name,
                                     .main = from_check ? WORD(s, "danger.back") : NULL,
                                     .main_plain = true});
    if (r.tap == HEADER_MAIN || r.tap == HEADER_BACK) {
        ui_leave_fields(u);
        danger_take(&w, (struct intent){.kind = INTENT_back});
    }
    rect inner = ui_scroll_begin(u, area, "danger");
    float pad = part_width(u, area) == WIDTH_PHONE ? t->screen_pad * 0.66F : t->screen_pad;
    rect in = rect_inset(inner, pad, 0);
    float widest = READING_DP * ui_text_scale(u);
    if (in.w > widest) in = rect_make(in.x + (in.w - widest) / 2, in.y, widest, in.h);
    float top = in.y;
    rect_cut_top(&in, t->screen_pad * 0.75F);
    if (!w.m->row) {
        part_text(u, &in, FONT_BODY, COLOR_MUTE, COLOR_BG, WORD(s, "danger.none"));
    } else {
        first(&w, &in);
        danger_emergency(&w, &in);
        danger_listed(&w, &in);
        danger_contacts(&w, &in);
        danger_duties(&w, &in);
        close_card(&w, &in);
    }
    ui_scroll_end(u, in.y - top + t->screen_pad);
    return w.out;
}

const struct screen screen_danger = {
    .name = "danger", .state_size = sizeof(struct danger_state), .draw = draw};
