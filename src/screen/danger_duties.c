/* danger_duties.c -- the duties that a danger may bring. Lantern decides none of them; it sees
 * to it that a person does, and whatever is left open heads the morning page. */
#include "screen/danger_screen.h"

#include "base/text.h"

#define HOUR_MS 3600000LL

static struct duty_intent *duty_say(struct danger_draw *w, const struct danger_duty *d,
                                    struct intent *in) {
    struct duty_intent *say = ARENA_NEW(ui_arena(w->u), struct duty_intent);
    *say = (struct duty_intent){.visit = w->m->visit,
                                .service = w->m->service,
                                .danger = w->m->row,
                                .row = d->row,
                                .name = d->name};
    *in = (struct intent){.kind = INTENT_duty, .detail = say};
    return say;
}

/* In two hours, and the next times at which offices answer. */
static void decide_by(struct danger_draw *w, rect *in, const struct danger_duty *d) {
    static const int hours[] = {9, 12, 17};
    struct arena *a = ui_arena(w->u);
    int64_t now = w->s->wall_ms, times[4] = {now + 2 * HOUR_MS};
    times[0] -= times[0] % (HOUR_MS / 2);
    const char *labels[4];
    for (int i = 0; i < 3; i++) {
        struct civil c = civil_london(now);
        times[i + 1] = london_to_ms(c.year, c.month, c.day, hours[i], 0);
        if (times[i + 1] <= now) {
            struct civil next = civil_london(now + 24 * HOUR_MS);
            times[i + 1] = london_to_ms(next.year, next.month, next.day, hours[i], 0);
        }
    }
    for (int i = 0; i < 4; i++)
        labels[i] = time_day_hm(a, times[i]);
    int tapped = part_chips(w->u, in, "by", labels, NULL, 4);
    if (tapped < 0) return;
    struct intent out;
    struct duty_intent *say = duty_say(w, d, &out);
    say->decision = "open";
    say->decide_by = times[tapped];
    w->st->decide_by = 0;
    danger_take(w, out);
}

static void duty_words(struct danger_draw *w, rect *in, const struct danger_duty *d) {
    struct arena *a = ui_arena(w->u);
    static const char *const names[] = {"who", "why", "reference"};
    const char *initial[] = {d->who, d->why, d->reference};
    const char *hints[] = {WORD(w->s, "danger.duty_who"), WORD(w->s, "danger.duty_why"),
                           WORD(w->s, "danger.duty_reference")};
    for (int i = 0; i < 3; i++) {
        const char *text;
        const char *key =
            arena_printf(a, "danger/%lld/duty/%s/%s", (long long)w->m->row, d->name, names[i]);
        if (!danger_field(w, in, key, hints[i], initial[i], &text)) continue;
        struct intent out;
        struct duty_intent *say = duty_say(w, d, &out);
        if (i == 0) say->who = text;
        if (i == 1) say->why = text;
        if (i == 2) say->reference = text;
        out.draft = key;
        danger_take(w, out);
    }
}

static void state_line(struct danger_draw *w, rect *in, const struct danger_duty *d) {
    struct arena *a = ui_arena(w->u);
    const char *line = "";
    if (d->decided) line = time_day_hm(a, d->decided);
    if (d->decided && !text_blank(d->who))
        line = SAY(w->u, w->s, "danger.decided_line", line, d->who);
    if (!d->decided && d->decide_by)
        line = SAY(w->u, w->s, "danger.decide_by_line", time_day_hm(a, d->decide_by));
    part_text(w->u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, line);
    if (*line) danger_gap(w, in);
}

static void duty(struct danger_draw *w, rect *in, int index) {
    const struct danger_duty *d = &w->m->duties[index];
    struct ui *u = w->u;
    ui_push_text(u, d->name);
    part_text(u, in, FONT_H3, COLOR_INK, COLOR_CARD,
              WORD(w->s, arena_printf(ui_arena(u), "danger.duty_%s", d->name)));
    rect_cut_top(in, ui_theme(u)->unit * 2);
    struct option o[] = {{.label = WORD(w->s, "danger.needed"), .role = BUTTON_MAIN},
                         {.label = WORD(w->s, "danger.not_needed"), .role = BUTTON_NA},
                         {.label = WORD(w->s, "danger.decide_by"), .role = BUTTON_PARTLY}};
    int now = text_equal(d->decision, "needed")       ? 0
              : text_equal(d->decision, "not_needed") ? 1
              : d->decide_by                          ? 2
                                                      : -1;
    int tapped = part_options(u, in, "decide", o, 3, now, ui_theme(u)->touch_primary);
    if (tapped == 0 || tapped == 1) {
        struct intent out;
        struct duty_intent *say = duty_say(w, d, &out);
        say->decision = tapped == 0 ? "needed" : "not_needed";
        if (text_blank(d->who) && !text_blank(w->m->holder)) say->who = w->m->holder;
        w->st->duty = index + 1;
        w->st->decide_by = 0;
        danger_take(w, out);
    }
    if (tapped == 2) w->st->decide_by = w->st->decide_by == index + 1 ? 0 : index + 1;
    if (w->st->decide_by == index + 1) decide_by(w, in, d);
    state_line(w, in, d);
    if (w->st->duty == index + 1 && d->decided) duty_words(w, in, d);
    if (w->st->duty != index + 1 && d->decided) {
        struct button b = {.label = WORD(w->s, "danger.more"), .icon = ICON_PENCIL_LINE};
        rect r = rect_cut_top(in, ui_theme(u)->touch_min);
        r.w = ui_button_width(u, &b);
        if (ui_button(u, r, &b)) w->st->duty = index + 1;
        danger_gap(w, in);
    }
    rect_cut_top(in, ui_theme(u)->unit * 2);
    ui_pop(u);
}

void danger_duties(struct danger_draw *w, rect *area) {
    struct card card;
    part_heading(w->u, area, WORD(w->s, "danger.duties"));
    const char *left = w->m->undecided
                           ? SAY(w->u, w->s, "danger.undecided",
                                 arena_printf(ui_arena(w->u), "%d", w->m->undecided))
                           : WORD(w->s, "danger.all_decided");
    part_text(w->u, area, FONT_BODY, w->m->undecided ? COLOR_PARTLY : COLOR_MET, COLOR_BG,
              left);
    danger_gap(w, area);
    rect in = part_card_begin(w->u, area, &card, COLOR_LINE);
    for (int i = 0; i < w->m->duties_count; i++)
        duty(w, &in, i);
    in.y -= ui_theme(w->u)->gap;
    part_card_end(w->u, area, &card, in);
}
