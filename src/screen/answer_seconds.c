/* answer_seconds.c -- a stopwatch. A ringing bell is timed, never an extra one while one rings;
 * at its limit one is told to go in, and the timer keeps running (PEOPLE.md, No harm by
 * checking).
 *
 * States: nothing → running → stopped, or for two workers running → first came → second came.
 */
#include "screen/answer.h"

#include "base/text.h"

enum watch_sort { WATCH_BELL, WATCH_DOOR, WATCH_PLAIN };

static enum watch_sort sort_of(const struct part *p) {
    if (text_starts(p->target, "bell")) return WATCH_BELL;
    return text_starts(p->target, "door") ? WATCH_DOOR : WATCH_PLAIN;
}

static int64_t so_far(const struct scene *s, const struct walk_timing *t) {
    int64_t ms = t->same_boot ? s->boot_ms - t->boot_started : s->wall_ms - t->started;
    return ms > 0 ? ms : 0;
}

static bool big_button(struct ui *u, rect *area, const char *label, enum icon icon,
                       enum button_role role) {
    struct button b = {
        .label = label, .icon = icon, .role = role, .icon_fill = role == BUTTON_MAIN};
    rect r = rect_cut_top(area, ui_button_height(u, &b, area->w, ui_theme(u)->touch_answer));
    rect_cut_top(area, ui_theme(u)->touch_between);
    return ui_button(u, r, &b);
}

static struct intent stop(int64_t row, const char *outcome) {
    return (struct intent){.kind = INTENT_timing_stop, .row = row, .word = outcome};
}

/* The running figure, large, with what the limit is and what to do at it. */
static void figure(struct ui *u, const struct answer_at *at, rect *area,
                   const struct walk_timing *t, int64_t ms) {
    bool bell = sort_of(at->part->part) == WATCH_BELL;
    const char *clock = duration_clock(ui_arena(u), ms);
    float w = ui_text_width(u, FONT_DISPLAY, clock) + ui_theme(u)->gap * 2;
    bool wide = w * 2 < area->w;
    rect row = *area, left = wide ? rect_cut_left(&row, w) : row;
    float h = ui_label(
        u, left, clock,
        &(struct label){.font = FONT_DISPLAY, .color = COLOR_PRIMARY, .ground = COLOR_CARD});
    if (!wide) rect_cut_top(&row, h);
    float top = row.y;
    if (wide) rect_cut_top(&row, ui_theme(u)->unit * 2);
    const char *begun = SAY(u, at->s, "answer.started", time_hms(ui_arena(u), t->started));
    if (t->target_ms) {
        begun = arena_printf(
            ui_arena(u), "%s · %s", begun,
            SAY(u, at->s, "answer.target", duration_text(ui_arena(u), t->target_ms)));
    }
    part_text(u, &row, FONT_SMALL, COLOR_MUTE, COLOR_CARD, begun);
    if (t->about || !t->same_boot) {
        part_text(u, &row, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(at->s, "answer.about"));
    }
    if (bell && t->target_ms && ms >= t->target_ms) {
        part_text(u, &row, FONT_H3, COLOR_NOT_MET, COLOR_CARD, WORD(at->s, "answer.go_in"));
    }
    float used = row.y - (wide ? top : area->y);
    rect_cut_top(area, (wide && h > used ? h : used) + ui_theme(u)->gap);
    ui_wake_in(u, 1000);
}

