/* walk_first.c -- page one: what to say on arriving, the watch (asked once), who is in charge,
 * back by when for somebody alone at night, the code for another checker, and the staffing in
 * one line by rule. */
#include "screen/walk_screen.h"

#include "base/text.h"

#define HOUR_MS   3600000LL
#define MINUTE_MS 60000LL

static void arrival(struct walk_draw *w, rect *area) {
    struct card card;
    struct button who = {.label = WORD(w->s, "walk.show_who"),
                         .icon = ICON_IDENTIFICATION_CARD};
    const char *say = WORD(w->s, w->m->at_night ? "walk.arrival_night" : "walk.arrival_day");
    float least = ui_theme(w->u)->touch_primary, width = ui_button_width(w->u, &who);
    rect in = part_card_begin(w->u, area, &card, COLOR_LINE);
    bool tapped;
    if (width * 2.5F < in.w) { /* beside each other: page one stays short */
        rect row = in, right = rect_cut_right(&row, width);
        rect_cut_right(&row, ui_theme(w->u)->gap);
        float h = ui_text_height(w->u, FONT_H3, say, row.w);
        if (h < least) h = least;
        row.h = right.h = h;
        ui_label(w->u, row, say,
                 &(struct label){.font = FONT_H3, .ground = COLOR_CARD, .middle = true});
        tapped = ui_button(w->u, rect_center(right, width, least), &who);
        rect_cut_top(&in, h);
    } else {
        part_text(w->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, say);
        walk_gap(w, &in);
        tapped = walk_buttons(w, &in, &who, 1, least) == 0;
        in.y -= ui_theme(w->u)->gap;
    }
    part_card_end(w->u, area, &card, in);
    if (tapped) walk_take(w, part_go(SCREEN_identity, w->m->visit, 0, NULL));
}

/* ---- the watch ---- */

static void watch_typed(struct walk_draw *w, rect *in) {
    struct field f = {
        .key = arena_printf(ui_arena(w->u), "visit/%lld/watch", (long long)w->m->visit),
        .hint = WORD(w->s, "walk.watch_hint"),
        .name = WORD(w->s, "walk.watch_hint"),
        .lines = 1,
        .bytes_max = 8,
        .focus = true,
        .ground = COLOR_CARD};
    struct field_result r =
        ui_field(w->u, rect_cut_top(in, ui_field_height(w->u, &f, in->w)), &f);
    walk_gap(w, in);
    int64_t at;
    if (!(r.entered || r.left) || !answer_read_time(r.text, w->s->wall_ms, &at)) return;
    w->st->watch_wrong = 0;
    walk_take(
        w, (struct intent){
               .kind = INTENT_visit_watch, .row = w->m->visit, .number = at, .draft = f.key});
}

static void watch(struct walk_draw *w, rect *area) {
    if (w->m->watch_asked || w->m->sealed) return;
    struct card card;
    rect in = part_card_begin(w->u, area, &card, COLOR_AMBER);
    const char *now = time_hm(ui_arena(w->u), w->s->wall_ms);
    part_text(w->u, &in, FONT_H2, COLOR_INK, COLOR_CARD, SAY(w->u, w->s, "walk.watch", now));
    walk_gap(w, &in);
    struct option o[] = {
        {.label = SAY(w->u, w->s, "walk.watch_yes", now),
         .icon = ICON_CHECK,
         .role = BUTTON_MAIN},
        {.label = WORD(w->s, "walk.watch_no"), .icon = ICON_CLOCK, .role = BUTTON_MAIN}};
    int tapped = part_options(w->u, &in, "watch", o, 2, w->st->watch_wrong ? 1 : -1,
                              ui_theme(w->u)->touch_answer);
    if (tapped == 0) {
        walk_take(w, (struct intent){.kind = INTENT_visit_watch,
                                     .row = w->m->visit,
                                     .number = w->s->wall_ms});
    }
    if (tapped == 1) w->st->watch_wrong = 1;
    if (w->st->watch_wrong) watch_typed(w, &in);
    in.y -= ui_theme(w->u)->gap;
    part_card_end(w->u, area, &card, in);
}

/* ---- who is in charge ---- */

