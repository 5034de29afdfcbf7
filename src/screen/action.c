/* action.c -- one action with its whole history. Only what was seen working for twelve weeks is
 * green. */
#include "screen/action_pieces.h"

#include "base/text.h"
#include "screen/erased_part.h"
#include "screen/pick_day.h"

static const char *state_key(const struct action_row *r) {
    switch (r->state) {
    case ACTION_OPEN:
        return r->overdue ? "action.state_overdue" : "action.state_open";
    case ACTION_SAID_DONE:
        return "action.state_said_done";
    case ACTION_SEEN_WORKING:
        return "action.state_seen_working";
    case ACTION_LASTED:
        return "action.state_lasted";
    case ACTION_CLOSED:
        return "action.state_closed";
    }
    return "action.state_open";
}

const char *action_next_step(const struct action_model *m) {
    switch (m->row.state) {
    case ACTION_OPEN:
        return "said_done";
    case ACTION_SAID_DONE:
        return "seen_working";
    case ACTION_SEEN_WORKING:
        return m->lasted_weeks >= 12 ? "lasted" : NULL;
    case ACTION_LASTED:
    case ACTION_CLOSED:
        break;
    }
    return NULL;
}

static struct intent header(struct action_view *v, rect *area) {
    const struct action_model *m = v->m;
    const char *step = action_next_step(m);
    const char *title = arena_printf(ui_arena(v->u), "%s · %s",
                                     part_reference(v->u, m->row.must, m->row.reference),
                                     WORD(v->s, m->row.must ? "common.must" : "common.should"));
    bool closed_to_us = step && !text_equal(step, "said_done") && m->row.cannot;
    struct header_result r = part_header(
        v->u, v->s, area,
        &(struct header){
            .title = title,
            .sub = WORD(v->s, state_key(&m->row)),
            .main =
                step ? WORD(v->s, arena_printf(ui_arena(v->u), "action.do_%s", step)) : NULL,
            .main_disabled = closed_to_us});
    if (r.tap == HEADER_MAIN) return action_step_intent(v, step, 0);
    return part_header_intent(r);
}

static struct intent body(struct action_view *v, rect area) {
    struct ui *u = v->u;
    bool wide = part_width(u, area) == WIDTH_WIDE;
    float pad = part_width(u, area) == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad;
    rect column = ui_scroll_begin(u, rect_inset(area, pad, 0), "action");
    float top = column.y, end;
    rect_cut_top(&column, pad);
    rect left = wide ? rect_column(column, 0, 2, pad) : column;
    struct intent in = action_facts_card(v, &left);
    in = either(in, action_checks(v, &left));
    in = either(in, action_says(v, &left));
    bool photos = evidence_photos(&v->m->evidence) > 0;
    if (!photos && !wide) in = either(in, action_place_card(v, &left));
    end = left.y;
    rect right = wide ? rect_column(column, 1, 2, pad) : left;
    if (photos) in = either(in, action_place_card(v, &right));
    action_timeline(v, &right);
    action_why_card(v, &right);
    if (!photos && wide) in = either(in, action_place_card(v, &right)); /* in view, not first */
    if (right.y > end) end = right.y;
    ui_scroll_end(u, end - top + pad);
    return in;
}

static struct intent erased(struct action_view *v, rect area) {
    struct header h = {.title = WORD(v->s, "erased.kind_action"), .no_saved = true};
    struct intent in = part_header_intent(part_header(v->u, v->s, &area, &h));
    float pad = ui_theme(v->u)->screen_pad;
    rect page = ui_scroll_begin(v->u, area, "action"), column = rect_inset(page, pad, pad);
    erased_card(v->u, v->s, &column, WORD(v->s, "erased.title"), &v->m->erased);
    ui_scroll_end(v->u, column.y - page.y);
    return in;
}

static struct intent date_sheet(struct action_view *v) {
    day_no day = 0;
    if (v->state->sheet != 1) return (struct intent){0};
    if (!pick_day(v->u, v->s, "moved", WORD(v->s, "action.new_date"), &v->state->weeks_on,
                  &day))
        return (struct intent){0};
    v->state->sheet = 0;
    v->state->weeks_on = 0;
    return day ? action_step_intent(v, "moved", pick_day_end(day)) : (struct intent){0};
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    struct action_view v = {.u = u, .s = s, .m = model, .state = state};
    if (v.m->erased.count) return erased(&v, area);
    struct intent in = header(&v, &area);
    in = either(in, body(&v, area));
    return either(in, date_sheet(&v));
}

const struct screen screen_action = {
    .name = "action", .state_size = sizeof(struct action_state_of_screen), .draw = draw};