static struct intent running(struct ui *u, const struct answer_at *at, rect *area,
                             const struct walk_timing *t) {
    enum watch_sort sort = sort_of(at->part->part);
    figure(u, at, area, t, so_far(at->s, t));
    if (sort == WATCH_DOOR) {
        if (big_button(u, area, WORD(at->s, "answer.door_opened"), ICON_DOOR_OPEN,
                       BUTTON_MAIN)) {
            return stop(t->row, "staff_came");
        }
        struct option other = {.label = WORD(at->s, "answer.stopped")};
        return part_options(u, area, "other", &other, 1, -1, ui_theme(u)->touch_primary) == 0
                   ? stop(t->row, "stopped")
                   : (struct intent){0};
    }
    if (sort == WATCH_PLAIN) {
        if (big_button(u, area, WORD(at->s, "answer.stop"), ICON_STOP_CIRCLE, BUTTON_MAIN))
            return stop(t->row, "stopped");
        struct option other = {.label = WORD(at->s, "answer.throw_away")};
        if (part_options(u, area, "other", &other, 1, -1, ui_theme(u)->touch_min) != 0)
            return (struct intent){0};
        struct intent in = stop(t->row, "thrown_away");
        in.undo = "answer.thrown_away";
        return in;
    }
    const char *came =
        WORD(at->s, at->item->item->takes_both ? "answer.first_came" : "answer.staff_came");
    if (big_button(u, area, came, ICON_STOP_CIRCLE, BUTTON_MAIN))
        return stop(t->row, "staff_came");
    struct option others[] = {{.label = WORD(at->s, "answer.went_in")},
                              {.label = WORD(at->s, "answer.stopped")}};
    int tapped = part_options(u, area, "other", others, 2, -1, ui_theme(u)->touch_answer);
    if (tapped == 0) return stop(t->row, "went_in");
    return tapped == 1 ? stop(t->row, "stopped") : (struct intent){0};
}

static struct intent waiting_second(struct ui *u, const struct answer_at *at, rect *area,
                                    const struct walk_timing *t) {
    figure(u, at, area, t, so_far(at->s, t));
    part_text(u, area, FONT_BODY, COLOR_INK, COLOR_CARD,
              SAY(u, at->s, "answer.first_after", duration_text(ui_arena(u), t->ms)));
    rect_cut_top(area, ui_theme(u)->gap);
    if (big_button(u, area, WORD(at->s, "answer.second_came"), ICON_USERS, BUTTON_MAIN)) {
        return (struct intent){.kind = INTENT_timing_second, .row = t->row};
    }
    struct option no = {.label = WORD(at->s, "answer.no_second")};
    return part_options(u, area, "none", &no, 1, -1, ui_theme(u)->touch_primary) == 0
               ? stop(t->row, NULL)
               : (struct intent){0};
}

static const char *start_label(const struct answer_at *at) {
    switch (sort_of(at->part->part)) {
    case WATCH_BELL:
        return WORD(at->s, "answer.start_bell");
    case WATCH_DOOR:
        return WORD(at->s, "answer.start_door");
    case WATCH_PLAIN:
        break;
    }
    return WORD(at->s, "answer.start");
}

/* Watches that ran before anybody thought of a question. */
static struct intent free_watches(struct ui *u, const struct answer_at *at, rect *area) {
    const char *labels[4];
    int64_t rows[4];
    int n = 0;
    for (int i = 0; i < at->m->timings_count && n < 4; i++) {
        const struct walk_timing *t = &at->m->timings[i];
        if (!t->free) continue;
        labels[n] = t->running
                        ? WORD(at->s, "answer.use_running")
                        : SAY(u, at->s, "answer.use_timed", duration_clock(ui_arena(u), t->ms));
        rows[n++] = t->row;
    }
    int tapped = part_chips(u, area, "free", labels, NULL, n);
    if (tapped < 0) return (struct intent){0};
    return (struct intent){.kind = INTENT_timing_give,
                           .row = rows[tapped],
                           .word = at->item->item->id,
                           .word2 = at->part->part->id,
                           .number = at->item->room ? at->item->room->row : 0};
}

