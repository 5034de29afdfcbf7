/* raise.c -- Raise an action: what will be different, Must or Should, by when, who, and how we
 * will know. What the item knows is filled in, so that two taps do when it fits. */
#include "screen/raise_pieces.h"

#include "base/text.h"
#include "screen/action_pieces.h"
#include "screen/pick_day.h"

const char *raise_key(struct raise *v, const char *part) {
    return arena_printf(ui_arena(v->u), "%s%s", v->prefix, part);
}

const char *raise_text(struct raise *v, const char *part) {
    const char *text = ui_field_text(v->u, raise_key(v, part));
    return text ? text : "";
}

static void fill_in(struct raise *v) {
    struct raise_state *st = v->state;
    if (st->filled) return;
    st->filled = 1;
    st->lane = (int32_t)v->m->lane;
    st->must = v->m->must_likely ? RAISE_MUST : RAISE_UNSAID;
    if (text_blank(v->m->owner_role)) return;
    st->owner = OWNER_ROLE;
    for (int i = 0; i < v->m->people_count; i++)
        if (v->m->people[i].usual && st->owner == OWNER_ROLE) st->owner = v->m->people[i].id;
}

static bool ready(struct raise *v) {
    const struct raise_state *st = v->state;
    if (text_blank(raise_text(v, "different")) || st->must == RAISE_UNSAID) return false;
    return st->lane < LANE_DATE || (st->lane == LANE_DATE && st->day);
}

static struct intent raise_it(struct raise *v) {
    struct arena *f = ui_arena(v->u);
    const struct raise_model *m = v->m;
    const struct raise_state *st = v->state;
    struct raise_intent *r = ARENA_NEW(f, struct raise_intent);
    *r = (struct raise_intent){
        .service = m->service,
        .visit = m->visit,
        .owner = st->owner > 0 ? st->owner : 0,
        .source = m->source,
        .area = m->area,
        .must = st->must == RAISE_MUST,
        .found_at_night = m->found_at_night,
        .different = arena_strdup(f, raise_text(v, "different")),
        .measure = arena_strdup(f, raise_text(v, "measure")),
        .baseline = arena_strdup(f, raise_text(v, "baseline")),
        .lane = lane_words[st->lane],
        .owner_text = st->owner == OWNER_ROLE   ? m->owner_role
                      : st->owner == OWNER_ELSE ? arena_strdup(f, raise_text(v, "owner"))
                                                : "",
        .why = "",
        .statement = m->statement_code,
        .regulations = m->regulations,
        .item = m->item,
        .template_code = m->template_code,
        .due = st->lane == LANE_DATE ? pick_day_end(st->day) : m->due[st->lane],
        .severity = m->severity,
    };
    return (struct intent){.kind = INTENT_raise,
                           .detail = r,
                           .draft = v->prefix,
                           .undo = "raise.kept",
                           .back_after = true};
}

static void body(struct raise *v, rect area) {
    struct ui *u = v->u;
    bool wide = part_width(u, area) == WIDTH_WIDE;
    float pad = part_width(u, area) == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad;
    rect column = ui_scroll_begin(u, rect_inset(area, pad, 0), "raise");
    float top = column.y;
    rect_cut_top(&column, pad);
    rect left = wide ? rect_column(column, 0, 2, 28) : column;
    raise_different(v, &left);
    raise_must(v, &left);
    raise_lane(v, &left);
    raise_owner(v, &left);
    rect right = wide ? rect_column(column, 1, 2, 28) : left;
    raise_know(v, &right);
    raise_why(v, &right);
    raise_next(v, &right);
    float end = right.y > left.y ? right.y : left.y;
    ui_scroll_end(u, end - top + pad);
}

static void date_sheet(struct raise *v) {
    day_no day = 0;
    if (!v->state->sheet) return;
    if (!pick_day(v->u, v->s, "due", WORD(v->s, "raise.which_day"), &v->state->weeks_on, &day))
        return;
    v->state->sheet = v->state->weeks_on = 0;
    if (!day) return;
    v->state->day = day;
    v->state->lane = LANE_DATE;
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    struct raise v = {.u = u, .s = s, .m = model, .state = state};
    v.prefix = arena_printf(ui_arena(u), "raise/%lld/%lld/%s/", (long long)v.m->visit,
                            (long long)v.m->source, v.m->item);
    fill_in(&v);
    bool must = v.state->must == RAISE_MUST;
    const char *reference =
        v.state->must == RAISE_UNSAID ? v.m->next : part_reference(u, must, v.m->next);
    const char *sub =
        text_blank(v.m->from) ? v.m->service_name : SAY(u, s, "raise.from", v.m->from);
    struct header_result tap =
        part_header(u, s, &area,
                    &(struct header){.title = SAY(u, s, "raise.title", reference),
                                     .sub = sub,
                                     .close = true,
                                     .main = WORD(s, "raise.raise"),
                                     .main_disabled = !ready(&v)});
    struct intent in = tap.tap == HEADER_MAIN ? raise_it(&v) : part_header_intent(tap);
    body(&v, area);
    date_sheet(&v);
    return in;
}

const struct screen screen_raise = {
    .name = "raise", .state_size = sizeof(struct raise_state), .draw = draw};
