/* walk_watch.c -- stopwatches that belong to no question yet, at the top of every section while
 * they run; and one reason in one tap for what is left of a section. */
#include "screen/walk_screen.h"

#include "base/text.h"

#define WATCHES_MOST 6 /* more than anybody can keep an ear on */

static void free_watch(struct walk_draw *w, rect *area, const struct walk_timing *t) {
    struct ui *u = w->u;
    int64_t ms = t->same_boot ? w->s->boot_ms - t->boot_started : w->s->wall_ms - t->started;
    if (ms < 0) ms = 0;
    bool late = t->target_ms && ms >= t->target_ms;
    struct card card;
    ui_push(u, t->row);
    rect in = part_card_begin(u, area, &card, late ? COLOR_NOT_MET : COLOR_LINE);
    part_text(u, &in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(w->s, "walk.bell_rings"));
    const char *clock = duration_clock(ui_arena(u), ms);
    rect row = in;
    float h = ui_label(
        u, row, clock,
        &(struct label){.font = FONT_DISPLAY, .color = COLOR_PRIMARY, .ground = COLOR_CARD});
    float side = ui_text_width(u, FONT_DISPLAY, clock) + ui_theme(u)->gap * 2;
    bool beside = side * 1.8F < in.w;
    rect words = in;
    if (beside) {
        rect_cut_left(&words, side);
        rect_cut_top(&words, ui_theme(u)->gap);
    } else {
        rect_cut_top(&words, h);
    }
    const char *begun = SAY(u, w->s, "answer.started", time_hms(ui_arena(u), t->started));
    if (t->target_ms) {
        const char *limit =
            SAY(u, w->s, "answer.target", duration_text(ui_arena(u), t->target_ms));
        begun = arena_printf(ui_arena(u), "%s · %s", begun, limit);
    }
    part_text(u, &words, FONT_SMALL, COLOR_MUTE, COLOR_CARD, begun);
    if (late)
        part_text(u, &words, FONT_H3, COLOR_NOT_MET, COLOR_CARD, WORD(w->s, "answer.go_in"));
    rect_cut_top(&in, beside && h > words.y - in.y ? h : words.y - in.y);
    walk_gap(w, &in);
    struct option o[] = {{.label = WORD(w->s, "answer.staff_came"),
                          .icon = ICON_STOP_CIRCLE,
                          .role = BUTTON_MAIN},
                         {.label = WORD(w->s, "answer.went_in"), .icon = ICON_HAND_HEART},
                         {.label = WORD(w->s, "answer.stopped"), .icon = ICON_BELL}};
    static const char *const outcomes[] = {"staff_came", "went_in", "stopped"};
    int tapped = part_options(u, &in, "outcome", o, 3, 0, ui_theme(u)->touch_answer);
    if (tapped >= 0) {
        walk_take(w, (struct intent){
                         .kind = INTENT_timing_stop, .row = t->row, .word = outcomes[tapped]});
    }
    struct button away = {.label = WORD(w->s, "answer.throw_away"), .icon = ICON_X};
    if (walk_buttons(w, &in, &away, 1, ui_theme(u)->touch_min) == 0) {
        walk_take(w, (struct intent){.kind = INTENT_timing_stop,
                                     .row = t->row,
                                     .word = "thrown_away",
                                     .undo = "answer.thrown_away"});
    }
    in.y -= ui_theme(u)->gap;
    part_card_end(u, area, &card, in);
    ui_pop(u);
    ui_wake_in(u, 1000);
}

/* Two bells may ring at once, and each has its own watch. */
void walk_watches(struct walk_draw *w, rect *area) {
    int n = 0;
    for (int i = 0; i < w->m->timings_count; i++) {
        const struct walk_timing *t = &w->m->timings[i];
        if (!t->running || !t->free) continue;
        free_watch(w, area, t);
        n++;
    }
    if (!n || n >= WATCHES_MOST || w->m->sealed) return;
    struct button b = {.label = WORD(w->s, "answer.another_rings"),
                       .key = "another-bell",
                       .icon = ICON_BELL_RINGING};
    if (walk_buttons(w, area, &b, 1, ui_theme(w->u)->touch_primary) == 0) {
        walk_take(w, (struct intent){.kind = INTENT_timing_start,
                                     .row = w->m->visit,
                                     .text = WORD(w->s, "walk.bell")});
    }
}

/* ---- what is left of a section ---- */

static const char *const reasons[] = {"no_time",  "staff_busy", "would_disturb", "not_safe",
                                      "not_here", "refused",    "other"};

static const char *reason_text(struct walk_draw *w, const char *reason) {
    return WORD(w->s, arena_printf(ui_arena(w->u), "walk.left_%s", reason));
}

void walk_rest(struct walk_draw *w, rect *area, const struct walk_section *s) {
    int left = s->wanted - s->answered;
    if (w->m->sealed || left <= 0) return;
    struct intent in = {
        .kind = INTENT_unanswered, .row = w->m->visit, .text = s->section->id, .number = left};
    const char *count = arena_printf(ui_arena(w->u), "%d", left);
    if (s->left_reason) {
        part_text(w->u, area, FONT_BODY, COLOR_MUTE, COLOR_BG,
                  SAY(w->u, w->s, "walk.left_because", count, reason_text(w, s->left_reason)));
        walk_gap(w, area);
        struct button b = {.label = WORD(w->s, "walk.left_undo"), .icon = ICON_ARROW_U_UP_LEFT};
        if (walk_buttons(w, area, &b, 1, ui_theme(w->u)->touch_min) == 0) walk_take(w, in);
        return;
    }
    part_text(w->u, area, FONT_BODY, COLOR_MUTE, COLOR_BG, SAY(w->u, w->s, "walk.left", count));
    rect_cut_top(area, ui_theme(w->u)->unit * 2);
    const char *labels[7];
    for (int i = 0; i < 7; i++)
        labels[i] = reason_text(w, reasons[i]);
    int tapped = part_chips(w->u, area, "left", labels, NULL, 7);
    if (tapped < 0) return;
    in.word = reasons[tapped];
    walk_take(w, in);
}