static void in_charge(struct walk_draw *w, rect *in) {
    const struct walk_model *m = w->m;
    bool known = !text_blank(m->in_charge);
    if (known && !w->st->charge_open) {
        struct button b = {.label = SAY(w->u, w->s, "walk.in_charge_is", m->in_charge),
                           .icon = ICON_USER,
                           .key = "charge"};
        if (walk_buttons(w, in, &b, 1, ui_theme(w->u)->touch_min) == 0) w->st->charge_open = 1;
        return;
    }
    part_text(w->u, in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(w->s, "walk.in_charge"));
    rect_cut_top(in, ui_theme(w->u)->unit * 2);
    const char *labels[24];
    int n = m->people_count < 24 ? m->people_count : 24;
    for (int i = 0; i < n; i++)
        labels[i] = m->people[i].label;
    int tapped = part_chips(w->u, in, "charge", labels, NULL, n);
    struct field f = {
        .key = arena_printf(ui_arena(w->u), "visit/%lld/in_charge", (long long)m->visit),
        .hint = WORD(w->s, "walk.in_charge_words"),
        .name = WORD(w->s, "walk.in_charge_words"),
        .lines = 1,
        .bytes_max = 120,
        .ground = COLOR_CARD};
    struct field_result r =
        ui_field(w->u, rect_cut_top(in, ui_field_height(w->u, &f, in->w)), &f);
    walk_gap(w, in);
    struct intent say = {.kind = INTENT_visit_in_charge, .row = m->visit, .draft = f.key};
    if (tapped >= 0) {
        say.other = m->people[tapped].row;
    } else if ((r.left || r.entered) && !text_blank(r.text)) {
        say.text = r.text;
    } else {
        return;
    }
    w->st->charge_open = 0;
    walk_take(w, say);
}

/* ---- alone at night ---- */

static int64_t half_hour_after(int64_t now, int hours) {
    int64_t at = now + hours * HOUR_MS + 29 * MINUTE_MS;
    return at - at % (30 * MINUTE_MS);
}

static void back_by(struct walk_draw *w, rect *in) {
    const struct walk_model *m = w->m;
    struct arena *a = ui_arena(w->u);
    if (!m->at_night || m->left) return;
    part_text(w->u, in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(w->s, "walk.back_by"));
    rect_cut_top(in, ui_theme(w->u)->unit * 2);
    const char *labels[4];
    int64_t times[4];
    bool on[4] = {false};
    int n = 0;
    if (m->back_by) times[n++] = m->back_by, on[0] = true;
    for (int h = 1; h <= 3; h++) {
        int64_t at = half_hour_after(w->s->wall_ms, h);
        if (at != m->back_by) times[n++] = at;
    }
    for (int i = 0; i < n; i++)
        labels[i] = time_hm(a, times[i]);
    int tapped = part_chips(w->u, in, "back", labels, on, n);
    if (tapped >= 0) {
        int64_t at = on[tapped] ? 0 : times[tapped];
        walk_take(w,
                  (struct intent){.kind = INTENT_visit_back_by, .row = m->visit, .number = at});
    }
    if (!m->back_by) return;
    struct field f = {.key = arena_printf(a, "visit/%lld/back_tell", (long long)m->visit),
                      .initial = m->back_tell,
                      .hint = WORD(w->s, "walk.back_tell"),
                      .name = WORD(w->s, "walk.back_tell"),
                      .lines = 1,
                      .bytes_max = 120,
                      .ground = COLOR_CARD};
    struct field_result r =
        ui_field(w->u, rect_cut_top(in, ui_field_height(w->u, &f, in->w)), &f);
    rect_cut_top(in, ui_theme(w->u)->unit);
    if (r.left) {
        walk_take(w, (struct intent){.kind = INTENT_visit_back_by,
                                     .row = m->visit,
                                     .number = m->back_by,
                                     .text = r.text,
                                     .draft = f.key});
    }
    part_text(w->u, in, FONT_SMALL, COLOR_PARTLY, COLOR_CARD, WORD(w->s, "walk.back_not_sent"));
    walk_gap(w, in);
}

static const char *join_code(struct walk_draw *w) {
    const char *code = w->m->join_code;
    return strlen(code) > 3 ? arena_printf(ui_arena(w->u), "%.3s %s", code, code + 3) : code;
}

/* In one line what is known of the check; a tap opens it. */
static void about_this(struct walk_draw *w, rect *area) {
    const struct walk_model *m = w->m;
    struct arena *a = ui_arena(w->u);
    if (m->sealed) return;
    const char *sub = text_blank(m->in_charge)
                          ? WORD(w->s, "walk.in_charge_later")
                          : SAY(w->u, w->s, "walk.in_charge_is", m->in_charge);
    if (m->back_by)
        sub = arena_printf(a, "%s · %s", sub,
                           SAY(w->u, w->s, "walk.back_at", time_hm(a, m->back_by)));
    if (!text_blank(m->join_code))
        sub = arena_printf(a, "%s · %s", sub, SAY(w->u, w->s, "walk.code", join_code(w)));
    struct button open = {.label = WORD(w->s, "walk.about"),
                          .sub = sub,
                          .key = "about",
                          .icon = w->st->about_open ? ICON_CARET_UP : ICON_CARET_DOWN,
                          .align = ALIGN_LEFT,
                          .left = true};
    if (walk_tap(w, area, &open, ui_theme(w->u)->touch_answer))
        w->st->about_open = !w->st->about_open;
    rect_cut_top(area, ui_theme(w->u)->gap * 0.5F);
    if (!w->st->about_open) return;
    struct card card;
    rect in = part_card_begin(w->u, area, &card, COLOR_LINE);
    in_charge(w, &in);
    back_by(w, &in);
    if (!text_blank(m->join_code)) {
        part_text(w->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  SAY(w->u, w->s, "walk.join_code", join_code(w)));
        walk_gap(w, &in);
    }
    in.y -= ui_theme(w->u)->gap;
    part_card_end(w->u, area, &card, in);
}

