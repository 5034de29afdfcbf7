/* walk_done.c -- an action that somebody says is done, as a card among the questions: is it
 * seen working? Who may say so is a rule (care/rules.h); whoever may not is told why. */
#include "screen/walk_screen.h"

#include "base/text.h"

static struct intent step(const struct walk_draw *w, const struct walk_done *d,
                          const char *sort) {
    return (struct intent){.kind = INTENT_step,
                           .row = d->action,
                           .word = sort,
                           .other = w->m->visit,
                           .undo = "walk.step_kept"};
}

static void head(struct walk_draw *w, rect *in, const struct walk_done *d) {
    struct ui *u = w->u;
    const char *tag = part_reference(u, d->must, d->reference);
    float h = ui_line_height(u, FONT_TAG) + ui_theme(u)->unit * 2, width = ui_tag_width(u, tag);
    rect row = rect_cut_top(in, h);
    part_reference_tag(u, rect_cut_left(&row, width), d->reference, d->must);
    rect_cut_left(&row, ui_theme(u)->gap);
    ui_label(u, row,
             SAY(u, w->s, "walk.said_done", day_text(ui_arena(u), london_day(d->said_at))),
             &(struct label){.font = FONT_SMALL,
                             .color = COLOR_PARTLY,
                             .ground = COLOR_CARD,
                             .middle = true,
                             .lines_max = 1});
    rect_cut_top(in, ui_theme(u)->unit * 2);
    part_text(u, in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(w->s, "walk.see_it_working"));
    part_text(u, in, FONT_BODY, COLOR_INK, COLOR_CARD, d->different);
    if (!text_blank(d->measure)) {
        part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  SAY(u, w->s, "walk.measure", d->measure));
    }
    walk_gap(w, in);
}

/* The place as it was found, and a photo from the same spot: what was said and what is there
 * lie beside each other. */
static void place(struct walk_draw *w, rect *in, const struct walk_done *d) {
    struct evidence_to to = {.what = EVIDENCE_AFTER, .visit = w->m->visit, .row = d->action};
    if (!evidence_photos(&d->evidence)) return;
    walk_take(w, evidence_places(w->u, w->s, in, &d->evidence, COLOR_CARD));
    if (w->m->sealed) return;
    struct button b = {.label = WORD(w->s, "evidence.like_first"), .icon = ICON_CAMERA};
    if (walk_buttons(w, in, &b, 1, ui_theme(w->u)->touch_primary) == 0)
        walk_take(w, evidence_photo_go(&to));
}

void walk_done(struct walk_draw *w, rect *area, const struct walk_done *d) {
    struct card card;
    ui_push_text(w->u, "done");
    ui_push(w->u, d->action);
    rect in = part_card_begin(w->u, area, &card, COLOR_AMBER);
    head(w, &in, d);
    if (d->cannot) {
        part_text(w->u, &in, FONT_BODY, COLOR_MUTE, COLOR_CARD, WORD(w->s, d->cannot));
        walk_gap(w, &in);
    }
    place(w, &in, d);
    struct option o[] = {
        {.label = WORD(w->s, "walk.seen_working"),
         .icon = ICON_CHECK,
         .role = BUTTON_MET,
         .disabled = d->cannot != NULL},
        {.label = WORD(w->s, "walk.not_working"), .icon = ICON_X, .role = BUTTON_NOT_MET},
    };
    int tapped = part_options(w->u, &in, "verify", o, 2, -1, ui_theme(w->u)->touch_answer);
    if (tapped == 0 && !d->cannot) walk_take(w, step(w, d, "seen_working"));
    if (tapped == 1) walk_take(w, step(w, d, "not_working"));
    in.y -= ui_theme(w->u)->gap;
    part_card_end(w->u, area, &card, in);
    ui_pop(w->u);
    ui_pop(w->u);
}