static struct intent start(struct ui *u, const struct answer_at *at, rect *area, bool again) {
    bool bell = sort_of(at->part->part) == WATCH_BELL, other = bell && at->m->ringing;
    const char *label = other   ? WORD(at->s, "answer.another_rings")
                        : again ? WORD(at->s, "answer.time_again")
                                : start_label(at);
    if (other) {
        part_text(u, area, FONT_BODY, COLOR_PARTLY, COLOR_CARD,
                  WORD(at->s, "answer.bell_rings_already"));
        rect_cut_top(area, ui_theme(u)->gap);
    }
    enum icon icon = bell ? ICON_BELL_RINGING : ICON_PLAY_CIRCLE;
    if (big_button(u, area, label, icon, BUTTON_PLAIN)) {
        return (struct intent){.kind = INTENT_timing_start,
                               .row = at->m->visit,
                               .other = at->item->room ? at->item->room->area : 0,
                               .number = at->item->room ? at->item->room->row : 0,
                               .text = *at->part->part->text ? at->part->part->text
                                                             : at->item->item->text,
                               .word = at->item->item->id,
                               .word2 = at->part->part->id};
    }
    if (bell && !again && !other) {
        part_text(u, area, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(at->s, "answer.bell_rule"));
        rect_cut_top(area, ui_theme(u)->gap);
    }
    return free_watches(u, at, area);
}

static const char *outcome_text(const struct answer_at *at, const struct walk_timing *t) {
    if (!t) return "";
    if (text_equal(t->outcome, "staff_came")) {
        return WORD(at->s, sort_of(at->part->part) == WATCH_DOOR ? "answer.door_opened"
                                                                 : "answer.staff_came");
    }
    if (text_equal(t->outcome, "went_in")) return WORD(at->s, "answer.went_in");
    return sort_of(at->part->part) == WATCH_PLAIN ? "" : WORD(at->s, "answer.stopped");
}

/* Help that the visitor gave is recorded. */
static struct intent help_given(struct ui *u, const struct answer_at *at, rect *area,
                                const struct walk_timing *t) {
    struct field f = {.key = arena_printf(ui_arena(u), "timing/%lld/helped", (long long)t->row),
                      .initial = t->helped,
                      .hint = WORD(at->s, "answer.help_given"),
                      .name = WORD(at->s, "answer.help_given"),
                      .lines = 1,
                      .ground = COLOR_CARD};
    struct field_result r =
        ui_field(u, rect_cut_top(area, ui_field_height(u, &f, area->w)), &f);
    rect_cut_top(area, ui_theme(u)->touch_between);
    if (!r.left) return (struct intent){0};
    return (struct intent){
        .kind = INTENT_timing_stop, .row = t->row, .text = r.text, .draft = f.key};
}

static struct intent done(struct ui *u, const struct answer_at *at, rect *area) {
    const struct answer_value *v = answer_value_of(at);
    const struct walk_timing *t = at->part->timing;
    const char *said = outcome_text(at, t);
    const char *time = duration_clock(ui_arena(u), v->number);
    rect row = *area,
         left = rect_cut_left(&row, ui_text_width(u, FONT_H1, time) + ui_theme(u)->gap);
    float h = ui_label(u, left, time, &(struct label){.font = FONT_H1, .ground = COLOR_CARD});
    row.h = h;
    ui_label(u, row,
             t && t->about
                 ? arena_printf(ui_arena(u), "%s · %s", said, WORD(at->s, "answer.about"))
                 : said,
             &(struct label){.font = FONT_BODY,
                             .color = COLOR_MUTE,
                             .ground = COLOR_CARD,
                             .middle = true,
                             .lines_max = 1});
    rect_cut_top(area, h + ui_theme(u)->gap);
    struct intent in = {0};
    if (t && (text_equal(t->outcome, "went_in") || !text_blank(t->helped)))
        in = help_given(u, at, area, t);
    struct intent again = start(u, at, area, true);
    return in.kind ? in : again;
}

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const struct walk_timing *t = at->part->timing;
    if (t && t->running) return running(u, at, area, t);
    if (t && t->waiting_second) return waiting_second(u, at, area, t);
    return answer_value_of(at)->has_number ? done(u, at, area) : start(u, at, area, false);
}

const struct answer_kind answer_SECONDS = {.draw = draw};