/* ---- staffing in one line ---- */

static const char *staffing_line(struct walk_draw *w) {
    const struct walk_staffing *f = &w->m->staffing;
    struct arena *a = ui_arena(w->u);
    const char *out =
        f->per_worker ? SAY(w->u, w->s, "walk.per_worker", arena_printf(a, "%d", f->per_worker))
                      : "";
#define ADD(text) out = arena_printf(a, "%s%s%s", out, *out ? " · " : "", (text))
    if (f->planned >= 0) {
        ADD(SAY(w->u, w->s, "walk.awake_of", arena_printf(a, "%d", f->awake),
                arena_printf(a, "%d", f->planned)));
    }
    if (f->agency >= 0) {
        ADD(SAY(w->u, w->s, "walk.agency_of", arena_printf(a, "%d", f->agency),
                arena_printf(a, "%d", f->awake)));
    }
    if (!text_blank(f->medicines))
        ADD(WORD(w->s,
                 text_equal(f->medicines, "yes") ? "walk.medicines_yes" : "walk.medicines_no"));
    if (!text_blank(f->evacuation))
        ADD(WORD(w->s, text_equal(f->evacuation, "yes") ? "walk.evacuation_yes"
                                                        : "walk.evacuation_no"));
#undef ADD
    return out;
}

static void below_fire_plan(struct walk_draw *w, rect *in) {
    const struct walk_staffing *f = &w->m->staffing;
    struct arena *a = ui_arena(w->u);
    part_text(w->u, in, FONT_H3, COLOR_NOT_MET, COLOR_CARD,
              SAY(w->u, w->s,
                  f->least_own_choice ? "walk.below_fire_default" : "walk.below_fire",
                  arena_printf(a, "%d", f->awake), arena_printf(a, "%d", f->least)));
    walk_gap(w, in);
    if (f->severity >= 4) return;
    struct button b = {.label = WORD(w->s, "walk.danger_now"),
                       .icon = ICON_WARNING,
                       .role = BUTTON_DANGER,
                       .key = "staffing"};
    if (!walk_tap(w, in, &b, ui_theme(w->u)->touch_answer)) return;
    struct answer_intent *say = ARENA_NEW(a, struct answer_intent);
    *say = (struct answer_intent){.visit = w->m->visit,
                                  .item = f->item,
                                  .part = f->part,
                                  .set_severity = true,
                                  .severity = 4};
    walk_take(w, (struct intent){.kind = INTENT_answer, .detail = say});
}

void walk_staffing(struct walk_draw *w, rect *area) {
    const struct walk_staffing *f = &w->m->staffing;
    const char *line = f->awake >= 0 ? staffing_line(w) : "";
    if (text_blank(line)) return;
    struct card card;
    rect in = part_card_begin(w->u, area, &card, f->below_least ? COLOR_NOT_MET : COLOR_LINE);
    part_text(w->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, line);
    walk_gap(w, &in);
    if (f->below_least) {
        below_fire_plan(w, &in);
    }
    const char *flags[3] = {f->below_planned ? "walk.below_planned" : NULL,
                            f->below_calculated ? "walk.below_calculated" : NULL,
                            answer_list_has(f->only_agency, "medicines") ||
                                    answer_list_has(f->only_agency, "evacuation")
                                ? "walk.only_agency"
                                : NULL};
    for (int i = 0; i < 3; i++) {
        if (!flags[i]) continue;
        part_text(w->u, &in, FONT_BODY, COLOR_PARTLY, COLOR_CARD, WORD(w->s, flags[i]));
        walk_gap(w, &in);
    }
    in.y -= ui_theme(w->u)->gap;
    part_card_end(w->u, area, &card, in);
}

void walk_first(struct walk_draw *w, rect *area) {
    ui_push_text(w->u, "first");
    watch(w, area);
    walk_staffing(w, area);
    arrival(w, area);
    about_this(w, area);
    ui_pop(w->u);
}
